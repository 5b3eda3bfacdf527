//! Titles among the lines of a text: one may be set over several, and begin or end inside a line of its own.
//!
//! Invariant: lines are joined only where the first cannot stand alone and the next goes on with it; a menu of bodies above a title is
//! of the page.

use super::LEVELS;
use super::date::squeeze;
use super::grammar::{
    LONGEST, Title, ends_like_title, is_dated_name, may_be_part, may_end_title, only_year, parse, parse_whole,
    without_title_label,
};
use super::kind::goes_on_as_another_paper;
use super::name::{self, is_organisation};

/// A title among lines, with the index of its first and last line.
pub(super) type Found = (usize, usize, Title);

/// Lines over which a title is set at most, on the cover of a report.
const MOST_LINES: usize = 5;

/// The titles among lines, in their order.
pub(super) fn titles<'a>(lines: impl Fn(usize) -> Option<&'a str>) -> impl Iterator<Item = Found> {
    (0..)
        .map_while(move |end| Some(ending_at(end, lines(end)?, &lines)))
        .flatten()
}

/// The title that ends in a line.
fn ending_at<'a>(end: usize, line: &str, lines: &impl Fn(usize) -> Option<&'a str>) -> Option<Found> {
    let before = end.checked_sub(1).and_then(lines);
    let is_end = may_end_title(line) || before.is_some_and(|before| is_cut_inside(before, line));
    if !is_end || lines(end + 1).is_some_and(goes_on_as_another_paper) {
        return None;
    }
    let mut best: Option<Found> = None;
    for start in (end.saturating_sub(MOST_LINES - 1)..=end).rev() {
        let joined: Vec<&str> = (start..=end).filter_map(lines).collect();
        if start < end && (!continues(joined[0], joined[1]) || is_in_menu(start, lines)) {
            break;
        }
        let title = parse(&joined.concat());
        let is_better = |title: &Title| {
            let than = |best: &Title| title.weight() > best.weight() || adds_system(title, best);
            best.as_ref().is_none_or(|(.., best)| than(best))
        };
        if let Some(title) = title.filter(is_better) {
            best = Some((start, end, title));
        }
    }
    best.map(|found| with_body_above(found, lines))
}

/// Whether a title names the body of another with the system before it that it is a branch of: 国家税务总局青禾县税务局.
fn adds_system(title: &Title, other: &Title) -> bool {
    let (Some(name), Some(own)) = (&title.agency, &other.agency) else {
        return false;
    };
    crate::body::system_of(name).is_some_and(|system| name.strip_prefix(system) == Some(own))
}

/// Whether a line is the last of several that name bodies, one below the other, and that do not report together.
pub(super) fn is_in_menu<'a>(at: usize, lines: &impl Fn(usize) -> Option<&'a str>) -> bool {
    let body = |back: usize| {
        at.checked_sub(back)
            .and_then(lines)
            .map(str::trim)
            .filter(|line| is_organisation(line))
    };
    let level = |name: &str| {
        let place = name.strip_suffix("人民政府").or_else(|| name.strip_suffix("政府"))?;
        place
            .chars()
            .next_back()
            .map(|level| if level == '乡' { '镇' } else { level })
    };
    // A government above is who runs the page, a body of the whole country that of which the other is a branch.
    let is_above = |own: &str, above: &str| match level(above) {
        Some(of_above) => level(own) != Some(of_above),
        None => crate::body::is_central(above) || above.ends_with(LEVELS),
    };
    let is_pair = |own: &str, above: &str| {
        own != above && !is_above(own, above) && name::joined(&format!("{above} {own}")).is_none()
    };
    match (body(0), body(1)) {
        (Some(own), Some(above)) => is_pair(own, above) || (2..MENU).all(|back| body(back).is_some()),
        _ => false,
    }
}

/// Lines with names of bodies that are a menu.
const MENU: usize = 3;

/// A title below a line of its own for the body, and below one for a second body of the same place: they report together. More such
/// lines are a menu, a government above is who runs the page, and a name in the line of the year is that of a single body.
fn with_body_above<'a>(found: Found, lines: &impl Fn(usize) -> Option<&'a str>) -> Found {
    let (start, end, title) = &found;
    let at = |back: usize| start.checked_sub(back).and_then(lines).map(str::trim);
    let is_body = |line: &&str| is_organisation(line);
    let (own, above) = (at(0).filter(is_body), at(1).filter(is_body));
    if let (Some(own), Some(above)) = (own, above)
        && start < end
        && own != above
        && !above.ends_with("政府")
        && at(2).filter(is_body).is_none()
    {
        let both = format!("{above} {}", title.text);
        let joint = name::joined(&both).and_then(|_| parse_whole(&both));
        if let Some(joint) = joint.filter(Title::is_full) {
            return (start - 1, *end, joint);
        }
    }
    found
}

/// The first complete title among some, or the first of those that say most.
pub(super) fn fullest(titles: impl Iterator<Item = Found>) -> Option<Found> {
    let mut best: Option<Found> = None;
    for found in titles {
        if best.as_ref().is_none_or(|(.., best)| found.2.weight() > best.weight()) {
            best = Some(found);
        }
        // Later ones are links to other reports.
        if best.as_ref().is_some_and(|(.., best)| best.is_full()) {
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
    } else if continues(line, next) && (ends_like_title(next) || is_cut_inside(line, next)) {
        parse(&[line, next].concat())
    } else {
        None
    }
}

/// Whether a line is the beginning of a title that goes on in the next line.
fn continues(line: &str, next: &str) -> bool {
    if is_cut_inside(line, next) {
        return true;
    }
    let (line, next) = (squeeze(without_title_label(line)), squeeze(next));
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
    let line = line.trim_start_matches(['《', '〈']);
    // A place on a line of its own above its body: 襄阳市, 财政局2023年….
    let is_place = line.ends_with(LEVELS) && line.chars().count() <= LONGEST_PLACE;
    let is_part = |next: &str| !next.chars().take(LONGEST_PLACE).any(|c| LEVELS.contains(&c));
    // 青禾县水务局关于, 关于青禾县水务局, 青禾县档案局（馆）.
    let about = line.strip_suffix("关于").or_else(|| line.strip_prefix("关于"));
    let named = line.split_once(['（', '(']).filter(|_| line.ends_with(['）', ')']));
    let name = about.or(named.map(|(name, _)| name)).unwrap_or(line);
    // 2022年国家税务总局, 青禾县税务局政府信息公开….
    let system = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度'));
    is_organisation(name)
        || crate::body::is_central(system) && crate::body::system_of(&[system, &next].concat()) == Some(system)
        || is_place && next.contains("公开") && is_part(&next)
        || line.ends_with(['年', '度'])
        || line.contains("年度") && cut_inside.iter().any(|start| next.starts_with(start))
        || only_year(line).is_some() && next.starts_with("政府信息") && is_dated_name(line)
        || line.ends_with(['府', '务', '務']) && next.starts_with("信息公")
        || (line.contains("信息公") || line.ends_with("政府"))
            && cut_inside[1..6].iter().any(|start| next.starts_with(start))
}

/// Longest name of a place on a line of its own, in characters.
const LONGEST_PLACE: usize = 6;

/// What titles end in, as far as a line may break inside it.
const CLOSINGS: &[&str] = &[
    "政府信息公开工作年度报告",
    "政府信息公开工作情况报告",
    "政府信息公开工作报告",
    "政府信息公开年度报告",
    "政府信息公开工作总结",
    "政府信息公开年报",
    "政务公开工作年度报告",
    "政务公开工作总结",
];

/// Whether a line breaks inside the closing words of a title, wherever among them: `…工作年度报` and `告`.
fn is_cut_inside(line: &str, next: &str) -> bool {
    // Most lines begin with no such rest.
    let next = next.trim_start();
    let is_rest = |rest: &str| {
        let behind = next.strip_prefix(rest).map(str::trim_start);
        let is_whole = behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(['（', '(', '》', '”']));
        // The rest may break again.
        is_whole || next.chars().nth(1).is_some() && rest.starts_with(next)
    };
    CLOSINGS.iter().any(|closing| {
        let mut cuts = closing.char_indices().skip(1).map(|(at, _)| closing.split_at(at));
        cuts.any(|(head, rest)| is_rest(rest) && is_head(line, head))
    })
}

/// Whether a line ends in the beginning of the closing words of a title, which may begin on the line before it.
fn is_head(line: &str, head: &str) -> bool {
    let line = line.trim();
    let is_short = line.chars().take(LONGEST + 1).count() <= LONGEST && may_be_part(line);
    is_short && (line.ends_with(head) || line.chars().nth(1).is_some() && head.ends_with(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_over_lines_begins_with_a_body_a_place_or_what_it_is_about() {
        for lines in [
            &["青禾县水务局关于", "2022年政府信息公开工作的报告"][..],
            &["青禾县档案局（馆）", "2022年度政府信息公开工作年度报告"],
            &["青禾县水务局", "2022年度", "政府信息", "公开工作", "年度报告"],
        ] {
            let found: Vec<Found> = titles(|at| lines.get(at).copied()).collect();
            let title = &found.last().unwrap().2;
            assert_eq!(title.text, lines.concat());
            assert!(title.is_full(), "{title:?}");
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
            &["2022年青禾县水务局", "政府信息公开工作年度报告"],
            &["青禾县水务局2022年政府信息公开工作年度报", "告"],
            &["青禾县水务局2022年政府信息公", "开工作年度报告"],
            &["青禾县水务局2022年政府信息公开工", "作年度报", "告"],
        ] {
            let (start, end, title) = fullest(titles(|at| lines.get(at).copied())).unwrap_or_default();
            assert_eq!((start, end), (0, lines.len() - 1));
            assert_eq!(title.text, lines.concat());
            assert_eq!(
                (title.agency.as_deref(), title.year),
                (Some("青禾县水务局"), Some(2022)),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn a_title_cut_behind_the_system_of_a_branch_is_whole() {
        for lines in [
            &["国家税务总局", "青禾县税务局2022年政府信息公开工作年度报告"][..],
            &["2022年国家税务总局", "青禾县税务局政府信息公开工作年度报告"],
            &["国家税务总局", "青禾县税务局", "2022年政府信息公开工作年度报告"],
        ] {
            let title = fullest(titles(|at| lines.get(at).copied())).unwrap_or_default().2;
            assert_eq!(title.text, lines.concat());
            assert_eq!(title.agency.as_deref(), Some("国家税务总局青禾县税务局"));
        }
    }
}
