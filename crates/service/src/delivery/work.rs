//! The work on a package, as jobs of the worker: one that makes it, and one that hands its photos over.

use domain::DeliveryId;
use domain::access::Reach;
use domain::delivery::DeliveryState;
use domain::job::Job;

use super::{build, hand_over};
use crate::worker::Progress;
use crate::{Context, Failure};

/// What the key of a job ends in that hands photos over.
const HAND_OVER: &str = "/hand_over";

/// The key of the job that makes a package.
pub(super) fn build_key(id: DeliveryId) -> String {
    id.to_string()
}

/// The key of the job that hands the photos of a package over: another one, since the first may still be there.
pub(super) fn hand_over_key(id: DeliveryId) -> String {
    format!("{id}{HAND_OVER}")
}

/// Does the work of a job. Cut off anywhere, a package is made from the beginning, and photos are handed over from where
/// it stopped.
pub(crate) async fn work(context: &Context, job: &Job, progress: &Progress) -> Result<(), Failure> {
    let (key, is_hand_over) = match job.key.strip_suffix(HAND_OVER) {
        Some(key) => (key, true),
        None => (job.key.as_str(), false),
    };
    let wrong = |_| Failure::Fault("a job names no package");
    let id: DeliveryId = key.parse().map_err(wrong)?;
    let on = context.store.reader();
    let Some(delivery) = store::delivery::get(on, &Reach::AllSchools, id).await? else {
        return Ok(());
    };
    match (delivery.state, is_hand_over) {
        (DeliveryState::Building, false) => Box::pin(build::build(context, id, progress)).await,
        (DeliveryState::Acknowledged, true) => {
            Box::pin(hand_over::hand_over(context, &delivery)).await
        }
        _ => Ok(()),
    }
}
