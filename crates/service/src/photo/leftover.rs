//! Files without a photo: what is left behind where a server died after it had put them and before their row.

use chrono::TimeDelta;
use domain::audit::AuditExemption;
use domain::{JobId, PhotoId, SchoolId};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::entity::job;

use super::files::{self, Keys};
use crate::{Context, Failure};

/// The kind of the work.
const KIND: &str = "photo.leftover";
/// By then a photo that was on its way is entered, or never will be.
const LOOK_AFTER: TimeDelta = TimeDelta::hours(1);
/// How many uploads one round looks at.
const BATCH: u64 = 50;

/// What there is to look for.
#[derive(Debug, Serialize, Deserialize)]
struct Upload {
    school: SchoolId,
    photo: PhotoId,
    keys: [String; 3],
}

/// Notes before files are put that they are to be looked for later.
pub(super) async fn expect(
    context: &Context,
    school: SchoolId,
    photo: PhotoId,
    keys: &Keys,
) -> Result<(), Failure> {
    let names = [&keys.original, &keys.framed, &keys.thumb];
    let upload = Upload {
        school,
        photo,
        keys: names.map(|key| key.as_str().to_owned()),
    };
    let now = context.now();
    let row = job::Model {
        id: context.new_id(JobId::new).0,
        kind: KIND.to_owned(),
        key: photo.to_string(),
        payload: serde_json::json!(upload),
        available_at: now + LOOK_AFTER,
        attempts: 0,
        leased_until: None,
        lease_owner: None,
        done_at: None,
        last_error: None,
        created_at: now,
    };
    let tx = context.store.begin().await?;
    store::insert(&tx, row).await?;
    Ok(store::commit(tx, AuditExemption::Attempt).await?)
}

/// Deletes files whose photo was not entered. Two servers may do so at once.
pub(super) async fn sweep(context: &Context) -> Result<(), Failure> {
    let on = context.store.reader();
    for job in store::job::due(on, KIND, context.now(), BATCH).await? {
        if let Err(error) = look_for(context, &job).await {
            let what = "The files of an upload could not be looked for";
            context.report_about(what, &job.key, &error);
        }
    }
    Ok(())
}

async fn look_for(context: &Context, job: &job::Model) -> Result<(), Failure> {
    let on = context.store.reader();
    let upload: Upload = serde_json::from_value(job.payload.clone()).map_err(|_| corrupt())?;
    if !store::photo::is_entered(on, upload.school, upload.photo).await? {
        let [original, framed, thumb] = upload.keys.map(|key| key.parse());
        let keys = Keys {
            original: original.map_err(|_| corrupt())?,
            framed: framed.map_err(|_| corrupt())?,
            thumb: thumb.map_err(|_| corrupt())?,
        };
        files::discard(context, &keys).await;
    }
    Ok(store::job::forget(context.store.writer(), job).await?)
}

fn corrupt() -> Failure {
    let what = "jobs.payload of an upload".into();
    StoreError::Corrupt { what }.into()
}
