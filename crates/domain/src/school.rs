//! Schools: the units that open collection tasks.

use chrono::{DateTime, TimeDelta, Utc};

use crate::word::words;
use crate::{FieldError, ProblemCode, SchoolAliasId, SchoolId, fold};

/// The most characters of a school's name, and of each other name.
pub const NAME_LENGTH: usize = 60;
/// How many other names a school has at most.
pub const MOST_ALIASES: usize = 20;
/// The most characters of a school's contact.
pub const CONTACT_LENGTH: usize = 100;
/// The farthest that the clock of a test school can be from the real time.
pub const LONGEST_CLOCK_OFFSET: TimeDelta = TimeDelta::days(3650);
/// The digits of the Ministry's code.
pub const CODE_LENGTH: usize = 5;

words! {
    /// Whether a school takes part.
    SchoolState {
        /// It takes part.
        Active = "active", "正常", "active";
        /// It does not take part any more.
        Suspended = "suspended", "已停用", "suspended";
    }
}

/// A school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Its id.
    pub id: SchoolId,
    /// The Ministry's code, five digits; several schools on this platform may share one.
    pub code: String,
    /// Its name on this platform, as people write it.
    pub name: String,
    /// Its name as it is looked up; no other school has it.
    pub name_folded: String,
    /// Whether it takes part.
    pub state: SchoolState,
    /// Whom the bureau reaches there; empty for nobody.
    pub contact: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i32,
    /// Whether it is there for trying the API: students cannot find it, and it counts nowhere.
    pub is_test: bool,
    /// How far the clock of a test school is ahead of the real time.
    pub clock_offset: TimeDelta,
}

impl School {
    /// The time of its clock.
    pub fn now(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + self.clock_offset
    }
}

/// Another name by which a school is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolAlias {
    /// Its id.
    pub id: SchoolAliasId,
    /// The school that it names.
    pub school_id: SchoolId,
    /// The name, as people write it.
    pub alias: String,
    /// The name as it is looked up; a school has it once.
    pub alias_folded: String,
}

/// What of a school an operator writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchoolDraft {
    /// The Ministry's code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Other names by which it is found; its initials are found by themselves.
    pub aliases: Vec<String>,
    /// Whom the bureau reaches there.
    pub contact: String,
}

impl SchoolDraft {
    /// The draft as it is kept: without spaces around its texts, and each other name once.
    ///
    /// # Errors
    /// What is wrong with which field.
    pub fn read(self) -> Result<Self, Vec<FieldError>> {
        let name = self.name.trim().to_owned();
        let mut aliases: Vec<String> = Vec::new();
        for alias in self.aliases.iter().map(|alias| alias.trim()) {
            let is_known = |known: &String| fold(known) == fold(alias);
            if !alias.is_empty() && !aliases.iter().any(is_known) {
                aliases.push(alias.to_owned());
            }
        }
        let draft = Self {
            code: self.code.trim().to_owned(),
            name,
            aliases,
            contact: self.contact.trim().to_owned(),
        };
        let errors = draft.errors();
        if errors.is_empty() {
            Ok(draft)
        } else {
            Err(errors)
        }
    }

    fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let is_digits = self.code.bytes().all(|byte| byte.is_ascii_digit());
        if self.code.len() != CODE_LENGTH || !is_digits {
            errors.push(FieldError::new("/code", ProblemCode::SchoolCode));
        }
        if !is_name(&self.name) {
            let error = FieldError::new("/name", ProblemCode::SchoolName);
            errors.push(error.with("max", NAME_LENGTH));
        }
        if self.aliases.len() > MOST_ALIASES || !self.aliases.iter().all(|alias| is_name(alias)) {
            let error = FieldError::new("/aliases", ProblemCode::SchoolAliases);
            let error = error.with("count", MOST_ALIASES);
            errors.push(error.with("max", NAME_LENGTH));
        }
        if self.contact.chars().count() > CONTACT_LENGTH {
            let error = FieldError::new("/contact", ProblemCode::SchoolContact);
            errors.push(error.with("max", CONTACT_LENGTH));
        }
        errors
    }
}

/// Whether a text can be the name of a school: something is left of it where it is looked up.
fn is_name(name: &str) -> bool {
    (1..=NAME_LENGTH).contains(&name.chars().count())
        && !name.chars().any(char::is_control)
        && !fold(name).is_empty()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn long_name() -> String {
        "校".repeat(NAME_LENGTH + 1)
    }

    fn many_aliases() -> Vec<String> {
        let all = (0..=MOST_ALIASES).map(|number| format!("校{number}"));
        all.collect()
    }

    fn draft(code: &str, name: &str, aliases: &[&str]) -> SchoolDraft {
        SchoolDraft {
            code: code.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            contact: " 教务处 ".to_owned(),
        }
    }

    #[test]
    fn a_draft_is_kept_without_spaces_and_repetitions() {
        let read = draft(
            " 00335 ",
            " 示例大学（南校区） ",
            &["南校区", " 南校区", "", "ＮＸＱ"],
        );
        let expected = SchoolDraft {
            contact: "教务处".to_owned(),
            ..draft("00335", "示例大学（南校区）", &["南校区", "ＮＸＱ"])
        };
        assert_eq!(read.read(), Ok(expected));
    }

    #[rstest]
    #[case::a_short_code("1000", "大学", &[], &["/code"])]
    #[case::a_letter_in_the_code("1000a", "大学", &[], &["/code"])]
    #[case::wide_digits("１０００１", "大学", &[], &["/code"])]
    #[case::a_blank_name("10001", " ", &[], &["/name"])]
    #[case::a_line_break_in_the_name("10001", "大\n学", &[], &["/name"])]
    #[case::a_long_name("10001", &long_name(), &[], &["/name"])]
    #[case::too_many_aliases(
        "10001",
        "大学",
        &many_aliases(),
        &["/aliases"],
    )]
    #[case::everything_at_once("", "", &[long_name()], &["/code", "/name", "/aliases"])]
    fn what_is_wrong_is_told_field_by_field(
        #[case] code: &str,
        #[case] name: &str,
        #[case] aliases: &[String],
        #[case] pointers: &[&str],
    ) {
        let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
        let errors = draft(code, name, &aliases).read().unwrap_err();
        let told: Vec<_> = errors.iter().map(|one| one.pointer.as_ref()).collect();
        assert_eq!(told, pointers);
    }
}
