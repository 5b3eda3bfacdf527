//! The official tables as this crate knows them.
//!
//! Written down a second time on purpose: a maker that read the reader's own forms would repeat their mistakes and call them
//! truth. Keys are the public contract; labels are those of the official forms (国办公开办函〔2019〕60号, 〔2021〕30号).

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 2019 and 2020; some bodies kept it until 2023.
    F2019,
    /// 2021 onward.
    F2021,
    /// 2021, but table 3 keeps （六）其他处理 as one row.
    Mixed,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 3] = [Form::F2019, Form::F2021, Form::Mixed];

    /// Name for the command line.
    pub fn name(self) -> &'static str {
        match self {
            Form::F2019 => "2019",
            Form::F2021 => "2021",
            Form::Mixed => "mixed",
        }
    }
}

/// What a figure counts, for inventing one that looks right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A count of documents or decisions.
    Count,
    /// A change, which may be negative.
    Change,
    /// Money in 万元.
    Money,
}

/// A column: key, label, kind.
pub type ColumnSpec = (&'static str, &'static str, Kind);

/// A row: key, merged labels to its left, label.
pub type RowSpec = (&'static str, &'static [&'static str], &'static str);

/// A band of table 2: its line, its columns, its rows.
pub type BandSpec = (&'static str, &'static [ColumnSpec], &'static [RowSpec]);

const MADE: &[ColumnSpec] = &[
    ("made", "本年新制作数量", Kind::Count),
    ("newly_disclosed", "本年新公开数量", Kind::Count),
    ("total_disclosed", "对外公开总数量", Kind::Count),
];
const ITEMS: &[ColumnSpec] = &[
    ("items_last_year", "上一年项目数量", Kind::Count),
    ("items_change", "本年增/减", Kind::Change),
    ("decisions", "处理决定数量", Kind::Count),
];
const FEE_ITEMS: &[ColumnSpec] = &[
    ("items_last_year", "上一年项目数量", Kind::Count),
    ("items_change", "本年增/减", Kind::Change),
];
const PURCHASES: &[ColumnSpec] = &[
    ("items", "采购项目数量", Kind::Count),
    ("amount_wanyuan", "采购总金额", Kind::Money),
];
const ISSUED: &[ColumnSpec] = &[
    ("issued", "本年制发件数", Kind::Count),
    ("repealed", "本年废止件数", Kind::Count),
    ("in_force", "现行有效件数", Kind::Count),
];
const DECISIONS: &[ColumnSpec] = &[("decisions", "本年处理决定数量", Kind::Count)];
const FEES: &[ColumnSpec] = &[("amount_wanyuan", "本年收费金额（单位：万元）", Kind::Money)];

const DISCLOSURE_2019: &[BandSpec] = &[
    (
        "第二十条第（一）项",
        MADE,
        &[("regulations", &[], "规章"), ("normative_documents", &[], "规范性文件")],
    ),
    (
        "第二十条第（五）项",
        ITEMS,
        &[
            ("administrative_licenses", &[], "行政许可"),
            ("other_external_services", &[], "其他对外管理服务事项"),
        ],
    ),
    (
        "第二十条第（六）项",
        ITEMS,
        &[
            ("administrative_penalties", &[], "行政处罚"),
            ("administrative_compulsory_measures", &[], "行政强制"),
        ],
    ),
    (
        "第二十条第（八）项",
        FEE_ITEMS,
        &[("administrative_fees", &[], "行政事业性收费")],
    ),
    (
        "第二十条第（九）项",
        PURCHASES,
        &[("government_procurement", &[], "政府集中采购")],
    ),
];

const DISCLOSURE_2021: &[BandSpec] = &[
    (
        "第二十条第（一）项",
        ISSUED,
        &[
            ("regulations", &[], "规章"),
            ("normative_documents", &[], "行政规范性文件"),
        ],
    ),
    (
        "第二十条第（五）项",
        DECISIONS,
        &[("administrative_licenses", &[], "行政许可")],
    ),
    (
        "第二十条第（六）项",
        DECISIONS,
        &[
            ("administrative_penalties", &[], "行政处罚"),
            ("administrative_compulsory_measures", &[], "行政强制"),
        ],
    ),
    (
        "第二十条第（八）项",
        FEES,
        &[("administrative_fees", &[], "行政事业性收费")],
    ),
];

/// Columns of table 3.
pub const APPLICANTS: &[ColumnSpec] = &[
    ("natural_person", "自然人", Kind::Count),
    ("commercial_enterprise", "商业企业", Kind::Count),
    ("research_institution", "科研机构", Kind::Count),
    ("public_welfare_organization", "社会公益组织", Kind::Count),
    ("legal_service_organization", "法律服务机构", Kind::Count),
    ("other_organization", "其他", Kind::Count),
    ("total", "总计", Kind::Count),
];

const RESULTS: &str = "三、本年度办理结果";
const DENIED: &[&str] = &[RESULTS, "（三）不予公开"];
const UNAVAILABLE: &[&str] = &[RESULTS, "（四）无法提供"];
const NOT_PROCESSED: &[&str] = &[RESULTS, "（五）不予处理"];
const OTHER: &[&str] = &[RESULTS, "（六）其他处理"];

const APPLICATIONS: &[RowSpec] = &[
    ("new", &[], "一、本年新收政府信息公开申请数量"),
    ("carried_over", &[], "二、上年结转政府信息公开申请数量"),
    ("granted", &[RESULTS], "（一）予以公开"),
    (
        "partially_granted",
        &[RESULTS],
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    ),
    ("denied.state_secret", DENIED, "1.属于国家秘密"),
    ("denied.prohibited_by_law", DENIED, "2.其他法律行政法规禁止公开"),
    ("denied.security_and_stability", DENIED, "3.危及“三安全一稳定”"),
    ("denied.third_party_rights", DENIED, "4.保护第三方合法权益"),
    ("denied.internal_affairs", DENIED, "5.属于三类内部事务信息"),
    ("denied.process_information", DENIED, "6.属于四类过程性信息"),
    ("denied.enforcement_case_files", DENIED, "7.属于行政执法案卷"),
    ("denied.administrative_inquiry", DENIED, "8.属于行政查询事项"),
    ("unavailable.not_held", UNAVAILABLE, "1.本机关不掌握相关政府信息"),
    ("unavailable.must_be_created", UNAVAILABLE, "2.没有现成信息需要另行制作"),
    (
        "unavailable.unclear_after_correction",
        UNAVAILABLE,
        "3.补正后申请内容仍不明确",
    ),
    (
        "not_processed.petition_or_complaint",
        NOT_PROCESSED,
        "1.信访举报投诉类申请",
    ),
    ("not_processed.repeated", NOT_PROCESSED, "2.重复申请"),
    ("not_processed.publication", NOT_PROCESSED, "3.要求提供公开出版物"),
    ("not_processed.excessive", NOT_PROCESSED, "4.无正当理由大量反复申请"),
    (
        "not_processed.reissue_or_confirmation",
        NOT_PROCESSED,
        "5.要求行政机关确认或重新出具已获取信息",
    ),
];
const OTHER_ONE: &[RowSpec] = &[("other_handling.overall", &[RESULTS], "（六）其他处理")];
const OTHER_THREE: &[RowSpec] = &[
    (
        "other_handling.not_corrected_in_time",
        OTHER,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        "other_handling.fee_not_paid_in_time",
        OTHER,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other_handling.other", OTHER, "3.其他"),
];
const CLOSING: &[RowSpec] = &[
    ("results_total", &[RESULTS], "（七）总计"),
    ("carried_forward", &[], "四、结转下年度继续办理"),
];

/// Columns of each group of table 4.
pub const OUTCOMES: &[ColumnSpec] = &[
    ("upheld", "结果维持", Kind::Count),
    ("corrected", "结果纠正", Kind::Count),
    ("other", "其他结果", Kind::Count),
    ("pending", "尚未审结", Kind::Count),
    ("total", "总计", Kind::Count),
];

/// Column groups of table 4.
pub const PROCEEDINGS: &[RowSpec] = &[
    ("review", &[], "行政复议"),
    ("litigation_direct", &["行政诉讼"], "未经复议直接起诉"),
    ("litigation_after_review", &["行政诉讼"], "复议后起诉"),
];

/// The bands of table 2.
pub fn disclosure(form: Form) -> &'static [BandSpec] {
    match form {
        Form::F2019 => DISCLOSURE_2019,
        Form::F2021 | Form::Mixed => DISCLOSURE_2021,
    }
}

/// The rows of table 3.
pub fn applications(form: Form) -> Vec<RowSpec> {
    let other = match form {
        Form::F2021 => OTHER_THREE,
        Form::F2019 | Form::Mixed => OTHER_ONE,
    };
    [APPLICATIONS, other, CLOSING].concat()
}
