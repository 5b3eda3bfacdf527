//! Rows of the statistical tables and their labels: which figures belong to which, and above all which to none.

#![allow(clippy::expect_used)]

// Each test file uses what it needs.
#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{APPLICANTS, HEADER, TITLE, applications, codes, extract, page, report_of_2023, row};

fn html(rows: &str) -> Report {
    let page = format!(
        "<p>青禾县水务局2022年政府信息公开工作年度报告</p><p>三、收到和处理政府信息公开申请情况</p><table>\
         <tr><td rowspan=2 colspan=2>项目</td><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>\
         <tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>{rows}</table>"
    );
    extract(&page)
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
fn labels_whose_figures_were_torn_away_are_named_and_nothing_is_placed() {
    let report =
        extract("规章\n行政规范性文件\n行政许可\n行政处罚\n行政强制\n行政事业性收费\n4 2 9\n1 0 3\n77\n90\n12\n29\n");
    assert!(report.tables.proactive_disclosure.is_none());
    assert!(report.diagnostics.iter().any(|d| d.code == "form.figures_missing"));
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
