//! `nianbao tables`: the grids of a file as its reader saw them, before any form is laid on them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use nianbao::document::{Block, Cell, Grid, GridKind};
use nianbao::task::Pages;
use serde_json::{Value, json};

use super::draw::draw;
use super::input::{Input, InputArgs, Inputs};
use super::{Session, Status, Stop, svg};

/// Print the raw tables of files, as they were read
///
/// Shows rows, columns and merged cells before any form is matched: the first
/// thing to look at when a figure is missing.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao tables report.html
  nianbao tables --json report.html
  nianbao tables report.pdf --debug-svg pages

--debug-svg draws what was read over each page, to be looked at in a browser:
grey the characters and lines of the page, orange paragraphs, blue cells with
their text, green the keys of the figures, red those without a number.")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    /// Print the tables as JSON, one line a file
    #[arg(long)]
    json: bool,
    /// Draw each page of one PDF or OFD file with its cells and keys, as DIR/page-1.svg …
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    debug_svg: Option<PathBuf>,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    json: bool,
    debug_svg: Option<PathBuf>,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        let inputs = self.inputs.validate()?;
        if self.debug_svg.is_some() && inputs.list.len() > 1 {
            return Err(Stop::Usage("--debug-svg draws the pages of one file".into()));
        }
        Ok(Options {
            inputs,
            json: self.json,
            debug_svg: self.debug_svg,
        })
    }
}

/// Prints the grids of each input.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    let mut status = Status::Good;
    for input in &options.inputs.list {
        if let Some(folder) = &options.debug_svg {
            status.worsen(draw_pages(&options.inputs, input, folder, session)?);
            continue;
        }
        let document = match options.inputs.document(input) {
            Ok(document) => document,
            Err(error) => {
                session.messages.error(input, error);
                status.worsen(Status::Unreadable);
                continue;
            }
        };
        session.messages.diagnostics(input, &document.diagnostics);
        let grids: Vec<&Grid> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Grid(grid) => Some(grid),
                Block::Paragraph(_) => None,
            })
            .collect();
        if options.json {
            let grids: Vec<Value> = grids.into_iter().map(grid_json).collect();
            session.out.json(&grids, false)?;
            continue;
        }
        let mut out = session.out.people();
        writeln!(out, "{input}: {} tables", grids.len())?;
        for (index, grid) in grids.into_iter().enumerate() {
            writeln!(
                out,
                "\ntable {}: {} rows, {} columns, {}, {}\n{}",
                index + 1,
                grid.rows(),
                grid.columns(),
                kind_name(grid.kind()),
                grid.origin(),
                draw(grid)
            )?;
        }
    }
    Ok(status)
}

/// Draws each page of an input as a file in a folder, and prints the names of the files.
fn draw_pages(inputs: &Inputs, input: &Input, folder: &Path, session: &mut Session) -> Result<Status, Stop> {
    let Pages {
        marks,
        document,
        report,
    } = match inputs.pages(input) {
        Ok(Some(pages)) => pages,
        Ok(None) => {
            let message = "has no pages to draw: --debug-svg is for PDF and OFD files";
            session.messages.error(input, message);
            return Ok(Status::Usage);
        }
        Err(error) => {
            session.messages.error(input, error);
            return Ok(Status::Unreadable);
        }
    };
    session.messages.diagnostics(input, &document.diagnostics);
    if let Err(error) = fs::create_dir_all(folder) {
        session.messages.error(folder.display(), error);
        return Ok(Status::Unreadable);
    }
    for (index, page) in svg::pages(&marks, &document, &report).iter().enumerate() {
        let path = folder.join(format!("page-{}.svg", index + 1));
        if let Err(error) = write_aside(&path, page.as_bytes()) {
            session.messages.error(path.display(), error);
            return Ok(Status::Unreadable);
        }
        writeln!(session.out, "{}", path.display())?;
    }
    Ok(Status::Good)
}

/// Writes a file under a name aside first, so that no half of it is ever seen.
fn write_aside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension("svg.part");
    let written = fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, path));
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written
}

fn kind_name(kind: GridKind) -> &'static str {
    match kind {
        GridKind::Ruled => "ruled",
        GridKind::Delimited => "delimited",
        GridKind::Aligned => "aligned",
    }
}

fn grid_json(grid: &Grid) -> Value {
    json!({
        "rows": grid.rows(),
        "columns": grid.columns(),
        "kind": kind_name(grid.kind()),
        "origin": grid.origin(),
        "cells": grid.cells().iter().map(cell_json).collect::<Vec<_>>(),
    })
}

fn cell_json(cell: &Cell) -> Value {
    json!({
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "origin": cell.origin,
    })
}
