//! `nianbao ocr-model`: the model that pictures are read with.

use std::path::PathBuf;

use clap::Subcommand;

use nianbao::ocr_model;

use super::{Session, Status, Stop};

/// Installs the model that pages which are only pictures are read with
#[derive(clap::Args)]
#[command(after_help = "\
The model is PP-OCRv4 mobile recognition (Apache-2.0). Get it once and install it:
  pip download rapidocr-onnxruntime==1.4.4 --no-deps --ignore-requires-python
  nianbao ocr-model install rapidocr_onnxruntime-1.4.4-py3-none-any.whl")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Takes the model from a local file and puts it into the user's data folder
    Install {
        /// A wheel of rapidocr-onnxruntime 1.4.4, or its ch_PP-OCRv4_rec_infer.onnx
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
