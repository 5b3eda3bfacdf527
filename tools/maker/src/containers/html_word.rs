//! A page that a word processor saved: MSO classes, `<o:p>`, conditional comments, spans inside spans.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-word",
    family: Family::Html,
    extension: "html",
    lossy: false,
    counts: false,
    render,
};

/// Text in the nested spans of a word processor, which parts digits from characters and sometimes a word in its middle.
fn spans(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let latin = letters[at].is_ascii_digit();
        let end = (at..letters.len())
            .take(if latin { usize::MAX } else { 17 })
            .find(|&next| letters[next].is_ascii_digit() != latin || letters[next] == '<' && next > at)
            .unwrap_or_else(|| letters.len().min(if latin { usize::MAX } else { at + 17 }));
        let part: String = letters[at..end.max(at + 1)].iter().collect();
        at = end.max(at + 1);
        // An entity or a tag must stay whole.
        if part.contains('<') || part.contains('&') {
            let rest: String = letters[at - part.chars().count()..].iter().collect();
            return out + &rest;
        }
        out += &if latin {
            format!(r#"<span lang=EN-US style='font-size:16.0pt;font-family:"Times New Roman"'>{part}</span>"#)
        } else {
            format!(
                r#"<span style='font-size:16.0pt;mso-bidi-font-size:12.0pt'><span style='font-family:仿宋_GB2312;mso-hansi-font-family:仿宋'>{part}</span></span>"#
            )
        };
    }
    out
}

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let style = TableStyle {
        open: "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-padding-alt:0cm 5.4pt 0cm 5.4pt'>",
        attributes: &|cell| {
            format!(
                " width={} style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'",
                60 * cell.columns
            )
        },
        content: &|_, lines| {
            lines
                .iter()
                .map(|line| {
                    let inner = if line.is_empty() { "<span lang=EN-US>&nbsp;</span>".to_owned() } else { spans(line) };
                    format!("<p class=MsoNormal align=center style='text-align:center'>{inner}<span lang=EN-US><o:p></o:p></span></p>")
                })
                .collect()
        },
        thead: false,
        closed: true,
    };
    let paragraph = |class: &str, text: &str| {
        format!(
            "<p class={class}>{}<span lang=EN-US><o:p></o:p></span></p>",
            spans(text)
        )
    };
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<p class=MsoTitle align=center><b>{}</b></p>", spans(text)),
                Line::Heading(_) => format!(
                    "<p class=MsoNormal style='text-indent:32.0pt'><b style='mso-bidi-font-weight:normal'>{}</b></p>",
                    spans(text)
                ),
                Line::Text => paragraph("MsoNormal", text),
                Line::Closing => paragraph("MsoDate", text),
            },
            run_in: &str::to_owned,
            table: &|sheet| {
                format!(
                    "<![if !supportMisalignedColumns]><![endif]>{}",
                    html::table(&layout::whole(sheet, faults), &style)
                )
            },
        },
    );
    let title: String = paper
        .title
        .iter()
        .map(|line| {
            format!(
                "<p class=MsoNormal align=center style='text-align:center'><b>{}</b></p>\n",
                spans(&html::escape(line))
            )
        })
        .collect();
    let page = format!(
        r#"<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
{meta}
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 11">
<title>{plain}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>user</o:Author><o:Pages>6</o:Pages></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm; font-size:10.5pt;}} --></style>
</head>
<body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=Section1 style='layout-grid:15.6pt'>
{title}{body}
</div>
</body>
</html>
"#,
        meta = charset.meta(true),
        plain = html::escape(&paper.title_line()),
    );
    Ok(charset.encode(&page))
}
