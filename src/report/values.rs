//! The figures of one table: dotted keys in the form's order, written as nested objects.
//!
//! Invariant: a key of the form is always there; a figure that is not a number is `null`, never left out and never 0.

use std::fmt;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

/// A figure as printed: an exact decimal, never passed through binary floating point. In JSON it is written and read as it stands, which
/// only `serde_json` can do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.to_string()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let number = raw.get().parse().or_else(|_| Decimal::from_scientific(raw.get()));
        number.map(Number).map_err(D::Error::custom)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Number(value.into())
    }
}

impl schemars::JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

/// What is known by its key, in the order in which it was put in.
pub type ByKey<V> = IndexMap<String, V, RandomState>;

/// Figures by dotted key (`denied.state_secret.natural_person`), in the form's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(pub ByKey<Option<Number>>);

impl Values {
    /// The figure of a key; `None` where it is null or the key is unknown.
    pub fn get(&self, key: &str) -> Option<Number> {
        self.0.get(key).copied().flatten()
    }
}

/// The keys below one prefix, in order of first appearance: name of the next part, and whether it is a leaf.
struct Level<'a> {
    values: &'a ByKey<Option<Number>>,
    prefix: &'a str,
}

impl Serialize for Level<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut seen: Vec<&str> = Vec::new();
        for (key, value) in self.values {
            let Some(rest) = key.strip_prefix(self.prefix) else {
                continue;
            };
            match rest.split_once('.') {
                None => map.serialize_entry(rest, value)?,
                Some((name, _)) if !seen.contains(&name) => {
                    seen.push(name);
                    let prefix = format!("{}{name}.", self.prefix);
                    map.serialize_entry(
                        name,
                        &Level {
                            values: self.values,
                            prefix: &prefix,
                        },
                    )?;
                }
                Some(_) => {}
            }
        }
        map.end()
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Level {
            values: &self.0,
            prefix: "",
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut values = ByKey::default();
        flatten(&Box::<RawValue>::deserialize(deserializer)?, "", &mut values).map_err(D::Error::custom)?;
        Ok(Values(values))
    }
}

fn flatten(raw: &RawValue, key: &str, values: &mut ByKey<Option<Number>>) -> Result<(), String> {
    let of_key = |error: serde_json::Error| format!("{key}: {error}");
    if !raw.get().starts_with('{') {
        values.insert(key.to_owned(), serde_json::from_str(raw.get()).map_err(of_key)?);
        return Ok(());
    }
    let entries: ByKey<Box<RawValue>> = serde_json::from_str(raw.get()).map_err(of_key)?;
    for (name, value) in entries {
        let key = if key.is_empty() { name } else { format!("{key}.{name}") };
        flatten(&value, &key, values)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_nested_in_order_and_exact() {
        let mut values = Values::default();
        values.0.insert("new.total".into(), Some(3.into()));
        values.0.insert("denied.state_secret.total".into(), None);
        values
            .0
            .insert("new.natural_person".into(), Some(Number("4068.2080".parse().unwrap())));
        let json = serde_json::to_string(&values).unwrap();
        assert_eq!(
            json,
            r#"{"new":{"total":3,"natural_person":4068.2080},"denied":{"state_secret":{"total":null}}}"#
        );
        let back: Values = serde_json::from_str(&json).unwrap();
        assert_eq!(back.get("new.natural_person"), values.get("new.natural_person"));
        assert_eq!(back.0.len(), 3);
    }
}
