//! Numbers on the lines behind a row of text: rests of the numbers above them, whose cells were too narrow?
//!
//! Print and the text taken from it have one line for each line of a cell, and `1834` above `59` is 183459 or a number above another.
//! Invariant: where the two differ, the figure is one that a sum bears out, or null with a diagnostic.

use super::fill::Filler;
use super::lexicon::word;
use super::prepare::Prepared;
use super::rows::{Row, RowCell, Source};
use crate::document::{GridKind, Origin};
use crate::forms::{self, RowSpec};
use crate::text::normalize::fold;

/// A row that was read, with what was taken from it.
pub(super) struct Taken<'a, 'r> {
    pub row: &'a Row<'r>,
    /// Its figures: indexes of their cells, and their keys.
    pub figures: Vec<(usize, String)>,
    /// The texts that stand in the cells of its labels, folded.
    pub texts: Vec<String>,
}

/// Takes back the figures of a row that may continue in the rows behind it. Each of them comes with whether it has a place of its own.
pub(super) fn doubt<'p>(taken: Taken, behind: impl Iterator<Item = (&'p Prepared<'p>, bool)>, filler: &mut Filler) {
    let cells = &taken.row.cells;
    let mut figures = taken.figures;
    figures.retain(|(cell, _)| has_digit(&cells[*cell]));
    figures.sort_unstable();
    let rests = rests(taken.row, &taken.texts, behind);
    if is_ruled(taken.row) {
        for (cell, key) in figures {
            let cell = &cells[cell];
            let rest = rests.iter().flatten().find(|rest| rest.start == cell.start);
            if let Some(rest) = rest {
                filler.doubt(key, cell, Some(rest.text.trim()), true);
            }
        }
        return;
    }
    let tokens: Vec<&str> = match &rests[..] {
        [] => return,
        [line] => line.iter().flat_map(|cell| cell.text.split_whitespace()).collect(),
        _ => Vec::new(),
    };
    let count = figures.len();
    // Where the text keeps its layout, digits below the values belong to any of them; otherwise to the last, as a line broken where it
    // was full.
    let below = rests
        .iter()
        .flatten()
        .next()
        .is_some_and(|first| is_right_of(first, taken.row));
    for (index, (cell, key)) in figures.into_iter().enumerate() {
        let cell = &cells[cell];
        match tokens[..] {
            [rest] if index + 1 == count => filler.doubt(key, cell, Some(rest), true),
            [_] => filler.doubt(key, cell, None, below),
            _ if tokens.len() == count => filler.doubt(key, cell, Some(tokens[index]), true),
            _ => filler.doubt(key, cell, None, true),
        }
    }
}

/// The digits on each of the lines behind a row that may belong to its numbers.
fn rests<'p>(
    above: &Row,
    texts: &[String],
    behind: impl Iterator<Item = (&'p Prepared<'p>, bool)>,
) -> Vec<Vec<&'p RowCell<'p>>> {
    let mut behind = behind.take_while(|(next, _)| follows(next.row, above)).peekable();
    let mut rests = Vec::new();
    let mut line = above.cells.last().map_or(0, |cell| cell.line);
    while let Some((next, placed)) = behind.next() {
        let cells = &next.row.cells;
        let whole = !placed && !next.gap && continues(next.row, texts);
        let end = cells
            .iter()
            .position(is_words)
            .filter(|_| !whole)
            .unwrap_or(cells.len());
        let digits: Vec<&RowCell> = cells[..end].iter().filter(|cell| has_digit(cell)).collect();
        let Some(first) = digits.first().filter(|first| whole || first.line == line + 1) else {
            break;
        };
        let next = behind.peek().map_or(&[][..], |(next, _)| &next.row.cells);
        let after = cells[end..].iter().chain(next);
        let unlabelled = !cells[..end].iter().any(is_words);
        if unlabelled && !is_right_of(first, above) && belongs_to_label_below(&digits, after, texts) {
            break;
        }
        line = cells.last().map_or(first.line, |cell| cell.line);
        rests.push(digits);
        if !whole {
            break;
        }
    }
    rests
}

/// Whether the label of another row stands alone on the line below some digits, which are its values then.
fn belongs_to_label_below<'c>(
    digits: &[&RowCell],
    after: impl Iterator<Item = &'c RowCell<'c>>,
    texts: &[String],
) -> bool {
    let line = digits.last().map_or(0, |cell| cell.line + 1);
    let mut below = after.filter(|cell| cell.line == line).peekable();
    below.peek().is_some() && below.all(|cell| is_words(cell) && !is_rest(cell, texts) && !stands_above_rows(cell.text))
}

/// Whether a text stands above rows and not beside the values of one: the head of a band or a section, the name of a column.
fn stands_above_rows(text: &str) -> bool {
    forms::is_band(text) || forms::is_section_heading(text) || word(text).is_column
}

/// Whether a line begins right of the line of a row, as what stands below its values does.
fn is_right_of(cell: &RowCell, above: &Row) -> bool {
    let left = |cell: &RowCell| match cell.origin {
        Origin::Page { bbox, .. } | Origin::Picture { bbox, .. } => Some(bbox[0]),
        Origin::Text { column, .. } => Some(f64::from(*column)),
        _ => None,
    };
    let line = above.cells.last().map(|cell| cell.line);
    let label = above.cells.iter().find(|cell| Some(cell.line) == line).and_then(left);
    left(cell).zip(label).is_some_and(|(rest, label)| rest > label)
}

/// Whether two rows are lines of one text, or the two parts of a ruled row that the end of a page has torn.
fn follows(next: &Row, above: &Row) -> bool {
    let is_lines = |row: &Row| match row.source {
        Source::Stream => true,
        Source::Grid { kind, .. } => kind == GridKind::Aligned,
    };
    match (is_ruled(next), is_ruled(above)) {
        (true, true) => page(above).zip(page(next)).is_some_and(|(page, next)| next == page + 1),
        (false, true) => false,
        _ => next.source == Source::Stream || is_lines(next) && is_lines(above),
    }
}

fn is_ruled(row: &Row) -> bool {
    matches!(
        row.source,
        Source::Grid {
            kind: GridKind::Ruled,
            ..
        }
    )
}

/// The page that the last cell of a row stands on.
fn page(row: &Row) -> Option<u32> {
    match row.cells.iter().rfind(|cell| cell.own)?.origin {
        Origin::Page { page, .. } => Some(*page),
        _ => None,
    }
}

/// Whether a row has no words but such as stand in the labels of the row above.
fn continues(next: &Row, texts: &[String]) -> bool {
    next.cells.iter().all(|cell| !is_words(cell) || is_rest(cell, texts))
}

fn is_rest(cell: &RowCell, texts: &[String]) -> bool {
    let words = fold(cell.text);
    texts.iter().any(|text| text.contains(&words))
}

/// The texts that stand in the cells of a row's labels.
pub(super) fn wordings(spec: &RowSpec) -> Vec<String> {
    let labels = [&spec.label].into_iter().chain(&spec.aliases).chain(&spec.path);
    labels.map(|label| fold(label)).collect()
}

fn is_words(cell: &RowCell) -> bool {
    cell.text.contains(char::is_alphabetic)
}

/// Whether a cell has digits and no words.
fn has_digit(cell: &RowCell) -> bool {
    !cell.glued && cell.text.contains(char::is_numeric) && !is_words(cell)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::read::Hints;
    use crate::text::numeral::Reading;

    /// The figures of some keys of a table, as text, `·` for null.
    fn read(lines: &str, table: &str, keys: &[&str]) -> Vec<String> {
        let text = format!(
            "青禾县水务局2022年政府信息公开工作年度报告\n\n{lines}\n五、存在的主要问题及改进情况\n\n公开不够及时。\n"
        );
        let report = serde_json::to_value(crate::extract(text.as_bytes(), &Hints::default()).unwrap()).unwrap();
        let figures = keys.iter().map(|key| {
            let figure = &report["tables"][table]["values"][key.split('.').next().unwrap()];
            key.split('.')
                .skip(1)
                .fold(figure, |figure, part| &figure[part])
                .clone()
        });
        figures.map(|figure| figure.to_string().replace("null", "·")).collect()
    }

    #[test]
    fn a_ruled_row_continues_behind_the_end_of_its_page_alone() {
        let on_page = |page: u32| Origin::page(page, [0.0, 0.0, 9.0, 9.0]);
        let (first, second, third) = (on_page(1), on_page(2), on_page(3));
        let row = |origin, kind| Row {
            source: Source::Grid {
                block: 0,
                half: 0,
                kind,
            },
            cells: vec![RowCell {
                text: "8",
                reading: Reading::of("8"),
                start: 1,
                span: 1,
                rows: 1,
                own: true,
                origin,
                block: 0,
                line: 1,
                glued: false,
            }],
            surplus: false,
        };
        let above = row(&first, GridKind::Ruled);
        assert!(follows(&row(&second, GridKind::Ruled), &above));
        assert!(!follows(&row(&first, GridKind::Ruled), &above));
        assert!(!follows(&row(&third, GridKind::Ruled), &above));
        assert!(!follows(&row(&second, GridKind::Aligned), &above));
    }

    const COLUMNS: [&str; 7] = [
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "public_welfare_organization",
        "legal_service_organization",
        "other_organization",
        "total",
    ];

    fn applications(lines: &str, row: &str) -> String {
        let header = "三、收到和处理政府信息公开申请情况\n              自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计";
        let keys = COLUMNS.map(|column| format!("{row}.{column}"));
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        read(&format!("{header}\n{lines}\n\n"), "applications", &keys).join(" ")
    }

    const BELOW: &str = "二、上年结转政府信息公开申请数量   6 0 0 0 0 7 13\n   （一）予以公开   8 1 0 0 0 0 9\n   1.属于国家秘密   4 0 0 1 0 0 5";

    #[test]
    fn numbers_that_go_on_below_are_whole_where_a_sum_says_so_and_null_elsewhere() {
        let row = "一、本年新收政府信息公      1834 2118 1773 2044 2205 2262";
        for (total, rest, read) in [
            (
                "1223",
                "开申请数量   59 34 37 68 52 72 922",
                "183459 211834 177337 204468 220552 226272 1223922",
            ),
            ("1223", "开申请数量   59 34 37 68 52 72 923", "· · · · · · ·"),
            ("1223", "开申请数量   59 34 37 68 52 922", "· · · · · · ·"),
            ("1223", "             59 34", "· · · · · · ·"),
            ("12236", "开申请数量", "1834 2118 1773 2044 2205 2262 12236"),
            ("12236", "开申请数量\n    12", "1834 2118 1773 2044 2205 2262 12236"),
        ] {
            let lines = format!("{row} {total}\n{rest}\n{BELOW}");
            assert_eq!(applications(&lines, "new"), read, "{rest}");
            assert_eq!(applications(&lines, "carried_over"), "6 0 0 0 0 7 13", "{rest}");
        }
    }

    #[test]
    fn digits_below_the_only_figure_of_a_row_leave_it_null() {
        let of = |below: &str| {
            let lines = format!(
                "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可   1139\n{below}\n第二十条第（六）项\n信息内容 本年处理决定数量\n行政处罚   12\n行政强制   3\n"
            );
            read(&lines, "proactive_disclosure", &["administrative_licenses.decisions"])
        };
        assert_eq!(of(""), ["1139"]);
        assert_eq!(of("           8889"), ["·"]);
        assert_eq!(of("8889"), ["·"]);
    }

    #[test]
    fn digits_below_one_of_several_figures_leave_all_of_them_null() {
        let lines = "二、主动公开政府信息情况\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章        12   3   45\n             6\n行政处罚   12\n行政强制   3\n";
        let keys = ["regulations.issued", "regulations.repealed", "regulations.in_force"];
        assert_eq!(read(lines, "proactive_disclosure", &keys), ["·", "·", "·"]);
    }

    #[test]
    fn outcomes_that_go_on_below_are_null() {
        let lines = |rest: &str| {
            format!(
                "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n{}\n1 2 3 4 10 5 6 7 8 26 1 1 1 1 {rest}\n",
                "结果维持 结果纠正 其他结果 尚未审结 总计 ".repeat(3)
            )
        };
        let keys = [
            "review.total",
            "litigation_direct.total",
            "litigation_after_review.total",
        ];
        assert_eq!(read(&lines("4"), "review_litigation", &keys), ["10", "26", "4"]);
        assert_eq!(read(&lines("1\n        12"), "review_litigation", &keys)[2], "·");
    }

    #[test]
    fn a_label_that_goes_on_below_its_figures_is_read_whole() {
        let lines = format!(
            "{BELOW}\n   2.其他        18 1 0 0 0 0 19\n     法律行政\n     法规禁止\n     公开\n   3.危及三安全一稳定   25 0 0 0 0 0 25"
        );
        assert_eq!(applications(&lines, "denied.prohibited_by_law"), "18 1 0 0 0 0 19");
        assert_eq!(applications(&lines, "other_handling.other"), "· · · · · · ·");
        assert_eq!(applications(&lines, "denied.security_and_stability"), "25 0 0 0 0 0 25");
    }
}
