//! Finding a school and its tasks.

mod initials;

use chrono::{DateTime, Utc};
use domain::school::School;
use domain::task::{Availability, Task};
use domain::{EducationLevel, ProblemCode, Refusal, TaskId, fold, time_text};

use crate::{Context, Failure};
pub(crate) use initials::initials;

/// Names that are suggested at once.
const SUGGESTIONS: u64 = 8;

/// A task that students may see.
#[derive(Debug, Clone)]
pub struct PublicTask {
    /// Whose it is.
    pub school: School,
    /// The task.
    pub task: Task,
    /// Whether photos are taken now.
    pub availability: Availability,
    /// The levels on its roster, in the order to show them.
    pub levels: Vec<EducationLevel>,
    /// When its roster last changed.
    pub roster_updated_at: Option<DateTime<Utc>>,
}

/// A school with the tasks that students may see.
#[derive(Debug, Clone)]
pub struct OpenSchool {
    /// The school.
    pub school: School,
    /// Open ones first, then those to come, then those that ended.
    pub tasks: Vec<PublicTask>,
}

/// The schools that a name, alias or code means and that have a published task.
///
/// # Errors
/// `school.not_open` where there is none.
pub async fn find(context: &Context, name: &str) -> Result<Vec<OpenSchool>, Failure> {
    let on = context.store.reader();
    let mut found = Vec::new();
    for school in store::school::called(on, &searchable(name)).await? {
        let tasks = published(context, &school).await?;
        if !tasks.is_empty() {
            found.push(OpenSchool { school, tasks });
        }
    }
    if found.is_empty() {
        return Err(ProblemCode::SchoolNotOpen.into());
    }
    Ok(found)
}

/// Names that begin so, at most eight; a hint while typing.
pub async fn suggest(context: &Context, prefix: &str) -> Result<Vec<String>, Failure> {
    let prefix = searchable(prefix);
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let on = context.store.reader();
    Ok(store::school::names_that_begin(on, &prefix, SUGGESTIONS).await?)
}

/// A task that students may see.
///
/// # Errors
/// `school.not_open` where there is none.
pub async fn task(context: &Context, task_id: &str) -> Result<PublicTask, Failure> {
    let id: TaskId = task_id.parse().map_err(|_| ProblemCode::SchoolNotOpen)?;
    let task = store::task::get(context.store.reader(), id).await?;
    let seen = seen(context, task.ok_or(ProblemCode::SchoolNotOpen)?).await?;
    seen.ok_or_else(|| ProblemCode::SchoolNotOpen.into())
}

/// A task with its school; `None` where students must not see it.
pub(crate) async fn seen(context: &Context, task: Task) -> Result<Option<PublicTask>, Failure> {
    let on = context.store.reader();
    match store::school::get(on, task.school_id).await? {
        Some(school) => describe(context, &school, task).await,
        None => Ok(None),
    }
}

/// Why a task takes nothing now.
pub(crate) fn not_open(task: &Task, now: DateTime<Utc>) -> Refusal {
    if task.availability(now) == Some(Availability::Upcoming) {
        return Refusal::from(ProblemCode::TaskUpcoming).with("opens_at", time_text(task.opens_at));
    }
    Refusal::from(ProblemCode::TaskClosed)
        .with("closes_at", time_text(task.closes_at))
        .with("contact", &task.settings.contact)
}

/// What is looked up of what was typed. Nothing is called by a control character, and `PostgreSQL` refuses NUL in a text.
pub(crate) fn searchable(typed: &str) -> String {
    fold(typed).replace(char::is_control, "")
}

async fn published(context: &Context, school: &School) -> Result<Vec<PublicTask>, Failure> {
    let mut tasks = store::task::published(context.store.reader(), school.id).await?;
    tasks.sort_by_key(|task| task.rank(context.now()));
    let mut seen = Vec::with_capacity(tasks.len());
    for task in tasks {
        seen.extend(describe(context, school, task).await?);
    }
    Ok(seen)
}

/// What a student may know of a task; `None` where they must not see it.
async fn describe(
    context: &Context,
    school: &School,
    task: Task,
) -> Result<Option<PublicTask>, Failure> {
    let Some(availability) = task.availability(context.now()) else {
        return Ok(None);
    };
    let on = context.store.reader();
    let listed = store::roster::levels(on, school.id, task.id).await?;
    let listed = |level: &EducationLevel| listed.contains(level);
    let levels = EducationLevel::ALL.iter().copied().filter(listed).collect();
    Ok(Some(PublicTask {
        school: school.clone(),
        availability,
        levels,
        roster_updated_at: store::roster::updated_at(on, school.id, task.id).await?,
        task,
    }))
}
