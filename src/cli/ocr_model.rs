//! `nianbao ocr-model`: the model that pictures are read with.

use std::path::PathBuf;

use clap::Subcommand;

use nianbao::ocr_model;

use super::{Session, Status, Stop};

/// Installs the model that pages which are only pictures are read with
#[derive(clap::Args)]
#[command(after_help = "\
The model is PP-OCRv6 small recognition (Apache-2.0). Get it once and install it:
  pip download rapidocr==3.10.0 --no-deps --ignore-requires-python
  nianbao ocr-model install rapidocr-3.10.0-py3-none-any.whl

PP-OCRv4 mobile, of rapidocr-onnxruntime 1.4.4, is faster and knows fewer characters; of both PP-OCRv6 is taken.")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Takes the model from a local file and puts it into the user's data folder
    Install {
        /// A wheel of rapidocr 3.10.0 or rapidocr-onnxruntime 1.4.4, or the recognition model (.onnx) in it
        #[arg(value_name = "WHEEL_OR_ONNX")]
        file: PathBuf,
    },
}

/// Runs the command.
pub fn run(args: &Args, session: &mut Session) -> Result<Status, Stop> {
    let Command::Install { file } = &args.command;
    match ocr_model::install(file) {
        Ok(place) => {
            session.messages.note(place.display(), "installed");
            Ok(Status::Good)
        }
        Err(error) => {
            session.messages.error(file.display(), error);
            Ok(Status::Unreadable)
        }
    }
}
