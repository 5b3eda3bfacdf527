//! Verdicts and corrections: the forms that add them, and the list of all with what no longer applies.
//!
//! Invariant: an entry is made from the report as it was read, never from what a form says of it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::entry::draw as draw_entry;
use super::labels::both;
use super::server::{App, answer, aside, broken, not_found, opened, refused};
use crate::overlay::{Entry, Finding, Subject, figure, text};
use crate::report::{Number, Report, Status};

/// Longest text of a form that is kept.
const LONGEST: usize = 2000;

#[derive(Deserialize)]
pub(super) struct VerdictForm {
    secret: String,
    check: usize,
    finding: String,
    who: String,
    why: String,
}

pub(super) async fn verdict(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
    Form(form): Form<VerdictForm>,
) -> Response {
    let subject = |report: &Report| {
        let check = report
            .checks
            .get(form.check)
            .filter(|check| check.status == Status::Fail);
        let finding = Finding::of_word(&form.finding).ok_or("no such finding")?;
        Ok(Subject::on(check.ok_or("no such failing check")?, finding))
    };
    let back = format!("/r/{key}#check-{}", form.check);
    add(
        &app,
        &key,
        &headers,
        &form.secret,
        (&form.who, &form.why),
        subject,
        &back,
    )
    .await
}

#[derive(Deserialize)]
pub(super) struct CorrectionForm {
    secret: String,
    key: String,
    new: String,
    who: String,
    why: String,
}

pub(super) async fn correction(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
    Form(form): Form<CorrectionForm>,
) -> Response {
    let subject = |report: &Report| {
        let old = figure(report, &form.key).ok_or("the report has no such figure")?;
        let new = match form.new.trim() {
            "" => None,
            typed => Some(Number(typed.parse().map_err(|_| "not a number")?)),
        };
        let (old, new) = (text(old), text(new));
        Ok(Subject::Correction {
            key: form.key.clone(),
            old,
            new,
        })
    };
    let back = format!("/r/{key}#corrections");
    add(
        &app,
        &key,
        &headers,
        &form.secret,
        (&form.who, &form.why),
        subject,
        &back,
    )
    .await
}

async fn add(
    app: &Arc<App>,
    key: &str,
    headers: &HeaderMap,
    secret: &str,
    (who, why): (&str, &str),
    subject: impl FnOnce(&Report) -> Result<Subject, &'static str>,
    back: &str,
) -> Response {
    if !app.guard.is_form(secret) {
        return refused();
    }
    let report = match opened(app, key).await {
        Ok(opened) => opened,
        Err(why) => return broken(headers, &why),
    };
    let entry = match subject(&report.report) {
        Ok(subject) => Entry {
            who: who.trim().chars().take(LONGEST).collect(),
            when: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            report: report.report.source.sha256.clone(),
            name: report.report.source.name.clone(),
            subject,
            why: why.trim().chars().take(LONGEST).collect(),
        },
        Err(why) => return broken(headers, why),
    };
    let added = aside(app, move |app| {
        let overlay = app.desk.overlay.as_ref().ok_or("no file for verdicts was named")?;
        overlay
            .add(entry)
            .map_err(|error| format!("{}: {error}", overlay.path().display()))
    });
    match added.await {
        Ok(()) => Redirect::to(back).into_response(),
        Err(why) => broken(headers, &why),
    }
}

/// How an entry stands to what is there now.
enum Standing {
    Holds,
    Changed,
    Gone,
}

/// All entries, those that no longer apply first.
pub(super) async fn verdicts(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if app.desk.overlay.is_none() {
        return not_found();
    }
    let standings = aside(&app, |app| {
        let entries = app
            .desk
            .overlay
            .as_ref()
            .map(|overlay| overlay.all())
            .unwrap_or_default();
        let mut list: Vec<(Entry, Standing)> = Vec::new();
        for entry in entries {
            let standing = standing(app, &entry)?;
            list.push((entry, standing));
        }
        list.sort_by_key(|(_, standing)| matches!(standing, Standing::Holds));
        Ok(list)
    });
    match standings.await {
        Ok(list) => answer(&headers, "判定 Verdicts", &draw(&app, &list)),
        Err(why) => broken(&headers, &why),
    }
}

fn standing(app: &App, entry: &Entry) -> Result<Standing, String> {
    if let Some(dataset) = &app.desk.dataset {
        return Ok(match dataset.holds(entry).map_err(|error| error.to_string())? {
            Some(true) => Standing::Holds,
            Some(false) => Standing::Changed,
            None => Standing::Gone,
        });
    }
    let keys = app.desk.shelf.keys();
    let mut reports = keys.iter().filter_map(|(key, _)| app.desk.shelf.open(key).ok());
    let report = reports.find(|opened| opened.report.source.sha256 == entry.report);
    Ok(match report {
        Some(opened) if entry.subject.holds(&opened.report) => Standing::Holds,
        Some(_) => Standing::Changed,
        None => Standing::Gone,
    })
}

fn draw(app: &App, list: &[(Entry, Standing)]) -> Markup {
    html! {
        header.top { h1 { (both("判定与更正", "Verdicts and corrections")) } nav { a href="/" { (both("全部年报", "All reports")) } } }
        main {
            @if list.is_empty() { p.note { (both("尚无判定。", "None yet.")) } }
            @for (entry, standing) in list { article class=(match standing { Standing::Holds => "check", _ => "check void" }) {
                h3 {
                    @match standing {
                        Standing::Holds => (both("有效", "holds")),
                        Standing::Changed => (both("不再适用：数据已变", "no longer applies: what was read has changed")),
                        Standing::Gone => (both("不再适用：源文件已变或已移除", "no longer applies: the source has changed or is gone")),
                    }
                }
                p {
                    @match (app.desk.dataset.is_some(), standing) {
                        (true, Standing::Holds | Standing::Changed) => a href=(format!("/r/{}", &entry.report[..entry.report.len().min(16)])) { (entry.name.as_deref().unwrap_or("—")) },
                        _ => (entry.name.as_deref().unwrap_or("—")),
                    }
                }
                (draw_entry(entry))
            } }
        }
    }
}
