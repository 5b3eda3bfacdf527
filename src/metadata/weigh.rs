//! Statements weighed against each other: which value stands, and whether the others contradict it.
//!
//! Invariant: a value is taken only if it has at least twice the weight of its strongest rival; else it is null.

use crate::document::Origin;

/// Where a statement stands, with how much it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The title line.
    Title,
    /// The title in the page's metadata or in its head.
    PageTitle,
    /// The title among the properties of a file, which no reader sees and which a copy keeps from the file that it was made of.
    Property,
    /// A title behind the first heading.
    LaterTitle,
    /// Another title before the text: that of the page, or a link to another report.
    OtherTitle,
    /// The line above or below the title.
    BesideTitle,
    /// The sentence on the period.
    Period,
    /// A sentence that is the act of reporting: 现公布….
    Announcement,
    /// Any other sentence of the preface.
    Sentence,
    /// Above the date at the end.
    Signature,
    /// A field of the page: 发布机构, 来源.
    Field,
    /// A field of the page that names a government as the source, which puts up the papers of the bodies below it too.
    Host,
    /// The file name.
    FileName,
    /// What most of the text says.
    Text,
    /// What a bare majority of the text says, which may compare two years.
    DividedText,
    /// One year before the day of publication; it only supports what another source says.
    Published,
}

impl Place {
    /// Whether it is a title before the text.
    pub fn is_before_text(self) -> bool {
        matches!(self, Place::Title | Place::OtherTitle)
    }

    /// Whether it names a title, wherever that stands.
    pub fn is_title(self) -> bool {
        let elsewhere = matches!(self, Place::PageTitle | Place::LaterTitle);
        self.is_before_text() || elsewhere || self.is_hidden()
    }

    /// Whether no reader of the text sees it.
    pub fn is_hidden(self) -> bool {
        matches!(self, Place::Property | Place::FileName)
    }

    /// Whether what stands here may be about another report, so that it says nothing alone.
    fn may_be_of_another(self) -> bool {
        matches!(
            self,
            Place::OtherTitle | Place::Property | Place::Host | Place::DividedText
        )
    }

    /// What one statement at this place weighs. A title line outweighs any one sentence by less than twice, so that a sentence which
    /// contradicts it is heard; `a_contradiction_is_null` among the tests fails otherwise.
    fn weight(self) -> u32 {
        match self {
            Place::Title => 3,
            Place::PageTitle | Place::LaterTitle | Place::OtherTitle | Place::BesideTitle => 2,
            Place::Period | Place::Announcement | Place::Signature => 2,
            Place::Sentence | Place::Field | Place::Host | Place::FileName | Place::Property => 1,
            Place::Text | Place::DividedText | Place::Published => 1,
        }
    }
}

/// A value as one source states it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement<T> {
    pub value: T,
    /// The words.
    pub raw: String,
    pub place: Place,
    pub origin: Option<Origin>,
}

/// What the statements come to.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict<'a, T> {
    /// Nobody says anything.
    Silent,
    /// A value, the statement that says it best, and the statements of other values.
    Stands(&'a Statement<T>, Vec<&'a Statement<T>>),
    /// A value that is only named where that of another report may stand.
    Unsupported(&'a Statement<T>),
    /// The strongest statements of the two values that contradict each other.
    Contradiction(&'a Statement<T>, &'a Statement<T>),
}

/// Weighs statements, the most trusted first. Those that `agree` support each other, and each place counts once for a value.
pub(super) fn weigh<'a, T>(
    statements: &'a [Statement<T>],
    agree: impl Fn(&Statement<T>, &Statement<T>) -> bool,
) -> Verdict<'a, T> {
    let mut groups: Vec<Vec<&Statement<T>>> = Vec::new();
    for statement in statements {
        match groups.iter_mut().find(|group| agree(group[0], statement)) {
            Some(group) => group.push(statement),
            None => groups.push(vec![statement]),
        }
    }
    let weight = |group: &[&Statement<T>]| {
        let counted = |at: &usize| group[..*at].iter().all(|earlier| earlier.place != group[*at].place);
        (0..group.len())
            .filter(counted)
            .map(|at| group[at].place.weight())
            .sum::<u32>()
    };
    // Of groups with one weight the first stands for the comparison; it has no chance of twice the other's.
    groups.sort_by_key(|group| std::cmp::Reverse(weight(group)));
    match groups.as_slice() {
        [] => Verdict::Silent,
        [best, second, ..] if weight(best) < 2 * weight(second) => Verdict::Contradiction(best[0], second[0]),
        [best, ..] if best.iter().all(|statement| statement.place.may_be_of_another()) => Verdict::Unsupported(best[0]),
        [best, others @ ..] => Verdict::Stands(best[0], others.iter().map(|group| group[0]).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(statements: &[(i32, Place)]) -> Option<i32> {
        let statements: Vec<Statement<i32>> = statements
            .iter()
            .map(|(value, place)| Statement {
                value: *value,
                raw: String::new(),
                place: *place,
                origin: None,
            })
            .collect();
        match weigh(&statements, |a, b| a.value == b.value) {
            Verdict::Stands(statement, _) => Some(statement.value),
            _ => None,
        }
    }

    #[test]
    fn a_contradiction_is_null() {
        assert_eq!(said(&[(2021, Place::Title), (2020, Place::Period)]), None);
        assert_eq!(said(&[(2021, Place::Text), (2020, Place::FileName)]), None);
        assert_eq!(said(&[(2021, Place::Title), (2020, Place::PageTitle)]), None);
    }

    #[test]
    fn titles_of_other_reports_say_nothing_alone() {
        assert_eq!(said(&[(2021, Place::OtherTitle)]), None);
        assert_eq!(said(&[(2021, Place::Host), (2021, Place::OtherTitle)]), None);
        assert_eq!(said(&[(2021, Place::DividedText)]), None);
        assert_eq!(said(&[(2021, Place::Property)]), None);
        assert_eq!(said(&[(2021, Place::Property), (2022, Place::Signature)]), Some(2022));
        assert_eq!(said(&[(2022, Place::Title), (2021, Place::DividedText)]), Some(2022));
        assert_eq!(
            said(&[
                (2022, Place::PageTitle),
                (2021, Place::Published),
                (2021, Place::DividedText)
            ]),
            None
        );
        assert_eq!(said(&[(2022, Place::Title), (2021, Place::OtherTitle)]), None);
        assert_eq!(
            said(&[
                (2022, Place::Title),
                (2021, Place::OtherTitle),
                (2022, Place::Published)
            ]),
            Some(2022)
        );
    }

    #[test]
    fn what_several_sources_say_outweighs_a_slip_of_one() {
        assert_eq!(
            said(&[(2021, Place::Title), (2020, Place::Period), (2021, Place::Text)]),
            Some(2021)
        );
        assert_eq!(
            said(&[(2021, Place::Title), (2021, Place::Period), (2020, Place::PageTitle)]),
            Some(2021)
        );
        assert_eq!(
            said(&[(2021, Place::Text), (2021, Place::Text), (2020, Place::Published)]),
            None
        );
    }
}
