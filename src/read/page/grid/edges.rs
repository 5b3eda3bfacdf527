//! From loose line segments to frames: pieces joined, and those that touch each other put together.
//!
//! Invariant: joining never moves a line by more than [`ALIGN`], and two tables that do not touch stay two frames.

use super::super::segment::Segment;

/// How far two pieces of one line may be out of line.
const ALIGN: f64 = 1.0;
/// How far two pieces of one line, or a line and the one it meets, may be apart.
const GAP: f64 = 3.2;
/// A line shorter than this frames nothing.
const SHORT: f64 = 4.0;
/// Most pairs of lines that are compared on one page.
const PAIRS: usize = 40_000_000;

/// Lines that touch each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Frame {
    /// Horizontal lines.
    pub horizontal: Vec<Segment>,
    /// Vertical lines.
    pub vertical: Vec<Segment>,
    /// Whether the bottom line was missing, as at a page break.
    pub open_bottom: bool,
    /// Whether the top line was missing.
    pub open_top: bool,
}

/// Joins the pieces of each line: dashes, cells that draw their own borders, gaps at crossings.
pub(super) fn join(segments: &[Segment]) -> (Vec<Segment>, Vec<Segment>) {
    let (horizontal, vertical): (Vec<Segment>, Vec<Segment>) = segments.iter().partition(|segment| segment.horizontal);
    (join_direction(horizontal), join_direction(vertical))
}

fn join_direction(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut joined = Vec::new();
    let mut start = 0;
    while start < segments.len() {
        let first = segments[start].at;
        let end = start + segments[start..].partition_point(|segment| segment.at - first <= ALIGN);
        segments[start..end].sort_by(|a, b| a.from.total_cmp(&b.from));
        join_aligned(&segments[start..end], &mut joined);
        start = end;
    }
    joined.retain(|segment| segment.length() > SHORT);
    joined
}

/// Joins segments of one height, sorted by where they begin.
fn join_aligned(segments: &[Segment], joined: &mut Vec<Segment>) {
    let mut run: Option<(Segment, f64, f64)> = None;
    for segment in segments {
        match &mut run {
            Some((line, weighted, length)) if segment.from <= line.to + GAP => {
                line.to = line.to.max(segment.to);
                *weighted += segment.at * segment.length();
                *length += segment.length();
                line.at = *weighted / *length;
            }
            _ => {
                joined.extend(run.take().map(|(line, ..)| line));
                run = Some((*segment, segment.at * segment.length(), segment.length()));
            }
        }
    }
    joined.extend(run.map(|(line, ..)| line));
}

/// Puts lines that touch into frames; lines that touch no other are left out.
pub(super) fn frames(horizontal: &[Segment], vertical: &[Segment]) -> Vec<Frame> {
    if horizontal.len().saturating_mul(vertical.len()) > PAIRS {
        return Vec::new();
    }
    let mut by_x: Vec<usize> = (0..vertical.len()).collect();
    by_x.sort_by(|a, b| vertical[*a].at.total_cmp(&vertical[*b].at));
    let mut groups = Groups::new(horizontal.len() + vertical.len());
    for (index, line) in horizontal.iter().enumerate() {
        let first = by_x.partition_point(|v| vertical[*v].at < line.from - GAP);
        for &other in &by_x[first..] {
            let upright = &vertical[other];
            if upright.at > line.to + GAP {
                break;
            }
            if line.at >= upright.from - GAP && line.at <= upright.to + GAP {
                groups.unite(index, horizontal.len() + other);
            }
        }
    }
    let mut frames: Vec<(usize, Frame)> = Vec::new();
    let mut place = std::collections::HashMap::new();
    for index in 0..horizontal.len() + vertical.len() {
        let group = groups.root(index);
        let slot = *place.entry(group).or_insert_with(|| {
            frames.push((group, Frame::default()));
            frames.len() - 1
        });
        let frame = &mut frames[slot].1;
        if index < horizontal.len() {
            frame.horizontal.push(horizontal[index]);
        } else {
            frame.vertical.push(vertical[index - horizontal.len()]);
        }
    }
    frames
        .into_iter()
        .map(|(_, frame)| frame)
        .filter(|frame| !frame.horizontal.is_empty() && !frame.vertical.is_empty())
        .collect()
}

/// Draws the border that is missing where two or more lines end together: at a page break, or a table without side borders.
pub(super) fn close(mut frame: Frame) -> Frame {
    let (top, bottom) = range(frame.horizontal.iter().map(|line| line.at));
    let (left, right) = range(frame.vertical.iter().map(|line| line.at));
    let (first, _) = range(frame.vertical.iter().map(|line| line.from));
    let (_, last) = range(frame.vertical.iter().map(|line| line.to));
    let (leftmost, _) = range(frame.horizontal.iter().map(|line| line.from));
    let (_, rightmost) = range(frame.horizontal.iter().map(|line| line.to));
    let mut added = Vec::new();
    if last - bottom > SHORT
        && let Some((from, to)) = ending(&frame.vertical, last, |line| line.to)
    {
        added.push(Segment::horizontal(last, from, to));
        frame.open_bottom = true;
    }
    if top - first > SHORT
        && let Some((from, to)) = ending(&frame.vertical, first, |line| line.from)
    {
        added.push(Segment::horizontal(first, from, to));
        frame.open_top = true;
    }
    if rightmost - right > SHORT
        && let Some((from, to)) = ending(&frame.horizontal, rightmost, |line| line.to)
    {
        frame.vertical.push(Segment::vertical(rightmost, from, to));
    }
    if left - leftmost > SHORT
        && let Some((from, to)) = ending(&frame.horizontal, leftmost, |line| line.from)
    {
        frame.vertical.push(Segment::vertical(leftmost, from, to));
    }
    frame.horizontal.extend(added);
    frame
}

/// From where to where the lines stand that end at a place, if there are two or more.
fn ending(lines: &[Segment], place: f64, end: impl Fn(&Segment) -> f64) -> Option<(f64, f64)> {
    let ending: Vec<f64> = lines
        .iter()
        .filter(|line| (end(line) - place).abs() < 2.0)
        .map(|line| line.at)
        .collect();
    let (from, to) = range(ending.iter().copied());
    (ending.len() >= 2 && to - from > SHORT).then_some((from, to))
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

/// Disjoint sets of numbers.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    /// Each of `count` numbers alone.
    pub(super) fn new(count: usize) -> Self {
        Groups((0..count).collect())
    }

    /// The number that stands for a set.
    pub(super) fn root(&mut self, mut member: usize) -> usize {
        while self.0[member] != member {
            self.0[member] = self.0[self.0[member]];
            member = self.0[member];
        }
        member
    }

    /// Makes one set of two; the smaller root stands for it.
    pub(super) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_and_gapped_pieces_become_one_line() {
        let pieces: Vec<Segment> = (0..10)
            .map(|i| Segment::horizontal(50.0, f64::from(i) * 5.0, f64::from(i) * 5.0 + 3.0))
            .collect();
        let (horizontal, vertical) = join(&pieces);
        assert_eq!(horizontal, [Segment::horizontal(50.0, 0.0, 48.0)]);
        assert!(vertical.is_empty());
    }

    #[test]
    fn lines_far_apart_at_one_height_stay_two() {
        let (horizontal, _) = join(&[
            Segment::horizontal(50.0, 0.0, 40.0),
            Segment::horizontal(50.0, 60.0, 90.0),
        ]);
        assert_eq!(horizontal.len(), 2);
    }

    fn table(y: f64) -> (Vec<Segment>, Vec<Segment>) {
        let horizontal = (0..3)
            .map(|row| Segment::horizontal(y + 20.0 * f64::from(row), 0.0, 100.0))
            .collect();
        let vertical = (0..3)
            .map(|column| Segment::vertical(50.0 * f64::from(column), y, y + 40.0))
            .collect();
        (horizontal, vertical)
    }

    #[test]
    fn two_tables_that_do_not_touch_are_two_frames() {
        let (mut horizontal, mut vertical) = table(0.0);
        let (more_horizontal, more_vertical) = table(45.0);
        horizontal.extend(more_horizontal);
        vertical.extend(more_vertical);
        assert_eq!(frames(&horizontal, &vertical).len(), 2);
    }

    #[test]
    fn an_underline_is_no_frame() {
        assert!(frames(&[Segment::horizontal(10.0, 0.0, 90.0)], &[]).is_empty());
    }

    #[test]
    fn a_frame_left_open_by_a_page_break_is_closed() {
        let (mut horizontal, vertical) = table(0.0);
        horizontal.pop();
        let closed = close(frames(&horizontal, &vertical).remove(0));
        assert!(closed.open_bottom && !closed.open_top);
        assert!(closed.horizontal.contains(&Segment::horizontal(40.0, 0.0, 100.0)));
    }

    #[test]
    fn missing_side_borders_are_drawn_where_the_row_lines_end() {
        let (horizontal, mut vertical) = table(0.0);
        vertical.retain(|line| line.at > 10.0 && line.at < 90.0);
        let closed = close(frames(&horizontal, &vertical).remove(0));
        assert!(closed.vertical.contains(&Segment::vertical(0.0, 0.0, 40.0)));
        assert!(closed.vertical.contains(&Segment::vertical(100.0, 0.0, 40.0)));
    }
}
