//! The sums that the figures of a table must obey (勾稽关系), as the forms state them.
//!
//! Invariant: the rules come from the forms alone; nothing here knows a row or a column by name.

use super::CheckCode;
use super::figure::{Figure, Sheet, difference, is_in_row, missing, reasons, sheets, short, sum, terms};
use crate::forms::{Band, Each, RowSpec, SumRule};
use crate::report::{Check, Report, Status};

/// What the rules of the forms mean, by the codes that the forms give them.
pub(super) const CODES: &[CheckCode] = &[
    CheckCode {
        code: "applications.balance",
        english: "Table 3, in every column: applications received this year plus those carried over from last year equal the total of results plus those carried forward to next year. The form prints this rule itself.",
        chinese: "表三每一列：本年新收＋上年结转＝办理结果总计＋结转下年度继续办理。此勾稽关系印在表头。",
    },
    CheckCode {
        code: "applications.results_total",
        english: "Table 3, in every column: the total of results equals the sum of all result rows, since a case counts in one row only.",
        chinese: "表三每一列：（七）总计＝各项办理结果之和；一件申请只计入一种情形。",
    },
    CheckCode {
        code: "applications.row_total",
        english: "Table 3, in every row: the total equals natural persons plus the five kinds of organisations.",
        chinese: "表三每一行：总计＝自然人＋五类法人或其他组织之和。",
    },
    CheckCode {
        code: "review_litigation.total",
        english: "Table 4, in every group: the total equals decisions upheld, corrected, other outcomes and pending cases.",
        chinese: "表四每一组：总计＝结果维持＋结果纠正＋其他结果＋尚未审结。",
    },
];

/// Holds every sum rule against every table.
pub(super) fn check(report: &Report, checks: &mut Vec<Check>) {
    for sheet in sheets(report) {
        for rule in &sheet.spec.rules {
            for band in &sheet.spec.bands {
                match rule.each {
                    Each::Column => by_column(&sheet, rule, band, checks),
                    Each::Row => by_row(&sheet, rule, band, &band.rows, checks),
                    Each::Group => by_row(&sheet, rule, band, &band.groups, checks),
                }
            }
        }
    }
}

fn by_column(sheet: &Sheet, rule: &SumRule, band: &Band, checks: &mut Vec<Check>) {
    let here = |key: &String| band.rows.iter().any(|row| row.key == *key);
    if !rule.left.iter().chain(&rule.right).all(here) {
        return;
    }
    let left = rows_in_use(sheet, band, &rule.left);
    let right = rows_in_use(sheet, band, &rule.right);
    for column in &band.columns {
        let figures = |rows: &[&'static str]| -> Vec<Figure> {
            rows.iter()
                .map(|row| sheet.figure(sheet.row_label(row), &format!("{row}.{}", column.key)))
                .collect()
        };
        checks.push(compare(&rule.code, &column.label, &figures(&left), &figures(&right)));
    }
}

/// The rows of one side of a rule. Where a report keeps the one row of an older form (`x.overall`) in place of the parts that
/// this form has (`x.…`), that row stands for them.
fn rows_in_use(sheet: &Sheet, band: &Band, rows: &[String]) -> Vec<&'static str> {
    let spec = |key: &str| sheet.rows().find(|row| row.key == key);
    let mut used: Vec<&'static str> = Vec::new();
    for row in rows.iter().filter_map(|row| spec(row)) {
        let stand_in = band.rows.iter().find_map(|other| {
            let prefix = other.key.strip_suffix("overall").filter(|_| other.optional)?;
            let replaces = row.key.starts_with(prefix)
                && sheet.has_row(&other.key)
                && !rows.iter().any(|part| part.starts_with(prefix) && sheet.has_row(part));
            replaces.then(|| spec(&other.key)).flatten()
        });
        let key = stand_in.map_or(row.key.as_str(), |row| row.key.as_str());
        if !used.contains(&key) {
            used.push(key);
        }
    }
    used
}

fn by_row(sheet: &Sheet, rule: &SumRule, band: &Band, rows: &[RowSpec], checks: &mut Vec<Check>) {
    let column = |key: &str| band.columns.iter().find(|column| column.key == key);
    if !rule.left.iter().chain(&rule.right).all(|key| column(key).is_some()) {
        return;
    }
    for row in rows {
        let stated = sheet.table.values.0.keys().any(|key| is_in_row(key, &row.key));
        if row.optional && !stated || stands_for_nothing(sheet, row) {
            continue;
        }
        let figures = |keys: &[String]| -> Vec<Figure> {
            let columns = keys.iter().filter_map(|key| column(key));
            columns
                .map(|column| sheet.figure(short(&column.label), &format!("{}.{}", row.key, column.key)))
                .collect()
        };
        let scope = match row.path.last() {
            Some(path) => format!("{} {}", short(path), short(&row.label)),
            None => short(&row.label).to_owned(),
        };
        checks.push(compare(&rule.code, &scope, &figures(&rule.left), &figures(&rule.right)));
    }
}

/// A row that the report does not have because an older form's single row stands in its place.
fn stands_for_nothing(sheet: &Sheet, row: &RowSpec) -> bool {
    sheet.rows().any(|other| {
        other.optional
            && other.key != row.key
            && other
                .key
                .strip_suffix("overall")
                .is_some_and(|prefix| row.key.starts_with(prefix))
            && sheet.has_row(&other.key)
            && !sheet.has_row(&row.key)
    })
}

fn compare(code: &str, scope: &str, left: &[Figure], right: &[Figure]) -> Check {
    let (sum_left, sum_right) = (sum(left), sum(right));
    let difference = difference(sum_left, sum_right);
    let side = |figures: &[Figure], sum: Option<_>| match (figures, sum) {
        ([_], _) | (_, None) => terms(figures),
        (_, Some(sum)) => format!("{} = {sum}", terms(figures)),
    };
    let (status, message) = match difference {
        None => {
            let missing = [reasons(left), reasons(right)];
            let missing: Vec<_> = missing.into_iter().filter(|reason| !reason.is_empty()).collect();
            (Status::Unknown, format!("{scope}: {}", missing.join(", ")))
        }
        Some(difference) => {
            let equal = difference.0.is_zero();
            let word = if equal { "agrees with" } else { "but" };
            let message = format!("{scope}: {} {word} {}", side(left, sum_left), side(right, sum_right));
            (if equal { Status::Pass } else { Status::Fail }, message)
        }
    };
    let cells = match status {
        Status::Unknown => [missing(left), missing(right)].concat(),
        _ => left.iter().chain(right).map(|figure| figure.pointer.clone()).collect(),
    };
    Check {
        code: code.into(),
        status,
        message,
        left: sum_left,
        right: sum_right,
        difference,
        cells,
    }
}
