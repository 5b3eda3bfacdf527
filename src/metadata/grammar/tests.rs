use super::*;

#[test]
fn a_link_beside_the_title_is_no_part_of_it() {
    let title = parse("网站首页 青禾县水务局2021年度政府信息公开工作年度报告").unwrap();
    assert_eq!(title.text, "青禾县水务局2021年度政府信息公开工作年度报告");
    assert_eq!(title.agency.as_deref(), Some("青禾县水务局"));
}

#[test]
fn a_body_in_brackets_or_with_some_in_its_name_is_whole() {
    for (line, agency) in [
        ("青禾县档案局（馆）2022年政府信息公开工作年度报告", "青禾县档案局（馆）"),
        ("（青禾县水务局）2022年政府信息公开工作年度报告", "青禾县水务局"),
        ("2022年度政府信息公开工作年度报告（青禾县水务局）", "青禾县水务局"),
    ] {
        let fold = |name: &str| name.replace('（', "(").replace('）', ")");
        let found = parse(line).and_then(|title| title.agency);
        assert_eq!(found.as_deref().map(fold), Some(fold(agency)), "{line}");
    }
}

#[test]
fn agency_and_year_are_found_in_either_order() {
    for (line, agency, year) in [
        (
            "青禾县水务局2022年政府信息公开工作年度报告",
            Some("青禾县水务局"),
            Some(2022),
        ),
        (
            "2019年临澜市人民政府办公厅政府信息公开工作年度报告",
            Some("临澜市人民政府办公厅"),
            Some(2019),
        ),
        (
            "青禾县人民政府 2025 年 政府信息公开工作年度报告",
            Some("青禾县人民政府"),
            Some(2025),
        ),
        (
            "关于青禾县水务局2020年度政府信息公开工作情况的报告",
            Some("青禾县水务局"),
            Some(2020),
        ),
        (
            "《石桥镇人民政府二〇二三年政府信息公开工作年度报告》",
            Some("石桥镇人民政府"),
            Some(2023),
        ),
        ("2018年石桥镇政府信息公开工作年度报告", Some("石桥镇"), Some(2018)),
        ("石桥镇２０２１年信息公开年报", Some("石桥镇"), Some(2021)),
        (
            "东岭區氣象局2022年度政府信息公開工作年度報告",
            Some("东岭區氣象局"),
            Some(2022),
        ),
        ("2021年政府信息公开工作年度报告", None, Some(2021)),
        (
            "青禾县水务局政府信息公开工作年度报告（2021年）",
            Some("青禾县水务局"),
            Some(2021),
        ),
        (
            "青禾县水务局（2021年）政府信息公开工作年度报告",
            Some("青禾县水务局"),
            Some(2021),
        ),
        (
            "青禾县水务局二0二一年政府信息公开工作年度报告",
            Some("青禾县水务局"),
            Some(2021),
        ),
        ("青禾县水务局二O二一年度信息公开年报", Some("青禾县水务局"), Some(2021)),
    ] {
        let title = parse(line).unwrap_or_default();
        assert_eq!((title.agency.as_deref(), title.year), (agency, year), "{line}");
        assert_eq!(title.text, line);
    }
}

#[test]
fn other_lines_are_no_titles() {
    for line in [
        "政府信息公开年报",
        "目录名称：政府信息公开年报",
        "首页 > 政府信息公开 > 2020年政府信息公开年报",
        "现将2021年政府信息公开工作情况报告如下：",
        "2021年，我局按要求公布年度报告",
        "青禾县水务局2022年部门决算报告",
    ] {
        assert_eq!(parse(line), None, "{line}");
    }
}

#[test]
fn a_day_in_a_title_is_not_the_year_of_the_report() {
    for line in [
        "青禾县水务局2023年政府信息公开工作年度报告（2024年1月发布）",
        "2024年第1号公告 青禾县水务局2023年政府信息公开工作年度报告",
        "青禾县水务局政府信息公开年度工作报告2023",
        "青禾县水务局2023年1月1日至12月31日政府信息公开工作年度报告",
    ] {
        assert_eq!(parse(line).unwrap_or_default().year, Some(2023), "{line}");
    }
    assert_eq!(only_year("201204/80716_青禾县2011年"), Some(2011));
    let dated = parse("青禾县水务局政府信息公开工作年度报告（2024年1月发布）").unwrap_or_default();
    assert_eq!((dated.year, dated.names_several_years), (None, false));
}

#[test]
fn a_part_of_a_year_is_told_from_the_whole() {
    for part in [
        "2023年上半年",
        "2023年半年度",
        "2023年前三季度",
        "2023年第一季度",
        "2023年1-6月",
        "2023年5月份",
        "2023年5月",
        "二〇二三年五月",
        "2023年10月至12月",
    ] {
        let title = format!("青禾县水务局{part}政府信息公开工作报告");
        assert!(is_on_part_of_year(&title), "{title}");
    }
    for whole in [
        "2023年",
        "2023年度",
        "2023年1-12月",
        "2023年1月至12月",
        "2023年1月1日至12月31日",
    ] {
        let title = format!("青禾县水务局{whole}政府信息公开工作报告");
        assert!(!is_on_part_of_year(&title), "{title}");
    }
    for dated in [
        "青禾县水务局2024年1月政府信息公开年度报告",
        "青禾县水务局政府信息公开工作年度报告（2024年1月）",
    ] {
        assert!(!is_on_part_of_year(dated), "{dated}");
    }
}

#[test]
fn a_title_says_that_its_report_puts_another_right() {
    for behind in [
        "（更正版）",
        "(修订)",
        "（2024年3月修订）",
        "修订稿",
        "更正版",
        "（更正）",
    ] {
        let line = format!("青禾县水务局2023年政府信息公开工作年度报告{behind}");
        let title = parse(&line).unwrap_or_default();
        assert_eq!(title.text, line);
        assert_eq!(
            (title.agency.as_deref(), title.year),
            (Some("青禾县水务局"), Some(2023))
        );
        assert!(is_corrected_version(&line), "{line}");
    }
    for line in [
        "青禾县水务局2023年政府信息公开工作年度报告",
        "青禾县修订站2023年政府信息公开工作年度报告（2024年1月）",
    ] {
        assert!(!is_corrected_version(line), "{line}");
    }
}

#[test]
fn what_a_page_puts_around_a_title_is_no_part_of_it() {
    for line in [
        "【字体：大 中 小】 青禾县水务局2022年政府信息公开工作年度报告",
        "信息名称：青禾县水务局2022年政府信息公开工作年度报告",
        "标   题 青禾县水务局2022年政府信息公开工作年度报告",
        "标题青禾县水务局2022年政府信息公开工作年度报告",
        "第一篇：青禾县水务局2022年政府信息公开工作年度报告",
        "首页 政务公开 青禾县水务局2022年政府信息公开工作年度报告",
        "zwgk/201204/80716_青禾县水务局2022年政府信息公开工作年度报告",
        "青禾县水务局2022年政府信息公开工作年度报告根据《条例》编制并向社会公布。",
        "青禾县水务局2022年政府信息公开工作年度报告 发布日期：2023-01-20",
        "青禾县水务局2022年政府信息公开工作年度报告_青禾县人民政府",
    ] {
        let title = parse(line).unwrap_or_default();
        assert_eq!(title.text, "青禾县水务局2022年政府信息公开工作年度报告", "{line}");
        assert_eq!(
            (title.agency.as_deref(), title.year),
            (Some("青禾县水务局"), Some(2022))
        );
    }
}

#[test]
fn papers_about_reports_are_no_reports() {
    for line in [
        "青禾县人民政府办公室关于做好2022年政府信息公开工作年度报告编制和发布工作的通知",
        "青禾县人民政府办公室关于2022年政府信息公开工作年度报告有关事项的通知",
        "青禾县2022年政府信息公开工作年度报告制度",
        "青禾县2022年政府信息公开统计年报",
    ] {
        assert_eq!(parse(line), None, "{line}");
    }
}

#[test]
fn a_title_of_two_years_says_none() {
    for line in [
        "青禾县水务局2021年至2022年政府信息公开工作年度报告",
        "青禾县水务局2021年5月至2022年12月政府信息公开工作年度报告",
        "青禾大学2021-2022学年信息公开工作报告",
    ] {
        let title = parse(line).unwrap_or_default();
        assert!(title.agency.is_some(), "{line}");
        assert_eq!(title.year, None, "{line}");
    }
    let twice = parse("青禾县水务局2022年政府信息公开工作2022年度报告").unwrap_or_default();
    assert_eq!(twice.year, Some(2022));
}
