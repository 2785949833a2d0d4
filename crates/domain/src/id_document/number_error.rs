//! What is wrong with the number of a document.

use thiserror::Error;

use super::DocumentType;
use crate::{FieldError, ProblemCode};

/// What is wrong with a number, for the one who typed it. Positions count from 1 in the number
/// without spaces and hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdNumberError {
    /// There are too few or too many characters.
    #[error("{found} characters instead of {least} to {most}")]
    Length {
        /// How many there are.
        found: usize,
        /// How few there may be.
        least: usize,
        /// How many there may be; the same as `least` for most documents.
        most: usize,
    },
    /// A character cannot stand where it stands.
    #[error("{character:?} cannot be character {position}")]
    Character {
        /// Its position.
        position: usize,
        /// The character.
        character: char,
    },
    /// Digits 7 to 14 are no date of the calendar.
    #[error("there is no day {year:04}-{month:02}-{day:02}")]
    Date {
        /// Digits 7 to 10.
        year: u16,
        /// Digits 11 and 12.
        month: u16,
        /// Digits 13 and 14.
        day: u16,
    },
    /// Digits 7 to 14 are a date that is yet to come.
    #[error("{year:04}-{month:02}-{day:02} is yet to come")]
    FutureDate {
        /// Digits 7 to 10.
        year: u16,
        /// Digits 11 and 12.
        month: u16,
        /// Digits 13 and 14.
        day: u16,
    },
    /// It is a number of the first identity cards, which ended on 1 January 2013. Source: docs/sources.md#id-documents.
    #[error("a number of 15 digits is no longer in use")]
    FirstGeneration,
    /// The last character does not go with the others: one of them is mistyped.
    #[error("the last character is {found}, the others ask for {expected}")]
    CheckCharacter {
        /// What the other characters ask for.
        expected: char,
        /// What there is.
        found: char,
    },
}

impl IdNumberError {
    /// The error in words, for the field that `pointer` names.
    pub fn field(self, kind: DocumentType, pointer: &'static str) -> FieldError {
        let wrong = |code| FieldError::new(pointer, code);
        match self {
            Self::Length { found, least, most } if least == most => wrong(ProblemCode::IdLength)
                .with("found", found)
                .with("expected", most),
            // A length within bounds says less than an example.
            Self::Length { .. } => wrong(ProblemCode::IdFormat).with("example", kind.example()),
            Self::Character {
                position,
                character,
            } => wrong(ProblemCode::IdCharacter)
                .with("position", position)
                .with("character", character),
            Self::Date { .. } | Self::FutureDate { .. } => wrong(ProblemCode::IdDate),
            Self::FirstGeneration => wrong(ProblemCode::IdFirstGeneration),
            Self::CheckCharacter { .. } => wrong(ProblemCode::IdCheck),
        }
    }
}
