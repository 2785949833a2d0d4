//! A file that is sent as a whole and small enough to be held in memory.

use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::Payload;
use domain::{ProblemCode, Refusal};
use futures_util::StreamExt;

use crate::problem::Fault;

/// The whole file; one of more than `max` bytes is refused as soon as that is known.
pub(crate) async fn read(
    mut payload: Payload,
    request: &HttpRequest,
    max: u64,
) -> Result<Vec<u8>, Fault> {
    let too_large = || {
        let refusal = Refusal::from(ProblemCode::FileTooLarge);
        Fault::from(refusal.with("max_mb", max / 1_000_000))
    };
    let announced = request.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > max) {
        return Err(too_large());
    }
    let mut content = Vec::new();
    while let Some(piece) = payload.next().await {
        // A body that breaks off or is too slow ends with its connection.
        let piece = piece.map_err(|_| Fault::from(ProblemCode::RequestTimeout))?;
        content.extend_from_slice(&piece);
        if content.len() as u64 > max {
            return Err(too_large());
        }
    }
    Ok(content)
}
