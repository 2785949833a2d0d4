//! Reading stored words as the values of `domain`.

use domain::Word;

use crate::StoreError;

/// The value of a stored word; `column` is its table and column, such as `orders.state`.
///
/// # Errors
/// [`StoreError::Corrupt`] where this version does not know the word.
pub(crate) fn word<W: Word>(column: &str, text: &str) -> Result<W, StoreError> {
    W::parse(text).ok_or_else(|| StoreError::corrupt(column))
}

/// The value of a word that may be absent.
///
/// # Errors
/// [`StoreError::Corrupt`] where this version does not know the word.
pub(crate) fn optional_word<W: Word>(
    column: &str,
    text: Option<&str>,
) -> Result<Option<W>, StoreError> {
    text.map(|text| word(column, text)).transpose()
}

#[cfg(test)]
mod tests {
    use domain::order::{ClosedReason, OrderState};

    use super::{optional_word, word};
    use crate::StoreError;

    #[test]
    fn an_unknown_word_names_its_column_and_never_its_value() {
        let paid: OrderState = word("orders.state", "paid").unwrap();
        assert_eq!(paid, OrderState::Paid);
        let error = word::<OrderState>("orders.state", "lost").unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt { what } if what == "orders.state"));
        let none = optional_word::<ClosedReason>("orders.closed_reason", None);
        assert_eq!(none.unwrap(), None);
    }
}
