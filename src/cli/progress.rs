//! How far a batch is, for a person at a terminal.
//!
//! Invariant: without a terminal nothing is printed.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use nianbao::batch::{self, Done, Options, Progress};

use super::Status;
use super::language::say;

/// How often the bar is drawn.
const STEP: Duration = Duration::from_millis(200);

/// Does some work with a bar on standard error, if that is a terminal.
pub fn watched<T>(options: &Options, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Arc::new(Progress::default());
    stop_at_ctrl_c(&progress);
    if !io::stderr().is_terminal() {
        return work(&progress);
    }
    let bar = ProgressBar::new(batch::total_bytes(options));
    let style = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec}, {eta}, {msg}";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style);
    }
    thread::scope(|scope| {
        let (ended, end) = mpsc::channel::<()>();
        scope.spawn(|| {
            let end = end;
            while end.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                draw(&bar, progress.done());
            }
        });
        let result = work(&progress);
        drop(ended);
        bar.finish_and_clear();
        result
    })
}

/// Ctrl-C asks the work to stop; a second one ends the program.
fn stop_at_ctrl_c(progress: &Arc<Progress>) {
    let progress = Arc::clone(progress);
    // Where it cannot be set, Ctrl-C ends the program at once, and what was read is kept all the same.
    let _ = ctrlc::set_handler(move || {
        if progress.stop() {
            std::process::exit(Status::Stopped as i32);
        }
    });
}

fn draw(bar: &ProgressBar, done: Done) {
    let Done {
        inputs,
        reports,
        failures,
        written,
        ..
    } = done;
    bar.set_position(done.bytes);
    bar.set_message(match written {
        0 => say(
            format!("{inputs} inputs, {reports} reports, {failures} failures"),
            format!("{inputs} 个输入，{reports} 份报告，{failures} 个失败"),
        ),
        _ => say(
            format!("writing the dataset, {written} of {inputs} inputs"),
            format!("正在写数据集，{written} / {inputs} 个输入"),
        ),
    });
}
