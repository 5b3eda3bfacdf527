//! Headers of the statistical tables: which columns a table has, in whatever order and shape.

#![allow(clippy::expect_used)]

// Each test file uses what it needs.
#[allow(dead_code)]
mod table_support;

use nianbao::read::Hints;
use nianbao::report::{Report, Table};
use table_support::{HEADER, OUTCOMES, TITLE, codes, extract, page, row};

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
fn proceedings_in_another_order_keep_their_figures_where_lines_tell_their_order() {
    let figures = "1\t2\t3\t4\t10\t5\t6\t7\t8\t26\t9\t10\t11\t12\t42";
    let header = format!("未经复议直接起诉\t复议后起诉\t{OUTCOMES}\n{OUTCOMES}\t{OUTCOMES}");
    let tabs = format!("行政诉讼\t行政复议\n{header}\n{figures}\n");
    for text in [tabs.clone(), tabs.replace('\t', " "), tabs.replace(['\t', '\n'], " ")] {
        let report = extract(&text);
        let table = report.tables.review_litigation.as_ref().expect("table");
        assert_eq!(row(table, "litigation_direct"), "1 2 3 4 10", "{text}");
        assert_eq!(row(table, "litigation_after_review"), "5 6 7 8 26", "{text}");
        assert_eq!(row(table, "review"), "9 10 11 12 42", "{text}");
    }
    // Words that stand each on a line may be in the order of the page or in that of their height.
    let report = extract(&tabs.replace('\t', "\n"));
    let table = report.tables.review_litigation.as_ref().expect("table");
    assert_eq!(row(table, "review"), "· · · · ·");
    assert!(report.diagnostics.iter().any(|one| one.code == "form.row_unclear"));
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
fn names_on_lines_of_their_own_in_another_order_carry_their_figures_with_them() {
    let band = |names: [&str; 3]| {
        let report = extract(&format!(
            "青禾县水务局2020年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n信息内容\n{}\n规章\n368\n961\n875\n规范性文件\n867\n358\n891\n",
            names.join("\n")
        ));
        let table = report.tables.proactive_disclosure.expect("table");
        row(&table, "regulations")
    };
    let [made, newly, total] = ["本年新制作数量", "本年新公开数量", "对外公开总数量"];
    assert_eq!(band([made, newly, total]), "368 961 875");
    assert_eq!(band([total, made, newly]), "961 875 368");
    assert_eq!(band([newly, total, made]), "875 368 961");
}

#[test]
fn a_total_before_all_others_is_read_where_its_place_is_sure() {
    let below = "商业企业 科研机构 社会公益组织 法律服务机构 其他";
    let rows = "一、本年新收政府信息公开申请数量 31 11 2 3 4 5 6\n二、上年结转政府信息公开申请数量 8 7 0 0 1 0 0\n（一）予以公开 11 8 1 0 0 0 2\n";
    let read = |header: &str, between: &str| {
        let text = format!("{TITLE}三、收到和处理政府信息公开申请情况\n申请人情况\n{header}\n{below}\n{rows}");
        let report = extract(&text.replace(' ', between));
        let table = report.tables.applications.as_ref();
        table.map(|table| row(table, "new")).unwrap_or_default()
    };
    let total_first = "11 2 3 4 5 6 31";
    for (header, wanted) in [
        ("总计 自然人 法人或其他组织", total_first),
        ("总计 自然人 法人或者其他组织", total_first),
        // Where the group stands is not said.
        ("总计 自然人", ""),
    ] {
        for between in ["\n", " "] {
            assert_eq!(read(header, between), wanted, "{header} {between:?}");
        }
    }
    assert_eq!(read("自然人 法人或其他组织 总计", "\n"), "31 11 2 3 4 5 6");
}

#[test]
fn a_sum_of_the_pages_own_below_the_name_of_a_group_is_passed_over() {
    let rows = "一、本年新收政府信息公开申请数量 11 2 3 4 5 6 20 31\n二、上年结转政府信息公开申请数量 7 0 0 1 0 0 1 8\n（一）予以公开 8 1 0 0 0 2 3 11\n";
    let header = "申请人情况 自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他 小计\n";
    for between in ["\t", "\n", " "] {
        let text = format!("{TITLE}三、收到和处理政府信息公开申请情况\n{header}{rows}");
        let report = extract(&text.replace(' ', between));
        let table = report.tables.applications.expect("table");
        assert_eq!(row(&table, "new"), "11 2 3 4 5 6 31", "{between:?}");
    }
    // A row with a number fewer is short of one.
    let short = rows.replace(" 6 20 31", " 20 31").replace(' ', "\n");
    let report = extract(&format!(
        "{TITLE}三、收到和处理政府信息公开申请情况\n{}{short}",
        header.replace(' ', "\n")
    ));
    let table = report.tables.applications.expect("table");
    assert_eq!(row(&table, "new"), "· · · · · · ·");
}

#[test]
fn a_group_of_applicants_without_its_parts_leaves_them_null() {
    let rows = [
        ("一、本年新收政府信息公开申请数量", [11, 20, 31]),
        ("二、上年结转政府信息公开申请数量", [7, 1, 8]),
        ("（一）予以公开", [8, 3, 11]),
    ];
    let rows: String = rows
        .iter()
        .map(|(label, [person, group, total])| format!("<tr><td>{label}<td>{person}<td>{group}<td>{total}"))
        .collect();
    let report = page(&format!(
        "<table><tr><td>申请人情况<td>自然人<td>法人或其他组织<td>总计{rows}</table>"
    ));
    let table = report.tables.applications.as_ref().expect("table");
    assert_eq!(row(table, "new"), "11 · · · · · 31");
    assert_eq!(codes(&report), ["form.column_missing"]);
}
