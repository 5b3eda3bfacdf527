//! Builds the section tree from lines whose role is known.
//!
//! Invariant: a section's text is what stands between its heading and its first child, tables left out; nothing before the
//! first main heading is part of one of these sections.

use super::heading::Style;
use super::lines::{Line, Role};
use crate::report::Section;

/// An open section and where its style stands among the others.
struct Open {
    section: Section,
    style: Style,
    markup: Option<u8>,
}

/// The sections of all lines from the first main heading on. `skip` marks main headings that were dropped.
pub(super) fn build(lines: &[Line], skip: &[bool]) -> Vec<Section> {
    let mut top = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut dropped = true;
    for (line, &skip) in lines.iter().zip(skip) {
        match line.role {
            Role::Main => {
                close(&mut open, &mut top, 0);
                dropped = skip;
                if !skip {
                    open.push(begin(line, 1));
                }
            }
            Role::Child if !dropped => {
                let depth = depth(&open, line);
                close(&mut open, &mut top, depth);
                open.push(begin(line, open.len() as u8 + 1));
            }
            Role::Text => {
                if let Some(current) = open.last_mut() {
                    append(&mut current.section.text, line.text);
                }
            }
            _ => {}
        }
    }
    close(&mut open, &mut top, 0);
    top
}

/// How many open sections stay open when this heading begins.
fn depth(open: &[Open], line: &Line) -> usize {
    let style = line.style().unwrap_or(Style::Plain);
    let outer = |other: &Open| match (style, other.style, line.markup, other.markup) {
        (Style::Plain, Style::Plain, Some(own), Some(markup)) => own > markup,
        (Style::Plain, Style::Plain, ..) => false,
        _ => other.style < style,
    };
    // The main heading never closes here, whatever style numbers it.
    1 + open.iter().skip(1).take_while(|other| outer(other)).count()
}

fn begin(line: &Line, level: u8) -> Open {
    let head = line.head.as_ref();
    let rest = head.map_or("", |head| head.rest);
    Open {
        style: head.map_or(Style::Plain, |head| head.style),
        markup: line.markup,
        section: Section {
            key: line.key.filter(|_| level == 1).map(Into::into),
            also: also(line, level),
            number: head.and_then(|head| head.number).map(Into::into),
            heading: line.heading().to_owned(),
            level,
            text: rest.to_owned(),
            children: Vec::new(),
            origin: line.origin.clone(),
        },
    }
}

/// The sections that a main heading names beside its first.
fn also(line: &Line, level: u8) -> Vec<String> {
    let Some(key) = line.key.filter(|_| level == 1 && line.style() != Some(Style::Plain)) else {
        return Vec::new();
    };
    let named = super::canonical::named(line.heading()).into_iter();
    named.filter(|named| *named != key).map(Into::into).collect()
}

fn close(open: &mut Vec<Open>, top: &mut Vec<Section>, depth: usize) {
    while open.len() > depth {
        let Some(done) = open.pop() else { return };
        match open.last_mut() {
            Some(parent) => parent.section.children.push(done.section),
            None => top.push(done.section),
        }
    }
}

fn append(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
