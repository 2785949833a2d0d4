//! What can go wrong with a call, the same for every operation.

use std::fmt::Debug;

use crate::generated::client::{ApiError, ApiOpError, HttpError};
use crate::generated::types::Problem;

/// Why a call gave no result. Every operation's error converts into it, so `?` is enough.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// No answer came: no network, or the server is out of reach. The call may have had its effect.
    #[error("no answer came")]
    Offline,
    /// The server said what is wrong, in the caller's language.
    #[error("{}: {}", .0.code, .0.title)]
    Problem(Box<Problem>),
    /// An answer that the document does not know, as from a proxy in between; `None` where no request was made.
    #[error("an unexpected answer: {status:?}")]
    Unexpected {
        /// The HTTP status.
        status: Option<u16>,
    },
}

impl<E: Debug> From<ApiOpError<E>> for Failure {
    fn from(error: ApiOpError<E>) -> Self {
        match error {
            ApiOpError::Api(answer) => answer.into(),
            ApiOpError::Transport(error) => error.into(),
        }
    }
}

impl<E> From<ApiError<E>> for Failure {
    /// Reads the body itself, since each operation has its own type for the same problem.
    fn from(answer: ApiError<E>) -> Self {
        serde_json::from_slice(&answer.raw_body).map_or(
            Self::Unexpected {
                status: Some(answer.status),
            },
            |problem| Self::Problem(Box::new(problem)),
        )
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Network(_) | HttpError::Middleware(_) | HttpError::Timeout => Self::Offline,
            HttpError::Serialization(_)
            | HttpError::Auth(_)
            | HttpError::ResponseTooLarge { .. }
            | HttpError::Config(_)
            | HttpError::Other(_) => Self::Unexpected { status: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;

    use super::*;

    fn answer(status: u16, body: &str) -> ApiOpError<()> {
        ApiOpError::Api(ApiError {
            status,
            headers: HeaderMap::new(),
            body: body.to_owned(),
            raw_body: body.as_bytes().to_vec(),
            typed: None,
            parse_error: None,
        })
    }

    #[test]
    fn a_problem_keeps_what_the_server_said() {
        let body = r#"{"type": "/api/docs/problems#rate_limited", "title": "Too often", "status": 429, "code": "login.too_often",
            "detail": "Try again later.", "instance": "/api/v1/auth/sms-challenges", "request_id": "r1",
            "retry_after_s": 30, "errors": []}"#;
        let failure = Failure::from(answer(429, body));
        let Failure::Problem(problem) = failure else {
            panic!("{failure:?}")
        };
        assert_eq!(
            (problem.code.as_str(), problem.retry_after_s),
            ("login.too_often", Some(30))
        );
    }

    #[test]
    fn a_page_of_a_proxy_is_unexpected() {
        assert_eq!(
            Failure::from(answer(502, "<h1>Bad Gateway</h1>")),
            Failure::Unexpected { status: Some(502) }
        );
    }

    #[test]
    fn silence_is_offline_and_our_own_fault_is_not() {
        assert_eq!(
            Failure::from(ApiOpError::<()>::Transport(HttpError::Timeout)),
            Failure::Offline
        );
        let unsendable = ApiOpError::<()>::Transport(HttpError::Serialization(String::new()));
        assert_eq!(
            Failure::from(unsendable),
            Failure::Unexpected { status: None }
        );
    }
}
