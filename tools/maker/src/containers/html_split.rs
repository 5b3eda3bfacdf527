//! A page whose editor cut table 3 in two, as the pages of the printed report were; the second has no header.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout::{self, Grid};
use crate::paper::Paper;
use crate::rng::Rng;
use crate::sheet::Which;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-split",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let at = 7 + rng.below(14);
    let style = TableStyle {
        open: r#"<table border="1" style="border-collapse:collapse">"#,
        attributes: &|_| String::new(),
        content: &|_, lines| format!("<p>{}</p>", html::broken(lines)),
        thead: false,
        closed: true,
    };
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<p align=\"center\"><b>{text}</b></p>"),
                Line::Heading(_) => format!("<p><b>{text}</b></p>"),
                Line::Text | Line::Closing => format!("<p>　　{text}</p>"),
            },
            run_in: &str::to_owned,
            table: &|sheet| {
                let grid = layout::whole(sheet, faults);
                let parts = if sheet.which == Which::Applications {
                    cut(&grid, at)
                } else {
                    vec![grid]
                };
                let tables: Vec<String> = parts.iter().map(|part| html::table(part, &style)).collect();
                tables.join("\n")
            },
        },
    );
    let page = format!(
        r##"<html><head>{meta}<title>{plain}</title></head><body>
<div id="banner"><a href="/">{site}</a></div>
<div class="article-title">{title}</div><div class="article-info">{day}{published}</div>
<div class="article-content">
{body}
</div>
<div class="prev-next">{next}</div>
</body></html>
"##,
        meta = charset.meta(true),
        plain = html::escape(&paper.title_line()),
        site = paper.site,
        title = paper
            .title
            .iter()
            .map(|line| html::escape(line))
            .collect::<Vec<_>>()
            .join("<br>"),
        day = faults.word("时间："),
        published = paper.published,
        next = faults.word("上一篇：没有了 下一篇：没有了"),
    );
    Ok(charset.encode(&page))
}

/// Cuts a grid above a row; a cell that spans the cut is there in both parts, with its text, as an editor would leave it.
fn cut(grid: &Grid, at: usize) -> Vec<Grid> {
    let slots = grid.slots();
    let part = |rows: std::ops::Range<usize>| {
        let lines = rows.clone().map(|row| {
            let mut line = Vec::new();
            for slot in &slots[row] {
                let (r, c) = match *slot {
                    layout::Slot::Begin(r, c) => (r, c),
                    layout::Slot::Below(r, c) if row == rows.start => (r, c),
                    _ => continue,
                };
                let mut cell = grid.rows[r][c].clone();
                let end = (r + cell.rows).min(rows.end);
                cell.rows = end - row;
                line.push(cell);
            }
            line
        });
        Grid {
            rows: lines.collect(),
            which: grid.which,
            columns: grid.columns,
            head: if rows.start == 0 { grid.head } else { 0 },
        }
    };
    let at = at.min(grid.rows.len() - 1);
    vec![part(0..at), part(at..grid.rows.len())]
}
