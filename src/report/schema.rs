//! The JSON Schema of a report: the types give the shape, the forms give the keys of the tables.
//!
//! Invariant: what [`schema`] says is what is written. Every part is required, optional parts are null, and nothing else may
//! stand in the JSON. The values of a table have the keys of its form; keys that the same table has in other forms may stand beside
//! them, since a report may follow one form in one band and another in the next. So the keys of a table are defined once, and each form
//! says which of them it demands.

use indexmap::IndexMap;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Report, SCHEMA_VERSION};
use crate::forms::{CellSpec, Form, TABLES, TableSpec, forms};

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

/// A place has one of six shapes, which the Rust type writes through one struct of optional fields.
fn origin() -> Value {
    let number =
        |least: u32, description: &str| json!({ "type": "integer", "minimum": least, "description": description });
    let shape = |description: &str, properties: Value, optional: &[&str]| {
        let names = properties.as_object().into_iter().flat_map(Map::keys);
        let required: Vec<&String> = names.filter(|name| !optional.contains(&name.as_str())).collect();
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
            }), &[]),
            shape("A path in a DOM or XML tree.", json!({ "path": { "type": "string" } }), &[]),
            shape("A place in a text file.", json!({
                "line": number(1, "Line number, from 1."),
                "column": number(1, "Column number in characters, from 1."),
            }), &[]),
            shape("A paragraph of a text document.", json!({
                "paragraph": number(1, "Number among the paragraphs outside of tables, from 1, empty ones counted."),
            }), &[]),
            shape("A table of a text document, or a row or cell of it.", json!({
                "table": number(1, "Number of the table in the order of their beginnings, from 1."),
                "row": number(1, "Row of the table, from 1."),
                "cell": number(1, "Number among the cells that the row holds, from 1."),
            }), &["row", "cell"]),
            shape("A sheet of a workbook, or a cell of it.", json!({
                "sheet": { "type": "string", "description": "Name of the sheet." },
                "address": { "type": "string", "description": "Address of the cell, such as B7; of merged cells the first." },
            }), &["address"]),
        ],
    })
}

/// The same table in one form; without a form, as it is where nothing decides between the forms.
#[derive(Clone, Copy)]
struct Variant {
    key: &'static str,
    form: Option<&'static Form>,
}

impl Variant {
    /// The variants of a table: none where no form has it.
    fn of(key: &'static str) -> impl Iterator<Item = Variant> {
        let having = forms().iter().filter(move |form| form.table(key).is_some());
        let undecided = having.clone().next().map(|_| None);
        having.map(Some).chain(undecided).map(move |form| Variant { key, form })
    }

    /// Name of its definition.
    fn name(self) -> String {
        let form = self.form.map_or("undecided", |form| &form.id);
        format!("{}_{form}", self.key)
    }

    /// The general table, made exact.
    fn definition(self, general: &Value) -> Value {
        let mut exact = general.clone();
        let (description, form) = match self.form.and_then(|form| Some((form, form.table(self.key)?))) {
            Some((form, table)) => (
                format!(
                    "{} ({}), form {}, {}.",
                    table.label, table.english, form.id, form.legal_source
                ),
                json!({ "description": "The form that the table follows.", "const": form.id }),
            ),
            None => (
                format!("The table {} where nothing decides which form it follows.", self.key),
                json!({ "description": "The form cannot be decided.", "type": "null" }),
            ),
        };
        exact["description"] = json!(description);
        exact["properties"]["form"] = form;
        exact["properties"]["values"] = self.values();
        exact
    }

    /// The figures of the table, of which the form demands its own.
    fn values(self) -> Value {
        let own = self.form.and_then(|form| form.table(self.key));
        let mut root = Node::default();
        let demanded = |cell: &CellSpec<'_>| !cell.row.optional;
        for cell in own.into_iter().flat_map(TableSpec::cells).filter(demanded) {
            root.insert(&cell.key(), &cell);
        }
        let mut values = root.demands();
        values.insert("$ref".into(), json!(format!("#/$defs/{}", figures_name(self.key))));
        Value::Object(values)
    }
}

/// Name of the definition of a table's figures.
fn figures_name(table: &str) -> String {
    format!("{table}_figures")
}

/// The figures that a table has in any form as nested objects, each as the latest form names it.
fn figures(table: &str) -> Value {
    let mut root = Node::default();
    let tables = forms().iter().rev().filter_map(|form| form.table(table));
    for cell in tables.flat_map(TableSpec::cells) {
        root.insert(&cell.key(), &cell);
    }
    root.schema()
}

/// Lets each field of `tables` be one of the variants of its table, or null.
fn bind_tables(properties: &mut Value, table: &Value) {
    for key in TABLES {
        let mut choices: Vec<Value> = Variant::of(key)
            .map(|variant| json!({ "$ref": format!("#/$defs/{}", variant.name()) }))
            .collect();
        choices.push(json!({ "type": "null" }));
        let property = &mut properties[key];
        let description = property
            .get("description")
            .or_else(|| table.get("description"))
            .cloned();
        *property = json!({ "description": description, "oneOf": choices });
    }
}

/// The definitions of all tables and of their figures.
fn table_definitions(general: &Value) -> impl Iterator<Item = (String, Value)> {
    let variants = TABLES.into_iter().flat_map(Variant::of);
    let variants = variants.map(move |variant| (variant.name(), variant.definition(general)));
    let figures = TABLES.into_iter().map(|table| (figures_name(table), figures(table)));
    let figure = json!({
        "description": "A figure as printed; null where the report states none that can be read for sure.",
        "type": ["number", "null"],
    });
    variants.chain(figures).chain([("Figure".into(), figure)])
}

/// A level of the nested keys.
#[derive(Default)]
struct Node {
    children: IndexMap<String, Node>,
    /// What the figure is, where the key is that of one.
    figure: Option<String>,
}

impl Node {
    /// Adds a figure, unless it is there.
    fn insert(&mut self, key: &str, cell: &CellSpec<'_>) {
        match key.split_once('.') {
            Some((first, rest)) => self.children.entry(first.to_owned()).or_default().insert(rest, cell),
            None => {
                let node = self.children.entry(key.to_owned()).or_default();
                node.figure.get_or_insert_with(|| describe(cell));
            }
        }
    }

    /// Everything that may stand here, and nothing else.
    fn schema(&self) -> Value {
        if let Some(figure) = &self.figure {
            return json!({ "description": figure, "$ref": "#/$defs/Figure" });
        }
        let children = self.children.iter();
        let properties: Map<String, Value> = children.map(|(name, node)| (name.clone(), node.schema())).collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }

    /// Everything that must stand here.
    fn demands(&self) -> Map<String, Value> {
        let below = self.children.iter().filter(|(_, node)| node.figure.is_none());
        let below: Map<String, Value> = below
            .map(|(name, node)| (name.clone(), node.demands().into()))
            .collect();
        let mut demands = Map::new();
        if !self.children.is_empty() {
            demands.insert("required".into(), self.children.keys().map(String::as_str).collect());
        }
        if !below.is_empty() {
            demands.insert("properties".into(), below.into());
        }
        demands
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
