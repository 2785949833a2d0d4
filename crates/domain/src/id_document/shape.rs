//! The shapes of numbers, one mark a position, so that the first wrong character can be named.

use super::IdNumberError;

/// A shape: `#` digit, `%` digit or X, `@` letter, `N` 1 to 8, `T` 1 to 3, `R` H or M; any other
/// mark stands for itself. Source: docs/sources.md#id-documents.
type Shape = &'static str;

pub(super) const CN_ID: &[Shape] = &["N################%"];
pub(super) const CN_ID_OF_15: &[Shape] = &["N##############"];
pub(super) const RESIDENCE: &[Shape] = &["8T0000###########%"];
/// The card, then the booklet before 2013, which adds the number of renewals.
pub(super) const HKMO_PERMIT: &[Shape] = &["R########", "R##########"];
/// The card, then the ways to write the booklet's renewals and its letter.
pub(super) const TW_PERMIT: &[Shape] = &["########", "##########(@)", "##########@"];
/// The card of December 2023, then the one before.
pub(super) const FOREIGN_PR: &[Shape] = &["9################%", "@@@############"];

/// Fits `number` to the shape of its length.
///
/// # Errors
/// [`IdNumberError::Length`], where no shape is as long, with that of the first shape, the current
/// document's; [`IdNumberError::Character`] for the first character that does not fit.
pub(super) fn fit(number: &str, shapes: &[Shape]) -> Result<(), IdNumberError> {
    let found = number.chars().count();
    let Some(shape) = shapes.iter().find(|shape| shape.len() == found) else {
        let current = shapes.first().map_or(0, |shape| shape.len());
        return Err(IdNumberError::Length {
            found,
            least: current,
            most: current,
        });
    };
    every(number, |index, character| {
        shape
            .chars()
            .nth(index)
            .is_some_and(|mark| stands_for(mark, character))
    })
}

/// Whether [`fit`] finds nothing wrong.
pub(super) fn fits(number: &str, shapes: &[Shape]) -> bool {
    fit(number, shapes).is_ok()
}

/// Bounds the length and asks `is_allowed` of every character.
pub(super) fn fit_freely(
    number: &str,
    (least, most): (usize, usize),
    is_allowed: impl Fn(char) -> bool,
) -> Result<(), IdNumberError> {
    let found = number.chars().count();
    if found < least || found > most {
        return Err(IdNumberError::Length { found, least, most });
    }
    every(number, |_, character| is_allowed(character))
}

fn every(number: &str, is_allowed: impl Fn(usize, char) -> bool) -> Result<(), IdNumberError> {
    match number
        .chars()
        .enumerate()
        .find(|&(index, character)| !is_allowed(index, character))
    {
        Some((index, character)) => Err(IdNumberError::Character {
            position: index + 1,
            character,
        }),
        None => Ok(()),
    }
}

fn stands_for(mark: char, character: char) -> bool {
    match mark {
        '#' => character.is_ascii_digit(),
        '%' => character.is_ascii_digit() || character == 'X',
        '@' => character.is_ascii_uppercase(),
        'N' => matches!(character, '1'..='8'),
        'T' => matches!(character, '1'..='3'),
        'R' => matches!(character, 'H' | 'M'),
        literal => character == literal,
    }
}
