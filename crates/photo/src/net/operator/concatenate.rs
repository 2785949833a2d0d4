//! Tensors one behind the other.

/// Copies the inputs, one behind the other; together they are as long as the output.
pub(super) fn concatenate(inputs: &[&[f32]], output: &mut [f32]) {
    let mut rest = output;
    for input in inputs {
        let (part, behind) = rest.split_at_mut(input.len());
        part.copy_from_slice(input);
        rest = behind;
    }
}
