//! What a page's address says after the question mark: filters, sort, cursor and selection, so that a link shows a colleague
//! the same.

use form_urlencoded::{Serializer, parse};

/// Names and values, in the order in which they were set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads what stands after the question mark, with or without it. Empty values are left out.
    pub fn read(text: &str) -> Self {
        let text = text.strip_prefix('?').unwrap_or(text);
        let pairs = parse(text.as_bytes()).into_owned();
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name)?;
        Some(&found.1)
    }

    /// The same with another value; an empty one takes the name away.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut pairs = self.0.clone();
        let place = pairs.iter().position(|(known, _)| known == name);
        match (place, value.is_empty()) {
            (Some(place), true) => {
                pairs.remove(place);
            }
            (Some(place), false) => value.clone_into(&mut pairs[place].1),
            (None, false) => pairs.push((name.to_owned(), value.to_owned())),
            (None, true) => {}
        }
        Self(pairs)
    }

    /// The text for an address: with the question mark, or nothing.
    pub fn text(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut text = Serializer::for_suffix("?".to_owned(), 1);
        for (name, value) in &self.0 {
            text.append_pair(name, value);
        }
        text.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_was_written_reads_the_same() {
        let query = Query::default()
            .with("college", "基础医学院 & 法学院")
            .with("after", "a=b+c")
            .with("empty", "");
        assert_eq!(Query::read(&query.text()), query);
        assert_eq!(query.get("after"), Some("a=b+c"));
        assert_eq!(query.get("empty"), None);
    }

    #[test]
    fn a_value_is_replaced_in_its_place_and_an_empty_one_goes() {
        let query = Query::read("?state=open&q=&sort=name");
        assert_eq!(query.text(), "?state=open&sort=name");
        assert_eq!(
            query.with("state", "closed").text(),
            "?state=closed&sort=name"
        );
        assert_eq!(query.with("state", "").with("sort", "").text(), "");
        assert_eq!(Query::read(""), Query::default());
    }
}
