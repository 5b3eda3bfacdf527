//! An article as a messenger's editor writes it: `<section>` in `<section>`, text in `<span>`, a header line that is a section
//! too, tables that scroll.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-sections",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: r#"<section style="overflow-x:auto"><table width="677" style="border-collapse:collapse" data-sort="sortDisabled">"#,
        attributes: &|cell| {
            format!(
                r#" width="{}" valign="middle" align="center" style="border-color:#ccc"#,
                40 * cell.columns
            ) + "\""
        },
        content: &|_, lines| {
            let spans: Vec<String> = lines
                .iter()
                .map(|line| format!(r#"<span style="font-size:12px">{line}</span>"#))
                .collect();
            format!("<section>{}</section>", spans.join("<br/>"))
        },
        thead: false,
        closed: true,
    };
    let section = |text: &str| {
        format!(
            r#"<section style="margin:0 8px;line-height:1.75em"><span style="font-size:15px;letter-spacing:1px">{text}</span></section><section><br/></section>"#
        )
    };
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => {
                    format!(r#"<section style="text-align:center"><strong><span>{text}</span></strong></section>"#)
                }
                Line::Heading(1) => format!(
                    r#"<section style="text-align:center"><section style="display:inline-block;border-bottom:2px solid #c00"><strong><span>{text}</span></strong></section></section>"#
                ),
                Line::Heading(_) => section(&format!("<strong>{text}</strong>")),
                Line::Text | Line::Closing => section(text),
            },
            run_in: &|head| format!("</span><strong><span>{head}</span></strong><span>"),
            table: &|sheet| html::table(&layout::whole(sheet, faults), &style) + "</section>",
        },
    );
    let page = format!(
        r##"<!DOCTYPE html>
<html><head>{meta}<meta property="og:title" content="{plain}"><title>{plain}</title></head>
<body id="activity-detail"><div id="js_article" class="rich_media">
<h1 class="rich_media_title" id="activity-name">{plain}</h1>
<div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">{site}</span> <em id="publish_time">{published}</em></div>
<div class="rich_media_content" id="js_content">
{body}
</div>
<div class="rich_media_tool">{read}</div>
</div></body></html>
"##,
        meta = charset.meta(false),
        plain = html::escape(&paper.title_line()),
        site = paper.site,
        published = paper.published,
        read = faults.word("阅读 1024　赞 8　在看"),
    );
    Ok(charset.encode(&page))
}
