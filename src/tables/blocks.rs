//! Rows of one label below different rows of the form: 被依法纠错数 of reviews and of lawsuits.
//!
//! Such a row belongs to the row above it that heads a block of the form. Invariant: where no such row stands above, it is none of the
//! form's rows.

use super::align::{Candidate, Candidates};
use super::lexicon::STRONG;

/// Leaves to each row only the rows of the block that it stands in. `blocks` holds for each row of the form the row that heads its block.
pub(super) fn within_blocks(rows: &mut [Candidates], blocks: &[Option<usize>]) {
    let head_of = |candidate: &Candidate| blocks.get(candidate.found.target).copied().flatten();
    let is_head = |target: &usize| blocks.contains(&Some(*target));
    let mut block = None;
    for row in rows {
        let heads = row
            .matches
            .iter()
            .filter(|m| m.found.score >= STRONG && is_head(&m.found.target));
        block = heads.map(|m| m.found.target).next().or(block);
        let first = row.matches.iter().find_map(head_of);
        let are_twins = row
            .matches
            .iter()
            .any(|m| head_of(m).is_some_and(|head| Some(head) != first));
        if are_twins {
            // Behind the rows of an inner block those of the outer one go on.
            let mut around = std::iter::successors(block, |block| blocks[*block]);
            let own = around.find(|block| row.matches.iter().any(|m| head_of(m) == Some(*block)));
            row.matches.retain(|m| head_of(m).is_none_or(|head| Some(head) == own));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::align::tests::rows;
    use super::*;

    /// Two heads, 0 and 2, each with a row of the same label.
    const BLOCKS: [Option<usize>; 4] = [None, Some(0), None, Some(2)];
    const TWINS: &[(usize, f32)] = &[(1, 1.0), (3, 1.0)];

    fn targets(mut candidates: Vec<Candidates>) -> Vec<Vec<usize>> {
        within_blocks(&mut candidates, &BLOCKS);
        let of = |row: Candidates| row.matches.iter().map(|m| m.found.target).collect();
        candidates.into_iter().map(of).collect()
    }

    #[test]
    fn the_block_above_tells_rows_of_one_label_apart() {
        let both = rows(&[&[(0, 1.0)], TWINS, &[(2, 1.0)], TWINS]);
        assert_eq!(targets(both), [[0], [1], [2], [3]]);
        assert_eq!(targets(rows(&[&[(2, 1.0)], TWINS])), [[2], [3]]);
    }

    #[test]
    fn without_a_block_above_such_a_row_is_none() {
        assert!(targets(rows(&[TWINS]))[0].is_empty());
    }
}
