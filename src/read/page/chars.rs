//! What becomes of single characters on their way from a font to text.
//!
//! PDF fonts of Chinese reports name characters by code points that nobody types: Kangxi radicals, vertical presentation forms,
//! compatibility ideographs. They are folded here, and only they are: full-width digits and punctuation stay as printed.

use unicode_normalization::UnicodeNormalization;

use crate::text::radical;

/// Stands for a character that no table of the file names.
pub(crate) const UNKNOWN: char = '\u{FFFD}';

/// The marks that word processors set before list items, by their private names in the fonts Symbol and Wingdings.
const BULLETS: [(char, char); 2] = [('\u{F0A7}', '▪'), ('\u{F0B7}', '•')];

/// Appends a character, folded if it belongs to one of the blocks that only fonts use.
pub(crate) fn fold(character: char, into: &mut Vec<char>) {
    match character {
        _ if radical::is_radical(character) => into.push(radical::character(character)),
        '\u{F900}'..='\u{FAFF}' | '\u{FB00}'..='\u{FB06}' => {
            into.extend(std::iter::once(character).nfkc());
        }
        // NFKC makes ASCII marks of these; on the page they are full-width ones that were turned for vertical text.
        '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE4F}' => into.extend(std::iter::once(character).nfkc().map(widen)),
        _ => into.push(
            BULLETS
                .iter()
                .find(|pair| pair.0 == character)
                .map_or(character, |pair| pair.1),
        ),
    }
}

/// The full-width form of an ASCII mark.
fn widen(character: char) -> char {
    match character {
        '!'..='~' if character != '.' => char::from_u32(character as u32 + 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// Whether a code point that a font names for a glyph says nothing: controls, private use, the replacement character.
pub(crate) fn is_meaningless(character: char) -> bool {
    let private = matches!(character, '\u{E000}'..='\u{F8FF}' | UNKNOWN | '\u{F0000}'..)
        && !BULLETS.iter().any(|pair| pair.0 == character);
    private || character.is_control() && character != '\t'
}

/// Characters that take part in one printed number.
pub(crate) fn is_numeric(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９' | '.' | ',' | '，' | '．' | '%' | '％')
}

/// ASCII or full-width digit.
pub(crate) fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// Characters set on the full square, between which a line break is not a space.
pub(crate) fn is_wide(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '①'..='⑳' | UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Vec::new();
        text.chars().for_each(|character| fold(character, &mut out));
        out.into_iter().collect()
    }

    #[test]
    fn radicals_and_presentation_forms_become_the_characters_they_stand_for() {
        assert_eq!(folded("⼀、⼯作⻔⺠︵二︶"), "一、工作门民（二）");
    }

    #[test]
    fn full_width_forms_stay_as_printed() {
        assert_eq!(folded("２０２４（一）％"), "２０２４（一）％");
    }

    #[test]
    fn the_bullet_of_a_symbol_font_is_a_bullet() {
        assert!(!is_meaningless('\u{F0B7}') && is_meaningless('\u{F0B8}'));
        assert_eq!(folded("\u{F0B7}首页"), "•首页");
    }
}
