//! Names of regions with a character that the model does not have, so that it reads another one in its place and is sure of it.
//!
//! Invariant: where such a name may stand, and what was read is no name of a region, the character is none.

use crate::body::regions;

/// Fewest characters besides the rare one; with fewer any name would be one.
const LEAST: usize = 2;

/// The names, each with the place of its rare character.
#[derive(Clone, Debug, Default)]
pub(super) struct Rare(Vec<(Vec<char>, usize)>);

impl Rare {
    /// Names of which one character is not among those that a model has.
    pub(super) fn new(characters: &[char]) -> Self {
        let rare = regions::all().iter().filter_map(|region| {
            let name: Vec<char> = region.name.chars().collect();
            let mut unknown = (0..name.len()).filter(|at| !characters.contains(&name[*at]));
            let at = unknown.next()?;
            (unknown.next().is_none() && name.len() > LEAST).then_some((name, at))
        });
        Rare(rare.collect())
    }

    /// Places of a text at which a rare character may stand.
    pub(super) fn places(&self, text: &[char]) -> Vec<usize> {
        let mut places = Vec::new();
        for (name, rare) in &self.0 {
            let windows = text.windows(name.len()).enumerate();
            let alike = windows.filter(|(_, window)| {
                let same = (0..name.len()).all(|at| at == *rare || window[at] == name[at]);
                same && regions::named(&window.iter().collect::<String>()).next().is_none()
            });
            places.extend(alike.map(|(at, _)| at + rare));
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<usize> {
        let known: Vec<char> = regions::all().iter().flat_map(|region| region.name.chars()).collect();
        let known: Vec<char> = known
            .into_iter()
            .filter(|character| !"鄠隰瀍".contains(*character))
            .collect();
        Rare::new(&known).places(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn a_character_in_the_place_of_a_rare_one_is_found() {
        assert_eq!(places("西安市鄂邑区人民政府"), [3]);
    }

    #[test]
    fn names_of_regions_and_names_too_short_to_tell_stand() {
        assert!(places("淮安市清河区人民政府").is_empty() && places("歙县人民政府").is_empty());
    }
}
