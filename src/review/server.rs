//! The server of the page, for one browser on this machine.
//!
//! Invariants: it listens on the loopback address only; every request passes the guard; every answer carries a policy under which a
//! page runs no script but the one of this program, and loads nothing from elsewhere.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Router, routing::get};
use maud::{Markup, html};
use serde::Deserialize;
use tokio::sync::watch;

use super::guard::{Entry, Guard};
use super::labels::{both, language};
use super::page::{Assets, ReportPage, SCRIPT, STYLE, layout};
use super::picture::Picture;
use super::shelf::{Opened, Shelf};
use super::source::{Source, View};

/// How long a question for clicks is held: shorter than a browser waits.
const HELD: Duration = Duration::from_secs(25);

/// What a page of this program may do.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What a page of somebody else may do: be looked at.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// A click on a mark in a frame.
#[derive(Clone, Debug, Default)]
struct Click {
    number: u64,
    key: String,
    place: usize,
}

struct App {
    guard: Guard,
    shelf: Shelf,
    clicks: watch::Sender<Click>,
}

/// A server that is ready to answer.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
}

impl Server {
    /// Takes a port of the loopback address; 0 is any.
    ///
    /// # Errors
    /// Where the port is taken, or the system has no random numbers.
    pub fn bind(port: u16, shelf: Shelf) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let guard = Guard::new(listener.local_addr()?.port()).map_err(io::Error::other)?;
        let shelf = shelf.linked(format!("/source/{}/", guard.path));
        let clicks = watch::Sender::new(Click::default());
        let app = Arc::new(App { guard, shelf, clicks });
        Ok(Server { listener, app })
    }

    /// The address to open, with the token.
    pub fn address(&self) -> String {
        self.app.guard.address()
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// Where the operating system does not let it listen.
    pub fn run(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            axum::serve(listener, router(self.app)).await
        })
    }
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(front))
        .route(
            "/review.css",
            get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE) }),
        )
        .route(
            "/review.js",
            get(|| async { ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT) }),
        )
        .route("/r/{key}", get(report))
        .route("/r/{key}/page/{page}", get(page))
        .route("/r/{key}/clicks", get(clicks))
        .route("/source/{secret}/{key}", get(frame))
        .route("/source/{secret}/{key}/go/{place}", get(click))
        .fallback(|| async { not_found() })
        .layer(from_fn_with_state(app.clone(), guarded))
        .with_state(app)
}

/// Lets a request in or not, and puts the policy on what is answered.
async fn guarded(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match app.guard.judge(request.method(), request.uri(), request.headers()) {
        Entry::Allowed => next.run(request).await,
        Entry::Arrives { to } => ([(header::SET_COOKIE, app.guard.set_cookie())], Redirect::to(&to)).into_response(),
        Entry::Refused => (StatusCode::FORBIDDEN, "403: open the address that nianbao printed\n").into_response(),
    };
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "404\n").into_response()
}

/// A page for people, in the language of the browser.
fn answer(headers: &HeaderMap, title: &str, body: &Markup) -> Response {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Html(layout(language(accepted), title, &Assets::Linked, body).into_string()).into_response()
}

/// Does what may take long on a thread of its own.
async fn aside<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let app = app.clone();
    let done = tokio::task::spawn_blocking(move || work(&app)).await;
    done.unwrap_or_else(|error| Err(error.to_string()))
}

async fn opened(app: &Arc<App>, key: &str) -> Result<Arc<Opened>, String> {
    let key = key.to_owned();
    aside(app, move |app| app.shelf.open(&key)).await
}

async fn front(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let keys = app.shelf.keys();
    if let [(key, _)] = keys.as_slice() {
        return Redirect::to(&format!("/r/{key}")).into_response();
    }
    let body = html! {
        header.top { h1 { (both("年报", "Reports")) } }
        main { ol.reports { @for (key, name) in &keys { li { a href=(format!("/r/{key}")) { (name) } } } } }
    };
    answer(&headers, "年报 Reports", &body)
}

async fn report(State(app): State<Arc<App>>, Path(key): Path<String>, headers: HeaderMap) -> Response {
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
    let page = ReportPage {
        report: &opened.report,
        places: &opened.places,
        source: source.map_err(String::as_str),
        points: matches!(opened.view, Ok(View::Markup(_))).then_some(clicks.as_str()),
        links: html! { a href="/" { (both("全部年报", "All reports")) } },
    };
    answer(&headers, &page.title(), &page.draw())
}

/// A document that cannot be shown.
fn broken(headers: &HeaderMap, why: &str) -> Response {
    let body = html! {
        header.top { h1 { (both("无法显示", "Cannot be shown")) } nav { a href="/" { (both("全部年报", "All reports")) } } }
        main { p.note { (why) } }
    };
    (StatusCode::NOT_FOUND, answer(headers, "—", &body)).into_response()
}

#[derive(Deserialize)]
struct Width {
    width: u32,
}

async fn page(
    State(app): State<Arc<App>>,
    Path((key, page)): Path<(String, usize)>,
    Query(Width { width }): Query<Width>,
) -> Response {
    let drawn = aside(&app, move |app| {
        let opened = app.shelf.open(&key)?;
        app.shelf.picture(&opened, Picture { page, width })
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
async fn frame(State(app): State<Arc<App>>, Path((_, key)): Path<(String, String)>) -> Response {
    match opened(&app, &key).await.as_deref() {
        Ok(Opened {
            view: Ok(View::Markup(page)),
            ..
        }) => ([(header::CONTENT_SECURITY_POLICY, SANDBOX)], Html(page.clone())).into_response(),
        _ => not_found(),
    }
}

/// A mark was clicked in a frame, which stays as it is.
async fn click(State(app): State<Arc<App>>, Path((_, key, place)): Path<(String, String, usize)>) -> Response {
    app.clicks.send_modify(|click| {
        *click = Click {
            number: click.number + 1,
            key,
            place,
        }
    });
    (StatusCode::NO_CONTENT, Body::empty()).into_response()
}

#[derive(Deserialize)]
struct After {
    after: u64,
}

/// Which mark of a report was clicked since a click: the numbers of click and place, or nothing after a while.
async fn clicks(State(app): State<Arc<App>>, Path(key): Path<String>, Query(After { after }): Query<After>) -> String {
    let mut clicks = app.clicks.subscribe();
    let next = clicks.wait_for(|click| click.number > after && click.key == key);
    match tokio::time::timeout(HELD, next).await {
        Ok(Ok(click)) => format!("{} {}", click.number, click.place),
        _ => String::new(),
    }
}
