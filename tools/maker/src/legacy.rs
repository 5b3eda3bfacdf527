//! Reports of 2008 to 2018: sections of prose as the Regulations of 2007 ask for, and at their end a statistics table of the form
//! of 2014 or of a province, or none.
//!
//! Invariant: what is said of the body and its year is in the truth; what is said of other years, of parts or of other things is not.

use crate::form::Kind;
use crate::paper::{Block, Paper};
use crate::rng::Rng;
use crate::sheet::{self, Band, Cell, Column, Sheet, Which};

/// A row of a table: key, label, unit, figures.
pub type Row<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

/// The rows of form 2014; a row without a key heads a block.
pub const FORM_2014: &[Row] = &[
    ("", "一、主动公开情况", "——", &[""]),
    (
        "disclosure.total",
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
        "条",
        &["731"],
    ),
    (
        "disclosure.normative_documents",
        "其中：主动公开规范性文件数",
        "条",
        &["9"],
    ),
    (
        "disclosure.normative_documents_issued",
        "制发规范性文件总数",
        "件",
        &["10"],
    ),
    ("", "（二）通过不同渠道和方式公开政府信息的情况", "——", &[""]),
    ("disclosure.channels.gazette", "1.政府公报公开政府信息数", "条", &["13"]),
    (
        "disclosure.channels.website",
        "2.政府网站公开政府信息数",
        "条",
        &["702"],
    ),
    ("disclosure.channels.weibo", "3.政务微博公开政府信息数", "条", &["54"]),
    ("disclosure.channels.wechat", "4.政务微信公开政府信息数", "条", &["87"]),
    ("disclosure.channels.other", "5.其他方式公开政府信息数", "条", &["6"]),
    ("", "二、回应解读情况", "——", &[""]),
    (
        "response.hot_topics",
        "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）",
        "次",
        &["11"],
    ),
    ("", "（二）通过不同渠道和方式回应解读的情况", "——", &[""]),
    (
        "response.press_conferences",
        "1.参加或举办新闻发布会总次数",
        "次",
        &["5"],
    ),
    (
        "response.press_conferences_by_principal",
        "其中：主要负责同志参加新闻发布会次数",
        "次",
        &["3"],
    ),
    ("response.online_interviews", "2.政府网站在线访谈次数", "次", &["4"]),
    (
        "response.online_interviews_by_principal",
        "其中：主要负责同志参加政府网站在线访谈次数",
        "次",
        &["2"],
    ),
    ("response.policy_interpretations", "3.政策解读稿件发布数", "篇", &["16"]),
    ("response.weibo_wechat", "4.微博微信回应事件数", "次", &["8"]),
    ("response.other", "5.其他方式回应事件数", "次", &["1"]),
    ("", "三、依申请公开情况", "——", &[""]),
    ("requests.received", "（一）收到申请数", "件", &["38"]),
    ("requests.in_person", "1.当面申请数", "件", &["5"]),
    ("requests.by_fax", "2.传真申请数", "件", &["2"]),
    ("requests.online", "3.网络申请数", "件", &["20"]),
    ("requests.by_letter", "4.信函申请数", "件", &["11"]),
    ("requests.closed", "（二）申请办结数", "件", &["37"]),
    ("requests.closed_on_time", "1.按时办结数", "件", &["33"]),
    ("requests.closed_after_extension", "2.延期办结数", "件", &["4"]),
    ("replies.total", "（三）申请答复数", "件", &["37"]),
    ("replies.already_public", "1.属于已主动公开范围数", "件", &["7"]),
    ("replies.granted", "2.同意公开答复数", "件", &["12"]),
    ("replies.partially_granted", "3.同意部分公开答复数", "件", &["3"]),
    ("replies.denied", "4.不同意公开答复数", "件", &["6"]),
    ("replies.denied_state_secret", "其中：1.涉及国家秘密", "件", &["1"]),
    ("replies.denied_trade_secret", "2.涉及商业秘密", "件", &["2"]),
    ("replies.denied_privacy", "3.涉及个人隐私", "件", &["0"]),
    (
        "replies.denied_security_and_stability",
        "4.危及国家安全、公共安全、经济安全和社会稳定",
        "件",
        &["0"],
    ),
    (
        "replies.denied_not_government_information",
        "5.不是《条例》所指政府信息",
        "件",
        &["2"],
    ),
    ("replies.denied_other_law", "6.法律法规规定的其他情形", "件", &["1"]),
    ("replies.not_this_agency", "5.不属于本行政机关公开数", "件", &["4"]),
    ("replies.does_not_exist", "6.申请信息不存在数", "件", &["3"]),
    ("replies.asked_to_amend", "7.告知作出更改补充数", "件", &["1"]),
    ("replies.other_channel", "8.告知通过其他途径办理数", "件", &["1"]),
    ("review.total", "四、行政复议数量", "件", &["6"]),
    ("review.upheld", "（一）维持具体行政行为数", "件", &["3"]),
    ("review.corrected", "（二）被依法纠错数", "件", &["2"]),
    ("review.other", "（三）其他情形数", "件", &["1"]),
    ("litigation.total", "五、行政诉讼数量", "件", &["9"]),
    (
        "litigation.upheld",
        "（一）维持具体行政行为或者驳回原告诉讼请求数",
        "件",
        &["5"],
    ),
    ("litigation.corrected", "（二）被依法纠错数", "件", &["4"]),
    ("litigation.other", "（三）其他情形数", "件", &["0"]),
    ("complaints.total", "六、举报投诉数量", "件", &["14"]),
    ("fees.amount_wanyuan", "七、依申请公开信息收取的费用", "万元", &["0.12"]),
    ("", "八、机构建设和保障经费情况", "——", &[""]),
    ("institution.offices", "（一）政府信息公开工作专门机构数", "个", &["2"]),
    (
        "institution.reading_points",
        "（二）设置政府信息公开查阅点数",
        "个",
        &["15"],
    ),
    ("institution.staff", "（三）从事政府信息公开工作人员数", "人", &["19"]),
    (
        "institution.staff_full_time",
        "1.专职人员数（不包括政府公报及政府网站工作人员数）",
        "人",
        &["6"],
    ),
    ("institution.staff_part_time", "2.兼职人员数", "人", &["13"]),
    (
        "institution.funds_wanyuan",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "万元",
        &["21.5"],
    ),
    ("", "九、政府信息公开会议和培训情况", "——", &[""]),
    (
        "training.meetings",
        "（一）召开政府信息公开工作会议或专题会议数",
        "次",
        &["2"],
    ),
    ("training.courses", "（二）举办各类培训班数", "次", &["3"]),
    ("training.participants", "（三）接受培训人员数", "人次", &["120"]),
];

/// The rows of Fujian's table of 2009 to 2013: the year and all years so far.
pub const FUJIAN_2009: &[Row] = &[
    ("disclosure.total", "主动公开信息数", "条", &["318", "2204"]),
    (
        "disclosure.channels.website",
        "其中：1.网站公开",
        "条",
        &["300", "2100"],
    ),
    ("disclosure.channels.gazette", "2.政府公报公开", "条", &["18", "104"]),
    ("requests.received", "受理依申请公开信息总数", "条", &["6", "28"]),
    ("requests.in_person", "其中：1.当面申请数", "条", &["1", "5"]),
    ("requests.by_fax", "2.传真申请数", "条", &["0", "2"]),
    ("requests.by_email", "3.电子邮件申请数", "条", &["1", "4"]),
    ("requests.online", "4.网上申请数", "条", &["3", "12"]),
    ("requests.by_letter", "5.信函申请数", "条", &["1", "4"]),
    ("requests.other", "6.其它形式申请数", "条", &["0", "1"]),
    ("replies.total", "对申请的答复数", "条", &["6", "27"]),
    ("replies.granted", "其中：1.同意公开答复数", "条", &["4", "20"]),
    ("replies.partially_granted", "2.同意部分公开答复数", "条", &["1", "3"]),
    ("replies.refused", "3.否决公开答复数", "条", &["1", "4"]),
    ("review.total", "行政复议数", "件", &["1", "2"]),
    ("litigation.total", "行政诉讼数", "件", &["0", "1"]),
    ("complaints.appeals", "行政申诉数", "件", &["0", "0"]),
];

/// The rows of Fujian's table of 2014 to 2018: the year and all years so far.
pub const FUJIAN: &[Row] = &[
    ("disclosure.total", "主动公开文件数", "条", &["614", "7420"]),
    (
        "disclosure.channels.website",
        "其中：1、政府网站公开数",
        "条",
        &["600", "7300"],
    ),
    ("disclosure.channels.gazette", "2、政府公报公开数", "条", &["14", "120"]),
    ("requests.received", "受理依申请公开信息总数", "条", &["5", "31"]),
    ("requests.in_person", "其中：1、当面申请数", "条", &["1", "6"]),
    ("requests.online", "2、网上申请数", "条", &["3", "17"]),
    ("requests.by_letter_or_fax", "3、信函、传真申请数", "条", &["1", "8"]),
    ("replies.total", "对申请的答复总数", "条", &["5", "30"]),
    ("replies.granted", "其中：1、同意公开答复数", "条", &["3", "21"]),
    ("replies.partially_granted", "2、同意部分公开答复数", "条", &["0", "2"]),
    ("replies.denied", "3、不予公开答复数", "条", &["1", "4"]),
    ("replies.other", "4、其他类型答复数", "条", &["1", "3"]),
    ("fees.exempted_yuan", "政府信息公开收费减免金额", "元", &["0", "40"]),
    ("complaints.received", "接受行政诉讼、举报数", "件", &["0", "1"]),
    ("review.total", "行政复议数", "件", &["1", "2"]),
    ("litigation.total", "行政诉讼数", "件", &["0", "1"]),
];

/// The rows of a table of Shanghai's type; the code of a row is its first figure.
pub const SHANGHAI: &[Row] = &[
    ("disclosure.total", "主动公开信息数", "条", &["01", "71", "640"]),
    (
        "disclosure.full_text_electronic",
        "其中：全文电子化的主动公开信息数",
        "条",
        &["02", "70", "622"],
    ),
    ("requests.received", "申请总数", "条", &["10", "4", "27"]),
    ("requests.in_person", "其中：1.当面申请数", "条", &["11", "1", "5"]),
    ("requests.by_fax", "2.传真申请数", "条", &["12", "0", "2"]),
    ("requests.by_email", "3.电子邮件申请数", "条", &["13", "0", "4"]),
    ("requests.online", "4.网上申请数", "条", &["14", "2", "13"]),
    ("requests.by_letter", "5.信函申请数", "条", &["15", "1", "3"]),
    ("requests.other", "6.其他形式申请数", "条", &["16", "0", "0"]),
    ("replies.total", "对申请的答复总数", "条", &["17", "4", "26"]),
    ("replies.granted", "其中：1.同意公开答复数", "条", &["18", "3", "18"]),
    (
        "replies.partially_granted",
        "2.同意部分公开答复数",
        "条",
        &["19", "0", "1"],
    ),
    ("replies.refused", "3.否决公开答复总数", "条", &["20", "1", "7"]),
    ("review.total", "行政复议数", "件", &["32", "0", "1"]),
    ("litigation.total", "行政诉讼数", "件", &["33", "0", "0"]),
    ("complaints.appeals", "行政申诉数", "件", &["34", "0", "2"]),
];

/// A figure that sentences state of the whole body and the year: its key and the number.
pub type Said = (&'static str, i64);

/// A report: who reports on what year, its sections, and its statistics table, if it has one.
#[derive(Clone, Debug)]
pub struct Legacy {
    /// The county, town or other place whose government reports.
    pub place: &'static str,
    /// The year reported on.
    pub year: i32,
    /// Headings and paragraphs.
    pub blocks: Vec<Block>,
    /// The table at the end.
    pub table: Option<Sheet>,
}

impl Legacy {
    /// It as a paper.
    pub fn paper(&self) -> Paper {
        let (agency, year) = (format!("{}人民政府", self.place), self.year);
        let period = format!("本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。");
        let mut blocks = vec![Block::Paragraph(period)];
        blocks.extend(self.blocks.iter().cloned());
        let table = self.table.clone().map(Block::Table);
        let caption = table
            .is_some()
            .then(|| Block::Paragraph("附表：政府信息公开情况统计表".into()));
        blocks.push(Block::Closing(agency.clone()));
        if table.is_none() {
            blocks.push(Block::Closing(format!("{}年2月11日", year + 1)));
        }
        blocks.extend(caption.into_iter().chain(table));
        Paper {
            title: vec![format!("{agency}{year}年政府信息公开工作年度报告")],
            site: format!("{agency}门户网站"),
            agency,
            year,
            published: format!("{}-02-11", year + 1),
            index_number: String::new(),
            blocks,
            traditional: false,
        }
    }
}

/// A statistics table of label, unit and the columns that are named.
pub fn sheet(columns: &[&str], rows: &[Row]) -> Sheet {
    let column = |shown: &str| Column {
        key: "",
        label: "",
        shown: shown.into(),
        kind: Kind::Count,
    };
    let names = ["计量单位"].iter().chain(columns);
    let row = |row: &Row| sheet::Row {
        key: None,
        path: &[],
        shown_path: Vec::new(),
        label: "",
        shown: row.1.into(),
        cells: [row.2]
            .iter()
            .chain(row.3)
            .copied()
            .chain(std::iter::repeat(""))
            .take(1 + columns.len())
            .map(|printed| Cell {
                printed: printed.into(),
                value: None,
            })
            .collect(),
    };
    Sheet {
        which: Which::Statistics,
        bands: vec![Band {
            shown: None,
            columns: names.map(|name| column(name)).collect(),
            rows: rows.iter().map(row).collect(),
        }],
    }
}

/// The sections of a report of a county or a town, and what they state of it and the year. Beside that they tell of other years, of
/// parts and of what is no information.
pub fn prose(year: i32, place: &str, rng: &mut Rng) -> (Vec<Block>, Vec<Said>) {
    let level = &place[place.len() - '县'.len_utf8()..];
    let mut said = Vec::new();
    let sections = [
        ("概述", overview(rng)),
        ("主动公开政府信息的情况", disclosure(year, level, rng, &mut said)),
        (
            "依申请公开政府信息和不予公开政府信息的情况",
            applications(year, level, rng, &mut said),
        ),
        ("政府信息公开的收费及减免情况", fees(rng, &mut said)),
        (
            "因政府信息公开申请行政复议、提起行政诉讼的情况",
            disputes(year, level, rng, &mut said),
        ),
        (
            "政府信息公开工作存在的主要问题及改进情况",
            "公开的内容与公众的需求还有差距。".to_owned(),
        ),
    ];
    let mut blocks = Vec::new();
    for (number, (heading, text)) in ["一、", "二、", "三、", "四、", "五、", "六、"].iter().zip(sections) {
        blocks.push(Block::Heading {
            level: 1,
            number: (*number).into(),
            text: heading.into(),
            broken_at: None,
        });
        blocks.push(Block::Paragraph(text));
    }
    (blocks, said)
}

fn overview(rng: &mut Rng) -> String {
    let (a, b) = (rng.range(20, 90_000), rng.range(2, 400));
    match rng.below(3) {
        0 => format!("行政服务中心窗口全年共受理申请{a}件，办结{b}件。"),
        1 => format!("全年办理建议提案{b}件，受理法律援助申请{a}件。"),
        _ => format!("按照政府信息公开工作要求，配备{b}名工作人员，全职负责舆情监控。"),
    }
}

fn disclosure(year: i32, level: &str, rng: &mut Rng, said: &mut Vec<Said>) -> String {
    let (a, b, c) = (rng.range(100, 900), rng.range(2, 90), rng.range(2, 90));
    let all = a + b + c;
    let before = all + rng.range(100, 9000);
    match rng.below(5) {
        0 => {
            said.extend([
                ("disclosure.total", all),
                ("disclosure.channels.website", a),
                ("disclosure.channels.wechat", b),
                ("disclosure.channels.other", c),
            ]);
            format!(
                "{year}年，全{level}共主动公开政府信息{all}条，其中政府网站公开{a}条，政务微信公开{b}条，其他方式公开{c}条。"
            )
        }
        1 => {
            said.push(("disclosure.total", all));
            format!(
                "{year}年，我{level}累计主动公开政府信息{all}条。其中机构职能类信息{a}条，占{b}%；工作动态类信息{c}条。"
            )
        }
        2 => {
            said.push(("disclosure.total", all));
            format!("历年累计主动公开政府信息{before}条，其中{year}年主动公开{all}条。")
        }
        3 => {
            said.push(("disclosure.total", all));
            format!("{year}年，我{level}通过政府网站、公开栏等形式主动公开政府信息{all}条。")
        }
        _ => format!(
            "{year}年，全{level}主动公开政府信息近{all}条，{}年为{before}条。",
            year - 1
        ),
    }
}

fn applications(year: i32, level: &str, rng: &mut Rng, said: &mut Vec<Said>) -> String {
    let (a, b, c) = (rng.range(2, 30), rng.range(31, 60), rng.range(61, 90));
    let all = a + b + c;
    match rng.below(4) {
        0 => {
            said.extend([
                ("applications.new", all),
                ("requests.in_person", a),
                ("requests.online", b),
                ("requests.by_letter", c),
                ("requests.closed_on_time", all),
            ]);
            format!(
                "{year}年，我{level}共收到政府信息公开申请{all}件，其中当面申请{a}件，网络申请{b}件，信函申请{c}件；按时办结{all}件。"
            )
        }
        1 => {
            said.push(("applications.new", 0));
            format!("{year}年，我{level}未收到政府信息公开申请。")
        }
        2 => {
            said.extend([
                ("applications.new", all),
                ("applications.granted", b),
                ("applications.denied", a),
            ]);
            format!("{year}年，受理公民、法人和其他组织提出的政府信息公开申请{all}件，同意公开{b}件，不予公开{a}件。")
        }
        _ => {
            said.push(("applications.new", b));
            format!(
                "{}年收到政府信息公开申请{a}件，{year}年收到政府信息公开申请{b}件。",
                year - 1
            )
        }
    }
}

fn fees(rng: &mut Rng, said: &mut Vec<Said>) -> String {
    said.push(("fees.amount_wanyuan", 0));
    (*rng.pick(&[
        "未收取任何费用。",
        "依申请提供政府信息暂不收费。",
        "没有收费及减免的情况。",
    ]))
    .to_owned()
}

fn disputes(year: i32, level: &str, rng: &mut Rng, said: &mut Vec<Said>) -> String {
    if rng.chance(50) {
        said.extend([
            ("review_litigation.review", 0),
            ("review_litigation.litigation", 0),
            ("complaints.appeals", 0),
        ]);
        return format!("未发生针对我{level}政府信息公开的行政复议、行政诉讼和申诉的情况。");
    }
    let (a, b) = (rng.range(2, 40), rng.range(2, 40));
    said.extend([("review_litigation.review", a), ("review_litigation.litigation", b)]);
    format!("{year}年，因政府信息公开被申请行政复议{a}件，提起行政诉讼{b}件。")
}
