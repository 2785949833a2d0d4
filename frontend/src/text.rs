//! What only pages say, in both languages; a text that lacks one does not compile.
//!
//! What both sides say (problems, states, levels, documents, agreements) is in `domain`.

mod camera;
mod common;
mod deed;
mod erasure;
mod help;
mod identity;
mod login;
mod lost_phone;
mod me;
mod order;
mod pay;
mod photo;
mod reason;
mod school;

use std::marker::PhantomData;

use domain::Lang;

/// Declares a table of texts: a name, Chinese, English. Facts in braces are filled in by [`fill`].
macro_rules! texts {
    ($(#[$meta:meta])* $table:ident { $($name:ident: $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, PartialEq, Eq)]
        pub(crate) struct $table { $(pub(crate) $name: &'static str),+ }

        impl $table {
            /// Simplified Chinese.
            const ZH: Self = Self { $($name: $zh),+ };
            /// English.
            const EN: Self = Self { $($name: $en),+ };
        }

        impl std::ops::Deref for super::Table<$table> {
            type Target = $table;

            fn deref(&self) -> &$table {
                match self.lang {
                    domain::Lang::Zh => &$table::ZH,
                    domain::Lang::En => &$table::EN,
                }
            }
        }
    };
}
pub(crate) use deed::deed;
pub(crate) use help::Help;
pub(crate) use identity::Identity;
pub(crate) use order::Orders;
pub(crate) use pay::Pay;
pub(crate) use photo::Photo;
pub(crate) use reason::reason;
pub(crate) use school::School;
use texts;

/// A table in one language.
///
/// It holds no text: a page names the tables that it reads, and only those come with the chunk of the program that holds
/// the page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table<T> {
    lang: Lang,
    of: PhantomData<T>,
}

impl<T> Table<T> {
    const fn new(lang: Lang) -> Self {
        Self {
            lang,
            of: PhantomData,
        }
    }
}

/// All texts in one language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Texts {
    /// Taking a picture.
    pub(crate) camera: Table<camera::Camera>,
    /// The frame of every page, and what many pages say.
    pub(crate) common: Table<common::Common>,
    /// Erasing the account.
    pub(crate) erasure: Table<erasure::Erasure>,
    /// Help.
    pub(crate) help: Table<help::Help>,
    /// Proving who one is.
    pub(crate) identity: Table<identity::Identity>,
    /// Logging in.
    pub(crate) login: Table<login::Login>,
    /// Reporting a lost phone.
    pub(crate) lost_phone: Table<lost_phone::LostPhone>,
    /// The personal centre, changing the phone and the access log.
    pub(crate) me: Table<me::Me>,
    /// Orders.
    pub(crate) order: Table<order::Orders>,
    /// Paying.
    pub(crate) pay: Table<pay::Pay>,
    /// The photo.
    pub(crate) photo: Table<photo::Photo>,
    /// Finding the school.
    pub(crate) school: Table<school::School>,
}

static ZH: Texts = Texts::new(Lang::Zh);
static EN: Texts = Texts::new(Lang::En);

impl Texts {
    const fn new(lang: Lang) -> Self {
        Self {
            camera: Table::new(lang),
            common: Table::new(lang),
            erasure: Table::new(lang),
            help: Table::new(lang),
            identity: Table::new(lang),
            login: Table::new(lang),
            lost_phone: Table::new(lang),
            me: Table::new(lang),
            order: Table::new(lang),
            pay: Table::new(lang),
            photo: Table::new(lang),
            school: Table::new(lang),
        }
    }

    /// The texts in a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}

/// Fills the facts into the braces of a text.
pub(crate) fn fill(text: &str, facts: &[(&str, &dyn std::fmt::Display)]) -> String {
    facts.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    })
}
