//! Lists the files of `schema/forms/` for the program to carry along, so that a new form is a new file and nothing else.
//!
//! A list by hand would have to be edited with each form, and a macro that reads the folder is not run again when a file appears.
//! Invariant: the list is in the order of the file names, so that the same files give the same program.

use std::io::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Error> {
    let variable = |name: &str| env::var(name).map_err(Error::other);
    println!("cargo::rerun-if-changed=schema/forms");
    let mut files = fs::read_dir(Path::new(&variable("CARGO_MANIFEST_DIR")?).join("schema/forms"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, Error>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut list = String::from("[\n");
    for path in &files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        list += &format!("    ({name:?}, include_str!({path:?})),\n");
    }
    list += "]\n";
    fs::write(Path::new(&variable("OUT_DIR")?).join("forms.rs"), list)
}
