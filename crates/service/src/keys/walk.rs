//! Walking over what is stored.

/// What becomes of what is under another key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// It is counted.
    Count,
    /// It is counted and brought under the key that is used now.
    Write,
}
