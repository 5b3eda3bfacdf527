//! Lines of text and rules down one page after the other.
//!
//! Invariant: `y` is measured from the top; nothing is drawn below the bottom margin except the page number.

/// Page width in points.
pub const WIDTH: f64 = 595.0;
/// Page height in points.
pub const HEIGHT: f64 = 842.0;
/// Space on all sides.
pub const MARGIN: f64 = 72.0;
/// Lowest line of the text.
pub const BOTTOM: f64 = HEIGHT - MARGIN;
/// Width of the text.
pub const TEXT_WIDTH: f64 = WIDTH - 2.0 * MARGIN;

/// Something on a page, in points from its top left.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// One line of text.
    Text {
        /// Where it begins.
        x: f64,
        /// Its baseline.
        y: f64,
        /// Font size.
        size: f64,
        /// What it says.
        text: String,
    },
    /// A level or upright rule.
    Rule {
        /// Left or top end.
        from: (f64, f64),
        /// Right or bottom end.
        to: (f64, f64),
    },
}

/// What stands on one page, in order.
pub type Page = Vec<Mark>;

/// Pages in the making.
pub struct Flow {
    /// Finished pages and the one being written.
    pub pages: Vec<Page>,
    /// Where the next line goes, from the top of the page.
    pub y: f64,
}

impl Flow {
    /// A flow that begins `y` below the top.
    pub fn new(y: f64) -> Self {
        Flow {
            pages: vec![Page::new()],
            y,
        }
    }

    fn put(&mut self, mark: Mark) {
        if self.pages.is_empty() {
            self.pages.push(Page::new());
        }
        let last = self.pages.len() - 1;
        self.pages[last].push(mark);
    }

    /// Goes on to the next page.
    pub fn turn(&mut self) {
        self.pages.push(Page::new());
        self.y = MARGIN;
    }

    /// One line of text with its baseline at `y`.
    pub fn text(&mut self, x: f64, y: f64, size: f64, text: &str) {
        if !text.is_empty() {
            let text = text.to_owned();
            self.put(Mark::Text { x, y, size, text });
        }
    }

    /// A rule from one point to another; it is level or upright.
    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.put(Mark::Rule { from, to });
    }

    /// A paragraph over the width of the text.
    pub fn paragraph(&mut self, text: &str, size: f64, align: Align) {
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
            self.text(x, self.y, size, &line);
        }
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
