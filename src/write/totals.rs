//! Totals that the forms lack: of the rows under one merged cell, such as （三）不予公开, each column added up.
//!
//! Computed and never printed, so they are no figures: they stand in columns of their own, marked as computed. Invariant: a total is
//! null where one of its rows is; nothing of a report's reading or checks uses it.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::forms::{self, Band, ColumnSpec, Each, Form, RowSpec, SumRule, TableSpec};
use crate::report::{Report, Table};

/// What stands before the key of a computed total.
pub const MARK: &str = "computed";

/// One total, in every form that has its rows.
#[derive(Debug)]
pub struct Total {
    /// Key, as if the form had it, behind the mark: `computed.applications.denied.total`.
    pub key: String,
    /// Chinese name.
    pub chinese: String,
    /// English name.
    pub english: String,
    /// Unit.
    pub unit: &'static str,
    table: &'static str,
    group: &'static str,
    column: &'static ColumnSpec,
    forms: Vec<(&'static str, Rows)>,
}

/// Where a form has the total.
#[derive(Debug)]
struct Rows {
    /// Keys of the figures that are added.
    parts: Vec<String>,
    /// Key of the figure of the one row that a report may have in place of all of them.
    whole: Option<String>,
}

static TOTALS: LazyLock<Vec<Total>> = LazyLock::new(|| {
    let mut totals = Vec::new();
    for form in forms::forms() {
        for table in &form.tables {
            for band in &table.bands {
                add_band(&mut totals, form, table, band);
            }
        }
    }
    // A form may have only the row that stands for all.
    for total in &mut totals {
        add_whole(total);
    }
    totals
});

/// Every total, in the order of the forms.
pub fn totals() -> &'static [Total] {
    &TOTALS
}

impl Total {
    /// The total of a report, if it can be computed.
    pub fn of(&self, report: &Report) -> Option<Decimal> {
        let table = report.tables.get(self.table)?;
        let form = table.form.as_deref()?;
        let (_, rows) = self.forms.iter().find(|(name, _)| *name == form)?;
        rows.whole(table).or_else(|| rows.sum(table))
    }
}

impl Rows {
    fn whole(&self, table: &Table) -> Option<Decimal> {
        table.values.get(self.whole.as_ref()?).map(|number| number.0)
    }

    fn sum(&self, table: &Table) -> Option<Decimal> {
        let parts = self.parts.iter().map(|key| table.values.get(key));
        let sum = parts
            .into_iter()
            .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?.0));
        sum.filter(|_| !self.parts.is_empty())
    }
}

fn add_band(totals: &mut Vec<Total>, form: &'static Form, table: &'static TableSpec, band: &'static Band) {
    let mut done: Vec<&str> = Vec::new();
    for row in &band.rows {
        let Some(group) = group(&row.key).filter(|group| !done.contains(group)) else {
            continue;
        };
        done.push(group);
        let rows = members(band, group);
        if is_lacking(table, band, group, &rows) {
            for column in band.figure_columns() {
                add(totals, form, table, column, group, &rows);
            }
        }
    }
}

fn group(key: &str) -> Option<&str> {
    key.rsplit_once('.').map(|(group, _)| group)
}

/// The rows of a group that every report must have.
fn members(band: &'static Band, name: &str) -> Vec<&'static RowSpec> {
    let is_member = |row: &&RowSpec| !row.optional && group(&row.key) == Some(name) && row.stands_for.is_none();
    band.rows.iter().filter(is_member).collect()
}

/// Whether the form adds these rows up, but together with others only, and has no row for their total.
fn is_lacking(table: &TableSpec, band: &Band, group: &str, rows: &[&RowSpec]) -> bool {
    let is_total = |row: &RowSpec| row.key == group || row.key.strip_prefix(group) == Some(".total");
    let adds = |side: &Vec<String>| side.len() > rows.len() && rows.iter().all(|row| side.contains(&row.key));
    let sums = |rule: &SumRule| rule.each == Each::Column && (adds(&rule.left) || adds(&rule.right));
    rows.len() > 1 && !band.rows.iter().any(is_total) && table.rules.iter().any(sums)
}

fn add(
    totals: &mut Vec<Total>,
    form: &'static Form,
    table: &'static TableSpec,
    column: &'static ColumnSpec,
    group: &'static str,
    rows: &[&'static RowSpec],
) {
    let key = format!("{MARK}.{}.{}", table.key, column.key_in(group));
    let place = match totals.iter().position(|total| total.key == key) {
        Some(place) => place,
        None => {
            totals.push(total(key, table, column, group, rows));
            totals.len() - 1
        }
    };
    let parts = rows.iter().map(|row| column.key_in(&row.key)).collect();
    totals[place].forms.push((&form.id, Rows { parts, whole: None }));
}

fn total(
    key: String,
    table: &'static TableSpec,
    column: &'static ColumnSpec,
    group: &'static str,
    rows: &[&'static RowSpec],
) -> Total {
    let first = rows[0];
    let stand_in = table.stand_in(first).map(|row| row.label.as_str());
    let label = stand_in.or(first.path.last().map(String::as_str)).unwrap_or(group);
    Total {
        key,
        chinese: format!("计算值：{} / {label}各项之和 / {}", table.label, column.label),
        english: format!(
            "computed: {}: sum of the rows {group}, {}",
            table.english, column.english
        ),
        unit: &column.unit,
        table: &table.key,
        group,
        column,
        forms: Vec::new(),
    }
}

/// Adds the row that stands for the group, in every form that has it.
fn add_whole(total: &mut Total) {
    for form in forms::forms() {
        let Some(table) = form.table(total.table) else { continue };
        let Some(row) = table.rows().find(|row| row.stands_for.as_deref() == Some(total.group)) else {
            continue;
        };
        let whole = Some(total.column.key_in(&row.key));
        match total.forms.iter_mut().find(|(name, _)| *name == form.id) {
            Some((_, rows)) => rows.whole = whole,
            None => total.forms.push((
                &form.id,
                Rows {
                    parts: Vec::new(),
                    whole,
                },
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_of_the_table_of_applications_are_totalled_and_no_other() {
        let keys: Vec<&str> = totals().iter().map(|total| total.key.as_str()).collect();
        let total = |key: &&&str| key.ends_with(".total");
        let of_all: Vec<&str> = keys.iter().filter(total).copied().collect();
        assert_eq!(
            of_all,
            [
                "computed.applications.denied.total",
                "computed.applications.unavailable.total",
                "computed.applications.not_processed.total",
                "computed.applications.other_handling.total",
            ]
        );
        assert_eq!(keys.len(), 4 * 7);
        let denied = totals().iter().find(|total| total.key == of_all[0]).unwrap();
        assert_eq!(
            denied.chinese,
            "计算值：收到和处理政府信息公开申请情况 / （三）不予公开各项之和 / 总计"
        );
        assert_eq!(
            denied.forms.iter().map(|(form, _)| *form).collect::<Vec<_>>(),
            ["2019", "2021"]
        );
    }

    fn report(handled: &str) -> Report {
        let rows = "一、本年新收政府信息公开申请数量|二、上年结转政府信息公开申请数量|（一）予以公开|（二）部分公开\
                    |1.属于国家秘密|2.其他法律行政法规禁止公开|3.危及“三安全一稳定”|4.保护第三方合法权益|5.属于三类内部事务信息\
                    |6.属于四类过程性信息|7.属于行政执法案卷|8.属于行政查询事项|1.本机关不掌握相关政府信息|2.没有现成信息需要另行制作\
                    |3.补正后申请内容仍不明确|1.信访举报投诉类申请|2.重复申请|3.要求提供公开出版物|4.无正当理由大量反复申请\
                    |5.要求行政机关确认或重新出具已获取信息";
        let mut html = "<title>某县人民政府2020年政府信息公开工作年度报告</title><h2>三、收到和处理政府信息公开申请情况</h2><table><tr><td>本列数据\
                        的勾稽关系</td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td>\
                        <td>其他</td><td>总计</td></tr>"
            .to_owned();
        for (number, label) in rows.split('|').enumerate() {
            let cell = match number {
                4 => handled.to_owned(),
                _ => number.to_string(),
            };
            html += &format!(
                "<tr><td>{label}</td><td>{cell}</td>{}<td>{cell}</td></tr>",
                "<td>0</td>".repeat(5)
            );
        }
        html += "</table>";
        crate::extract(html.as_bytes(), &crate::read::Hints::default()).unwrap()
    }

    #[test]
    fn a_total_is_the_sum_of_its_rows_and_null_where_one_of_them_is() {
        let of = |report: &Report, key: &str| {
            let total = totals().iter().find(|total| total.key == key).unwrap();
            total.of(report).map(|number| number.to_string())
        };
        let whole = report("100");
        // 100 and the numbers 5 to 11; 12 to 14.
        assert_eq!(of(&whole, "computed.applications.denied.total"), Some("156".into()));
        assert_eq!(
            of(&whole, "computed.applications.denied.commercial_enterprise"),
            Some("0".into())
        );
        assert_eq!(of(&whole, "computed.applications.unavailable.total"), Some("39".into()));
        let lacking = report("—");
        assert_eq!(of(&lacking, "computed.applications.denied.total"), None);
        assert_eq!(
            of(&lacking, "computed.applications.unavailable.total"),
            Some("39".into())
        );
    }
}
