//! Radicals that fonts have as characters of their own, and the characters that they stand for.
//!
//! Fonts that share the picture of 长 and of its radical name it by the radical, and text that is copied from such a PDF keeps that name.
//! Invariant: a radical becomes one character, so that places in the text stay what they are.

use unicode_normalization::UnicodeNormalization;

/// Radicals of the CJK supplement that stand for a whole character; Unicode gives them no decomposition.
const RADICALS: [(char, char); 44] = [
    ('⺁', '厂'),
    ('⺌', '小'),
    ('⺎', '兀'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺛', '旡'),
    ('⺜', '日'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺦', '丬'),
    ('⺩', '王'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺷', '羊'),
    ('⺹', '耂'),
    ('⺻', '聿'),
    ('⺼', '肉'),
    ('⺾', '艹'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻰', '龙'),
];

/// Whether a character is of the blocks that hold radicals: the CJK supplement and those of Kangxi.
pub(crate) fn is_radical(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{2FD5}')
}

/// The character that a radical stands for; itself where none is known.
pub(crate) fn character(radical: char) -> char {
    match RADICALS.binary_search_by_key(&radical, |pair| pair.0) {
        Ok(index) => RADICALS[index].1,
        Err(_) => {
            let mut whole = std::iter::once(radical).nfkc();
            whole.next().filter(|_| whole.next().is_none()).unwrap_or(radical)
        }
    }
}

/// Replaces the radicals of a text by their characters.
pub(crate) fn replace(text: &mut String) {
    if text.contains(is_radical) {
        *text = text
            .chars()
            .map(|c| if is_radical(c) { character(c) } else { c })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_that_they_stand_for() {
        let mut text = "⻓沙县⼈⺠政府⻳".to_owned();
        replace(&mut text);
        assert_eq!(text, "长沙县人民政府龟");
    }

    #[test]
    fn the_table_is_sorted_for_the_binary_search() {
        assert!(RADICALS.is_sorted_by_key(|pair| pair.0));
    }
}
