//! Lines to paragraphs, over page and column breaks.
//!
//! Invariant: a heading never runs together with the paragraph around it, and joining adds or drops no printed character.

use std::collections::BTreeMap;

use kurbo::Rect;

use super::chars;
use super::item::Line;
use super::ordinal::begins_with_ordinal;
use crate::forms::is_section_heading;

/// A paragraph with the page and box of its first line's page.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// What it says.
    pub text: String,
    /// Page that it begins on, from 0.
    pub page: usize,
    /// Box on that page.
    pub bbox: Rect,
    /// Whether all of it is bold.
    pub bold: bool,
}

/// Where the text of a column begins and ends, and how its lines follow each other.
#[derive(Clone, Copy, Debug)]
struct Margins {
    left: f64,
    right: f64,
    pitch: f64,
    /// Whether paragraphs begin with an indent here.
    indents: bool,
}

/// What is known of all lines of a document.
pub(super) struct Measure {
    columns: BTreeMap<(usize, u8), Margins>,
    /// Font size of most text.
    body: f64,
}

impl Measure {
    /// Measures the lines of a document.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let mut columns: BTreeMap<(usize, u8), Vec<&Line>> = BTreeMap::new();
        let mut sizes: Vec<(f64, usize)> = Vec::new();
        for line in lines {
            sizes.push((line.size, line.count));
            columns.entry((line.page, line.column)).or_default().push(line);
        }
        let whole: BTreeMap<(usize, u8), Option<Margins>> =
            columns.iter().map(|(key, lines)| (*key, margins(lines))).collect();
        let mut known: Vec<Margins> = whole.values().flatten().copied().collect();
        known.sort_by(|a, b| a.right.total_cmp(&b.right));
        let usual = known.get(known.len() / 2).copied();
        let columns = columns
            .iter()
            .map(|(key, lines)| (*key, whole[key].or(usual).unwrap_or_else(|| loose(lines))))
            .collect();
        Measure {
            columns,
            body: weighted_median(sizes),
        }
    }

    fn margins(&self, line: &Line) -> Margins {
        self.columns
            .get(&(line.page, line.column))
            .copied()
            .unwrap_or_else(|| loose(&[line]))
    }

    /// Whether two lines are one title: set larger than the text, equal in size, one centred below the other.
    fn is_one_title(&self, before: &Line, line: &Line) -> bool {
        let pitch = line.bbox.y1 - before.bbox.y1;
        before.page == line.page
            && before.size > 1.15 * self.body
            && (before.size - line.size).abs() < 0.03 * line.size
            && before.bold == line.bold
            && (before.bbox.center().x - line.bbox.center().x).abs() < line.size
            && (before.bbox.x0 - line.bbox.x0).abs() > 0.2 * line.size
            && pitch > 0.0
            && pitch < 2.2 * line.size
            && !before.text.ends_with(['。', '：', '；', '）'])
            && !begins_with_ordinal(&before.text)
            && !begins_with_ordinal(&line.text)
            && !line.text.starts_with(['（', '('])
    }

    /// Whether a line goes on with the paragraph of the line before it.
    pub(super) fn continues(&self, before: &Line, line: &Line) -> bool {
        if self.is_one_title(before, line) {
            return true;
        }
        // Sentences end with a mark: a number alone on its line stands for itself.
        let is_number = line.text.chars().all(chars::is_numeric);
        if before.parted || line.parted || is_number || is_whole_heading(before, line) {
            return false;
        }
        let (above, here) = (self.margins(before), self.margins(line));
        let size = before.size.max(line.size);
        if before.size.min(line.size) < 0.88 * size || before.bold != line.bold && before.count < 3 {
            return false;
        }
        let room = above.right - before.bbox.x1;
        if room > line.head + 0.6 * size {
            return false;
        }
        if before.page == line.page && before.column == line.column {
            let pitch = line.bbox.y1 - before.bbox.y1;
            if pitch <= 0.0 || pitch > (1.45 * above.pitch).max(1.3 * size) {
                return false;
            }
        }
        let indented = line.bbox.x0 - here.left > 1.2 * line.size;
        if indented {
            return false;
        }
        let ended = before.text.ends_with(['。', '！', '？', '；', '：', '.', ';', ':']);
        !(begins_with_ordinal(&line.text) && (ended || !here.indents))
    }
}

/// Whether a line is the heading of a main section as it stands, and with the next one it would be none.
fn is_whole_heading(before: &Line, line: &Line) -> bool {
    begins_with_ordinal(&before.text)
        && is_section_heading(&before.text)
        && !is_section_heading(&format!("{}{}", before.text, line.text))
}

/// The size that half of all characters are not larger than.
fn weighted_median(mut sizes: Vec<(f64, usize)>) -> f64 {
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = sizes.iter().map(|size| size.1).sum();
    let mut seen = 0;
    let middle = sizes.iter().find(|(_, count)| {
        seen += count;
        seen * 2 >= all
    });
    middle.map_or(0.0, |size| size.0)
}

/// Margins of a column that has enough long lines to show them.
fn margins(lines: &[&Line]) -> Option<Margins> {
    let most = lines.iter().map(|line| line.bbox.width()).fold(0.0, f64::max);
    let long: Vec<&&Line> = lines
        .iter()
        .filter(|line| line.count >= 12 && line.bbox.width() > 0.7 * most)
        .collect();
    if long.len() < 3 {
        return None;
    }
    let left = long.iter().map(|line| line.bbox.x0).fold(f64::MAX, f64::min);
    let right = long.iter().map(|line| line.bbox.x1).fold(f64::MIN, f64::max);
    let mut pitches: Vec<f64> = lines
        .windows(2)
        .map(|pair| pair[1].bbox.y1 - pair[0].bbox.y1)
        .filter(|pitch| *pitch > 0.0)
        .collect();
    pitches.sort_by(f64::total_cmp);
    let indents = lines
        .iter()
        .any(|line| (1.5..3.5).contains(&((line.bbox.x0 - left) / line.size)) && line.count > 6);
    Some(Margins {
        left,
        right,
        pitch: pitches.get(pitches.len() / 2).copied().unwrap_or(0.0),
        indents,
    })
}

/// Margins where too little text shows them: no line is taken to be full.
fn loose(lines: &[&Line]) -> Margins {
    Margins {
        left: lines.iter().map(|line| line.bbox.x0).fold(f64::MAX, f64::min),
        right: f64::MAX,
        pitch: 0.0,
        indents: false,
    }
}

impl Text {
    /// A paragraph of one line.
    pub(super) fn new(line: &Line) -> Self {
        Text {
            text: line.text.clone(),
            page: line.page,
            bbox: line.bbox,
            bold: line.bold,
        }
    }

    /// Adds a line; only what stands on the first page counts for the box.
    pub(super) fn push(&mut self, line: &Line) {
        let (Some(last), Some(first)) = (self.text.chars().next_back(), line.text.chars().next()) else {
            return;
        };
        let wide = chars::is_wide(last) || chars::is_wide(first);
        if !wide
            && last == '-'
            && self.text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
            && first.is_lowercase()
        {
            self.text.pop();
        } else if !wide && last.is_alphanumeric() && first.is_alphanumeric() {
            self.text.push(' ');
        }
        self.text.push_str(&line.text);
        self.bold &= line.bold;
        if line.page == self.page {
            self.bbox = self.bbox.union(line.bbox);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f64, width: f64) -> Line {
        Line {
            text: text.into(),
            page: 0,
            bbox: Rect::new(96.0, y, 96.0 + width, y + 12.0),
            size: 12.0,
            bold: false,
            count: text.chars().count(),
            head: 12.0,
            parted: false,
            column: 0,
        }
    }

    #[test]
    fn a_heading_that_is_the_longest_line_of_its_page_does_not_run_into_the_text_below() {
        let heading = line("五、政府信息公开工作存在的主要问题及改进情况", 100.0, 264.0);
        let lines = [
            heading,
            line("我局信息公开工作仍存在不足。", 120.0, 200.0),
            line("根据有关规定编制本报告。", 140.0, 190.0),
        ];
        let measure = Measure::of(lines.iter());
        assert!(!measure.continues(&lines[0], &lines[1]));
        // One that is broken over two lines is one.
        let broken = [
            line("五、政府信息公开工作存在的主要问题及", 100.0, 264.0),
            line("改进情况", 120.0, 48.0),
            lines[1].clone(),
            lines[2].clone(),
        ];
        let measure = Measure::of(broken.iter());
        assert!(measure.continues(&broken[0], &broken[1]));
    }

    #[test]
    fn a_number_alone_on_its_line_is_no_part_of_the_label_above() {
        let lines = [
            line("没有现成信息需要另行制作", 100.0, 144.0),
            line("127", 120.0, 20.0),
            line("补正后申请内容仍不明确的", 140.0, 144.0),
            line("危及三安全一稳定的信息等", 160.0, 144.0),
        ];
        let measure = Measure::of(lines.iter());
        assert!(!measure.continues(&lines[0], &lines[1]));
    }
}
