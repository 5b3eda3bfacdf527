//! Tables whose names and notes say more than those of the forms: of a part or of all together, in another unit, of another year.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{TITLE, codes, extract, page, row};

/// Table 2 with names of columns and rows of its first part, and what stands below it.
fn rules(names: &[&str], rows: &[(&str, &[u32])], below: &str) -> Report {
    let cells = |texts: Vec<String>| texts.iter().map(|text| format!("<td>{text}</td>")).collect::<String>();
    let header = cells(names.iter().map(|name| name.to_string()).collect());
    let rows = rows.iter().map(|(label, figures)| {
        let figures = cells(figures.iter().map(u32::to_string).collect());
        format!("<tr><td>{label}</td>{figures}</tr>")
    });
    page(&format!(
        "<table><tr><td>信息内容</td>{header}</tr>{}</table>{below}",
        rows.collect::<String>()
    ))
}

fn read(report: &Report) -> [String; 2] {
    let table = report.tables.proactive_disclosure.as_ref();
    ["regulations", "normative_documents"].map(|key| table.map(|table| row(table, key)).unwrap_or_default())
}

const NAMES: [&str; 3] = ["本年制发件数", "本年废止件数", "现行有效件数"];

#[test]
fn columns_of_a_part_beside_those_of_all_together_are_not_taken_for_the_whole() {
    let named = |of: [&dyn Fn(&str) -> String; 2]| -> Vec<String> {
        of.iter().flat_map(|of| NAMES.iter().map(|name| of(name))).collect()
    };
    let rows: &[(&str, &[u32])] = &[
        ("规章", &[2, 5, 92, 9, 6, 130]),
        ("行政规范性文件", &[26, 4, 148, 33, 7, 213]),
    ];
    let read_of = |of: [&dyn Fn(&str) -> String; 2]| {
        let names = named(of);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        read(&rules(&names, rows, "")).concat().replace([' ', '·'], "")
    };
    let bracket = |word: &'static str| move |name: &str| format!("{name}（{word}）");
    let before = |word: &'static str| move |name: &str| format!("{word}-{name}");
    assert_eq!(read_of([&bracket("部门"), &bracket("合计")]), "");
    assert_eq!(read_of([&before("合计"), &before("乡镇")]), "");
    // The name of the form as it stands is that of the whole.
    let whole = read_of([&|name: &str| name.to_owned(), &bracket("其中部门")]);
    assert_eq!(whole, "2592264148");
}

#[test]
fn rows_of_a_part_beside_those_of_all_together_are_not_taken_for_the_whole() {
    let rows: &[(&str, &[u32])] = &[
        ("规章（部门）", &[2, 5, 92]),
        ("规章（合计）", &[9, 6, 130]),
        ("行政规范性文件（部门）", &[26, 4, 148]),
        ("行政规范性文件（合计）", &[33, 7, 213]),
    ];
    assert_eq!(read(&rules(&NAMES, rows, "")).concat().replace([' ', '·'], ""), "");
    let rows: &[(&str, &[u32])] = &[("规章（件）", &[2, 5, 92]), ("行政规范性文件", &[26, 4, 148])];
    assert_eq!(read(&rules(&NAMES, rows, "")), ["2 5 92", "26 4 148"]);
}

/// What is read of an amount below a name, with a note below the table, and what is said of it.
fn amount(name: &str, printed: &str, below: &str) -> (String, Vec<String>) {
    let report = page(&format!(
        "<table><tr><td>信息内容<td>本年处理决定数量<tr><td>行政许可<td>9<tr><td>信息内容<td>本年处理决定数量<tr><td>行政处罚<td>7<tr><td>行政强制<td>3\
         <tr><td>信息内容<td>{name}<tr><td>行政事业性收费<td>{printed}</table><p>{below}</p>"
    ));
    let table = report.tables.proactive_disclosure.as_ref();
    let amount = table.map(|table| row(table, "administrative_fees")).unwrap_or_default();
    let codes = codes(&report).into_iter().map(str::to_owned).collect();
    (amount, codes)
}

#[test]
fn a_unit_in_brackets_behind_an_amount_is_its_unit() {
    let wanyuan = |printed: &str| amount("本年收费金额（单位：万元）", printed, "").0;
    assert_eq!(wanyuan("125"), "125");
    assert_eq!(wanyuan("1250000（元）"), "125");
    assert_eq!(wanyuan("1250000（单位：元）"), "125");
    assert_eq!(wanyuan("125（含减免）"), "125");
    assert_eq!(wanyuan("1250（千元）"), "·");
}

#[test]
fn units_of_a_header_and_of_a_note_that_differ_leave_an_amount_null() {
    let name = "本年收费金额（单位：万元）";
    assert_eq!(amount(name, "125", "注：金额单位为万元。").0, "125");
    let (noted, codes) = amount(name, "1250000", "注：行政事业性收费金额单位为元。");
    assert_eq!(noted, "·");
    assert!(codes.contains(&"form.value_not_a_number".to_owned()), "{codes:?}");
    assert_eq!(amount("本年收费金额", "1250000", "注：金额单位为元。").0, "125");
}

#[test]
fn a_note_that_names_another_year_is_noticed() {
    let rows: &[(&str, &[u32])] = &[("规章", &[2, 5, 92]), ("行政规范性文件", &[26, 4, 148])];
    let is_noticed = |note: &str| codes(&rules(&NAMES, rows, note)).contains(&"form.other_year");
    assert!(is_noticed("<p>注：上表数据为2022年度数据。</p>"));
    assert!(!is_noticed("<p>注：以上数据为2023年度数据。</p>"));
    assert!(!is_noticed("<p>注：2022年起本表由县司法局填报。</p>"));
}

#[test]
fn rows_of_text_below_torn_names_in_another_order_or_of_other_things_are_not_placed_by_their_number() {
    let read = |first: &str, second: &str| {
        let rows = "一、本年新收政府信息公开申请数量  41 62 36 38 61 52 290\n\
                    二、上年结转政府信息公开申请数量  4 2 6 8 1 5 26\n\
                    （一）予以公开  14 26 63 83 16 25 227\n\
                    四、结转下年度继续办理  7 1 3 9 2 8 30\n";
        let report = extract(&format!(
            "{TITLE}三、收到和处理政府信息公开申请情况\n{first}\n{second}\n{rows}"
        ));
        let table = report.tables.applications;
        table
            .map(|table| row(&table, "new").replace([' ', '·'], ""))
            .unwrap_or_default()
    };
    assert_eq!(
        read(
            "项目 自然 商业 科研 社会公 法律服 其 总",
            "人 企业 机构 益组织 务机构 他 计"
        ),
        "416236386152290"
    );
    assert_eq!(
        read(
            "项目 商业 自然 科研 社会公 法律服 其 总",
            "企业 人 机构 益组织 务机构 他 计"
        ),
        ""
    );
    assert_eq!(
        read("项目 市本 青禾 石桥 临澜 昀泽 东岭 合", "级 县 区 市 县 区 计"),
        ""
    );
}
