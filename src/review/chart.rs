//! Charts as SVG, readable without colour: lines have points of their own shape and their values beside them, bars their numbers.
//!
//! Invariant: a chart shows the numbers that it is given; a missing year breaks the line.

use maud::{Markup, html};

/// Width and height of a line chart, and the room around it.
const SIZE: (f64, f64) = (640.0, 220.0);
const EDGE: (f64, f64) = (56.0, 28.0);

/// A line over the years.
pub(super) fn line(title: &str, points: &[(i64, f64, String)]) -> Markup {
    let years = points.iter().map(|point| point.0);
    let (Some(first), Some(last)) = (years.clone().min(), years.max()) else {
        return html! {};
    };
    let most = points.iter().map(|point| point.1).fold(0.0, f64::max).max(1.0);
    let x = |year: i64| EDGE.0 + (year - first) as f64 / (last - first).max(1) as f64 * (SIZE.0 - 2.0 * EDGE.0);
    let y = |value: f64| SIZE.1 - EDGE.1 - value / most * (SIZE.1 - 2.0 * EDGE.1);
    let mut path = String::new();
    let mut before = None;
    for (year, value, _) in points {
        let step = if before == Some(year - 1) { 'L' } else { 'M' };
        path += &format!("{step}{:.1} {:.1}", x(*year), y(*value));
        before = Some(*year);
    }
    let floor = SIZE.1 - EDGE.1;
    html! {
        svg.chart viewBox=(format!("0 0 {} {}", SIZE.0, SIZE.1)) role="img" aria-label=(title) {
            title { (title) }
            line.axis x1=(EDGE.0) y1=(floor) x2=(SIZE.0 - EDGE.0) y2=(floor);
            path.line d=(path);
            @for (year, value, text) in points {
                circle cx=(x(*year)) cy=(y(*value)) r="4";
                text x=(x(*year)) y=(y(*value) - 8.0) { (text) }
                text.year x=(x(*year)) y=(floor + 18.0) { (year) }
            }
        }
    }
}

/// Bars with their names and numbers, as a table: `parts` of each are of its whole.
pub(super) fn bars(rows: &[(Markup, i64)]) -> Markup {
    let most = rows.iter().map(|row| row.1).max().unwrap_or(1).max(1);
    html! {
        table.bars {
            @for (name, count) in rows { tr {
                th scope="row" { (name) }
                td { svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" { rect width=(*count as f64 * 100.0 / most as f64) height="10"; } }
                td.number { (count) }
            } }
        }
    }
}
