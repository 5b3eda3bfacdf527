//! The statistical tables, from text as people scrape it to figures: which of those in a file are read, by which form, and above all
//! which are not.

#![allow(clippy::expect_used)]

// Each test file uses what it needs.
#[allow(dead_code)]
mod table_support;

use nianbao::report::Table;
use table_support::{HEADER, OUTCOMES, TITLE, applications, codes, extract, page, report_of_2023, row};

#[test]
fn the_form_is_told_table_by_table() {
    let report = extract(
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n\
         规章\t1\t2\t3\n\
         行政规范性文件\t4\t5\t6\n\n\
         项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n\
         （五）不予处理\t2.重复申请\t\t\t\t\t\t3\n\
         （六）其他处理\t8\t1\t0\t0\t0\t0\t9\n\
         （七）总计\t9\t1\t0\t0\t0\t1\t11\n",
    );
    assert_eq!(
        report
            .tables
            .proactive_disclosure
            .as_ref()
            .expect("table 2")
            .form
            .as_deref(),
        Some("2021")
    );
    let table = report.tables.applications.as_ref().expect("table 3");
    assert_eq!(table.form.as_deref(), Some("2019"));
    assert_eq!(row(table, "other_handling.overall"), "8 1 0 0 0 0 9");
}

#[test]
fn other_handling_with_three_rows_is_the_2021_form() {
    let (_, table) = applications(
        "（六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t\t\t\t\t\t3\n\
         2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t2\t0\t0\t0\t0\t1\t3\n\
         3.其他\t4\t0\t0\t0\t0\t1\t5\n\
         （七）总计\t9\t1\t0\t0\t0\t1\t11\n",
    );
    assert_eq!(table.form.as_deref(), Some("2021"));
    assert_eq!(row(&table, "other_handling.other"), "4 0 0 0 0 1 5");
    assert_eq!(row(&table, "results_total"), "9 1 0 0 0 1 11");
}

#[test]
fn bands_choose_their_form_one_by_one() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t1\t2\t3\n规范性文件\t4\t5\t9\n\
         信息内容\t本年处理决定数量\n行政许可\t51\n行政处罚\t27\n行政强制\t8\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t282.1\n"
    ));
    let table = report.tables.proactive_disclosure.as_ref().expect("the table is there");
    let figure = |key: &str| table.values.get(key).map(|figure| figure.to_string());
    assert_eq!(figure("regulations.made").as_deref(), Some("1"));
    assert_eq!(figure("normative_documents.total_disclosed").as_deref(), Some("9"));
    assert_eq!(figure("administrative_licenses.decisions").as_deref(), Some("51"));
    assert_eq!(figure("administrative_fees.amount_wanyuan").as_deref(), Some("282.1"));
    assert_eq!(codes(&report), ["form.forms_mixed"]);
}

#[test]
fn without_the_rows_that_differ_the_form_follows_the_year_or_is_null() {
    let rows = "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
                二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n\
                （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n";
    let of = |title: &str| {
        let report = extract(&format!("{title}三、收到和处理政府信息公开申请情况\n\n{HEADER}{rows}"));
        let table = report.tables.applications.clone().expect("the table is there");
        assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26");
        let codes = codes(&report).into_iter().map(String::from).collect::<Vec<_>>();
        (table.form, codes)
    };
    assert_eq!(of(TITLE), (Some("2021".into()), vec![]));
    let earlier = TITLE.replace("2022", "2019");
    assert_eq!(of(&earlier), (Some("2019".into()), vec![]));
    assert_eq!(of(""), (None, vec!["form.undecided".into()]));
}

#[test]
fn of_two_tables_in_one_file_that_differ_only_what_both_say_is_read_and_the_second_is_kept() {
    let rows = |a: u32| {
        format!(
            "{HEADER}一、本年新收政府信息公开申请数量\t{a}\t1\t2\t3\t4\t5\t{}\n\
             二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n\
             （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n\n",
            a + 15
        )
    };
    let report = extract(&format!("{}\n以下为下属单位的数据。\n\n{}", rows(11), rows(500)));
    let table = report.tables.applications.as_ref().expect("table");
    assert_eq!(row(table, "new"), "· 1 2 3 4 5 ·");
    assert!(codes(&report).contains(&"form.table_repeated") && codes(&report).contains(&"form.copies_conflict"));
    assert_eq!(report.other_tables.len(), 1);
    assert!(report.other_tables[0].rows.concat().contains(&"515".to_string()));
}

#[test]
fn prose_and_foreign_tables_make_no_figures() {
    let report = extract(
        "一、总体情况\n2021年办理行政许可 35 件，行政处罚 6 件。\n\n部门\t重复申请\t总计\n甲局\t3\t5\n乙局\t1\t2\n总计\t4\t7\n\n六、其他需要报告的事项\n无\n",
    );
    assert!(report.tables.present().next().is_none());
    assert_eq!(report.other_tables.len(), 1);
}

#[test]
fn the_tables_of_two_reports_in_one_text_are_not_mixed() {
    let report = |body: &str, year: u16, made: u16, new: u16| {
        format!(
            "本报告的统计期限自{year}年1月1日起至{year}年12月31日止。\n\n一、总体情况\n\n{body}{year}年情况如下。\n\n\
             信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|{made}|2|3\n行政规范性文件|4|5|6\n\n\
             {}一、本年新收政府信息公开申请数量\t{new}\t1\t2\t3\t4\t5\t26\n\
             二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n（一）予以公开\t8\t1\t0\t0\t0\t0\t9\n\n",
            HEADER
        )
    };
    let other = report("葭浦县人民政府", 2021, 71, 72);
    let second = format!("葭浦县人民政府2021年政府信息公开工作年度报告\n\n{other}");
    for title in ["| **瑾陵区人民政府2022年政府信息公开工作年度报告**\n---\n", ""] {
        let read = extract(&format!("{title}{}{second}", report("瑾陵区", 2022, 11, 12)));
        let figure = |table: &Option<Table>, key: &str| {
            let table = table.as_ref().expect("the table is there");
            table.values.0[key].as_ref().map(ToString::to_string)
        };
        assert_eq!(read.report.year, Some(2022), "{title:?}");
        let made = figure(&read.tables.proactive_disclosure, "regulations.issued");
        let new = figure(&read.tables.applications, "new.natural_person");
        assert_eq!((made.as_deref(), new.as_deref()), (Some("11"), Some("12")), "{title:?}");
        let agency = (!title.is_empty()).then_some("瑾陵区人民政府");
        assert_eq!(read.report.agency.as_deref(), agency);
    }
}

#[test]
fn the_tables_of_a_second_report_never_fill_gaps_of_the_first() {
    let names = OUTCOMES.split('\t').map(|name| format!("<td>{name}"));
    let names = names.collect::<String>().repeat(3);
    let values = (1..16).map(|value| format!("<td>{value}")).collect::<String>();
    for first in ["一、总体情况", "1、总体情况", "主要工作概述"] {
        let report = page(&format!(
            "<p>{first}</p><p>好。</p><p>临澜市档案局2022年政府信息公开工作年度报告</p><p>{first}</p>\
             <p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr>{names}</tr><tr>{values}</tr></table>"
        ));
        assert_eq!(report.report.agency.as_deref(), Some("青禾县水务局"));
        assert!(report.tables.review_litigation.is_none(), "{first}");
        assert_eq!(report.other_tables.len(), 1);
        assert!(report.diagnostics.iter().any(|d| d.code == "metadata.other_report"));
    }
}

#[test]
fn a_whole_table_on_one_line_that_cannot_be_cut_is_named() {
    let line = "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他一、本年新收政府信息公开申请数量1962823985无223112684625955145849二、上年结转政府信息公开申请数量3557781660605850无无33686三、本年度办理结果（一）予以公开1655724无无无10987309（二）部分公开（区分处理的，只计这一情形，不计其他情形）452无1050无953无5526（三）不予公开1.属于国家秘密18033922108无98911378253";
    let report = extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n\n{line}\n"));
    assert!(report.tables.applications.is_none());
    assert!(report.diagnostics.iter().any(|d| d.code == "form.figures_missing"));
}

#[test]
fn the_empty_rest_of_a_row_below_a_page_break_is_no_second_copy_of_the_table() {
    let row = |label: &str, span: &str, values: std::ops::Range<u32>| {
        let cells: String = values.map(|value| format!("<td {span}>{value}")).collect();
        format!("<tr><td {span}>{label}{cells}</tr>")
    };
    let report = page(&format!(
        "<p>三、收到和处理政府信息公开申请情况</p><table>{}{}{}<tr></tr>{}</table>",
        row("一、本年新收政府信息公开申请数量", "", 1..8),
        row("二、上年结转政府信息公开申请数量", "", 11..18),
        row("（七）总计", "rowspan=2", 21..28),
        row("四、结转下年度继续办理", "", 31..38),
    ));
    let table = report.tables.applications.as_ref().expect("table");
    assert_eq!(self::row(table, "results_total"), "21 22 23 24 25 26 27");
    assert_eq!(self::row(table, "carried_forward"), "31 32 33 34 35 36 37");
}

#[test]
fn of_the_tables_of_two_years_the_one_of_the_reports_year_is_read() {
    let rows = |first: u32, title: &str| {
        let names = HEADER.trim().replace('\t', "<td>");
        format!(
            "<table>{title}<tr><td>{names}\
             <tr><td>一、本年新收政府信息公开申请数量<td>{first}<td>1<td>2<td>3<td>4<td>5<td>{}\
             <tr><td>二、上年结转政府信息公开申请数量<td>6<td>0<td>0<td>0<td>0<td>7<td>13\
             <tr><td>（一）予以公开<td>8<td>1<td>0<td>0<td>0<td>0<td>9</table>",
            first + 15
        )
    };
    let line = |year: &str| format!("<p>{year}年度办理情况表</p>");
    let inside = |year: &str| format!("<tr><td colspan=8>{year}年申请情况");
    for (name, body) in [
        ("lines", line("2022") + &rows(90, "") + &line("2023") + &rows(11, "")),
        ("rows", rows(90, &inside("2022")) + &rows(11, &inside("2023"))),
        (
            "words",
            line("二〇二二") + &rows(90, "") + &line("二〇二三") + &rows(11, ""),
        ),
        (
            "one of two",
            line("2022") + &rows(90, "") + "<p>本年</p>" + &rows(11, ""),
        ),
        (
            "below",
            "<p>如下：</p>".to_string() + &rows(11, "") + &line("2023") + &rows(90, "") + &line("2022"),
        ),
        (
            "relative",
            "<p>上年度</p>".to_string() + &rows(90, "") + "<p>本年度</p>" + &rows(11, ""),
        ),
        (
            "sample",
            "<p>填表示例</p>".to_string() + &rows(90, "") + "<p>附表</p>" + &rows(11, ""),
        ),
        ("the last", line("2023") + &rows(11, "") + &line("2022") + &rows(90, "")),
    ] {
        let report = report_of_2023(&body);
        let table = report.tables.applications.as_ref().expect("the table is there");
        assert_eq!(row(table, "new"), "11 1 2 3 4 5 26", "{name}");
        assert_eq!(codes(&report), ["form.table_repeated"], "{name}");
    }
    let alone = report_of_2023(&(line("2022") + &rows(90, "")));
    assert_eq!(codes(&alone), ["form.other_year"]);
}

#[test]
fn an_empty_copy_of_a_table_does_not_hide_the_filled_one() {
    let rows = |value: &str| {
        let cells = format!("<td>{value}").repeat(7);
        let names = HEADER.trim().replace('\t', "<td>");
        format!(
            "<table><tr><td>{names}<tr><td>一、本年新收政府信息公开申请数量{cells}\
             <tr><td>二、上年结转政府信息公开申请数量{cells}<tr><td>（一）予以公开{cells}</table>"
        )
    };
    let report = report_of_2023(&(rows("") + "<p>填报情况</p>" + &rows("0")));
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "new"), "0 0 0 0 0 0 0");
}

#[test]
fn the_day_of_the_signature_above_a_table_is_not_the_year_of_the_table() {
    let report = extract(&format!(
        "{TITLE}三、收到和处理政府信息公开申请情况\n青禾县水务局\n2023年1月11日\n{HEADER}\
         一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n"
    ));
    assert!(!codes(&report).contains(&"form.other_year"), "{:?}", codes(&report));
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26");
}

#[test]
fn a_row_that_only_last_years_table_has_on_its_line_is_not_taken_from_it() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n第二十条第（一）项\n信息 本年制 本年废 现行有\n内容 发件数 止件数 效件数\n\
         69741 95639 25088\n规章\n行政规范性文件 1096 34092 43868\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 96522\n\
         第二十条第（六）项\n信息内容 本年处理决定数量\n行政处罚 73491\n行政强制 6818\n附：2020年数据\n\
         第二十条第（一）项\n信息 本年制 本年废 现行有\n内容 发件数 止件数 效件数\n规章 69809 95664 25100\n\
         行政规范性文件 1157 34116 43916\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 96561\n"
    ));
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "administrative_licenses"), "96522");
    assert!(["· · ·", "69741 95639 25088"].contains(&row(&table, "regulations").as_str()));
}

#[test]
fn a_table_on_one_line_is_cut_at_its_labels() {
    let line = "项目 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他 \
        一、本年新收政府信息公开申请数量 11 1 2 3 4 5 26 二、上年结转政府信息公开申请数量 6 0 0 0 0 7 13 \
        三、本年度办理结果 （一）予以公开 8 1 0 0 0 0 9 （二）部分公开（区分处理的，只计这一情形，不计其他情形） 2 0 0 0 0 1 3 \
        （三）不予公开 1.属于国家秘密 4 0 0 1 0 0 5";
    let report = extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n{line}\n"));
    let table = report.tables.applications.clone().expect("the table is there");
    assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26");
    assert_eq!(row(&table, "granted"), "8 1 0 0 0 0 9");
    assert_eq!(row(&table, "denied.state_secret"), "4 0 0 1 0 0 5");
}
