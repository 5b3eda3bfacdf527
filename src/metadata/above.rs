//! The lines right above a title, on which the name of its body may begin.
//!
//! Invariant: a name is put together of lines only where a line cannot be a name by itself, or is only a place, or where the name stands
//! whole in another place.

use super::LEVELS;
use super::date::squeeze;
use super::grammar::parse_whole;
use super::lines::Found;
use super::name::is_organisation;
use super::page::Page;

/// Lines over which the beginning of a name is set at most.
const MOST_LINES: usize = 2;
/// Longest beginning of a name, in characters.
const LONGEST: usize = 24;
/// Characters at the start of a name among which its place ends.
const PLACE: usize = 6;
/// Words with which names of bodies do not end, behind which they continue.
const JOINING: &[&str] = &["和", "与", "及", "、"];
/// What the branches of a body of the whole country end with, which are nothing without its name.
const BRANCHES: &[&str] = &["分行", "支行", "分局", "支局", "监管局", "调查队"];
/// Words of what a page has above its text.
const OF_PAGE: &[&str] = &[
    "首页", "导航", "专栏", "栏目", "之窗", "门户", "动态", "概况", "新闻", "公告", "目录", "信息", "欢迎", "政务",
    "平台", "系统", "指南", "制度", "公开", "报告", "年报", "网",
];

/// A title with the beginning of its body's name, which stands on the lines above: 中国人民银行 above 砚陵市中心支行2016年….
pub(super) fn with_name_above(page: &Page, found: &Found) -> Option<Found> {
    let (start, end, title) = found;
    (1..=MOST_LINES).rev().find_map(|count| {
        let first = start.checked_sub(count)?;
        let lines: Vec<String> = page.lines[first..*start]
            .iter()
            .map(|line| squeeze(line.text))
            .collect();
        let printed = lines.concat();
        let head = without_year(&printed);
        let may_begin = lines.iter().all(|line| may_be_part(line)) && head.chars().count() <= LONGEST;
        let whole = parse_whole(&[&printed, title.text.as_str()].concat()).filter(|_| may_begin)?;
        let rest = whole.agency.as_deref()?.strip_prefix(head)?;
        let name = [head, rest].concat();
        let own = title.agency.as_deref().unwrap_or_default();
        let fits = own.is_empty() || own == rest;
        let is_dated = head.len() < printed.len();
        let is_cut = || JOINING.iter().any(|word| head.ends_with(word)) || is_fragment(&lines, rest);
        let is_place = || {
            let above = first.checked_sub(1).map(|at| squeeze(page.lines[at].text));
            // Several such lines are a list of places.
            let descends = lines.windows(2).all(|pair| level(&pair[0]) < level(&pair[1]));
            descends && is_place_of(head, rest) && above.is_none_or(|above| level(&above).is_none())
        };
        let begins = || is_dated && level(head).is_none() && !is_organisation(head) && is_organisation(&name);
        let joins =
            is_cut() || is_place() || begins() || is_branch(head, &name) || stands_whole(page, &name, first..*end + 1);
        (fits && joins && !(is_dated && title.year.is_some())).then_some((first, *end, whole))
    })
}

/// The beginning of a title without the year that it opens with.
fn without_year(line: &str) -> &str {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let year = line.len() - behind.len();
    let behind = behind.strip_prefix('年').filter(|_| year == 4);
    behind.map_or(line, |behind| behind.strip_prefix('度').unwrap_or(behind))
}

/// Levels of places, the highest first.
const RANKS: [&[char]; 4] = [&['省'], &['市', '州', '盟'], &['县', '区', '旗'], &['镇', '乡']];

/// The level of a text that is the name of a place and nothing else.
fn level(text: &str) -> Option<usize> {
    let count = text.chars().count();
    let last = text.chars().next_back().filter(|_| (2..=2 * PLACE).contains(&count))?;
    RANKS.iter().position(|rank| rank.contains(&last))
}

/// Whether words are a place, and the rest of a name begins with none or with one below it: 砚浦市 above 云溪区财政局.
fn is_place_of(head: &str, rest: &str) -> bool {
    let below = place_end(rest).and_then(|end| level(&rest[..end]));
    let is_body = !rest.starts_with(LEVELS) && is_organisation(&[head, rest].concat());
    let is_above = |place: usize| place_end(rest).is_none() || below.is_some_and(|below| place < below);
    is_body && level(head).is_some_and(is_above)
}

/// Where the name of a place ends that a name begins with; 城乡 and 城市 are none.
fn place_end(name: &str) -> Option<usize> {
    let is_word = |at: usize| name[..at].ends_with('城');
    let mut levels = name
        .char_indices()
        .take(PLACE)
        .filter(|(at, c)| LEVELS.contains(c) && !is_word(*at));
    levels.next().map(|(at, c)| at + c.len_utf8())
}

/// Whether a line is short, of letters alone behind a year, and says nothing of a page.
fn may_be_part(line: &str) -> bool {
    let is_short = (2..=LONGEST).contains(&line.chars().count());
    is_short && without_year(line).chars().all(char::is_alphabetic) && !OF_PAGE.iter().any(|word| line.contains(word))
}

/// Whether lines begin with a place, what follows them with none, and not both name a body: 荻浦县文化广电 above 新闻出版局.
fn is_fragment(lines: &[String], rest: &str) -> bool {
    let is_inside = |head: &str| {
        place_end(head).is_some_and(|end| end < head.len()) && !(is_organisation(head) && is_organisation(rest))
    };
    let [head] = lines else { return false };
    // The rest may begin with the last character of a place: 青禾县青溪 above 镇人民政府.
    let behind = rest.chars().next().map_or("", |first| &rest[first.len_utf8()..]);
    is_inside(head) && place_end(behind).is_none() && !rest.is_empty()
}

/// Whether a name is that of a branch of the body that its beginning names: 中国人民银行砚陵市中心支行.
fn is_branch(head: &str, name: &str) -> bool {
    let is_system =
        crate::body::is_central(head) || crate::body::system_of(name).is_some_and(|system| head.starts_with(system));
    is_system && BRANCHES.iter().any(|end| name.ends_with(end))
}

/// Whether a name stands on a line of the page other than some.
fn stands_whole(page: &Page, name: &str, but: std::ops::Range<usize>) -> bool {
    let mut lines = page.lines.iter().enumerate().filter(|(at, _)| !but.contains(at));
    let in_title = page
        .document
        .title
        .as_deref()
        .is_some_and(|title| squeeze(title).contains(name));
    in_title || lines.any(|(_, line)| squeeze(line.text).contains(name))
}

#[cfg(test)]
mod tests {
    use super::super::{Fields, Titles};
    use super::*;
    use crate::document::{Block, Document, Origin, Paragraph};
    use crate::read::Hints;

    /// The name in the title of a page.
    fn named(lines: &[&str]) -> Option<String> {
        let paragraph = |line: &&str| {
            Block::Paragraph(Paragraph {
                text: (*line).into(),
                heading: None,
                strong: false,
                origin: Origin::text(1, 1),
            })
        };
        let mut blocks: Vec<Block> = lines.iter().map(paragraph).collect();
        blocks.extend(["一、概述", "2022年，我局认真公开。"].iter().map(paragraph));
        let document = Document {
            blocks,
            ..Document::default()
        };
        let page = Page::new(&document);
        let titles = Titles::of(&page, &Fields::of(&page), &Hints::default());
        let title = titles.all.first().map(|placed| placed.title.clone());
        title.and_then(|title| title.agency)
    }

    #[test]
    fn a_name_that_a_line_cannot_be_begins_on_the_line_above() {
        let report = |name: &str| format!("{name}2022年政府信息公开工作年度报告");
        for (above, below) in [
            ("中国人民银行", "砚浦市中心支行"),
            ("中国人民银行砚浦", "分行"),
            ("青禾县住房和", "城乡建设局"),
            ("青禾县文化广电", "新闻出版局"),
        ] {
            let name = Some(format!("{above}{below}"));
            assert_eq!(named(&[above, &report(below)]), name, "{above}");
        }
        for above in ["青禾县政务公开", "首页", "青禾县人民政府"] {
            let own = named(&[above, &report("青禾县水务局")]);
            assert_eq!(own.as_deref(), Some("青禾县水务局"), "{above}");
        }
        assert_eq!(named(&[&report("分行")]), None);
    }

    #[test]
    fn a_name_begins_with_the_place_or_the_year_above_its_line() {
        for (above, line, agency) in [
            ("2022年青禾县", "水务局政府信息公开工作年度报告", "青禾县水务局"),
            ("2022年青", "禾县水务局政府信息公开工作年度报告", "青禾县水务局"),
            (
                "青禾县住房和城",
                "乡建设局2022年政府信息公开工作年度报告",
                "青禾县住房和城乡建设局",
            ),
            (
                "青禾县住",
                "房和城乡建设局2022年政府信息公开工作年度报告",
                "青禾县住房和城乡建设局",
            ),
            (
                "青禾县人民政府办",
                "公室2022年政府信息公开工作年度报告",
                "青禾县人民政府办公室",
            ),
            (
                "砚浦市云溪区",
                "财政局2022年政府信息公开工作年度报告",
                "砚浦市云溪区财政局",
            ),
            (
                "砚浦市",
                "云溪区财政局2022年政府信息公开工作年度报告",
                "砚浦市云溪区财政局",
            ),
            ("青禾县", "城市管理局2022年政府信息公开工作年度报告", "青禾县城市管理局"),
            (
                "青禾县青溪",
                "镇人民政府2022年政府信息公开工作年度报告",
                "青禾县青溪镇人民政府",
            ),
            // Not the beginning of the name.
            ("青禾县政府网站", "财政局2022年政府信息公开工作年度报告", "财政局"),
            ("青禾县", "县财政局2022年政府信息公开工作年度报告", "县财政局"),
            ("青禾县水务局", "财政局2022年政府信息公开工作年度报告", "财政局"),
            ("青溪镇", "青禾县财政局2022年政府信息公开工作年度报告", "青禾县财政局"),
            ("部门动态", "财政局2022年政府信息公开工作年度报告", "财政局"),
        ] {
            assert_eq!(named(&[above, line]).as_deref(), Some(agency), "{above} {line}");
        }
        let listed = ["云溪区", "梧桐区", "财政局2022年政府信息公开工作年度报告"];
        assert_eq!(named(&listed).as_deref(), Some("财政局"));
    }

    #[test]
    fn two_bodies_above_a_title_that_do_not_report_together_are_a_menu() {
        let title = "2022年政府信息公开工作年度报告";
        let own = named(&["青禾县", "青禾县水务局", title]);
        assert_eq!(own.as_deref(), Some("青禾县水务局"));
        assert_eq!(named(&["县教育局", "县民政局", title]), None);
        assert_eq!(named(&["青石镇人民政府", "黑石乡人民政府", title]), None);
        // The system of a branch is part of its name.
        let branch = named(&["国家税务总局", "青禾县税务局", title]);
        assert_eq!(branch.as_deref(), Some("国家税务总局青禾县税务局"));
    }
}
