//! A page that carries its article as escaped markup in a hidden `<textarea>`, which a script would show.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-textarea",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: r#"<table border="1">"#,
        attributes: &|_| String::new(),
        content: &|_, lines| html::broken(lines),
        thead: false,
        closed: true,
    };
    let article = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title | Line::Heading(1) => format!("<p><strong>{text}</strong></p>"),
                _ => format!("<p>{text}</p>"),
            },
            run_in: &|head| format!("<strong>{head}</strong>"),
            table: &|sheet| html::table(&layout::whole(sheet, faults), &style),
        },
    );
    let page = format!(
        r##"<!DOCTYPE html>
<html><head>{meta}<title>{plain}</title></head>
<body>
<ul class="menu">{navigation}</ul>
<h2 class="title">{title}</h2>
<div class="date">{published}</div>
<div id="content"></div>
<textarea id="source" style="display:none">{hidden}</textarea>
<script>document.getElementById("content").innerHTML = document.getElementById("source").value;</script>
</body></html>
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
        hidden = html::escape(&article),
    );
    Ok(charset.encode(&page))
}
