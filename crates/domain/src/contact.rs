//! How a student wants to be reached: the one part of an order that can be changed.

mod parts;

pub use parts::{ContactPart, contact_parts, dialled};

use serde::{Deserialize, Serialize};

use crate::{FieldError, ProblemCode};

/// Longest e-mail address. Source: docs/sources.md#email.
const EMAIL_MAX: usize = 254;
/// Longest postal address, in characters; ours.
const ADDRESS_MAX: usize = 200;

/// Contact data beside the phone of the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// For messages, beside SMS.
    pub email: Option<String>,
    /// For prints, where the task posts them.
    pub address: Option<String>,
}

impl Contact {
    /// Reads what was typed: blanks around are dropped, an empty text means none.
    pub fn parse(email: Option<&str>, address: Option<&str>) -> Result<Self, Vec<FieldError>> {
        let contact = Self {
            email: filled(email),
            address: filled(address),
        };
        let mut errors = Vec::new();
        if contact
            .email
            .as_deref()
            .is_some_and(|email| !is_email(email))
        {
            errors.push(FieldError::new("/email", ProblemCode::ContactEmail));
        }
        if contact
            .address
            .as_ref()
            .is_some_and(|text| text.chars().count() > ADDRESS_MAX)
        {
            errors.push(FieldError::new("/address", ProblemCode::ContactAddress));
        }
        if errors.is_empty() {
            Ok(contact)
        } else {
            Err(errors)
        }
    }
}

fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Whether mail could be sent there: one `@`, a dot in the domain, no blanks. More only the mail itself proves.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    text.len() <= EMAIL_MAX
        && !local.is_empty()
        && !domain.contains('@')
        && domain.split('.').count() > 1
        && domain.split('.').all(|label| !label.is_empty())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("li@pku.edu.cn", true)]
    #[case(" li.hua+x@bjmu.edu.cn ", true)]
    #[case("", true)]
    #[case("   ", true)]
    #[case("李华@例子.中国", true)]
    #[case("li", false)]
    #[case("@pku.edu.cn", false)]
    #[case("li@pku", false)]
    #[case("li@@pku.cn", false)]
    #[case("li@pku..cn", false)]
    #[case("li hua@pku.cn", false)]
    fn addresses_are_read_as_people_type_them(#[case] typed: &str, #[case] good: bool) {
        assert_eq!(Contact::parse(Some(typed), None).is_ok(), good, "{typed:?}");
    }

    #[test]
    fn a_postal_address_is_trimmed_and_has_a_limit() {
        assert!(Contact::parse(None, Some(&"路".repeat(201))).is_err());
        assert_eq!(
            Contact::parse(None, Some("  学院路38号 "))
                .unwrap()
                .address
                .unwrap(),
            "学院路38号"
        );
    }
}
