//! The options for pages that are only pictures, in a build that does not read them: none.

use nianbao::read::Recognition;

/// There are no options.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct RecognitionArgs {}

impl RecognitionArgs {
    /// No picture is read.
    pub fn recognition(self) -> Recognition {
        Recognition::default()
    }
}
