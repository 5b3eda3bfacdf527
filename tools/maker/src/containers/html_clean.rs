//! A page of a current CMS: meta tags, navigation, breadcrumbs, a table of metadata, the article, a share bar, a footer.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout::{self, Role};
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-clean",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: r#"<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse;width:100%">"#,
        attributes: &|cell| {
            let align = if cell.role == Role::Label { "left" } else { "center" };
            format!(" style=\"text-align:{align}\"")
        },
        content: &|_, lines| html::broken(lines),
        thead: faults.variant.is_multiple_of(3),
        closed: true,
    };
    let article = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<h1>{text}</h1>"),
                Line::Heading(1) => format!("<p><strong>{text}</strong></p>"),
                Line::Heading(_) => format!("<p style=\"text-indent:2em\">{text}</p>"),
                Line::Text => format!("<p style=\"text-indent:2em\">{text}</p>"),
                Line::Closing => format!("<p style=\"text-align:right\">{text}</p>"),
            },
            run_in: &|head| format!("<strong>{head}</strong>"),
            table: &|sheet| html::table(&layout::whole(sheet, faults), &style),
        },
    );
    let w = |text: &str| faults.word(text);
    let title = paper
        .title
        .iter()
        .map(|line| html::escape(line))
        .collect::<Vec<_>>()
        .join("<br>");
    let page = format!(
        r##"<!DOCTYPE html>
<html lang="zh-CN">
<head>
{meta}
<title>{plain}_{site}</title>
<meta name="SiteName" content="{site}">
<meta name="ArticleTitle" content="{plain}">
<meta name="PubDate" content="{published}">
<meta name="ColumnName" content="{column}">
<script>var id = 1; if (id < 2) {{ document.title = "{plain}"; }}</script>
<style>.article p {{ line-height: 2 }}</style>
</head>
<body>
<div class="header"><ul class="nav">{navigation}</ul></div>
<div class="position">{here}<a href="#">{home}</a> &gt; <a href="#">{open}</a> &gt; <a href="#">{column}</a></div>
<table class="info"><tr><td>{index}</td><td>{index_number}</td><td>{by}</td><td>{agency}</td></tr><tr><td>{day}</td><td>{published}</td><td>{number}</td><td></td></tr></table>
<h1 class="title">{title}</h1>
<div class="source">{day}{published} &nbsp;{from}{site} &nbsp;{size}</div>
<div class="article" id="zoom">
{article}</div>
<div class="share">{share}</div>
<div class="footer"><p>{host}{site}</p><p>{icp}</p></div>
</body>
</html>
"##,
        meta = charset.meta(faults.variant.is_multiple_of(2)),
        plain = html::escape(&paper.title_line()),
        site = paper.site,
        published = paper.published,
        column = w("政府信息公开年报"),
        navigation = html::navigation(faults),
        here = w("当前位置："),
        home = w("首页"),
        open = w("政务公开"),
        index = w("索 引 号："),
        index_number = paper.index_number,
        by = w("发布机构："),
        agency = paper.agency,
        day = w("发布日期："),
        number = w("文　　号："),
        from = w("来源："),
        size = w("字体：[大 中 小]"),
        share = w("分享到：微信 微博 打印本页 关闭窗口"),
        host = w("主办："),
        icp = w("网站标识码：0000000000 备案号：〇〇〇"),
    );
    Ok(charset.encode(&page))
}
