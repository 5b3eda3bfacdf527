//! Every rule passes on a sound report, fails on a wrong one, and is unknown where a figure that it needs is missing.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use nianbao::check::{check, registry};
use nianbao::document::Origin;
use nianbao::forms::forms;
use nianbao::report::{
    Basis, Check, Evidence, Generator, Metadata, NarrativeFigure, Number, Period, Report, Scope, Section, Source,
    State, Status, Table, Tables, Values,
};

fn origin() -> Origin {
    Origin::text(1, 1)
}

/// A table of a form with every figure 0 except those given.
fn table(form: &str, key: &str, figures: &[(&str, i64)]) -> Table {
    let form = forms().iter().find(|candidate| candidate.id == form).expect("a form");
    let cells = form
        .table(key)
        .expect("a table")
        .cells()
        .filter(|cell| !cell.row.optional);
    let mut values = Values(cells.map(|cell| (cell.key(), Some(0.into()))).collect());
    for (key, value) in figures {
        values.0.insert(key.to_string(), Some((*value).into()));
    }
    Table {
        form: Some(form.id.clone()),
        values,
        extra_rows: Vec::new(),
        origin: origin(),
    }
}

fn section(key: &str, text: &str) -> Section {
    Section {
        key: Some(key.into()),
        also: Vec::new(),
        number: None,
        heading: key.into(),
        level: 1,
        text: text.into(),
        children: Vec::new(),
        origin: origin(),
    }
}

/// A report of form 2021 whose figures agree with each other.
fn sound() -> Report {
    let applications = [
        ("new.natural_person", 12),
        ("new.commercial_enterprise", 3),
        ("new.total", 15),
        ("carried_over.natural_person", 2),
        ("carried_over.total", 2),
        ("granted.natural_person", 7),
        ("granted.commercial_enterprise", 1),
        ("granted.total", 8),
        ("denied.state_secret.natural_person", 4),
        ("denied.state_secret.total", 4),
        ("other_handling.other.commercial_enterprise", 2),
        ("other_handling.other.total", 2),
        ("results_total.natural_person", 11),
        ("results_total.commercial_enterprise", 3),
        ("results_total.total", 14),
        ("carried_forward.natural_person", 3),
        ("carried_forward.total", 3),
    ];
    let disputes = [
        ("review.upheld", 5),
        ("review.pending", 1),
        ("review.total", 6),
        ("litigation_direct.other", 2),
        ("litigation_direct.total", 2),
        ("litigation_after_review.corrected", 7),
        ("litigation_after_review.total", 7),
    ];
    Report {
        schema_version: 1,
        generator: Generator {
            name: "nianbao".into(),
            version: "0".into(),
        },
        source: Source::default(),
        report: Metadata {
            year: Some(2022),
            period: Some(Period {
                start: "2022-01-01".into(),
                end: "2022-12-31".into(),
            }),
            ..Metadata::default()
        },
        sections: vec![
            section("overview", "2022年，工作平稳。"),
            section("proactive_disclosure", ""),
            section("applications", ""),
            section("review_litigation", ""),
            section("problems", "力度不够。"),
            section("other_matters", "未收取信息处理费。"),
        ],
        tables: Tables {
            proactive_disclosure: Some(table(
                "2021",
                "proactive_disclosure",
                &[("normative_documents.in_force", 9)],
            )),
            applications: Some(table("2021", "applications", &applications)),
            review_litigation: Some(table("2021", "review_litigation", &disputes)),
            statistics: None,
        },
        narrative_figures: Vec::new(),
        other_tables: Vec::new(),
        evidence: Default::default(),
        checks: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn set(report: &mut Report, pointer: &str, value: Option<Number>) {
    let (name, key) = pointer.split_once('/').expect("table/key");
    let mut tables = report.tables.present_mut();
    let (_, table) = tables.find(|(key, _)| *key == name).expect("the table");
    table.values.0.insert(key.into(), value);
}

fn of(checks: &[Check], status: Status) -> Vec<&str> {
    let mut codes: Vec<&str> = checks
        .iter()
        .filter(|c| c.status == status)
        .map(|c| c.code.as_str())
        .collect();
    codes.dedup();
    codes
}

fn only<'a>(checks: &'a [Check], code: &str) -> &'a Check {
    let found: Vec<_> = checks.iter().filter(|check| check.code == code).collect();
    assert_eq!(found.len(), 1, "{code}: {found:#?}");
    found[0]
}

#[test]
fn a_sound_report_passes_everything() {
    let checks = check(&sound());
    assert!(
        checks.iter().all(|check| check.status == Status::Pass),
        "{:#?}",
        checks.iter().find(|c| c.status != Status::Pass)
    );
    let count = |code: &str| checks.iter().filter(|check| check.code == code).count();
    assert_eq!(count("applications.balance"), 7, "one a column");
    assert_eq!(count("applications.results_total"), 7);
    assert_eq!(count("applications.row_total"), 25, "one a row");
    assert_eq!(count("review_litigation.total"), 3, "one a group");
}

#[test]
fn a_wrong_figure_fails_the_sums_that_it_is_part_of() {
    for (pointer, codes) in [
        (
            "applications/new.natural_person",
            vec!["applications.balance", "applications.row_total"],
        ),
        (
            "applications/carried_forward.total",
            vec!["applications.balance", "applications.row_total"],
        ),
        (
            "applications/granted.research_institution",
            vec!["applications.results_total", "applications.row_total"],
        ),
        (
            "applications/results_total.total",
            vec![
                "applications.balance",
                "applications.results_total",
                "applications.row_total",
            ],
        ),
        ("review_litigation/review.corrected", vec!["review_litigation.total"]),
        ("proactive_disclosure/regulations.issued", vec![]),
    ] {
        let mut report = sound();
        set(&mut report, pointer, Some(99.into()));
        assert_eq!(of(&check(&report), Status::Fail), codes, "{pointer}");
    }
}

#[test]
fn a_failing_sum_shows_its_numbers_and_cells() {
    let mut report = sound();
    set(&mut report, "review_litigation/review.total", Some(0.into()));
    let checks = check(&report);
    let failed: Vec<_> = checks.iter().filter(|check| check.status == Status::Fail).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!((failed[0].left, failed[0].right), (Some(0.into()), Some(6.into())));
    assert_eq!(failed[0].difference, Some((-6).into()));
    assert_eq!(failed[0].cells[0], "/tables/review_litigation/values/review/total");
    assert_eq!(failed[0].cells.len(), 5);
    assert_eq!(
        failed[0].message,
        "行政复议: 总计 0 but 结果维持 5 + 结果纠正 0 + 其他结果 0 + 尚未审结 1 = 6"
    );
}

#[test]
fn a_missing_figure_makes_its_sums_unknown_and_is_named() {
    let mut report = sound();
    set(&mut report, "applications/granted.total", None);
    let pointer = "/tables/applications/values/granted/total";
    let blank = Evidence {
        raw: Some(String::new()),
        state: State::Blank,
        origin: None,
    };
    report.evidence.insert(pointer.into(), blank);
    let checks = check(&report);
    assert_eq!(
        of(&checks, Status::Unknown),
        ["applications.results_total", "applications.row_total"]
    );
    assert_eq!(of(&checks, Status::Fail), [""; 0]);
    for unknown in checks.iter().filter(|check| check.status == Status::Unknown) {
        assert_eq!(unknown.cells, [pointer]);
        assert!(unknown.message.contains("is blank"), "{}", unknown.message);
        assert_eq!(unknown.difference, None);
    }
}

#[test]
fn one_row_of_the_older_form_stands_for_the_parts_of_the_newer() {
    let mut report = sound();
    for part in ["not_corrected_in_time", "fee_not_paid_in_time", "other"] {
        let older = forms().iter().find(|form| form.id == "2019").expect("a form");
        for column in &older.table("applications").expect("a table").bands[0].columns {
            set(
                &mut report,
                &format!("applications/other_handling.{part}.{}", column.key),
                None,
            );
            let value = match column.key.as_str() {
                "commercial_enterprise" | "total" => 2,
                _ => 0,
            };
            set(
                &mut report,
                &format!("applications/other_handling.overall.{}", column.key),
                Some(value.into()),
            );
        }
    }
    let checks = check(&report);
    assert!(
        checks.iter().all(|check| check.status == Status::Pass),
        "{:#?}",
        checks.iter().find(|c| c.status != Status::Pass)
    );
    set(&mut report, "applications/other_handling.overall.total", Some(3.into()));
    assert_eq!(
        of(&check(&report), Status::Fail),
        ["applications.results_total", "applications.row_total"]
    );
}

#[test]
fn counts_are_whole_and_not_below_zero() {
    let fraction = |text: &str| Some(Number(text.parse().expect("a decimal")));
    for (pointer, value, codes) in [
        ("applications/unavailable.not_held.total", "0.5", vec!["counts.whole"]),
        (
            "proactive_disclosure/regulations.issued",
            "-1",
            vec!["counts.not_negative"],
        ),
        (
            "proactive_disclosure/administrative_fees.amount_wanyuan",
            "7730.28",
            vec![],
        ),
    ] {
        let mut report = sound();
        set(&mut report, pointer, fraction(value));
        let checks = check(&report);
        let counts: Vec<_> = of(&checks, Status::Fail)
            .into_iter()
            .filter(|code| code.starts_with("counts"))
            .collect();
        assert_eq!(counts, codes, "{pointer} {value}");
    }
    let mut report = sound();
    let change = [("administrative_licenses.items_change", -8)];
    report.tables.proactive_disclosure = Some(table("2019", "proactive_disclosure", &change));
    assert_eq!(of(&check(&report), Status::Fail), [""; 0]);
}

fn with_stated(key: &str, value: i64) -> Report {
    let mut report = sound();
    report.narrative_figures = vec![NarrativeFigure {
        key: key.into(),
        value: value.into(),
        unit: Some("件".into()),
        scope: Some(Scope::Whole),
        basis: Some(Basis::Year),
        approximate: false,
        text: "…".into(),
        origin: origin(),
    }];
    report
}

#[test]
fn a_stated_figure_is_held_against_every_reading() {
    for (key, value, status, says) in [
        (
            "applications.new",
            15,
            Status::Pass,
            "一、本年新收政府信息公开申请数量 15 agrees",
        ),
        ("applications.new", 17, Status::Pass, "= 17 agrees"),
        ("applications.new", 14, Status::Pass, "（七）总计 14 agrees"),
        (
            "applications.new",
            5,
            Status::Fail,
            "the text says 5件, but the table has",
        ),
        ("applications.results_total", 14, Status::Pass, "agrees"),
        ("applications.granted", 8, Status::Pass, "agrees"),
        ("applications.granted", 9, Status::Fail, "（一）予以公开 8"),
        (
            "applications.granted_or_partially_granted",
            8,
            Status::Pass,
            "= 8 agrees",
        ),
        (
            "applications.denied",
            4,
            Status::Pass,
            "1.属于国家秘密 4 + 7 zeros = 4 agrees",
        ),
        ("applications.other_handling", 2, Status::Pass, "agrees"),
        (
            "applications.carried_over",
            3,
            Status::Fail,
            "二、上年结转政府信息公开申请数量 2",
        ),
        ("applications.carried_forward", 3, Status::Pass, "agrees"),
        ("review_litigation.review", 6, Status::Pass, "agrees"),
        ("review_litigation.litigation", 9, Status::Pass, "= 9 agrees"),
        (
            "review_litigation.review_and_litigation",
            15,
            Status::Pass,
            "= 15 agrees",
        ),
        ("review_litigation.review_and_litigation", 14, Status::Fail, "= 15"),
    ] {
        let checks = check(&with_stated(key, value));
        let found = only(&checks, &format!("text.{key}"));
        assert_eq!(found.status, status, "{key} {value}: {}", found.message);
        assert!(found.message.contains(says), "{key} {value}: {}", found.message);
        assert_eq!(found.cells[0], "/narrative_figures/0");
    }
}

#[test]
fn a_stated_figure_is_unknown_where_the_table_cannot_tell() {
    let mut report = with_stated("applications.new", 5);
    set(&mut report, "applications/new.total", None);
    let checks = check(&report);
    let found = only(&checks, "text.applications.new");
    assert_eq!(found.status, Status::Unknown);
    assert_eq!(found.cells, ["/tables/applications/values/new/total"]);
    report.tables.applications = None;
    let checks = check(&report);
    assert_eq!(only(&checks, "text.applications.new").status, Status::Unknown);
    // One reading that agrees is enough, whatever the others lack.
    let mut report = with_stated("applications.new", 15);
    set(&mut report, "applications/carried_over.total", None);
    assert_eq!(only(&check(&report), "text.applications.new").status, Status::Pass);
}

#[test]
fn missing_parts_and_foreign_years_are_found() {
    type Change = fn(&mut Report);
    let cases: [(&str, &str, Change); 7] = [
        (
            "structure.table_present",
            "收到和处理政府信息公开申请情况",
            |report| report.tables.applications = None,
        ),
        ("structure.section_present", "总体情况", |report| {
            drop(report.sections.remove(0))
        }),
        ("structure.rows_present", "四、结转下年度继续办理", |report| {
            let table = report.tables.applications.as_mut().expect("the table");
            let forward = table
                .values
                .0
                .iter_mut()
                .filter(|(key, _)| key.starts_with("carried_forward."));
            forward.for_each(|(_, value)| *value = None);
        }),
        ("structure.section_has_content", "says only 无", |report| {
            report.sections[5].text = "无。\n青禾县水务局\n2023年1月9日".into()
        }),
        ("structure.section_has_content", "is empty", |report| {
            report.sections[4].text.clear()
        }),
        ("structure.year_in_text", "2021 and never 2022", |report| {
            report.sections[0].text = "2021 年，平稳。".into()
        }),
        ("structure.period_in_year", "2021-12-31", |report| {
            report.report.period = Some(Period {
                start: "2021-01-01".into(),
                end: "2021-12-31".into(),
            });
        }),
    ];
    for (code, says, change) in cases {
        let mut report = sound();
        change(&mut report);
        let checks = check(&report);
        let failed: Vec<_> = checks.iter().filter(|check| check.status == Status::Fail).collect();
        assert_eq!(failed.len(), 1, "{code}: {failed:#?}");
        assert_eq!(failed[0].code, code);
        assert!(failed[0].message.contains(says), "{}", failed[0].message);
    }
}

#[test]
fn the_period_of_a_school_year_ends_in_the_next_year() {
    let mut report = sound();
    let period = |start: &str, end: &str| {
        Some(Period {
            start: start.into(),
            end: end.into(),
        })
    };
    let status = |report: &Report| {
        let checks = check(report);
        let held = checks.iter().find(|check| check.code == "structure.period_in_year");
        held.map(|check| check.status)
    };
    report.report.title = Some("青禾大学2022-2023学年信息公开工作年度报告".into());
    report.report.period = period("2022-09-01", "2023-08-31");
    assert_eq!(status(&report), Some(Status::Pass));
    report.report.period = period("2021-09-01", "2022-08-31");
    assert_eq!(status(&report), Some(Status::Fail));
    report.report.title = Some("青禾县水务局2022年政府信息公开工作年度报告".into());
    report.report.period = period("2022-09-01", "2023-08-31");
    assert_eq!(status(&report), Some(Status::Fail));
}

#[test]
fn figures_too_large_to_add_are_unknown_and_do_not_end_the_program() {
    let mut report = sound();
    for key in [
        "new.total",
        "carried_over.total",
        "granted.total",
        "results_total.total",
    ] {
        set(
            &mut report,
            &format!("applications/{key}"),
            Some(Number("79228162514264337593543950335".parse().expect("a decimal"))),
        );
    }
    assert!(of(&check(&report), Status::Unknown).contains(&"applications.balance"));
}

#[test]
fn every_code_is_explained_once() {
    let codes: Vec<_> = registry().map(|code| code.code).collect();
    for (index, code) in codes.iter().enumerate() {
        assert!(!codes[index + 1..].contains(code), "{code} stands twice");
    }
    for form in forms() {
        for rule in form.tables.iter().flat_map(|table| &table.rules) {
            assert!(
                codes.contains(&rule.code.as_str()),
                "{} of form {} has no explanation",
                rule.code,
                form.id
            );
        }
    }
    for found in check(&sound()) {
        assert!(codes.contains(&found.code.as_str()), "{} is not registered", found.code);
    }
}

#[test]
fn nothing_else_to_report_is_sound_before_the_fees_had_to_be_reported() {
    let mut report = sound();
    report.sections[5].text = "无。".into();
    report.report.year = Some(2020);
    let says_none = |report: &Report| {
        let checks = check(report);
        let content = checks
            .iter()
            .filter(|check| check.code == "structure.section_has_content");
        content.filter(|check| check.status == Status::Fail).count()
    };
    assert_eq!(says_none(&report), 0);
    report.report.year = Some(2021);
    assert_eq!(says_none(&report), 1);
}

#[test]
fn every_cell_of_a_check_points_at_something() {
    let mut report = sound();
    report
        .tables
        .applications
        .as_mut()
        .unwrap()
        .values
        .0
        .retain(|key, _| !key.starts_with("denied."));
    let shown = serde_json::to_value(&report).unwrap();
    for check in check(&report) {
        for cell in &check.cells {
            assert!(shown.pointer(cell).is_some(), "{}: {cell}", check.code);
        }
    }
}
