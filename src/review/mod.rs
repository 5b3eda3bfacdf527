//! The review page: the source of a report beside its figures.
//!
//! `places` numbers the places that a report names, `source` shows a file with a mark on each of them, `tables` draws the forms with what
//! was read, `page` puts both side by side; `server` answers a browser on this machine, behind `guard`, and `file` writes the page of one report as one file.
//! `dataset` answers for many reports; what people decide is kept by [`crate::overlay`].
//!
//! Invariants: nothing in here computes a figure or changes one. Nothing of a source reaches a browser but as escaped text, sanitised
//! markup in a sandbox, or a picture, and no page loads anything from elsewhere.

mod chart;
#[cfg(test)]
mod contrast;
mod dataset;
mod entry;
mod file;
mod guard;
mod labels;
mod list;
mod markup;
mod page;
mod picture;
mod places;
mod routes;
mod routes_of_dataset;
mod routes_of_overlay;
mod server;
mod shelf;
mod source;
mod tables;

pub use crate::overlay::Overlay;
pub use dataset::Dataset;
pub use file::single_file;
pub use picture::{Picture, picture};
pub use places::Places;
pub use server::{Desk, Server};
pub use shelf::{Ask, Fetch, Item, Shelf};
pub use source::{View, view};
