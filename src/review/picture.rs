//! A page of a PDF file as a picture.
//!
//! Fonts that a file does not bring along are taken from the system; without one for Chinese, such text stays blank in the
//! picture, and the figures beside it are right all the same. Invariant: what a picture may cost is limited by its size and by the
//! process that draws it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_syntax::Pdf;
use serde::{Deserialize, Serialize};

use super::source::{MOST_PAGES, WIDTHS};
use crate::error::Error;
use crate::read::Hints;
use crate::read::shown::{Shown, shown, with_pdf};

/// Most pixels of one picture.
const MOST_PIXELS: f64 = 12e6;
/// How far below a folder of fonts is looked.
const DEEPEST: usize = 4;

/// Which picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Page, from 1.
    pub page: usize,
    /// Width in pixels, made one of a few widths.
    pub width: u32,
}

/// Names of fonts with Chinese characters, best first, each with its place in a collection.
const FONTS: [(&str, u32); 22] = [
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("SourceHanSansCN-Regular.otf", 0),
    ("NotoSerifCJK-Regular.ttc", 2),
    ("simsun.ttc", 0),
    ("msyh.ttc", 0),
    ("Deng.ttf", 0),
    ("simhei.ttf", 0),
    ("PingFang.ttc", 0),
    ("Hiragino Sans GB.ttc", 0),
    ("Songti.ttc", 0),
    ("STHeiti Light.ttc", 0),
    ("wqy-zenhei.ttc", 0),
    ("wqy-microhei.ttc", 0),
    ("uming.ttc", 0),
    ("gbsn00lp.ttf", 0),
    ("DroidSansFallbackFull.ttf", 0),
    ("DroidSansFallback.ttf", 0),
    ("fzxbsjw.ttf", 0),
    ("HarmonyOS_Sans_SC_Regular.ttf", 0),
];

/// Draws a page as PNG.
///
/// # Errors
/// Where the file is no PDF file, or has no such page.
pub fn picture(bytes: &[u8], hints: &Hints, wanted: Picture) -> Result<Vec<u8>, Error> {
    let Shown::Pdf(bytes) = shown(bytes, hints)? else {
        return Err(Error::UnknownFormat("no pages to draw".into()));
    };
    with_pdf(&bytes, hints, move |pdf| draw(pdf, wanted))
}

fn draw(pdf: &Pdf, wanted: Picture) -> Result<Vec<u8>, Error> {
    let pages = pdf.pages();
    let index = wanted.page.checked_sub(1).filter(|index| *index < MOST_PAGES);
    let page = index.and_then(|index| pages.get(index)).ok_or(Error::Limit("pages"))?;
    let (width, height) = page.render_dimensions();
    let scale = scale(width.into(), height.into(), wanted.width);
    let settings = InterpreterSettings {
        font_resolver: Arc::new(font),
        ..InterpreterSettings::default()
    };
    let size = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixmap = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &size);
    pixmap.into_png().map_err(|error| Error::Damaged(error.to_string()))
}

/// Pixels a point: for the offered width that is nearest, fewer where the page would be too large.
fn scale(width: f64, height: f64, wanted: u32) -> f32 {
    let pixels = WIDTHS
        .into_iter()
        .min_by_key(|offered| offered.abs_diff(wanted))
        .unwrap_or(WIDTHS[0]);
    let (width, height) = (width.max(1.0), height.max(1.0));
    let wide = f64::from(pixels) / width;
    wide.min((MOST_PIXELS / (width * height)).sqrt()) as f32
}

/// The font for text whose font is not in the file.
fn font(query: &FontQuery) -> Option<(FontData, u32)> {
    match query {
        FontQuery::Standard(standard) => Some(standard.get_font_data()),
        FontQuery::Fallback(fallback)
            if fallback.character_collection.is_some() || is_chinese(fallback.font_name.as_deref()) =>
        {
            chinese().or_else(|| Some(fallback.pick_standard_font().get_font_data()))
        }
        FontQuery::Fallback(fallback) => Some(fallback.pick_standard_font().get_font_data()),
    }
}

/// Whether a name is that of a font with Chinese characters, as programs write such names.
fn is_chinese(name: Option<&str>) -> bool {
    const NAMES: [&str; 12] = [
        "sim", "song", "hei", "kai", "fang", "yahei", "pingfang", "cjk", "hansans", "fz", "dengxian", "mingliu",
    ];
    let name = name.unwrap_or_default().to_lowercase();
    !name.is_ascii() || NAMES.iter().any(|part| name.contains(part))
}

/// A Chinese font of this system, read once.
fn chinese() -> Option<(FontData, u32)> {
    static FONT: OnceLock<Option<(Arc<Vec<u8>>, u32)>> = OnceLock::new();
    let font = FONT.get_or_init(|| {
        let mut files = Vec::new();
        folders().iter().for_each(|folder| list(folder, 0, &mut files));
        let named = |name: &str| {
            files
                .iter()
                .find(|file| file.file_name().is_some_and(|file| file == name))
        };
        let (file, index) = FONTS.iter().find_map(|(name, index)| Some((named(name)?, *index)))?;
        Some((Arc::new(std::fs::read(file).ok()?), index))
    });
    let (data, index) = font.as_ref()?;
    Some((data.clone() as FontData, *index))
}

/// Where systems keep their fonts.
fn folders() -> Vec<PathBuf> {
    let home = std::env::home_dir().unwrap_or_default();
    let fixed = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:\\Windows\\Fonts",
    ];
    let own = [".fonts", ".local/share/fonts", "Library/Fonts"];
    fixed
        .iter()
        .map(PathBuf::from)
        .chain(own.iter().map(|folder| home.join(folder)))
        .collect()
}

fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        match path.is_dir() {
            true if depth < DEEPEST => list(&path, depth + 1, files),
            true => {}
            false => files.push(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_drawn_in_an_offered_width_and_never_too_large() {
        assert_eq!((scale(550.0, 800.0, 1090) * 550.0).round(), 1100.0);
        assert_eq!((scale(550.0, 800.0, 90_000) * 550.0).round(), 1600.0);
        let long = f64::from(scale(10.0, 14_400.0, 1600));
        assert!(long * long * 10.0 * 14_400.0 <= MOST_PIXELS * 1.001);
    }

    #[test]
    fn fonts_are_told_by_the_names_that_programs_write() {
        for name in ["SimSun", "仿宋_GB2312", "FZXBSJW--GB1-0", "KaiTi"] {
            assert!(is_chinese(Some(name)), "{name}");
        }
        for name in [Some("Arial"), Some("TimesNewRomanPSMT"), None] {
            assert!(!is_chinese(name), "{name:?}");
        }
    }
}
