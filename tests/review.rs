//! `nianbao review` as a browser meets it: who is let in, what of a source reaches the browser, and where the marks lie.
#![cfg(all(feature = "cli", feature = "review"))]
#![allow(clippy::unwrap_used)]

mod review_support;

use nianbao::Origin;
use nianbao::report::{Report, State};
use review_support::{Answer, Page, Session, extract, sample};

#[test]
fn only_the_browser_with_the_token_gets_a_page() {
    let session = Session::start(&[sample("county-2024-lines.txt")]);
    assert_eq!(session.get("/r/1").status, 200);
    let own = format!("Host: {}", session.host);
    let cookie = format!("Cookie: {}", session.cookie);
    let port = session.host.rsplit_once(':').unwrap().1;
    for headers in [
        vec![own.clone()],
        vec![own.clone(), "Cookie: nianbao=1".into()],
        vec![format!("Host: rebound.example:{port}"), cookie.clone()],
        vec![own.clone(), cookie.clone(), "Origin: http://evil.example".into()],
        vec![own.clone(), cookie.clone(), "Origin: null".into()],
    ] {
        for path in ["/", "/r/1", "/review.js", "/r/1/page/1?width=700", "/nothing"] {
            assert_eq!(session.raw("GET", path, &headers).status, 403, "{headers:?} {path}");
        }
    }
    assert_eq!(
        session
            .raw("GET", "/?token=00000000000000000000000000000000", &[own])
            .status,
        403
    );
}

#[test]
fn a_page_runs_no_script_but_the_own_and_loads_nothing_from_elsewhere() {
    let session = Session::start(&[sample("county-2024-lines.txt")]);
    let page = session.get("/r/1");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'self'") && !policy.contains("unsafe"),
        "{policy}"
    );
    let page = Page::new(&page.body);
    for (element, attribute) in [("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src")] {
        for address in page.attributes(element, attribute) {
            assert!(
                address.starts_with('/') && !address.starts_with("//"),
                "{element} {address}"
            );
        }
    }
    assert!(page.texts("script").iter().all(String::is_empty));
    assert!(page.attributes("*", "style").is_empty() && page.attributes("*", "onclick").is_empty());
    assert_eq!(session.get("/r/2").status, 404);
    assert_eq!(session.get("/r/../../etc/passwd").status, 404);
}

#[test]
fn a_hostile_page_is_shown_and_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.html");
    std::fs::write(&path, HOSTILE).unwrap();
    let session = Session::start(&[path]);
    let frame = session.frame("1");
    let policy = frame.header("content-security-policy");
    assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
    assert!(
        frame.body.contains("政府信息公开工作年度报告") && frame.body.contains("本行政机关"),
        "{}",
        frame.body
    );
    let page = Page::new(&frame.body);
    for element in [
        "script", "svg", "iframe", "form", "base", "object", "embed", "img", "link", "input", "math", "video",
    ] {
        assert_eq!(page.texts(element).len(), 0, "{element} in {}", frame.body);
    }
    let lower = frame.body.to_lowercase();
    for part in [
        "javascript:",
        "onerror",
        "onload",
        "evil.example",
        "url(",
        "@import",
        "refresh",
        "alert",
        "position",
    ] {
        assert!(!lower.contains(part), "{part} in {}", frame.body);
    }
    for address in page.attributes("*", "href") {
        assert!(address.starts_with("/source/"), "{address}");
    }
    let outer = session.get("/r/1");
    assert!(
        Page::new(&outer.body)
            .attributes("iframe", "sandbox")
            .iter()
            .all(String::is_empty)
    );
    assert!(!outer.body.contains("<img src=x"), "the title is text");
}

const HOSTILE: &str = r##"<html><head><title>某县2022年政府信息公开工作年度报告<img src=x onerror=alert(1)></title>
<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<link rel="stylesheet" href="http://evil.example/a.css"><style>@import url(http://evil.example/b.css); body{background:url(//evil.example/c)}</style>
<script>alert(1)</script></head><body onload="alert(1)">
<h1>青禾县水务局2022年政府信息公开工作年度报告</h1>
<p style="position:fixed;background-image:url(http://evil.example/d);color:red">一、总体情况</p><p>本行政机关依法公开。</p>
<svg onload="alert(1)"><script>alert(2)</script><foreignObject><iframe src="http://evil.example/"></iframe></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(3)></style></mglyph></table></mtext></math>
<img src="x" onerror="alert(4)"><iframe srcdoc="<script>alert(5)</script>"></iframe>
<form action="http://evil.example/"><input name="a"><button formaction="javascript:alert(6)">x</button></form>
<a href="javascript:alert(7)">链接</a><a href="http://evil.example/x">外</a><object data="http://evil.example/o"></object>
<video src="http://evil.example/v" poster="http://evil.example/p"></video><noscript><p title="</noscript><img src=x onerror=alert(8)>"></noscript>
<table id="nb-1"><tr><td>项目<td>数量<tr><td id="nb-2" onclick="alert(9)">规章<td><a href="http://evil.example/y">3</a></table></body></html>"##;

/// Every figure with a place has a mark there, and the mark holds what was printed.
fn marks_hold_what_was_printed(name: &str, printed: impl Fn(&Session, &Page, usize, &Origin) -> String) -> usize {
    let report = extract(name);
    let session = Session::start(&[sample(name)]);
    let page = Page::new(&session.get("/r/1").body);
    let mut count = 0;
    for (pointer, evidence) in numbers(&report) {
        let number = page
            .place(pointer)
            .unwrap_or_else(|| panic!("{name}: {pointer} has no place"));
        let raw = evidence.raw.as_deref().unwrap();
        let found = printed(&session, &page, number, evidence.origin.as_ref().unwrap());
        assert_eq!(spaceless(&found), spaceless(raw), "{name}: {pointer}");
        count += 1;
    }
    count
}

fn numbers(report: &Report) -> impl Iterator<Item = (&String, &nianbao::Evidence)> {
    let numbers = |state| matches!(state, State::Number | State::Zero);
    report
        .evidence
        .iter()
        .filter(move |(pointer, evidence)| pointer.starts_with("/tables/") && numbers(evidence.state))
}

fn spaceless(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn in_text_a_mark_lies_on_the_printed_number() {
    let mut count = 0;
    for name in ["county-2024-lines.txt", "township-2020-tabs.txt"] {
        count += marks_hold_what_was_printed(name, |_, page, number, _| page.text_of(&format!("#p{number}")));
    }
    assert!(count >= 50, "{count}");
}

#[test]
fn in_a_saved_page_a_mark_lies_on_the_printed_number() {
    let mut count = 0;
    for name in [
        "bureau-2023-gbk.html",
        "city-2022-split.html",
        "county-2012-fujian.html",
        "city-2023.mht",
    ] {
        let frame = std::cell::OnceCell::new();
        count += marks_hold_what_was_printed(name, |session, _, number, _| {
            let frame = frame.get_or_init(|| Page::new(&session.frame("1").body));
            frame.text_of(&format!("#nb-{number}"))
        });
    }
    assert!(count >= 50, "{count}");
}

#[test]
fn in_a_second_page_of_a_file_a_mark_lies_on_the_printed_number() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("two-pages.html");
    let first = b"<!DOCTYPE html><html><head><meta charset=gb18030></head><body><p>1</p></body></html>\n".to_vec();
    let second = std::fs::read(sample("county-2012-fujian.html")).unwrap();
    std::fs::write(&file, [first, second].concat()).unwrap();
    let frame = std::cell::OnceCell::new();
    let count = marks_hold_what_was_printed(file.to_str().unwrap(), |session, _, number, origin| {
        assert!(
            matches!(origin, Origin::Path(path) if path.starts_with("/html[2]/body/")),
            "{origin:?}"
        );
        let frame = frame.get_or_init(|| Page::new(&session.frame("1").body));
        frame.text_of(&format!("#nb-{number}"))
    });
    assert_eq!(count, 34);
}

#[test]
fn on_a_page_a_mark_lies_on_the_printed_number() {
    let mut count = 0;
    for name in [
        "county-2023-chromium.pdf",
        "county-2022-libreoffice.pdf",
        "district-2021-gbk.pdf",
        "province-bureau-2023.ofd",
    ] {
        let bytes = std::fs::read(sample(name)).unwrap();
        let marks = nianbao::read::marks(&bytes, &nianbao::Hints::default())
            .unwrap()
            .unwrap();
        count += marks_hold_what_was_printed(name, |_, page, number, origin| {
            let Origin::Page { page: sheet, .. } = origin else {
                panic!("{origin:?}")
            };
            let [x0, y0, x1, y1] = page.rect(number);
            let inside = |bbox: &[f64; 4]| {
                let (x, y) = ((bbox[0] + bbox[2]) / 2.0, (bbox[1] + bbox[3]) / 2.0);
                (x0..=x1).contains(&x) && (y0..=y1).contains(&y)
            };
            let glyphs = &marks[*sheet as usize - 1].glyphs;
            glyphs
                .iter()
                .filter(|(_, bbox)| inside(bbox))
                .map(|(character, _)| *character)
                .collect()
        });
    }
    assert!(count >= 50, "{count}");
}

#[test]
fn pages_of_a_pdf_file_are_pictures_of_a_few_widths() {
    let session = Session::start(&[sample("county-2023-chromium.pdf")]);
    for (asked, drawn) in [(1, 700), (1000, 1100), (60_000, 1600)] {
        let picture = session.get(&format!("/r/1/page/1?width={asked}"));
        assert_eq!(picture.header("content-type"), "image/png");
        assert!(picture.bytes.starts_with(b"\x89PNG"));
        let width = u32::from_be_bytes(picture.bytes[16..20].try_into().unwrap());
        assert!(width.abs_diff(drawn) <= 1, "{asked}: {width}");
    }
    for page in ["0", "99", "-1"] {
        assert!(matches!(
            session.get(&format!("/r/1/page/{page}?width=700")).status,
            400 | 404
        ));
    }
}

#[test]
fn a_click_in_a_saved_page_reaches_the_page_around_it() {
    let session = Session::start(&[sample("bureau-2023-gbk.html")]);
    let outer = Page::new(&session.get("/r/1").body);
    let clicks = outer.attributes("#source", "data-points").remove(0);
    let frame = Page::new(&session.frame("1").body);
    let link = frame.attributes("a", "href").remove(2);
    let host = format!("Host: {}", session.host);
    assert_eq!(
        session.raw("GET", &link, &[host]).status,
        204,
        "a sandboxed page has no cookie"
    );
    let place = link.rsplit('/').next().unwrap();
    assert_eq!(session.get(&clicks).body, format!("1 {place}"));
}

#[test]
fn the_page_of_one_report_is_a_file_that_loads_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "county-2023-chromium.pdf",
        "bureau-2023-gbk.html",
        "county-2024-lines.txt",
        "county-2023-word.docx",
    ] {
        let out = folder.path().join("review.html");
        let status = review_support::program()
            .arg("review")
            .arg(sample(name))
            .arg("--out")
            .arg(&out)
            .status()
            .unwrap();
        assert!(status.success(), "{name}");
        let page = Page::new(&std::fs::read_to_string(&out).unwrap());
        for (element, attribute) in [("img", "src"), ("iframe", "src"), ("link", "href"), ("script", "src")] {
            for address in page.attributes(element, attribute) {
                assert!(address.starts_with("data:"), "{name}: {address}");
            }
        }
        let policy = page.attributes("meta[http-equiv]", "content").remove(0);
        assert!(
            policy.contains("default-src 'none'") && policy.contains("script-src 'sha256-"),
            "{policy}"
        );
        assert!(page.attributes("td a.fig", "href").len() > 50, "{name}");
    }
}

#[test]
fn every_mark_in_the_source_and_every_figure_lead_to_each_other() {
    for name in [
        "county-2024-lines.txt",
        "county-2023-chromium.pdf",
        "county-2023-word.docx",
        "district-2024.ods",
        "province-bureau-2023.ofd",
    ] {
        let session = Session::start(&[sample(name)]);
        let Answer { body, .. } = session.get("/r/1");
        let page = Page::new(&body);
        let figures = page.attributes("#figures a[data-p]", "href");
        assert!(figures.len() > 50, "{name}");
        for target in figures.iter().chain(&page.attributes("#source a[data-p]", "href")) {
            assert_eq!(page.texts(target).len(), 1, "{name}: {target}");
        }
    }
}

/// A dataset of copies of samples, in a folder of its own.
struct OfSamples {
    folder: tempfile::TempDir,
}

impl OfSamples {
    /// The second report has a total that is not the sum of its parts.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inputs = folder.path().join("inputs");
        std::fs::create_dir(&inputs).unwrap();
        for name in ["county-2023-chromium.pdf", "bureau-2023-gbk.html"] {
            std::fs::copy(sample(name), inputs.join(name)).unwrap();
        }
        let dataset = OfSamples { folder };
        dataset.write_wrong("");
        dataset.batch();
        dataset
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("dataset")
    }

    /// A report whose total of new applications is not the sum of its columns.
    fn write_wrong(&self, more: &str) {
        let text = std::fs::read_to_string(sample("township-2020-tabs.txt")).unwrap();
        let report = extract("township-2020-tabs.txt");
        let new = report
            .tables
            .applications
            .unwrap()
            .values
            .get("new.total")
            .unwrap()
            .to_string();
        let line = text
            .lines()
            .find(|line| line.contains("本年新收") && line.ends_with(&new))
            .unwrap();
        let wrong = format!("{}99{new}", line.strip_suffix(&new).unwrap());
        let path = self.folder.path().join("inputs/wrong.txt");
        std::fs::write(path, text.replace(line, &wrong) + more).unwrap();
    }

    fn batch(&self) {
        let inputs = self.folder.path().join("inputs");
        let run = review_support::program()
            .arg("batch")
            .arg(inputs)
            .arg("--out")
            .arg(self.path())
            .arg("--formats")
            .arg("sqlite,jsonl")
            .output();
        let run = run.unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}

impl OfSamples {
    /// Changes the database.
    fn change(&self, sql: &str) {
        let database = rusqlite::Connection::open(self.path().join("dataset.sqlite")).unwrap();
        database.execute_batch(sql).unwrap();
    }
}

/// The addresses of the reports of a list.
fn listed(session: &Session, query: &str) -> Vec<String> {
    let answer = session.get(&format!("/{query}"));
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    Page::new(&answer.body).attributes("a.report", "href")
}

#[test]
fn the_reports_of_a_dataset_are_listed_searched_filtered_and_opened() {
    let dataset = OfSamples::new();
    let session = Session::start(&[dataset.path()]);
    let all = listed(&session, "");
    assert_eq!(all.len(), 3);
    assert_eq!(listed(&session, "?year=2023").len(), 2);
    assert_eq!(listed(&session, "?format=application/pdf&year=2023").len(), 1);
    assert_eq!(listed(&session, "?q=gbk+2023").len(), 1);
    assert_eq!(listed(&session, "?q=%27%20OR%201=1").len(), 0);
    assert_eq!(listed(&session, "?sort=failed")[0], listed(&session, "?year=2020")[0]);
    assert!(listed(&session, "?page=9").is_empty());
    let failing = Page::new(&session.get("/").body).attributes("select[name=check] option", "value");
    assert!(failing.len() > 1);
    assert_eq!(listed(&session, &format!("?check={}", failing[1])).len(), 1);
    for report in &all {
        let page = session.get(report);
        assert_eq!(page.status, 200);
        assert!(
            Page::new(&page.body).attributes("td a.fig", "href").len() > 50,
            "{report}"
        );
        assert_eq!(session.get(&report.replace("/r/", "/series/")).status, 200);
    }
    assert_eq!(session.get("/overview").status, 200);
    let two = session.get(&format!("/compare?a={}&b={}", &all[0][3..], &all[1][3..]));
    assert!(Page::new(&two.body).texts("tr.changed").len() > 20);
    assert_eq!(session.get("/r/0000000000000000").status, 404);
}

#[test]
fn the_list_is_filtered_by_agency_and_by_region() {
    let dataset = OfSamples::new();
    dataset.change(
        "UPDATE reports SET agency = '云溪区水利局', body = '云溪区水务局', region_code = '999911', region_name = '霁州市云溪区', province = '岚省' \
         WHERE report_id = (SELECT min(report_id) FROM reports)",
    );
    let session = Session::start(&[dataset.path()]);
    let [one] = &listed(&session, "?agency=%E4%BA%91%E6%BA%AA")[..] else {
        panic!("not by agency")
    };
    for query in [
        "?agency=%E6%B0%B4%E5%88%A9%E5%B1%80",
        "?agency=%E6%B0%B4%E5%8A%A1%E5%B1%80",
        "?region=9999",
        "?region=999911",
        "?region=%E9%9C%81%E5%B7%9E+%E5%B2%9A%E7%9C%81",
    ] {
        assert_eq!(listed(&session, query), [one.as_str()], "{query}");
    }
    for query in [
        "?region=99991199",
        "?region=9911",
        "?region=%25",
        "?agency=%E5%B2%9A%E7%9C%81",
    ] {
        assert!(listed(&session, query).is_empty(), "{query}");
    }
    let filtered = Page::new(&session.get("/?region=9999&agency=%E4%BA%91").body);
    let kept = filtered.attributes("th a", "href");
    assert!(
        kept.iter()
            .all(|address| address.contains("region=9999") && address.contains("agency=%E4%BA%91"))
    );
}

#[test]
fn a_body_of_very_many_reports_has_links_to_those_around_one() {
    let dataset = OfSamples::new();
    let copies: String = (1..=60)
        .map(|number| {
            format!(
                "UPDATE report SET report_id = '{number:016}', year = {};
                 UPDATE input SET report_id = '{number:016}', input = 100 + {number};
                 INSERT INTO reports SELECT * FROM report; INSERT INTO inputs SELECT * FROM input;",
                1900 + 3 * number
            )
        })
        .collect();
    dataset.change(&format!(
        "UPDATE reports SET agency = '云溪区水利局', body = '云溪区水利局' WHERE year = 2020;
         CREATE TEMP TABLE report AS SELECT * FROM reports WHERE year = 2020;
         CREATE TEMP TABLE input AS SELECT * FROM inputs WHERE report_id = (SELECT report_id FROM report);
         {copies}"
    ));
    let session = Session::start(&[dataset.path()]);
    assert_eq!(
        listed(&session, "?agency=%E4%BA%91%E6%BA%AA").len(),
        50,
        "a page of them"
    );
    let report = listed(&session, "?year=2020").remove(0);
    let links = Page::new(&session.get(&report).body).attributes("nav a", "href");
    let count = |address: &str| links.iter().filter(|link| link.starts_with(address)).count();
    assert_eq!((count("/r/"), count("/series/")), (16, 1), "{links:?}");
}

#[test]
fn a_dataset_of_another_version_says_so() {
    let dataset = OfSamples::new();
    let warnings = || {
        let session = Session::start(&[dataset.path()]);
        Page::new(&session.get("/").body).texts("p.warning")
    };
    assert_eq!(warnings(), [""; 0]);
    dataset.change("UPDATE metadata SET value = 'nianbao 0.0.9' WHERE key = 'generator'");
    assert!(matches!(&warnings()[..], [one] if one.contains("nianbao 0.0.9")));
}

#[test]
fn a_source_that_was_changed_since_is_not_shown_beside_the_figures_of_before() {
    let dataset = OfSamples::new();
    let session = Session::start(&[dataset.path()]);
    let report = listed(&session, "?year=2020").remove(0);
    dataset.write_wrong("\n附件：无\n");
    let answer = session.get(&report);
    assert!(
        answer.body.contains("was changed since the dataset was made"),
        "{}",
        answer.body
    );
    assert!(Page::new(&answer.body).attributes("td a.fig", "href").is_empty());
}

#[test]
fn a_verdict_outlives_a_new_run_and_no_longer_applies_to_another_source() {
    let dataset = OfSamples::new();
    let session = Session::start(&[dataset.path()]);
    let report = listed(&session, "?year=2020").remove(0);
    let page = Page::new(&session.get(&report).body);
    let secret = page
        .attributes("article.check form input[name=secret]", "value")
        .remove(0);
    let check = page
        .attributes("article.check form input[name=check]", "value")
        .remove(0);
    let form = format!("secret={secret}&check={check}&finding=as_printed&who=a&why=%E5%8E%9F%E6%96%87");
    let address = format!("{report}/verdict");
    assert_eq!(
        session.post(&address, &form.replace(&secret, "0"), None).status,
        403,
        "a form from elsewhere"
    );
    assert_eq!(session.post(&address, &form, Some("http://evil.example")).status, 403);
    assert_eq!(session.post(&address, &form, None).status, 303);
    let figure = "/tables/applications/values/new/total";
    let correction = format!("secret={secret}&key={figure}&new=5&who=a&why=");
    assert_eq!(
        session.post(&format!("{report}/correction"), &correction, None).status,
        303
    );
    let verdicts = |session: &Session, report: &str| Page::new(&session.get(report).body).texts("p.verdict");
    assert_eq!(verdicts(&session, &report).len(), 2);
    drop(session);

    dataset.batch();
    let session = Session::start(&[dataset.path()]);
    assert_eq!(verdicts(&session, &report).len(), 2);
    let list = Page::new(&session.get("/verdicts").body);
    assert_eq!(
        (list.texts("article.check").len(), list.texts("article.void").len()),
        (2, 0)
    );
    drop(session);

    dataset.write_wrong("\n附件：无\n");
    dataset.batch();
    let session = Session::start(&[dataset.path()]);
    let list = Page::new(&session.get("/verdicts").body);
    assert_eq!(list.texts("article.void").len(), 2, "they are of other bytes");
    let report = listed(&session, "?year=2020").remove(0);
    assert_eq!(verdicts(&session, &report).len(), 0);
}

#[test]
fn a_dataset_without_a_database_says_what_is_needed() {
    let folder = tempfile::tempdir().unwrap();
    let run = review_support::program()
        .arg("review")
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("sqlite"));
}
