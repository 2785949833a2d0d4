//! Whether a key is used.

/// Whether a key is used for new work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// New things are made with it. Each purpose has exactly one.
    Active,
    /// Things made with it before are still read.
    Old,
    /// It is known, but not used yet: every copy of the server must know a key before one uses it.
    Next,
}
