//! The shape of a report's JSON.
//!
//! Invariant: the shape is fixed. A part that a report does not have is null or an empty list, never left out; a figure is the
//! number printed in the source or null.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ByKey, Number, Values};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::forms::TABLES;

/// Everything that was read from one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Version of this shape, [`super::SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program that made it.
    pub generator: Generator,
    /// The file that it was made from.
    pub source: Source,
    /// What the report says of itself.
    pub report: Metadata,
    /// The report's main headings in order, each with what stands below it; before them what stands before the first heading
    /// (`preface`), behind them signature, date and attachments (`closing`), both without a heading.
    pub sections: Vec<Section>,
    /// The statistical tables.
    pub tables: Tables,
    /// Figures stated in sentences; never mixed into the tables.
    pub narrative_figures: Vec<NarrativeFigure>,
    /// Grids that fit no form.
    pub other_tables: Vec<OtherTable>,
    /// For each figure what was printed and where; keys are JSON Pointers (RFC 6901) into this document, such as
    /// `/tables/applications/values/new/total`.
    pub evidence: ByKey<Evidence>,
    /// The report held against its own arithmetic and text.
    pub checks: Vec<Check>,
    /// What was noticed while reading.
    pub diagnostics: Vec<Diagnostic>,
}

/// The program that made a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Generator {
    /// `nianbao`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The file that a report was made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// File name or member name, as given.
    pub name: Option<String>,
    /// IANA media type of the container.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Character encoding used, by its WHATWG name; null for formats that fix their own.
    pub encoding: Option<String>,
    /// Number of pages; null for formats without pages.
    pub pages: Option<u32>,
    /// Address that it was fetched from, if known.
    pub url: Option<String>,
    /// The site that published it.
    pub site: Site,
}

/// The site that published a page, from its meta tags.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Site {
    /// `SiteName`.
    pub name: Option<String>,
    /// `SiteDomain`.
    pub domain: Option<String>,
    /// `SiteIDCode`, the ten-digit identification of a government site.
    pub id_code: Option<String>,
}

/// What a report says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Metadata {
    /// Title as printed, its lines joined.
    pub title: Option<String>,
    /// The public body that reports, as named in the title.
    pub agency: Option<String>,
    /// The same body as the register of regions and the grammar of public bodies know it; null where no agency is known.
    pub body: Option<Body>,
    /// GB/T 2260 code of its region: that of `body`; where that is null, the first six digits of the site's identification code, if
    /// they are such a code.
    pub region_code: Option<String>,
    /// The year reported on, not that of publication.
    pub year: Option<i32>,
    /// The days that the figures cover.
    pub period: Option<Period>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// 索引号.
    pub index_number: Option<String>,
    /// 文号.
    pub document_number: Option<String>,
    /// What the document is; null where that cannot be told, as where only a title is left of it.
    pub kind: Option<DocumentKind>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// An annual report, whole or in part.
    AnnualReport,
    /// A notice about reports.
    Notice,
    /// A form without figures.
    BlankForm,
    /// A guide for applicants.
    Guide,
    /// A page that lists reports, or a catalogue.
    IndexPage,
    /// A plan of work.
    Plan,
    /// Rules, such as those on statistics.
    Rules,
    /// Anything else.
    Other,
}

impl DocumentKind {
    /// Its word in the JSON and in datasets.
    pub fn word(self) -> &'static str {
        match self {
            DocumentKind::AnnualReport => "annual_report",
            DocumentKind::Notice => "notice",
            DocumentKind::BlankForm => "blank_form",
            DocumentKind::Guide => "guide",
            DocumentKind::IndexPage => "index_page",
            DocumentKind::Plan => "plan",
            DocumentKind::Rules => "rules",
            DocumentKind::Other => "other",
        }
    }
}

/// A public body, known by what its name is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Body {
    /// Its full name behind that of its region, one for all spellings: 府谷县人民政府办公室 for 府谷县政府办.
    pub name: String,
    /// At which level of government it stands; null where its name does not say.
    pub level: Option<BodyLevel>,
    /// What it is, one of the keys of `schema/bodies.toml`: `government`, `general_office`, `bureau`, `town`, …; null for other names.
    pub kind: Option<String>,
    /// Where it is; that of a town or subdistrict is its county. Null where the name is shared by several regions and nothing else
    /// decides, or is in no register.
    pub region: Option<Region>,
    /// The body above it; null where that is not known.
    pub parent: Option<String>,
}

/// A level of government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BodyLevel {
    /// The whole country.
    Central,
    /// 省, 自治区, 直辖市.
    Province,
    /// 地级市, 地区, 自治州, 盟.
    City,
    /// 县, 区, 旗, 县级市.
    County,
    /// 镇, 乡, 街道.
    Township,
    /// A functional zone: 开发区, 高新区.
    Zone,
}

impl BodyLevel {
    /// Its word in the JSON and in datasets.
    pub fn word(self) -> &'static str {
        match self {
            BodyLevel::Central => "central",
            BodyLevel::Province => "province",
            BodyLevel::City => "city",
            BodyLevel::County => "county",
            BodyLevel::Township => "township",
            BodyLevel::Zone => "zone",
        }
    }
}

/// A region of GB/T 2260.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Its code in the year of the report.
    pub code: String,
    /// Its name in that year.
    pub name: String,
    /// The code of the same place today; null where that cannot be told.
    pub code_today: Option<String>,
}

/// First and last day, ISO 8601.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
}

impl Period {
    /// Whether it begins and ends within one year and is not all of it. In 2008 the regulation came into force on the first of May, and that
    /// is the beginning of its year.
    pub fn is_within_a_year(&self) -> bool {
        let is_one = self.start.get(..4) == self.end.get(..4);
        let is_first = self.start.ends_with("01-01") || self.start == "2008-05-01";
        is_one && !(is_first && self.end.ends_with("12-31"))
    }

    /// Whether it covers more days than a year has, as that of a report on several years does.
    pub fn is_longer_than_a_year(&self) -> bool {
        let split = |day: &str| Some((day.get(..4)?.parse::<i32>().ok()?, day.get(4..)?.to_owned()));
        let (Some((first, from)), Some((last, to))) = (split(&self.start), split(&self.end)) else {
            return false;
        };
        last > first + 1 || last == first + 1 && to > from
    }
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Canonical key of a main section (`overview`, `applications`, …), or `preface` or `closing`; null for any other.
    pub key: Option<String>,
    /// Keys of further main sections that the heading names: 主动公开及依申请公开情况 is `proactive_disclosure` and `applications`.
    #[serde(default)]
    pub also: Vec<String>,
    /// Number as printed, without its mark: `一`, `1`.
    pub number: Option<String>,
    /// Heading as printed, without its number.
    pub heading: String,
    /// Depth, from 1.
    pub level: u8,
    /// Paragraphs before the first child, joined with `\n`; tables are left out.
    pub text: String,
    /// Sections one level below.
    pub children: Vec<Section>,
    /// Where the heading stands.
    pub origin: Origin,
}

/// The statistical tables; null where the report has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tables {
    /// Table 2, 主动公开政府信息情况.
    pub proactive_disclosure: Option<Table>,
    /// Table 3, 收到和处理政府信息公开申请情况.
    pub applications: Option<Table>,
    /// Table 4, 政府信息公开行政复议、行政诉讼情况.
    pub review_litigation: Option<Table>,
    /// Form 2014, 政府信息公开情况统计表.
    pub statistics: Option<Table>,
}

impl Tables {
    /// The table of a key of [`crate::forms::TABLES`]; null too where the key is none of them.
    pub fn get(&self, key: &str) -> Option<&Table> {
        self.present().find(|(name, _)| *name == key).map(|(_, table)| table)
    }

    /// Puts a table, or none, under a key of [`crate::forms::TABLES`]. Any other key changes nothing; the forms have none.
    pub fn set(&mut self, key: &str, table: Option<Table>) {
        if let Some((_, slot)) = self.slots_mut().into_iter().find(|(name, _)| *name == key) {
            *slot = table;
        }
    }

    /// The tables that are there, with their keys, in the order of the contract.
    pub fn present(&self) -> impl Iterator<Item = (&'static str, &Table)> {
        [
            &self.proactive_disclosure,
            &self.applications,
            &self.review_litigation,
            &self.statistics,
        ]
        .into_iter()
        .zip(TABLES)
        .filter_map(|(table, key)| Some((key, table.as_ref()?)))
    }

    /// The same, to be changed.
    pub fn present_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut Table)> {
        let slots = self.slots_mut().into_iter();
        slots.filter_map(|(key, table)| Some((key, table.as_mut()?)))
    }

    fn slots_mut(&mut self) -> [(&'static str, &mut Option<Table>); TABLES.len()] {
        let [disclosure, applications, review, statistics] = TABLES;
        [
            (disclosure, &mut self.proactive_disclosure),
            (applications, &mut self.applications),
            (review, &mut self.review_litigation),
            (statistics, &mut self.statistics),
        ]
    }
}

/// One statistical table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// The form that it follows: `2019`, `2021`. Reports mix forms, so this is decided table by table; null where the rows that tell
    /// the forms apart are missing and nothing else decides.
    pub form: Option<String>,
    /// The figures: every key of the form, then those of other forms that the report has as well. Where the form is null, the keys that
    /// the report has.
    #[schemars(with = "ByKey<serde_json::Value>")]
    pub values: Values,
    /// Rows that are not in the form.
    pub extra_rows: Vec<ExtraRow>,
    /// Where the table begins.
    pub origin: Origin,
}

/// A row that the form does not have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExtraRow {
    /// Its label as printed.
    pub label: String,
    /// The text of its other cells.
    pub cells: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// A figure stated in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NarrativeFigure {
    /// What it counts: a key such as `applications.new`.
    pub key: String,
    /// The number.
    pub value: Number,
    /// Its unit as printed: `件`.
    pub unit: Option<String>,
    /// Whose figure it is; null where the sentence leaves it open.
    pub scope: Option<Scope>,
    /// The time that it covers; null where the sentence leaves it open.
    pub basis: Option<Basis>,
    /// Whether the sentence rounds it: 近, 约, 余, 多, 左右, 2.4万.
    pub approximate: bool,
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

impl NarrativeFigure {
    /// Whether it is an exact figure of the whole body and the year of the report: only such a one is held against tables and
    /// enters a series.
    pub fn is_of_the_report(&self) -> bool {
        self.scope == Some(Scope::Whole) && self.basis == Some(Basis::Year) && !self.approximate
    }
}

/// Whose figure a sentence states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The body that reports.
    Whole,
    /// A part of it, or one body below it.
    Part,
    /// Several bodies together that are not the one that reports.
    Several,
}

/// The time that a figure of a sentence covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The year of the report.
    Year,
    /// All years so far: 历年累计, 截至…累计.
    Cumulative,
    /// A part of the year: 上半年, 第四季度, 1月至11月.
    PartOfYear,
    /// From one date to another that is not the year.
    Period,
}

/// A grid that fits no form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtherTable {
    /// Rows of cell texts; a spanning cell stands once, in the slot where it begins, and is empty in the others.
    pub rows: Vec<Vec<String>>,
    /// Where it stands.
    pub origin: Origin,
}

/// What was printed for a figure, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The text of the cell; null where the report has no such cell.
    pub raw: Option<String>,
    /// How it was understood.
    pub state: State,
    /// Where the cell stands.
    pub origin: Option<Origin>,
}

/// How the content of a cell was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum State {
    /// A number other than zero.
    Number,
    /// A printed zero.
    Zero,
    /// An empty cell.
    Blank,
    /// `/`, `—`, `无`, `不适用`: no figure, and said so.
    Placeholder,
    /// Anything that is not one number.
    Text,
    /// A reading that only the sums of the table make unique.
    Inferred,
    /// The report has no such cell, or which cell it is cannot be told.
    Absent,
}

/// One rule held against one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Code; `nianbao explain CODE` tells more.
    pub code: String,
    /// The outcome.
    pub status: Status,
    /// The rule with this report's numbers.
    pub message: String,
    /// Left side of the rule.
    pub left: Option<Number>,
    /// Right side of the rule.
    pub right: Option<Number>,
    /// Left minus right.
    pub difference: Option<Number>,
    /// JSON Pointers to the figures that take part; for an unknown outcome, those that are null.
    pub cells: Vec<String>,
}

/// The outcome of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The rule holds.
    Pass,
    /// It does not.
    Fail,
    /// A figure that it needs is null.
    Unknown,
}
