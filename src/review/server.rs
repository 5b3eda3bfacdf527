//! The server of the page, for one browser on this machine.
//!
//! Invariants: it listens on the loopback address only; every request passes the guard; every answer carries a policy under which a
//! page runs no script but the one of this program, and loads nothing from elsewhere.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use tokio::sync::watch;

use super::dataset::Dataset;
use super::guard::{Entry, Guard};
use super::labels::{both, language};
use super::page::{Assets, SCRIPT, STYLE, layout};
use super::shelf::{Opened, Shelf};
use super::{routes, routes_of_dataset, routes_of_overlay};
use crate::overlay::Overlay;

/// What a page of this program may do.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A click on a mark in a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Click {
    pub(super) number: u64,
    pub(super) key: String,
    pub(super) place: usize,
}

/// What is to be shown.
pub struct Desk {
    /// The reports.
    pub shelf: Shelf,
    /// The dataset that they are of.
    pub dataset: Option<Arc<Dataset>>,
    /// Where verdicts and corrections are kept.
    pub overlay: Option<Overlay>,
    /// Who decides, unless a form says otherwise.
    pub who: String,
}

/// What every answer is made from.
pub(super) struct App {
    pub(super) guard: Guard,
    pub(super) desk: Desk,
    pub(super) clicks: watch::Sender<Click>,
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
    pub fn bind(port: u16, mut desk: Desk) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let guard = Guard::new(listener.local_addr()?.port()).map_err(io::Error::other)?;
        desk.shelf = desk.shelf.linked(format!("/source/{}/", guard.path));
        let clicks = watch::Sender::new(Click::default());
        let app = Arc::new(App { guard, desk, clicks });
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
        .route("/", get(routes_of_dataset::front))
        .route("/overview", get(routes_of_dataset::overview))
        .route("/compare", get(routes_of_dataset::compare))
        .route("/series/{key}", get(routes_of_dataset::series))
        .route("/verdicts", get(routes_of_overlay::verdicts))
        .route(
            "/review.css",
            get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE) }),
        )
        .route(
            "/review.js",
            get(|| async { ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT) }),
        )
        .route("/r/{key}", get(routes::report))
        .route("/r/{key}/page/{page}", get(routes::page))
        .route("/r/{key}/clicks", get(routes::clicks))
        .route("/r/{key}/verdict", post(routes_of_overlay::verdict))
        .route("/r/{key}/correction", post(routes_of_overlay::correction))
        .route("/source/{secret}/{key}", get(routes::frame))
        .route("/source/{secret}/{key}/go/{place}", get(routes::click))
        .fallback(|| async { not_found() })
        .layer(from_fn_with_state(app.clone(), guarded))
        .with_state(app)
}

/// Lets a request in or not, and puts the policy on what is answered.
async fn guarded(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match app.guard.judge(request.method(), request.uri(), request.headers()) {
        Entry::Allowed => next.run(request).await,
        Entry::Arrives { to } => ([(header::SET_COOKIE, app.guard.set_cookie())], Redirect::to(&to)).into_response(),
        Entry::Refused => refused(),
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

pub(super) fn refused() -> Response {
    (StatusCode::FORBIDDEN, "403: open the address that nianbao printed\n").into_response()
}

pub(super) fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "404\n").into_response()
}

/// A page for people, in the language of the browser.
pub(super) fn answer(headers: &HeaderMap, title: &str, body: &Markup) -> Response {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Html(layout(language(accepted), title, &Assets::Linked, body).into_string()).into_response()
}

/// A page that cannot be shown.
pub(super) fn broken(headers: &HeaderMap, why: &str) -> Response {
    let body = html! {
        header.top { h1 { (both("无法显示", "Cannot be shown")) } nav { a href="/" { (both("全部年报", "All reports")) } } }
        main { p.note { (why) } }
    };
    (StatusCode::NOT_FOUND, answer(headers, "—", &body)).into_response()
}

/// Does what may take long on a thread of its own.
pub(super) async fn aside<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let app = app.clone();
    let done = tokio::task::spawn_blocking(move || work(&app)).await;
    done.unwrap_or_else(|error| Err(error.to_string()))
}

/// A report by its key.
pub(super) async fn opened(app: &Arc<App>, key: &str) -> Result<Arc<Opened>, String> {
    let key = key.to_owned();
    aside(app, move |app| app.desk.shelf.open(&key)).await
}
