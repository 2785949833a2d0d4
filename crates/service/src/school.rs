//! Finding a school and its tasks.

mod initials;
mod manage;
mod ministry;
mod moved;

use chrono::{DateTime, Utc};
use domain::school::School;
use domain::task::{Availability, Task};
use domain::{EducationLevel, ProblemCode, Refusal, TaskId, fold, time_text};
use store::overview::RosterFigures;

use crate::{Context, Failure};
pub(crate) use initials::initials;
pub(crate) use manage::name_taken;
pub use manage::{ManagedSchool, create, get, list, set_state, update};
pub use ministry::{SCHOOL_FILE_MAX, SchoolFile, SchoolListReport, SchoolRow, take_list};

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

/// A task with its school.
#[derive(Debug, Clone)]
pub(crate) struct SchoolTask {
    /// Whose it is.
    pub(crate) school: School,
    /// The task.
    pub(crate) task: Task,
}

impl PublicTask {
    /// What a student may know of a task; `None` where they must not see it.
    pub(crate) fn of(seen: SchoolTask, roster: RosterFigures, now: DateTime<Utc>) -> Option<Self> {
        Some(Self {
            availability: seen.task.availability(now)?,
            school: seen.school,
            task: seen.task,
            levels: roster.levels,
            roster_updated_at: roster.updated_at,
        })
    }
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
    let schools = store::school::called(on, &searchable(name)).await?;
    let ids: Vec<_> = schools.iter().map(|school| school.id).collect();
    let mut tasks = store::task::published(on, &ids).await?;
    tasks.sort_by_key(|task| task.rank(context.now()));
    let ids: Vec<_> = tasks.iter().map(|task| task.id).collect();
    let mut rosters = store::overview::rosters(on, &ids).await?;
    let mut found = Vec::with_capacity(schools.len());
    for school in schools {
        let of_school = tasks.iter().filter(|task| task.school_id == school.id);
        let public = of_school.filter_map(|task| {
            let seen = SchoolTask {
                school: school.clone(),
                task: task.clone(),
            };
            let roster = rosters.remove(&task.id);
            PublicTask::of(seen, roster.unwrap_or_default(), context.now())
        });
        let tasks: Vec<_> = public.collect();
        if !tasks.is_empty() {
            found.push(OpenSchool { school, tasks });
        }
    }
    if found.is_empty() {
        return Err(moved::not_open(context, &searchable(name)).await?);
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
    let seen = visible_task(context, task_id).await?;
    let on = context.store.reader();
    let id = seen.task.id;
    let roster = store::overview::rosters(on, &[id]).await?.remove(&id);
    let public = PublicTask::of(seen, roster.unwrap_or_default(), context.now());
    public.ok_or_else(|| ProblemCode::SchoolNotOpen.into())
}

/// A task that students may see, without what is shown of its roster.
///
/// # Errors
/// `school.not_open` where there is none.
pub(crate) async fn visible_task(context: &Context, task_id: &str) -> Result<SchoolTask, Failure> {
    let id: TaskId = task_id.parse().map_err(|_| ProblemCode::SchoolNotOpen)?;
    let Some(task) = store::task::get(context.store.reader(), id).await? else {
        return Err(moved::task_unknown(context, id).await?);
    };
    let seen = seen(context, task).await?;
    seen.ok_or_else(|| ProblemCode::SchoolNotOpen.into())
}

/// A task with its school; `None` where students must not see it.
pub(crate) async fn seen(context: &Context, task: Task) -> Result<Option<SchoolTask>, Failure> {
    if task.availability(context.now()).is_none() {
        return Ok(None);
    }
    let school = store::school::get(context.store.reader(), task.school_id).await?;
    Ok(school.map(|school| SchoolTask { school, task }))
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::searchable;

    #[rstest]
    #[case::letters("Peking University", "pekinguniversity")]
    #[case::brackets("示例大学【南校区】", "示例大学(南校区)")]
    #[case::wide_letters("ＰＫＵ", "pku")]
    #[case::control_characters("北京\0\u{7}大学", "北京大学")]
    #[case::blank(" \t\n", "")]
    fn what_is_looked_up_is_folded_and_has_no_control_characters(
        #[case] typed: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(searchable(typed), expected);
    }
}
