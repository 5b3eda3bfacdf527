//! Ruling lines of a page: long runs of ink, row by row.
//!
//! Invariant: a line is thin and straight; a dark area is none, nor is a part of a seal's ring.

use super::mask::{Area, Mask};

/// Shortest horizontal line, in inches: longer than any stroke of a character.
const SHORTEST_ACROSS: f64 = 0.45;
/// Shortest vertical line, in inches: lines between the rows of a table are often cut at each row.
const SHORTEST_DOWN: f64 = 0.21;
/// Widest gap in a line that is bridged, in inches.
const GAP: f64 = 0.017;
/// Thickest line, in inches, with what a residual slope adds.
const THICKEST: f64 = 0.08;

/// Share of its line that a run takes from which on the line is as straight as that run.
const WHOLE: f64 = 0.9;
/// Longest arc, in inches: where the ring of a seal runs along the rows.
const ARC: f64 = 1.2;
/// How far an arc leaves a straight line, in inches.
const BENT: f64 = 0.015;
/// Pixels beside a line in which its ink is looked for.
const BY: usize = 3;
/// How far ink beside a line is followed, in inches; what reaches farther crosses it.
const CROSSING: f64 = 0.12;

/// A ruling line, as the box of its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// Whether it runs from left to right.
    pub across: bool,
    /// Where its ink lies.
    pub area: Area,
}

/// All ruling lines of a page of a resolution.
pub(super) fn rules(mask: &Mask, dpi: f64) -> Vec<Rule> {
    let across = lines(mask, dpi, SHORTEST_ACROSS).into_iter();
    let down = lines(&mask.transposed(), dpi, SHORTEST_DOWN).into_iter();
    let across = across.map(|area| Rule { across: true, area });
    let down = down.map(|turned| Rule {
        across: false,
        area: Area {
            x0: turned.y0,
            y0: turned.x0,
            x1: turned.y1,
            y1: turned.x1,
        },
    });
    across.chain(down).collect()
}

/// Lines that run from left to right.
fn lines(mask: &Mask, dpi: f64, shortest: f64) -> Vec<Area> {
    let shortest = (shortest * dpi) as usize;
    let gap = ((GAP * dpi) as usize).max(2);
    let thickest = ((THICKEST * dpi) as usize).max(3);
    let mut open: Vec<(Area, Vec<Area>)> = Vec::new();
    let mut done = Vec::new();
    for y in 0..mask.height() {
        for (x0, x1) in runs(mask, y, gap, shortest) {
            let run = Area {
                x0,
                y0: y,
                x1,
                y1: y + 1,
            };
            let joins = |line: &Area| line.y1 + 1 >= y && line.x0 < x1 && x0 < line.x1;
            match open.iter_mut().find(|(line, _)| joins(line)) {
                Some((line, runs)) => {
                    *line = line.union(&run);
                    runs.push(run);
                }
                None => open.push((run, vec![run])),
            }
        }
        open.retain_mut(|(line, runs)| {
            let ended = line.y1 + 1 < y;
            if ended {
                done.push(std::mem::take(runs));
            }
            !ended
        });
    }
    done.extend(open.into_iter().map(|(_, runs)| runs));
    let lines = done.iter().filter_map(|runs| straight(runs, thickest));
    lines.filter(|line| !is_arc(mask, line, dpi)).collect()
}

/// The line that runs of ink make. Where one of them is nearly as long as all, or all are too thick, short ones beside it are ink that
/// touches it.
fn straight(runs: &[Area], thickest: usize) -> Option<Area> {
    let whole = |runs: &mut dyn Iterator<Item = &Area>| runs.copied().reduce(|a, b| a.union(&b));
    let all = whole(&mut runs.iter())?;
    let longest = runs.iter().map(Area::width).max()?;
    let line = if longest as f64 >= WHOLE * all.width() as f64 || all.height() > thickest {
        whole(&mut runs.iter().filter(|run| run.width() * 2 > longest))?
    } else {
        all
    };
    (line.height() <= thickest).then_some(line)
}

/// Whether the ink of a short line bends to one side at both ends, or runs aslant as no line of a straight page does.
fn is_arc(mask: &Mask, line: &Area, dpi: f64) -> bool {
    if line.width() as f64 > ARC * dpi {
        return false;
    }
    let part = (line.width() / 5).max(1);
    let middles = [line.x0, line.x0 + 2 * part, line.x1.saturating_sub(part)]
        .map(|x| middle(mask, line, x..(x + part).min(mask.width()), (CROSSING * dpi) as usize));
    let [Some(left), Some(middle), Some(right)] = middles else {
        return false;
    };
    let (left, right) = (left - middle, right - middle);
    let bends = left * right > 0.0 && left.abs().min(right.abs()) > BENT * dpi;
    bends || (left - right).abs() > 1.5 * BENT * dpi
}

/// Where the ink of a line lies in most of some columns; none where most of it crosses the line.
fn middle(mask: &Mask, line: &Area, columns: std::ops::Range<usize>, farthest: usize) -> Option<f64> {
    let of_column = |x: usize| {
        let near = line.y0.saturating_sub(BY)..(line.y1 + BY).min(mask.height());
        let from = near.into_iter().find(|y| mask.row(*y)[x])?;
        let above = (0..from).rev().take(farthest).take_while(|y| mask.row(*y)[x]).count();
        let below = (from..mask.height())
            .take(farthest)
            .take_while(|y| mask.row(*y)[x])
            .count();
        (above < farthest && below < farthest).then(|| from as f64 + (below as f64 - above as f64) / 2.0)
    };
    let count = columns.len();
    let mut found: Vec<f64> = columns.filter_map(of_column).collect();
    found.sort_by(f64::total_cmp);
    (found.len() * 2 > count).then(|| found[found.len() / 2])
}

/// Runs of ink in a row, that of the rows next to it taken in, so that a line that changes its row is one.
fn runs(mask: &Mask, y: usize, gap: usize, shortest: usize) -> Vec<(usize, usize)> {
    let above = mask.row(y.saturating_sub(1));
    let below = mask.row((y + 1).min(mask.height() - 1));
    let here = mask.row(y);
    let mut runs = Vec::new();
    let (mut start, mut last, mut own) = (0, None, 0usize);
    for x in 0..mask.width() {
        if !(here[x] || above[x] || below[x]) {
            continue;
        }
        match last {
            Some(end) if x - end <= gap + 1 => {}
            _ => {
                runs.extend(last.map(|end| (start, end + 1, own)));
                (start, own) = (x, 0);
            }
        }
        own += usize::from(here[x]);
        last = Some(x);
    }
    runs.extend(last.map(|end| (start, end + 1, own)));
    runs.retain(|(start, end, own)| end - start >= shortest && *own * 2 >= end - start);
    runs.into_iter().map(|(start, end, _)| (start, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(areas: &[Area]) -> Mask {
        let mut mask = Mask::blank(400, 300);
        for area in areas {
            for y in area.y0..area.y1 {
                mask.row_mut(y)[area.x0..area.x1].fill(true);
            }
        }
        mask
    }

    fn area(x0: usize, y0: usize, x1: usize, y1: usize) -> Area {
        Area { x0, y0, x1, y1 }
    }

    #[test]
    fn lines_are_found_with_their_direction_and_box() {
        let (across, down) = (area(50, 100, 350, 102), area(200, 20, 203, 250));
        let found = rules(&drawn(&[across, down]), 100.0);
        assert_eq!(
            found,
            [
                Rule {
                    across: true,
                    area: across
                },
                Rule {
                    across: false,
                    area: down
                }
            ]
        );
    }

    #[test]
    fn a_gap_of_a_pixel_is_bridged_and_strokes_and_dark_areas_are_no_lines() {
        let pieces = [area(50, 100, 180, 102), area(182, 100, 350, 102)];
        let others = [area(20, 20, 40, 22), area(60, 150, 300, 200)];
        let found = rules(&drawn(&[pieces[0], pieces[1], others[0], others[1]]), 100.0);
        assert_eq!(
            found,
            [Rule {
                across: true,
                area: area(50, 100, 350, 102)
            }]
        );
    }

    /// A ring of a radius around a place, as thick as that of a seal at 100 dots an inch.
    fn ring(mask: &mut Mask, (x, y): (f64, f64), radius: f64) {
        for row in 0..mask.height() {
            for column in 0..mask.width() {
                let distance = (column as f64 - x).hypot(row as f64 - y);
                if (distance - radius).abs() < 3.0 {
                    mask.row_mut(row)[column] = true;
                }
            }
        }
    }

    #[test]
    fn the_ring_of_a_seal_is_no_line() {
        let mut mask = Mask::blank(400, 300);
        ring(&mut mask, (200.0, 150.0), 80.0);
        assert_eq!(rules(&mask, 100.0), []);
    }

    #[test]
    fn a_line_that_the_ring_of_a_seal_touches_stays_where_it_is() {
        for x in [116, 118, 120, 122] {
            let line = area(x, 20, x + 2, 290);
            let mut mask = drawn(&[line]);
            ring(&mut mask, (200.0, 150.0), 80.0);
            let found = rules(&mask, 100.0);
            let lines: Vec<_> = found.iter().filter(|rule| !rule.across).collect();
            assert_eq!(lines.len(), 1, "{x}");
            assert!(
                lines[0].area.x0.abs_diff(x) <= 3 && lines[0].area.width() <= 5,
                "{x}: {:?}",
                lines[0].area
            );
            assert_eq!((lines[0].area.y0, lines[0].area.y1), (20, 290));
        }
    }
}
