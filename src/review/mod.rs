//! The review page: the source of a report beside its figures.
//!
//! `places` numbers the places that a report names, `source` shows a file with a mark on each of them, `tables` draws the forms with what
//! was read, `page` puts both side by side; `server` answers a browser on this machine, behind `guard`, and `file` writes the page of one report as one file.
//!
//! Invariants: nothing in here computes a figure or changes one. Nothing of a source reaches a browser but as escaped text, sanitised
//! markup in a sandbox, or a picture, and no page loads anything from elsewhere.

mod file;
mod guard;
mod labels;
mod markup;
mod page;
mod picture;
mod places;
mod server;
mod shelf;
mod source;
mod tables;

pub use file::single_file;
pub use picture::{Picture, picture};
pub use places::Places;
pub use server::Server;
pub use shelf::{Ask, Fetch, Item, Shelf};
pub use source::{View, view};
