//! The documentation is true: what it shows is what happens, and what is there is documented.
//!
//! A `console` block holds commands after `$ ` and, below each, what it prints. A line with nothing but `…` stands for any
//! lines left out. Commands that are not nianbao's own (`cargo test`) are not run from here.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];
const PAGES: [&str; 5] = [
    "README.md",
    "README.zh-CN.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(page: &str) -> String {
    std::fs::read_to_string(root().join(page)).unwrap()
}

/// What the program, run in the project's folder, shows: its output, then its messages.
fn nianbao(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .env("LC_ALL", "C")
        .args(args)
        .current_dir(root())
        .output()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// The commands of a page with the lines shown below each.
fn shown(page: &str) -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in read(page).lines() {
        match line.strip_prefix("$ ") {
            _ if line.starts_with("```") => inside = line == "```console",
            Some(command) if inside => commands.push((command.to_owned(), Vec::new())),
            _ if inside => commands.last_mut().unwrap().1.push(line.to_owned()),
            _ => {}
        }
    }
    commands
}

/// The arguments of a command that is nianbao's own.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let rest = command
        .strip_prefix("cargo run --release -- ")
        .or_else(|| command.strip_prefix("nianbao "))?;
    Some(rest.split_whitespace().collect())
}

/// Whether the output has the pieces between `…` lines in order, the first at its beginning and the last at its end.
fn matches(shown: &[String], output: &str) -> bool {
    let output: Vec<&str> = output.lines().collect();
    let pieces: Vec<&[String]> = shown.split(|line| line.trim() == "…").collect();
    let mut at = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let found = output
            .get(at..)
            .unwrap_or_default()
            .windows(piece.len().max(1))
            .position(|lines| lines == *piece);
        match found {
            _ if piece.is_empty() => continue,
            Some(skipped) if index > 0 || skipped == 0 => at += skipped + piece.len(),
            _ => return false,
        }
    }
    at == output.len() || pieces.last().is_some_and(|piece| piece.is_empty())
}

#[test]
fn the_readmes_show_what_the_commands_print() {
    // What an earlier build has left there is no part of what is shown.
    let _ = std::fs::remove_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/target/dataset"));
    let mut run = 0;
    for page in READMES {
        for (command, lines) in shown(page) {
            let Some(args) = arguments(&command) else { continue };
            let output = nianbao(&args);
            assert!(!output.is_empty(), "{page}: `{command}` prints nothing");
            run += 1;
            if !lines.is_empty() {
                assert!(
                    matches(&lines, &output),
                    "{page}: `{command}` prints something else:\n{output:.3000}"
                );
            }
        }
    }
    assert!(run >= 4, "the READMEs show no example");
}

#[test]
fn both_readmes_say_the_same() {
    let [english, chinese] = READMES.map(|page| {
        let text = read(page);
        let levels: Vec<usize> = headings(&text)
            .map(|line| line.bytes().take_while(|byte| *byte == b'#').count())
            .collect();
        let commands: Vec<String> = shown(page).into_iter().map(|(command, _)| command).collect();
        (levels, commands)
    });
    assert_eq!(english.0, chinese.0, "the headings");
    assert_eq!(english.1, chinese.1, "the commands shown");
}

/// The heading lines of a page, without those in code.
fn headings(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        code ^= line.starts_with("```");
        !code && line.starts_with('#')
    })
}

#[test]
fn the_first_two_commands_are_the_promised_ones() {
    for page in READMES {
        let commands = shown(page);
        assert!(commands[0].0.starts_with("cargo run --release -- extract "), "{page}");
        assert_eq!(commands[1].0, "cargo test", "{page}");
    }
}

#[test]
fn every_command_is_documented_in_both_readmes() {
    let help = nianbao(&["--help"]);
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let names = commands
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    for name in names {
        for page in READMES {
            assert!(
                read(page).contains(&format!("`nianbao {name}")),
                "{page} does not document `nianbao {name}`"
            );
        }
    }
}

#[test]
fn the_code_map_names_every_module() {
    let map = read("ARCHITECTURE.md");
    let mut missing = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let mut name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            name.push('/');
        }
        if !map.contains(&format!("`src/{name}`")) {
            missing.insert(name);
        }
    }
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

#[test]
fn every_code_that_the_source_defines_is_explained() {
    let mut folders = vec![root().join("src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for code in text.split("code: \"").skip(1).filter_map(|rest| rest.split('"').next()) {
                seen += 1;
                assert!(
                    nianbao::explain::explain(code).is_some(),
                    "{}: `{code}` is not explained",
                    path.display()
                );
            }
        }
    }
    assert!(seen > 10, "the codes are not where this test looks");
}

#[test]
fn links_to_files_lead_somewhere() {
    for page in PAGES {
        let text = read(page);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let path: PathBuf = root().join(target);
            assert!(path.exists(), "{page} links to {target}, which is not there");
        }
    }
}

#[test]
fn lines_left_out_are_allowed_only_where_said() {
    let shown = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    assert!(matches(&shown(&["a", "…", "c"]), "a\nb\nc\n"));
    assert!(matches(&shown(&["a", "…"]), "a\nb\nc\n"));
    assert!(matches(&shown(&["…", "b", "…"]), "a\nb\nc\n"));
    assert!(!matches(&shown(&["a", "c"]), "a\nb\nc\n"));
    assert!(!matches(&shown(&["b", "…"]), "a\nb\nc\n"));
    assert!(!matches(&shown(&["a", "b"]), "a\nb\nc\n"));
}
