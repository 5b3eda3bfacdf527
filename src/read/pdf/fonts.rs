//! Bridges to Unicode for fonts that carry no usable ToUnicode map.
//!
//! Three ways, tried in this order: a simple font whose bytes are really GBK; the code over its CID to Unicode by the tables of
//! the character collection (Adobe-GB1 and its sisters); the embedded font's own character map, read backwards. Invariant: where
//! none of them holds, the character is unknown; it is never guessed.

use std::collections::HashMap;

use hayro_cmap::{BfString, CMap, CMapName};
use hayro_interpret::font::{Glyph, GlyphRun, OutlineGlyph};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Page;
use skrifa::MetadataProvider;

use crate::read::page::chars;

/// How deep forms are searched for their fonts.
const DEPTH: u8 = 3;
/// Most fonts that are looked at for one page.
const FONTS: usize = 2000;

/// A composite font that can be read by its character collection.
struct Composite {
    /// What told this font apart, so that another font of the same name is noticed.
    identity: String,
    encoding: CMap,
    collection: &'static str,
}

/// The bridges of one document, filled as they are needed.
#[derive(Default)]
pub(super) struct Bridges {
    /// By font name without subset prefix; `None` where two different fonts share the name.
    composites: HashMap<String, Option<Composite>>,
    /// Character collections that were loaded, by the name of their CID to Unicode table.
    collections: HashMap<&'static str, Option<CMap>>,
    /// Embedded fonts read backwards, by the font's own key.
    reversed: HashMap<u128, HashMap<u32, char>>,
}

impl Bridges {
    /// Learns the composite fonts of a page. Called when the first unmapped glyph of the page turns up.
    pub(super) fn learn(&mut self, page: &Page<'_>) {
        let resources = page.resources();
        let mut left = FONTS;
        self.learn_from(&resources.fonts, &resources.x_objects, DEPTH, &mut left);
    }

    fn learn_from(&mut self, fonts: &Dict<'_>, forms: &Dict<'_>, depth: u8, left: &mut usize) {
        for key in fonts.keys() {
            if *left == 0 {
                return;
            }
            *left -= 1;
            if let Some(font) = fonts.get::<Dict<'_>>(&key) {
                self.learn_font(&font);
            }
        }
        if depth == 0 {
            return;
        }
        for key in forms.keys() {
            if *left == 0 {
                return;
            }
            *left -= 1;
            if let Some(form) = forms.get::<Stream<'_>>(&key)
                && let Some(resources) = form.dict().get::<Dict<'_>>(b"Resources")
            {
                let fonts = resources.get::<Dict<'_>>(b"Font").unwrap_or_default();
                let inner = resources.get::<Dict<'_>>(b"XObject").unwrap_or_default();
                self.learn_from(&fonts, &inner, depth - 1, left);
            }
        }
    }

    fn learn_font(&mut self, font: &Dict<'_>) {
        let Some((name, composite)) = composite(font) else {
            return;
        };
        match self.composites.get_mut(&name) {
            None => {
                self.composites.insert(name, Some(composite));
            }
            Some(known) => {
                if known.as_ref().is_some_and(|known| known.identity != composite.identity) {
                    *known = None;
                }
            }
        }
    }

    /// The characters of a glyph that has no Unicode of its own.
    pub(super) fn bridge(&mut self, glyph: &Glyph<'_>) -> Option<BfString> {
        let Glyph::Outline(outline) = glyph else {
            return None;
        };
        let data = outline.font_data()?;
        if let Some(name) = &data.postscript_name
            && let Some(Some(composite)) = self.composites.get(name)
            && let Some(cid) =
                (1..=4).find_map(|length| composite.encoding.lookup_cid_code(outline.char_code(), length))
        {
            let table = self
                .collections
                .entry(composite.collection)
                .or_insert_with(|| load(composite.collection));
            if let Some(text) = table.as_ref().and_then(|table| table.lookup_bf_string(cid)) {
                return Some(text);
            }
        }
        self.backwards(outline)
    }

    fn backwards(&mut self, outline: &OutlineGlyph) -> Option<BfString> {
        let data = outline.font_data()?;
        let map = self
            .reversed
            .entry(data.cache_key)
            .or_insert_with(|| reversed((*data.data).as_ref()));
        map.get(&outline.glyph_id().to_u32()).copied().map(BfString::Char)
    }
}

/// Glyph ids to characters; where several characters share a glyph, an everyday one wins over a compatibility form.
fn reversed(font: &[u8]) -> HashMap<u32, char> {
    let mut map = HashMap::new();
    let Ok(font) = skrifa::FontRef::new(font) else {
        return map;
    };
    for (code, glyph) in font.charmap().mappings() {
        let Some(character) = char::from_u32(code).filter(|c| !chars::is_meaningless(*c)) else {
            continue;
        };
        let kept = map.entry(glyph.to_u32()).or_insert(character);
        if matches!(*kept, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..) {
            *kept = character;
        }
    }
    map
}

/// Name and description of a composite font, if its character collection is known.
fn composite(font: &Dict<'_>) -> Option<(String, Composite)> {
    let descendant = font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let base = font.get::<Name<'_>>(b"BaseFont")?;
    let name = match base.as_str().split_once('+') {
        Some((prefix, name)) if prefix.len() == 6 => name,
        _ => base.as_str(),
    };
    let (label, encoding) = match font.get::<Object<'_>>(b"Encoding")? {
        Object::Name(name) => (name.as_str().to_string(), predefined(CMapName::from_bytes(&name))?),
        Object::Stream(stream) => {
            let data = stream.decoded_data().ok()?;
            (
                format!("{:?}", stream.obj_id()),
                CMap::parse(&data, hayro_cmap::load_embedded)?,
            )
        }
        _ => return None,
    };
    let ordering = descendant
        .get::<Dict<'_>>(b"CIDSystemInfo")
        .and_then(|info| info.get::<PdfString<'_>>(b"Ordering"))
        .map(|ordering| String::from_utf8_lossy(ordering.as_bytes()).into_owned())
        .unwrap_or_default();
    let family = encoding
        .metadata()
        .character_collection
        .as_ref()
        .and_then(|collection| collection.family.ucs2_cmap());
    let collection = match (family, ordering.as_str()) {
        (Some(CMapName::AdobeGb1Ucs2), _) | (None, "GB1") => "Adobe-GB1-UCS2",
        (Some(CMapName::AdobeCns1Ucs2), _) | (None, "CNS1") => "Adobe-CNS1-UCS2",
        (Some(CMapName::AdobeJapan1Ucs2), _) | (None, "Japan1") => "Adobe-Japan1-UCS2",
        (Some(CMapName::AdobeKorea1Ucs2), _) | (None, "Korea1") => "Adobe-Korea1-UCS2",
        _ => return None,
    };
    let identity = format!("{label} {collection}");
    Some((
        name.to_string(),
        Composite {
            identity,
            encoding,
            collection,
        },
    ))
}

fn predefined(name: CMapName<'_>) -> Option<CMap> {
    match name {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        name => CMap::parse(hayro_cmap::load_embedded(name)?, hayro_cmap::load_embedded),
    }
}

fn load(collection: &str) -> Option<CMap> {
    predefined(CMapName::from_bytes(collection.as_bytes()))
}

/// The text of a run whose font is a simple one but whose bytes are GBK: for each glyph its character, `None` for the second
/// byte of a pair. Nothing at all when the run is anything else: every byte above ASCII must pair up, nearly all pairs must be
/// Chinese, and the font must have named every byte as a simple one does.
pub(super) fn gbk(run: &GlyphRun<'_, '_>) -> Option<Vec<Option<char>>> {
    let glyphs = run.glyphs();
    let codes: Vec<(u32, Option<BfString>)> = glyphs
        .iter()
        .map(|glyph| (glyph.char_code(), glyph.as_unicode()))
        .collect();
    let bytes = bytes_of_simple_font(&codes)?;
    gbk_pairs(&bytes)
}

/// The bytes of a run, by its codes and the names that the font has for them, if the font is a simple one that knows Latin letters
/// alone: ASCII letters and digits stand for themselves, marks for marks (0x27 is ’ in some encodings), and other bytes are named by
/// letters outside ASCII or not at all. The glyphs of a small composite font
/// have codes below 256, too, but are named by what they are: 0x37 is 1, not 7.
fn bytes_of_simple_font(codes: &[(u32, Option<BfString>)]) -> Option<Vec<u8>> {
    let mut named = false;
    let bytes = codes.iter().map(|(code, name)| {
        let byte = u8::try_from(*code).ok()?;
        named |= name.is_some();
        let fits = match name {
            None => !byte.is_ascii_alphanumeric(),
            Some(BfString::Char(name)) if byte.is_ascii_alphanumeric() => *name == char::from(byte),
            Some(BfString::Char(name)) if byte.is_ascii() => !name.is_alphanumeric(),
            Some(BfString::Char(name)) => ('\u{80}'..'\u{2E80}').contains(name),
            Some(BfString::String(_)) => false,
        };
        fits.then_some(byte)
    });
    let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
    (named && !bytes.is_ascii()).then_some(bytes)
}

fn gbk_pairs(codes: &[u8]) -> Option<Vec<Option<char>>> {
    let mut text = Vec::with_capacity(codes.len());
    let (mut pairs, mut chinese) = (0, 0);
    let mut rest = codes;
    while let [code, after @ ..] = rest {
        if *code < 0x80 {
            text.push(Some(char::from(*code)));
            rest = after;
            continue;
        }
        let [second, after @ ..] = after else {
            return None;
        };
        let pair = [*code, *second];
        let decoded = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&pair)?;
        let mut characters = decoded.chars();
        let character = characters.next().filter(|_| characters.next().is_none())?;
        pairs += 1;
        chinese += usize::from(chars::is_wide(character));
        text.extend([Some(character), None]);
        rest = after;
    }
    (chinese * 4 >= pairs * 3).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_a_small_composite_font_are_no_bytes_of_gbk() {
        let run = |codes: &[(u32, Option<char>)]| {
            let codes: Vec<_> = codes
                .iter()
                .map(|(code, name)| (*code, name.map(BfString::Char)))
                .collect();
            bytes_of_simple_font(&codes)
        };
        let simple = [(0x31, Some('1')), (0xB9, Some('¹')), (0xE6, Some('æ'))];
        assert_eq!(run(&simple), Some(vec![0x31, 0xB9, 0xE6]));
        assert_eq!(run(&[(0x27, Some('’')), (0xB9, Some('¹'))]), Some(vec![0x27, 0xB9]));
        assert_eq!(run(&[(0x37, Some('1')), (0xCD, Some('5')), (0xCC, Some('7'))]), None);
        assert_eq!(run(&[(0xCD, Some('5')), (0xCC, Some('7'))]), None);
        assert_eq!(run(&[(0xCD, None), (0xCC, None)]), None);
        assert_eq!(run(&[(0x31, Some('1'))]), None);
        assert_eq!(run(&[(0x1B9, Some('¹'))]), None);
    }

    #[test]
    fn bytes_that_pair_up_as_chinese_are_gbk() {
        let (bytes, _, _) = encoding_rs::GBK.encode("公开2024（一）");
        let text: String = gbk_pairs(&bytes).unwrap().into_iter().flatten().collect();
        assert_eq!(text, "公开2024（一）");
    }

    #[test]
    fn a_byte_without_its_second_half_is_not_gbk() {
        assert_eq!(gbk_pairs(&[0xB9]), None);
    }

    #[test]
    fn an_everyday_character_wins_over_its_radical() {
        assert!(reversed(b"not a font").is_empty());
    }
}
