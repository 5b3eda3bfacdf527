//! Four hundred made reports for 2008 to 2018 in HTML, text and PDF: no figure of their tables and sentences is wrong or invented, and of
//! those that can be read few are missed.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod legacy_support;

use legacy_support::{FORM_2014, FUJIAN, FUJIAN_2009, Row, SHANGHAI, html, one_line, tabs};
use nianbao::read::Hints;
use nianbao_maker::containers;
use nianbao_maker::faults::Faults;
use nianbao_maker::legacy::{Legacy, Said, prose, sheet};
use nianbao_maker::rng::Rng;
use rust_decimal::Decimal;

const REPORTS: u64 = 400;

/// A form: years, header behind label and unit, rows, and for each value the prefix of its key; none for a code.
struct Made {
    from: i32,
    header: &'static [&'static str],
    rows: &'static [Row<'static>],
    columns: &'static [Option<&'static str>],
}

const FORMS: [Made; 5] = [
    Made {
        from: 2014,
        header: &["统计数"],
        rows: FORM_2014,
        columns: &[Some("")],
    },
    Made {
        from: 2014,
        header: &["区政府统计数", "区直单位统计数", "乡镇街道统计数"],
        rows: FORM_2014,
        columns: &[Some("government."), Some("departments."), Some("townships.")],
    },
    Made {
        from: 2014,
        header: &["年度", "历年累计"],
        rows: FUJIAN,
        columns: &[Some(""), Some("cumulative.")],
    },
    Made {
        from: 2009,
        header: &["年度", "历年累计"],
        rows: FUJIAN_2009,
        columns: &[Some(""), Some("cumulative.")],
    },
    Made {
        from: 2009,
        header: &["代码", "本期实际", "本年累计"],
        rows: SHANGHAI,
        columns: &[None, Some("period."), Some("")],
    },
];

/// Numbers from a seed.
struct Seed(u64);

impl Seed {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// What a cell prints: mostly small numbers and zeros, sometimes nothing or a dash.
    fn cell(&mut self) -> String {
        match self.below(12) {
            0 => String::new(),
            1 => "—".into(),
            2..=5 => "0".into(),
            6..=9 => self.below(100).to_string(),
            _ => self.below(100_000).to_string(),
        }
    }
}

/// A report: its file, the printed figures by key, and whether its layout tells where each belongs.
fn make(number: u64) -> (Vec<u8>, Vec<(String, String)>, bool) {
    let mut seed = Seed(number.wrapping_mul(977) + 11);
    let form = &FORMS[(number % 5) as usize];
    let year = form.from + seed.below(5) as i32;
    let mut code = 0;
    let figures: Vec<Vec<String>> = form
        .rows
        .iter()
        .map(|_| {
            code += 1;
            let cell = |column: &Option<&str>| column.map_or_else(|| format!("{code:02}"), |_| seed.cell());
            form.columns.iter().map(cell).collect()
        })
        .collect();
    let printed: Vec<Vec<&str>> = figures
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut truth = Vec::new();
    for (row, printed) in form.rows.iter().zip(&printed) {
        // A table may lack rows, and with them the head of a block.
        if seed.below(25) == 0 {
            continue;
        }
        let is_block = row.0.is_empty();
        rows.push((row.0, row.1, row.2, if is_block { &[] } else { printed }));
        let cells = form.columns.iter().zip(printed).filter(|_| !is_block);
        truth.extend(cells.filter_map(|(prefix, text)| Some((format!("{}{}", (*prefix)?, row.0), text.to_string()))));
    }
    let of_year = format!("{year}年度");
    let names = form
        .header
        .iter()
        .map(|name| if *name == "年度" { of_year.as_str() } else { *name });
    let header: Vec<&str> = ["指标名称", "计量单位"].into_iter().chain(names).collect();
    let layout = seed.below(6);
    let file = match layout {
        0 => html(year, &header, &rows).into_bytes(),
        1 => tabs(year, &header, &rows).into_bytes(),
        2 => one_line(year, &header, &rows, " ").into_bytes(),
        3 => one_line(year, &header, &rows, "").into_bytes(),
        4 => report("pdf-gbk", year, number, Some((&header[2..], &rows))).0,
        _ => report("pdf-ucs2", year, number, Some((&header[2..], &rows))).0,
    };
    (file, truth, !(2..4).contains(&layout))
}

/// A report of prose, with a table or without one, and what its sentences say.
fn report(container: &str, year: i32, number: u64, table: Option<(&[&str], &[Row])>) -> (Vec<u8>, Vec<Said>) {
    let mut rng = Rng::new(number);
    let place = "青禾县";
    let (blocks, said) = prose(year, place, &mut rng);
    let table = table.map(|(columns, rows)| sheet(columns, rows));
    let paper = Legacy {
        place,
        year,
        blocks,
        table,
    }
    .paper();
    let container = containers::named(container).unwrap();
    ((container.render)(&paper, &Faults::default(), &mut rng).unwrap(), said)
}

#[test]
fn no_figure_of_made_tables_is_wrong_or_invented() {
    let (mut right, mut missed, mut faults) = (0, 0, Vec::new());
    for number in 0..REPORTS {
        let (file, truth, clear) = make(number);
        let report = nianbao::extract(&file, &Hints::default()).unwrap();
        let values = report.tables.statistics.map(|table| table.values).unwrap_or_default();
        for (key, value) in values.0.iter().filter_map(|(key, value)| Some((key, (*value)?))) {
            let printed = truth.iter().find(|(own, _)| own == key).map(|(_, text)| text.as_str());
            if printed.and_then(|text| text.parse::<Decimal>().ok()) != Some(value.0) {
                faults.push(format!("report {number}: {key} is {value:?}, printed {printed:?}"));
            }
        }
        let stated = truth
            .iter()
            .filter(|(_, text)| clear && text.parse::<Decimal>().is_ok());
        for (key, _) in stated {
            let read = values.get(key).is_some();
            right += usize::from(read);
            missed += usize::from(!read);
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
    assert!(missed * 50 < right, "{missed} missed, {right} right");
}

#[test]
fn no_figure_of_made_sentences_is_wrong_or_invented() {
    let (mut right, mut missed, mut faults) = (0, 0, Vec::new());
    for number in 0..REPORTS {
        let year = 2008 + (number % 11) as i32;
        let container = [
            "html-clean",
            "html-old",
            "text-tabs",
            "text-lines",
            "pdf-gbk",
            "pdf-ucs2",
        ][(number % 6) as usize];
        let (file, said) = report(container, year, number, None);
        let read = nianbao::extract(&file, &Hints::default()).unwrap();
        let own = read.narrative_figures.iter().filter(|figure| figure.is_of_the_report());
        let own: Vec<(&str, Decimal)> = own.map(|figure| (figure.key.as_str(), figure.value.0)).collect();
        let said: Vec<(&str, Decimal)> = said.iter().map(|(key, value)| (*key, Decimal::from(*value))).collect();
        faults.extend(
            own.iter()
                .filter(|figure| !said.contains(figure))
                .map(|figure| format!("report {number} ({container}): {figure:?} was not said")),
        );
        let found = said.iter().filter(|figure| own.contains(figure)).count();
        right += found;
        missed += said.len() - found;
        let sections = read.sections.iter().filter(|section| section.number.is_some()).count();
        if sections != 6 {
            faults.push(format!("report {number} ({container}): {sections} sections"));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
    assert!(missed * 50 < right, "{missed} missed, {right} right");
}
