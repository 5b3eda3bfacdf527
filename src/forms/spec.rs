//! What a file of `schema/forms/` and `schema/sections.toml` can say.
//!
//! Invariant: an unknown field is an error, so that a slip of the pen in a form is seen when the form is loaded.

use serde::Deserialize;

/// The tables that the JSON of a report has room for, in its order: the fields of [`crate::report::Tables`].
pub const TABLES: [&str; 4] = [
    "proactive_disclosure",
    "applications",
    "review_litigation",
    "statistics",
];

/// An official form of the annual report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Name: the year of the document that prescribes it.
    pub id: String,
    /// Report years that it was made for, in words.
    pub years: String,
    /// The first of these years.
    pub from: i32,
    /// The last of them; none for the form that holds today.
    #[serde(default)]
    pub to: Option<i32>,
    /// The document that prescribes it.
    pub legal_source: String,
    /// Whether neither the document nor a filled copy could be read, so that rows may be missing or worded otherwise.
    #[serde(default)]
    pub unverified: bool,
    /// The main sections that it prescribes, in order.
    #[serde(default)]
    pub sections: Vec<Prescribed>,
    /// Its tables in order.
    pub tables: Vec<TableSpec>,
}

/// A main section that a form prescribes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prescribed {
    /// Key of the section.
    pub key: String,
    /// What must stand in it.
    #[serde(default)]
    pub content: Content,
}

/// What must stand in a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// Nothing that a rule could look for: a section of tables.
    #[default]
    Open,
    /// Text or sections, and be it 无.
    Any,
    /// Words that say more than 无.
    Words,
}

/// One table of a form.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Key, one of [`TABLES`].
    pub key: String,
    /// Chinese name.
    pub label: String,
    /// English name.
    pub english: String,
    /// Whether a report of the form's years may do without it.
    #[serde(default)]
    pub optional: bool,
    /// Its bands from top to bottom.
    pub bands: Vec<Band>,
    /// Sums that the figures must obey (勾稽关系).
    #[serde(default)]
    pub rules: Vec<SumRule>,
}

/// A block of rows under one column header. A table without row labels has column `groups` instead.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The line above the band, if it has one.
    #[serde(default)]
    pub label: Option<String>,
    /// Column groups, each with all of `columns` below it; then there are no `rows`.
    #[serde(default)]
    pub groups: Vec<RowSpec>,
    /// Columns from left to right.
    pub columns: Vec<ColumnSpec>,
    /// Rows from top to bottom.
    #[serde(default)]
    pub rows: Vec<RowSpec>,
}

/// A row, or a group of columns.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowSpec {
    /// Dotted key.
    pub key: String,
    /// Label as in the form, with its ordinal.
    pub label: String,
    /// English label.
    pub english: String,
    /// Labels of the merged cells to its left, outermost first.
    #[serde(default)]
    pub path: Vec<String>,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether the key is written only where a report has the row.
    #[serde(default)]
    pub optional: bool,
    /// Beginning of the keys of the rows that this one row stands for where a report has it in their place.
    #[serde(default)]
    pub stands_for: Option<String>,
    /// Unit of the row's figures where the form gives one a row (form 2014); otherwise the column's unit holds.
    #[serde(default)]
    pub unit: Option<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Key; empty where the key of the row is that of the figure (form 2014).
    pub key: String,
    /// Whether the key stands before that of the row: `cumulative.requests.received`.
    #[serde(default)]
    pub prefix: bool,
    /// Label as in the form.
    pub label: String,
    /// English label.
    pub english: String,
    /// Unit: 件, 项, 万元.
    pub unit: String,
    /// Names of the merged cells above it, outermost first.
    #[serde(default)]
    pub path: Vec<String>,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it numbers the rows (代码) and holds no figure.
    #[serde(default)]
    pub numbers_rows: bool,
    /// Whether its figures may be below zero, as a change may.
    #[serde(default)]
    pub signed: bool,
}

/// Sum of `left` = sum of `right`, once for each column, row or group.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumRule {
    /// Code of the check.
    pub code: String,
    /// What the rule is repeated over.
    pub each: Each,
    /// Keys (of rows where `each` is a column, else of columns) whose figures are added on the left.
    pub left: Vec<String>,
    /// The same for the right.
    pub right: Vec<String>,
    /// The rule and what a failure means, in English. A code that several forms have is explained in one of them.
    #[serde(default)]
    pub english: Option<String>,
    /// The same in Chinese.
    #[serde(default)]
    pub chinese: Option<String>,
}

/// What a rule is repeated over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Each {
    /// Every column: the keys are rows.
    Column,
    /// Every row: the keys are columns.
    Row,
    /// Every group of columns: the keys are columns.
    Group,
}

/// A main section of a report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Key.
    pub key: String,
    /// Canonical heading without its number.
    pub heading: String,
    /// English name.
    pub english: String,
    /// Words of a numbered heading that name the section where no wording fits.
    #[serde(default)]
    pub names: Vec<String>,
    /// Whether the section speaks of the year that is reported on.
    #[serde(default)]
    pub names_year: bool,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Form {
    /// The table of a key.
    pub fn table(&self, key: &str) -> Option<&TableSpec> {
        self.tables.iter().find(|table| table.key == key)
    }

    /// How many years lie between a year and those of the form; 0 within them.
    pub fn years_from(&self, year: i32) -> i32 {
        let past = self.to.map_or(0, |to| year.saturating_sub(to));
        self.from.saturating_sub(year).max(past).max(0)
    }
}

/// One cell of a form's table.
#[derive(Clone, Copy, Debug)]
pub struct CellSpec<'a> {
    /// The row, or the column group.
    pub row: &'a RowSpec,
    /// The column.
    pub column: &'a ColumnSpec,
}

impl ColumnSpec {
    /// Dotted key of the figure of a row in this column.
    pub fn key_in(&self, row: &str) -> String {
        match (self.key.as_str(), self.prefix) {
            ("", _) => row.to_owned(),
            (key, true) => [key, ".", row].concat(),
            (key, false) => [row, ".", key].concat(),
        }
    }

    /// The row of a dotted key, if the key is one of this column.
    pub fn row_of<'a>(&self, key: &'a str) -> Option<&'a str> {
        match (self.key.as_str(), self.prefix) {
            ("", _) => Some(key),
            (own, true) => key.strip_prefix(own)?.strip_prefix('.'),
            (own, false) => key.strip_suffix(own)?.strip_suffix('.'),
        }
    }
}

impl<'a> CellSpec<'a> {
    /// Dotted key inside `values`: row key, then column key.
    pub fn key(&self) -> String {
        self.column.key_in(&self.row.key)
    }

    /// Unit of the figure.
    pub fn unit(&self) -> &'a str {
        self.row.unit.as_deref().unwrap_or(&self.column.unit)
    }

    /// Whether the figure is an amount of money (元, 万元), which may have decimals, and no count.
    pub fn is_amount(&self) -> bool {
        self.unit().ends_with('元')
    }
}

impl Band {
    /// Its rows, or its column groups.
    pub fn rows_or_groups(&self) -> impl Iterator<Item = &RowSpec> + Clone {
        self.rows.iter().chain(&self.groups)
    }

    /// The columns that hold figures.
    pub fn figure_columns(&self) -> impl Iterator<Item = &ColumnSpec> + Clone {
        self.columns.iter().filter(|column| !column.numbers_rows)
    }

    /// Every cell that holds a figure, row by row.
    pub fn cells(&self) -> impl Iterator<Item = CellSpec<'_>> {
        self.rows_or_groups()
            .flat_map(|row| self.figure_columns().map(move |column| CellSpec { row, column }))
    }
}

impl TableSpec {
    /// Every row and column group of the table.
    pub fn rows(&self) -> impl Iterator<Item = &RowSpec> {
        self.bands.iter().flat_map(Band::rows_or_groups)
    }

    /// Every cell of the table, row by row in the order of the form.
    pub fn cells(&self) -> impl Iterator<Item = CellSpec<'_>> {
        self.bands.iter().flat_map(Band::cells)
    }

    /// The cell of a dotted key.
    pub fn cell(&self, key: &str) -> Option<CellSpec<'_>> {
        self.bands.iter().find_map(|band| {
            band.figure_columns().find_map(|column| {
                let key = column.row_of(key)?;
                let row = band.rows_or_groups().find(|spec| spec.key == key)?;
                Some(CellSpec { row, column })
            })
        })
    }

    /// The row that stands for a row and its neighbours where a report has it in their place; never the row itself.
    pub fn stand_in(&self, row: &RowSpec) -> Option<&RowSpec> {
        self.rows().find(|other| {
            let group = other.stands_for.as_deref().filter(|_| other.key != row.key);
            group.is_some_and(|group| is_below(&row.key, group))
        })
    }
}

/// Whether a dotted key stands below a name: `denied.state_secret` below `denied`.
pub(crate) fn is_below(key: &str, name: &str) -> bool {
    key.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a dotted key is one of a row: the row itself, a column of it, or the row under the name of a column.
pub(crate) fn is_in_row(key: &str, row: &str) -> bool {
    let of = |rest: Option<&str>, dot: char| {
        rest.is_some_and(|rest| rest.strip_prefix(dot).is_some_and(|name| !name.contains('.')))
    };
    let under = key.strip_suffix(row).and_then(|front| front.strip_suffix('.'));
    key == row || of(key.strip_prefix(row), '.') || under.is_some_and(|column| !column.contains('.'))
}
