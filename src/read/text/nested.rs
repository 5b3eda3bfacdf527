//! Markdown tables that a converter wrote into a cell of the page's layout table, so that they stand on one line.
//!
//! The rule of dashes tells how many columns such a table has, and an empty field parts its rows. Invariant: fields keep their
//! order, and none with text is lost.

/// A line of more bytes is no page.
const LONGEST: usize = 1 << 20;
/// A page has at most this many tables.
const TABLES: usize = 200;
/// A row has at most this many labels: its own and those of its groups.
const LABELS: usize = 3;

/// The lines that a line with tables inside stands for; nothing where it has none.
pub(super) fn unnest(line: &str) -> Option<Vec<String>> {
    if line.len() > LONGEST || !line.contains("---") {
        return None;
    }
    let fields: Vec<&str> = line.split('|').collect();
    let tables = tables(&fields);
    if tables.is_empty() || tables.len() > TABLES {
        return None;
    }
    let mut lines = Vec::new();
    let mut at = 0;
    for (index, (header, width)) in tables.iter().enumerate() {
        lines.extend(texts(&fields[at..*header]));
        lines.push(row(&fields[*header..header + width]));
        // Behind the header, an empty field and the rule.
        let begin = header + 2 * width + 1;
        let end = tables.get(index + 1).map_or(fields.len() - 1, |(next, _)| *next);
        let is_text = |field: &&str| field.starts_with("  ") && !is_blank(field);
        at = fields[begin..end]
            .iter()
            .position(is_text)
            .map_or(end, |text| begin + text);
        lines.extend(rows(&fields[begin..at], *width));
        lines.push(String::new());
    }
    lines.extend(texts(&fields[at..]));
    Some(lines)
}

/// The rows of a table, each behind an empty field. Rows beside a cell that spans them have fewer fields. What cannot be cut into
/// rows is one row, too wide to be read as one.
fn rows(fields: &[&str], width: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut rest = fields;
    while let [parting, behind @ ..] = rest
        && is_blank(parting)
    {
        let whole = behind.get(..width).filter(|row| is_row(row)).is_some()
            && behind.get(width).is_none_or(|next| is_blank(next));
        let count = match whole {
            true => width,
            false => behind.iter().position(|field| is_blank(field)).unwrap_or(behind.len()),
        };
        if count == 0 || count > width {
            break;
        }
        rows.push(row(&behind[..count]));
        rest = &behind[count..];
    }
    if !rest.iter().all(|field| is_blank(field)) {
        rows.push(row(rest));
    }
    rows
}

/// Whether fields can be one row: names without a number, or up to three labels and then no words.
fn is_row(fields: &[&str]) -> bool {
    let is_words = |field: &&str| field.contains(char::is_alphabetic);
    let is_number = |field: &&str| field.contains(|c: char| c.is_ascii_digit()) && !is_words(field);
    let Some(first) = fields.iter().position(is_number) else {
        return true;
    };
    let (labels, values) = fields.split_at(first);
    labels.iter().filter(|field| is_words(field)).count() <= LABELS && !values.iter().any(is_words)
}

fn is_blank(field: &str) -> bool {
    field.trim().is_empty()
}

/// Where the header of each table begins, and its number of columns.
fn tables(fields: &[&str]) -> Vec<(usize, usize)> {
    let mut tables: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut free) = (0, 0);
    while at < fields.len() {
        let width = fields[at..].iter().take_while(|field| is_rule(field)).count();
        if let Some(header) = at.checked_sub(width + 1)
            && width > 0
            && header >= free
            && is_blank(fields[at - 1])
        {
            tables.push((header, width));
            free = at + width;
        }
        at += width.max(1);
    }
    tables
}

fn is_rule(field: &str) -> bool {
    let dashes = field.trim().trim_matches(':');
    dashes.len() >= 3 && dashes.bytes().all(|byte| byte == b'-')
}

fn row(fields: &[&str]) -> String {
    format!("|{}|", fields.join("|"))
}

/// The lines of text between two tables; the converter wrote two spaces or more for each end of a line.
fn texts(fields: &[&str]) -> Vec<String> {
    let lines = fields.iter().flat_map(|field| field.split("  "));
    lines
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_inside_a_line_get_their_rows_back() {
        let line = "| 导航 | 一、情况      2021年。   |  |  |  | | --- | --- | --- | | 内容 | 制发 | 废止 | | 规章 | 4 | | | 许可 | | 6 |   \
                    **三、申请**   | 项 | 数 | | --- | --- | | 新收 | 7 | |";
        let lines = unnest(line).unwrap_or_default();
        let squeezed: Vec<String> = lines.iter().map(|line| line.replace(' ', "")).collect();
        assert_eq!(
            squeezed,
            [
                "导航",
                "一、情况",
                "2021年。",
                "||||",
                "|内容|制发|废止|",
                "|规章|4||",
                "|许可||6|",
                "",
                "**三、申请**",
                "|项|数|",
                "|新收|7|",
                ""
            ]
        );
    }

    #[test]
    fn rows_beside_a_cell_that_spans_them_are_cut_where_they_end() {
        let line = "| 组 | 标签 | 甲 | 乙 | | --- | --- | --- | --- | | 一 | 1.子 | 3 | 4 | | 2.丑 | 5 | 6 | | 3.寅 | 7 | 8 |   完 |";
        let lines = unnest(line).unwrap_or_default();
        let squeezed: Vec<String> = lines.iter().map(|line| line.replace(' ', "")).collect();
        assert_eq!(
            squeezed,
            ["|组|标签|甲|乙|", "|一|1.子|3|4|", "|2.丑|5|6|", "|3.寅|7|8|", "", "完"]
        );
    }

    #[test]
    fn a_row_of_names_is_never_filled_up_with_figures() {
        let line = "| 复议 | | | | 诉讼 | | | | --- | --- | --- | --- | --- | --- | --- | | 甲 | 乙 | 丙 | 丁 | | 1 | 2 |  | 3 | 4 | 5 | 6 | |";
        assert!(
            unnest(line)
                .unwrap_or_default()
                .iter()
                .all(|row| !row.contains('甲') || !row.contains('2'))
        );
    }

    #[test]
    fn a_row_or_a_rule_of_its_own_holds_no_table() {
        for line in [
            "| 规章 | 1 | 2 |",
            "| --- | --- |",
            "---|---|---",
            "| 2021年 --- 2022年 | 3 |",
            "",
        ] {
            assert_eq!(unnest(line), None, "{line}");
        }
    }
}
