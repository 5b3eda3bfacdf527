//! The options for pages that are only pictures.

use std::path::PathBuf;

use nianbao::ocr_model;
use nianbao::read::{Recognition, When};

/// How pages that are only pictures are read.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct RecognitionArgs {
    /// Which pages are read from their pictures, where the model is installed: those without text, all, or none
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    ocr: Ocr,
    /// Recognition model, in place of the installed one [env: NIANBAO_OCR_MODEL]
    #[arg(long, value_name = "FILE")]
    ocr_model: Option<PathBuf>,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, Default)]
enum Ocr {
    #[default]
    Auto,
    Always,
    Never,
}

impl RecognitionArgs {
    /// What the readers are told.
    pub fn recognition(self) -> Recognition {
        let when = match self.ocr {
            Ocr::Auto => When::Auto,
            Ocr::Always => When::Always,
            Ocr::Never => When::Never,
        };
        Recognition {
            when,
            model: ocr_model::find(self.ocr_model),
        }
    }
}
