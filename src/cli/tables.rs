//! `nianbao tables`: the grids of a file as its reader saw them, before any form is laid on them.

use std::io::Write;

use nianbao::document::{Block, Cell, Grid, GridKind};
use serde_json::{Value, json};

use super::draw::draw;
use super::input::{InputArgs, Inputs};
use super::messages::place;
use super::{Session, Status, Stop};

/// Print the raw tables of files, as they were read
///
/// Shows rows, columns and merged cells before any form is matched: the first
/// thing to look at when a figure is missing.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao tables report.html
  nianbao tables --json report.html")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    /// Print the tables as JSON, one line a file
    #[arg(long)]
    json: bool,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    json: bool,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        Ok(Options {
            inputs: self.inputs.validate()?,
            json: self.json,
        })
    }
}

/// Prints the grids of each input.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    let mut status = Status::Good;
    for input in &options.inputs.list {
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
        writeln!(session.out, "{input}: {} tables", grids.len())?;
        for (index, grid) in grids.into_iter().enumerate() {
            writeln!(
                session.out,
                "\ntable {}: {} rows, {} columns, {}, {}\n{}",
                index + 1,
                grid.rows(),
                grid.columns(),
                kind_name(grid.kind()),
                place(grid.origin()),
                draw(grid)
            )?;
        }
    }
    Ok(status)
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
