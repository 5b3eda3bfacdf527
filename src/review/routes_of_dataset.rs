//! The pages of more than one report: the list, the overview, two side by side, one agency over the years.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::chart::{bars, line};
use super::dataset::{Dataset, Point, Wanted};
use super::labels::{both, chinese};
use super::list;
use super::server::{App, answer, aside, broken, not_found, opened};
use crate::forms::figure;
use crate::narrative::stated_figures;
use crate::report::{Report, pointer};
use crate::series::compare::{Comparison, compare as side_by_side};
use crate::series::crosswalk::crosswalk;

/// Does something with the dataset on a thread of its own.
async fn of_dataset<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&Dataset) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, String> {
    let done = aside(app, |app| {
        let dataset = app.desk.dataset.as_ref().ok_or("no dataset was named")?;
        work(dataset).map_err(|error| error.to_string())
    });
    done.await
}

pub(super) async fn front(State(app): State<Arc<App>>, Query(wanted): Query<Wanted>, headers: HeaderMap) -> Response {
    if app.desk.dataset.is_none() {
        return files(&app, &headers);
    }
    let page = of_dataset(&app, move |dataset| {
        Ok(list::draw(dataset, &wanted, &dataset.list(&wanted)?))
    });
    match page.await {
        Ok(page) => answer(&headers, "年报 Reports", &page),
        Err(why) => broken(&headers, &why),
    }
}

/// The files of the command line; one alone is shown at once.
fn files(app: &App, headers: &HeaderMap) -> Response {
    let keys = app.desk.shelf.keys();
    if let [(key, _)] = keys.as_slice() {
        return Redirect::to(&format!("/r/{key}")).into_response();
    }
    let body = html! {
        header.top { h1 { (both("年报", "Reports")) } }
        main {
            ol.reports { @for (key, name) in &keys { li { a.report href=(format!("/r/{key}")) { (name) } } } }
            @if let [(a, _), (b, _)] = keys.as_slice() { p { a href=(format!("/compare?a={a}&b={b}")) { (both("并排对照", "Side by side")) } } }
        }
    };
    answer(headers, "年报 Reports", &body)
}

#[derive(Deserialize)]
pub(super) struct Two {
    a: String,
    b: String,
}

pub(super) async fn compare(State(app): State<Arc<App>>, Query(two): Query<Two>, headers: HeaderMap) -> Response {
    match (opened(&app, &two.a).await, opened(&app, &two.b).await) {
        (Ok(a), Ok(b)) => {
            let comparison = side_by_side(&a.report, &b.report);
            let body = draw_two(&two, [&a.report, &b.report], &comparison);
            answer(&headers, "并排对照 Side by side", &body)
        }
        (Err(why), _) | (_, Err(why)) => broken(&headers, &why),
    }
}

fn draw_two(two: &Two, [a, b]: [&Report; 2], comparison: &Comparison) -> Markup {
    let name = |report: &Report| {
        let year = report.report.year.map_or(String::new(), |year| format!(" {year}"));
        format!("{}{year}", report.report.agency.as_deref().unwrap_or("—"))
    };
    let (left, right) = (name(a), name(b));
    let number = |number: Option<crate::report::Number>| number.map_or("—".into(), |number| number.to_string());
    html! {
        header.top { h1 { (both("并排对照", "Side by side")) } nav {
            a href="/" { (both("全部年报", "All reports")) }
            a href=(format!("/r/{}", two.a)) { (left) } a href=(format!("/r/{}", two.b)) { (right) }
        } }
        main {
            div.scroll { table.form {
                thead { tr { th scope="col" { (both("项目", "Item")) } th scope="col" { (left) } th scope="col" { (right) } th scope="col" { (both("差", "Difference")) } } }
                tbody {
                    @for pair in &comparison.metadata { tr.changed[!pair.same] {
                        th scope="row" { (pair.key) }
                        td { (pair.a.as_deref().unwrap_or("—")) } td { (pair.b.as_deref().unwrap_or("—")) } td { (if pair.same { "=" } else { "≠" }) }
                    } }
                    @for pair in &comparison.figures { tr.changed[!pair.same] {
                        th scope="row" { (label(&pair.key)) }
                        td { (number(pair.a)) } td { (number(pair.b)) } td { @match pair.difference { Some(difference) => (difference), None => (if pair.same { "=" } else { "≠" }) } }
                    } }
                    @for pair in &comparison.narrative_figures { tr.changed[!pair.same] {
                        th scope="row" { (both("文字", "Sentences")) " " (stated_label(&pair.key)) }
                        td { (pair.a.as_deref().unwrap_or("—")) } td { (pair.b.as_deref().unwrap_or("—")) } td { (if pair.same { "=" } else { "≠" }) }
                    } }
                }
            } }
        }
    }
}

/// The name of a figure that sentences state.
fn stated_label(key: &str) -> Markup {
    match stated_figures().iter().find(|figure| figure.key == key) {
        Some(figure) => html! { (figure.chinese) small lang="en" { (figure.english) } },
        None => html! { (key) },
    }
}

/// The name of a figure: its labels where the forms have it.
fn label(key: &str) -> Markup {
    let known = pointer::figure_of(key).map(|(table, key)| (table.to_owned(), key));
    let known = known.or_else(|| {
        key.split_once('.')
            .map(|(table, key)| (table.to_owned(), key.to_owned()))
    });
    let cell = known.as_ref().and_then(|(table, key)| figure(table, None, key));
    html! {
        @match cell {
            Some((_, cell)) => { (cell.row.label) " · " (cell.column.label) small lang="en" { (cell.row.english) " · " (cell.column.english) } },
            None => (key),
        }
    }
}

pub(super) async fn series(State(app): State<Arc<App>>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let found = of_dataset(&app, move |dataset| {
        let reports: Vec<String> = dataset.years(&key)?.into_iter().map(|(report, _)| report).collect();
        Ok((dataset.agency(&key)?, dataset.indicators(&reports)?))
    });
    match found.await {
        Ok((Some(agency), points)) => answer(&headers, &agency, &draw_series(&agency, &points)),
        Ok((None, _)) => not_found(),
        Err(why) => broken(&headers, &why),
    }
}

fn draw_series(agency: &str, points: &[Point]) -> Markup {
    let mut by_indicator: BTreeMap<&str, Vec<&Point>> = BTreeMap::new();
    for point in points {
        by_indicator.entry(&point.indicator).or_default().push(point);
    }
    let order = crosswalk()
        .indicators
        .iter()
        .filter_map(|known| Some((known, by_indicator.get(known.key.as_str())?)));
    html! {
        header.top { h1 { (agency) } nav { a href="/" { (both("全部年报", "All reports")) } } }
        main {
            p.note { (both("指标对应关系并非官方口径；缺年断线，不作平滑。", "The links between forms are no official ones; a missing year breaks the line, nothing is smoothed.")) }
            @for (known, points) in order {
                section.indicator {
                    h2 { (known.chinese) " " small lang="en" { (known.english) } }
                    @let values: Vec<(i64, f64, String)> = values(points);
                    @if values.len() > 1 { (line(&format!("{} {}", known.chinese, known.english), &values)) }
                    table { tbody { @for point in points { tr {
                        th scope="row" { a href=(format!("/r/{}", point.report)) { (point.year) } }
                        td { (point.value) " " (point.unit) }
                        td.note { (point.form.as_deref().unwrap_or("")) " " (if point.source == "prose" { "文字 prose" } else { "" })
                            @if point.corrected { " ✎ " (both("已更正", "corrected")) }
                        }
                    } } } }
                }
            }
        }
    }
}

/// One value a year, for a line; a year with two that differ has none.
fn values(points: &[&Point]) -> Vec<(i64, f64, String)> {
    let mut years: BTreeMap<i64, BTreeSet<&str>> = BTreeMap::new();
    for point in points {
        years.entry(point.year).or_default().insert(&point.value);
    }
    let single = years.into_iter().filter(|(_, values)| values.len() == 1);
    single
        .filter_map(|(year, values)| {
            let text = values.first()?;
            Some((year, text.parse().ok()?, (*text).to_owned()))
        })
        .collect()
}

const COVERAGE: &str = "SELECT coalesce(CAST(year AS TEXT), '?'), coalesce(level, '?'), count(*) FROM temp.items WHERE fate = 'annual_report' GROUP BY 1, 2 ORDER BY 1, 2";
const FATES: &str = "SELECT fate, '', count(*) FROM temp.items GROUP BY 1 ORDER BY 3 DESC";
const FORMATS: &str =
    "SELECT media_type, '', count(*) FROM temp.items WHERE media_type IS NOT NULL GROUP BY 1 ORDER BY 3 DESC";
const FAILED: &str = "SELECT code, '', count(*) FROM temp.failed GROUP BY 1 ORDER BY 3 DESC, 1";
const CLEAN: &str = "SELECT CASE WHEN failed > 0 THEN '▲' ELSE '✓' END, '', count(*) FROM temp.items WHERE fate = 'annual_report' GROUP BY 1 ORDER BY 1";

pub(super) async fn overview(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let found = of_dataset(&app, |dataset| {
        let counts = |sql| dataset.counts(sql);
        Ok((
            counts(COVERAGE)?,
            [counts(CLEAN)?, counts(FAILED)?, counts(FORMATS)?, counts(FATES)?],
        ))
    });
    match found.await {
        Ok((coverage, others)) => answer(&headers, "概览 Overview", &draw_overview(&coverage, &others)),
        Err(why) => broken(&headers, &why),
    }
}

fn draw_overview(coverage: &[(String, String, i64)], others: &[Vec<(String, String, i64)>; 4]) -> Markup {
    let years: BTreeSet<&str> = coverage.iter().map(|(year, _, _)| year.as_str()).collect();
    let levels: BTreeSet<&str> = coverage.iter().map(|(_, level, _)| level.as_str()).collect();
    let count = |year: &str, level: &str| {
        coverage
            .iter()
            .find(|(y, l, _)| y == year && l == level)
            .map_or(0, |(_, _, count)| *count)
    };
    let names = [
        ("有未通过校验的年报", "Reports with failing checks"),
        ("未通过的校验", "Failing checks"),
        ("格式", "Formats"),
        ("去向", "Fates"),
    ];
    html! {
        header.top { h1 { (both("数据集概览", "Overview")) } nav { a href="/" { (both("全部年报", "All reports")) } } }
        main {
            h2 { (both("各年度、各层级的年报数", "Reports by year and level")) }
            div.scroll { table.form {
                thead { tr { th scope="col" { (both("年度", "Year")) } @for level in &levels { th scope="col" { (both(chinese(level), level)) } } } }
                tbody { @for year in &years { tr {
                    th scope="row" { a href=(format!("/?year={}", list::encoded(year))) { (year) } }
                    @for level in &levels { td { (count(year, level)) } }
                } } }
            } }
            @for ((name, english), rows) in names.iter().zip(others) {
                h2 { (both(name, english)) }
                (bars(&rows.iter().map(|(name, _, count)| (both(chinese(name), name), *count)).collect::<Vec<_>>()))
            }
        }
    }
}
