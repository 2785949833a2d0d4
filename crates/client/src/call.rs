//! Calls as plain data: what is asked, and how the answer is read.

use std::fmt::Write;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Failure, Problem, json};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something, or does something.
    Post,
    /// Changes a part of something.
    Patch,
    /// Puts something in another's place.
    Put,
    /// Ends something.
    Delete,
}

impl Method {
    /// As HTTP writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What is asked of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path with the query, below the server's origin.
    pub path: String,
    /// Headers of this operation.
    pub headers: Vec<(&'static str, String)>,
    /// The body as JSON. A body of another kind (a form with a file) is added by whoever sends the call.
    pub json: Option<String>,
}

impl Request {
    /// A request to a path in which each `{}` stands for one of `values`.
    pub(crate) fn new(method: Method, template: &str, values: &[&str]) -> Self {
        let mut path = String::new();
        let mut values = values.iter();
        for (index, part) in template.split("{}").enumerate() {
            if index > 0 {
                path.extend(values.next().map(|value| escaped(value)));
            }
            path.push_str(part);
        }
        Self {
            method,
            path,
            headers: Vec::new(),
            json: None,
        }
    }

    /// Adds a parameter to the query; nothing where there is no value.
    pub(crate) fn query(mut self, name: &str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.path
                .push(if self.path.contains('?') { '&' } else { '?' });
            self.path.push_str(name);
            self.path.push('=');
            self.path.push_str(&escaped(&value.to_string()));
        }
        self
    }

    /// Adds a header; nothing where there is no value.
    pub(crate) fn header(mut self, name: &'static str, value: Option<&str>) -> Self {
        self.headers
            .extend(value.map(|value| (name, value.to_owned())));
        self
    }

    /// Sets the body.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        // Models are made of texts, numbers and lists, which can always be written.
        self.json = serde_json::to_string(body).ok();
        self
    }
}

/// What the server answered, whatever the status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// An operation with its parameters: what to ask, and how to read what comes back.
#[derive(Debug, Clone)]
pub struct Call<T> {
    /// What is asked.
    pub request: Request,
    read: fn(Answer) -> Result<T, Failure>,
}

impl<T> Call<T> {
    /// The same call under a key, for an operation that takes `Idempotency-Key`: sent twice it has one effect.
    #[must_use]
    pub fn with_idempotency_key(mut self, key: &str) -> Self {
        self.request = self.request.header("Idempotency-Key", Some(key));
        self
    }

    /// Reads the answer to this call.
    ///
    /// # Errors
    /// [`Failure::Problem`] as the server states it; [`Failure::Unexpected`], where the document does not know the answer.
    pub fn read(&self, answer: Answer) -> Result<T, Failure> {
        if (200..300).contains(&answer.status) {
            return (self.read)(answer);
        }
        let problem: Option<Problem> = json::read(&answer.body);
        Err(problem.map_or_else(
            || unexpected(&answer),
            |problem| Failure::Problem(Box::new(problem)),
        ))
    }
}

impl<T: DeserializeOwned> Call<T> {
    /// A call that is answered with JSON.
    pub(crate) fn json(request: Request) -> Self {
        Self {
            request,
            read: |answer| json::read(&answer.body).ok_or_else(|| unexpected(&answer)),
        }
    }
}

impl Call<()> {
    /// A call whose answer says nothing but that it was done.
    pub(crate) fn nothing(request: Request) -> Self {
        Self {
            request,
            read: |_| Ok(()),
        }
    }
}

impl Call<Vec<u8>> {
    /// A call that is answered with a file or a text.
    pub(crate) fn bytes(request: Request) -> Self {
        Self {
            request,
            read: |answer| Ok(answer.body),
        }
    }
}

fn unexpected(answer: &Answer) -> Failure {
    Failure::Unexpected {
        status: Some(answer.status),
    }
}

/// A value as it stands in a path or a query. Source: RFC 3986 section 2.3, the unreserved characters.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            body: body.as_bytes().to_vec(),
        }
    }

    fn call() -> Call<Vec<u32>> {
        Call::json(Request::new(Method::Get, "/", &[]))
    }

    #[test]
    fn values_cannot_leave_their_place() {
        let request = Request::new(Method::Get, "/a/{}/b/{}", &["x/../y?z", "北医"])
            .query("limit", None::<i64>)
            .query("prefix", Some("a&b=c"))
            .query("after", Some(7));
        assert_eq!(
            request.path,
            "/a/x%2F..%2Fy%3Fz/b/%E5%8C%97%E5%8C%BB?prefix=a%26b%3Dc&after=7"
        );
    }

    #[test]
    fn a_success_is_read_and_nonsense_is_not() {
        assert_eq!(call().read(answer(200, "[1, 2]")), Ok(vec![1, 2]));
        let unexpected = Failure::Unexpected { status: Some(200) };
        assert_eq!(call().read(answer(200, "<html>")), Err(unexpected));
    }

    #[test]
    fn a_problem_keeps_what_the_server_said() {
        let body = r#"{"type": "/api/docs/problems#rate_limited", "title": "Too often", "status": 429, "code": "login.too_often",
            "detail": "Try again later.", "instance": "/api/v1/auth/sms-challenges", "request_id": "r1",
            "retry_after_s": 30, "errors": []}"#;
        let Err(Failure::Problem(problem)) = call().read(answer(429, body)) else {
            panic!("no problem");
        };
        let told = (problem.code.as_str(), problem.retry_after_s);
        assert_eq!(told, ("login.too_often", Some(30)));
    }

    #[test]
    fn a_page_of_a_proxy_is_unexpected() {
        assert_eq!(
            call().read(answer(502, "<h1>Bad Gateway</h1>")),
            Err(Failure::Unexpected { status: Some(502) })
        );
    }

    #[rstest]
    #[case::no_parameter(&[], "/a")]
    #[case::one(&[("b", Some("1"))], "/a?b=1")]
    #[case::two(&[("b", Some("1")), ("c", Some("2"))], "/a?b=1&c=2")]
    #[case::the_first_without_a_value(&[("b", None), ("c", Some("2"))], "/a?c=2")]
    #[case::an_empty_value(&[("b", Some(""))], "/a?b=")]
    #[case::what_needs_no_escape(&[("b", Some("aZ09-._~"))], "/a?b=aZ09-._~")]
    #[case::what_needs_one(&[("b", Some("a b+%"))], "/a?b=a%20b%2B%25")]
    fn a_query_has_the_parameters_that_have_a_value(
        #[case] parameters: &[(&str, Option<&str>)],
        #[case] path: &str,
    ) {
        let request = Request::new(Method::Get, "/a", &[]);
        let add = |request: Request, one: &(&str, Option<&str>)| request.query(one.0, one.1);
        assert_eq!(parameters.iter().fold(request, add).path, path);
    }

    #[test]
    fn a_call_under_a_key_says_so() {
        let call = call().with_idempotency_key("k1");
        let expected = [("Idempotency-Key", "k1".to_owned())];
        assert_eq!(call.request.headers, expected);
    }

    #[test]
    fn a_header_without_a_value_is_left_out() {
        let request = Request::new(Method::Get, "/", &[]).header("If-Match", None);
        assert!(request.headers.is_empty());
    }

    #[rstest]
    #[case::an_empty_answer("")]
    #[case::nonsense("<html>")]
    fn what_is_done_needs_no_answer(#[case] body: &str) {
        let call = Call::nothing(Request::new(Method::Delete, "/", &[]));
        assert_eq!(call.read(answer(204, body)), Ok(()));
    }

    #[test]
    fn a_file_is_taken_as_it_comes() {
        let call = Call::bytes(Request::new(Method::Get, "/", &[]));
        assert_eq!(call.read(answer(200, "<html>")), Ok(b"<html>".to_vec()));
        let failed = Failure::Unexpected { status: Some(302) };
        assert_eq!(call.read(answer(302, "<html>")), Err(failed));
    }
}
