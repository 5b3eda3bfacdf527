//! Reports over several files, as `batch` finds them side by side.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod batch_support;
mod legacy_support;

use batch_support::Scene;
use legacy_support::{FORM_2014, html};
use serde_json::Value;

const HEADER: &[&str] = &["统计指标", "单位", "统计数"];

/// A report of 2016 in three pages: prose, the table, a closing sentence. `links` stands at the end of each page.
fn pages(links: [&str; 3]) -> [String; 3] {
    let whole = html(2016, HEADER, FORM_2014);
    let (front, table) = whole.split_once("<table>").unwrap();
    let front = front.strip_prefix("<html><body>").unwrap();
    let table = table.strip_suffix("</body></html>").unwrap();
    let page = |content: &str, link: &str| {
        format!(
            "<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>青禾县2016年政府信息公开工作年度报告</title></head>\
             <body><div class=nav><a href=/>首页</a></div><div id=zoom>{content}</div><div class=page>{link}</div></body></html>\n"
        )
    };
    [
        page(front, links[0]),
        page(&format!("<table>{table}"), links[1]),
        page("<p>全年未发生因政府信息公开引发的行政诉讼。</p>", links[2]),
    ]
}

fn put(scene: &Scene, names: [&str; 3], pages: &[String; 3]) {
    for (name, page) in names.iter().zip(pages) {
        scene.write(&format!("in/{name}"), page);
    }
}

/// Fate and reason of every input by name, and the reports.
fn fates(scene: &Scene) -> (Vec<(String, String, Value)>, Vec<Value>) {
    scene.expect(0, &["in", "-o", "out", "--formats", "jsonl"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let inputs = scene.rows("out", "inputs");
    let inputs = inputs
        .iter()
        .map(|row| (text(&row["name"]), text(&row["fate"]), row["reason"].clone()));
    (inputs.collect(), scene.rows("out", "documents"))
}

fn received(report: &Value) -> &Value {
    &report["tables"]["statistics"]["values"]["requests"]["received"]
}

#[test]
fn pages_that_link_to_each_other_are_one_report() {
    for (names, links) in [
        (
            ["t2017_88.htm", "t2017_88_1.htm", "t2017_88_2.htm"],
            ["<script>createPageHTML(3, 0, \"t2017_88\", \"htm\");</script>", "", ""],
        ),
        (
            ["88.html", "88_2.html", "88_3.html"],
            ["<a href=\"88_2.html\">2</a> <a href=\"./88_3.html\">[3]</a>", "", ""],
        ),
        (
            ["88_1.shtml", "88_2.shtml", "88_3.shtml"],
            [
                "<a class=n href='/a/88_2.shtml'><span>下一页</span></a>",
                "<a href=88_3.shtml>下一页</a>",
                "",
            ],
        ),
    ] {
        let scene = Scene::new();
        let pages = pages(links);
        put(&scene, names, &pages);
        let (inputs, reports) = fates(&scene);
        let further = Value::from("further_page");
        let told: Vec<(&str, &Value)> = inputs.iter().map(|(_, fate, reason)| (fate.as_str(), reason)).collect();
        assert_eq!(
            told,
            [
                ("annual_report", &"tables".into()),
                ("not_a_report", &further),
                ("not_a_report", &further)
            ],
            "{inputs:?}"
        );
        assert_eq!(reports.len(), 1);
        assert_eq!(received(&reports[0]), &Value::from(38));
        let place = &reports[0]["evidence"]["/tables/statistics/values/requests/received"]["origin"]["path"];
        assert!(
            place.as_str().unwrap().starts_with("/html[2]/body/div[2]/table"),
            "{place}"
        );
        assert!(
            reports[0]["narrative_figures"]
                .to_string()
                .contains("未发生因政府信息公开引发的行政诉讼")
        );
    }
}

#[test]
fn the_files_one_behind_another_give_the_same_report() {
    let scene = Scene::new();
    let pages = pages(["<a href=a_2.htm>2</a><a href=a_3.htm>3</a>", "", ""]);
    put(&scene, ["a.htm", "a_2.htm", "a_3.htm"], &pages);
    let (_, joined) = fates(&scene);
    let other = Scene::new();
    other.write("in/a.htm", pages.concat());
    let (_, whole) = fates(&other);
    assert_eq!(joined, whole);
}

#[test]
fn neighbours_that_are_no_pages_stay_apart() {
    let elsewhere = [
        // The next report, a number in its name, a page that is not linked to.
        "<a href=a_2.htm>下一篇：青禾县2017年政府信息公开工作年度报告</a>",
        "<a href=a_2.htm>2017</a>",
        "<a href=b_2.htm>2</a>",
        "a_2.htm",
    ];
    for link in elsewhere {
        let scene = Scene::new();
        put(&scene, ["a.htm", "a_2.htm", "a_3.htm"], &pages([link, "", ""]));
        let (inputs, reports) = fates(&scene);
        assert!(
            inputs.iter().all(|(_, _, reason)| reason != "further_page"),
            "{link}: {inputs:?}"
        );
        assert!(
            reports
                .iter()
                .all(|report| received(report).is_null() || report["narrative_figures"] == serde_json::json!([])),
            "{link}"
        );
    }
    let scene = Scene::new();
    let [first, second, third] = pages(["<a href=a_2.htm>2</a>", "", ""]);
    let (second, _, _) = encoding_rs::GBK.encode(&second);
    scene.write("in/a.htm", first);
    scene.write("in/a_2.htm", String::from_utf8_lossy(&second).replace("utf-8", "gbk"));
    scene.write("in/a_3.htm", third);
    let (inputs, _) = fates(&scene);
    assert!(
        inputs.iter().all(|(_, _, reason)| reason != "further_page"),
        "another encoding: {inputs:?}"
    );
}

#[test]
fn a_file_that_was_asked_for_by_name_or_whose_neighbour_is_left_out_stands_for_itself() {
    let names = ["a.htm", "a_2.htm", "a_3.htm"];
    let made = pages(["<a href=a_2.htm>2</a><a href=a_3.htm>3</a>", "", ""]);
    let alone: [&[&str]; 3] = [
        &["in/a.htm", "in/a_2.htm", "in/a_3.htm"],
        &["in", "--exclude", "**/a_2.htm"],
        &["in", "--exclude", "**/a.htm"],
    ];
    for arguments in alone {
        let scene = Scene::new();
        put(&scene, names, &made);
        scene.expect(0, &[arguments, &["-o", "out", "--formats", "jsonl"]].concat());
        let inputs = scene.rows("out", "inputs");
        assert!(
            inputs.iter().all(|row| row["reason"] != "further_page"),
            "{arguments:?}: {inputs:?}"
        );
    }
}
