//! What the reader promises, on pages of invented agencies.

use super::*;
use crate::document::{Grid, LinkKind, Origin};

fn page(markup: &str) -> Document {
    read(markup.as_bytes(), &Hints::default()).unwrap()
}

fn texts(document: &Document) -> Vec<&str> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(p) => Some(p.text.as_str()),
        Block::Grid(_) => None,
    });
    paragraphs.collect()
}

fn grids(document: &Document) -> Vec<&Grid> {
    let grids = document.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    grids.collect()
}

/// The rows of a grid as text, spanned slots repeated and uncovered slots as `·`.
fn drawn(grid: &Grid) -> Vec<String> {
    let row = |row| {
        let slots = (0..grid.columns()).map(move |column| grid.at(row, column).map_or("·", |cell| cell.text.as_str()));
        slots.collect::<Vec<_>>().join("|")
    };
    (0..grid.rows()).map(row).collect()
}

/// The only grid of a page that is nothing but a table.
fn table(rows: &str) -> Vec<String> {
    let document = page(&format!("<p>青禾县统计如下。</p><table>{rows}</table>"));
    let grids = grids(&document);
    assert_eq!(grids.len(), 1, "{:?}", document.blocks);
    drawn(grids[0])
}

fn properties(document: &Document) -> Vec<(&str, &str)> {
    document
        .properties
        .iter()
        .map(|p| (p.name.as_str(), p.value.as_str()))
        .collect()
}

fn codes(document: &Document) -> Vec<&str> {
    document.diagnostics.iter().map(|d| d.code.as_str()).collect()
}

#[test]
fn spans_are_resolved_as_browsers_do() {
    for (name, rows, expected) in [
        (
            "spans make the next cells step aside",
            "<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d",
            vec!["a|b|b", "a|c|d"],
        ),
        (
            "a row span of zero reaches the end of the row group",
            "<tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d<td>e",
            vec!["a|b", "a|c", "d|e"],
        ),
        (
            "a row span is cut at the end of the row group",
            "<thead><tr><td rowspan=5>a<td>b</thead><tbody><tr><td>c<td>d",
            vec!["a|b", "c|d"],
        ),
        (
            "of overlapping cells the first keeps the slot",
            "<tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d",
            vec!["a|b|c", "d|b|d"],
        ),
        (
            "a missing cell leaves its slot uncovered",
            "<tr><td>a<td>b<td>c<tr><td>d",
            vec!["a|b|c", "d|·|·"],
        ),
        (
            "attributes are numbers with anything behind them",
            "<TR><TD COLSPAN='2;'>a<TD colspan=-3>b<TR><TD>c<TD colspan=x>d<TD colspan=0>e",
            vec!["a|a|b", "c|d|e"],
        ),
        (
            "the foot is drawn last",
            "<tfoot><tr><td>总计<td>3</tfoot><tbody><tr><td>a<td>1<tr><td>b<td>2",
            vec!["a|1", "b|2", "总计|3"],
        ),
        (
            "hidden rows and cells are not there",
            "<tr style='display: none'><td>x<td>y<tr><td>a<td hidden>h<td>b<tr><td>c<td>d",
            vec!["a|b", "c|d"],
        ),
    ] {
        assert_eq!(table(rows), expected, "{name}");
    }
}

#[test]
fn spans_of_any_size_end_in_a_bounded_grid() {
    let document = page(
        "<p>见下表。</p><table><tr><td colspan=1000000000 rowspan=1000000000>a<td>b<tr><td>c<td rowspan=99999999999999999999>d</table>",
    );
    let grid = grids(&document)[0];
    assert_eq!((grid.rows(), grid.columns()), (2, 1002));
    assert_eq!(grid.at(0, 1000).unwrap().text, "b");
}

/// A page of a content system with everything around the report that such pages have.
const CMS: &str = r##"<!DOCTYPE html><html><head><title>青禾县司法局2023年政府信息公开工作年度报告_青禾县人民政府</title>
<meta name="SiteName" content="青禾县人民政府"><meta name="SiteIDCode" content="3299990001"><meta name="viewport" content="width=device-width">
<meta name="ArticleTitle" content="青禾县司法局2023年政府信息公开工作年度报告"><meta name="PubDate" content="2024-01-30 10:25"></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="main"><div class="position">当前位置：<a href="/">首页</a> > 政府信息公开年报</div>
<table class="xxgk"><tr><td>索 引 号：</td><td>QH003/2024-00017</td><td>发布机构：</td><td>青禾县司法局</td></tr>
<tr><td>文　　号：</td><td></td><td>发布日期：</td><td>2024-01-30</td></tr></table>
<h1 class="title">青禾县司法局2023年政府信息公开工作年度报告</h1>
<div class="info"><span>发布日期：2024-01-30 10:25</span>&nbsp;&nbsp;<span>来源：青禾县司法局</span> 字体：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div id="zoom"><p style="text-align:center"><b>年度报告</b></p>
<p>　　根据《中华人民共和国政府信息公开条例》，现公布
本局2023年度报告。</p><p><b>一、总体情况</b></p>
<p>　　全年主动公开政府信息<span>36</span><span lang="EN-US">7</span>条。<o:p></o:p><br>　　受理申请9件。</p>
<!--[if gte mso 9]><p>不可见</p><![endif]--><![if !supportLists]>二、<![endif]>主动公开政府信息情况
<table border="1"><tr><td><p>信息内容</p></td><td><p>本年制发件数</p><p>（件）</p></td></tr><tr><td>行政规范性文件</td><td>4</td></tr></table>
<p>附件：<a href="./W020240130.docx">年报.docx</a> <img src="/images/icon_doc.gif"></p></div>
<div class="share">分享到：<a>微信</a></div><p>上一篇：<a href="a.html">关于办公时间的通知</a></p><p>【打印本页】　【关闭窗口】</p></div>
<div class="footer">主办单位：青禾县人民政府办公室　网站标识码：3299990001。未经许可不得转载。</div></body></html>"##;

#[test]
fn the_report_is_read_and_the_furniture_is_not() {
    let document = page(CMS);
    assert_eq!(
        texts(&document),
        [
            "青禾县司法局2023年政府信息公开工作年度报告",
            "年度报告",
            "根据《中华人民共和国政府信息公开条例》，现公布本局2023年度报告。",
            "一、总体情况",
            "全年主动公开政府信息367条。",
            "受理申请9件。",
            "二、主动公开政府信息情况",
            "附件：年报.docx"
        ]
    );
    assert_eq!(
        drawn(grids(&document)[0]),
        ["信息内容|本年制发件数\n（件）", "行政规范性文件|4"]
    );
    assert!(document.diagnostics.is_empty(), "{:?}", document.diagnostics);
    assert_eq!(
        document.title.as_deref(),
        Some("青禾县司法局2023年政府信息公开工作年度报告_青禾县人民政府")
    );
    assert_eq!(
        (document.media_type.as_str(), document.encoding.as_deref()),
        ("text/html", Some("UTF-8"))
    );
    let files: Vec<_> = document
        .links
        .iter()
        .map(|link| (link.kind, link.target.as_str(), link.text.as_str()))
        .collect();
    assert_eq!(files, [(LinkKind::Attachment, "./W020240130.docx", "年报.docx")]);
}

#[test]
fn what_the_page_says_of_itself_becomes_properties() {
    let document = page(CMS);
    assert_eq!(
        properties(&document),
        [
            ("SiteName", "青禾县人民政府"),
            ("SiteIDCode", "3299990001"),
            ("ArticleTitle", "青禾县司法局2023年政府信息公开工作年度报告"),
            ("PubDate", "2024-01-30 10:25"),
            ("索 引 号", "QH003/2024-00017"),
            ("发布机构", "青禾县司法局"),
            ("发布日期", "2024-01-30"),
            ("发布日期", "2024-01-30 10:25"),
            ("来源", "青禾县司法局"),
            ("字体", "[大 中 小]"),
        ]
    );
}

#[test]
fn headings_bold_lines_and_places_are_kept() {
    let document = page(CMS);
    let Block::Paragraph(title) = &document.blocks[0] else {
        panic!()
    };
    assert_eq!((title.heading, title.strong), (Some(1), false));
    assert_eq!(title.origin, Origin::Path("/html/body/div[2]/h1".into()));
    let Block::Paragraph(first) = &document.blocks[3] else {
        panic!()
    };
    assert_eq!(
        (first.text.as_str(), first.heading, first.strong),
        ("一、总体情况", None, true)
    );
    let grid = grids(&document)[0];
    assert_eq!(grid.origin(), &Origin::Path("/html/body/div[2]/div[3]/table".into()));
    assert_eq!(
        grid.at(1, 1).unwrap().origin,
        Origin::Path("/html/body/div[2]/div[3]/table/tbody/tr[2]/td[2]".into())
    );
}

#[test]
fn a_piece_of_a_page_without_body_is_read_whole() {
    let document =
        page("<P>青禾县年报</P>\n<P>发布日期：2021-02-03</P><P>一、总体情况<P>全年公开3条。<H2>二、其他<P>无。");
    assert_eq!(
        texts(&document),
        ["青禾县年报", "一、总体情况", "全年公开3条。", "二、其他", "无。"]
    );
    assert_eq!(properties(&document), [("发布日期", "2021-02-03")]);
}

#[test]
fn one_long_paragraph_among_short_lines_is_not_the_whole_article() {
    let lines = [
        "一、总体情况",
        "2023年，我镇认真贯彻落实《中华人民共和国政府信息公开条例》，主动公开政府信息345条。",
        "二、主动公开政府信息情况",
        "无。",
        "2024年1月15日",
    ];
    let paragraphs: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
    for markup in [
        format!("<body>{paragraphs}</body>"),
        format!("<body><div class=nav><a href=/>首页</a></div>{paragraphs}<div class=footer>版权所有</div></body>"),
        format!("<body><div class=nav><a href=/>首页</a></div><div>{paragraphs}</div></body>"),
        paragraphs.replace("<p>一、总体情况</p>", "<h2>一、总体情况</h2>"),
    ] {
        assert_eq!(texts(&page(&markup)), lines, "{markup}");
    }
}

#[test]
fn tables_that_lay_out_the_page_are_walked_into() {
    let report = "<p>一、总体情况</p><p>全年主动公开政府信息25条。</p><p>二、申请情况</p><table><tr><td>自然人<td>总计<tr><td>7<td>8</table><p>无其他事项。</p>";
    let menu = "<a href=1>机构</a><br><a href=2>领导</a><br><a href=3>通知</a><br><a href=4>公告</a>";
    let document = page(&format!(
        "<table width=1000><tr><td>{menu}</td><td><table><tr><td>{report}</td></tr></table></td></tr></table>"
    ));
    assert_eq!(
        texts(&document),
        [
            "一、总体情况",
            "全年主动公开政府信息25条。",
            "二、申请情况",
            "无其他事项。"
        ]
    );
    assert_eq!(drawn(grids(&document)[0]), ["自然人|总计", "7|8"]);
}

#[test]
fn a_table_within_a_cell_is_text_of_a_data_cell() {
    let rows = "<tr><td>项目<td>数量<td>备注<tr><td>规章<td><table><tr><td>4</td></tr></table><td>甲<tr><td>规范性文件<td>5<td>乙";
    assert_eq!(table(rows), ["项目|数量|备注", "规章|4|甲", "规范性文件|5|乙"]);
}

#[test]
fn a_table_outside_the_container_widens_it() {
    let table = "<table><tr><td>本年新收政府信息公开申请数量<td>12<tr><td>结转下年度继续办理<td>3</table>";
    let document = page(&format!(
        "<div class=wrap><div class=TRS_Editor><p>一、总体情况</p><p>全年公开政府信息25条，比上年增加。</p></div><div class=print>{table}</div></div><div class=foot>版权所有</div>"
    ));
    assert_eq!(grids(&document).len(), 1);
    assert_eq!(texts(&document), ["一、总体情况", "全年公开政府信息25条，比上年增加。"]);
}

#[test]
fn a_report_split_over_containers_is_read_whole() {
    let part = |n: &str| format!("<div class=TRS_Editor><p>{n}、本年度做了大量工作，取得了新的成效。</p></div>");
    let document = page(&format!("<div>{}<p>——</p>{}</div>", part("一"), part("二")));
    assert_eq!(texts(&document).len(), 3);
}

#[test]
fn tables_made_of_other_elements_are_grids() {
    for markup in [
        "<div role=table><div role=row><div role=columnheader>类型<div></div></div><span role=cell>数量</span></div><div role=row><div role=cell>规章</div><div role=cell>6</div></div></div>",
        "<div style='display:table'><p style='display: table-row'><span style='display:table-cell'>类型</span><span style='display:table-cell'>数量</span></p><p style='display:table-row'><span style='display:table-cell'>规章</span><span style='display:table-cell'>6</span></p></div>",
        "<div class='table'><div class=tr><div class=td>类型</div><div class=td>数量</div></div><div class=tr><div class=td>规章</div><div class=td>6</div></div></div>",
    ] {
        let document = page(&format!("<p>统计如下。</p>{markup}"));
        assert_eq!(drawn(grids(&document)[0]), ["类型|数量", "规章|6"], "{markup}");
    }
    let columns = page("<div class=table><div class=row><div class=cell><p>正文第一段在此。</p></div></div></div>");
    assert_eq!(texts(&columns), ["正文第一段在此。"]);
}

const INNER: &str = "<h1>青禾县文旅局年度报告</h1><p>一、总体情况</p><p>本年度主动公开政府信息共计三百六十五条，内容涵盖旅游统计、文化活动、场馆开放、行政许可、行政处罚等各个方面。</p><table><tr><td>自然人<td>总计<tr><td>7<td>8</table>";

#[test]
fn content_that_stands_in_the_page_as_text_is_read() {
    let escaped = INNER.replace('<', "&lt;").replace('>', "&gt;");
    let json = format!(
        "{{\"content\":\"{}\"}}",
        INNER.replace('/', "\\/").replace('<', "\\u003c")
    );
    for (name, markup) in [
        ("textarea", format!("<div id=zoom><textarea>{escaped}</textarea></div>")),
        (
            "textarea far away",
            format!("<div id=zoom>加载中</div><div><textarea style='display:none'>{INNER}</textarea></div>"),
        ),
        (
            "template script",
            format!("<div id=zoom></div><script type='text/template'>{INNER}</script>"),
        ),
        ("template", format!("<div id=zoom></div><template>{INNER}</template>")),
        ("xmp", format!("<div id=zoom><xmp>{INNER}</xmp></div>")),
        ("noscript", format!("<div id=zoom><noscript>{INNER}</noscript></div>")),
        ("escaped", format!("<div id=zoom>{escaped}</div>")),
        (
            "script string",
            format!("<div id=zoom></div><script>var a = 'x'; var data = {json};</script>"),
        ),
    ] {
        let document = page(&format!("<html><body><div class=nav>首页</div>{markup}</body></html>"));
        assert_eq!(
            grids(&document).iter().map(|grid| drawn(grid)).collect::<Vec<_>>(),
            [["自然人|总计", "7|8"]],
            "{name}"
        );
        assert!(
            texts(&document).contains(&"一、总体情况"),
            "{name}: {:?}",
            document.blocks
        );
    }
}

#[test]
fn a_copy_of_the_report_in_a_textarea_is_not_read_twice() {
    let document = page(&format!(
        "<div id=zoom>{INNER}</div><textarea style='display:none'>{INNER}</textarea>"
    ));
    assert_eq!(grids(&document).len(), 1);
    assert!(document.diagnostics.is_empty());
}

#[test]
fn the_place_of_embedded_content_leads_through_its_element() {
    let document = page(
        "<div id=zoom><p>见下。</p><textarea><p>一、总体情况</p><p>全年主动公开政府信息共计二十五条，答复申请三件。</p></textarea></div>",
    );
    let Block::Paragraph(last) = &document.blocks[2] else {
        panic!()
    };
    assert_eq!(last.origin, Origin::Path("/html/body/div/textarea/p[2]".into()));
    assert_eq!(codes(&document), ["html.embedded"]);
}

#[test]
fn a_report_that_the_page_hides_until_scripts_run_is_read() {
    let document = page(&format!(
        "<div class=loading>请稍候</div><div id=zoom style='display:none'>{INNER}</div>"
    ));
    assert_eq!(grids(&document).len(), 1);
    assert_eq!(codes(&document), ["html.hidden_read"]);
}

#[test]
fn pictures_attachments_and_frames_are_named() {
    let picture = page(
        "<div id=zoom><p>二、主动公开政府信息情况</p><p><img src='t2.png' alt=表></p><p>三、申请情况</p><p>全年收到申请3件。</p></div>",
    );
    assert_eq!(codes(&picture), ["html.table_is_picture"]);
    assert!(picture.diagnostics[0].message.contains("t2.png"));
    let file = page("<div id=zoom><p>青禾县水务局2022年年报</p><a href='/download.jsp?f=nb.pdf'>点击下载</a></div>");
    assert_eq!(codes(&file), ["html.attachment_only"]);
    assert!(file.diagnostics[0].message.contains("/download.jsp?f=nb.pdf"));
    let frame = page("<div id=zoom><p>年报见下。</p><iframe src='/view/2022.html'></iframe></div>");
    assert_eq!(codes(&frame), ["html.frame_absent"]);
    assert_eq!(
        codes(&page("<html><body><div id=app></div></body></html>")),
        ["html.no_content"]
    );
}

#[test]
fn nothing_inside_the_article_is_lost() {
    let document = page(
        "<div class=article-content>直接文字<div class=print>打印机采购说明：全年购置打印机两台，共计支出三千元，已按规定公开。</div><ul><li>其一<li>其二</ul>尾<span class=close>x</span><dl><dt>名<dd>义</dl><pre>甲\n乙</pre>本年度公开12条。</div>",
    );
    let text = texts(&document).join(" ");
    for part in [
        "直接文字",
        "打印机采购说明",
        "其一",
        "其二",
        "尾",
        "名",
        "义",
        "甲 乙",
        "本年度公开12条。",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn hostile_pages_end_soon_and_keep_their_text() {
    let deep = page(&format!(
        "{}深处有一句话。{}",
        "<div>".repeat(20_000),
        "</div>".repeat(20_000)
    ));
    assert_eq!(texts(&deep), ["深处有一句话。"]);
    assert!(codes(&deep).contains(&"html.too_complex"));
    let tables = page(&format!("{}最里面的一句话。", "<table><tr><td>".repeat(10_000)));
    assert!(texts(&tables).join("").contains("最里面的一句话。"));
    let fonts: String = (0..5_000).map(|n| format!("<p><font size={n}>字")).collect();
    assert!(texts(&page(&fonts)).len() >= 1000);
    let attributes: String = (0..10_000).map(|n| format!(" a{n}=1")).collect();
    assert_eq!(texts(&page(&format!("<p{attributes}>一句话。</p>"))), ["一句话。"]);
    let wide = page(&format!(
        "<p>见表。</p><table><tr>{}</table>",
        "<td colspan=1000>1".repeat(3000)
    ));
    assert!(codes(&wide).contains(&"html.grid_cut"));
}

#[test]
fn what_the_page_does_not_show_is_not_read() {
    for (name, markup) in [
        (
            "class",
            "<style>.old, .x{color:red;display: none}</style><p class='a old'>旧</p>",
        ),
        (
            "id",
            "<style>@media screen{#old{visibility:hidden}}</style><p id=old>旧</p>",
        ),
        (
            "child",
            "<style><!-- .tabs > .pane{display:none} --></style><div class=tabs><div class=pane>旧</div></div>",
        ),
        ("inline", "<p style='visibility:hidden'>旧</p>"),
        ("type of no size", "<p><span style='font-size:0px'>旧</span></p>"),
        ("dialog", "<dialog>旧</dialog>"),
        (
            "white",
            "<p><span style='color:#fff'>旧</span><font color=white>旧</font></p>",
        ),
        (
            "clear",
            "<p><span style='color: rgba(0, 0, 0, 0)'>旧</span><i style='color:transparent'>旧</i></p>",
        ),
        ("opacity", "<p style='opacity:0'>旧</p>"),
        ("off the page", "<p style='position:absolute;left:-9999px'>旧</p>"),
        ("indented away", "<p style='text-indent:-9999px'>旧</p>"),
        ("clipped", "<p style='position:absolute;clip:rect(0, 0, 0, 0)'>旧</p>"),
        ("no height", "<div style='height:0;overflow:hidden'>旧</div>"),
        ("scaled", "<p style='transform:scale(0)'>旧</p>"),
        ("word", "<p><span style='mso-hide:all'>旧</span></p>"),
        ("comment", "<p style='display:/* */none'>旧</p>"),
        ("escape", "<p style='d\\69 splay:none'>旧</p>"),
        (
            "supports",
            "<style>@supports (display:grid){.a{display:none}}</style><p class=a>旧</p>",
        ),
        (
            "layer",
            "<style>@layer x; @layer x {.a{display:none}}</style><p class=a>旧</p>",
        ),
        (
            "nesting",
            "<style>.o{color:red; .a{display:none}}</style><div class=o><p class=a>旧</p></div>",
        ),
        (
            "not",
            "<style>i:not(.shown){display:none}</style><p><i class=a>旧</i></p>",
        ),
        ("is", "<style>:is(.a,.b){display:none}</style><p class=b>旧</p>"),
        ("sheet", "<style>.a{color:#FFFFFF}</style><p><b class=a>旧</b></p>"),
        ("type of a pixel", "<p><span style='font-size:1px'>旧</span></p>"),
        ("type of a point", "<p style='font-size:1pt'>旧</p>"),
        (
            "type of a tenth",
            "<p><b style='font-size:.1em'>旧</b><b style='font-size:5%'>旧</b></p>",
        ),
        (
            "type within type",
            "<p><b style='font-size:30%'><i style='font-size:30%'>旧</i></b></p>",
        ),
        ("type in short", "<p><span style='font:0/0 a'>旧</span></p>"),
        ("zoomed", "<p style='zoom:0.01'>旧</p>"),
        ("scaled down", "<p style='transform:scale(0.01)'>旧</p>"),
        ("scaled alone", "<p style='scale:0'>旧</p>"),
        (
            "as what is behind",
            "<p style='background:#036'><b style='color:rgb(0,51,102)'>旧</b></p>",
        ),
        (
            "painted as itself",
            "<p style='color:#036;background:currentColor'>旧</p>",
        ),
        ("no fill", "<p style='-webkit-text-fill-color:transparent'>旧</p>"),
        ("filter", "<p style='filter:opacity(0)'>旧</p>"),
        (
            "no height of full width",
            "<div style='max-height:0;width:100%;overflow:hidden'>旧</div>",
        ),
        (
            "indented out",
            "<p style='text-indent:100%;white-space:nowrap;overflow:hidden'>旧</p>",
        ),
        ("until found", "<p hidden=until-found>旧</p>"),
        ("not drawn", "<p style='content-visibility:hidden'>旧</p>"),
        (
            "important",
            "<style>.a{display:none!important}</style><p class=a style='display:block'>旧</p>",
        ),
        (
            "variable",
            "<style>:root{--x:#FFF}</style><p><b style='color:var(--x)'>旧</b></p>",
        ),
        ("instead of a variable", "<p><b style='opacity:var(--x, 0)'>旧</b></p>"),
        (
            "many parts",
            "<style>html body div.o p.a b i{display:none}</style><div class=o><p class=a><b><i>旧</i></b></p></div>",
        ),
        ("deleted", "<p><del>旧</del></p>"),
        (
            "struck",
            "<p><s>旧</s><strike>旧</strike><span style='text-decoration: line-through'>旧</span></p>",
        ),
    ] {
        let document = page(&format!("<p>本年度公开政府信息三条。</p>{markup}"));
        assert_eq!(texts(&document), ["本年度公开政府信息三条。"], "{name}");
    }
}

#[test]
fn what_a_stronger_rule_shows_is_read() {
    for (name, markup) in [
        (
            "more classes",
            "<style>.pane.on{display:block}.pane{display:none}</style><p class='pane on'>新</p>",
        ),
        (
            "inline",
            "<style>.pane{display:none}</style><p class=pane style='display:block'>新</p>",
        ),
        (
            "later",
            "<style>.a{display:none}.b{display:block}</style><p class='a b'>新</p>",
        ),
        (
            "print",
            "<style media=print>p{display:none}</style><style>@media print{p{display:none}}</style><p>新</p>",
        ),
        ("state", "<style>p:hover{display:none}</style><p>新</p>"),
        (
            "narrow screens",
            "<style>@media (max-width:768px){p{display:none}}</style><p>新</p>",
        ),
        (
            "dark",
            "<style>@media (prefers-color-scheme:dark){p{color:#fff}}</style><p>新</p>",
        ),
        (
            "type set again",
            "<div style='font-size:0'><p style='font-size:14px'>新</p></div>",
        ),
        ("colour of the system", "<p style='color:windowtext'>新</p>"),
        (
            "colour set again",
            "<div style='color:#fff'><p style='color:#333'>新</p></div>",
        ),
        ("variable of another file", "<p style='color:var(--x)'>新</p>"),
        (
            "important",
            "<style>.a{display:block!important}</style><p class=a style='display:none'>新</p>",
        ),
        (
            "white on blue",
            "<div style='background:#036'><p style='color:#fff'>新</p></div>",
        ),
        (
            "white in a painted row",
            "<style>.h{background-color:navy}.h p{color:white}</style><div class=h><p>新</p></div>",
        ),
        (
            "painted elsewhere",
            "<link rel=stylesheet href=a.css><div class=h><p style='color:#fff'>新</p></div>",
        ),
    ] {
        let document = page(&format!("<div>本年度公开政府信息三条。</div>{markup}"));
        assert_eq!(texts(&document), ["本年度公开政府信息三条。", "新"], "{name}");
    }
}

#[test]
fn what_a_cell_shows_otherwise_than_as_text_is_neither_blank_nor_a_number() {
    for (cell, text) in [
        ("<s>123</s>", "〔删除线〕123"),
        ("<img src=n.png alt=68>", "〔图片〕68"),
        ("<img src=n.gif width=1>", ""),
        ("<select><option>1<option selected>2</select>", "〔选项〕"),
        ("<math><mn>12</mn></math>", "〔公式或图形〕"),
        ("<bdo dir=rtl>321</bdo>", "〔样式〕321"),
        ("<span class=nine>12</span>", "〔样式〕12"),
        ("12<input value=3>", "12 3"),
        ("12<s>3</s>", "12"),
        ("\u{202e}321", "\u{fffd}321"),
        ("<span style='color:#fff'>99</span>123", "123"),
    ] {
        let document = page(&format!(
            "<style>.nine::before{{content:'9'}}</style><table><tr><td>规章<td>{cell}<tr><td>行政许可<td>5</table>"
        ));
        let grids = document.blocks.iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Paragraph(_) => None,
        });
        let texts: Vec<&str> = grids
            .flat_map(|grid| grid.cells())
            .map(|cell| cell.text.as_str())
            .collect();
        assert_eq!(texts, ["规章", text, "行政许可", "5"], "{cell}");
    }
    let document = page("<table><tr><td>规章<td><i style='color:white'>99</i>123<tr><td>行政许可<td>5</table>");
    assert!(codes(&document).contains(&"html.text_unseen"));
}

#[test]
fn a_part_that_may_not_be_seen_joins_no_number() {
    for (cell, text) in [
        ("<span style='font-size:1px'>9</span>3", "3"),
        ("9<span style='visibility:hidden'>0</span>3", "9 3"),
        ("9<span style='display:none'>0</span>3", "93"),
        ("9<s>0</s>3", "9 3"),
        ("9<b style='color:var(--x)'>5</b>", "9\u{fffd}5"),
        ("<b style='color:color-mix(in srgb, red, white)'>9</b>5", "9\u{fffd}5"),
        ("<b style='background:url(a.png);color:#fff'>9</b>5", "9\u{fffd}5"),
        ("9<b style='font-size:calc(1px * 0)'>5</b>", "9\u{fffd}5"),
        (
            "9<b style='mask:linear-gradient(transparent, transparent)'>5</b>",
            "9\u{fffd}5",
        ),
        ("9<b style='position:absolute'>5</b>", "9\u{fffd}5"),
        ("9<b style='float:left'>5</b>", "9\u{fffd}5"),
        ("9<img src=5.png>", "9\u{fffd}"),
        ("<img src=9.png>5", "\u{fffd}5"),
        ("9<button>5</button>", "9\u{fffd}"),
        ("<b style='color:var(--x)'>95</b>", "95"),
        ("<b style='letter-spacing:-1em'>95</b>", "〔样式〕95"),
        ("<b style='transform:scaleX(-1)'>95</b>", "〔样式〕95"),
        ("<b class=f>95</b>", "〔样式〕95"),
        ("<details><summary>9</summary>5</details>", "9\n5"),
    ] {
        let rules = "<style>.f::first-letter{font-size:0}</style>";
        let document = page(&format!(
            "{rules}<table><tr><td>规章<td>数<tr><td>行政许可<td>{cell}</table>"
        ));
        assert_eq!(drawn(grids(&document)[0])[1], format!("行政许可|{text}"), "{cell}");
    }
    let line = page("<p>本年公开9<b style='color:var(--x)'>5</b>条。</p>");
    assert_eq!(texts(&line), ["本年公开9\u{fffd}5条。"]);
    assert!(codes(&line).contains(&"html.text_unsure"));
}

#[test]
fn white_text_prevails_where_its_background_is_elsewhere() {
    let document = page("<link rel=stylesheet href=a.css><body style='color:#fff'><p>本年度公开政府信息三条。</p>");
    assert_eq!(texts(&document), ["本年度公开政府信息三条。"]);
}

/// A table that has the words of a report.
fn of_report(figure: u32) -> String {
    format!("<table><tr><td>自然人<td>总计<tr><td>本年新收政府信息公开申请数量<td>{figure}</table>")
}

#[test]
fn the_tables_of_a_report_on_tabs_are_read_unless_others_are_shown() {
    let tab = |on: &str, text: &str| format!("<div class='tab {on}'>{text}</div>");
    let rules = "<style>.tab{display:none}.tab.on{display:block}</style>";
    let overview = "<p>一、总体情况</p><p>本年度主动公开政府信息共计三百六十五条，内容涵盖各个方面，比上年有所增加，各项工作平稳有序。</p>";
    let parts = page(
        &[
            rules,
            &tab("on", overview),
            &tab("", &of_report(7)),
            &tab("", "<p>四、其他</p>"),
        ]
        .concat(),
    );
    assert_eq!(grids(&parts).len(), 1);
    assert_eq!(texts(&parts).last(), Some(&"四、其他"));
    let years = page(&[rules, overview, &tab("", &of_report(5)), &tab("on", &of_report(7))].concat());
    assert_eq!(drawn(grids(&years)[0])[1], "本年新收政府信息公开申请数量|7");
    assert_eq!(grids(&years).len(), 1);
}

#[test]
fn marks_above_and_below_the_line_do_not_join_the_number_before_them() {
    for mark in [
        "<sup>1</sup>",
        "<span style='vertical-align:super'>1</span>",
        "<span style='mso-text-raise:6.0pt'>1</span>",
        "<a href='#fn1'>1</a>",
        "<sup><a href='#x'>1</a></sup>",
    ] {
        let rows = format!("<tr><td>类型<td>数量<tr><td>规章<td>308{mark}");
        assert_eq!(table(&rows), ["类型|数量", "规章|308¹"], "{mark}");
        let line = page(&format!("<p>本年度公开308{mark}条。</p>"));
        assert_eq!(texts(&line), ["本年度公开308¹条。"], "{mark}");
    }
    assert_eq!(
        table("<tr><td>类型<td>数量<tr><td>规章<td>30<sub>2</sub>"),
        ["类型|数量", "规章|30₂"]
    );
}

#[test]
fn content_that_stands_in_the_page_as_text_gives_way_to_what_is_shown() {
    let old = of_report(5);
    for markup in [
        format!("<noscript>{INNER}{old}</noscript>"),
        format!("<script type='text/template'>{INNER}{old}</script>"),
        format!("<textarea style='display:none'>{INNER}{old}</textarea>"),
        format!("<iframe>{INNER}{old}</iframe>"),
    ] {
        let document = page(&format!(
            "<div id=zoom>{markup}<p>一、总体情况</p><p>全年公开三条。</p>{}</div>",
            of_report(7)
        ));
        assert_eq!(
            drawn(grids(&document)[0])[1],
            "本年新收政府信息公开申请数量|7",
            "{markup}"
        );
        assert_eq!(grids(&document).len(), 1, "{markup}");
        assert_eq!(texts(&document), ["一、总体情况", "全年公开三条。"], "{markup}");
    }
}

#[test]
fn pages_behind_one_another_are_read_one_by_one() {
    let report = "<html><head><title>砚浦县水务局年报</title></head><body><div><p>本年度公开政府信息三条。</p></div></body></html>";
    let further = "<html><body><div><p>本年度未收到申请。</p></div></body></html>";
    let document = page(&format!(
        "<html><body><script>frame()</script></body></html>\n<!DOCTYPE html><!-- saved -->{report}{further}"
    ));
    assert_eq!(document.title.as_deref(), Some("砚浦县水务局年报"));
    assert_eq!(texts(&document), ["本年度公开政府信息三条。", "本年度未收到申请。"]);
    let origins = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.origin.clone()),
        Block::Grid(_) => None,
    });
    let paths = ["/html[2]/body/div/p", "/html[3]/body/div/p"].map(|path| Origin::Path(path.into()));
    assert_eq!(origins.collect::<Vec<_>>(), paths);
}
