//! Whose figures a table holds, as its caption says.
//!
//! Invariant: a caption is that of another body only where it names a body, or a group of bodies, that cannot be the agency; the name of
//! a place alone may be that of its government or of all bodies in it, and says nothing.

use super::name::{self, LEVELS};
use crate::text::normalize::fold;
use crate::text::year::squeeze;

/// What captions say of the figures behind the name of the body.
const MATTERS: &[&str] = &[
    "政府信息",
    "信息公开",
    "政务公开",
    "主动公开",
    "依申请",
    "收到",
    "受理",
    "办理",
    "行政复议",
    "申请",
    "公开",
    "情况",
    "数据",
    "数字",
    "统计",
    "汇总",
    "合计",
];
/// Without one of them a line before a table is no caption.
const CAPTIONS: &[&str] = &["情况", "统计", "数据", "汇总", "合计", "报表", "一览"];
/// What stands in front of a caption.
const NUMBERED: &[&str] = &["附件", "附表", "附", "表"];
/// What the name of a group of bodies begins with: 县直部门, 各乡镇.
const GROUPS: &[&str] = &["各", "县直", "市直", "区直", "省直", "州直", "旗直"];
/// What that of a group below the agency begins with: 下属单位.
const BELOW: &[&str] = &["下辖", "下属", "所属", "直属", "所辖"];
/// And what it ends in.
const MEMBERS: &[&str] = &[
    "部门",
    "单位",
    "乡镇",
    "镇",
    "乡",
    "街道",
    "县区",
    "县市区",
    "区县",
    "县",
    "区",
    "市",
    "委办局",
    "镇街",
];
/// Bodies that speak for their place.
const GOVERNING: &[&str] = &["政府", "管委会", "管理委员会", "街道办事处"];
const PLACES: &[&str] = &["省", "市", "区", "县", "州", "盟", "旗", "镇", "乡", "街道"];

/// Whether the caption of a table says that its figures are another body's than those of the agency: 青禾县教育局政府信息公开申请情况,
/// 各乡镇合计, 全市情况 in the report of a county.
pub fn is_of_another_body(caption: &str, agency: &str) -> bool {
    let caption = squeeze(caption);
    // 教育局：
    let alone = caption.strip_suffix([':', '：']);
    if alone.is_some_and(|name| is_another(name, agency)) {
        return true;
    }
    let caption = fold(&caption);
    // 政府信息公开情况统计表(教育局)
    let remark = caption
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
        .map(|(_, remark)| remark);
    if remark.is_some_and(|remark| is_of_others(remark, agency)) {
        return true;
    }
    if !CAPTIONS.iter().any(|word| caption.contains(word)) {
        return false;
    }
    body(&caption).is_some_and(|body| is_of_others(&body, agency))
}

/// Whether words name another body than the agency, or a group of bodies.
fn is_of_others(body: &str, agency: &str) -> bool {
    if let Some(place) = body.strip_prefix('全') {
        return PLACES.iter().any(|known| place.starts_with(known)) && !speaks_for(agency, place);
    }
    let below = BELOW.iter().any(|group| body.starts_with(group));
    let is_group =
        below || ["乡镇", "部门", "县区", "区县"].contains(&body) || GROUPS.iter().any(|group| body.starts_with(group));
    if is_group {
        // 下属单位青禾县水文站.
        let names_one = || {
            let behind = MEMBERS.iter().filter_map(|member| Some(body.split_once(member)?.1));
            below
                && behind
                    .filter(|name| !name.is_empty())
                    .any(|name| is_another(name, agency))
        };
        return MEMBERS.iter().any(|member| body.ends_with(member)) && (below || !may_belong(agency, body))
            || names_one();
    }
    is_another(body, agency)
}

/// Whether an agency may be one of a group, whose table it fills in: a bureau of 县直部门, a town of 乡镇.
fn may_belong(agency: &str, group: &str) -> bool {
    let agency = fold(agency);
    let governs = GOVERNING.iter().any(|end| agency.ends_with(end));
    match group.ends_with(['镇', '乡']) || group.ends_with("街道") || group.ends_with("镇街") {
        true => ["镇", "乡", "街道"].iter().any(|place| speaks_for(&agency, place)),
        false => !governs,
    }
}

/// Whether words are the name of a body, and not of a place alone, that cannot be the agency.
fn is_another(body: &str, agency: &str) -> bool {
    // A town is a body, a county a place.
    let is_place = body.ends_with(&LEVELS[..7]);
    let is_body = !is_place && name::is_organisation(body) && name::agency(body).is_some();
    let is_short = || {
        let (body, agency) = (fold(body), fold(agency));
        name::shortens(&body, &agency) || name::shortens(&agency, &body)
    };
    is_body && !name::may_be_one(body, agency) && !name::signs_for(body, agency) && !is_short()
}

/// The name in front of what a caption is about.
fn body(caption: &str) -> Option<String> {
    let numbered = NUMBERED.iter().find_map(|word| caption.strip_prefix(word));
    let is_mark = |c: char| c.is_ascii_digit() || "一二三四五六七八九十.、:：_-".contains(c);
    let caption = numbered.map_or(caption, |rest| rest.trim_start_matches(is_mark));
    let end = MATTERS.iter().filter_map(|matter| caption.find(matter)).min()?;
    let head = caption[..end].trim_start_matches("其中");
    // 青禾县教育局2023年, 2023年青禾县教育局.
    let head = head.trim_matches(|c: char| c.is_ascii_digit() || "年度份()（）的".contains(c));
    (head.chars().count() > 1).then(|| fold(head))
}

/// Whether an agency speaks for all of a place: a county's government for 全县.
fn speaks_for(agency: &str, place: &str) -> bool {
    let agency = fold(agency);
    let territory = GOVERNING
        .iter()
        .find_map(|end| agency.strip_suffix(end))
        .unwrap_or(&agency);
    let territory = territory.trim_end_matches("人民");
    PLACES
        .iter()
        .any(|known| place.starts_with(known) && territory.ends_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_of_another_body_or_of_a_group_of_bodies_is_known() {
        for (caption, agency) in [
            ("附件：青禾县教育局政府信息公开申请情况", "青禾县人民政府"),
            ("青禾县公安局2023年政府信息公开申请情况", "青禾县人民政府"),
            ("2023年青禾县公安局依申请公开情况统计表", "青禾县水务局"),
            ("各乡镇合计", "青禾县人民政府"),
            ("县直部门汇总数", "青禾县人民政府"),
            ("下辖乡镇情况", "青禾县人民政府"),
            ("全市情况", "青禾县人民政府"),
            ("全县政府信息公开申请情况", "青禾县水务局"),
            ("城关镇政府信息公开情况表", "青禾县人民政府"),
            ("教育局：", "青禾县人民政府"),
            ("政府信息公开情况统计表（教育局）", "青禾县人民政府"),
            ("政府信息公开情况统计表（乡镇）", "青禾县人民政府"),
            ("政府信息公开情况统计表（全市）", "青禾县人民政府"),
            ("砚浦市财政局2023年政府信息公开情况", "砚浦市云溪区财政局"),
            ("市财政局政府信息公开情况", "砚浦市云溪区财政局"),
            ("砚浦市云溪区财政局2023年政府信息公开情况", "砚浦市财政局"),
            ("下属单位政府信息公开情况", "青禾县水务局"),
            ("其中下属单位青禾县水文站情况如下：", "青禾县水务局"),
            ("县直部门政府信息公开情况", "石桥镇人民政府"),
        ] {
            assert!(is_of_another_body(caption, agency), "{caption} {agency}");
        }
    }

    #[test]
    fn a_caption_of_the_agency_itself_or_of_a_place_is_not() {
        for (caption, agency) in [
            ("附表1：青禾县水务局2023年度政府信息公开情况统计表", "青禾县水务局"),
            ("青禾县政府信息公开情况统计表", "青禾县水务局"),
            ("青禾县人民政府信息公开申请情况", "青禾县水务局"),
            ("青禾县人民政府政府信息公开申请情况", "青禾县人民政府"),
            ("县政府办2023年政府信息公开申请情况", "青禾县人民政府办公室"),
            ("青禾县人民政府办公室政府信息公开情况", "青禾县人民政府"),
            ("青禾县教体局收到和处理政府信息公开申请情况", "青禾县教育和体育局"),
            ("青禾县卫健委政府信息公开情况", "青禾县卫生健康委员会"),
            ("全县政府信息公开情况统计表", "青禾县人民政府"),
            ("全镇情况统计", "石桥镇人民政府"),
            ("各级行政机关政府信息公开情况", "青禾县人民政府"),
            ("三、收到和处理政府信息公开申请情况", "青禾县人民政府"),
            (
                "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
                "青禾县人民政府",
            ),
            ("2023年政府信息公开情况统计表", "青禾县人民政府"),
            ("制作单位：青禾县人民政府办公室", "青禾县水务局"),
            ("县人民法院裁定情况", "青禾县水务局"),
            ("水务局：", "青禾县水务局"),
            ("所属年度情况如下：", "青禾县水务局"),
            ("其中本局情况如下：", "青禾县水务局"),
            ("填报单位：", "青禾县水务局"),
            ("政府信息公开情况统计表（2023年度）", "青禾县水务局"),
            ("政府信息公开情况统计表（水务局）", "青禾县水务局"),
            ("政府信息公开情况统计表（全县）", "青禾县人民政府"),
            ("县教体局政府信息公开情况", "青禾县教育和体育局"),
            ("县直部门政府信息公开情况统计表", "青禾县水务局"),
            ("乡镇政府信息公开情况统计表", "石桥镇人民政府"),
            ("政府信息公开行政复议、行政诉讼情况", "青禾县水务局"),
        ] {
            assert!(!is_of_another_body(caption, agency), "{caption} {agency}");
        }
    }
}
