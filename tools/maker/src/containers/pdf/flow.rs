//! Lines of text and rules down one page after the other.
//!
//! Invariant: `y` is measured from the top; nothing is drawn below the bottom margin except the page number.

use anyhow::Result;

use super::file::{Coding, HEIGHT, WIDTH};

/// Space on all sides.
pub const MARGIN: f64 = 72.0;
/// Lowest line of the text.
pub const BOTTOM: f64 = HEIGHT - MARGIN;
/// Width of the text.
pub const TEXT_WIDTH: f64 = WIDTH - 2.0 * MARGIN;

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

/// Pages in the making.
pub struct Flow {
    /// Finished pages and the one being written.
    pub pages: Vec<String>,
    /// Where the next line goes, from the top of the page.
    pub y: f64,
    coding: Coding,
    rule: Rule,
}

impl Flow {
    /// A flow that begins `y` below the top.
    pub fn new(coding: Coding, rule: Rule, y: f64) -> Self {
        Flow {
            pages: vec![String::new()],
            y,
            coding,
            rule,
        }
    }

    fn page(&mut self) -> &mut String {
        if self.pages.is_empty() {
            self.pages.push(String::new());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Goes on to the next page.
    pub fn turn(&mut self) {
        self.pages.push(String::new());
        self.y = MARGIN;
    }

    /// One line of text with its baseline at `y`.
    ///
    /// # Errors
    /// Where the coding does not have a character.
    pub fn text(&mut self, x: f64, y: f64, size: f64, text: &str) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let hex = self.coding.hex(text)?;
        let op = format!("BT /F1 {size} Tf 1 0 0 1 {x:.2} {:.2} Tm <{hex}> Tj ET\n", HEIGHT - y);
        self.page().push_str(&op);
        Ok(())
    }

    /// A rule from one point to another; it is level or upright.
    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        let ((x0, y0), (x1, y1)) = ((from.0, HEIGHT - from.1), (to.0, HEIGHT - to.1));
        let level = (y0 - y1).abs() < 0.01;
        let op = match self.rule {
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
        };
        self.page().push_str(&op);
    }

    /// A paragraph over the width of the text.
    ///
    /// # Errors
    /// Where the coding does not have a character.
    pub fn paragraph(&mut self, text: &str, size: f64, align: Align) -> Result<()> {
        let text = if align == Align::Left {
            format!("　　{text}")
        } else {
            text.to_owned()
        };
        for line in wrap(&text, TEXT_WIDTH, size) {
            if self.y + size * 1.7 > BOTTOM {
                self.turn();
            }
            self.y += size * 1.7;
            let free = TEXT_WIDTH - width(&line, size);
            let x = match align {
                Align::Left => MARGIN,
                Align::Centre => MARGIN + free / 2.0,
                Align::Right => MARGIN + free,
            };
            self.text(x, self.y, size, &line)?;
        }
        Ok(())
    }
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// A paragraph with its first line indented.
    Left,
    /// A title.
    Centre,
    /// Signature and date.
    Right,
}

/// Width of a text in points: ASCII is half as wide as all else.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f64>() * size
}

/// Breaks a text into lines. Numbers stay whole where a line can hold them.
pub fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        let joins =
            |word: &String| c.is_ascii_graphic() && word.chars().last().is_some_and(|last| last.is_ascii_graphic());
        match words.last_mut() {
            Some(word) if joins(word) && c != '(' && !word.ends_with(')') => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    for word in words {
        if word == "\n" {
            lines.push(String::new());
            continue;
        }
        let last = lines.len() - 1;
        if !lines[last].is_empty() && width(&lines[last], size) + width(&word, size) > room + 0.01 {
            // A closing mark does not begin a line: it takes the character before it along.
            let closing = matches!(word.as_str(), "”" | "）" | "、" | "，" | "。" | "；" | "：");
            let taken = if closing { lines[last].pop() } else { None };
            lines.push(taken.map(String::from).unwrap_or_default());
        }
        let last = lines.len() - 1;
        lines[last].push_str(&word);
    }
    lines
}
