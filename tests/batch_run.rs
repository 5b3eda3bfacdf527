//! A run of `nianbao batch`: order, resumption, what bad inputs cost, and what later runs do.
#![allow(missing_docs)]

mod batch_support;

use std::fs;

use batch_support::{Scene, report, zip};

#[test]
fn inputs_stand_in_the_order_of_their_names_and_jobs_change_nothing() {
    let scene = Scene::new();
    scene.write_reports("in/b", 1..6);
    scene.write_reports("in/a", 6..9);
    scene.write("in/z.txt", "天气");
    scene.expect(0, &["in", "--out", "one", "--jobs", "1"]);
    scene.expect(0, &["in", "--out", "three", "--jobs", "3"]);
    let names: Vec<String> = scene.fates("one").into_iter().map(|(name, _)| name).collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
    assert_eq!(names.len(), 9);
    assert!(
        scene.files("one") == scene.files("three"),
        "the number of jobs changed the dataset"
    );
}

#[test]
fn a_journal_torn_anywhere_gives_the_same_dataset_in_the_end() {
    let scene = Scene::new();
    scene.write_reports("in", 1..8);
    scene.expect(0, &["in", "--out", "whole", "--jobs", "2"]);
    let journal = fs::read(scene.path("whole/.journal/000001.seg")).unwrap();
    let whole = scene.files("whole");
    for part in [
        0,
        1,
        27,
        28,
        29,
        500,
        journal.len() / 3,
        journal.len() / 2,
        journal.len() - 1,
    ] {
        let dataset = format!("torn{part}");
        // What a run that was killed leaves: an open segment that ends anywhere, and half-written files aside.
        scene.write(&format!("{dataset}/.journal/000001.open"), &journal[..part]);
        scene.write(&format!("{dataset}/.aside/csv/reports.csv"), "half");
        scene.write_mark(&dataset);
        let said = scene.expect(0, &["in", "--out", &dataset, "--jobs", "2"]);
        assert!(scene.files(&dataset) == whole, "torn at {part}: {said}");
    }
}

#[test]
fn damage_inside_a_torn_journal_costs_only_what_stands_behind() {
    let scene = Scene::new();
    scene.write_reports("in", 1..6);
    scene.expect(0, &["in", "--out", "whole"]);
    let mut journal = fs::read(scene.path("whole/.journal/000001.seg")).unwrap();
    let middle = journal.len() / 2;
    journal[middle] ^= 0xff;
    scene.write("torn/.journal/000001.open", &journal);
    scene.write_mark("torn");
    let said = scene.expect(0, &["in", "--out", "torn"]);
    assert!(said.contains("known from earlier runs"), "{said}");
    assert!(scene.files("torn") == scene.files("whole"));
}

#[test]
fn a_damaged_journal_keeps_its_whole_records_and_reads_the_broken_ones_again() {
    let scene = Scene::new();
    scene.write_reports("in", 1..7);
    scene.expect(0, &["in", "--out", "set", "--jobs", "1"]);
    let (whole, path) = (scene.files("set"), scene.path("set/.journal/000001.seg"));
    let journal = fs::read(&path).unwrap();
    // In the first head, in a payload, in the middle, in the last payload; and all zero in the middle; and the end cut off.
    let flipped = |at: usize| {
        let mut bytes = journal.clone();
        bytes[at] ^= 0x10;
        bytes
    };
    let mut wiped = journal.clone();
    wiped[journal.len() / 3..journal.len() / 2].fill(0);
    let cut = journal[..journal.len() - 9].to_vec();
    for (name, bytes) in [
        ("head", flipped(2)),
        ("payload", flipped(100)),
        ("middle", flipped(journal.len() / 2)),
        ("end", flipped(journal.len() - 1)),
        ("wiped", wiped),
        ("cut", cut),
    ] {
        fs::remove_dir_all(scene.path("set/.journal")).unwrap();
        fs::create_dir(scene.path("set/.journal")).unwrap();
        fs::write(&path, bytes).unwrap();
        let said = scene.expect(0, &["in", "--out", "set", "--jobs", "1"]);
        assert!(said.contains("of the journal were damaged"), "{name}: {said}");
        let known: u64 = said
            .split("(")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!((3..6).contains(&known), "{name}: {said}");
        assert!(scene.files("set") == whole, "{name}");
        let said = scene.expect(0, &["in", "--out", "set", "--jobs", "1"]);
        assert!(said.contains("(6 known from earlier runs)"), "{name}: {said}");
    }
}

#[test]
fn other_inputs_are_refused_unless_they_are_added_or_replace_what_is_there() {
    let scene = Scene::new();
    scene.write_reports("one", 1..3);
    scene.write_reports("two", 3..5);
    scene.expect(0, &["one", "--out", "set"]);
    let first = scene.files("set");
    let said = scene.expect(2, &["two", "--out", "set"]);
    assert!(
        said.contains("--add") && said.contains("--replace") && said.contains("/one"),
        "{said}"
    );
    assert!(scene.files("set") == first, "a refused run changed the dataset");

    scene.expect(0, &["one", "two", "--out", "both"]);
    let both = scene.files("both");
    scene.expect(0, &["two", "--out", "set", "--add"]);
    assert!(
        scene.files("set") == both,
        "adding is not the same as reading both at once"
    );
    scene.expect(2, &["one", "--out", "set"]);
    scene.expect(0, &["one", "two", "--out", "set"]);
    assert!(scene.files("set") == both);

    // What was added stays when its files are gone; what is named again is read again.
    fs::remove_dir_all(scene.path("one")).unwrap();
    fs::remove_file(fs::read_dir(scene.path("two")).unwrap().next().unwrap().unwrap().path()).unwrap();
    scene.expect(0, &["two", "--out", "set", "--add"]);
    assert_eq!(scene.fates("set").len(), 3);
    scene.expect(0, &["two", "--out", "set", "--replace"]);
    assert_eq!(scene.fates("set").len(), 1);
    // More than before loses nothing.
    scene.write_reports("one", 1..2);
    scene.expect(0, &["one", "two", "--out", "set"]);
    assert_eq!(scene.fates("set").len(), 2);
}

#[test]
fn what_is_added_knows_the_bytes_that_are_there() {
    let scene = Scene::new();
    let bytes = report(1).bytes;
    scene.write("one/a.html", &bytes);
    scene.write("one/b.html", &bytes);
    scene.write("two/c.html", &bytes);
    scene.expect(0, &["one", "--out", "set"]);
    scene.expect(0, &["two", "--out", "set", "--add"]);
    let fates = |dataset: &str| -> Vec<String> { scene.fates(dataset).into_iter().map(|(_, fate)| fate).collect() };
    assert_eq!(
        fates("set"),
        ["annual_report", "duplicate same_bytes", "duplicate same_bytes"]
    );
    // The file that the second had the bytes of is read anew and now another; its result is still there.
    scene.write("one/a.html", report(2).bytes);
    scene.expect(0, &["one/a.html", "--out", "set", "--add"]);
    assert_eq!(fates("set"), ["annual_report", "duplicate same_bytes", "annual_report"]);
}

#[test]
fn a_dataset_is_known_by_its_mark_and_its_version() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.write("mine/.journal/notes.txt", "mine");
    let said = scene.expect(2, &["in", "--out", "mine"]);
    assert!(said.contains("other files"), "{said}");
    scene.write("later/.nianbao", "{\"format\":\"nianbao dataset\",\"version\":99}");
    let said = scene.expect(2, &["in", "--out", "later"]);
    assert!(said.contains("a later version"), "{said}");
}

#[test]
fn a_later_run_reads_only_what_is_new_or_changed() {
    let scene = Scene::new();
    scene.write_reports("in", 1..5);
    scene.expect(0, &["in", "--out", "set"]);
    scene.write_reports("in", 5..6);
    let changed = scene.path(&format!("in/001-{}", report(1).file_name));
    let bytes = [fs::read(&changed).unwrap(), b"\n".to_vec()].concat();
    fs::write(&changed, bytes).unwrap();
    let said = scene.expect(0, &["in", "--out", "set"]);
    assert!(
        said.contains("5 inputs, 5 reports (3 known from earlier runs)"),
        "{said}"
    );
    scene.expect(0, &["in", "--out", "fresh"]);
    assert!(scene.files("set") == scene.files("fresh"));
}

#[test]
fn our_own_json_beside_the_documents_is_one_line_and_no_failure() {
    let scene = Scene::new();
    scene.write_reports("in", 1..4);
    for (format, name) in [("json", "a.json"), ("jsonl", "b.jsonl")] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["extract", "--format", format])
            .args(
                fs::read_dir(scene.path("in"))
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            )
            .output()
            .unwrap();
        scene.write(&format!("json/{name}"), output.stdout);
    }
    for number in 0..3 {
        fs::copy(scene.path("json/b.jsonl"), scene.path(&format!("in/{number}.json"))).unwrap();
    }
    fs::copy(scene.path("json/a.json"), scene.path("in/a.json")).unwrap();
    let said = scene.expect(0, &["in", "--out", "set", "--formats", "jsonl"]);
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("json")).collect();
    assert_eq!(lines, ["nianbao: set: 4 not_a_report: nianbao_json"]);
}

#[test]
fn bad_files_among_good_ones_are_named_with_their_reason_and_cost_only_themselves() {
    let scene = Scene::new();
    scene.write_reports("in/good", 1..4);
    scene.write("in/bad/broken.pdf", b"%PDF-1.7\nand then nothing of the kind");
    scene.write(
        "in/bad/cut.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
          3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj 4 0 obj<</Length 900>>stream\n",
    );
    scene.write("in/bad/empty.html", b"");
    let mut locked = zip(&[("secret.html", b"<p>x")]);
    let central = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    scene.write("in/bad/encrypted.zip", locked);
    let nested = "<div>政府信息公开年度报告".repeat(200_000);
    scene.write("in/bad/hostile.html", nested);
    let enormous = scene.path("in/bad/enormous.html");
    fs::File::create(enormous).unwrap().set_len(1 << 32).unwrap();
    let said = scene.expect(3, &["in", "--out", "set", "--quiet"]);
    for name in [
        "broken.pdf",
        "cut.pdf",
        "empty.html",
        "encrypted.zip!secret.html",
        "enormous.html",
    ] {
        assert!(
            said.lines().any(|line| line.contains(&format!("{name}: "))),
            "{name} is not named: {said}"
        );
    }
    let fates = scene.fates("set");
    let of = |name: &str| {
        let found = fates.iter().find(|(other, _)| other.ends_with(name));
        found.unwrap_or_else(|| panic!("{name}: {fates:?}")).1.as_str()
    };
    assert_eq!(
        fates.iter().filter(|(_, fate)| fate == "annual_report").count(),
        3,
        "{fates:?}"
    );
    assert_eq!(of("broken.pdf"), "unreadable damaged");
    assert_eq!(of("cut.pdf"), "unreadable damaged");
    assert_eq!(of("empty.html"), "unreadable empty");
    assert_eq!(of("encrypted.zip!secret.html"), "unreadable encrypted");
    assert_eq!(of("enormous.html"), "unreadable too_large");
    assert_ne!(of("hostile.html"), "annual_report");
    for (row, (name, fate)) in scene.rows("set", "inputs").iter().zip(&fates) {
        assert!(
            fate == "annual_report" || row["detail"].is_string(),
            "{name} says nothing"
        );
    }
}

#[test]
fn the_same_bytes_and_the_same_report_in_two_files_are_linked() {
    let scene = Scene::new();
    let made = report(3);
    scene.write("in/1.html", &made.bytes);
    scene.write("in/2.html", &made.bytes);
    let mut other = made.bytes.clone();
    other.extend_from_slice(b"\n\n");
    scene.write("in/3.html", other);
    scene.expect(0, &["in", "--out", "set"]);
    let inputs = scene.rows("set", "inputs");
    assert_eq!(
        (&inputs[1]["fate"], &inputs[1]["report_id"]),
        (&"duplicate".into(), &inputs[0]["report_id"])
    );
    assert_eq!(inputs[1]["detail"], "the same as input 1");
    let reports = scene.rows("set", "reports");
    assert_eq!(reports.len(), 2);
    assert_eq!(reports[1]["same_report_as"], reports[0]["report_id"]);
    assert_eq!(reports[1]["agrees"], true);
    assert_eq!(reports[0]["kind"], "annual_report");
    for row in scene.rows("set", "harmonised") {
        let report = reports
            .iter()
            .find(|report| report["report_id"] == row["report_id"])
            .unwrap();
        assert_eq!(row["same_report_as"], report["same_report_as"]);
    }
    let harmonised = scene.run(&["series", "--harmonised", "set"]).stdout;
    let mut csv = csv::Reader::from_reader(harmonised.as_slice());
    let places: Vec<usize> = ["report", "same_report_as", "link"]
        .iter()
        .map(|name| {
            csv.headers()
                .unwrap()
                .iter()
                .position(|column| column == *name)
                .unwrap()
        })
        .collect();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let (first, copy) = (&reports[0]["report_id"], &reports[1]["report_id"]);
    let is_marked = |row: &csv::StringRecord| {
        let same = if row[places[0]] == *copy {
            first.as_str().unwrap()
        } else {
            ""
        };
        &row[places[1]] == same
    };
    assert!(
        rows.iter().any(|row| row[places[0]] == *copy) && rows.iter().all(is_marked),
        "{rows:?}"
    );
    assert!(rows.iter().any(|row| &row[places[2]] == "="), "{rows:?}");
}

#[test]
fn patterns_choose_documents_and_the_dataset_is_never_an_input() {
    let scene = Scene::new();
    scene.write("in/take.html", report(1).bytes);
    scene.write("in/leave.txt", report(2).bytes);
    scene.write("in/old/take.html", report(4).bytes);
    let arguments = ["in", "--out", "in/set", "--include", "*.html", "--exclude", "*/old/*"];
    scene.expect(0, &arguments);
    scene.expect(0, &arguments);
    assert_eq!(
        scene.fates("in/set"),
        [("in/take.html".to_owned(), "annual_report".to_owned())]
    );
}

#[test]
fn a_format_that_is_no_longer_asked_for_does_not_stay_behind() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.expect(0, &["in", "--out", "set", "--formats", "csv,jsonl"]);
    scene.expect(0, &["in", "--out", "set", "--formats", "jsonl"]);
    let files = scene.files("set");
    assert!(files.keys().all(|name| !name.starts_with("csv/")), "{:?}", files.keys());
    assert!(files.contains_key("jsonl/documents.jsonl"));
}

#[test]
fn wrong_use_is_said_before_anything_is_made() {
    let scene = Scene::new();
    for arguments in [
        &["nowhere", "--out", "set"][..],
        &[".", "--out", "set", "--formats", "docx"],
        &[".", "--out", "set", "--include", "[z-a"],
        &[".", "--out", "set", "--jobs", "0"],
    ] {
        scene.expect(2, arguments);
        assert!(!scene.path("set").exists(), "{arguments:?}");
    }
}

#[test]
fn a_folder_with_other_files_is_not_taken_for_a_dataset() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.write("mine/README.md", "mine");
    scene.write("mine/dataset.sqlite", "mine");
    for out in ["mine", "in"] {
        let said = scene.expect(2, &["in", "--out", out, "--formats", "csv"]);
        assert!(said.contains("other files"), "{said}");
    }
    assert_eq!(fs::read(scene.path("mine/README.md")).unwrap(), b"mine");
    assert_eq!(fs::read(scene.path("mine/dataset.sqlite")).unwrap(), b"mine");
    assert!(!scene.path("in/README.md").exists());
}

#[test]
fn a_dataset_whose_journal_is_gone_is_still_one() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.expect(0, &["in", "--out", "set"]);
    let before = scene.files("set");
    fs::remove_dir_all(scene.path("set/.journal")).unwrap();
    scene.expect(0, &["in", "--out", "set"]);
    assert!(before == scene.files("set"));
}

#[test]
fn a_dataset_that_could_not_be_published_whole_has_no_description() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.expect(0, &["in", "--out", "set", "--formats", "jsonl"]);
    let whole = scene.files("set");
    // A file stands where the folder of the tables belongs.
    scene.write("set/csv", "in the way");
    scene.expect(3, &["in", "--out", "set", "--formats", "csv"]);
    assert!(!scene.path("set/datapackage.json").exists());
    fs::remove_file(scene.path("set/csv")).unwrap();
    scene.expect(0, &["in", "--out", "set", "--formats", "jsonl"]);
    assert!(whole == scene.files("set"));
}

#[test]
fn a_run_that_finds_no_input_leaves_the_dataset_as_it_was() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.expect(0, &["in", "--out", "set"]);
    let before = scene.files("set");
    let said = scene.expect(2, &["in", "--out", "set", "--include", "*.xyz"]);
    assert!(
        said.contains("no file to read") && said.contains(".gitignore"),
        "{said}"
    );
    assert!(before == scene.files("set"));
}

#[test]
fn an_input_that_is_missing_costs_only_itself() {
    let scene = Scene::new();
    scene.write("a.html", report(1).bytes);
    scene.write("list", "\u{feff}a.html\r\n  \r\n\nnowhere.html\n");
    let said = scene.expect(3, &["--files-from", "list", "--out", "set"]);
    assert!(said.contains("nowhere.html"), "{said}");
    assert_eq!(
        scene.fates("set"),
        [
            ("a.html".to_owned(), "annual_report".to_owned()),
            ("nowhere.html".into(), "unreadable not_found".into())
        ]
    );
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_listed_and_read() {
    use std::os::unix::ffi::OsStrExt;
    let scene = Scene::new();
    let name = b"\xc4\xea\xb1\xa8.html";
    let path = scene.path("x").with_file_name(std::ffi::OsStr::from_bytes(name));
    // Not every file system takes such a name.
    if fs::write(path, report(1).bytes).is_err() {
        return;
    }
    scene.write("list", [&name[..], b"\n"].concat());
    scene.expect(0, &["--files-from", "list", "--out", "set"]);
    assert_eq!(scene.fates("set")[0].1, "annual_report");
}

#[cfg(unix)]
#[test]
fn names_are_shown_safely_and_kept_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let scene = Scene::new();
    fs::create_dir(scene.path("in")).unwrap();
    let names: [&[u8]; 5] = [
        b"a\x1b[31m.html",
        b"b\n.html",
        b"c\\d.html",
        b"e\xe4.html",
        b"e\xe5.html",
    ];
    for name in names {
        if fs::write(scene.path("in").join(OsStr::from_bytes(name)), "").is_err() {
            return;
        }
    }
    let said = scene.expect(3, &["in", "--out", "set"]);
    assert!(
        !said.contains('\x1b') && said.contains("a\\u{1b}[31m.html: the file is empty"),
        "{said}"
    );
    let shown: Vec<String> = scene.fates("set").into_iter().map(|(name, _)| name).collect();
    let expected = ["a\\u{1b}[31m", "b\\n", "c\\\\d", "e\\xE4", "e\\xE5"].map(|name| format!("in/{name}.html"));
    assert_eq!(shown, expected);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_has_a_row_and_is_never_opened() {
    let scene = Scene::new();
    scene.write_reports("in", 0..1);
    let made = std::process::Command::new("mkfifo")
        .arg(scene.path("in/pipe.html"))
        .status()
        .unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("pipe.html", scene.path("in/link.html")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", scene.path("in/zero.html")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(scene.path("in/socket")).unwrap();
    scene.expect(0, &["in", "--out", "out"]);
    let fates = scene.fates("out");
    let names: Vec<&str> = fates.iter().map(|(name, _)| name.rsplit('/').next().unwrap()).collect();
    assert_eq!(names[1..], ["link.html", "pipe.html", "socket", "zero.html"]);
    assert!(
        fates[1..].iter().all(|(_, fate)| fate == "not_a_report not_a_file"),
        "{fates:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_is_read_and_one_to_a_folder_is_told() {
    use std::os::unix::fs::symlink;
    let scene = Scene::new();
    scene.write("elsewhere/x.html", report(1).bytes);
    scene.write("in/b.html", report(2).bytes);
    symlink(scene.path("elsewhere/x.html"), scene.path("in/a.html")).unwrap();
    symlink(scene.path("elsewhere"), scene.path("in/c")).unwrap();
    scene.expect(3, &["in", "--out", "set"]);
    assert_eq!(
        scene.fates("set"),
        [
            ("in/a.html".to_owned(), "annual_report".to_owned()),
            ("in/b.html".into(), "annual_report".into()),
            ("in/c".into(), "unreadable io".into())
        ]
    );
}

#[test]
fn a_report_larger_than_a_dataset_can_hold_is_said_to_be_and_costs_itself_only() {
    let scene = Scene::new();
    scene.write_reports("in", 1..3);
    // Plain text of a report with a section that no agency has written.
    let title = "青禾县水务局2022年政府信息公开工作年度报告\n一、总体情况\n";
    let line = "本局认真做好政府信息公开工作，及时回应群众关切，不断提高工作质量。\n";
    scene.write("in/long.txt", format!("{title}{}", line.repeat(180_000)));
    let said = scene.expect(3, &["in", "--out", "set"]);
    assert!(said.contains("long.txt: the file exceeds the limit of"), "{said}");
    let fates: Vec<String> = scene.fates("set").into_iter().map(|(_, fate)| fate).collect();
    assert_eq!(fates.iter().filter(|fate| *fate == "annual_report").count(), 2);
}

#[test]
fn a_dataset_inside_a_folder_and_what_gitignore_names_are_no_inputs() {
    let scene = Scene::new();
    scene.write("in/a.html", report(1).bytes);
    scene.write("in/left/b.html", report(2).bytes);
    scene.write("in/.gitignore", "left/\n");
    scene.expect(0, &["in/a.html", "--out", "in/earlier"]);
    scene.expect(0, &["in", "--out", "set"]);
    assert_eq!(
        scene.fates("set"),
        [("in/a.html".to_owned(), "annual_report".to_owned())]
    );
}

#[test]
fn a_corrected_version_stands_for_its_report_in_a_series() {
    let scene = Scene::new();
    let text = |mark: &str, count: u32| {
        format!(
            "霁川市财政局2017年政府信息公开工作年度报告{mark}\n一、概述\n工作平稳。\n二、主动公开政府信息情况\n\
             2017年主动公开政府信息{count}条。\n三、依申请公开情况\n收到政府信息公开申请3件。\n"
        )
    };
    scene.write("in/a.txt", text("", 120));
    scene.write("in/b.txt", text("（更正版）", 210));
    scene.expect(0, &["in", "--out", "set"]);
    let out = scene.run(&["series", "--harmonised", "set"]);
    let out = String::from_utf8(out.stdout).unwrap();
    let head: Vec<&str> = out.lines().next().unwrap().split(',').collect();
    let column = |name: &str| head.iter().position(|other| *other == name).unwrap();
    let rows: Vec<Vec<&str>> = out.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let kept = rows.iter().filter(|row| row[column("indicator")] == "disclosure.total");
    let kept: Vec<&str> = kept
        .filter(|row| row[column("same_report_as")].is_empty())
        .map(|row| row[column("value")])
        .collect();
    assert_eq!(kept, ["210"], "{out}");
}
