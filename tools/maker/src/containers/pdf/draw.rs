//! What stands on a page as drawing operators.

use anyhow::Result;

use super::file::Coding;
use crate::containers::paged::{HEIGHT, Mark, Page};

/// How a rule is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A stroked line.
    Stroke,
    /// A thin filled rectangle.
    Filled,
    /// Two lines close together.
    Double,
}

/// The operators of a page.
///
/// # Errors
/// Where the coding does not have a character.
pub fn page(page: &Page, coding: Coding, rule: Rule) -> Result<String> {
    let mut out = String::new();
    for mark in page {
        out += &match mark {
            Mark::Text { x, y, size, text } => {
                let hex = coding.hex(text)?;
                format!("BT /F1 {size} Tf 1 0 0 1 {x:.2} {:.2} Tm <{hex}> Tj ET\n", HEIGHT - y)
            }
            Mark::Rule { from, to } => line(rule, *from, *to),
        };
    }
    Ok(out)
}

fn line(rule: Rule, from: (f64, f64), to: (f64, f64)) -> String {
    let ((x0, y0), (x1, y1)) = ((from.0, HEIGHT - from.1), (to.0, HEIGHT - to.1));
    let level = (y0 - y1).abs() < 0.01;
    match rule {
        Rule::Stroke => format!("0.5 w {x0:.2} {y0:.2} m {x1:.2} {y1:.2} l S\n"),
        Rule::Filled if level => format!("{x0:.2} {:.2} {:.2} 0.48 re f\n", y0 - 0.24, x1 - x0),
        Rule::Filled => format!("{:.2} {y1:.2} 0.48 {:.2} re f\n", x0 - 0.24, y0 - y1),
        Rule::Double => {
            let (dx, dy) = if level { (0.0, 0.6) } else { (0.6, 0.0) };
            let line = |s: f64| {
                format!(
                    "0.3 w {:.2} {:.2} m {:.2} {:.2} l S\n",
                    x0 + s * dx,
                    y0 + s * dy,
                    x1 + s * dx,
                    y1 + s * dy
                )
            };
            line(-1.0) + &line(1.0)
        }
    }
}
