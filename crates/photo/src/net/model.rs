//! What a TensorFlow Lite file says: tensors and the nodes between them. Source: docs/sources.md#tflite.

use super::ModelError;
use super::flatbuffer::Table;
use super::shape::{Padding, Shape};

/// Most values of one tensor: far above what the models need, and far below what would exhaust memory.
pub(super) const MAX_VALUES: usize = 1 << 24;

/// A network as the file tells it.
#[derive(Debug)]
pub(super) struct Graph {
    pub(super) tensors: Vec<Tensor>,
    /// In an order in which they can be computed.
    pub(super) nodes: Vec<Node>,
    pub(super) inputs: Vec<usize>,
    pub(super) outputs: Vec<usize>,
}

/// A tensor: values known from the file, or computed.
#[derive(Debug)]
pub(super) struct Tensor {
    pub(super) dimensions: Vec<usize>,
    pub(super) constant: Constant,
}

/// The values of a tensor in the file.
#[derive(Debug)]
pub(super) enum Constant {
    /// None: the tensor is computed.
    None,
    Floats(Vec<f32>),
    Integers(Vec<i32>),
}

/// One operation.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) inputs: Vec<usize>,
    pub(super) output: usize,
}

/// How a window moves over an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sliding {
    pub(super) padding: Padding,
    /// Steps down and to the right.
    pub(super) stride: [usize; 2],
}

/// What a node does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Add,
    AveragePool {
        sliding: Sliding,
        kernel: [usize; 2],
    },
    Concatenate,
    Convolution(Sliding),
    Depthwise(Sliding),
    Dequantize,
    HardSwish,
    Logistic,
    MaxPool {
        sliding: Sliding,
        kernel: [usize; 2],
    },
    Multiply,
    Pad,
    Prelu,
    Relu,
    Reshape,
    ResizeBilinear,
    /// MediaPipe's own operation `Convolution2DTransposeBias`.
    TransposedConvolution {
        stride: [usize; 2],
    },
}

impl Graph {
    /// Reads a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let model = Table::root(bytes)?;
        let codes = model.tables(1)?;
        let buffers = model.tables(4)?;
        let subgraph = *model.tables(2)?.first().ok_or(ModelError::Damaged)?;
        let tensors = subgraph.tables(0)?;
        let nodes = subgraph.tables(3)?;
        let graph = Self {
            tensors: tensors
                .iter()
                .map(|tensor| read_tensor(tensor, &buffers))
                .collect::<Result<_, _>>()?,
            nodes: nodes
                .iter()
                .map(|node| read_node(node, &codes))
                .collect::<Result<_, _>>()?,
            inputs: subgraph.counts(1)?,
            outputs: subgraph.counts(2)?,
        };
        graph.check()?;
        Ok(graph)
    }

    /// Checks that every index leads to a tensor.
    fn check(&self) -> Result<(), ModelError> {
        let of_nodes = self
            .nodes
            .iter()
            .flat_map(|node| node.inputs.iter().chain([&node.output]));
        let mut all = of_nodes.chain(&self.inputs).chain(&self.outputs);
        if all.all(|&tensor| tensor < self.tensors.len()) {
            Ok(())
        } else {
            Err(ModelError::Damaged)
        }
    }

    /// The tensor as an image.
    pub(super) fn shape(&self, tensor: usize) -> Result<Shape, ModelError> {
        match self.tensors[tensor].dimensions[..] {
            [1, height, width, channels] => Ok(Shape {
                height,
                width,
                channels,
            }),
            _ => Err(ModelError::Shape),
        }
    }

    /// Rows and columns of a tensor of weights.
    pub(super) fn shape_of_weights(&self, tensor: usize) -> Result<[usize; 2], ModelError> {
        match self.tensors[tensor].dimensions[..] {
            [_, rows, columns, _] => Ok([rows, columns]),
            _ => Err(ModelError::Shape),
        }
    }

    /// How many values the tensor has.
    pub(super) fn values(&self, tensor: usize) -> usize {
        self.tensors[tensor].dimensions.iter().product()
    }

    /// The floating-point values the file gives the tensor, one for each of its places.
    pub(super) fn floats(&self, tensor: usize) -> Result<&[f32], ModelError> {
        match &self.tensors[tensor].constant {
            Constant::Floats(values) if values.len() == self.values(tensor) => Ok(values),
            Constant::None | Constant::Floats(_) | Constant::Integers(_) => Err(ModelError::Shape),
        }
    }

    /// The whole numbers the file gives the tensor.
    pub(super) fn integers(&self, tensor: usize) -> Result<&[i32], ModelError> {
        match &self.tensors[tensor].constant {
            Constant::Integers(values) => Ok(values),
            Constant::None | Constant::Floats(_) => Err(ModelError::Shape),
        }
    }
}

fn read_tensor(tensor: &Table<'_>, buffers: &[Table<'_>]) -> Result<Tensor, ModelError> {
    let dimensions = tensor.counts(0)?;
    let values = dimensions.iter().try_fold(1_usize, |values, &dimension| {
        values
            .checked_mul(dimension)
            .filter(|&values| (1..=MAX_VALUES).contains(&values))
    });
    values.ok_or(ModelError::Damaged)?;
    let buffer = buffers.get(tensor.count(2)?).ok_or(ModelError::Damaged)?;
    let data = buffer.bytes(0)?;
    let constant = match tensor.byte(1, 0)? {
        _ if data.is_empty() => Constant::None,
        0 => Constant::Floats(words(data).map(f32::from_le_bytes).collect()),
        1 => Constant::Floats(
            words(data)
                .map(|half| from_half(u16::from_le_bytes(half)))
                .collect(),
        ),
        2 => Constant::Integers(words(data).map(i32::from_le_bytes).collect()),
        _ => return Err(ModelError::Shape),
    };
    Ok(Tensor {
        dimensions,
        constant,
    })
}

/// The data, `SIZE` bytes at a time.
fn words<const SIZE: usize>(data: &[u8]) -> impl Iterator<Item = [u8; SIZE]> {
    data.as_chunks().0.iter().copied()
}

/// The number that 16 bits of IEEE 754 stand for; every one of them is also a number of 32 bits.
fn from_half(half: u16) -> f32 {
    let sign = u32::from(half >> 15) << 31;
    let exponent = u32::from(half >> 10) & 0x1F;
    let fraction = u32::from(half) & 0x3FF;
    let magnitude = match (exponent, fraction) {
        (0, 0) => 0,
        (0, _) => {
            // A fraction without its leading one: shifted until that one falls out at the top.
            let shift = fraction.leading_zeros() - 21;
            ((113 - shift) << 23) | (((fraction << shift) & 0x3FF) << 13)
        }
        (0x1F, _) => 0x7F80_0000 | (fraction << 13),
        _ => ((exponent + 112) << 23) | (fraction << 13),
    };
    f32::from_bits(sign | magnitude)
}

fn read_node(node: &Table<'_>, codes: &[Table<'_>]) -> Result<Node, ModelError> {
    let code = codes.get(node.count(0)?).ok_or(ModelError::Damaged)?;
    // Older files keep the number in a byte, newer ones in a word; the other is then 0 or a placeholder.
    let number = i32::from(code.byte(0, 0)?).max(code.number(3, 0)?);
    let outputs = node.counts(2)?;
    Ok(Node {
        kind: read_kind(number, code.bytes(1)?, node)?,
        inputs: node.counts(1)?,
        output: *outputs.first().ok_or(ModelError::Damaged)?,
    })
}

fn read_kind(number: i32, name: &[u8], node: &Table<'_>) -> Result<Kind, ModelError> {
    let options = node.table(4)?;
    let needed = options.ok_or(ModelError::Damaged);
    match number {
        0 => no_activation(options, 0).map(|()| Kind::Add),
        1 => read_pool(&needed?).map(|(sliding, kernel)| Kind::AveragePool { sliding, kernel }),
        2 => no_activation(options, 1).map(|()| Kind::Concatenate),
        3 => read_sliding(&needed?, 3, 4).map(Kind::Convolution),
        4 => read_sliding(&needed?, 4, 5).map(Kind::Depthwise),
        6 => Ok(Kind::Dequantize),
        14 => Ok(Kind::Logistic),
        17 => read_pool(&needed?).map(|(sliding, kernel)| Kind::MaxPool { sliding, kernel }),
        18 => no_activation(options, 0).map(|()| Kind::Multiply),
        19 => Ok(Kind::Relu),
        22 => Ok(Kind::Reshape),
        // Only the sort whose pixel centres lie between the old ones, field 3.
        23 if needed?.byte(3, 0)? == 1 => Ok(Kind::ResizeBilinear),
        32 if name == b"Convolution2DTransposeBias" => read_transposed(node.bytes(5)?),
        34 => Ok(Kind::Pad),
        54 => Ok(Kind::Prelu),
        117 => Ok(Kind::HardSwish),
        _ => Err(ModelError::Operation(number)),
    }
}

/// Refuses a function after the operation, which none of the models uses in this place.
fn no_activation(options: Option<Table<'_>>, field: usize) -> Result<(), ModelError> {
    match options.map_or(Ok(0), |options| options.byte(field, 0))? {
        0 => Ok(()),
        _ => Err(ModelError::Shape),
    }
}

/// Padding and stride, where the activation is in field `activation` and the spread of the kernel in field `spread`
/// and the next.
fn read_sliding(
    options: &Table<'_>,
    activation: usize,
    spread: usize,
) -> Result<Sliding, ModelError> {
    no_activation(Some(*options), activation)?;
    if (options.number(spread, 1)?, options.number(spread + 1, 1)?) != (1, 1) {
        return Err(ModelError::Shape);
    }
    read_stride(options)
}

fn read_stride(options: &Table<'_>) -> Result<Sliding, ModelError> {
    let padding = match options.byte(0, 0)? {
        0 => Padding::Same,
        _ => Padding::Valid,
    };
    let stride = [options.count(2)?, options.count(1)?];
    Ok(Sliding { padding, stride })
}

fn read_pool(options: &Table<'_>) -> Result<(Sliding, [usize; 2]), ModelError> {
    no_activation(Some(*options), 5)?;
    Ok((
        read_stride(options)?,
        [options.count(4)?, options.count(3)?],
    ))
}

/// The options of MediaPipe's own operation: padding, step to the right, step down, as words.
fn read_transposed(options: &[u8]) -> Result<Kind, ModelError> {
    let mut options = words(options).map(|word| u32::from_le_bytes(word) as usize);
    match (options.next(), options.next(), options.next()) {
        (Some(_), Some(right), Some(down)) => Ok(Kind::TransposedConvolution {
            stride: [down, right],
        }),
        _ => Err(ModelError::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::from_half;
    use rstest::rstest;

    #[rstest]
    #[case::zero(0x0000, 0.0)]
    #[case::one(0x3C00, 1.0)]
    #[case::negative(0xC000, -2.0)]
    #[case::not_exact(0x3555, 0.333_251_95)]
    #[case::largest(0x7BFF, 65_504.0)]
    #[case::smallest_normal(0x0400, 6.103_515_6e-5)]
    #[case::smallest(0x0001, 5.960_464_5e-8)]
    #[case::largest_below_normal(0x03FF, 6.097_555e-5)]
    #[case::negative_below_normal(0x8200, -3.051_757_8e-5)]
    #[case::infinity(0x7C00, f32::INFINITY)]
    fn halves_become_the_numbers_they_stand_for(#[case] half: u16, #[case] number: f32) {
        assert_eq!(
            from_half(half).to_bits(),
            f32::to_bits(number),
            "{half:#06x}"
        );
    }

    #[test]
    fn what_is_no_number_stays_none() {
        assert!(from_half(0x7E00).is_nan());
    }
}
