//! Numbers that are pieces of others: kinds of fees, origins, bodies side by side, digits that a gap parts, numbers that were put right.

use super::*;

fn own_of(agency: &str, heading: &str, text: &str) -> Vec<String> {
    let (figures, _) = below(heading, text, agency, 2012);
    let own: Vec<_> = figures.into_iter().filter(NarrativeFigure::is_of_the_report).collect();
    in_words(&own)
}

#[test]
fn one_kind_of_fee_is_not_what_was_charged() {
    let fees = |text: &str| own_of("砚浦县民政局", "五、收费及减免情况", text);
    for (text, expected) in [
        (
            "收取检索费210元、复制费1070元，共计1280元。",
            &["fees.amount_yuan 1280 whole year"][..],
        ),
        ("收取检索费210元，复制费170元，邮寄费90元。", &[]),
        ("收取工本费69元，减免检索费28元。", &[]),
        ("收取工本费69元。", &["fees.amount_yuan 69 whole year"]),
        ("共收取费用57元，其中检索费5元。", &["fees.amount_yuan 57 whole year"]),
    ] {
        assert_eq!(fees(text), expected, "{text}");
    }
}

#[test]
fn a_number_beside_those_of_other_bodies_or_origins_is_no_total() {
    let heading = "二、主动公开政府信息情况";
    for (text, expected) in [
        ("县政府主动公开政府信息89条，县直部门1908条，乡镇445条。", &[][..]),
        (
            "主动公开政府信息2353条，县直部门1908条，乡镇445条。",
            &["disclosure.total 2353 whole year"],
        ),
        ("收到政府信息公开申请68件来自公民，7件来自企业。", &[]),
        (
            "收到政府信息公开申请68件，均为网上申请。",
            &["applications.new 68 whole year"],
        ),
    ] {
        assert_eq!(own_of("云岫县人民政府", heading, text), expected, "{text}");
    }
}

#[test]
fn a_gap_between_digits_joins_no_number() {
    for (text, expected) in [
        ("收到政府信息公开申请56 7件。", &[][..]),
        ("收到政府信息公开申请５６　７件。", &[]),
        ("收到政府信息公开申请 56 件。", &[56]),
        ("收到政府信息公开申请1 234件。", &[1234]),
        ("2 0 2 2 年收到政府信息公开申请 5 6 件。", &[56]),
        ("20 21年收到政府信息公开申请56件。", &[]),
    ] {
        let values: Vec<_> = figures(text).into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, expected, "{text}");
    }
}

#[test]
fn a_number_that_was_put_right_is_no_figure() {
    for text in [
        "“主动公开政府信息325条”更正为“主动公开政府信息460条”。",
        "将“主动公开政府信息325条”修改为“主动公开政府信息460条”。",
        "主动公开政府信息325条有误。",
    ] {
        assert!(own_of("砚浦县民政局", "更正说明", text).is_empty(), "{text}");
    }
}
