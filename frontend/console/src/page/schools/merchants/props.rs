//! What the forms of keys need.

use yew::{AttrValue, Callback, Properties};

/// The largest fee, in hundredths of a percent: all of a payment.
pub(super) const MOST_BASIS_POINTS: u16 = 10_000;

/// What a form of keys needs.
#[derive(Properties, PartialEq)]
pub(super) struct KeysFormProps {
    /// The school.
    pub(super) school_id: AttrValue,
    /// It was saved.
    pub(super) saved: Callback<()>,
}
