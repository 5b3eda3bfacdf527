//! Where text stands in a part of a page: pieces of lines, none with a wide gap inside.
//!
//! Ink of one row that is not far apart is put together, then what touches from row to row, then what stands beside or over each
//! other as the parts of one line do. Invariant: a speck is no text, and two lines never become one piece.

use super::mask::{Area, Mask};

/// Widest gap inside a piece, in em. Numbers that stand in one cell are farther apart.
pub(super) const IN_CELL: f64 = 0.9;
/// The same outside of tables: the mark of 六、 and the character after it are that far apart.
pub(super) const IN_LINE: f64 = 1.4;
/// Tallest part of a text, in em; the border of a page is taller.
const LARGEST: f64 = 12.0;
/// Tallest single character, in em: parts of one may stand over each other, as in 二.
const TALLEST: f64 = 1.2;
/// Highest line, in em: less than two lines of digits.
const HIGHEST: f64 = 2.0;
/// Widest gap between parts of a line that are pieces of their own, in em.
const NEAR: f64 = 3.0;
/// Largest speck, in em of its longer side.
const SPECK: f64 = 0.16;
/// Width of a dash before a number, in heights of its digits.
const DASH: std::ops::Range<f64> = 0.25..0.9;
/// Greatest height of a dash that stands apart, in its width: blur makes it higher; and in heights of its digits.
const FLATTER: f64 = 0.7;
const LOWER: f64 = 0.26;
/// How far the top of a dash may leave a straight line, in the same.
const FLAT: f64 = 0.06;
/// Greatest height of the ink of a dash, in the same.
const LOW: f64 = 0.35;
/// How far from the middle of the number a dash may stand, in the same.
const OFF_MIDDLE: f64 = 0.25;
/// Longest side of a stray, how far it stands from other ink, and how high those that stand together are, in em.
const SMALL: f64 = 0.32;
const APART: f64 = 0.3;
const LOWEST: f64 = 0.5;
/// Most ink of a speck, in pixels.
const FLECK: usize = 3;
/// Pixels that the ends of a line of one pixel lose as specks.
const ENDS: usize = 2;
/// Least ink of a piece, in square em.
const LEAST_INK: f64 = 0.008;

/// Most parts of a text; a photograph has more.
const MOST: usize = 8_000;

/// A connected part.
#[derive(Clone, Copy, Debug)]
struct Part {
    area: Area,
    ink: usize,
}

/// The pieces of text in an area, from top to bottom; `em` is the size of characters in pixels, `gap` the widest gap inside a piece in em.
pub(super) fn pieces(mask: &Mask, within: &Area, em: f64, gap: f64) -> Vec<Area> {
    let mut parts = parts(mask, within, (gap * em) as usize);
    parts.retain(|part| !is_speck(part, em) && (part.area.height() as f64) < LARGEST * em);
    if parts.len() > MOST {
        return Vec::new();
    }
    join(&mut parts, em, |a, b| beside(a, b, em, gap));
    join(&mut parts, em, |a, b| over(a, b, em, gap));
    let lines: Vec<Area> = parts.iter().map(|part| part.area).collect();
    join(&mut parts, em, |a, b| of_one_line(a, b, &lines, em));
    parts.retain(|part| part.ink as f64 >= LEAST_INK * em * em);
    let mut pieces: Vec<Area> = parts.iter().map(|part| part.area).collect();
    pieces.sort_by_key(|piece| (piece.y0, piece.x0));
    pieces
}

/// The boxes of what is connected on a page, with the pixels of ink in each.
pub(super) fn boxes(mask: &Mask) -> Vec<(Area, usize)> {
    let parts = parts(mask, &mask.whole(), 0);
    parts.into_iter().map(|part| (part.area, part.ink)).collect()
}

/// Takes specks off a page: beside a number they would make its ink wider than its digits.
pub(super) fn dust(mask: &mut Mask, em: f64) {
    let whole = mask.whole();
    let specks = parts(mask, &whole, 0).into_iter().filter(|part| is_speck(part, em));
    specks.for_each(|speck| mask.erase(&speck.area));
}

/// Takes strays off a cell: ink lower than any digit and no dash, far from all other ink, as specks leave it around them where a page is
/// stored with loss.
pub(super) fn strays(mask: &mut Mask, within: &Area, em: f64) {
    let near = (APART * em) as usize;
    let is_small = |part: &Part| {
        let (width, height) = (part.area.width() as f64, part.area.height() as f64);
        width.max(height) < SMALL * em && height > FLATTER * width
    };
    let (small, large): (Vec<Part>, Vec<Part>) = parts(mask, within, 0).into_iter().partition(is_small);
    let mut groups: Vec<Area> = Vec::new();
    for part in small {
        let (close, apart): (Vec<Area>, Vec<Area>) =
            groups.into_iter().partition(|group| is_near(group, &part.area, near));
        groups = apart;
        groups.push(close.iter().fold(part.area, |all, group| all.union(group)));
    }
    let is_stray = |group: &&Area| {
        (group.height() as f64) < LOWEST * em && !large.iter().any(|part| is_near(&part.area, group, near))
    };
    groups.iter().filter(is_stray).for_each(|group| mask.erase(group));
}

/// Whether two areas lie within so many pixels of each other.
fn is_near(one: &Area, other: &Area, near: usize) -> bool {
    let far = one.x0.max(other.x0) > one.x1.min(other.x1) + near || one.y0.max(other.y0) > one.y1.min(other.y1) + near;
    !far
}

/// Size of the characters of a page in pixels, from the heights of what is connected.
pub(super) fn em(mask: &Mask, dpi: f64) -> f64 {
    let whole = mask.whole();
    let (least, most) = (0.07 * dpi, 0.35 * dpi);
    let parts = parts(mask, &whole, 1);
    let heights = parts.iter().map(|part| part.area.height());
    let mut heights: Vec<usize> = heights
        .filter(|height| (least..most).contains(&(*height as f64)))
        .collect();
    heights.sort_unstable();
    match heights.get(heights.len() * 3 / 4) {
        Some(height) => *height as f64,
        None => 0.15 * dpi,
    }
}

/// Whether the ink of a number begins with a dash of its own, as below zero.
pub(super) fn begins_with_dash(mask: &Mask, piece: &Area) -> bool {
    let parts = parts(mask, piece, 0);
    let first = parts.iter().map(|part| part.area).min_by_key(|area| area.x0);
    let stands_apart = first.is_some_and(|first| {
        let ends = if first.height() == 1 { ENDS } else { 0 };
        let [width, height] = [first.width() + ends, first.height()].map(|side| side as f64 / piece.height() as f64);
        let middle = (first.y0 + first.y1).abs_diff(piece.y0 + piece.y1) as f64 / 2.0;
        DASH.contains(&width)
            && height < FLATTER * width
            && height < LOWER
            && middle < OFF_MIDDLE * piece.height() as f64
    });
    stands_apart || touches_as_dash(mask, piece)
}

/// Whether the ink of a number begins with a stroke as low and as wide as a dash that the first digit touches.
fn touches_as_dash(mask: &Mask, piece: &Area) -> bool {
    let height = piece.height() as f64;
    let top = |x: usize| (piece.y0..piece.y1).find(|y| mask.row(*y)[x]);
    let level = top(piece.x0 + 1);
    let is_low = |x: &usize| {
        let ink: Vec<usize> = (piece.y0..piece.y1).filter(|y| mask.row(*y)[*x]).collect();
        let (Some(first), Some(last)) = (ink.first(), ink.last()) else {
            return false;
        };
        let off = (first + last + 1).abs_diff(piece.y0 + piece.y1) as f64 / 2.0;
        // The stroke of a 4 rises.
        let flat = level.is_some_and(|level| first.abs_diff(level) as f64 <= (FLAT * height).max(1.0));
        flat && ((last - first + 1) as f64) < LOW * height && off < OFF_MIDDLE * height
    };
    let columns: Vec<usize> = (piece.x0..piece.x1.min(mask.width())).take_while(is_low).collect();
    let tallest = columns
        .iter()
        .map(|x| (piece.y0..piece.y1).filter(|y| mask.row(*y)[*x]).count())
        .max();
    let width = columns.len() as f64;
    DASH.contains(&(width / height)) && tallest.is_some_and(|tallest| (tallest as f64) < 0.5 * width)
}

fn is_speck(part: &Part, em: f64) -> bool {
    // What is left of a thin dash is no longer than a speck.
    let is_line = part.area.height() == 1 && part.area.width() >= FLECK;
    let longest = part.area.width().max(part.area.height()) as f64;
    !is_line && (longest < SPECK * em || part.ink <= FLECK)
}

/// Whether two parts stand beside each other in one line.
fn beside(a: &Area, b: &Area, em: f64, widest: f64) -> bool {
    let shared = a.y1.min(b.y1) as f64 - a.y0.max(b.y0) as f64;
    let gap = a.x0.max(b.x0) as f64 - a.x1.min(b.x1) as f64;
    let union = a.union(b);
    gap <= widest * em
        && shared > 0.5 * a.height().min(b.height()) as f64
        && (union.height() as f64) < 1.6 * tallest(a, b, em)
}

fn tallest(a: &Area, b: &Area, em: f64) -> f64 {
    (a.height().max(b.height()) as f64).max(em)
}

/// Whether two parts stand over each other in one character, or in a line whose marks lie low or high.
fn over(a: &Area, b: &Area, em: f64, gap: f64) -> bool {
    let shared = a.x1.min(b.x1) as f64 - a.x0.max(b.x0) as f64;
    let union = a.union(b);
    shared > -gap * em && (union.height() as f64) <= TALLEST * em
}

/// Whether a line near by reaches over two parts that stand over each other, as over those of 三 before 、 and a gap. The digits of a
/// page, from which its em comes, are lower than the characters of its lines.
fn of_one_line(a: &Area, b: &Area, lines: &[Area], em: f64) -> bool {
    let both = a.union(b);
    let reaches = |line: &&Area| {
        line.y0 as f64 <= both.y0 as f64 + SPECK * em
            && line.y1 as f64 + SPECK * em >= both.y1 as f64
            && (line.height() as f64) < HIGHEST * em
            && line.x0.max(both.x0) as f64 - line.x1.min(both.x1) as f64 <= NEAR * em
    };
    a.x0 < b.x1 && b.x0 < a.x1 && both.height() as f64 <= HIGHEST * em && lines.iter().any(|line| reaches(&line))
}

/// Puts parts together until no two belong together.
fn join(parts: &mut Vec<Part>, em: f64, together: impl Fn(&Area, &Area) -> bool) {
    parts.sort_by_key(|part| part.area.y0);
    let mut index = 0;
    while index < parts.len() {
        let area = parts[index].area;
        let near = |part: &Part| (part.area.y0 as f64) <= area.y1 as f64 + TALLEST * em;
        let found = (index + 1..parts.len())
            .take_while(|other| near(&parts[*other]))
            .find(|other| together(&area, &parts[*other].area));
        let Some(other) = found else {
            index += 1;
            continue;
        };
        let part = parts.remove(other);
        parts[index] = Part {
            area: area.union(&part.area),
            ink: parts[index].ink + part.ink,
        };
        // What was looked at before may belong to what it has become.
        let grown = parts[index].area;
        index = (0..index)
            .find(|earlier| together(&parts[*earlier].area, &grown))
            .unwrap_or(index);
    }
}

/// What is connected in an area, gaps of `gap` pixels in a row bridged.
fn parts(mask: &Mask, within: &Area, gap: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut parent: Vec<usize> = Vec::new();
    let mut above: Vec<(usize, usize, usize)> = Vec::new();
    for y in within.y0..within.y1.min(mask.height()) {
        let row = &mask.row(y)[within.x0.min(mask.width())..within.x1.min(mask.width())];
        let mut here = Vec::new();
        let mut first = 0;
        for (x0, x1, ink) in runs(row, gap) {
            let index = parts.len();
            let area = Area {
                x0: within.x0 + x0,
                y0: y,
                x1: within.x0 + x1,
                y1: y + 1,
            };
            parts.push(Part { area, ink });
            parent.push(index);
            while first < above.len() && above[first].1 < x0 {
                first += 1;
            }
            for (_, _, other) in above[first..].iter().take_while(|(from, ..)| *from <= x1) {
                let (a, b) = (root(&mut parent, index), root(&mut parent, *other));
                parent[a.max(b)] = a.min(b);
            }
            here.push((x0, x1, index));
        }
        above = here;
    }
    for index in (0..parts.len()).rev() {
        let to = parent[index];
        if to != index {
            let part = parts[index];
            parts[to].area = parts[to].area.union(&part.area);
            parts[to].ink += part.ink;
        }
    }
    (0..parts.len())
        .filter(|index| parent[*index] == *index)
        .map(|index| parts[index])
        .collect()
}

fn root(parent: &mut [usize], mut index: usize) -> usize {
    while parent[index] != index {
        parent[index] = parent[parent[index]];
        index = parent[index];
    }
    index
}

/// Runs of ink with the pixels of ink in each.
fn runs(row: &[bool], gap: usize) -> Vec<(usize, usize, usize)> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for x in (0..row.len()).filter(|x| row[*x]) {
        match runs.last_mut() {
            Some((_, end, ink)) if x - *end <= gap => (*end, *ink) = (x + 1, *ink + 1),
            _ => runs.push((x, x + 1, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(areas: &[(usize, usize, usize, usize)]) -> Mask {
        let mut mask = Mask::blank(300, 200);
        for (x0, y0, x1, y1) in areas {
            (*y0..*y1).for_each(|y| mask.row_mut(y)[*x0..*x1].fill(true));
        }
        mask
    }

    fn found(areas: &[(usize, usize, usize, usize)]) -> Vec<(usize, usize, usize, usize)> {
        let whole = Area {
            x0: 0,
            y0: 0,
            x1: 300,
            y1: 200,
        };
        let pieces = pieces(&drawn(areas), &whole, 20.0, IN_CELL);
        pieces.iter().map(|area| (area.x0, area.y0, area.x1, area.y1)).collect()
    }

    #[test]
    fn characters_of_a_line_are_one_piece_and_lines_are_two() {
        let lines = [(10, 10, 28, 30), (32, 10, 50, 30), (54, 26, 60, 30), (10, 40, 28, 60)];
        assert_eq!(found(&lines), [(10, 10, 60, 30), (10, 40, 28, 60)]);
    }

    #[test]
    fn strokes_over_each_other_are_one_character() {
        assert_eq!(found(&[(12, 12, 26, 15), (10, 26, 28, 29)]), [(10, 12, 28, 29)]);
    }

    #[test]
    fn strokes_over_each_other_beside_a_line_that_reaches_over_them_are_one_character() {
        let (bars, line) = ([(10, 10, 36, 13), (10, 32, 36, 36)], (60, 10, 200, 36));
        assert_eq!(found(&[bars[0], bars[1], line]), [(10, 10, 36, 36), line]);
        assert_eq!(found(&bars), bars);
    }

    #[test]
    fn specks_beside_a_number_are_taken_off_and_leave_it_as_wide_as_it_is() {
        let dusted = |areas: &[(usize, usize, usize, usize)]| -> Vec<(usize, usize)> {
            let mut mask = drawn(areas);
            dust(&mut mask, 20.0);
            let pieces = pieces(&mask, &mask.whole(), 20.0, IN_CELL);
            pieces.iter().map(|area| (area.x0, area.x1)).collect()
        };
        assert_eq!(
            dusted(&[(40, 10, 52, 30), (56, 14, 58, 16), (62, 25, 64, 27)]),
            [(40, 52)]
        );
        // What is left of a thin dash stays.
        assert_eq!(dusted(&[(33, 20, 36, 21), (40, 10, 52, 30)]), [(33, 52)]);
    }

    #[test]
    fn strays_far_from_all_other_ink_are_taken_off_and_dashes_points_and_broken_digits_stay() {
        let left = |more: (usize, usize, usize, usize)| {
            let mut mask = drawn(&[(60, 10, 72, 30), more]);
            let whole = mask.whole();
            strays(&mut mask, &whole, 20.0);
            mask.row(more.1)[more.0]
        };
        assert!(!left((48, 20, 52, 24)) && !left((60, 40, 65, 45)));
        assert!(left((47, 19, 52, 21)) && left((74, 26, 78, 30)) && left((46, 10, 49, 30)));
        let mut broken = drawn(&[(60, 10, 63, 15), (60, 18, 63, 23), (60, 25, 63, 30)]);
        let (whole, before) = (broken.whole(), broken.clone());
        strays(&mut broken, &whole, 20.0);
        assert_eq!(broken, before);
    }

    #[test]
    fn the_mark_of_a_heading_and_the_character_after_it_are_one_piece_outside_of_tables() {
        // 六、其 of characters 26 wide: the mark fills the lower left of its square.
        let mask = drawn(&[(10, 10, 34, 34), (38, 26, 44, 34), (64, 10, 88, 34)]);
        let count = |gap| pieces(&mask, &mask.whole(), 20.0, gap).len();
        assert_eq!([count(IN_LINE), count(IN_CELL)], [1, 2]);
    }

    #[test]
    fn the_dark_border_of_a_page_takes_in_no_line() {
        let mut mask = Mask::blank(400, 400);
        (0..400).for_each(|y| mask.row_mut(y)[0..8].fill(true));
        (50..70).for_each(|y| mask.row_mut(y)[60..100].fill(true));
        let pieces = pieces(&mask, &mask.whole(), 20.0, IN_LINE);
        assert_eq!(
            pieces.iter().map(|area| (area.x0, area.x1)).collect::<Vec<_>>(),
            [(60, 100)]
        );
    }

    #[test]
    fn a_dash_before_a_number_is_told_from_a_speck_and_a_digit() {
        let begins = |first: (usize, usize, usize, usize)| {
            let mask = drawn(&[first, (50, 10, 62, 30)]);
            let piece = Area {
                x0: first.0,
                y0: 10,
                x1: 62,
                y1: 30,
            };
            begins_with_dash(&mask, &piece)
        };
        assert!(begins((40, 20, 47, 22)));
        // A blurred one, a small blurred one, and what is left of a thin one.
        assert!(begins((40, 18, 48, 23)) && begins((40, 18, 46, 22)) && begins((40, 20, 43, 21)));
        let others = [(42, 20, 46, 22), (40, 19, 46, 25), (40, 27, 47, 29), (36, 10, 47, 30)];
        assert!(!others.into_iter().any(begins));
        assert!(begins((40, 19, 50, 22)));
        // A four, whose left stroke rises to its top.
        let mut four = drawn(&[(40, 22, 60, 25), (54, 10, 58, 30)]);
        (0..14).for_each(|step| four.row_mut(22 - step)[40 + step..43 + step].fill(true));
        let piece = Area {
            x0: 40,
            y0: 10,
            x1: 60,
            y1: 30,
        };
        assert!(!begins_with_dash(&four, &piece));
    }

    #[test]
    fn text_far_apart_is_two_pieces_and_a_speck_is_none() {
        assert_eq!(
            found(&[(10, 10, 28, 30), (80, 10, 98, 30), (150, 150, 152, 152)]),
            [(10, 10, 28, 30), (80, 10, 98, 30)]
        );
    }
}
