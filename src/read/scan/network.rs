//! A recognition model as it is run: by the engine, and most of it by [`super::depthwise`] and [`super::pointwise`].
//!
//! The network is cut at their parts, and what lies between two cuts is the engine's. Invariant: a network that gives something else when cut
//! is run whole.

use std::sync::Arc;

use rten::{Model, ModelMetadata, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_onnx::onnx::ModelProto;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::graph::{Part, parts};
use super::strip::{HEIGHT, NARROWEST};

/// Greatest difference of a result of the network that is cut, which is likely from 0 to 1.
const SAME: f32 = 1e-3;

/// A network.
pub(super) struct Network {
    net: Model,
    parts: Vec<Part>,
}

impl Network {
    /// A network from the bytes of its file.
    ///
    /// # Errors
    /// Where they are none.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, String> {
        let model = ModelProto::parse_buf(&bytes).ok();
        let mut options = ModelOptions::with_all_ops();
        let net = options
            .prepack_weights(true)
            .load(bytes)
            .map_err(|error| error.to_string())?;
        let parts = model.map(|model| parts(&model, &net)).unwrap_or_default();
        let mut network = Network { net, parts };
        // Without optimisation the engine is the faster one.
        if cfg!(debug_assertions) || !network.is_same_when_cut() {
            network.parts.clear();
        }
        Ok(network)
    }

    /// What the file says of itself.
    pub(super) fn metadata(&self) -> &ModelMetadata {
        self.net.metadata()
    }

    /// The output for pictures: how likely each character is, for each step of each of them.
    ///
    /// # Errors
    /// Where the network cannot be run.
    pub(super) fn run(&self, input: NdTensor<f32, 4>, pool: &Arc<ThreadPool>) -> Result<NdTensor<f32, 3>, String> {
        pool.run(|| self.run_cut(input, &self.parts, pool))
    }

    fn run_cut(
        &self,
        input: NdTensor<f32, 4>,
        parts: &[Part],
        pool: &Arc<ThreadPool>,
    ) -> Result<NdTensor<f32, 3>, String> {
        let [from] = *self.net.input_ids() else {
            return Err("the model takes no picture".into());
        };
        let [to] = *self.net.output_ids() else {
            return Err("the model gives no text".into());
        };
        let (mut from, mut value) = (from, input);
        for part in parts {
            let [before, after] = part.ends();
            if before != from {
                let given = self.between((from, value), before, pool)?;
                value = given.try_into().map_err(|_| "the model gives no picture")?;
            }
            (from, value) = (after, computed(part, value)?);
        }
        let output = self.between((from, value), to, pool)?;
        output.try_into().map_err(|_| "the model gives no text".into())
    }

    /// What the engine makes of one value up to another one.
    fn between(
        &self,
        (from, value): (NodeId, NdTensor<f32, 4>),
        to: NodeId,
        pool: &Arc<ThreadPool>,
    ) -> Result<Value, String> {
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let result = self.net.run(vec![(from, value.into())], &[to], Some(options));
        let mut values = result.map_err(|error| error.to_string())?;
        values.pop().ok_or_else(|| "the model gives nothing".into())
    }

    fn is_same_when_cut(&self) -> bool {
        let shape = [2, 3, HEIGHT as usize, NARROWEST as usize];
        let sample = NdTensor::from_fn(shape, |[picture, _, y, x]| {
            ((x * 7 + y * 3 + picture) % 16) as f32 / 8.0 - 1.0
        });
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let results = [&[], self.parts.as_slice()].map(|parts| self.run_cut(sample.clone(), parts, &pool));
        let [Ok(whole), Ok(cut)] = results else {
            return false;
        };
        whole.shape() == cut.shape()
            && whole
                .iter()
                .zip(cut.iter())
                .all(|(one, other)| (one - other).abs() <= SAME)
    }
}

/// What a part makes of pictures.
fn computed(part: &Part, value: NdTensor<f32, 4>) -> Result<NdTensor<f32, 4>, String> {
    let [pictures, channels, height, width] = value.shape();
    let value = value.to_contiguous();
    let size = [pictures, channels, height * width];
    let (values, channels, [height, width]) = match part {
        Part::Layer(layer) => {
            let result = layer.run(value.data(), [height, width]);
            let (values, size) = result.ok_or("the picture is too small for the model")?;
            (values, layer.bias.len(), size)
        }
        Part::Mixer(mixer) => (mixer.run(value.data(), size)?, mixer.second.outputs(), [height, width]),
        Part::Weighted(weighted) => (weighted.run(value.data(), size)?, channels, [height, width]),
    };
    Ok(NdTensor::from_data([pictures, channels, height, width], values))
}
