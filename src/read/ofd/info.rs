//! What an OFD file says of itself in the `DocInfo` of its documents.

use super::values::{attribute, child, children, entry};
use crate::document::{Origin, Property};
use crate::read::container::xml::Element;

/// Where the information stands.
const PLACE: &str = "/OFD/DocBody/DocInfo";

/// The title, unless it is blank.
pub(super) fn title(body: Element) -> Option<String> {
    entry(child(body, "DocInfo")?, "Title")
}

/// Author, subject and the like, as far as they are given, and what the program that made the file added by names of its own.
pub(super) fn properties(body: Element) -> Vec<Property> {
    let Some(info) = child(body, "DocInfo") else {
        return Vec::new();
    };
    let named = ["Author", "Subject", "Abstract", "Creator", "CreationDate", "ModDate"];
    let given = named.into_iter().filter_map(|name| {
        Some(Property {
            name: name.into(),
            value: entry(info, name)?,
            origin: Origin::Path(format!("{PLACE}/{name}")),
        })
    });
    given.chain(keywords(info)).chain(added(info)).collect()
}

fn keywords(info: Element) -> Option<Property> {
    let words: Vec<String> = children(child(info, "Keywords")?, "Keyword")
        .map(|keyword| keyword.text().trim().to_owned())
        .filter(|keyword| !keyword.is_empty())
        .collect();
    (!words.is_empty()).then(|| Property {
        name: "Keywords".into(),
        value: words.join("; "),
        origin: Origin::Path(format!("{PLACE}/Keywords")),
    })
}

fn added(info: Element<'_>) -> impl Iterator<Item = Property> {
    let data = child(info, "CustomDatas");
    let data = data.into_iter().flat_map(|data| children(data, "CustomData"));
    data.enumerate().filter_map(|(number, data)| {
        let value = data.text().trim().to_owned();
        Some(Property {
            name: attribute(data, "Name")?.into(),
            origin: Origin::Path(format!("{PLACE}/CustomDatas/CustomData[{}]", number + 1)),
            value,
        })
        .filter(|property| !property.name.is_empty() && !property.value.is_empty())
    })
}
