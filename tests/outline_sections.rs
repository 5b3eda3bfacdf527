//! Headings become sections; row labels, captions, enumerations and sentences do not.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use nianbao::document::{Block, Document, GridBuilder, GridKind, Origin, Paragraph};
use nianbao::outline::{Outline, outline};
use nianbao::report::Section;

/// A document from lines: `# ` to `### ` marks a heading, `* ` bold, `| ` a claimed table row, `+` an unclaimed grid.
fn read(lines: &str) -> Outline {
    let mut document = Document::default();
    let mut claimed = Vec::new();
    for (number, line) in lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let origin = Origin::text(number as u32 + 1, 1);
        let hashes = line.chars().take_while(|c| *c == '#').count();
        let strong = line.starts_with("* ");
        claimed.push(line.starts_with('|'));
        let text = line.trim_start_matches(['#', '*', '|', ' ']).to_owned();
        document.blocks.push(if line.starts_with('+') {
            let mut grid = GridBuilder::new(GridKind::Ruled, origin.clone());
            grid.row([("a", origin.clone()), ("b", origin)]);
            Block::Grid(grid.build().0)
        } else {
            Block::Paragraph(Paragraph {
                text,
                heading: (hashes > 0).then_some(hashes as u8),
                strong,
                origin,
            })
        });
    }
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "（一）予以公开",
        "四、结转下年度继续办理",
    ];
    outline(&document, &claimed, &|text| labels.contains(&text))
}

fn headings(sections: &[Section]) -> Vec<String> {
    let mut all = Vec::new();
    for section in sections {
        let number = section.number.as_deref().unwrap_or("-");
        all.push(format!(
            "{}{number} {}",
            "  ".repeat(section.level as usize - 1),
            section.heading
        ));
        all.extend(headings(&section.children));
    }
    all
}

fn top(outline: &Outline) -> Vec<String> {
    let line = |s: &Section| format!("{} {}", s.number.as_deref().unwrap_or("-"), s.heading);
    outline.sections.iter().map(line).collect()
}

fn codes(outline: &Outline) -> Vec<&str> {
    outline
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_str())
        .collect()
}

#[test]
fn the_six_sections_of_the_form_are_found_with_their_keys_and_text() {
    let read = read(
        "# 青禾县水务局2022年政府信息公开工作年度报告
         根据有关规定，编制本报告。
         一、总体情况
         全年工作平稳。
         （一）主动公开情况。公开信息31条。
         继续公开。
         二、主动公开政府信息情况
         | 规章 0 0 0
         三、收到和处理政府信息公开申请情况
         | 0 0 0
         四、政府信息公开行政复议、行政诉讼情况
         | 0
         五、存在的主要问题及改进情况
         一是力度不够；二是经验不足。
         六、其他需要报告的事项：
         无",
    );
    let keys: Vec<_> = read
        .sections
        .iter()
        .map(|section| section.key.as_deref().unwrap_or("-"))
        .collect();
    assert_eq!(
        keys,
        [
            "overview",
            "proactive_disclosure",
            "applications",
            "review_litigation",
            "problems",
            "other_matters"
        ]
    );
    assert_eq!(read.sections[0].text, "全年工作平稳。");
    let child = &read.sections[0].children[0];
    assert_eq!(
        (child.heading.as_str(), child.text.as_str()),
        ("主动公开情况", "公开信息31条。\n继续公开。")
    );
    assert_eq!(child.key, None, "only main sections have keys");
    assert_eq!(read.sections[1].text, "");
    assert_eq!(read.sections[5].text, "无");
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
}

#[test]
fn every_level_is_nested_below_the_one_that_contains_it() {
    let read = read(
        "第一部分 概述
         一、总体情况
         （一）组织领导
         1.机构
         （1）人员
         ①编制
         2.经费
         （二）制度
         第二部分 主动公开政府信息情况
         一、主要做法",
    );
    assert_eq!(
        headings(&read.sections),
        [
            "第一部分 概述",
            "  一 总体情况",
            "    一 组织领导",
            "      1 机构",
            "        1 人员",
            "          ① 编制",
            "      2 经费",
            "    二 制度",
            "第二部分 主动公开政府信息情况",
            "  一 主要做法",
        ]
    );
}

#[test]
fn a_report_may_number_its_main_headings_in_any_style() {
    for (a, b, c) in [
        ("（一）", "（二）", "（三）"),
        ("1.", "2.", "3."),
        ("1、", "2、", "3、"),
        ("第一章 ", "第二章 ", "第三章 "),
        ("一.", "二，", "三："),
        ("## ", "## ", "## "),
        ("* 一、", "* 二、", "* 三、"),
        ("", "", ""),
    ] {
        let read = read(&format!(
            "{a}总体情况\n很好。\n{b}主动公开政府信息情况\n| 0\n{c}存在的主要问题及改进情况\n不多。"
        ));
        let found: Vec<_> = read.sections.iter().map(|section| section.heading.as_str()).collect();
        assert_eq!(
            found,
            ["总体情况", "主动公开政府信息情况", "存在的主要问题及改进情况"],
            "{a:?}"
        );
    }
}

#[test]
fn row_labels_and_captions_of_tables_are_not_headings() {
    let read = read(
        "## 一、总体情况
         好。
         ## 二、主动公开政府信息情况
         ### 第二十条第（一）项
         | 规章 0
         ### 第二十条第（五）项
         | 许可 0
         ## 三、收到和处理政府信息公开申请情况
         ### 一、本年新收政府信息公开申请数量
         | 0
         ### 二、上年结转政府信息公开申请数量
         | 0
         ### 三、本年度办理结果
         ### （一）予以公开
         | 0
         ### （六）其他
         | 0
         四、结转下年度继续办理
         | 0
         以上数据截至年底。
         ## 四、政府信息公开行政复议、行政诉讼情况
         ### 行政复议
         | 0",
    );
    assert_eq!(
        headings(&read.sections),
        [
            "一 总体情况",
            "二 主动公开政府信息情况",
            "三 收到和处理政府信息公开申请情况",
            "四 政府信息公开行政复议、行政诉讼情况"
        ]
    );
    assert_eq!(read.sections[2].text, "以上数据截至年底。");
}

#[test]
fn enumerations_and_sentences_stay_text_even_where_the_format_marks_them() {
    let read = read(
        "## 一、总体情况
         ### 三是提高解读效能。
         二、三级目录已经建成。
         （一）2021年，我局共公开信息20条。
         * 一是加强学习
         ## 二、主动公开政府信息情况
         | 0",
    );
    assert_eq!(headings(&read.sections), ["一 总体情况", "二 主动公开政府信息情况"]);
    assert_eq!(
        read.sections[0].text,
        "三是提高解读效能。\n二、三级目录已经建成。\n（一）2021年，我局共公开信息20条。\n一是加强学习"
    );
}

#[test]
fn an_enumeration_mark_typed_for_a_number_is_forgiven_where_the_wording_is_canonical() {
    let read = read("一、总体情况\n好。\n二、主动公开政府信息情况\n| 0\n三是收到和处理政府信息公开申请情况\n| 0");
    assert_eq!(top(&read)[2], "三 收到和处理政府信息公开申请情况");
    assert_eq!(codes(&read), ["outline.number_slip"]);
}

#[test]
fn a_heading_over_two_lines_is_joined() {
    let read = read(
        "三、
         收到和处理政府信息公开申请情况
         好。
         四、政府信息公开行政复议、
         行政诉讼情况
         | 0
         五、政府信息公开工作存在的主要问题
         及改进情况
         不多。",
    );
    assert_eq!(
        top(&read),
        [
            "三 收到和处理政府信息公开申请情况",
            "四 政府信息公开行政复议、行政诉讼情况",
            "五 政府信息公开工作存在的主要问题及改进情况"
        ]
    );
    assert_eq!(read.sections[2].key.as_deref(), Some("problems"));
    assert_eq!(read.sections[2].text, "不多。");
}

#[test]
fn odd_numbering_survives_and_is_named() {
    for (lines, headings, code) in [
        (
            "一、总体情况\n好。\n三、收到和处理政府信息公开申请情况\n无。",
            vec!["一 总体情况", "三 收到和处理政府信息公开申请情况"],
            "outline.number_skipped",
        ),
        (
            "一、总体情况\n好。\n二、主动公开政府信息情况\n无。\n二、收到和处理政府信息公开申请情况\n无。",
            vec![
                "一 总体情况",
                "二 主动公开政府信息情况",
                "二 收到和处理政府信息公开申请情况",
            ],
            "outline.number_repeated",
        ),
        (
            "一、总体情况\n好。\n二、主动公开政府信息情况\n无。\n一、收到和处理政府信息公开申请情况\n无。",
            vec![
                "一 总体情况",
                "二 主动公开政府信息情况",
                "一 收到和处理政府信息公开申请情况",
            ],
            "outline.number_restarted",
        ),
        (
            "一、总体情况\n好。\n主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。",
            vec![
                "一 总体情况",
                "- 主动公开政府信息情况",
                "三 收到和处理政府信息公开申请情况",
            ],
            "outline.number_missing",
        ),
    ] {
        let read = read(lines);
        assert_eq!(top(&read), headings);
        assert_eq!(codes(&read), [code]);
    }
}

#[test]
fn a_numbering_inside_a_section_does_not_cut_it_in_two() {
    let read = read(
        "一、总体情况
         好。
         二、存在的主要问题及改进情况
         （一）存在问题
         一、认识不深
         二、力量不足
         三、其他需要报告的事项
         无。",
    );
    assert_eq!(
        top(&read),
        ["一 总体情况", "二 存在的主要问题及改进情况", "三 其他需要报告的事项"]
    );
}

#[test]
fn a_heading_of_its_own_kind_keeps_its_place_and_has_no_key() {
    let read = read("一、概述\n好。\n二、主动公开情况\n无。\n三、提案办理情况\n四、复议、诉讼情况\n无。");
    assert_eq!(read.sections[2].heading, "提案办理情况");
    assert_eq!(read.sections[2].key, None);
    assert_eq!(read.sections.len(), 4);
}

#[test]
fn a_list_of_contents_does_not_double_the_sections() {
    let read = read(
        "目录
         一、总体情况……1
         二、主动公开政府信息情况……3
         三、其他需要报告的事项……5
         青禾县水务局2022年政府信息公开工作年度报告
         一、总体情况
         好。
         二、主动公开政府信息情况
         | 0
         三、其他需要报告的事项
         无。",
    );
    assert_eq!(
        top(&read),
        ["一 总体情况", "二 主动公开政府信息情况", "三 其他需要报告的事项"]
    );
    assert_eq!(read.sections[0].text, "好。");
    assert_eq!(codes(&read), ["outline.contents_list"]);
}

#[test]
fn an_empty_first_copy_of_a_heading_is_left_out() {
    let read = read(
        "一、总体情况
         # 青禾县水务局2022年政府信息公开工作年度报告
         一、总体情况
         好。
         二、主动公开政府信息情况
         | 0",
    );
    assert_eq!(top(&read), ["一 总体情况", "二 主动公开政府信息情况"]);
    assert_eq!(codes(&read), ["outline.heading_repeated"]);
}

#[test]
fn sections_that_are_empty_or_hold_only_an_unknown_table_are_kept() {
    let read =
        read("一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n+\n四、复议、诉讼情况");
    assert_eq!(read.sections.len(), 4);
    assert!(read.diagnostics.is_empty());
}

#[test]
fn a_report_without_headings_says_so() {
    let read = read("2019年，我办公开信息77条。\n| 0\n| 一、本年新收 0");
    assert!(read.sections.is_empty());
    assert_eq!(codes(&read), ["outline.no_sections"]);
}

#[test]
fn main_headings_without_numbers_stand_above_numbered_ones_of_the_same_wording() {
    let outline = read(
        "总体情况\n2023年，我局认真落实条例。\n（一）主动公开情况。\n全年公开信息36条。\n（二）依申请公开情况。\n共收到申请3件。\n\
         主动公开政府信息情况\n| 规章 1\n收到和处理政府信息公开申请情况\n具体情况见下表。\n| 一、本年新收政府信息公开申请数量\n\
         政府信息公开行政复议、行政诉讼情况\n| 0\n存在的主要问题及改进情况\n仍有不足。\n其他需要报告的事项\n无。",
    );
    assert_eq!(
        top(&outline),
        [
            "- 总体情况",
            "- 主动公开政府信息情况",
            "- 收到和处理政府信息公开申请情况",
            "- 政府信息公开行政复议、行政诉讼情况",
            "- 存在的主要问题及改进情况",
            "- 其他需要报告的事项"
        ]
    );
    assert_eq!(outline.sections[0].children.len(), 2);
}
