//! The places in the source that a report names, numbered.
//!
//! Invariant: one place has one number, however many figures stand there; the numbers follow from the report alone.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::document::Origin;
use crate::report::{Report, pointer};

/// A place in the source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Where it is.
    pub origin: Origin,
    /// What was read there, as printed; empty for an empty cell.
    pub text: String,
    /// JSON Pointers of what was read there.
    pub pointers: Vec<String>,
}

/// The places of a report; the first has the number 1.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Places {
    list: Vec<Place>,
    #[serde(skip)]
    numbers: HashMap<String, usize>,
}

impl Places {
    /// The places of all figures, of the figures of sentences and of what identifies the report.
    pub fn of(report: &Report) -> Self {
        let mut places = Places::default();
        let mut known = HashMap::new();
        let cells = report.evidence.iter().filter_map(|(pointer, evidence)| {
            let text = evidence.raw.clone().unwrap_or_default();
            Some((pointer.clone(), evidence.origin.as_ref()?, text))
        });
        let sentences = report.narrative_figures.iter().enumerate();
        let sentences = sentences.map(|(index, figure)| {
            let pointer = pointer::narrative_figure(index);
            (pointer, &figure.origin, figure.text.clone())
        });
        for (pointer, origin, text) in cells.chain(sentences) {
            // Only places that are the same to the last digit are one.
            let key = serde_json::to_string(origin).unwrap_or_default();
            let list = &mut places.list;
            let number = *known.entry(key).or_insert_with(|| {
                list.push(Place {
                    origin: origin.clone(),
                    text,
                    pointers: Vec::new(),
                });
                list.len()
            });
            places.list[number - 1].pointers.push(pointer.clone());
            places.numbers.insert(pointer, number);
        }
        places
    }

    /// The number of the place of a figure.
    pub fn number(&self, pointer: &str) -> Option<usize> {
        self.numbers.get(pointer).copied()
    }

    /// All places with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Place)> {
        (1..).zip(&self.list)
    }
}
