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
