//! The problems that many operations share, as entries of the API document.

use utoipa::IntoResponses;

use crate::problem::Problem;

macro_rules! answers {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident = $status:literal, $description:literal;)+ })+) => {$(
        $(#[$meta])*
        #[derive(IntoResponses)]
        #[expect(dead_code, reason = "read by the API document alone")]
        pub(crate) enum $name {
            $(
                #[doc = $description]
                #[response(status = $status, description = $description, content_type = "application/problem+json")]
                $variant(Problem),
            )+
        }
    )+};
}

answers! {
    /// A logged-in person reads.
    Reader {
        Required = 401, "Not logged in, or the session has ended.";
        Broken = 500, "The fault is ours; `request_id` names it in our logs.";
        Busy = 503, "The database or the object store does not answer; `Retry-After` says when to try again.";
    }
    /// A member of staff reads.
    StaffReader {
        Required = 401, "Not logged in, or the session has ended or was idle for too long.";
        Role = 403, "No role gives the permission, or the second factor is not confirmed.";
        Broken = 500, "The fault is ours; `request_id` names it in our logs.";
        Busy = 503, "The database or the object store does not answer; `Retry-After` says when to try again.";
    }
    /// A member of staff changes something.
    StaffSession {
        Required = 401, "Not logged in, or the session has ended or was idle for too long.";
        Role = 403, "No role gives the permission, the second factor is not confirmed or not fresh enough, or the request came from another site's page.";
        Broken = 500, "The fault is ours; `request_id` names it in our logs.";
        Busy = 503, "The database or the object store does not answer; `Retry-After` says when to try again.";
    }
    /// Somebody who need not be logged in reads.
    PublicReader {
        Broken = 500, "The fault is ours; `request_id` names it in our logs.";
        Busy = 503, "The database does not answer; `Retry-After` says when to try again.";
    }
    /// A logged-in person changes something.
    Session {
        Required = 401, "Not logged in, or the session has ended.";
        Origin = 403, "The request came from another site's page.";
        Broken = 500, "The fault is ours; `request_id` names it in our logs.";
        Busy = 503, "The database or the object store does not answer; `Retry-After` says when to try again.";
    }
    /// Somebody who need not be logged in changes something.
    Visitor {
        Origin = 403, "The request came from another site's page.";
        Broken = 500, "The fault is ours; `request_id` names it in our logs.";
        Busy = 503, "The database does not answer; `Retry-After` says when to try again.";
    }
    /// A key against repetition.
    Keyed {
        KeyMalformed = 400, "`Idempotency-Key` is not 1 to 255 visible ASCII characters.";
        KeyReused = 422, "`Idempotency-Key` was used for another request.";
    }
    /// A JSON body.
    Body {
        Malformed = 400, "The body is not JSON.";
        TooSlow = 408, "The body did not arrive in time.";
        TooLarge = 413, "The body is too large.";
        MediaType = 415, "The body is not `application/json`.";
        Fields = 422, "Fields are missing or wrong; `errors` says which.";
    }
    /// A query string.
    Query {
        Parameters = 422, "The query lacks a parameter, or one is wrong.";
    }
    /// A page of a list.
    Page {
        Place = 422, "The page or the filter cannot be read; `errors` says which parameter.";
    }
    /// Something that is not there, or not the caller's.
    Missing {
        Unknown = 404, "There is no such thing, or it is somebody else's.";
    }
    /// A state that does not allow the operation.
    State {
        Conflict = 409, "Its state does not allow this now.";
    }
    /// A service that we need does not answer.
    Outside {
        Unavailable = 503, "A service that we need does not answer; `Retry-After` says when to try again.";
    }
}
