//! Which row of a document is which row of a form.
//!
//! All rows are aligned at once and in the form's order, so that one bad label cannot shift the rows below it. Invariant: a row of
//! the form gets at most one row of the document.

use super::lexicon::{Match, STRONG};
use super::rows::Source;

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
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    /// Each possible row of the form.
    pub matches: Vec<Candidate>,
    /// Where the row comes from.
    pub source: Source,
    /// Whether the place before this row parts it from the row before: long prose, another section.
    pub gap: bool,
}

impl Candidates {
    /// The one row of the form that this row must be, if its label is beyond doubt and values stand behind it.
    pub fn strong(&self) -> Option<usize> {
        let mut strong = self.matches.iter().filter(|m| m.found.score >= STRONG && m.has_values);
        let first = strong.next()?.found.target;
        strong.all(|m| m.found.target == first).then_some(first)
    }
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
pub(super) mod tests {
    use super::*;

    /// Rows whose labels match rows of the form, each with a score.
    pub fn rows(rows: &[&[(usize, f32)]]) -> Vec<Candidates> {
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
                source: Source::Stream,
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
}
