//! How far a printed label agrees with the labels of a form.
//!
//! Exact wording first, then a cut label, then edit distance. Invariant: a short label (规章, 其他) matches exactly or not at all,
//! because one character more or less makes another word of it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::forms::{ColumnSpec, RowSpec, TableSpec, forms};
use crate::text::label::{Label, Ordinal};

/// Below this a label does not match at all.
pub(super) const THRESHOLD: f32 = 0.7;
/// From here on a label is as good as exact.
pub(super) const STRONG: f32 = 0.95;

/// A label of fewer characters matches exactly or not at all.
const SHORTEST: usize = 4;
/// A text of more characters is no label.
const LONGEST: usize = 120;

/// A row or column of a form, prepared for comparison.
#[derive(Debug)]
struct Target {
    ordinal: Option<Ordinal>,
    wordings: Vec<Wording>,
    parents: Vec<String>,
}

/// A text with what rules most comparisons out before they are made.
#[derive(Clone, Debug, PartialEq)]
struct Wording {
    text: String,
    /// Length in characters.
    length: usize,
    /// Which of 64 classes of characters occur in it.
    classes: u64,
}

impl Wording {
    fn new(text: &str) -> Self {
        Wording {
            text: text.into(),
            length: text.chars().count(),
            classes: text.chars().fold(0, |classes, c| classes | 1 << (c as u32 % 64)),
        }
    }

    /// The fewest edits that can turn one text into the other: each character that the other has not costs one.
    fn fewest_edits(&self, other: &Wording) -> usize {
        let foreign = |a: u64, b: u64| (a & !b).count_ones() as usize;
        foreign(self.classes, other.classes)
            .max(foreign(other.classes, self.classes))
            .max(self.length.abs_diff(other.length))
    }
}

impl Target {
    fn new<'a>(label: &str, aliases: &[String], path: impl IntoIterator<Item = &'a String>) -> Self {
        let own = Label::parse(label);
        let mut wordings = vec![Wording::new(&own.full), Wording::new(&own.bare)];
        wordings.extend(aliases.iter().map(|alias| Wording::new(&Label::parse(alias).full)));
        wordings.retain(|wording| wording.length > 0);
        wordings.dedup();
        Target {
            ordinal: own.ordinal,
            wordings,
            parents: path.into_iter().map(|p| Label::parse(p).bare).collect(),
        }
    }
}

/// The labels of one axis of a table, ready for matching.
#[derive(Debug)]
pub(super) struct Matcher {
    targets: Vec<Target>,
    exact: HashMap<String, Vec<usize>>,
}

/// One way to understand a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    /// Index of the row or column in the form.
    pub target: usize,
    /// From [`THRESHOLD`] to somewhat above 1.
    pub score: f32,
}

impl Matcher {
    fn new(targets: Vec<Target>) -> Self {
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, target) in targets.iter().enumerate() {
            for wording in &target.wordings {
                let entry = exact.entry(wording.text.clone()).or_default();
                if !entry.contains(&index) {
                    entry.push(index);
                }
            }
        }
        Matcher { targets, exact }
    }

    /// For the rows (or column groups) of a table.
    pub fn rows<'a>(rows: impl IntoIterator<Item = &'a RowSpec>) -> Self {
        Self::new(
            rows.into_iter()
                .map(|row| Target::new(&row.label, &row.aliases, &row.path))
                .collect(),
        )
    }

    /// For the columns of a band.
    pub fn columns(columns: &[ColumnSpec]) -> Self {
        Self::new(
            columns
                .iter()
                .map(|column| Target::new(&column.label, &column.aliases, []))
                .collect(),
        )
    }

    /// Every row that the label can mean, given the labels to its left, outermost first.
    pub fn matches(&self, label: &Label, left: &[&Label]) -> Vec<Match> {
        if label.is_empty() {
            return Vec::new();
        }
        let exact = self
            .exact
            .get(&label.full)
            .or_else(|| self.exact.get(&label.bare).filter(|_| !label.bare.is_empty()));
        let found: Vec<Match> = match exact {
            Some(targets) => targets
                .iter()
                .map(|target| Match {
                    target: *target,
                    score: 1.0,
                })
                .collect(),
            None => self.similar(label),
        };
        found
            .into_iter()
            .map(|m| Match {
                score: m.score + self.context(label, left, m.target),
                ..m
            })
            .filter(|m| m.score >= THRESHOLD)
            .collect()
    }

    /// The best match where it is better than any other.
    pub fn best(&self, label: &Label) -> Option<Match> {
        let mut matches = self.matches(label, &[]);
        matches.sort_by(|a, b| b.score.total_cmp(&a.score));
        matches
            .first()
            .copied()
            .filter(|first| matches.get(1).is_none_or(|second| second.score < first.score))
    }

    /// Every row whose wording resembles a label that is no known wording.
    fn similar(&self, label: &Label) -> Vec<Match> {
        let mut texts = vec![Wording::new(&label.full)];
        if label.bare != label.full {
            texts.push(Wording::new(&label.bare));
        }
        texts.retain(|text| text.length >= SHORTEST && text.length <= LONGEST);
        // Two rows in one: 行政处罚、行政强制.
        let holds = |target: &Target| {
            let known = target.wordings.iter().filter(|wording| wording.length >= SHORTEST);
            let mut texts = known.map(|wording| wording.text.clone());
            texts.find(|text| label.full.contains(text.as_str()))
        };
        let held: Vec<String> = self.targets.iter().filter_map(holds).collect();
        let apart = |one: &String| held.iter().any(|other| !one.contains(other) && !other.contains(one));
        if held.iter().any(apart) {
            return Vec::new();
        }
        let best = |target: &Target| {
            let pairs = texts
                .iter()
                .flat_map(|text| target.wordings.iter().map(move |wording| (text, wording)));
            pairs
                .map(|(text, wording)| wording_similarity(text, wording))
                .fold(0.0, f32::max)
        };
        let scores = self.targets.iter().map(best).enumerate();
        scores
            .filter(|(_, score)| *score >= THRESHOLD)
            .map(|(target, score)| Match { target, score })
            .collect()
    }

    /// How far any resemblance goes, for a label that is too damaged to match by itself. With another ordinal it is another row.
    pub fn resemblance(&self, label: &Label, target: usize) -> f32 {
        let target = &self.targets[target];
        if label.ordinal.is_some() && target.ordinal.is_some() && label.ordinal != target.ordinal {
            return 0.0;
        }
        target
            .wordings
            .iter()
            .map(|wording| strsim::normalized_levenshtein(&label.full, &wording.text) as f32)
            .fold(0.0, f32::max)
    }

    /// What ordinal and parents add or take away.
    fn context(&self, label: &Label, left: &[&Label], target: usize) -> f32 {
        let target = &self.targets[target];
        let ordinal = match (label.ordinal, target.ordinal) {
            (Some(a), Some(b)) if a == b => 0.1,
            (Some(a), Some(b)) if a.style == b.style => -0.05,
            // "3.其他" is not "（六）其他": so short a wording says nothing against its ordinal.
            (Some(_), Some(_)) if label.full.chars().count() < 4 => -1.0,
            (Some(_), Some(_)) => -0.1,
            _ => 0.0,
        };
        let parent = match target.parents.last() {
            Some(parent) if left.iter().any(|l| l.full.contains(parent.as_str())) => 0.1,
            // Another group's label right beside it.
            Some(_) => left
                .last()
                .map_or(0.0, |l| if is_one_of(&PARENTS, l) { -0.2 } else { 0.0 }),
            None => left
                .last()
                .map_or(0.0, |l| if is_one_of(&INNER_PARENTS, l) { -0.2 } else { 0.0 }),
        };
        ordinal + parent
    }

    /// Whether a label is a part of some wording, and no wording itself.
    pub fn has_part(&self, label: &Label) -> bool {
        let mut wordings = self.targets.iter().flat_map(|target| &target.wordings);
        label.ordinal.is_none()
            && label.full.chars().count() > 1
            && wordings.any(|wording| wording.text.len() > label.full.len() && wording.text.contains(&label.full))
    }

    /// Whether a numbered label is the first line of some wording or of a group's.
    pub fn begins(&self, label: &Label) -> bool {
        let own = self.targets.iter().any(|target| {
            target.ordinal == label.ordinal && target.wordings.iter().any(|w| w.text.starts_with(&label.bare))
        });
        own || PARENTS
            .iter()
            .any(|parent| parent.ordinal == label.ordinal && parent.bare.starts_with(&label.bare))
    }

    /// Number of rows or columns.
    pub fn len(&self) -> usize {
        self.targets.len()
    }
}

/// Labels that group rows in any form.
static PARENTS: LazyLock<Vec<Label>> = LazyLock::new(|| parents(|path| path));

/// The innermost of them: a row without parents never stands to the right of one.
static INNER_PARENTS: LazyLock<Vec<Label>> = LazyLock::new(|| parents(|path| path.get(1..).unwrap_or_default()));

/// The labels of groups that a part of each row's path names.
fn parents(of: fn(&[String]) -> &[String]) -> Vec<Label> {
    let rows = forms()
        .iter()
        .flat_map(|form| &form.tables)
        .flat_map(|table| &table.bands)
        .flat_map(|band| &band.rows);
    let mut parents: Vec<Label> = rows.flat_map(|row| of(&row.path)).map(|p| Label::parse(p)).collect();
    parents.sort_by(|a, b| a.full.cmp(&b.full));
    parents.dedup();
    parents
}

fn is_one_of(parents: &[Label], label: &Label) -> bool {
    parents.iter().any(|parent| parent.bare == label.bare)
}

/// Whether a label groups rows in some form: 三、本年度办理结果, （三）不予公开.
pub(super) fn is_parent(label: &Label) -> bool {
    is_one_of(&PARENTS, label)
}

fn wording_similarity(text: &Wording, wording: &Wording) -> f32 {
    let (a, b) = (text.length, wording.length);
    if b < SHORTEST {
        return 0.0;
    }
    let edits = text.fewest_edits(wording);
    let (text, wording) = (text.text.as_str(), wording.text.as_str());
    // A label cut at a page break, or with words added behind it. Behind a number stands the label of a row below.
    let cut = wording.starts_with(text) || wording.ends_with(text) && 2 * a >= b;
    let longer = |added: &str| a <= 2 * b && !added.starts_with(|c: char| c.is_ascii_digit());
    if cut || text.strip_prefix(wording).is_some_and(longer) {
        return 0.85;
    }
    if a.min(b) <= SHORTEST || edits * 10 > a.max(b) * 3 {
        return 0.0;
    }
    0.98 * strsim::normalized_levenshtein(text, wording) as f32
}

/// All matchers of one table.
#[derive(Debug)]
pub(super) struct TableMatcher {
    /// Every row of every band, in order; for a table of groups, the groups.
    pub rows: Matcher,
    /// Columns, a matcher a band.
    pub columns: Vec<Matcher>,
}

impl TableMatcher {
    /// Prepares a table of a form.
    pub fn new(table: &TableSpec) -> Self {
        TableMatcher {
            rows: Matcher::rows(table.bands.iter().flat_map(|band| band.rows.iter().chain(&band.groups))),
            columns: table.bands.iter().map(|band| Matcher::columns(&band.columns)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;

    fn applications() -> (&'static TableSpec, TableMatcher) {
        let table = forms::forms()[1].table("applications").unwrap();
        (table, TableMatcher::new(table))
    }

    fn best(text: &str, left: &[&str]) -> Vec<&'static str> {
        let (table, matcher) = applications();
        let left: Vec<Label> = left.iter().map(|l| Label::parse(l)).collect();
        let left: Vec<&Label> = left.iter().collect();
        let matches = matcher.rows.matches(&Label::parse(text), &left);
        let top = matches.iter().map(|m| m.score).fold(0.0, f32::max);
        matches
            .iter()
            .filter(|m| m.score >= top - 0.01)
            .map(|m| table.bands[0].rows[m.target].key.as_str())
            .collect()
    }

    #[test]
    fn slips_and_other_wordings_find_their_row() {
        for (text, left, key) in [
            ("2.其他法律行政止公开", &[][..], "denied.prohibited_by_law"),
            ("2、其他法律法规禁止公开", &[], "denied.prohibited_by_law"),
            ("（二）部分公开", &[], "partially_granted"),
            (
                "(二) 部分公开(区分处理的, 只计这一情形, 不计其他情形)",
                &[],
                "partially_granted",
            ),
            ("一、本年新收政府信息公开申请数", &[], "new"),
            ("（六）其他处理", &["三、本年度办理结果"], "other_handling.overall"),
            ("3.其他", &["（六）其他处理"], "other_handling.other"),
            ("5.要求行政机关确认或重新", &[], "not_processed.reissue_or_confirmation"),
            ("（七）总计", &[], "results_total"),
        ] {
            assert_eq!(best(text, left), [key], "{text}");
        }
    }

    #[test]
    fn what_is_no_row_matches_nothing() {
        for text in [
            "规章",
            "（三）不予公开",
            "（五）不予处理",
            "合计人数",
            "其他主动公开文件",
            "申请人情况",
            "总",
        ] {
            assert!(best(text, &[]).is_empty(), "{text} {:?}", best(text, &[]));
        }
    }
}
