//! What lies before a reviewer: the photos that they have, and what they are about to decide.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use client::{DecisionView, Failure, NewReviews, PhotoToReviewView};
use domain::review::{MOST_REASONS, RejectReason, ReviewOutcome};
use domain::review_queue::MOST_LEASED;
use yew::Reducible;

/// So many photos a reviewer has at once who looks at one at a time.
const AHEAD: usize = 3;

/// The photos that a reviewer has, and what they chose for the first of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Desk {
    /// The one on the screen, then those behind it.
    pub(super) photos: Vec<PhotoToReviewView>,
    /// The reasons that were chosen.
    pub(super) reasons: Vec<RejectReason>,
    /// What was written.
    pub(super) note: String,
    /// What cannot be decided yet, where it was tried.
    pub(super) incomplete: Option<ReviewOutcome>,
    /// What went wrong last.
    pub(super) failure: Option<Failure>,
    /// The latest decisions, the latest first.
    pub(super) made: Vec<DecisionView>,
    /// Whether the queue was asked.
    pub(super) is_loaded: bool,
    /// How many were decided about since the page was opened.
    pub(super) done: u32,
    /// How many photos are asked for: the one on the screen and those that are loaded behind it.
    pub(super) ahead: usize,
    /// What is said about an undo.
    pub(super) undo_news: Option<UndoNews>,
    /// Whether the photo on the screen is being turned or its frame moved.
    pub(super) is_adjusting: bool,
    /// The decision that may have arrived although its answer did not, and its key: sent again, it has one effect.
    pub(super) unanswered: Option<Unanswered>,
    /// The questions to the queue whose answers still count, the latest last.
    asked: Vec<Question>,
    /// The question after which the server was asked for the latest decisions that are shown.
    made_after: Option<Question>,
    /// Photos whose decision is on its way, the latest last.
    leaving: Vec<Leaving>,
    /// The photo that comes first, since its decision was undone.
    first: Option<String>,
}

/// A photo whose decision is on its way.
#[derive(Debug, Clone, PartialEq)]
struct Leaving {
    photo_id: String,
    /// Whether the decision is to be undone once it has arrived.
    is_undo_wanted: bool,
}

/// A decision whose answer did not come.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unanswered {
    /// What was sent.
    pub(super) review: NewReviews,
    /// Its key.
    pub(super) key: String,
}

/// A photo whose decision failed.
#[derive(Debug)]
pub(super) struct Returned {
    /// The photo.
    pub(super) photo: PhotoToReviewView,
    /// The reasons that were chosen for it.
    pub(super) reasons: Vec<RejectReason>,
    /// What was written.
    pub(super) note: String,
    /// Why.
    pub(super) failure: Failure,
    /// What was sent, where it may have arrived.
    pub(super) unanswered: Option<Unanswered>,
}

/// What is said about an undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UndoNews {
    /// The decision is still on its way.
    Waits,
    /// There is none that can be undone.
    Nothing,
}

/// What happens at the desk.
#[derive(Debug)]
pub(super) enum Step {
    /// The queue is asked for photos.
    Ask(Question),
    /// The server says which photos the reviewer has.
    Taken(Question, Vec<PhotoToReviewView>),
    /// It does not.
    NotTaken(Question, Failure),
    /// Something else failed.
    Failed(Failure),
    /// The server says which decisions were made last; it was asked after this question.
    Made(Question, Vec<DecisionView>),
    /// A reason was chosen, or is chosen no more.
    Toggle(RejectReason),
    /// Something was written.
    Write(String),
    /// A decision lacks something.
    Incomplete(ReviewOutcome),
    /// The photo on the screen is decided about.
    Leave,
    /// The server has these decisions, and the queue was asked once more since.
    Left(Vec<DecisionView>),
    /// The latest decision that is still on its way is to be undone once it has arrived.
    UndoLater,
    /// There is nothing to undo.
    NothingToUndo,
    /// The photo on the screen is to be turned or its frame moved, or no more.
    Adjust(bool),
    /// The photo on the screen was framed anew.
    Reframed(Box<PhotoToReviewView>),
    /// The server does not have it: the photo is on the screen again, as it was.
    Back(Box<Returned>),
    /// This photo's decision was undone.
    First(String),
}

/// One question to the queue. Answers may overtake each other: what an older one says counts no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question(u32);

impl Question {
    /// Another than all before.
    pub(super) fn new() -> Self {
        static LATEST: AtomicU32 = AtomicU32::new(0);
        Self(LATEST.fetch_add(1, Ordering::Relaxed))
    }
}

impl Desk {
    /// An empty desk, on which this photo will come first.
    pub(super) fn beginning_with(first: Option<String>) -> Self {
        Self {
            // Those who come from many photos have all of them, and this one may be the last.
            ahead: if first.is_some() { MOST_LEASED } else { AHEAD },
            first,
            ..Self::default()
        }
    }

    /// Whether photos may come without anything being done: the queue was asked, or will be once a decision has arrived.
    pub(super) fn is_loading(&self) -> bool {
        !self.is_loaded || !self.asked.is_empty() || !self.leaving.is_empty()
    }

    /// Whether a decision is on its way that is not to be undone.
    pub(super) fn is_deciding(&self) -> bool {
        self.leaving.iter().any(|one| !one.is_undo_wanted)
    }

    /// Whether the decision about a photo, which is on its way, is to be undone.
    pub(super) fn is_undo_wanted(&self, photo_id: &str) -> bool {
        let mut wanted = self.leaving.iter().filter(|one| one.is_undo_wanted);
        wanted.any(|one| one.photo_id == photo_id)
    }

    /// Whether nothing is missing for a decision.
    pub(super) fn allows(&self, outcome: ReviewOutcome) -> bool {
        match outcome {
            ReviewOutcome::Approved => self.reasons.is_empty(),
            ReviewOutcome::Rejected => !self.reasons.is_empty(),
            ReviewOutcome::Escalated => !self.note.trim().is_empty() && self.reasons.is_empty(),
        }
    }

    fn toggle(&mut self, reason: RejectReason) {
        if let Some(at) = self.reasons.iter().position(|one| *one == reason) {
            self.reasons.remove(at);
        } else if self.reasons.len() < MOST_REASONS {
            self.reasons.push(reason);
        }
        self.incomplete = None;
    }

    fn clear(&mut self) {
        self.reasons.clear();
        self.note.clear();
        self.incomplete = None;
        self.failure = None;
        self.undo_news = None;
        self.is_adjusting = false;
        self.unanswered = None;
    }

    /// Whether the answer to this question is the latest; those to older ones count no more from then on.
    fn counts(&mut self, question: Question) -> bool {
        let place = self.asked.iter().position(|asked| *asked == question);
        if let Some(place) = place {
            self.asked.drain(..=place);
        }
        place.is_some()
    }

    /// Puts what the server gave in the order in which it is looked at; the photo on the screen stays there.
    fn take(&mut self, taken: Vec<PhotoToReviewView>) {
        let shown = self.first.take();
        let shown = shown.or_else(|| self.photos.first().map(|photo| photo.photo_id.clone()));
        let leaving = &self.leaving;
        let mut photos: Vec<_> = taken
            .into_iter()
            .filter(|photo| !leaving.iter().any(|one| one.photo_id == photo.photo_id))
            .collect();
        photos.sort_by_key(|photo| shown.as_ref() != Some(&photo.photo_id));
        let is_same = photos.first().map(|photo| &photo.photo_id)
            == self.photos.first().map(|photo| &photo.photo_id);
        self.photos = photos;
        self.is_loaded = true;
        if !is_same {
            self.reasons.clear();
            self.note.clear();
            self.incomplete = None;
            self.is_adjusting = false;
        }
    }

    fn leave(&mut self) {
        if !self.photos.is_empty() {
            self.leaving.push(Leaving {
                photo_id: self.photos.remove(0).photo_id,
                is_undo_wanted: false,
            });
            self.done += 1;
        }
        self.clear();
    }

    /// The decisions are the latest ones from now on: who undoes at once means them, though the server was not asked yet for
    /// its list.
    fn left(&mut self, mut decisions: Vec<DecisionView>) {
        let is_of = |photo_id: &str| decisions.iter().any(|made| made.photo_id == photo_id);
        self.leaving.retain(|one| !is_of(&one.photo_id));
        // Older answers may still have their photos.
        let older = self.asked.len().saturating_sub(1);
        self.asked.drain(..older);
        decisions.retain(|made| self.made.iter().all(|known| known.id != made.id));
        self.made.splice(0..0, decisions);
    }

    fn undo_later(&mut self) {
        let latest = self.leaving.iter_mut().rfind(|one| !one.is_undo_wanted);
        if let Some(latest) = latest {
            latest.is_undo_wanted = true;
            self.undo_news = Some(UndoNews::Waits);
        }
    }

    fn reframed(&mut self, photo: PhotoToReviewView) {
        let same = |one: &&mut PhotoToReviewView| one.photo_id == photo.photo_id;
        if let Some(own) = self.photos.iter_mut().find(same) {
            *own = photo;
        }
        self.is_adjusting = false;
        self.failure = None;
    }

    fn give_back(&mut self, returned: Returned) {
        let photo = returned.photo;
        self.leaving.retain(|one| one.photo_id != photo.photo_id);
        self.done = self.done.saturating_sub(1);
        self.photos.insert(0, photo);
        (self.reasons, self.note) = (returned.reasons, returned.note);
        self.failure = Some(returned.failure);
        self.unanswered = returned.unanswered;
        self.undo_news = None;
        self.is_adjusting = false;
    }

    fn apply(&mut self, step: Step) {
        match step {
            Step::Ask(question) => self.asked.push(question),
            Step::Taken(question, photos) => {
                if self.counts(question) {
                    self.take(photos);
                }
            }
            Step::NotTaken(question, failure) => {
                if self.counts(question) {
                    self.is_loaded = true;
                    self.failure = Some(failure);
                }
            }
            Step::Failed(failure) => self.failure = Some(failure),
            Step::Made(question, made) => {
                if self.made_after <= Some(question) {
                    self.made_after = Some(question);
                    self.made = made;
                }
            }
            Step::Toggle(reason) => self.toggle(reason),
            Step::Write(note) => self.note = note,
            Step::Incomplete(outcome) => self.incomplete = Some(outcome),
            Step::Leave => self.leave(),
            Step::Left(decisions) => self.left(decisions),
            Step::UndoLater => self.undo_later(),
            Step::NothingToUndo => self.undo_news = Some(UndoNews::Nothing),
            Step::Adjust(is_adjusting) => {
                self.is_adjusting = is_adjusting && !self.photos.is_empty();
            }
            Step::Reframed(photo) => self.reframed(*photo),
            Step::Back(returned) => self.give_back(*returned),
            Step::First(id) => {
                // What was asked before knows nothing of it.
                self.asked.clear();
                self.first = Some(id);
                self.done = self.done.saturating_sub(1);
                self.failure = None;
                self.undo_news = None;
            }
        }
    }
}

impl Reducible for Desk {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut desk = Rc::unwrap_or_clone(self);
        desk.apply(step);
        Rc::new(desk)
    }
}
