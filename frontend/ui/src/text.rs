//! Tables of texts in both languages; a text that lacks one does not compile.
//!
//! A table stands beside the code that says it. A page names the tables that it reads, so that only those come with the
//! part of the program that holds the page. What both sides say (problems, states, levels) is in `domain`.

mod common;

use domain::Lang;
use yew::hook;

use crate::lang::use_lang;

pub use common::CommonTexts;

/// A table of texts, as [`texts!`](crate::texts) declares it.
pub trait TextTable: 'static {
    /// The texts in a language.
    fn of(lang: Lang) -> &'static Self;
}

/// Declares a table of texts: a name, Chinese, English. Facts in braces are filled in by [`fill`].
#[macro_export]
macro_rules! texts {
    ($(#[$meta:meta])* $vis:vis struct $table:ident { $($name:ident: $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, PartialEq, Eq)]
        $vis struct $table { $(#[doc = $en] $vis $name: &'static str),+ }

        impl $crate::TextTable for $table {
            fn of(lang: ::domain::Lang) -> &'static Self {
                match lang {
                    ::domain::Lang::Zh => &Self { $($name: $zh),+ },
                    ::domain::Lang::En => &Self { $($name: $en),+ },
                }
            }
        }
    };
}

/// A table of texts in the language of the page.
#[hook]
pub fn use_text<T: TextTable>() -> &'static T {
    T::of(use_lang())
}

/// Fills the facts into the braces of a text.
pub fn fill(text: &str, facts: &[(&str, &dyn std::fmt::Display)]) -> String {
    facts.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    })
}
