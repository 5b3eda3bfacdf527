//! Characters of symbol fonts, which have codes of their own and no Unicode.
//!
//! Invariant: a character that is not known is U+FFFD, never nothing and never a guess: it may stand in a number.

/// The character that a code of a font shows. Codes of symbol fonts stand in the private area from F000.
pub(in crate::read) fn character(font: &str, code: u32) -> char {
    let font = font.to_ascii_lowercase();
    let low = if (0xF000..0xF100).contains(&code) {
        code - 0xF000
    } else {
        code
    };
    let known = match font.as_str() {
        "symbol" => greek(low),
        "wingdings" => wingdings(low),
        "wingdings 2" => wingdings_2(low),
        _ if low == code => char::from_u32(code),
        _ => None,
    };
    known.unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Font Symbol: digits and most marks are those of ASCII.
fn greek(code: u32) -> Option<char> {
    Some(match code {
        0x2D => '−',
        0x20..=0x21 | 0x23 | 0x25..=0x26 | 0x28..=0x29 | 0x2B..=0x3F => char::from_u32(code)?,
        0xA3 => '≤',
        0xB1 => '±',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 => '•',
        0xB8 => '÷',
        _ => return None,
    })
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x6C | 0x9F => '●',
        0x6E | 0xA7 => '■',
        0x6F | 0x71 | 0xA8 => '□',
        0x75 => '◆',
        0x81..=0x8A => char::from_u32(0x2460 + code - 0x81)?,
        0x8C..=0x95 => char::from_u32(0x2776 + code - 0x8C)?,
        0xD8 => '➢',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings_2(code: u32) -> Option<char> {
    Some(match code {
        0x50 => '✓',
        0x52 => '☑',
        0x54 => '☒',
        0xA3 => '□',
        0x6A..=0x73 => char::from_u32(0x2460 + code - 0x6A)?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_characters_and_unknown_ones_are_seen() {
        assert_eq!(character("Wingdings", 0xF0FE), '☑');
        assert_eq!(character("Symbol", 0xF035), '5');
        assert_eq!(character("宋体", 0x2460), '①');
        assert_eq!(character("Wingdings", 0xF021), char::REPLACEMENT_CHARACTER);
    }
}
