//! Tables with a rule below each row and no upright line: the columns are drawn where the figures stand below each other.
//!
//! Invariant: an upright line is drawn through no text; where the text of a cell runs on, the cells beside it stay one.

use kurbo::Rect;

use super::super::ordinal::begins_with_ordinal;
use super::super::segment::Segment;
use super::aligned::{Line, Part, bands, clusters, is_figure};
use super::edges::Frame;
use crate::forms;

/// How far the ends of two rules of one table may differ.
const SAME: f64 = 3.0;
/// A line of running text is at least this share of the table wide.
const WIDE: f64 = 0.7;
/// Most rules of one table on one page.
const RULES: usize = 1_000;

/// The frames of the tables that have a rule below each row; `rules` are the horizontal lines that no frame has.
pub(super) fn frames(lines: &[Line<'_>], rules: &[Segment]) -> Vec<Frame> {
    if rules.len() > RULES {
        return Vec::new();
    }
    let bands = bands(rules);
    // The rules between the rows of a group are shorter than those around it.
    let outermost = |band: &&Rect| {
        !bands
            .iter()
            .any(|other| other.width() > band.width() && other.contains(band.center()))
    };
    let runs = bands
        .iter()
        .filter(outermost)
        .flat_map(|band| runs(lines, rules, *band));
    let tables = runs.filter(|run| is_table(lines, rules, *run));
    let sections = tables.flat_map(|run| sections(lines, rules, run));
    sections.filter_map(|section| frame(lines, rules, section)).collect()
}

/// Places in order, the two of a double line as one.
fn places(places: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut places: Vec<f64> = places.into_iter().collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|a, b| *a - *b < SAME);
    places
}

/// The strips between the rules that run over all of a place.
fn strips(rules: &[Segment], place: Rect) -> Vec<Rect> {
    let is_full = |rule: &&Segment| (rule.from - place.x0).abs() < SAME && (rule.to - place.x1).abs() < SAME;
    let inside = |rule: &&Segment| rule.at >= place.y0 && rule.at <= place.y1;
    let ys = places(rules.iter().filter(is_full).filter(inside).map(|rule| rule.at));
    ys.windows(2)
        .map(|pair| Rect::new(place.x0, pair[0], place.x1, pair[1]))
        .collect()
}

/// The parts of a band between running text.
fn runs(lines: &[Line<'_>], rules: &[Segment], band: Rect) -> Vec<Rect> {
    let mut runs: Vec<Rect> = Vec::new();
    for strip in strips(rules, band) {
        match runs.last_mut() {
            _ if is_text(lines, strip) => {}
            Some(run) if run.y1 == strip.y0 => run.y1 = strip.y1,
            _ => runs.push(strip),
        }
    }
    runs
}

/// The parts of a table that each begin with a title of their own and so have columns of their own.
fn sections(lines: &[Line<'_>], rules: &[Segment], run: Rect) -> Vec<Rect> {
    let mut sections: Vec<Rect> = Vec::new();
    for strip in strips(rules, run) {
        match sections.last_mut() {
            Some(section) if !is_title(lines, strip) => section.y1 = strip.y1,
            _ => sections.push(strip),
        }
    }
    sections
}

/// Whether one text alone stands in the middle between two rules.
fn is_title(lines: &[Line<'_>], strip: Rect) -> bool {
    let middle = |line: &Line<'_>| (line.bbox.center().x - strip.center().x).abs() < 0.1 * strip.width();
    let mut inside = inside(lines, strip);
    inside
        .next()
        .is_some_and(|line| line.parts.len() == 1 && !is_figure(&line.parts[0]) && middle(line))
        && inside.next().is_none()
}

fn inside<'l, 'g>(lines: &'l [Line<'g>], place: Rect) -> impl Iterator<Item = &'l Line<'g>> {
    lines.iter().filter(move |line| place.contains(line.bbox.center()))
}

fn is_heading(text: &str) -> bool {
    begins_with_ordinal(text) || forms::is_section_heading(text)
}

/// Whether running text stands between two rules: the heading of the next table, prose.
fn is_text(lines: &[Line<'_>], strip: Rect) -> bool {
    let alone = |line: &Line<'_>| line.parts.len() == 1 && !is_figure(&line.parts[0]);
    let runs_on = |line: &Line<'_>| line.bbox.width() > WIDE * strip.width() || is_heading(&line.text());
    inside(lines, strip).all(alone) && inside(lines, strip).any(runs_on)
}

/// The rules of a place.
fn inner(rules: &[Segment], place: Rect) -> Vec<Segment> {
    let inside = |rule: &&Segment| {
        (place.y0 - SAME..=place.y1 + SAME).contains(&rule.at)
            && rule.from > place.x0 - SAME
            && rule.to < place.x1 + SAME
    };
    rules.iter().filter(inside).copied().collect()
}

/// The frame of a part of a table with its columns drawn.
fn frame(lines: &[Line<'_>], rules: &[Segment], place: Rect) -> Option<Frame> {
    let own = inner(rules, place);
    let rows = strips(rules, place);
    let lines: Vec<&Line<'_>> = inside(lines, place).collect();
    let label_end = label_end(&lines, place.x0);
    let columns = columns(&lines, label_end)?;
    let mut borders: Vec<f64> = Vec::new();
    // Labels of groups stand left of the rules between the rows that they span.
    let starts = own.iter().map(|rule| rule.from);
    borders.extend(starts.filter(|x| *x > place.x0 + SAME && *x < label_end));
    if label_end > place.x0 {
        borders.push(gap(&lines, label_end, columns[0].0));
    }
    borders.extend(columns.windows(2).map(|pair| gap(&lines, pair[0].1, pair[1].0)));
    let borders = places(borders);
    let mut vertical: Vec<Segment> = [place.x0, place.x1]
        .map(|x| Segment::vertical(x, place.y0, place.y1))
        .into();
    vertical.extend(borders.into_iter().flat_map(|x| uprights(&lines, &own, x)));
    vertical.extend(rows.into_iter().flat_map(|row| between_labels(&lines, row, label_end)));
    Some(Frame {
        horizontal: own,
        vertical,
        ..Frame::default()
    })
}

/// Upright lines between the labels of one row, as between that of a group and that of its first row.
fn between_labels(lines: &[&Line<'_>], row: Rect, label_end: f64) -> Vec<Segment> {
    let size = lines.iter().map(|line| line.size).fold(f64::MAX, f64::min);
    let inside = lines.iter().filter(|line| row.contains(line.bbox.center()));
    let labels = inside.flat_map(|line| line.parts.iter().filter(|part| part.to <= label_end));
    let labels = clusters(labels.map(|part| (part.from, part.to)), size);
    let middles = labels.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2.0);
    middles.map(|x| Segment::vertical(x, row.y0, row.y1)).collect()
}

/// Whether figures stand in rows and columns, with a rule below each row.
fn is_table(lines: &[Line<'_>], rules: &[Segment], run: Rect) -> bool {
    let lines: Vec<&Line<'_>> = inside(lines, run).collect();
    let figures = |line: &Line<'_>| line.parts.iter().filter(|part| is_figure(part)).count();
    let rows = lines.iter().filter(|line| figures(line) > 0).count();
    let widest = lines.iter().map(|line| figures(line)).max().unwrap_or_default();
    (rows > 1 || widest > 2) && has_rule_below_each_row(&lines, &inner(rules, run))
}

/// Where the labels of the rows end; the left border where there are none.
fn label_end(lines: &[&Line<'_>], left: f64) -> f64 {
    let rows = lines.iter().filter(|line| line.parts.iter().any(is_figure));
    let labels = rows.flat_map(|line| line.parts.iter().take_while(|part| !is_figure(part)));
    labels.map(|part| part.to).fold(left, f64::max)
}

/// Stretches of x in which figures stand below each other, and names above columns that have none; nothing where two figures of a
/// row stand in one.
fn columns(lines: &[&Line<'_>], label_end: f64) -> Option<Vec<(f64, f64)>> {
    let size = lines.iter().map(|line| line.size).fold(f64::MAX, f64::min);
    let stretch = |part: &Part<'_>| (part.from, part.to);
    let parts = lines.iter().flat_map(|line| &line.parts).filter(|part| is_figure(part));
    let mut columns = clusters(parts.map(stretch), size);
    if columns.is_empty() {
        return None;
    }
    let names = lines.iter().flat_map(|line| line.parts.iter().skip(1));
    let alone = |part: &&Part<'_>| {
        part.from > label_end && !columns.iter().any(|column| part.to > column.0 && part.from < column.1)
    };
    let blank: Vec<(f64, f64)> = names.filter(alone).map(stretch).collect();
    columns.extend(clusters(blank.into_iter(), size));
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    let alone = |line: &&Line<'_>| {
        let covers = |part: &&Part<'_>, column: &(f64, f64)| part.from >= column.0 && part.to <= column.1;
        let in_column = |column| {
            line.parts
                .iter()
                .filter(|part| is_figure(part) && covers(part, column))
                .count()
        };
        columns.iter().all(|column| in_column(column) < 2)
    };
    lines.iter().copied().all(|line| alone(&line)).then_some(columns)
}

/// Whether there is mostly one row between two rules. In a table with three rules, all of its rows stand between two.
fn has_rule_below_each_row(lines: &[&Line<'_>], rules: &[Segment]) -> bool {
    let ys = places(rules.iter().map(|rule| rule.at));
    let rows = lines.iter().filter(|line| line.parts.iter().any(is_figure));
    let mut strips: Vec<usize> = rows
        .map(|line| ys.partition_point(|y| *y < line.bbox.center().y))
        .collect();
    let rows = strips.len();
    strips.dedup();
    strips.len() * 3 > rows * 2
}

/// The x in a gap between two columns that the fewest words of the header cross, as near to the middle as can be.
fn gap(lines: &[&Line<'_>], from: f64, to: f64) -> f64 {
    let middle = (from + to) / 2.0;
    let steps = ((to - from).max(0.0).floor() as usize).min(200);
    let crossings = |x: f64| {
        let parts = lines.iter().flat_map(|line| &line.parts);
        parts.filter(|part| crosses(part, x)).count()
    };
    (1..steps)
        .map(|step| from + step as f64)
        .chain([middle])
        .min_by(|a, b| {
            let off = |x: f64| (x - middle).abs();
            crossings(*a).cmp(&crossings(*b)).then(off(*a).total_cmp(&off(*b)))
        })
        .unwrap_or(middle)
}

/// Whether text runs over an x. A gap right there that is wider than those around it, as between the words of two narrow cells,
/// parts it.
fn crosses(part: &Part<'_>, x: f64) -> bool {
    if part.from > x - 0.5 || part.to < x + 0.5 {
        return false;
    }
    let gaps = part.glyphs.windows(2).map(|pair| pair[1].bbox.x0 - pair[0].bbox.x1);
    let mut sorted: Vec<f64> = gaps.collect();
    sorted.sort_by(f64::total_cmp);
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    !part.glyphs.windows(2).any(|pair| {
        let (from, to) = (pair[0].bbox.x1, pair[1].bbox.x0);
        from <= x + 0.5 && to >= x - 0.5 && to - from > usual + 0.15 * pair[0].size
    })
}

/// An upright line at x between each two rules that pass it, but where text runs over it.
fn uprights(lines: &[&Line<'_>], rules: &[Segment], x: f64) -> Vec<Segment> {
    let passes = |rule: &&Segment| rule.from < x - SAME && rule.to > x + SAME;
    let ys = places(rules.iter().filter(passes).map(|rule| rule.at));
    let free = |pair: &&[f64]| {
        let between = lines.iter().filter(|line| {
            let y = line.bbox.center().y;
            y > pair[0] && y < pair[1]
        });
        !between.flat_map(|line| &line.parts).any(|part| crosses(part, x))
    };
    let pairs = ys.windows(2).filter(free);
    pairs.map(|pair| Segment::vertical(x, pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::aligned::lines;
    use super::super::aligned::tests::glyphs;
    use super::super::lattice::Lattice;
    use super::*;
    use crate::read::page::text;

    fn rule(y: f64, from: f64) -> Segment {
        Segment::horizontal(y, from, 200.0)
    }

    #[test]
    fn columns_are_drawn_where_figures_stand_below_each_other() {
        let glyphs = glyphs(&[
            &[("内容", 5.0), ("件数", 80.0), ("总计", 150.0)],
            &[("规章", 5.0), ("12", 85.0), ("120", 150.0)],
            &[("文件", 5.0), ("3", 87.0), ("45", 155.0)],
        ]);
        let rules = [0.0, 16.0, 32.0, 48.0].map(|y| rule(y, 0.0));
        let frames = frames(&lines(text::rows(&glyphs)), &rules);
        let lattice = Lattice::of(&frames[0]).expect("cells");
        assert_eq!((lattice.xs.len(), lattice.ys.len(), lattice.cells.len()), (4, 4, 9));
    }

    #[test]
    fn a_word_over_two_columns_is_one_cell_and_a_heading_parts_tables() {
        let glyphs = glyphs(&[
            &[("组织", 5.0), ("法人或其他组织", 78.0)],
            &[("规章", 5.0), ("12", 85.0), ("12", 130.0)],
            &[("三、收到申请情况", 5.0)],
            &[("文件", 5.0), ("3", 87.0), ("4", 132.0)],
            &[("文件", 5.0), ("3", 87.0), ("4", 132.0)],
        ]);
        let rules = [0.0, 16.0, 32.0, 48.0, 64.0, 80.0].map(|y| rule(y, 0.0));
        let frames = frames(&lines(text::rows(&glyphs)), &rules);
        assert_eq!(frames.len(), 1, "a single row with two figures is no table");
        assert_eq!(frames[0].horizontal.first().map(|rule| rule.at), Some(48.0));
    }

    #[test]
    fn the_label_of_a_group_beside_that_of_its_first_row_is_a_cell_of_its_own() {
        let glyphs = glyphs(&[
            &[("本", 5.0), ("予以公开", 26.0), ("12", 85.0), ("13", 130.0)],
            &[("收到的申请", 5.0), ("3", 87.0), ("4", 132.0)],
        ]);
        let rules = [0.0, 16.0, 32.0].map(|y| rule(y, 0.0));
        let frames = frames(&lines(text::rows(&glyphs)), &rules);
        let lattice = Lattice::of(&frames[0]).expect("cells");
        assert_eq!(lattice.cells.len(), 4 + 3);
    }
}
