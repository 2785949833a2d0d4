//! A refusal: what is not possible, why, and what to do, in facts that either language can tell.

use std::borrow::Cow;

use chrono::TimeDelta;

use crate::{Lang, ProblemCode, limit};

/// What went wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where: a JSON pointer such as `/phone`.
    pub pointer: Cow<'static, str>,
    /// What.
    pub code: ProblemCode,
    /// The facts that its text names.
    pub facts: Vec<(&'static str, String)>,
}

impl FieldError {
    /// An error whose text names no facts.
    pub fn new(pointer: impl Into<Cow<'static, str>>, code: ProblemCode) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            facts: Vec::new(),
        }
    }

    /// Adds a fact that the text names.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "facts are mostly numbers")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }

    /// What to tell the person.
    pub fn detail(&self, lang: Lang) -> String {
        fill(self.code.detail().get(lang), &self.facts)
    }
}

/// A refusal of a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", code.as_str())]
pub struct Refusal {
    /// What is refused, stable.
    pub code: ProblemCode,
    /// The facts that its text names.
    pub facts: Vec<(&'static str, String)>,
    /// What is wrong with which field.
    pub fields: Vec<FieldError>,
    /// What was found on a photo that is refused for it.
    pub findings: Vec<photo::Finding>,
    /// After how many seconds it may be tried again.
    pub retry_after_s: Option<i64>,
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Self {
            code,
            facts: Vec::new(),
            fields: Vec::new(),
            findings: Vec::new(),
            retry_after_s: None,
        }
    }
}

impl Refusal {
    /// A refusal that may be tried again after a wait; its text can name `{wait}`.
    pub fn until(code: ProblemCode, wait: TimeDelta) -> Self {
        let seconds = limit::whole_seconds(wait).max(1);
        Self {
            retry_after_s: Some(seconds),
            ..Self::from(code)
        }
    }

    /// Refuses for what is wrong with the fields; a single error is the refusal's own code, so that it is told as such.
    pub fn fields(fields: Vec<FieldError>) -> Self {
        match fields.as_slice() {
            [only] => Self {
                facts: only.facts.clone(),
                fields: fields.clone(),
                ..only.code.into()
            },
            _ => Self {
                fields,
                ..ProblemCode::RequestFields.into()
            },
        }
    }

    /// Refuses for one field.
    pub fn field(error: FieldError) -> Self {
        Self::fields(vec![error])
    }

    /// Adds a fact that the text names.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "facts are mostly numbers")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }

    /// What to tell the person: what happened, why, what to do now.
    pub fn detail(&self, lang: Lang) -> String {
        let text = fill(self.code.detail().get(lang), &self.facts);
        match self.retry_after_s {
            Some(seconds) => text.replace("{wait}", &wait_text(seconds, lang)),
            None => text,
        }
    }
}

/// A wait as a person says it.
pub fn wait_text(seconds: i64, lang: Lang) -> String {
    let minutes = seconds.div_euclid(60) + i64::from(seconds % 60 > 0);
    let hours = minutes.div_euclid(60) + i64::from(minutes % 60 > 0);
    let (count, unit) = match seconds {
        ..=90 => (seconds, ["秒", "second"]),
        91..=5400 => (minutes, ["分钟", "minute"]),
        _ => (hours, ["小时", "hour"]),
    };
    match lang {
        Lang::Zh => format!("{count} {}", unit[0]),
        Lang::En => format!("{count} {}{}", unit[1], if count == 1 { "" } else { "s" }),
    }
}

fn fill(text: &str, facts: &[(&'static str, String)]) -> String {
    facts.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_refusal_tells_its_facts_in_both_languages() {
        let refusal = Refusal::from(ProblemCode::LoginCodeWrong).with("tries_left", 3);
        assert!(refusal.detail(Lang::Zh).contains("3 次"));
        assert!(refusal.detail(Lang::En).contains("Tries left: 3"));
        let wait = Refusal::until(
            ProblemCode::LoginTooManySends,
            TimeDelta::milliseconds(59_001),
        );
        assert_eq!(wait.retry_after_s, Some(60));
        assert!(wait.detail(Lang::En).contains("60 seconds"));
    }

    #[test]
    fn one_field_is_the_refusals_own_code_and_several_are_listed() {
        let error = FieldError::new("/limit", ProblemCode::RequestPageSize).with("max", 100);
        let one = Refusal::field(error.clone());
        assert_eq!((one.code, one.fields.len()), (error.code, 1));
        assert_eq!(one.detail(Lang::En), error.detail(Lang::En));
        let two = Refusal::fields(vec![error.clone(), error]);
        assert_eq!(
            (two.code, two.fields.len()),
            (ProblemCode::RequestFields, 2)
        );
    }

    #[rstest]
    #[case::one_second(1, "1 秒", "1 second")]
    #[case::seconds(90, "90 秒", "90 seconds")]
    #[case::minutes(91, "2 分钟", "2 minutes")]
    #[case::many_minutes(5400, "90 分钟", "90 minutes")]
    #[case::hours(5401, "2 小时", "2 hours")]
    #[case::a_day(86_400, "24 小时", "24 hours")]
    fn a_wait_is_told_in_the_unit_that_people_use(
        #[case] seconds: i64,
        #[case] zh: &str,
        #[case] en: &str,
    ) {
        assert_eq!(
            (
                wait_text(seconds, Lang::Zh).as_str(),
                wait_text(seconds, Lang::En).as_str()
            ),
            (zh, en)
        );
    }
}
