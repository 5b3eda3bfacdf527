//! Tables that were typed as a list, with a colon between each label and its value: `1.当面申请数：0件`.
//!
//! Such lines stand in running text as well. Invariant: a line is an item only where lines around it are items, too.

use crate::document::Block;
use crate::report::State;
use crate::text::numeral::Reading;

/// How many lines above and below are looked at.
const AROUND: usize = 4;
/// So many of them at least are items.
const FEWEST: usize = 3;
/// A longer line is prose.
const LONGEST: usize = 60;

/// The label and the value of a line that is an item of a list.
pub(super) fn item(blocks: &[Block], at: usize) -> Option<(&str, &str)> {
    let own = blocks.get(at).and_then(parts)?;
    let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(blocks.len());
    let others = around.filter(|other| *other != at && parts(&blocks[*other]).is_some());
    (others.count() >= FEWEST).then_some(own)
}

fn parts(block: &Block) -> Option<(&str, &str)> {
    let Block::Paragraph(paragraph) = block else {
        return None;
    };
    let text = paragraph.text.trim().trim_end_matches(['；', ';', '。']);
    let (at, colon) = text.char_indices().rfind(|(_, c)| matches!(c, '：' | ':'))?;
    let (label, value) = (text[..at].trim(), text[at + colon.len_utf8()..].trim());
    let reading = Reading::of(value);
    let is_item = !label.is_empty()
        && text.chars().nth(LONGEST).is_none()
        && reading.is_value()
        && reading.state != State::Blank
        && super::is_known_label(label);
    is_item.then_some((label, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Origin, Paragraph};

    fn items(lines: &[&str]) -> Vec<Option<(String, String)>> {
        let line = |text: &&str| {
            Block::Paragraph(Paragraph {
                text: (*text).into(),
                heading: None,
                strong: false,
                origin: Origin::text(1, 1),
            })
        };
        let blocks: Vec<Block> = lines.iter().map(line).collect();
        let item = |at| item(&blocks, at).map(|(label, value)| (label.to_owned(), value.to_owned()));
        (0..blocks.len()).map(item).collect()
    }

    #[test]
    fn items_stand_among_items() {
        let lines = [
            "1.当面申请数：0件",
            "2.传真申请数：/",
            "3.网络申请数: 11件；",
            "4.信函申请数：2件",
        ];
        let found = items(&lines);
        assert_eq!(found[0], Some(("1.当面申请数".into(), "0件".into())));
        assert_eq!(found[2], Some(("3.网络申请数".into(), "11件".into())));
        assert_eq!(items(&lines[..3]), [None, None, None]);
    }
}
