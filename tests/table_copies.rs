//! Several copies of one table in one document: which is read, and that none is where they contradict each other.

#![allow(missing_docs, clippy::expect_used)]

use nianbao::Report;
use nianbao::read::Hints;

const TITLE: &str = "<h1>青禾县水务局2023年政府信息公开工作年度报告</h1>";
const OUTCOMES: &str = "<tr><td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计";

fn read(body: &str) -> Report {
    let page = format!("<meta charset=utf-8>{TITLE}{body}");
    nianbao::extract(page.as_bytes(), &Hints::default()).expect("read")
}

/// Table 2 of the form of 2021, with the rules issued, repealed and in force.
fn rules(issued: u32, repealed: u32, in_force: u32) -> String {
    format!(
        "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数\
         <tr><td>规章<td>{issued}<td>{repealed}<td>{in_force}<tr><td>行政规范性文件<td>4<td>5<td>6\
         <tr><td>信息内容<td colspan=3>本年处理决定数量<tr><td>行政许可<td colspan=3>70</table>"
    )
}

fn reviews(values: [u32; 5]) -> String {
    let cells: String = values.iter().map(|value| format!("<td>{value}")).collect();
    format!("<table><tr><td colspan=5>行政复议{OUTCOMES}<tr>{cells}</table>")
}

fn figure(report: &Report, pointer: &str) -> Option<String> {
    let report = serde_json::to_value(report).expect("JSON");
    let value = report.pointer(&format!("/tables/{pointer}")).expect("the key is there");
    (!value.is_null()).then(|| value.to_string())
}

fn says(report: &Report, code: &str) -> bool {
    report.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

#[test]
fn figures_in_which_two_copies_differ_are_null() {
    let report = read(&(rules(1, 2, 3) + "<p>情况说明</p>" + &rules(1, 9, 3)));
    let rules = |column: &str| figure(&report, &format!("proactive_disclosure/values/regulations/{column}"));
    assert_eq!(rules("issued").as_deref(), Some("1"));
    assert_eq!(rules("repealed"), None);
    assert_eq!(rules("in_force").as_deref(), Some("3"));
    let notice = report
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.code == "form.copies_conflict");
    let message = &notice.expect("the conflict is noticed").message;
    assert!(message.contains("regulations.repealed is 2 and 9"), "{message}");
}

#[test]
fn a_figure_that_one_of_two_differing_copies_cannot_show_is_null() {
    for unread in ["8<br>4", ""] {
        let other = rules(1, 9, 3).replace("<td>3<tr>", &format!("<td>{unread}<tr>"));
        for body in [
            rules(1, 2, 3) + "<p>其中：</p>" + &other,
            other.clone() + "<p>其中：</p>" + &rules(1, 2, 3),
        ] {
            let report = read(&body);
            let rules = |column: &str| figure(&report, &format!("proactive_disclosure/values/regulations/{column}"));
            assert_eq!(rules("issued").as_deref(), Some("1"), "{body}");
            assert_eq!((rules("repealed"), rules("in_force")), (None, None), "{body}");
        }
    }
}

#[test]
fn copies_that_agree_cost_nothing() {
    let report = read(&(rules(1, 2, 3) + "<p>情况说明</p>" + &rules(1, 2, 3)));
    assert_eq!(
        figure(&report, "proactive_disclosure/values/regulations/repealed").as_deref(),
        Some("2")
    );
    assert!(says(&report, "form.table_repeated") && !says(&report, "form.copies_conflict"));
}

#[test]
fn a_copy_that_is_said_to_be_of_another_year_contradicts_nothing() {
    let report = read(&(rules(1, 2, 3) + "<p>2022年情况</p>" + &rules(1, 9, 3)));
    assert_eq!(
        figure(&report, "proactive_disclosure/values/regulations/repealed").as_deref(),
        Some("2")
    );
    assert!(!says(&report, "form.copies_conflict"));
}

#[test]
fn figures_in_which_two_tables_of_reviews_differ_are_null() {
    let report = read(&(reviews([1, 2, 3, 4, 10]) + "<p>情况说明</p>" + &reviews([1, 2, 3, 5, 11])));
    let review = |column: &str| figure(&report, &format!("review_litigation/values/review/{column}"));
    assert_eq!(review("upheld").as_deref(), Some("1"));
    assert_eq!((review("pending"), review("total")), (None, None));
    assert!(says(&report, "form.copies_conflict"));
}

#[test]
fn the_sentences_and_the_signature_of_a_second_report_are_not_the_firsts() {
    let report = |agency: &str, year: u16, count: u16, signature: &str| {
        format!(
            "<h1>{agency}{year}年政府信息公开工作年度报告</h1><p>一、总体情况</p>\
             <p>{year}年，我局主动公开政府信息{count}条。</p><p>二、主动公开政府信息情况</p>{}{signature}",
            rules(1, 2, 3)
        )
    };
    let second = report("葭浦县水务局", 2021, 84, "<p>葭浦县水务局</p><p>2022年1月20日</p>");
    let page = report("青禾县水务局", 2023, 67, "") + &second;
    let read = nianbao::extract(format!("<meta charset=utf-8>{page}").as_bytes(), &Hints::default()).expect("read");
    assert!(says(&read, "metadata.other_report"));
    assert_eq!(read.report.published, None);
    let counts: Vec<String> = read
        .narrative_figures
        .iter()
        .map(|figure| figure.value.to_string())
        .collect();
    assert_eq!(counts, ["67"]);
}

#[test]
fn a_number_with_a_space_inside_is_null_where_another_copy_says_another() {
    let applications = |new: &str, total: &str| {
        let row = |label: &str, first: &str, last: &str| {
            format!("<tr><td>{label}<td>{first}<td>0<td>0<td>0<td>0<td>0<td>{last}")
        };
        format!(
            "<table><tr><td>项目<td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计{}{}{}</table>",
            row("一、本年新收政府信息公开申请数量", new, total),
            row("二、上年结转政府信息公开申请数量", "3", "3"),
            row("（一）予以公开", "4", "4")
        )
    };
    let new = |body: &str| figure(&read(body), "applications/values/new/natural_person");
    let first = applications("1 234", "1234");
    assert_eq!(new(&first).as_deref(), Some("1234"));
    assert_eq!(new(&(first + "<p>情况说明</p>" + &applications("99", "99"))), None);
}
