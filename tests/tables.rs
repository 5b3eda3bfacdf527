//! The statistical tables, from text as people scrape it to figures: what is found, and above all what is not.

#![allow(clippy::expect_used)]

// Each test file uses what it needs.
#[allow(dead_code)]
mod table_support;

use nianbao::read::Hints;
use nianbao::report::{Report, State, Table};
use table_support::{APPLICANTS, OUTCOMES, TITLE, codes, extract, page, report_of_2023, row};

const HEADER: &str = "项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n";

fn applications(rows: &str) -> (Report, Table) {
    let report = extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n\n{HEADER}{rows}"));
    let table = report.tables.applications.clone().expect("the table is there");
    (report, table)
}

#[test]
fn a_bad_label_leaves_the_rows_around_it_in_place() {
    let (report, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
         二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n\
         （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n\
         （二）部份公幵\t2\t0\t0\t0\t0\t1\t3\n\
         1.属于国家秘蜜\t4\t0\t0\t1\t0\t0\t5\n",
    );
    assert_eq!(row(&table, "granted"), "8 1 0 0 0 0 9");
    assert_eq!(row(&table, "partially_granted"), "2 0 0 0 0 1 3");
    assert_eq!(row(&table, "denied.state_secret"), "4 0 0 1 0 0 5");
    assert_eq!(codes(&report), ["form.row_by_position"]);
}

#[test]
fn an_unknown_row_is_kept_as_extra_and_takes_nobodys_place() {
    let (_, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
         其中：网络申请\t7\t1\t1\t1\t1\t1\t12\n\
         （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n",
    );
    assert_eq!(row(&table, "carried_over"), "· · · · · · ·");
    assert_eq!(table.extra_rows.len(), 1);
    assert_eq!(table.extra_rows[0].label, "其中：网络申请");
    assert_eq!(table.extra_rows[0].cells, ["7", "1", "1", "1", "1", "1", "12"]);
}

#[test]
fn an_unknown_row_behind_a_row_that_stands_too_early_is_kept() {
    let (_, table) = applications(
        "一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n\
         二、上年结转政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2\n\
         （七）总计\t3\t0\t0\t0\t0\t0\t3\n\
         补充说明\t5\t0\t0\t0\t0\t0\t5\n\
         （一）予以公开\t6\t0\t0\t0\t0\t0\t6\n\
         （二）部分公开\t7\t0\t0\t0\t0\t0\t7\n\
         1.属于国家秘密\t8\t0\t0\t0\t0\t0\t8\n\
         2.其他法律行政法规禁止公开\t9\t0\t0\t0\t0\t0\t9\n",
    );
    assert_eq!(row(&table, "results_total"), "3 0 0 0 0 0 3");
    assert_eq!(row(&table, "granted"), "6 0 0 0 0 0 6");
    assert!(table.extra_rows.iter().any(|row| row.label == "补充说明"));
}

#[test]
fn an_unknown_row_where_a_row_of_the_form_is_missing_is_named() {
    let rows = |second: &str| {
        format!(
            "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
             {second}其中：网络申请\t7\t1\t1\t1\t1\t1\t12\n\
             （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n"
        )
    };
    assert_eq!(codes(&applications(&rows("")).0), ["form.row_unrecognized"]);
    let second = "二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n";
    assert!(codes(&applications(&rows(second)).0).is_empty());
}

#[test]
fn a_row_that_lost_or_won_a_cell_is_null_and_said_so() {
    let (report, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t26\n\
         二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\t2\n\
         （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n\
         （二）部分公开\t2\t0\t0\t0\t0\t1\t3\n",
    );
    assert_eq!(row(&table, "new"), "· · · · · · ·");
    assert_eq!(row(&table, "carried_over"), "· · · · · · ·");
    assert_eq!(row(&table, "granted"), "8 1 0 0 0 0 9");
    assert_eq!(codes(&report), ["form.row_unclear", "form.row_unclear"]);
}

#[test]
fn blank_and_placeholder_are_null_with_their_own_state() {
    let (report, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t\t/\t—\t无\t0\t11\n\
         二、上年结转政府信息公开申请数量\t\t\t\t\t\t\t\n\
         （一）予以公开\t见附件\t1\t0\t0\t0\t0\t9\n",
    );
    assert_eq!(row(&table, "new"), "11 · · · · 0 11");
    let state = |key: &str| report.evidence[&format!("/tables/applications/values/{key}")].state;
    assert_eq!(state("new/natural_person"), State::Number);
    assert_eq!(state("new/commercial_enterprise"), State::Blank);
    assert_eq!(state("new/research_institution"), State::Placeholder);
    assert_eq!(state("new/other_organization"), State::Zero);
    assert_eq!(state("carried_over/total"), State::Blank);
    assert_eq!(state("granted/natural_person"), State::Text);
    assert_eq!(state("carried_forward/total"), State::Absent);
}

#[test]
fn columns_in_another_order_follow_their_header() {
    let report = extract(
        "项目\t总计\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n\
         一、本年新收政府信息公开申请数量\t26\t11\t1\t2\t3\t4\t5\n\
         二、上年结转政府信息公开申请数量\t13\t6\t0\t0\t0\t0\t7\n",
    );
    let table = report.tables.applications.expect("table");
    assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26");
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
fn amounts_are_in_wanyuan_whatever_unit_is_printed() {
    for (header, cell, value, assumed) in [
        ("采购总金额", "251000元", "25.1", false),
        ("采购总金额", "0.37万元", "0.37", false),
        ("采购总金额（单位：元）", "251000", "25.1", false),
        ("采购总金额（单位：万元）", "25.10", "25.10", false),
        ("采购总金额", "25.1", "25.1", true),
    ] {
        let report = extract(&format!(
            "信息内容\t上一年项目数量\t本年增/减\n行政事业性收费\t3\t减1\n信息内容\t采购项目数量\t{header}\n政府集中采购\t6\t{cell}\n"
        ));
        let table = report.tables.proactive_disclosure.as_ref().expect("table");
        assert_eq!(
            row(table, "government_procurement"),
            format!("6 {value}"),
            "{header} {cell}"
        );
        assert_eq!(row(table, "administrative_fees"), "3 -1");
        assert_eq!(
            codes(&report).contains(&"form.unit_assumed"),
            assumed,
            "{header} {cell}"
        );
        let evidence = &report.evidence["/tables/proactive_disclosure/values/government_procurement/amount_wanyuan"];
        assert_eq!(evidence.raw.as_deref(), Some(cell));
    }
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
fn the_first_row_of_a_group_is_not_taken_for_the_group() {
    // "（六）其他处理" is a row of its own in the 2019 form, and stands left of three rows in the 2021 form.
    let (_, table) = applications(
        "（五）不予处理\t2.重复申请\t4\t0\t0\t0\t0\t1\t5\n\
         （六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t219\t1\t28\t132\t60\t199\t639\n\
         \t2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t2\t0\t0\t0\t0\t1\t3\n\
         \t3.其他\t4\t0\t0\t0\t0\t1\t5\n",
    );
    assert_eq!(
        row(&table, "other_handling.not_corrected_in_time"),
        "219 1 28 132 60 199 639"
    );
    assert!(!table.values.0.contains_key("other_handling.overall.total"));
}

#[test]
fn a_row_whose_own_label_was_not_read_is_not_the_group_beside_it() {
    let page = |label: &str, first: &str| {
        format!(
            "<table><tr><td colspan=2>项目<td>{}<tr><td rowspan=2>（五）不予处理<td>1.信访举报投诉类申请\
             <td>1<td>2<td>3<td>4<td>5<td>6<td>21<tr><td>2.重复申请<td>4<td>0<td>0<td>0<td>0<td>1<td>5\
             <tr><td>（六）其他处理<td>{label}<td>{first}<td>1<td>28<td>132<td>60<td>199<td>639</table>",
            HEADER.trim().trim_start_matches("项目\t").replace('\t', "<td>")
        )
    };
    let total = |label: &str, first: &str| {
        let report = report_of_2023(&page(label, first));
        let table = report.tables.applications.expect("the table is there");
        let keys = ["overall", "other", "not_corrected_in_time", "fee_not_paid_in_time"];
        let values = keys.map(|key| {
            table
                .values
                .0
                .get(&format!("other_handling.{key}.total"))
                .cloned()
                .flatten()
        });
        values.iter().flatten().count()
    };
    assert_eq!(total("3.其他", "219"), 1);
    assert_eq!([total("\u{FFFD}", "219"), total("\u{FFFD}", "\u{FFFD}")], [0, 0]);
}

#[test]
fn a_header_whose_merged_cells_collapsed_is_read_in_order() {
    let report = extract(&format!(
        "行政复议\t行政诉讼\n{OUTCOMES}\t未经复议直接起诉\t复议后起诉\n{OUTCOMES}\t{OUTCOMES}\n\
         1\t2\t3\t4\t10\t5\t6\t7\t8\t26\t9\t10\t11\t12\t42\n"
    ));
    let table = report.tables.review_litigation.as_ref().expect("table");
    assert_eq!(row(table, "litigation_direct"), "5 6 7 8 26");
    assert_eq!(row(table, "litigation_after_review"), "9 10 11 12 42");
}

#[test]
fn a_column_that_the_form_does_not_have_is_passed_over() {
    let report = page(
        "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数<td>备注</tr>\
         <tr><td>规章<td>1<td>2<td>3<td>无</tr><tr><td>行政规范性文件<td>4<td>5<td>6<td>含修订2件</tr></table>",
    );
    let table = report.tables.proactive_disclosure.as_ref().expect("table");
    assert_eq!(row(table, "regulations"), "1 2 3");
    assert_eq!(row(table, "normative_documents"), "4 5 6");
}

#[test]
fn names_of_columns_that_go_on_in_the_next_row_are_put_together() {
    let page = |second: &str| {
        extract(&format!(
            "三、收到和处理政府信息公开申请情况\n\n\
             项目 | 申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n\
             商业 | 科研 | 社会公益组织 | 法律服务 | 其他 |\n{second}\
             一、本年新收政府信息公开申请数量 | 11 | 1 | | | | 5 | 17 |\n\
             二、上年结转政府信息公开申请数量 | 6 | | | | | | 6 |\n\
             三、本年度办理结果 | （一）予以公开 | | 1 | | | | | 1 |\n\
             | （二）部分公开 | | | | | | 7 | 7 |\n"
        ))
    };
    let report = page("企业 | 机构 | 机构 |\n");
    let table = report.tables.applications.as_ref().expect("the table is there");
    assert_eq!(row(table, "new"), "11 1 · · · 5 17");
    assert_eq!(row(table, "granted"), "· 1 · · · · 1");
    // What completes no name leaves the order of the names in doubt.
    assert!(page("机构 | 企业 |\n").tables.applications.is_none());
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
fn a_border_inside_a_name_gives_no_column_of_its_own() {
    let report = extract(
        "|信息内容|采购项目数量|采购总金额（单位：万|元，保留4位小数）|\n|政府集中采购|454|1917|98.9|\n\n\
         |信息内容|本年处理决定数量|\n|行政处罚|3|\n|行政强制|4|\n|行政许可|5|\n",
    );
    let figures = |table: Table| {
        table
            .values
            .0
            .into_values()
            .flatten()
            .map(|figure| figure.to_string())
            .collect::<Vec<_>>()
    };
    let found = report.tables.proactive_disclosure.map(figures).unwrap_or_default();
    assert!(!found.iter().any(|figure| figure == "1917"), "{found:?}");
}

#[test]
fn words_behind_a_label_are_the_rest_of_it_and_no_value() {
    let (_, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
         （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n（六）其他\t处理\t2\t3\t4\t5\t6\t7\t\t\n\
         四、结转下年度\t继续办理\t7\t1\t2\t3\t4\t5\t22\n",
    );
    assert_eq!(row(&table, "carried_forward"), "7 1 2 3 4 5 22");
    assert_eq!(row(&table, "other_handling.overall"), "2 3 4 5 6 7 ·");
}

#[test]
fn a_row_with_more_values_than_its_header_has_columns_is_null() {
    let report = page(
        "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数</tr>\
         <tr><td>规章<td>1<td>2<td>3<td>9</tr><tr><td>行政规范性文件<td>4<td>5<td>6</tr>\
         <tr><td>信息内容<td colspan=3>本年处理决定数量</tr><tr><td>行政许可<td colspan=3>7</tr></table>",
    );
    let table = report.tables.proactive_disclosure.as_ref().expect("table");
    assert_eq!(row(table, "regulations"), "· · ·");
    assert_eq!(row(table, "normative_documents"), "4 5 6");
    assert_eq!(row(table, "administrative_licenses"), "7");
}

#[test]
fn a_value_over_several_rows_or_columns_belongs_to_none_of_them() {
    let report = page(
        "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数</tr>\
         <tr><td>规章<td rowspan=2>1<td>2<td>3</tr><tr><td>行政规范性文件<td>5<td>6</tr>\
         <tr><td>信息内容<td colspan=3>本年处理决定数量</tr><tr><td>行政许可<td colspan=3>7</tr>\
         <tr><td>行政处罚<td colspan=3>8</tr></table>",
    );
    let table = report.tables.proactive_disclosure.as_ref().expect("table");
    assert_eq!(row(table, "regulations"), "· · ·");
    assert_eq!(row(table, "normative_documents"), "· · ·");
    assert_eq!(row(table, "administrative_penalties"), "8");
}

#[test]
fn a_header_off_the_grid_of_its_values_is_read_in_order() {
    // The label of the values is wider than that of the header, so each value but the last stands below the name before its own.
    let report = page(
        "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td colspan=2>现行有效件数</tr>\
         <tr><td colspan=2>规章<td>1<td>2<td>3</tr><tr><td colspan=2>行政规范性文件<td>4<td>5<td>6</tr></table>",
    );
    let table = report.tables.proactive_disclosure.as_ref().expect("table");
    assert_eq!(row(table, "regulations"), "1 2 3");
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
fn a_row_below_a_group_is_not_read_as_the_group_by_the_form_that_lacks_it() {
    // One cell a line: 2. and 3. lost cells, so only the first row of the three is sure; form 2019 knows the group as a row.
    let report = extract(
        "（五）不予处理\n2.重复申请\n1\n2\n3\n4\n5\n6\n21\n4.无正当理由大量反复申请\n7\n0\n0\n0\n0\n1\n8\n（六）其他处理\n\
         1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n9\n8\n7\n6\n5\n4\n39\n\
         2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\n3\n2\n5\n3.其他\n1\n1\n（七）总计\n17\n10\n10\n10\n10\n11\n68\n",
    );
    let table = report.tables.applications.as_ref().expect("table");
    assert_eq!(row(table, "other_handling.not_corrected_in_time"), "9 8 7 6 5 4 39");
    assert!(!table.values.0.contains_key("other_handling.overall.total"));

    // Two rows of the group are missing, so that either form lacks rows.
    let report = extract(
        "（五）不予处理\n5.要求行政机关确认或重新出具已获取信息\n1\n2\n3\n4\n5\n6\n21\n（六）其他处理\n3.其他\n9\n8\n7\n6\n5\n4\n39\n\
         （七）总计\n17\n10\n10\n10\n10\n11\n68\n四、结转下年度继续办理\n1\n1\n1\n1\n1\n1\n6\n",
    );
    let table = report.tables.applications.as_ref().expect("table");
    assert_eq!(row(table, "other_handling.other"), "9 8 7 6 5 4 39");
}

#[test]
fn labels_whose_figures_were_torn_away_are_named_and_nothing_is_placed() {
    let report =
        extract("规章\n行政规范性文件\n行政许可\n行政处罚\n行政强制\n行政事业性收费\n4 2 9\n1 0 3\n77\n90\n12\n29\n");
    assert!(report.tables.proactive_disclosure.is_none());
    assert!(report.diagnostics.iter().any(|d| d.code == "form.figures_missing"));
}

#[test]
fn a_whole_table_on_one_line_that_cannot_be_cut_is_named() {
    let line = "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他一、本年新收政府信息公开申请数量1962823985无223112684625955145849二、上年结转政府信息公开申请数量3557781660605850无无33686三、本年度办理结果（一）予以公开1655724无无无10987309（二）部分公开（区分处理的，只计这一情形，不计其他情形）452无1050无953无5526（三）不予公开1.属于国家秘密18033922108无98911378253";
    let report = extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n\n{line}\n"));
    assert!(report.tables.applications.is_none());
    assert!(report.diagnostics.iter().any(|d| d.code == "form.figures_missing"));
}

#[test]
fn columns_of_another_form_are_never_counted_out() {
    // Form 2019, one cell a line, blanks lost: too little for that form, and three numbers in a row of form 2021.
    let report = extract(
        "第二十条第（一）项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n9\n7\n规范性文件\n205\n47\n620\n第二十条第（六）项\n\
         信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n行政处罚\n886\n行政强制\n5\n第二十条第（八）项\n信息内容\n上一年项目数量\n本年增/减\n行政事业性收费\n389\n",
    );
    let figures = report
        .tables
        .proactive_disclosure
        .iter()
        .flat_map(|table| &table.values.0);
    let wrong: Vec<_> = figures.filter(|(_, value)| value.is_some()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// As a data frame is printed: a number before each line, and a merged cell in each of its columns.
#[test]
fn the_header_of_another_form_in_a_line_of_words_keeps_columns_from_being_counted_out() {
    let report = extract(&format!(
        "{TITLE}0   第二十条第（一）项      第二十条第（一）项      第二十条第（一）项      第二十条第（一）项\n\
         1        信息内容         本年制发件数         本年废止件数         现行有效件数\n\
         2          规章            166           6974            213\n\
         3     行政规范性文件           4830           4870           3631\n\
         4   第二十条第（五）项      第二十条第（五）项      第二十条第（五）项      第二十条第（五）项\n\
         5        信息内容       本年处理决定数量       本年处理决定数量       本年处理决定数量\n\
         6        行政许可           3301           3301           3301\n\
         7   第二十条第（六）项      第二十条第（六）项      第二十条第（六）项      第二十条第（六）项\n\
         8        信息内容       本年处理决定数量       本年处理决定数量       本年处理决定数量\n\
         9        行政处罚           1951           1951           1951\n\
         10       行政强制           7731           7731           7731\n\
         11  第二十条第（八）项      第二十条第（八）项      第二十条第（八）项      第二十条第（八）项\n\
         12       信息内容  本年收费金额（单位：万元）  本年收费金额（单位：万元）  本年收费金额（单位：万元）\n\
         13    行政事业性收费           2757           2757           2757\n"
    ));
    assert_no_other_form(&report);
}

/// The same, without the numbers, where a tab makes a grid of one line.
#[test]
fn a_line_with_a_tab_does_not_hide_the_header_above_it() {
    let report = extract(&format!(
        "{TITLE}第二十条第（一）项  第二十条第（一）项  第二十条第（一）项  第二十条第（一）项\n\
         信息内容            本年制发件数        本年废止件数        现行有效件数\n\
         规章\t                        6974                213\n\
         行政规范性文件      4830                4870                3631\n\
         第二十条第（五）项  第二十条第（五）项  第二十条第（五）项  第二十条第（五）项\n\
         信息内容            本年处理决定数量    本年处理决定数量    本年处理决定数量\n\
         行政许可            3301                3301                3301\n\
         第二十条第（六）项  第二十条第（六）项  第二十条第（六）项  第二十条第（六）项\n\
         信息内容            本年处理决定数量    本年处理决定数量    本年处理决定数量\n\
         行政处罚            1951                1951                1951\n"
    ));
    assert_no_other_form(&report);
}

/// Holds a report of form 2021 against figures that only form 2019 has.
fn assert_no_other_form(report: &Report) {
    let table = report.tables.proactive_disclosure.as_ref();
    let values = table.map(|table| table.values.0.clone()).unwrap_or_default();
    let of_2021 = |key: &str| key.ends_with("issued") || key.ends_with("repealed") || key.ends_with("in_force");
    let placed: Vec<&String> = values
        .iter()
        .filter(|(key, value)| value.is_some() && !of_2021(key))
        .map(|(key, _)| key)
        .collect();
    assert!(placed.is_empty(), "{placed:?}");
}

#[test]
fn a_blank_cell_does_not_make_up_for_a_column_too_many() {
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "（七）总计",
        "四、结转下年度继续办理",
    ];
    let rows = |first: [&str; 9]| -> String {
        let cells = |first: &str| {
            [first, "2", "3", "4", "5", "6", "20", "9"]
                .map(|text| format!("<td>{text}"))
                .concat()
        };
        let rows = labels.iter().zip(first);
        rows.map(|(label, first)| format!("<tr><td>{label}{}", cells(first)))
            .collect()
    };
    let read = |table: Option<Table>| -> Vec<String> {
        let values = table.map(|table| table.values.0).unwrap_or_default();
        let read = values.into_iter().filter(|(_, value)| value.is_some());
        read.map(|(key, _)| key).collect()
    };
    // Eight figures for seven columns, and a name of which nobody knows its column: the row without its first may lack that of any.
    let header = format!(
        "<tr><td rowspan=2>（一）<td colspan=8>申请人情况<tr>{}",
        (HEADER.trim_end().split('\t').skip(1))
            .chain(["8"])
            .map(|name| format!("<td>{name}"))
            .collect::<String>()
    );
    let report = page(&format!(
        "{TITLE}<table>{header}{}</table>",
        rows(["1", "1", "", "1", "", "1", "1", "", "1"])
    ));
    assert_eq!(read(report.tables.applications), [""; 0]);
    // The column of another year that stands in front of some figures and behind a blank of another row.
    let report = page(&format!(
        "{TITLE}<table><tr><td colspan=4>第二十条第（一）项<td>上年数<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数\
         <tr><td>规章<td><td>77<td>9933<td>3057<tr><td>行政规范性文件<td>92<td>8260<td><td>6722</table>"
    ));
    assert_eq!(read(report.tables.proactive_disclosure), [""; 0]);
    // Where no row has its first, that is no column.
    let report = page(&format!("{TITLE}<table>{}</table>", rows([""; 9])));
    let table = report.tables.applications.expect("table");
    assert_eq!(row(&table, "granted"), "2 3 4 5 6 20 9");
}

#[test]
fn a_label_behind_figures_takes_none() {
    let report = page(&format!(
        "{TITLE}<table><tr><td>信息<td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计\
         <tr><td>（一）予以公开<td>1<td>2<td>3<td>4<td>5<td>6<td>21\
         <tr><td>四、结转下年度继续办理<td>0<td>0<td>0<td>0<td>0<td>1<td>1\
         <tr><td>1.本机关不掌握相关政府信息<td>72<td>179<td>1<td>45<td>0<td>8.属于行政查询事项<td>498</table>"
    ));
    let table = report.tables.applications.expect("table");
    assert_eq!(row(&table, "granted"), "1 2 3 4 5 6 21");
    let inquiry = table
        .values
        .0
        .iter()
        .filter(|(key, _)| key.contains("administrative_inquiry"));
    let read: Vec<_> = inquiry.filter(|(_, value)| value.is_some()).collect();
    assert!(read.is_empty(), "{read:?}");
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
fn a_row_of_the_bodys_own_below_a_label_without_values_is_not_read_as_that_row() {
    let report = extract(
        "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 27 62 51\n59 63 21\n行政规范性文件\n其他政策性文件 3327 2328 6582\n\
         第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 60\n第二十条第（六）项\n信息内容 本年处理决定数量\n行政处罚 83\n行政强制 14\n",
    );
    let table = report.tables.proactive_disclosure.as_ref().expect("table");
    assert_eq!(row(table, "regulations"), "27 62 51");
    let normative: Vec<_> = table
        .values
        .0
        .iter()
        .filter(|(key, _)| key.starts_with("normative_documents"))
        .collect();
    assert!(normative.iter().all(|(_, value)| value.is_none()), "{normative:?}");
}

#[test]
fn values_behind_the_label_of_another_row_are_not_those_of_the_open_row() {
    let report = extract(
        "4.无正当理由大量反复申请 21 22 23 24 25 26 141\n\
         5.要求行政机关确认或重新出具已获取信息 31 32 33 34 35 36 201\n\
         （六）其他处理 3.其他 41 42 43 44 45 46 261\n\
         （七）总计 51 52 53 54 55 56 321\n\
         四、结转下年度继续办理 61 62 63 64 65 66 381\n",
    );
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "other_handling.other"), "41 42 43 44 45 46 261");
    assert_eq!(row(&table, "other_handling.overall"), "");
}

#[test]
fn values_above_their_labels_are_never_those_of_the_label_before() {
    let report = extract(
        "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 7 — 19\n92 — —\n行政规范性文件\n\
         3954 9372 4611\n其他政策性文件\n第二十条第（五）项\n信息内容 本年处理决定数量\n—\n行政许可\n\
         第二十条第（六）项\n信息内容 本年处理决定数量\n行政处罚 75\n2543\n行政强制\n\
         第二十条第（八）项\n信息内容 本年收费金额（单位：万元）\n5042.622\n行政事业性收费\n",
    );
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "regulations"), "7 · 19");
    assert_eq!(row(&table, "normative_documents"), "· · ·");
    assert_eq!(row(&table, "administrative_penalties"), "75");
    let last = row(&table, "administrative_compulsory_measures") + " " + &row(&table, "administrative_fees");
    assert!(["· ·", "2543 5042.622"].contains(&last.as_str()), "{last}");
}

#[test]
fn where_no_row_is_a_line_values_above_their_labels_are_not_read_as_below() {
    let report = extract(
        "第二十条第（五）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n8372 66 4717\n行政许可\n9178 83 5239\n\
         其他对外管理服务事项\n第二十条第（六）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n3299 -77 1072\n行政处罚\n\
         8715 48 6064\n行政强制\n",
    );
    let row = |key| {
        report
            .tables
            .proactive_disclosure
            .as_ref()
            .map_or(String::new(), |table| row(table, key))
    };
    assert!(["", "· · ·", "8372 66 4717"].contains(&row("administrative_licenses").as_str()));
    assert!(["", "· · ·", "3299 -77 1072"].contains(&row("administrative_penalties").as_str()));
}

#[test]
fn an_ordinal_on_a_line_of_its_own_belongs_to_its_label() {
    let report = extract(
        "4.无正当理由大量反复申请\n21\n22\n23\n24\n25\n26\n141\n\
         3.\n其他\n41\n42\n43\n44\n45\n46\n261\n（七）总计\n51\n52\n53\n54\n55\n56\n321\n",
    );
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "other_handling.other"), "41 42 43 44 45 46 261");
    assert_eq!(row(&table, "other_handling.overall"), "");
}

#[test]
fn words_in_the_place_of_a_rows_only_figure_are_named() {
    let report = extract(
        "信息内容\t本年处理决定数量\n行政许可\t3\n行政处罚\t4\n行政强制\t5\n\n\
         信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t见附件\n",
    );
    assert_eq!(codes(&report), ["form.value_not_a_number"]);
}

#[test]
fn labels_each_before_the_line_of_its_values_are_read_though_one_is_damaged() {
    let report = extract(
        "商业企业 科研机构 社会公益组织 法律服务机构 其他\n一、本年新收政府信息公开申请数量\n11 12 13 14 15 16 81\n\
         二、上年结转政府信息公开申请数量\n21 22 23 24 25 26 141\n（一）余以公幵了\n31 32 33 34 35 36 201\n\
         （二）部分公开\n41 42 43 44 45 46 261\n（三）不予公开 1.属于国家秘密\n51 52 53 54 55 56 321\n",
    );
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "new"), "11 12 13 14 15 16 81");
    assert_eq!(row(&table, "partially_granted"), "41 42 43 44 45 46 261");
}

#[test]
fn the_name_of_a_column_among_others_is_no_label_of_a_row() {
    let report = extract(
        "商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n9\n一、本年新收政府信息公开申请数量 11 12 13 14 15 16 81\n\
         （六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 21 22 23 24 25 26 141\n\
         2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 31 32 33 34 35 36 201\n\
         3.其他 41 42 43 44 45 46 261\n（七）总计 51 52 53 54 55 56 321\n",
    );
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "other_handling.other"), "41 42 43 44 45 46 261");
    assert_eq!(row(&table, "results_total"), "51 52 53 54 55 56 321");
}

#[test]
fn the_values_of_a_row_the_form_lacks_are_not_those_of_its_group() {
    let (report, table) = applications(
        "4.无正当理由大量反复申请\t21\t22\t23\t24\t25\t26\t141\n\
         （六）其他处理\t2.申请人逾期未缴\t31\t32\t33\t34\t35\t36\t201\n\
         （七）总计\t51\t52\t53\t54\t55\t56\t321\n",
    );
    assert_eq!(
        row(&table, "other_handling.overall"),
        if table.form.as_deref() == Some("2019") {
            "· · · · · · ·"
        } else {
            ""
        }
    );
    assert_eq!(row(&table, "results_total"), "51 52 53 54 55 56 321");
    assert_eq!(codes(&report), ["form.row_unrecognized"]);
}

#[test]
fn values_of_one_row_on_two_lines_have_no_order() {
    let report = extract(
        "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 1 2 3\n行政规范性文件\n68995\n不适用 不适用\n\
         信息内容 本年处理决定数量\n行政许可 4\n行政处罚 5\n",
    );
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "regulations"), "1 2 3");
    assert_eq!(row(&table, "normative_documents"), "· · ·");
}

#[test]
fn where_every_label_stands_below_its_values_none_gets_those_of_the_next() {
    for cell in [" ", "\n"] {
        let row = |values: [u32; 7]| values.map(|value| value.to_string()).join(cell);
        let report = extract(&format!(
            "三、收到和处理政府信息公开申请情况\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n\
             {}\n一、本年新收政府信息公开申请数量\n{}\n二、上年结转政府信息公开申请数量\n\
             {}\n（一）予以公开\n{}\n（二）部分公开\n",
            row([11, 12, 13, 14, 15, 16, 81]),
            row([21, 22, 23, 24, 25, 26, 141]),
            row([31, 32, 33, 34, 35, 36, 201]),
            row([41, 42, 43, 44, 45, 46, 261]),
        ));
        let figures = report
            .tables
            .applications
            .iter()
            .flat_map(|table| table.values.0.values());
        let read: Vec<String> = figures.flatten().map(|figure| figure.to_string()).collect();
        assert!(read.is_empty(), "{read:?}");
    }
}

/// A page whose table of applications has the given header; its rows have three columns of labels.
fn page_of_applications(header: &str) -> Report {
    let rows = "<tr><td colspan=3>一、本年新收政府信息公开申请数量<td>11<td>2<td>3<td>4<td>5<td>6<td>31\
                <tr><td colspan=3>二、上年结转政府信息公开申请数量<td>7<td><td><td>1<td><td><td>8\
                <tr><td rowspan=2>三、本年度办理结果<td colspan=2>（一）予以公开<td>8<td>1<td>0<td>0<td>0<td>2<td>11\
                <tr><td colspan=2>（二）部分公开<td>9<td>1<td>0<td>0<td>0<td>3<td>13";
    let page = format!("<p>三、收到和处理政府信息公开申请情况</p><table>{header}{rows}</table>");
    nianbao::extract(page.as_bytes(), &Hints::default()).expect("a page is always read")
}

#[test]
fn names_that_slipped_sideways_in_their_header_do_not_carry_figures_with_them() {
    let names = "<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他";
    let header = |corner: u32, natural: u32, organizations: u32| {
        format!(
            "<tr><td colspan=3 rowspan={corner}>项目<td colspan=7>申请人情况\
             <tr><td rowspan={natural}>自然人<td colspan={organizations}>法人或其他组织<td rowspan=2>总计<tr>{names}"
        )
    };
    for (corner, natural, organizations) in [(3, 2, 5), (2, 2, 5), (1, 2, 5), (3, 1, 5), (3, 2, 4), (3, 2, 6)] {
        let report = page_of_applications(&header(corner, natural, organizations));
        let table = report.tables.applications.expect("the table is there");
        let read = row(&table, "new");
        let case = format!("{corner} {natural} {organizations}");
        assert!(
            ["11 2 3 4 5 6 31", "· · · · · · ·"].contains(&read.as_str()),
            "{case}: {read}"
        );
        let sparse = row(&table, "carried_over");
        assert!(
            ["7 · · 1 · · 8", "· · · · · · ·"].contains(&sparse.as_str()),
            "{case}: {sparse}"
        );
    }
}

#[test]
fn the_head_of_the_labels_over_a_number_beside_a_blank_cell_has_slipped() {
    let page = |blank: &str| {
        format!(
            "<p>青禾县水务局2022年政府信息公开工作年度报告</p><p>二、主动公开政府信息情况</p><table>\
             <tr><td colspan=5>第二十条第（一）项<tr><td><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数\
             <tr><td>规章<td>10<td>21<td>32{blank}<tr><td>行政规范性文件<td>43<td>54<td>65{blank}\
             <tr><td colspan=5>第二十条第（五）项<tr><td>信息内容<td colspan=4>本年处理决定数量<tr><td>行政许可<td colspan=4>7\
             <tr><td colspan=5>第二十条第（六）项<tr><td>信息内容<td colspan=4>本年处理决定数量<tr><td>行政处罚<td colspan=4>8\
             <tr><td>行政强制<td colspan=4>9</table>"
        )
    };
    // A table without a fifth column has its names in order; with one, whose values stand where is open.
    let table = extract(&page(""))
        .tables
        .proactive_disclosure
        .expect("the table is there");
    assert_eq!(row(&table, "regulations"), "10 21 32");
    let report = extract(&page("<td>"));
    let table = report.tables.proactive_disclosure.clone().expect("the table is there");
    assert_eq!(row(&table, "regulations"), "· · ·");
    assert_eq!(row(&table, "normative_documents"), "· · ·");
    assert!(codes(&report).contains(&"form.row_unclear"));
}

#[test]
fn a_header_that_slipped_from_most_rows_places_none() {
    let line = |label: &str, cells: &str| {
        let cells: String = cells
            .split(' ')
            .map(|cell| format!("<td>{}", cell.trim_matches('·')))
            .collect();
        format!("<tr><td>{label}{cells}")
    };
    let table = |names: &str| {
        let rows = [
            line("一、本年新收政府信息公开申请数量", "11 2 3 4 5 6 31"),
            line("二、上年结转政府信息公开申请数量", "1 · 2 · · 3 6"),
            line("（一）予以公开", "8 1 0 0 0 1 10"),
            line("（二）部分公开", "2 3 1 2 4 5 17"),
            line("四、结转下年度继续办理", "41 · 34 19 12 16 ·"),
        ];
        let page = format!(
            "<p>青禾县水务局2022年政府信息公开工作年度报告</p><p>三、收到和处理政府信息公开申请情况</p><table>\
             <tr><td>项目{names}<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计{}</table>",
            rows.concat()
        );
        extract(&page)
    };
    let whole = table("<td>自然人").tables.applications.expect("the table is there");
    assert_eq!(row(&whole, "carried_forward"), "41 · 34 19 12 16 ·");
    // Without the first name, the others stand one column aside: only the blank total hides it.
    let slipped = table("");
    assert_eq!(slipped.tables.applications, None);
    assert_eq!(codes(&slipped), ["form.row_unclear"]);
}

#[test]
fn a_total_that_stands_first_is_not_read_as_the_first_applicant() {
    let report = extract(
        "总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他\n\n\
         一、本年新收政府信息公开申请数量 31 11 2 3 4 5 6\n\n\
         二、上年结转政府信息公开申请数量 8 7 0 0 1 0 0\n\n\
         （一）予以公开 11 8 1 0 0 0 2\n",
    );
    let read = report.tables.applications.map(|table| row(&table, "new"));
    assert!(
        read.as_deref()
            .is_none_or(|new| ["11 2 3 4 5 6 31", "· · · · · · ·"].contains(&new)),
        "{read:?}"
    );
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

/// Table 2 of form 2021 with the given header of its fees, label and amount; the caption stands above it.
fn fees(caption: &str, header: &str, label: &str, amount: &str) -> (Report, String) {
    let report = extract(&format!(
        "{caption}\n\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n\
         信息内容\t本年处理决定数量\n行政许可\t7\n行政处罚\t8\n行政强制\t9\n信息内容\t{header}\n{label}\t{amount}\n"
    ));
    let table = report.tables.proactive_disclosure.as_ref().expect("the table is there");
    let fee = row(table, "administrative_fees");
    (report, fee)
}

#[test]
fn the_unit_of_an_amount_is_the_one_that_is_stated_nearest_and_never_a_guess_against_it() {
    let label = "行政事业性收费";
    for (caption, header, label, amount, fee) in [
        ("", "本年收费金额（单位：万元）", label, "25", "25"),
        ("", "本年收费金额（元）", label, "25", "0.0025"),
        ("", "本年收费金额", "行政事业性收费（元）", "25", "0.0025"),
        ("单位：件、元", "本年收费金额", label, "25", "0.0025"),
        ("单位：件、元", "本年收费金额", label, "25万元", "25"),
        ("单位：件、元", "本年收费金额（万元）", label, "25", "25"),
        ("", "本年收费金额（千元）", label, "25", "·"),
        ("", "本年收费金额（百万元）", label, "25", "·"),
        ("", "本年收费金额（万元）", "行政事业性收费（元）", "25", "·"),
    ] {
        let (report, read) = fees(caption, header, label, amount);
        assert_eq!(read, fee, "{caption} {header} {label} {amount}");
        assert!(!codes(&report).contains(&"form.unit_assumed"), "{header}");
    }
}

#[test]
fn a_number_with_a_space_inside_is_null_where_nothing_bears_it_out() {
    for text in ["12 7007", "524 524", "7 730.28"] {
        let (report, fee) = fees("", "本年收费金额（万元）", "行政事业性收费", text);
        assert_eq!(fee, "·", "{text}");
        assert_eq!(codes(&report), ["form.number_ambiguous"], "{text}");
    }
    let (report, fee) = fees("", "本年收费金额（万元）", "行政事业性收费", "127 007");
    assert_eq!((fee.as_str(), codes(&report).len()), ("127007", 0));
}

#[test]
fn a_number_with_a_space_inside_is_one_where_a_sum_says_so_and_null_where_it_says_not() {
    let rows = |new: &str, carried: &str| {
        format!(
            "一、本年新收政府信息公开申请数量\t{new}\n二、上年结转政府信息公开申请数量\t{carried}\n\
             （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n"
        )
    };
    let (report, table) = applications(&rows("12 7\t1\t2\t3\t4\t5\t142", "6\t0\t0\t0\t0\t7\t13"));
    assert_eq!(row(&table, "new"), "127 1 2 3 4 5 142");
    assert_eq!(codes(&report), ["form.number_parted"]);
    assert_eq!(
        report.evidence["/tables/applications/values/new/natural_person"].state,
        State::Inferred
    );
    let (report, table) = applications(&rows("524 524\t1\t2\t3\t4\t5\t539", "6\t0\t0\t0\t0\t7\t13"));
    assert_eq!(row(&table, "new"), "· 1 2 3 4 5 539");
    assert_eq!(codes(&report), ["form.number_ambiguous"]);
}

#[test]
fn a_label_that_names_two_rows_of_the_form_is_neither() {
    let report = extract(
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n\
         信息内容\t本年处理决定数量\n行政许可\t7\n行政处罚、行政强制\t8\n",
    );
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "administrative_penalties"), "·");
    assert_eq!(row(&table, "administrative_compulsory_measures"), "·");
    assert_eq!(table.extra_rows.len(), 1);
}

#[test]
fn names_in_a_padded_header_that_slipped_do_not_carry_figures_with_them() {
    for names in [
        "\t自然人\t法人或其他组织\t\t\t\t总计\t\n\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t\t其他\n",
        "\t自然人\t法人或其他组织\t总计\t\t\t\t\n\t\t商业企业\t\t科研机构\t社会公益组织\t法律服务机构\t其他\n",
    ] {
        let report = extract(&format!(
            "项目\t申请人情况\t\t\t\t\t\t\n{names}一、本年新收政府信息公开申请数量\t11\t2\t3\t4\t5\t6\t31\n\
             二、上年结转政府信息公开申请数量\t7\t0\t0\t1\t0\t0\t8\n（一）予以公开\t8\t1\t0\t0\t0\t2\t11\n"
        ));
        let read = report.tables.applications.map(|table| row(&table, "new"));
        assert!(
            read.as_deref()
                .is_none_or(|new| ["11 2 3 4 5 6 31", "· · · · · · ·"].contains(&new)),
            "{read:?}"
        );
    }
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
fn a_last_row_whose_label_is_cut_by_its_value_is_named() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 73\n第二十条第（六）项\n\
         信息内容 本年处理决定数量\n行政处罚 152\n行政强制 68\n第二十条第（八）项\n\
         信息内容 本年收费金额（单位：万元）\n行政事\n39.89\n业性收费\n三、其他\n共 12 件\n"
    ));
    assert_eq!(codes(&report), ["form.row_unrecognized"]);
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "administrative_fees"), "·");
    assert_eq!(table.extra_rows[0].cells, ["39.89"]);
}

#[test]
fn a_damaged_number_behind_a_label_is_not_the_rest_of_it() {
    for damaged in ["10249_", "10249\u{fffd}", "约10249", "※"] {
        let (report, table) = applications(&format!(
            "一、本年新收政府信息公开申请数量|11|1|2|3|4|5|26||\n二、上年结转政府信息公开申请数量|6|0|0|0|0|7|13||\n\
             （一）予以公开|8|1|2|3|4|5|23||\n2.重复申请|{damaged}|7874|5812|4653|1|2|28591||\n"
        ));
        assert_eq!(
            row(&table, "not_processed.repeated"),
            "· 7874 5812 4653 1 2 28591",
            "{damaged}"
        );
        assert!(codes(&report).contains(&"form.value_not_a_number"), "{damaged}");
    }
}

#[test]
fn a_number_that_is_cut_at_its_comma_leaves_its_row_unread() {
    for rows in [
        "一、本年新收政府信息公开申请数量 1,54\n9 2 3 4 5 6 1,569\n",
        "一、本年新收政府信息公开申请数量 1,54 9 2 3 4 5 6 1,569\n",
    ] {
        let (report, table) = applications(&format!(
            "{rows}二、上年结转政府信息公开申请数量 6 0 0 0 0 7 13\n（一）予以公开 8 1 2 3 4 5 23\n"
        ));
        assert_eq!(row(&table, "new"), "· · · · · · ·", "{rows}");
        assert!(codes(&report).contains(&"form.row_unclear"), "{rows}");
        assert_eq!(row(&table, "carried_over"), "6 0 0 0 0 7 13", "{rows}");
    }
}

#[test]
fn a_row_of_spaced_text_with_a_damaged_number_is_named() {
    for damaged in ["6 0 0 0 0 7 13?", "6 0 0 0 0 7 约13", "6 0 0_ 0 0 7 13"] {
        let (report, table) = applications(&format!(
            "一、本年新收政府信息公开申请数量 31 1 2 3 4 5 46\n二、上年结转政府信息公开申请数量 {damaged}\n（一）予以公开 8 1 2 3 4 5 23\n"
        ));
        assert_eq!(row(&table, "new"), "31 1 2 3 4 5 46", "{damaged}");
        assert_eq!(row(&table, "carried_over"), "· · · · · · ·", "{damaged}");
        assert!(codes(&report).contains(&"form.row_unclear"), "{damaged}");
    }
}

#[test]
fn a_row_that_lost_a_border_is_not_filled_up_with_a_blank_cell_of_its_label() {
    let rows = "一、本年新收政府信息公开申请数量|||31|1|2|3|4|5|46\n二、上年结转政府信息公开申请数量|||6|0|0|0|0|7|13\n\
                三、本年度办理结果|（一）予以公开||8|11|2|3|4|5|33\n|（二）部分公开||1|1|2|3|4|5|16\n|（三）不予公开|1.属于国家秘密|2|1|2|3|4|5|17\n\
                ||2.其他法律行政法规禁止公开|2||2|3|4|5|16\n";
    let (_, table) = applications(&rows.replace('|', "\t"));
    assert_eq!(row(&table, "granted"), "8 11 2 3 4 5 33");
    assert_eq!(row(&table, "denied.prohibited_by_law"), "2 · 2 3 4 5 16");
    let (_, table) = applications(&rows.replace("||8|11|", "||811|").replace('|', "\t"));
    assert!(
        row(&table, "granted").starts_with("· · ·"),
        "{}",
        row(&table, "granted")
    );
    // Nor is one whose first number stands in the cell of the label.
    let (_, table) = applications(&rows.replace("予以公开||8|11|", "予以公开 8|11||").replace('|', "\t"));
    assert_eq!(row(&table, "granted"), "· · · · · · ·");
}

#[test]
fn an_ordinal_that_a_space_parts_from_its_mark_is_no_value() {
    let rows = "一、本年新收政府信息公开申请数量 154 119 227 110 108 151 869 二、上年结转政府信息公开申请数量 1 2 3 4 5 6 21 \
                1 .属于国家秘密 154 119 227 110 108 151 2 .其他法律行政法规禁止公开 158 210 54 187 167 226 1002 ";
    for rows in [rows.to_owned(), rows.replace(' ', "\n")] {
        let (_, table) = applications(&format!("{rows}\n"));
        assert_eq!(row(&table, "new"), "154 119 227 110 108 151 869");
        let total = row(&table, "denied.state_secret");
        assert!(total.ends_with('·'), "{total}");
        assert_eq!(row(&table, "denied.prohibited_by_law"), "158 210 54 187 167 226 1002");
    }
}

#[test]
fn a_label_that_means_the_opposite_or_another_year_is_not_a_slip() {
    for label in [
        "7.不属于行政执法案卷",
        "一、上年新收政府信息公开申请数量",
        "6.不属于四类过程性信息",
    ] {
        let (report, table) = applications(&format!(
            "{label}\t11\t1\t2\t3\t4\t5\t26\n二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n\
             （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n（二）部分公开\t2\t0\t0\t0\t0\t1\t3\n"
        ));
        let placed = table.values.0.values().flatten().count();
        assert_eq!(placed, 21, "{label}");
        assert_eq!(table.extra_rows[0].label, label);
        assert!(
            codes(&report).contains(&"form.row_unrecognized") || label.starts_with(['6', '7']),
            "{label}"
        );
    }
}

#[test]
fn a_merged_cell_that_a_converter_repeated_is_one_cell() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n\n| 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 |\n|---|---|---|---|\n\
         | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | 3 | 3 | 3 |\n| 行政规范性文件 | 12 | 5 | 48 |\n\
         | 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |\n| 行政许可 | 460 | 460 | 460 |\n\
         | 行政处罚 | 88 | 88 | 88 |\n| 行政强制 | 9 | 9 | 9 |\n"
    ));
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "regulations"), "3 3 3");
    assert_eq!(row(&table, "administrative_licenses"), "460");
    assert_eq!(row(&table, "administrative_compulsory_measures"), "9");
}

#[test]
fn figures_that_were_not_read_are_no_merged_cell() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n\n| 第二十条第（一）项 |  |  |  |\n|---|---|---|---|\n\
         | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | \u{FFFD} | \u{FFFD} | 3 |\n\
         | 行政规范性文件 | 12 | 5 | 48 |\n"
    ));
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "regulations"), "· · 3");
    assert_eq!(row(&table, "normative_documents"), "12 5 48");
}

#[test]
fn a_row_that_stands_twice_with_other_figures_is_null_and_both_are_named() {
    let rows = |second: &str| {
        format!(
            "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
             二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n{second}\
             （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n（二）部分公开\t2\t0\t0\t0\t0\t1\t3\n"
        )
    };
    let (report, table) = applications(&rows("二、上年结转政府信息公开申请数量\t9\t1\t1\t1\t1\t1\t14\n"));
    assert_eq!(row(&table, "carried_over"), "· · · · · · ·");
    assert_eq!(row(&table, "granted"), "8 1 0 0 0 0 9");
    assert_eq!(codes(&report), ["form.rows_conflict"]);
    let (report, table) = applications(&rows(
        "二、上年结转政府信息公开申请数量（上年）\t9\t1\t1\t1\t1\t1\t14\n",
    ));
    assert_eq!(row(&table, "carried_over"), "6 0 0 0 0 7 13");
    assert_eq!(codes(&report), [""; 0]);
    let (_, table) = applications(&rows("二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n"));
    assert_eq!(row(&table, "carried_over"), "6 0 0 0 0 7 13");
    let last = "（二）部分公开\t2\t0\t0\t0\t0\t1\t3\n";
    let (report, table) = applications(&format!("{}{}", rows(""), last.replace("\t2\t", "\t5\t")));
    assert_eq!(row(&table, "partially_granted"), "· · · · · · ·");
    assert_eq!(codes(&report)[0], "form.rows_conflict");
}

#[test]
fn a_row_that_stands_once_more_behind_its_values_is_null() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n第二十条第（五）项\n信息 上一年 本年 处理决\n内容 项目数量 增/减 定数量\n\
         行政许可 12 3 40\n其他对外管理服务事项 1592 -97 7981\n9338 37 5745\n其他对外管理服务事项\n第二十条第（六）项\n\
         信息 上一年 本年 处理决\n内容 项目数量 增/减 定数量\n行政处罚 1489 40 6847\n行政强制 9393 83 2149\n"
    ));
    assert!(codes(&report).contains(&"form.rows_conflict"), "{:?}", codes(&report));
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "other_external_services"), "· · ·");
    assert_eq!(row(&table, "administrative_penalties"), "1489 40 6847");

    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 73\n第二十条第（六）项\n\
         信息内容 本年处理决定数量\n84\n行政处罚\n行政处罚 152\n行政强制 68\n第二十条第（八）项\n\
         信息内容 本年收费金额（单位：万元）\n行政事业性收费 39.89\n"
    ));
    assert!(codes(&report).contains(&"form.rows_conflict"), "{:?}", codes(&report));
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "administrative_penalties"), "·");
    assert_eq!(row(&table, "administrative_compulsory_measures"), "68");
}

#[test]
fn a_row_that_stands_twice_is_null_although_one_of_them_seems_to_be_in_another_group() {
    let (report, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n\
         （四）无法提供\t3.补正后申请内容仍不明确\t1\t0\t0\t0\t0\t0\t1\n（四）无法提供\t2.重复申请\t5\t0\t0\t0\t0\t0\t5\n\
         （五）不予处理\t2.重复申请\t3\t0\t0\t0\t0\t0\t3\n（五）不予处理\t3.要求提供公开出版物\t4\t0\t0\t0\t0\t0\t4\n",
    );
    assert!(codes(&report).contains(&"form.rows_conflict"), "{:?}", codes(&report));
    assert_eq!(row(&table, "not_processed.repeated"), "· · · · · · ·");
    assert_eq!(row(&table, "not_processed.publication"), "4 0 0 0 0 0 4");
}

#[test]
fn a_row_out_of_its_group_whose_figures_are_missing_is_named() {
    let (report, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n\
         （六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t3\t0\t0\t0\t0\t0\t3\n\
         （六）其他处理\t3.其他\t4\t0\t0\t0\t0\t0\t4\n\
         （五）不予处理\t2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t5\t0\t0\t0\t0\t0\t5\n\
         （七）总计\t12\t0\t0\t0\t0\t0\t12\n",
    );
    assert_eq!(row(&table, "other_handling.fee_not_paid_in_time"), "· · · · · · ·");
    assert_eq!(codes(&report), ["form.row_unrecognized"]);
}

#[test]
fn a_row_of_one_form_is_not_read_once_more_as_the_row_of_another() {
    let line = "申請人情況 自然人 法人或其他組織 總計 商業企業 科研機構 社會公益組織 法律服務機構 其他 \
        一、本年新收政府信息公開申請數量 11 1 2 3 4 5 26 三、本年度辦理結果 (五)不予處理 1.信訪舉報投訴類申請 3 0 0 0 0 1 4 \
        2.重複申請 1 0 0 0 0 0 1 3.要求提供公開出版物 2 0 0 0 0 0 2 4.無正當理由大量反覆申請 1 0 0 0 0 2 3 \
        5.要求行政機關確認或重新出具已獲取信息 1 1 0 0 0 0 2 (六)其他處理 3.其他 2 0 0 0 0 1 3 (七)總計 10 1 0 0 0 4 15";
    let report = extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n{line}\n"));
    let table = report.tables.applications.expect("the table is there");
    let read = |key: &str| table.values.get(&format!("other_handling.{key}.natural_person"));
    assert_eq!((read("other"), read("overall")), (Some(2.into()), None));
}

#[test]
fn numbers_and_empty_places_without_borders_are_said_to_be_there() {
    let report = extract(&format!(
        "{TITLE}主动公开政府信息情况\n第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章100/60行政规范性文件5964/\
         第二十条第（五）项信息内容本年处理决定数量行政许可/第二十条第（六）项信息内容本年处理决定数量行政处罚//85行政强制54-8662\n"
    ));
    let table = report.tables.proactive_disclosure.as_ref();
    let figures = table.iter().flat_map(|table| table.values.0.values());
    assert_eq!(figures.flatten().count(), 0);
    assert!(
        codes(&report).iter().any(|code| code.starts_with("form.")),
        "{:?}",
        codes(&report)
    );
}

#[test]
fn rows_that_a_group_doubled_pushes_aside_are_not_read_below_the_next_name() {
    let cells = |texts: &[&str]| texts.iter().map(|text| format!("<td>{text}</td>")).collect::<String>();
    let group = "<td rowspan=3>三、本年度办理结果</td>";
    let granted = format!(
        "<tr>{group}{}</tr>",
        cells(&["（一）予以公开", "8", "1", "", "", "", "", ""])
    );
    let report = extract(&format!(
        "<html><head><title>青禾县水务局2022年政府信息公开工作年度报告</title></head><body><h1>青禾县水务局2022年政府信息公开工作年度报告</h1>\
         <p>三、收到和处理政府信息公开申请情况</p><table><tr><td colspan=2></td>{}</tr>\
         <tr><td colspan=2>一、本年新收政府信息公开申请数量</td>{}</tr>{granted}{granted}<tr>{}</tr></table></body></html>",
        cells(&APPLICANTS),
        cells(&["11", "1", "2", "3", "4", "5", "26"]),
        cells(&["（二）部分公开", "3", "", "", "", "", "", ""]),
    ));
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26");
    let read = row(&table, "partially_granted");
    assert!(["3 · · · · · ·", "· · · · · · ·"].contains(&read.as_str()), "{read}");
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
fn a_short_table_whose_collapsed_header_was_padded_behind_is_read() {
    let report = extract(&format!(
        "{TITLE}三、收到和处理政府信息公开申请情况\n\n（勾稽关系） | 申请人情况 | ||||||||\n自然人 | 法人或其他组织 | 总计 | |||||||\n\
         商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n\
         一、本年新收政府信息公开申请数量 | 13 | 2 | 0 | 0 | 0 | 4 | 19 | ||\n\
         二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 5 | 6 | ||\n"
    ));
    let table = report.tables.applications.expect("the table is there");
    assert_eq!(row(&table, "new"), "13 2 0 0 0 4 19");
    assert_eq!(row(&table, "carried_over"), "1 0 0 0 0 5 6");
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

#[test]
fn digits_without_borders_are_read_where_one_way_adds_up() {
    let read = |results: &str| {
        let line = format!(
            "项目自然人商业企业科研机构社会公益组织法律服务机构其他总计一、本年新收政府信息公开申请数量111234526\
             二、上年结转政府信息公开申请数量60000713（七）总计{results}四、结转下年度继续办理1000012"
        );
        extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n{line}\n"))
    };
    let report = read("1612341137");
    let table = report.tables.applications.clone().expect("the table is there");
    assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26");
    assert_eq!(row(&table, "results_total"), "16 1 2 3 4 11 37");
    let evidence = &report.evidence["/tables/applications/values/new/total"];
    assert_eq!(
        (evidence.state, evidence.raw.as_deref()),
        (State::Inferred, Some("111234526"))
    );
    assert!(codes(&report).contains(&"form.figures_unparted"));
    // 15 + 1 + 2 + 3 + 4 + 11 = 36 adds up by itself, but not with the other rows: nothing bears it out.
    let table = read("1512341136").tables.applications;
    assert!(table.is_none_or(|table| row(&table, "new") == "· · · · · · ·"));
}

#[test]
fn digits_without_borders_stay_null_where_no_sum_knows_of_them() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n信息内容本年制发件数本年废止件数现行有效件数规章107行政规范性文件12348行政许可460行政处罚88行政强制9\n"
    ));
    let figures = report
        .tables
        .proactive_disclosure
        .map(|table| table.values.0.values().flatten().count());
    assert_eq!(figures.unwrap_or_default(), 0);
}

#[test]
fn digits_on_a_line_of_their_own_are_joined_only_where_a_sum_bears_it_out() {
    let (report, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t2\n6\n\
         二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\t13\n2\n\
         （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n",
    );
    assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26");
    assert_eq!(
        row(&table, "carried_over"),
        "6 0 0 0 0 7 13",
        "a page number is no part of it"
    );
    assert_eq!(codes(&report), ["form.number_parted"]);
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t5\t4\t3\n行政规范性文件\t363\t191\t2\n1\n\
         信息内容\t本年处理决定数量\n行政许可\t40\n行政处罚\t7\n"
    ));
    let table = report.tables.proactive_disclosure.clone().expect("the table is there");
    assert_eq!(row(&table, "normative_documents"), "363 191 ·");
    assert!(codes(&report).contains(&"form.number_ambiguous"));
}

fn html(rows: &str) -> Report {
    let page = format!(
        "<p>青禾县水务局2022年政府信息公开工作年度报告</p><p>三、收到和处理政府信息公开申请情况</p><table>\
         <tr><td rowspan=2 colspan=2>项目</td><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>\
         <tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>{rows}</table>"
    );
    extract(&page)
}

#[test]
fn a_row_of_a_grid_that_holds_two_rows_line_by_line_is_two() {
    let report = html(
        "<tr><td colspan=2>一、本年新收政府信息公开申请数量</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>2</td><td>3</td></tr>\
         <tr><td rowspan=2>（三）不予公开</td><td>1.属于国家秘密<br>2.其他法律行政法规禁止公开</td><td>4<br>0</td><td>0<br>1</td><td>0<br>0</td>\
         <td>0<br>2</td><td>0<br>0</td><td>5<br>3</td><td>9<br>6</td></tr>\
         <tr><td>3.危及“三安全一稳定”</td><td>7</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td><td>8</td></tr>",
    );
    let table = report.tables.applications.clone().expect("the table is there");
    assert_eq!(row(&table, "denied.state_secret"), "4 0 0 0 0 5 9");
    assert_eq!(row(&table, "denied.prohibited_by_law"), "0 1 0 2 0 3 6");
}

#[test]
fn a_row_with_a_cell_too_many_is_unclear_though_the_last_one_is_empty() {
    let plain = |label: &str| {
        format!(
            "<tr><td colspan=2>{label}</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>2</td><td>3</td></tr>"
        )
    };
    let report = html(&format!(
        "{}<tr><td colspan=2>二、上年结转政府信息公开申请数量</td><td>555</td><td>12</td><td>3</td><td></td><td></td><td></td><td></td><td></td></tr>{}{}{}",
        plain("一、本年新收政府信息公开申请数量"),
        plain("（一）予以公开"),
        plain("（七）总计"),
        plain("四、结转下年度继续办理")
    ));
    let table = report.tables.applications.clone().expect("the table is there");
    assert_eq!(row(&table, "carried_over"), "· · · · · · ·");
    assert_eq!(row(&table, "granted"), "1 0 0 0 0 2 3");
    let unclear = report
        .diagnostics
        .iter()
        .find(|d| d.code.as_str() == "form.row_unclear")
        .expect("said");
    assert!(unclear.message.contains("555"), "{}", unclear.message);
}

#[test]
fn a_table_without_its_last_column_is_read_by_its_header() {
    let text = "项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n";
    let rows = "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\n二、上年结转政府信息公开申请数量\t6\t0\t0\t0\t0\t7\n（一）予以公开\t8\t1\t0\t0\t0\t0\n";
    let report = extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n\n{text}{rows}"));
    let table = report.tables.applications.clone().expect("the table is there");
    assert_eq!(row(&table, "new"), "11 1 2 3 4 5 ·");
    assert!(codes(&report).contains(&"form.column_missing"));
}

#[test]
fn a_header_of_the_older_form_over_two_lines_is_not_counted_out_by_the_newer_form() {
    let report = extract(&format!(
        "{TITLE}二、主动公开政府信息情况\n第二十条第（一）项\n信息 本年新 本年新 对外公\n内容 制作数量 公开数量 开总数量\n规章 98 7 31\n规范性文件 78 不适用 79\n\
         第二十条第（五）项\n信息 上一年 本年 处理决\n内容 项目数量 增/减 定数量\n75 减43 73\n行政许可\n"
    ));
    let table = report.tables.proactive_disclosure;
    let issued = table.as_ref().and_then(|table| table.values.get("regulations.issued"));
    assert_eq!(issued, None);
}

#[test]
fn numbers_without_borders_that_have_marks_are_said_to_be_there() {
    let line = "一、本年新收政府信息公开申请数量26,53222,26915,93524,17819,43317,604125,951二、上年结转政府信息公开申请数量1,8584,8074,2241,3292,9141,20916,341\
                三、本年度办理结果（一）予以公开1,2601,0871,4061,97413,4715,72724,925（二）部分公开1,8117215281,8491,3323317,044";
    let text = format!("青禾县水务局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{line}\n");
    let report = extract(&text);
    let figures = report
        .tables
        .applications
        .iter()
        .flat_map(|table| table.values.0.values());
    assert_eq!(figures.flatten().count(), 0);
    assert!(!codes(&report).is_empty(), "nothing says that there is a table");
}

#[test]
fn pipes_that_fill_a_row_up_behind_a_number_are_no_empty_cells() {
    let table = |new: &str| {
        extract(&format!(
            "{TITLE}自然人 | 法人或其他组织 | 总计 | ||||\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ||\n\
             一、本年新收政府信息公开申请数量 | {new}\n二、上年结转政府信息公开申请数量 | 6 | 0 | 0 | 0 | 0 | 7 | 13 |\n\
             （一）予以公开 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |\n"
        ))
    };
    let new = |cells: &str| {
        row(
            table(cells).tables.applications.as_ref().expect("the table is there"),
            "new",
        )
    };
    // A cell that was merged over the columns, and empty cells.
    assert_eq!(new("5 | ||||||"), "· · · · · · ·");
    assert_eq!(new("5 | | | | | | |"), "5 · · · · · ·");
}

#[test]
fn figures_beside_the_name_of_a_group_whose_first_row_is_not_there_may_be_those_of_that_row() {
    let rows = |first: &str| {
        format!(
            "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
             （六）其他处理\n{first}1\t2\t3\t4\t5\t6\t21\n\
             2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t6\t0\t0\t0\t0\t7\t13\n\
             3.其他\t8\t1\t0\t0\t0\t0\t9\n"
        )
        .replace("其他处理\n1", "其他处理\t1")
    };
    let overall = |rows: &str| row(&applications(rows).1, "other_handling.overall");
    let first = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t";
    assert_eq!(overall(&rows("")), "");
    let (report, table) = applications(&rows(first));
    assert_eq!(row(&table, "other_handling.not_corrected_in_time"), "1 2 3 4 5 6 21");
    assert_eq!(codes(&report), [""; 0]);
    let alone = "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n（五）不予处理\n4.无正当理由大量反复申请\t6\t0\t0\t0\t0\t7\t13\n（六）其他处理\t1\t2\t3\t4\t5\t6\t21\n";
    assert_eq!(overall(alone), "1 2 3 4 5 6 21");
}

#[test]
fn figures_beside_a_label_between_figures_and_a_label_alone_may_be_those_of_the_next_label() {
    let report = extract(&format!(
        "{}二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年新制作数量 本年新公开数量 对外公开总数量\n规章 6 7 8\n规范性文件 3 6 9\n\
         第二十条第（五）项\n信息 上一年 本年 处理决\n内容 项目数量 增/减 定数量\n76 -34 18\n行政许可57 78 41\n其他对外管理服务事项\n\
         第二十条第（六）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n行政处罚 39 42 99\n行政强制 96 72 55\n",
        TITLE.replace("2022", "2020")
    ));
    let table = report.tables.proactive_disclosure.expect("the table is there");
    assert_eq!(row(&table, "administrative_licenses").replace([' ', '·'], ""), "");
    assert_eq!(row(&table, "administrative_penalties"), "39 42 99");
}

#[test]
fn a_row_with_the_words_of_another_takes_no_place_between_its_neighbours() {
    let (_, table) = applications(
        "一、本年新收政府信息公开申请数量\t11\t1\t2\t3\t4\t5\t26\n\
         （一）予以公开\t8\t1\t0\t0\t0\t0\t9\n\
         （二）予以公开\t7\t2\t0\t0\t0\t0\t9\n\
         1.属于国家秘密\t4\t0\t0\t1\t0\t0\t5\n",
    );
    assert_eq!(row(&table, "partially_granted").replace([' ', '·'], ""), "");
    assert_eq!(row(&table, "denied.state_secret"), "4 0 0 1 0 0 5");
}

#[test]
fn a_label_in_one_cell_with_the_end_of_its_groups_name_is_known_by_its_own_number_and_words() {
    let (_, table) = applications(
        "一、本年新收政府信息公开申请数量\n11 1 2 3 4 5 26\n二、上年结转政府信息公开申请数量\n6 0 0 0 0 7 13\n\
         三、本年（二）部分公开\n4 0 0 1 0 0 5\n度办理（三）其他人的权益\n3 0 0 1 0 0 4\n",
    );
    assert_eq!(row(&table, "partially_granted"), "4 0 0 1 0 0 5");
    assert_eq!(row(&table, "denied.process_information"), "· · · · · · ·");
}

#[test]
fn figures_below_words_that_say_something_else_are_not_placed_by_their_number() {
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（七）总计",
    ];
    let read = |header: &str| {
        let cells = |texts: &str| texts.split('\t').map(|text| format!("<td>{text}")).collect::<String>();
        let rows = labels.map(|label| format!("<tr><td>{label}{}", cells("1\t2\t3\t4\t5\t6\t21")));
        let report = page(&format!(
            "<table><tr><td>项目{}{}</table>",
            cells(header),
            rows.concat()
        ));
        let table = report.tables.applications;
        table.map(|table| row(&table, "new")).unwrap_or_default()
    };
    // Nothing is said, or nothing of columns.
    assert_eq!(
        read("本年新收件数\t上年结转件数\t予以公开\t部分公开\t不予公开\t结转下年度\t总计"),
        "1 2 3 4 5 6 21"
    );
    assert_eq!(
        read("数据1\t数据2\t数据3\t数据4\t数据5\t数据6\t数据7"),
        "1 2 3 4 5 6 21"
    );
    assert_eq!(
        read("市本级\t青禾县\t石桥区\t临澜市\t昀泽县\t东岭区\t合计").replace([' ', '·'], ""),
        ""
    );
    assert_eq!(
        read("网络\t信函\t当面\t传真\t邮件\t电话\t总计").replace([' ', '·'], ""),
        ""
    );
    let decisions = |header: &str| {
        let report = page(&format!(
            "<table><tr><td colspan=2>第二十条第（六）项<tr><td>信息内容<td>{header}<tr><td>行政处罚<td>7<tr><td>行政强制<td>3</table>"
        ));
        let table = report.tables.proactive_disclosure;
        table
            .map(|table| row(&table, "administrative_penalties"))
            .unwrap_or_default()
    };
    assert_eq!(decisions("本年处理决定数量"), "7");
    for header in [
        "上年处理决定数量",
        "历年处理决定数量",
        "2021年处理决定数量",
        "本年不予处理决定数量",
    ] {
        assert_eq!(decisions(header).replace([' ', '·'], ""), "", "{header}");
    }
}
