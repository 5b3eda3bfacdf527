//! JSON Pointers (RFC 6901) into a report: the one place that writes and takes them apart.
//!
//! Evidence is kept under the pointer of its figure, and a check names the figures that take part by their pointers. Invariant:
//! the keys of the forms have no `/` and no `~`, so no part of a pointer needs an escape; loading the forms makes sure of it.

/// A table: `/tables/applications`.
pub fn table(key: &str) -> String {
    format!("/tables/{key}")
}

/// A figure, or all figures of a row: `/tables/applications/values/new/total` for `new.total`.
pub fn figure(table: &str, key: &str) -> String {
    let mut pointer = String::with_capacity("/tables//values/".len() + table.len() + key.len());
    for part in ["/tables/", table, "/values"] {
        pointer.push_str(part);
    }
    for part in key.split('.') {
        pointer.push('/');
        pointer.push_str(part);
    }
    pointer
}

/// The table and the dotted key of a figure; nothing for a pointer to something else.
pub fn figure_of(pointer: &str) -> Option<(&str, String)> {
    let (table, rest) = pointer.strip_prefix("/tables/")?.split_once('/')?;
    Some((table, rest.strip_prefix("values/")?.replace('/', ".")))
}

/// A part of what identifies a report: `/report/agency`.
pub fn identity(part: &str) -> String {
    format!("/report/{part}")
}

/// A main section, by its place among the main sections from 0.
pub fn section(index: usize) -> String {
    format!("/sections/{index}")
}

/// A figure of a sentence, by its place among them from 0.
pub fn narrative_figure(index: usize) -> String {
    format!("/narrative_figures/{index}")
}

/// The place of a figure of a sentence; nothing for a pointer to something else.
pub fn narrative_figure_of(pointer: &str) -> Option<usize> {
    pointer.strip_prefix("/narrative_figures/")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_taken_apart_into_what_it_was_made_of() {
        let pointer = figure("applications", "denied.state_secret.total");
        assert_eq!(pointer, "/tables/applications/values/denied/state_secret/total");
        assert_eq!(
            figure_of(&pointer),
            Some(("applications", "denied.state_secret.total".into()))
        );
        assert_eq!(narrative_figure_of(&narrative_figure(3)), Some(3));
        for other in [table("applications"), section(0), narrative_figure(1)] {
            assert_eq!(figure_of(&other), None, "{other}");
        }
        assert_eq!(narrative_figure_of("/sections/0"), None);
    }
}
