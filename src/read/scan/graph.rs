//! What the file of a network lists, and the parts of it that are computed here.
//!
//! A part is known by the operators that it is written with. Invariant: a part takes one value and gives one, and nothing else uses
//! what lies between them.

use std::collections::HashMap;

use rten::{Model, NodeId};
use rten_onnx::onnx::{AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto};

use super::depthwise::{Finish, Layer};
use super::pointwise::{Mixer, Pointwise, Weighted};
/// What a file lists: the constants by their names, who uses a value, and the values that are others under another name.
struct Graph<'a> {
    constants: HashMap<&'a str, &'a TensorProto>,
    users: HashMap<&'a str, Vec<&'a NodeProto>>,
    same: HashMap<&'a str, &'a str>,
}

/// A part of a network.
#[derive(Debug)]
pub(super) enum Part {
    /// A depthwise convolution.
    Layer(Layer),
    /// Convolutions of single pixels.
    Mixer(Mixer),
    /// Channels weighted by their means.
    Weighted(Weighted),
}

impl Part {
    /// The values of the network that it takes and gives.
    pub(super) fn ends(&self) -> [NodeId; 2] {
        match self {
            Part::Layer(layer) => [layer.input, layer.output],
            Part::Mixer(mixer) => [mixer.input, mixer.output],
            Part::Weighted(weighted) => [weighted.input, weighted.output],
        }
    }
}

/// The parts of a network that are computed here, in their order.
pub(super) fn parts(model: &ModelProto, net: &Model) -> Vec<Part> {
    let Some(listed) = &model.graph else {
        return Vec::new();
    };
    let graph = Graph::new(listed);
    let part = |node: &NodeProto| {
        let layer = || graph.layer(node, net).map(Part::Layer);
        let mixer = || graph.mixer(node, net).map(Part::Mixer);
        match node.op_type.as_deref()? {
            "Conv" => layer().or_else(mixer),
            "ReduceMean" => graph.weighted(node, net).map(Part::Weighted),
            _ => None,
        }
    };
    listed.node.iter().filter_map(part).collect()
}

impl<'a> Graph<'a> {
    fn new(listed: &'a GraphProto) -> Self {
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
        graph
    }

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

    /// Two convolutions of single pixels, with what stands between and behind them.
    fn mixer(&self, node: &'a NodeProto, net: &Model) -> Option<Mixer> {
        let input = self.source(node.input.first()?);
        let (first, value) = self.pointwise(node)?;
        let (second, output) = self.pointwise(self.user(self.gelu(value)?, "Conv")?)?;
        let sum = self.user(output, "Add").filter(|sum| {
            let mut summands = sum.input.iter().map(|summand| self.source(summand));
            summands.any(|summand| summand == input)
        });
        let output = sum.and_then(|sum| sum.output.first()).map_or(output, String::as_str);
        let mixer = Mixer {
            input: net.find_node(input)?,
            output: net.find_node(output)?,
            first,
            second,
            adds: sum.is_some(),
        };
        mixer.fits().then_some(mixer)
    }

    /// A convolution of single pixels, and the value that it gives.
    fn pointwise(&self, node: &'a NodeProto) -> Option<(Pointwise, &'a str)> {
        let (weights, output) = (node.input.get(1)?, node.output.first()?);
        let [to, from, 1, 1] = *self.constant(weights)?.dims.as_slice() else {
            return None;
        };
        let is_plain = integer(node, "group")? == 1
            && integers(node, "strides")? == [1, 1]
            && integers(node, "pads")?.iter().all(|pad| *pad == 0);
        let (bias, output) = match node.input.get(2) {
            Some(bias) => (self.floats(bias)?, output.as_str()),
            None => self.added(output)?,
        };
        let size = [usize::try_from(to).ok()?, usize::try_from(from).ok()?];
        let pointwise = Pointwise::new(size, &self.floats(weights)?, bias)?;
        is_plain.then_some((pointwise, output))
    }

    /// What the GELU makes of a value: `x * (erf(x / √2) + 1) * 0.5`.
    fn gelu(&self, value: &'a str) -> Option<&'a str> {
        let users = self.users.get(self.source(value))?;
        let used = |kind| users.iter().copied().find(|user| is(user, kind));
        let (quotient, product) = (used("Div")?, used("Mul")?);
        let error = self.user(quotient.output.first()?, "Erf")?.output.first()?;
        let sum = self.user(error, "Add")?;
        let half = self.user(product.output.first()?, "Mul")?;
        let numbers = [
            self.number(quotient.input.get(1)?)?,
            self.number(sum.input.iter().find(|input| *input != error)?)?,
            self.number(half.input.iter().find(|input| Some(*input) != product.output.first())?)?,
        ];
        let expected = [std::f32::consts::SQRT_2, 1.0, 0.5];
        let fits = numbers
            .iter()
            .zip(expected)
            .all(|(number, expected)| (number - expected).abs() < 1e-5);
        (fits && users.len() == 2 && product.input.contains(sum.output.first()?))
            .then_some(half.output.first()?.as_str())
    }

    /// A value whose channels are weighted by what two convolutions make of their means; `node` takes the means.
    fn weighted(&self, node: &'a NodeProto, net: &Model) -> Option<Weighted> {
        let input = self.source(node.input.first()?);
        let is_mean = integers(node, "axes")? == [2, 3] && integer(node, "keepdims") == Some(1);
        let (first, value) = self.pointwise(self.user(node.output.first()?, "Conv")?)?;
        let bent = self.user(value, "Relu")?.output.first()?;
        let (second, value) = self.pointwise(self.user(bent, "Conv")?)?;
        let weight = self.user(value, "HardSigmoid")?;
        let product = self.user(weight.output.first()?, "Mul")?;
        let weighted = Weighted {
            input: net.find_node(input)?,
            output: net.find_node(product.output.first()?)?,
            first,
            second,
            slope: float(weight, "alpha")?,
            middle: float(weight, "beta")?,
        };
        let users = self.users.get(input)?;
        let is_alone = users.len() == 2 && users.iter().any(|user| std::ptr::eq(*user, product));
        (is_mean && is_alone && weighted.fits()).then_some(weighted)
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

fn attribute<'a, T>(node: &'a NodeProto, get: impl Fn(&'a AttributeProto) -> Option<T>) -> Option<T> {
    node.attribute.iter().find_map(get)
}

fn integer(node: &NodeProto, name: &str) -> Option<i64> {
    attribute(node, |value| {
        (value.name.as_deref() == Some(name)).then_some(value.i)?
    })
}

fn float(node: &NodeProto, name: &str) -> Option<f32> {
    attribute(node, |value| {
        (value.name.as_deref() == Some(name)).then_some(value.f)?
    })
}

fn integers(node: &NodeProto, name: &str) -> Option<Vec<usize>> {
    let listed = attribute(node, |value| {
        (value.name.as_deref() == Some(name)).then_some(&value.ints)
    })?;
    listed.iter().map(|number| usize::try_from(*number).ok()).collect()
}
