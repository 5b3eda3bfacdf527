//! Binary documents of Office before 2007, and what they are kept in.

pub mod compound;
mod doc;
mod pages;
pub mod word;
mod xls;

pub use doc::{DOC, WPS};
pub use xls::CONTAINER as XLS;
