//! Statistics tables of reports for 2008 to 2018.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod legacy_support;

use legacy_support::{FORM_2014, FUJIAN, Row, SHANGHAI, html, one_line, tabs};
use nianbao::diagnostic::Diagnostic;
use nianbao::read::Hints;
use nianbao::report::{Number, Report, Table};
use rust_decimal::Decimal;

const THREE: &[&str] = &["统计指标", "单位", "统计数"];
const OF_FUJIAN: &[&str] = &["指标名称", "计量单位", "2015年度", "历年累计"];
const OF_SHANGHAI: &[&str] = &["指标名称", "计量单位", "代码", "本期实际", "本年累计"];

fn report(text: &str) -> Report {
    nianbao::extract(text.as_bytes(), &Hints::default()).unwrap()
}

fn statistics(text: &str) -> Table {
    report(text).tables.statistics.expect("a statistics table")
}

fn figure(table: &Table, key: &str) -> Option<Decimal> {
    table.values.get(key).map(|Number(figure)| figure)
}

/// Every figure of a column is the printed one.
fn assert_column(table: &Table, rows: &[Row], column: usize, prefix: &str) {
    for (key, label, _, figures) in rows.iter().filter(|row| !row.0.is_empty()) {
        let printed: Decimal = figures[column].parse().unwrap();
        assert_eq!(figure(table, &format!("{prefix}{key}")), Some(printed), "{label}");
    }
}

#[test]
fn form_2014_is_read_in_each_layout() {
    let layouts = [
        html(2016, THREE, FORM_2014),
        tabs(2016, THREE, FORM_2014),
        one_line(2016, THREE, FORM_2014, " "),
    ];
    for layout in layouts {
        let table = statistics(&layout);
        assert_eq!(table.form.as_deref(), Some("2014"));
        assert_column(&table, FORM_2014, 0, "");
    }
}

#[test]
fn blocks_of_a_table_in_text_that_are_named_as_sections_part_neither_it_nor_the_report() {
    let whole = tabs(2016, THREE, FORM_2014);
    let (_, table) = whole.split_once("统计表\n").unwrap();
    let report_before = "青禾县人民政府2016年政府信息公开工作年度报告\n\n一、概述\n2016年，我县政府信息公开工作有序推进。\n\n\
                         二、主动公开政府信息情况\n全年主动公开政府信息614条。\n\n三、存在的主要问题\n力度不够。\n\n统计表\n";
    for mark in [" ", "\n"] {
        let report = report(&format!("{report_before}（2016年度）\n{}", table.replace('\t', mark)));
        assert_column(report.tables.statistics.as_ref().unwrap(), FORM_2014, 0, "");
        let sections = report.sections.iter().filter_map(|section| section.key.as_deref());
        let main: Vec<&str> = sections.take(3).collect();
        assert_eq!(main, ["overview", "proactive_disclosure", "problems"], "{mark:?}");
        assert_eq!(report.narrative_figures.len(), 1, "{mark:?}");
        let repeated = |diagnostic: &Diagnostic| diagnostic.code == "form.table_repeated";
        assert!(!report.diagnostics.iter().any(repeated), "{mark:?}");
    }
}

/// Form 2014 with the figures of the year before in front of each count, each one more than that of the year.
fn with_last_year(headers: [&str; 2]) -> String {
    let page = html(2016, THREE, FORM_2014).replace(
        "<td>统计数</td>",
        &format!("<td>{}</td><td>{}</td>", headers[0], headers[1]),
    );
    let (mut lines, mut count) = (Vec::new(), 0);
    for line in page.split_inclusive("</tr>") {
        let last = line.rfind("<td>").filter(|_| !line.contains(headers[1]));
        lines.push(match last {
            Some(at) => {
                count += 1;
                let cell = &line[at..];
                let printed = cell.trim_start_matches("<td>").split('<').next().unwrap();
                let before = if printed.parse::<f64>().is_ok() {
                    "1977"
                } else {
                    printed
                };
                format!("{}<td>{before}</td>{cell}", &line[..at])
            }
            None => line.to_owned(),
        });
    }
    assert!(count > 20, "{page}");
    lines.concat()
}

#[test]
fn of_two_columns_of_years_that_of_the_report_is_read() {
    for headers in [
        ["2015年", "2016年"],
        ["2015年度", "2016年度"],
        ["2015年统计数", "2016年统计数"],
        ["二〇一五年", "二〇一六年"],
    ] {
        let table = statistics(&with_last_year(headers));
        assert_column(&table, FORM_2014, 0, "");
    }
    let swapped = with_last_year(["2016年", "2017年"]);
    let table = statistics(&swapped);
    let wrong = table
        .values
        .0
        .iter()
        .filter(|(_, figure)| figure.is_some_and(|Number(figure)| figure != Decimal::from(1977)));
    assert_eq!(wrong.count(), 0, "the column in front is that of the year");
    assert!(table.values.0.values().flatten().count() > 20);
}

#[test]
fn what_was_counted_in_the_year_is_not_the_count_of_all_years() {
    for header in ["2015年累计", "2015年度累计", "本年累计"] {
        let page = html(2015, &["指标名称", "计量单位", "2015年度", header], FUJIAN);
        let statistics = report(&page).tables.statistics;
        let values = statistics.iter().flat_map(|table| &table.values.0);
        let read = values.filter(|(key, figure)| key.starts_with("cumulative.") && figure.is_some());
        assert_eq!(read.count(), 0, "{header}");
    }
    let header = ["指标名称", "计量单位", "代码", "本期实际", "2015年累计"];
    assert_column(&statistics(&html(2015, &header, SHANGHAI)), SHANGHAI, 2, "");
}

#[test]
fn a_unit_of_its_own_cell_holds_for_the_amount_beside_it() {
    let yuan = html(2016, THREE, FORM_2014).replace("<td>万元</td><td>0.12</td>", "<td>元</td><td>1200</td>");
    assert_eq!(
        figure(&statistics(&yuan), "fees.amount_wanyuan"),
        Some(Decimal::new(12, 2))
    );
    let wanyuan = html(2015, OF_FUJIAN, FUJIAN).replace("<td>元</td>", "<td>万元</td>");
    assert_eq!(figure(&statistics(&wanyuan), "cumulative.fees.exempted_yuan"), None);
}

#[test]
fn a_count_of_ten_thousands_is_null() {
    let ones = html(2016, THREE, FORM_2014);
    let counts = |page: &str| statistics(page).values.0.values().flatten().count();
    let tens = ones.replacen("<td>条</td>", "<td>万条</td>", 1);
    assert_ne!(ones, tens);
    assert_eq!(counts(&tens), counts(&ones) - 1);
}

#[test]
fn rows_of_one_label_belong_to_the_block_above_them() {
    let without = |keys: &[&str]| {
        let left = FORM_2014.iter().filter(|row| !keys.contains(&row.0));
        statistics(&html(2016, THREE, &left.copied().collect::<Vec<Row>>()))
    };
    let litigation = [
        "litigation.total",
        "litigation.upheld",
        "litigation.corrected",
        "litigation.other",
    ];
    let review = ["review.total", "review.upheld", "review.corrected", "review.other"];
    let table = without(&litigation);
    assert_eq!(figure(&table, "review.corrected"), Some(2.into()));
    assert_eq!(figure(&table, "litigation.corrected"), None);
    let table = without(&review);
    assert_eq!(figure(&table, "review.corrected"), None);
    assert_eq!(figure(&table, "litigation.corrected"), Some(4.into()));
    let table = without(&["review.total", "review.upheld", "litigation.total", "litigation.upheld"]);
    assert_eq!(figure(&table, "review.corrected"), None);
    assert_eq!(figure(&table, "litigation.corrected"), None);
}

#[test]
fn the_figures_of_the_year_and_of_all_years_stand_under_keys_of_their_own() {
    let layouts = [
        html(2015, OF_FUJIAN, FUJIAN),
        tabs(2015, OF_FUJIAN, FUJIAN),
        one_line(2015, OF_FUJIAN, FUJIAN, " "),
    ];
    for layout in layouts {
        let table = statistics(&layout);
        assert_eq!(table.form.as_deref(), Some("local-fujian-2014"));
        assert_column(&table, FUJIAN, 0, "");
        assert_column(&table, FUJIAN, 1, "cumulative.");
    }
}

#[test]
fn digits_without_borders_are_null_and_named() {
    for (header, rows) in [(OF_FUJIAN, FUJIAN), (THREE, FORM_2014)] {
        let report = report(&one_line(2015, header, rows, ""));
        let figures = report
            .tables
            .statistics
            .iter()
            .flat_map(|table| table.values.0.values());
        assert!(figures.flatten().next().is_none());
        assert!(
            report
                .diagnostics
                .iter()
                .any(|diagnostic| diagnostic.code == "form.row_unclear")
        );
    }
}

#[test]
fn codes_of_rows_are_no_figures() {
    for layout in [html(2012, OF_SHANGHAI, SHANGHAI), tabs(2012, OF_SHANGHAI, SHANGHAI)] {
        let table = statistics(&layout);
        assert_eq!(table.form.as_deref(), Some("local-shanghai"));
        assert_column(&table, SHANGHAI, 1, "period.");
        assert_column(&table, SHANGHAI, 2, "");
    }
    let line = one_line(2012, OF_SHANGHAI, SHANGHAI, " ");
    let table = statistics(&line.replace(" 10 4 27 ", " 10 4 "));
    assert_eq!(figure(&table, "period.requests.received"), None);
    assert_eq!(figure(&table, "requests.received"), None);
    assert_eq!(figure(&table, "replies.refused"), Some(7.into()));
}

#[test]
fn numbers_of_rows_are_no_figures_in_text_without_lines() {
    let numbered: Vec<String> = (1..)
        .zip(FORM_2014)
        .map(|(number, row)| format!("{number} {} {} {}", row.1, row.2, row.3[0]))
        .collect();
    let line = one_line(2016, THREE, &[], " ").replace("统计指标", "序号 统计指标");
    let text = format!("{} {}\n", line.trim_end(), numbered.join(" ").replace("件 38 ", "件 "));
    let figures = report(&text).tables.statistics.map(|table| table.values);
    assert!(figures.is_none_or(|figures| figures.0.values().flatten().next().is_none()));
}

#[test]
fn an_empty_cell_moves_no_figure_to_its_neighbour() {
    let table =
        statistics(&one_line(2015, OF_FUJIAN, FUJIAN, " ").replace("政府公报公开数 条 14 120", "政府公报公开数 条 14"));
    assert_eq!(figure(&table, "disclosure.channels.gazette"), None);
    assert_eq!(figure(&table, "cumulative.disclosure.channels.gazette"), None);
    assert_eq!(figure(&table, "requests.received"), Some(5.into()));
}

#[test]
fn a_report_in_one_line_has_its_sections_and_its_table() {
    let text = one_line(2015, OF_FUJIAN, FUJIAN, " ");
    let (_, table) = text.split_once("统计表\n").unwrap();
    let line = format!(
        "青禾县人民政府2015年政府信息公开工作年度报告 本报告所列数据的统计期限自2015年1月1日起至2015年12月31日。一、概述 \
         全县政府信息公开工作有序推进。二、主动公开政府信息情况 2015年，全县主动公开政府信息614条。三、依申请公开政府信息情况 \
         2015年，全县受理政府信息公开申请5件。四、政府信息公开情况统计表 {table}"
    );
    let report = report(&line);
    let keys: Vec<&str> = report
        .sections
        .iter()
        .filter_map(|section| section.key.as_deref())
        .collect();
    assert_eq!(
        keys,
        [
            "preface",
            "overview",
            "proactive_disclosure",
            "applications",
            "statistics"
        ]
    );
    assert_column(&report.tables.statistics.unwrap(), FUJIAN, 0, "");
    assert_eq!(report.narrative_figures.len(), 2);
}

#[test]
fn columns_of_other_years_are_not_those_of_the_form() {
    for (year, header) in [
        (2016, OF_FUJIAN),
        (2016, &["指标名称", "计量单位", "2016年", "2015年"][..]),
        (2016, &["指标名称", "计量单位", "2015年", "2016年"]),
        (2016, &["指标名称", "计量单位", "上年", "本年"]),
        (2016, &["指标名称", "计量单位", "合计", "其中：本级"]),
    ] {
        for layout in [
            html(year, header, FUJIAN),
            tabs(year, header, FUJIAN),
            one_line(year, header, FUJIAN, " "),
        ] {
            let figures = report(&layout).tables.statistics.map(|table| table.values.0);
            let figures: Vec<_> = figures
                .into_iter()
                .flatten()
                .filter(|(_, figure)| figure.is_some())
                .collect();
            assert!(figures.is_empty(), "{header:?}: {figures:?}");
        }
    }
}
