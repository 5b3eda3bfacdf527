//! An XHTML page of an older portal system: content between comment marks, a style sheet inside the article, `&nbsp;` in every
//! cell, a list of attachments below.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-xhtml",
    family: Family::Html,
    extension: "shtml",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: r#"<table border="0" cellpadding="0" cellspacing="0" class="ue-table" uetable="null">"#,
        attributes: &|_| r#" valign="center" style="padding:0 7px;border:1px solid #000;""#.to_owned(),
        content: &|_, lines| format!("<p><font face=\"宋体\">&nbsp;{}</font>&nbsp;</p>", lines.join("<br />")),
        thead: false,
        closed: true,
    };
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<p style=\"text-align:center;\">{text}</p>"),
                Line::Heading(_) => {
                    format!("<p style=\"text-indent:43px;\"><span style=\"font-family:黑体;\">{text}</span></p>")
                }
                Line::Text | Line::Closing => {
                    format!("<p style=\"text-indent:43px;\"><font face=\"仿宋\">{text}</font></p>")
                }
            },
            run_in: &|head| format!("<span style=\"font-family:楷体;\">{head}</span>"),
            table: &|sheet| html::table(&layout::whole(sheet, faults), &style),
        },
    );
    let declaration = match charset.declared {
        Some(label) => format!("<?xml version=\"1.0\" encoding=\"{label}\"?>\n"),
        None => String::new(),
    };
    let page = format!(
        r##"{declaration}<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
{meta}
<title>{plain}</title>
<meta name="SiteName" content="{site}" />
</head>
<body>
<div id="location">{here}<a href="/">{home}</a>&gt;&gt;<a href="/zwgk">{open}</a></div>
<table width="100%" border="0"><tr><td class="title">{title}</td></tr><tr><td class="bt_sub">{day}{published}&nbsp;&nbsp;{from}{site}</td></tr></table>
<!--CONTENT.begin--><meta name="ContentStart" />
<style type="text/css">.ue-table td {{ font-size: 14px; }}</style>
{body}
<!--CONTENT.end--><meta name="ContentEnd" />
<div class="attachment">{attachment}<a href="/1.docx">{plain}.docx</a></div>
<div class="foot">{host}{site}</div>
</body>
</html>
"##,
        meta = charset.meta(true).replace("\">", "\" />"),
        plain = html::escape(&paper.title_line()),
        site = paper.site,
        here = faults.word("您的位置："),
        home = faults.word("首页"),
        open = faults.word("政务公开"),
        title = paper
            .title
            .iter()
            .map(|line| html::escape(line))
            .collect::<Vec<_>>()
            .join("<br />"),
        day = faults.word("发布日期："),
        published = paper.published,
        from = faults.word("信息来源："),
        attachment = faults.word("附件："),
        host = faults.word("主办单位："),
    );
    Ok(charset.encode(&page))
}
