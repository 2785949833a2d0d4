//! How long the parts of an address may be: every path segment and every query parameter of every route.

use actix_web::HttpRequest;
use domain::{ProblemCode, Refusal};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, ResponseBuilder};

/// The longest path segment in bytes, as sent. The longest of ours, a file name of the web app, has about 80.
const SEGMENT_BYTES: usize = 256;
/// The longest query parameter in bytes, name and value as sent: 100 Chinese characters are 900 bytes, a signature with
/// which Alipay sends a browser back about 400.
const PARAMETER_BYTES: usize = 1_024;
/// The most query parameters. Alipay sends a browser back with about 15.
const PARAMETERS: usize = 64;

/// Looks at a request's address before anything else does.
///
/// # Errors
/// The refusal of one that is too long.
pub(crate) fn check(request: &HttpRequest) -> Result<(), Refusal> {
    let uri = request.uri();
    if is_allowed(uri.path(), uri.query().unwrap_or_default()) {
        Ok(())
    } else {
        Err(ProblemCode::RequestAddressLong.into())
    }
}

fn is_allowed(path: &str, query: &str) -> bool {
    path.split('/')
        .all(|segment| segment.len() <= SEGMENT_BYTES)
        && query
            .split('&')
            .all(|parameter| parameter.len() <= PARAMETER_BYTES)
        && query.split('&').count() <= PARAMETERS
}

/// Adds the refusal to every operation of the document.
pub(crate) fn describe(document: &mut OpenApi) {
    let problem = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(problem)).build();
    let refused = ResponseBuilder::new()
        .description(
            "A part of the path has more than 256 bytes, or a query parameter more than 1,024.",
        )
        .content("application/problem+json", content)
        .build();
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            let responses = &mut operation.responses.responses;
            responses.insert("414".to_owned(), refused.clone().into());
        }
    }
}

/// The operations of a path.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let all = [
        item.get.as_mut(),
        item.post.as_mut(),
        item.patch.as_mut(),
        item.put.as_mut(),
        item.delete.as_mut(),
    ];
    all.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::is_allowed;
    use rstest::rstest;

    fn long(bytes: usize) -> String {
        "a".repeat(bytes)
    }

    #[rstest]
    #[case::usual("/api/v1/me".to_owned(), String::new(), true)]
    #[case::longest_part(format!("/{}", long(256)), String::new(), true)]
    #[case::part_too_long(format!("/{}", long(257)), String::new(), false)]
    #[case::inner_part_too_long(format!("/a/{}/b", long(257)), String::new(), false)]
    #[case::two_long_parts(format!("/{}/{}", long(256), long(256)), String::new(), true)]
    #[case::longest_query("/".to_owned(), format!("q={}", long(1_022)), true)]
    #[case::query_too_long("/".to_owned(), format!("q={}", long(1_023)), false)]
    #[case::pair_too_long("/".to_owned(), format!("a=1&{}&b=2", long(1_025)), false)]
    #[case::most_pairs("/".to_owned(), "a&".repeat(63), true)]
    #[case::too_many_pairs("/".to_owned(), "a&".repeat(64), false)]
    fn every_part_of_an_address_has_a_limit(
        #[case] path: String,
        #[case] query: String,
        #[case] allowed: bool,
    ) {
        assert_eq!(is_allowed(&path, &query), allowed, "{path} {query}");
    }
}
