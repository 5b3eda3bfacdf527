//! The title of a report, and what it says: agency and year.
//!
//! Titles follow a loose grammar: agency, year, (政府)信息公开, (工作)年度报告, with agency and year in either order. Invariant: a
//! line is a title only if it names an agency or a year and reads as no sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::date::squeeze;
use super::regex;
use crate::text::normalize::fold;

/// Longest title, in characters.
const LONGEST: usize = 70;

static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(concat!(
        r"^(.*?)((?:19|20)[0-9]{2})年?[度份]?(.*?)(?:政府信息|政务信息|政務信息|政务|政務|信息)公[开開].{0,12}?",
        r"(?:报告|報告|年报|年報|总结)(?:\(.*\)|（.*）)?$"
    ))
});
static UNDATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(concat!(
        r"^(.*?)(?:政府信息|政务信息|政務信息|政务|政務|信息)公[开開].{0,12}?(?:报告|報告|年报|年報)",
        r"(?:[(（]((?:19|20)[0-9]{2})年?度?[)）])?$"
    ))
});
static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(concat!(
        r"(?:公布|发布|编制|制定|现将|撰写)了?[《“]?([^，。；：《》,;:]*?)((?:19|20)[0-9]{2})年?度?",
        r"([^，。；：《》,;:]*?)(?:政府信息|政务|信息)公[开開](?:工作)?(?:年度报告|年报|情况)"
    ))
});

/// A title and what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Title {
    /// As printed.
    pub text: String,
    /// The public body that it names.
    pub agency: Option<String>,
    /// The year that it names.
    pub year: Option<i32>,
}

impl Title {
    /// Whether it names both agency and year.
    pub fn is_full(&self) -> bool {
        self.weight() == 3
    }

    fn weight(&self) -> u8 {
        u8::from(self.agency.is_some()) * 2 + u8::from(self.year.is_some())
    }
}

/// Reads a line as a title.
pub(super) fn parse(line: &str) -> Option<Title> {
    let text = without_navigation(line.trim());
    if text.chars().take(LONGEST + 1).count() > LONGEST || !may_be_title(text) {
        return None;
    }
    let squeezed = squeeze(text);
    let bare = squeezed
        .trim_start_matches(['《', '〈', '“', '【'])
        .trim_end_matches(['》', '〉', '”', '】']);
    let (agency, year) = if let Some(found) = DATED.as_ref().and_then(|regex| regex.captures(bare)) {
        (agency(&found[1]).or_else(|| agency(&found[3])), found[2].parse().ok())
    } else {
        let found = UNDATED.as_ref().and_then(|regex| regex.captures(bare))?;
        (
            agency(&found[1]),
            found.get(2).and_then(|year| year.as_str().parse().ok()),
        )
    };
    let title = Title {
        text: text.to_owned(),
        agency,
        year,
    };
    (title.weight() > 0).then_some(title)
}

/// A line without the link to the home page, which a print of a web page has beside its title.
fn without_navigation(line: &str) -> &str {
    let links = ["网站首页", "返回首页", "首页"];
    let rest = links.iter().find_map(|link| line.strip_prefix(link));
    rest.map_or(line, |rest| {
        rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !"《（(".contains(c))
    })
}

/// Reads a title that a page or file name carries with other words around it: `…年度报告_青禾县人民政府`.
pub(super) fn parse_with_affixes(text: &str) -> Option<Title> {
    let separators = ['_', '|', '-', '—', '–', '>', '·'];
    let parts = text.split(separators).map(str::trim).filter(|part| !part.is_empty());
    let best = parts
        .filter_map(parse)
        .reduce(|best, title| if title.weight() > best.weight() { title } else { best });
    best.or_else(|| parse(text))
}

/// Agency and year from a sentence such as 现公布青禾县水务局2022年政府信息公开工作年度报告.
pub(super) fn stated(squeezed: &str) -> Option<(Option<String>, i32)> {
    let found = STATED.as_ref()?.captures(squeezed)?;
    let is_short = |group: usize, longest: usize| found[group].chars().count() <= longest;
    if !is_short(1, 30) || !is_short(3, 20) {
        return None;
    }
    Some((agency(&found[1]).or_else(|| agency(&found[3])), found[2].parse().ok()?))
}

/// The first title among the first lines of a document, with the index of its last line. A title may be set over three lines.
pub(super) fn find(lines: &[&str]) -> Option<(usize, Title)> {
    let mut best: Option<(usize, Title)> = None;
    for (end, line) in lines.iter().enumerate() {
        if !ends_like_title(line) {
            continue;
        }
        for start in (end.saturating_sub(2)..=end).rev() {
            if start < end && !continues(lines[start], lines[start + 1]) {
                break;
            }
            let joined = lines[start..=end].concat();
            let Some(title) = parse(&joined) else { continue };
            if best.as_ref().is_none_or(|(_, best)| title.weight() > best.weight()) {
                best = Some((end, title));
            }
        }
        // The first complete title stands; later ones are links to other reports.
        if best.as_ref().is_some_and(|(_, best)| best.weight() == 3) {
            break;
        }
    }
    best
}

/// The title that a line is, or that it begins and the next line ends.
pub(super) fn at(line: &str, next: &str) -> Option<Title> {
    if line.len() > 4 * LONGEST {
        None
    } else if ends_like_title(line) {
        parse(line)
    } else if ends_like_title(next) && continues(line, next) {
        parse(&[line, next].concat())
    } else {
        None
    }
}

/// Whether a line is the beginning of a title that goes on in the next line.
fn continues(line: &str, next: &str) -> bool {
    let (line, next) = (squeeze(line), squeeze(next));
    if line.chars().count() > 30 || !may_be_part(&line) || ends_like_title(&line) {
        return false;
    }
    let cut_inside = [
        "信息公",
        "公开",
        "公開",
        "工作",
        "年度报告",
        "报告",
        "政府信息",
        "年政府",
    ];
    is_organisation(&line)
        || line.ends_with(['年', '度'])
        || line.contains("年度") && cut_inside.iter().any(|start| next.starts_with(start))
        || line.ends_with(['府', '务', '務']) && next.starts_with("信息公")
        || (line.contains("信息公") || line.ends_with("政府"))
            && cut_inside[1..6].iter().any(|start| next.starts_with(start))
}

fn may_be_title(text: &str) -> bool {
    text.contains('公') && may_be_part(text)
}

fn may_be_part(text: &str) -> bool {
    !text.contains(['。', '，', ',', '；', '：', ':', '>', '›', '»', '！', '？'])
}

fn ends_like_title(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "》〉”】".contains(c));
    let line = match (line.ends_with([')', '）']), line.rfind(['(', '（'])) {
        (true, Some(open)) => line[..open].trim_end(),
        _ => line,
    };
    ["报告", "報告", "年报", "年報", "总结"]
        .iter()
        .any(|end| line.ends_with(end))
}

/// The name of a public body, or nothing where the words are none: 本级, 我局, 关于.
fn agency(text: &str) -> Option<String> {
    let mut text = text.trim_matches(|c: char| !c.is_alphanumeric() && !"（）()".contains(c));
    for prefix in ["关于", "關於", "附件", "特编制"] {
        text = text.strip_prefix(prefix).unwrap_or(text);
    }
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || "、.:()_-《".contains(c));
    let text = text
        .trim_end_matches(['的', '《', '-', '_', '、'])
        .trim_end_matches("关于")
        .trim_end_matches("开展");
    let plausible =
        (2..=40).contains(&text.chars().count()) && text.chars().all(|c| !c.is_ascii_punctuation() || "()".contains(c));
    (plausible && !stands_for_a_name(text)).then(|| text.to_owned())
}

/// 本级, 我局, 全县: words that stand where a name would. 本溪市 and 全南县 are names.
fn stands_for_a_name(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('本' | '全'), Some(next)) => "级局单机年度市县区镇乡部省街办系国厅委院校".contains(next),
        (Some('我' | '该' | '各' | '年' | '度'), _) => true,
        _ => ["工作", "部门", "推进", "上年", "上级"]
            .iter()
            .any(|word| text.starts_with(word)),
    }
}

/// Whether a line is the name of a public body and nothing else.
pub(super) fn is_organisation(squeezed: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "政府",
        "局",
        "委员会",
        "办公室",
        "办公厅",
        "办事处",
        "厅",
        "部",
        "院",
        "中心",
        "镇",
        "乡",
        "街道",
        "委",
        "署",
        "队",
        "总站",
        "所",
        "公司",
        "大学",
        "学院",
        "学校",
        "中学",
        "小学",
        "管委会",
        "局委",
        "总队",
        "银行",
        "集团",
        "馆",
        "社",
        "处",
        "县",
        "区",
        "市",
    ];
    let folded = fold(squeezed);
    (3..=40).contains(&squeezed.chars().count())
        && ENDINGS.iter().any(|end| folded.ends_with(end))
        && squeezed.chars().all(|c| c.is_alphabetic() || "（）()·".contains(c))
        && !folded.contains("公开")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_beside_the_title_is_no_part_of_it() {
        let title = parse("网站首页 青禾县水务局2021年度政府信息公开工作年度报告").unwrap();
        assert_eq!(title.text, "青禾县水务局2021年度政府信息公开工作年度报告");
        assert_eq!(title.agency.as_deref(), Some("青禾县水务局"));
    }

    #[test]
    fn agency_and_year_are_found_in_either_order() {
        for (line, agency, year) in [
            (
                "青禾县水务局2022年政府信息公开工作年度报告",
                Some("青禾县水务局"),
                Some(2022),
            ),
            (
                "2019年临澜市人民政府办公厅政府信息公开工作年度报告",
                Some("临澜市人民政府办公厅"),
                Some(2019),
            ),
            (
                "青禾县人民政府 2025 年 政府信息公开工作年度报告",
                Some("青禾县人民政府"),
                Some(2025),
            ),
            (
                "关于青禾县水务局2020年度政府信息公开工作情况的报告",
                Some("青禾县水务局"),
                Some(2020),
            ),
            (
                "《石桥镇人民政府二〇二三年政府信息公开工作年度报告》",
                Some("石桥镇人民政府"),
                Some(2023),
            ),
            ("2018年石桥镇政府信息公开工作年度报告", Some("石桥镇"), Some(2018)),
            ("石桥镇２０２１年信息公开年报", Some("石桥镇"), Some(2021)),
            (
                "东岭區氣象局2022年度政府信息公開工作年度報告",
                Some("东岭區氣象局"),
                Some(2022),
            ),
            ("2021年政府信息公开工作年度报告", None, Some(2021)),
            (
                "青禾县水务局政府信息公开工作年度报告（2021年）",
                Some("青禾县水务局"),
                Some(2021),
            ),
        ] {
            let title = parse(line).unwrap_or_default();
            assert_eq!((title.agency.as_deref(), title.year), (agency, year), "{line}");
            assert_eq!(title.text, line);
        }
    }

    #[test]
    fn other_lines_are_no_titles() {
        for line in [
            "政府信息公开年报",
            "目录名称：政府信息公开年报",
            "首页 > 政府信息公开 > 2020年政府信息公开年报",
            "现将2021年政府信息公开工作情况报告如下：",
            "2021年，我局按要求公布年度报告",
            "青禾县水务局2022年部门决算报告",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn a_title_over_several_lines_is_joined() {
        for lines in [
            &["青禾县水务局", "2022年政府信息公开工作年度报告"][..],
            &["青禾县水务局2022年度政府", "信息公开工作年度报告"],
            &["青禾县水务局2022年政府", "信息公开工作年度报告"],
            &["青禾县水务局2022年", "政府信息公开工作年度报告"],
            &["青禾县水务局", "2022年度", "政府信息公开工作年度报告"],
            &["青禾县水务局2022年政府信息公开工作", "年度报告"],
        ] {
            let (end, title) = find(lines).unwrap_or_default();
            assert_eq!(end, lines.len() - 1);
            assert_eq!(title.text, lines.concat());
            assert_eq!(
                (title.agency.as_deref(), title.year),
                (Some("青禾县水务局"), Some(2022)),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn names_in_traditional_characters_are_names() {
        for name in [
            "青禾街道辦事處",
            "青禾大學",
            "青禾縣水務局",
            "青禾鎮人民政府",
            "青禾縣檔案館",
        ] {
            assert!(is_organisation(name), "{name}");
        }
    }
}
