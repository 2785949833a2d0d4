//! People who answer for what they did with money or with the data of others.

use crate::AccountId;

/// A person at the command line, by the name that they gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// The name.
    pub name: String,
    /// The operating system's user under which they worked, where it is known.
    pub system_user: Option<String>,
}

/// A person who asked for something or decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponsiblePerson {
    /// A member of staff, logged in.
    Staff(AccountId),
    /// A named person at the command line.
    CommandLine(PersonName),
}

impl ResponsiblePerson {
    /// The person of the stored columns: staff are stored by the id of their account, which no name at the command line is.
    pub fn of_columns(name: String, system_user: Option<String>) -> Self {
        match name.parse() {
            Ok(account_id) => Self::Staff(account_id),
            Err(_) => Self::CommandLine(PersonName { name, system_user }),
        }
    }

    /// What is stored as the name.
    pub fn stored_name(&self) -> String {
        match self {
            Self::Staff(account_id) => account_id.to_string(),
            Self::CommandLine(person) => person.name.clone(),
        }
    }

    /// The operating system's user, where it is known.
    pub fn system_user(&self) -> Option<&str> {
        match self {
            Self::Staff(_) => None,
            Self::CommandLine(person) => person.system_user.as_deref(),
        }
    }

    /// The account of a member of staff.
    pub fn account_id(&self) -> Option<AccountId> {
        match self {
            Self::Staff(account_id) => Some(*account_id),
            Self::CommandLine(_) => None,
        }
    }

    /// Whether both are one person; names at the command line are the same however they are written.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Staff(one), Self::Staff(other)) => one == other,
            (Self::CommandLine(one), Self::CommandLine(other)) => {
                is_same_name(&one.name, &other.name)
            }
            (Self::Staff(_), Self::CommandLine(_)) | (Self::CommandLine(_), Self::Staff(_)) => {
                false
            }
        }
    }
}

/// Whether two names mean one person, however they are written.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    let fold = |name| crate::fold(name).to_lowercase();
    fold(one) == fold(other)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use rstest::rstest;

    use super::*;

    fn named(name: &str, user: Option<&str>) -> ResponsiblePerson {
        ResponsiblePerson::CommandLine(PersonName {
            name: name.to_owned(),
            system_user: user.map(str::to_owned),
        })
    }

    #[rstest]
    #[case::of_staff(ResponsiblePerson::Staff(AccountId::new(DateTime::UNIX_EPOCH, [7; 10])))]
    #[case::with_a_system_user(named("wang", Some("root")))]
    #[case::without_a_system_user(named("李华", None))]
    fn a_person_reads_as_they_were_stored(#[case] person: ResponsiblePerson) {
        let user = person.system_user().map(str::to_owned);
        let read = ResponsiblePerson::of_columns(person.stored_name(), user);
        assert_eq!(read, person);
    }

    #[test]
    fn the_same_person_has_the_same_name_however_it_is_typed() {
        let account_id = AccountId::new(DateTime::UNIX_EPOCH, [7; 10]);
        assert!(named("Wang", None).is_same(&named("ＷＡＮＧ", Some("root"))));
        assert!(!named("wang", None).is_same(&named("li", None)));
        assert!(!ResponsiblePerson::Staff(account_id).is_same(&named("wang", None)));
    }
}
