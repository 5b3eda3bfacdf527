//! Numbers that a model reads as letters: 26 as N6, 31 as n.
//!
//! Where they stand says what they are. Invariant: words stay words, also among numbers; what becomes a number here is one of which
//! nothing is sure yet.

use super::decide::is_han;
use super::looks::Piece;
use super::mask::Area;
use super::recognise::{CLEAR, Decoded, Sight};

/// How likely each letter has to be that stands among numbers.
const LETTERS: f32 = 0.96;
/// Signs of texts that are no numbers.
const NO_SIGNS: &str = "()（）、:：";
/// Most characters of a number.
const LONGEST: usize = 10;
/// Fewest numbers of a row in which nothing else stands, as the one row of a table whose columns stand in groups.
const ROW: usize = 5;
/// How far the borders of cells of one row or column may be apart, in pixels.
const APART: usize = 3;

/// The pieces among those that are no number by what was read of them which are numbers by where they stand: in a row with numbers, and
/// in a column with more numbers than words or a row with nothing else.
pub(super) fn misread(pieces: &[Piece], sights: &[Sight], is_number: &[bool]) -> Vec<usize> {
    let may_be: Vec<bool> = sights.iter().map(may_be_number).collect();
    let near = |one: usize, other: usize| one.abs_diff(other) <= APART;
    let found = (0..pieces.len()).filter(|index| {
        let Some((cell, table)) = pieces[*index].cell.zip(pieces[*index].table) else {
            return false;
        };
        if is_number[*index] || !may_be[*index] {
            return false;
        }
        let others = || (0..pieces.len()).filter(|other| other != index && pieces[*other].table == Some(table));
        let beside = |along: fn(&Area) -> [usize; 2]| {
            let [from, to] = along(&cell);
            others().filter(move |other| {
                let cell = pieces[*other].cell.map(|cell| along(&cell));
                cell.is_some_and(|cell| near(cell[0], from) && near(cell[1], to))
            })
        };
        let in_row = || beside(|cell| [cell.y0, cell.y1]);
        let numbers = in_row().filter(|other| is_number[*other]).count();
        let is_word = |other: usize| !is_number[other] && !may_be[other];
        let (in_column, words) = beside(|cell| [cell.x0, cell.x1]).fold((0, 0), |(numbers, words), other| {
            (
                numbers + usize::from(is_number[other]),
                words + usize::from(is_word(other)),
            )
        });
        let is_alone = !in_row().any(is_word);
        let is_label = others().any(|other| pieces[other].cell == Some(cell) && is_word(other));
        !is_label && (numbers > 0 && in_column > words || numbers >= ROW && is_alone)
    });
    found.collect()
}

/// Whether what was read may be a number that was seen as something else.
fn may_be_number(sight: &Sight) -> bool {
    let is_doubtful = |decoded: &Decoded| decoded.likely < if is_han(decoded.character) { CLEAR } else { LETTERS };
    let letters = sight.free.iter().filter(|decoded| decoded.character.is_alphabetic());
    sight.label.is_none()
        && sight.free.len() <= LONGEST
        && !sight.free.iter().any(|decoded| NO_SIGNS.contains(decoded.character))
        && letters.clone().next().is_some()
        && letters
            .clone()
            .all(|decoded| is_doubtful(decoded) || decoded.character.is_ascii())
        && letters.into_iter().any(is_doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of cells 40 by 20, and what was read in each; characters before a `?` are not sure.
    fn misread_in(rows: &[&[&str]]) -> Vec<usize> {
        let (mut pieces, mut sights, mut is_number) = (Vec::new(), Vec::new(), Vec::new());
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                let area = Area {
                    x0: 40 * column,
                    y0: 20 * row,
                    x1: 40 * column + 38,
                    y1: 20 * row + 18,
                };
                let characters: Vec<char> = text.chars().collect();
                let read = (0..characters.len())
                    .filter(|at| characters[*at] != '?')
                    .map(|at| Decoded {
                        character: characters[at],
                        likely: if characters.get(at + 1) == Some(&'?') {
                            0.5
                        } else {
                            0.99
                        },
                        rival: ('\0', 0.0),
                        place: 0.5,
                    });
                pieces.push(Piece {
                    area,
                    cell: Some(area),
                    table: Some(0),
                    dash: false,
                    crossed: None,
                });
                sights.push(Sight {
                    free: read.collect(),
                    ..Sight::default()
                });
                is_number.push(text.bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
        misread(&pieces, &sights, &is_number)
    }

    #[test]
    fn letters_that_are_not_sure_among_numbers_are_a_number() {
        let table: &[&[&str]] = &[&["许可", "12", "N?6"], &["处罚", "3", "45"], &["强?制", "例?1", "7"]];
        assert_eq!(misread_in(table), [2, 7]);
    }

    #[test]
    fn letters_in_a_row_of_nothing_but_numbers_are_a_number() {
        let table: &[&[&str]] = &[
            &["维持", "纠正", "其他", "尚未", "总计", "维持"],
            &["1", "2", "R?", "4", "10", "5"],
        ];
        assert_eq!(misread_in(table), [8]);
    }

    #[test]
    fn words_and_signs_among_numbers_and_letters_among_words_are_none() {
        let table: &[&[&str]] = &[
            &["许可", "12", "无"],
            &["处罚", "/", "45"],
            &["(t?)e?t?", "3", "KB"],
            &["n?", "某种", "6"],
        ];
        assert_eq!(misread_in(table), Vec::<usize>::new());
    }
}
