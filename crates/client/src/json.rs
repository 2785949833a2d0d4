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

    #[test]
    fn a_model_is_read_as_serde_json_reads_it() {
        let text = r#" {"text": "a\"\\\/\b\f\n\r\t\u4e2d\uD83D\uDE00é中", "count": -12, "share": 0.25, "large": 18446744073709551615,
            "is_so": true, "word": "one_word", "maybe": null, "list": [1, null, 255], "pair": ["x", -128],
            "map": {"a": "other"}, "unknown": {"deep": [[{}]]},
            "any": {"n": [1, -2, 3.5, 1e2, 1.5E-3], "t": "\u0000", "f": false, "o": {}}} "#;
        agree::<Model>(text);
        assert!(read::<Model>(text.as_bytes()).is_some());
        for (from, to) in [
            ("\"count\": -12", "\"count\": 2147483648"),
            ("\"count\": -12", "\"count\": 1.0"),
            ("\"count\": -12", "\"count\": \"1\""),
            ("255", "256"),
            ("one_word", "third"),
            ("\"is_so\": true", "\"is_so\": 1"),
            ("\"is_so\": true,", ""),
            ("\"x\", -128", "\"x\", -129"),
        ] {
            assert!(text.contains(from), "{from}");
            let text = text.replace(from, to);
            agree::<Model>(&text);
            assert_eq!(read::<Model>(text.as_bytes()), None, "{to}");
        }
    }

    #[test]
    fn what_is_no_json_is_no_value() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "tru",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,]",
            "{",
            "{}}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "-",
            "-01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "+1",
            "0x1",
            "NaN",
            "Infinity",
            "\"",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\u0041\"",
            "\"\n\"",
            "[1] 2",
            "'a'",
            "// 1",
            "1 1",
        ] {
            agree::<Value>(text);
            assert_eq!(read::<Value>(text.as_bytes()), None, "{text}");
        }
        assert_eq!(read::<Value>(b"\"\xff\""), None, "no UTF-8");
    }

    #[test]
    fn every_kind_of_value_is_read_as_serde_json_reads_it() {
        for text in [
            "null",
            "true",
            "false",
            "0",
            "10",
            "-10",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "0.1",
            "1.5",
            "-2.25e3",
            "3E2",
            "1e-7",
            "123456.789",
            "\"\"",
            "\"a\"",
            "[]",
            "{}",
            "[[], {}, [null]]",
            "{\"\": {\"a\": [1, 2]}}",
            "\t\r\n [ 1 , 2 ] ",
            "{\"a\": 1, \"a\": 2}",
        ] {
            agree::<Value>(text);
            assert!(read::<Value>(text.as_bytes()).is_some(), "{text}");
        }
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
}
