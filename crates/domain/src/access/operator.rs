//! Named people at the command line.

use std::fmt;

use crate::refund::{CONSOLE, PersonName, RefundRequester, SYSTEM};

/// A named person at the command line. The name is what they say; the operating system's user is kept with it, and
/// proves no more than that the person could use that user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    name: String,
    system_user: Option<String>,
}

impl Operator {
    /// A person by the name under which the audit log keeps them: 2 to 40 letters, digits, dots or dashes; `None` for
    /// other names and for those that mean no person.
    pub fn new(name: &str) -> Option<Self> {
        let is_letter = |letter: char| letter.is_alphanumeric() || ".-_".contains(letter);
        let is_good = (2..=40).contains(&name.chars().count()) && name.chars().all(is_letter);
        let is_person = ![SYSTEM, CONSOLE].iter().any(|no| is_same_name(no, name));
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

    /// Whether a name that was kept means this person, however it is written.
    pub fn is_called(&self, name: &str) -> bool {
        is_same_name(&self.name, name)
    }

    /// Whether this person asked for a refund, however their name is written.
    pub fn is(&self, requester: &RefundRequester) -> bool {
        self.is_called(requester.name())
    }
}

/// Whether two names mean one person, however they are written.
fn is_same_name(one: &str, other: &str) -> bool {
    let fold = |name| crate::fold(name).to_lowercase();
    fold(one) == fold(other)
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
