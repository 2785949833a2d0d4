//! Keeping the settings of a task as a template, and making tasks from it.

use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::page::{Page, PageRequest};
use domain::task::Task;
use domain::task_draft::TaskDraft;
use domain::task_template::{TaskTemplate, TemplateOwner, template_name_error};
use domain::{ProblemCode, Refusal, TaskTemplateId};
use store::Tx;
use store::audit::Audited;

use crate::audit::{About, Deed, note};
use crate::task::{self, TaskCopy, school_within};
use crate::{Context, Failure};

/// A template that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewTemplate<'a> {
    /// Its name.
    pub name: &'a str,
    /// Who keeps it.
    pub owner: TemplateOwner,
}

/// Keeps the settings of a task as a template. One for every school is kept by who manages the tasks of all.
///
/// # Errors
/// `task.unknown`, `session.role_required`, a wrong name.
pub async fn save(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    new: NewTemplate<'_>,
) -> Result<TaskTemplate, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let task = task::get(context, &reach, task_id).await?;
    if new.owner == TemplateOwner::Bureau && reach != Reach::AllSchools {
        return Err(ProblemCode::SessionRole.into());
    }
    if let Some(error) = template_name_error(new.name) {
        return Err(Refusal::fields(vec![error]).into());
    }
    let template = TaskTemplate {
        id: context.new_id(TaskTemplateId::new),
        school_id: (new.owner == TemplateOwner::School).then_some(task.school_id),
        name: new.name.trim().to_owned(),
        settings: task.settings,
        created_at: context.now(),
        version: 1,
    };
    let tx = context.store.begin().await?;
    store::task_template::insert(&tx, &template).await?;
    let action = AuditAction::TaskTemplateSaved;
    let audited = note_template(context, &tx, actor, action, &template).await?;
    store::commit(tx, audited).await?;
    Ok(template)
}

/// The templates from which a school may make a task, the newest first: its own and those of the bureau.
///
/// # Errors
/// `school.unknown`.
pub async fn list(
    context: &Context,
    reach: &Reach,
    school: &str,
    page: &PageRequest<TaskTemplateId>,
) -> Result<Page<TaskTemplate>, Failure> {
    let school = school_within(context, reach, school).await?;
    Ok(store::task_template::list(context.store.reader(), school.id, page).await?)
}

/// Makes a draft with the settings of a template.
///
/// # Errors
/// `school.unknown`, `task_template.unknown`, wrong fields.
pub async fn make_task(
    context: &Context,
    actor: &Actor,
    school: &str,
    template: &str,
    new: TaskCopy,
) -> Result<Task, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let school = school_within(context, &reach, school).await?;
    let id = read_id(template)?;
    let template = store::task_template::get(context.store.reader(), school.id, id).await?;
    let template = template.ok_or(ProblemCode::TaskTemplateUnknown)?;
    let draft = TaskDraft {
        name: new.name,
        opens_at: new.opens_at,
        closes_at: new.closes_at,
        settings: template.settings,
    };
    task::insert(context, actor, school.id, draft).await
}

/// Gives a template another name.
///
/// # Errors
/// As [`delete`]; a wrong name; `request.version_conflict` where it was changed since it was read.
pub async fn rename(
    context: &Context,
    actor: &Actor,
    id: &str,
    name: &str,
    version: i32,
) -> Result<TaskTemplate, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    if let Some(error) = template_name_error(name) {
        return Err(Refusal::fields(vec![error]).into());
    }
    let tx = context.store.begin().await?;
    let template = lock(&tx, &reach, id).await?;
    if template.version != version {
        return Err(ProblemCode::VersionConflict.into());
    }
    let renamed = TaskTemplate {
        name: name.trim().to_owned(),
        version: version + 1,
        ..template
    };
    store::task_template::save(&tx, &renamed).await?;
    let action = AuditAction::TaskTemplateRenamed;
    let audited = note_template(context, &tx, actor, action, &renamed).await?;
    store::commit(tx, audited).await?;
    Ok(renamed)
}

/// Deletes a template; tasks that were made from it stay.
///
/// # Errors
/// `task_template.unknown`, also where it is another school's; `session.role_required` where it is the bureau's.
pub async fn delete(context: &Context, actor: &Actor, id: &str) -> Result<(), Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let tx = context.store.begin().await?;
    let template = lock(&tx, &reach, id).await?;
    if !store::task_template::delete(&tx, template.id).await? {
        return Err(ProblemCode::TaskTemplateUnknown.into());
    }
    let action = AuditAction::TaskTemplateDeleted;
    let audited = note_template(context, &tx, actor, action, &template).await?;
    Ok(store::commit(tx, audited).await?)
}

/// A template that whoever manages tasks of these schools may change, locked.
async fn lock(tx: &Tx, reach: &Reach, id: &str) -> Result<TaskTemplate, Failure> {
    let template = store::task_template::lock(tx, read_id(id)?).await?;
    let template = template.ok_or(ProblemCode::TaskTemplateUnknown)?;
    if template.may_be_changed_by(reach) {
        return Ok(template);
    }
    Err(match template.owner() {
        TemplateOwner::Bureau => ProblemCode::SessionRole,
        TemplateOwner::School => ProblemCode::TaskTemplateUnknown,
    }
    .into())
}

fn read_id(id: &str) -> Result<TaskTemplateId, ProblemCode> {
    id.parse().map_err(|_| ProblemCode::TaskTemplateUnknown)
}

async fn note_template(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    template: &TaskTemplate,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::TaskTemplate,
        object_id: template.id.0,
        school_id: template.school_id,
    };
    note(context, tx, actor, deed, About::default()).await
}
