//! A recognition model as it is run: by the engine, and its depthwise convolutions by [`super::depthwise`].
//!
//! The network is cut at them, and what lies between two cuts is the engine's. Invariant: a network that gives something else when cut
//! is run whole.

use std::collections::HashMap;
use std::sync::Arc;

use rten::{Model, ModelMetadata, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_onnx::onnx::{ModelProto, NodeProto, TensorProto};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::depthwise::{Finish, Layer};
use super::strip::{HEIGHT, NARROWEST};

/// Greatest difference of a result of the network that is cut, which is likely from 0 to 1.
const SAME: f32 = 1e-3;

/// A network.
pub(super) struct Network {
    net: Model,
    layers: Vec<Layer>,
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
        let layers = model.map(|model| layers(&model, &net)).unwrap_or_default();
        let mut network = Network { net, layers };
        // Without optimisation the engine is the faster one.
        if cfg!(debug_assertions) || !network.is_same_when_cut() {
            network.layers.clear();
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
        self.run_cut(input, &self.layers, pool)
    }

    fn run_cut(
        &self,
        input: NdTensor<f32, 4>,
        layers: &[Layer],
        pool: &Arc<ThreadPool>,
    ) -> Result<NdTensor<f32, 3>, String> {
        let [from] = *self.net.input_ids() else {
            return Err("the model takes no picture".into());
        };
        let [to] = *self.net.output_ids() else {
            return Err("the model gives no text".into());
        };
        let (mut from, mut value) = (from, input);
        for layer in layers {
            let before = self.part((from, value), layer.input, pool)?;
            let before: NdTensor<f32, 4> = before.try_into().map_err(|_| "the model gives no picture")?;
            let [pictures, _, height, width] = before.shape();
            let result = layer.run(before.to_contiguous().data(), [height, width]);
            let (values, [height, width]) = result.ok_or("the picture is too small for the model")?;
            (from, value) = (
                layer.output,
                NdTensor::from_data([pictures, layer.bias.len(), height, width], values),
            );
        }
        let output = self.part((from, value), to, pool)?;
        output.try_into().map_err(|_| "the model gives no text".into())
    }

    fn part(
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
        let results = [&[], self.layers.as_slice()].map(|layers| self.run_cut(sample.clone(), layers, &pool));
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

/// What a file lists: the constants by their names, who uses a value, and the values that are others under another name.
struct Graph<'a> {
    constants: HashMap<&'a str, &'a TensorProto>,
    users: HashMap<&'a str, Vec<&'a NodeProto>>,
    same: HashMap<&'a str, &'a str>,
}

/// The depthwise convolutions of a network in their order.
fn layers(model: &ModelProto, net: &Model) -> Vec<Layer> {
    let Some(listed) = &model.graph else {
        return Vec::new();
    };
    let mut graph = Graph {
        constants: HashMap::new(),
        users: HashMap::new(),
        same: HashMap::new(),
    };
    let named = listed
        .initializer
        .iter()
        .filter_map(|tensor| Some((tensor.name.as_deref()?, tensor)));
    graph.constants.extend(named);
    // Nodes are listed in the order in which they are run.
    for node in &listed.node {
        let output = node.output.first();
        if is(node, "Constant")
            && let (Some(name), Some(tensor)) = (output, attribute(node, |value| value.t.as_ref()))
        {
            graph.constants.insert(name, tensor);
        }
        if is(node, "Identity")
            && let (Some(name), Some(value)) = (output, node.input.first())
        {
            graph.same.insert(name, graph.source(value));
            continue;
        }
        for input in &node.input {
            graph.users.entry(graph.source(input)).or_default().push(node);
        }
    }
    let convolutions = listed.node.iter().filter(|node| is(node, "Conv"));
    convolutions.filter_map(|node| graph.layer(node, net)).collect()
}

impl<'a> Graph<'a> {
    fn layer(&self, node: &'a NodeProto, net: &Model) -> Option<Layer> {
        let (input, weights, output) = (node.input.first()?, node.input.get(1)?, node.output.first()?);
        let [channels, 1, height, width] = *self.constant(weights)?.dims.as_slice() else {
            return None;
        };
        if integer(node, "group")? != channels || integers(node, "dilations")? != [1, 1] {
            return None;
        }
        let (bias, output) = match node.input.get(2) {
            Some(bias) => (self.floats(bias)?, output.as_str()),
            None => self.added(output)?,
        };
        let (output, finish) = self.finish(output);
        let layer = Layer {
            input: net.find_node(self.source(input))?,
            output: net.find_node(output)?,
            weights: self.floats(weights)?,
            bias,
            kernel: [usize::try_from(height).ok()?, usize::try_from(width).ok()?],
            strides: integers(node, "strides")?.try_into().ok()?,
            pads: integers(node, "pads")?.try_into().ok()?,
            finish,
        };
        let size = layer.bias.len() * layer.kernel[0] * layer.kernel[1];
        let fits = layer.bias.len() == usize::try_from(channels).ok()? && layer.weights.len() == size;
        (fits && !layer.bias.is_empty() && !layer.strides.contains(&0)).then_some(layer)
    }

    /// The value that another one is.
    fn source(&self, value: &'a str) -> &'a str {
        self.same.get(value).copied().unwrap_or(value)
    }

    fn constant(&self, value: &'a str) -> Option<&'a TensorProto> {
        self.constants.get(self.source(value)).copied()
    }

    /// The constants that are added to a value, and their sum with it.
    fn added(&self, value: &'a str) -> Option<(Vec<f32>, &'a str)> {
        let sum = self.user(value, "Add")?;
        let constant = sum.input.iter().find(|input| self.source(input) != value)?;
        Some((self.floats(constant)?, sum.output.first()?))
    }

    /// What follows a value, as far as it is known, and the value after it.
    fn finish(&self, value: &'a str) -> (&'a str, Finish) {
        let mut finish = Finish {
            first: (1.0, 0.0),
            swish: false,
            last: (1.0, 0.0),
        };
        let Some((after, first)) = self.scaled(value) else {
            return (value, finish);
        };
        finish.first = first;
        let Some(swished) = self.swish(after) else {
            return (after, finish);
        };
        finish.swish = true;
        match self.scaled(swished) {
            Some((after, last)) => (after, Finish { last, ..finish }),
            None => (swished, finish),
        }
    }

    /// The only user of a value, if it is of a kind.
    fn user(&self, value: &'a str, kind: &str) -> Option<&'a NodeProto> {
        match self.users.get(self.source(value))?.as_slice() {
            [user] if is(user, kind) => Some(user),
            _ => None,
        }
    }

    /// A value scaled and shifted by one number each.
    fn scaled(&self, value: &'a str) -> Option<(&'a str, (f32, f32))> {
        let factor = self.user(value, "Mul")?;
        let product = factor.output.first()?;
        let summand = self.user(product, "Add")?;
        let number =
            |node: &'a NodeProto, value: &'a str| self.number(node.input.iter().find(|input| *input != value)?);
        Some((
            summand.output.first()?,
            (number(factor, value)?, number(summand, product)?),
        ))
    }

    /// `x * clip(x + 3, 0, 6) / 6`, as which the hard swish is written.
    fn swish(&self, value: &'a str) -> Option<&'a str> {
        let users = self.users.get(value)?;
        let used = |kind| users.iter().find(|user| is(user, kind));
        let (add, product) = (used("Add")?, used("Mul")?);
        let clip = self.user(add.output.first()?, "Clip")?;
        let clipped = clip.output.first()?;
        let quotient = self.user(product.output.first()?, "Div")?;
        let numbers = [
            add.input.iter().find(|input| *input != value)?,
            clip.input.get(1)?,
            clip.input.get(2)?,
            quotient.input.get(1)?,
        ];
        let numbers: Option<Vec<f32>> = numbers.into_iter().map(|name| self.number(name)).collect();
        let fits = users.len() == 2 && product.input.contains(clipped) && numbers? == [3.0, 0.0, 6.0, 6.0];
        fits.then_some(quotient.output.first()?)
    }

    fn number(&self, name: &'a str) -> Option<f32> {
        match self.floats(name)?.as_slice() {
            [number] => Some(*number),
            _ => None,
        }
    }

    fn floats(&self, name: &'a str) -> Option<Vec<f32>> {
        let tensor = self.constant(name)?;
        let Some(raw) = &tensor.raw_data else {
            return Some(tensor.float_data.clone());
        };
        let raw = raw.borrow();
        let number = |bytes: &[u8]| Some(f32::from_le_bytes(bytes.try_into().ok()?));
        raw.chunks_exact(4).map(number).collect()
    }
}

fn is(node: &NodeProto, kind: &str) -> bool {
    node.op_type.as_deref() == Some(kind)
}

fn attribute<'a, T>(node: &'a NodeProto, get: impl Fn(&'a rten_onnx::onnx::AttributeProto) -> Option<T>) -> Option<T> {
    node.attribute.iter().find_map(get)
}

fn integer(node: &NodeProto, name: &str) -> Option<i64> {
    attribute(node, |value| {
        (value.name.as_deref() == Some(name)).then_some(value.i)?
    })
}

fn integers(node: &NodeProto, name: &str) -> Option<Vec<usize>> {
    let listed = attribute(node, |value| {
        (value.name.as_deref() == Some(name)).then_some(&value.ints)
    })?;
    listed.iter().map(|number| usize::try_from(*number).ok()).collect()
}
