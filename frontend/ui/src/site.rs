//! What tells one web app from the other, and what the page that starts it says.

use domain::Text;
use gloo::utils::document;

/// A web app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Site {
    /// What it is called.
    pub name: Text,
    /// Where help on a problem is: the first part of its code, and an address.
    pub help: &'static [(&'static str, &'static str)],
}

impl Site {
    /// The address of the help on a problem by its code (`login.phone`); `None` where there is none.
    pub fn help_on(&self, code: &str) -> Option<&'static str> {
        let (area, _) = code.split_once('.')?;
        let found = self.help.iter().find(|(about, _)| *about == area)?;
        Some(found.1)
    }
}

/// The address of a file that the page names: its hash changes with every version.
pub fn address(name: &str) -> Option<String> {
    let selector = format!("meta[name={name}]");
    let meta = document().query_selector(&selector).ok().flatten()?;
    meta.get_attribute("content")
}
