//! Convolutions of single pixels, of which a network has the most, and what it does between them.
//!
//! The engine multiplies the weights with each picture for itself and sorts them anew each time. Here they are sorted once, and the
//! pictures stand side by side in one multiplication. Invariant: the results are those of the engine up to the last digits, which
//! [`super::network`] makes sure of.

use std::fmt;

use rten::NodeId;
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_simd::SimdUnaryOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Gelu;

/// A convolution of single pixels.
pub(super) struct Pointwise {
    weights: PackedAMatrix<f32>,
    bias: Vec<f32>,
}

impl fmt::Debug for Pointwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {} channels", self.inputs(), self.outputs())
    }
}

impl Pointwise {
    /// A convolution of a number of outputs and inputs; `weights` are those of the first output, then of the next.
    pub(super) fn new([outputs, inputs]: [usize; 2], weights: &[f32], bias: Vec<f32>) -> Option<Self> {
        if outputs == 0 || inputs == 0 || weights.len() != outputs * inputs || bias.len() != outputs {
            return None;
        }
        let matrix = NdTensorView::from_data([outputs, inputs], weights);
        let weights = GemmExecutor::<f32>::default().prepack_a(matrix);
        Some(Pointwise { weights, bias })
    }

    /// Channels that it gives.
    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    fn inputs(&self) -> usize {
        self.weights.cols()
    }

    /// Adds its results for pixels to what stands in `output`, channel by channel.
    fn add_to(&self, output: &mut [f32], input: &[f32]) -> Result<(), String> {
        let pixels = input.len() / self.inputs();
        let input = NdTensorView::from_data([self.inputs(), pixels], input);
        let options = GemmOptions {
            beta: 1.0,
            bias: Some(BiasVector::Column(&self.bias)),
            ..GemmOptions::default()
        };
        let (weights, input) = (GemmInputA::Packed(&self.weights), GemmInputB::Unpacked(input));
        let result = GemmExecutor::<f32>::default().gemm(output, weights, input, options);
        result.map_err(|error| error.to_string())
    }

    /// Its results for pixels, channel by channel.
    fn of(&self, input: &[f32]) -> Result<Vec<f32>, String> {
        let mut output = vec![0.0; self.outputs() * (input.len() / self.inputs())];
        self.add_to(&mut output, input)?;
        Ok(output)
    }
}

/// Two convolutions with the GELU between them.
#[derive(Debug)]
pub(super) struct Mixer {
    /// The value of the network that it takes.
    pub input: NodeId,
    /// The value that it gives.
    pub output: NodeId,
    /// The first convolution.
    pub first: Pointwise,
    /// The second one.
    pub second: Pointwise,
    /// Whether its input is added to what it gives.
    pub adds: bool,
}

impl Mixer {
    /// Whether its convolutions fit each other.
    pub(super) fn fits(&self) -> bool {
        self.first.outputs() == self.second.inputs() && (!self.adds || self.second.outputs() == self.first.inputs())
    }

    /// What it makes of some pictures of a number of channels and pixels.
    ///
    /// # Errors
    /// Where they have other channels.
    pub(super) fn run(&self, input: &[f32], size: [usize; 3]) -> Result<Vec<f32>, String> {
        let [pictures, channels, pixels] = size;
        if channels != self.first.inputs() || input.len() != pictures * channels * pixels {
            return Err("the model has another number of channels".into());
        }
        let joined = exchanged(input, size);
        let mut hidden = self.first.of(&joined)?;
        Gelu {}.map_mut(&mut hidden);
        let output = if self.adds {
            let mut sum = joined;
            self.second.add_to(&mut sum, &hidden)?;
            sum
        } else {
            self.second.of(&hidden)?
        };
        Ok(exchanged(&output, [self.second.outputs(), pictures, pixels]))
    }
}

/// Channels weighted by what two convolutions make of their means.
#[derive(Debug)]
pub(super) struct Weighted {
    /// The value of the network that it takes.
    pub input: NodeId,
    /// The value that it gives.
    pub output: NodeId,
    /// The first convolution, behind which nothing is below zero.
    pub first: Pointwise,
    /// The second one, behind which all is from 0 to 1.
    pub second: Pointwise,
    /// How steep that is, and where it stands for 0.
    pub slope: f32,
    /// What it is for 0.
    pub middle: f32,
}

impl Weighted {
    /// Whether its convolutions fit each other.
    pub(super) fn fits(&self) -> bool {
        self.first.outputs() == self.second.inputs() && self.second.outputs() == self.first.inputs()
    }

    /// What it makes of some pictures of a number of channels and pixels.
    ///
    /// # Errors
    /// Where they have other channels.
    pub(super) fn run(&self, input: &[f32], [pictures, channels, pixels]: [usize; 3]) -> Result<Vec<f32>, String> {
        if channels != self.first.inputs() || pixels == 0 || input.len() != pictures * channels * pixels {
            return Err("the model has another number of channels".into());
        }
        let planes = || input.chunks_exact(pixels);
        let means: Vec<f32> = planes().map(|plane| sum(plane) / pixels as f32).collect();
        let mut bent = self.first.of(&exchanged(&means, [pictures, channels, 1]))?;
        bent.iter_mut().for_each(|value| *value = value.max(0.0));
        let weights = exchanged(&self.second.of(&bent)?, [channels, pictures, 1]);
        let weight = |value: &f32| (value * self.slope + self.middle).clamp(0.0, 1.0);
        let mut output = Vec::with_capacity(input.len());
        for (plane, weight) in planes().zip(weights.iter().map(weight)) {
            output.extend(plane.iter().map(|value| value * weight));
        }
        Ok(output)
    }
}

/// Rows of each part of some, in the order of the rows and then of the parts: those of each channel of pictures side by side, or those
/// of each picture again.
fn exchanged(values: &[f32], [parts, rows, length]: [usize; 3]) -> Vec<f32> {
    let mut result = Vec::with_capacity(values.len());
    for row in 0..rows {
        for part in 0..parts {
            let from = (part * rows + row) * length;
            result.extend_from_slice(&values[from..from + length]);
        }
    }
    result
}

/// The sum of some values, in parts that a machine computes at one time.
fn sum(values: &[f32]) -> f32 {
    let mut sums = [0.0f32; 16];
    let chunks = values.chunks_exact(sums.len());
    let rest: f32 = chunks.remainder().iter().sum();
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, value)| *sum += value);
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count)
            .map(|at| ((at * 31 + seed) % 17) as f32 / 16.0 - 0.5)
            .collect()
    }

    /// A convolution, and its weights and bias.
    fn convolution(outputs: usize, inputs: usize, seed: usize) -> (Pointwise, Vec<f32>, Vec<f32>) {
        let (weights, bias) = (numbers(outputs * inputs, seed), numbers(outputs, seed + 1));
        let pointwise = Pointwise::new([outputs, inputs], &weights, bias.clone()).unwrap();
        (pointwise, weights, bias)
    }

    /// What a convolution gives for one pixel, computed one number at a time.
    fn plain(pixel: &[f32], weights: &[f32], bias: &[f32]) -> Vec<f32> {
        let rows = weights.chunks_exact(pixel.len()).zip(bias);
        rows.map(|(row, bias)| bias + row.iter().zip(pixel).map(|(weight, value)| weight * value).sum::<f32>())
            .collect()
    }

    /// One pixel of pictures.
    fn pixel(values: &[f32], [channels, pixels]: [usize; 2], picture: usize, at: usize) -> Vec<f32> {
        (0..channels)
            .map(|channel| values[(picture * channels + channel) * pixels + at])
            .collect()
    }

    fn is_near(one: &[f32], other: &[f32]) -> bool {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-4)
    }

    /// `x * Φ(x)` by a sum of small steps.
    fn gelu(x: f32) -> f32 {
        let (x, steps) = (f64::from(x), 4000);
        let width = x / f64::from(steps);
        let density = |step: i32| (-((f64::from(step) + 0.5) * width).powi(2) / 2.0).exp();
        let area: f64 = (0..steps).map(density).sum::<f64>() * width / (2.0 * std::f64::consts::PI).sqrt();
        (x * (0.5 + area)) as f32
    }

    #[test]
    fn pictures_side_by_side_give_what_each_pixel_gives() {
        for (adds, outputs) in [(true, 5), (false, 7)] {
            let ((first, one, one_bias), (second, two, two_bias)) = (convolution(9, 5, 3), convolution(outputs, 9, 8));
            let mixer = Mixer {
                input: NodeId::from_u32(0),
                output: NodeId::from_u32(1),
                first,
                second,
                adds,
            };
            let input = numbers(3 * 5 * 4, 2);
            let output = mixer.run(&input, [3, 5, 4]).unwrap();
            for (picture, at) in (0..3).flat_map(|picture| (0..4).map(move |at| (picture, at))) {
                let before = pixel(&input, [5, 4], picture, at);
                let hidden: Vec<f32> = plain(&before, &one, &one_bias).into_iter().map(gelu).collect();
                let mut expected = plain(&hidden, &two, &two_bias);
                if adds {
                    expected.iter_mut().zip(&before).for_each(|(sum, value)| *sum += value);
                }
                assert!(
                    is_near(&pixel(&output, [outputs, 4], picture, at), &expected),
                    "{adds} {picture} {at}"
                );
            }
        }
    }

    #[test]
    fn channels_are_weighted_by_the_means_of_their_own_picture() {
        let ((first, one, one_bias), (second, two, two_bias)) = (convolution(3, 5, 3), convolution(5, 3, 8));
        let weighted = Weighted {
            input: NodeId::from_u32(0),
            output: NodeId::from_u32(1),
            first,
            second,
            slope: 1.0 / 6.0,
            middle: 0.5,
        };
        let input = numbers(2 * 5 * 20, 2);
        let output = weighted.run(&input, [2, 5, 20]).unwrap();
        for picture in 0..2 {
            let plane = |channel: usize| &input[(picture * 5 + channel) * 20..][..20];
            let means: Vec<f32> = (0..5)
                .map(|channel| plane(channel).iter().sum::<f32>() / 20.0)
                .collect();
            let bent: Vec<f32> = plain(&means, &one, &one_bias)
                .iter()
                .map(|value| value.max(0.0))
                .collect();
            for (channel, value) in plain(&bent, &two, &two_bias).into_iter().enumerate() {
                let weight = (value / 6.0 + 0.5).clamp(0.0, 1.0);
                let expected: Vec<f32> = plane(channel).iter().map(|value| value * weight).collect();
                assert!(
                    is_near(&output[(picture * 5 + channel) * 20..][..20], &expected),
                    "{picture} {channel}"
                );
            }
        }
    }

    #[test]
    fn pictures_of_other_channels_have_no_result() {
        let mixer = Mixer {
            input: NodeId::from_u32(0),
            output: NodeId::from_u32(1),
            first: convolution(9, 5, 3).0,
            second: convolution(5, 9, 8).0,
            adds: true,
        };
        assert!(mixer.fits() && mixer.run(&[0.0; 16], [1, 4, 4]).is_err());
        assert!(Pointwise::new([2, 3], &[0.0; 5], vec![0.0; 2]).is_none());
    }
}
