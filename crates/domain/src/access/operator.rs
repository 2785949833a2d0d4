//! Named people at the command line.

use std::fmt;

use crate::person::is_same_name;
use crate::refund::{CONSOLE, SYSTEM};
use crate::{AccountId, PersonName};

/// A named person at the command line. The name is what they say; the operating system's user is kept with it, and
/// proves no more than that the person could use that user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    name: String,
    system_user: Option<String>,
}

impl Operator {
    /// A person by the name under which the audit log keeps them: 2 to 40 letters, digits, dots or dashes; `None` for
    /// other names, for those that mean no person, and for ids of accounts, which mean staff.
    pub fn new(name: &str) -> Option<Self> {
        let is_letter = |letter: char| letter.is_alphanumeric() || ".-_".contains(letter);
        let is_good = (2..=40).contains(&name.chars().count()) && name.chars().all(is_letter);
        let is_reserved = [SYSTEM, CONSOLE].iter().any(|no| is_same_name(no, name));
        let is_person = !is_reserved && name.to_lowercase().parse::<AccountId>().is_err();
        (is_good && is_person).then(|| Self {
            name: name.to_owned(),
            system_user: None,
        })
    }

    /// The same person, working under this user of the operating system.
    #[must_use]
    pub fn working_as(self, system_user: String) -> Self {
        Self {
            system_user: Some(system_user),
            ..self
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The operating system's user, where it is known.
    pub fn system_user(&self) -> Option<&str> {
        self.system_user.as_deref()
    }

    /// The name and the user, to be kept.
    pub fn person(&self) -> PersonName {
        PersonName {
            name: self.name.clone(),
            system_user: self.system_user.clone(),
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
