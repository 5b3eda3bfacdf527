//! Time against size: no kind of file may take more than in proportion to its size.
//!
//! The table is made by `cargo test --test growth -- --ignored --nocapture`; it counts processor time, so that other programs on the
//! machine do not matter.

// Each test file uses what it needs.
#[allow(dead_code)]
mod pdf_support;

use std::fmt::Write as _;

use nianbao::isolate::used_time;
use nianbao::read::Hints;
use pdf_support::Page;

/// A file that shorter ones of its kind are a part of: name and bytes by a number of pieces.
type Kind = (&'static str, usize, fn(usize) -> Vec<u8>);

/// Highest power of its size that the time of a kind may grow with.
const STEEPEST: f64 = 1.2;
/// Milliseconds below which a time says nothing.
const SHORT: f64 = 100.0;

const OUTCOMES: &str = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n0\t0\t0\t0\t0\n";
const TITLE: &str = "青禾县水务局2022年政府信息公开工作年度报告\n";

fn text(piece: &str, count: usize) -> Vec<u8> {
    [TITLE, &piece.repeat(count)].concat().into_bytes()
}

fn html(before: &str, piece: &str, count: usize, after: &str) -> Vec<u8> {
    [
        "<h1>",
        TITLE,
        "</h1><p>一、总体情况</p><p>本年度公开政府信息三条。</p>",
        before,
        &piece.repeat(count),
        after,
    ]
    .concat()
    .into_bytes()
}

/// Pieces that differ by their number.
fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

fn pages(count: usize) -> Vec<u8> {
    let page = |number: usize| {
        let rows: Vec<[String; 3]> = (0..10)
            .map(|row| ["行政许可".into(), (number + row).to_string(), row.to_string()])
            .collect();
        let rows: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(String::as_str).collect())
            .collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        Page::new()
            .text(60.0, 60.0, "二、主动公开政府信息情况")
            .table(90.0, &[60.0, 260.0, 360.0, 460.0], &rows)
    };
    pdf_support::file(&(0..count).map(page).collect::<Vec<_>>())
}

fn page_of(content: String) -> Vec<u8> {
    pdf_support::file(&[Page::new().text(60.0, 60.0, "一、总体情况").raw(&content)])
}

const KINDS: &[Kind] = &[
    ("text: a label of brackets", 20_000, |count| {
        text(&["|\n项目|\n", &"（".repeat(count), "|\n1|\n2|\n3|\n"].concat(), 1)
    }),
    ("text: headers of table 4", 400, |n| text(OUTCOMES, n)),
    ("text: table 1", 300, |n| {
        text(
            "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n",
            n,
        )
    }),
    ("text: rows of table 2", 600, |n| {
        text("本年新收政府信息公开申请数量\t1\t2\t0\t0\t0\t0\t3\n", n)
    }),
    ("text: rows of few words", 4000, |n| text("规章 1 2 3\n", n)),
    ("text: one line of rows", 4000, |n| text("行政许可 1 ", n)),
    ("text: figures on lines", 3000, |n| text("规章\n1\n2\n3\n", n)),
    ("text: figures without borders", 2000, |n| text("行政许可123456\n", n)),
    ("text: lines between pipes", 3000, |n| text("| 规章 | 1 | 2 |\n", n)),
    ("text: pipes", 40_000, |n| text("|", n)),
    ("text: one wide row", 4000, |n| text("规章\t自然人\t", n)),
    ("text: rules of dashes", 2000, |n| text("--- ---\n", n)),
    ("text: boxes", 1500, |n| text("+-+-+\n|规|1|\n| 章 |2|\n", n)),
    ("text: brackets", 40_000, |n| text("（", n)),
    ("text: headings", 2000, |n| text("一、总体情况\n（一）主动公开\n", n)),
    ("text: numbers of headings", 2000, |n| text("1.1.1.1 主动公开\n", n)),
    ("text: years in a sentence", 2000, |n| {
        text("2021年，2020年，比上年增加，", n)
    }),
    ("text: years in sentences", 1500, |n| {
        text("2021年，2020年收到申请3件，比上年增加2件。\n", n)
    }),
    ("text: figures in a sentence", 2000, |n| {
        text("收到政府信息公开申请3件，", n)
    }),
    ("text: figures in sentences", 1500, |n| {
        text("收到政府信息公开申请3件，答复2件。\n", n)
    }),
    ("text: labels with a slip", 800, |n| {
        text(
            &numbered(n, |i| {
                format!(
                    "本年新收政府信息公开申情{}数量\t{i}\n",
                    char::from_u32(0x4e00 + (i % 9000) as u32).unwrap_or('甲')
                )
            }),
            1,
        )
    }),
    ("text: labels of other things", 1000, |n| {
        text(&numbered(n, |i| format!("其他事项第{i}号数量\t{i}\n")), 1)
    }),
    ("text: titles", 1000, |n| {
        text(
            &numbered(n, |i| {
                format!("关于{}年政府信息公开工作年度报告的说明\n", 1990 + i % 30)
            }),
            1,
        )
    }),
    ("text: names of bodies", 1500, |n| {
        text(&numbered(n, |i| format!("青禾县第{i}水务局、")), 1)
    }),
    ("text: regions", 2000, |n| text("湖南省长沙市岳麓区、", n)),
    ("text: dates", 2000, |n| text("2022年1月3日\n", n)),
    ("text: one character for eighteen", 30_000, |n| text("\u{fdfa}", n)),
    ("text: bytes of no encoding", 200_000, |n| vec![0xff; n]),
    ("text: broken numbers", 2000, |n| text("规章 693\n957 2\n", n)),
    ("text: spaced numbers", 2000, |n| text("规章 6 9 3 9 5 7\n", n)),
    ("html: one grid with tables 4", 300, |n| {
        html(
            "<table>",
            &format!(
                "<tr>{}<tr>{}",
                "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计",
                "<td>0".repeat(5)
            ),
            n,
            "</table>",
        )
    }),
    ("html: one grid with tables 1", 300, |n| {
        html(
            "<table>",
            "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数<tr><td>规章<td>1<td>2<td>3<tr><td>行政规范性文件<td>4<td>5<td>6",
            n,
            "</table>",
        )
    }),
    ("html: one grid with tables 2", 300, |n| {
        html(
            "<table>",
            "<tr><td>一、本年新收政府信息公开申请数量<td>1<td>2<td>3<tr><td>二、上年结转政府信息公开申请数量<td>1<td>2<td>3",
            n,
            "</table>",
        )
    }),
    ("html: tables 2", 300, |n| {
        html(
            "",
            "<table><tr><td>一、本年新收政府信息公开申请数量<td>1<td>2<td>3<tr><td>二、上年结转政府信息公开申请数量<td>1<td>2<td>3</table>",
            n,
            "",
        )
    }),
    ("html: merged cells", 300, |n| {
        html(
            "<table>",
            "<tr><td rowspan=50>属于国家秘密<td>重复申请<td>1",
            n,
            "</table>",
        )
    }),
    ("html: nested blocks", 3000, |n| html("", "<div><table><tr><td>", n, "")),
    ("html: inline elements", 6000, |n| html("<p>", "<b><i>字", n, "")),
    ("html: rules", 600, |n| {
        let rules = numbered(n, |i| format!(".c{i}{{color:#fff}} p.c{i} b{{display:none}}"));
        html(
            &format!("<style>{rules}</style>"),
            "",
            0,
            &numbered(n, |i| format!("<p class=c{i}><b>字</b>")),
        )
    }),
    ("html: rules for all", 300, |n| {
        let rules = "b:not(.x){font-size:1px} ".repeat(n);
        html(&format!("<style>{rules}</style>"), "<p><b>字</b>", 40, "")
    }),
    ("html: variables", 2000, |n| {
        let set = numbered(n, |i| format!("--v{i}:var(--v{});", i + 1));
        html(
            &format!("<style>:root{{{set}}}</style>"),
            "<b style='color:var(--v0)'>字</b>",
            n,
            "",
        )
    }),
    ("html: styles", 2000, |n| {
        html(
            "",
            "<p style='color:#fff;font-size:1px;transform:scale(1) rotate(0deg)'>字</p>",
            n,
            "",
        )
    }),
    ("html: links", 2000, |n| html("", "<a href=a.pdf>附件</a> ", n, "")),
    ("html: properties", 1500, |n| {
        html("", "<meta name=PubDate content=2022-01-03>", n, "")
    }),
    ("html: sections of a page", 1000, |n| {
        html(
            "",
            "<div class=content><p>二、主动公开政府信息情况</p><p>公开三条。</p></div>",
            n,
            "",
        )
    }),
    ("rtf: rows", 500, |n| {
        let row = r"\trowd\cellx1000\cellx2000\cellx3000 1\cell 2\cell 3\cell\row ";
        [r"{\rtf1\ansi ", &row.repeat(n), "}"].concat().into_bytes()
    }),
    ("rtf: groups", 8000, |n| {
        [r"{\rtf1\ansi ", &"{".repeat(n), "x", &"}".repeat(n), "}"]
            .concat()
            .into_bytes()
    }),
    ("mhtml: parts", 400, |n| {
        let part = "--b\r\nContent-Type: text/html\r\n\r\n<p>一、总体情况</p>\r\n";
        [
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n",
            &part.repeat(n),
            "--b--\r\n",
        ]
        .concat()
        .into_bytes()
    }),
    ("pdf: pages", 12, pages),
    ("pdf: lines", 1500, |n| {
        page_of(numbered(n, |i| {
            format!(
                "{} {} m {} {} l S\n",
                50 + i % 40,
                100 + i % 700,
                300 + i % 200,
                100 + i % 700
            )
        }))
    }),
    ("pdf: crossing lines", 300, |n| {
        page_of(numbered(n, |i| {
            let at = 50.0 + 450.0 * i as f64 / n as f64;
            format!("{at} 100 m {at} 600 l S 50 {at} m 500 {at} l S\n")
        }))
    }),
    ("pdf: words", 1500, |n| {
        page_of(numbered(n, |i| {
            format!(
                "BT /F3 6 Tf 1 0 0 1 {} {} Tm (12) Tj ET\n",
                20 + (i * 37) % 550,
                20 + (i * 11) % 800
            )
        }))
    }),
    ("pdf: empty forms", 1500, |n| {
        page_of("q 1 0 0 1 0 0 cm 0 0 9 9 re W n Q\n".repeat(n))
    }),
];

/// Milliseconds of processor time for one file.
fn time(bytes: &[u8], name: &str) -> f64 {
    let start = used_time();
    let hints = Hints {
        name: Some(format!("{}.bin", name.len())),
        ..Hints::default()
    };
    let _ = nianbao::extract(bytes, &hints);
    (used_time() - start).as_secs_f64() * 1e3
}

/// The steepest growth over a doubling twice, of times that say something.
fn exponent(times: &[f64]) -> Option<f64> {
    let pairs = times.iter().zip(&times[2..]);
    let long = pairs.filter(|(shorter, _)| **shorter >= SHORT);
    long.map(|(shorter, longer)| (longer / shorter).log2() / 2.0)
        .reduce(f64::max)
}

#[test]
#[ignore = "takes minutes; run it alone"]
fn time_grows_with_size_and_no_faster() {
    nianbao::warm_up();
    let only = std::env::var("NIANBAO_KIND").unwrap_or_default();
    let mut table = String::new();
    let mut steep = Vec::new();
    for (name, least, make) in KINDS.iter().filter(|(name, ..)| name.contains(&only)) {
        // The smallest that takes long enough to be measured, then twice as much, three times.
        let mut size = *least;
        while time(&make(size), name) < SHORT && size < least << 8 {
            size *= 2;
        }
        let times: Vec<f64> = (0..4).map(|doubled| time(&make(size << doubled), name)).collect();
        let grows = exponent(&times);
        let _ = writeln!(table, "| {name} | {} | {times:.0?} | {grows:.2?} |", make(size).len());
        if grows.is_some_and(|grows| grows > STEEPEST) {
            steep.push(*name);
        }
        println!("{}", table.lines().last().unwrap_or_default());
    }
    assert!(steep.is_empty(), "{steep:?}\n{table}");
}
