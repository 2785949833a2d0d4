//! What a call to a payment provider tells us: yes, no, or nothing we may rely on.

/// The provider's definite refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The provider's code, as received.
    pub code: String,
    /// The provider's explanation, for the log and for staff.
    pub message: String,
}

/// The three-way result of a payment call. A plain `Result` would invite reading a timeout as a
/// refusal, and a refusal is the only answer after which a number may be given up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Outcome<T> {
    /// Answered, and the answer's signature is good.
    Definite(T),
    /// Nothing was done, and repeating the call will not change that.
    Refused(Refusal),
    /// It may or may not have been done: query with the same number before deciding. Holds what
    /// was seen, for the log.
    Unknown(String),
}
