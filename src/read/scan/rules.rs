//! Ruling lines of a page: long runs of ink, row by row.
//!
//! Invariant: a line is thin; a dark area is none.

use super::mask::{Area, Mask};

/// Shortest horizontal line, in inches: longer than any stroke of a character.
const SHORTEST_ACROSS: f64 = 0.45;
/// Shortest vertical line, in inches: lines between the rows of a table are often cut at each row.
const SHORTEST_DOWN: f64 = 0.21;
/// Widest gap in a line that is bridged, in inches.
const GAP: f64 = 0.017;
/// Thickest line, in inches, with what a residual slope adds.
const THICKEST: f64 = 0.08;

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
    let mut open: Vec<Area> = Vec::new();
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
            match open.iter_mut().find(|line| joins(line)) {
                Some(line) => *line = line.union(&run),
                None => open.push(run),
            }
        }
        open.retain(|line| {
            let ended = line.y1 + 1 < y;
            if ended {
                done.push(*line);
            }
            !ended
        });
    }
    done.append(&mut open);
    done.retain(|line| line.height() <= thickest);
    done
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
}
