//! Names and values that a page gives about its article: meta tags, the metadata table, a list of lines, or all of it flattened to a line.
//!
//! Invariant: a value is what stands behind its name and before the next; a name without a value gives nothing, and never the value of
//! the next one.

use super::date;
use super::page::Page;
use crate::document::{Block, Cell, Grid, Origin};
use crate::text::normalize::fold;
use crate::text::set::CharSet;

/// Names of fields, those that only end a value too. None of them begins a sentence of a report.
const NAMES: &[&str] = &[
    "索引号",
    "索引",
    "信息索引号",
    "文号",
    "发文字号",
    "文件编号",
    "发文文号",
    "发文号",
    "发布日期",
    "发布时间",
    "公开日期",
    "公布日期",
    "信息提供日期",
    "提供日期",
    "公开时间",
    "发文日期",
    "成文日期",
    "生成日期",
    "成文时间",
    "生成时间",
    "时间",
    "日期",
    "标题",
    "名称",
    "信息名称",
    "文件名称",
    "公文名称",
    "发布机构",
    "发文机关",
    "发布单位",
    "发文单位",
    "公开主体",
    "制发机关",
    "填报单位",
    "编制单位",
    "发文机构",
    "公开单位",
    "来源",
    "信息来源",
    "文章来源",
    "稿件来源",
    "主题分类",
    "公文时效",
    "有效性",
    "文件有效性",
    "效力状态",
    "公开方式",
    "组配分类",
    "体裁",
    "体裁分类",
    "主题词",
    "关键词",
    "栏目",
    "作者",
    "浏览次数",
    "浏览量",
    "点击数",
    "点击次数",
    "点击率",
    "阅读次数",
    "字体",
    "字号",
    "打印",
    "废止日期",
    "生效日期",
    "公文种类",
    "公文类型",
    "信息分类",
    "统一编号",
    "内容概述",
    "责任编辑",
    "原文链接",
    "本地目录",
    "公开类别",
    "公开形式",
    "公开范围",
    "服务对象",
    "信息类别",
    "访问次数",
    "分享到",
    "分享至",
];

/// What they begin with.
static FIRSTS: CharSet = CharSet::of_firsts(NAMES);

/// Longest line that may be fields, in characters.
const LONGEST: usize = 240;

/// A name and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    /// Folded.
    pub name: String,
    /// As printed.
    pub value: String,
    pub origin: Origin,
}

/// All fields of a page.
pub(super) struct Fields(Vec<Field>);

impl Fields {
    /// Those of its properties, of the tables before its body and of the lines at its front.
    pub fn of(page: &Page) -> Self {
        let mut fields: Vec<Field> = page
            .document
            .properties
            .iter()
            .filter_map(|property| field(&property.name, &property.value, &property.origin))
            .collect();
        for block in page.front_blocks() {
            if let Block::Grid(grid) = block {
                of_grid(grid, &mut fields);
            }
        }
        let lines: Vec<_> = page.front().iter().map(|line| (line.text, line.origin)).collect();
        for (name, (value, origin)) in one_below_another(&lines) {
            fields.extend(field(name, value, origin));
        }
        for (line, origin) in put_together(page.front_running(opens_with_name)) {
            for (name, value) in pairs(&line) {
                fields.extend(field(name, value, origin));
            }
        }
        Fields(fields)
    }

    /// The values of the first of the names that has any.
    pub fn first_of(&self, names: &[&str]) -> Vec<&Field> {
        let named = |name: &&str| self.all(&[name]);
        names
            .iter()
            .map(named)
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The values of all of the names.
    pub fn all(&self, names: &[&str]) -> Vec<&Field> {
        let is_named = |field: &&Field| names.iter().any(|name| field.name.eq_ignore_ascii_case(name));
        self.0.iter().filter(is_named).collect()
    }
}

fn field(name: &str, value: &str, origin: &Origin) -> Option<Field> {
    Some(Field {
        name: fold(name).trim_matches([':', '[', ']', '【', '】', '|']).to_owned(),
        value: substance(value)?,
        origin: origin.clone(),
    })
}

/// A value that says something: not empty and no placeholder.
fn substance(value: &str) -> Option<String> {
    let value = value.trim();
    let empty = value.is_empty() || ["无", "/", "-", "--", "—", "null", "暂无", "无文号"].contains(&value);
    (!empty).then(|| value.to_owned())
}

/// The pairs of a table: the name to the left of its value, or, in a table of two rows, above it. Two names side by side are such a row.
fn of_grid(grid: &Grid, fields: &mut Vec<Field>) {
    let is_name = |text: &str| is_known(&fold(text));
    let has_name = |text: &str| is_name(text) || opens_with_name(text);
    let cells_of = |row: usize| -> Vec<&Cell> { grid.row(row).filter(|cell| cell.row == row).collect() };
    for row in 0..grid.rows() {
        let cells = cells_of(row);
        let below = if row + 1 < grid.rows() {
            cells_of(row + 1)
        } else {
            Vec::new()
        };
        let is_header = cells.windows(2).any(|pair| pair.iter().all(|cell| is_name(&cell.text)))
            && below.len() == cells.len()
            && !below.iter().any(|cell| has_name(&cell.text));
        for (at, cell) in cells.iter().enumerate() {
            if !is_name(&cell.text) {
                if let [(name, value), ..] = pairs(&cell.text)[..] {
                    fields.extend(field(name, value, &cell.origin));
                }
                continue;
            }
            let below = || grid.at(row + 1, cell.column).filter(|below| below.row == row + 1);
            let value = if is_header { below() } else { cells.get(at + 1).copied() };
            let value = value.filter(|value| !has_name(&value.text));
            fields.extend(value.and_then(|value| field(&cell.text, &value.text, &value.origin)));
        }
    }
}

/// The pairs of a table or list whose cells became lines, each name above its value. Names above names, and then their values, pair
/// nothing: so at least two values stand below names of their own.
fn one_below_another<'a, T: Copy>(lines: &[(&'a str, T)]) -> Vec<(&'a str, (&'a str, T))> {
    let is_name = |at: usize| lines.get(at).is_some_and(|(text, _)| is_known(&fold(text)));
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let from = at;
        let mut run = Vec::new();
        while is_name(at) {
            if at + 1 < lines.len() && !is_name(at + 1) {
                run.push((at, at + 1));
                at += 1;
            }
            at += 1;
        }
        // What follows the last name may be of the text below, if it is no day.
        let is_doubtful = |(name, value): &(usize, usize)| {
            *name > from && is_name(name - 1) && !date::opens(&date::squeeze(lines[*value].0))
        };
        if run.last().is_some_and(is_doubtful) {
            run.pop();
        }
        if run.len() > 1 {
            found.extend(run.into_iter().map(|(name, value)| (lines[name].0, lines[value])));
        }
        at = at.max(from + 1);
    }
    found
}

/// Lines of which the second begins inside a field of the first: a name is broken between them, or words stand before the names of the
/// second.
fn put_together(lines: Vec<(String, &Origin)>) -> Vec<(String, &Origin)> {
    let mut whole: Vec<(String, &Origin)> = Vec::new();
    for (line, origin) in lines {
        match whole.last_mut() {
            Some((before, _)) if goes_on(before, &line) => before.push_str(&line),
            _ => whole.push((line, origin)),
        }
    }
    whole
}

fn goes_on(before: &str, line: &str) -> bool {
    if pairs(before).is_empty() {
        return false;
    }
    let names = names_in(&[before, line].concat());
    let break_at = before.len();
    let is_broken = names
        .iter()
        .any(|name| name.colon && name.start < break_at && name.word_end > break_at);
    let rest = names.iter().find(|name| name.colon && name.start >= break_at);
    let words = rest
        .and_then(|name| line.get(..name.start - break_at))
        .map(|words| words.trim_matches(OUTSIDE));
    let is_rest = |words: &str| {
        (1..=LONGEST_REST).contains(&words.chars().count())
            && !words.contains(['：', ':', '。', '，', '>'])
            && date::first(&date::squeeze(words)).is_none()
    };
    is_broken || words.is_some_and(is_rest)
}

/// Characters of the longest rest of a value.
const LONGEST_REST: usize = 16;

/// Whether a text begins with a name and its colon.
fn opens_with_name(text: &str) -> bool {
    let text = text.trim_start();
    names_in(text).first().is_some_and(|name| name.start == 0 && name.colon)
}

fn is_known(folded: &str) -> bool {
    let name = folded.trim_matches([':', '[', ']', '【', '】']);
    NAMES.contains(&name)
}

/// The pairs of a line; none where it is no list of fields.
fn pairs(line: &str) -> Vec<(&str, &str)> {
    if line.chars().nth(LONGEST).is_some() || line.is_empty() {
        return Vec::new();
    }
    let names = names_in(line);
    // Without colons, a line is a list of fields only where it begins with the name of one.
    let opens = names
        .first()
        .is_some_and(|name| line[..name.start].trim_matches(OUTSIDE).is_empty());
    let ends = names.iter().skip(1).map(|name| name.start).chain([line.len()]);
    names
        .iter()
        .zip(ends)
        .filter(|(name, _)| name.colon || opens)
        .map(|(name, end)| {
            let value = line[name.end..end].trim();
            (
                &line[name.start..name.word_end],
                until_other_name(value).trim_matches(OUTSIDE),
            )
        })
        .collect()
}

/// What stands between fields.
const OUTSIDE: &[char] = &['【', '】', '[', ']', '|', '｜', ' ', '\u{3000}', '\u{a0}', '•', '·'];

/// A value up to the first word that is itself a name with a colon: `县档案局 责任人：` ends before 责任人.
fn until_other_name(value: &str) -> &str {
    let is_name = |word: &str| word.contains('：') || word.ends_with(':');
    let mut end = value.len();
    let mut from = 0;
    for word in value.split(char::is_whitespace) {
        if is_name(word) {
            end = from;
            break;
        }
        from += word.len() + value[from + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    &value[..end]
}

/// The name of a field in a line.
struct Name {
    start: usize,
    word_end: usize,
    /// Behind its colon, if it has one.
    end: usize,
    colon: bool,
}

/// The names in a line, from left to right. A name begins where a word begins, or right behind a number; its characters may be set apart.
fn names_in(line: &str) -> Vec<Name> {
    let chars: Vec<(usize, char)> = line
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .map(|(at, c)| (at, simple(c)))
        .collect();
    let mut names = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let may_begin = FIRSTS.has(chars[at].1) && begins_word(&chars, at);
        let name = may_begin.then(|| name_at(&chars, at));
        let Some(length) = name.flatten() else {
            at += 1;
            continue;
        };
        let (last, c) = chars[at + length - 1];
        let word_end = last + c.len_utf8();
        let colon = chars.get(at + length).filter(|(_, c)| *c == ':').map(|(at, _)| *at);
        let apart = line[word_end..].chars().next().is_none_or(char::is_whitespace);
        if colon.is_some() || apart {
            let end = colon.map_or(word_end, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
            names.push(Name {
                start: chars[at].0,
                word_end,
                end,
                colon: colon.is_some(),
            });
        }
        at += length;
    }
    names
}

/// The length of the longest name of a field that begins at a character.
fn name_at(chars: &[(usize, char)], at: usize) -> Option<usize> {
    let begins = |name: &&&str| {
        name.chars()
            .enumerate()
            .all(|(i, c)| chars.get(at + i).is_some_and(|(_, d)| *d == c))
    };
    NAMES.iter().filter(begins).map(|name| name.chars().count()).max()
}

fn begins_word(chars: &[(usize, char)], at: usize) -> bool {
    let Some((before, c)) = at.checked_sub(1).map(|before| chars[before]) else {
        return true;
    };
    before + c.len_utf8() < chars[at].0 || !c.is_alphabetic() || c == '日'
}

/// A character without its traditional form and width, as far as names of fields have them.
fn simple(c: char) -> char {
    match c {
        '號' => '号',
        '發' => '发',
        '佈' => '布',
        '機' => '机',
        '構' => '构',
        '關' => '关',
        '開' => '开',
        '時' => '时',
        '間' => '间',
        '標' => '标',
        '題' => '题',
        '稱' => '称',
        '來' => '来',
        '：' => ':',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_apart_with_colons_and_without() {
        for (line, fields) in [
            (
                "索引号 qh01/2023-00077 发文字号",
                &[("索引号", "qh01/2023-00077"), ("发文字号", "")][..],
            ),
            (
                "成文日期 2023-01-18 发布日期 2023-01-19",
                &[("成文日期", "2023-01-18"), ("发布日期", "2023-01-19")],
            ),
            ("标   题 青禾县2022年年报", &[("标   题", "青禾县2022年年报")]),
            (
                "索 引 号：QH04  发布机构：青禾县水务局",
                &[("索 引 号", "QH04"), ("发布机构", "青禾县水务局")],
            ),
            ("2022年01月18日来源:1", &[("来源", "1")]),
            ("• 公开日期:2018-02-27", &[("公开日期", "2018-02-27")]),
            ("文号：", &[("文号", "")]),
            (
                "发布日期: 2021-01-29  来源：石桥镇 字体：  打印",
                &[
                    ("发布日期", "2021-01-29"),
                    ("来源", "石桥镇"),
                    ("字体", ""),
                    ("打印", ""),
                ],
            ),
            ("发布机构：县档案局 责任人：某", &[("发布机构", "县档案局")]),
            ("我局按时间 安排公布", &[]),
            ("全年公开信息", &[]),
        ] {
            assert_eq!(pairs(line), fields, "{line}");
        }
    }

    #[test]
    fn cells_that_became_lines_are_pairs_where_names_and_values_take_turns() {
        let pairs = |lines: &[&'static str]| -> Vec<(&str, &str)> {
            let lines: Vec<_> = lines.iter().map(|line| (*line, ())).collect();
            let found = one_below_another(&lines).into_iter();
            found.map(|(name, (value, ()))| (name, value)).collect()
        };
        let title = "青禾县水务局2022年政府信息公开工作年度报告";
        assert_eq!(
            pairs(&[
                "首页",
                "索 引 号",
                "QH/2023-1",
                "文号",
                "发布日期",
                "2023-01-18",
                "标题",
                title,
                title
            ]),
            [("索 引 号", "QH/2023-1"), ("发布日期", "2023-01-18"), ("标题", title)]
        );
        // The last value may be that of no field.
        assert_eq!(
            pairs(&[
                "索引号",
                "QH/2023-1",
                "发布日期",
                "2023-01-18",
                "发布机构",
                "文号",
                title
            ]),
            [("索引号", "QH/2023-1"), ("发布日期", "2023-01-18")]
        );
        assert_eq!(
            pairs(&["索引号", "发布日期", "标题", "QH/2023-1", "2023-01-18", title]),
            []
        );
        assert_eq!(pairs(&["发布日期", "2023-01-18", title]), []);
    }
}
