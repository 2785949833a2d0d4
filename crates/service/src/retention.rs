//! Deleting what is too old, as `domain::retention` says: one round an hour, in batches.

mod note;
mod orphan;

use chrono::{DateTime, TimeDelta, Utc};
use domain::audit::AuditExemption;
use domain::retention::{BATCH, BATCHES, ROUND_AFTER_MUCH, ROUND_EVERY, RULES, Record, Rule};
use domain::submitted_photo::SubmittedPhoto;
use serde_json::Value;

use crate::photo::{self, Files};
use crate::{Context, Failure, audit, delivery, roster};
pub(crate) use note::seal_plain;

/// How long the file of an import waits for a decision.
const ROSTER_FILE_KEPT: TimeDelta = TimeDelta::days(7);

/// What a round came to.
#[derive(Debug, Clone)]
pub struct Round {
    /// Where the next round goes on.
    pub progress: Value,
    /// When.
    pub next_at: DateTime<Utc>,
}

/// Does a round, which goes on where the round before ended. Cut off anywhere, the next one does the rest.
///
/// # Errors
/// The first failure; what was deleted before stays deleted.
pub async fn round(context: &Context, progress: &Value) -> Result<Round, Failure> {
    let now = context.now();
    let is_finished = enforce(context, now).await?;
    seal_plain(context).await?;
    roster::discard_old(context, now - ROSTER_FILE_KEPT).await?;
    delivery::discard_outdated(context, now).await?;
    // The object store may be away; its folders come next time.
    let next = orphan::sweep(context, now, progress).await;
    let next = next.unwrap_or_else(|error| {
        tracing::warn!(error = ?error, "Files could not be looked through: {error}");
        progress.clone()
    });
    let pause = if is_finished {
        ROUND_EVERY
    } else {
        ROUND_AFTER_MUCH
    };
    Ok(Round {
        progress: next,
        next_at: now + pause,
    })
}

/// Enforces every rule; whether each came to its end.
async fn enforce(context: &Context, now: DateTime<Utc>) -> Result<bool, Failure> {
    // Only sealed entries of the audit log are deleted.
    audit::seal(context).await?;
    audit::renew_signatures(context).await?;
    let (mut is_finished, mut gone) = (true, serde_json::Map::new());
    for rule in RULES {
        let mut count = 0;
        for batch in 1..=BATCHES {
            let deleted = delete_batch(context, rule, now).await?;
            count += deleted;
            if deleted < BATCH {
                break;
            }
            is_finished &= batch < BATCHES;
        }
        if count > 0 {
            gone.insert(rule.record.as_str().to_owned(), Value::from(count));
            metrics::counter!("retention_deleted_total", "record" => rule.record.as_str())
                .increment(count);
        }
    }
    if !gone.is_empty() {
        let deleted = Value::Object(gone).to_string();
        tracing::info!(retention.deleted = deleted, "What was too old was deleted");
    }
    Ok(is_finished)
}

/// Deletes one batch in a transaction of its own; tells how much.
async fn delete_batch(context: &Context, rule: &Rule, now: DateTime<Utc>) -> Result<u64, Failure> {
    let before = rule.cutoff(now);
    let tx = context.store.begin().await?;
    let deleted = if rule.record == Record::PhotoFiles {
        let rows = store::retention::photos_out_of_use(&tx, before, BATCH).await?;
        erase_files(context, &tx, rows, Files::All).await?
    } else if rule.record == Record::PhotoOriginals {
        let rows = store::retention::accepted_with_original(&tx, before, BATCH).await?;
        erase_files(context, &tx, rows, Files::Original).await?
    } else if rule.record == Record::Audit {
        audit::delete_oldest(context, &tx, before, BATCH).await?
    } else {
        store::retention::delete_oldest(&tx, rule.record, before, BATCH).await?
    };
    store::commit(tx, AuditExemption::Retention).await?;
    Ok(deleted)
}

async fn erase_files(
    context: &Context,
    tx: &store::Tx,
    photos: Vec<SubmittedPhoto>,
    which: Files,
) -> Result<u64, Failure> {
    let count = photos.len() as u64;
    for photo in photos {
        photo::erase_files(context, tx, photo, which).await?;
    }
    Ok(count)
}
