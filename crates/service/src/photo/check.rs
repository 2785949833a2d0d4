//! Examining a file, away from the threads that answer requests.

use std::sync::Arc;

use bytes::Bytes;
use domain::{ProblemCode, refusal_of_file};
use photo::{Crop, Engine, FrameError, Limits, Measurements, Opened, Outcome, Rules, Verdict};

use super::queue::Turn;
use super::refuse;
use crate::Failure;

/// The longest side of a thumbnail, in pixels.
const THUMBNAIL_PX: u16 = 240;

/// A file that may be submitted.
#[derive(Debug)]
pub(super) struct Accepted {
    /// The result, a JPEG.
    pub(super) framed: Vec<u8>,
    /// A small copy of the result, a JPEG.
    pub(super) thumb: Vec<u8>,
    /// What was measured.
    pub(super) measurements: Measurements,
    /// What was found; it does not fail.
    pub(super) verdict: Verdict,
}

/// Examines a file with all that the server can measure, under the rules of its task, and frames it.
///
/// # Errors
/// What is wrong with the file or the frame.
pub(super) async fn check(
    turn: &Arc<Turn>,
    engine: Arc<Engine>,
    file: Bytes,
    (frame, rules): (Crop, Rules),
) -> Result<Accepted, Failure> {
    let (worker, turn) = (turn.worker().await?, Arc::clone(turn));
    let work = tokio::task::spawn_blocking(move || {
        let result = examine(&engine, &file, &frame, &rules);
        // Held to the end of the work, also where nobody waits for it any more.
        drop((worker, turn));
        result
    });
    work.await.unwrap_or_else(|error| {
        tracing::error!(%error, "A photo's examination broke off");
        Err(ProblemCode::PhotoDamaged.into())
    })
}

fn examine(engine: &Engine, file: &[u8], frame: &Crop, rules: &Rules) -> Result<Accepted, Failure> {
    let opened =
        Opened::new(file, &Limits::default(), Some(frame), rules).map_err(refusal_of_file)?;
    let measurements = opened.measure(Some(engine));
    let verdict = photo::judge(&measurements, frame, rules);
    if verdict.outcome == Outcome::Fail {
        return Err(refuse::findings(verdict.findings, frame).into());
    }
    let framed = opened.frame(frame, rules).map_err(|error| match error {
        FrameError::Crop { .. } => ProblemCode::PhotoFrame.into(),
        FrameError::Rules(_) => Failure::Fault("a task has photo rules that cannot be kept"),
    })?;
    drop(opened);
    let thumb = photo::thumbnail(&framed.picture, THUMBNAIL_PX)
        .map_err(|_| Failure::Fault("a framed photo could not be made small"))?;
    Ok(Accepted {
        framed: framed.jpeg,
        thumb,
        measurements,
        verdict,
    })
}
