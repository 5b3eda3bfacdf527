//! Faults in labels: what a document prints beside or above a figure.
//!
//! Invariant: a label stays nearer to its own row than to any other, so that a human would not be in doubt.

use crate::faults::{Fault, Faults};
use crate::rng::Rng;
use crate::sheet::{Row, Sheet};

/// Other wordings of row labels, each seen in a report.
const ALIASES: &[(&str, &str)] = &[
    ("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开"),
    ("（六）其他处理", "（六）其他"),
    ("行政规范性文件", "规范性文件"),
    ("社会公益组织", "社会公益"),
    ("现行有效件数", "现行有效件"),
];

/// Explanations that some cities print inside the labels.
const EXPLANATIONS: &[(&str, &str)] = &[
    ("规章", "规章（设区的市、自治州人民政府应提供相关数据）"),
    (
        "规范性文件",
        "规范性文件（行政机关制定发布的决定、公告、通告、意见、通知，以及标题采用“规定”“办法”“细则”“规范”“规程”“规则”等字样的公文，一般情况下属于规范性文件）",
    ),
    (
        "其他对外管理服务事项",
        "其他对外管理服务事项（指行政许可以外的政务服务事项，含行政确认、行政奖励、行政裁决、行政给付、行政处罚、行政强制、行政检查、行政征收和其他类，以及公共服务事项）",
    ),
    ("上一年项目数量", "上一年项目数量（指上年度事项数）"),
    (
        "本年增/减",
        "本年增/减（指本年度增加或减少的事项数，减用负值表示，如-8）",
    ),
    ("处理决定数量", "处理决定数量（指本年度办件量）"),
    ("采购总金额", "采购总金额（单位：万元，保留4位小数）"),
];

/// Characters that are radicals elsewhere in Unicode.
const RADICALS: &[(char, char)] = &[
    ('行', '⾏'),
    ('人', '⼈'),
    ('大', '⼤'),
    ('生', '⽣'),
    ('文', '⽂'),
    ('目', '⽬'),
    ('工', '⼯'),
    ('无', '⽆'),
    ('止', '⽌'),
    ('自', '⾃'),
    ('见', '⻅'),
    ('方', '⽅'),
];

/// Breaks the labels of the tables.
pub fn alter(sheets: &mut [Sheet], faults: &Faults, rng: &mut Rng) {
    for sheet in sheets {
        for fault in &faults.list {
            match fault {
                Fault::AliasLabels => every(sheet, &mut |text| replaced(text, ALIASES)),
                Fault::LongLabels => every(sheet, &mut |text| replaced(text, EXPLANATIONS)),
                Fault::KangxiRadicals => every(sheet, &mut radicals),
                Fault::SplitLabels => every(sheet, &mut |text| split(text, rng)),
                Fault::VerticalLabels => vertical(sheet),
                Fault::TypingSlips => slips(sheet, rng, false),
                Fault::TransposedLabels => slips(sheet, rng, true),
                _ => {}
            }
        }
        if faults.has(Fault::AliasLabels) {
            for row in sheet.rows_mut() {
                other_ordinal(row);
            }
        }
    }
}

fn every(sheet: &mut Sheet, change: &mut dyn FnMut(&str) -> String) {
    for band in &mut sheet.bands {
        for column in &mut band.columns {
            column.shown = change(&column.shown);
        }
        for row in &mut band.rows {
            row.shown = change(&row.shown);
            for label in &mut row.shown_path {
                *label = change(label);
            }
        }
    }
}

fn replaced(text: &str, table: &[(&str, &str)]) -> String {
    table
        .iter()
        .find(|(official, _)| *official == text)
        .map_or(text, |(_, other)| other)
        .to_owned()
}

fn radicals(text: &str) -> String {
    let radical = |c: char| RADICALS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    text.chars().map(radical).collect()
}

/// `1、` for `1.`.
fn other_ordinal(row: &mut Row) {
    if row.shown.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        row.shown = row.shown.replacen('.', "、", 1);
    }
}

/// Breaks a label once in its middle, never inside its ordinal.
fn split(text: &str, rng: &mut Rng) -> String {
    let length = text.chars().count();
    if length < 4 || rng.chance(30) {
        return text.to_owned();
    }
    let at = if text.starts_with('（') && rng.chance(40) {
        3
    } else {
        (length / 2).max(2)
    };
    let mut out: String = text.chars().take(at).collect();
    out.push('\n');
    out.extend(text.chars().skip(at));
    out
}

fn vertical(sheet: &mut Sheet) {
    for row in sheet.rows_mut() {
        if let Some(label) = row.shown_path.first_mut() {
            let letters: Vec<String> = label.chars().map(String::from).collect();
            *label = letters.join("\n");
        }
    }
}

/// Leaves out a character, writes a like-sounding one, or lets two change places, in up to three labels.
fn slips(sheet: &mut Sheet, rng: &mut Rng, transpose: bool) {
    // In a short label one character may be all that tells it from its neighbour: 不予公开, 予以公开.
    const SHORTEST: usize = 7;
    let long = |row: &Row| bare(&row.label.chars().collect::<Vec<_>>()).len() >= SHORTEST;
    let mut candidates: Vec<&mut Row> = sheet.rows_mut().filter(|row| long(row)).collect();
    rng.shuffle(&mut candidates);
    for row in candidates.into_iter().take(3) {
        let mut letters: Vec<char> = row.shown.chars().collect();
        let body = bare(&letters);
        let at = body.start + 1 + rng.below(body.len() - 3);
        // A label without its negation is another label, not a slip of it.
        if !transpose && ['不', '未', '没', '非'].contains(&letters[at]) {
            continue;
        }
        if transpose {
            letters.swap(at, at + 1);
        } else if rng.chance(50) {
            letters.remove(at);
        } else {
            letters[at] = *rng.pick(&['的', '以', '其', '和', '之']);
        }
        row.shown = letters.into_iter().collect();
    }
}

/// A label without its ordinal and without what follows in brackets.
fn bare(letters: &[char]) -> std::ops::Range<usize> {
    let start = match letters {
        ['（', _, '）', ..] => 3,
        [_, '.' | '、', ..] => 2,
        _ => 0,
    };
    let end = letters
        .iter()
        .skip(start)
        .position(|&c| matches!(c, '（' | '“'))
        .map_or(letters.len(), |at| start + at);
    start..end.max(start)
}
