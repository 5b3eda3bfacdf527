//! The crosswalk: which figures of the forms, and which stated figures, are the same indicator (`schema/crosswalk.toml`).
//!
//! No official concordance exists, so each link says how near it is and why, and a user may overrule it. Invariant: every figure of
//! every form is linked or named as one without a counterpart; a test fails otherwise.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{forms, narrative};

const FILE: &str = include_str!("../../schema/crosswalk.toml");

static CROSSWALK: LazyLock<Crosswalk> = LazyLock::new(|| embedded(Crosswalk::parse(FILE)));

#[allow(clippy::panic)]
fn embedded(loaded: Result<Crosswalk, String>) -> Crosswalk {
    // Impossible in a released program: a test loads what it carries.
    loaded.unwrap_or_else(|error| panic!("schema/crosswalk.toml: {error}"))
}

/// Indicators and the figures that have none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Indicators, in the order of the file.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// Figures that are never linked.
    #[serde(default)]
    pub none: Vec<Unlinked>,
}

/// What can be followed over the forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Key.
    pub key: String,
    /// English name.
    pub english: String,
    /// Chinese name.
    pub chinese: String,
    /// Unit.
    pub unit: String,
    /// Its figures in the forms and in sentences; of several that a report has the first is taken.
    pub links: Vec<Link>,
}

/// A figure, or a sum of figures, that is the indicator.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The forms that the link is for.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The table.
    #[serde(default)]
    pub table: String,
    /// Dotted keys that are added.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Or the key of a figure that a sentence states.
    pub prose: Option<String>,
    /// How near it is.
    pub kind: Kind,
    /// The difference, in English.
    pub english: String,
    /// The same in Chinese.
    pub chinese: String,
}

impl Link {
    /// What the link names and neither a form nor a sentence has.
    fn unknown(&self) -> Option<String> {
        if let Some(prose) = &self.prose {
            let known = narrative::stated_figures().iter().any(|figure| figure.key == *prose);
            return (!known).then(|| format!("no sentence states {prose}"));
        }
        if self.keys.is_empty() || self.forms.is_empty() {
            return Some("a link names no figure".into());
        }
        let table = |id: &String| forms::forms().iter().find(|form| form.id == *id)?.table(&self.table);
        self.forms.iter().find_map(|id| {
            let has = |key: &&String| table(id).is_some_and(|table| table.cell(key).is_some());
            let key = self.keys.iter().find(|key| !has(key))?;
            Some(format!("form {id} has no {key} in table {}", self.table))
        })
    }
}

/// How near a figure is to its indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Kind {
    /// The same thing.
    #[serde(rename = "=")]
    Same,
    /// Nearly the same.
    #[serde(rename = "≈")]
    Near,
    /// The sum of several figures.
    #[serde(rename = "Σ")]
    Sum,
    /// A sum that is nearly the same.
    #[serde(rename = "Σ≈")]
    NearSum,
}

impl Kind {
    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Kind::Same => "=",
            Kind::Near => "≈",
            Kind::Sum => "Σ",
            Kind::NearSum => "Σ≈",
        }
    }
}

/// Figures without a counterpart.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlinked {
    /// Their table.
    pub table: String,
    /// The forms.
    pub forms: Vec<String>,
    /// Patterns of dotted keys; `*` stands for any part.
    pub keys: Vec<String>,
    /// Why, in English.
    pub english: String,
    /// The same in Chinese.
    pub chinese: String,
}

/// The crosswalk that the program carries.
pub fn crosswalk() -> &'static Crosswalk {
    &CROSSWALK
}

impl Crosswalk {
    /// Reads a crosswalk.
    ///
    /// # Errors
    /// Where it is no TOML of this shape, or a link names figures that no form has and no sentence states.
    pub fn parse(text: &str) -> Result<Self, String> {
        let crosswalk: Crosswalk = toml::from_str(text).map_err(|error| error.to_string())?;
        for indicator in &crosswalk.indicators {
            let mut unknown = indicator.links.iter().filter_map(Link::unknown);
            if let Some(unknown) = unknown.next() {
                return Err(format!("{}: {unknown}", indicator.key));
            }
        }
        Ok(crosswalk)
    }

    /// This crosswalk with the indicators of another in place of those of the same key.
    pub fn overruled_by(&self, other: Crosswalk) -> Self {
        let mut crosswalk = self.clone();
        for indicator in other.indicators {
            match crosswalk.indicators.iter_mut().find(|own| own.key == indicator.key) {
                Some(own) => *own = indicator,
                None => crosswalk.indicators.push(indicator),
            }
        }
        crosswalk
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::forms;

    fn fits(key: &str, pattern: &str) -> bool {
        match pattern.split_once('*') {
            None => key == pattern,
            Some((front, back)) => {
                key.len() >= front.len() + back.len() && key.starts_with(front) && key.ends_with(back)
            }
        }
    }

    #[test]
    fn every_figure_of_every_form_is_linked_or_named_without_a_counterpart() {
        let all = crosswalk();
        let links = || all.indicators.iter().flat_map(|indicator| &indicator.links);
        let mut missing = Vec::new();
        for form in forms() {
            for table in &form.tables {
                for key in table.cells().map(|cell| cell.key()) {
                    let linked = links().any(|link| {
                        link.table == table.key && link.forms.contains(&form.id) && link.keys.contains(&key)
                    });
                    let none = all.none.iter().any(|none| {
                        none.table == table.key
                            && none.forms.contains(&form.id)
                            && none.keys.iter().any(|pattern| fits(&key, pattern))
                    });
                    if linked == none {
                        missing.push(format!(
                            "{} {}.{key}: linked {linked}, without {none}",
                            form.id, table.key
                        ));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }

    #[test]
    fn a_link_to_a_figure_that_does_not_exist_is_an_error() {
        let indicator = "[[indicators]]\nkey = \"k\"\nenglish = \"e\"\nchinese = \"c\"\nunit = \"条\"\n[[indicators.links]]\n\
                         kind = \"=\"\nenglish = \"e\"\nchinese = \"c\"\n";
        for link in [
            "prose = \"invented\"",
            "forms = [\"2014\"]\ntable = \"statistics\"\nkeys = [\"invented\"]",
            "forms = [\"2014\"]",
        ] {
            assert!(Crosswalk::parse(&format!("{indicator}{link}\n")).is_err(), "{link}");
        }
        assert!(Crosswalk::parse(&format!("{indicator}prose = \"disclosure.total\"\n")).is_ok());
    }

    #[test]
    fn a_user_overrules_an_indicator() {
        let other =
            "[[indicators]]\nkey = \"disclosure.total\"\nenglish = \"e\"\nchinese = \"c\"\nunit = \"条\"\nlinks = []\n";
        let both = crosswalk().overruled_by(Crosswalk::parse(other).unwrap());
        assert_eq!(both.indicators.len(), crosswalk().indicators.len());
        let own = both.indicators.iter().find(|own| own.key == "disclosure.total");
        assert!(own.unwrap().links.is_empty());
    }
}
