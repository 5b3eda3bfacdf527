//! A page whose editor made one small table of each band of table 2, with `<p>` and `<span>` in the cells.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-bands",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: r#"<table style="border:none;border-collapse:collapse" cellspacing="0">"#,
        attributes: &|cell| {
            format!(
                r#" valign="center" style="width:{}px;border:1px solid #000""#,
                70 * cell.columns
            )
        },
        content: &|_, lines| {
            lines
                .iter()
                .map(|line| format!("<p style=\"text-align:center\"><span style=\"font-size:14px\">{line}</span></p>"))
                .collect()
        },
        thead: false,
        closed: true,
    };
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<h2 style=\"text-align:center\">{text}</h2>"),
                Line::Heading(level) => format!("<h{0}>{text}</h{0}>", level + 1),
                Line::Text | Line::Closing => format!("<p>{text}</p>"),
            },
            run_in: &|head| format!("<b>{head}</b>"),
            table: &|sheet| {
                let tables: Vec<String> = layout::by_band(sheet, faults)
                    .iter()
                    .map(|grid| html::table(grid, &style))
                    .collect();
                tables.join("\n<p>&nbsp;</p>\n")
            },
        },
    );
    let page = format!(
        r##"<!doctype html><html><head>{meta}<title>{plain} - {site}</title></head><body>
<div class="wrap"><div class="crumbs"><a href="#">{home}</a>&gt;<a href="#">{open}</a></div>
<div class="con_tit">{title}</div>
<div class="con_time"><span>{day}{published}</span><span>{hits}</span></div>
<div class="TRS_Editor">
{body}
</div></div></body></html>
"##,
        meta = charset.meta(false),
        plain = html::escape(&paper.title_line()),
        title = paper
            .title
            .iter()
            .map(|line| html::escape(line))
            .collect::<Vec<_>>()
            .join("<br/>"),
        site = paper.site,
        home = faults.word("首页"),
        open = faults.word("信息公开"),
        day = faults.word("信息提供日期："),
        published = paper.published,
        hits = faults.word("浏览次数：128"),
    );
    Ok(charset.encode(&page))
}
