//! What is loaded is sound: each fault in a form or rule is an error that names it.

use super::Registry;

const FORM: &str = r#"
id = "toy"
years = "2019 onward"
from = 2019
legal_source = "试〔2019〕1号"
sections = [{ key = "overview", content = "words" }]

[[tables]]
key = "statistics"
label = "统计表"
english = "statistics"

[[tables.bands]]
columns = [
  { key = "boys", label = "男", english = "boys", unit = "人" },
  { key = "all", label = "总计", english = "all", unit = "人" },
]
rows = [
  { key = "old.first", label = "1.甲", english = "first" },
  { key = "old.rest", label = "其余", english = "rest", optional = true, stands_for = "old" },
  { key = "sum", label = "合计", english = "sum" },
]

[[tables.rules]]
code = "statistics.sum"
each = "column"
left = ["sum"]
right = ["old.first"]
english = "The sum."
chinese = "合计。"
"#;

const SECTIONS: &str = r#"
[[sections]]
key = "overview"
heading = "总体情况"
english = "overview"
"#;

const RULES: &str = r#"
[[text]]
code = "text.old"
english = "The old ones."
chinese = "旧的。"
against = [{ table = "statistics", readings = [["old.*.all"], ["sum.all", "sum.boys"]] }]

[[series]]
code = "series.sum"
english = "The sums."
chinese = "合计。"
table = "statistics"
each = "column"
before = ["old.first"]
now = "sum"
"#;

fn load(form: &str, sections: &str, rules: &str) -> Result<Registry, String> {
    Registry::load([("toy", form)].into_iter(), sections, rules)
}

#[test]
fn a_sound_form_is_loaded() {
    let registry = load(FORM, SECTIONS, RULES).unwrap();
    assert_eq!(registry.forms[0].tables[0].cells().count(), 6);
    let sums = registry.rules.series[0].sums(registry.forms.iter());
    let of: Vec<_> = sums.iter().map(|sum| (&*sum.before[0], &*sum.now)).collect();
    assert_eq!(of, [("old.first.boys", "sum.boys"), ("old.first.all", "sum.all")]);
}

/// The error of the form with one text put in place of another.
#[track_caller]
fn error_with(from: &str, to: &str) -> String {
    assert!(FORM.contains(from), "{from}");
    let form = FORM.replacen(from, to, 1);
    load(&form, SECTIONS, RULES).expect_err(&form)
}

#[test]
fn a_table_that_the_json_has_no_room_for_is_an_error() {
    let error = error_with(r#"key = "statistics""#, r#"key = "applicants""#);
    assert!(
        error.contains("form toy: table applicants: the JSON of a report has no such table"),
        "{error}"
    );
}

#[test]
fn keys_that_clash_are_errors() {
    for (from, to, word) in [
        (
            r#"key = "sum""#,
            r#"key = "old.first""#,
            "key old.first.boys stands twice",
        ),
        (r#"key = "boys""#, r#"key = "all""#, "key old.first.all stands twice"),
        (
            r#"key = "sum""#,
            r#"key = "old""#,
            "rule statistics.sum: no band has all its keys",
        ),
        (r#"key = "boys""#, r#"key = "Boys""#, r#""Boys" is no key"#),
        (r#"key = "boys""#, r#"key = "boys.young""#, "has a dot"),
        (r#"key = "sum""#, r#"key = "sum/all""#, "is no key"),
        (r#"label = "男""#, r#"label = " ""#, "a name is empty"),
        (
            r#"stands_for = "old""#,
            r#"stands_for = "new""#,
            "stands for those beside it",
        ),
        (r#"id = "toy""#, r#"id = "boy""#, "its id is"),
        ("from = 2019", "from = 2019\nto = 2018", "years end before"),
        ("from = 2019", "from = 2019\ncolour = 1", "colour"),
        (r#"key = "overview""#, r#"key = "overlook""#, r#"no section "overlook""#),
    ] {
        let error = error_with(from, to);
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn a_key_that_is_a_figure_and_holds_figures_is_an_error() {
    let first = r#"{ key = "old.first", label = "1.甲", english = "first" },"#;
    let more = r#"{ key = "old.first.all", label = "2.乙", english = "second" },"#;
    let error = error_with(first, &format!("{first}{more}"));
    assert!(error.contains("stands below a key that is a figure itself"), "{error}");
}

#[test]
fn a_rule_that_names_unknown_keys_or_is_not_explained_is_an_error() {
    for (from, to, word) in [
        (r#"left = ["sum"]"#, r#"left = ["sums"]"#, "no band has all its keys"),
        (r#"left = ["sum"]"#, "left = []", "a side is empty"),
        (r#"english = "The sum.""#, "", "one language only"),
        ("english = \"The sum.\"\nchinese = \"合计。\"", "", "explained 0 times"),
    ] {
        let error = error_with(from, to);
        assert!(error.contains(word), "{error}");
    }
    for (from, to, word) in [
        ("sum.boys", "sum.girls", "no form has sum.girls in table statistics"),
        ("old.*.all", "new.*.all", "no form has new.*.all"),
        (
            r#""statistics", readings"#,
            r#""applications", readings"#,
            "no form has old.*.all in table applications",
        ),
        ("text.old", "texts.old", "begins with text."),
        (r#"[["old.*.all"], "#, "[[], ", "without figures"),
        (r#"now = "sum""#, r#"now = "sums""#, "no form has all its keys"),
    ] {
        assert!(RULES.contains(from), "{from}");
        let error = load(FORM, SECTIONS, &RULES.replacen(from, to, 1)).expect_err(to);
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn a_second_form_or_section_of_the_same_name_is_an_error() {
    let twice = Registry::load([("toy", FORM), ("toy", FORM)].into_iter(), SECTIONS, RULES);
    assert_eq!(twice.expect_err("two forms"), "form toy stands twice");
    let error = load(FORM, &SECTIONS.repeat(2), RULES).expect_err("two sections");
    assert_eq!(error, "section overview stands twice");
}
