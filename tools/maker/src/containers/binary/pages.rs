//! Pages of 512 bytes with runs that share their properties, and the table of the pages.

const PAGE: usize = 512;

/// A run: first place, place behind it, its properties as stored.
pub type Run = (u32, u32, Vec<u8>);

/// The kinds of pages.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Of characters.
    Characters,
    /// Of paragraphs.
    Paragraphs,
}

impl Kind {
    /// Bytes that a run has in the head of its page.
    fn head(self) -> usize {
        match self {
            Kind::Characters => 1,
            Kind::Paragraphs => 13,
        }
    }

    fn stored(self, properties: &[u8]) -> Vec<u8> {
        let mut out = match (self, properties.len() % 2) {
            (Kind::Characters, _) => vec![properties.len() as u8],
            (Kind::Paragraphs, 1) => vec![properties.len().div_ceil(2) as u8],
            (Kind::Paragraphs, _) => vec![0, (properties.len() / 2) as u8],
        };
        out.extend(properties);
        out.resize(out.len().next_multiple_of(2), 0);
        out
    }
}

/// Adds pages to the main stream and gives their table.
pub fn write(kind: Kind, runs: &[Run], main: &mut Vec<u8>) -> Vec<u8> {
    let mut places: Vec<u32> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut rest = runs;
    while !rest.is_empty() {
        let mut free = PAGE - 1 - 4;
        let fitting = rest.iter().take_while(|(_, _, properties)| {
            let needed = 4 + kind.head() + kind.stored(properties).len();
            let fits = needed <= free;
            free -= needed.min(free);
            fits
        });
        let count = fitting.count().max(1);
        let (these, others) = rest.split_at(count);
        main.resize(main.len().next_multiple_of(PAGE), 0);
        places.push(these[0].0);
        numbers.push((main.len() / PAGE) as u32);
        main.extend(page(kind, these));
        rest = others;
    }
    places.push(runs.last().map_or(0, |run| run.1));
    places
        .iter()
        .chain(&numbers)
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

fn page(kind: Kind, runs: &[Run]) -> Vec<u8> {
    let mut out: Vec<u8> = runs.iter().flat_map(|run| run.0.to_le_bytes()).collect();
    out.extend(runs.last().map_or(0, |run| run.1).to_le_bytes());
    let heads = out.len();
    out.resize(PAGE, 0);
    let mut free = PAGE - 2;
    for (at, (_, _, properties)) in runs.iter().enumerate() {
        if properties.is_empty() {
            continue;
        }
        let stored = kind.stored(properties);
        free = (free - stored.len()) / 2 * 2;
        out[free..free + stored.len()].copy_from_slice(&stored);
        out[heads + at * kind.head()] = (free / 2) as u8;
    }
    out[PAGE - 1] = runs.len() as u8;
    out
}
