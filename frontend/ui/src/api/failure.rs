//! What a failure says.

use client::Failure;

/// The status of a call that needs a session.
pub(super) const UNAUTHORISED: u16 = 401;

/// From this status on, the fault is the server's.
const SERVER_ERROR: i32 = 500;

/// Whether the same call may work a little later: no answer came, or the fault is the server's.
pub fn may_pass(failure: &Failure) -> bool {
    match failure {
        Failure::Offline => true,
        Failure::Problem(problem) => problem.status >= SERVER_ERROR,
        Failure::Unexpected { status } => {
            status.is_some_and(|status| i32::from(status) >= SERVER_ERROR)
        }
    }
}

/// Whether a failure says that there is no session.
pub fn needs_session(failure: &Failure) -> bool {
    match failure {
        Failure::Problem(problem) => problem.status == i32::from(UNAUTHORISED),
        Failure::Offline | Failure::Unexpected { .. } => false,
    }
}

/// Whether a failure is one of some problems, by their codes. What the first load brings asks so, since [`code`] brings the
/// table of all codes.
pub fn is_one_of(failure: &Failure, codes: &[&str]) -> bool {
    match failure {
        Failure::Problem(problem) => codes.contains(&problem.code.as_str()),
        Failure::Offline | Failure::Unexpected { .. } => false,
    }
}

/// The code of a problem; none where no answer came.
pub fn code(failure: &Failure) -> Option<domain::ProblemCode> {
    match failure {
        Failure::Problem(problem) => domain::ProblemCode::parse(&problem.code),
        Failure::Offline | Failure::Unexpected { .. } => None,
    }
}
