//! From the nodes of a file to operations with their weights; what does not fit is refused here, so that a run
//! cannot fail.

use super::ModelError;
use super::model::{Constant, Graph, Kind, Node, Sliding};
use super::operator::{
    Activation, Convolution, Depthwise, Operator, Pad, Pool, Pooling, Resize, Scale, Upsample,
};
use super::shape::{Shape, Shapes, Window};

/// A step whose values have no place yet.
pub(super) struct Draft {
    pub(super) operator: Operator,
    pub(super) activation: Activation,
    pub(super) inputs: Vec<usize>,
    pub(super) output: usize,
}

impl Draft {
    /// Whether no function follows the operation yet.
    pub(super) fn is_bare(&self) -> bool {
        let inside = match &self.operator {
            Operator::Convolution(layer) => &layer.activation,
            Operator::Add
            | Operator::Concatenate
            | Operator::Copy
            | Operator::Depthwise(_)
            | Operator::Pad(_)
            | Operator::Pool(_)
            | Operator::Resize(_)
            | Operator::Scale(_)
            | Operator::Upsample(_) => &self.activation,
        };
        *inside == Activation::None
    }

    /// Where the function goes that follows the operation.
    pub(super) fn activation(&mut self) -> &mut Activation {
        match &mut self.operator {
            // It applies the function while the values are near.
            Operator::Convolution(layer) => &mut layer.activation,
            Operator::Add
            | Operator::Concatenate
            | Operator::Copy
            | Operator::Depthwise(_)
            | Operator::Pad(_)
            | Operator::Pool(_)
            | Operator::Resize(_)
            | Operator::Scale(_)
            | Operator::Upsample(_) => &mut self.activation,
        }
    }
}

/// The first input of a node.
pub(super) fn first(node: &Node) -> Result<usize, ModelError> {
    node.inputs.first().copied().ok_or(ModelError::Shape)
}

/// The values of 16 bits were widened when they were read, so that they only change hands.
pub(super) fn dequantize(graph: &mut Graph, node: &Node) -> Result<(), ModelError> {
    let from = &mut graph.tensors[first(node)?].constant;
    let values = std::mem::replace(from, Constant::None);
    if matches!(values, Constant::None) {
        return Err(ModelError::Shape);
    }
    graph.tensors[node.output].constant = values;
    Ok(())
}

/// The step that a node stands for.
pub(super) fn draft(graph: &Graph, node: Node) -> Result<Draft, ModelError> {
    let (operator, activation) = operation(graph, &node)?;
    let computed = match operator {
        Operator::Add | Operator::Concatenate | Operator::Scale(_) => node.inputs.len(),
        Operator::Convolution(_)
        | Operator::Copy
        | Operator::Depthwise(_)
        | Operator::Pad(_)
        | Operator::Pool(_)
        | Operator::Resize(_)
        | Operator::Upsample(_) => 1,
    };
    let mut inputs = node.inputs;
    inputs.truncate(computed);
    Ok(Draft {
        operator,
        activation,
        inputs,
        output: node.output,
    })
}

/// What a node does, and what follows it.
fn operation(graph: &Graph, node: &Node) -> Result<(Operator, Activation), ModelError> {
    let input = first(node)?;
    let image = || {
        Ok(Shapes {
            input: graph.shape(input)?,
            output: graph.shape(node.output)?,
        })
    };
    let same_size = |operator, activation| {
        let is_same = graph.values(input) == graph.values(node.output);
        is_same
            .then_some((operator, activation))
            .ok_or(ModelError::Shape)
    };
    let bare = |operator| Ok((operator, Activation::None));
    match node.kind {
        Kind::Relu => same_size(Operator::Copy, Activation::Relu),
        Kind::HardSwish => same_size(Operator::Copy, Activation::HardSwish),
        Kind::Logistic => same_size(Operator::Copy, Activation::Logistic),
        Kind::Prelu => same_size(Operator::Copy, prelu(graph, node)?),
        Kind::Add => bare(add(graph, node)?),
        Kind::Multiply => bare(scale(graph, node)?),
        Kind::Concatenate => bare(concatenate(graph, node)?),
        Kind::Pad => bare(pad(graph, node, image()?)?),
        Kind::ResizeBilinear => {
            let Shapes { input, output } = image()?;
            let is_same = input.channels == output.channels;
            is_same
                .then(|| Resize::new(input, output))
                .map(Operator::Resize)
                .map_or(Err(ModelError::Shape), bare)
        }
        Kind::MaxPool { sliding, kernel } => {
            bare(pool(Pooling::Largest, sliding, kernel, image()?)?)
        }
        Kind::AveragePool { sliding, kernel } => {
            bare(pool(Pooling::Mean, sliding, kernel, image()?)?)
        }
        Kind::Convolution(sliding) => bare(convolution(graph, node, sliding, image()?)?),
        Kind::Depthwise(sliding) => bare(depthwise(graph, node, sliding, image()?)?),
        Kind::TransposedConvolution { stride } => bare(upsample(graph, node, stride, image()?)?),
        Kind::Dequantize | Kind::Reshape => Err(ModelError::Shape),
    }
}

fn prelu(graph: &Graph, node: &Node) -> Result<Activation, ModelError> {
    let [input, slopes] = node.inputs[..] else {
        return Err(ModelError::Shape);
    };
    let slopes = graph.floats(slopes)?;
    if slopes.len() == graph.shape(input)?.channels {
        Ok(Activation::Prelu(slopes.to_vec()))
    } else {
        Err(ModelError::Shape)
    }
}

fn add(graph: &Graph, node: &Node) -> Result<Operator, ModelError> {
    let values = graph.values(node.output);
    let fits = node.inputs.len() == 2
        && node
            .inputs
            .iter()
            .all(|&input| graph.values(input) == values);
    fits.then_some(Operator::Add).ok_or(ModelError::Shape)
}

fn scale(graph: &Graph, node: &Node) -> Result<Operator, ModelError> {
    let [input, factors] = node.inputs[..] else {
        return Err(ModelError::Shape);
    };
    let channels = graph.shape(input)?.channels;
    let fits = graph.shape(factors)?
        == Shape {
            height: 1,
            width: 1,
            channels,
        }
        && graph.values(input) == graph.values(node.output);
    fits.then_some(Operator::Scale(Scale { channels }))
        .ok_or(ModelError::Shape)
}

/// Only along the first dimension that is not 1, where concatenated tensors lie one behind the other.
fn concatenate(graph: &Graph, node: &Node) -> Result<Operator, ModelError> {
    let flat = |tensor: usize| match graph.tensors[tensor].dimensions[..] {
        [1, many, each] => Some((many, each)),
        _ => None,
    };
    let (total, each) = flat(node.output).ok_or(ModelError::Shape)?;
    let mut many = 0_usize;
    for &input in &node.inputs {
        many += flat(input)
            .filter(|&(_, size)| size == each)
            .ok_or(ModelError::Shape)?
            .0;
    }
    (many == total)
        .then_some(Operator::Concatenate)
        .ok_or(ModelError::Shape)
}

/// Only channels behind the others.
fn pad(graph: &Graph, node: &Node, shapes: Shapes) -> Result<Operator, ModelError> {
    let [_, amounts] = node.inputs[..] else {
        return Err(ModelError::Shape);
    };
    let Shapes {
        input: from,
        output: to,
    } = shapes;
    let expected = Shape {
        channels: to.channels,
        ..from
    } == to
        && to.channels >= from.channels;
    match graph.integers(amounts)? {
        [0, 0, 0, 0, 0, 0, 0, _] if expected => Ok(Operator::Pad(Pad {
            from: from.channels,
            to: to.channels,
        })),
        _ => Err(ModelError::Shape),
    }
}

fn pool(
    pooling: Pooling,
    sliding: Sliding,
    kernel: [usize; 2],
    shapes: Shapes,
) -> Result<Operator, ModelError> {
    let window = Window::new(kernel, sliding.stride, sliding.padding, shapes)?;
    let Shapes { input, output } = shapes;
    let fits = input.channels == output.channels;
    fits.then_some(Operator::Pool(Pool {
        pooling,
        window,
        input,
        output,
    }))
    .ok_or(ModelError::Shape)
}

/// Rows and columns of a kernel, its weights, and the biases.
type Weights<'a> = ([usize; 2], &'a [f32], &'a [f32]);

/// What a node with a kernel computes with.
fn weights<'a>(graph: &'a Graph, node: &Node) -> Result<Weights<'a>, ModelError> {
    let [_, weights, biases] = node.inputs[..] else {
        return Err(ModelError::Shape);
    };
    let shape = graph.shape_of_weights(weights)?;
    Ok((shape, graph.floats(weights)?, graph.floats(biases)?))
}

fn convolution(
    graph: &Graph,
    node: &Node,
    sliding: Sliding,
    shapes: Shapes,
) -> Result<Operator, ModelError> {
    let (kernel, weights, biases) = weights(graph, node)?;
    let window = Window::new(kernel, sliding.stride, sliding.padding, shapes)?;
    Convolution::new(window, shapes, weights, biases).map(Operator::Convolution)
}

fn depthwise(
    graph: &Graph,
    node: &Node,
    sliding: Sliding,
    shapes: Shapes,
) -> Result<Operator, ModelError> {
    let (kernel, weights, biases) = weights(graph, node)?;
    let window = Window::new(kernel, sliding.stride, sliding.padding, shapes)?;
    Depthwise::new(window, shapes, weights, biases).map(Operator::Depthwise)
}

fn upsample(
    graph: &Graph,
    node: &Node,
    stride: [usize; 2],
    shapes: Shapes,
) -> Result<Operator, ModelError> {
    let (kernel, weights, biases) = weights(graph, node)?;
    if kernel != stride {
        return Err(ModelError::Shape);
    }
    Upsample::new(kernel, shapes, weights, biases).map(Operator::Upsample)
}
