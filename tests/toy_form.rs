//! A new form is a new file: one that nobody knows is added as text, and everything that reads or writes figures has it.
//!
//! The forms can be added to only before they are first used, so these tests have a process of their own.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::sync::Once;

use nianbao::report::{Number, Report, State, Status, pointer};
use nianbao::write::{codebook, rows, table::Value, tables};

/// As the file `schema/forms/toy.toml` would have it.
const TOY: &str = r#"
id = "toy"
years = "2031 onward"
from = 2031
legal_source = "青办函〔2031〕5号"
sections = [{ key = "overview", content = "words" }, { key = "statistics" }]

[[tables]]
key = "statistics"
label = "灯塔开放情况统计表"
english = "lighthouses open to visitors"

[[tables.bands]]
columns = [
  { key = "towers", label = "灯塔座数", english = "towers", unit = "座" },
  { key = "visitors", label = "登塔人次", english = "visitors", unit = "人次" },
  { key = "change", label = "人次增减", english = "change of visitors", unit = "人次", signed = true },
]
rows = [
  { key = "lighthouses.coast", label = "沿海灯塔", english = "on the coast" },
  { key = "lighthouses.river", label = "内河灯塔", english = "on rivers" },
  { key = "lighthouses.lake", label = "湖区灯塔", english = "on lakes" },
  { key = "lighthouses.sum", label = "灯塔合计", english = "all" },
]

[[tables.rules]]
code = "statistics.lighthouses"
each = "column"
left = ["lighthouses.sum"]
right = ["lighthouses.coast", "lighthouses.river", "lighthouses.lake"]
english = "All lighthouses are those on the coast, on rivers and on lakes."
chinese = "灯塔合计＝沿海＋内河＋湖区。"
"#;

const PAGE: &str = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>年报</title></head><body>
<h1>青禾县航道局2031年政府信息公开工作年度报告</h1>
<p>一、总体情况</p><p>2031年，本局继续开放灯塔，向公众公布各灯塔的开放时间、登塔人次和维护安排，并在门户网站上及时更新，接受社会监督。</p><p>本局继续开放灯塔，向公众公布各灯塔的开放时间、登塔人次和维护安排，在门户网站上及时更新，接受社会监督；游客可以电话或者书面提出意见，本局在规定期限内答复。</p>
<p>本局继续开放灯塔，向公众公布各灯塔的开放时间、登塔人次和维护安排，在门户网站上及时更新，接受社会监督；游客可以电话或者书面提出意见，本局在规定期限内答复。</p>
<p>二、政府信息公开情况统计表</p>
<table>
<tr><td>类别</td><td>灯塔座数</td><td>登塔人次</td><td>人次增减</td></tr>
<tr><td>沿海灯塔</td><td>17</td><td>4211</td><td>-38</td></tr>
<tr><td>内河灯塔</td><td>5</td><td>906</td><td>12</td></tr>
<tr><td>湖区灯塔</td><td>2</td><td>/</td><td>0</td></tr>
<tr><td>灯塔合计</td><td>24</td><td>5117</td><td>-26</td></tr>
</table>
</body></html>";

/// The forms with the toy among them, and the page read.
fn report() -> Report {
    static ADDED: Once = Once::new();
    ADDED.call_once(|| {
        nianbao::forms::add(&[("toy", TOY)]).expect("the form is sound, and nobody has used the forms before")
    });
    nianbao::extract(PAGE.as_bytes(), &nianbao::read::Hints::default()).expect("a page is read")
}

fn key(row: &str, column: &str) -> String {
    format!("lighthouses.{row}.{column}")
}

#[test]
fn its_figures_are_read() {
    let report = report();
    let table = report.tables.get("statistics").expect("the table");
    assert_eq!(table.form.as_deref(), Some("toy"));
    for (row, figures) in [
        ("coast", [Some(17), Some(4211), Some(-38)]),
        ("river", [Some(5), Some(906), Some(12)]),
        ("lake", [Some(2), None, Some(0)]),
        ("sum", [Some(24), Some(5117), Some(-26)]),
    ] {
        let read = ["towers", "visitors", "change"].map(|column| table.values.get(&key(row, column)));
        assert_eq!(read, figures.map(|figure| figure.map(Number::from)), "{row}");
    }
    let evidence = &report.evidence[&pointer::figure("statistics", &key("lake", "visitors"))];
    assert_eq!(
        (evidence.raw.as_deref(), evidence.state),
        (Some("/"), State::Placeholder)
    );
}

#[test]
fn the_schema_knows_it() {
    let report = serde_json::to_value(report()).unwrap();
    let validator = jsonschema::validator_for(&nianbao::report::schema()).unwrap();
    let errors = |report| {
        validator
            .iter_errors(report)
            .map(|error| error.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(errors(&report), Vec::<String>::new());
    let mut wrong = report.clone();
    wrong["tables"]["statistics"]["values"]["lighthouses"]["hill"] =
        wrong["tables"]["statistics"]["values"]["lighthouses"]["lake"].clone();
    assert!(!errors(&wrong).is_empty(), "a row that the form does not have");
}

#[test]
fn the_codebook_lists_it() {
    report();
    let line = "statistics.lighthouses.coast.visitors,statistics,toy,灯塔开放情况统计表 / 沿海灯塔 / 登塔人次,\
                \"lighthouses open to visitors: on the coast, visitors\",人次,青办函〔2031〕5号,yes\n";
    assert!(codebook::to_csv().contains(line));
    assert_eq!(codebook::lines().iter().filter(|line| line.form == "toy").count(), 12);
}

#[test]
fn its_rules_are_checked_and_explained() {
    let mut report = report();
    let outcomes = |report: &Report| -> Vec<Status> {
        let checks = nianbao::check::check(report);
        let sums = checks.iter().filter(|check| check.code == "statistics.lighthouses");
        sums.map(|check| check.status).collect()
    };
    assert_eq!(outcomes(&report), [Status::Pass, Status::Unknown, Status::Pass]);
    let explained = nianbao::explain::explain("statistics.lighthouses").expect("an explanation");
    assert_eq!(explained.chinese, "灯塔合计＝沿海＋内河＋湖区。");
    let status = |report: &Report, code: &str| -> Vec<Status> {
        let checks = nianbao::check::check(report);
        checks
            .iter()
            .filter(|check| check.code == code)
            .map(|check| check.status)
            .collect()
    };
    // A change may be below zero, and the form's two sections and one table are there.
    assert_eq!(status(&report, "counts.not_negative"), [Status::Pass]);
    assert_eq!(status(&report, "structure.rows_present"), [Status::Pass]);
    assert!(status(&report, "structure.section_present").ends_with(&[Status::Pass, Status::Pass]));

    let table = report.tables.present_mut().next().expect("the table").1;
    table.values.0.insert(key("sum", "towers"), Some(23.into()));
    table.values.0.insert(key("river", "visitors"), Some((-906).into()));
    assert_eq!(outcomes(&report)[0], Status::Fail);
    assert_eq!(status(&report, "counts.not_negative"), [Status::Fail]);
    report.tables.set("statistics", None);
    assert!(status(&report, "structure.table_present").contains(&Status::Fail));
}

#[test]
fn the_dataset_has_its_figures() {
    let report = report();
    let mut made = rows::empty();
    rows::add_report(&mut made, &report, &rows::Links::default());
    let all = tables::tables();
    let place = |table: usize, name: &str| {
        all[table]
            .columns
            .iter()
            .position(|column| column.name == name)
            .expect("a column")
    };
    let key = format!("statistics.{}", key("coast", "visitors"));
    let figures = &made[tables::FIGURES];
    assert_eq!(figures.len(), 12);
    let figure = figures
        .iter()
        .find(|row| row[place(tables::FIGURES, "key")] == key.as_str().into())
        .expect("a row");
    let cell = |name: &str| figure[place(tables::FIGURES, name)].clone();
    let number = |number: i64| Value::from(Some(number).map(|number| Number::from(number).0));
    assert_eq!(
        [cell("form"), cell("unit"), cell("raw")],
        ["toy".into(), "人次".into(), "4211".into()]
    );
    assert_eq!(cell("value"), number(4211));
    assert_eq!(made[tables::WIDE][0][place(tables::WIDE, &key)], number(4211));
    assert_eq!(
        made[tables::REPORTS][0][place(tables::REPORTS, "form_statistics")],
        "toy".into()
    );
}
