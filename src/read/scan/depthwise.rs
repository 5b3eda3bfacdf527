//! Convolutions of which each channel has a kernel of its own, and what the network does to their results.
//!
//! The engine computes them one number at a time, and they take half of its time; here they are computed in vectors of the machine
//! that it runs on. Invariant: the results are those of the engine up to the last digits, which [`super::network`] makes sure of.

use rten::NodeId;
use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

/// A convolution with what follows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layer {
    /// The value of the network that it takes.
    pub input: NodeId,
    /// The value that it gives.
    pub output: NodeId,
    /// Weights of all channels, from top to bottom and from left to right.
    pub weights: Vec<f32>,
    /// What is added to each channel.
    pub bias: Vec<f32>,
    /// Height and width of a kernel.
    pub kernel: [usize; 2],
    /// Steps from one result to the next, down and to the right.
    pub strides: [usize; 2],
    /// Zeros around the input: top, left, bottom, right.
    pub pads: [usize; 4],
    /// What follows.
    pub finish: Finish,
}

/// What follows a convolution: scaled, bent and scaled once more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Finish {
    /// Factor and summand.
    pub first: (f32, f32),
    /// Whether the hard swish is taken of it.
    pub swish: bool,
    /// Factor and summand after it.
    pub last: (f32, f32),
}

impl Layer {
    /// The results for pictures of as many channels as the layer has, and their height and width; none where they are too small.
    pub(super) fn run(&self, input: &[f32], [height, width]: [usize; 2]) -> Option<(Vec<f32>, [usize; 2])> {
        let [top, left, bottom, right] = self.pads;
        let high = (height + top + bottom).checked_sub(self.kernel[0])? / self.strides[0] + 1;
        let wide = (width + left + right).checked_sub(self.kernel[1])? / self.strides[1] + 1;
        let channels = input.len() / (height * width).max(1);
        if channels == 0 || !channels.is_multiple_of(self.bias.len()) || input.len() != channels * height * width {
            return None;
        }
        let mut output = vec![0.0; channels * high * wide];
        let pass = Pass {
            layer: self,
            input,
            size: [height, width],
            output: &mut output,
            result: [high, wide],
        };
        pass.dispatch();
        Some((output, [high, wide]))
    }
}

/// One run of a layer, for any vectors.
struct Pass<'a> {
    layer: &'a Layer,
    input: &'a [f32],
    size: [usize; 2],
    output: &'a mut [f32],
    result: [usize; 2],
}

/// One channel with its zeros. Columns that lie a stride apart stand side by side, and rows have room for whole vectors.
struct Plane {
    values: Vec<f32>,
    stride: usize,
    /// Length of the columns that stand side by side.
    length: usize,
}

impl Plane {
    fn fill(&mut self, channel: &[f32], width: usize, [top, left]: [usize; 2]) {
        for (y, row) in channel.chunks_exact(width).enumerate() {
            let at = (y + top) * self.stride * self.length;
            if self.stride == 1 {
                self.values[at + left..at + left + width].copy_from_slice(row);
                continue;
            }
            for (x, value) in row.iter().enumerate() {
                let column = x + left;
                self.values[at + column % self.stride * self.length + column / self.stride] = *value;
            }
        }
    }
}

impl SimdOp for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let lanes = isa.f32().len();
        let ([height, width], [high, wide]) = (self.size, self.result);
        let [top, left, bottom, right] = self.layer.pads;
        let stride = self.layer.strides[1];
        let length = (width + left + right).div_ceil(stride) + self.layer.kernel[1] + 4 * lanes;
        let mut plane = Plane {
            values: vec![0.0; (height + top + bottom) * stride * length],
            stride,
            length,
        };
        let mut line = vec![0.0; wide + 4 * lanes];
        let channels = self
            .input
            .chunks_exact(height * width)
            .zip(self.output.chunks_exact_mut(high * wide));
        for (channel, (input, output)) in channels.enumerate() {
            plane.fill(input, width, [top, left]);
            for (y, row) in output.chunks_exact_mut(wide).enumerate() {
                let mut x = 0;
                while x < wide {
                    let at = (channel % self.layer.bias.len(), y, x);
                    x += lanes
                        * match wide - x {
                            left if left > 2 * lanes => columns::<I, 4>(isa, self.layer, &plane, at, &mut line),
                            left if left > lanes => columns::<I, 2>(isa, self.layer, &plane, at, &mut line),
                            _ => columns::<I, 1>(isa, self.layer, &plane, at, &mut line),
                        };
                }
                row.copy_from_slice(&line[..wide]);
            }
        }
    }
}

/// Results of `N` vectors of columns from a place on: channel, row and column. Tells how many they are.
#[inline(always)]
fn columns<I: Isa, const N: usize>(
    isa: I,
    layer: &Layer,
    plane: &Plane,
    (channel, y, x): (usize, usize, usize),
    line: &mut [f32],
) -> usize {
    let ops = isa.f32();
    let lanes = ops.len();
    let [rows, columns] = layer.kernel;
    let weights = &layer.weights[channel * rows * columns..];
    let mut sums = [ops.splat(layer.bias[channel]); N];
    for row in 0..rows {
        for column in 0..columns {
            let weight = ops.splat(weights[row * columns + column]);
            let phase = (y * layer.strides[0] + row) * plane.stride + column % plane.stride;
            let at = phase * plane.length + column / plane.stride + x;
            let values = &plane.values[at..at + N * lanes];
            for (index, sum) in sums.iter_mut().enumerate() {
                *sum = ops.mul_add(ops.load(&values[index * lanes..]), weight, *sum);
            }
        }
    }
    let Finish { first, swish, last } = layer.finish;
    for (index, sum) in sums.into_iter().enumerate() {
        let mut value = ops.mul_add(sum, ops.splat(first.0), ops.splat(first.1));
        if swish {
            let part = ops.clamp(ops.add(value, ops.splat(3.0)), ops.zero(), ops.splat(6.0));
            value = ops.mul(ops.mul(value, part), ops.splat(1.0 / 6.0));
        }
        value = ops.mul_add(value, ops.splat(last.0), ops.splat(last.1));
        ops.store(value, &mut line[x + index * lanes..]);
    }
    N
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a layer gives, computed one number at a time.
    fn plain(layer: &Layer, input: &[f32], [height, width]: [usize; 2], [high, wide]: [usize; 2]) -> Vec<f32> {
        let [rows, columns] = layer.kernel;
        let value = |channel: usize, y: usize, x: usize| {
            let mut sum = layer.bias[channel];
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
                let from_top = (y * layer.strides[0] + row).checked_sub(layer.pads[0]);
                let from_left = (x * layer.strides[1] + column).checked_sub(layer.pads[1]);
                if let (Some(top), Some(left)) = (from_top, from_left)
                    && top < height
                    && left < width
                {
                    sum += input[(channel * height + top) * width + left]
                        * layer.weights[(channel * rows + row) * columns + column];
                }
            }
            let Finish { first, swish, last } = layer.finish;
            let scaled = sum * first.0 + first.1;
            let bent = if swish {
                scaled * (scaled + 3.0).clamp(0.0, 6.0) / 6.0
            } else {
                scaled
            };
            bent * last.0 + last.1
        };
        let places = (0..layer.bias.len()).flat_map(|channel| (0..high).map(move |y| (channel, y)));
        let places = places.flat_map(|(channel, y)| (0..wide).map(move |x| (channel, y, x)));
        places.map(|(channel, y, x)| value(channel, y, x)).collect()
    }

    fn agrees(kernel: usize, strides: [usize; 2], size: [usize; 2], swish: bool) -> bool {
        let numbers = |count: usize, seed: usize| (0..count).map(move |at| ((at * 31 + seed) % 17) as f32 / 8.0 - 1.0);
        let layer = Layer {
            input: NodeId::from_u32(0),
            output: NodeId::from_u32(1),
            weights: numbers(3 * kernel * kernel, 5).collect(),
            bias: numbers(3, 2).collect(),
            kernel: [kernel; 2],
            strides,
            pads: [kernel / 2; 4],
            finish: Finish {
                first: (1.5, -0.25),
                swish,
                last: (0.5, 0.125),
            },
        };
        let input: Vec<f32> = numbers(3 * size[0] * size[1], 0).collect();
        let (output, result) = layer.run(&input, size).unwrap();
        let expected = plain(&layer, &input, size, result);
        output.len() == expected.len() && output.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-3)
    }

    #[test]
    fn vectors_give_what_single_numbers_give() {
        for width in [1, 7, 16, 33, 80, 130] {
            assert!(agrees(3, [1, 1], [5, width], true), "{width}");
            assert!(agrees(5, [2, 1], [12, width], true), "{width}");
            assert!(agrees(3, [1, 2], [4, width], false), "{width}");
        }
    }

    #[test]
    fn an_input_that_is_too_small_or_of_another_size_has_no_result() {
        let layer = Layer {
            input: NodeId::from_u32(0),
            output: NodeId::from_u32(1),
            weights: vec![0.0; 25],
            bias: vec![0.0],
            kernel: [5; 2],
            strides: [1; 2],
            pads: [0; 4],
            finish: Finish {
                first: (1.0, 0.0),
                swish: false,
                last: (1.0, 0.0),
            },
        };
        assert!(layer.run(&[0.0; 16], [4, 4]).is_none() && layer.run(&[0.0; 16], [8, 8]).is_none());
        assert!(layer.run(&[0.0; 25], [5, 5]).is_some());
    }
}
