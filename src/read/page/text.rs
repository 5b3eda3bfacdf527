//! From characters to lines of text, in whatever direction they run.
//!
//! Horizontal, turned and vertical text are brought to the same two numbers: how far along the line, and which line. Invariant:
//! no character is lost, and two numbers that stand apart never become one.

use kurbo::Rect;

use super::chars::{self, UNKNOWN};
use super::glyph::Glyph;

/// Gap, in em, from which two pieces of text stand apart (two spaces in a cell).
const APART: f64 = 0.85;
/// The same between two square characters, which justified and spread lines pull apart.
const APART_WIDE: f64 = 1.8;
/// The same between two digits.
const APART_DIGITS: f64 = 0.4;
/// Widest gap, in em, that one typed space makes.
const ONE_SPACE: f64 = 1.3;
/// Overlap, in em, from which two pieces of text were set over each other.
const OVERLAP: f64 = 0.35;
/// Gap, in em, that is a space between two letters or digits.
const SPACE: f64 = 0.22;

/// One line of characters, in reading order, spaces included.
#[derive(Clone, Debug)]
pub(super) struct Row<'g> {
    /// The characters.
    pub glyphs: Vec<&'g Glyph>,
    /// Box around them, spaces left out.
    pub bbox: Rect,
}

/// Place of a glyph in its own direction of reading: begin and end along the line, and the height of the line.
fn place(glyph: &Glyph) -> (f64, f64, f64) {
    let bbox = &glyph.bbox;
    match glyph.turn {
        0 if glyph.vertical => (bbox.y0, bbox.y1, -glyph.x()),
        0 => (bbox.x0, bbox.x1, glyph.y()),
        1 => (bbox.y0, bbox.y1, -glyph.x()),
        2 => (-bbox.x1, -bbox.x0, -glyph.y()),
        _ => (-bbox.y1, -bbox.y0, glyph.x()),
    }
}

/// Sorts glyphs into lines: those that read in one direction together, lines in order, and characters in order along each line.
pub(super) fn rows<'g>(glyphs: impl IntoIterator<Item = &'g Glyph>) -> Vec<Row<'g>> {
    let mut sorted: Vec<&Glyph> = glyphs.into_iter().collect();
    let mode = |glyph: &Glyph| (glyph.turn, glyph.vertical);
    sorted.sort_by(|a, b| mode(a).cmp(&mode(b)).then(place(a).2.total_cmp(&place(b).2)));
    let mut groups: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in sorted {
        match groups.last_mut() {
            Some(group)
                if mode(group[0]) == mode(glyph)
                    && place(glyph).2 - place(group[group.len() - 1]).2 < 0.25 * glyph.size
                    && place(glyph).2 - place(group[0]).2 < 0.45 * glyph.size.max(group[0].size) =>
            {
                group.push(glyph);
            }
            _ => groups.push(vec![glyph]),
        }
    }
    groups.into_iter().filter_map(row).collect()
}

/// A line from its characters; none if they are all spaces.
pub(super) fn row(mut glyphs: Vec<&Glyph>) -> Option<Row<'_>> {
    let middle = |glyph: &Glyph| place(glyph).0 + place(glyph).1;
    glyphs.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.order.cmp(&b.order)));
    untangle(&mut glyphs);
    let bbox = glyphs
        .iter()
        .filter(|glyph| !glyph.character.is_whitespace())
        .map(|glyph| glyph.bbox)
        .reduce(|a, b| a.union(b))?;
    Some(Row { glyphs, bbox })
}

/// Where two numbers overlap, as in cells too narrow for them, sorting by place mixes their digits. Then the pieces stay as they
/// were drawn, one after the other.
fn untangle(glyphs: &mut [&Glyph]) {
    if glyphs.is_sorted_by_key(|glyph| glyph.order) || !glyphs.windows(2).any(|pair| overlap(pair[0], pair[1])) {
        return;
    }
    glyphs.sort_by_key(|glyph| glyph.order);
    let mut pieces: Vec<Vec<&Glyph>> = Vec::new();
    for &glyph in glyphs.iter() {
        match pieces.last_mut() {
            Some(piece)
                if glyph.order == piece[piece.len() - 1].order + 1
                    && place(glyph).0 > place(piece[piece.len() - 1]).0 =>
            {
                piece.push(glyph);
            }
            _ => pieces.push(vec![glyph]),
        }
    }
    pieces.sort_by(|a, b| place(a[0]).0.total_cmp(&place(b[0]).0));
    glyphs
        .iter_mut()
        .zip(pieces.into_iter().flatten())
        .for_each(|(slot, glyph)| *slot = glyph);
}

/// Whether two neighbours overlap more than tight setting makes them.
fn overlap(before: &Glyph, after: &Glyph) -> bool {
    distance(before, after) < -0.4 * OVERLAP
}

/// Whether the gap between two characters is one space typed between them, and not a hole between two pieces of text.
fn is_typed(before: &Glyph, after: &Glyph) -> bool {
    after.order == before.order + 2 && distance(before, after) < ONE_SPACE
}

impl<'g> Row<'g> {
    /// The text of the line. `apart` is what stands for a wide gap.
    pub(super) fn text(&self, apart: &str) -> String {
        self.parted(apart, f64::INFINITY)
    }

    /// The text of a line of cells: a space also where two square characters are further apart than most of the line.
    pub(super) fn cells(&self) -> String {
        let pairs = self.printed().zip(self.printed().skip(1));
        let wide = pairs.filter(|(before, after)| chars::is_wide(before.character) && chars::is_wide(after.character));
        let mut gaps: Vec<f64> = wide.map(|(before, after)| distance(before, after)).collect();
        gaps.sort_by(f64::total_cmp);
        self.parted(
            " ",
            gaps.get(gaps.len() / 2).map_or(0.0, |usual| usual.max(0.0)) + SPACE,
        )
    }

    /// The text of the line, with a space between two square characters that are further apart than `space`, in em.
    fn parted(&self, apart: &str, space: f64) -> String {
        let mut text = String::with_capacity(self.glyphs.len() * 3);
        let mut last: Option<&Glyph> = None;
        let mut spaces = 0;
        for glyph in &self.glyphs {
            if glyph.character.is_whitespace() {
                spaces += 1;
                continue;
            }
            if let Some(before) = last {
                match gap(before, glyph) {
                    // One space typed between two digits is what was printed; only a hole without any parts two numbers.
                    Gap::Apart if spaces == 1 && is_typed(before, glyph) => text.push(' '),
                    Gap::Apart => text.push_str(apart),
                    Gap::Space => text.push(' '),
                    Gap::None if spaces > 0 || distance(before, glyph) > space => text.push(' '),
                    Gap::None => {}
                }
            }
            if !(glyph.character == UNKNOWN && text.ends_with(UNKNOWN)) {
                text.push(glyph.character);
            }
            last = Some(glyph);
            spaces = 0;
        }
        text
    }

    /// How many numbers that stand apart the line ends in.
    pub(super) fn figures_at_end(&self) -> usize {
        let text = self.text(" ");
        let words = text.rsplit(' ');
        words.take_while(|word| word.chars().all(chars::is_numeric)).count()
    }

    /// Characters that are not spaces.
    pub(super) fn printed(&self) -> impl DoubleEndedIterator<Item = &Glyph> {
        self.glyphs
            .iter()
            .copied()
            .filter(|glyph| !glyph.character.is_whitespace())
    }

    /// The same characters, living as long as the page.
    pub(super) fn printed_refs(&self) -> impl Iterator<Item = &'g Glyph> {
        self.glyphs
            .iter()
            .copied()
            .filter(|glyph| !glyph.character.is_whitespace())
    }

    /// The size of most characters.
    pub(super) fn size(&self) -> f64 {
        let mut sizes: Vec<f64> = self.printed().map(|glyph| glyph.size).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    }
}

/// How far two neighbours in a line are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// They touch, or justification pulled them apart.
    None,
    /// A space.
    Space,
    /// They do not belong together.
    Apart,
}

/// White space between two neighbours in a line, in em.
fn distance(before: &Glyph, after: &Glyph) -> f64 {
    (place(after).0 - place(before).1) / before.size.max(after.size)
}

/// The gap between two neighbours in a line.
pub(super) fn gap(before: &Glyph, after: &Glyph) -> Gap {
    let distance = distance(before, after);
    match (chars::is_wide(before.character), chars::is_wide(after.character)) {
        // Two numbers in one cell must not be taken for one with a space in it.
        _ if chars::is_digit(before.character) && chars::is_digit(after.character) && distance > APART_DIGITS => {
            Gap::Apart
        }
        _ if chars::is_digit(after.character) && distance < -OVERLAP => Gap::Apart,
        (true, true) if distance > APART_WIDE => Gap::Apart,
        (true, true) => Gap::None,
        (false, false) if distance > APART => Gap::Apart,
        (false, false) if distance > SPACE => Gap::Space,
        (false, false) => Gap::None,
        _ if distance > APART_WIDE => Gap::Apart,
        _ if distance > 0.6 => Gap::Space,
        _ => Gap::None,
    }
}

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CellText {
    /// The text: a `\n` for each visual line, two spaces where pieces stand far apart.
    pub text: String,
    /// Whether a line leaves no room for one more character, so that the text may go on elsewhere.
    pub full: bool,
    /// Whether it is one line of digits with no room for one more, so that the number may go on elsewhere.
    pub tight: bool,
}

/// The text of a cell. Two things are put together again: a label set one character a line, and a number that its narrow cell
/// broke.
pub(super) fn cell<'g>(glyphs: impl IntoIterator<Item = &'g Glyph>, width: f64) -> CellText {
    let rows = rows(glyphs);
    let full = rows
        .iter()
        .any(|row| width - row.bbox.width() < 1.3 * row.size() + PADDING);
    if is_stacked(&rows) {
        let text = rows
            .iter()
            .flat_map(Row::printed)
            .map(|glyph| glyph.character)
            .collect();
        return CellText {
            text,
            full,
            tight: false,
        };
    }
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 && !continues_number(&rows[..index], row, width) {
            text.push('\n');
        }
        text.push_str(&row.text("  "));
    }
    let tight = rows.len() == 1 && is_tight(&rows[0], width);
    CellText { text, full, tight }
}

/// Whether every line is a single square character: a label set from top to bottom.
fn is_stacked(rows: &[Row<'_>]) -> bool {
    rows.len() > 1
        && rows.iter().all(|row| {
            let mut printed = row.printed();
            let first = printed
                .next()
                .is_some_and(|glyph| chars::is_wide(glyph.character) && !chars::is_digit(glyph.character));
            first && printed.next().is_none()
        })
}

/// Whether a line is the rest of the number that the lines above began: nothing but digits on both sides of the break, the upper
/// line as full as the cell allows, and drawn in one go. Otherwise two numbers could become one.
fn continues_number(above: &[Row<'_>], below: &Row<'_>, width: f64) -> bool {
    let Some(upper) = above.last() else {
        return false;
    };
    let (Some(last), Some(first)) = (upper.printed().next_back(), below.printed().next()) else {
        return false;
    };
    is_tight(upper, width)
        && is_number(below)
        && below.printed().count() <= upper.printed().count()
        && first.order == last.order + 1
}

fn is_number(row: &Row<'_>) -> bool {
    row.printed().all(|glyph| chars::is_numeric(glyph.character))
}

/// Whether a line is digits that leave no room for one more.
fn is_tight(row: &Row<'_>, width: f64) -> bool {
    let digit = row.printed().next_back().map_or(0.0, |last| last.bbox.width());
    is_number(row) && row.printed().count() >= 3 && width - row.bbox.width() < digit + PADDING
}

/// The usual white space left and right in a table cell of an office program, together.
const PADDING: f64 = 11.5;

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of text of 10 pt: square characters 10 wide, others 5.
    fn line(text: &str, x: f64, y: f64, order: &mut u32) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|character| {
                let width = if chars::is_wide(character) { 10.0 } else { 5.0 };
                *order += 1;
                at += width;
                Glyph {
                    character,
                    bbox: Rect::new(at - width, y, at, y + 10.0),
                    size: 10.0,
                    turn: 0,
                    vertical: false,
                    bold: false,
                    order: *order,
                    run: 0,
                    beyond: false,
                }
            })
            .collect()
    }

    fn cell(lines: &[(&str, f64)], width: f64) -> String {
        let mut order = 0;
        let glyphs: Vec<Glyph> = lines
            .iter()
            .flat_map(|(text, y)| line(text, 0.0, *y, &mut order))
            .collect();
        super::cell(&glyphs, width).text
    }

    #[test]
    fn a_number_broken_by_its_narrow_cell_is_one_number() {
        assert_eq!(cell(&[("51764", 0.0), ("5", 12.0)], 30.0), "517645");
    }

    #[test]
    fn two_numbers_below_each_other_stay_two() {
        assert_eq!(cell(&[("51764", 0.0), ("5", 12.0)], 60.0), "51764\n5");
        assert_eq!(cell(&[("12", 0.0), ("34", 12.0)], 20.0), "12\n34");
    }

    #[test]
    fn two_numbers_far_apart_in_one_cell_stay_apart() {
        let mut order = 0;
        let mut glyphs = line("12", 0.0, 0.0, &mut order);
        glyphs.extend(line("34", 30.0, 0.0, &mut order));
        assert_eq!(super::cell(&glyphs, 100.0).text, "12  34");
    }

    #[test]
    fn numbers_that_overlap_do_not_mix_their_digits() {
        let mut order = 0;
        let mut glyphs = line("12345", 0.0, 0.0, &mut order);
        order += 5;
        glyphs.extend(line("678", 13.0, 0.0, &mut order));
        assert_eq!(super::cell(&glyphs, 30.0).text, "12345  678");
    }

    #[test]
    fn one_space_typed_inside_a_number_is_one_space() {
        assert_eq!(cell(&[("701 21", 0.0)], 100.0), "701 21");
    }

    #[test]
    fn a_label_set_one_character_a_line_is_one_word() {
        assert_eq!(
            cell(&[("三", 0.0), ("、", 12.0), ("本", 24.0), ("年", 36.0)], 12.0),
            "三、本年"
        );
        assert_eq!(cell(&[("行政", 0.0), ("许可", 12.0)], 22.0), "行政\n许可");
    }

    #[test]
    fn turned_text_reads_in_its_own_direction() {
        let mut order = 0;
        let glyphs: Vec<Glyph> = line("年报", 0.0, 0.0, &mut order)
            .into_iter()
            .map(|mut glyph| {
                glyph.turn = 3;
                glyph.bbox = Rect::new(50.0, 100.0 - glyph.bbox.x1, 60.0, 100.0 - glyph.bbox.x0);
                glyph
            })
            .collect();
        assert_eq!(super::cell(&glyphs, 100.0).text, "年报");
    }
}
