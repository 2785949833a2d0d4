//! From the graph of a file to the steps of a run: constants resolved, functions of single values joined to what
//! comes before them, and memory shared by what is not needed at the same time.

use super::ModelError;
use super::lower::{Draft, dequantize, draft, first};
use super::model::{Graph, Kind};
use super::operator::{Activation, Operator};

/// What a run does.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// How many values each piece of memory holds.
    pub(super) memory: Vec<usize>,
    pub(super) input: Place,
    pub(super) outputs: Vec<Place>,
}

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) operator: Operator,
    /// What follows the operation.
    pub(super) activation: Activation,
    pub(super) inputs: Vec<Place>,
    pub(super) output: Place,
}

/// Where the values of a tensor are during a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Index of the piece of memory.
    pub(super) memory: usize,
    /// How many values there are, from its start on.
    pub(super) values: usize,
}

impl Plan {
    /// Plans the runs of a network with one input.
    pub(super) fn new(mut graph: Graph) -> Result<Self, ModelError> {
        let [input] = graph.inputs[..] else {
            return Err(ModelError::Shape);
        };
        let mut drafts: Vec<Draft> = Vec::new();
        // The tensor whose values each tensor has: itself, where it is not the same tensor in another shape.
        let mut same: Vec<usize> = (0..graph.tensors.len()).collect();
        for node in std::mem::take(&mut graph.nodes) {
            match node.kind {
                Kind::Dequantize => dequantize(&mut graph, &node)?,
                Kind::Reshape => {
                    let from = first(&node)?;
                    if graph.values(from) != graph.values(node.output) {
                        return Err(ModelError::Shape);
                    }
                    same[node.output] = same[from];
                }
                Kind::Add
                | Kind::AveragePool { .. }
                | Kind::Concatenate
                | Kind::Convolution(_)
                | Kind::Depthwise(_)
                | Kind::HardSwish
                | Kind::Logistic
                | Kind::MaxPool { .. }
                | Kind::Multiply
                | Kind::Pad
                | Kind::Prelu
                | Kind::Relu
                | Kind::ResizeBilinear
                | Kind::TransposedConvolution { .. } => {
                    let mut draft = draft(&graph, node)?;
                    for input in &mut draft.inputs {
                        *input = same[*input];
                    }
                    drafts.push(draft);
                }
            }
        }
        let outputs: Vec<usize> = graph.outputs.iter().map(|&output| same[output]).collect();
        let drafts = join(drafts, &outputs);
        place(&graph, drafts, input, &outputs)
    }
}

/// Joins each function of single values to the step that makes its input, where nothing else needs that.
fn join(drafts: Vec<Draft>, outputs: &[usize]) -> Vec<Draft> {
    let uses = |drafts: &[Draft], tensor: usize| {
        let inputs = drafts.iter().flat_map(|draft| &draft.inputs).chain(outputs);
        inputs.filter(|&&input| input == tensor).count()
    };
    let single: Vec<bool> = drafts
        .iter()
        .map(|draft| uses(&drafts, draft.output) == 1)
        .collect();
    let mut joined: Vec<(Draft, bool)> = Vec::with_capacity(drafts.len());
    for (draft, single) in drafts.into_iter().zip(single) {
        let input = draft.inputs.first();
        let before = joined
            .iter_mut()
            .find(|(before, only)| *only && Some(&before.output) == input);
        let before = before.filter(|_| matches!(draft.operator, Operator::Copy));
        let bare = before.filter(|(before, _)| before.is_bare());
        match bare {
            Some((before, only)) => {
                *before.activation() = draft.activation;
                before.output = draft.output;
                *only = single;
            }
            None => joined.push((draft, single)),
        }
    }
    joined.into_iter().map(|(draft, _)| draft).collect()
}

/// Gives every tensor a place; one that is no longer needed gives its memory to another.
fn place(
    graph: &Graph,
    drafts: Vec<Draft>,
    input: usize,
    outputs: &[usize],
) -> Result<Plan, ModelError> {
    let mut last_use = vec![0; graph.tensors.len()];
    for (index, draft) in drafts.iter().enumerate() {
        for &input in &draft.inputs {
            last_use[input] = index;
        }
    }
    for &output in outputs {
        last_use[output] = drafts.len();
    }
    let mut memory = Memory::default();
    let mut places = vec![None; graph.tensors.len()];
    places[input] = Some(memory.take(graph.values(input)));
    let mut steps = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.into_iter().enumerate() {
        // What is computed later, or never, has no place yet.
        let inputs = draft
            .inputs
            .iter()
            .map(|&input| places[input].ok_or(ModelError::Shape));
        let inputs = inputs.collect::<Result<Vec<Place>, _>>()?;
        if places[draft.output].is_some() {
            return Err(ModelError::Shape);
        }
        let output = memory.take(graph.values(draft.output));
        places[draft.output] = Some(output);
        let mut done = draft.inputs;
        done.dedup();
        for tensor in done.into_iter().filter(|&tensor| last_use[tensor] == index) {
            memory.free.extend(places[tensor].map(|place| place.memory));
        }
        let Draft {
            operator,
            activation,
            ..
        } = draft;
        steps.push(Step {
            operator,
            activation,
            inputs,
            output,
        });
    }
    let outputs = outputs
        .iter()
        .map(|&output| places[output].ok_or(ModelError::Shape));
    let outputs = outputs.collect::<Result<_, _>>()?;
    let input = places[input].ok_or(ModelError::Shape)?;
    Ok(Plan {
        steps,
        memory: memory.sizes,
        input,
        outputs,
    })
}

/// Pieces of memory, as large as the largest tensor that ever uses them.
#[derive(Default)]
struct Memory {
    sizes: Vec<usize>,
    free: Vec<usize>,
}

impl Memory {
    /// A free piece: one that is large enough rather than one that must grow, and then the one nearest in size.
    fn take(&mut self, values: usize) -> Place {
        let fit = |&memory: &usize| {
            (
                self.sizes[memory] < values,
                self.sizes[memory].abs_diff(values),
            )
        };
        let best = (0..self.free.len()).min_by_key(|&index| fit(&self.free[index]));
        let memory = if let Some(index) = best {
            self.free.swap_remove(index)
        } else {
            self.sizes.push(0);
            self.sizes.len() - 1
        };
        self.sizes[memory] = self.sizes[memory].max(values);
        Place { memory, values }
    }
}
