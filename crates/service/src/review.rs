//! Review of photos: a reviewer takes some of the queue, decides, and may take a decision back for a few seconds.

mod decide;
mod force;
mod known;
mod picture;
mod quality;
mod recall;
mod reframe;
mod shown;
mod take;

pub use decide::{DecidedPhoto, decide, undo};
pub(crate) use force::sweep;
pub use picture::{ReviewImage, find_image, open_image};
pub use quality::{QualityState, ReviewPlace, ReviewerQuality, quality};
pub use recall::{RecalledPhoto, recalls};
pub use reframe::reframe;
pub use shown::{MadeDecision, OthersPhoto, PhotoToReview, PreviousPhoto};
pub use take::{QueueState, Wanted, give_back, latest, queue, take};

use domain::AccountId;
use domain::access::{Actor, NotPermitted, Permission, StudentReach};
use domain::review::ReviewStage;

/// Somebody who reviews: whose reviews, and of which students.
#[derive(Debug)]
struct Reviewer {
    account_id: AccountId,
    stage: ReviewStage,
    reach: StudentReach,
}

impl Reviewer {
    /// Who may see the students of every school reviews for the bureau, everybody else for their schools; so nobody does
    /// both for one photo.
    ///
    /// # Errors
    /// [`NotPermitted`].
    fn of(actor: &Actor) -> Result<Self, NotPermitted> {
        let reach = actor.require_students(Permission::ReviewPhotos)?;
        let stage = match reach {
            StudentReach::AllSchools => ReviewStage::Bureau,
            StudentReach::Schools(_) => ReviewStage::School,
        };
        let not_permitted = NotPermitted {
            kind: actor.kind(),
            permission: Permission::ReviewPhotos,
        };
        Ok(Self {
            account_id: actor.account_id().ok_or(not_permitted)?,
            stage,
            reach,
        })
    }
}
