//! Text of small pictures, each with one piece of a line, by a recognition model.
//!
//! The model is PP-OCR's: a picture 48 pixels high gives, for every 8 pixels of its width, how likely each character is
//! ([`super::strip`]). Each is decoded twice, freely and with nothing but the characters of numbers allowed.
//! Invariant: the same picture and model give the same text, whatever the number of threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use image::GrayImage;
use rten::ThreadPool;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::labels::Labels;
use super::network::Network;
use super::rare::Rare;
use super::strip::{HEIGHT, STEP, Strip, batches};

/// What numbers are written with. The character 〇 is a zero that the model sees as a word.
const NUMERIC: &str = "0123456789.,，%-〇";
/// How likely the least likely character of words is where nothing else is asked.
pub(super) const CLEAR: f32 = 0.85;
/// Most batches of strips read at one time.
const THREADS: usize = 4;

/// A model with its characters.
pub(crate) struct Recogniser {
    net: Network,
    characters: Vec<char>,
    /// Classes that a number is made of, the gap first.
    numeric: Vec<usize>,
    rare: Rare,
    labels: Labels,
    /// One for each batch that is read at one time.
    pools: Vec<Arc<ThreadPool>>,
}

/// One character as decoded, and how likely it is, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decoded {
    /// The character.
    pub character: char,
    /// How likely it is.
    pub likely: f32,
    /// The next likely one, and how likely it is.
    pub rival: (char, f32),
    /// Where it stands, in parts of the width of its picture.
    pub place: f32,
}

impl Decoded {
    /// Whether it is not sure enough for one look. Of marks and spaces nothing depends on it.
    pub(super) fn is_unclear(&self) -> bool {
        self.likely < CLEAR && self.character.is_alphanumeric()
    }
}

/// A piece of text as the model sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sight {
    /// Whatever characters are the most likely.
    pub free: Vec<Decoded>,
    /// The most likely characters of numbers.
    pub number: Vec<Decoded>,
    /// What was read freely with the characters of a label of the forms, where it is one or a part of one.
    pub label: Option<Vec<Decoded>>,
}

impl Recogniser {
    /// A model from the bytes of its file.
    ///
    /// # Errors
    /// Where the bytes are no recognition model that names its characters.
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, String> {
        let net = Network::new(bytes)?;
        let listed = net
            .metadata()
            .get("character")
            .ok_or("it does not list its characters")?;
        // The first class is the gap between characters, the last one a space.
        let mut characters = vec!['\0'];
        characters.extend(listed.lines().map(|line| line.chars().next().unwrap_or('\0')));
        characters.push(' ');
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let is_numeric = |class: &usize| *class == 0 || NUMERIC.contains(characters[*class]);
        let numeric = (0..characters.len()).filter(is_numeric).collect();
        Ok(Recogniser {
            net,
            rare: Rare::new(&characters),
            labels: Labels::new(&characters),
            characters,
            numeric,
            pools: (0..threads.clamp(1, THREADS))
                .map(|_| Arc::new(ThreadPool::with_num_threads(1)))
                .collect(),
        })
    }

    /// Names with a character that the model does not have.
    pub(super) fn rare(&self) -> &Rare {
        &self.rare
    }

    /// What stands on each picture, in their order.
    ///
    /// # Errors
    /// Where the model cannot be run.
    pub(super) fn read(&self, pictures: &[GrayImage]) -> Result<Vec<Sight>, String> {
        let batches = batches(pictures);
        let next = AtomicUsize::new(0);
        let work = |pool: &Arc<ThreadPool>| {
            let mut seen = Vec::new();
            loop {
                let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    return Ok(seen);
                };
                seen.extend(self.look(batch, pictures, pool)?);
            }
        };
        let all: Result<Vec<Vec<(usize, Sight)>>, String> = std::thread::scope(|scope| {
            let threads: Vec<_> = self.pools.iter().map(|pool| scope.spawn(|| work(pool))).collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            joined
                .map(|seen| seen.unwrap_or_else(|_| Err("the model failed".into())))
                .collect()
        });
        let mut seen: Vec<(usize, Sight)> = all?.into_iter().flatten().collect();
        seen.sort_by_key(|(index, _)| *index);
        Ok(seen.into_iter().map(|(_, sight)| sight).collect())
    }

    /// What stands in each strip of a batch, with the number of its picture.
    fn look(
        &self,
        batch: &[Strip],
        pictures: &[GrayImage],
        pool: &Arc<ThreadPool>,
    ) -> Result<Vec<(usize, Sight)>, String> {
        let width = batch.first().map_or(0, |strip| strip.width() as usize);
        let values: Vec<f32> = batch.iter().flat_map(|strip| strip.values(pictures)).collect();
        let input = NdTensor::from_data([batch.len(), 3, HEIGHT as usize, width], values);
        let output = self.net.run(input, pool)?;
        let [_, steps, classes] = output.shape();
        if classes != self.characters.len() || steps == 0 {
            return Err("the model does not fit its characters".into());
        }
        let values = output.to_vec();
        let seen = batch.iter().zip(values.chunks_exact(steps * classes));
        let sight = seen.map(|(strip, values)| {
            let place = |step: usize| (step as f32 + 0.5) * STEP as f32 / strip.shown as f32;
            let free = whole(zeros(self.decode(values, place, best)));
            let sight = Sight {
                label: self.label(&free, values, strip),
                free,
                number: whole(zeros(self.decode(values, place, |step| best_of(step, &self.numeric)))),
            };
            (strip.piece, sight)
        });
        Ok(sight.collect())
    }

    /// A reading with the characters of a label of the forms; none where it is clear already.
    fn label(&self, free: &[Decoded], values: &[f32], strip: &Strip) -> Option<Vec<Decoded>> {
        if !free.iter().any(Decoded::is_unclear) {
            return None;
        }
        let step = |decoded: &Decoded| (decoded.place * strip.shown as f32 / STEP as f32) as usize;
        let classes = self.characters.len();
        let likely =
            |decoded: &Decoded, class: usize| values.get(step(decoded) * classes + class).copied().unwrap_or(0.0);
        self.labels.read(free, &self.characters, likely)
    }

    /// The characters of the label of the forms that a cell of a reading holds whole, where it is not clear; see [`Labels::whole`].
    pub(super) fn whole_label(&self, reading: &[Decoded]) -> Option<Vec<char>> {
        self.labels.whole(reading, &self.characters)
    }

    /// The characters that `choose` takes at each step, those that repeat without a gap once, and where its `place` is.
    fn decode(
        &self,
        steps: &[f32],
        place: impl Fn(usize) -> f32,
        choose: impl Fn(&[f32]) -> (usize, f32),
    ) -> Vec<Decoded> {
        let mut text: Vec<Decoded> = Vec::new();
        let mut last = 0;
        for (index, step) in steps.chunks_exact(self.characters.len()).enumerate() {
            let (class, likely) = choose(step);
            let place = place(index);
            if class != 0 && class == last {
                if let Some(decoded) = text.last_mut().filter(|decoded| decoded.likely < likely) {
                    (decoded.likely, decoded.rival, decoded.place) = (likely, self.rival(step, class), place);
                }
            } else if class != 0 {
                let character = self.characters[class];
                if character.is_ascii_digit() {
                    close_up(&mut text);
                }
                text.push(Decoded {
                    character,
                    likely,
                    rival: self.rival(step, class),
                    place,
                });
            }
            last = class;
        }
        trimmed(text)
    }

    /// The most likely character besides one.
    fn rival(&self, step: &[f32], class: usize) -> (char, f32) {
        let likely = highest(&step[1..class]).max(highest(&step[class + 1..]));
        let other = (1..step.len()).find(|other| *other != class && step[*other] == likely);
        other.map_or(('\0', 0.0), |other| (self.characters[other], likely))
    }
}

/// A text of digits alone, in which 〇 is the digit.
fn zeros(mut text: Vec<Decoded>) -> Vec<Decoded> {
    if text.iter().all(|decoded| NUMERIC.contains(decoded.character)) {
        let circles = text.iter_mut().filter(|decoded| decoded.character == '〇');
        circles.for_each(|decoded| decoded.character = '0');
    }
    text
}

/// A text of digits without the points behind it, which are specks. One before them may be that of .5, which is not 5.
fn whole(mut text: Vec<Decoded>) -> Vec<Decoded> {
    let is_point = |decoded: &Decoded| ".,，".contains(decoded.character);
    if text.iter().any(|decoded| decoded.character.is_ascii_digit())
        && text.iter().all(|decoded| NUMERIC.contains(decoded.character))
    {
        while text.last().is_some_and(is_point) {
            text.pop();
        }
    }
    text
}

/// Text without the spaces at its ends, which the model sees in the paper beside a piece.
fn trimmed(mut text: Vec<Decoded>) -> Vec<Decoded> {
    let is_space = |decoded: &Decoded| decoded.character.is_whitespace();
    while text.last().is_some_and(is_space) {
        text.pop();
    }
    text.drain(..text.iter().take_while(|decoded| is_space(decoded)).count());
    text
}

/// Takes off the space that the model sees between a mark and the digit after it.
fn close_up(text: &mut Vec<Decoded>) {
    if let [.., mark, space] = text.as_slice()
        && space.character == ' '
        && ".,，-".contains(mark.character)
    {
        text.pop();
    }
}

/// The highest of some values, or 0; many stand side by side, for there are as many as the model knows characters.
fn highest(values: &[f32]) -> f32 {
    let mut highest = [0.0f32; 16];
    let chunks = values.chunks_exact(highest.len());
    let rest = chunks.remainder();
    for chunk in chunks {
        let places = highest.iter_mut().zip(chunk);
        places.for_each(|(place, value)| *place = if *value > *place { *value } else { *place });
    }
    highest.iter().chain(rest).copied().fold(0.0, f32::max)
}

/// The most likely class, and how likely it is.
fn best(step: &[f32]) -> (usize, f32) {
    let likely = highest(step);
    let class = step.iter().position(|value| *value == likely);
    (class.unwrap_or(0), likely)
}

/// The most likely of some classes.
fn best_of(step: &[f32], classes: &[usize]) -> (usize, f32) {
    let likely = |class: &usize| step.get(*class).copied().unwrap_or(0.0);
    let better = |best: (usize, f32), class: &usize| {
        if likely(class) > best.1 {
            (*class, likely(class))
        } else {
            best
        }
    };
    classes.iter().fold((0, -1.0), better)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of which every character is sure.
    fn sure(text: &str) -> Vec<Decoded> {
        let decoded = |character| Decoded {
            character,
            likely: 1.0,
            rival: ('\0', 0.0),
            place: 0.0,
        };
        text.chars().map(decoded).collect()
    }

    #[test]
    fn a_circle_among_digits_is_a_zero_and_among_words_a_character() {
        let read = |text: &str| {
            let text = zeros(sure(text));
            text.iter().map(|decoded| decoded.character).collect::<String>()
        };
        assert_eq!([read("1〇"), read("〇"), read("二〇二〇年")], ["10", "0", "二〇二〇年"]);
    }

    #[test]
    fn points_behind_a_number_are_specks_and_spaces_of_any_width_are_paper() {
        let read = |text: &str| {
            let text = whole(trimmed(sure(text)));
            text.iter().map(|decoded| decoded.character).collect::<String>()
        };
        assert_eq!(
            [
                read("206."),
                read(".96"),
                read("3.5."),
                read("692　"),
                read("1."),
                read("."),
                read("情况.")
            ],
            ["206", ".96", "3.5", "692", "1", ".", "情况."]
        );
    }

    #[test]
    fn a_space_after_a_mark_is_taken_off_and_one_after_a_digit_stays() {
        let closed = |text: &str| {
            let mut text = sure(text);
            close_up(&mut text);
            text.iter().map(|decoded| decoded.character).collect::<String>()
        };
        assert_eq!(
            [closed("12. "), closed("- "), closed("12 "), closed(" ")],
            ["12.", "-", "12 ", " "]
        );
    }
}
