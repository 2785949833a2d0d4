//! Handing over the photos of a package that the school has.

use domain::access::Reach;
use domain::audit::{AuditAction, AuditExemption};
use domain::delivery::Delivery;
use domain::event::EventData;
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::submitted_photo::SubmittedPhoto;
use store::Tx;

use crate::photo::{deed, move_to};
use crate::{Context, Failure, audit};

/// How many photos one transaction hands over: a writer never waits long for it.
const BATCH: u64 = 50;

/// Hands over every photo of the package that is still accepted; none of a package for prints. Cut off anywhere, it goes on
/// with the rest.
pub(super) async fn hand_over(context: &Context, delivery: &Delivery) -> Result<(), Failure> {
    if delivery.settings.is_for_prints() {
        return Ok(());
    }
    let (school, id) = (delivery.school_id, delivery.id);
    let mut after = None;
    loop {
        let on = context.store.reader();
        let photos = store::delivery::content::to_hand_over(on, school, id, after, BATCH).await?;
        let Some(last) = photos.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let tx = context.store.begin().await?;
        let found = store::delivery::lock(&tx, &Reach::AllSchools, id).await?;
        let Some(mut locked) = found else {
            return Ok(store::rollback(tx).await?);
        };
        for photo in &photos {
            if hand_over_one(context, &tx, photo).await? {
                locked.counts.handed_over += 1;
            }
        }
        store::delivery::save(&tx, &locked).await?;
        store::commit(tx, AuditExemption::Repetition).await?;
        tokio::task::yield_now().await;
    }
}

/// Hands a photo over, unless something happened to it meanwhile; its student reads so in their access log.
async fn hand_over_one(
    context: &Context,
    tx: &Tx,
    photo: &SubmittedPhoto,
) -> Result<bool, Failure> {
    let live = store::photo::lock_live(tx, photo.school_id, photo.enrolment_id).await?;
    let is_same = |live: &SubmittedPhoto| live.id == photo.id && live.state == PhotoState::Approved;
    let Some(live) = live.filter(is_same) else {
        return Ok(false);
    };
    let told = EventData::PhotoHandedOver;
    let moved = move_to(context, tx, live, PhotoEvent::HandedOver, told).await?;
    if let Some(owner) = store::review::owner_of(tx, moved.id).await? {
        let deed = deed(&moved, AuditAction::PhotoHandedOver);
        // The caller commits with what it noted of the package.
        let _ = audit::by_system(context, tx, owner, deed).await?;
    }
    Ok(true)
}
