//! One report: its page, the pictures of its pages, its sanitised markup, and the clicks in that.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::labels::both;
use super::page::{Decisions, ReportPage};
use super::picture::Picture;
use super::server::{App, Click, answer, aside, broken, not_found, opened};
use super::shelf::Opened;
use super::source::{Source, View};

/// How long a question for clicks is held: shorter than a browser waits.
const HELD: Duration = Duration::from_secs(25);

/// What a page of somebody else may do: be looked at.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

pub(super) async fn report(State(app): State<Arc<App>>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let opened = match opened(&app, &key).await {
        Ok(opened) => opened,
        Err(why) => return broken(&headers, &why),
    };
    let picture = |page: usize, width: u32| format!("/r/{key}/page/{page}?width={width}");
    let frame = format!("/source/{}/{key}", app.guard.path);
    let clicks = format!("/r/{key}/clicks?after={}", app.clicks.borrow().number);
    let source = opened.view.as_ref().map(|view| Source {
        view,
        places: &opened.places,
        picture: &picture,
        frame: &frame,
    });
    let decisions = app.desk.overlay.as_ref().map(|overlay| Decisions {
        entries: overlay.of(&opened.report),
        key: &key,
        secret: &app.guard.form,
        who: &app.desk.who,
    });
    let page = ReportPage {
        report: &opened.report,
        places: &opened.places,
        source: source.map_err(String::as_str),
        points: matches!(opened.view, Ok(View::Markup(_))).then_some(clicks.as_str()),
        links: links(&app, &key),
        decisions,
    };
    answer(&headers, &page.title(), &page.draw())
}

/// Most reports of the agency that are linked from one: those of the years around it. The others are on the page of all years.
const NEIGHBOURS: usize = 16;

/// Ways to other pages: the list, the other years of the agency, the verdicts.
fn links(app: &App, key: &str) -> Markup {
    let dataset = app.desk.dataset.as_ref();
    let years = dataset.and_then(|dataset| dataset.years(key).ok()).unwrap_or_default();
    let at = years.iter().position(|(report, _)| report == key).unwrap_or_default();
    let before = at.checked_sub(1).map(|at| &years[at]);
    let first = at
        .saturating_sub(NEIGHBOURS / 2)
        .min(years.len().saturating_sub(NEIGHBOURS + 1));
    let near = years.iter().skip(first).take(NEIGHBOURS + 1);
    let more = years.len().saturating_sub(NEIGHBOURS + 1);
    html! {
        a href="/" { (both("全部年报", "All reports")) }
        @if app.desk.overlay.is_some() { a href="/verdicts" { (both("判定", "Verdicts")) } }
        @if years.len() > 1 {
            a href=(format!("/series/{key}")) { (both("历年", "All years")) }
            @for (report, year) in near.filter(|(report, _)| report != key) {
                a href=(format!("/r/{report}")) { @match year { Some(year) => (year), None => "?" } }
            }
            @if more > 0 { span.note { (both("另有", "more:")) " " (more) } }
        }
        @if let Some((report, _)) = before {
            a href=(format!("/compare?a={report}&b={key}")) { (both("与上一份对照", "Compare with the one before")) }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Width {
    width: u32,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path((key, page)): Path<(String, usize)>,
    Query(Width { width }): Query<Width>,
) -> Response {
    let drawn = aside(&app, move |app| {
        let opened = app.desk.shelf.open(&key)?;
        app.desk.shelf.picture(&opened, Picture { page, width })
    });
    match drawn.await {
        Ok(png) => (
            [
                (header::CONTENT_TYPE, "image/png"),
                (header::CACHE_CONTROL, "private, max-age=600"),
            ],
            png,
        )
            .into_response(),
        Err(why) => (StatusCode::NOT_FOUND, why).into_response(),
    }
}

/// The sanitised page for its frame. Its path has a secret part: a sandboxed page has no cookie.
pub(super) async fn frame(State(app): State<Arc<App>>, Path((_, key)): Path<(String, String)>) -> Response {
    match opened(&app, &key).await.as_deref() {
        Ok(Opened {
            view: Ok(View::Markup(page)),
            ..
        }) => ([(header::CONTENT_SECURITY_POLICY, SANDBOX)], Html(page.clone())).into_response(),
        _ => not_found(),
    }
}

/// A mark was clicked in a frame, which stays as it is.
pub(super) async fn click(
    State(app): State<Arc<App>>,
    Path((_, key, place)): Path<(String, String, usize)>,
) -> Response {
    app.clicks.send_modify(|click| {
        *click = Click {
            number: click.number + 1,
            key,
            place,
        };
    });
    (StatusCode::NO_CONTENT, Body::empty()).into_response()
}

#[derive(Deserialize)]
pub(super) struct After {
    after: u64,
}

/// Which mark of a report was clicked since a click: the numbers of click and place, or nothing after a while.
pub(super) async fn clicks(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    Query(After { after }): Query<After>,
) -> String {
    let mut clicks = app.clicks.subscribe();
    let next = clicks.wait_for(|click| click.number > after && click.key == key);
    match tokio::time::timeout(HELD, next).await {
        Ok(Ok(click)) => format!("{} {}", click.number, click.place),
        _ => String::new(),
    }
}
