//! What the database says of the photos of a task, as the reference model wants to see it.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::EventKind;
use domain::photo_state::PhotoState;
use domain::recall::RecallState;
use domain::review::{ReviewOrder, ReviewOutcome, ReviewStage};
use domain::task::Task;
use domain::{DeliveryId, EnrolmentId, PhotoId, SchoolId, TaskId};
use sea_orm::{QueryResult, Statement};
use serde_json::Value;
use store::Connection as _;
use uuid::Uuid;

use crate::app::TestApp;
use crate::review_model::{Package, Photo, Picture};

/// The books of a task.
pub(crate) struct Books {
    school: SchoolId,
    task: TaskId,
    order: ReviewOrder,
    students: Vec<Uuid>,
    /// The photos in the order in which they were first seen: their place is their number.
    photos: Vec<Uuid>,
    packages: Vec<Package>,
    ever_approved: BTreeSet<usize>,
    /// Who ever had a photo, and so an order.
    ordered: BTreeSet<u8>,
    /// Decisions that count no more, since their photo went back to their stage or an earlier one.
    superseded: BTreeSet<Uuid>,
    /// Recalls that were seen.
    returned: BTreeSet<Uuid>,
    /// Every known item that was ever put among the photos.
    known: BTreeSet<Uuid>,
}

/// Rows of the database.
async fn rows(app: &TestApp, sql: &str) -> Vec<QueryResult> {
    let on = app.context.store.writer();
    let statement = Statement::from_string(on.get_database_backend(), sql);
    on.query_all_raw(statement).await.unwrap()
}

fn id(row: &QueryResult, column: &str) -> Uuid {
    row.try_get("", column).unwrap()
}

fn word(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).unwrap()
}

/// A key as the database reads it.
fn key(app: &TestApp, id: Uuid) -> String {
    if app.database_url().is_some() {
        format!("'{id}'")
    } else {
        format!("x'{}'", id.simple())
    }
}

/// A decision that is in force, or can still be undone.
struct Decision {
    id: Uuid,
    stage: ReviewStage,
    outcome: ReviewOutcome,
    is_in_force: bool,
    is_seeded: bool,
}

impl Books {
    pub(crate) fn new(task: &Task, enrolments: &[String]) -> Self {
        let uuid = |id: &String| id.parse::<EnrolmentId>().unwrap().0;
        Self {
            school: task.school_id,
            task: task.id,
            order: task.settings.review,
            students: enrolments.iter().map(uuid).collect(),
            photos: Vec::new(),
            packages: Vec::new(),
            ever_approved: BTreeSet::new(),
            ordered: BTreeSet::new(),
            superseded: BTreeSet::new(),
            returned: BTreeSet::new(),
            known: BTreeSet::new(),
        }
    }

    /// How many packages were made.
    pub(crate) fn packages(&self) -> usize {
        self.packages.len()
    }

    /// How many photos came back from an approval that was in doubt.
    pub(crate) fn recalls(&self) -> usize {
        self.returned.len()
    }

    /// The ids of every known item that was put among the photos.
    pub(crate) fn known_ids(&self) -> Vec<String> {
        let ids = self.known.iter().map(|id| PhotoId(*id).to_string());
        ids.collect()
    }

    async fn of_task(&self, app: &TestApp, select: &str) -> Vec<QueryResult> {
        let task = key(app, self.task.0);
        rows(app, &select.replace("{task}", &task)).await
    }

    fn student(&self, row: &QueryResult) -> u8 {
        let enrolment = id(row, "enrolment_id");
        let place = self.students.iter().position(|one| *one == enrolment);
        u8::try_from(place.unwrap()).unwrap()
    }

    fn number(&mut self, photo: Uuid) -> usize {
        let known = self.photos.iter().position(|one| *one == photo);
        known.unwrap_or_else(|| {
            self.photos.push(photo);
            self.photos.len() - 1
        })
    }

    /// The live photo of a student.
    pub(crate) async fn live_photo(&self, app: &TestApp, student: usize) -> Option<PhotoId> {
        let enrolment = EnrolmentId(self.students[student]);
        let live = store::photo::live(app.context.store.reader(), self.school, enrolment).await;
        live.unwrap().map(|photo| photo.id)
    }

    /// The accepted photo of each student now.
    pub(crate) async fn accepted(&mut self, app: &TestApp) -> BTreeMap<u8, usize> {
        let picture = self.picture(app).await;
        let photos = picture.photos.iter();
        let accepted = photos.filter(|(_, photo)| {
            matches!(photo.state, PhotoState::Approved | PhotoState::HandedOver)
        });
        accepted
            .map(|(number, photo)| (photo.student, *number))
            .collect()
    }

    /// A package was made of what was accepted then.
    pub(crate) async fn packed(
        &mut self,
        app: &TestApp,
        delivery: &Value,
        accepted: BTreeMap<u8, usize>,
    ) {
        let delivery_id: DeliveryId = delivery["id"].as_str().unwrap().parse().unwrap();
        let sql = format!(
            "SELECT d.photo_id, d.change, p.enrolment_id FROM delivery_photos d JOIN photos p ON p.id = d.photo_id \
             WHERE d.delivery_id = {}",
            key(app, delivery_id.0)
        );
        let mut package = Package {
            is_full: delivery["kind"] == "full",
            added: BTreeMap::new(),
            removed: BTreeSet::new(),
            accepted,
        };
        for row in rows(app, &sql).await {
            let student = self.student(&row);
            match word(&row, "change").as_str() {
                "added" => {
                    let number = self.number(id(&row, "photo_id"));
                    let twice = package.added.insert(student, number);
                    assert!(twice.is_none(), "a student is in a package once");
                }
                "removed" => {
                    package.removed.insert(student);
                }
                _ => {}
            }
        }
        self.packages.push(package);
    }

    /// Everything about the photos of the task now.
    pub(crate) async fn picture(&mut self, app: &TestApp) -> Picture {
        let mut photos = self.photos_now(app).await;
        let decisions = self.decisions(app).await;
        self.supersede(app, &decisions).await;
        let known = self.known_now(app).await;
        let mut decided_known = 0;
        for (photo, decision) in decisions {
            let is_counted = decision.is_in_force && decision.outcome != ReviewOutcome::Escalated;
            decided_known += u64::from(decision.is_seeded && is_counted);
            let number = self.number(photo);
            let Some(photo) = photos.get_mut(&number) else {
                continue;
            };
            if !decision.is_in_force {
                photo.pending += 1;
            } else if !self.superseded.contains(&decision.id) {
                photo.in_force.push((decision.stage, decision.outcome));
            }
        }
        let select = "SELECT photo_id, decision_id FROM review_queue WHERE task_id = {task}";
        for row in self.of_task(app, select).await {
            let number = self.number(id(&row, "photo_id"));
            let decision: Option<Uuid> = row.try_get("", "decision_id").unwrap();
            match photos.get_mut(&number) {
                Some(photo) => photo.queued = Some(decision.is_some()),
                None => assert!(known.contains_key(&number), "no such photo waits"),
            }
        }
        for (number, photo) in &photos {
            self.ordered.insert(photo.student);
            if photo.is_approved_by(self.order) {
                self.ever_approved.insert(*number);
            }
        }
        let orders = self.of_task(app, "SELECT id FROM orders WHERE task_id = {task}");
        let orders = orders.await.len();
        let on = app.context.store.reader();
        let purge = store::purge::get(on, self.task).await.unwrap();
        Picture {
            order: self.order,
            photos,
            packages: self.packages.clone(),
            named: self.named(app).await,
            decided_known,
            scored_known: known.values().map(|is_scored| u64::from(*is_scored)).sum(),
            known: known.into_keys().collect(),
            ever_approved: self.ever_approved.clone(),
            orders,
            orders_made: self.ordered.len(),
            is_purged: purge.is_some(),
            is_certified: purge.is_some_and(|purge| purge.certificate.is_some()),
        }
    }

    async fn photos_now(&mut self, app: &TestApp) -> BTreeMap<usize, Photo> {
        let select =
            "SELECT id, enrolment_id, state FROM photos WHERE task_id = {task} ORDER BY id";
        let mut photos = BTreeMap::new();
        for row in self.of_task(app, select).await {
            let shown = Photo {
                student: self.student(&row),
                state: PhotoState::parse(&word(&row, "state")).unwrap(),
                in_force: Vec::new(),
                pending: 0,
                queued: None,
                told: 0,
                returned: 0,
            };
            photos.insert(self.number(id(&row, "id")), shown);
        }
        self.tell(app, &mut photos).await;
        photos
    }

    /// How often others were told of an outcome of a photo, as its student was, and how often it was to be reviewed again.
    async fn tell(&mut self, app: &TestApp, photos: &mut BTreeMap<usize, Photo>) {
        let select = "SELECT e.object_id, e.kind FROM events e JOIN photos p ON p.id = e.object_id \
            WHERE p.task_id = {task}";
        let mut reviews = BTreeMap::new();
        for row in self.of_task(app, select).await {
            let number = self.number(id(&row, "object_id"));
            let kind = EventKind::parse(&word(&row, "kind")).unwrap();
            let outcomes = [
                EventKind::PhotoApproved,
                EventKind::PhotoRejected,
                EventKind::PhotoRefused,
            ];
            let photo = photos.get_mut(&number).unwrap();
            photo.told += usize::from(outcomes.contains(&kind));
            if kind == EventKind::PhotoPendingReview {
                *reviews.entry(number).or_insert(0_usize) += 1;
            }
        }
        for (number, times) in reviews {
            photos.get_mut(&number).unwrap().returned = times - 1;
        }
    }

    /// The decisions that are in force or can still be undone, each with its photo, in their order.
    async fn decisions(&self, app: &TestApp) -> Vec<(Uuid, Decision)> {
        let select = "SELECT id, photo_id, stage, outcome, state, is_seeded FROM photo_reviews \
            WHERE task_id = {task} AND state IN ('in_force', 'undoable') ORDER BY decided_at, id";
        let read = |row: &QueryResult| {
            let decision = Decision {
                id: id(row, "id"),
                stage: ReviewStage::parse(&word(row, "stage")).unwrap(),
                outcome: ReviewOutcome::parse(&word(row, "outcome")).unwrap(),
                is_in_force: word(row, "state") == "in_force",
                is_seeded: row.try_get("", "is_seeded").unwrap(),
            };
            (id(row, "photo_id"), decision)
        };
        let found = self.of_task(app, select).await;
        found.iter().map(read).collect()
    }

    /// Takes in which approvals came into doubt since the last look: what was decided at their stage and at later ones
    /// counts no more. Nobody decides between a worker's round, in which a photo goes back, and the next look.
    async fn supersede(&mut self, app: &TestApp, decisions: &[(Uuid, Decision)]) {
        let select =
            "SELECT review_id, photo_id, stage, state FROM photo_recalls WHERE task_id = {task}";
        let stages = self.order.stages();
        let place = |stage| stages.iter().position(|one| *one == stage);
        for row in self.of_task(app, select).await {
            let is_returned = word(&row, "state") == RecallState::Returned.as_str();
            if !is_returned || !self.returned.insert(id(&row, "review_id")) {
                continue;
            }
            let from = place(ReviewStage::parse(&word(&row, "stage")).unwrap());
            let photo = id(&row, "photo_id");
            let again = decisions.iter().filter(|(of, decision)| {
                *of == photo && decision.is_in_force && place(decision.stage) >= from
            });
            self.superseded
                .extend(again.map(|(_, decision)| decision.id));
        }
    }

    /// The known items among the photos now, and whether each was decided about.
    async fn known_now(&mut self, app: &TestApp) -> BTreeMap<usize, bool> {
        let select = "SELECT photo_id, result FROM seeded_items WHERE task_id = {task}";
        let mut known = BTreeMap::new();
        for row in self.of_task(app, select).await {
            let photo = id(&row, "photo_id");
            let result: Option<String> = row.try_get("", "result").unwrap();
            self.known.insert(photo);
            known.insert(self.number(photo), result.is_some());
        }
        known
    }

    /// Every photo of which anybody but its reviewer is told.
    async fn named(&mut self, app: &TestApp) -> BTreeSet<usize> {
        let mut named = BTreeSet::new();
        for select in [
            "SELECT id AS photo_id FROM photos WHERE task_id = {task}",
            "SELECT photo_id FROM photo_recalls WHERE task_id = {task}",
            "SELECT d.photo_id FROM delivery_photos d JOIN deliveries p ON p.id = d.delivery_id WHERE p.task_id = {task}",
            "SELECT object_id AS photo_id FROM events WHERE object_type = 'photo'",
        ] {
            for row in self.of_task(app, select).await {
                let photo = id(&row, "photo_id");
                named.insert(self.number(photo));
            }
        }
        named
    }
}
