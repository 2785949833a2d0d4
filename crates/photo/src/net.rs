//! Runs small neural networks from TensorFlow Lite files, with the same result to the bit on every machine.
//!
//! ```text
//! bytes ─ flatbuffer, model ─▶ Graph      what the file says
//!                               └ lower, plan ─▶ Plan  steps with packed weights and shared memory
//!                                          └ run ─▶ values
//! ```
#![expect(
    clippy::float_arithmetic,
    reason = "networks are sums of products; each is rounded in one fixed order"
)]

mod error;
mod flatbuffer;
mod lower;
mod model;
mod operator;
mod plan;
mod shape;
#[cfg(test)]
pub(crate) mod tests;

use fearless_simd::{Level, Simd, dispatch};

pub use error::ModelError;
use model::Graph;
pub(crate) use operator::logistic;
use plan::{Place, Plan, Step};
pub(crate) use shape::Shape;

/// A loaded network.
#[derive(Debug)]
pub(crate) struct Network {
    plan: Plan,
    input: Shape,
    level: Level,
}

/// The memory of a run, which the next can use again.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    memory: Vec<Vec<f32>>,
    scratch: Vec<f32>,
}

impl Network {
    /// Loads a network whose input is an image, and that makes outputs of so many values, in the order of the file.
    ///
    /// # Errors
    /// [`ModelError`], where the file is not such a network.
    pub(crate) fn load(bytes: &[u8], outputs: &[usize]) -> Result<Self, ModelError> {
        let graph = Graph::read(bytes)?;
        let input = graph.shape(*graph.inputs.first().ok_or(ModelError::Shape)?)?;
        let plan = Plan::new(graph)?;
        if !plan.outputs.iter().map(|place| &place.values).eq(outputs) {
            return Err(ModelError::Shape);
        }
        Ok(Self {
            plan,
            input,
            level: Level::new(),
        })
    }

    /// The size of the input.
    pub(crate) fn input(&self) -> Shape {
        self.input
    }

    /// Computes the outputs for an input that `fill` writes, and reads them with `read`.
    pub(crate) fn run<R>(
        &self,
        workspace: &mut Workspace,
        fill: impl FnOnce(&mut [f32]),
        read: impl FnOnce(&[&[f32]]) -> R,
    ) -> R {
        let Workspace { memory, scratch } = workspace;
        if memory.len() < self.plan.memory.len() {
            memory.resize_with(self.plan.memory.len(), Vec::new);
        }
        for (piece, &size) in memory.iter_mut().zip(&self.plan.memory) {
            if piece.len() < size {
                piece.resize(size, 0.0);
            }
        }
        let Place {
            memory: piece,
            values,
        } = self.plan.input;
        fill(&mut memory[piece][..values]);
        dispatch!(self.level, simd => run_steps(simd, &self.plan.steps, memory, scratch));
        let outputs: Vec<&[f32]> = self
            .plan
            .outputs
            .iter()
            .map(|&place| values_at(memory, place))
            .collect();
        read(&outputs)
    }
}

fn values_at(memory: &[Vec<f32>], place: Place) -> &[f32] {
    &memory[place.memory][..place.values]
}

fn run_steps<S: Simd>(simd: S, steps: &[Step], memory: &mut [Vec<f32>], scratch: &mut Vec<f32>) {
    for step in steps {
        let mut output = std::mem::take(&mut memory[step.output.memory]);
        let values = &mut output[..step.output.values];
        let inputs: Vec<&[f32]> = step
            .inputs
            .iter()
            .map(|&place| values_at(memory, place))
            .collect();
        step.operator.run(simd, &inputs, values, scratch);
        step.activation.apply(simd, values);
        memory[step.output.memory] = output;
    }
}
