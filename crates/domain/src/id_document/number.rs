//! The number of a document: normalised, checked, and masked wherever it is printed.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::shape::{CN_ID, FOREIGN_PR, HKMO_PERMIT, RESIDENCE, TW_PERMIT, fit, fit_freely, fits};
use super::{DocumentType, IdNumberError, check};
use crate::Masked;
use crate::fold::{is_blank, is_dash};
use crate::nfkc::nfkc;

/// Least and most characters of a passport's number. Source: docs/sources.md#id-documents.
const PASSPORT_LENGTH: RangeInclusive<usize> = 5..=17;

/// Least and most characters of a number without a shape. Source: docs/sources.md#id-documents.
const FREE_LENGTH: RangeInclusive<usize> = 1..=30;

/// What is typed for the X of a check character, as it is in capitals: multiplication sign, heavy and light multiplication
/// X, box drawing cross, Greek chi, Cyrillic kha.
const X_LOOKALIKES: [char; 6] = ['×', '✕', '✖', '╳', 'Χ', 'Х'];

/// A bracket with one character, as in K034178(2), is a check character only behind a number at
/// least this long; behind less it could be all that tells two documents apart.
const LEAST_BEFORE_CHECK_BRACKET: usize = 6;

/// The number of a document in its canonical form; printing and serialising show it masked.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber {
    document_type: DocumentType,
    canonical: Masked,
}

impl IdNumber {
    /// Normalises and checks what was typed or imported, and drops what changes with each renewal:
    /// `H1234567800` becomes `H12345678`, `0561682001(D)` becomes `05616820`.
    ///
    /// # Errors
    /// [`IdNumberError`], with the most exact thing that can be said: 15 digits of the first identity
    /// cards, length, then characters, then the date (not after `today`), then the check character.
    pub fn parse(
        document_type: DocumentType,
        input: &str,
        today: NaiveDate,
    ) -> Result<Self, IdNumberError> {
        let number = normalise(input);
        let canonical = match document_type {
            DocumentType::CnId => {
                if check::upgrade(&number).is_some() {
                    return Err(IdNumberError::FirstGeneration);
                }
                fit(&number, CN_ID)?;
                check::verify(&number, today)?;
                number
            }
            DocumentType::HkmotwResidence => {
                fit(&number, RESIDENCE)?;
                check::verify(&number, today)?;
                number
            }
            DocumentType::HkmoPermit => {
                fit(&number, HKMO_PERMIT)?;
                without_renewals(&number).unwrap_or(number)
            }
            DocumentType::TwPermit => {
                fit(&number, TW_PERMIT)?;
                without_renewals(&number).unwrap_or(number)
            }
            DocumentType::ForeignPr => {
                fit(&number, FOREIGN_PR)?;
                if number.starts_with('9') {
                    check::verify(&number, today)?;
                }
                number
            }
            DocumentType::Passport => {
                fit_freely(&number, PASSPORT_LENGTH, |character| {
                    character.is_ascii_alphanumeric()
                })?;
                number
            }
            DocumentType::Military | DocumentType::Other => {
                fit_freely(&number, FREE_LENGTH, |character| !character.is_control())?;
                number
            }
        };
        Ok(Self::from_canonical(document_type, canonical))
    }

    /// A number that [`IdNumber::parse`] once made, back from where it was sealed.
    pub fn from_canonical(document_type: DocumentType, canonical: String) -> Self {
        Self {
            document_type,
            canonical: Masked::new(canonical),
        }
    }

    /// The kind of document.
    pub const fn document_type(&self) -> DocumentType {
        self.document_type
    }

    /// The one form that is sealed and handed over.
    pub const fn canonical(&self) -> &Masked {
        &self.canonical
    }

    /// The plain forms under which the number may stand on the other side, the canonical one first,
    /// each once. Both sides index all of theirs; one in common is a match.
    ///
    /// They do not depend on the kind of document, which people and schools confuse: the number
    /// without brackets, without a check character in brackets, without renewals, and 18 digits
    /// for 15.
    pub fn lookup_variants(&self) -> Vec<String> {
        let number = self.canonical.expose();
        let mut variants = vec![number.to_owned()];
        let others = [
            Some(number.replace(['(', ')'], "")),
            without_check_bracket(number).map(str::to_owned),
            without_renewals(number),
            check::upgrade(number),
        ];
        for variant in others.into_iter().flatten() {
            if !variant.is_empty() && !variants.contains(&variant) {
                variants.push(variant);
            }
        }
        variants
    }
}

impl fmt::Display for IdNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.canonical.fmt(formatter)
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.document_type, self.canonical)
    }
}

impl Serialize for IdNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.canonical.serialize(serializer)
    }
}

/// NFKC, without white space, invisible characters and hyphens, in capitals; behind 17 digits, what looks like an X is one.
/// Normalising twice changes nothing.
pub fn normalise(input: &str) -> String {
    let capitals: String = nfkc(input)
        .chars()
        .filter(|&character| !is_blank(character) && !is_dash(character))
        .flat_map(char::to_uppercase)
        .collect();
    with_check_x(nfkc(&capitals))
}

/// The 18 digits of a normalised number of 15, as the first identity cards had; `None` for anything else.
pub fn upgraded(number: &str) -> Option<String> {
    check::upgrade(number)
}

/// The kind of document that a number most likely belongs to, where a list names none.
pub fn guess_type(input: &str) -> DocumentType {
    let number = normalise(input);
    if fits(&number, RESIDENCE) {
        return DocumentType::HkmotwResidence;
    }
    if fits(&number, FOREIGN_PR) {
        return DocumentType::ForeignPr;
    }
    if fits(&number, HKMO_PERMIT) {
        return DocumentType::HkmoPermit;
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match number.len() {
        // All digits, perhaps with an X: what else has so many.
        14.. if is_plain && digits + 1 >= number.len() => DocumentType::CnId,
        8 if digits == 8 => DocumentType::TwPermit,
        length if is_plain && PASSPORT_LENGTH.contains(&length) && digits < length => {
            DocumentType::Passport
        }
        _ if fits(&number, TW_PERMIT) => DocumentType::TwPermit,
        _ => DocumentType::Other,
    }
}

/// The number with an X for what looks like one where the check character stands: keyboards and copied text give a
/// multiplication sign, a Cyrillic or a Greek letter.
fn with_check_x(number: String) -> String {
    let Some((last, check)) = number.char_indices().last() else {
        return number;
    };
    let digits = &number[..last];
    let is_check = last == 17 && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_check && X_LOOKALIKES.contains(&check) {
        format!("{digits}X")
    } else {
        number
    }
}

/// The permanent part of a travel permit from the time when renewals were part of its number.
fn without_renewals(number: &str) -> Option<String> {
    let permanent = [(HKMO_PERMIT, 9), (TW_PERMIT, 8)]
        .into_iter()
        .find_map(|(shapes, length)| fits(number, shapes).then_some(length))?;
    Some(number.chars().take(permanent).collect())
}

/// `K034178` of `K034178(2)`.
fn without_check_bracket(number: &str) -> Option<&str> {
    let (before, bracket) = number.strip_suffix(')')?.rsplit_once('(')?;
    let is_check = bracket.chars().count() == 1 && before.len() >= LEAST_BEFORE_CHECK_BRACKET;
    (is_check && before.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(before)
}

#[cfg(test)]
mod tests;
