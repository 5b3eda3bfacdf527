//! Numbers in the cells of the statistical tables: units, blanks, damage, digits that run together.

#![allow(clippy::expect_used)]

// Each test file uses what it needs.
#[allow(dead_code)]
mod table_support;

use nianbao::report::{Report, State};
use table_support::{TITLE, applications, codes, extract, row};

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
