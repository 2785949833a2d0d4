//! Every problem has its texts.

use super::*;
use crate::Lang;
use std::collections::HashSet;

#[test]
fn every_code_is_unique_well_formed_and_tells_what_to_do() {
    let mut seen = HashSet::new();
    for &code in ProblemCode::ALL {
        let text = code.as_str();
        assert!(seen.insert(text), "{text} stands twice");
        assert_eq!(ProblemCode::parse(text), Some(code));
        let (area, reason) = text.split_once('.').unwrap();
        for part in [area, reason] {
            assert!(
                part.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
                "{text}"
            );
        }
        for lang in Lang::ALL {
            assert!(!code.title().get(lang).is_empty());
            assert!(code.detail().get(lang).ends_with(['。', '.']), "{text}");
        }
    }
}

#[test]
fn both_languages_name_the_same_facts() {
    let facts = |text: &str| {
        let mut names: Vec<String> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name.to_owned())
            .collect();
        names.sort();
        names
    };
    for &code in ProblemCode::ALL {
        assert_eq!(
            facts(code.detail().zh),
            facts(code.detail().en),
            "{}",
            code.as_str()
        );
    }
}
