//! Reports that a site cut into several files: `t.htm`, `t_2.htm`, `t_3.htm`.
//!
//! A further page is one that the page before it links to by a number or by 下一页, or that its script counts. The report is then read from
//! all files put one behind another, as `cat t.htm t_2.htm t_3.htm` gives it. Invariant: what belongs together depends on the files of
//! one folder only, so that each of them alone tells it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::metadata;
use crate::read::{Hints, charset};

/// Pages of one report at most.
const MOST: u32 = 50;
/// Bytes of one of them at most; what is larger is no page that a site cut.
const LARGEST_PAGE: u64 = 4 << 20;
/// Lines of a page among which its title is looked for.
const MOST_LINES: usize = 60;
/// Endings of web pages.
const ENDINGS: &[&str] = &["htm", "html", "shtml"];

/// A link and its words.
static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?is)<a\s[^>]*?href\s*=\s*["']?([^"'\s>]+)[^>]*>(.{0,200}?)</a"#).ok());
/// Words of a link to a further page.
static WORDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\W*(?:\d{1,2}|第\d{1,2}页|下一?页|后一?页|末页|尾页|最后一页)\W*$").ok());
/// The script of a widespread content system: pages, page, name and ending.
static SCRIPT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"createPageHTML\w*\(\s*(\d+)\s*,\s*\d+\s*,\s*["']([^"']+)["']\s*,\s*["'](\w+)["']"#).ok()
});

/// The pages that follow a first page, in order, with their bytes; most pages have none. `takes` says which files are asked for.
pub fn further(path: &Path, first: &[u8], takes: &dyn Fn(&Path) -> bool) -> Vec<(PathBuf, Vec<u8>)> {
    let Some(name) = Name::of(path).filter(|_| first.len() as u64 <= LARGEST_PAGE) else {
        return Vec::new();
    };
    let mut pages: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let start = name.followers().find(|number| name.page(*number).is_file());
    for number in start.into_iter().flat_map(|start| start..=MOST) {
        let next = name.page(number);
        let Ok(bytes) = read(&next) else { break };
        if !takes(&next) {
            break;
        }
        let before = pages.last().map_or(first, |(_, before)| before);
        let same_encoding = charset::declaration(first) == charset::declaration(&bytes);
        if !same_encoding
            || is_another_report(first, &bytes)
            || !leads_to(before, &name, number) && !leads_to(first, &name, number)
        {
            break;
        }
        pages.push((next, bytes));
    }
    pages
}

/// The first page of the report of which a file is a further page, and which page it is.
pub fn first_of(path: &Path, takes: &dyn Fn(&Path) -> bool) -> Option<(PathBuf, usize)> {
    let name = Name::of(path)?;
    let (stem, _) = name
        .stem
        .rsplit_once('_')
        .filter(|(_, number)| number.parse::<u32>().is_ok())?;
    let firsts =
        [stem.to_owned(), format!("{stem}_1")].map(|stem| path.with_file_name(format!("{stem}.{}", name.ending)));
    let first = firsts
        .into_iter()
        .find(|first| first != path && first.is_file() && takes(first))?;
    let place = further(&first, &read(&first).ok()?, takes)
        .iter()
        .position(|(page, _)| page == path)?;
    Some((first, place + 2))
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    match fs::metadata(path)? {
        meta if meta.is_file() && meta.len() <= LARGEST_PAGE => fs::read(path),
        _ => Err(std::io::ErrorKind::InvalidInput.into()),
    }
}

/// A file name of a web page.
struct Name<'a> {
    path: &'a Path,
    stem: &'a str,
    ending: &'a str,
}

impl<'a> Name<'a> {
    fn of(path: &'a Path) -> Option<Self> {
        let (stem, ending) = path.file_name()?.to_str()?.rsplit_once('.')?;
        let is_page = ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending));
        is_page.then_some(Name { path, stem, ending })
    }

    /// The numbers that the second page may have: `t_1.htm` or `t_2.htm` behind `t.htm`, `t_2.htm` behind `t_1.htm`.
    fn followers(&self) -> std::ops::RangeInclusive<u32> {
        if self.stem.ends_with("_1") { 2..=2 } else { 1..=2 }
    }

    /// The name of a further page without its ending.
    fn numbered(&self, number: u32) -> String {
        format!("{}_{number}", self.stem.strip_suffix("_1").unwrap_or(self.stem))
    }

    fn page(&self, number: u32) -> PathBuf {
        self.path
            .with_file_name(format!("{}.{}", self.numbered(number), self.ending))
    }
}

/// Whether a page links to a further page as such.
fn leads_to(page: &[u8], name: &Name, number: u32) -> bool {
    let (Some(link), Some(words), Some(script)) = (LINK.as_ref(), WORDS.as_ref(), SCRIPT.as_ref()) else {
        return false;
    };
    let Ok(decoded) = charset::decode(page, &Hints::default(), charset::declaration(page).as_deref()) else {
        return false;
    };
    let wanted = format!("{}.{}", name.numbered(number), name.ending);
    let is_file = |target: &str| target.rsplit('/').next() == Some(wanted.as_str());
    let by_link = link
        .captures_iter(&decoded.text)
        .any(|found| is_file(&found[1]) && words.is_match(without_tags(&found[2]).trim()));
    by_link
        || script.captures_iter(&decoded.text).any(|found| {
            let count: u32 = found[1].parse().unwrap_or(0);
            number < count && &found[2] == name.stem && &found[3] == name.ending
        })
}

/// Whether a page begins with the title of another report, by body or year, than the first page.
fn is_another_report(first: &[u8], next: &[u8]) -> bool {
    let lines = |page: &[u8]| -> Vec<String> {
        let decoded = charset::decode(page, &Hints::default(), charset::declaration(page).as_deref());
        let text = decoded.map(|decoded| decoded.text).unwrap_or_default();
        let words = text
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, words)| words.trim());
        words
            .filter(|words| !words.is_empty())
            .take(MOST_LINES)
            .map(str::to_owned)
            .collect()
    };
    !metadata::may_be_one_report(&lines(first), &lines(next))
}

fn without_tags(markup: &str) -> String {
    let mut text = String::new();
    for part in markup.split('<') {
        text += part.split_once('>').map_or(part, |(_, text)| text);
    }
    text
}
