//! Makes 政府信息公开工作年度报告 that nobody published, with the truth of every figure in them.
//!
//! A seed invents a public body, a year, words and figures ([`figures`], [`prose`]); faults break them as real reports are
//! broken ([`faults`]); a container writes them down ([`containers`]). Invariant: one seed and one [`Spec`], one document, byte
//! for byte; and nothing here uses the reader that is to be tested.

pub mod agency;
pub mod breakage;
pub mod containers;
pub mod edits;
pub mod encode;
pub mod faults;
pub mod figures;
pub mod form;
pub mod identity;
pub mod labels;
pub mod layout;
pub mod legacy;
pub mod paper;
pub mod prose;
pub mod rng;
pub mod samples;
pub mod scan;
pub mod sheet;
pub mod slots;
pub mod truth;

use agency::Level;
use containers::{Container, Family};
use edits::Edit;
use faults::{Fault, Faults};
use form::Form;
use identity::Hard;
use paper::{Block, Paper};
use rng::Rng;
use truth::Truth;

/// What a document is to be; what is left open the seed decides.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// The kind of file.
    pub container: Option<&'static Container>,
    /// The faults; those that the container cannot carry are left out.
    pub faults: Option<Vec<Fault>>,
    /// The year reported on.
    pub year: Option<i32>,
    /// The form.
    pub form: Option<Form>,
    /// What kind of body reports.
    pub level: Option<Level>,
    /// What is done to its tables when it is otherwise ready.
    pub edit: Option<Edit>,
    /// What makes it hard to tell who reports; nothing unless it is asked for.
    pub hard: Option<Hard>,
}

/// A made document.
#[derive(Clone, Debug)]
pub struct Made {
    /// Name that fits its content.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it says.
    pub truth: Truth,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// What it is.
    pub container: &'static Container,
    /// Whether figures are lost in it, so that a reader may miss some. It may never read a wrong one.
    pub lossy: bool,
}

/// Makes the document of a seed.
///
/// # Errors
/// Where a container cannot write it.
pub fn make(seed: u64, spec: &Spec) -> anyhow::Result<Made> {
    let mut rng = Rng::new(seed);
    let mut chance = rng.fork();
    let container = match spec.container {
        Some(container) => container,
        None => *chance.pick::<&Container>(&containers::drawn()),
    };
    let list = match &spec.faults {
        Some(list) => list
            .iter()
            .copied()
            .filter(|fault| fault.fits(container.family))
            .collect(),
        None => some_faults(container.family, &mut chance),
    };
    let faults = Faults {
        list,
        variant: chance.below(1000),
    };
    let needed = faults.list.iter().find_map(|fault| fault.needs());
    let form = spec.form.or(needed).unwrap_or_else(|| *chance.pick(&Form::ALL));
    let year = spec.year.unwrap_or_else(|| a_year(form, &mut chance));

    let (mut paper, mut truth) = report(form, year, spec, &faults, &mut rng.fork());
    if faults.has(Fault::TwoReports) {
        let (second, _) = report(form, year - 1, &Spec::default(), &faults, &mut rng.fork());
        paper.blocks.push(Block::Title(second.title));
        paper.blocks.extend(second.blocks);
    }
    let mut bytes = (container.render)(&paper, &faults, &mut rng.fork())?;
    if spec.edit.is_some() && container.family == Family::Html {
        bytes = edits::mark_up(bytes, faults.variant);
    }
    truth.faults = faults.list.iter().map(|fault| fault.name()).collect();
    let lossy = container.lossy
        || spec.edit.is_some()
        || faults.list.iter().any(|fault| fault.destroys())
        || (container.counts && faults.list.iter().any(|fault| fault.unsteady()));
    Ok(Made {
        file_name: match spec.edit {
            Some(edit) => format!("{}-{}-{seed}.{}", container.name, edit.name(), container.extension),
            None => format!("{}-{seed}.{}", container.name, container.extension),
        },
        bytes,
        truth,
        faults: faults.list,
        container,
        lossy,
    })
}

/// One report with the faults that are not the container's.
fn report(form: Form, year: i32, spec: &Spec, faults: &Faults, rng: &mut Rng) -> (Paper, Truth) {
    let mut agency = agency::invent(spec.level, &mut rng.fork());
    if let Some(hard) = spec.hard {
        hard.name_body(&mut agency, year, &mut rng.clone());
    }
    if faults.has(Fault::ThousandsCommas) {
        agency.scale = agency.scale.max(4);
    }
    let mut sheets = figures::sheets(form, agency.scale, &mut rng.fork());
    if faults.has(Fault::Zeros) {
        let mut chance = rng.fork();
        sheets.iter_mut().for_each(|sheet| breakage::zeros(sheet, &mut chance));
    }
    // The sentences are written before the cells are broken: they say what was meant.
    let mut paper = prose::write(&agency, year, form, sheets.clone(), &mut rng.fork());

    let mut breaker = rng.fork();
    breakage::cells(&mut sheets, faults, &mut breaker);
    let mut editor = rng.clone();
    let sound = truth::cells(&sheets);
    let doubts = spec
        .edit
        .map(|edit| edits::apply(edit, &mut sheets, &mut editor))
        .unwrap_or_default();
    let mut cells = truth::cells(&sheets);
    edits::doubt(&mut cells, sound, &doubts);
    for gone in breakage::missing_rows(&mut sheets, faults, &mut breaker) {
        for cell in cells.iter_mut().filter(|cell| cell.key.starts_with(&gone)) {
            cell.printed.clear();
            cell.value = None;
        }
    }
    breakage::extra_rows(&mut sheets, faults, &mut breaker);
    labels::alter(&mut sheets, faults, &mut breaker);
    for block in &mut paper.blocks {
        if let Block::Table(old) = block
            && let Some(new) = sheets.iter().find(|sheet| sheet.which == old.which)
        {
            *old = new.clone();
        }
    }
    if let Some(table) = breakage::missing_section(&mut paper, faults, &mut breaker) {
        cells.retain(|cell| cell.table != table.truth_key());
    }
    if faults.has(Fault::NoTables) {
        cells.clear();
    }
    breakage::paper(&mut paper, faults, &mut breaker);
    if let Some(hard) = spec.hard {
        hard.write(&mut paper, &agency::invent(Some(Level::County), &mut rng.clone()));
    }
    edits::paper(spec.edit, &mut paper, &mut editor);
    paper.map_text(&|text| faults.word(text));
    paper.traditional = faults.traditional();
    let truth = Truth {
        region: agency.region,
        level: agency.level,
        ..Truth::of(&paper, cells, Vec::new())
    };
    if let Some(hard) = spec.hard {
        hard.label(&mut paper, faults.variant);
    }
    // After the truth is taken, which knows headings by their blocks.
    breakage::glue_headings(&mut paper, faults);
    (paper, truth)
}

fn a_year(form: Form, rng: &mut Rng) -> i32 {
    let (first, last) = match form {
        Form::F2019 => (2019, 2022),
        Form::F2021 | Form::Mixed => (2021, 2025),
    };
    i32::try_from(rng.range(first, last)).unwrap_or(2021)
}

/// None in a third of the documents, else one to three that go together.
fn some_faults(family: Family, rng: &mut Rng) -> Vec<Fault> {
    let mut list: Vec<Fault> = Vec::new();
    if rng.chance(33) {
        return list;
    }
    let wanted = 1 + rng.below(3);
    for _ in 0..20 {
        let fault = *rng.pick(Fault::ALL);
        let goes = fault.fits(family) && list.iter().all(|other| *other != fault && !other.excludes(fault));
        if goes && list.len() < wanted {
            list.push(fault);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_spec_fix_the_document() {
        for seed in 0..40 {
            let (a, b) = (
                make(seed, &Spec::default()).unwrap(),
                make(seed, &Spec::default()).unwrap(),
            );
            assert_eq!(a.bytes, b.bytes, "{}", a.file_name);
        }
    }

    #[test]
    fn every_container_carries_every_fault_that_fits_it() {
        for (at, container) in containers::ALL.iter().enumerate() {
            for fault in Fault::ALL.iter().filter(|fault| fault.fits(container.family)) {
                let spec = Spec {
                    container: Some(container),
                    faults: Some(vec![*fault]),
                    ..Spec::default()
                };
                let made = make(at as u64, &spec).unwrap();
                assert_eq!(made.faults, [*fault], "{} {}", container.name, fault.name());
                assert!(made.bytes.len() > 500, "{} {}", container.name, fault.name());
            }
        }
    }
}
