//! Enumerations that are stored, sent and shown: one word each, the same everywhere.

/// An enumeration with one stored word for each value; generic code, such as the reading of rows, works on any of them.
pub trait Word: Copy + Sized + 'static {
    /// Every value, in the order in which people meet them.
    const ALL: &'static [Self];

    /// The word in the database and in the API.
    fn as_str(self) -> &'static str;

    /// The value of a stored or sent word; `None` for an unknown word.
    fn parse(word: &str) -> Option<Self>;
}

/// Declares an enumeration with its stored word and its label in both languages.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, $zh:literal, $en:literal; )+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $word)] $variant, )+
        }

        impl $name {
            /// Every value, in the order in which people meet them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the database and in the API.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a stored or sent word; `None` for an unknown word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// What people read.
            pub const fn label(self) -> $crate::Text {
                match self { $(Self::$variant => $crate::Text::new($zh, $en)),+ }
            }
        }

        impl $crate::Word for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }

            fn parse(word: &str) -> Option<Self> {
                Self::parse(word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;
