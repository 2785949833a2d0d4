//! A reviewer of the random histories of photos, and which answers nobody wonders at there.

use domain::review::ReviewOutcome;
use serde_json::{Value, json};

use crate::browser::{Browser, Reply};
use crate::chance::Chance;

/// What a request may be answered that comes too late, or is about something that somebody else has moved.
const ANSWERS: [u16; 6] = [200, 201, 204, 404, 409, 412];

/// Nothing went wrong.
pub(crate) fn fine(reply: &Reply) {
    assert!(ANSWERS.contains(&reply.status), "{reply:?}");
}

/// A reviewer, and what they saw and decided.
pub(crate) struct Reviewer {
    pub(crate) browser: Browser,
    seen: Vec<Value>,
    decided: Vec<String>,
}

impl Reviewer {
    pub(crate) fn new(browser: Browser) -> Self {
        Self {
            browser,
            seen: Vec::new(),
            decided: Vec::new(),
        }
    }

    /// Forgets what another task had.
    pub(crate) fn begin(&mut self) {
        self.seen.clear();
        self.decided.clear();
    }

    /// Takes some of the queue, decides about a photo as it was seen, which may be long ago, or takes a decision back.
    pub(crate) async fn act(&mut self, task: &str, mut chance: Chance) {
        match chance.below(8) {
            0 => {
                if let Some(id) = self.decided.pop() {
                    let undo = format!("/api/v1/reviews/{id}/undo");
                    fine(&self.browser.act(&undo).await);
                }
            }
            1..=2 => self.take(task, &mut chance).await,
            _ => {
                if self.seen.is_empty() {
                    self.take(task, &mut chance).await;
                }
                self.decide(&mut chance).await;
            }
        }
    }

    async fn take(&mut self, task: &str, chance: &mut Chance) {
        let wanted = json!({
            "count": 1 + chance.below(4), "is_escalated": chance.below(4) == 0, "task_id": task,
        });
        let taken = self.browser.post("/api/v1/reviews/take", wanted).await;
        fine(&taken);
        if let Some(items) = taken.json()["items"].as_array() {
            self.seen.extend(items.iter().cloned());
        }
    }

    async fn decide(&mut self, chance: &mut Chance) {
        if self.seen.is_empty() {
            return;
        }
        let photo = self.seen.swap_remove(chance.below(self.seen.len()));
        let outcome = match chance.below(12) {
            0 => ReviewOutcome::Escalated,
            1..=2 => ReviewOutcome::Rejected,
            _ => ReviewOutcome::Approved,
        };
        let reasons: &[&str] = match outcome {
            ReviewOutcome::Rejected => &["hair"],
            ReviewOutcome::Approved | ReviewOutcome::Escalated => &[],
        };
        let note = (outcome == ReviewOutcome::Escalated).then_some("请复核");
        let decision = json!({
            "outcome": outcome, "reasons": reasons, "note": note,
            "photos": [{ "photo_id": photo["photo_id"], "version": photo["version"] }],
        });
        let decided = self.browser.post("/api/v1/reviews", decision).await;
        fine(&decided);
        if decided.status == 201 {
            let id = decided.json()["items"][0]["id"].clone();
            self.decided.push(id.as_str().unwrap().to_owned());
        }
    }
}
