//! Sending a file, or the part of it that is asked for. Source: RFC 9110, 13 and 14.

use actix_web::body::SizedStream;
use actix_web::http::header::{
    ACCEPT_RANGES, ByteRangeSpec, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    EntityTag, Header, HeaderValue, IF_NONE_MATCH, IF_RANGE, IfNoneMatch, RANGE, Range,
};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use domain::ProblemCode;
use futures_util::TryStreamExt;
use service::Context;
use service::object::Content;

use crate::problem::Fault;

/// A file that is sent out.
#[derive(Debug)]
pub(crate) struct Download {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// What tells its content from every other.
    pub(crate) tag: String,
    /// The content.
    pub(crate) content: Content,
}

/// Answers that the client has the file already, where it says so; the file need not be opened then.
pub(crate) fn not_modified(request: &HttpRequest, tag: &str) -> Option<HttpResponse> {
    // A header that cannot be read is as good as none.
    request.headers().get(IF_NONE_MATCH)?;
    let own = EntityTag::new_strong(tag.to_owned());
    let is_known = match IfNoneMatch::parse(request).ok()? {
        IfNoneMatch::Any => true,
        IfNoneMatch::Items(tags) => tags.iter().any(|tag| tag.weak_eq(&own)),
    };
    is_known.then(|| {
        HttpResponse::NotModified()
            .insert_header((ETAG, own))
            .finish()
    })
}

/// What is sent.
enum Part {
    Whole,
    /// From the first byte to the last.
    Between(u64, u64),
    /// A part that the file does not have.
    Outside,
}

/// Sends the file, or the part of it that is asked for.
pub(crate) fn send(
    context: &Data<Context>,
    request: &HttpRequest,
    file: &Download,
) -> HttpResponse {
    let length = file.content.length();
    let (mut response, range) = match part(request, &file.tag, length) {
        Part::Whole => (HttpResponse::Ok(), 0..length),
        Part::Between(first, last) => {
            let mut response = HttpResponse::PartialContent();
            let range = format!("bytes {first}-{last}/{length}");
            response.insert_header((CONTENT_RANGE, range));
            (response, first..last + 1)
        }
        Part::Outside => {
            let mut response = Fault::from(ProblemCode::RequestRange).error_response();
            if let Ok(value) = HeaderValue::from_str(&format!("bytes */{length}")) {
                response.headers_mut().insert(CONTENT_RANGE, value);
            }
            return response;
        }
    };
    let size = range.end - range.start;
    let context = Data::clone(context);
    // The client sees a body that ends too soon; the log has the reason.
    let body = file.content.read(range).inspect_err(move |error| {
        context.report("A file could not be sent to its end", error);
    });
    response
        .insert_header((CONTENT_TYPE, file.media_type))
        .insert_header((CONTENT_DISPOSITION, "attachment"))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((ETAG, EntityTag::new_strong(file.tag.clone())))
        .body(SizedStream::new(size, body))
}

/// The part that a request asks for. What cannot be read, several ranges at once, and a range of another version of the
/// file are answered with the whole.
fn part(request: &HttpRequest, tag: &str, length: u64) -> Part {
    let is_there = request.headers().contains_key(RANGE);
    let specs = match Range::parse(request) {
        Ok(Range::Bytes(specs)) if is_there => specs,
        Ok(_) | Err(_) => return Part::Whole,
    };
    let [spec] = &specs[..] else {
        return Part::Whole;
    };
    if matches!(spec, ByteRangeSpec::FromTo(first, last) if first > last) {
        return Part::Whole;
    }
    let own = EntityTag::new_strong(tag.to_owned()).to_string();
    let is_other = |value: &HeaderValue| value.as_bytes() != own.as_bytes();
    if request.headers().get(IF_RANGE).is_some_and(is_other) {
        return Part::Whole;
    }
    match spec.to_satisfiable_range(length) {
        Some((first, last)) => Part::Between(first, last),
        None => Part::Outside,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use rstest::rstest;

    use super::*;

    fn asked(range: &str, if_range: Option<&str>) -> String {
        let mut request = TestRequest::get().insert_header((RANGE, range));
        if let Some(tag) = if_range {
            request = request.insert_header((IF_RANGE, tag));
        }
        match part(&request.to_http_request(), "abc", 100) {
            Part::Whole => "whole".to_owned(),
            Part::Between(first, last) => format!("{first}-{last}"),
            Part::Outside => "outside".to_owned(),
        }
    }

    #[rstest]
    #[case::first_bytes("bytes=0-9", "0-9")]
    #[case::from_the_middle("bytes=50-", "50-99")]
    #[case::last_bytes("bytes=-10", "90-99")]
    #[case::more_than_there_is_from_the_end("bytes=-1000", "0-99")]
    #[case::more_than_there_is("bytes=90-1000", "90-99")]
    #[case::last_byte("bytes=99-99", "99-99")]
    #[case::behind_the_end("bytes=100-", "outside")]
    #[case::none_from_the_end("bytes=-0", "outside")]
    #[case::backwards("bytes=9-0", "whole")]
    #[case::two_ranges("bytes=0-1,5-6", "whole")]
    #[case::another_unit("lines=0-9", "whole")]
    #[case::no_numbers("bytes=a-b", "whole")]
    #[case::empty("", "whole")]
    fn one_range_that_can_be_read_is_answered(#[case] range: &str, #[case] expected: &str) {
        assert_eq!(asked(range, None), expected, "{range}");
    }

    #[rstest]
    #[case::same("\"abc\"", "0-9")]
    #[case::another("\"old\"", "whole")]
    #[case::weak("W/\"abc\"", "whole")]
    fn a_range_of_another_version_is_not_answered(#[case] tag: &str, #[case] expected: &str) {
        assert_eq!(asked("bytes=0-9", Some(tag)), expected);
    }

    #[rstest]
    #[case::same("\"abc\"", true)]
    #[case::weak("W/\"abc\"", true)]
    #[case::one_of_several("\"old\", \"abc\"", true)]
    #[case::any("*", true)]
    #[case::another("\"old\"", false)]
    #[case::unreadable("abc", false)]
    fn a_file_that_the_client_has_is_not_sent_again(#[case] header: &str, #[case] is_known: bool) {
        let request = TestRequest::get().insert_header((IF_NONE_MATCH, header));
        let answer = not_modified(&request.to_http_request(), "abc");
        assert_eq!(answer.is_some(), is_known);
        assert!(
            answer
                .is_none_or(|answer| answer.status() == 304 && answer.headers().contains_key(ETAG))
        );
    }

    #[test]
    fn a_client_that_says_nothing_is_sent_the_file() {
        assert!(not_modified(&TestRequest::get().to_http_request(), "abc").is_none());
    }
}
