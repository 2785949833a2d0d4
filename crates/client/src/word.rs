//! Enumerations of the API, whose words a newer server may know more of.

/// Declares enumerations with the word of each value, and with a value for words that this client does not know.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal;)+ })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $variant,)+
            /// A word that this client does not know.
            Unknown,
        }

        impl $name {
            /// The value of a word.
            #[must_use]
            pub fn of(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    _ => Self::Unknown,
                }
            }

            /// The word in the API; `None` for one that is not known.
            #[must_use]
            pub const fn word(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($word),)+
                    Self::Unknown => None,
                }
            }
        }
    )+};
}

pub(crate) use words;

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro declares what other crates see")]
mod tests {
    words! {
        /// A state.
        State {
            Open = "open";
            Closed = "closed";
        }
    }

    #[test]
    fn a_word_that_is_not_known_fails_nothing() {
        assert_eq!(State::of("open"), State::Open);
        assert_eq!(State::of("lost"), State::Unknown);
        assert_eq!(State::Closed.word(), Some("closed"));
        assert_eq!(State::Unknown.word(), None);
    }
}
