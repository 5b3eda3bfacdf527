//! One body with reports for 2008 to 2025 over all forms: one series, each value right and each break marked.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod legacy_support;

use legacy_support::{FORM_2014, FUJIAN, FUJIAN_2009, Row, SHANGHAI, html};
use nianbao::forms::forms;
use nianbao::read::Hints;
use nianbao::report::{Number, Report, Table, Values};
use nianbao::series::chart;
use nianbao::series::crosswalk::{Crosswalk, crosswalk};
use nianbao::series::harmonised::{Point, of_report, series};
use rust_decimal::Decimal;

fn report(text: &str) -> Report {
    nianbao::extract(text.as_bytes(), &Hints::default()).unwrap()
}

/// What was received in a year.
fn received(year: i32) -> i64 {
    i64::from(year) - 1900
}

fn prose(year: i32) -> Report {
    report(&format!(
        "青禾县人民政府{year}年政府信息公开工作年度报告\n本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n\
         一、概述\n全县工作有序推进。\n二、政府信息依申请公开情况\n{year}年，本机关收到政府信息公开申请{}件。\n",
        received(year)
    ))
}

/// A report with a table of a local form or of form 2014; `old` are the cells of what was received as the rows have them.
fn with_table(year: i32, header: &[&str], rows: &[Row], old: &str) -> Report {
    let (front, _) = old.rsplit_once("<td>").unwrap();
    let new = format!("{front}<td>{}</td>", received(year));
    let page = html(year, header, rows);
    assert!(page.contains(old));
    report(&page.replace(old, &new))
}

/// A report with the table of applications of a form.
fn with_applications(year: i32, form: &str) -> Report {
    let table = forms()
        .iter()
        .find(|own| own.id == form)
        .unwrap()
        .table("applications")
        .unwrap();
    let cells = table.cells().filter(|cell| !cell.row.optional);
    let mut values = Values(cells.map(|cell| (cell.key(), Some(Number(0.into())))).collect());
    values.0.insert("new.total".into(), Some(Number(received(year).into())));
    let mut report = prose(year);
    report.narrative_figures.clear();
    report.tables.applications = Some(Table {
        form: Some(form.into()),
        values,
        extra_rows: Vec::new(),
        origin: report.sections[0].origin.clone(),
    });
    report
}

fn made(year: i32) -> Report {
    let of_fujian = ["指标名称", "计量单位", &format!("{year}年度"), "历年累计"];
    let shanghai = ["指标名称", "计量单位", "代码", "本期实际", "本年累计"];
    match year {
        2008 => prose(year),
        2009..=2011 => with_table(
            year,
            &shanghai,
            SHANGHAI,
            "<td>申请总数</td><td>条</td><td>10</td><td>4</td><td>27</td>",
        ),
        2012..=2013 => with_table(
            year,
            &of_fujian,
            FUJIAN_2009,
            "<td>受理依申请公开信息总数</td><td>条</td><td>6</td>",
        ),
        2014..=2016 => with_table(
            year,
            &["统计指标", "单位", "统计数"],
            FORM_2014,
            "<td>（一）收到申请数</td><td>件</td><td>38</td>",
        ),
        2017..=2018 => with_table(
            year,
            &of_fujian,
            FUJIAN,
            "<td>受理依申请公开信息总数</td><td>条</td><td>5</td>",
        ),
        2019..=2020 => with_applications(year, "2019"),
        _ => with_applications(year, "2021"),
    }
}

fn points(years: impl Iterator<Item = i32>, crosswalk: &Crosswalk) -> Vec<Point> {
    let points = series(years.flat_map(|year| of_report(&made(year), crosswalk)));
    points
        .into_iter()
        .filter(|point| point.indicator == "applications.received")
        .collect()
}

#[test]
fn the_series_over_all_forms_is_right_in_every_value() {
    let points = points(2008..=2025, crosswalk());
    assert_eq!(points.len(), 18);
    for (point, year) in points.iter().zip(2008..) {
        assert_eq!(
            (point.year, point.value),
            (year, Number(Decimal::from(received(year)))),
            "{point:?}"
        );
        let form = match year {
            2008 => None,
            2009..=2011 => Some("local-shanghai"),
            2012..=2013 => Some("local-fujian-2009"),
            2014..=2016 => Some("2014"),
            2017..=2018 => Some("local-fujian-2014"),
            2019..=2020 => Some("2019"),
            _ => Some("2021"),
        };
        assert_eq!((point.form.as_deref(), point.basis), (form, "year"), "{year}");
    }
}

#[test]
fn each_break_is_marked_and_nothing_else_is() {
    let points = points((2008..=2025).filter(|year| *year != 2023), crosswalk());
    let breaks: Vec<(i32, &str)> = points
        .iter()
        .filter_map(|point| Some((point.year, point.broken.as_deref()?)))
        .collect();
    assert_eq!(
        breaks,
        [
            (2009, "prose ≈ → local-shanghai ≈"),
            (2012, "local-shanghai ≈ → local-fujian-2009 ≈"),
            (2014, "local-fujian-2009 ≈ → 2014 ≈"),
            (2017, "2014 ≈ → local-fujian-2014 ≈"),
            (2019, "local-fujian-2014 ≈ → 2019 ="),
            (2024, "2022 → 2024"),
        ]
    );
}

#[test]
fn a_user_takes_a_link_away() {
    let own = "[[indicators]]\nkey = \"applications.received\"\nenglish = \"e\"\nchinese = \"c\"\nunit = \"件\"\n\
               links = [{ forms = [\"2019\", \"2021\"], table = \"applications\", keys = [\"new.total\"], kind = \"=\", english = \"e\", chinese = \"c\" }]\n";
    let crosswalk = crosswalk().overruled_by(Crosswalk::parse(own).unwrap());
    let points = points(2008..=2025, &crosswalk);
    assert_eq!(
        points.iter().map(|point| point.year).collect::<Vec<_>>(),
        (2019..=2025).collect::<Vec<_>>()
    );
}

#[test]
fn bodies_of_one_name_in_two_regions_are_two_series() {
    let mut other = made(2025);
    other.report.body = None;
    other.report.region_code = Some("510000".into());
    let points = series(
        [made(2014), other]
            .iter()
            .flat_map(|report| of_report(report, crosswalk())),
    );
    let received = points.iter().filter(|point| point.indicator == "applications.received");
    assert!(received.clone().count() == 2 && received.clone().all(|point| point.broken.is_none()));
}

#[test]
fn a_chart_shows_every_value_and_ends_its_line_at_each_break() {
    let points = points((2008..=2025).filter(|year| *year != 2023), crosswalk());
    let indicators: Vec<_> = crosswalk().indicators.iter().collect();
    let drawn = chart::svg("青禾县人民政府", &points, &indicators).unwrap();
    let mut reader = quick_xml::Reader::from_str(&drawn);
    while reader.read_event().expect("well-formed XML") != quick_xml::events::Event::Eof {}
    for point in &points {
        assert!(drawn.contains(&format!(">{}</text>", point.value)), "{point:?}");
        let words = point.broken.as_deref().unwrap_or("青禾县");
        assert!(drawn.contains(words), "{words}");
    }
    let line = drawn
        .split("class=\"line\" d=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let breaks = points.iter().filter(|point| point.broken.is_some()).count();
    assert_eq!(line.matches('M').count(), breaks + 1);
    assert_eq!(line.matches('L').count(), points.len() - breaks - 1);
    assert_eq!(
        drawn.matches("class=\"name\"").count(),
        1,
        "one panel for the one indicator with values"
    );
}

#[test]
fn bodies_of_one_name_have_charts_of_their_own_and_one_body_is_whole_under_each_of_its_names() {
    let of = |whole: &str, agency: &str, year: i32| {
        let mut report = report(&format!(
            "{whole}{year}年政府信息公开工作年度报告\n一、概述\n工作有序推进。\n二、政府信息依申请公开情况\n{year}年，本机关收到政府信息公开申请{}件。\n",
            received(year)
        ));
        report.report.agency = Some(agency.into());
        report
    };
    let reports = [
        of("南京市鼓楼区人民政府", "鼓楼区人民政府", 2009),
        of("南京市鼓楼区政府", "鼓楼区政府", 2010),
        of("福州市鼓楼区人民政府", "鼓楼区人民政府", 2010),
    ];
    let points = series(reports.iter().flat_map(|report| of_report(report, crosswalk())));
    let indicators: Vec<_> = crosswalk().indicators.iter().collect();
    let drawn = chart::svg("鼓楼区人民政府", &points, &indicators).unwrap();
    let panels: Vec<&str> = drawn.split("class=\"name\"").skip(1).collect();
    assert_eq!(panels.len(), 2, "{drawn}");
    assert!(panels[0].contains(">320106 ") && panels[0].contains(">109<") && panels[0].contains(">110<"));
    assert!(panels[1].contains(">350102 ") && panels[1].contains(">110<"));
    assert_eq!(drawn.matches("109</text>").count(), 1);
    assert!(chart::svg("钟楼区人民政府", &points, &indicators).is_none());
}
