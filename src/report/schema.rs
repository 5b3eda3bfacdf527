//! The JSON Schema of a report: the types give the shape, the forms give the keys of the tables.
//!
//! Invariant: what [`schema`] says is what is written. Every part is required, optional parts are null, and nothing else may
//! stand in the JSON; the values of a table have exactly the keys of its form, in the form's order.

use indexmap::IndexMap;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Report, SCHEMA_VERSION};
use crate::forms::{CellSpec, Form, TableSpec, forms};

/// JSON Schema, draft 2020-12, of a report as it is written.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut root = generator.into_root_schema_for::<Report>().to_value();
    close(&mut root);
    root["properties"]["schema_version"] = json!({
        "description": "Version of this shape; it changes when a key is removed or changes its meaning.",
        "const": SCHEMA_VERSION,
    });
    if let Some(definitions) = root.get_mut("$defs").and_then(Value::as_object_mut) {
        let table = definitions.shift_remove("Table").unwrap_or_default();
        if let Some(tables) = definitions
            .get_mut("Tables")
            .and_then(|tables| tables.get_mut("properties"))
        {
            bind_tables(tables, &table);
        }
        definitions.shift_remove("Fields");
        definitions.insert("Origin".into(), origin());
        definitions.extend(table_definitions(&table));
    }
    rename(&mut root, "#/$defs/Fields", "#/$defs/Origin");
    headed(root)
}

/// The schema with what it is on top.
fn headed(mut root: Value) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), root["$schema"].take());
    schema.insert("title".into(), json!("nianbao report"));
    schema.insert("description".into(), root["description"].take());
    for (key, value) in root.as_object_mut().into_iter().flatten() {
        schema.entry(key.as_str()).or_insert_with(|| value.take());
    }
    Value::Object(schema)
}

/// Allows no other keys in any object that has named ones.
fn close(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(close);
            if map.get("type") == Some(&json!("object")) && map.contains_key("properties") {
                map.insert("additionalProperties".into(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Points references to one definition at another.
fn rename(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) if text == from => to.clone_into(text),
        Value::Object(map) => map.values_mut().for_each(|value| rename(value, from, to)),
        Value::Array(items) => items.iter_mut().for_each(|value| rename(value, from, to)),
        _ => {}
    }
}

/// A place has one of three shapes, which the Rust type writes through one struct of optional fields.
fn origin() -> Value {
    let number =
        |least: u32, description: &str| json!({ "type": "integer", "minimum": least, "description": description });
    let shape = |description: &str, properties: Value| {
        let required: Vec<&String> = properties.as_object().into_iter().flat_map(Map::keys).collect();
        json!({
            "description": description,
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": false,
        })
    };
    json!({
        "description": "Where something stands in the original file.",
        "oneOf": [
            shape("A box on a page.", json!({
                "page": number(1, "Page number, from 1."),
                "box": {
                    "description": "[x0, y0, x1, y1] in PDF points from the top left corner of the page as displayed.",
                    "type": "array", "items": { "type": "number" }, "minItems": 4, "maxItems": 4,
                },
            })),
            shape("A path in a DOM or XML tree.", json!({ "path": { "type": "string" } })),
            shape("A place in a text file.", json!({
                "line": number(1, "Line number, from 1."),
                "column": number(1, "Column number in characters, from 1."),
            })),
        ],
    })
}

/// Name of the definition of one table in one form.
fn definition_name(form: &Form, table: &TableSpec) -> String {
    format!("{}_{}", table.key, form.id)
}

/// Every table of every form, with the form that it stands in.
fn tables() -> impl Iterator<Item = (&'static Form, &'static TableSpec)> {
    forms()
        .iter()
        .flat_map(|form| form.tables.iter().map(move |table| (form, table)))
}

/// Lets each field of `tables` be one of the forms' tables of its key, or null.
fn bind_tables(properties: &mut Value, table: &Value) {
    for (key, property) in properties.as_object_mut().into_iter().flatten() {
        let mut choices: Vec<Value> = tables()
            .filter(|(_, table)| table.key == *key)
            .map(|(form, table)| json!({ "$ref": format!("#/$defs/{}", definition_name(form, table)) }))
            .collect();
        choices.push(json!({ "type": "null" }));
        let description = property
            .get("description")
            .or_else(|| table.get("description"))
            .cloned();
        *property = json!({ "description": description, "oneOf": choices });
    }
}

/// The general table, made exact for each table of each form.
fn table_definitions(general: &Value) -> impl Iterator<Item = (String, Value)> {
    tables().map(move |(form, table)| {
        let mut exact = general.clone();
        exact["description"] = json!(format!(
            "{} ({}), form {}, {}.",
            table.label, table.english, form.id, form.legal_source
        ));
        exact["properties"]["form"] = json!({ "description": "The form that the table follows.", "const": form.id });
        exact["properties"]["values"] = values(table);
        (definition_name(form, table), exact)
    })
}

/// The values of a table as nested objects.
fn values(table: &TableSpec) -> Value {
    let mut root = Node::default();
    for cell in table.cells() {
        root.insert(&cell.key(), &cell);
    }
    root.schema()
}

/// A level of the nested keys.
#[derive(Default)]
struct Node<'a> {
    children: IndexMap<String, Node<'a>>,
    cell: Option<CellSpec<'a>>,
}

impl<'a> Node<'a> {
    fn insert(&mut self, key: &str, cell: &CellSpec<'a>) {
        match key.split_once('.') {
            Some((first, rest)) => self.children.entry(first.to_owned()).or_default().insert(rest, cell),
            None => self.children.entry(key.to_owned()).or_default().cell = Some(*cell),
        }
    }

    /// Whether a report need not have the key: so for an optional row, and for what holds nothing but such rows.
    fn optional(&self) -> bool {
        match &self.cell {
            Some(cell) => cell.row.optional,
            None => self.children.values().all(Node::optional),
        }
    }

    fn schema(&self) -> Value {
        if let Some(cell) = &self.cell {
            return json!({ "description": describe(cell), "type": ["number", "null"] });
        }
        let required: Vec<&String> = self
            .children
            .iter()
            .filter(|(_, node)| !node.optional())
            .map(|(name, _)| name)
            .collect();
        let properties: Map<String, Value> = self
            .children
            .iter()
            .map(|(name, node)| (name.clone(), node.schema()))
            .collect();
        json!({
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

/// Chinese and English label and unit of a figure.
fn describe(cell: &CellSpec<'_>) -> String {
    let labels: Vec<&str> = cell
        .row
        .path
        .iter()
        .chain([&cell.row.label, &cell.column.label])
        .map(String::as_str)
        .collect();
    format!(
        "{}（{}）: {}, {}",
        labels.join(" / "),
        cell.unit(),
        cell.row.english,
        cell.column.english
    )
}
