//! Reads JSON into models.
//!
//! `serde_json` does the same and says what is wrong and where. That costs each model about twice the code, and every
//! program the formatting of floating-point numbers; a browser has to download both, and nobody reads the message there.

mod model;
mod tree;

use std::str;

use serde::de::DeserializeOwned;

use tree::Json;

/// The value that a text of JSON stands for; `None` where it is no JSON, or another value than `T` describes.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    let tree = Json::parse(str::from_utf8(text).ok()?)?;
    T::deserialize(tree).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rstest::rstest;
    use serde::{Deserialize, Serialize};
    use serde_json::Value;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        OneWord,
        Other,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Model {
        text: String,
        count: i32,
        share: f64,
        large: u64,
        is_so: bool,
        word: Word,
        maybe: Option<String>,
        #[serde(default)]
        absent: Option<i64>,
        list: Vec<Option<u8>>,
        pair: (String, i8),
        map: BTreeMap<String, Word>,
        any: Value,
    }

    /// The same texts, read by `serde_json`.
    fn agree<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
        let expected: Option<T> = serde_json::from_str(text).ok();
        assert_eq!(read::<T>(text.as_bytes()), expected, "{text}");
    }

    const MODEL: &str = r#" {"text": "a\"\\\/\b\f\n\r\t\u4e2d\uD83D\uDE00é中", "count": -12, "share": 0.25, "large": 18446744073709551615,
            "is_so": true, "word": "one_word", "maybe": null, "list": [1, null, 255], "pair": ["x", -128],
            "map": {"a": "other"}, "unknown": {"deep": [[{}]]},
            "any": {"n": [1, -2, 3.5, 1e2, 1.5E-3], "t": "\u0000", "f": false, "o": {}}} "#;

    #[rstest]
    #[case::a_number_too_large("\"count\": -12", "\"count\": 2147483648")]
    #[case::a_fraction("\"count\": -12", "\"count\": 1.0")]
    #[case::a_number_in_quotes("\"count\": -12", "\"count\": \"1\"")]
    #[case::a_byte_too_large("255", "256")]
    #[case::an_unknown_word("one_word", "third")]
    #[case::one_for_true("\"is_so\": true", "\"is_so\": 1")]
    #[case::a_field_missing("\"is_so\": true,", "")]
    #[case::a_byte_too_small("\"x\", -128", "\"x\", -129")]
    fn a_model_that_differs_is_no_model(#[case] from: &str, #[case] to: &str) {
        assert!(MODEL.contains(from), "{from}");
        let text = MODEL.replace(from, to);
        agree::<Model>(&text);
        assert_eq!(read::<Model>(text.as_bytes()), None, "{to}");
    }

    #[test]
    fn a_model_is_read_as_serde_json_reads_it() {
        agree::<Model>(MODEL);
        assert!(read::<Model>(MODEL.as_bytes()).is_some());
    }

    #[rstest]
    #[case("")]
    #[case(" ")]
    #[case("nul")]
    #[case("nulll")]
    #[case("tru")]
    #[case("[")]
    #[case("[1")]
    #[case("[1,")]
    #[case("[1,]")]
    #[case("[,]")]
    #[case("{")]
    #[case("{}}")]
    #[case("{\"a\"}")]
    #[case("{\"a\":}")]
    #[case("{\"a\":1,}")]
    #[case("{a:1}")]
    #[case("01")]
    #[case("-")]
    #[case("-01")]
    #[case("1.")]
    #[case(".5")]
    #[case("1e")]
    #[case("1e+")]
    #[case("+1")]
    #[case("0x1")]
    #[case("NaN")]
    #[case("Infinity")]
    #[case("\"")]
    #[case("\"\\\"")]
    #[case("\"\\x\"")]
    #[case("\"\\u12\"")]
    #[case("\"\\ud800\"")]
    #[case("\"\\udc00\"")]
    #[case("\"\\ud800\\u0041\"")]
    #[case("\"\n\"")]
    #[case("[1] 2")]
    #[case("'a'")]
    #[case("// 1")]
    #[case("1 1")]
    fn what_is_no_json_is_no_value(#[case] text: &str) {
        agree::<Value>(text);
        assert_eq!(read::<Value>(text.as_bytes()), None, "{text}");
    }

    #[test]
    fn bytes_that_are_no_utf8_are_no_value() {
        assert_eq!(read::<Value>(b"\"\xff\""), None, "no UTF-8");
    }

    #[rstest]
    #[case("null")]
    #[case("true")]
    #[case("false")]
    #[case("0")]
    #[case("10")]
    #[case("-10")]
    #[case("9223372036854775807")]
    #[case("-9223372036854775808")]
    #[case("18446744073709551615")]
    #[case("0.1")]
    #[case("1.5")]
    #[case("-2.25e3")]
    #[case("3E2")]
    #[case("1e-7")]
    #[case("123456.789")]
    #[case("\"\"")]
    #[case("\"a\"")]
    #[case("[]")]
    #[case("{}")]
    #[case("[[], {}, [null]]")]
    #[case("{\"\": {\"a\": [1, 2]}}")]
    #[case("\t\r\n [ 1 , 2 ] ")]
    #[case("{\"a\": 1, \"a\": 2}")]
    fn every_kind_of_value_is_read_as_serde_json_reads_it(#[case] text: &str) {
        agree::<Value>(text);
        assert!(read::<Value>(text.as_bytes()).is_some(), "{text}");
    }

    #[test]
    fn a_number_nothing_and_an_option_are_read_as_serde_json_reads_them() {
        agree::<f64>("7");
        agree::<Option<String>>("null");
        agree::<()>("null");
    }

    #[test]
    fn depth_has_an_end() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(read::<Value>(deep(100).as_bytes()).is_some());
        assert_eq!(read::<Value>(deep(100_000).as_bytes()), None);
    }

    #[rstest]
    #[case::nothing("null", None)]
    #[case::a_number("7", Some(7))]
    fn an_option_of_a_byte_is_a_byte_or_nothing(#[case] text: &str, #[case] expected: Option<u8>) {
        agree::<Option<u8>>(text);
        assert_eq!(read::<Option<u8>>(text.as_bytes()), Some(expected));
    }

    #[rstest]
    #[case::a_text("\"a\"")]
    #[case::a_negative_number("-1")]
    #[case::a_number_too_large("256")]
    #[case::a_list("[7]")]
    fn what_is_no_byte_is_not_taken_for_none(#[case] text: &str) {
        agree::<Option<u8>>(text);
        assert_eq!(read::<Option<u8>>(text.as_bytes()), None);
    }

    #[rstest]
    #[case::empty("[]", Some(vec![]))]
    #[case::two("[\"a\", \"b\"]", Some(vec!["a", "b"]))]
    #[case::one_of_another_kind("[\"a\", 1]", None)]
    #[case::a_map("{}", None)]
    fn a_list_has_values_of_one_kind(#[case] text: &str, #[case] expected: Option<Vec<&str>>) {
        agree::<Vec<String>>(text);
        let found = read::<Vec<String>>(text.as_bytes());
        assert_eq!(
            found,
            expected.map(|all| all.into_iter().map(str::to_owned).collect())
        );
    }
}
