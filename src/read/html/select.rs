//! Finds the article in the page.
//!
//! Sentences and report tables are the signals; the article is the smallest element that holds them all, widened to the container of
//! a known content system around it. Invariant: an element that holds tables of a report is never left out, whatever its class says.

use super::sites::{Marks, SITES};
use super::table::{Rows, is_layout};
use super::tree::{Node, Page, Tag};

/// What was found.
pub(super) struct Choice {
    /// The element that holds the article.
    pub(super) root: u32,
    /// Whether it is the container of a known content system, so that nothing inside needs to be suspected.
    pub(super) certain: bool,
    /// The heading of the article, where it stands before the root.
    pub(super) title: Option<u32>,
    /// Weight of the signals: 0 where the page has no sentence and no table.
    pub(super) weight: u32,
    /// Visible characters below each node.
    pub(super) size: Vec<u32>,
    /// The same without those in links.
    pub(super) prose: Vec<u32>,
    /// For each table met, whether it only lays out the page.
    pub(super) layout: Vec<bool>,
    /// The first of the blocks that the page hides and that were read all the same.
    pub(super) revealed: Option<u32>,
}

/// A place that belongs to the article.
struct Signal {
    node: u32,
    weight: u32,
    table: bool,
    inside: bool,
}

/// How much text of a table is looked at for the words of report tables.
const EVIDENCE_WINDOW: usize = 4096;

/// Chooses the article of a page. Marks furniture and takes the mark `hidden` off where it would hide the article.
/// With `whole`, all of the page is the article.
pub(super) fn choose(page: &mut Page<'_>, whole: bool) -> Choice {
    let body = page.body();
    let (mut size, mut prose) = sums(page);
    let hiding = (body..page.nodes.len() as u32).filter(|&i| {
        let node = &page.nodes[i as usize];
        node.hidden && node.block && size[i as usize] > size[body as usize].max(40)
    });
    let mut hiding: Vec<u32> = hiding.collect();
    if hiding.is_empty() {
        hiding = hidden_report(page, body);
        if !hiding.is_empty() && shows_report(page, body) {
            hiding.clear();
        }
    }
    let is_read = |index: &u32| page.nodes[*index as usize].tag != Tag::Embedded;
    let revealed = hiding.iter().copied().find(is_read);
    if !hiding.is_empty() {
        // Scripts show it when the page is open; a saved page has it hidden.
        for index in hiding {
            page.nodes[index as usize].hidden = false;
        }
        (size, prose) = sums(page);
    }
    if !whole {
        mark_furniture(page, body, &size, &prose);
    }
    let layout = classify(page, body, &size);
    let mut choice = Choice {
        root: body,
        certain: false,
        title: None,
        weight: 0,
        size,
        prose,
        layout,
        revealed,
    };
    let signals = signals(page, body, &choice);
    choice.weight = signals.iter().map(|signal| signal.weight).sum();
    if whole {
        choice.certain = true;
        return choice;
    }
    choice.root = match trim(&signals) {
        [] => without_signals(page, body, &choice),
        [first, .., last] => widen(page, body, common(page, first.node, last.node), &choice),
        [only] => widen(page, body, only.node, &choice),
    };
    choice.certain = page.nodes[choice.root as usize].marks.has(Marks::CERTAIN);
    choice.title = title(page, body, &choice);
    choice
}

/// Whether a node is a table of a report.
fn is_report(page: &Page<'_>, index: u32) -> bool {
    let node = &page.nodes[index as usize];
    (node.tag == Tag::Table || node.marks.has(Marks::TABLE)) && SITES.evidence(&text(page, index)) >= 2
}

/// Whether a table of a report is shown.
fn shows_report(page: &Page<'_>, body: u32) -> bool {
    let mut next = body;
    while (next as usize) < page.nodes.len() {
        let node = &page.nodes[next as usize];
        if node.hidden || matches!(node.tag, Tag::Embedded | Tag::Script | Tag::Skipped) {
            next = node.end;
            continue;
        }
        if is_report(page, next) {
            return true;
        }
        next += 1;
    }
    false
}

/// Blocks that hide tables of a report, and what is hidden beside them, as the parts of a report on tabs are.
fn hidden_report(page: &Page<'_>, body: u32) -> Vec<u32> {
    let nodes = body..page.nodes.len() as u32;
    let hidden = |i: &u32| page.nodes[*i as usize].hidden && page.nodes[*i as usize].block;
    let holds = |i: &u32| (*i..page.nodes[*i as usize].end).any(|inner| is_report(page, inner));
    let mut parents: Vec<u32> = nodes
        .clone()
        .filter(hidden)
        .filter(holds)
        .map(|i| page.nodes[i as usize].parent)
        .collect();
    parents.dedup();
    nodes
        .filter(hidden)
        .filter(|i| parents.contains(&page.nodes[*i as usize].parent))
        .collect()
}

/// Visible characters below each node, with and without links.
fn sums(page: &Page<'_>) -> (Vec<u32>, Vec<u32>) {
    let count = page.nodes.len();
    let (mut size, mut prose) = (vec![0u32; count], vec![0u32; count]);
    let mut link_end = 0;
    for (index, node) in page.nodes.iter().enumerate() {
        match node.tag {
            Tag::Link => link_end = link_end.max(node.end),
            Tag::Text => {
                // Characters that are not ASCII white space: every byte but the continuation bytes of UTF-8.
                let visible = node.text().bytes().filter(|b| *b > b' ' && *b & 0xC0 != 0x80).count() as u32;
                size[index] = visible;
                prose[index] = if (index as u32) < link_end { 0 } else { visible };
            }
            _ => {}
        }
    }
    for index in (0..count).rev() {
        let node = &page.nodes[index];
        let shown = !node.hidden && !matches!(node.tag, Tag::Embedded | Tag::Script | Tag::Skipped);
        if shown && node.parent != u32::MAX {
            size[node.parent as usize] = size[node.parent as usize].saturating_add(size[index]);
            prose[node.parent as usize] = prose[node.parent as usize].saturating_add(prose[index]);
        }
    }
    (size, prose)
}

/// Marks what is page furniture by name and does not look like the article.
fn mark_furniture(page: &mut Page<'_>, body: u32, size: &[u32], prose: &[u32]) {
    let total = prose[body as usize];
    let mut certain_end = 0;
    let mut next = body + 1;
    while (next as usize) < page.nodes.len() {
        let node = &page.nodes[next as usize];
        if node.marks.has(Marks::CERTAIN) {
            certain_end = certain_end.max(node.end);
        }
        if node.marks.has(Marks::FURNITURE) && !node.marks.has(Marks::CERTAIN) {
            let own = prose[next as usize];
            let inside = next < certain_end;
            let small = if inside {
                own <= 40 && !holds_table(page, next) && !text(page, next).contains('。')
            } else {
                own * 3 < total || own <= 60
            };
            if small && !holds_article(page, next, size) {
                let end = node.end;
                page.nodes[next as usize].furniture = true;
                next = end;
                continue;
            }
        }
        next += 1;
    }
}

fn holds_table(page: &Page<'_>, index: u32) -> bool {
    page.nodes[index as usize..page.nodes[index as usize].end as usize]
        .iter()
        .any(|node| node.tag == Tag::Table)
}

/// Whether something that is called furniture holds the container of an article, or tables of a report.
fn holds_article(page: &Page<'_>, index: u32, size: &[u32]) -> bool {
    let inside = || index..page.nodes[index as usize].end;
    let node = |i: u32| &page.nodes[i as usize];
    inside().any(|i| node(i).marks.has(Marks::CERTAIN) && size[i as usize] > 100)
        || ((size[index as usize] > 100 || inside().any(|i| node(i).tag == Tag::Table))
            && SITES.evidence(&text(page, index)) >= 2)
}

/// The beginning of the visible text below a node.
fn text(page: &Page<'_>, index: u32) -> String {
    let mut text = String::new();
    for node in &page.nodes[index as usize..page.nodes[index as usize].end as usize] {
        text.extend(node.text().split_whitespace());
        if text.len() > EVIDENCE_WINDOW {
            break;
        }
    }
    text
}

/// For each node, whether it is a table that only lays out the page.
fn classify(page: &Page<'_>, body: u32, size: &[u32]) -> Vec<bool> {
    let mut layout = vec![false; page.nodes.len()];
    for index in body..page.nodes.len() as u32 {
        if page.nodes[index as usize].tag == Tag::Table {
            layout[index as usize] = is_layout(page, index, &Rows::of_table(page, index), size);
        }
    }
    layout
}

/// Sentences and report tables outside furniture, in reading order.
fn signals(page: &Page<'_>, body: u32, choice: &Choice) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    let (mut link_end, mut certain_end) = (0, 0);
    let mut block = body;
    let mut next = body;
    while (next as usize) < page.nodes.len() {
        let node = &page.nodes[next as usize];
        if node.hidden || node.furniture || matches!(node.tag, Tag::Embedded | Tag::Script | Tag::Skipped) {
            next = node.end;
            continue;
        }
        if node.marks.has(Marks::CERTAIN) {
            certain_end = certain_end.max(node.end);
        }
        let inside = next < certain_end;
        match node.tag {
            Tag::Link => link_end = link_end.max(node.end),
            Tag::Table if !choice.layout[next as usize] && SITES.evidence(&text(page, next)) >= 2 => {
                let weight = choice.size[next as usize];
                signals.push(Signal {
                    node: next,
                    weight,
                    table: true,
                    inside,
                });
                next = node.end;
                continue;
            }
            Tag::Text if next >= link_end && node.text().contains('。') => {
                block = if page.holds(block, next) && page.nodes[block as usize].block {
                    block
                } else {
                    body
                };
                let near = page
                    .ancestors(next)
                    .find(|&i| page.nodes[i as usize].block)
                    .unwrap_or(body);
                let weight = choice.prose[near as usize];
                if (near != block || signals.is_empty()) && weight >= 15 {
                    let weight = weight.min(4 * choice.size[next as usize] + 200);
                    signals.push(Signal {
                        node: next,
                        weight,
                        table: false,
                        inside,
                    });
                    block = near;
                }
            }
            _ => {}
        }
        next += 1;
    }
    signals
}

/// The signals without stray sentences before and after the article, such as a copyright notice.
fn trim(signals: &[Signal]) -> &[Signal] {
    let total: u32 = signals.iter().map(|signal| signal.weight).sum();
    let inside: u32 = signals
        .iter()
        .filter(|signal| signal.inside)
        .map(|signal| signal.weight)
        .sum();
    let known = inside * 2 > total;
    let stray = |signal: &Signal| {
        let small = if known {
            !signal.inside && signal.weight < 200
        } else {
            signal.weight < 60 && signal.weight * 20 < total
        };
        small && !signal.table
    };
    let start = signals.iter().position(|signal| !stray(signal)).unwrap_or(0);
    let end = signals
        .iter()
        .rposition(|signal| !stray(signal))
        .map_or(signals.len(), |last| last + 1);
    &signals[start..end]
}

/// The smallest element that holds two nodes.
fn common(page: &Page<'_>, first: u32, last: u32) -> u32 {
    page.ancestors(first)
        .find(|&outer| page.holds(outer, last))
        .unwrap_or(0)
}

/// From the element that holds the signals to the one that holds the article.
fn widen(page: &Page<'_>, body: u32, core: u32, choice: &Choice) -> u32 {
    let node = |index: u32| &page.nodes[index as usize];
    let prose = |index: u32| choice.prose[index as usize];
    let inside_body = || page.ancestors(core).take_while(|&i| i > body);
    // A report inside one data table is that table.
    let data = |i: &u32| node(*i).tag == Tag::Table && !choice.layout[*i as usize];
    let table = inside_body().filter(data).last();
    let core = table.map_or(core, |table| node(table).parent);
    let core = page
        .ancestors(core)
        .find(|&i| node(i).block && node(i).tag != Tag::Preformatted)
        .unwrap_or(body);
    // One line is no article: what it stands in is, be it the page.
    let core = if is_line(page, core) {
        node(core).parent.max(body)
    } else {
        core
    };
    let around = || page.ancestors(core).take_while(|&i| i > body);
    if let Some(container) = around().find(|&i| node(i).marks.has(Marks::CERTAIN)) {
        return container;
    }
    let enough = prose(core) + prose(core) / 2 + 200;
    if let Some(container) = around().find(|&i| node(i).marks.has(Marks::LIKELY) && prose(i) <= enough) {
        return container;
    }
    // Up as long as hardly anything but the article comes in: a heading, a date, an attachment.
    let close = |&i: &u32| prose(i) <= prose(core) + 200 && node(i).tag != Tag::Body;
    around().take_while(close).last().unwrap_or(core)
}

/// Whether a block holds no other block and no line break: a paragraph, or a heading.
fn is_line(page: &Page<'_>, index: u32) -> bool {
    let breaks = |node: &Node<'_>| node.block || node.tag == Tag::Break;
    let node = &page.nodes[index as usize];
    node.tag != Tag::Body && !page.nodes[index as usize + 1..node.end as usize].iter().any(breaks)
}

/// The container of a page without sentences: one that a content system has, else the whole page.
fn without_signals(page: &Page<'_>, body: u32, choice: &Choice) -> u32 {
    let largest = |marks: Marks| {
        let candidates = (body..page.nodes.len() as u32).filter(|&i| {
            let node = &page.nodes[i as usize];
            node.marks.has(marks)
                && !node.hidden
                && !page.ancestors(i).any(|outer| page.nodes[outer as usize].furniture)
        });
        candidates.max_by_key(|&i| (choice.size[i as usize], std::cmp::Reverse(i)))
    };
    let half = choice.prose[body as usize] / 2;
    let likely = || largest(Marks::LIKELY).filter(|&i| choice.prose[i as usize] >= half);
    largest(Marks::CERTAIN).or_else(likely).unwrap_or(body)
}

/// The heading of the article before its root: the one that the page title repeats, else the last one.
fn title(page: &Page<'_>, body: u32, choice: &Choice) -> Option<u32> {
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let page_title = squeeze(page.title.as_deref().unwrap_or_default());
    let mut best = None;
    let mut next = body + 1;
    while next < choice.root {
        let node = &page.nodes[next as usize];
        if node.hidden || node.furniture || matches!(node.tag, Tag::Embedded | Tag::Script | Tag::Skipped) {
            next = node.end;
            continue;
        }
        let named = node.marks.has(Marks::TITLE) || matches!(node.tag, Tag::Heading(1 | 2));
        let fits = (8..=120).contains(&choice.prose[next as usize]) && !page.holds(next, choice.root);
        if named && fits {
            let words = text(page, next);
            let repeated = !page_title.is_empty() && (page_title.contains(&words) || words.contains(&page_title));
            if repeated {
                best = Some(next);
                break;
            }
            best = Some(next);
            next = node.end;
            continue;
        }
        next += 1;
    }
    best
}
