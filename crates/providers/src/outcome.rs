//! What a call to a payment provider tells us: yes, no, or nothing we may rely on.

use chrono::{DateTime, Utc};

/// The provider's definite refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRefusal {
    /// The provider's code, as received.
    pub code: String,
    /// The provider's explanation, for the log and for staff.
    pub message: String,
}

/// What is refused because of the account, whoever pays what. Source: docs/sources.md#wechat-pay, #alipay.
const ABOUT_THE_ACCOUNT: [&str; 7] = [
    "APPIDMCHIDNOTMATCH",
    "MCHNOTEXISTS",
    "NOAUTH",
    "ACCOUNTERROR",
    "isv.invalid-app-id",
    "isv.insufficient-isv-permissions",
    "isv.insufficient-user-permissions",
];

impl ProviderRefusal {
    /// Whether the account itself is refused: whoever tries next is refused too, until somebody puts it in order.
    pub fn is_about_the_account(&self) -> bool {
        // WeChat's documents and platform disagree about underscores.
        let bare = self.code.replace('_', "").to_ascii_uppercase();
        ABOUT_THE_ACCOUNT.contains(&bare.as_str())
            || ABOUT_THE_ACCOUNT.contains(&self.code.as_str())
    }

    /// The order names a product of another provider; nobody was asked.
    pub(crate) fn way() -> Self {
        Self {
            code: "WAY".to_owned(),
            message: "this provider does not have that product".to_owned(),
        }
    }
}

/// The three-way result of a payment call. A plain `Result` would invite reading a timeout as a
/// refusal, and a refusal is the only answer after which a number may be given up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Outcome<T> {
    /// Answered, and the answer's signature is good.
    Definite(T),
    /// Nothing was done, and repeating the call will not change that.
    Refused(ProviderRefusal),
    /// It may or may not have been done: query with the same number before deciding. Holds what
    /// was seen, for the log.
    Unknown(String),
}

impl<T> Outcome<T> {
    /// The same outcome of something made from the answer.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Definite(answer) => Outcome::Definite(make(answer)),
            Self::Refused(refusal) => Outcome::Refused(refusal),
            Self::Unknown(seen) => Outcome::Unknown(seen),
        }
    }
}

/// What is kept of a call beside its outcome: no secret and nothing personal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// The HTTP status; `None` where nothing was answered or nobody was asked.
    pub http_status: Option<u16>,
    /// The provider's number of the request, which its support asks for.
    pub request_id: Option<String>,
    /// The provider's code where it answered with one that is not success.
    pub code: Option<String>,
    /// What the provider's clock said.
    pub date: Option<DateTime<Utc>>,
}

/// An outcome with the trace of its call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Reply<T> {
    /// What the call tells us.
    pub outcome: Outcome<T>,
    /// What is kept of it.
    pub trace: Trace,
}

impl Trace {
    /// The reply of the call that left this trace.
    pub fn with<T>(self, outcome: Outcome<T>) -> Reply<T> {
        Reply {
            outcome,
            trace: self,
        }
    }
}

impl<T> Reply<T> {
    /// A reply that never came.
    pub fn lost(seen: impl Into<String>) -> Self {
        Trace::default().with(Outcome::Unknown(seen.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("NO_AUTH", true)]
    #[case("NOAUTH", true)]
    #[case("APPID_MCHID_NOT_MATCH", true)]
    #[case("MCH_NOT_EXISTS", true)]
    #[case("ACCOUNT_ERROR", true)]
    #[case("isv.invalid-app-id", true)]
    #[case("isv.invalid-parameter", false)]
    #[case("PARAM_ERROR", false)]
    #[case("RULE_LIMIT", false)]
    #[case("", false)]
    fn codes_about_the_account_are_known_however_they_are_written(
        #[case] code: &str,
        #[case] expected: bool,
    ) {
        let refusal = ProviderRefusal {
            code: code.to_owned(),
            message: String::new(),
        };
        assert_eq!(refusal.is_about_the_account(), expected, "{code}");
    }
}
