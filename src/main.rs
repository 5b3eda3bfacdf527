//! The `nianbao` program.
fn main() {}
