//! What waits for staff, so that the console can say it beside the way to it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::SchoolId;
use domain::access::{Actor, Permission, Reach};
use domain::page::{Page, PageRequest};
use domain::roster::RosterImportState;
use domain::school::School;
use domain::task::Task;
use store::overview::SchoolBacklog;

use crate::{Context, Failure};

/// How long ahead a deadline is told.
const AHEAD: TimeDelta = TimeDelta::days(7);
/// Longer than any task is open.
const EVER: TimeDelta = TimeDelta::days(3_650);
/// For how long a finished import is told.
const FINISHED: TimeDelta = TimeDelta::days(1);
/// For how long it is told that the system disabled an endpoint of webhooks.
const FAILURE_TOLD: TimeDelta = TimeDelta::days(7);
/// The most open tasks that are told, and the most deadlines.
pub const DEADLINES_MAX: u64 = 20;

/// What waits for somebody.
#[derive(Debug, Clone, Default)]
pub struct StaffNotices {
    /// Questions about rosters.
    pub open_tickets: u64,
    /// Imports that were looked through, or cannot be read, and wait for a decision.
    pub waiting_imports: u64,
    /// Imports that were finished in the last 24 hours.
    pub finished_imports: u64,
    /// Endpoints of webhooks that take nothing, or were disabled for it in the last week.
    pub failing_webhooks: u64,
    /// Those of the open tasks that close within a week.
    pub deadlines: Vec<Task>,
    /// Open tasks with students within reach, the next to close first.
    pub open_tasks: Vec<Task>,
}

/// What waits for a member of staff: of rosters where they manage them, open tasks and deadlines where they see progress.
///
/// # Errors
/// Where the database fails.
pub async fn staff_notices(context: &Context, actor: &Actor) -> Result<StaffNotices, Failure> {
    let (on, now) = (context.store.reader(), context.now());
    let mut notices = StaffNotices::default();
    if let Ok(reach) = actor.require(Permission::ManageRosters) {
        use RosterImportState as S;
        let ever = DateTime::<Utc>::UNIX_EPOCH;
        let (waiting, finished) = ([S::Checked, S::Stopped], [S::Imported]);
        notices.open_tickets = store::overview::open_tickets(on, &reach).await?;
        notices.waiting_imports = store::overview::imports_in(on, &reach, &waiting, ever).await?;
        notices.finished_imports =
            store::overview::imports_in(on, &reach, &finished, now - FINISHED).await?;
    }
    if let Ok(reach) = crate::webhook::reach_of(actor) {
        let since = now - FAILURE_TOLD;
        notices.failing_webhooks = store::webhook::count_failing(on, &reach, since).await?;
    }
    if let Ok(reach) = actor.require_students(Permission::ReadProgress) {
        let (until, ever) = (now + AHEAD, now + EVER);
        notices.open_tasks =
            store::overview::closing_tasks(on, &reach, now, ever, DEADLINES_MAX).await?;
        let soon = notices.open_tasks.iter();
        let soon = soon.filter(|task| task.closes_at < until);
        notices.deadlines = soon.cloned().collect();
    }
    Ok(notices)
}

/// A school with what waits in it.
#[derive(Debug, Clone)]
pub struct SchoolOverview {
    /// The school.
    pub school: School,
    /// What waits.
    pub backlog: SchoolBacklog,
}

/// A page of the schools with what waits in each, newest first, without those for trying the API.
///
/// # Errors
/// Where the actor does not manage schools.
pub async fn school_overviews(
    context: &Context,
    actor: &Actor,
    page: &PageRequest<SchoolId>,
) -> Result<Page<SchoolOverview>, Failure> {
    let reach: Reach = actor.require(Permission::ManageSchools)?;
    let on = context.store.reader();
    let found = store::school::list_real(on, &reach, page).await?;
    let ids: Vec<_> = found.items.iter().map(|school| school.id).collect();
    let mut backlogs = store::overview::school_backlogs(on, &ids, context.now()).await?;
    Ok(found.with_items(|schools| {
        let overview = |school: School| SchoolOverview {
            backlog: backlogs.remove(&school.id).unwrap_or_default(),
            school,
        };
        schools.into_iter().map(overview).collect()
    }))
}
