//! Headers of printed tables whose names were torn over lines, as where the text of a page was taken out of its file.

#![allow(clippy::expect_used)]

// Each test file uses what it needs.
#[allow(dead_code)]
mod table_support;

use table_support::{TITLE, codes, extract, row};

/// The figures of `new` below a header, and the codes of what was said.
fn new_below(header: &[&str]) -> (String, Vec<String>) {
    let report = extract(&format!(
        "{TITLE}三、收到和处理政府信息公开申请情况\n{}\n一、本年新收政府信息公开申请数量 31 4 7 12 5 9 68\n\
         二、上年结转政府信息公开申请数量 2 0 6 0 1 0 9\n（一）予以公开 13 3 8 0 1 6 31\n（七）总计 13 3 8 0 1 6 31\n",
        header.join("\n")
    ));
    let said = codes(&report).into_iter().map(str::to_owned).collect();
    let table = report.tables.applications.as_ref();
    (table.map(|table| row(table, "new")).unwrap_or_default(), said)
}

/// Holds a header against the figures that it gives; without any, what is said has to name the table.
fn assert_new(header: &[&str], wanted: &str) {
    let (found, said) = new_below(header);
    assert_eq!(
        found.replace(['·', ' '], "").is_empty(),
        wanted.is_empty(),
        "{header:?}: {found}"
    );
    if wanted.is_empty() {
        assert!(
            said.iter().any(|code| code == "form.row_unclear"),
            "{header:?}: {said:?}"
        );
    } else {
        assert_eq!(found, wanted, "{header:?}");
    }
}

const IN_ORDER: &str = "31 4 7 12 5 9 68";

#[test]
fn names_torn_over_lines_of_their_own_are_put_together_and_another_order_is_not_counted() {
    let torn = |low: &[&'static str]| [&["申请人情况", "自然", "人", "法人或其他组织", "总计"], low].concat();
    let in_order = [
        "商业企",
        "业",
        "科研机",
        "构",
        "社会公益",
        "组织",
        "法律服务",
        "机构",
        "其",
        "他",
    ];
    assert_new(&torn(&in_order), IN_ORDER);
    let another = [
        "法律服务",
        "机构",
        "社会公益",
        "组织",
        "商业企",
        "业",
        "其",
        "他",
        "科研机",
        "构",
    ];
    assert_new(&torn(&another), "");
}

#[test]
fn parts_of_names_on_one_line_tell_another_order() {
    let in_order = ["自然 商业 科研 社会公 法律服 其他 总计", "人 企业 机构 益组织 务机构"];
    assert_new(&in_order, IN_ORDER);
    // The cells are not all as high.
    assert_new(
        &["社会公 法律服", "自然人 商业企业 科研机构 益组织 务机构 其他 总计"],
        IN_ORDER,
    );
    assert_new(
        &[
            "社会公益 科研机 商业企 其 法律服务 自然",
            "人 总计",
            "组织 构 业 他 机构",
        ],
        "",
    );
    assert_new(
        &[
            "自然人 科研机构 商业企业 法人或其他组织",
            "社会公益组织 法律服务机构 其他 总计",
        ],
        "",
    );
}

#[test]
fn a_group_that_stands_before_the_natural_persons_comes_before_them() {
    let low = "商业企业 科研机构 社会公益组织 法律服务机构 其他";
    assert_new(&["自然人 法人或其他组织 总计", low], IN_ORDER);
    assert_new(&["法人或其他组织 自然人 总计", low], "9 31 4 7 12 5 68");
    assert_new(&["法人或其他组织 自然", "人 总计", low], "");
    // A name that is centred between two lines stands on neither.
    assert_new(&["法人或其他组织", "自然人 总计", low], IN_ORDER);
}

#[test]
fn names_of_other_columns_one_on_a_line_are_not_counted() {
    let ways = [
        "网络申请",
        "信函申请",
        "当面申请",
        "传真申请",
        "电子邮件",
        "其他",
        "总计",
    ];
    assert_new(&[&["按申请方式"][..], &ways].concat(), "");
    assert_new(&ways[..6], "");
}

#[test]
fn outcomes_below_a_proceeding_that_another_parts_are_not_told_by_its_order() {
    let outcomes = "结果维持 结果纠正 其他结果 尚未审结 总计";
    let read = |names: &str| {
        let report = extract(&format!(
            "{TITLE}四、政府信息公开行政复议、行政诉讼情况\n{names}\n{outcomes} {outcomes} {outcomes}\n17 0 8 9 34 3 16 12 0 31 5 1 19 0 25\n"
        ));
        let table = report.tables.review_litigation.as_ref().expect("table");
        ["review", "litigation_direct", "litigation_after_review"].map(|group| row(table, group))
    };
    let in_order = ["17 0 8 9 34", "3 16 12 0 31", "5 1 19 0 25"];
    assert_eq!(read("行政复议 行政诉讼\n未经复议直接起诉 复议后起诉"), in_order);
    assert_eq!(
        read("行政复议 行政诉讼 行政诉讼\n未经复议直接起诉 复议后起诉"),
        in_order
    );
    let [nothing, ..] = read("行政诉讼 行政复议 行政诉讼\n复议后起诉 未经复议直接起诉");
    assert_eq!(nothing, "· · · · ·");
}
