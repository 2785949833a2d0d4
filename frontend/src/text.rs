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
mod me;
mod order;
mod pay;
mod photo;
mod reason;
mod school;

use domain::Lang;

/// Declares a table of texts: a name, Chinese, English. Facts in braces are filled in by [`fill`].
macro_rules! texts {
    ($(#[$meta:meta])* $table:ident { $($name:ident: $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, PartialEq, Eq)]
        pub(crate) struct $table { $(pub(crate) $name: &'static str),+ }

        impl $table {
            /// Simplified Chinese.
            pub(super) const ZH: Self = Self { $($name: $zh),+ };
            /// English.
            pub(super) const EN: Self = Self { $($name: $en),+ };
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

/// All texts in one language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Texts {
    /// Taking a picture.
    pub(crate) camera: camera::Camera,
    /// The frame of every page, and what many pages say.
    pub(crate) common: common::Common,
    /// Erasing the account.
    pub(crate) erasure: erasure::Erasure,
    /// Help.
    pub(crate) help: help::Help,
    /// Proving who one is.
    pub(crate) identity: identity::Identity,
    /// Logging in.
    pub(crate) login: login::Login,
    /// The personal centre, changing the phone and the access log.
    pub(crate) me: me::Me,
    /// Orders.
    pub(crate) order: order::Orders,
    /// Paying.
    pub(crate) pay: pay::Pay,
    /// The photo.
    pub(crate) photo: photo::Photo,
    /// Finding the school.
    pub(crate) school: school::School,
}

static ZH: Texts = Texts {
    camera: camera::Camera::ZH,
    common: common::Common::ZH,
    erasure: erasure::Erasure::ZH,
    help: help::Help::ZH,
    identity: identity::Identity::ZH,
    login: login::Login::ZH,
    me: me::Me::ZH,
    order: order::Orders::ZH,
    pay: pay::Pay::ZH,
    photo: photo::Photo::ZH,
    school: school::School::ZH,
};

static EN: Texts = Texts {
    camera: camera::Camera::EN,
    common: common::Common::EN,
    erasure: erasure::Erasure::EN,
    help: help::Help::EN,
    identity: identity::Identity::EN,
    login: login::Login::EN,
    me: me::Me::EN,
    order: order::Orders::EN,
    pay: pay::Pay::EN,
    photo: photo::Photo::EN,
    school: school::School::EN,
};

impl Texts {
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
