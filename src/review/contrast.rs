//! The colours of the page, measured: WCAG 2.2, level AA.

use std::collections::BTreeMap;

use super::page::STYLE;

/// What text is written in, and what it may stand on.
const TEXT: [&str; 5] = ["ink", "soft", "link", "bad", "good"];
const GROUND: [&str; 4] = ["paper", "panel", "mark", "bad-paper"];
/// What must be seen without being read: outlines of marks, of fields and of the focus, bars and lines of charts.
const SIGNS: [&str; 5] = ["mark-line", "soft", "link", "bad", "good"];

type Colours = BTreeMap<&'static str, [f64; 3]>;

/// The variables of light and dark.
fn schemes() -> Vec<Colours> {
    let blocks = STYLE.split(":root {").skip(1).filter_map(|rest| rest.split_once('}'));
    blocks.map(|(block, _)| colours(block)).collect()
}

fn colours(block: &'static str) -> Colours {
    let variables = block
        .split(';')
        .filter_map(|part| part.trim().strip_prefix("--")?.split_once(": #"));
    variables.map(|(name, digits)| (name, channels(digits))).collect()
}

/// `fff` and `1a1a1a`, each channel from 0 to 1.
fn channels(digits: &str) -> [f64; 3] {
    let wide = digits.len() / 3;
    std::array::from_fn(|at| {
        let channel = &digits[at * wide..(at + 1) * wide];
        let value = u8::from_str_radix(&channel.repeat(3 - wide), 16).unwrap();
        f64::from(value) / 255.0
    })
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |channel: f64| {
        if channel <= 0.04045 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The pairs that are nearer to each other than allowed.
fn too_near(scheme: &Colours, front: &[&str], behind: &[&str], least: f64) -> Vec<String> {
    let pairs = front
        .iter()
        .flat_map(|one| behind.iter().map(move |other| (one, other)));
    let measured = pairs.map(|(one, other)| (one, other, contrast(scheme[one], scheme[other])));
    measured
        .filter(|(.., ratio)| *ratio < least)
        .map(|(one, other, ratio)| format!("{one} on {other}: {ratio:.2}"))
        .collect()
}

#[test]
fn contrast_is_measured_as_the_guidelines_do() {
    let ratio = |one: &str, other: &str| contrast(channels(one), channels(other));
    assert!((ratio("fff", "000000") - 21.0).abs() < 1e-9);
    // The grey that is just enough on white.
    assert!(ratio("767676", "fff") > 4.5 && ratio("777777", "fff") < 4.5);
}

#[test]
fn text_and_signs_are_seen_in_light_and_dark() {
    let schemes = schemes();
    assert_eq!(schemes.len(), 2);
    for scheme in &schemes {
        assert_eq!(too_near(scheme, &TEXT, &GROUND, 4.5), [""; 0]);
        assert_eq!(too_near(scheme, &SIGNS, &["paper", "panel"], 3.0), [""; 0]);
    }
}

#[test]
fn text_has_no_colour_but_those_that_are_measured() {
    let rules = STYLE.split(['{', '}', ';']).map(str::trim);
    let named: Vec<&str> = rules.filter_map(|rule| rule.strip_prefix("color: ")).collect();
    assert!(named.len() > 10);
    for colour in named {
        let variable = colour.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')'));
        assert!(
            colour == "inherit" || variable.is_some_and(|name| TEXT.contains(&name)),
            "{colour}"
        );
    }
}
