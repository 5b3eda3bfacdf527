//! Sentences whose lines were saved one by one say what they say as a whole.

#![allow(missing_docs, clippy::expect_used)]

use nianbao::read::Hints;

const TITLE: &str = "青禾县人民政府2023年政府信息公开工作年度报告";
const LINES: [&str; 8] = [
    "2023年，我县坚持以人民为中心，持续推进政府信息公开各项工作。与之",
    "相比，上一年度即2022年，全县各级行政机关主动公开政府信息3200条，",
    "收到政府信息公开申请48件，予以公开30件。2024年，我县将加大工作",
    "力度，力争主动公开政府信息5000条。",
    "自2008年5月1日《中华人民共和国政府信息公开条例》施行以来，截至",
    "目前，全县累计主动公开政府信息23120条，收到政府信息公开申请1203",
    "件，予以公开801件。",
    "2023年，我县主动公开政府信息3467条。",
];

/// Value and basis of each figure of the whole body.
fn figures(text: &str) -> Vec<(String, String)> {
    let report = nianbao::extract(text.as_bytes(), &Hints::default()).expect("text is always read");
    let json = serde_json::to_value(&report.narrative_figures).expect("figures are JSON");
    let figures = json.as_array().into_iter().flatten();
    figures
        .map(|figure| {
            (
                figure["value"].to_string(),
                figure["basis"].to_string().replace('"', ""),
            )
        })
        .collect()
}

#[test]
fn time_that_stands_on_the_line_before_holds_for_the_figure() {
    let text = format!("{TITLE}\n\n一、总体情况\n{}\n", LINES.join("\n"));
    let page = format!(
        "<!DOCTYPE html><meta charset=utf-8><h1>{TITLE}</h1><p>一、总体情况</p><p>{}</p>",
        LINES.join("<br>")
    );
    for document in [text, page] {
        let figures = figures(&document);
        let of_year: Vec<&str> = figures
            .iter()
            .filter(|(_, basis)| basis == "year")
            .map(|(value, _)| value.as_str())
            .collect();
        assert_eq!(of_year, ["3467"], "{figures:?}");
        assert!(figures.contains(&("23120".into(), "cumulative".into())), "{figures:?}");
    }
}
