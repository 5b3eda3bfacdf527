//! Work on bytes that may be hostile, in a process that may die.
//!
//! A parent sends framed requests to a worker: the same program once more, called so that it ends in [`serve`]. The worker takes
//! its limits before its first request: the operating system refuses it more memory, and a thread of its own ends it when a
//! request has used too much processor time. Invariants: what kills a worker costs the request that it was busy with and no other; the
//! parent always learns whether the request was the cause or somebody outside.
//!
//! Nothing in here knows what a document is.

mod call;
mod fault;
mod frame;
mod limits;
mod serve;
mod worker;

pub use call::{Call, WORKER};
pub use fault::{Fault, install_hook, quietly};
pub use limits::{Limits, used_time};
#[cfg(feature = "ocr")]
pub use serve::grant;
pub use serve::{answers, serve};
pub use worker::{Answer, End, Program, Room, Worker};
