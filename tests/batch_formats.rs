//! The same figures, exactly, in every format of a dataset.
#![allow(missing_docs)]

mod batch_support;

#[cfg(feature = "parquet")]
use std::collections::BTreeMap;
use std::fs;

use batch_support::{Scene, report};

const KEY: &str = "proactive_disclosure.administrative_fees.amount_wanyuan";

/// A report whose fee is this, and whose cell of licences begins a formula.
fn report_with(fee: &str) -> String {
    format!(
        "某市公开局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n=HYPERLINK(\"http://evil\")\n\n二、主动公开政府信息情况\n\n\
         | 第二十条第（一）项 | | | |\n| --- | --- | --- | --- |\n\
         | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n\
         | 规章 | 1 | 2 | 3 |\n| 行政规范性文件 | 4 | 5 | 6 |\n\
         | 第二十条第（五）项 | | | |\n| 信息内容 | 本年处理决定数量 | | |\n| 行政许可 | =1+1 | | |\n\
         | 第二十条第（六）项 | | | |\n| 信息内容 | 本年处理决定数量 | | |\n| 行政处罚 | 7 | | |\n| 行政强制 | 8 | | |\n\
         | 第二十条第（八）项 | | | |\n| 信息内容 | 本年收费金额（单位：万元） | | |\n| 行政事业性收费 | {fee} | | |\n"
    )
}

fn scene(fee: &str) -> Scene {
    let scene = Scene::new();
    scene.write("in/a.md", report_with(fee));
    scene.expect(0, &["in", "--out", "set"]);
    scene
}

#[test]
fn a_decimal_has_the_printed_digits_in_csv_and_json() {
    let scene = scene("4068.2080");
    let figures = fs::read_to_string(scene.path("set/jsonl/figures.jsonl")).unwrap();
    let line = figures.lines().find(|line| line.contains(KEY)).unwrap();
    assert!(line.contains(r#""value":4068.2080,"value_text":"4068.2080""#), "{line}");
    let csv = fs::read_to_string(scene.path("set/csv/figures.csv")).unwrap();
    let line = csv.lines().find(|line| line.contains(KEY)).unwrap();
    assert!(line.contains(",4068.2080,4068.2080,万元,number,4068.2080,"), "{line}");
}

#[cfg(feature = "parquet")]
#[test]
fn a_decimal_is_exact_in_parquet() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let row = |scene: &Scene, key: &str| {
        let file = fs::File::open(scene.path("set/parquet/figures.parquet")).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap().clone();
        assert!(metadata.iter().any(|pair| pair.key == "schema_version"));
        let columns = |row: &parquet::record::Row| -> BTreeMap<String, String> {
            let fields = row.get_column_iter();
            fields
                .map(|(name, field)| (name.clone(), field.to_string().trim_matches('"').to_owned()))
                .collect()
        };
        let mut rows = reader.get_row_iter(None).unwrap().map(|row| columns(&row.unwrap()));
        rows.find(|row| row["key"] == key).unwrap()
    };
    let scenes = ["4068.208001", "123456789012.345678", "12.00", "0.0000001"].map(scene);
    let found = scenes.each_ref().map(|scene| {
        let row = row(scene, KEY);
        ["value", "value_int", "value_text"].map(|name| row[name].clone())
    });
    assert_eq!(found[0], ["4068.208001", "null", "4068.208001"]);
    assert_eq!(found[1], ["123456789012.345678", "null", "123456789012.345678"]);
    assert_eq!(found[2], ["12.000000", "12", "12.00"]);
    // More digits than the type has: nothing, and the text says what was printed.
    assert_eq!(found[3], ["null", "null", "0.0000001"]);
    let count = row(&scenes[0], "proactive_disclosure.administrative_penalties.decisions");
    assert_eq!((&*count["value"], &*count["value_int"]), ("7.000000", "7"));
}

#[cfg(feature = "parquet")]
#[test]
fn counts_are_whole_numbers_and_amounts_decimals_in_the_wide_table_of_parquet() {
    use parquet::basic::Type as Physical;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let scene = scene("4068.2080");
    let kind = |table: &str, column: &str| {
        let file = fs::File::open(scene.path(&format!("set/parquet/{table}.parquet"))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let schema = reader.metadata().file_metadata().schema_descr_ptr();
        let found = schema.columns().iter().find(|other| other.name() == column).unwrap();
        (found.physical_type(), found.type_precision(), found.type_scale())
    };
    let (whole, decimal, float) = (Physical::INT64, Physical::INT64, Physical::FLOAT);
    assert_eq!(kind("wide", "applications.new.total"), (whole, -1, -1));
    assert_eq!(kind("wide", KEY), (decimal, 18, 6));
    assert_eq!(kind("figures", "value"), (decimal, 18, 6));
    assert_eq!(kind("figures", "value_int"), (whole, -1, -1));
    assert_eq!(kind("figures", "x0"), (float, -1, -1));
}

#[cfg(feature = "sqlite")]
#[test]
fn a_decimal_gives_its_digits_back_from_sqlite_and_keys_hold() {
    for (fee, kind) in [("4068.2080", "real"), ("12", "integer"), ("1234567890123.4567", "text")] {
        let scene = scene(fee);
        let database = rusqlite::Connection::open(scene.path("set/dataset.sqlite")).unwrap();
        let (found, digits, text): (String, String, String) = database
            .query_row(
                "SELECT typeof(value), CAST(value AS TEXT), value_text FROM figures WHERE key = ?",
                [KEY],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        assert_eq!((found.as_str(), text.as_str()), (kind, fee));
        assert_eq!(digits.trim_end_matches('0'), fee.trim_end_matches('0'));
        let broken: i64 = database
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(broken, 0);
        for asked in [
            "figures WHERE key",
            "figures WHERE report_id",
            "checks WHERE report_id",
            "sections WHERE report_id",
        ] {
            let plan: String = database
                .query_row(&format!("EXPLAIN QUERY PLAN SELECT * FROM {asked} = ?"), ["x"], |row| {
                    row.get(3)
                })
                .unwrap();
            assert!(plan.contains("USING INDEX"), "{asked}: {plan}");
        }
        for view in [
            "figures_by_agency",
            "failed_checks",
            "inputs_not_in_the_dataset",
            "applications_by_year",
        ] {
            database
                .prepare(&format!("SELECT * FROM {view}"))
                .unwrap()
                .query([])
                .unwrap()
                .next()
                .unwrap();
        }
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_holds_numbers_that_fit_and_texts_that_do_not_and_no_formula() {
    use std::io::Read;
    let sheet = |fee: &str| {
        let file = fs::File::open(scene(fee).path("set/dataset.xlsx")).unwrap();
        let mut archive = zip::ZipArchive::new(file).unwrap();
        let mut text = String::new();
        archive
            .by_name("xl/worksheets/sheet1.xml")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    assert!(sheet("4068.2080").contains("<v>4068.208</v>"));
    let long = sheet("1234567890123.4567");
    assert!(long.contains("<t>1234567890123.4567</t>"), "{long}");
    assert!(long.contains("<pane ") && !long.contains("<f>"));
    // Keys, Chinese names with the filter, and one report.
    let row = |number: u32| {
        let (_, rest) = long.split_once(&format!("<row r=\"{number}\"")).unwrap();
        rest.split("</row>").next().unwrap()
    };
    assert!(row(1).contains("<t>applications.new.total</t>"));
    assert!(row(2).contains("<t>机关</t>"));
    assert!(row(2).contains("<t>收到和处理政府信息公开申请情况 / 一、本年新收政府信息公开申请数量 / 总计</t>"));
    assert!(row(3).contains("<t>某市公开局2023年政府信息公开工作年度报告</t>"));
    assert!(long.contains("<autoFilter ref=\"A2:") && long.contains("<cols>"));
}

/// A sample as the report of another year.
fn sample_of(year: &str) -> String {
    include_str!("../samples/county-2024-lines.txt").replace("2024", year)
}

#[test]
fn totals_that_the_form_lacks_stand_in_columns_of_their_own() {
    let scene = Scene::new();
    scene.write("in/a.txt", sample_of("2024"));
    scene.expect(0, &["in", "--out", "set", "--formats", "jsonl"]);
    let row = &scene.rows("set", "wide")[0];
    // 852 + 897 + 440 + 1055 + 723 + 459 + 625 + 1117, as the sample prints them.
    assert_eq!(row["computed.applications.denied.total"].to_string(), "6168");
    assert!(row.get("applications.denied.total").is_none());
    let figures = scene.rows("set", "figures");
    assert!(
        figures
            .iter()
            .all(|row| !row["key"].as_str().unwrap().starts_with("computed"))
    );
}

#[test]
fn what_the_years_say_of_each_other_is_a_table_and_the_same_as_series_shows() {
    let scene = Scene::new();
    for (name, text) in [
        ("in/c.txt", sample_of("2024")),
        ("in/b.txt", sample_of("2021")),
        ("in/a.txt", sample_of("2022")),
        ("in/d.txt", sample_of("2024") + "\n附注\n"),
    ] {
        scene.write(name, text);
    }
    scene.write_reports("in/others", 1..3);
    scene.expect(0, &["in", "--out", "set", "--formats", "jsonl,csv"]);
    let rows = scene.rows("set", "series_findings");
    let of = |kind: &str| -> Vec<&serde_json::Value> { rows.iter().filter(|row| row["kind"] == kind).collect() };
    let years = |kind: &str| -> Vec<i64> { of(kind).iter().map(|row| row["year"].as_i64().unwrap()).collect() };
    assert_eq!((years("gap"), years("several")), (vec![2023], vec![2024]));
    let total = of("fail").into_iter().find(|row| {
        let message = row["message"].as_str().unwrap();
        row["code"] == "series.carried_over" && message.contains("carried_over.total")
    });
    // 1479 were carried forward in 2021, 1344 carried over in 2022.
    let total = total.unwrap();
    assert_eq!(
        (&total["year"], &total["agency"]),
        (&2022.into(), &"檀屏县人民政府".into())
    );
    let sides = ["left", "right", "difference"].map(|side| total[side].to_string());
    assert_eq!(sides, ["1479", "1344", "135"]);
    let series = nianbao::series::of_dataset(&scene.path("set"), None).unwrap();
    let checks = series.agencies.iter().flat_map(|agency| &agency.checks);
    let failed = checks
        .filter(|between| between.check.status == nianbao::report::Status::Fail)
        .count();
    assert_eq!(of("fail").len(), failed);
    assert_eq!(rows.len(), failed + of("unknown").len() + 2);
}

#[test]
fn no_field_of_a_csv_file_begins_a_formula() {
    let scene = scene("1");
    let mut guarded = 0;
    for (name, bytes) in scene.files("set").iter().filter(|(name, _)| name.ends_with(".csv")) {
        for record in csv::Reader::from_reader(&bytes[..]).records() {
            for field in &record.unwrap() {
                assert!(!field.starts_with(['=', '@', '\t']), "{name}: {field}");
                guarded += usize::from(field.starts_with("'="));
            }
        }
    }
    assert!(guarded >= 1, "the formula of the report is nowhere");
}

#[test]
fn a_byte_order_mark_comes_only_when_asked_for() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.expect(0, &["in", "--out", "bare", "--formats", "csv"]);
    scene.expect(0, &["in", "--out", "marked", "--formats", "csv", "--csv-bom"]);
    let mark = "\u{feff}".as_bytes();
    assert!(!scene.files("bare")["csv/reports.csv"].starts_with(mark));
    assert!(scene.files("marked")["csv/reports.csv"].starts_with(mark));
}

#[test]
fn every_row_has_the_columns_of_the_package_and_hashes_fit() {
    use sha2::{Digest, Sha256};
    let scene = Scene::new();
    scene.write_reports("in", 1..4);
    scene.expect(0, &["in", "--out", "set"]);
    let files = scene.files("set");
    let package: serde_json::Value = serde_json::from_slice(&files["datapackage.json"]).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let bytes = &files[resource["path"].as_str().unwrap()];
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hash}"));
        if resource["format"] == "csv" {
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let mut reader = csv::Reader::from_reader(&bytes[..]);
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
            assert!(reader.records().all(|record| record.is_ok()));
        }
    }
}
