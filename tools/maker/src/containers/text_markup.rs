//! Markdown whose tables are HTML, as programs that turn pages into Markdown write them: one line each, or a tag a line.

use super::html::{self, TableStyle};
use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-markup",
    family: Family::Html,
    extension: "md",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let (open, before, after) = *rng.pick(&[
        ("<table>", "", ""),
        ("<table>", "<html><body>", "</body></html>"),
        (
            r#"<table border="1">"#,
            r#"<div style="text-align: center;"><html><body>"#,
            "</body></html></div>",
        ),
    ]);
    let a_tag_a_line = rng.chance(30);
    let style = TableStyle {
        open,
        attributes: &|_| String::new(),
        content: &|_, lines| html::broken(lines),
        thead: false,
        closed: true,
    };
    let page = text::page(paper, Marks::Markdown, "\n\n", &|sheet| {
        let table = html::table(&layout::whole(sheet, faults), &style);
        let table = match a_tag_a_line {
            true => table.replace("><", ">\n  <"),
            false => table.replace('\n', ""),
        };
        format!("{before}{table}{after}")
    });
    Ok(encode::plain(&page, faults, rng))
}
