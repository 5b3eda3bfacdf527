//! The report as data: the public JSON contract.

mod model;
pub mod pointer;
mod schema;
mod values;

pub use model::*;
pub use schema::schema;
pub use values::{ByKey, Number, Values};

/// Version of the JSON shape; it changes when a key is removed or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;
