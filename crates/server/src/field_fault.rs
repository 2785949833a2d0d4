//! What is wrong with a field that cannot be read, as far as the reader's own message says it.

use actix_multipart::MultipartError;
use actix_web::HttpRequest;
use domain::{FieldError, ProblemCode, Refusal};

/// The most characters of a field's name that are repeated in an answer.
const NAME_MAX: usize = 64;

/// What serde says of a field's name, and what that means.
const MESSAGES: [(&str, ProblemCode); 3] = [
    ("missing field `", ProblemCode::RequestFieldMissing),
    ("unknown field `", ProblemCode::RequestFieldUnknown),
    ("duplicate field `", ProblemCode::RequestFieldRepeated),
];

/// Refuses a JSON body; `place` is the pointer of what was being read, empty for the whole body.
pub(crate) fn of_body(place: &str, message: &str) -> Refusal {
    match named(message) {
        Some((name, code)) => {
            let parent = place.strip_suffix(&format!("/{name}")).unwrap_or(place);
            Refusal::field(error(parent, name, code))
        }
        None => match place.rsplit_once('/') {
            Some((parent, name)) => {
                Refusal::field(error(parent, name, ProblemCode::RequestFieldUnreadable))
            }
            None => ProblemCode::RequestMalformed.into(),
        },
    }
}

/// Refuses the query of an address. A value that cannot be read is not told apart from the other parameters.
pub(crate) fn of_query(message: &str, request: &HttpRequest) -> Refusal {
    if let Some((name, code)) = named(message) {
        return Refusal::field(error("", name, code));
    }
    let pairs = request.query_string().split('&');
    let names: Vec<_> = pairs
        .filter_map(|pair| pair.split('=').next())
        .filter(|name| !name.is_empty())
        .collect();
    Refusal::field(error(
        "",
        &names.join(", "),
        ProblemCode::RequestFieldUnreadable,
    ))
}

/// Refuses a form for one of its fields; `None` where the fault is another.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the list grows; what is not about a field has a problem of its own"
)]
pub(crate) fn of_form(fault: &MultipartError) -> Option<Refusal> {
    let (name, code) = match fault {
        MultipartError::MissingField(name) => (name, ProblemCode::RequestFieldMissing),
        MultipartError::DuplicateField(name) => (name, ProblemCode::RequestFieldRepeated),
        MultipartError::UnknownField(name) => (name, ProblemCode::RequestFieldUnknown),
        MultipartError::Field { name, .. } if name == "frame" => {
            (name, ProblemCode::PhotoFrameUnreadable)
        }
        MultipartError::Field { name, .. } => (name, ProblemCode::RequestFieldUnreadable),
        _ => return None,
    };
    Some(Refusal::field(error("", name, code)))
}

/// The name in serde's message, and what it says of it.
fn named(message: &str) -> Option<(&str, ProblemCode)> {
    MESSAGES.iter().find_map(|(beginning, code)| {
        let (_, rest) = message.split_once(beginning)?;
        Some((rest.split('`').next()?, *code))
    })
}

fn error(parent: &str, name: &str, code: ProblemCode) -> FieldError {
    let name: String = name.chars().take(NAME_MAX).collect();
    FieldError::new(format!("{parent}/{name}"), code).with("field", name)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use actix_web::test::TestRequest;

    use super::*;

    /// The only field that a refusal names.
    fn only(refusal: &Refusal) -> (&str, ProblemCode) {
        assert_eq!(refusal.fields.len(), 1, "{refusal:?}");
        (&refusal.fields[0].pointer, refusal.fields[0].code)
    }

    #[rstest]
    #[case::missing(
        "",
        "missing field `name` at line 1",
        "/name",
        ProblemCode::RequestFieldMissing
    )]
    #[case::missing_inside(
        "/inner",
        "missing field `deep`",
        "/inner/deep",
        ProblemCode::RequestFieldMissing
    )]
    #[case::unknown(
        "/x",
        "unknown field `x`, expected `name`",
        "/x",
        ProblemCode::RequestFieldUnknown
    )]
    #[case::unknown_inside(
        "/inner/y",
        "unknown field `y`",
        "/inner/y",
        ProblemCode::RequestFieldUnknown
    )]
    #[case::repeated(
        "",
        "duplicate field `name`",
        "/name",
        ProblemCode::RequestFieldRepeated
    )]
    #[case::another_type(
        "/rows/3/n",
        "invalid type: string",
        "/rows/3/n",
        ProblemCode::RequestFieldUnreadable
    )]
    fn a_field_of_a_body_is_named(
        #[case] place: &str,
        #[case] message: &str,
        #[case] pointer: &str,
        #[case] code: ProblemCode,
    ) {
        assert_eq!(only(&of_body(place, message)), (pointer, code));
    }

    #[test]
    fn a_body_that_is_wrong_as_a_whole_names_no_field() {
        let refusal = of_body("", "expected value at line 1 column 1");
        assert_eq!(refusal, ProblemCode::RequestMalformed.into());
    }

    #[test]
    fn a_long_name_is_cut_off() {
        let message = format!("unknown field `{}`", "李".repeat(NAME_MAX + 1));
        let refusal = of_body("", &message);
        let expected = format!("/{}", "李".repeat(NAME_MAX));
        assert_eq!(
            only(&refusal),
            (&*expected, ProblemCode::RequestFieldUnknown)
        );
    }

    #[rstest]
    #[case::missing("", "missing field `q`", "/q", ProblemCode::RequestFieldMissing)]
    #[case::one_value(
        "limit=x",
        "invalid digit",
        "/limit",
        ProblemCode::RequestFieldUnreadable
    )]
    #[case::two_values(
        "limit=x&after=1",
        "invalid digit",
        "/limit, after",
        ProblemCode::RequestFieldUnreadable
    )]
    #[case::empty_pairs(
        "&&limit=x&",
        "invalid digit",
        "/limit",
        ProblemCode::RequestFieldUnreadable
    )]
    fn a_parameter_of_a_query_is_named(
        #[case] query: &str,
        #[case] message: &str,
        #[case] pointer: &str,
        #[case] code: ProblemCode,
    ) {
        let request = TestRequest::with_uri(&format!("/list?{query}")).to_http_request();
        assert_eq!(only(&of_query(message, &request)), (pointer, code));
    }

    #[rstest]
    #[case::missing(MultipartError::MissingField("photo".into()), ProblemCode::RequestFieldMissing)]
    #[case::repeated(MultipartError::DuplicateField("photo".into()), ProblemCode::RequestFieldRepeated)]
    #[case::unknown(MultipartError::UnknownField("photo".into()), ProblemCode::RequestFieldUnknown)]
    fn a_field_of_a_form_is_named(#[case] fault: MultipartError, #[case] code: ProblemCode) {
        assert_eq!(only(&of_form(&fault).unwrap()), ("/photo", code));
    }
}
