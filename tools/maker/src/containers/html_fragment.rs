//! A fragment without `<html>`, as an interface of a CMS hands it out: one line of `<p>` and `<table>`, single quotes, entities.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-fragment",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: r#"<table align="center" border="1" cellspacing="1">"#,
        attributes: &|cell| format!(r#" nowrap="nowrap" style="width:{}px;""#, 60 * cell.columns),
        content: &|_, lines| {
            format!(
                "<p align=\"center\">{}</p>",
                lines.join("<br />").replace('“', "&ldquo;").replace('”', "&rdquo;")
            )
        },
        thead: false,
        closed: true,
    };
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<p style='text-align: center;font-weight: bold;'>{text}</p>"),
                _ => format!("<p>{text}</p>"),
            },
            run_in: &str::to_owned,
            table: &|sheet| html::table(&layout::whole(sheet, faults), &style),
        },
    );
    let title: String = paper
        .title
        .iter()
        .map(|line| {
            format!(
                "<p style='text-align: center;font-weight: bold;'>{}</p>",
                html::escape(line)
            )
        })
        .collect();
    let page = format!(
        "{}{title}\t<p style='text-align: center'>{}{}</p>{body}",
        charset.meta(true),
        faults.word("发布日期："),
        paper.published,
    );
    Ok(charset.encode(&page.replace('\n', "")))
}
