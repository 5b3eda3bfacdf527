//! Names and values as OFD writes them: elements whatever their name space, boxes, matrices, lists of numbers.
//!
//! Invariant: no number from a file is endless or none at all.

use kurbo::{Affine, Rect};

use crate::read::container::xml::Element;

/// Largest number that stands for anything on a page; lengths are in millimetres.
const LARGEST: f64 = 1e7;

/// Whether an element has a name, in whatever name space: files name old ones, others of their own, and none.
pub(super) fn is(element: Element, name: &str) -> bool {
    local(element) == name
}

/// The name of an element without its name space.
pub(super) fn local(element: Element<'_>) -> &str {
    without_space(element.name())
}

fn without_space(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The elements directly inside of a name.
pub(super) fn children<'a>(element: Element<'a>, name: &'static str) -> impl Iterator<Item = Element<'a>> {
    element.children().filter(move |child| is(*child, name))
}

/// The first element directly inside of a name.
pub(super) fn child<'a>(element: Element<'a>, name: &'static str) -> Option<Element<'a>> {
    children(element, name).next()
}

/// The text of the first element directly inside of a name, unless it is blank.
pub(super) fn entry(element: Element, name: &'static str) -> Option<String> {
    let text = child(element, name)?.text();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The value of an attribute, white space around it left out.
pub(super) fn attribute<'a>(element: Element<'a>, name: &str) -> Option<&'a str> {
    let mut attributes = element.attributes();
    let (_, value) = attributes.find(|(key, _)| without_space(key) == name)?;
    Some(value.trim())
}

/// Whether an attribute says yes; what it says where it is missing is `otherwise`.
pub(super) fn flag(element: Element, name: &str, otherwise: bool) -> bool {
    match attribute(element, name) {
        Some("true" | "1") => true,
        Some("false" | "0") => false,
        _ => otherwise,
    }
}

/// A number.
pub(super) fn number(text: &str) -> Option<f64> {
    let number: f64 = text.trim().parse().ok()?;
    (number.abs() <= LARGEST).then_some(number)
}

/// A list of numbers, all of them readable.
fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let mut list = [0.0; N];
    let mut words = words(text);
    for place in &mut list {
        *place = number(words.next()?)?;
    }
    Some(list)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
}

/// A box: left, top, width, height.
pub(super) fn rect(text: &str) -> Option<Rect> {
    let [x, y, width, height] = numbers(text)?;
    Some(Rect::new(x, y, x + width, y + height).abs())
}

/// A matrix.
pub(super) fn matrix(text: &str) -> Option<Affine> {
    Some(Affine::new(numbers(text)?))
}

/// The steps between characters, at most `most`: numbers, and `g 3 2.5` for three times 2.5. What cannot be read ends the list.
pub(super) fn steps(text: &str, most: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut words = words(text);
    while let Some(word) = words.next() {
        let (times, step) = match word {
            "g" | "G" => (words.next().and_then(|times| times.parse().ok()), words.next()),
            word => (Some(1), Some(word)),
        };
        let (Some(times), Some(step)) = (times, step.and_then(number)) else {
            break;
        };
        let times: usize = times;
        steps.extend(std::iter::repeat_n(step, times.min(most - steps.len())));
        if steps.len() == most {
            break;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbers_or_runs_of_one_number() {
        assert_eq!(steps("g 2 1.5 -3 g 1 4", 10), [1.5, 1.5, -3.0, 4.0]);
        assert_eq!(steps("g 4000000000 1", 3), [1.0, 1.0, 1.0]);
        assert_eq!(steps("1 NaN 2", 10), [1.0]);
        assert_eq!(steps("1 g", 10), [1.0]);
        assert!(steps("1 2", 0).is_empty());
    }

    #[test]
    fn numbers_without_end_are_none() {
        assert_eq!(number("inf"), None);
        assert_eq!(number("1e300"), None);
        assert_eq!(rect("0 0 NaN 1"), None);
        assert_eq!(rect("1 2 3 4"), Some(Rect::new(1.0, 2.0, 4.0, 6.0)));
        assert_eq!(matrix("1 0 0 1 5"), None);
    }
}
