//! How many values the operations work on at a time.

/// Values that are worked on at a time.
pub(super) const LANES: usize = 8;
