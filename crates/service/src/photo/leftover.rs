//! Files without a photo: what is left behind where a server died after it had put them and before their row.

use chrono::TimeDelta;
use domain::audit::AuditExemption;
use domain::job::{Job, JobKind};
use domain::{JobId, KnownPhotoId, PhotoId, SchoolId};
use providers::blob::BlobKey;
use serde::{Deserialize, Serialize};
use store::StoreError;

use super::files::{self, Keys};
use crate::{Context, Failure};

/// By then a photo that was on its way is entered, or never will be.
const LOOK_AFTER: TimeDelta = TimeDelta::hours(1);

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
    let (id, key) = (context.new_id(JobId::new), keys.framed.as_str().to_owned());
    let job = Job {
        available_at: now + LOOK_AFTER,
        ..Job::new(
            id,
            JobKind::PhotoLeftover,
            key,
            serde_json::json!(upload),
            now,
        )
    };
    let tx = context.store.begin().await?;
    store::job::insert(&tx, &job).await?;
    Ok(store::commit(tx, AuditExemption::Attempt).await?)
}

/// Deletes the files that their photo does not name: it was not entered, or not framed so, or has other files since.
pub(crate) async fn discard_leftover(context: &Context, job: &Job) -> Result<(), Failure> {
    let on = context.store.reader();
    let upload: Upload = serde_json::from_value(job.payload.clone()).map_err(|_| corrupt())?;
    let mut named = store::photo::file_names(on, upload.school, upload.photo).await?;
    // A known item is framed from the library's photo, under whose id its files are sealed.
    let known = KnownPhotoId(upload.photo.0);
    for framing in store::seeded::framings_of(on, known).await? {
        named.extend(framing.names().cloned());
    }
    for name in upload.keys.iter().filter(|name| !named.contains(name)) {
        let key: BlobKey = name.parse().map_err(|_| corrupt())?;
        files::discard_one(context, &key).await;
    }
    Ok(())
}

fn corrupt() -> Failure {
    StoreError::corrupt("jobs.payload of an upload").into()
}
