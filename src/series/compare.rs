//! Two reports side by side: metadata, figures and sections.
//!
//! Invariant: everything that either report has is in the comparison once, in the order of the first report, then of the second;
//! nothing is judged.

use indexmap::{IndexMap, IndexSet};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::report::{Metadata, Number, Report, Section};
use crate::text::normalize::fold;

/// Two reports side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What the reports say of themselves, and the form of each table that one of them has.
    pub metadata: Vec<Pair<String>>,
    /// The figures of the tables.
    pub figures: Vec<Pair<Number>>,
    /// The exact figures of the body and the year that sentences state; different ones of one key stand side by side.
    pub narrative_figures: Vec<Pair<String>>,
    /// The sections.
    pub sections: Vec<Pair<String>>,
}

/// One thing in both reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair<T> {
    /// What it is: a field, the key of a figure, the heading of a section.
    pub key: String,
    /// In the first report.
    pub a: Option<T>,
    /// In the second report.
    pub b: Option<T>,
    /// Whether both have it and it is the same; of texts, spaces and width of characters left aside.
    pub same: bool,
    /// For figures: the second less the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Number>,
}

/// Compares two reports.
pub fn compare(a: &Report, b: &Report) -> Comparison {
    Comparison {
        metadata: [metadata(&a.report, &b.report), forms(a, b)].concat(),
        figures: figures(a, b),
        narrative_figures: narrative_figures(a, b),
        sections: sections(a, b),
    }
}

fn metadata(a: &Metadata, b: &Metadata) -> Vec<Pair<String>> {
    let fields = |said: &Metadata| {
        [
            ("title", said.title.clone()),
            ("agency", said.agency.clone()),
            ("region_code", said.region_code.clone()),
            ("year", said.year.map(|year| year.to_string())),
            (
                "period",
                said.period
                    .as_ref()
                    .map(|period| format!("{}/{}", period.start, period.end)),
            ),
            ("published", said.published.clone()),
            ("index_number", said.index_number.clone()),
            ("document_number", said.document_number.clone()),
        ]
    };
    let pairs = fields(a).into_iter().zip(fields(b));
    pairs.map(|((key, a), (_, b))| text_pair(key.into(), a, b)).collect()
}

fn forms(a: &Report, b: &Report) -> Vec<Pair<String>> {
    let forms = |report: &Report| -> IndexMap<String, String> {
        let tables = report.tables.present();
        tables
            .filter_map(|(name, table)| Some((format!("{name}.form"), table.form.clone()?)))
            .collect()
    };
    let (one, two) = (forms(a), forms(b));
    let keys: IndexSet<&String> = one.keys().chain(two.keys()).collect();
    keys.into_iter()
        .map(|key| text_pair(key.clone(), one.get(key).cloned(), two.get(key).cloned()))
        .collect()
}

fn text_pair(key: String, a: Option<String>, b: Option<String>) -> Pair<String> {
    Pair {
        same: a.as_deref().map(fold) == b.as_deref().map(fold),
        key,
        a,
        b,
        difference: None,
    }
}

fn figures(a: &Report, b: &Report) -> Vec<Pair<Number>> {
    let (one, two) = (all_figures(a), all_figures(b));
    let keys: IndexSet<&String> = one.keys().chain(two.keys()).collect();
    let pair = |key: &String| {
        let (a, b) = (one.get(key).copied().flatten(), two.get(key).copied().flatten());
        Pair {
            key: key.clone(),
            a,
            b,
            same: a.map(|number| number.0) == b.map(|number| number.0),
            difference: a.zip(b).map(|(a, b)| Number(Decimal::normalize(&(b.0 - a.0)))),
        }
    };
    keys.into_iter().map(pair).collect()
}

fn all_figures(report: &Report) -> IndexMap<String, Option<Number>> {
    let tables = report.tables.present();
    tables
        .flat_map(|(name, table)| {
            table
                .values
                .0
                .iter()
                .map(move |(key, number)| (format!("{name}.{key}"), *number))
        })
        .collect()
}

fn narrative_figures(a: &Report, b: &Report) -> Vec<Pair<String>> {
    let (one, two) = (stated(a), stated(b));
    let keys: IndexSet<&String> = one.keys().chain(two.keys()).collect();
    let pair = |key: &String| {
        let values = |report: &IndexMap<String, IndexSet<String>>| {
            let values = report.get(key)?;
            Some(values.iter().cloned().collect::<Vec<_>>().join(", "))
        };
        text_pair(key.clone(), values(&one), values(&two))
    };
    keys.into_iter().map(pair).collect()
}

/// The different values that the sentences of a report state under each key, in their order.
fn stated(report: &Report) -> IndexMap<String, IndexSet<String>> {
    let mut stated: IndexMap<String, IndexSet<String>> = IndexMap::new();
    let own = report
        .narrative_figures
        .iter()
        .filter(|figure| figure.is_of_the_report());
    for figure in own {
        let values = stated.entry(figure.key.clone()).or_default();
        values.insert(figure.value.0.normalize().to_string());
    }
    stated
}

/// Sections are the same by their canonical key, or else by their heading, below the same section.
fn sections(a: &Report, b: &Report) -> Vec<Pair<String>> {
    let (mut one, mut two) = (Vec::new(), Vec::new());
    flatten(&a.sections, "", &mut one);
    flatten(&b.sections, "", &mut two);
    let mut pairs = Vec::new();
    for (key, text) in one {
        let place = two.iter().position(|(other, _)| fold(other) == fold(&key));
        let other = place.map(|place| two.remove(place).1);
        pairs.push(text_pair(key, Some(text), other));
    }
    pairs.extend(two.into_iter().map(|(key, text)| text_pair(key, None, Some(text))));
    pairs
}

fn flatten(sections: &[Section], above: &str, list: &mut Vec<(String, String)>) {
    for section in sections {
        let name = section.key.as_deref().unwrap_or(&section.heading);
        let key = if above.is_empty() {
            name.to_owned()
        } else {
            format!("{above} / {name}")
        };
        list.push((key.clone(), section.text.clone()));
        flatten(&section.children, &key, list);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_sentences_are_compared() {
        let report = |sentences: &str| {
            let text = format!(
                "青禾县水务局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{sentences}\n"
            );
            crate::extract(text.as_bytes(), &crate::read::Hints::default()).expect("a text is always read")
        };
        let compared = compare(
            &report("2022年，我局收到政府信息公开申请31件。主动公开政府信息1200条。"),
            &report("2022年，我局收到政府信息公开申请31件。全年收到政府信息公开申请32件。"),
        );
        let pairs: Vec<_> = compared
            .narrative_figures
            .iter()
            .map(|pair| (pair.key.as_str(), pair.a.as_deref(), pair.b.as_deref(), pair.same))
            .collect();
        assert_eq!(
            pairs,
            [
                ("applications.new", Some("31"), Some("31, 32"), false),
                ("disclosure.total", Some("1200"), None, false)
            ]
        );
    }
}
