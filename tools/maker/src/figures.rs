//! Figures that cannot be mistaken for their neighbours.
//!
//! Invariant: in a made table no cell equals the one to its right or below it, and all the sums of the form hold. A reader
//! that shifts a row or a column is then always seen.

use crate::form::{self, APPLICANTS, Form, Kind, OUTCOMES, PROCEEDINGS};
use crate::rng::Rng;
use crate::sheet::{Cell, Sheet, Which};

/// The three tables of a report; `scale` is about how many digits a large figure has.
pub fn sheets(form: Form, scale: u32, rng: &mut Rng) -> Vec<Sheet> {
    vec![
        disclosure(form, scale, rng),
        applications(form, scale, rng),
        review(scale, rng),
    ]
}

fn disclosure(form: Form, scale: u32, rng: &mut Rng) -> Sheet {
    let large = 10_i64.pow(scale + 1);
    let mut taken: Vec<i64> = Vec::new();
    let mut bands = Vec::new();
    for (label, columns, rows) in form::disclosure(form) {
        let mut band = Sheet::band(Some(label), columns, rows);
        for row in &mut band.rows {
            for (cell, column) in row.cells.iter_mut().zip(&band.columns) {
                *cell = match column.kind {
                    Kind::Count => Cell::plain(fresh(&mut taken, 1, large, rng)),
                    // A change has no sum to obey and is small beside what it changes.
                    Kind::Change => {
                        let size = fresh(&mut taken, 1, 99, rng);
                        Cell::plain(if rng.chance(40) { -size } else { size })
                    }
                    Kind::Money => money(fresh(&mut taken, 1, large, rng), rng),
                };
            }
        }
        bands.push(band);
    }
    Sheet {
        which: Which::Disclosure,
        bands,
    }
}

/// Money with as many decimals as reports print: none to four, the last ones sometimes zero.
fn money(whole: i64, rng: &mut Rng) -> Cell {
    let decimals = rng.below(5);
    if decimals == 0 {
        return Cell::plain(whole);
    }
    let digits: String = (0..decimals).map(|_| char::from(b'0' + rng.below(10) as u8)).collect();
    Cell::plain(format!("{whole}.{digits}"))
}

/// A number that was not given out before.
fn fresh(taken: &mut Vec<i64>, low: i64, high: i64, rng: &mut Rng) -> i64 {
    // The range is always wider than the table, so a free number is near.
    let mut value = rng.range(low, high);
    while taken.contains(&value) {
        value += 1;
    }
    taken.push(value);
    value
}

fn applications(form: Form, scale: u32, rng: &mut Rng) -> Sheet {
    let rows = form::applications(form);
    let results = 2..rows.len() - 2;
    let parts = APPLICANTS.len() - 1;
    loop {
        let mut pool: Vec<i64> = (1..=(results.len() * parts) as i64 * 2).collect();
        rng.shuffle(&mut pool);
        let stretch = 10_i64.pow(scale.saturating_sub(3));
        let mut figures = vec![vec![0_i64; APPLICANTS.len()]; rows.len()];
        let mut free = pool.into_iter();
        for row in &mut figures[results.clone()] {
            for figure in &mut row[..parts] {
                *figure = free.next().unwrap_or(1) * stretch + rng.range(0, stretch - 1);
            }
        }
        let last = rows.len() - 1;
        let totals: Vec<i64> = (0..parts)
            .map(|column| figures[results.clone()].iter().map(|row| row[column]).sum())
            .collect();
        for (column, total) in totals.into_iter().enumerate() {
            let (over, forward) = (rng.range(1, total / 3), rng.range(1, total / 4));
            figures[0][column] = total + forward - over;
            figures[1][column] = over;
            figures[last - 1][column] = total;
            figures[last][column] = forward;
        }
        for row in &mut figures {
            row[parts] = row[..parts].iter().sum();
        }
        if neighbours_differ(&figures) {
            let mut band = Sheet::band(Some("申请人情况"), APPLICANTS, &rows);
            for (row, values) in band.rows.iter_mut().zip(&figures) {
                row.cells = values.iter().map(Cell::plain).collect();
            }
            return Sheet {
                which: Which::Applications,
                bands: vec![band],
            };
        }
    }
}

fn review(scale: u32, rng: &mut Rng) -> Sheet {
    let mut taken = Vec::new();
    let mut band = Sheet::band(None, OUTCOMES, PROCEEDINGS);
    for row in &mut band.rows {
        let mut total = 0;
        let parts = OUTCOMES.len() - 1;
        for cell in &mut row.cells[..parts] {
            let value = fresh(&mut taken, 1, 20 * i64::from(scale), rng);
            total += value;
            *cell = Cell::plain(value);
        }
        row.cells[parts] = Cell::plain(total);
        taken.push(total);
    }
    Sheet {
        which: Which::Review,
        bands: vec![band],
    }
}

fn neighbours_differ(figures: &[Vec<i64>]) -> bool {
    let beside = figures.iter().all(|row| row.windows(2).all(|pair| pair[0] != pair[1]));
    let below = figures
        .windows(2)
        .all(|pair| pair[0].iter().zip(&pair[1]).all(|(a, b)| a != b));
    beside && below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_the_form_hold() {
        for seed in 0..50 {
            for form in Form::ALL {
                let sheets = sheets(form, 1 + (seed % 5) as u32, &mut Rng::new(seed));
                let applications = &sheets[1];
                for (column, ..) in APPLICANTS {
                    let figure = |row: &str| applications.figure(row, column).unwrap();
                    assert_eq!(
                        figure("new") + figure("carried_over"),
                        figure("results_total") + figure("carried_forward")
                    );
                    let results: i64 = applications
                        .rows()
                        .filter(|row| !row.path.is_empty() && row.key != Some("results_total"))
                        .map(|row| figure(row.key.unwrap()))
                        .sum();
                    assert_eq!(results, figure("results_total"));
                }
            }
        }
    }

    #[test]
    fn no_figure_equals_its_neighbour() {
        for seed in 0..50 {
            let sheets = sheets(Form::F2021, 1, &mut Rng::new(seed));
            let grid: Vec<Vec<i64>> = sheets[1]
                .rows()
                .map(|row| row.cells.iter().map(|cell| cell.whole().unwrap()).collect())
                .collect();
            assert!(neighbours_differ(&grid));
        }
    }
}
