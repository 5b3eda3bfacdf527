//! Tables without `<table>`: `<div>` with ARIA roles and spans, or with `display: table` styles and every slot a cell.

use super::html::{self, Line, Look};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout::{self, Grid, Role};
use crate::paper::Paper;
use crate::rng::Rng;

/// With roles, `aria-colspan` and `aria-rowspan`.
pub static ROLES: Container = Container {
    name: "html-div-roles",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, &by_role),
};

/// With `display` styles; a cell has no spans, so the slots that it covers are empty cells.
pub static STYLES: Container = Container {
    name: "html-div-styles",
    family: Family::Pipes,
    extension: "html",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, &by_style),
};

fn by_role(grid: &Grid) -> String {
    let mut out = String::from("<div role=\"table\" class=\"grid\">\n");
    for row in &grid.rows {
        out += "<div role=\"row\">";
        for cell in row {
            let role = if cell.role == Role::Header {
                "columnheader"
            } else {
                "cell"
            };
            let mut spans = String::new();
            if cell.columns > 1 {
                spans += &format!(" aria-colspan=\"{}\"", cell.columns);
            }
            if cell.rows > 1 {
                spans += &format!(" aria-rowspan=\"{}\"", cell.rows);
            }
            let lines: Vec<String> = cell.text.split('\n').map(html::escape).collect();
            out += &format!("<div role=\"{role}\"{spans}>{}</div>", html::broken(&lines));
        }
        out += "</div>\n";
    }
    out + "</div>"
}

fn by_style(grid: &Grid) -> String {
    let mut out = String::from("<div style=\"display:table;border-collapse:collapse;width:100%\">\n");
    for row in super::text::slots(grid) {
        out += "<div style=\"display:table-row\">";
        for text in row {
            out += &format!(
                "<div style=\"display: table-cell; border:1px solid #000\">{}</div>",
                html::escape(&text).replace('\n', "<br>")
            );
        }
        out += "</div>\n";
    }
    out + "</div>"
}

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng, table: &dyn Fn(&Grid) -> String) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<div class=\"title\">{text}</div>"),
                Line::Heading(level) => format!("<div class=\"h{level}\">{text}</div>"),
                Line::Text | Line::Closing => format!("<div class=\"p\">{text}</div>"),
            },
            run_in: &|head| format!("<span class=\"b\">{head}</span>"),
            table: &|sheet| table(&layout::whole(sheet, faults)),
        },
    );
    let page = format!(
        r##"<!doctype html>
<html><head>{meta}<title>{plain}</title></head>
<body><div class="top"><div class="logo">{site}</div></div>
<div class="main"><div class="title">{title}</div><div class="info">{published}</div>
{body}
</div></body></html>
"##,
        meta = charset.meta(false),
        plain = html::escape(&paper.title_line()),
        site = paper.site,
        title = paper
            .title
            .iter()
            .map(|line| html::escape(line))
            .collect::<Vec<_>>()
            .join("<br>"),
        published = paper.published,
    );
    Ok(charset.encode(&page))
}
