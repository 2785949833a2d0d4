//! What the forms of keys need.

use domain::{FieldError, ProblemCode};
use yew::{AttrValue, Callback, Properties};

/// The largest fee, in hundredths of a percent: all of a payment.
const MOST_BASIS_POINTS: u16 = 10_000;

/// What a form of keys needs.
#[derive(Properties, PartialEq)]
pub(super) struct KeysFormProps {
    /// The school.
    pub(super) school_id: AttrValue,
    /// It was saved.
    pub(super) saved: Callback<()>,
}

/// What is wrong with a fee that was typed; it may be left out.
pub(super) fn fee_error(typed: &str) -> Option<FieldError> {
    let typed = typed.trim();
    if typed.is_empty() || typed.parse::<u16>().is_ok() {
        return None;
    }
    let error = FieldError::new("/fee_basis_points", ProblemCode::TaskNumber);
    Some(error.with("min", 0).with("max", MOST_BASIS_POINTS))
}
