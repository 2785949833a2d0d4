//! Why a network cannot be loaded.

/// Why a model file could not be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// An offset, a length or an index in the file leads out of it.
    #[error("the model file is damaged")]
    Damaged,
    /// The file uses an operation that is not known; its number in the TensorFlow Lite schema.
    #[error("the model uses the unknown operation {0}")]
    Operation(i32),
    /// Sizes or options in the file contradict each other, or are not those that are known.
    #[error("the sizes in the model do not fit")]
    Shape,
}
