//! The kinds of problems, from which a protocol takes its status.

/// What kind of problem it is, whatever the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The request cannot be read.
    Malformed,
    /// Who asks is not proven: no session, no good signature.
    NotProven,
    /// Who asks may not do this.
    Forbidden,
    /// There is no such thing, or it is somebody else's.
    Missing,
    /// The thing is there, the method is not.
    Method,
    /// The request did not arrive in time.
    TooSlow,
    /// The thing's state does not allow it.
    State,
    /// It must be said which version is meant.
    Unconditional,
    /// It is another version than the one that is meant.
    Stale,
    /// It ran out or was used up.
    Over,
    /// There is too much of it.
    TooLarge,
    /// A part of a file was asked for that it does not have.
    Range,
    /// The address is too long.
    AddressTooLong,
    /// It is of a type that is not taken.
    MediaType,
    /// It can be read, but not accepted.
    Invalid,
    /// It was asked too often.
    TooOften,
    /// The fault is ours.
    Fault,
    /// Something that we need does not answer.
    Unavailable,
}
