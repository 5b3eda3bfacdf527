//! Scenes at the command line: what is typed, what comes back, and the exit status.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A report whose tables 2 and 3 hold zeros, and whose table 4 has the given total of reviews.
fn page(charset: &str, total: &str) -> String {
    let title = "临江县水务局2021年政府信息公开工作年度报告";
    let disclosure = zeros("proactive_disclosure");
    let applications = zeros("applications");
    let (outcomes, four, two) = (
        "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>",
        "<td>0</td><td>0</td><td>4</td><td>0</td><td>4</td>",
        "<td>5</td><td>0</td><td>0</td><td></td><td>5</td>",
    );
    format!(
        "<!DOCTYPE html><html><head><meta charset={charset}><title>{title}</title></head><body><h1>{title}</h1>
<p>一、总体情况</p><p>2021年，本局认真做好政府信息公开工作。</p>
<p>二、主动公开政府信息情况</p>{disclosure}
<p>三、收到和处理政府信息公开申请情况</p>{applications}
<p>四、因政府信息公开工作被申请行政复议、提起行政诉讼情况</p>
<table><tr><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td></tr>
<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>
<tr>{outcomes}{outcomes}{outcomes}</tr>
<tr><td>3</td><td>1</td><td>0</td><td>2</td><td>{total}</td>{four}{two}</tr></table>
<p>五、存在的主要问题及改进情况</p><p>公开内容还不够丰富，将继续改进。</p>
<p>六、其他需要报告的事项</p><p>本局2021年未收取信息处理费。</p></body></html>"
    )
}

/// A table of form 2021 with 0 in every cell.
fn zeros(table: &str) -> String {
    let spec = nianbao::forms::forms()
        .iter()
        .find(|form| form.id == "2021")
        .unwrap()
        .table(table)
        .unwrap();
    let mut html = String::from("<table>");
    for band in &spec.bands {
        html += "<tr><td>信息内容</td>";
        html.extend(band.columns.iter().map(|column| format!("<td>{}</td>", column.label)));
        html += "</tr>";
        for row in band.rows.iter().filter(|row| !row.optional) {
            html += &format!(
                "<tr><td>{}</td>{}</tr>",
                row.label,
                "<td>0</td>".repeat(band.columns.len())
            );
        }
    }
    html + "</table>"
}

/// A directory of its own for one test, removed at its end.
struct Scene {
    folder: PathBuf,
}

impl Scene {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Scene { folder }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.folder.join(name), bytes).unwrap();
        self
    }

    /// The program in the scene's folder.
    fn program(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        // No model of whoever runs the tests.
        command
            .args(args)
            .env("LC_ALL", "C")
            .env_remove("NIANBAO_OCR_MODEL")
            .env("XDG_DATA_HOME", self.folder.join("no-data"))
            .current_dir(&self.folder);
        command
    }

    fn run(&self, args: &[&str]) -> Ending {
        self.run_with(args, b"")
    }

    /// Runs the program with bytes at standard input.
    fn run_with(&self, args: &[&str], stdin: &[u8]) -> Ending {
        let mut child = self
            .program(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that reads no input closes the pipe, which is not the scene's concern.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let output = child.wait_with_output().unwrap();
        Ending {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

struct Ending {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Ending {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap()
    }

    #[track_caller]
    fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

const UPHELD: &str = "/tables/review_litigation/values/review/upheld";

#[test]
fn one_file_gives_one_json_document() {
    let scene = Scene::new("one_file");
    let ending = scene.file("a.html", page("utf-8", "6")).run(&["extract", "a.html"]);
    assert_eq!((ending.status, ending.stderr.as_str()), (0, ""));
    let report = ending.json();
    assert_eq!(report["source"]["name"], "a.html");
    assert_eq!(report["report"]["year"], 2021);
    assert_eq!(report.pointer(UPHELD).unwrap(), 3);
    assert_eq!(ending.stdout.lines().count(), 1, "compact where no person is looking");
    let ending = scene.run(&["extract", "--format", "json", "a.html"]);
    assert_eq!(ending.json(), report);
    assert!(ending.stdout.lines().count() > 20, "laid out on request");
}

#[test]
fn standard_input_is_an_input_without_a_name() {
    let ending = Scene::new("stdin").run_with(&["extract", "-"], page("utf-8", "6").as_bytes());
    assert_eq!(ending.status, 0, "{}", ending.stderr);
    assert_eq!(ending.json()["source"]["name"], Value::Null);
    assert_eq!(ending.json().pointer(UPHELD).unwrap(), 3);
}

#[test]
fn a_broken_file_costs_nobody_else_anything() {
    let scene = Scene::new("broken");
    scene
        .file("a.html", page("utf-8", "6"))
        .file("empty.html", "")
        .file("c.html", page("utf-8", "6"));
    let ending = scene.run(&["extract", "a.html", "empty.html", "missing.html", "c.html"]);
    assert_eq!(ending.status, 3);
    let names: Vec<_> = ending
        .lines()
        .iter()
        .map(|report| report["source"]["name"].clone())
        .collect();
    assert_eq!(names, ["a.html", "c.html"]);
    assert!(
        ending.stderr.contains("nianbao: empty.html: the file is empty"),
        "{}",
        ending.stderr
    );
    assert!(
        ending.stderr.contains("nianbao: missing.html: no such file"),
        "{}",
        ending.stderr
    );

    let ending = scene.run(&["extract", "--format", "json", "a.html", "empty.html", "c.html"]);
    assert_eq!(
        ending.json().as_array().unwrap().len(),
        2,
        "an array of what could be read"
    );
}

/// One page, which is a picture.
const SCAN: &[u8] = b"%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj
4 0 obj<</Length 68>>stream
q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID  EI Q            
endstream endobj
trailer<</Root 1 0 R>>
startxref
0
%%EOF";

#[cfg(feature = "review")]
#[test]
fn a_review_of_files_that_are_not_there_names_them_and_ends() {
    let scene = Scene::new("review_nothing");
    let ending = scene.run(&["review", "nofile.txt"]);
    assert_eq!(ending.status, 3);
    assert!(ending.stderr.contains("nofile.txt"), "{}", ending.stderr);
}

#[test]
fn a_file_without_a_report_is_no_success() {
    let scene = Scene::new("none");
    scene
        .file("scan.pdf", SCAN)
        .file(
            "404.html",
            "<title>404</title><h1>页面不存在</h1><p>您访问的页面不存在或已删除。</p>",
        )
        .file("figures.csv", "年份,收入\n2021,3\n2022,4\n")
        .file("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0");
    for (name, code, words) in [
        ("scan.pdf", "document.scan", "a scan: the pages are pictures"),
        ("404.html", "document.not_a_report", "not an annual report"),
        ("figures.csv", "document.not_a_report", "not an annual report"),
    ] {
        let ending = scene.run(&["extract", name]);
        assert_eq!(ending.status, 3, "{name}");
        assert!(
            ending.stderr.contains(&format!("nianbao: {name}: {words}")),
            "{}",
            ending.stderr
        );
        let report = ending.json();
        let codes: Vec<_> = report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| d["code"].clone())
            .collect();
        assert!(codes.iter().any(|said| said == code), "{codes:?}");

        let ending = scene.run(&["check", "--fail-on-check", name]);
        assert_eq!(ending.status, 3, "{name}");
        assert!(ending.stderr.contains(words), "{}", ending.stderr);
        // What `extract` wrote of it is no report either.
        let written = scene.run(&["extract", name]).stdout;
        scene.file("written.json", written);
        assert_eq!(
            scene.run(&["check", "--fail-on-check", "written.json"]).status,
            3,
            "{name}"
        );
    }
    let ending = scene.run(&["extract", "photo.jpg"]);
    assert_eq!(ending.status, 3);
    assert!(ending.stdout.is_empty());
    let words = if cfg!(feature = "ocr") {
        "image/jpeg: the file is a picture; to read pictures, get the recognition model once"
    } else {
        "photo.jpg: not an annual report: a format without text"
    };
    assert!(ending.stderr.contains(words), "{}", ending.stderr);
}

#[test]
fn a_title_does_not_steer_the_terminal() {
    let scene = Scene::new("title");
    scene.file("a.html", page("utf-8", "6").replace("临江县", "临\u{9b}2J江县"));
    for command in ["outline", "check", "tables"] {
        let ending = scene.run(&[command, "a.html"]);
        assert!(!ending.stdout.contains('\u{9b}'), "{command}: {}", ending.stdout);
    }
}

#[cfg(unix)]
#[test]
fn only_files_are_opened() {
    let scene = Scene::new("special");
    let made = Command::new("mkfifo")
        .arg(scene.folder.join("pipe.html"))
        .status()
        .unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("pipe.html", scene.folder.join("link.html")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", scene.folder.join("zero.html")).unwrap();
    for (name, kind) in [
        ("pipe.html", "a named pipe"),
        ("link.html", "a named pipe"),
        ("zero.html", "a device"),
    ] {
        let ending = scene.run(&["extract", name]);
        assert_eq!(ending.status, 3, "{name}");
        assert!(
            ending.stderr.contains(&format!("{name}: is {kind}, not a file")),
            "{}",
            ending.stderr
        );
    }
}

#[test]
fn a_folder_is_left_to_batch() {
    let scene = Scene::new("folder");
    std::fs::create_dir(scene.folder.join("inner")).unwrap();
    let ending = scene.run(&["extract", "inner"]);
    assert_eq!(ending.status, 3);
    assert!(
        ending.stderr.contains("inner: is a folder; `nianbao batch inner`"),
        "{}",
        ending.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let scene = Scene::new("large");
    // A sparse file: it has a size, but no content on the disk.
    std::fs::File::create(scene.folder.join("large.html"))
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let ending = scene.run(&["extract", "large.html"]);
    assert_eq!(ending.status, 3);
    assert!(
        ending.stderr.contains("large.html: 1099511627776 bytes; the limit is"),
        "{}",
        ending.stderr
    );
}

#[test]
fn a_given_encoding_holds_whatever_the_file_says() {
    let scene = Scene::new("encoding");
    // The page says that it is UTF-8, and is not.
    let page = page("utf-8", "6");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&page);
    let ending = scene
        .file("a.html", bytes)
        .run(&["extract", "--encoding", "gbk", "a.html"]);
    assert_eq!(ending.status, 0, "{}", ending.stderr);
    assert_eq!(ending.json()["report"]["agency"], "临江县水务局");

    let ending = scene.run(&["extract", "--encoding", "gbk2", "a.html"]);
    assert_eq!(ending.status, 2);
    assert!(ending.stderr.contains("unknown encoding \"gbk2\""), "{}", ending.stderr);
}

#[test]
fn wrong_use_exits_with_2_and_says_what_is_wrong() {
    let scene = Scene::new("usage");
    for (args, said) in [
        (&["extract"][..], "<FILE>..."),
        (&["extract", "--format", "xml", "a"], "jsonl"),
        (&["extract", "-", "-"], "standard input (-) is given twice"),
        (&["extrakt", "a"], "extract"),
        (&["-q", "-v", "extract", "a"], "cannot be used with"),
        (&[], "Usage"),
    ] {
        let ending = scene.run(args);
        assert_eq!((ending.status, ending.stdout.as_str()), (2, ""), "{args:?}");
        assert!(ending.stderr.contains(said), "{args:?}: {}", ending.stderr);
    }
}

#[test]
fn a_failing_check_changes_the_exit_status_only_when_asked() {
    let scene = Scene::new("fail_on_check");
    scene
        .file("bad.html", page("utf-8", "7"))
        .file("good.html", page("utf-8", "6"))
        .file("empty.html", "");
    let ending = scene.run(&["extract", "bad.html"]);
    assert_eq!(ending.status, 0);
    assert!(ending.stderr.contains("bad.html: 1 check failed"), "{}", ending.stderr);
    assert_eq!(scene.run(&["extract", "--fail-on-check", "bad.html"]).status, 1);
    assert_eq!(scene.run(&["extract", "--fail-on-check", "good.html"]).status, 0);
    assert_eq!(
        scene
            .run(&["extract", "--fail-on-check", "bad.html", "empty.html"])
            .status,
        3
    );
    assert_eq!(scene.run(&["extract", "-q", "bad.html"]).stderr, "");
}

#[test]
fn check_tells_people_what_does_not_add_up() {
    let scene = Scene::new("check");
    scene.file("bad.html", page("utf-8", "7"));
    let ending = scene.run(&["check", "bad.html"]);
    assert_eq!(ending.status, 0, "{}", ending.stderr);
    assert!(
        ending.stdout.contains("FAIL    [review_litigation.total]"),
        "{}",
        ending.stdout
    );
    assert!(
        ending.stdout.contains("review_litigation/review/total: 7  "),
        "{}",
        ending.stdout
    );
    assert!(
        ending.stdout.contains("unknown [review_litigation.total]"),
        "{}",
        ending.stdout
    );

    // Red only where it is asked for, or on a terminal.
    let coloured = scene.run(&["check", "--color", "always", "bad.html"]).stdout;
    assert!(
        coloured.contains("\x1b[1;31mFAIL   \x1b[0m [review_litigation.total]"),
        "{coloured}"
    );
    assert_eq!(coloured.replace("\x1b[1;31m", "").replace("\x1b[0m", ""), ending.stdout);
    assert_eq!(scene.run(&["check", "--color=auto", "bad.html"]).stdout, ending.stdout);

    // The same from the report's JSON, by name and by pipe.
    let json = scene.run(&["extract", "bad.html"]).stdout;
    scene.file("bad.json", &json);
    assert_eq!(scene.run(&["check", "bad.json"]).stdout, ending.stdout);
    assert_eq!(scene.run_with(&["check", "-"], json.as_bytes()).stdout, ending.stdout);
    assert_eq!(scene.run(&["check", "--fail-on-check", "bad.json"]).status, 1);
    let checks = scene.run(&["check", "--json", "bad.json"]).json();
    assert!(
        checks["checks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|check| check["status"] == "fail")
    );

    let ending = scene.file("other.json", "{\"a\": 1}").run(&["check", "other.json"]);
    assert_eq!(ending.status, 3);
    assert!(
        ending.stderr.contains("other.json: is not the JSON of a report"),
        "{}",
        ending.stderr
    );
}

#[test]
fn figures_as_csv_have_a_row_for_each_key() {
    let scene = Scene::new("csv");
    let ending = scene
        .file("a.html", page("utf-8", "6"))
        .run(&["extract", "--format", "csv", "a.html"]);
    assert_eq!(ending.status, 0, "{}", ending.stderr);
    let mut reader = csv::Reader::from_reader(ending.stdout.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 10 + 25 * 7 + 15);
    let header = reader.headers().unwrap();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let row = |key: &str| rows.iter().find(|row| &row[column("key")] == key).unwrap();
    assert_eq!(&row("review_litigation.review.upheld")[column("value")], "3");
    assert_eq!(&row("review_litigation.review.upheld")[column("unit")], "件");
    let blank = row("review_litigation.litigation_after_review.pending");
    assert_eq!((&blank[column("value")], &blank[column("state")]), ("", "blank"));
}

#[test]
fn tables_and_outline_print_for_people_and_as_json() {
    let scene = Scene::new("look");
    scene.file("a.html", page("utf-8", "6"));
    let ending = scene.run(&["tables", "a.html"]);
    assert_eq!(ending.status, 0, "{}", ending.stderr);
    assert!(
        ending.stdout.contains("table 3: 4 rows, 15 columns, ruled"),
        "{}",
        ending.stdout
    );
    let grids = scene.run(&["tables", "--json", "a.html"]).json();
    assert_eq!(grids[2]["cells"][0]["text"], "行政复议");
    assert_eq!(grids[2]["cells"][0]["column_span"], 5);

    let ending = scene.run(&["outline", "a.html"]);
    assert!(ending.stdout.contains("  一 总体情况 [overview]"), "{}", ending.stdout);
    assert_eq!(scene.run(&["outline", "--json", "a.html"]).json()[0]["key"], "overview");
}

#[test]
fn explain_tells_in_both_languages_and_offers_what_was_meant() {
    let scene = Scene::new("explain");
    let ending = scene.run(&["explain", "applications.balance"]);
    assert_eq!(ending.status, 0, "{}", ending.stderr);
    assert!(
        ending.stdout.starts_with("applications.balance (check)\n\n"),
        "{}",
        ending.stdout
    );
    assert!(ending.stdout.contains("结转"), "{}", ending.stdout);

    let list = scene.run(&["explain"]).stdout;
    assert!(
        list.lines().any(|line| line.starts_with("applications.balance ")),
        "{list}"
    );

    let ending = scene.run(&["explain", "aplications.balanse"]);
    assert_eq!((ending.status, ending.stdout.as_str()), (2, ""));
    assert!(
        ending.stderr.contains("did you mean applications.balance"),
        "{}",
        ending.stderr
    );
}

#[test]
fn every_code_in_a_report_can_be_explained() {
    let scene = Scene::new("codes");
    let report = scene
        .file("a.html", page("utf-8", "7"))
        .run(&["extract", "a.html"])
        .json();
    let parts = [&report["checks"], &report["diagnostics"]];
    for finding in parts.into_iter().flat_map(|part| part.as_array().unwrap()) {
        let code = finding["code"].as_str().unwrap();
        assert_eq!(scene.run(&["explain", code]).status, 0, "{code}");
    }
}

#[test]
fn help_names_every_command_and_fits_a_terminal() {
    let scene = Scene::new("help");
    let help = scene.run(&["--help"]).stdout;
    for command in COMMANDS {
        assert!(
            help.lines().any(|line| line.trim_start().starts_with(command)),
            "{command}"
        );
        let help = scene.run(&[command, "--help"]);
        assert_eq!(help.status, 0);
        assert!(help.stdout.contains("Example"), "{command} --help has no example");
        for line in help.stdout.lines() {
            assert!(line.chars().count() <= 80, "{command} --help: {line}");
        }
    }
}

const COMMANDS: [&str; 12] = [
    "extract",
    "batch",
    "series",
    "compare",
    "check",
    "outline",
    "tables",
    "schema",
    "codebook",
    "explain",
    "completions",
    "man",
];

#[test]
fn completions_and_manual_pages_name_every_command() {
    let scene = Scene::new("manual");
    let main = scene.run(&["man"]).stdout;
    let shells = ["bash", "zsh", "fish", "powershell"].map(|shell| scene.run(&["completions", shell]).stdout);
    for command in COMMANDS {
        assert!(main.contains(&format!("nianbao\\-{command}(1)")), "{command} in {main}");
        assert!(shells.iter().all(|script| script.contains(command)), "{command}");
        assert!(!main.contains("worker") && !scene.run(&["man", command]).stdout.is_empty());
    }
    let options = scene.run(&["man", "batch"]).stdout;
    assert!(options.contains("files\\-from"), "{options}");
    assert_eq!(scene.run(&["man", "worker"]).status, 2);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let scene = Scene::new("pipe");
    scene.file("a.html", page("utf-8", "6"));
    let files = vec!["a.html"; 40];
    for args in [
        &["schema"][..],
        &["explain"],
        &[&["extract"][..], &files].concat(),
        &["--help"],
    ] {
        let mut child = scene
            .program(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let _ = stdout.read(&mut [0; 1]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{args:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let scene = Scene::new("full_disk");
    scene.file("a.html", page("utf-8", "6"));
    for args in [&["extract", "a.html"][..], &["schema"], &["tables", "a.html"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = scene.program(args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("standard output: No space left"), "{stderr}");
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let scene = Scene::new("deterministic");
    scene.file("a.html", page("utf-8", "7"));
    let first = scene.run(&["extract", "a.html"]).stdout;
    assert_eq!(first, scene.run(&["extract", "a.html"]).stdout);
}

#[test]
fn messages_and_help_are_in_the_language_that_is_asked_for_and_data_is_not() {
    let scene = Scene::new("language");
    scene.file("report.html", page("utf-8", "7"));
    let chinese = scene.run(&["check", "--lang", "zh", "report.html"]);
    assert!(
        chinese.stdout.contains("不成立   [review_litigation.total]"),
        "{}",
        chinese.stdout
    );
    assert!(chinese.stdout.contains("1 项不成立"), "{}", chinese.stdout);
    let said = |line: &str| line.split_once("] ").map(|(_, said)| said.to_owned());
    let words: Vec<String> = chinese.stdout.lines().filter_map(said).collect();
    let is_english = |words: &String| words.chars().any(|c| c.is_ascii_alphabetic());
    assert!(!words.is_empty() && !words.iter().any(is_english), "{words:?}");
    let english = scene.run(&["check", "report.html"]);
    assert!(
        english.stdout.contains("FAIL    [review_litigation.total]"),
        "{}",
        english.stdout
    );
    let help = scene
        .program(&["batch", "-h"])
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.starts_with("把文件夹、压缩包和网页存档读成数据集"), "{help}");
    let missing = scene.run(&["--lang=zh", "extract", "missing.html"]);
    assert_eq!(
        (missing.status, missing.stderr.as_str()),
        (3, "nianbao: missing.html: 没有这个文件\n")
    );
    let json = |language: &str| scene.run(&["--lang", language, "extract", "report.html"]).stdout;
    assert_eq!(json("zh"), json("en"));
}
