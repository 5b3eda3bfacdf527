//! A web archive of one page, as browsers save it: the page and a picture in one mail, packed.

use super::{Container, Family, html_clean, html_word};
use crate::faults::Faults;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "mhtml",
    family: Family::Html,
    extension: "mht",
    lossy: false,
    counts: false,
    render,
};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BOUNDARY: &str = "----MultipartBoundary--a1b2c3";

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let page = if faults.variant.is_multiple_of(2) {
        (html_clean::CONTAINER.render)(paper, faults, rng)?
    } else {
        (html_word::CONTAINER.render)(paper, faults, rng)?
    };
    let (encoding, packed) = if faults.variant.is_multiple_of(3) {
        ("base64", base64(&page))
    } else {
        ("quoted-printable", quoted(&page))
    };
    Ok(format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.cn/a.html\r\nSubject: =?utf-8?Q?a?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"{BOUNDARY}\"\r\n\r\n\r\n--{BOUNDARY}\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: http://www.example.cn/a.html\r\n\r\n{packed}\r\n--{BOUNDARY}\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://www.example.cn/a.gif\r\n\r\nR0lGODlhAQABAAAAACw=\r\n--{BOUNDARY}--\r\n"
    )
    .into_bytes())
}

/// Bytes as base64 in lines.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (at, group) in bytes.chunks(3).enumerate() {
        let number = group.iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..4 {
            let letter = char::from(LETTERS[(number >> (18 - 6 * digit)) as usize % 64]);
            out.push(if digit > group.len() { '=' } else { letter });
        }
        if at % 19 == 18 {
            out += "\r\n";
        }
    }
    out
}

fn quoted(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut column = 0;
    for byte in bytes {
        let written = match byte {
            b'\n' => {
                out += "\r\n";
                column = 0;
                continue;
            }
            b' '..=b'~' if *byte != b'=' => char::from(*byte).to_string(),
            other => format!("={other:02X}"),
        };
        if column + written.len() > 73 {
            out += "=\r\n";
            column = 0;
        }
        column += written.len();
        out += &written;
    }
    out
}
