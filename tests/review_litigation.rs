//! The table of reviews and lawsuits, from whatever it was set in to figures: which figure belongs to which proceeding and outcome.

#![allow(clippy::expect_used)]

// Each test file uses what it needs.
#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{OUTCOMES, TITLE, codes, extract, report_of_2023, row};

#[test]
fn reviews_and_lawsuits_are_read_however_the_table_is_cut() {
    let expected = ["1 2 3 4 10", "5 6 7 8 26", "9 10 11 12 42"];
    let numbers = ["1\t2\t3\t4\t10", "5\t6\t7\t8\t26", "9\t10\t11\t12\t42"];
    let [a, b, c] = numbers;
    let whole = format!(
        "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t\n{OUTCOMES}\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\n\t\t\t\t\t{OUTCOMES}\t{OUTCOMES}\n{a}\t{b}\t{c}\n"
    );
    let small = format!(
        "行政复议\n\n{OUTCOMES}\n{a}\n\n行政诉讼（未经复议直接起诉）\n\n{OUTCOMES}\n{b}\n\n行政诉讼（复议后起诉）\n\n{OUTCOMES}\n{c}\n"
    );
    let by_row = format!("类别\t{OUTCOMES}\n行政复议\t{a}\n未经复议直接起诉\t{b}\n复议后起诉\t{c}\n");
    let swapped = format!(
        "复议后起诉\t\t\t\t\t行政复议\t\t\t\t\t未经复议直接起诉\t\t\t\t\n{OUTCOMES}\t{OUTCOMES}\t{OUTCOMES}\n{c}\t{a}\t{b}\n"
    );
    let stream = format!(
        "{}\n{}\n",
        whole.split_once(a).unwrap_or_default().0.replace('\t', "\n"),
        numbers.join("\n").replace('\t', "\n")
    );
    for (name, text) in [
        ("whole", whole),
        ("small", small),
        ("by row", by_row),
        ("swapped", swapped),
        ("stream", stream),
    ] {
        let report = extract(&format!("四、政府信息公开行政复议、行政诉讼情况\n\n{text}"));
        let table = report
            .tables
            .review_litigation
            .as_ref()
            .unwrap_or_else(|| panic!("{name}: no table"));
        let got: Vec<String> = ["review", "litigation_direct", "litigation_after_review"]
            .iter()
            .map(|g| row(table, g))
            .collect();
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn a_row_of_outcomes_that_lost_a_number_is_null() {
    let report = extract(&format!(
        "{OUTCOMES}\t{OUTCOMES}\t{OUTCOMES}\n{}\n",
        ["7"; 14].join("\t")
    ));
    let table = report
        .tables
        .review_litigation
        .as_ref()
        .expect("the table is there, its numbers are not");
    assert!(table.values.0.values().all(Option::is_none));
    assert_eq!(codes(&report), ["form.row_unclear"]);
}

#[test]
fn the_header_of_the_table_above_is_no_part_of_the_outcomes() {
    // All tables of the report in one run of rows, as text taken from a page row by row.
    let report = extract(&format!(
        "\t自然人\t法人或其他组织\t总计\n一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n行政复议\t行政诉讼\n{OUTCOMES}\t未经复议直接起诉\t复议后起诉\n\
         {OUTCOMES}\t{OUTCOMES}\n1\t2\t3\t4\t10\t5\t\t\t\t5\t\t6\t\t\t6\n",
    ));
    let table = report.tables.review_litigation.as_ref().expect("table");
    assert_eq!(row(table, "review"), "1 2 3 4 10");
}

#[test]
fn a_figure_of_lawsuits_below_no_name_makes_the_row_unclear() {
    let figures = "1\t2\t3\t4\t10\t5\t6\t7\t8\t26\t9";
    let names = format!("{OUTCOMES}\t{OUTCOMES}\t结果维持\t\t结果纠正\t其他结果\t尚未审结\t总计");
    let report = extract(&format!("{names}\n{figures}\t9\t10\t11\t12\t132\n"));
    let table = report.tables.review_litigation.as_ref().expect("the table is there");
    assert_eq!(row(table, "litigation_after_review"), "· · · · ·");
    assert_eq!(codes(&report), ["form.row_unclear"]);
    let torn = names.replace("其他结果\t尚未审结\t总计", "其他结果尚未审结\t\t总计");
    let report = extract(&format!("{torn}\n{figures}\t\t10\t11\t12\t42\n"));
    assert_eq!(codes(&report), ["form.row_unclear"]);
}

#[test]
fn names_of_proceedings_that_slipped_out_of_their_order_place_no_figure() {
    let page = |corner: &str, pending: &str| {
        let outcomes = format!("<td>结果维持<td>结果纠正<td>其他结果<td>{pending}<td>总计").repeat(3);
        format!(
            "<p>青禾县水务局2022年政府信息公开工作年度报告</p><p>四、政府信息公开行政复议、行政诉讼情况</p><table>\
             <tr>{corner}<td colspan=5 rowspan=2>行政复议<td colspan=10>行政诉讼\
             <tr><td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>{outcomes}\
             <tr><td>1<td>0<td>2<td>0<td>3<td>4<td>1<td>0<td>0<td>5<td>0<td>6<td>1<td>0<td>7</table>"
        )
    };
    let read = |page: &str| {
        let report = extract(page);
        let table = report.tables.review_litigation.clone().expect("the table is there");
        let groups = ["review", "litigation_direct", "litigation_after_review"];
        (groups.map(|group| row(&table, group)).join(" / "), report)
    };
    for pending in ["尚未审结", "尚\u{FFFD}审结"] {
        assert_eq!(
            read(&page("", pending)).0,
            "1 0 2 0 3 / 4 1 0 0 5 / 0 6 1 0 7",
            "{pending}"
        );
        let (figures, report) = read(&page("<td>", pending));
        assert_eq!(figures, "· · · · · / · · · · · / · · · · ·", "{pending}");
        assert!(codes(&report).contains(&"form.row_unclear"), "{pending}");
    }
}

/// Figures of table 4 under rows of values, each of a label and 15 figures.
fn reviews(rows: &[(&str, [u32; 15])], markup: bool) -> (Report, Vec<String>) {
    let names: Vec<&str> = OUTCOMES.split('\t').collect();
    let outcomes = names.repeat(3);
    let text = if markup {
        let cells = |row: &[u32; 15]| row.iter().map(|figure| format!("<td>{figure}")).collect::<String>();
        let body: String = rows
            .iter()
            .map(|(label, row)| format!("<tr><td>{label}{}", cells(row)))
            .collect();
        format!(
            "<table><tr><td rowspan=3>年度<td colspan=5>行政复议<td colspan=10>行政诉讼\
             <tr>{}<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>{}{body}</table>",
            names
                .iter()
                .map(|name| format!("<td rowspan=2>{name}"))
                .collect::<String>(),
            outcomes[5..]
                .iter()
                .map(|name| format!("<td>{name}"))
                .collect::<String>(),
        )
    } else {
        let cells = |row: &[u32; 15]| row.iter().map(|figure| format!(" {figure}")).collect::<String>();
        let body: String = rows
            .iter()
            .map(|(label, row)| format!("<p>{label}{}</p>", cells(row)))
            .collect();
        format!(
            "<p>行政复议 未经复议直接起诉 复议后起诉</p><p>{}</p>{body}",
            outcomes.join(" ")
        )
    };
    let report = report_of_2023(&text);
    let groups = ["review", "litigation_direct", "litigation_after_review"];
    let table = report.tables.review_litigation.as_ref();
    let read = groups.map(|group| table.map(|table| row(table, group)).unwrap_or_default());
    let read = read.to_vec();
    (report, read)
}

#[test]
fn of_several_rows_of_reviews_only_the_reports_own_is_read() {
    let ours = [1, 0, 2, 0, 3, 4, 0, 0, 1, 5, 0, 0, 6, 0, 6];
    let other = [2, 2, 0, 0, 4, 0, 0, 7, 0, 7, 8, 0, 0, 1, 9];
    let numbers: [u32; 15] = std::array::from_fn(|at| at as u32 + 1);
    let read = ["1 0 2 0 3", "4 0 0 1 5", "0 0 6 0 6"];
    let unread = ["· · · · ·"; 3];
    for markup in [true, false] {
        for (rows, expected) in [
            (&[("2022年", other), ("2023年", ours)][..], read),
            (&[("2023年", ours), ("2022年", other)], read),
            (&[("局机关", other), ("下属单位", other), ("合计", ours)], read),
            // In running text the first word may be the last outcome.
            (&[("合计", ours), ("局机关", other)], if markup { read } else { unread }),
            (&[("栏次", numbers), ("数量", ours)], read),
            (&[("局机关", other), ("下属单位", ours)], unread),
            (&[("本局", ours)], read),
        ] {
            let (report, figures) = reviews(rows, markup);
            assert_eq!(figures, expected, "{markup} {rows:?} {:?}", codes(&report));
            assert_eq!(
                codes(&report).contains(&"form.row_unclear"),
                expected == unread,
                "{rows:?}"
            );
        }
    }
}

#[test]
fn figures_are_not_of_a_proceeding_that_is_named_beside_their_outcomes() {
    let outcomes: String = OUTCOMES.split('\t').map(|name| format!("<td>{name}")).collect();
    let blank = |count: usize| "<td>".repeat(count);
    let both = |figure: u32| -> String {
        OUTCOMES
            .split('\t')
            .map(|name| format!("<td>{name}<br>{figure}"))
            .collect()
    };
    // The names of the lawsuits' outcomes and their figures were put into one row.
    let text = format!(
        "<table><tr><td>行政复议{}<td>行政诉讼{}<tr>{outcomes}<td>未经复议直接起诉{}<td>复议后起诉{}\
         <tr><td>6<td>8<td>1<td>0<td>15{}{}</table>",
        blank(4),
        blank(9),
        blank(4),
        blank(4),
        both(21),
        both(38),
    );
    let report = report_of_2023(&text);
    let table = report.tables.review_litigation.as_ref().unwrap();
    for group in ["litigation_direct", "litigation_after_review"] {
        assert_eq!(row(table, group), "· · · · ·", "{group}");
    }
    assert!(codes(&report).contains(&"form.row_unclear"), "{:?}", codes(&report));
}

#[test]
fn outcomes_without_a_name_are_told_by_their_order_only_where_all_three_are_there() {
    let outcomes: String = OUTCOMES.split('\t').map(|name| format!("<td>{name}")).collect();
    let one = |figures: &str| format!("<table><tr>{outcomes}<tr>{figures}</table>");
    let some = [
        "<td>1<td>2<td>3<td>4<td>10",
        "<td>5<td>0<td>0<td>0<td>5",
        "<td>0<td>6<td>0<td>0<td>6",
    ];
    let of = |report: &Report| -> Vec<String> {
        let table = report.tables.review_litigation.as_ref().unwrap();
        let groups = ["review", "litigation_direct", "litigation_after_review"];
        groups.map(|group| row(table, group)).to_vec()
    };
    let all = report_of_2023(&some.map(one).concat());
    assert_eq!(of(&all), ["1 2 3 4 10", "5 0 0 0 5", "0 6 0 0 6"]);
    for count in [1, 2] {
        let part = report_of_2023(&some[..count].iter().map(|figures| one(figures)).collect::<String>());
        assert_eq!(of(&part), ["· · · · ·"; 3], "{count}");
        assert!(codes(&part).contains(&"form.row_unclear"), "{:?}", codes(&part));
    }
    // Three names above two runs of outcomes, and the third run elsewhere.
    let two = format!(
        "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉<td>复议后起诉<tr>{outcomes}{outcomes}<tr>{}{}</table>",
        some[0], some[1]
    );
    let report = report_of_2023(&(two + &one(some[2])));
    assert_eq!(of(&report)[0], "· · · · ·");
}

#[test]
fn outcomes_of_reviews_below_torn_names_are_read_only_from_one_line() {
    let torn = |values: &str| {
        let names = ["结果 结果 其他 尚未 总 ".repeat(3), "维持 纠正 结果 审结 计 ".repeat(3)].join("\n");
        let report = extract(&format!(
            "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n{names}\n{values}\n五、存在的主要问题及改进情况\n"
        ));
        let table = report.tables.review_litigation;
        table.map(|table| row(&table, "litigation_direct")).unwrap_or_default()
    };
    assert_eq!(torn("1 2 3 4 10 5 6 7 8 26 1 1 1 1 4"), "5 6 7 8 26");
    assert_eq!(
        torn(&"1 2 3 4 10 5 6 7 8 26 1 1 1 1 4".replace(' ', "\n")),
        "5 6 7 8 26"
    );
    // 26 may stand anywhere in the line beside it.
    for values in [
        "26\n1 2 3 4 10 5 6 7 8 1 1 1 1 4",
        "1 2 3 4 10\n26\n5 6 7 8 1 1 1 1 4",
        "1 2 3 4 10 5 6 7 8 1 1 1 1 4\n26",
    ] {
        assert_eq!(torn(values), "· · · · ·", "{values}");
    }
}

#[test]
fn a_cell_of_reviews_that_is_no_number_leaves_the_others_in_place() {
    let page = "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>"
        .to_string()
        + &format!("<td>{}", OUTCOMES.replace('\t', "<td>")).repeat(3)
        + "<tr><td>1<td>0<td>约2<td>0<td>3<td>4<td>0<td>0<td>1<td>5<td>0<td>0<td>6<td>0<td>6①</table>";
    let report = report_of_2023(&page);
    let table = report.tables.review_litigation.as_ref().expect("the table is there");
    assert_eq!(row(table, "review"), "1 0 · 0 3");
    assert_eq!(row(table, "litigation_direct"), "4 0 0 1 5");
    assert_eq!(row(table, "litigation_after_review"), "0 0 6 0 ·");
    assert_eq!(codes(&report), ["form.value_not_a_number", "form.value_not_a_number"]);
}

#[test]
fn a_damaged_name_between_outcomes_in_their_places_costs_no_figure_and_another_name_is_none_of_them() {
    let page = |name: &str| {
        let names = OUTCOMES.replace('\t', "<td>");
        "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>".to_string()
            + &format!("<td>{names}<td>{names}<td>{}", names.replace("尚未审结", name))
            + &format!(
                "<tr><td>{}</table>",
                "1 0 2 0 3 9 0 0 0 9 0 3 4 5 12".replace(' ', "<td>")
            )
    };
    for damaged in ["尚末审结", "\u{FFFD}结"] {
        let report = report_of_2023(&page(damaged));
        let table = report.tables.review_litigation.as_ref().expect("the table is there");
        assert_eq!(row(table, "litigation_after_review"), "0 3 4 5 12", "{damaged}");
        assert_eq!(codes(&report), ["form.columns_by_count"], "{damaged}");
    }
    for other in ["其中撤诉", "部分审结", "尚末宙结"] {
        let report = report_of_2023(&page(other));
        let table = report.tables.review_litigation.as_ref().expect("the table is there");
        assert_eq!(row(table, "litigation_after_review"), "· · · · ·", "{other}");
    }
}

#[test]
fn a_row_of_reviews_with_a_cell_too_many_and_a_blank_one_may_have_slipped_aside() {
    let page = |row: &str| {
        "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>".to_string()
            + &format!("<td>{}", OUTCOMES.replace('\t', "<td>")).repeat(3)
            + &format!("<tr><td>{}</table>", row.replace(' ', "<td>"))
    };
    // Nobody can say whether the third cell is blank or was put in between, so that 9 belongs to 结果维持 of those who sued at once.
    let report = report_of_2023(&page("1 0  2 0  9 0 0 0  0 3 0 0 "));
    let table = report.tables.review_litigation.as_ref().expect("the table is there");
    assert_eq!(row(table, "litigation_direct"), "· · · · ·");
    assert_eq!(codes(&report), ["form.row_unclear"]);
    // Without a blank cell before it, the cell too many is padding.
    let report = report_of_2023(&page("1 0 2 0 3 9 0 0 0 9 0 3 0 0 3 "));
    let table = report.tables.review_litigation.as_ref().expect("the table is there");
    assert_eq!(row(table, "litigation_direct"), "9 0 0 0 9");
}

#[test]
fn outcomes_broken_over_two_lines_of_a_table_with_pipes_have_not_slipped_aside() {
    let header = format!("| {} |\n|---|---|---|---|---|\n", OUTCOMES.replace('\t', " | "));
    let report = extract(&format!(
        "{TITLE}### 行政复议\n\n{header}| 5 | 15 | 4 | 14 | \n38 |\n\n### 行政诉讼 - 未经复议直接起诉\n\n{header}| 7 | 6 | 17 | 11 | 41 |\n"
    ));
    let table = report.tables.review_litigation.expect("the table is there");
    assert_eq!(row(&table, "review"), "· · · · ·");
    assert_eq!(row(&table, "litigation_direct"), "7 6 17 11 41");
}

#[test]
fn rows_with_names_of_their_own_are_no_proceedings_by_their_order() {
    let cells = |texts: &str| texts.split('\t').map(|text| format!("<td>{text}")).collect::<String>();
    let rows = |[first, second, third]: [&str; 3]| {
        let report = report_of_2023(&format!(
            "<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td>类别{header}<tr><td>{first}{}<tr><td>{second}{}<tr><td>{third}{}</table>",
            cells("1\t2\t3\t4\t10"),
            cells("5\t6\t7\t8\t26"),
            cells("9\t10\t11\t12\t42"),
            header = cells(OUTCOMES),
        ));
        let table = report.tables.review_litigation;
        table.map(|table| row(&table, "litigation_direct")).unwrap_or_default()
    };
    assert_eq!(rows(["行政复议", "未经复议直接起诉", "复议后起诉"]), "5 6 7 8 26");
    assert_eq!(rows(["行政复议", "一审", "二审"]).replace([' ', '·'], ""), "");
}

#[test]
fn lawsuits_without_borders_are_read_only_where_each_digit_is_a_number() {
    let header = "行政复议行政诉讼未经复议直接起诉复议后起诉结果维持结果纠正其他结果尚未审结总计\
                  结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计";
    let upheld = |digits: &str| {
        let report = extract(&format!(
            "{TITLE}四、政府信息公开行政复议、行政诉讼情况\n{header}{digits}\n"
        ));
        report
            .tables
            .review_litigation
            .and_then(|table| table.values.get("review.upheld"))
    };
    assert_eq!(upheld("310262010310012"), Some(3.into()));
    // Read as 0 0 0 0 0, 0 0 35 0 35 the sums hold, but a wrong sum may be printed.
    assert_eq!(upheld("00000003503500000"), None);
}
