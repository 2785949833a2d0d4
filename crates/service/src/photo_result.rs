//! Files of results about delivered photos: what the school or the Ministry's platform refuses goes back to its student, who
//! can send another photo without paying again. Every file is first looked at; applying it names how many photos go back.

mod file;

use std::collections::{BTreeMap, HashSet};

use domain::access::{Actor, Permission};
use domain::id_document::normalise;
use domain::photo_result::{
    MOST_LISTED_ROWS, MOST_REFUSALS, ResultMeaning, ResultSource, ResultVerdict,
    ThreeWayComparison, result_meaning,
};
use domain::review::RejectReason;
use domain::{KeyedHash, PhotoId, ProblemCode, Refusal, RosterEntryId};
use store::photo_result::ResultIndex;
use store::roster::RosterKey;

use crate::idempotency::KeyedRequest;
use crate::overview::task_of;
use crate::photo::{PhotoVersion, RefusedPhoto, refuse};
use crate::vault::TaskIndex;
use crate::{Context, Failure};
pub use file::RESULT_FILE_MAX;
use file::ResultLine;

/// A file of results, as it was sent.
#[derive(Debug)]
pub struct ResultFile {
    /// Whose results.
    pub source: ResultSource,
    /// The file.
    pub content: Vec<u8>,
    /// How many photos it is to send back, as a person saw it; `None` where they have not looked yet.
    pub refusals: Option<u64>,
}

/// What became of a row, or would.
#[derive(Debug, Clone)]
pub struct ResultRow {
    /// The row of the file.
    pub number: u64,
    /// What.
    pub verdict: ResultVerdict,
    /// The student; `None` where nobody was found.
    pub entry_id: Option<RosterEntryId>,
    /// Why the photo goes back.
    pub reasons: Vec<RejectReason>,
}

/// What a file comes to.
#[derive(Debug, Clone)]
pub struct ResultReport {
    /// Whether it was applied.
    pub is_applied: bool,
    /// How many rows came to what.
    pub counts: BTreeMap<ResultVerdict, u64>,
    /// The rows that somebody should look at, in the order of the file, at most [`MOST_LISTED_ROWS`].
    pub rows: Vec<ResultRow>,
    /// The roster, our photos and the file side by side.
    pub comparison: ThreeWayComparison,
}

/// A photo that goes back.
struct Returned {
    row: usize,
    photo_id: PhotoId,
    reasons: Vec<RejectReason>,
    note: Option<String>,
}

/// Looks at a file of results and, where it says how many photos go back, sends them back.
///
/// # Errors
/// `task.unknown`; `photo_result.file_unreadable`; `photo_result.columns_missing`; `photo_result.too_many_refusals`;
/// `request.version_conflict` where other photos would go back than a person saw.
pub async fn take(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    file: ResultFile,
) -> Result<ResultReport, Failure> {
    let task = task_of(context, actor, Permission::TakeOverPhotos, task_id).await?;
    let lines = file::read(file.content).await?;
    let refusing = lines.iter().filter(|line| {
        matches!(
            result_meaning(file.source, &line.result),
            ResultMeaning::Refused { .. }
        )
    });
    if refusing.count() > MOST_REFUSALS {
        let refusal = Refusal::from(ProblemCode::PhotoResultMany);
        return Err(refusal.with("max", MOST_REFUSALS).into());
    }
    let keys = context.task_index(task.id).await?;
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    let index = store::photo_result::index(context.store.reader(), roster).await?;
    let (mut rows, returned, comparison) = judge(file.source, &lines, &keys, &index);
    let count = u64::try_from(returned.len()).unwrap_or(u64::MAX);
    if let Some(seen) = file.refusals {
        if seen != count {
            return Err(ProblemCode::VersionConflict.into());
        }
        for one in returned {
            let is_back = send_back(context, actor, task_id, &one).await?;
            if !is_back && let Some(row) = rows.get_mut(one.row) {
                row.verdict = ResultVerdict::NoPhoto;
            }
        }
    }
    Ok(report(rows, comparison, file.refusals.is_some()))
}

/// Says of every row what becomes of it, which photos go back, and how roster, photos and file compare.
fn judge(
    source: ResultSource,
    lines: &[ResultLine],
    keys: &TaskIndex,
    index: &ResultIndex,
) -> (Vec<ResultRow>, Vec<Returned>, ThreeWayComparison) {
    let (mut rows, mut returned) = (Vec::with_capacity(lines.len()), Vec::new());
    let (mut seen, mut comparison) = (HashSet::new(), ThreeWayComparison::default());
    for line in lines {
        let mut row = ResultRow {
            number: line.number,
            verdict: ResultVerdict::NoKey,
            entry_id: None,
            reasons: Vec::new(),
        };
        match student(line, keys, index) {
            Err(verdict) => {
                row.verdict = verdict;
                comparison.not_listed += u64::from(verdict == ResultVerdict::UnknownKey);
            }
            Ok(entry) => {
                row.entry_id = Some(entry);
                let meaning = result_meaning(source, &line.result);
                let photo = index.accepted(entry);
                row.verdict = match (&meaning, photo) {
                    _ if !seen.insert(entry) => ResultVerdict::Duplicate,
                    (ResultMeaning::Unclear, _) => ResultVerdict::Unclear,
                    (ResultMeaning::Passed, _) => ResultVerdict::Passed,
                    (ResultMeaning::Exists, _) => ResultVerdict::Exists,
                    (ResultMeaning::Refused { .. }, None) => ResultVerdict::NoPhoto,
                    (ResultMeaning::Refused { .. }, Some(_)) => ResultVerdict::Refused,
                };
                if let (ResultMeaning::Refused { reasons, note }, Some(photo_id)) = (meaning, photo)
                    && row.verdict == ResultVerdict::Refused
                {
                    row.reasons.clone_from(&reasons);
                    returned.push(Returned {
                        row: rows.len(),
                        photo_id,
                        reasons,
                        note,
                    });
                }
            }
        }
        rows.push(row);
    }
    for (entry, is_accepted) in index.listed() {
        match (is_accepted, seen.contains(&entry)) {
            (true, true) => comparison.everywhere += 1,
            (true, false) => comparison.not_in_file += 1,
            (false, true) => comparison.not_accepted += 1,
            (false, false) => comparison.only_listed += 1,
        }
    }
    (rows, returned, comparison)
}

/// The student whom a row names: by the student number, else by the document number.
fn student(
    line: &ResultLine,
    keys: &TaskIndex,
    index: &ResultIndex,
) -> Result<RosterEntryId, ResultVerdict> {
    let numbers = [&line.student_no, &line.document_number];
    let numbers = numbers.into_iter().filter(|number| !number.is_empty());
    let mut verdict = ResultVerdict::NoKey;
    for number in numbers {
        let found = keys.to_find(&normalise(number)).into_iter();
        let found: Vec<KeyedHash> = found.map(Into::into).collect();
        match index.entries(&found)[..] {
            [only] => return Ok(only),
            [] => verdict = ResultVerdict::UnknownKey,
            // Of one person at two levels, the photo that is accepted is meant.
            ref several => {
                let with_photo = several.iter().filter(|one| index.accepted(**one).is_some());
                let with_photo: Vec<&RosterEntryId> = with_photo.collect();
                match with_photo[..] {
                    [only] => return Ok(*only),
                    _ => return Err(ResultVerdict::Ambiguous),
                }
            }
        }
    }
    Err(verdict)
}

/// Sends a photo back; whether it was still accepted.
async fn send_back(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    one: &Returned,
) -> Result<bool, Failure> {
    let photo_id = one.photo_id.to_string();
    let meant = PhotoVersion {
        task_id,
        photo_id: &photo_id,
        version: None,
    };
    let reasons: Vec<String> = one.reasons.iter().map(ToString::to_string).collect();
    let refused = RefusedPhoto {
        reasons: &reasons,
        note: one.note.as_deref(),
    };
    // A photo that went back is not accepted any more: no key is needed against repetition.
    let keyless = KeyedRequest::default();
    match Box::pin(refuse(context, actor, &keyless, meant, refused)).await {
        Ok(_) => Ok(true),
        Err(Failure::Refused(refusal)) if refusal.code == ProblemCode::PhotoState => Ok(false),
        Err(error) => Err(error),
    }
}

fn report(rows: Vec<ResultRow>, comparison: ThreeWayComparison, is_applied: bool) -> ResultReport {
    let mut counts = BTreeMap::new();
    for row in &rows {
        *counts.entry(row.verdict).or_default() += 1;
    }
    let is_told = |row: &ResultRow| match row.verdict {
        ResultVerdict::Passed | ResultVerdict::Exists => false,
        ResultVerdict::Refused
        | ResultVerdict::NoPhoto
        | ResultVerdict::UnknownKey
        | ResultVerdict::NoKey
        | ResultVerdict::Duplicate
        | ResultVerdict::Ambiguous
        | ResultVerdict::Unclear => true,
    };
    let told = rows.into_iter().filter(is_told);
    ResultReport {
        is_applied,
        counts,
        rows: told.take(MOST_LISTED_ROWS).collect(),
        comparison,
    }
}
