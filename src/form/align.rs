//! Which row of a document is which row of a form.
//!
//! All rows are aligned at once and in the form's order, so that one bad label cannot shift the rows below it. Invariant: a row of
//! the form gets at most one row of the document.

use super::labels::{Match, STRONG};

/// One row of the form that a row of the document can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The row of the form and how well it fits.
    pub found: Match,
    /// Index of the cell that is the label.
    pub cell: usize,
    /// Whether values stand behind the label.
    pub has_values: bool,
}

/// What a row of the document can be.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    /// Each possible row of the form.
    pub matches: Vec<Candidate>,
    /// Whether the place before this row parts it from the row before: long prose, another section.
    pub gap: bool,
}

impl Candidates {
    /// The one row of the form that this row must be, if its label is beyond doubt and values stand behind it.
    fn strong(&self) -> Option<usize> {
        let mut strong = self.matches.iter().filter(|m| m.found.score >= STRONG && m.has_values);
        let first = strong.next()?.found.target;
        strong.all(|m| m.found.target == first).then_some(first)
    }
}

/// A run of rows that can be one copy of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instance {
    /// First row.
    pub start: usize,
    /// Behind the last row.
    pub end: usize,
    /// How many rows of the form it surely has.
    pub strong: usize,
}

/// Cuts the rows into copies of the table: a new one begins where a row comes that the copy has already, or behind a gap. Rows
/// with weak labels belong to the copy before them up to the gap, or as long as they go on in the form's order.
pub(super) fn instances(rows: &[Candidates]) -> Vec<Instance> {
    let mut instances = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    let (mut start, mut last) = (0, None::<(usize, usize)>);
    let mut gap = None;
    for (index, row) in rows.iter().enumerate() {
        gap = gap.or(row.gap.then_some(index));
        let Some(target) = row.strong() else { continue };
        let again = seen.contains(&target);
        if let Some((previous, reached)) = last
            && (again || gap.is_some())
        {
            let goes_on = |row: &Candidates| row.matches.iter().any(|m| m.has_values && m.found.target > reached);
            let order = || {
                rows[previous + 1..index]
                    .iter()
                    .take_while(|row| row.matches.is_empty() || goes_on(row))
            };
            let end = gap.unwrap_or_else(|| {
                let more = order().enumerate().filter(|(_, row)| goes_on(row)).last();
                previous + 1 + more.map_or(0, |(weak, _)| weak + 1)
            });
            instances.push(Instance {
                start,
                end,
                strong: seen.len(),
            });
            start = end;
            seen.clear();
        }
        gap = None;
        if !seen.contains(&target) {
            seen.push(target);
        }
        last = Some((index, target));
    }
    instances.push(Instance {
        start,
        end: rows.len(),
        strong: seen.len(),
    });
    instances
}

/// The copy to read: the first that is no mere scrap beside the fullest.
pub(super) fn main_instance(instances: &[Instance]) -> Option<&Instance> {
    let most = instances
        .iter()
        .map(|instance| instance.strong)
        .max()
        .filter(|most| *most > 0)?;
    instances.iter().find(|instance| instance.strong * 3 >= most)
}

/// The best alignment in order: for each row the row of the form and the index of the label cell.
pub(super) fn align(rows: &[Candidates], targets: usize) -> Vec<Option<(usize, usize)>> {
    let width = targets + 1;
    let mut best = vec![0f32; (rows.len() + 1) * width];
    let weight = |row: usize, target: usize| {
        let matches = rows[row].matches.iter().filter(|m| m.found.target == target);
        matches
            .map(|m| (m.found.score * if m.has_values { 1.0 } else { 0.3 }, m.cell))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
    };
    for row in 0..rows.len() {
        for target in 0..targets {
            let skip = best[row * width + target + 1].max(best[(row + 1) * width + target]);
            let take = weight(row, target).map_or(0.0, |(score, _)| best[row * width + target] + score);
            best[(row + 1) * width + target + 1] = skip.max(take);
        }
    }
    let mut aligned = vec![None; rows.len()];
    let (mut row, mut target) = (rows.len(), targets);
    while row > 0 && target > 0 {
        let here = best[row * width + target];
        // From the end backwards, so that of two equal readings the earlier row wins.
        if here == best[(row - 1) * width + target] {
            row -= 1;
        } else if here == best[row * width + target - 1] {
            target -= 1;
        } else {
            aligned[row - 1] = weight(row - 1, target - 1).map(|(_, cell)| (target - 1, cell));
            row -= 1;
            target -= 1;
        }
    }
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[(usize, f32)]]) -> Vec<Candidates> {
        rows.iter()
            .map(|row| Candidates {
                matches: row
                    .iter()
                    .map(|(target, score)| {
                        let found = Match {
                            target: *target,
                            score: *score,
                        };
                        Candidate {
                            found,
                            cell: 0,
                            has_values: true,
                        }
                    })
                    .collect(),
                gap: false,
            })
            .collect()
    }

    fn targets(aligned: Vec<Option<(usize, usize)>>) -> Vec<Option<usize>> {
        aligned.into_iter().map(|row| row.map(|(target, _)| target)).collect()
    }

    #[test]
    fn one_bad_label_does_not_shift_the_rows_below_it() {
        let rows = rows(&[&[(0, 1.0)], &[], &[(2, 1.0)], &[(3, 0.75), (1, 0.8)], &[(4, 1.0)]]);
        assert_eq!(targets(align(&rows, 5)), [Some(0), None, Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn the_order_decides_between_labels_that_look_alike() {
        let other = [(1, 1.0), (3, 1.0)];
        let rows = rows(&[&[(0, 1.0)], &other, &[(2, 1.0)], &other]);
        assert_eq!(targets(align(&rows, 4)), [Some(0), Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn a_second_copy_of_the_table_is_told_from_the_first() {
        let rows = rows(&[
            &[(0, 1.0)],
            &[(1, 1.0)],
            &[(2, 1.0)],
            &[(0, 1.0)],
            &[(1, 1.0)],
            &[(2, 1.0)],
        ]);
        let instances = instances(&rows);
        assert_eq!(
            instances.iter().map(|i| (i.start, i.end)).collect::<Vec<_>>(),
            [(0, 3), (3, 6)]
        );
        assert_eq!(main_instance(&instances), instances.first());
    }

    #[test]
    fn a_weak_last_row_belongs_to_the_copy_that_it_ends() {
        let bounds = |rows: &[Candidates]| {
            let instances = instances(rows);
            instances.iter().map(|i| (i.start, i.end)).collect::<Vec<_>>()
        };
        let mut rows = rows(&[&[(0, 1.0)], &[(1, 1.0)], &[(2, 0.75)], &[(0, 0.8)], &[(1, 1.0)]]);
        assert_eq!(bounds(&rows), [(0, 3), (3, 5)]);
        rows[2].gap = true;
        assert_eq!(bounds(&rows), [(0, 2), (2, 5)]);
    }
}
