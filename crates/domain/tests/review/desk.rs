//! The sans-I/O core at work: photos, a queue, decisions and packages that move only by the rules of `domain`. What a
//! transaction does at once is one function here; where a process may die between two, a step can come between.

mod known;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::delivery::{PackageBase, PackageChange};
use domain::known_item::{CatchRecord, SeededItem};
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::purge::{PurgeCounts, PurgePart};
use domain::review::{RejectReason, ReviewOrder, ReviewOutcome};
use domain::review_queue::{
    MOST_LEASED, NextReview, REVIEW_LEASE, ReviewLease, StageReview, StageReviewState, UNDO_PERIOD,
    WaitingPhoto,
};
use domain::second_look::{LONGEST_WAIT_FOR_ANOTHER, NextLook, next_look};
use domain::submitted_photo::SubmittedPhoto;
use domain::{AccountId, PhotoId, PhotoReviewId};

use crate::model::{Package, Photo, Picture};
use crate::paper::{id, number_of, photo, pick, student_of};
use crate::step::Step;

/// So many students take part.
const STUDENTS: u8 = 3;
/// So many reviewers of each stage.
const REVIEWERS: u8 = 3;
/// So many photos in a hundred get a second look.
const SHARE: u8 = 50;

/// A task with its students, reviewers, worker and the receiver of its packages.
#[derive(Debug)]
pub(crate) struct Desk {
    now: DateTime<Utc>,
    order: ReviewOrder,
    photos: BTreeMap<usize, SubmittedPhoto>,
    queue: BTreeMap<usize, WaitingPhoto>,
    reviews: Vec<StageReview>,
    told: BTreeMap<usize, usize>,
    /// What reviewers saw: a photo with its version, and who saw it.
    seen: Vec<(usize, AccountId, i32)>,
    /// What a worker found due that died.
    found_due: Vec<PhotoReviewId>,
    /// The known items that were put into the queue.
    items: BTreeMap<usize, SeededItem>,
    /// What each reviewer's decisions about them show.
    records: BTreeMap<AccountId, CatchRecord>,
    /// The approvals that came into doubt.
    doubted: BTreeSet<PhotoReviewId>,
    /// How often a photo returned from the accepted ones.
    returned: BTreeMap<usize, usize>,
    /// The decisions that counted; the others of a photo were looks beside them.
    settled: BTreeSet<PhotoReviewId>,
    packages: Vec<Package>,
    /// The files of the receiver: whose, and which photo.
    base: BTreeMap<u8, usize>,
    ever_approved: BTreeSet<usize>,
    orders: BTreeSet<u8>,
    orders_made: BTreeSet<u8>,
    counts: Option<PurgeCounts>,
    is_certified: bool,
    made: usize,
}

impl Desk {
    pub(crate) fn open(order: ReviewOrder) -> Self {
        Self {
            now: DateTime::UNIX_EPOCH,
            order,
            photos: BTreeMap::new(),
            queue: BTreeMap::new(),
            reviews: Vec::new(),
            told: BTreeMap::new(),
            seen: Vec::new(),
            found_due: Vec::new(),
            items: BTreeMap::new(),
            records: BTreeMap::new(),
            doubted: BTreeSet::new(),
            returned: BTreeMap::new(),
            settled: BTreeSet::new(),
            packages: Vec::new(),
            base: BTreeMap::new(),
            ever_approved: BTreeSet::new(),
            orders: BTreeSet::new(),
            orders_made: BTreeSet::new(),
            counts: None,
            is_certified: false,
            made: 0,
        }
    }

    /// What the model is held against.
    pub(crate) fn picture(&self) -> Picture {
        let photos = self.photos.iter().map(|(number, photo)| {
            let own = self.reviews.iter().filter(|one| one.photo_id == photo.id);
            let settled = own.clone().filter(|one| self.settled.contains(&one.id));
            let in_force = settled.filter_map(|one| match one.state {
                StageReviewState::InForce(_) => Some((one.stage, one.outcome)),
                StageReviewState::Undoable(_)
                | StageReviewState::Undone(_)
                | StageReviewState::Void(_) => None,
            });
            let is_pending =
                |one: &&StageReview| matches!(one.state, StageReviewState::Undoable(_));
            let shown = Photo {
                student: student_of(photo),
                state: photo.state,
                in_force: in_force.collect(),
                pending: own.filter(is_pending).count(),
                queued: self
                    .queue
                    .get(number)
                    .map(|waiting| waiting.decision_id.is_some()),
                told: self.told.get(number).copied().unwrap_or_default(),
                returned: self.returned.get(number).copied().unwrap_or_default(),
            };
            (*number, shown)
        });
        Picture {
            order: self.order,
            photos: photos.collect(),
            packages: self.packages.clone(),
            known: self.items.keys().copied().collect(),
            named: self.named(),
            decided_known: self.decided_known(),
            scored_known: self.scored_known(),
            ever_approved: self.ever_approved.clone(),
            orders: self.orders.len(),
            orders_made: self.orders_made.len(),
            is_purged: self.counts.is_some(),
            is_certified: self.is_certified,
        }
    }

    /// Lets something happen. Once the keys are destroyed, nobody can do anything but the purge.
    pub(crate) fn take(&mut self, step: Step) {
        if self.counts.is_some() {
            if matches!(step, Step::PurgeBatch) {
                self.purge_batch();
            }
            return;
        }
        match step {
            Step::Submit(student) => self.submit(student % STUDENTS),
            Step::Settle(student) => self.settle(student % STUDENTS),
            Step::Take(reviewer) => self.lease(reviewer),
            Step::Decide { which, outcome } => self.decide(which, outcome),
            Step::Undo(which) => self.undo(which),
            Step::Wait(seconds) => self.now += TimeDelta::seconds(seconds.into()),
            Step::Look => self.found_due = self.due(),
            Step::Sweep { is_late } => {
                let due = if is_late {
                    std::mem::take(&mut self.found_due)
                } else {
                    self.due()
                };
                for review in due {
                    self.force(review);
                }
            }
            Step::Withdraw(student) => self.withdraw(student % STUDENTS),
            Step::Refuse(student) => self.refuse(student % STUDENTS),
            Step::Doubt(which) => self.doubt_one(which),
            Step::Package { is_full } => self.pack(is_full),
            Step::Acknowledge => self.acknowledge(),
            Step::Purge => self.counts = Some(PurgeCounts::default()),
            Step::PurgeBatch => {}
        }
    }

    /// Does everything that is due.
    pub(crate) fn rest(&mut self) {
        self.now += UNDO_PERIOD;
        if self.counts.is_none() {
            let due = self.due();
            for review in due {
                self.force(review);
            }
        }
        while self.counts.is_some() && !self.is_certified {
            self.purge_batch();
        }
    }

    fn live(&self, student: u8) -> Option<usize> {
        let is_live =
            |photo: &&SubmittedPhoto| student_of(photo) == student && photo.state.is_live();
        let mut live = self.photos.iter().filter(|(_, photo)| is_live(photo));
        live.next().map(|(number, _)| *number)
    }

    /// Moves a photo where the rules allow it; whether they do.
    fn move_to(&mut self, number: usize, event: PhotoEvent) -> bool {
        let Some(photo) = self.photos.get(&number).cloned() else {
            return false;
        };
        let Ok(moved) = photo.after(event, self.now) else {
            return false;
        };
        if moved.state != PhotoState::PendingReview {
            self.leave_queue(number);
        }
        self.photos.insert(number, moved);
        true
    }

    /// Takes a photo out of the queue; a decision that is not in force never will be.
    fn leave_queue(&mut self, number: usize) {
        if self.queue.remove(&number).is_none() {
            return;
        }
        for review in &mut self.reviews {
            let is_pending = matches!(review.state, StageReviewState::Undoable(_));
            if review.photo_id.0 == id(number) && is_pending {
                review.state = StageReviewState::Void(self.now);
            }
        }
    }

    fn submit(&mut self, student: u8) {
        let earlier = self.live(student);
        if let Some(earlier) = earlier
            && !self.move_to(earlier, PhotoEvent::Replaced)
        {
            return;
        }
        let number = self.made;
        self.made += 1;
        self.photos.insert(number, photo(number, student, self.now));
        if self.orders_made.insert(student) {
            self.orders.insert(student);
        } else {
            // Paid once, a later photo waits for no payment.
            self.enter(number);
        }
    }

    fn settle(&mut self, student: u8) {
        if let Some(number) = self.live(student) {
            self.enter(number);
        }
    }

    fn enter(&mut self, number: usize) {
        if self.move_to(number, PhotoEvent::Settled) {
            let waiting =
                WaitingPhoto::new(&self.photos[&number], self.order.first(), SHARE, self.now);
            self.queue.insert(number, waiting);
            self.seed_beside(number);
        }
    }

    fn lease(&mut self, reviewer: u8) {
        let stages = self.order.stages();
        let stage = stages[usize::from(reviewer) % stages.len()];
        let reviewer = AccountId(id(usize::from(reviewer % (REVIEWERS * 2))));
        let now = self.now;
        let looked: BTreeSet<PhotoId> = self
            .reviews
            .iter()
            .filter(|one| one.reviewer_id == reviewer && one.stage == stage)
            .filter(|one| matches!(one.state, StageReviewState::InForce(_)))
            .filter(|one| one.decided_at > now - LONGEST_WAIT_FOR_ANOTHER)
            .map(|one| one.photo_id)
            .collect();
        let is_free = |waiting: &WaitingPhoto| match waiting.lease {
            Some(lease) => lease.reviewer_id == reviewer || lease.until <= now,
            None => true,
        };
        let free = self.queue.iter_mut().filter(|(_, waiting)| {
            let is_new = waiting.look == 1 || !looked.contains(&waiting.photo_id);
            is_new && waiting.stage == stage && waiting.decision_id.is_none() && is_free(waiting)
        });
        for (number, waiting) in free.take(MOST_LEASED) {
            let is_theirs = (waiting.lease).is_some_and(|lease| lease.reviewer_id == reviewer);
            waiting.version += i32::from(!is_theirs);
            waiting.lease = Some(ReviewLease {
                reviewer_id: reviewer,
                until: now + REVIEW_LEASE,
            });
            self.seen.push((*number, reviewer, waiting.version));
        }
    }

    fn decide(&mut self, which: u8, outcome: ReviewOutcome) {
        let Some(&(number, reviewer, version)) = pick(&self.seen, which) else {
            return;
        };
        let waiting = self.queue.get(&number).cloned();
        let Some(waiting) = waiting.filter(|one| one.is_held_by(reviewer, version)) else {
            return;
        };
        let review = StageReview {
            id: PhotoReviewId(id(self.reviews.len())),
            photo_id: waiting.photo_id,
            school_id: waiting.school_id,
            task_id: waiting.task_id,
            stage: waiting.stage,
            reviewer_id: reviewer,
            outcome,
            reasons: match outcome {
                ReviewOutcome::Rejected => vec![RejectReason::Blur],
                ReviewOutcome::Approved | ReviewOutcome::Escalated => Vec::new(),
            },
            look: waiting.look,
            findings_hidden: waiting.is_sampled,
            is_seeded: waiting.is_seeded,
            decided_at: self.now,
            state: StageReviewState::Undoable(self.now + UNDO_PERIOD),
        };
        self.queue.insert(number, waiting.decided(review.id));
        self.reviews.push(review);
    }

    fn undo(&mut self, which: u8) {
        let now = self.now;
        let Some(review) = pick(&self.reviews, which).cloned() else {
            return;
        };
        let number = number_of(review.photo_id);
        let waiting = self.queue.get(&number).cloned();
        let waiting = waiting.filter(|one| one.decision_id == Some(review.id));
        let Some(waiting) = waiting.filter(|_| review.can_be_undone(now)) else {
            return;
        };
        let back = waiting.undone(now);
        self.seen.push((number, review.reviewer_id, back.version));
        self.queue.insert(number, back);
        self.set(review.id, StageReviewState::Undone(now));
    }

    fn set(&mut self, review: PhotoReviewId, state: StageReviewState) {
        let found = self.reviews.iter_mut().find(|one| one.id == review);
        found.unwrap().state = state;
    }

    fn due(&self) -> Vec<PhotoReviewId> {
        let is_due = |one: &&StageReview| matches!(one.state, StageReviewState::Undoable(until) if until <= self.now);
        self.reviews
            .iter()
            .filter(is_due)
            .map(|one| one.id)
            .collect()
    }

    /// Puts a decision into force, if it still can be.
    fn force(&mut self, review: PhotoReviewId) {
        if !self.due().contains(&review) {
            return;
        }
        let found = self.reviews.iter().find(|one| one.id == review);
        let found = found.unwrap().clone();
        let number = number_of(found.photo_id);
        let waiting = self.queue.get(&number).cloned();
        let Some(waiting) = waiting.filter(|one| one.decision_id == Some(review)) else {
            return self.set(review, StageReviewState::Void(self.now));
        };
        self.set(review, StageReviewState::InForce(self.now));
        if waiting.is_seeded {
            return self.settle_known(&found, waiting);
        }
        let next = |stage, is_escalated| NextReview {
            stage,
            is_escalated,
            share: SHARE,
        };
        if waiting.is_sampled && found.outcome != ReviewOutcome::Escalated {
            match next_look(&self.outcomes(&waiting), u64::from(REVIEWERS)) {
                NextLook::Settled => {}
                NextLook::Another => {
                    self.queue.insert(number, waiting.for_another_look());
                    return;
                }
                NextLook::PassedOn => {
                    let passed_on = waiting.passed_on(next(found.stage, true), self.now);
                    self.queue.insert(number, passed_on);
                    return;
                }
            }
        }
        self.settled.insert(review);
        let passed_on = match (found.outcome, self.order.after(found.stage)) {
            (ReviewOutcome::Approved, Some(stage)) => {
                waiting.passed_on(next(stage, false), self.now)
            }
            (ReviewOutcome::Escalated, _) => waiting.passed_on(next(found.stage, true), self.now),
            (outcome @ (ReviewOutcome::Approved | ReviewOutcome::Rejected), _) => {
                let event = match outcome {
                    ReviewOutcome::Approved => PhotoEvent::Approved,
                    ReviewOutcome::Rejected | ReviewOutcome::Escalated => PhotoEvent::Rejected,
                };
                if self.move_to(number, event) {
                    self.tell(number);
                }
                return;
            }
        };
        let is_next_stage = passed_on.stage != found.stage;
        self.queue.insert(number, passed_on);
        if is_next_stage {
            self.seed_beside(number);
        }
    }

    /// What was decided in this stay of a stage, the first first.
    fn outcomes(&self, waiting: &WaitingPhoto) -> Vec<ReviewOutcome> {
        let own = self.reviews.iter().filter(|one| {
            one.photo_id == waiting.photo_id
                && one.stage == waiting.stage
                && one.decided_at >= waiting.since
                && one.outcome != ReviewOutcome::Escalated
                && matches!(one.state, StageReviewState::InForce(_))
        });
        own.map(|one| one.outcome).collect()
    }

    fn tell(&mut self, number: usize) {
        *self.told.entry(number).or_default() += 1;
    }

    fn withdraw(&mut self, student: u8) {
        if let Some(number) = self.live(student) {
            self.move_to(number, PhotoEvent::Withdrawn);
        }
    }

    fn refuse(&mut self, student: u8) {
        if let Some(number) = self.live(student)
            && self.move_to(number, PhotoEvent::Refused)
        {
            self.tell(number);
        }
    }

    fn pack(&mut self, is_full: bool) {
        // Changes follow a package; without one there is nothing to follow.
        if !is_full && self.packages.is_empty() {
            return;
        }
        let accepted: BTreeMap<u8, usize> = self
            .photos
            .iter()
            .filter(|(_, photo)| {
                matches!(photo.state, PhotoState::Approved | PhotoState::HandedOver)
            })
            .map(|(number, photo)| (student_of(photo), *number))
            .collect();
        let mut base = PackageBase::default();
        for (student, number) in self.base.iter().filter(|_| !is_full) {
            base.insert(student.to_string(), *number);
        }
        let is_added = |(student, number): &(&u8, &usize)| {
            base.list(&student.to_string(), number) == PackageChange::Added
        };
        let added = accepted.iter().filter(is_added);
        let added: BTreeMap<u8, usize> = added.map(|(one, number)| (*one, *number)).collect();
        let removed = base.removed().map(|(path, _)| path.parse().unwrap());
        let shown = self.picture();
        let is_approved = |number: &&usize| shown.photos[*number].is_approved_by(self.order);
        let approved = added.values().filter(is_approved);
        self.ever_approved.extend(approved.copied());
        self.packages.push(Package {
            is_full,
            added,
            removed: removed.collect(),
            accepted: accepted.clone(),
        });
        self.base = accepted;
    }

    fn acknowledge(&mut self) {
        let Some(package) = self.packages.last() else {
            return;
        };
        for number in package.added.values().copied().collect::<Vec<_>>() {
            // What was withdrawn or refused meanwhile stays as it is.
            self.move_to(number, PhotoEvent::HandedOver);
        }
    }

    /// One transaction of the purge: a photo with all that refers to it, or at the end the certificate.
    fn purge_batch(&mut self) {
        self.forget_known();
        let Some(counts) = &mut self.counts else {
            return;
        };
        let Some(number) = self.photos.keys().next().copied() else {
            self.is_certified = true;
            return;
        };
        counts.add(PurgePart::Photos, 1);
        self.photos.remove(&number);
        self.queue.remove(&number);
        self.reviews.retain(|one| one.photo_id.0 != id(number));
    }
}
