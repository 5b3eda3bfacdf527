//! Faults done to the tables and to the paper, before any container sees them.
//!
//! Invariant: a fault in a cell changes print and meaning together; a fault in a label changes the print alone.

use crate::faults::{Fault, Faults};
use crate::form::Kind;
use crate::paper::{Block, Paper};
use crate::rng::Rng;
use crate::sheet::{Cell, Row, Sheet, Which};

/// Faults in what the cells hold. Called before the truth is taken.
pub fn cells(sheets: &mut [Sheet], faults: &Faults, rng: &mut Rng) {
    for fault in &faults.list {
        match fault {
            Fault::WrongSums => sheets.iter_mut().for_each(|sheet| wrong_sums(sheet, rng)),
            Fault::BlankTotals => sheets.iter_mut().for_each(blank_totals),
            _ => {}
        }
    }
    let placeholder = *rng.pick(&["/", "-", "--", "—", "无", "不适用"]);
    for sheet in sheets {
        for band in &mut sheet.bands {
            for row in &mut band.rows {
                for (cell, column) in row.cells.iter_mut().zip(&band.columns) {
                    let first_band =
                        sheet.which == Which::Disclosure && matches!(column.key, "issued" | "made" | "repealed");
                    cell_faults(cell, column.kind, first_band, placeholder, faults, rng);
                }
            }
        }
    }
}

fn cell_faults(cell: &mut Cell, kind: Kind, first_band: bool, placeholder: &str, faults: &Faults, rng: &mut Rng) {
    if faults.has(Fault::BlankCells) && rng.chance(15) {
        *cell = Cell::default();
    }
    if faults.has(Fault::Placeholders) && rng.chance(20) && cell.value.is_some() {
        *cell = Cell {
            printed: placeholder.to_owned(),
            value: None,
        };
    }
    let Some(value) = cell.value.clone() else { return };
    match kind {
        Kind::Change if faults.has(Fault::SignedChanges) => {
            cell.printed = match value.strip_prefix('-') {
                Some(size) => format!("{}{size}", rng.pick(&["减", "-", "－"])),
                None => format!("{}{value}", rng.pick(&["增", "+", "＋", ""])),
            };
        }
        Kind::Money if faults.has(Fault::MoneyUnits) => {
            if rng.chance(50) && !value.contains('.') {
                cell.printed = format!("{value}元");
                cell.value = Some(tenthousandth(&value));
            } else {
                cell.printed = format!("{value}万元");
            }
        }
        _ => {}
    }
    if faults.has(Fault::BracketedNumbers) && first_band && kind == Kind::Count {
        cell.printed = format!("{value}（其中修订 {} 件）", rng.range(1, 30));
    } else if faults.has(Fault::FullWidthDigits) && rng.chance(60) {
        cell.printed = cell.printed.chars().map(full_width).collect();
    } else if faults.has(Fault::ThousandsCommas) && cell.printed == value {
        cell.printed = with_commas(&value);
    } else if faults.has(Fault::SpacedNumbers) && rng.chance(40) {
        cell.printed = spaced(&cell.printed, rng);
    }
}

/// 元 in 万元, exactly: the point moves four places.
fn tenthousandth(yuan: &str) -> String {
    let padded = format!("{yuan:0>5}");
    let (whole, rest) = padded.split_at(padded.len() - 4);
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{rest}")
    }
}

fn full_width(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap_or(c),
        '.' => '．',
        _ => c,
    }
}

fn with_commas(value: &str) -> String {
    let (sign, digits) = value.strip_prefix('-').map_or(("", value), |rest| ("-", rest));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    format!("{sign}{out}{rest}")
}

fn spaced(printed: &str, rng: &mut Rng) -> String {
    // Not among the decimals: there nobody could say whether one number or two are meant.
    let inside = rng.below(printed.chars().take_while(|&c| c != '.').count());
    let mut out = String::new();
    for (at, c) in printed.chars().enumerate() {
        if at > 0 && at == inside {
            out.push(' ');
        }
        out.push(c);
    }
    if rng.chance(30) { format!(" {out} ") } else { out }
}

/// Most figures become 0; all sums are made right again. Called before the sentences are written, for they must agree.
pub fn zeros(sheet: &mut Sheet, rng: &mut Rng) {
    if sheet.which == Which::Disclosure {
        for cell in sheet.rows_mut().flat_map(|row| &mut row.cells) {
            if rng.chance(60) {
                *cell = Cell::plain(0);
            }
        }
        return;
    }
    let Some(band) = sheet.bands.first_mut() else { return };
    let parts = band.columns.len() - 1;
    let result = |row: &Row| !row.path.is_empty() && row.key != Some("results_total");
    let review = sheet.which == Which::Review;
    for row in band.rows.iter_mut().filter(|row| review || result(row)) {
        for cell in &mut row.cells[..parts] {
            if rng.chance(88) {
                *cell = Cell::plain(0);
            }
        }
    }
    let whole = |cell: &Cell| cell.whole().unwrap_or(0);
    if !review {
        let last = band.rows.len() - 1;
        for column in 0..parts {
            let total: i64 = band
                .rows
                .iter()
                .filter(|row| result(row))
                .map(|row| whole(&row.cells[column]))
                .sum();
            let over = rng.range(0, total / 3);
            band.rows[last - 1].cells[column] = Cell::plain(total);
            band.rows[last].cells[column] = Cell::plain(0);
            band.rows[0].cells[column] = Cell::plain(total - over);
            band.rows[1].cells[column] = Cell::plain(over);
        }
    }
    for row in &mut band.rows {
        let total: i64 = row.cells[..parts].iter().map(whole).sum();
        row.cells[parts] = Cell::plain(total);
    }
}

fn wrong_sums(sheet: &mut Sheet, rng: &mut Rng) {
    if sheet.which == Which::Disclosure {
        return;
    }
    let rows = sheet.rows().count();
    for _ in 0..rng.range(1, 3) {
        let (row, off) = (rng.below(rows), rng.range(1, 9));
        let zero = rng.chance(30);
        if let Some(cell) = sheet.rows_mut().nth(row).and_then(|row| row.cells.last_mut()) {
            let value = if zero { 0 } else { cell.whole().unwrap_or(0) + off };
            *cell = Cell::plain(value);
        }
    }
}

fn blank_totals(sheet: &mut Sheet) {
    if sheet.which == Which::Disclosure {
        return;
    }
    let review = sheet.which == Which::Review;
    for row in sheet.rows_mut() {
        if let Some(total) = row.cells.last_mut()
            && (review || !row.path.is_empty())
        {
            *total = Cell::default();
        }
    }
}

/// Takes rows away; their table and key.
pub fn missing_rows(sheets: &mut [Sheet], faults: &Faults, rng: &mut Rng) -> Vec<String> {
    let mut gone = Vec::new();
    if !faults.has(Fault::MissingRows) {
        return gone;
    }
    for sheet in sheets.iter_mut().filter(|sheet| sheet.which == Which::Applications) {
        for _ in 0..rng.range(1, 2) {
            if let Some(band) = sheet.bands.first_mut() {
                // The last two rows close the table; without them a human could not tell where it ends.
                let row = band.rows.remove(4 + rng.below(band.rows.len() - 6));
                gone.push(format!("{}.{}.", sheet.which.key(), row.key.unwrap_or_default()));
            }
        }
    }
    gone
}

/// Puts rows in that the form does not have.
pub fn extra_rows(sheets: &mut [Sheet], faults: &Faults, rng: &mut Rng) {
    if !faults.has(Fault::ExtraRows) {
        return;
    }
    for sheet in sheets.iter_mut().filter(|sheet| sheet.which == Which::Disclosure) {
        if let Some(band) = sheet.bands.first_mut() {
            let label = *rng.pick(&["其他主动公开文件", "其他政策性文件"]);
            band.rows.push(Row {
                key: None,
                path: &[],
                shown_path: Vec::new(),
                label,
                shown: label.to_owned(),
                cells: band
                    .columns
                    .iter()
                    .map(|_| Cell::plain(rng.range(1000, 9999)))
                    .collect(),
            });
        }
    }
}

/// Faults done to the whole paper. Called after the truth of the cells is taken and before that of the headings.
pub fn paper(paper: &mut Paper, faults: &Faults, rng: &mut Rng) {
    if faults.has(Fault::NoTables) {
        paper.blocks.retain(|block| !matches!(block, Block::Table(_)));
    }
    if faults.has(Fault::ArabicNumbering) {
        arabic_below(paper);
    }
    let mut at = 0;
    let restart = rng.below(3);
    for block in &mut paper.blocks {
        let Block::Heading {
            level: 1,
            number,
            text,
            broken_at,
        } = block
        else {
            continue;
        };
        if faults.has(Fault::RestartedNumbering) {
            // Restarts after the third, repeats the third, or skips one.
            const ORDERS: [[&str; 6]; 3] = [
                ["一", "二", "三", "一", "二", "三"],
                ["一", "二", "三", "三", "四", "五"],
                ["一", "二", "三", "五", "六", "七"],
            ];
            *number = format!("{}、", ORDERS[restart][at % 6]);
        }
        if faults.has(Fault::UnnumberedHeadings) {
            number.clear();
        }
        if faults.has(Fault::ArabicNumbering) {
            *number = format!("{}、", at + 1);
        }
        let length = number.chars().count() + text.chars().count();
        if faults.has(Fault::BrokenHeadings) && length > 14 {
            *broken_at = Some(length / 2);
        }
        at += 1;
    }
}

/// Numbers the headings below the main ones （1）, for （一） never stands below 1、.
fn arabic_below(paper: &mut Paper) {
    for block in &mut paper.blocks {
        let number = match block {
            Block::Heading { level: 2, number, .. } => number,
            Block::RunIn { head, .. } => head,
            _ => continue,
        };
        for (numeral, digit) in ["（一）", "（二）", "（三）", "（四）", "（五）"].iter().zip(1..) {
            if let Some(rest) = number.strip_prefix(numeral) {
                *number = format!("（{digit}）{rest}");
                break;
            }
        }
    }
}

/// Glues main headings to the paragraphs that follow them.
pub fn glue_headings(paper: &mut Paper, faults: &Faults) {
    if !faults.has(Fault::GluedHeadings) {
        return;
    }
    let mut at = 0;
    while at + 1 < paper.blocks.len() {
        if let (
            Block::Heading {
                level: 1, number, text, ..
            },
            Block::Paragraph(rest),
        ) = (&paper.blocks[at], &paper.blocks[at + 1])
        {
            let (head, rest) = (format!("{number}{text}。"), rest.clone());
            paper.blocks[at] = Block::RunIn { head, rest };
            paper.blocks.remove(at + 1);
        }
        at += 1;
    }
}

/// Takes a section away with its table; its table.
pub fn missing_section(paper: &mut Paper, faults: &Faults, rng: &mut Rng) -> Option<Which> {
    if !faults.has(Fault::MissingSection) {
        return None;
    }
    let gone = 1 + rng.below(5);
    let mut at = 0;
    let mut table = None;
    paper.blocks.retain(|block| {
        if matches!(block, Block::Heading { level: 1, .. }) {
            at += 1;
        }
        let keep = at != gone + 1 || matches!(block, Block::Closing(_));
        if !keep && let Block::Table(sheet) = block {
            table = Some(sheet.which);
        }
        keep
    });
    table
}
