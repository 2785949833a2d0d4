//! What declares the codes, with the texts of each.

/// Declares [`ProblemCode`](super::ProblemCode): each code with its kind, title and detail in both languages.
macro_rules! problems {
    ($($variant:ident: $kind:ident = $code:literal {
        $zh_title:literal, $zh_detail:literal;
        $en_title:literal, $en_detail:literal;
    })+) => {
        /// What a problem is, for programs; `area.reason` in snake case.
        #[expect(missing_docs, reason = "title and detail of each code stand beside it")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ProblemCode { $($variant),+ }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is sent.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The code of a sent text; `None` for one that this version does not know.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// What kind of problem it is; a protocol's status follows from it.
            pub const fn kind(self) -> ProblemKind {
                match self { $(Self::$variant => ProblemKind::$kind),+ }
            }

            /// What happened, in a few words.
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::new($zh_title, $en_title)),+ }
            }

            /// What happened, why, and what to do now; facts in braces.
            pub const fn detail(self) -> Text {
                match self { $(Self::$variant => Text::new($zh_detail, $en_detail)),+ }
            }
        }
    };
}
