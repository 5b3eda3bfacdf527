//! The ways in which real reports break, as named knobs.
//!
//! Each is a line of "How real tables break" or "What the cells hold" in our notes on the forms. Invariant: a fault says whether
//! it may destroy figures; where none does, every figure can be read by a careful human, and so must be by a reader.

use std::sync::LazyLock;

use opencc_fmmseg::OpenCC;

use crate::containers::Family;
use crate::form::Form;

macro_rules! faults {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// One way to break.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault { $($(#[doc = $doc])* $variant,)* }

        impl Fault {
            /// All of them.
            pub const ALL: &[Fault] = &[$(Fault::$variant,)*];

            /// Name for the command line and the floors of the gate.
            pub fn name(self) -> &'static str {
                match self { $(Fault::$variant => $name,)* }
            }
        }
    };
}

faults! {
    /// Labels broken over lines, paragraphs or spans.
    SplitLabels = "split-labels",
    /// 三、本年度办理结果 set one character a line.
    VerticalLabels = "vertical-labels",
    /// A character of a label left out or written wrong.
    TypingSlips = "typing-slips",
    /// Two characters of a label change places.
    TransposedLabels = "transposed-labels",
    /// Other wordings: 其他法律法规禁止公开, 社会公益, （六）其他, `1、`.
    AliasLabels = "alias-labels",
    /// Labels with long bracketed explanations.
    LongLabels = "long-labels",
    /// Radicals from PDF fonts for the characters that look like them.
    KangxiRadicals = "kangxi-radicals",
    /// Rows of the form that are not there.
    MissingRows = "missing-rows",
    /// Rows that the form does not have.
    ExtraRows = "extra-rows",
    /// Merged label cells without a trace in the rows below.
    CollapsedMerges = "collapsed-merges",
    /// Empty cells where a row span should be.
    LostRowspans = "lost-rowspans",
    /// Header cells whose spans leave the grid of the data.
    HeaderOffGrid = "header-off-grid",
    /// An extra empty cell in the header of 行政诉讼.
    EmptyHeaderCell = "empty-header-cell",
    /// Totals left blank.
    BlankTotals = "blank-totals",
    /// Figures left blank.
    BlankCells = "blank-cells",
    /// Totals that are not the sum.
    WrongSums = "wrong-sums",
    /// Mostly zeros, as a township has.
    Zeros = "zeros",
    /// `/`, `—`, 无, 不适用, `--` for figures.
    Placeholders = "placeholders",
    /// Full-width digits.
    FullWidthDigits = "full-width-digits",
    /// Thousands commas.
    ThousandsCommas = "thousands-commas",
    /// Spaces inside and around numbers.
    SpacedNumbers = "spaced-numbers",
    /// `22（其中修订 16 件）`.
    BracketedNumbers = "bracketed-numbers",
    /// `251000元`, `0.37万元`.
    MoneyUnits = "money-units",
    /// `减3`, `+5`, `增5`, `-8`.
    SignedChanges = "signed-changes",
    /// Headings whose numbers restart, repeat or skip.
    RestartedNumbering = "restarted-numbering",
    /// Headings without numbers.
    UnnumberedHeadings = "unnumbered-headings",
    /// Headings numbered 1、2、3、.
    ArabicNumbering = "arabic-numbering",
    /// Headings glued to the paragraph that follows.
    GluedHeadings = "glued-headings",
    /// Headings over two lines.
    BrokenHeadings = "broken-headings",
    /// A section that is not there, with its table.
    MissingSection = "missing-section",
    /// A report without tables.
    NoTables = "no-tables",
    /// Two reports in one file; the truth is the first.
    TwoReports = "two-reports",
    /// Traditional characters.
    Traditional = "traditional",
    /// Traditional characters, some with their pinyin in brackets, as mirror sites have them.
    Pinyin = "pinyin",
    /// Half-width brackets throughout.
    HalfWidthMarks = "half-width-marks",
    /// A declaration that names another encoding.
    WrongCharset = "wrong-charset",
    /// No declaration at all, in an old encoding.
    NoCharset = "no-charset",
    /// A page that ends in the middle of a label.
    BreakInLabel = "break-in-label",
    /// No line below the last row of a page and above the first of the next.
    OpenBorders = "open-borders",
    /// Tables without upright lines.
    NoVerticals = "no-verticals",
}

impl Fault {
    /// Whether figures may be lost to a careful human; only then may a reader miss any.
    pub fn destroys(self) -> bool {
        // Everything else leaves a number in a cell that its labels name.
        matches!(self, Fault::TwoReports)
    }

    /// Whether the fault makes the count of numbers in a row unsteady, which destroys rows where only the count tells the
    /// columns apart.
    pub fn unsteady(self) -> bool {
        matches!(self, Fault::BlankTotals | Fault::BlankCells)
    }

    /// Whether a container can carry the fault.
    pub fn fits(self, family: Family) -> bool {
        match self {
            Fault::CollapsedMerges => family.merges_collapse(),
            Fault::LostRowspans | Fault::HeaderOffGrid | Fault::EmptyHeaderCell => family.has_spans(),
            Fault::SplitLabels | Fault::VerticalLabels => family.breaks_in_cells(),
            Fault::WrongCharset => family == Family::Html,
            Fault::NoCharset => matches!(family, Family::Html | Family::Tabs | Family::Lines | Family::Pipes),
            Fault::KangxiRadicals | Fault::Pinyin => family != Family::Pdf,
            // A space that parts numbers cannot also part the digits of one; a space in a PDF row is a gap between cells.
            Fault::SpacedNumbers => family != Family::Spaces,
            // An empty field between two spaces is no field.
            Fault::BlankCells | Fault::BlankTotals => family != Family::Spaces,
            Fault::BreakInLabel | Fault::OpenBorders | Fault::NoVerticals => family == Family::Pdf,
            _ => true,
        }
    }

    /// The form that a fault needs.
    pub fn needs(self) -> Option<Form> {
        matches!(self, Fault::SignedChanges).then_some(Form::F2019)
    }

    /// Whether two faults make no sense together.
    pub fn excludes(self, other: Fault) -> bool {
        use Fault::{
            AliasLabels, BracketedNumbers, FullWidthDigits, HeaderOffGrid, KangxiRadicals, LongLabels, NoCharset,
            NoTables, SpacedNumbers, SplitLabels, ThousandsCommas, Traditional, TransposedLabels, TypingSlips,
            VerticalLabels, Zeros,
        };
        const NUMBERS: &[Fault] = &[FullWidthDigits, ThousandsCommas, SpacedNumbers, BracketedNumbers, Zeros];
        const HEADINGS: &[Fault] = &[
            Fault::RestartedNumbering,
            Fault::UnnumberedHeadings,
            Fault::ArabicNumbering,
        ];
        const SCRIPTS: &[Fault] = &[Traditional, Fault::Pinyin, KangxiRadicals];
        const LABELS: &[Fault] = &[
            TypingSlips,
            TransposedLabels,
            AliasLabels,
            LongLabels,
            KangxiRadicals,
            SplitLabels,
        ];
        let both = |list: &[Fault]| list.contains(&self) && list.contains(&other);
        let pair = |a, b| (self, other) == (a, b) || (other, self) == (a, b);
        both(NUMBERS)
            || both(LABELS)
            || both(HEADINGS)
            || both(SCRIPTS)
            || pair(NoCharset, KangxiRadicals)
            || pair(NoCharset, Fault::WrongCharset)
            || pair(HeaderOffGrid, Fault::EmptyHeaderCell)
            || pair(VerticalLabels, Fault::CollapsedMerges)
            // A heading without a number and without a line of its own is a sentence.
            || pair(Fault::GluedHeadings, Fault::UnnumberedHeadings)
            || pair(Fault::GluedHeadings, Fault::BrokenHeadings)
            || pair(NoTables, Fault::MissingSection)
    }

    /// A fault by its name.
    pub fn named(name: &str) -> Option<Fault> {
        Fault::ALL.iter().copied().find(|fault| fault.name() == name)
    }
}

/// The faults of one document.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// Which ones.
    pub list: Vec<Fault>,
    /// Chooses between variants that are no faults.
    pub variant: usize,
}

/// Characters that mirror sites give with their pinyin.
const PINYIN: &[(&str, &str)] = &[
    ("據", "據(jù)"),
    ("規", "規(guī)"),
    ("數", "數(shù)"),
    ("現", "現(xiàn)"),
    ("業", "業(yè)"),
    ("發", "發(fā)"),
];

static CONVERTER: LazyLock<OpenCC> = LazyLock::new(OpenCC::new);

impl Faults {
    /// Whether a fault was asked for.
    pub fn has(&self, fault: Fault) -> bool {
        self.list.contains(&fault)
    }

    /// Whether the document is written in traditional characters.
    pub fn traditional(&self) -> bool {
        self.has(Fault::Traditional) || self.has(Fault::Pinyin)
    }

    /// A word as this document writes it: traditional, with half-width brackets.
    pub fn word(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.traditional() {
            text = CONVERTER.s2t(&text, false);
        }
        if self.has(Fault::Pinyin) {
            for (character, pinyin) in PINYIN {
                text = text.replace(character, pinyin);
            }
        }
        if self.has(Fault::HalfWidthMarks) {
            text = text.replace('（', "(").replace('）', ")").replace('：', ":");
        }
        text
    }
}
