//! Documents found inside archives and web archives, in each other too.
#![allow(missing_docs, clippy::unwrap_used)]

mod batch_support;

use batch_support::{Scene, gzip, report, tar, zip};
use nianbao_maker::{Spec, containers, make};

fn warc(kind: &str, headers: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n{headers}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(url: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat();
    warc(
        "response",
        &format!("WARC-Target-URI: {url}\r\nWARC-Payload-Digest: sha1:{url}\r\n"),
        &block,
    )
}

#[test]
fn archives_in_archives_are_opened_and_names_in_gbk_are_read() {
    let scene = Scene::new();
    let (one, two, three) = (report(1), report(2), report(3));
    let inner = zip(&[("deep/一.html", &one.bytes)]);
    scene.write(
        "in/all.tar.gz",
        gzip(&tar(&[("inner.zip", &inner), ("two.txt", &two.bytes)])),
    );
    scene.write("in/page.html.gz", gzip(&three.bytes));
    scene.write(
        "in/all.tar.zst",
        zstd::encode_all(&tar(&[("four.htm", &report(4).bytes)])[..], 1).unwrap(),
    );
    let mut gbk = zip(&[("??.html", &report(5).bytes)]);
    let name = encoding_rs::GBK.encode("年报").0.into_owned();
    for _ in 0..2 {
        // The bytes of a name say nothing of their encoding in archives by older programs.
        let place = gbk.windows(7).position(|window| window == b"??.html").unwrap();
        gbk.splice(place..place + 2, name[..2].iter().copied());
    }
    scene.write("in/gbk.zip", gbk);
    scene.expect(0, &["in", "--out", "set"]);
    let fates = scene.fates("set");
    let names: Vec<&str> = fates.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "in/all.tar.gz!inner.zip!deep/一.html",
            "in/all.tar.gz!two.txt",
            "in/all.tar.zst!four.htm",
            "in/gbk.zip!年.html",
            "in/page.html.gz!page.html",
        ]
    );
    assert!(fates.iter().all(|(_, fate)| fate == "annual_report"), "{fates:?}");
}

#[test]
fn archives_deeper_than_the_limit_are_named_and_not_opened() {
    let scene = Scene::new();
    let mut bytes = report(1).bytes;
    for _ in 0..8 {
        bytes = gzip(&bytes);
    }
    scene.write("in/matryoshka", bytes);
    scene.expect(3, &["in", "--out", "set"]);
    assert_eq!(scene.fates("set")[0].1, "unreadable nested_too_deep");
}

#[test]
fn a_damaged_archive_gives_what_stands_before_the_damage() {
    let scene = Scene::new();
    let bytes = gzip(&tar(&[
        ("1.html", &report(1).bytes),
        ("2.html", &report(2).bytes.repeat(9)),
    ]));
    scene.write("in/cut.tar.gz", &bytes[..bytes.len() - 99]);
    scene.expect(3, &["in", "--out", "set"]);
    let fates = scene.fates("set");
    assert_eq!(fates[0], ("in/cut.tar.gz!1.html".into(), "annual_report".into()));
    assert_eq!(fates[1].1, "unreadable damaged", "{fates:?}");
}

#[test]
fn an_archive_without_a_document_is_told() {
    let scene = Scene::new();
    scene.write("in/cut.warc", b"WARC/1.0\r re");
    scene.write("in/info.warc.gz", gzip(&warc("warcinfo", "", b"software: none")));
    scene.write("in/none.zip", zip(&[]));
    scene.write("in/outer.zip", zip(&[("none.tar", &tar(&[])), ("none.zip", &zip(&[]))]));
    let said = scene.expect(3, &["in", "--out", "set"]);
    assert!(
        said.contains("cut.warc: 12 bytes at the beginning belong to no record"),
        "{said}"
    );
    let fates = scene.fates("set");
    let expected = [
        "in/cut.warc",
        "in/info.warc.gz",
        "in/none.zip",
        "in/outer.zip!none.tar",
        "in/outer.zip!none.zip",
    ];
    assert_eq!(
        fates.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn a_web_archive_in_a_zip_with_a_wrong_checksum_comes_to_an_end() {
    let scene = Scene::new();
    let made = report(1);
    let records = warc("resource", "WARC-Target-URI: http://a.gov.cn/1\r\n", &made.bytes);
    let mut bytes = zip(&[("a.warc", &records)]);
    let checksum = crc32fast::hash(&records).to_le_bytes();
    while let Some(place) = bytes.windows(4).position(|window| window == checksum) {
        bytes[place..place + 4].copy_from_slice(b"zero");
    }
    scene.write("in/all.zip", bytes);
    scene.expect(3, &["in", "--out", "set"]);
    let fates = scene.fates("set");
    assert_eq!(
        fates,
        [
            ("in/all.zip!a.warc!http://a.gov.cn/1".into(), "annual_report".into()),
            ("in/all.zip!a.warc".into(), "unreadable damaged".into())
        ]
    );
}

#[test]
fn records_that_say_they_are_enormous_are_read_in_time() {
    let record = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 60000000\r\n\r\nshort\r\n\r\n";
    let count = 50_000;
    let bytes = record.repeat(count);
    let mut records = nianbao::batch::warc::Records::new(&bytes[..]);
    let start = std::time::Instant::now();
    for _ in 0..count {
        let read = records.next_record().unwrap().unwrap();
        assert!(read.truncated && read.block.starts_with(b"short"));
    }
    assert!(records.next_record().unwrap().is_none());
    assert!(
        start.elapsed() < std::time::Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_web_archive_gives_address_date_and_decoded_bodies() {
    let scene = Scene::new();
    let made = report(1);
    let body = gzip(&made.bytes);
    let chunked = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    let headers = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n";
    let records = [
        warc("warcinfo", "", b"software: test"),
        warc(
            "request",
            "WARC-Target-URI: http://a.gov.cn/1\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response("http://a.gov.cn/1", headers, &chunked),
        response("http://a.gov.cn/logo.png", "", b"\x89PNG\r\n\x1a\n"),
        warc(
            "response",
            "WARC-Target-URI: http://a.gov.cn/gone\r\n",
            b"HTTP/1.1 404 Not Found\r\n\r\n<p>\xe5\x85\xac",
        ),
        warc(
            "revisit",
            "WARC-Target-URI: http://a.gov.cn/1?again\r\nWARC-Payload-Digest: sha1:http://a.gov.cn/1\r\n",
            b"",
        ),
        warc(
            "resource",
            "WARC-Target-URI: http://a.gov.cn/2.txt\r\nContent-Type: text/plain\r\n",
            &report(2).bytes,
        ),
    ];
    scene.write("plain.warc", records.concat());
    scene.write(
        "packed.warc.gz",
        records.iter().flat_map(|record| gzip(record)).collect::<Vec<u8>>(),
    );
    for archive in ["plain.warc", "packed.warc.gz"] {
        scene.expect(0, &[archive, "--out", archive.split('.').next().unwrap()]);
    }
    assert_eq!(scene.fates("plain").len(), 5);
    let of = |set: &str| scene.fates(set).into_iter().map(|(_, fate)| fate).collect::<Vec<_>>();
    let expected = [
        "annual_report",
        "not_a_report image/png",
        "not_a_report http_status",
        "duplicate revisit",
        "annual_report",
    ];
    assert_eq!(
        (of("plain"), of("packed")),
        (expected.map(Into::into).into(), expected.map(Into::into).into())
    );
    let inputs = scene.rows("plain", "inputs");
    assert_eq!(inputs[0]["name"], "plain.warc!http://a.gov.cn/1");
    assert_eq!(
        (&inputs[0]["url"], &inputs[0]["fetched"]),
        (&"http://a.gov.cn/1".into(), &"2024-01-02T03:04:05Z".into())
    );
    assert_eq!(inputs[3]["report_id"], inputs[0]["report_id"]);
    assert_eq!(scene.rows("plain", "reports")[0]["url"], "http://a.gov.cn/1");
}

#[test]
fn damage_in_a_web_archive_costs_the_record_that_it_is_in() {
    let scene = Scene::new();
    let record = |seed: u64| {
        response(
            &format!("http://a.gov.cn/{seed}"),
            "Content-Type: text/html\r\n",
            &report(seed).bytes,
        )
    };
    let mut cut = gzip(&record(2));
    cut.truncate(cut.len() / 5);
    scene.write("a.warc.gz", [gzip(&record(1)), cut, gzip(&record(3))].concat());
    scene.expect(3, &["a.warc.gz", "--out", "set"]);
    let found: Vec<String> = scene
        .rows("set", "reports")
        .iter()
        .map(|row| row["url"].to_string())
        .collect();
    assert!(found.contains(&"\"http://a.gov.cn/1\"".into()), "{found:?}");
    assert!(found.contains(&"\"http://a.gov.cn/3\"".into()), "{found:?}");
}

#[test]
fn a_record_that_ends_early_is_read_as_far_as_it_goes_and_says_so() {
    let scene = Scene::new();
    let made = report(1);
    let record = response("http://a.gov.cn/1", "Content-Type: text/html\r\n", &made.bytes);
    scene.write("a.warc", &record[..record.len() - 60]);
    scene.expect(0, &["a.warc", "--out", "set"]);
    let codes: Vec<String> = scene
        .rows("set", "diagnostics")
        .iter()
        .map(|row| row["code"].to_string())
        .collect();
    assert!(codes.contains(&"\"batch.record_cut\"".into()), "{codes:?}");
}

#[test]
fn a_record_of_no_interest_that_lies_about_its_length_swallows_none_behind_it() {
    let scene = Scene::new();
    let info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 5000000\r\n\r\nsoftware: none\r\n\r\n";
    let record = response("http://a.gov.cn/1", "Content-Type: text/html\r\n", &report(1).bytes);
    scene.write("a.warc", [&info[..], &record].concat());
    scene.expect(0, &["a.warc", "--out", "set"]);
    assert_eq!(
        scene.fates("set"),
        [("a.warc!http://a.gov.cn/1".into(), "annual_report".into())]
    );
}

#[test]
fn the_older_arc_is_read_too() {
    let scene = Scene::new();
    let mut arc = b"filedesc://x.arc 0.0.0.0 20090101000000 text/plain 4\n1 0\n\n".to_vec();
    for seed in 1..3 {
        let block = [
            &b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"[..],
            &report(seed).bytes,
        ]
        .concat();
        arc.extend(
            format!(
                "http://a.gov.cn/{seed} 1.2.3.4 20090203040506 text/html {}\n",
                block.len()
            )
            .bytes(),
        );
        arc.extend(block);
        arc.push(b'\n');
    }
    scene.write("old.arc.gz", gzip(&arc));
    scene.expect(0, &["old.arc.gz", "--out", "set"]);
    let inputs = scene.rows("set", "inputs");
    assert_eq!(inputs.len(), 2);
    assert_eq!(
        (&inputs[1]["url"], &inputs[1]["fetched"]),
        (&"http://a.gov.cn/2".into(), &"2009-02-03T04:05:06Z".into())
    );
}

#[test]
fn pages_that_are_no_reports_are_told_apart() {
    let scene = Scene::new();
    let links: String = (2015..2024)
        .map(|year| format!("<li><a href='/{year}.html'>某市{year}年政府信息公开工作年度报告</a></li>"))
        .collect();
    scene.write(
        "in/list.html",
        format!("<title>政府信息公开年报</title><ul>{links}</ul>"),
    );
    scene.write(
        "in/attachment.html",
        "<title>某市2023年政府信息公开工作年度报告</title><h1>某市2023年政府信息公开工作年度报告</h1>\
         <p>附件：<a href='/files/a.pdf'>某市2023年政府信息公开工作年度报告.pdf</a></p>",
    );
    scene.write(
        "in/notice.html",
        "<title>关于做好政府信息公开工作的通知</title><p>各单位要做好年度报告的编制工作，加强组织领导。</p>",
    );
    scene.write("in/photo.jpg", b"\xff\xd8\xff\xe0 picture");
    scene.expect(0, &["in", "--out", "set"]);
    let fates: Vec<String> = scene.fates("set").into_iter().map(|(_, fate)| fate).collect();
    assert_eq!(
        fates,
        [
            "attachment_only attachment",
            "list_page links",
            "not_a_report notice",
            "not_a_report image/jpeg"
        ]
    );
}

#[test]
fn a_web_archive_whose_damage_hides_the_head_of_a_record_says_so() {
    let scene = Scene::new();
    let record = |seed: u64| {
        response(
            &format!("http://a.gov.cn/{seed}"),
            "Content-Type: text/html\r\n",
            &report(seed).bytes,
        )
    };
    let mut damaged = gzip(&record(2));
    damaged[10..40].fill(0xff);
    scene.write("a.warc.gz", [gzip(&record(1)), damaged, gzip(&record(3))].concat());
    let said = scene.expect(3, &["a.warc.gz", "--out", "set"]);
    assert!(said.contains("a.warc.gz") && said.contains("damaged"), "{said}");
    let fates: Vec<String> = scene.fates("set").into_iter().map(|(_, fate)| fate).collect();
    assert_eq!(fates, ["annual_report", "unreadable damaged", "annual_report"]);
}

#[test]
fn a_zip_in_a_zip_is_opened_and_half_a_zip_is_damaged() {
    let scene = Scene::new();
    let inner = zip(&[("a.html", &report(1).bytes)]);
    scene.write("in/outer.zip", zip(&[("inner.zip", &inner)]));
    scene.write("in/half.zip", &inner[..inner.len() / 2]);
    scene.expect(3, &["in", "--out", "set"]);
    assert_eq!(
        scene.fates("set"),
        [
            ("in/half.zip".to_owned(), "unreadable damaged".to_owned()),
            ("in/outer.zip!inner.zip!a.html".into(), "annual_report".into())
        ]
    );
}

#[test]
fn a_page_that_shows_its_report_as_pictures_is_a_scan() {
    let scene = Scene::new();
    let page = "<meta charset=utf-8><h1>某县2023年政府信息公开工作年度报告</h1><img src=1.jpg><img src=2.jpg>";
    scene.write("in/a.html", page);
    scene.expect(0, &["in", "--out", "set"]);
    assert_eq!(scene.fates("set")[0].1, "scan no_text");
}

#[test]
fn two_members_of_one_name_are_both_read() {
    let scene = Scene::new();
    let mut bytes = zip(&[
        ("a.html", &report(1).bytes),
        ("b.html", &report(2).bytes),
        ("c.html", &report(3).bytes),
    ]);
    for name in [b"b.html", b"c.html"] {
        while let Some(place) = bytes.windows(6).position(|window| window == name) {
            bytes[place..place + 6].copy_from_slice(b"a.html");
        }
    }
    scene.write("in/all.zip", bytes);
    scene.expect(0, &["in", "--out", "set"]);
    let member = || ("in/all.zip!a.html".to_owned(), "annual_report".to_owned());
    assert_eq!(scene.fates("set"), [member(), member(), member()]);
    assert_eq!(scene.rows("set", "reports").len(), 3);
}

/// A tar with a member of a kind, and an end mark.
fn tar_of_kinds(members: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, kind, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(*kind);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if kind.is_gnu_sparse() {
            let gnu = header.as_gnu_mut().unwrap();
            let number = |number: u64| format!("{number:011o}\0").into_bytes().try_into().unwrap();
            gnu.sparse[0].offset = number(0);
            gnu.sparse[0].numbytes = number(bytes.len() as u64);
            gnu.realsize = number(bytes.len() as u64);
        }
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn every_member_of_a_tar_has_a_row_with_its_fate() {
    use tar::EntryType;
    let scene = Scene::new();
    let made: Vec<Vec<u8>> = (1..5).map(|seed| report(seed).bytes).collect();
    let bytes = tar_of_kinds(&[
        ("a.html", EntryType::Regular, &made[0]),
        ("b.html", EntryType::Continuous, &made[1]),
        ("c.html", EntryType::new(b'Z'), &made[2]),
        ("d.html", EntryType::GNUSparse, &made[3]),
        ("e.html", EntryType::Symlink, b""),
        ("f.html", EntryType::Link, b""),
        ("g.html", EntryType::Fifo, b""),
        ("h.html", EntryType::Char, b""),
        ("folder", EntryType::Directory, b""),
    ]);
    scene.write("in/all.tar", bytes);
    scene.expect(0, &["in", "--out", "set"]);
    let fates: Vec<String> = scene.fates("set").into_iter().map(|(_, fate)| fate).collect();
    assert_eq!(fates[..4], ["annual_report"; 4]);
    assert_eq!(fates[4..], ["not_a_report not_a_file"; 4]);
}

#[test]
fn a_tar_is_read_on_behind_damage_and_behind_an_end_mark() {
    let scene = Scene::new();
    let one = |name: &str, seed: u64| tar(&[(name, &report(seed).bytes)]);
    let mut bytes = [one("a.html", 1), one("b.html", 2), one("c.html", 3)].concat();
    scene.write("in/joined.tar", &bytes);
    let second = bytes.windows(6).position(|window| window == b"b.html").unwrap();
    bytes[second] = b'x';
    scene.write("in/torn.tar", &bytes);
    scene.expect(3, &["in", "--out", "set"]);
    let fates: Vec<(String, String)> = scene.fates("set");
    let names: Vec<&str> = fates.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "in/joined.tar!a.html",
            "in/joined.tar!b.html",
            "in/joined.tar!c.html",
            "in/torn.tar!a.html",
            "in/torn.tar",
            "in/torn.tar!c.html"
        ]
    );
    assert_eq!(fates[4].1, "unreadable damaged");
}

/// The archive with another size in the head of a member, and the checksum that goes with it.
fn resized(mut bytes: Vec<u8>, name: &str, size: usize) -> Vec<u8> {
    let at = bytes
        .windows(name.len())
        .position(|window| window == name.as_bytes())
        .unwrap();
    let head = &mut bytes[at..at + 512];
    head[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    head[148..156].copy_from_slice(b"        ");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    bytes
}

#[test]
fn a_false_length_in_a_tar_hides_no_member() {
    let made: Vec<Vec<u8>> = (1..4).map(|seed| report(seed).bytes).collect();
    let whole = || tar(&[("a.html", &made[0][..]), ("b.html", &made[1]), ("c.html", &made[2])]);
    let rest = whole().len() - 512;
    for (what, size) in [
        ("into the next", made[0].len() + 2000),
        ("over all", rest),
        ("past the end", 1 << 30),
    ] {
        let scene = Scene::new();
        scene.write("in/x.tar", resized(whole(), "a.html", size));
        scene.expect(3, &["in", "--out", "set"]);
        let fates: Vec<(String, String)> = scene.fates("set");
        let names: Vec<&str> = fates.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["in/x.tar!a.html", "in/x.tar", "in/x.tar!b.html", "in/x.tar!c.html"],
            "{what}"
        );
        assert_eq!(fates[3].1, "annual_report", "{what}");
    }
    // A tar within the tar is no false length.
    let scene = Scene::new();
    scene.write("in/x.tar", tar(&[("inner.tar", &whole())]));
    scene.expect(0, &["in", "--out", "set"]);
    assert_eq!(scene.fates("set").len(), 3);
}

/// What the rows of a web archive are: the number in the address of a report, or the reason.
fn web_archive_rows(bytes: &[u8]) -> Vec<String> {
    let scene = Scene::new();
    scene.write("a.warc", bytes);
    scene.batch(&["a.warc", "--out", "set", "--formats", "jsonl"]);
    let rows = scene.rows("set", "inputs");
    let row = |row: &serde_json::Value| match row["fate"].as_str().unwrap() {
        "annual_report" => row["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(),
        _ => row["reason"].as_str().unwrap().to_owned(),
    };
    rows.iter().map(row).collect()
}

#[test]
fn every_gap_in_a_web_archive_is_a_row_and_no_length_hides_what_comes_behind() {
    let record = |seed: u64| {
        let body = report(seed).bytes;
        let headers = format!("Content-Type: text/html\r\nContent-Length: {}\r\n", body.len());
        response(&format!("http://a.gov.cn/{seed}"), &headers, &body)
    };
    // Neither a line end nor a length that leads to the next head; the head stands on both sides of the longest line.
    let noise = vec![0xa5_u8; 100_000];
    let edge = vec![0xa5_u8; (1 << 16) - 4];
    for noise in [noise, edge] {
        let bytes = [record(1), noise, record(2), record(3)].concat();
        assert_eq!(web_archive_rows(&bytes), ["1", "damaged", "2", "3"]);
    }
    let mut bad_head = gzip(&record(2));
    bad_head[..2].fill(0);
    let bytes = [gzip(&record(1)), bad_head.clone(), gzip(&record(3))].concat();
    assert_eq!(web_archive_rows(&bytes), ["1", "damaged", "3"]);
    let bytes = [gzip(&record(1)), bad_head].concat();
    assert_eq!(web_archive_rows(&bytes), ["1", "damaged"]);
    let with_length = |record: Vec<u8>, change: &dyn Fn(u64) -> u64| {
        let text = b"Content-Length: ";
        let at = record.windows(text.len()).position(|window| window == text).unwrap() + text.len();
        let end = at + record[at..].iter().position(|byte| *byte == b'\r').unwrap();
        let length: u64 = std::str::from_utf8(&record[at..end]).unwrap().parse().unwrap();
        [&record[..at], change(length).to_string().as_bytes(), &record[end..]].concat()
    };
    for more in [1000, 99_999_999_999] {
        let bytes = [with_length(record(1), &|length| length + more), record(2), record(3)].concat();
        assert_eq!(web_archive_rows(&bytes), ["1", "2", "3"]);
    }
    // The false length leads to the end of the record behind, where all looks well.
    let behind = record(2).len() as u64;
    let lying = with_length(record(1), &|length| length + behind);
    assert_eq!(
        web_archive_rows(&[lying, record(2), record(3)].concat()),
        ["1", "2", "3"]
    );
    // One that is longer than it says: its end belongs to nobody, and is said to.
    let bytes = [with_length(record(1), &|length| length - 40), record(2)].concat();
    assert_eq!(web_archive_rows(&bytes), ["1", "damaged", "2"]);
}

#[test]
fn endless_heads_cost_no_memory_and_hide_nothing() {
    let record = response("http://a.gov.cn/1", "Content-Type: text/html\r\n", &report(1).bytes);
    let endless = "a:b\r\n".repeat(4_000_000);
    let head = format!("WARC/1.0\r\n{endless}\r\n");
    assert_eq!(web_archive_rows(&[head.as_bytes(), &record].concat()), ["damaged", "1"]);
    let response = response("http://a.gov.cn/2", &endless, &report(2).bytes);
    assert_eq!(web_archive_rows(&[&response[..], &record].concat()), ["2", "1"]);
}

#[test]
fn zips_nested_too_deep_are_no_office_documents() {
    let scene = Scene::new();
    let mut bytes = report(1).bytes;
    for _ in 0..8 {
        bytes = zip(&[("inner.zip", &bytes)]);
    }
    scene.write("in/all.zip", bytes);
    scene.expect(3, &["in", "--out", "set"]);
    assert_eq!(scene.fates("set")[0].1, "unreadable nested_too_deep");
}

#[test]
fn a_package_is_one_document_however_its_main_part_is_spelled() {
    let spec = Spec {
        container: containers::named("ofd"),
        ..Spec::default()
    };
    let made = make(1, &spec).unwrap();
    let mut package = made.bytes;
    let places: Vec<usize> = (0..package.len())
        .filter(|at| package[*at..].starts_with(b"OFD.xml"))
        .collect();
    assert_eq!(places.len(), 2);
    for place in places {
        package[place..place + 7].copy_from_slice(b"ofd.XML");
    }
    let scene = Scene::new();
    scene.write("in/all.zip", zip(&[("1.ofd", &package), ("2.html", &report(2).bytes)]));
    scene.expect(0, &["in", "--out", "set"]);
    let fates = scene.fates("set");
    let names: Vec<&str> = fates.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["in/all.zip!1.ofd", "in/all.zip!2.html"]);
    assert!(fates.iter().all(|(_, fate)| fate == "annual_report"), "{fates:?}");
}

#[test]
fn a_zip_behind_other_bytes_is_opened() {
    let scene = Scene::new();
    let made = report(1);
    let mut bytes = b"#!/bin/sh\n# unpacks itself\n".repeat(100);
    bytes.extend(zip(&[("a.html", &made.bytes)]));
    scene.write("in/self.bin", bytes);
    scene.expect(0, &["in", "--out", "set"]);
    assert_eq!(
        scene.fates("set"),
        [("in/self.bin!a.html".to_owned(), "annual_report".to_owned())]
    );
}
