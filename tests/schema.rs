//! The JSON Schema: it is what the program writes. The committed schema and codebook are what the program prints.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use nianbao::diagnostic::{Diagnostic, Severity};
use nianbao::document::Origin;
use nianbao::forms::forms;
use nianbao::report::{
    Basis, Body, BodyLevel, Check, DocumentKind, Evidence, ExtraRow, Generator, Metadata, NarrativeFigure, OtherTable,
    Period, Region, Report, SCHEMA_VERSION, Scope, Section, Site, Source, State, Status, Table, Tables, Values, schema,
};
use serde_json::{Value, json};

/// A report with every part filled, its tables of one form.
fn full(form: &str) -> Report {
    let origin = Origin::text(3, 1);
    let form = forms().iter().find(|known| known.id == form).unwrap();
    let table = |key: &str| {
        let spec = form.table(key)?;
        let cells = spec.cells().filter(|cell| !cell.row.optional);
        Some(Table {
            form: Some(form.id.clone()),
            values: Values(
                cells
                    .enumerate()
                    .map(|(i, cell)| (cell.key(), (i % 3 > 0).then(|| 7.into())))
                    .collect(),
            ),
            extra_rows: vec![ExtraRow {
                label: "其他".into(),
                cells: vec!["1".into()],
                origin: origin.clone(),
            }],
            origin: origin.clone(),
        })
    };
    let evidence = |origin| Evidence {
        raw: Some("7".into()),
        state: State::Number,
        origin,
    };
    Report {
        schema_version: SCHEMA_VERSION,
        generator: Generator {
            name: "nianbao".into(),
            version: "0.1.0".into(),
        },
        source: Source {
            name: Some("a.txt".into()),
            media_type: "text/plain".into(),
            bytes: 3,
            sha256: "00".into(),
            encoding: Some("gb18030".into()),
            pages: Some(1),
            url: Some("http://example.gov.cn/".into()),
            site: Site {
                name: Some("站".into()),
                domain: None,
                id_code: Some("3200000001".into()),
            },
        },
        report: Metadata {
            title: Some("2020年政府信息公开工作年度报告".into()),
            agency: Some("某镇人民政府".into()),
            body: Some(Body {
                name: "霁川省水利厅".into(),
                level: Some(BodyLevel::Province),
                kind: Some("department".into()),
                region: Some(Region {
                    code: "320000".into(),
                    name: "霁川省".into(),
                    code_today: None,
                }),
                parent: Some("霁川省人民政府".into()),
            }),
            kind: Some(DocumentKind::AnnualReport),
            region_code: Some("320000".into()),
            year: Some(2020),
            period: Some(Period {
                start: "2020-01-01".into(),
                end: "2020-12-31".into(),
            }),
            published: Some("2021-01-20".into()),
            index_number: None,
            document_number: None,
        },
        sections: vec![Section {
            key: Some("overview".into()),
            also: vec!["institution".into()],
            number: Some("一".into()),
            heading: "总体情况".into(),
            level: 1,
            text: String::new(),
            children: vec![Section {
                key: None,
                also: Vec::new(),
                number: None,
                heading: "其他".into(),
                level: 2,
                text: "无。".into(),
                children: Vec::new(),
                origin: Origin::Path("/html/body/p[2]".into()),
            }],
            origin: origin.clone(),
        }],
        tables: Tables {
            proactive_disclosure: table("proactive_disclosure"),
            applications: table("applications"),
            review_litigation: table("review_litigation"),
            statistics: table("statistics"),
        },
        narrative_figures: vec![NarrativeFigure {
            key: "applications.new".into(),
            value: 5.into(),
            unit: Some("件".into()),
            scope: Some(Scope::Whole),
            basis: Some(Basis::Year),
            approximate: false,
            text: "收到申请5件。".into(),
            origin: origin.clone(),
        }],
        other_tables: vec![OtherTable {
            rows: vec![vec!["a".into()]],
            origin: Origin::page(1, [0.0, 1.5, 2.25, 3.0]),
        }],
        evidence: [
            (
                "/tables/applications/values/new/total".to_owned(),
                evidence(Some(origin.clone())),
            ),
            ("/tables/applications/values/granted/total".to_owned(), evidence(None)),
        ]
        .into_iter()
        .collect(),
        checks: vec![Check {
            code: "applications.balance".into(),
            status: Status::Fail,
            message: "1 is not 2".into(),
            left: Some(1.into()),
            right: Some(2.into()),
            difference: None,
            cells: vec!["/tables/applications/values/new/total".into()],
        }],
        diagnostics: vec![Diagnostic {
            code: "text.torn_row".into(),
            severity: Severity::Warning,
            message: "torn".into(),
            origin: Some(origin),
        }],
    }
}

/// A report with every optional part missing.
fn bare() -> Report {
    let full = full("2021");
    Report {
        source: Source {
            media_type: "text/html".into(),
            ..Source::default()
        },
        report: Metadata::default(),
        sections: Vec::new(),
        tables: Tables::default(),
        narrative_figures: Vec::new(),
        other_tables: Vec::new(),
        evidence: Default::default(),
        checks: Vec::new(),
        diagnostics: Vec::new(),
        ..full
    }
}

#[track_caller]
fn errors(report: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    validator
        .iter_errors(report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn the_schema_is_a_valid_schema() {
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
}

#[test]
fn full_and_bare_reports_validate() {
    for report in [full("2019"), full("2021"), bare()] {
        assert_eq!(errors(&serde_json::to_value(&report).unwrap()), Vec::<String>::new());
    }
}

#[test]
fn a_written_report_reads_back_the_same() {
    for report in [full("2019"), full("2021"), bare()] {
        let text = serde_json::to_string(&report).unwrap();
        let back: Report = serde_json::from_str(&text).unwrap();
        assert_eq!(back, report);
    }
}

#[test]
fn nothing_may_be_left_out_or_added() {
    let whole = serde_json::to_value(full("2021")).unwrap();
    let pointers = [
        "",
        "/source",
        "/report",
        "/tables",
        "/sections/0",
        "/tables/applications",
        "/tables/applications/values",
    ];
    for pointer in pointers {
        for key in whole.pointer(pointer).unwrap().as_object().unwrap().keys() {
            let mut report = whole.clone();
            report
                .pointer_mut(pointer)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(key);
            assert!(!errors(&report).is_empty(), "{pointer}/{key} may be left out");
        }
        let mut report = whole.clone();
        report.pointer_mut(pointer).unwrap()["surprise"] = json!(1);
        assert!(!errors(&report).is_empty(), "{pointer} takes any key");
    }
}

#[test]
fn a_figure_is_a_number_or_null_and_its_table_follows_its_form() {
    let mut report = serde_json::to_value(full("2021")).unwrap();
    report["tables"]["applications"]["values"]["new"]["total"] = json!("7");
    assert!(!errors(&report).is_empty(), "a figure as text");

    let mut report = serde_json::to_value(full("2021")).unwrap();
    report["tables"]["proactive_disclosure"]["form"] = json!("2019");
    assert!(!errors(&report).is_empty(), "2021 keys under form 2019");

    let mut report = serde_json::to_value(full("2021")).unwrap();
    report["tables"]["applications"]["values"]["other_handling"]["overall"] =
        report["tables"]["applications"]["values"]["new"].clone();
    assert_eq!(errors(&report), Vec::<String>::new(), "an optional row");
}

#[test]
fn the_figures_of_a_table_are_defined_once_and_each_form_demands_its_own() {
    for (form, table, key) in [
        ("2019", "applications", "/new/total"),
        ("2021", "review_litigation", "/review/total"),
        ("2014", "statistics", "/disclosure/channels/website"),
        ("local-fujian-2009", "statistics", "/cumulative/disclosure/total"),
    ] {
        let whole = serde_json::to_value(full(form)).unwrap();
        let values = format!("/tables/{table}/values");
        let (parent, name) = key.rsplit_once('/').unwrap();
        let mut report = whole.clone();
        let level = report.pointer_mut(&format!("{values}{parent}")).unwrap();
        level.as_object_mut().unwrap().remove(name).expect("a key of the form");
        assert!(!errors(&report).is_empty(), "{form}: {key} may be left out");
        let mut report = whole;
        report.pointer_mut(&format!("{values}{parent}")).unwrap()["surprise"] = json!(1);
        assert!(!errors(&report).is_empty(), "{form}: {key} has any neighbour");
    }
    let schema = schema();
    let definitions = schema["$defs"].as_object().unwrap();
    let described = |name: &str| definitions[name].to_string().matches("government website").count();
    let all: usize = definitions.keys().map(|name| described(name)).sum();
    assert_eq!(all, described("statistics_figures"), "described in one place");
}

/// Compares a generated file with what the program makes now.
#[track_caller]
fn in_step(file: &str, command: &str, current: &str) {
    let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap_or_default();
    assert!(
        committed == current,
        "{file} is out of date; make it again with\n  cargo run -- {command} > {file}"
    );
}

#[test]
fn the_committed_schema_is_the_one_of_the_program() {
    in_step("schema/report.schema.json", "schema", &format!("{:#}\n", schema()));
}

#[test]
fn the_committed_codebook_is_the_one_of_the_program() {
    in_step("schema/codebook.csv", "codebook", &nianbao::write::codebook::to_csv());
}
