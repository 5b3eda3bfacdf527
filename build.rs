//! Lists the files of `schema/forms/` for the program to carry along, so that a new form is a new file and nothing else, and gives
//! the program a name of its own sources, so that results of another build are never taken for its own.
//!
//! A list by hand would have to be edited with each form, and a macro that reads the folder is not run again when a file appears.
//! Invariant: both are made in the order of the file names, so that the same files give the same program.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Error> {
    let variable = |name: &str| env::var(name).map_err(Error::other);
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    for source in ["src", "schema", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let mut list = String::from("[\n");
    for path in &toml_files(&root.join("schema/forms"))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        list += &format!("    ({name:?}, include_str!({path:?})),\n");
    }
    list += "]\n";
    fs::write(Path::new(&variable("OUT_DIR")?).join("forms.rs"), list)?;
    println!("cargo::rustc-env=NIANBAO_BUILD={:016x}", build(&root)?);
    Ok(())
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = entries(folder)?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, Error>>()?;
    paths.sort();
    Ok(paths)
}

/// A hash of everything that decides what the program makes of a document.
fn build(root: &Path) -> Result<u64, Error> {
    let mut hash = DefaultHasher::new();
    add_folder(&root.join("src"), root, &mut hash)?;
    add_folder(&root.join("schema"), root, &mut hash)?;
    // A library that another program uses has the versions of that program, and no lock file.
    for name in ["Cargo.toml", "Cargo.lock"] {
        fs::read(root.join(name)).unwrap_or_default().hash(&mut hash);
    }
    Ok(hash.finish())
}

fn add_folder(folder: &Path, root: &Path, hash: &mut DefaultHasher) -> Result<(), Error> {
    for path in entries(folder)? {
        if path.is_dir() {
            add_folder(&path, root, hash)?;
        } else {
            path.strip_prefix(root).map_err(Error::other)?.hash(hash);
            fs::read(&path)?.hash(hash);
        }
    }
    Ok(())
}
