//! Reads the forms, sections and rules, and makes sure that they fit each other.
//!
//! Others rely on what is tested here: every key has a place in the JSON, every rule names figures that exist, every code is
//! explained. Invariant: what does not fit is an error that names the form, the table and the key.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::rules::{Rules, is_meant};
use super::spec::{Band, Each, Form, RowSpec, SectionSpec, SumRule, TABLES, TableSpec};

/// All that is known of forms.
#[derive(Debug)]
pub(super) struct Registry {
    /// Oldest first; those of the same years by name.
    pub forms: Vec<Form>,
    pub sections: Vec<SectionSpec>,
    pub rules: Rules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sections {
    sections: Vec<SectionSpec>,
}

impl Registry {
    /// Reads each form from the name and text of its file, then sections and rules.
    pub fn load<'a>(
        files: impl Iterator<Item = (&'a str, &'a str)>,
        sections: &str,
        rules: &str,
    ) -> Result<Registry, String> {
        let mut forms = Vec::new();
        for (name, text) in files {
            let form: Form = parse(name, text)?;
            if form.id != name {
                return Err(format!("form {name}: its id is {:?}", form.id));
            }
            forms.push(form);
        }
        forms.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
        let registry = Registry {
            forms,
            sections: parse::<Sections>("sections", sections)?.sections,
            rules: parse("rules", rules)?,
        };
        registry.check()?;
        Ok(registry)
    }

    fn check(&self) -> Result<(), String> {
        once("form", self.forms.iter().map(|form| form.id.as_str()))?;
        once("section", self.sections.iter().map(|section| section.key.as_str()))?;
        for form in &self.forms {
            self.check_form(form)
                .map_err(|error| format!("form {}: {error}", form.id))?;
        }
        self.check_nesting()?;
        self.check_codes()?;
        self.check_text_rules()?;
        self.check_series_rules()
    }

    fn check_form(&self, form: &Form) -> Result<(), String> {
        if form.to.is_some_and(|to| to < form.from) {
            return Err(format!("its years end before {}", form.from));
        }
        once("table", form.tables.iter().map(|table| table.key.as_str()))?;
        once("section", form.sections.iter().map(|section| section.key.as_str()))?;
        for section in &form.sections {
            if !self.sections.iter().any(|known| known.key == section.key) {
                return Err(format!("there is no section {:?}", section.key));
            }
        }
        for table in &form.tables {
            check_table(table).map_err(|error| format!("table {}: {error}", table.key))?;
        }
        Ok(())
    }

    /// In the nested JSON a key is a figure or holds figures, never both, whichever forms a table mixes.
    fn check_nesting(&self) -> Result<(), String> {
        for table in TABLES {
            let specs = self.forms.iter().filter_map(|form| form.table(table));
            let keys: HashSet<String> = specs.flat_map(TableSpec::cells).map(|cell| cell.key()).collect();
            let is_figure_and_group = |key: &&String| {
                let above = key.match_indices('.').map(|(dot, _)| &key[..dot]);
                above.into_iter().any(|above| keys.contains(above))
            };
            if let Some(key) = keys.iter().find(is_figure_and_group) {
                return Err(format!(
                    "table {table}: {key} stands below a key that is a figure itself"
                ));
            }
        }
        Ok(())
    }

    /// Every code of a sum rule is explained, and in one place.
    fn check_codes(&self) -> Result<(), String> {
        let tables = self.forms.iter().flat_map(|form| &form.tables);
        let mut explained: HashMap<&str, usize> = HashMap::new();
        for SumRule {
            code, english, chinese, ..
        } in tables.flat_map(|table| &table.rules)
        {
            if english.is_some() != chinese.is_some() {
                return Err(format!("rule {code}: it is explained in one language only"));
            }
            *explained.entry(code).or_default() += usize::from(english.is_some());
        }
        match explained.into_iter().find(|(_, count)| *count != 1) {
            Some((code, count)) => Err(format!("rule {code}: it is explained {count} times")),
            None => Ok(()),
        }
    }

    fn check_text_rules(&self) -> Result<(), String> {
        once("rule", self.rules.text.iter().map(|rule| rule.code.as_str()))?;
        for rule in &self.rules.text {
            let wrong = |what: &str| Err(format!("rule {}: {what}", rule.code));
            if !rule.code.starts_with("text.") || rule.against.is_empty() {
                return wrong("its code begins with text., and it is held against something");
            }
            for against in &rule.against {
                let specs = || self.forms.iter().filter_map(|form| form.table(&against.table));
                let meant = |pattern: &str| {
                    specs()
                        .flat_map(TableSpec::cells)
                        .any(|cell| is_meant(&cell.key(), pattern))
                };
                let patterns = || against.readings.iter().flatten();
                if patterns().next().is_none() || against.readings.iter().any(Vec::is_empty) {
                    return wrong("a reading without figures");
                }
                if let Some(pattern) = patterns().find(|pattern| !meant(pattern)) {
                    return wrong(&format!("no form has {pattern} in table {}", against.table));
                }
            }
        }
        Ok(())
    }

    fn check_series_rules(&self) -> Result<(), String> {
        once("rule", self.rules.series.iter().map(|rule| rule.code.as_str()))?;
        let useless = |rule: &&super::SeriesRule| rule.sums(self.forms.iter()).is_empty();
        match self.rules.series.iter().find(useless) {
            Some(rule) => Err(format!("rule {}: no form has all its keys in one band", rule.code)),
            None => Ok(()),
        }
    }
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("{name}: {error}"))
}

/// Nothing may stand twice.
fn once<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = HashSet::new();
    let mut names = names;
    match names.find(|name| !seen.insert(*name)) {
        Some(name) => Err(format!("{what} {name} stands twice")),
        None => Ok(()),
    }
}

fn check_table(table: &TableSpec) -> Result<(), String> {
    if !TABLES.contains(&table.key.as_str()) {
        return Err(format!(
            "the JSON of a report has no such table, only {}",
            TABLES.join(", ")
        ));
    }
    let keys: Vec<String> = table.cells().map(|cell| cell.key()).collect();
    once("key", keys.iter().map(String::as_str))?;
    for band in &table.bands {
        if band.columns.is_empty() || band.rows.is_empty() == band.groups.is_empty() {
            return Err("a band has columns, and either rows or groups".into());
        }
        once("column", band.columns.iter().map(|column| column.key.as_str()))?;
        for column in &band.columns {
            // The figure of a row alone has the key of the row.
            let key = if column.key.is_empty() { "figure" } else { &column.key };
            check_names(key, &[&column.label, &column.english, &column.unit])?;
            if column.key.contains('.') {
                return Err(format!("column {}: its key has a dot", column.key));
            }
        }
        for row in band.rows_or_groups() {
            check_names(&row.key, &[&row.label, &row.english])?;
            check_stand_in(table, row)?;
        }
    }
    table.rules.iter().try_for_each(|rule| check_sum_rule(table, rule))
}

/// Keys are parts of JSON Pointers, file formats and databases, so they are plain; nothing may be without a name.
fn check_names(key: &str, names: &[&String]) -> Result<(), String> {
    let is_plain = |part: &str| {
        let mut letters = part.chars();
        let plain = letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        plain && !part.is_empty()
    };
    if !key.split('.').all(is_plain) {
        return Err(format!("{key:?} is no key: words of a-z, 0-9 and _, joined by dots"));
    }
    match names.iter().any(|name| name.trim().is_empty()) {
        true => Err(format!("{key}: a name is empty")),
        false => Ok(()),
    }
}

fn check_stand_in(table: &TableSpec, row: &RowSpec) -> Result<(), String> {
    let Some(group) = &row.stands_for else { return Ok(()) };
    let only = table
        .rows()
        .filter(|other| other.stands_for.as_ref() == Some(group))
        .count()
        == 1;
    if only && super::spec::is_below(&row.key, group) {
        return Ok(());
    }
    Err(format!("{}: a row stands for those beside it, and one alone", row.key))
}

fn check_sum_rule(table: &TableSpec, rule: &SumRule) -> Result<(), String> {
    let keys = || rule.left.iter().chain(&rule.right);
    let has = |band: &Band, key: &String| match rule.each {
        Each::Column => band.rows.iter().any(|row| row.key == *key),
        Each::Row => !band.rows.is_empty() && band.columns.iter().any(|column| column.key == *key),
        Each::Group => !band.groups.is_empty() && band.columns.iter().any(|column| column.key == *key),
    };
    if rule.left.is_empty() || rule.right.is_empty() {
        return Err(format!("rule {}: a side is empty", rule.code));
    }
    if !table.bands.iter().any(|band| keys().all(|key| has(band, key))) {
        return Err(format!("rule {}: no band has all its keys", rule.code));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
