//! Markdown from a converter that made one small table of each row or group of table 3, under headers that it invented.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;
use crate::sheet::{Row, Sheet, Which};

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-rows",
    family: Family::Rows,
    extension: "md",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let first = *rng.pick(&["类别", "项目"]);
    let page = text::page(paper, Marks::Markdown, "\n\n", &|sheet| match sheet.which {
        Which::Applications => applications(sheet, &faults.word(first), faults),
        Which::Disclosure | Which::Statistics => bands(sheet, faults),
        Which::Review => groups(sheet, faults),
    });
    Ok(encode::plain(&page, faults, rng))
}

fn small_table(header: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let mut lines = vec![line(header), format!("|{}", "---|".repeat(header.len()))];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.join("\n")
}

fn full_row(row: &Row) -> Vec<String> {
    [row.shown.clone()]
        .into_iter()
        .chain(row.cells.iter().map(|cell| cell.printed.clone()))
        .collect()
}

fn bands(sheet: &Sheet, faults: &Faults) -> String {
    let tables = sheet.bands.iter().map(|band| {
        let header: Vec<String> = [faults.word("信息内容")]
            .into_iter()
            .chain(band.columns.iter().map(|column| column.shown.clone()))
            .collect();
        let rows: Vec<Vec<String>> = band.rows.iter().map(full_row).collect();
        let line = band.shown.as_deref().unwrap_or_default();
        format!("### {line}\n\n{}", small_table(&header, &rows))
    });
    tables.collect::<Vec<_>>().join("\n\n")
}

fn applications(sheet: &Sheet, first: &str, faults: &Faults) -> String {
    let mut parts = vec![faults.word(layout::NOTE)];
    for band in &sheet.bands {
        let last = band.columns.len() - 1;
        let header: Vec<String> = [first.to_owned()]
            .into_iter()
            .chain((1..=last).map(|at| format!("{}{at}", faults.word("数据"))))
            .chain([band.columns[last].shown.clone()])
            .collect();
        let mut at = 0;
        let mut path: &[String] = &[];
        while at < band.rows.len() {
            let row = &band.rows[at];
            // A heading for each merged cell that begins here, and for a row on its own.
            for (depth, label) in row.shown_path.iter().enumerate() {
                if path.get(depth) != Some(label) {
                    parts.push(format!("### {label}"));
                }
            }
            path = &row.shown_path;
            let group: Vec<&Row> = match row.path.len() {
                2 => band.rows[at..]
                    .iter()
                    .take_while(|other| other.path == row.path)
                    .collect(),
                _ => {
                    parts.push(format!("### {}", row.shown));
                    vec![row]
                }
            };
            at += group.len();
            parts.push(small_table(
                &header,
                &group.into_iter().map(full_row).collect::<Vec<_>>(),
            ));
        }
    }
    parts.join("\n\n")
}

fn groups(sheet: &Sheet, faults: &Faults) -> String {
    let band = &sheet.bands[0];
    let header: Vec<String> = band.columns.iter().map(|column| column.shown.clone()).collect();
    let tables = band.rows.iter().map(|row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| cell.printed.clone()).collect();
        let above = row
            .path
            .first()
            .map_or(String::new(), |above| format!("{} - ", faults.word(above)));
        format!("### {above}{}\n\n{}", row.shown, small_table(&header, &[cells]))
    });
    tables.collect::<Vec<_>>().join("\n\n")
}
