//! What was charged.

use super::*;

#[test]
fn that_nothing_was_charged_is_said_in_many_ways() {
    let heading = "四、政府信息公开的收费及减免情况";
    for text in [
        "没有向依申请公开对象收取复印、传真、递送等任何费用，也无减免情况。",
        "依申请公开政府信息不收取任何费用。",
        "依申请提供政府信息暂不收费。",
        "依申请公开政府信息均未收费。",
        "2012年没有产生费用。",
    ] {
        assert_eq!(under(heading, text), ["fees.amount_wanyuan 0 whole year"], "{text}");
    }
    assert_eq!(under("一、概述", "咨询服务不收取任何费用。"), [""; 0]);
}

#[test]
fn the_fee_for_handling_information_is_reported_since_2021() {
    let heading = "六、其他需要报告的事项";
    let charged = "fees.processing_fee_charged_yuan";
    for text in [
        "2012年，本机关未收取信息处理费。",
        "本年度无收取信息处理费的情况。",
        "我局没有产生政府信息公开信息处理费。",
        "本年度未向申请人收取任何信息处理费。",
        "本机关无信息处理费收费情况。",
        "依申请公开政府信息收取信息处理费0元。",
        "2012年度收取信息处理费总金额为0元。",
    ] {
        assert_eq!(under(heading, text), [format!("{charged} 0 whole year")], "{text}");
    }
    let text = "依据《政府信息公开信息处理费管理办法》规定，2012年实际收取信息处理费共计400元。";
    assert_eq!(under(heading, text), [format!("{charged} 400 whole year")]);
    let text = "我局向2名申请人收取信息公开处理费1,240元。";
    assert_eq!(under(heading, text), [format!("{charged} 1240 whole year")]);
    let text = "2012年发出收费通知的件数为3件，总金额为640元，实际收取的总金额为400元。";
    assert_eq!(
        under(heading, text),
        [
            "fees.processing_fee_notices 3 whole year",
            "fees.processing_fee_notified_yuan 640 whole year",
            "fees.processing_fee_charged_yuan 400 whole year",
        ]
    );
    let text = "本年度未发出收费通知，未收取信息处理费。";
    assert_eq!(
        under(heading, text),
        [
            "fees.processing_fee_notices 0 whole year",
            "fees.processing_fee_charged_yuan 0 whole year",
        ]
    );
}

#[test]
fn a_fee_that_was_waived_spent_or_only_due_was_not_charged() {
    let heading = "六、其他需要报告的事项";
    for text in [
        "减免信息处理费100元。",
        "应收取信息处理费100元。",
        "未按时收取信息处理费100元。",
        "信息公开费用1万元。",
        "未收取信息处理费的申请有3件。",
        "收取诉讼费用300元。",
    ] {
        assert_eq!(under(heading, text), [""; 0], "{text}");
    }
}

#[test]
fn charges_are_read_in_usual_words() {
    for text in [
        "2012年，依申请公开共收取检索、复制、邮寄等成本费用552元。",
        "依申请公开收费552元，其中检索费12元。",
        "四、收费情况。收费总额为552元，减免总额为17元。",
        "四、收费情况。收费金额552元。",
    ] {
        assert_eq!(described(text), ["fees.amount_yuan 552 whole year"], "{text}");
    }
}

#[test]
fn fees_are_stated_in_yuan() {
    let heading = "四、政府信息公开的收费及减免情况";
    for text in [
        "向申请人收取检索、复制、邮寄等费用0元。",
        "收取的费用为0元。",
        "收取费用0元。",
    ] {
        assert_eq!(under(heading, text), ["fees.amount_yuan 0 whole year"], "{text}");
    }
    assert_eq!(under(heading, "支出印刷费用3000元。"), [""; 0]);
}
