//! The words around the tables: title, headings, paragraphs.
//!
//! Invariant: a number in a sentence agrees with the tables as they were before any fault.

use crate::agency::Agency;
use crate::form::Form;
use crate::paper::{Block, Paper};
use crate::rng::Rng;
use crate::sheet::Sheet;

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// The six main headings and how else they are worded.
const HEADINGS: [&[&str]; 6] = [
    &[
        "总体情况",
        "总体情况",
        "总体情况",
        "工作基本情况",
        "概述",
        "基本情况",
        "主要工作概述",
    ],
    &[
        "主动公开政府信息情况",
        "主动公开政府信息情况",
        "行政机关主动公开政府信息情况",
        "主动公开政府信息的情况",
    ],
    &[
        "收到和处理政府信息公开申请情况",
        "收到和处理政府信息公开申请情况",
        "行政机关收到和处理政府信息公开申请情况",
        "依申请公开政府信息情况",
        "政府信息依申请公开办理情况",
    ],
    &[
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议、行政诉讼情况",
        "政府信息公开行政复议、行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        "复议、诉讼情况",
    ],
    &[
        "存在的主要问题及改进情况",
        "存在的主要问题及改进情况",
        "存在的主要问题及整改措施",
        "存在问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "主要问题和改进措施",
    ],
    &["其他需要报告的事项", "其他需要报告的事项", "其他需要报告的事项情况"],
];

const TOPICS: [(&str, &str); 5] = [
    (
        "主动公开情况",
        "通过门户网站、公示栏和政务新媒体及时发布信息，做到应公开尽公开",
    ),
    (
        "依申请公开情况",
        "严格按照法定时限履行答复程序，规范登记、办理、审核、答复、归档各环节",
    ),
    (
        "政府信息管理情况",
        "严格落实审核制度，建立动态调整机制，确保信息准确、及时、有效",
    ),
    (
        "平台建设情况",
        "加强门户网站和政务新媒体日常维护，优化二、三级目录和栏目设置",
    ),
    (
        "监督保障情况",
        "将信息公开工作纳入年度考核，组织业务培训，主动接受社会监督",
    ),
];

/// Writes a report around its tables.
pub fn write(agency: &Agency, year: i32, form: Form, sheets: Vec<Sheet>, rng: &mut Rng) -> Paper {
    let mut blocks = vec![Block::Paragraph(preface(year, form, rng))];
    let facts = Facts::of(&sheets);
    let mut sheets = sheets.into_iter();
    for (at, wordings) in HEADINGS.iter().enumerate() {
        blocks.push(heading(at, rng.pick::<&str>(wordings)));
        match at {
            0 => overview(agency, year, &facts, &mut blocks, rng),
            1..=3 => {
                if rng.chance(15) {
                    blocks.push(Block::Paragraph("具体情况见下表。".to_owned()));
                }
                blocks.extend(sheets.next().map(Block::Table));
            }
            4 => problems(agency, year, &mut blocks, rng),
            _ => other_matters(year, &mut blocks, rng),
        }
    }
    let published = format!("{}-01-{:02}", year + 1, rng.range(8, 31));
    if rng.chance(40) {
        let day = published.trim_start_matches(|c| c != '-').replace("-01-", "");
        blocks.push(Block::Closing(agency.name.clone()));
        blocks.push(Block::Closing(format!(
            "{}年1月{}日",
            year + 1,
            day.trim_start_matches('0')
        )));
    }
    Paper {
        title: title(agency, year, rng),
        agency: agency.name.clone(),
        year,
        index_number: format!("{:08}/{}-{:05}", rng.below(100_000_000), year + 1, rng.below(100_000)),
        published,
        site: agency.site.clone(),
        blocks,
        traditional: false,
    }
}

fn title(agency: &Agency, year: i32, rng: &mut Rng) -> Vec<String> {
    let name = &agency.name;
    match rng.below(6) {
        0 => vec![format!("{year}年{name}政府信息公开工作年度报告")],
        1 => vec![format!("{name}{year}年度政府信息公开工作年度报告")],
        2 => vec![name.clone(), format!("{year}年政府信息公开工作年度报告")],
        3 => vec![format!("{name}{year}年政府"), "信息公开工作年度报告".to_owned()],
        _ => vec![format!("{name}{year}年政府信息公开工作年度报告")],
    }
}

fn heading(at: usize, text: &str) -> Block {
    Block::Heading {
        level: 1,
        number: format!("{}、", NUMERALS[at]),
        text: text.to_owned(),
        broken_at: None,
    }
}

fn preface(year: i32, form: Form, rng: &mut Rng) -> String {
    let notice = match form {
        Form::F2019 => "国办公开办函〔2019〕60号",
        Form::F2021 | Form::Mixed => "国办公开办函〔2021〕30号",
    };
    let period = format!("本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。");
    if rng.chance(50) {
        format!(
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和有关通知（{notice}）要求，编制本报告。{period}"
        )
    } else {
        format!("根据《中华人民共和国政府信息公开条例》规定，结合工作实际，编制本报告。{period}")
    }
}

/// What the sentences say of the tables.
struct Facts {
    new: i64,
    granted: i64,
    forward: i64,
    review: i64,
    litigation: i64,
}

impl Facts {
    fn of(sheets: &[Sheet]) -> Self {
        let figure = |row: &str| sheets.iter().find_map(|sheet| sheet.figure(row, "total")).unwrap_or(0);
        Facts {
            new: figure("new"),
            granted: figure("granted"),
            forward: figure("carried_forward"),
            review: figure("review"),
            litigation: figure("litigation_direct") + figure("litigation_after_review"),
        }
    }
}

fn overview(agency: &Agency, year: i32, facts: &Facts, blocks: &mut Vec<Block>, rng: &mut Rng) {
    let own = agency.own;
    blocks.push(Block::Paragraph(format!(
        "{year}年，{own}认真贯彻落实《条例》，围绕中心工作，不断提高政府信息公开工作质量和水平。"
    )));
    let run_in = rng.chance(70);
    for (at, (topic, words)) in TOPICS.iter().enumerate() {
        let number = format!("（{}）", NUMERALS[at]);
        let rest = match at {
            0 => format!("{year}年{own}{words}，全年主动公开信息{}条。", rng.range(20, 9000)),
            1 => format!(
                "{words}。{year}年共收到政府信息公开申请{}件，予以公开{}件，结转下年度{}件；行政复议{}件，行政诉讼{}件。",
                facts.new, facts.granted, facts.forward, facts.review, facts.litigation
            ),
            _ => format!("{words}。"),
        };
        if run_in {
            blocks.push(Block::RunIn {
                head: format!("{number}{topic}。"),
                rest,
            });
        } else {
            blocks.push(Block::Heading {
                level: 2,
                number,
                text: (*topic).to_owned(),
                broken_at: None,
            });
            blocks.push(Block::Paragraph(rest));
        }
    }
}

fn problems(agency: &Agency, year: i32, blocks: &mut Vec<Block>, rng: &mut Rng) {
    let own = agency.own;
    let faults = "一是信息公开渠道还需拓宽；二是公开内容的质量有待提高；三是政策解读形式较为单一。";
    if rng.chance(50) {
        blocks.push(Block::Paragraph(format!(
            "{year}年，{own}信息公开工作取得一定成效，但仍存在不足：{faults}"
        )));
    } else {
        blocks.push(Block::Paragraph(format!("{year}年，{own}信息公开工作仍存在不足。")));
        blocks.push(Block::Paragraph("一是信息公开渠道还需拓宽。".to_owned()));
        blocks.push(Block::Paragraph(
            "二是公开内容的质量有待提高，二、三级目录更新不及时。".to_owned(),
        ));
    }
    blocks.push(Block::Paragraph(format!(
        "{}年，{own}将重点做好以下工作：一是完善制度；二是加强培训；三是丰富解读形式。",
        year + 1
    )));
}

fn other_matters(year: i32, blocks: &mut Vec<Block>, rng: &mut Rng) {
    blocks.push(Block::Paragraph(if rng.chance(40) {
        "无其他需要报告的事项。".to_owned()
    } else {
        format!("按照《政府信息公开信息处理费管理办法》，{year}年未收取信息处理费。")
    }));
}
