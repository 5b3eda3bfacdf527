//! The file of the recognition model: where it is looked for, and how it is put there.
//!
//! The model is no part of the program, and the program never fetches it. Invariant: what is installed is a model that is known by
//! its checksum, whole.

use std::env;
use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Names the file of the model, in place of the user's data folder.
pub const VARIABLE: &str = "NIANBAO_OCR_MODEL";
/// Largest file that a model is taken from.
const LARGEST: u64 = 256 << 20;

/// A model that is known to read reports well.
#[derive(Debug)]
struct Known {
    /// Name of the file.
    name: &'static str,
    sha256: &'static str,
    /// Who made it, and the terms it comes under.
    credit: &'static str,
}

/// The known models; of several that are installed the first is taken: it knows the rare characters of names, and reads more figures.
const KNOWN: [Known; 2] = [
    Known {
        name: "PP-OCRv6_rec_small.onnx",
        sha256: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
        credit: "PP-OCRv6 small text recognition, copyright Baidu and the PaddleOCR authors (https://github.com/PaddlePaddle/PaddleOCR),\n\
                 as ONNX from RapidOCR (https://github.com/RapidAI/RapidOCR).\n\
                 Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0\n",
    },
    Known {
        name: "ch_PP-OCRv4_rec_infer.onnx",
        sha256: "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b",
        credit: "PP-OCRv4 mobile text recognition by the PaddlePaddle authors (https://github.com/PaddlePaddle/PaddleOCR),\n\
                 converted to ONNX by RapidOCR (https://github.com/RapidAI/RapidOCR).\n\
                 Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0\n",
    },
];

/// The file of the model: the one that is named, or that the environment names, or the one in the user's data folder, if it is there.
pub fn find(named: Option<PathBuf>) -> Option<PathBuf> {
    let of_environment = || env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let installed = || {
        let folder = folder()?;
        KNOWN
            .iter()
            .map(|known| folder.join(known.name))
            .find(|path| path.is_file())
    };
    named.or_else(of_environment).or_else(installed)
}

/// The user's data folder of this program.
fn folder() -> Option<PathBuf> {
    let variable = |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("nianbao"))
}

/// Puts the model that a file is or holds, an ONNX file or a Python wheel, where [`find`] looks; gives its place.
///
/// # Errors
/// Where the file cannot be read, holds no known model, or the place cannot be written.
pub fn install(file: &Path) -> io::Result<PathBuf> {
    let folder = folder().ok_or_else(|| io::Error::other("there is no home folder; set NIANBAO_OCR_MODEL"))?;
    let bytes = limited(fs::File::open(file)?)?;
    let (known, model) = if bytes.starts_with(b"PK\x03\x04") {
        of_wheel(bytes)?
    } else {
        (known(&bytes).ok_or_else(unknown)?, bytes)
    };
    fs::create_dir_all(&folder)?;
    let place = folder.join(known.name);
    write_whole(&place, &model)?;
    write_whole(&place.with_extension("LICENSE.txt"), known.credit.as_bytes())?;
    Ok(place)
}

fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other("the file is too large for a model"));
    }
    Ok(bytes)
}

/// The known model in a wheel, which is a zip archive.
fn of_wheel(bytes: Vec<u8>) -> io::Result<(&'static Known, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(io::Error::other)?;
        if member.name().is_ok_and(|name| name.ends_with(".onnx")) {
            let model = limited(member)?;
            if let Some(known) = known(&model) {
                return Ok((known, model));
            }
        }
    }
    Err(unknown())
}

fn known(model: &[u8]) -> Option<&'static Known> {
    let sha256: String = Sha256::digest(model).iter().map(|byte| format!("{byte:02x}")).collect();
    KNOWN.iter().find(|known| known.sha256 == sha256)
}

fn unknown() -> io::Error {
    let names = KNOWN
        .map(|known| format!("{} (SHA-256 {})", known.name, known.sha256))
        .join(", ");
    io::Error::other(format!("no known recognition model is in it; known: {names}"))
}

/// A file stands under its own name only when it is whole.
fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = place.with_extension(format!("{}.part", std::process::id()));
    let mut file = fs::File::create(&part)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&part, place))
        .inspect_err(|_| {
            // What is not whole is of no use, and may be left behind.
            let _ = fs::remove_file(&part);
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_known_model_is_not_installed() {
        assert!(known(b"ONNX").is_none());
        let mut wheel = zip::ZipWriter::new(Cursor::new(Vec::new()));
        wheel
            .start_file("a/model.onnx", zip::write::SimpleFileOptions::default())
            .unwrap();
        wheel.write_all(b"ONNX").unwrap();
        let error = of_wheel(wheel.finish().unwrap().into_inner()).unwrap_err();
        assert!(error.to_string().contains("ch_PP-OCRv4_rec_infer.onnx"), "{error}");
    }

    #[test]
    fn a_model_that_is_named_holds() {
        assert_eq!(find(Some("model.onnx".into())), Some("model.onnx".into()));
    }
}
