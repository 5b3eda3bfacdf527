//! What a printed text can mean in the forms: each distinct text is classified once, against all forms at the same time.
//!
//! A text in a known wording of some form means that and nothing else. Only what is in no form is held against the wordings by
//! similarity: a cut label, a typing slip. Invariant: a difference that changes the meaning (a negation, another year, an
//! opposite) is never a slip, and a short label (规章, 其他) matches exactly or not at all.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::meaning;
use crate::forms::{self, TableSpec};
use crate::text::label::{Label, Ordinal};
use crate::text::normalize::fold;
use crate::text::numeral::{Unit, is_measure};
use crate::text::words::WordList;
use crate::text::year;

/// Below this a label does not match at all.
pub(super) const THRESHOLD: f32 = 0.7;
/// From here on a label is as good as exact.
pub(super) const STRONG: f32 = 0.95;
/// A label in one of the known wordings has at least this score; one that was cut has less, whatever its ordinal.
pub(super) const EXACT: f32 = 1.0;
/// A label cut at a page break, or with words added behind it: below [`STRONG`], so that an exact rival wins.
const CUT: f32 = 0.85;
/// Texts that are less alike have nothing in common but a character or two.
const ALIKE: f64 = 0.34;
/// Edits weigh so much that even one keeps a slip below [`EXACT`].
const SLIP: f32 = 0.98;
/// The same ordinal, or the group beside it, confirms a label by this much.
const CONFIRMED: f32 = 0.1;
/// Another ordinal of the same style: a renumbered list keeps its labels.
const RENUMBERED: f32 = -0.05;
/// An ordinal of another style stands on another level of the form.
const OTHER_LEVEL: f32 = -0.1;
/// A row of another group.
const OTHER_GROUP: f32 = -0.2;
/// "3.其他" is not "（六）其他": so short a wording proves nothing against its ordinal.
const CONTRADICTED: f32 = -1.0;

/// A text as much like the name of a group of columns is that name: 法人或者其他组织.
const GROUP: f64 = 0.8;

/// A label of fewer characters matches exactly or not at all.
const SHORTEST: usize = 4;
/// A text of more characters is no label.
const LONGEST: usize = 120;
/// So many texts are remembered by a thread. The labels of the forms and their usual slips are some hundreds; but every form looks at
/// all texts of a document, so a document with more would be classified again for each.
const REMEMBERED: usize = 1 << 16;

/// One axis of one table: the rows, the columns of a band, or the groups of columns.
pub(super) type AxisId = u16;

/// What a text can mean: one place on one axis.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Meaning {
    axis: AxisId,
    target: u16,
    score: f32,
}

/// A text of the document, taken apart and classified.
#[derive(Debug)]
pub(super) struct Word {
    /// The text taken apart.
    pub label: Label,
    /// Whether it groups rows in some form: 三、本年度办理结果, （三）不予公开.
    pub is_parent: bool,
    /// Whether it is an innermost group of rows; a row without a group never stands to the right of one.
    is_inner_parent: bool,
    /// Whether it names a column of some form. A column has no number: （六）其他 is a group of rows.
    pub is_column: bool,
    /// The unit that it names.
    pub unit: Option<Unit>,
    meanings: Vec<Meaning>,
    /// The axes of columns of which it is a part of some name, once asked for.
    parts: OnceCell<Vec<AxisId>>,
}

impl Word {
    /// Whether some form has the text as a label, a name or a part of one.
    pub fn means_something(&self) -> bool {
        !self.meanings.is_empty() || !self.parts().is_empty()
    }

    fn parts(&self) -> &[AxisId] {
        self.parts.get_or_init(|| LEXICON.parts(&self.label))
    }
}

/// One way to understand a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    /// Index of the row or column in the form.
    pub target: usize,
    /// From [`THRESHOLD`] to somewhat above 1.
    pub score: f32,
}

/// Classifies a text. A thread remembers what it has seen, since the labels of all reports are nearly the same.
pub(super) fn word(text: &str) -> Rc<Word> {
    thread_local! {
        static KNOWN: RefCell<HashMap<Box<str>, Rc<Word>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(word) = known.get(text) {
            return word.clone();
        }
        let folded = fold(text);
        let word = Rc::new(LEXICON.classify(Label::from_folded(&folded), Unit::in_header(&folded)));
        if text.len() <= LONGEST * 4 {
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(text.into(), word.clone());
        }
        word
    })
}

/// The labels of one axis.
#[derive(Debug)]
pub(super) struct Axis {
    id: AxisId,
    targets: Vec<Target>,
    /// Whether the columns are told by their names alone: they are of different times or bodies, as tables of other makes have them too,
    /// so that counting them is ambiguous.
    pub by_name: bool,
}

/// A row or column of a form.
#[derive(Debug)]
struct Target {
    ordinal: Option<Ordinal>,
    wordings: Vec<String>,
    parents: Vec<String>,
}

/// The axes of one table of one form.
#[derive(Debug)]
pub(super) struct TableAxes {
    /// Every row of every band, in order; for a table of groups, the groups.
    pub rows: Axis,
    /// Columns, an axis a band.
    pub columns: Vec<Axis>,
    /// For each row the row of the form that heads its block, where a row does.
    pub blocks: Vec<Option<usize>>,
}

/// All wordings of all forms.
struct Lexicon {
    exact: HashMap<String, Vec<(AxisId, u16)>>,
    wordings: Vec<(Wording, Vec<(AxisId, u16)>)>,
    /// The texts of the wordings, in their order.
    texts: WordList,
    parents: HashSet<String>,
    inner_parents: HashSet<String>,
    columns: HashSet<String>,
    /// The axes of each table, in the order of the forms and of their tables.
    tables: Vec<TableAxes>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::compile);

/// The axes of every table of every form, in that order.
pub(super) fn tables() -> &'static [TableAxes] {
    &LEXICON.tables
}

/// All wordings of rows and columns and of their groups, folded.
pub(super) fn wordings() -> impl Iterator<Item = String> {
    let bands = forms::forms()
        .iter()
        .flat_map(|form| &form.tables)
        .flat_map(|table| &table.bands);
    let paths = bands.flat_map(|band| &band.groups).flat_map(|group| &group.path);
    let rows = LEXICON.exact.keys().chain(&LEXICON.parents).cloned();
    rows.chain(paths.map(|path| Label::parse(path).bare))
}

/// The ordinals that rows of the forms have under the wording of a text.
pub(super) fn ordinals(word: &Word) -> Vec<Ordinal> {
    let axes = LEXICON.tables.iter().map(|table| &table.rows);
    let named = axes.flat_map(|axis| axis.of(word).map(|found| &axis.targets[found.target]));
    named.filter_map(|target| target.ordinal).collect()
}

impl Target {
    fn new(label: &str, aliases: &[String], path: &[String]) -> Self {
        let label = Label::parse(label);
        let mut wordings = vec![label.full.clone(), label.bare];
        wordings.extend(aliases.iter().map(|alias| Label::parse(alias).full));
        wordings.retain(|wording| !wording.is_empty());
        wordings.dedup();
        Target {
            ordinal: label.ordinal,
            wordings,
            parents: path.iter().map(|parent| Label::parse(parent).bare).collect(),
        }
    }
}

impl Lexicon {
    fn compile() -> Self {
        let mut next: AxisId = 0;
        let mut axis = |targets: Vec<Target>| {
            next += 1;
            Axis {
                id: next - 1,
                targets,
                by_name: false,
            }
        };
        let specs = || forms::forms().iter().flat_map(|form| &form.tables);
        let tables: Vec<TableAxes> = specs()
            .map(|spec| TableAxes {
                blocks: blocks(&row_targets(spec)),
                rows: axis(row_targets(spec)),
                columns: spec
                    .bands
                    .iter()
                    .map(|band| {
                        let columns = band.columns.iter();
                        let targets = columns.map(|c| Target::new(&c.label, &c.aliases, &c.path));
                        Axis {
                            by_name: band.columns.iter().any(|column| column.prefix),
                            ..axis(targets.collect())
                        }
                    })
                    .collect(),
            })
            .collect();
        let mut exact: HashMap<String, Vec<(AxisId, u16)>> = HashMap::new();
        let mut order = Vec::new();
        for axis in tables
            .iter()
            .flat_map(|table| std::iter::once(&table.rows).chain(&table.columns))
        {
            for (index, target) in axis.targets.iter().enumerate() {
                for wording in &target.wordings {
                    let entry = exact.entry(wording.clone()).or_insert_with(|| {
                        order.push(wording.clone());
                        Vec::new()
                    });
                    let place = (axis.id, index as u16);
                    if !entry.contains(&place) {
                        entry.push(place);
                    }
                }
            }
        }
        let paths = || {
            let bands = specs().flat_map(|table| &table.bands);
            bands.flat_map(|band| &band.rows).map(|row| row.path.as_slice())
        };
        let bare = |text: &String| Label::parse(text).bare;
        let names = tables
            .iter()
            .flat_map(|table| &table.columns)
            .flat_map(|axis| &axis.targets);
        let wordings: Vec<(Wording, Vec<(AxisId, u16)>)> = order
            .into_iter()
            .filter(|wording| wording.chars().count() >= SHORTEST)
            .map(|wording| (Wording::new(&wording), exact[&wording].clone()))
            .collect();
        Lexicon {
            texts: WordList::new(wordings.iter().map(|(wording, _)| wording.text.clone())),
            wordings,
            parents: paths().flatten().map(bare).collect(),
            inner_parents: paths()
                .flat_map(|path| path.get(1..).unwrap_or_default())
                .map(bare)
                .collect(),
            columns: names.flat_map(|target| target.wordings.iter().cloned()).collect(),
            exact,
            tables,
        }
    }

    fn classify(&self, label: Label, unit: Option<Unit>) -> Word {
        let exact = || {
            let bare = || self.exact.get(&label.bare).filter(|_| meaning::adds_nothing(&label));
            self.exact.get(&label.full).or_else(bare)
        };
        let meanings = match exact() {
            Some(places) => places
                .iter()
                .map(|(axis, target)| Meaning {
                    axis: *axis,
                    target: *target,
                    score: EXACT,
                })
                .collect(),
            None => self.similar(&label),
        };
        Word {
            is_parent: self.parents.contains(&label.bare),
            is_inner_parent: self.inner_parents.contains(&label.bare),
            is_column: label.ordinal.is_none() && self.columns.contains(&label.full),
            unit,
            meanings,
            parts: OnceCell::new(),
            label,
        }
    }

    /// The axes of columns with a name of which a label is a part.
    fn parts(&self, label: &Label) -> Vec<AxisId> {
        if label.ordinal.is_some() || label.full.chars().nth(1).is_none() {
            return Vec::new();
        }
        let columns = self.tables.iter().flat_map(|table| &table.columns);
        let holding = columns.filter(|axis| axis.holds(&label.full));
        holding.map(|axis| axis.id).collect()
    }

    /// Every place whose wording resembles a label that is no known wording.
    fn similar(&self, label: &Label) -> Vec<Meaning> {
        let mut texts = vec![Wording::new(&label.full)];
        if label.bare != label.full && meaning::adds_nothing(label) {
            texts.push(Wording::new(&label.bare));
        }
        texts.retain(|text| (SHORTEST..=LONGEST).contains(&text.length));
        let mut meanings: Vec<Meaning> = Vec::new();
        if texts.is_empty() || self.holds_two(label) {
            return meanings;
        }
        for (wording, places) in &self.wordings {
            let score = texts.iter().map(|text| similarity(text, wording)).fold(0.0, f32::max);
            if score < THRESHOLD {
                continue;
            }
            for (axis, target) in places {
                match meanings.iter_mut().find(|m| (m.axis, m.target) == (*axis, *target)) {
                    Some(known) => known.score = known.score.max(score),
                    None => meanings.push(Meaning {
                        axis: *axis,
                        target: *target,
                        score,
                    }),
                }
            }
        }
        meanings
    }

    /// Whether a label holds the labels of two rows: 行政处罚、行政强制.
    fn holds_two(&self, label: &Label) -> bool {
        let held = self.texts.held(&label.full);
        let mut held: Vec<&str> = held.map(|place| self.wordings[place].0.text.as_str()).collect();
        held.sort_unstable();
        held.dedup();
        let apart = |one: &&str| held.iter().any(|other| !one.contains(other) && !other.contains(one));
        held.iter().any(apart)
    }
}

/// For each row the row whose label is that of its innermost group.
fn blocks(rows: &[Target]) -> Vec<Option<usize>> {
    let head = |name: &String| rows.iter().position(|row| row.wordings.contains(name));
    rows.iter().map(|row| row.parents.last().and_then(head)).collect()
}

fn row_targets(spec: &TableSpec) -> Vec<Target> {
    let rows = spec.bands.iter().flat_map(|band| band.rows.iter().chain(&band.groups));
    rows.map(|row| Target::new(&row.label, &row.aliases, &row.path))
        .collect()
}

impl Axis {
    /// Every row that a text can mean, given the texts to its left, outermost first.
    pub fn matches(&self, word: &Word, left: &[Rc<Word>]) -> Vec<Match> {
        self.of(word)
            .map(|m| Match {
                target: m.target,
                score: m.score + self.context(word, left, m.target),
            })
            .filter(|m| m.score >= THRESHOLD)
            .collect()
    }

    /// The best match where it is better than any other.
    pub fn best(&self, word: &Word) -> Option<Match> {
        let mut matches = self.matches(word, &[]);
        matches.sort_by(|a, b| b.score.total_cmp(&a.score));
        matches
            .first()
            .copied()
            .filter(|first| matches.get(1).is_none_or(|second| second.score < first.score))
    }

    /// How well a text is known as any row or column; 0 where it is not.
    pub fn known(&self, word: &Word) -> f32 {
        self.of(word).map(|m| m.score).fold(0.0, f32::max)
    }

    fn of(&self, word: &Word) -> impl Iterator<Item = Match> {
        let own = word.meanings.iter().filter(|m| m.axis == self.id);
        own.map(|m| Match {
            target: m.target as usize,
            score: m.score,
        })
    }

    /// How far any resemblance goes, for a label that is too damaged to match by itself. With another ordinal, with the words of another
    /// row, or with a difference that changes the meaning, it is another row.
    pub fn resemblance(&self, word: &Word, target: usize) -> f32 {
        let target = &self.targets[target];
        let label = &word.label;
        if label.ordinal.is_some() && target.ordinal.is_some() && label.ordinal != target.ordinal {
            return 0.0;
        }
        let says = |target: &Target| target.wordings.contains(&label.full);
        if !says(target) && self.targets.iter().any(says) {
            return 0.0;
        }
        let wordings = target
            .wordings
            .iter()
            .filter(|wording| !meaning::differs(&label.full, wording) && !meaning::adds_words(&label.full, wording));
        wordings
            .map(|wording| strsim::normalized_levenshtein(&label.full, wording) as f32)
            .fold(0.0, f32::max)
    }

    /// Whether a text is like the wording of a row or column, far as it may be from it.
    pub fn resembles(&self, word: &Word) -> bool {
        let mut wordings = self.targets.iter().flat_map(|target| &target.wordings);
        let bare = word.label.bare.as_str();
        wordings.any(|wording| {
            strsim::normalized_levenshtein(bare, wording) >= ALIKE
                && !meaning::differs(bare, wording)
                && !meaning::adds_words(bare, wording)
        })
    }

    /// Whether a text that means a row or column adds words of its own, and another says that it is of all together: then the first is of
    /// a part.
    pub fn is_part_beside(&self, word: &Word, target: usize, other: &Word) -> bool {
        let Label { full, bare, .. } = &word.label;
        let wordings = &self.targets[target].wordings;
        let is_unit = || wordings.contains(bare) && full.strip_prefix(bare.as_str()).is_some_and(is_measure);
        let says = wordings.contains(full) || word.unit.is_some() || is_unit();
        !says && meaning::of_whole(&other.label).any(|of| wordings.iter().any(|wording| wording == of))
    }

    /// Whether a text has a year, or outside brackets, which explain, a word that makes another label of every wording.
    pub fn means_otherwise(&self, word: &Word) -> bool {
        let Label { full, bare, .. } = &word.label;
        let mut wordings = self.targets.iter().flat_map(|target| &target.wordings);
        !year::named(full).is_empty() || wordings.all(|wording| meaning::differs(bare, wording))
    }

    /// Whether the label of a group is of another time than the groups of a row.
    pub fn is_of_other_time(&self, group: &Word, target: usize) -> bool {
        let parents = &self.targets[target].parents;
        meaning::is_of_other_time(&group.label.full) && !parents.iter().any(|parent| meaning::is_of_other_time(parent))
    }

    /// What ordinal and groups add or take away.
    fn context(&self, word: &Word, left: &[Rc<Word>], target: usize) -> f32 {
        let target = &self.targets[target];
        let ordinal = match (word.label.ordinal, target.ordinal) {
            (Some(a), Some(b)) if a == b => CONFIRMED,
            (Some(a), Some(b)) if a.style == b.style => RENUMBERED,
            (Some(_), Some(_)) if word.label.full.chars().count() < SHORTEST => CONTRADICTED,
            (Some(_), Some(_)) => OTHER_LEVEL,
            _ => 0.0,
        };
        let beside = left.last();
        let group = match target.parents.last() {
            Some(parent) if left.iter().any(|l| l.label.full.contains(parent.as_str())) => CONFIRMED,
            // The label of another group right beside it.
            Some(_) if beside.is_some_and(|l| l.is_parent) => OTHER_GROUP,
            None if beside.is_some_and(|l| l.is_inner_parent) => OTHER_GROUP,
            _ => 0.0,
        };
        ordinal + group
    }

    /// Whether a text stands in the name of some column, or is one.
    pub fn holds_text(&self, word: &Word) -> bool {
        let mut wordings = self.targets.iter().flat_map(|target| &target.wordings);
        wordings.any(|wording| wording.contains(&word.label.full))
    }

    /// The one column of whose name a text is a part.
    pub fn column_of_part(&self, word: &Word) -> Option<usize> {
        self.column_holding(&word.label.full)
    }

    /// The columns of whose names alone two characters stand next to each other in a text, in the order of the text.
    pub fn columns_in(&self, text: &str) -> Vec<usize> {
        let characters: Vec<char> = text.chars().collect();
        let pairs = characters.windows(2).map(String::from_iter);
        let mut columns: Vec<usize> = pairs.filter_map(|pair| self.column_holding(&pair)).collect();
        columns.dedup();
        columns
    }

    /// The one column whose name holds a text.
    fn column_holding(&self, part: &str) -> Option<usize> {
        let holds = |target: &Target| target.wordings.iter().any(|wording| wording.contains(part));
        let mut holding = (0..self.len()).filter(|column| !part.is_empty() && holds(&self.targets[*column]));
        let first = holding.next()?;
        holding.next().is_none().then_some(first)
    }

    /// Whether a text is a part of the name of some column, and no name itself.
    pub fn has_part(&self, word: &Word) -> bool {
        word.parts().contains(&self.id)
    }

    fn holds(&self, part: &str) -> bool {
        let mut wordings = self.targets.iter().flat_map(|target| &target.wordings);
        wordings.any(|wording| wording.len() > part.len() && wording.contains(part))
    }

    /// Whether a numbered label is the first line of some wording or of a group's.
    pub fn begins(&self, word: &Word) -> bool {
        let label = &word.label;
        let own = |target: &Target| {
            target.ordinal == label.ordinal && target.wordings.iter().any(|wording| wording.starts_with(&label.bare))
        };
        self.targets.iter().any(own) || LEXICON.parents.iter().any(|parent| parent.starts_with(&label.bare))
    }

    /// Whether a row or column stands in a group.
    pub fn is_in_group(&self, target: usize) -> bool {
        !self.targets[target].parents.is_empty()
    }

    /// Whether a text is the name of a group of some of the columns, 法人或其他组织.
    pub fn is_group(&self, word: &Word) -> bool {
        let mut parents = self.targets.iter().flat_map(|target| &target.parents);
        parents.any(|parent| strsim::normalized_levenshtein(&word.label.bare, parent) >= GROUP)
    }

    /// Number of rows or columns.
    pub fn len(&self) -> usize {
        self.targets.len()
    }
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

/// How far a text agrees with a wording of at least [`SHORTEST`] characters: cut, longer, or with slips.
fn similarity(text: &Wording, wording: &Wording) -> f32 {
    let (a, b) = (text.length, wording.length);
    let edits = text.fewest_edits(wording);
    let (text, wording) = (text.text.as_str(), wording.text.as_str());
    if wording.starts_with(text) {
        return CUT;
    }
    // Behind a number stands the label of a row below.
    let longer = |added: &str| a <= 2 * b && !added.starts_with(|c: char| c.is_ascii_digit());
    let extended = text.strip_prefix(wording).is_some_and(longer);
    let beheaded = wording.ends_with(text) && 2 * a >= b;
    if !extended && !beheaded && (a.min(b) <= SHORTEST || edits * 10 > a.max(b) * 3)
        || meaning::differs(text, wording)
        || meaning::adds_words(text, wording)
    {
        return 0.0;
    }
    if extended || beheaded {
        return CUT;
    }
    SLIP * strsim::normalized_levenshtein(text, wording) as f32
}
