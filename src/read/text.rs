//! Plain text and Markdown as people have scraped them.
//!
//! Lines become paragraphs; runs of lines with tabs, pipes or commas become grids, and so do tables in HTML, which converters put into
//! Markdown. Where merged cells have collapsed, or a cell stands on a line of its own, the grid is kept as it is written
//! ([`GridKind::Delimited`]; one column for a stream of cells): what the cells mean is decided by who knows the forms. Invariant: no
//! text is dropped, and no empty cell is invented or lost.

mod broken;
mod commas;
mod dashed;
mod drawn;
mod folded;
mod joined;
mod markup;
mod nested;
mod pages;
mod plane;
mod rows;
mod wiki;

use std::borrow::Cow;

use super::Hints;
use super::charset;
use crate::diagnostic::Code;
use crate::document::{Block, Document, GridBuilder, GridKind, Origin, Paragraph, Property};
use crate::error::Error;
use crate::forms;

/// The grid of a text is too large.
pub const GRID_CUT: Code = Code {
    code: "text.grid_cut",
    severity: crate::diagnostic::Severity::Error,
    english: "A table in the text has more cells than any report could have; its last rows were left out.",
    chinese: "文本中的表格单元格数量超出任何年报的可能范围，末尾若干行未读取。",
};

/// A table in HTML has no end.
pub const TABLE_UNCLOSED: Code = Code {
    code: "text.table_unclosed",
    severity: crate::diagnostic::Severity::Warning,
    english: "A table in HTML inside the text has no end, as where the text was cut off; it was not read as a table.",
    chinese: "文本中的 HTML 表格没有结束标记（文本可能被截断），未按表格读取。",
};

/// Diagnostics of this module.
pub const CODES: &[Code] = &[GRID_CUT, TABLE_UNCLOSED];

/// A line with more tabs is no row of a table but a text that was put on one line.
const MOST_TABS: usize = 200;

/// Lines, cells and words of a text; a report has some thousands. Bounds memory.
const MOST_PARTS: usize = 400_000;

/// Reads a text file in any encoding.
///
/// # Errors
/// Where `hints` name an unknown encoding, or the text has more parts than any report.
pub(crate) fn read(bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    let decoded = charset::decode(bytes, hints, None)?;
    if parts(&decoded.text) > MOST_PARTS {
        return Err(Error::Limit("lines and cells"));
    }
    let mut document = parse(&pages::without_numbers(&decoded.text));
    document.encoding = Some(decoded.encoding.into());
    document.diagnostics.splice(0..0, decoded.diagnostics);
    Ok(document)
}

/// How many lines, cells and words a text can be cut into, at most.
fn parts(text: &str) -> usize {
    let mut before = b' ';
    let begins = |byte: u8| {
        let gap = byte == b' ' && before != b' ';
        before = byte;
        gap || matches!(byte, b'\n' | b'\t' | b'|')
    };
    text.bytes().map(begins).filter(|begins| *begins).count()
}

/// A line with its number.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: u32,
    text: &'a str,
}

impl<'a> Line<'a> {
    /// Fields between `separator`, each with its origin.
    fn fields(self, separator: char) -> impl Iterator<Item = (&'a str, Origin)> {
        let mut column = 1u32;
        self.text.split(separator).map(move |field| {
            let indent = field.chars().take_while(|c| c.is_whitespace()).count() as u32;
            let at = column + indent;
            column += field.chars().count() as u32 + 1;
            (field.trim(), Origin::text(self.number, at))
        })
    }
}

fn parse(text: &str) -> Document {
    let mut document = Document {
        media_type: "text/plain".into(),
        ..Document::default()
    };
    if let Some(place) = markup::unclosed(text) {
        document
            .diagnostics
            .push(TABLE_UNCLOSED.at(place, "<table> without </table>"));
    }
    for part in markup::parts(text) {
        if part.is_table {
            markup::read(&part, &mut document);
        } else {
            parse_lines(part.text, part.line, &mut document);
        }
    }
    document
}

/// Reads lines of which the first has a number.
fn parse_lines(text: &str, first: u32, document: &mut Document) {
    let pieces: Vec<(u32, Cow<str>)> = (first..)
        .zip(text.lines())
        .flat_map(|(number, line)| {
            let pieces: Vec<Cow<str>> = match nested::unnest(line) {
                Some(pieces) => pieces.into_iter().map(Cow::Owned).collect(),
                None => match joined::pieces(line) {
                    Some(pieces) => pieces.into_iter().map(Cow::Borrowed).collect(),
                    None => vec![markup::without_wrappers(line)],
                },
            };
            pieces.into_iter().map(move |piece| (number, piece))
        })
        .collect();
    let lines = pieces.iter().map(|(number, text)| Line { number: *number, text });
    let lines = without_comments(lines.collect());
    let mut at = 0;
    while at < lines.len() {
        let found = drawn::table(&lines, at)
            .or_else(|| dashed::table(&lines[at..]))
            .or_else(|| commas::table(&lines[at..]))
            .or_else(|| wiki::table(&lines[at..]));
        if let Some((grid, count)) = found {
            document.blocks.push(Block::Grid(grid));
            at += count;
            continue;
        }
        let separator = separator(lines[at].text);
        let Some(separator) = separator.filter(|s| !is_byline(lines[at].text, *s)) else {
            let before = lines[..at].iter().rfind(|line| !line.text.trim().is_empty());
            let (text, count) = broken::number(before, &lines[at..]).unwrap_or((lines[at].text.into(), 1));
            let text = commas::alone(lines[at]).unwrap_or(text);
            let text = &text;
            paragraph(Line { text, ..lines[at] }, document);
            at += count;
            continue;
        };
        let end = run_end(&lines, at, separator);
        table(&lines[at..end], separator, document);
        at = end;
    }
}

/// Drops what Markdown comments out: from a line that begins with `<!--` to the one that holds `-->`, if there is one.
fn without_comments(lines: Vec<Line>) -> Vec<Line> {
    let mut kept = Vec::with_capacity(lines.len());
    let mut at = 0;
    // An end that was looked for and not found is not looked for again.
    let last_end = lines.iter().rposition(|line| line.text.contains("-->"));
    while at < lines.len() {
        if lines[at].text.trim_start().starts_with("<!--") && last_end.is_some_and(|end| at <= end) {
            while !lines[at].text.contains("-->") {
                at += 1;
            }
        } else {
            kept.push(lines[at]);
        }
        at += 1;
    }
    kept
}

/// The separator of a line that is part of a table.
fn separator(line: &str) -> Option<char> {
    if line.contains('|') {
        Some('|')
    } else if line.matches('\t').count() > MOST_TABS {
        None
    } else if line.trim_matches(|c: char| c == ' ' || c == '\u{3000}').contains('\t') {
        // A tab that only indents is no separator, except where empty cells stand before the first text.
        (line.trim().contains('\t') || line.starts_with('\t')).then_some('\t')
    } else {
        None
    }
}

/// A line below a title such as `作者：… | 来源：… | 时间：…`.
fn is_byline(line: &str, separator: char) -> bool {
    separator == '|'
        && !line.trim().starts_with('|')
        && line.split('|').filter(|part| part.contains([':', '：'])).count() > 1
        && line
            .split('|')
            .all(|part| part.trim().is_empty() || part.contains([':', '：']))
}

/// Where the run of table lines that begins at `start` ends. With pipes, a line without any continues a cell that the line
/// before it left open, as long as a closing pipe follows.
fn run_end(lines: &[Line], start: usize, separator: char) -> usize {
    let mut end = start + 1;
    let mut at = end;
    while at < lines.len() {
        let text = lines[at].text;
        if text.contains(separator) {
            at += 1;
            end = at;
        } else if separator == '\t' && text.trim().is_empty() && same_width(lines[end - 1], &lines[at..]) {
            // Rows that were set apart by blank lines.
            at += 1;
        } else if separator == '|'
            && at - end < 3
            && (rows::is_rule(text) || !text.trim().is_empty() && (is_cell_line(text) || is_between_bars(lines, at)))
        {
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a line stands between two pipes that stand alone, so that it is a cell, whatever number it begins with.
fn is_between_bars(lines: &[Line], at: usize) -> bool {
    let is_bar = |line: Option<&Line>| line.is_some_and(|line| line.text.trim() == "|");
    let is_around = is_bar(at.checked_sub(1).and_then(|above| lines.get(above))) && is_bar(lines.get(at + 1));
    is_around && !forms::is_section_heading(lines[at].text) && !lines[at].text.trim_start().starts_with('#')
}

/// Whether the next line that is not blank has as many fields between tabs as a row.
fn same_width(row: Line, below: &[Line]) -> bool {
    let tabs = |line: &Line| line.text.matches('\t').count();
    let next = below.iter().find(|line| !line.text.trim().is_empty());
    next.is_some_and(|next| tabs(next) == tabs(&row))
}

/// A line that can be the inside of a cell broken over lines: short, and no sentence.
fn is_cell_line(text: &str) -> bool {
    let start = text.trim_start();
    let numbered = start.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let heading = || {
        start.starts_with('#')
            || (numbered.len() < start.len() && numbered.starts_with('、'))
            || forms::is_section_heading(text)
    };
    text.chars().count() <= 60 && !text.trim_end().ends_with('。') && !heading()
}

fn table(lines: &[Line], separator: char, document: &mut Document) {
    let folded = (separator == '|').then(|| folded::rows(lines)).flatten();
    let whole: Option<Vec<Line>> = folded.as_ref().map(|rows| {
        rows.iter()
            .map(|(number, text)| Line { number: *number, text })
            .collect()
    });
    let lines = whole.as_deref().unwrap_or(lines);
    let origin = Origin::text(lines[0].number, 1);
    let mut builder = GridBuilder::new(GridKind::Delimited, origin);
    if separator == '\t' {
        if lines
            .iter()
            .all(|line| line.text.split('\t').filter(|field| !field.trim().is_empty()).count() <= 1)
        {
            lines.iter().for_each(|line| paragraph(*line, document));
            return;
        }
        rows::of_tabs(lines).into_iter().for_each(|row| _ = builder.row(row));
    } else if is_stream(lines) {
        for (text, origin) in stream(lines) {
            builder.row([(text, origin)]);
        }
    } else {
        rows::of_pipes(lines).into_iter().for_each(|row| _ = builder.row(row));
    }
    let (grid, cut) = builder.build();
    if cut {
        document
            .diagnostics
            .push(GRID_CUT.at(grid.origin().clone(), "table cut"));
    }
    document.blocks.push(Block::Grid(grid));
}

/// Whether the lines hold one cell each rather than one row each.
fn is_stream(lines: &[Line]) -> bool {
    let filled = |line: &Line| line.text.split('|').filter(|cell| !cell.trim().is_empty()).count();
    let many = lines
        .iter()
        .filter(|line| filled(line) > 1 && !rows::is_rule(line.text))
        .count();
    let one = lines.iter().filter(|line| filled(line) == 1).count();
    lines.len() > 3 && (lines[0].text.trim() == "|" || many * 4 < one)
}

/// All cells in order, each closed by a pipe; text may run over lines before its pipe.
fn stream(lines: &[Line]) -> Vec<(String, Origin)> {
    let mut cells = Vec::new();
    let mut open: Option<(String, Origin)> = None;
    for line in lines {
        let mut fields = Line {
            text: without_padding(line.text),
            ..*line
        }
        .fields('|')
        .peekable();
        while let Some((text, origin)) = fields.next() {
            if !text.is_empty() {
                match &mut open {
                    Some((cell, _)) => {
                        cell.push('\n');
                        cell.push_str(text);
                    }
                    None => open = Some((text.to_string(), origin.clone())),
                }
            }
            if fields.peek().is_some() {
                let (text, origin) = open.take().unwrap_or((String::new(), origin));
                cells.push((cell_text(&text), origin));
            }
        }
    }
    cells.extend(open.map(|(text, origin)| (cell_text(&text), origin)));
    cells
}

/// A line without the run of pipes at its end that stands for the rest of a merged cell.
fn without_padding(line: &str) -> &str {
    let line = line.trim_end();
    let padded = line.trim_end_matches('|');
    if line.len() - padded.len() < 2 {
        line
    } else if padded.trim().is_empty() || padded.trim_end().ends_with('|') {
        padded
    } else {
        &line[..padded.len() + 1]
    }
}

/// The text of a cell without Markdown marks; `<br>` is a line break.
fn cell_text(text: &str) -> String {
    let text = if text.contains('<') {
        text.replace("<br>", "\n")
            .replace("<br/>", "\n")
            .replace("<br />", "\n")
    } else {
        text.to_string()
    };
    plain(&text)
}

/// Text without bold marks, escapes and non-breaking entities.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let text = text.replace("**", "").replace("__", "").replace("&nbsp;", " ");
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\'
            && chars
                .peek()
                .is_some_and(|next| next.is_ascii_punctuation() && *next != '\\')
        {
            continue;
        }
        plain.push(c);
    }
    broken::without_gaps(plain.trim())
}

fn paragraph(line: Line, document: &mut Document) {
    let trimmed = line.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if trimmed.is_empty()
        || (trimmed.len() > 2 && trimmed.chars().all(|c| "-=_*".contains(c)) && !trimmed.starts_with("--\n"))
    {
        // Nothing, or a Markdown rule; two dashes are a mark for "no figure".
        return;
    }
    let indent = line
        .text
        .chars()
        .take_while(|c| c.is_whitespace() || *c == '\u{feff}')
        .count() as u32;
    let origin = Origin::text(line.number, indent + 1);
    if document.blocks.is_empty()
        && (trimmed.starts_with("http://") || trimmed.starts_with("https://"))
        && !trimmed.contains(' ')
    {
        document.properties.push(Property {
            name: "url".into(),
            value: trimmed.into(),
            origin,
        });
        return;
    }
    let (heading, body) = match heading(trimmed, '#').or_else(|| heading(trimmed, '=')) {
        Some((level, body)) => (Some(level), body),
        None => (None, trimmed),
    };
    let inside = STRONG.iter().find_map(|mark| between(body, mark));
    let strong = inside.is_some();
    let text = plain(inside.unwrap_or(body));
    if text.is_empty() {
        return;
    }
    document.blocks.push(Block::Paragraph(Paragraph {
        text,
        heading,
        strong,
        origin,
    }));
}

/// The level of a heading and its text: `## 一、总体情况`, `== 一、总体情况 ==`.
fn heading(line: &str, mark: char) -> Option<(u8, &str)> {
    let text = line.trim_start_matches(mark);
    let level = line.len() - text.len();
    // Markdown is written without a space too; a sign of equality stands in sums.
    let is_heading = (1..=6).contains(&level) && (mark == '#' || text.starts_with(' '));
    is_heading.then(|| (level as u8, text.trim().trim_end_matches(mark).trim()))
}

/// Marks around words that are set bold: of Markdown, of wikis, of AsciiDoc.
const STRONG: [&str; 3] = ["**", "'''", "*"];

/// What stands between two marks at the ends of a line, if no other stands there.
fn between<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let inside = line.strip_prefix(mark)?.strip_suffix(mark)?;
    (!inside.is_empty() && !inside.contains(mark)).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<Vec<Vec<String>>> {
        // A paragraph as one row of one cell, a grid as its rows.
        parse(text)
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => vec![vec![paragraph.text.clone()]],
                Block::Grid(grid) => (0..grid.rows())
                    .map(|row| grid.row(row).map(|cell| cell.text.clone()).collect())
                    .collect(),
            })
            .collect()
    }

    #[test]
    fn what_is_commented_out_is_not_read() {
        let text = "甲\n<!-- 旧\n规章\t1\n-->\n乙\n<!-- 旧 -->\n丙\n<!-- 无尾";
        assert_eq!(blocks(text).len(), 4, "{:?}", blocks(text));
        assert_eq!(blocks("<!-- 无尾\n甲"), [vec![vec!["<!-- 无尾"]], vec![vec!["甲"]]]);
    }

    #[test]
    fn tabs_keep_empty_cells_and_a_blank_line_ends_the_table() {
        assert_eq!(
            blocks("规章\t0\t\t3\n\t许可\t1\n\n行政处罚\t5\n"),
            [
                vec![vec!["规章", "0", "", "3"], vec!["", "许可", "1"]],
                vec![vec!["行政处罚", "5"]]
            ]
        );
    }

    #[test]
    fn a_text_that_was_put_on_one_line_with_its_tabs_is_no_row() {
        let line = |cells: usize| "规章\t".repeat(cells) + "3";
        assert_eq!(blocks(&line(MOST_TABS))[0][0].len(), MOST_TABS + 1);
        assert_eq!(blocks(&line(MOST_TABS + 1))[0][0].len(), 1);
    }

    #[test]
    fn markdown_tables_lose_their_rule_and_their_outer_pipes() {
        assert_eq!(
            blocks("| 信息内容 | 数量 |\n|---|:--:|\n| **规章** | 3<br>4 |\n| | 1 |\n"),
            [vec![vec!["信息内容", "数量"], vec!["规章", "3\n4"], vec!["", "1"]]]
        );
    }

    #[test]
    fn rows_between_blank_lines_are_one_table_and_a_blank_last_cell_is_kept() {
        assert_eq!(
            blocks("维持\t纠正\n\n\n5\t\n\n许可\t1\t2\n"),
            [vec![vec!["维持", "纠正"], vec!["5", ""]], vec![vec!["许可", "1", "2"]]]
        );
        assert_eq!(
            blocks("内容| 数量| 总计\n---|---|---\n规章| 3|  \n| 1| 2"),
            [vec![
                vec!["内容", "数量", "总计"],
                vec!["规章", "3", ""],
                vec!["", "1", "2"]
            ]]
        );
    }

    #[test]
    fn rows_that_only_end_in_a_pipe_keep_blank_cells() {
        assert_eq!(
            blocks("规章 | 1 | | 3 |\n许可 | 4 |\n处罚 | | 6 | 7 |"),
            [vec![
                vec!["规章", "1", "", "3"],
                vec!["许可", "4"],
                vec!["处罚", "", "6", "7"]
            ]]
        );
    }

    #[test]
    fn a_row_that_was_cut_inside_a_number_is_one_row() {
        let head = ["项目", "制发", "废止"];
        let rows = |text: &str| blocks(text).remove(0)[1..].to_vec();
        for text in [
            "| 项目 | 制发 | 废止 |\n| 规章 | 1 | 25\n6 |\n| 许可 | 1\n23 | 2 |\n| 处罚 | 3 | 4 |\n| 强制 | 5 | 6 |\n| 收费 | 7 | 8 |\n| 其他 | 9 | 0 |",
            "项目\t制发\t废止\n规章\t1\t25\n许可\t1\n23\t2\n处罚\t3\t4\n强制\t5\t6\n收费\t7\t8\n其他\t9\t0",
        ] {
            assert_eq!(blocks(text)[0][0], head, "{text}");
            assert_eq!(rows(text)[1], ["许可", "1\n23", "2"], "{text}");
            assert_eq!(rows(text)[5], ["其他", "9", "0"], "{text}");
        }
        assert_eq!(
            rows("| 甲 | 乙 | 丙 |\n| 规章 | 1 | 25\n6 |\n| 许可 | 1 | 2 |\n| 处罚 | 3 | 4 |")[0],
            ["规章", "1", "25\n6"]
        );
        // Rows of which one is short, or of no common width, stay as they are.
        assert_eq!(rows("甲\t乙\n规章\t1\n2\t3\n许可\t4")[0], ["规章", "1"]);
        assert_eq!(rows("甲\t乙\t丙\n规章\t1\n2\t3\n许可\t4\t5\t6")[0], ["规章", "1"]);
    }

    #[test]
    fn a_text_that_ends_inside_a_row_changes_no_row_above() {
        assert_eq!(
            blocks("规章 | 1 | |\n许可 | | 4 |\n处罚 | 6 | |\n强制 | 0"),
            [vec![
                vec!["规章", "1", ""],
                vec!["许可", "", "4"],
                vec!["处罚", "6", ""],
                vec!["强制", "0"]
            ]]
        );
    }

    #[test]
    fn a_text_of_more_parts_than_any_report_is_refused() {
        for part in ["1 ", "|", "\n", "规章\t"] {
            let error = read(part.repeat(MOST_PARTS + 1).as_bytes(), &Hints::default()).err();
            assert_eq!(error, Some(Error::Limit("lines and cells")), "{part:?}");
        }
        let spaces = " ".repeat(MOST_PARTS * 2) + "规章";
        assert!(read(spaces.as_bytes(), &Hints::default()).is_ok());
    }

    #[test]
    fn one_cell_a_line_is_a_stream_with_its_blanks() {
        let cells = |text: &str| blocks(text).concat().concat();
        assert_eq!(cells("规章 |\n|\n3 |\n||\n许可 |\n4 |"), ["规章", "", "3", "许可", "4"]);
        assert_eq!(
            cells("|\n行政\n许可 |\n4 |\n|\n处罚 |\n5 |"),
            ["", "行政\n许可", "4", "", "处罚", "5"]
        );
        let headed = blocks("许可 |\n4 |\n|\n|\n政府信息公开行政复议、行政诉讼情况\n|\n行政复议 |\n5 |");
        assert_eq!(headed[1], [["政府信息公开行政复议、行政诉讼情况"]]);
    }

    #[test]
    fn headings_and_bold_lines_are_marked_and_bylines_are_text() {
        let document = parse(
            "https://a.example/1.html\n### 一、总体情况\n**二、主动公开**\n作者：甲 | 来源：乙\n1\\. 其他\n== 三、收到 ==\n'''四、复议'''\n*五、问题*\n=3\n",
        );
        let seen: Vec<_> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(p) => (p.text.as_str(), p.heading, p.strong),
                Block::Grid(_) => ("grid", None, false),
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("一、总体情况", Some(3), false),
                ("二、主动公开", None, true),
                ("作者：甲 | 来源：乙", None, false),
                ("1. 其他", None, false),
                ("三、收到", Some(2), false),
                ("四、复议", None, true),
                ("五、问题", None, true),
                ("=3", None, false)
            ]
        );
        assert_eq!(document.properties[0].value, "https://a.example/1.html");
    }
}
