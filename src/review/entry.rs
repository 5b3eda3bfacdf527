//! An entry of the overlay, drawn.

use maud::{Markup, html};

use super::labels::both;
use crate::overlay::{Entry, Subject};

/// What an entry says, in words.
pub(super) fn draw(entry: &Entry) -> Markup {
    let number = |number: &Option<String>| number.clone().unwrap_or("—".into());
    html! {
        p.verdict {
            @match &entry.subject {
                Subject::Verdict { code, finding, left, right, .. } => {
                    @let (chinese, english) = finding.words();
                    code { (code) } " " (number(left)) " / " (number(right)) " → " strong { (both(chinese, english)) }
                },
                Subject::Correction { key, old, new } => { code { (key) } " " (number(old)) " → " strong { (number(new)) } },
            }
            " · " (entry.who) ", " time { (entry.when) } @if !entry.why.is_empty() { ": " (entry.why) }
        }
    }
}
