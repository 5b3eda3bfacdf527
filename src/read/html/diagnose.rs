//! What the HTML reader tells about a page, with the codes that explain it.
//!
//! Invariant: what may be missing from the document is named, with the links that lead to it.

use super::look::Look;
use super::tree::{Page, Tag};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Block, Link, LinkKind, Origin, Shown};

/// A table was drawn as a picture.
pub static TABLE_IS_PICTURE: Code = Code {
    code: "html.table_is_picture",
    severity: Severity::Warning,
    english: "A picture stands where a table is expected; its figures cannot be read. The message names the picture.",
    chinese: "应有表格的位置是图片，其中的数字无法读取。提示中列出了图片地址。",
};

/// The report is only an attachment.
pub static ATTACHMENT_ONLY: Code = Code {
    code: "html.attachment_only",
    severity: Severity::Warning,
    english: "The page holds little text and no table, but links to files: the report is probably there. Fetch them and read them.",
    chinese: "页面正文很少且没有表格，但链接了附件：报告可能在附件中，请下载后再读取。",
};

/// A grid was larger than a document may hold.
pub static GRID_CUT: Code = Code {
    code: "html.grid_cut",
    severity: Severity::Warning,
    english: "A table has more rows and columns than can be held; its last rows are missing.",
    chinese: "表格的行列数超出上限，最后若干行被截去。",
};

/// A frame holds content that is not in the file.
pub static FRAME_ABSENT: Code = Code {
    code: "html.frame_absent",
    severity: Severity::Warning,
    english: "The article shows another page or a viewer in a frame; its content is not in this file. The message names its address.",
    chinese: "正文通过框架嵌入了另一页面或阅读器，其内容不在本文件中。提示中列出了地址。",
};

/// The content stood in the page as text.
pub static EMBEDDED: Code = Code {
    code: "html.embedded",
    severity: Severity::Info,
    english: "Content stood in the page as text (in a textarea, template, script, or escaped) and was read from there.",
    chinese: "正文以文本形式存放在页面中（文本框、模板、脚本或被转义），已从该处读取。",
};

/// Markup was simplified before it was parsed.
pub static TOO_COMPLEX: Code = Code {
    code: "html.too_complex",
    severity: Severity::Warning,
    english: "The page nests too deeply or has too many tags or attributes; some tags were left out, and the end of a page of more \
              than 600,000 tags. The text of the rest is complete, its tables may not be.",
    chinese: "页面嵌套过深，或标签、属性过多；部分标签被略去，超过 60 万个标签之后的内容被截去。其余文字完整，但表格可能不完整。",
};

/// Text that nobody sees.
pub static TEXT_UNSEEN: Code = Code {
    code: "html.text_unseen",
    severity: Severity::Warning,
    english: "Some text has the colour of what is behind it, or type so small that a reader of the page does not see it, and it was not \
              read. The message quotes it.",
    chinese: "部分文字的颜色与其背景相同，或字号小到无法看见，浏览时看不见，未予读取。提示中引用了该文字。",
};

/// Numbers in text that may be seen or not.
pub static TEXT_UNSURE: Code = Code {
    code: "html.text_unsure",
    severity: Severity::Warning,
    english: "The file does not tell whether some numbers are seen, or where in the line they stand: their colour or size is a variable \
              that another file sets, they lie on a picture, or they are moved. They were read as they are written; where such a part \
              would join another number, � stands between the two and neither is read. The message quotes the first.",
    chinese: "仅凭本文件无法判断部分数字是否显示或显示在行内何处：其颜色或字号取决于其他文件中的变量，或位于图片之上，或被移动了位置。\
              这些数字按书写内容读取；如会与相邻数字相连，则以 � 隔开，两者均不作数字读取。提示中引用了第一处。",
};

/// What a page hides was read.
pub static HIDDEN_READ: Code = Code {
    code: "html.hidden_read",
    severity: Severity::Warning,
    english: "The page hides the report, or tables of it, as it was saved, where a script may show them; they were read as if they were \
              shown. See whether the page shows them.",
    chinese: "所保存的页面中，报告或其表格处于隐藏状态（可能由脚本显示）；已按显示状态读取，请核对页面是否确实显示这些内容。",
};

/// The page shows nothing.
pub static NO_CONTENT: Code = Code {
    code: "html.no_content",
    severity: Severity::Warning,
    english: "No text was found in the page. It may load its content by script; save the page after it has loaded.",
    chinese: "页面中没有找到正文。内容可能由脚本加载，请在页面加载完成后再保存。",
};

/// All codes of the HTML reader.
pub static CODES: &[&Code] = &[
    &TABLE_IS_PICTURE,
    &ATTACHMENT_ONLY,
    &GRID_CUT,
    &FRAME_ABSENT,
    &EMBEDDED,
    &TOO_COMPLEX,
    &NO_CONTENT,
    &HIDDEN_READ,
    &TEXT_UNSEEN,
    &TEXT_UNSURE,
];

/// Least characters of text with which a page is more than a cover for its attachment.
const COVER: usize = 500;

/// Names the first block that the page hides and that was read.
pub(super) fn of_revealed(page: &Page<'_>, revealed: Option<u32>, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(index) = revealed {
        let message = "is hidden in the page as it was saved, and was read";
        diagnostics.push(HIDDEN_READ.at(Origin::Path(page.path(index)), message));
    }
}

/// Names what is in the article and cannot be seen.
pub(super) fn of_unseen(page: &Page<'_>, root: u32, diagnostics: &mut Vec<Diagnostic>) {
    let inside = page.unseen.iter().filter(|index| page.holds(root, **index));
    for index in inside.take(MOST_UNSEEN) {
        let text = page.raw_text(*index);
        let text: String = text.split_whitespace().flat_map(str::chars).take(40).collect();
        if !text.is_empty() {
            let origin = Origin::Path(page.path(*index));
            diagnostics.push(TEXT_UNSEEN.at(origin, format!("{text:?} cannot be seen")));
        }
    }
}

/// Names the first number of the article of which it cannot be told whether it is seen.
pub(super) fn of_unsure(page: &Page<'_>, root: u32, diagnostics: &mut Vec<Diagnostic>) {
    let end = page.nodes.get(root as usize).map_or(root, |node| node.end);
    let unsure = (root..end).filter(|index| {
        let node = &page.nodes[*index as usize];
        node.look.has(Look::UNSURE) && !node.hidden && matches!(node.tag, Tag::Inline | Tag::Link)
    });
    let texts = unsure.map(|index| (index, page.raw_text(index)));
    let mut numbers = texts.filter(|(_, text)| text.len() < LONG && text.contains(|c: char| c.is_numeric()));
    if let Some((index, text)) = numbers.next() {
        let text: String = text.split_whitespace().flat_map(str::chars).take(40).collect();
        let origin = Origin::Path(page.path(index));
        let message = format!(
            "{text:?} may be seen or not, or elsewhere; {} such places follow",
            numbers.count()
        );
        diagnostics.push(TEXT_UNSURE.at(origin, message));
    }
}

/// Bytes of a text that is more than a number and its words.
const LONG: usize = 200;
/// So many unseen texts of a page are named.
const MOST_UNSEEN: usize = 20;

pub(super) fn too_complex() -> Diagnostic {
    TOO_COMPLEX.at(None, "the page nests too deeply or has too many tags or attributes")
}

pub(super) fn embedded(path: &str) -> Diagnostic {
    EMBEDDED.at(
        Origin::Path(path.to_string()),
        format!("content read from the text of {path}"),
    )
}

/// What the walk had to leave.
pub(super) fn of_walk(
    cut: Vec<Origin>,
    frames: Vec<(String, Origin)>,
    overflow: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.extend(
        cut.into_iter()
            .map(|origin| GRID_CUT.at(origin, "the table is too large; its last rows are missing")),
    );
    diagnostics.extend(
        frames
            .into_iter()
            .map(|(address, origin)| FRAME_ABSENT.at(origin, format!("a frame shows {address}"))),
    );
    if overflow {
        diagnostics.push(TOO_COMPLEX.at(None, "the article has too many lines; the rest was left out"));
    }
}

/// What the content as a whole lacks.
pub(super) fn of_content(blocks: &[Block], links: &[Link], pictures: &[Shown], diagnostics: &mut Vec<Diagnostic>) {
    let has_grid = blocks.iter().any(|block| matches!(block, Block::Grid(_)));
    let text: usize = blocks
        .iter()
        .map(|block| {
            if let Block::Paragraph(p) = block {
                p.text.chars().count()
            } else {
                0
            }
        })
        .sum();
    for shown in pictures {
        let Some(picture) = links.get(shown.link) else {
            continue;
        };
        if !has_grid || in_place_of_table(blocks, shown.before) {
            let message = format!("picture {} stands where a table is expected", picture.target);
            diagnostics.push(TABLE_IS_PICTURE.at(picture.origin.clone(), message));
        }
    }
    let files = links.iter().filter(|link| link.kind == LinkKind::Attachment);
    if !has_grid && text < COVER {
        let names: Vec<String> = files.map(|link| format!("{} ({})", link.target, link.text)).collect();
        if !names.is_empty() {
            diagnostics.push(ATTACHMENT_ONLY.at(None, format!("the report is probably in {}", names.join(", "))));
        }
    }
    if blocks.is_empty() {
        diagnostics.push(NO_CONTENT.at(None, "no text was found in the page"));
    }
}

/// Whether a picture follows a heading and nothing but another heading follows it.
fn in_place_of_table(blocks: &[Block], before: usize) -> bool {
    let heading = |block: &Block| match block {
        Block::Paragraph(p) => {
            let numbered = p
                .text
                .starts_with(|c: char| "一二三四五六七八九十（(".contains(c) || c.is_ascii_digit());
            p.heading.is_some() || (numbered && p.text.chars().count() <= 50 && !p.text.contains('。'))
        }
        Block::Grid(_) => false,
    };
    before > 0 && blocks.get(before - 1).is_some_and(heading) && blocks.get(before).is_none_or(heading)
}
