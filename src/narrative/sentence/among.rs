//! Figures behind 其中: of what they are parts.

use super::Reader;
use crate::narrative::scope::Subject;
use crate::narrative::token::{Kind, Token};
use crate::report::Scope;

/// What 其中 is of.
#[derive(Clone, Copy)]
pub(super) struct Parent {
    /// The figure.
    pub key: Option<&'static str>,
    /// Whether that is only a part itself.
    pub part: bool,
}

/// Whether a figure counts only some applications: those that came one way, or from the year before.
fn is_share_of_applications(key: &str) -> bool {
    key.starts_with("requests.") || key == "applications.carried_over"
}

impl Reader<'_> {
    /// What 其中 at a place is of: the figure before it, or a number of cases that is none.
    pub(super) fn parent_before(&self, place: usize) -> Option<Parent> {
        let is_number = |token: &Token| matches!(token.kind, Kind::Number(_));
        let number = self.tokens[..place].iter().rposition(is_number)?;
        let figure = self.sentence.found.iter().find(|found| found.place == number);
        match (figure, &self.tokens[number].kind) {
            (Some(figure), _) => Some(Parent {
                key: Some(figure.key),
                part: figure.scope != Some(Scope::Whole) || is_share_of_applications(figure.key),
            }),
            (None, Kind::Number(quantity)) if "件宗起".contains(quantity.unit) => Some(Parent {
                key: None,
                part: !self.handles_all(number),
            }),
            _ => None,
        }
    }

    /// Whether the words before a number that is no figure say that the body, or who is not named, received or answered as many.
    fn handles_all(&self, number: usize) -> bool {
        let from = self.tokens[..number].iter().rposition(|token| token.kind == Kind::End);
        let from = from.map_or(0, |end| end + 1);
        let verbs = ["receive", "answer"].map(|name| self.class(name));
        let verb = (from..number).find(|place| verbs.contains(&self.tokens[*place].class));
        verb.is_some_and(|verb| {
            let subject = self.subject_before(from, verb, self.own_subject(from, verb));
            !matches!(subject, Subject::Other(_))
        })
    }

    /// Whether a figure behind 其中 is of what is only a part: 网络申请101件，其中同意公开65件. One beside that part is not.
    pub(super) fn is_of_part(&mut self, key: &str) -> bool {
        let Some(parent) = self.parent else { return false };
        let is_beside = match parent.key {
            Some("applications.carried_over") => key == "applications.new",
            Some(parent) => parent.starts_with("requests.") && key.starts_with("requests."),
            None => false,
        };
        if is_beside {
            self.parent = None;
        }
        parent.part && !is_beside
    }
}
