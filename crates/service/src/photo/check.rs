//! Examining a file, away from the threads that answer requests.

use std::sync::Arc;

use bytes::Bytes;
use domain::{AccountId, ProblemCode, Refusal, refusal_of_file};
use photo::{
    Crop, DifferenceHash, FrameError, Framed, Limits, Measurements, Opened, PhotoOutcome, Rules,
    Verdict,
};

use super::engine::PhotoEngine;
use super::queue::{RETRY, Turn};
use super::refuse;
use super::spool::SpooledFile;
use crate::{Context, Failure};

/// The longest side of a thumbnail, in pixels.
const THUMBNAIL_PX: u16 = 240;

/// A file that may be submitted.
#[derive(Debug)]
pub(super) struct Accepted {
    /// The file as it was chosen, without metadata and without what follows the picture.
    pub(super) original: Bytes,
    /// The result, a JPEG.
    pub(super) framed: Vec<u8>,
    /// A small copy of the result, a JPEG.
    pub(super) thumb: Vec<u8>,
    /// What was measured.
    pub(super) measurements: Measurements,
    /// What was found; where it fails, the student has asked a person.
    pub(super) verdict: Verdict,
    /// The difference hash of the result.
    pub(super) hash: DifferenceHash,
}

/// How a file is to be examined.
pub(super) struct Wanted {
    /// The frame that was chosen.
    pub(super) frame: Crop,
    /// The rules of its task.
    pub(super) rules: Rules,
    /// Whether a person decides even where it fails: the student says that the check is wrong, or a reviewer looks at it.
    pub(super) is_contested: bool,
    /// By how many quarters the file is turned clockwise before; the frame is in the picture as it stands then.
    pub(super) quarters: u8,
}

/// Examines a file with all that the server can measure, under the rules of its task, and frames it. What is contested
/// is taken where a person can say that the check is wrong.
///
/// # Errors
/// What is wrong with the file, the frame or the photo.
pub(super) async fn check(
    turn: &Arc<Turn>,
    engine: Arc<PhotoEngine>,
    file: impl Future<Output = Result<Bytes, Failure>>,
    wanted: Wanted,
) -> Result<Accepted, Failure> {
    examined(turn, file, move |file| examine(&engine, file, &wanted)).await
}

/// Has a picture looked at in the account's turn, on a core of its own once there is one.
///
/// # Errors
/// `photo.being_checked`, `server.unavailable`; what `look` says.
pub(crate) async fn looked_at<T: Send + 'static>(
    context: &Context,
    owner: AccountId,
    picture: Bytes,
    look: impl FnOnce(Bytes) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let turn = Arc::new(context.photo_queue.place(owner)?.turn().await?);
    examined(&turn, async { Ok(picture) }, look).await
}

/// Has a file looked at on a core of its own, once there is one.
///
/// # Errors
/// What reading the file and `look` say.
pub(super) async fn examined<T: Send + 'static>(
    turn: &Arc<Turn>,
    file: impl Future<Output = Result<Bytes, Failure>>,
    look: impl FnOnce(Bytes) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (worker, turn) = (turn.worker().await?, Arc::clone(turn));
    // Only now: who waits for a worker holds no memory.
    let file = file.await?;
    let work = tokio::task::spawn_blocking(move || {
        let result = look(file);
        // Held to the end of the work, also where nobody waits for it any more.
        drop((worker, turn));
        result
    });
    work.await.unwrap_or_else(|error| {
        tracing::error!(%error, "A photo's examination broke off");
        Err(ProblemCode::PhotoDamaged.into())
    })
}

/// The bytes of an uploaded file.
pub(super) async fn read(file: SpooledFile) -> Result<Bytes, Failure> {
    file.read().await.map_err(|error| {
        tracing::warn!(%error, "An uploaded file could not be read back: {error}");
        Refusal::until(ProblemCode::ServerBusy, RETRY).into()
    })
}

fn examine(engine: &PhotoEngine, file: Bytes, wanted: &Wanted) -> Result<Accepted, Failure> {
    let (frame, rules) = (&wanted.frame, &wanted.rules);
    let file = match wanted.quarters {
        0 => file,
        quarters => {
            let turned = photo::turn(&file, quarters, &Limits::default());
            turned.map_err(refusal_of_file)?.into()
        }
    };
    let opened =
        Opened::new(&file, &Limits::default(), Some(frame), rules).map_err(refusal_of_file)?;
    let measurements = opened.measure(Some(engine.get()?));
    let verdict = photo::judge(&measurements, frame, rules);
    let is_for_a_person = wanted.is_contested && !verdict.is_final();
    if verdict.outcome == PhotoOutcome::Fail && !is_for_a_person {
        return Err(refuse::findings(verdict.findings, frame).into());
    }
    let framed = opened.frame(frame, rules).map_err(|error| match error {
        FrameError::Crop { .. } => ProblemCode::PhotoFrame.into(),
        FrameError::Rules(_) => Failure::Fault("a task has photo rules that cannot be kept"),
    })?;
    let original = photo::strip(&file, opened.facts()).map_err(refusal_of_file)?;
    // Only one of the two stays in memory.
    drop((opened, file));
    let verdict = verdict.with(framed.finding(rules));
    let thumb = thumbnail(&framed)?;
    let hash = DifferenceHash::of(&framed.picture);
    Ok(Accepted {
        original: original.into(),
        framed: framed.jpeg,
        thumb,
        measurements,
        verdict,
        hash,
    })
}

/// A small copy of a result, a JPEG.
pub(super) fn thumbnail(framed: &Framed) -> Result<Vec<u8>, Failure> {
    photo::thumbnail(&framed.picture, THUMBNAIL_PX)
        .map_err(|_| Failure::Fault("a framed photo could not be made small"))
}
