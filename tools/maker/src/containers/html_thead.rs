//! A page whose tables have `<caption>`, `<colgroup>`, `<thead>` with `<th scope>`, and `<tbody>`, as accessibility asks for.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout::{self, Role};
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-thead",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<header><h1>{text}</h1></header>"),
                Line::Heading(level) => format!("<h{0}>{text}</h{0}>", level + 1),
                Line::Text | Line::Closing => format!("<p>{text}</p>"),
            },
            run_in: &|head| format!("<em>{head}</em>"),
            table: &|sheet| {
                let grid = layout::whole(sheet, faults);
                let open = format!(
                    "<table class=\"data\"><caption class=\"sr-only\">{}</caption><colgroup>{}</colgroup>",
                    faults.word("统计表"),
                    "<col>".repeat(grid.columns)
                );
                let style = TableStyle {
                    open: &open,
                    attributes: &|cell| match cell.role {
                        Role::Header => " scope=\"col\"".to_owned(),
                        _ => String::new(),
                    },
                    content: &|cell, lines| match cell.role {
                        Role::Data => format!("\n      {}\n    ", html::broken(lines)),
                        _ => html::broken(lines),
                    },
                    thead: true,
                    closed: true,
                };
                html::table(&grid, &style)
            },
        },
    );
    let page = format!(
        r##"<!DOCTYPE html>
<html lang="zh">
<head>{meta}<title>{plain}</title></head>
<body>
<nav aria-label="breadcrumb"><ol>{navigation}</ol></nav>
<main><article>
<h1>{title}</h1>
<time datetime="{published}">{published}</time>
{body}
</article></main>
<aside><h2>{related}</h2><ul><li><a href="#">{guide}</a></li><li><a href="#">{list}</a></li></ul></aside>
<footer><p>{site}</p></footer>
</body>
</html>
"##,
        meta = charset.meta(false),
        plain = html::escape(&paper.title_line()),
        navigation = html::navigation(faults),
        title = paper
            .title
            .iter()
            .map(|line| html::escape(line))
            .collect::<Vec<_>>()
            .join("<br>"),
        published = paper.published,
        related = faults.word("相关链接"),
        guide = faults.word("政府信息公开指南"),
        list = faults.word("政府信息公开目录"),
        site = paper.site,
    );
    Ok(charset.encode(&page))
}
