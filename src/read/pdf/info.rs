//! What a PDF says of itself in its information dictionary.

use hayro_syntax::Pdf;

use crate::document::{Origin, Property};

/// The title, unless it is blank.
pub(super) fn title(pdf: &Pdf) -> Option<String> {
    pdf.metadata().title.as_deref().and_then(decode)
}

/// Author, subject and keywords, as far as they are given.
pub(super) fn properties(pdf: &Pdf) -> Vec<Property> {
    let metadata = pdf.metadata();
    let entries = [
        ("Author", &metadata.author),
        ("Subject", &metadata.subject),
        ("Keywords", &metadata.keywords),
    ];
    let property = |(name, value): (&str, &Option<Box<[u8]>>)| {
        Some(Property {
            name: name.into(),
            value: decode(value.as_deref()?)?,
            origin: Origin::Path(format!("/Info/{name}")),
        })
    };
    entries.into_iter().filter_map(property).collect()
}

/// A text string: UTF-16 or UTF-8 by its mark, else whatever it decodes as. Many Chinese programs write plain GBK here.
fn decode(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::GB18030
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map_or_else(
                    || bytes.iter().copied().map(char::from).collect(),
                    |text| text.into_owned(),
                ),
        },
    };
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_in_utf_16_utf_8_and_gbk() {
        assert_eq!(decode(&[0xFE, 0xFF, 0x5E, 0x74, 0x62, 0xA5]).as_deref(), Some("年报"));
        assert_eq!(decode("年报".as_bytes()).as_deref(), Some("年报"));
        assert_eq!(decode(&[0xC4, 0xEA, 0xB1, 0xA8]).as_deref(), Some("年报"));
        assert_eq!(decode(b"  "), None);
    }
}
