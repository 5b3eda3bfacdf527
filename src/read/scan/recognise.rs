//! Text of small pictures, each with one piece of a line, by a recognition model.
//!
//! The model is PP-OCR's: a picture 48 pixels high gives, for every 8 pixels of its width, how likely each character is. Each piece
//! is decoded twice, freely and with nothing but the characters of numbers allowed. Invariant: the same picture and model give the
//! same text, whatever the number of threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use image::GrayImage;
use image::imageops::{FilterType, resize};
use rten::{Model, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

/// Height of the pictures that the model takes.
const HEIGHT: u32 = 48;
/// Least width, in pixels, that the model reads well; a narrower picture gets middle grey on its right, as in its training.
const NARROWEST: u32 = 160;
/// Greatest width: a line of a page, set small, with room.
const WIDEST: u32 = 3200;
/// What numbers are written with.
const NUMERIC: &str = "0123456789.,，%-";
/// Most pieces read at one time.
const THREADS: usize = 4;

/// A model with its characters.
pub(crate) struct Recogniser {
    net: Model,
    characters: Vec<char>,
    /// Classes that a number is made of, the gap first.
    numeric: Vec<usize>,
    /// One for each piece that is read at one time.
    pools: Vec<Arc<ThreadPool>>,
}

/// One character as decoded, and how likely it is, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decoded {
    /// The character.
    pub character: char,
    /// How likely it is.
    pub likely: f32,
}

/// A piece of text as the model sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sight {
    /// Whatever characters are the most likely.
    pub free: Vec<Decoded>,
    /// The most likely characters of numbers.
    pub number: Vec<Decoded>,
}

impl Recogniser {
    /// A model from the bytes of its file.
    ///
    /// # Errors
    /// Where the bytes are no recognition model that names its characters.
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, String> {
        let net = Model::load(bytes).map_err(|error| error.to_string())?;
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
            characters,
            numeric,
            pools: (0..threads.clamp(1, THREADS))
                .map(|_| Arc::new(ThreadPool::with_num_threads(1)))
                .collect(),
        })
    }

    /// What stands on each picture, in their order.
    ///
    /// # Errors
    /// Where the model cannot be run.
    pub(super) fn read(&self, pictures: &[GrayImage]) -> Result<Vec<Sight>, String> {
        let next = AtomicUsize::new(0);
        let work = |pool: &Arc<ThreadPool>| {
            let mut seen = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(picture) = pictures.get(index) else {
                    return Ok(seen);
                };
                seen.push((index, self.look(picture, pool)?));
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

    fn look(&self, picture: &GrayImage, pool: &Arc<ThreadPool>) -> Result<Sight, String> {
        let input = input(picture);
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let output = self
            .net
            .run_one(input.into(), Some(options))
            .map_err(|error| error.to_string())?;
        let output: NdTensor<f32, 3> = output.try_into().map_err(|_| "the model gives no text")?;
        if output.shape()[2] != self.characters.len() {
            return Err("the model does not fit its characters".into());
        }
        let steps = output.to_vec();
        Ok(Sight {
            free: self.decode(&steps, best),
            number: self.decode(&steps, |step| best_of(step, &self.numeric)),
        })
    }

    /// The characters that `choose` takes at each step, those that repeat without a gap once.
    fn decode(&self, steps: &[f32], choose: impl Fn(&[f32]) -> (usize, f32)) -> Vec<Decoded> {
        let mut text: Vec<Decoded> = Vec::new();
        let mut last = 0;
        for step in steps.chunks_exact(self.characters.len()) {
            let (class, likely) = choose(step);
            if class != 0 && class == last {
                if let Some(decoded) = text.last_mut() {
                    decoded.likely = decoded.likely.max(likely);
                }
            } else if class != 0 {
                let character = self.characters[class];
                if character.is_ascii_digit() {
                    close_up(&mut text);
                }
                text.push(Decoded { character, likely });
            }
            last = class;
        }
        text
    }
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

/// The most likely class, and how likely it is.
fn best(step: &[f32]) -> (usize, f32) {
    let likely = step.iter().copied().fold(0.0, f32::max);
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

/// Pixels of the model's input for a piece of text of a size.
pub(super) fn pixels(width: usize, height: usize) -> usize {
    let height_of_input = HEIGHT as usize;
    let scaled = (width * height_of_input).div_ceil(height.max(1));
    height_of_input * scaled.clamp(NARROWEST as usize, WIDEST as usize)
}

/// A picture as the model takes it: 48 pixels high, three equal colours from -1 (black) to 1 (white).
fn input(picture: &GrayImage) -> NdTensor<f32, 4> {
    let (width, height) = (picture.width().max(1), picture.height().max(1));
    let scaled = (width * HEIGHT).div_ceil(height).clamp(1, WIDEST);
    let small = resize(picture, scaled, HEIGHT, FilterType::Triangle);
    let full = scaled.max(NARROWEST);
    let mut values = Vec::with_capacity((3 * HEIGHT * full) as usize);
    for row in small.rows() {
        values.extend(row.map(|pixel| f32::from(pixel.0[0]) / 127.5 - 1.0));
        values.extend(std::iter::repeat_n(0.0, (full - scaled) as usize));
    }
    let one = values.clone();
    values.extend_from_slice(&one);
    values.extend_from_slice(&one);
    NdTensor::from_data([1, 3, HEIGHT as usize, full as usize], values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_after_a_mark_is_taken_off_and_one_after_a_digit_stays() {
        let closed = |text: &str| {
            let decoded = |character| Decoded { character, likely: 1.0 };
            let mut text: Vec<Decoded> = text.chars().map(decoded).collect();
            close_up(&mut text);
            text.iter().map(|decoded| decoded.character).collect::<String>()
        };
        assert_eq!(
            [closed("12. "), closed("- "), closed("12 "), closed(" ")],
            ["12.", "-", "12 ", " "]
        );
    }
}
