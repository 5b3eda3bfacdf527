//! An old page: upper-case tags, tables for layout, cells and rows never closed, `<FONT>` and `<BR>` for everything.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-old",
    family: Family::Html,
    extension: "htm",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: "<table width=\"98%\" border=1 align=center cellspacing=0 bordercolor=#000000>",
        attributes: &|_| " align=middle bgcolor=#FFFFFF".to_owned(),
        content: &|cell, lines| {
            if cell.text.is_empty() {
                "&nbsp;".to_owned()
            } else {
                format!("<font size=2>{}</font>", html::broken(lines))
            }
        },
        thead: false,
        closed: false,
    };
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<p align=center><font size=5><b>{text}</b></font>"),
                Line::Heading(_) => format!("<p><b>　　{text}</b>"),
                Line::Text => format!("<p>&nbsp;&nbsp;&nbsp;&nbsp;{text}"),
                Line::Closing => format!("<p align=right>{text}"),
            },
            run_in: &str::to_owned,
            table: &|sheet| html::table(&layout::whole(sheet, faults), &style),
        },
    );
    let title = paper
        .title
        .iter()
        .map(|line| html::escape(line))
        .collect::<Vec<_>>()
        .join("<br>");
    let links = ["网站首页", "机构设置", "信息公开", "办事指南", "联系我们"]
        .map(|word| format!("<tr><td><a href=#>{}</a>", faults.word(word)))
        .join("\n");
    let page = format!(
        r##"<html><head>{meta}
<title>{plain}</title></head>
<body bgcolor=#FFFFFF topmargin=0>
<table width=960 border=0 cellpadding=0 cellspacing=0 align=center><tr><td height=80 colspan=2><img src=banner.gif alt="{site}">
<tr><td width=180 valign=top><table width=170 border=0>
{links}
</table>
<td width=780 valign=top><table width=770 border=0><tr><td align=center><font size=5 color=red><b>{title}</b></font>
<tr><td align=center>{day}{published}
<tr><td>
{body}
</table>
<tr><td colspan=2 align=center bgcolor=#EEEEEE>{right}
</table>
</body></html>
"##,
        meta = charset.meta(true),
        plain = html::escape(&paper.title_line()),
        site = paper.site,
        day = faults.word("发布时间："),
        published = paper.published,
        right = faults.word("版权所有"),
    );
    Ok(charset.encode(&upper_case_tags(&page)))
}

/// Tag names in capitals, attributes as they are.
fn upper_case_tags(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut in_name = false;
    for c in page.chars() {
        in_name = match c {
            '<' => true,
            _ if in_name => c.is_ascii_alphanumeric() || c == '/',
            _ => false,
        };
        out.push(if in_name { c.to_ascii_uppercase() } else { c });
    }
    out
}
