//! What a number in a sentence counts, told from the words around it.
//!
//! Every function here looks at folded text. Invariant: words that are not understood name nothing, so a number that belongs to
//! another thing (信息20条, 建议提案23件) is never taken.

/// Words between a label and its number that say nothing.
const FILLERS: &[&str] = &[
    "共计", "总计", "合计", "累计", "共", "计", "有", "为", "数量", "总数", "件数", "数", "的", "了", "达到", "达",
    "各", "均", "仅", "是", ":", "(", "“", "”", "总量",
];
/// Words that make a number a difference or a share.
const RELATIVE: &[&str] = &[
    "增加", "减少", "增长", "下降", "上升", "同比", "较", "比上", "比去", "超过", "平均", "回落", "降低", "多收",
    "少收",
];
/// Kinds of applicants and ways of applying: a number behind them is a part of the whole.
const PARTIAL: &[&str] = &[
    "当面",
    "网络",
    "网上",
    "在线",
    "信函",
    "邮寄",
    "书面",
    "电子",
    "传真",
    "邮件",
    "自然人",
    "法人",
    "公民",
    "商业",
    "企业",
    "其中",
    "平台",
    "律师",
];
/// Things that are applied for, received or handled beside information.
const OTHER_THINGS: &[&str] = &[
    "复议",
    "诉讼",
    "许可",
    "登记",
    "备案",
    "投诉",
    "举报",
    "执照",
    "救助",
    "仲裁",
    "提案",
    "建议",
    "留言",
    "咨询",
    "热线",
    "工单",
    "补贴",
    "资助",
    "信访",
    "项目",
    "社会保障",
    "低保",
    "贷款",
    "职称",
    "专利",
    "商标",
];
const RECEIVE: &[&str] = &["收到", "受理", "接收", "接到", "新收", "收悉"];
const ANSWER: &[&str] = &["办结", "答复", "回复", "办理", "办复", "处理"];

fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn strip<'a>(mut text: &'a str, words: &[&str]) -> &'a str {
    while let Some(rest) = words.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest;
    }
    text
}

/// What surrounds a number.
pub(super) struct Context<'a> {
    /// Words of the clause before the number.
    pub before: &'a str,
    /// Words of the clause behind it.
    pub after: &'a str,
    /// Whether those words run up to another number, to which they may belong.
    pub after_is_shared: bool,
    pub unit: char,
    /// Whether a number of applications received stands earlier in the sentence.
    pub after_received: bool,
    pub year: Option<i32>,
}

/// The key of what a number counts.
pub(super) fn counted(context: &Context) -> Option<&'static str> {
    let before = strip(context.before, FILLERS);
    if any(before, RELATIVE) {
        return None;
    }
    let few = "件宗份起例个".contains(context.unit);
    let named = carried(before, context.year)
        .or_else(|| few.then(|| outcome(before)).flatten())
        .or_else(|| dispute(before))
        .or_else(|| received(before))
        .or_else(|| few.then(|| answered(before, context.after_received)).flatten());
    named.or_else(|| named_behind(before, context))
}

/// 结转, from last year or to the next.
fn carried(before: &str, year: Option<i32>) -> Option<&'static str> {
    let at = before.rfind("结转").or_else(|| before.rfind("顺延"))?;
    let (front, behind) = before.split_at(at);
    let last = ["上年", "上一年", "去年", "往年", "以前年"];
    let next = ["下年", "下一年", "次年", "明年", "继续办理", "下个年"];
    if any(behind, &next) {
        return Some("applications.carried_forward");
    }
    if any(front, &last) || any(behind, &last) {
        return Some("applications.carried_over");
    }
    let stated = |text: &str| -> Option<i32> {
        text.get(text.find('年')?.checked_sub(4)?..text.find('年')?)?
            .parse()
            .ok()
    };
    match (stated(behind).or_else(|| stated(front)), year) {
        (Some(stated), Some(year)) if stated == year + 1 => Some("applications.carried_forward"),
        (Some(stated), Some(year)) if stated == year - 1 => Some("applications.carried_over"),
        _ => None,
    }
}

/// The results of handling, by their names in the form.
fn outcome(before: &str) -> Option<&'static str> {
    let label = strip(
        before,
        &["的", "申请", "答复", "政府信息", "案件", "决定", "告知书", "(", "件"],
    );
    for (name, key) in [
        ("不予公开", "applications.denied"),
        ("不予以公开", "applications.denied"),
        ("不同意公开", "applications.denied"),
        ("部分公开", "applications.partially_granted"),
        ("予以公开", "applications.granted"),
        ("同意公开", "applications.granted"),
        ("无法提供", "applications.unavailable"),
        ("不予处理", "applications.not_processed"),
        ("其他处理", "applications.other_handling"),
    ] {
        let Some(front) = label.strip_suffix(name) else {
            continue;
        };
        let joined = strip(front, &["予以", "及", "和", "与", "或", "、", "以及"]);
        let both = joined.len() < front.len() && any(&front[joined.len()..], &["及", "和", "与", "或", "、"]);
        if !both {
            return Some(key);
        }
        // Two results in one number; one such pair is common.
        let pair =
            key == "applications.partially_granted" && joined.ends_with("予以公开") && !joined.ends_with("不予以公开");
        return pair.then_some("applications.granted_or_partially_granted");
    }
    None
}

/// 行政复议 and 行政诉讼.
fn dispute(before: &str) -> Option<&'static str> {
    let label = strip(
        before,
        &["案件", "案", "申请", "的", "事项", "应诉", "情况", "类", "件"],
    );
    let review = label.ends_with("复议");
    let litigation = label.ends_with("诉讼") || (label.ends_with("申诉") && label.contains("诉讼"));
    match (review, litigation, label.contains("复议")) {
        (_, true, true) => Some("review_litigation.review_and_litigation"),
        (_, true, false) => Some("review_litigation.litigation"),
        (true, ..) if !label.contains("诉讼") => Some("review_litigation.review"),
        _ => None,
    }
}

/// 收到…申请, 受理…申请.
fn received(before: &str) -> Option<&'static str> {
    let rest = after_last(before, RECEIVE)?;
    let ends = [
        "申请",
        "事项",
        "公开",
        "件",
        "来信",
        "信件",
        "申请表",
        "申请书",
        "业务",
        "公开信息",
    ];
    let named = rest.contains("申请") && ends.iter().any(|end| rest.ends_with(end));
    let mixed = any(rest, OTHER_THINGS) || any(before, &["其中"]) || (any(rest, PARTIAL) && !rest.contains('等'));
    (named && !mixed && rest.chars().count() <= 40).then_some("applications.new")
}

/// 办结, 答复, 办理: what was handled in all.
fn answered(before: &str, after_received: bool) -> Option<&'static str> {
    if any(before, RECEIVE) || any(before, OTHER_THINGS) || any(before, PARTIAL) {
        return None;
    }
    let rest = after_last(before, ANSWER)?;
    let front = &before[..before.len() - rest.len()];
    let part = [
        "延期",
        "按时",
        "按期",
        "当场",
        "逾期",
        "不予处理",
        "其他处理",
        "其它处理",
        "未答复",
        "未办结",
        "正在办理",
        "继续办理",
        "待答复",
    ];
    let residue = strip(
        rest,
        &[
            "申请",
            "政府信息公开",
            "信息公开",
            "依申请公开",
            "依",
            "公开",
            "政府信息",
            "件",
            "的",
            "事项",
            "各类",
            "告知书",
        ],
    );
    let sure = rest.contains("申请") || (after_received && rest.is_empty());
    (residue.is_empty() && sure && !any(front, &part)).then_some("applications.results_total")
}

/// Where the number comes first: 收到1份政府信息公开申请, 2件结转下年度, 1件行政复议.
fn named_behind(before: &str, context: &Context) -> Option<&'static str> {
    let after = context.after;
    if any(after, RELATIVE) || context.after_is_shared {
        return None;
    }
    if any(after, &["结转", "顺延"]) {
        return carried(strip(after, FILLERS), context.year).filter(|key| *key == "applications.carried_forward");
    }
    let receiving = RECEIVE.iter().any(|verb| before.ends_with(verb));
    let application = after.find("申请").is_some_and(|at| after[..at].chars().count() <= 16);
    if receiving && application && !any(after, OTHER_THINGS) && !any(after, PARTIAL) && !any(before, &["其中"]) {
        return Some("applications.new");
    }
    let bare = [
        "",
        "发生",
        "有",
        "另有",
        "被提起",
        "收到",
        "涉及",
        "提起",
        "引发",
        "存在",
    ];
    let begins = after
        .trim_start_matches("政府")
        .trim_start_matches("信息公开")
        .trim_start_matches(['类', '的']);
    if bare.contains(&before) || bare[1..].iter().any(|word| before.ends_with(word)) {
        return match () {
            () if begins.starts_with("行政复议") && !after.contains("诉讼") => Some("review_litigation.review"),
            () if begins.starts_with("行政诉讼") => Some("review_litigation.litigation"),
            () => None,
        };
    }
    None
}

/// What follows the last of some words.
fn after_last<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words
        .iter()
        .filter_map(|word| text.rfind(word).map(|at| at + word.len()))
        .max()
        .map(|at| &text[at..])
}

/// The keys of which a clause says that there were none: 未收到政府信息公开申请, 没有发生行政复议、行政诉讼.
pub(super) fn denied(clause: &str) -> Vec<&'static str> {
    const NOT_RECEIVED: &[&str] = &[
        "未收到",
        "未接到",
        "未受理",
        "未接收",
        "未曾收到",
        "没有收到",
        "没有接到",
        "没有受理",
        "无收到",
    ];
    const NONE: &[&str] = &["没有", "无", "尚无", "均无"];
    const NOT_HAPPENED: &[&str] = &["未发生", "未出现", "未产生", "未因", "未被", "未涉及", "未有"];
    let mut keys = Vec::new();
    // Cheap first: most clauses deny nothing.
    if !clause.contains(['未', '无', '没']) {
        return keys;
    }
    let begins = [
        "政府信息",
        "信息公开",
        "依申请",
        "公民",
        "群众",
        "人",
        "任何",
        "新收",
        "申请",
        "行政复议",
        "行政诉讼",
        "因",
        "发生",
        "被",
        "涉及",
        "出现",
    ];
    let bare = after_first(clause, NONE).filter(|rest| begins.iter().any(|word| rest.starts_with(word)));
    let not_received = after_first(clause, NOT_RECEIVED);
    let Some(rest) = not_received.or(bare).or_else(|| after_first(clause, NOT_HAPPENED)) else {
        return keys;
    };
    if not_received.or(bare).is_some_and(denies_applications) {
        keys.push("applications.new");
    }
    if rest.contains("复议") {
        keys.push("review_litigation.review");
    }
    if rest.contains("诉讼") {
        keys.push("review_litigation.litigation");
    }
    keys
}

fn denies_applications(rest: &str) -> bool {
    let Some(at) = rest.find("申请") else { return false };
    let (front, behind) = (&rest[..at], &rest[at + "申请".len()..]);
    let of_something_else = [
        "因", "引起", "被", "不予", "超", "费", "逾期", "延期", "拒", "发生", "纠纷",
    ];
    let goes_on = ["行政复议", "复议", "人", "提起", "诉讼", "法院"];
    let about_information = any(rest, &["公开", "信息"]) || behind.is_empty();
    about_information
        && !any(front, &of_something_else)
        && !any(rest, OTHER_THINGS)
        && !any(rest, PARTIAL_OF_NONE)
        && !goes_on.iter().any(|word| behind.starts_with(word))
}

/// Ways of applying: that one of them was not used says nothing of the others.
const PARTIAL_OF_NONE: &[&str] = &["当面", "网络", "网上", "在线", "信函", "邮寄", "传真", "邮件"];

fn after_first<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words
        .iter()
        .filter_map(|word| text.find(word).map(|at| (at, at + word.len())))
        .min()
        .map(|(_, end)| &text[end..])
}
