//! Strokes of a pen over tables: ticks, and lines drawn aslant through cells.
//!
//! A stroke is followed from row to row before the ruling lines are taken off, for it crosses them. Invariant: only thin ink that runs
//! straight and aslant, longer than any stroke of a character there, is taken off; what else it crosses stays, and a number that it may
//! have changed is known ([`Pen::crossed`]).

use std::collections::BTreeMap;
use std::ops::Range;

use image::GrayImage;
use kurbo::Rect;

use super::mask::{Area, Mask};

/// Widest ink of one row of a stroke, in inches.
const WIDEST: f64 = 0.06;
/// Shortest stroke in a table, in inches: longer than a character.
const IN_TABLE: f64 = 0.25;
/// The same elsewhere, where characters of headings are larger.
const ELSEWHERE: f64 = 0.36;
/// Shortest arm of a tick that meets a stroke, in inches, and how near its end has to come.
const ARM: f64 = 0.06;
const MEETS: f64 = 0.03;
/// How far a stroke is followed through what it crosses, in inches.
const CROSSING: f64 = 0.16;
/// Columns that a stroke moves in a row, at least and at most.
const SLANT: Range<f64> = 0.25..4.0;
/// Columns that an upright line moves in a row at most.
const UPRIGHT: f64 = 0.05;
/// How far a stroke may leave a straight line, in parts of its length.
const BENT: f64 = 0.05;
/// Share of its rows in which a stroke stands alone.
const ALONE: f64 = 0.5;
/// Rows that show where a stroke leads.
const KNOWN: usize = 5;
/// Distance to which a sign or digit beside a number is looked for, in its heights.
const REACH: f64 = 0.7;

/// Ink of one row: `x0` belongs to it, `x1` does not.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Run {
    y: usize,
    x0: usize,
    x1: usize,
}

impl Run {
    fn middle(&self) -> f64 {
        (self.x0 + self.x1) as f64 / 2.0
    }

    fn width(&self) -> usize {
        self.x1 - self.x0
    }
}

/// Thin ink that was followed from a row to another.
#[derive(Clone, Debug)]
pub(super) struct Stroke {
    runs: Vec<Run>,
    /// Widths of all its rows together.
    widths: usize,
}

impl Stroke {
    fn of(runs: Vec<Run>) -> Self {
        let widths = runs.iter().map(Run::width).sum();
        Stroke { runs, widths }
    }

    fn push(&mut self, run: Run) {
        self.runs.push(run);
        self.widths += run.width();
    }

    fn ends(&self) -> [Run; 2] {
        let first = self.runs[0];
        [first, self.runs.last().copied().unwrap_or(first)]
    }

    /// Columns from a row to the next.
    fn slant(&self) -> f64 {
        let [first, last] = self.ends();
        (last.middle() - first.middle()) / (last.y - first.y).max(1) as f64
    }

    fn at(&self, y: usize) -> f64 {
        let [first, _] = self.ends();
        first.middle() + self.slant() * (y as f64 - first.y as f64)
    }

    fn length(&self) -> f64 {
        let [first, last] = self.ends();
        (last.middle() - first.middle()).hypot((last.y - first.y) as f64)
    }

    /// Width of its rows on average.
    fn width(&self) -> usize {
        self.widths.div_ceil(self.runs.len())
    }

    /// How far it leaves a straight line beyond what a stroke of a pen may, and in which of its rows.
    fn bend(&self) -> (usize, f64) {
        // Where two strokes meet their ink is wider, and its middle lies between them.
        let wider = |run: &Run| run.width().saturating_sub(self.width()) as f64 / 2.0;
        let off = |run: &Run| (run.middle() - self.at(run.y)).abs() - wider(run);
        let offs = self.runs.iter().map(off).enumerate();
        let farthest = offs.max_by(|(_, one), (_, other)| one.total_cmp(other));
        farthest.map_or((0, 0.0), |(index, off)| (index, off - 1.0 - BENT * self.length()))
    }

    /// What of it is straight and aslant: all, or what is left without an upright ruling line that it touched.
    fn drawn(self) -> Option<Stroke> {
        let (index, off) = self.bend();
        if off <= 0.0 {
            return self.is_aslant().then_some(self);
        }
        let parts = [&self.runs[..=index], &self.runs[index..]].map(|runs| Stroke::of(runs.to_vec()));
        let is_upright = |part: &Stroke| part.slant().abs() < UPRIGHT && part.bend().1 <= 0.0;
        if !parts.iter().any(is_upright) {
            return None;
        }
        parts.into_iter().find(|part| part.is_aslant() && part.bend().1 <= 0.0)
    }

    fn is_aslant(&self) -> bool {
        let [first, last] = self.ends();
        SLANT.contains(&self.slant().abs()) && self.runs.len() as f64 >= ALONE * (last.y - first.y + 1) as f64
    }

    fn meets(&self, other: &Stroke, near: f64) -> bool {
        let close = |one: &Run, other: &Run| {
            (one.middle() - other.middle()).hypot(one.y as f64 - other.y as f64) <= near + other.width() as f64
        };
        self.ends()
            .iter()
            .any(|end| other.ends().iter().any(|other| close(end, other)))
    }

    /// Where it leads in a row below, by its last rows.
    fn led(&self, y: usize) -> Option<f64> {
        let last = self.runs.last()?;
        let before = self.runs.get(self.runs.len().checked_sub(KNOWN)?)?;
        let long = self.runs[self.runs.len().saturating_sub(4 * KNOWN)];
        let slant = (last.middle() - long.middle()) / (last.y - long.y).max(1) as f64;
        (last.y > before.y).then(|| last.middle() + slant * (y - last.y) as f64)
    }
}

/// The strokes of a page that still has its ruling lines; `tables` are their outlines in pixels.
pub(super) fn strokes(mask: &Mask, dpi: f64, tables: &[Rect]) -> Vec<Stroke> {
    let followed = followed(mask, dpi);
    let in_table = |stroke: &Stroke| {
        let inside = |run: &Run| tables.iter().any(|table| table.contains((run.middle(), run.y as f64)));
        stroke.runs.iter().any(inside)
    };
    let shortest = |stroke: &Stroke| if in_table(stroke) { IN_TABLE } else { ELSEWHERE };
    let (long, short): (Vec<Stroke>, Vec<Stroke>) = followed
        .into_iter()
        .partition(|stroke| stroke.length() >= shortest(stroke) * dpi);
    let arms = short
        .into_iter()
        .filter(|arm| long.iter().any(|stroke| arm.meets(stroke, MEETS * dpi)));
    let arms: Vec<Stroke> = arms.collect();
    long.into_iter().chain(arms).collect()
}

/// All thin ink that runs straight and aslant.
fn followed(mask: &Mask, dpi: f64) -> Vec<Stroke> {
    let widest = ((WIDEST * dpi) as usize).max(4);
    let crossing = (CROSSING * dpi) as usize;
    let mut open: Vec<Stroke> = Vec::new();
    let mut done = Vec::new();
    for y in 0..mask.height() {
        let runs = thin(mask.row(y), y, widest);
        let mut taken = vec![false; runs.len()];
        let mut still = Vec::new();
        for mut stroke in open {
            let last = stroke.ends()[1];
            let led = stroke.led(y);
            if let Some(index) = next(&stroke, &runs, led) {
                taken[index] = true;
                stroke.push(runs[index]);
                still.push(stroke);
            } else if led.is_some_and(|x| y - last.y <= crossing && is_ink(mask, x, y)) {
                still.push(stroke);
            } else {
                done.push(stroke);
            }
        }
        let begun = runs.iter().zip(&taken).filter(|(_, taken)| !**taken);
        still.extend(begun.map(|(run, _)| Stroke::of(vec![*run])));
        open = still;
    }
    done.append(&mut open);
    let is_long = |stroke: &Stroke| stroke.length() >= ARM * dpi;
    let long = done.into_iter().filter(is_long);
    long.filter_map(Stroke::drawn).filter(is_long).collect()
}

/// Ink of a row that is not wide.
fn thin(row: &[bool], y: usize, widest: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = None;
    for (x, ink) in row.iter().chain([&false]).enumerate() {
        match (ink, start) {
            (true, None) => start = Some(x),
            (false, Some(x0)) => {
                runs.push(Run { y, x0, x1: x });
                start = None;
            }
            _ => {}
        }
    }
    runs.retain(|run| run.width() <= widest);
    runs
}

/// The ink of the next row that a stroke continues in.
fn next(stroke: &Stroke, runs: &[Run], led: Option<f64>) -> Option<usize> {
    let last = stroke.ends()[1];
    let from = runs.partition_point(|run| run.x1 + 1 < last.x0.saturating_sub(led_reach(led, &last)));
    let near = runs[from..]
        .iter()
        .take_while(|run| run.x0 <= last.x1 + 1 + led_reach(led, &last));
    let fits = |run: &&Run| match led {
        Some(x) => (run.middle() - x).abs() <= 1.0 + last.width() as f64 / 4.0 && run.width() <= 2 * stroke.width() + 2,
        None => run.x0 <= last.x1 + 1 && last.x0 <= run.x1 + 1 && run.width() <= 2 * last.width() + 2,
    };
    let middle = led.unwrap_or(last.middle());
    let found = near.enumerate().filter(|(_, run)| fits(run));
    let distance = |run: &Run| (run.middle() - middle).abs();
    let nearest = found.min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)));
    nearest.map(|(index, _)| from + index)
}

fn led_reach(led: Option<f64>, last: &Run) -> usize {
    led.map_or(0, |x| (x - last.middle()).abs() as usize + last.width())
}

fn is_ink(mask: &Mask, x: f64, y: usize) -> bool {
    x >= 0.0 && mask.row(y).get(x as usize).copied().unwrap_or(false)
}

/// Columns of some rows, by their numbers.
type Rows = BTreeMap<usize, Vec<(usize, usize)>>;

/// What was taken off a page.
#[derive(Clone, Debug)]
pub(super) struct Pen {
    /// Columns that were painted over, by their rows.
    painted: Rows,
    /// Columns in which strokes touch ink that was left, by their rows.
    touching: Rows,
}

impl Pen {
    /// The columns in which a stroke ran through the ink of a piece of text, or covers what may be a sign or digit beside it in its
    /// `cell`.
    pub(super) fn crossed(&self, piece: &Area, cell: Option<&Area>) -> Option<Range<usize>> {
        let reach = (REACH * piece.height() as f64) as usize;
        let beside = Area {
            x0: piece.x0.saturating_sub(reach).max(cell.map_or(0, |cell| cell.x0)),
            x1: (piece.x1 + reach).min(cell.map_or(usize::MAX, |cell| cell.x1)),
            ..*piece
        };
        let found = spans(&self.painted, piece).chain(spans(&self.touching, &beside));
        found
            .map(|(x0, x1)| *x0..*x1)
            .reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))
    }
}

/// The columns of some rows that lie in an area or touch it.
fn spans<'a>(rows: &'a Rows, area: &Area) -> impl Iterator<Item = &'a (usize, usize)> {
    let (x0, x1) = (area.x0, area.x1);
    let within = rows.range(area.y0.saturating_sub(1)..area.y1 + 1);
    within
        .flat_map(|(_, spans)| spans)
        .filter(move |span| span.0 <= x1 && x0 <= span.1)
}

/// Takes strokes off a page whose ruling lines are gone.
pub(super) fn erase(strokes: &[Stroke], gray: &mut GrayImage, mask: &mut Mask) -> Pen {
    let mut pen = Pen {
        painted: BTreeMap::new(),
        touching: BTreeMap::new(),
    };
    for stroke in strokes {
        let [first, last] = stroke.ends();
        let by_row: BTreeMap<usize, Run> = stroke.runs.iter().map(|run| (run.y, *run)).collect();
        let width = stroke.width();
        for y in first.y.saturating_sub(1)..(last.y + 2).min(mask.height()) {
            let x = by_row.get(&y).map_or_else(|| stroke.at(y), Run::middle);
            let Some((x0, x1)) = ink_at(mask.row(y), x, width) else {
                continue;
            };
            if x1 - x0 > width + width / 2 + 2 {
                pen.touching.entry(y).or_default().push((x0, x1));
                continue;
            }
            mask.row_mut(y)[x0..x1].fill(false);
            let (x0, x1) = (x0.saturating_sub(1), (x1 + 1).min(mask.width()));
            pen.painted.entry(y).or_default().push((x0, x1));
        }
    }
    for (y, spans) in &pen.painted {
        for (x0, x1) in spans {
            let paper = [x0.saturating_sub(2), (x1 + 1).min(mask.width() - 1)]
                .map(|x| gray.get_pixel(x as u32, *y as u32).0[0]);
            (*x0..*x1).for_each(|x| {
                let tone = &mut gray.get_pixel_mut(x as u32, *y as u32).0[0];
                *tone = (*tone).max(paper[0]).max(paper[1]);
            });
        }
    }
    let touching = pen.painted.iter().flat_map(|(y, spans)| {
        let touches = |(x0, x1): &&(usize, usize)| {
            let columns = x0.saturating_sub(1)..(x1 + 1).min(mask.width());
            let rows = y.saturating_sub(2)..(y + 3).min(mask.height());
            rows.into_iter()
                .any(|row| mask.row(row)[columns.clone()].iter().any(|ink| *ink))
        };
        spans.iter().filter(touches).map(|span| (*y, *span)).collect::<Vec<_>>()
    });
    let touching: Vec<(usize, (usize, usize))> = touching.collect();
    for (y, span) in touching {
        pen.touching.entry(y).or_default().push(span);
    }
    pen
}

/// The ink of a row that holds a place, or comes as near to it as half of a width.
fn ink_at(row: &[bool], x: f64, width: usize) -> Option<(usize, usize)> {
    let half = width as f64 / 2.0 + 1.0;
    let columns = (x - half).max(0.0) as usize..((x + half).max(0.0) as usize).min(row.len());
    let at = columns
        .filter(|column| row[*column])
        .min_by(|one, other| (*one as f64 - x).abs().total_cmp(&(*other as f64 - x).abs()))?;
    let x0 = (0..at).rev().take_while(|x| row[*x]).last().unwrap_or(at);
    let x1 = (at..row.len()).take_while(|x| row[*x]).last().unwrap_or(at) + 1;
    Some((x0, x1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page in 100 dots an inch with boxes of ink, and a tick whose arms meet in a place.
    fn ticked(boxes: &[Area], (x, y): (usize, usize)) -> (GrayImage, Mask) {
        let mut mask = Mask::blank(300, 200);
        for area in boxes {
            (area.y0..area.y1).for_each(|y| mask.row_mut(y)[area.x0..area.x1].fill(true));
        }
        for step in 0..40 {
            let left = if step <= 12 { Some(x - step) } else { None };
            for at in [Some(x + step), left].into_iter().flatten() {
                (0..3).for_each(|thick| mask.row_mut(y - step + thick)[at..at + 2].fill(true));
            }
        }
        let gray = GrayImage::from_fn(300, 200, |x, y| {
            image::Luma([if mask.row(y as usize)[x as usize] { 60 } else { 250 }])
        });
        (gray, mask)
    }

    fn area(x0: usize, y0: usize, x1: usize, y1: usize) -> Area {
        Area { x0, y0, x1, y1 }
    }

    /// What is left of ticked boxes, and what is known of the pen.
    fn left(boxes: &[Area], at: (usize, usize)) -> (Mask, Pen) {
        let (mut gray, mut mask) = ticked(boxes, at);
        let strokes = strokes(&mask, 100.0, &[Rect::new(0.0, 0.0, 300.0, 200.0)]);
        let pen = erase(&strokes, &mut gray, &mut mask);
        (mask, pen)
    }

    fn ink(mask: &Mask, within: Area) -> usize {
        (within.y0..within.y1)
            .map(|y| mask.row(y)[within.x0..within.x1].iter().filter(|ink| **ink).count())
            .sum()
    }

    #[test]
    fn a_tick_is_taken_off_and_what_stands_beside_it_is_not_touched() {
        let number = area(150, 60, 158, 74);
        let (mask, pen) = left(&[number], (100, 120));
        assert_eq!(ink(&mask, number), number.width() * number.height());
        let rest = ink(&mask, mask.whole()) - number.width() * number.height();
        assert!(rest <= 10, "{rest}");
        assert_eq!(pen.crossed(&number, None), None);
    }

    #[test]
    fn a_tick_over_a_ruling_line_is_taken_off_and_the_line_stays() {
        let rule = area(20, 100, 280, 103);
        let (mask, _) = left(&[rule], (100, 120));
        let rest = ink(&mask, mask.whole());
        assert!((760..=790).contains(&rest), "{rest}");
    }

    #[test]
    fn a_tick_that_begins_at_an_upright_line_is_taken_off() {
        let rule = area(138, 20, 141, 190);
        let (mask, _) = left(&[rule], (100, 120));
        let rest = ink(&mask, mask.whole());
        assert!((480..=525).contains(&rest), "{rest}");
    }

    #[test]
    fn a_number_that_a_tick_runs_through_or_whose_sign_it_covers_is_known() {
        let (number, bars) = (
            area(114, 92, 130, 106),
            [area(114, 92, 118, 106), area(126, 92, 130, 106)],
        );
        assert!(left(&bars, (100, 120)).1.crossed(&number, None).is_some());
        let (sign, number) = (area(117, 98, 124, 100), area(128, 92, 136, 106));
        assert!(left(&[sign, number], (100, 120)).1.crossed(&number, None).is_some());
    }

    #[test]
    fn strokes_of_characters_upright_lines_and_arcs_are_none_of_a_pen() {
        let mut mask = Mask::blank(300, 200);
        (0..14).for_each(|step| mask.row_mut(20 + step)[40 - step..42 - step].fill(true));
        (20..180).for_each(|y| mask.row_mut(y)[100..102].fill(true));
        for step in 0..800 {
            let turn = f64::from(step) / 800.0 * std::f64::consts::TAU;
            let (x, y) = (220.0 + 60.0 * turn.cos(), 100.0 + 60.0 * turn.sin());
            mask.row_mut(y as usize)[x as usize..x as usize + 2].fill(true);
        }
        let found = strokes(&mask, 100.0, &[Rect::new(0.0, 0.0, 300.0, 200.0)]);
        assert!(found.is_empty(), "{found:?}");
    }
}
