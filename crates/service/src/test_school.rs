//! Schools for trying the API: invented students in every state, events on demand, and a clock of their own. They may be in
//! production: nobody finds them, and no money and no message belongs to them. docs/decisions/0053.

mod student;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::event::{EventKind, example_about};
use domain::review::ReviewOrder;
use domain::school::{LONGEST_CLOCK_OFFSET, School, SchoolDraft, SchoolState};
use domain::task::{
    BothLanguages, IdentityMode, Payer, Task, TaskSettings, TaskState, USUAL_PURGE_DAYS,
};
use domain::{EventId, ProblemCode, Refusal, SchoolId, TaskId, fold};
use store::Tx;

use crate::audit::{About, Deed, note};
use crate::roster::RosterKeys;
use crate::school::{ManagedSchool, name_taken};
use crate::{Context, Failure, event};
use student::Entering;

/// For how long the collection of a test school is open, on both sides of the day on which it was made.
const WINDOW: TimeDelta = TimeDelta::days(3650);

/// Makes a test school with an open collection that costs nobody anything, and a student in every state.
///
/// # Errors
/// Wrong fields, `school.name_taken`; where the database or the object store fails, also with the school made in part: it can
/// then be suspended, and another made.
pub async fn create(
    context: &Context,
    actor: &Actor,
    draft: SchoolDraft,
) -> Result<ManagedSchool, Failure> {
    actor.require(Permission::ManageSchools)?;
    let draft = draft.read().map_err(Refusal::fields)?;
    let now = context.now();
    let school = School {
        id: context.new_id(SchoolId::new),
        code: draft.code,
        name_folded: fold(&draft.name),
        name: draft.name,
        state: SchoolState::Active,
        contact: draft.contact,
        created_at: now,
        version: 1,
        is_test: true,
        clock_offset: TimeDelta::zero(),
    };
    let task = task_of(context, &school);
    let tx = context.store.begin().await?;
    let inserted = store::school::insert(&tx, &school).await;
    inserted.map_err(name_taken)?;
    store::task::insert(&tx, &task).await?;
    let audited = note(
        context,
        &tx,
        actor,
        deed(AuditAction::SchoolCreated, &school),
        About::default(),
    )
    .await?;
    store::commit(tx, audited).await?;
    let keys = RosterKeys::of(context, task.id).await?;
    let entering = Entering {
        context,
        school_code: &school.code,
        task: &task,
        keys: &keys,
    };
    Box::pin(entering.all()).await?;
    Ok(ManagedSchool {
        school,
        aliases: Vec::new(),
    })
}

fn task_of(context: &Context, school: &School) -> Task {
    let now = context.now();
    Task {
        id: context.new_id(TaskId::new),
        school_id: school.id,
        name: "接口测试采集".to_owned(),
        state: TaskState::Open,
        opens_at: now - WINDOW,
        closes_at: now + WINDOW,
        ended_at: None,
        settings: TaskSettings {
            version: 1,
            fees: Vec::new(),
            payer: Payer::Free,
            identity: IdentityMode::Roster,
            extra_proofs: Vec::new(),
            photo: photo::Rules::default(),
            camera_only: false,
            review: ReviewOrder::Bureau,
            originals: false,
            max_photos: 3,
            second_share: 0,
            seeded_share: 0,
            catch_limit: 0,
            purge_days: USUAL_PURGE_DAYS,
            resubmit_days: 2,
            audience: BothLanguages {
                zh: "虚构的学生，仅供测试接口。".to_owned(),
                en: "Invented students, for trying the API.".to_owned(),
            },
            contact: String::new(),
        },
        version: 1,
        created_at: now,
    }
}

/// Has something happen in a test school, as far as those are concerned who follow its events: an event of the type, with
/// facts that name nothing, at the time of the school's clock.
///
/// # Errors
/// `school.unknown`; `school.not_test` for a school that is none.
pub async fn trigger(
    context: &Context,
    actor: &Actor,
    school_id: &str,
    kind: EventKind,
) -> Result<EventId, Failure> {
    let (tx, school) = lock(context, actor, school_id).await?;
    let now = school.now(context.now());
    // Each is about a thing of its own, so that its sequence begins with 1 as that of a new thing does.
    let data = example_about(kind, now, context.new_id(EventId::new).0);
    let id = event::record_at(context, &tx, Some(school.id), data, now).await?;
    let deed = deed(AuditAction::TestEventTriggered, &school);
    let audited = note(context, &tx, actor, deed, About::default()).await?;
    store::commit(tx, audited).await?;
    Ok(id)
}

/// Moves the clock of a test school, forward or back. Returns its time now.
///
/// # Errors
/// `school.unknown`; `school.not_test`; `school.clock_offset` for more than ten years from the real time.
pub async fn move_clock(
    context: &Context,
    actor: &Actor,
    school_id: &str,
    by: TimeDelta,
) -> Result<DateTime<Utc>, Failure> {
    let (tx, school) = lock(context, actor, school_id).await?;
    let offset = school.clock_offset.checked_add(&by);
    let offset = offset.filter(|offset| offset.abs() <= LONGEST_CLOCK_OFFSET);
    let offset = offset.ok_or_else(|| {
        Refusal::from(ProblemCode::SchoolClock).with("days", LONGEST_CLOCK_OFFSET.num_days())
    })?;
    let moved = School {
        clock_offset: offset,
        ..school
    };
    store::school::save(&tx, &moved).await?;
    let deed = deed(AuditAction::TestClockMoved, &moved);
    let audited = note(context, &tx, actor, deed, About::default()).await?;
    store::commit(tx, audited).await?;
    Ok(moved.now(context.now()))
}

/// A test school that an actor may tell things to, locked.
async fn lock(context: &Context, actor: &Actor, id: &str) -> Result<(Tx, School), Failure> {
    let reach = actor.require(Permission::ManageWebhooks)?;
    let id: SchoolId = id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    let tx = context.store.begin().await?;
    let school = store::school::lock(&tx, id, &reach).await?;
    let school = school.ok_or(ProblemCode::SchoolUnknown)?;
    if !school.is_test {
        return Err(ProblemCode::SchoolNotTest.into());
    }
    Ok((tx, school))
}

fn deed(action: AuditAction, school: &School) -> Deed {
    Deed {
        action,
        object: AuditObject::School,
        object_id: school.id.0,
        school_id: Some(school.id),
    }
}
