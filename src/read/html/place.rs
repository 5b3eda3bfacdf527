//! The other way round: from the path of an element back to the element.
//!
//! Invariant: a path is the one that [`super::tree::Page::path`] gives; both shorten a path in the same place.

use std::collections::{HashMap, HashSet};

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use super::tree::shortened;

/// The elements of a parsed page that stand under the wanted paths. `prefix` is the path of the element in which the page stands as
/// text, or empty.
pub(crate) fn elements(html: &Html, prefix: &str, wanted: &HashSet<&str>) -> Vec<(NodeId, String)> {
    let last: HashSet<&str> = wanted
        .iter()
        .filter_map(|path| Some(name_of(path.rsplit_once('/')?.1)))
        .collect();
    let mut found = Vec::new();
    walk(html, prefix, |node, name, path| {
        if last.contains(name) {
            let path = shortened(path.to_owned());
            if wanted.contains(&*path) {
                found.push((node.id(), path));
            }
        }
    });
    found
}

/// The deepest element of which each wanted path begins with the path, with its text: where a page stands as text in a page.
pub(crate) fn holders(html: &Html, prefix: &str, wanted: &HashSet<&str>) -> Vec<(String, String)> {
    let mut deepest: HashMap<&str, (NodeId, String)> = HashMap::new();
    walk(html, prefix, |node, _, path| {
        let below = |wanted: &str| wanted.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        for path_wanted in wanted.iter().filter(|wanted| below(wanted)) {
            deepest.insert(path_wanted, (node.id(), path.to_owned()));
        }
    });
    let mut holders: Vec<(NodeId, String)> = deepest.into_values().collect();
    holders.sort_by(|a, b| a.1.cmp(&b.1));
    holders.dedup();
    let text = |id| html.tree.get(id).map_or(String::new(), |node| text_of(node));
    holders.into_iter().map(|(id, path)| (path, text(id))).collect()
}

fn text_of(node: NodeRef<'_, Node>) -> String {
    node.descendants()
        .filter_map(|node| node.value().as_text())
        .map(|text| &**text)
        .collect()
}

/// The name of a step: `td` of `td[2]`.
fn name_of(step: &str) -> &str {
    step.split('[').next().unwrap_or(step)
}

/// Visits every element with its name and path.
fn walk<'a>(html: &'a Html, prefix: &str, mut visit: impl FnMut(NodeRef<'a, Node>, &str, &str)) {
    let mut path = prefix.to_owned();
    let mut lengths = Vec::new();
    let mut numbers: HashMap<NodeId, Option<u32>> = HashMap::new();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                lengths.push(path.len());
                if let Some(element) = node.value().as_element() {
                    let implied = !prefix.is_empty() && matches!(element.name(), "html" | "body");
                    if !implied {
                        path.push('/');
                        path.push_str(element.name());
                        if let Some(Some(number)) = numbers.remove(&node.id()) {
                            path.push_str(&format!("[{number}]"));
                        }
                    }
                    visit(node, element.name(), &path);
                }
                number_children(node, &mut numbers);
            }
            Edge::Close(_) => path.truncate(lengths.pop().unwrap_or(0)),
        }
    }
}

/// The number of each child among the children of its name; none where it is the only one.
fn number_children(node: NodeRef<'_, Node>, numbers: &mut HashMap<NodeId, Option<u32>>) {
    let mut names: HashMap<&str, Vec<NodeId>> = HashMap::new();
    for child in node.children() {
        if let Some(element) = child.value().as_element() {
            names.entry(element.name()).or_default().push(child.id());
        }
    }
    for ids in names.into_values().filter(|ids| ids.len() > 1) {
        numbers.extend(ids.into_iter().zip((1..).map(Some)));
    }
}
