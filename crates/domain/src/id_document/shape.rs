//! The shapes of numbers, one mark a position, so that the first wrong character can be named.

use std::ops::RangeInclusive;

use super::IdNumberError;

/// A shape: `#` digit, `%` digit or X, `@` letter, `N` 1 to 8, `T` 1 to 3, `R` H or M; any other
/// mark stands for itself. Source: docs/sources.md#id-documents.
type Shape = &'static str;

pub(super) const CN_ID: &[Shape] = &["N################%"];
pub(super) const CN_ID_OF_15: &[Shape] = &["N##############"];
pub(super) const RESIDENCE: &[Shape] = &["8T0000###########%"];
/// The card, the card of residents who are not Chinese citizens (since July 2024), then either with the number of renewals,
/// which was part of the booklet's number before 2013 and stands beside that of the cards.
pub(super) const HKMO_PERMIT: &[Shape] = &["R########", "RA#######", "R##########", "RA#########"];
/// The card, then the ways to write the booklet's renewals and its letter.
pub(super) const TW_PERMIT: &[Shape] = &["########", "##########(@)", "##########@"];
/// The card of December 2023, then the one before.
pub(super) const FOREIGN_PR: &[Shape] = &["9################%", "@@@############"];

/// Fits `number` to a shape of its length.
///
/// # Errors
/// [`IdNumberError::Length`], where no shape is as long, with that of the first shape, the current
/// document's; else [`IdNumberError::Character`] for the first character that does not fit, by the
/// shape that fits furthest.
pub(super) fn fit(number: &str, shapes: &[Shape]) -> Result<(), IdNumberError> {
    let found = number.chars().count();
    let as_long = shapes.iter().filter(|shape| shape.len() == found);
    let misfits = as_long.map(|shape| misfit(number, shape));
    match misfits.reduce(furthest) {
        None => {
            let current = shapes.first().map_or(0, |shape| shape.len());
            Err(IdNumberError::Length {
                found,
                least: current,
                most: current,
            })
        }
        Some(None) => Ok(()),
        Some(Some((position, character))) => Err(IdNumberError::Character {
            position,
            character,
        }),
    }
}

/// The first character, counted from 1, that does not fit a shape; `None` where all do.
fn misfit(number: &str, shape: Shape) -> Option<(usize, char)> {
    let mut pairs = number.chars().zip(shape.chars()).enumerate();
    let (index, (character, _)) =
        pairs.find(|&(_, (character, mark))| !stands_for(mark, character))?;
    Some((index + 1, character))
}

/// Of two shapes' misfits the one that says more: none at all, else the later one.
fn furthest(one: Option<(usize, char)>, other: Option<(usize, char)>) -> Option<(usize, char)> {
    Some(one?.max(other?))
}

/// Whether [`fit`] finds nothing wrong.
pub(super) fn fits(number: &str, shapes: &[Shape]) -> bool {
    fit(number, shapes).is_ok()
}

/// Bounds the length and asks `is_allowed` of every character.
pub(super) fn fit_freely(
    number: &str,
    length: RangeInclusive<usize>,
    is_allowed: impl Fn(char) -> bool,
) -> Result<(), IdNumberError> {
    let found = number.chars().count();
    if !length.contains(&found) {
        let (least, most) = length.into_inner();
        return Err(IdNumberError::Length { found, least, most });
    }
    match number
        .chars()
        .enumerate()
        .find(|&(_, character)| !is_allowed(character))
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
