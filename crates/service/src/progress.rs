//! How far the students of a task are, for staff and for a school's systems: sums, and the students who still have something
//! to do. Who may see some students of a school only sees those.

mod kept;

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission, StudentReach};
use domain::audit::{AuditAction, AuditObject};
use domain::page::{Page, PageRequest};
use domain::progress::{StudentProgress, TaskProgress};
use domain::roster::RosterEntry;
use domain::task::Task;
use domain::{Lang, ProblemCode, RosterEntryId, TaskId, Text, time_text};
use store::overview::{MissingRow, StudentFilter};

use crate::audit::{self, About, Deed};
use crate::sheet::{Sheet, SheetFile, SheetStyle};
use crate::{Context, Failure};

/// How many students are read at once for a file.
const READ_AT_ONCE: u64 = 2_000;
/// The headings of a file of missing students.
const HEADINGS: [Text; 8] = [
    Text::new("学号", "Student number"),
    Text::new("姓名", "Name"),
    Text::new("学历层次", "Level"),
    Text::new("学院", "College"),
    Text::new("专业", "Major"),
    Text::new("班级", "Class"),
    Text::new("进度", "Progress"),
    Text::new("最近提醒时间", "Reminded"),
];

/// Which students are meant; what is none does not matter.
#[derive(Debug, Clone, Default)]
pub struct StudentSearch {
    /// How far they are; none for everybody who still has something to do.
    pub progress: Option<StudentProgress>,
    /// The college, whole.
    pub college: Option<String>,
    /// The class, whole.
    pub class_name: Option<String>,
}

/// The task, and the students of it whom an actor may see with a permission.
///
/// # Errors
/// `task.unknown`, also where the actor sees nobody of its school.
pub(crate) async fn seen_task(
    context: &Context,
    actor: &Actor,
    permission: Permission,
    task_id: &str,
) -> Result<(Task, StudentReach), Failure> {
    let reach = actor.require_students(permission)?;
    let unknown = ProblemCode::TaskUnknown;
    let id: TaskId = task_id.parse().map_err(|_| unknown)?;
    let task = store::task::get(context.store.reader(), id).await?;
    let is_seen = |task: &Task| match &reach {
        StudentReach::AllSchools => true,
        StudentReach::Schools(schools) => schools.iter().any(|one| one.school_id == task.school_id),
    };
    let task = task.filter(is_seen).ok_or(unknown)?;
    Ok((task, reach))
}

pub(crate) fn filter_of(task: &Task, reach: StudentReach, search: &StudentSearch) -> StudentFilter {
    StudentFilter {
        roster: task.into(),
        reach,
        college: search.college.clone(),
        class_name: search.class_name.clone(),
    }
}

/// How far the students of a task are whom the actor may see; of many students, as it was counted lately. The number of
/// statements does not depend on theirs.
///
/// # Errors
/// `task.unknown`.
pub async fn progress(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    search: &StudentSearch,
) -> Result<TaskProgress, Failure> {
    let (task, reach) = seen_task(context, actor, Permission::ReadProgress, task_id).await?;
    kept::current(context, &filter_of(&task, reach, search)).await
}

/// A student who still has something to do.
#[derive(Debug, Clone)]
pub struct MissingStudent {
    /// The student; what is sealed of the entry is not for pages.
    pub entry: RosterEntry,
    /// The name.
    pub name: String,
    /// The student number.
    pub student_no: Option<String>,
    /// How far they are.
    pub progress: StudentProgress,
    /// When they were reminded last.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// A page of the students who still have something to do and whom the actor may see, newest first.
///
/// # Errors
/// `task.unknown`.
pub async fn missing_students(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    search: &StudentSearch,
    page: &PageRequest<RosterEntryId>,
) -> Result<Page<MissingStudent>, Failure> {
    let (task, reach) = seen_task(context, actor, Permission::ReadProgress, task_id).await?;
    let filter = filter_of(&task, reach, search);
    found(context, &filter, search.progress, page).await
}

async fn found(
    context: &Context,
    filter: &StudentFilter,
    progress: Option<StudentProgress>,
    page: &PageRequest<RosterEntryId>,
) -> Result<Page<MissingStudent>, Failure> {
    let on = context.store.reader();
    let found = store::overview::missing_students(on, filter, progress, page).await?;
    let mut students = Vec::with_capacity(found.items.len());
    for row in found.items.iter().cloned() {
        students.push(opened(context, row).await?);
    }
    Ok(found.with_items(|_| students))
}

async fn opened(context: &Context, row: MissingRow) -> Result<MissingStudent, Failure> {
    let (table, id) = ("roster_entries", row.entry.id.0);
    let name = context.open_text(table, "name_sealed", id, &row.entry.name_sealed);
    let name = name.await?;
    let student_no = match &row.entry.student_no_sealed {
        Some(sealed) => {
            let text = context.open_text(table, "student_no_sealed", id, sealed);
            Some(text.await?)
        }
        None => None,
    };
    Ok(MissingStudent {
        name,
        student_no,
        progress: row.progress,
        reminded_at: row.reminded_at,
        entry: row.entry,
    })
}

/// The students who still have something to do as a file; noted in the audit log.
///
/// # Errors
/// `task.unknown`, also where the actor may export nothing of its school.
pub async fn export_missing(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    search: &StudentSearch,
    style: SheetStyle,
) -> Result<SheetFile, Failure> {
    let (task, reach) = seen_task(context, actor, Permission::ExportData, task_id).await?;
    let filter = filter_of(&task, reach, search);
    let lang = style.lang;
    let headings = HEADINGS.map(|heading| heading.get(lang));
    let mut sheet = Sheet::begin(style, &headings)?;
    let mut page = PageRequest::first(READ_AT_ONCE);
    'pages: loop {
        let students = found(context, &filter, search.progress, &page).await?;
        for student in &students.items {
            if !sheet.add(&cells(student, lang))? {
                break 'pages;
            }
        }
        let Some(last) = students.items.last().filter(|_| students.next.is_some()) else {
            break;
        };
        page = PageRequest::following(READ_AT_ONCE, last.entry.id);
        tokio::task::yield_now().await;
    }
    let tx = context.store.begin().await?;
    let deed = Deed {
        action: AuditAction::MissingExported,
        object: AuditObject::Task,
        object_id: task.id.0,
        school_id: Some(task.school_id),
    };
    let audited = audit::note(context, &tx, actor, deed, About::default()).await?;
    store::commit(tx, audited).await?;
    sheet.finish("missing-students")
}

fn cells(student: &MissingStudent, lang: Lang) -> [String; 8] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let entry = &student.entry;
    [
        text(&student.student_no),
        student.name.clone(),
        entry.level.label().get(lang).to_owned(),
        text(&entry.college),
        text(&entry.major),
        text(&entry.class_name),
        student.progress.label().get(lang).to_owned(),
        student.reminded_at.map(time_text).unwrap_or_default(),
    ]
}
