//! A running `nianbao review`, and what its pages hold.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nianbao::report::Report;
use scraper::{Html, Selector};

pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
}

pub fn extract(name: &str) -> Report {
    let hints = nianbao::Hints {
        name: Some(name.into()),
        ..Default::default()
    };
    nianbao::extract(&std::fs::read(sample(name)).unwrap(), &hints).unwrap()
}

/// A server, and the cookie of its browser.
pub struct Session {
    child: Child,
    pub host: String,
    pub cookie: String,
}

/// What a server answered.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
    pub body: String,
}

impl Session {
    pub fn start(files: &[PathBuf]) -> Self {
        let mut child = program()
            .arg("review")
            .args(files)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let (host, path) = address.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
        let mut session = Session {
            child,
            host: host.into(),
            cookie: String::new(),
        };
        let arrival = session.raw("GET", &format!("/{path}"), &[format!("Host: {host}")]);
        assert_eq!(arrival.status, 303);
        assert_eq!(arrival.header("location"), "/");
        let cookie = arrival.header("set-cookie");
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
            "{cookie}"
        );
        session.cookie = cookie.split(';').next().unwrap().into();
        session
    }

    pub fn get(&self, path: &str) -> Answer {
        self.raw(
            "GET",
            path,
            &[format!("Host: {}", self.host), format!("Cookie: {}", self.cookie)],
        )
    }

    /// The sanitised page of a report, as its frame gets it.
    pub fn frame(&self, key: &str) -> Answer {
        let page = Page::new(&self.get(&format!("/r/{key}")).body);
        let address = page.attributes("iframe", "src").remove(0);
        self.raw("GET", &address, &[format!("Host: {}", self.host)])
    }

    /// Sends a form, as a page of the origin does.
    pub fn post(&self, path: &str, form: &str, origin: Option<&str>) -> Answer {
        let own = format!("http://{}", self.host);
        let headers = [
            format!("Host: {}", self.host),
            format!("Cookie: {}", self.cookie),
            format!("Origin: {}", origin.unwrap_or(&own)),
            "Content-Type: application/x-www-form-urlencoded".into(),
            format!("Content-Length: {}", form.len()),
        ];
        self.send("POST", path, &headers, form)
    }

    pub fn raw(&self, method: &str, path: &str, headers: &[String]) -> Answer {
        self.send(method, path, headers, "")
    }

    fn send(&self, method: &str, path: &str, headers: &[String], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers = headers
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let bytes = bytes.split_off(end + 4);
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(key, _)| key == name);
        header.map_or("", |(_, value)| value)
    }
}

/// A page as a browser parses it.
pub struct Page(Html);

impl Page {
    pub fn new(markup: &str) -> Self {
        Page(Html::parse_document(markup))
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        self.0
            .select(&selector)
            .filter_map(|element| element.attr(name))
            .map(str::to_owned)
            .collect()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        self.0
            .select(&selector)
            .map(|element| element.text().collect())
            .collect()
    }

    /// The text of the one element.
    pub fn text_of(&self, selector: &str) -> String {
        let mut texts = self.texts(selector);
        assert_eq!(texts.len(), 1, "{selector}");
        texts.remove(0)
    }

    /// The number of the place of a figure.
    pub fn place(&self, pointer: &str) -> Option<usize> {
        let places = self.attributes(&format!("td[data-key=\"{pointer}\"] a.fig"), "data-p");
        places.first()?.parse().ok()
    }

    /// The box of a mark on a page.
    pub fn rect(&self, number: usize) -> [f64; 4] {
        let side = |name| -> f64 { self.attributes(&format!("#p{number}"), name)[0].parse().unwrap() };
        [
            side("x"),
            side("y"),
            side("x") + side("width"),
            side("y") + side("height"),
        ]
    }
}
