//! A page of a list.

/// A page of a list: some items, and where the next page begins. Every list of the API is one.
pub trait Page {
    /// What the list holds.
    type Item;

    /// The items, and what to send as `after` for the next page; `None` on the last.
    fn into_parts(self) -> (Vec<Self::Item>, Option<String>);
}
