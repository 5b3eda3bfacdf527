//! Runs of the main stream that share their properties.
//!
//! Pages of 512 bytes hold the runs of characters or paragraphs, and a table says which pages. Source: [MS-DOC] 2.9.33, 2.9.175.
//! Invariant: each page is read once, so that the runs never take more memory than the file; one that is missing is an error, for
//! without it what was deleted or hidden, and where cells end, cannot be told.

use std::collections::HashSet;

use crate::error::Error;
use crate::read::container::damaged;
use crate::read::office::binary::{size_at, slice};

use super::fib::MAIN;

const PAGE: usize = 512;

/// A run.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    /// Place of its first character.
    pub first: usize,
    /// First place behind it.
    pub end: usize,
    /// Its properties as stored.
    pub properties: &'a [u8],
}

/// The runs of a file in their order.
pub(super) struct Runs<'a>(Vec<Run<'a>>);

impl<'a> Runs<'a> {
    /// Runs of characters; their properties are a list.
    ///
    /// # Errors
    /// Where a page is not in the file.
    pub(super) fn of_characters(main: &'a [u8], table: &[u8]) -> Result<Self, Error> {
        Runs::read(main, table, 1, |page, at| {
            let at = usize::from(*page.get(at)?) * 2;
            let length = usize::from(*page.get(at)?);
            (at > 0).then(|| slice(page, at + 1, length))?
        })
    }

    /// Runs of paragraphs; their properties are the number of a style and a list.
    ///
    /// # Errors
    /// Where a page is not in the file.
    pub(super) fn of_paragraphs(main: &'a [u8], table: &[u8]) -> Result<Self, Error> {
        Runs::read(main, table, 13, |page, at| {
            let at = usize::from(*page.get(at)?) * 2;
            let half = usize::from(*page.get(at)?);
            match (at, half) {
                (0, _) => None,
                (_, 0) => slice(page, at + 2, usize::from(*page.get(at + 1)?) * 2),
                _ => slice(page, at + 1, half * 2 - 1),
            }
        })
    }

    fn read(
        main: &'a [u8],
        table: &[u8],
        size: usize,
        properties: impl Fn(&'a [u8], usize) -> Option<&'a [u8]>,
    ) -> Result<Self, Error> {
        let count = table.len().saturating_sub(4) / 8;
        let mut seen = HashSet::new();
        let mut runs = Vec::new();
        for index in 0..count {
            let number = size_at(table, (count + 1 + index) * 4).unwrap_or(0) & 0x3F_FFFF;
            let page = slice(main, number * PAGE, PAGE)
                .ok_or_else(|| damaged(MAIN, format_args!("page {number} of properties is not in the file")))?;
            if !seen.insert(number) {
                continue;
            }
            let held = usize::from(page[PAGE - 1]);
            for run in 0..held {
                let (Some(first), Some(end)) = (size_at(page, run * 4), size_at(page, run * 4 + 4)) else {
                    break;
                };
                let properties = properties(page, (held + 1) * 4 + run * size).unwrap_or_default();
                if first < end {
                    runs.push(Run { first, end, properties });
                }
            }
        }
        runs.sort_by_key(|run| run.first);
        Ok(Runs(runs))
    }

    /// The run at a place; one without properties where there is none.
    pub(super) fn at(&self, place: usize) -> Run<'a> {
        let next = self.0.partition_point(|run| run.first <= place);
        let inside = next.checked_sub(1).map(|at| self.0[at]).filter(|run| place < run.end);
        let mut run = inside.unwrap_or(Run {
            first: place,
            end: usize::MAX,
            properties: &[],
        });
        if let Some(next) = self.0.get(next) {
            run.end = run.end.min(next.first);
        }
        run
    }
}
