//! Known items among the photos of the desk, and approvals that come into doubt.

use std::collections::BTreeSet;

use domain::known_item::{KnownPhoto, KnownResult, SeededItem, is_seeded};
use domain::photo_state::PhotoEvent;
use domain::recall::{PhotoRecall, RecallState};
use domain::review::{RejectReason, ReviewOutcome};
use domain::review_queue::{NextReview, StageReview, StageReviewState, WaitingPhoto};
use domain::submitted_photo::StoredVerdict;
use domain::{AccountId, KnownPhotoId, PhotoId, PhotoReviewId};

use super::{Desk, SHARE};
use crate::paper::{id, number_of, pick};

/// The numbers from here on are those of known items.
const KNOWN: usize = 1 << 20;
/// Beside so many photos in a hundred a known item is put.
const KNOWN_SHARE: u8 = 50;
/// A reviewer below so many caught faults in a hundred is doubted.
const LIMIT: u8 = 100;

/// Every other known photo has a fault.
fn known(item: usize) -> KnownPhoto {
    let is_fault = item.is_multiple_of(2);
    KnownPhoto {
        id: KnownPhotoId(id(item)),
        outcome: if is_fault {
            ReviewOutcome::Rejected
        } else {
            ReviewOutcome::Approved
        },
        reasons: is_fault.then_some(RejectReason::Blur).into_iter().collect(),
        origin: "made up".to_owned(),
        original_sha256: Vec::new(),
        files: None,
        crop: None,
        verdict: StoredVerdict {
            outcome: "pass".to_owned(),
            findings: Vec::new(),
        },
        added_by: AccountId(id(0)),
        added_at: chrono::DateTime::UNIX_EPOCH,
    }
}

impl Desk {
    /// Puts a known item beside a photo that begins to wait, where the rules want one.
    pub(super) fn seed_beside(&mut self, number: usize) {
        let waiting = self.queue[&number].clone();
        if !is_seeded(waiting.photo_id, waiting.stage, KNOWN_SHARE) {
            return;
        }
        let place = KNOWN + self.items.len();
        let item = SeededItem {
            photo_id: PhotoId(id(place)),
            known_id: KnownPhotoId(id(place)),
            beside_id: waiting.photo_id,
            school_id: waiting.school_id,
            task_id: waiting.task_id,
            stage: waiting.stage,
            submitted_at: self.now,
            framing: None,
        };
        self.queue
            .insert(place, waiting.with_known(&item, true, SHARE));
        self.items.insert(place, item);
    }

    /// What follows a decision about a known item that took effect.
    pub(super) fn settle_known(&mut self, review: &StageReview, waiting: WaitingPhoto) {
        let number = number_of(review.photo_id);
        let Some(result) = known(number).result(review.outcome, &review.reasons) else {
            let next = NextReview {
                stage: review.stage,
                is_escalated: true,
                share: SHARE,
            };
            self.queue.insert(number, waiting.passed_on(next, self.now));
            return;
        };
        self.leave_queue(number);
        let record = self.records.entry(review.reviewer_id).or_default();
        record.add(result, 1);
        if result == KnownResult::Missed && record.is_below(LIMIT) {
            self.doubt(review.reviewer_id);
        }
    }

    /// Puts the approvals of somebody into doubt, whatever they caught.
    pub(super) fn doubt_one(&mut self, which: u8) {
        if let Some(review) = pick(&self.reviews, which) {
            self.doubt(review.reviewer_id);
        }
    }

    fn doubt(&mut self, reviewer: AccountId) {
        let doubtful = self.reviews.iter().filter(|one| {
            one.reviewer_id == reviewer
                && !one.is_seeded
                && one.outcome == ReviewOutcome::Approved
                && matches!(one.state, StageReviewState::InForce(_))
        });
        let doubtful: Vec<StageReview> = doubtful.cloned().collect();
        for review in doubtful {
            if self.doubted.insert(review.id) {
                self.recall(&review);
            }
        }
    }

    fn recall(&mut self, review: &StageReview) {
        let number = number_of(review.photo_id);
        let undecided = self.queue.get(&number).cloned();
        let undecided = undecided.filter(|waiting| waiting.decision_id.is_none());
        let recall = PhotoRecall {
            review_id: review.id,
            photo_id: review.photo_id,
            school_id: review.school_id,
            task_id: review.task_id,
            stage: review.stage,
            reviewer_id: review.reviewer_id,
            state: RecallState::Due,
            recalled_at: self.now,
        };
        let waits_for = undecided.as_ref().map(|waiting| waiting.stage);
        let state = self.photos[&number].state;
        if recall.what_becomes(state, waits_for, self.order) != RecallState::Returned {
            return;
        }
        let waiting = if let Some(waiting) = undecided {
            let next = NextReview {
                stage: review.stage,
                is_escalated: false,
                share: SHARE,
            };
            waiting.passed_on(next, self.now)
        } else {
            assert!(self.move_to(number, PhotoEvent::Returned));
            *self.returned.entry(number).or_default() += 1;
            WaitingPhoto::new(&self.photos[&number], review.stage, SHARE, self.now)
        };
        self.queue.insert(number, waiting);
        // What this stage and later ones decided counts no more.
        let stages = self.order.stages();
        let place = |stage| stages.iter().position(|one| *one == stage);
        let again: BTreeSet<PhotoReviewId> = self
            .reviews
            .iter()
            .filter(|one| one.photo_id == review.photo_id)
            .filter(|one| place(one.stage) >= place(review.stage))
            .map(|one| one.id)
            .collect();
        self.settled.retain(|one| !again.contains(one));
    }

    /// The first batch of a purge forgets them; nothing counts them.
    pub(super) fn forget_known(&mut self) {
        self.items.clear();
        self.queue.retain(|_, waiting| !waiting.is_seeded);
        self.reviews.retain(|one| !one.is_seeded);
    }

    /// Every photo that somebody is told of.
    pub(super) fn named(&self) -> BTreeSet<usize> {
        let mut named: BTreeSet<usize> = self.photos.keys().copied().collect();
        named.extend(self.told.keys());
        named.extend(self.base.values());
        named.extend(&self.ever_approved);
        for package in &self.packages {
            named.extend(package.added.values());
            named.extend(package.accepted.values());
        }
        named
    }

    pub(super) fn decided_known(&self) -> u64 {
        let decided = self.reviews.iter().filter(|one| {
            one.is_seeded
                && one.outcome != ReviewOutcome::Escalated
                && matches!(one.state, StageReviewState::InForce(_))
        });
        decided.count() as u64
    }

    pub(super) fn scored_known(&self) -> u64 {
        let records = self.records.values();
        let decisions = records.map(|one| one.caught + one.missed + one.passed + one.false_alarms);
        decisions.sum()
    }
}
