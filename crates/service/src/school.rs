//! Finding a school and its tasks.

mod initials;

use chrono::{DateTime, Utc};
use domain::task::{Availability, Task, TaskSettings, TaskState};
use domain::{EducationLevel, ProblemCode, Refusal, SchoolId, TaskId, fold, time_text};
use store::StoreError;
use store::entity::{school, task};

use crate::{Context, Failure};
pub(crate) use initials::initials;

/// Names that are suggested at once.
const SUGGESTIONS: u64 = 8;

/// A school, as students see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Its id.
    pub id: SchoolId,
    /// Its name on this platform.
    pub name: String,
    /// The Ministry's code.
    pub code: String,
}

impl From<school::Model> for School {
    fn from(row: school::Model) -> Self {
        Self {
            id: SchoolId(row.id),
            name: row.name,
            code: row.code,
        }
    }
}

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
    for row in store::school::called(on, &searchable(name)).await? {
        let school = School::from(row);
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
    let row = store::task::get(context.store.reader(), id).await?;
    let seen = seen(context, &row.ok_or(ProblemCode::SchoolNotOpen)?).await?;
    seen.ok_or_else(|| ProblemCode::SchoolNotOpen.into())
}

/// A task with its school; `None` where students must not see it.
pub(crate) async fn seen(
    context: &Context,
    row: &task::Model,
) -> Result<Option<PublicTask>, Failure> {
    let on = context.store.reader();
    match store::school::get(on, SchoolId(row.school_id)).await? {
        Some(school) => describe(context, &school.into(), read_task(row)?).await,
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

/// A task as it is stored.
pub(crate) fn read_task(row: &task::Model) -> Result<Task, Failure> {
    let corrupt = |column: &str| StoreError::Corrupt {
        what: format!("tasks.{column} of {}", TaskId(row.id)),
    };
    let settings: TaskSettings =
        serde_json::from_value(row.settings.clone()).map_err(|_| corrupt("settings"))?;
    Ok(Task {
        id: TaskId(row.id),
        school_id: SchoolId(row.school_id),
        name: row.name.clone(),
        state: TaskState::parse(&row.state).ok_or_else(|| corrupt("state"))?,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        settings,
    })
}

/// What is looked up of what was typed. Nothing is called by a control character, and `PostgreSQL` refuses NUL in a text.
pub(crate) fn searchable(typed: &str) -> String {
    fold(typed).replace(char::is_control, "")
}

async fn published(context: &Context, school: &School) -> Result<Vec<PublicTask>, Failure> {
    let rows = store::task::published(context.store.reader(), school.id).await?;
    let mut tasks = rows.iter().map(read_task).collect::<Result<Vec<_>, _>>()?;
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
    let words = store::roster::levels(on, school.id, task.id).await?;
    let listed = |level: &EducationLevel| words.iter().any(|word| word == level.as_str());
    let levels = EducationLevel::ALL.iter().copied().filter(listed).collect();
    Ok(Some(PublicTask {
        school: school.clone(),
        availability,
        levels,
        roster_updated_at: store::roster::updated_at(on, school.id, task.id).await?,
        task,
    }))
}
