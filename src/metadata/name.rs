//! Names of public bodies in running text: what is one, what only stands where one would, and when two spellings mean one body.
//!
//! Invariant: a word that does something (编制, 发布, 做好) is never part of a name.

use std::sync::LazyLock;

use regex::Regex;

use super::date::squeeze;
use super::regex;
use crate::text::normalize::fold;

/// What public bodies end in.
const ENDINGS: &[&str] = &[
    "政府",
    "局",
    "委员会",
    "办公室",
    "办公厅",
    "办事处",
    "厅",
    "部",
    "院",
    "中心",
    "镇",
    "乡",
    "街道",
    "委",
    "署",
    "队",
    "总站",
    "所",
    "公司",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "管委会",
    "总队",
    "银行",
    "支行",
    "分行",
    "集团",
    "馆",
    "社",
    "处",
    "县",
    "区",
    "市",
    "省",
    "州",
    "盟",
    "旗",
    "苏木",
    "海关",
    "政府办",
    "府办",
    "党政办",
    "委办",
    "总会",
    "联合会",
    "协会",
    "工会",
    "妇联",
    "残联",
    "科协",
    "文联",
    "侨联",
    "党校",
    "医院",
    "站",
    "台",
    "庭",
    "会",
];

/// What somebody does with a report, and what refers to another paper.
const ACTS: &[&str] = &[
    "编制",
    "编印",
    "编写",
    "发布",
    "公布",
    "做好",
    "关于",
    "印发",
    "报送",
    "撰写",
    "上报",
    "填报",
    "现将",
    "根据",
    "依据",
    "按照",
    "遵照",
    "落实",
    "推进",
    "加强",
    "规范",
    "通知",
    "贯彻",
    "认真",
    "要求",
    "制定",
    "开展",
    "特向",
    "向社会",
    "形成",
    "提交",
    "起草",
    "完成",
    "以及",
    "转发",
    "召开",
    "报告",
    "公开",
    "并将",
    "对照",
    "参照",
    "收到",
    "如下",
    "网站",
    "下载",
    "标题",
];

/// Prefixes that say where a title stands or what it is about.
const BEFORE: &[&str] = &["关于", "關於", "附件", "特编制", "标题", "標題", "名称", "题名"];

/// What numbers a report among others, or says of what kind its body is, before the name: （一）, 一、, 附1, 第三篇, ①, （县直）.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(concat!(
        r"^(?:\([^()]{1,8}\)|[一二三四五六七八九十]{1,3}、|附件?[0-9一二三四五六七八九十]{1,2}|",
        r"第[0-9一二三四五六七八九十]{1,3}[篇章节编辑]|最新|[\u{2460}-\u{24FF}\u{2776}-\u{2793}])"
    ))
});

/// The name of a public body, or nothing where the words are none: 本级, 我局, 关于, 编制发布.
pub(super) fn agency(text: &str) -> Option<String> {
    // A name of which a character is not known is another name without it.
    if text.contains(char::REPLACEMENT_CHARACTER) || is_unfilled(text) || runs_together(text) {
        return None;
    }
    let mut text = trim(text);
    // A body reports on something: the name stands before it, unless nothing does.
    if let Some((before, after)) = text.split_once("关于").or_else(|| text.split_once("關於")) {
        text = if before.is_empty() { trim(after) } else { trim(before) };
    }
    for act in ["开展", "报送", "上报", "發布", "发布", "公布", "印发", "提交"] {
        text = text.strip_suffix(act).unwrap_or(text);
    }
    let plausible =
        (2..=40).contains(&text.chars().count()) && text.chars().all(|c| !c.is_ascii_punctuation() || "()".contains(c));
    (plausible
        && !text.contains(['《', '》', '“', '”'])
        && !stands_for_a_name(text)
        && !acts(text)
        && !ends_in_time(text))
    .then(|| text.to_owned())
}

/// Whether a name has the blank of a form that was not filled in: 青禾县XX局.
fn is_unfilled(text: &str) -> bool {
    ["XX", "xx", "ＸＸ", "××", "某某"]
        .iter()
        .any(|blank| text.contains(blank))
}

/// Whether the names of several bodies of one place stand in a row with nothing between them, as those of a menu do: 青禾县财政局青禾县教育局.
fn runs_together(text: &str) -> bool {
    let Some((place, _)) = text.char_indices().nth(SHARED).map(|(end, _)| text.split_at(end)) else {
        return false;
    };
    let again = text.match_indices(place).skip(1);
    let mut before = again.map(|(at, _)| &text[..at]);
    before.any(|before| {
        before.ends_with([
            '局', '委', '办', '府', '室', '院', '厅', '会', '处', '心', '队', '站', '所',
        ])
    })
}

/// Words with 、 between two public bodies of one place that white space parts: 青禾县财政局、青禾县税务局. White space that parts a name is
/// no more than that.
pub(super) fn joined(text: &str) -> Option<String> {
    let gaps = text
        .match_indices(char::is_whitespace)
        .map(|(at, gap)| (&text[..at], &text[at + gap.len()..]));
    let is_body = |name: &str| is_organisation(name) && !name.ends_with(LEVELS);
    let shared = |one: &str, other: &str| {
        one.chars()
            .zip(other.chars())
            .take_while(|(one, other)| one == other)
            .count()
    };
    let mut pairs = gaps.map(|(one, other)| (squeeze(one), squeeze(other)));
    let (one, other) = pairs.find(|(one, other)| {
        let end = other.find(|c: char| c.is_ascii_digit()).unwrap_or(other.len());
        is_body(one) && is_body(&other[..end]) && shared(one, other) >= SHARED
    })?;
    Some(format!("{one}、{other}"))
}

/// Characters with which the names of two bodies of one place begin.
const SHARED: usize = 2;

/// Whether words end in a time or a number, as where a year is printed in a way that is not known: `二0二二年`, `2O22`, `第十四届`.
fn ends_in_time(text: &str) -> bool {
    let in_digit = text.ends_with(|c: char| c.is_ascii_digit());
    in_digit || ["年", "年度", "年份", "届", "个"].iter().any(|end| text.ends_with(end))
}

fn trim(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| !c.is_alphanumeric() && !"（）()".contains(c));
    for prefix in BEFORE {
        text = text.strip_prefix(prefix).unwrap_or(text);
    }
    loop {
        let number = NUMBER
            .as_ref()
            .and_then(|number| number.find(text))
            .map_or(0, |number| number.end());
        let rest = text[number..].trim_start_matches(|c: char| c.is_ascii_digit() || "、.:：)_-《".contains(c));
        if rest.len() == text.len() {
            break;
        }
        text = rest;
    }
    let text = text.trim_start_matches('(');
    // What stands in brackets behind the name is not of it.
    text.trim_end_matches(['的', '《', '-', '_', '、', '(', '（'])
}

/// Whether the words do something instead of naming somebody. 区发展和改革局 and 县市场监督管理委员会 hold none of the words.
fn acts(text: &str) -> bool {
    // 机构编制委员会 compiles nothing.
    let folded = fold(text).replace("机构编制", "");
    ACTS.iter().any(|act| folded.contains(act))
}

/// 本级, 我局, 全县: words that stand where a name would. 本溪市 and 全南县 are names.
fn stands_for_a_name(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('本' | '全'), Some(next)) => "级局单机年度市县区镇乡部省街办系国厅委院校".contains(next),
        (Some('上' | '下'), Some(next)) => "级年半一".contains(next),
        (Some('我' | '该' | '各' | '年' | '度' | '其'), _) => true,
        _ => {
            let general = [
                "学院",
                "学校",
                "大学",
                "医院",
                "中心",
                "政府",
                "机关",
                "单位",
                "街道",
                "公司",
                "人民政府",
                "办事处",
                "街道办事处",
                "委员会",
                "管委会",
                "管理委员会",
                "办公室",
                "办公厅",
                "局办公室",
                "院办公室",
                "校办公室",
                "党办",
                "党政办",
                "党政办公室",
                "党委办公室",
                "综合办公室",
                "行政办公室",
                "秘书处",
                "综合处",
                "信息处",
                "信息中心",
                "网络中心",
                "数据中心",
                "宣传部",
                "组织部",
                "乡镇街道",
                "镇街道",
                "县直部门",
                "分局",
                "支局",
                "中心支局",
                "分行",
                "支行",
                "中心支行",
                "监管局",
                "调查队",
                "支队",
                "大队",
            ];
            general.contains(&text) || ["工作", "部门", "附件"].iter().any(|word| text.starts_with(word))
        }
    }
}

/// Whether a line is the name of a public body and nothing else.
pub(super) fn is_organisation(squeezed: &str) -> bool {
    let folded = fold(squeezed);
    (3..=40).contains(&squeezed.chars().count())
        && ENDINGS.iter().any(|end| folded.ends_with(end))
        && squeezed.chars().all(|c| c.is_alphabetic() || "（）()·".contains(c))
        && !stands_for_a_name(&folded)
        && !is_unfilled(&folded)
        && !runs_together(&folded)
        && !acts(&folded)
}

/// Whether the value of a field may be the name of a body: letters alone, and not the name of a thing that somebody does or of another field,
/// as 责任部门; nor a person, a site, or a section of a body that does not say which: 管理员, 互联网, 政策法规科.
pub(super) fn is_named(value: &str) -> bool {
    let count = value.chars().count();
    let ends = ["部门", "单位", "机构", "机关"];
    let is_label = count <= LONGEST_LABEL && ends.iter().any(|end| value.ends_with(end));
    count >= 3
        && value.chars().all(char::is_alphabetic)
        && !value.is_ascii()
        && !value.ends_with(['员', '网', '科', '股'])
        && !acts(value)
        && !is_label
        && !stands_for_a_name(&fold(value))
}

/// Characters of the longest name of a field that holds a body's name: 信息提供部门.
const LONGEST_LABEL: usize = 6;

/// Whether two spellings may mean one body: the same words, or one with more of its place before it.
pub(super) fn may_be_one(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    a == b || a.ends_with(&b) || b.ends_with(&a)
}

/// Whether one of two names is that of the office of the government that the other names, which signs for it.
pub(super) fn signs_for(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let is_office_of = |office: &str, government: &str| {
        let place = office.strip_suffix("政府办");
        place.is_some_and(|place| place.ends_with(government) || government.ends_with(place))
    };
    is_office_of(&a, &b) || is_office_of(&b, &a)
}

/// What the names of territories end with.
pub const LEVELS: [char; 9] = ['省', '市', '区', '县', '州', '盟', '旗', '镇', '乡'];

/// Whether a text of three or more characters is the end of a name with characters left out, none of which ends the name of a place or
/// body: 教体局 and 教育和体育局; 砚浦市财政局 is the body above 砚浦市云溪区财政局. Both are folded.
pub fn shortens(text: &str, name: &str) -> bool {
    let names_another = |c: char| LEVELS.contains(&c) || matches!(c, '局' | '厅' | '院' | '所' | '队' | '站');
    let mut rest = name.chars().rev();
    let mut wanted = text.chars().rev();
    let ends_alike = rest.next().is_some_and(|last| wanted.next() == Some(last));
    let in_order = |c: char| {
        let mut near = rest.by_ref().take_while(|other| *other == c || !names_another(*other));
        near.any(|other| other == c)
    };
    text.chars().count() >= 3 && ends_alike && wanted.all(in_order)
}

/// A name in its short form, for comparison alone: 县人民政府办公室, 县政府办公室 and 县政府办 are one.
fn plain(name: &str) -> String {
    let name = crate::body::in_full(&fold(name))
        .replace("人民政府", "政府")
        .replace("办公室", "办")
        .replace("办公厅", "办");
    let name = name
        .strip_suffix("街道办事处")
        .map_or(name.clone(), |place| format!("{place}街道"));
    let is_place = |place: &str| place.ends_with(['省', '市', '县', '区', '镇', '乡', '州', '旗', '盟']);
    match name.strip_suffix("政府") {
        Some(place) if is_place(place) => place.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_does_is_no_name() {
        for words in [
            "公布",
            "编制发布",
            "做好",
            "关于做好",
            "我局",
            "学院",
            "本级",
            "全县",
            "现将本局",
            "上年",
            "年度",
            "青禾县水务局22年",
            "青禾县水务局2O22",
            "青禾县水务局第十四届",
            "青禾县XX局",
            "办公室",
            "办事处",
            "人民政府",
        ] {
            assert_eq!(agency(words), None, "{words}");
        }
    }

    #[test]
    fn a_name_with_a_character_that_was_not_read_is_none() {
        assert_eq!(
            [
                agency("\u{FFFD}县人民政府"),
                agency("关于罗城\u{FFFD}佬族自治县人民政府")
            ],
            [None, None]
        );
        assert!(!is_organisation("罗城\u{FFFD}佬族自治县人民政府"));
    }

    #[test]
    fn a_name_is_taken_from_among_the_words_around_it() {
        for (words, name) in [
            ("关于青禾县水务局", "青禾县水务局"),
            ("青禾县水务局关于报送", "青禾县水务局"),
            ("标题青禾县政府办", "青禾县政府办"),
            ("全南县", "全南县"),
            ("上杭县", "上杭县"),
            ("(一)青禾县水务局", "青禾县水务局"),
            ("一、青禾县水务局", "青禾县水务局"),
            ("(县直)青禾县水务局", "青禾县水务局"),
            ("附1青禾县水务局", "青禾县水务局"),
            ("①青禾县水务局", "青禾县水务局"),
            ("第三篇青禾县水务局", "青禾县水务局"),
            ("3.青禾县水务局", "青禾县水务局"),
            ("第一师医院", "第一师医院"),
            ("中国(青禾)自由贸易试验区", "中国(青禾)自由贸易试验区"),
            ("青禾县发展和改革局", "青禾县发展和改革局"),
            ("中共青禾县委机构编制委员会办公室", "中共青禾县委机构编制委员会办公室"),
        ] {
            assert_eq!(agency(words).as_deref(), Some(name), "{words}");
        }
    }

    #[test]
    fn names_in_traditional_characters_are_names() {
        for name in [
            "青禾街道辦事處",
            "青禾大學",
            "青禾縣水務局",
            "青禾鎮人民政府",
            "青禾縣檔案館",
        ] {
            assert!(is_organisation(name), "{name}");
        }
    }

    #[test]
    fn spellings_of_one_body_agree_and_those_of_two_do_not() {
        assert!(may_be_one("青禾县政府办", "青禾县人民政府办公室"));
        assert!(may_be_one("青禾县水务局", "临澜市青禾县水务局"));
        assert!(may_be_one("石桥镇", "石桥镇人民政府"));
        assert!(may_be_one("青禾街道", "青禾街道办事处"));
        assert!(!may_be_one("青禾县人民政府", "青禾县人民政府办公室"));
        assert!(!may_be_one("青禾县水务局", "青禾县财政局"));
        assert!(may_be_one("青禾县发改委", "青禾县发展和改革委员会"));
        assert!(signs_for("青禾县人民政府", "青禾县政府办公室"));
        assert!(!signs_for("青禾县人民政府", "青禾县水务局"));
        assert!(!signs_for("青禾县人民政府", "石桥镇党政办公室"));
    }
}
