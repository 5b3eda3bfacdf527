//! The samples of the repository: small reports of the usual kinds, each from a seed of its own.
//!
//! Invariant: `samples/` holds what is made here, byte for byte; a test compares. The expected JSON beside them is not made here:
//! it was read by eye.

use anyhow::{Context, Result};

use crate::agency::Level;
use crate::containers;
use crate::faults::{Fault, Faults};
use crate::form::Form;
use crate::legacy::{self, FORM_2014, FUJIAN_2009, Legacy, Row};
use crate::rng::Rng;
use crate::truth::Truth;
use crate::{Made, Spec, make};

/// A sample: file name, seed, container, level, year, form, faults.
type Sample = (&'static str, u64, &'static str, Level, i32, Form, &'static [Fault]);

/// All of them.
const SAMPLES: &[Sample] = &[
    (
        "township-2020-tabs.txt",
        2020,
        "text-tabs",
        Level::Township,
        2020,
        Form::F2019,
        &[Fault::Zeros, Fault::CollapsedMerges],
    ),
    (
        "bureau-2023-gbk.html",
        20,
        "html-clean",
        Level::CityBureau,
        2023,
        Form::F2021,
        &[],
    ),
    (
        "city-2022-split.html",
        2022,
        "html-split",
        Level::City,
        2022,
        Form::Mixed,
        &[Fault::BlankCells],
    ),
    (
        "county-2024-lines.txt",
        2024,
        "text-lines",
        Level::County,
        2024,
        Form::F2021,
        &[],
    ),
    (
        "district-2021-gbk.pdf",
        2021,
        "pdf-gbk",
        Level::District,
        2021,
        Form::F2021,
        &[],
    ),
    (
        "province-2019-ucs2.pdf",
        2019,
        "pdf-ucs2",
        Level::Province,
        2019,
        Form::F2019,
        &[Fault::BreakInLabel, Fault::SignedChanges],
    ),
    (
        "county-2023-word.docx",
        2026,
        "docx",
        Level::County,
        2023,
        Form::F2021,
        &[],
    ),
    ("city-2024-word.doc", 2032, "doc", Level::City, 2024, Form::F2021, &[]),
    ("county-2020.xls", 2033, "xls", Level::County, 2020, Form::F2019, &[]),
    (
        "city-bureau-2022.rtf",
        2027,
        "rtf",
        Level::CityBureau,
        2022,
        Form::F2021,
        &[],
    ),
    (
        "township-2019.odt",
        2028,
        "odt",
        Level::Township,
        2019,
        Form::F2019,
        &[],
    ),
    (
        "city-bureau-2021.xlsx",
        2030,
        "xlsx",
        Level::CityBureau,
        2021,
        Form::F2021,
        &[],
    ),
    ("city-2023.mht", 2031, "mhtml", Level::City, 2023, Form::F2021, &[]),
    (
        "district-2024.ods",
        2029,
        "ods",
        Level::District,
        2024,
        Form::F2021,
        &[],
    ),
    (
        "province-bureau-2023.ofd",
        2032,
        "ofd-printed",
        Level::ProvinceBureau,
        2023,
        Form::F2021,
        &[],
    ),
];

/// A sample of a report before 2019: file name, seed, container, place, year, columns and rows of its table.
type LegacySample = (
    &'static str,
    u64,
    &'static str,
    &'static str,
    i32,
    &'static [&'static str],
    &'static [Row<'static>],
);

const LEGACY: &[LegacySample] = &[
    (
        "county-2016-form2014.pdf",
        2016,
        "pdf-gbk",
        "砚浦县",
        2016,
        &["统计数"],
        FORM_2014,
    ),
    (
        "county-2012-fujian.html",
        2012,
        "html-clean",
        "青禾县",
        2012,
        &["2012年度", "历年累计"],
        FUJIAN_2009,
    ),
    ("town-2010-prose.txt", 2010, "text-lines", "霜浦镇", 2010, &[], &[]),
];

fn legacy((name, seed, container, place, year, columns, rows): LegacySample) -> Result<(&'static str, Made)> {
    let container = containers::named(container).with_context(|| format!("no container {container}"))?;
    let mut rng = Rng::new(seed);
    let paper = Legacy {
        place,
        year,
        blocks: legacy::prose(year, place, &mut rng).0,
        table: (!rows.is_empty()).then(|| legacy::sheet(columns, rows)),
    }
    .paper();
    let made = Made {
        file_name: name.to_owned(),
        bytes: (container.render)(&paper, &Faults::default(), &mut rng)?,
        truth: Truth::of(&paper, Vec::new(), Vec::new()),
        faults: Vec::new(),
        container,
        lossy: container.lossy,
    };
    Ok((name, made))
}

/// Makes them: name and document.
///
/// # Errors
/// Where a container cannot write one.
pub fn samples() -> Result<Vec<(&'static str, Made)>> {
    SAMPLES
        .iter()
        .map(|&(name, seed, container, level, year, form, faults)| {
            let spec = Spec {
                container: Some(containers::named(container).with_context(|| format!("no container {container}"))?),
                faults: Some(faults.to_vec()),
                year: Some(year),
                form: Some(form),
                level: Some(level),
                edit: None,
                hard: None,
            };
            Ok((name, make(seed, &spec)?))
        })
        .chain(LEGACY.iter().map(|sample| legacy(*sample)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_samples_in_the_repository_are_those_made_here() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        for (name, made) in super::samples().unwrap() {
            let there = std::fs::read(folder.join(name)).unwrap_or_default();
            assert!(
                there == made.bytes,
                "make {name} again: cargo run -p nianbao-maker -- samples"
            );
        }
    }
}
