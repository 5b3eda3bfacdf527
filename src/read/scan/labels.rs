//! Labels of the forms in what a model is not sure of: 行政许词 is 行政许可 where 可 is the next likely character that any label has there.
//!
//! A cell may hold a part of a label, for labels run over several lines. Invariant: characters are those of one label only where the
//! model thinks each of them possible, and no other label has there what is nearly as likely; digits and marks stay as they were read.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::recognise::Decoded;
use crate::forms;

/// How likely each character has to be at least.
const POSSIBLE: f32 = 0.01;
/// How likely it has to be where most of the characters are not those that are the most likely.
const LIKELY: f32 = 0.1;
/// How many times as likely as the next part of a label one has to be.
const MARGIN: f32 = 3.0;
/// Fewest characters: a single one proves nothing.
const FEWEST: usize = 2;
/// The same of a label that a cell holds whole.
const WHOLE: usize = 4;
/// The same where one character alone is another one, and the next likely one is that of the label.
const ONE_OFF: usize = 3;
/// How many more of its characters such a label has than any other.
const CLEARLY: usize = 2;
/// What stands around and between the characters of a label, and is not compared.
const MARKS: &str = "0123456789.,，、。;；:：()（）[]【】“”\"《》·- ";

/// The labels of all forms as the classes of a model's characters.
#[derive(Debug, Default)]
pub(super) struct Labels(Vec<Vec<usize>>);

impl Labels {
    /// The labels of the forms for a model that knows some characters.
    pub(super) fn new(characters: &[char]) -> Self {
        Labels::of(forms::labels(), characters)
    }

    fn of<'a>(labels: impl Iterator<Item = &'a str>, characters: &[char]) -> Self {
        let class = |character: char| characters.iter().position(|other| *other == character);
        let classes = |label: &str| -> Option<Vec<usize>> {
            let compared = label.chars().filter(|character| !MARKS.contains(*character));
            compared.map(class).collect()
        };
        let mut known = HashSet::new();
        let labels = labels.filter_map(classes).filter(|label| known.insert(label.clone()));
        Labels(labels.collect())
    }

    /// A reading with the characters of the part of a label that it is; `likely` says how likely a class is where a character of the
    /// reading stands. None where it is no part of a label, or may be of several.
    pub(super) fn read(
        &self,
        reading: &[Decoded],
        characters: &[char],
        likely: impl Fn(&Decoded, usize) -> f32,
    ) -> Option<Vec<Decoded>> {
        let compared = (0..reading.len()).filter(|index| !MARKS.contains(reading[*index].character));
        let compared: Vec<usize> = compared.collect();
        let (part, chances) = self.part(&|index, class| likely(&reading[compared[index]], class), compared.len())?;
        let mut label = reading.to_vec();
        let mut others = Vec::new();
        for ((index, class), likely) in compared.iter().zip(part).zip(chances) {
            let decoded = &mut label[*index];
            if decoded.character != characters[*class] {
                decoded.rival = (decoded.character, decoded.likely);
                (decoded.character, decoded.likely) = (characters[*class], likely);
                others.push(likely);
            }
        }
        let is_mostly_read = others.len() * 2 <= compared.len();
        (is_mostly_read || others.iter().all(|likely| *likely >= LIKELY)).then_some(label)
    }

    /// The characters of the label that a cell holds whole, where the model is not sure of any that differ from it, or one alone differs
    /// that is the next likely one: those without the marks of a reading. None where it was read as one, or may be several.
    pub(super) fn whole(&self, reading: &[Decoded], characters: &[char]) -> Option<Vec<char>> {
        let compared: Vec<&Decoded> = compared(reading).collect();
        let of_length = self.0.iter().filter(|label| label.len() == compared.len());
        let mut possible: Vec<(usize, &[usize])> = of_length
            .filter_map(|label| Some((alike(&compared, label, characters)?, &label[..])))
            .collect();
        possible.sort_by_key(|(alike, _)| Reverse(*alike));
        let (alike, label) = *possible.first()?;
        let is_alone = possible.get(1).is_none_or(|(other, _)| other + CLEARLY <= alike);
        let is_it = alike < compared.len() && alike * 2 >= compared.len() && is_alone;
        is_it.then(|| label.iter().map(|class| characters[*class]).collect())
    }

    /// The most likely part of a label of so many characters, and how likely each of them is.
    fn part(&self, likely: &impl Fn(usize, usize) -> f32, length: usize) -> Option<(&[usize], Vec<f32>)> {
        if length < FEWEST {
            return None;
        }
        let (mut best, mut next): (Option<(&[usize], f32)>, f32) = (None, 0.0);
        for part in self.0.iter().flat_map(|label| label.windows(length)) {
            let chances = part.iter().enumerate().map(|(index, class)| likely(index, *class));
            let Some(chance) = product(chances) else { continue };
            match best {
                Some((other, _)) if other == part => {}
                Some((_, most)) if most >= chance => next = next.max(chance),
                _ => {
                    next = next.max(best.map_or(0.0, |(_, most)| most));
                    best = Some((part, chance));
                }
            }
        }
        let (part, _) = best.filter(|(_, chance)| *chance >= MARGIN * next)?;
        let chances = part.iter().enumerate().map(|(index, class)| likely(index, *class));
        Some((part, chances.collect()))
    }
}

/// How many characters of a reading are those of a label that it may be.
fn alike(compared: &[&Decoded], label: &[usize], characters: &[char]) -> Option<usize> {
    let pairs = compared.iter().zip(label);
    let others: Vec<(&&Decoded, char)> = pairs
        .map(|(decoded, class)| (decoded, characters[*class]))
        .filter(|(decoded, character)| decoded.character != *character)
        .collect();
    let is_unclear = label.len() >= WHOLE && others.iter().all(|(decoded, _)| decoded.is_unclear());
    let is_next = match others[..] {
        [(decoded, character)] => label.len() >= ONE_OFF && decoded.rival.0 == character,
        ref others => others.is_empty(),
    };
    (is_unclear || is_next).then(|| compared.len() - others.len())
}

/// The characters of a reading that are compared with those of labels.
pub(super) fn compared(reading: &[Decoded]) -> impl Iterator<Item = &Decoded> {
    reading.iter().filter(|decoded| is_compared(decoded.character))
}

/// Whether a character is compared with those of labels.
pub(super) fn is_compared(character: char) -> bool {
    !MARKS.contains(character)
}

/// How likely all of some characters are; none where one is not possible.
fn product(mut chances: impl Iterator<Item = f32>) -> Option<f32> {
    chances.try_fold(1.0, |all, chance| (chance >= POSSIBLE).then_some(all * chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a reading, each of its characters with those that it may be and how likely they are.
    fn read(seen: &[&[(char, f32)]]) -> Option<String> {
        let listed = [
            "行政许可",
            "行政处罚",
            "（四）无法提供",
            "结果维持",
            "结果纠正",
            "补正后申请",
            "总计",
        ];
        let mut characters: Vec<char> = listed.join("").chars().collect();
        characters.extend("词N叫其做et".chars());
        let labels = Labels::of(listed.into_iter(), &characters);
        let decoded = |(index, chances): (usize, &&[(char, f32)])| Decoded {
            character: chances[0].0,
            likely: chances[0].1,
            rival: ('\0', 0.0),
            place: index as f32,
        };
        let reading: Vec<Decoded> = seen.iter().enumerate().map(decoded).collect();
        let likely = |decoded: &Decoded, class: usize| {
            let chances = seen[decoded.place as usize].iter();
            chances
                .filter(|(character, _)| *character == characters[class])
                .map(|(_, likely)| *likely)
                .sum()
        };
        let label = labels.read(&reading, &characters, likely)?;
        Some(label.iter().map(|decoded| decoded.character).collect())
    }

    #[test]
    fn a_part_of_a_label_stands_where_its_characters_are_possible() {
        let seen: [&[(char, f32)]; 4] = [
            &[('行', 1.0)],
            &[('政', 0.9)],
            &[('许', 0.7)],
            &[('词', 0.6), ('可', 0.02)],
        ];
        assert_eq!(read(&seen).as_deref(), Some("行政许可"));
        let seen: [&[(char, f32)]; 5] = [
            &[('(', 1.0)],
            &[('N', 0.8), ('四', 0.02)],
            &[(')', 1.0)],
            &[(' ', 0.9)],
            &[('无', 0.8)],
        ];
        assert_eq!(read(&seen).as_deref(), Some("(四) 无"));
        assert_eq!(read(&[&[('结', 0.7)], &[('果', 0.6)]]).as_deref(), Some("结果"));
    }

    #[test]
    fn other_words_single_characters_and_what_is_not_possible_stay_as_they_were_read() {
        assert_eq!(read(&[&[('其', 0.9)], &[('做', 0.5), ('计', 0.3)]]), None);
        assert_eq!(read(&[&[('叫', 0.9), ('总', 0.3)]]), None);
        assert_eq!(
            read(&[
                &[('行', 1.0)],
                &[('政', 0.9)],
                &[('许', 0.7)],
                &[('词', 0.6), ('可', 0.001)]
            ]),
            None
        );
        assert_eq!(read(&[&[('e', 0.5), ('总', 0.02)], &[('t', 0.5), ('计', 0.05)]]), None);
    }

    #[test]
    fn parts_of_several_labels_that_are_nearly_as_likely_are_none() {
        let second = |chance: f32| read(&[&[('叫', 0.6), ('纠', 0.3), ('补', chance)], &[('正', 0.9)]]);
        assert_eq!([second(0.05), second(0.2)], [Some("纠正".into()), None]);
    }

    /// What a cell of a text holds, each of whose characters is read with a likelihood.
    fn whole(seen: &[(char, f32)]) -> Option<String> {
        let listed = [
            "社会公益组织",
            "法律服务机构",
            "结果维持",
            "结果纠正",
            "其他结果",
            "尚未审结",
            "总计",
            "行政许可",
            "行政处罚",
        ];
        let characters: Vec<char> = listed.join("").chars().collect();
        let labels = Labels::of(listed.into_iter(), &characters);
        let decoded = |(character, likely): &(char, f32)| Decoded {
            character: *character,
            likely: *likely,
            rival: ('\0', 0.0),
            place: 0.0,
        };
        let reading: Vec<Decoded> = seen.iter().map(decoded).collect();
        Some(labels.whole(&reading, &characters)?.into_iter().collect())
    }

    #[test]
    fn a_cell_is_the_label_whose_other_characters_are_not_clear() {
        let sure = |text: &str| text.chars().map(|character| (character, 0.99)).collect::<Vec<_>>();
        let seen = [sure("社会公益"), vec![('維', 0.5), ('紙', 0.4)]].concat();
        assert_eq!(whole(&seen).as_deref(), Some("社会公益组织"));
        let seen = [sure("结果"), vec![('推', 0.6), ('持', 0.9)]].concat();
        assert_eq!(whole(&seen).as_deref(), Some("结果维持"));
        let seen = [sure("1. 尚未"), vec![('申', 0.6), ('精', 0.5)]].concat();
        assert_eq!(whole(&seen).as_deref(), Some("尚未审结"));
    }

    #[test]
    fn a_cell_is_the_label_of_which_one_character_is_sure_and_wrong_where_the_next_likely_one_makes_it() {
        let listed = ["自然人", "科研机构", "法律服务机构", "结果维持", "结果纠正"];
        let mut characters: Vec<char> = listed.join("").chars().collect();
        characters.push('白');
        let labels = Labels::of(listed.into_iter(), &characters);
        let whole = |text: &str, at: usize, rival: char| {
            let mut reading: Vec<Decoded> = text
                .chars()
                .map(|character| Decoded {
                    character,
                    likely: 0.999,
                    rival: ('\0', 0.0),
                    place: 0.0,
                })
                .collect();
            reading[at].rival = (rival, 0.0001);
            Some(labels.whole(&reading, &characters)?.into_iter().collect::<String>())
        };
        assert_eq!(whole("白然人", 0, '自').as_deref(), Some("自然人"));
        assert_eq!(whole("白然人", 0, '百'), None);
        assert_eq!(whole("白燃人", 0, '自'), None);
        assert_eq!(whole("自然人", 0, '白'), None);
        assert_eq!(whole("结果推持", 2, '纠'), None);
    }

    #[test]
    fn a_cell_that_may_be_several_labels_or_is_clearly_another_word_is_none() {
        let sure = |text: &str| text.chars().map(|character| (character, 0.99)).collect::<Vec<_>>();
        let seen = [sure("结果"), vec![('推', 0.6), ('特', 0.6)]].concat();
        assert_eq!(whole(&seen), None);
        let seen = [sure("行政"), vec![('词', 0.6), ('司', 0.6)]].concat();
        assert_eq!(whole(&seen), None);
        assert_eq!(whole(&sure("社会公益团体")), None);
        assert_eq!(whole(&sure("结果维持")), None);
        assert_eq!(whole(&[('e', 0.4), ('u', 0.4)]), None);
    }
}
