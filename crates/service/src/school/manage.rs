//! Making and changing schools: for operators; officers read their own.

use std::collections::HashSet;

use chrono::TimeDelta;
use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::page::{Page, PageRequest};
use domain::school::{School, SchoolAlias, SchoolDraft, SchoolState};
use domain::{ProblemCode, Refusal, SchoolAliasId, SchoolId, fold};
use store::audit::Audited;
use store::{StoreError, Tx};

use super::initials::initials;
use super::searchable;
use crate::audit::{About, Deed, note};
use crate::{Context, Failure};

/// A school as staff see it.
#[derive(Debug, Clone)]
pub struct ManagedSchool {
    /// The school.
    pub school: School,
    /// The other names that people gave it; its initials are not among them.
    pub aliases: Vec<String>,
}

/// Makes a school.
///
/// # Errors
/// Wrong fields, `school.name_taken`.
pub async fn create(
    context: &Context,
    actor: &Actor,
    draft: SchoolDraft,
) -> Result<ManagedSchool, Failure> {
    actor.require(Permission::ManageSchools)?;
    let draft = draft.read().map_err(Refusal::fields)?;
    let tx = context.store.begin().await?;
    let (managed, audited) = add(context, &tx, actor, draft).await?;
    store::commit(tx, audited).await?;
    Ok(managed)
}

/// Adds a school of a draft that was read.
pub(super) async fn add(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    draft: SchoolDraft,
) -> Result<(ManagedSchool, Audited), Failure> {
    let school = School {
        id: context.new_id(SchoolId::new),
        code: draft.code,
        name_folded: fold(&draft.name),
        name: draft.name,
        state: SchoolState::Active,
        contact: draft.contact,
        created_at: context.now(),
        version: 1,
        is_test: false,
        clock_offset: TimeDelta::zero(),
    };
    store::school::insert(tx, &school)
        .await
        .map_err(name_taken)?;
    add_aliases(context, tx, &school, &draft.aliases).await?;
    let audited = note_school(context, tx, actor, AuditAction::SchoolCreated, &school).await?;
    let managed = ManagedSchool {
        school,
        aliases: draft.aliases,
    };
    Ok((managed, audited))
}

/// Changes what of a school an operator writes.
///
/// # Errors
/// `school.unknown`, wrong fields, `school.name_taken`, `request.version_conflict`.
pub async fn update(
    context: &Context,
    actor: &Actor,
    id: &str,
    draft: SchoolDraft,
    version: i32,
) -> Result<ManagedSchool, Failure> {
    let reach = actor.require(Permission::ManageSchools)?;
    let draft = draft.read().map_err(Refusal::fields)?;
    let tx = context.store.begin().await?;
    let school = lock(&tx, id, &reach).await?;
    if school.version != version {
        return Err(ProblemCode::VersionConflict.into());
    }
    let changed = School {
        code: draft.code,
        name_folded: fold(&draft.name),
        name: draft.name,
        contact: draft.contact,
        version: school.version + 1,
        ..school
    };
    store::school::save(&tx, &changed)
        .await
        .map_err(name_taken)?;
    store::school::delete_aliases(&tx, changed.id).await?;
    add_aliases(context, &tx, &changed, &draft.aliases).await?;
    let audited = note_school(context, &tx, actor, AuditAction::SchoolChanged, &changed).await?;
    store::commit(tx, audited).await?;
    Ok(ManagedSchool {
        school: changed,
        aliases: draft.aliases,
    })
}

/// Suspends a school, so that students see nothing of it, or resumes it. Doing it again changes nothing.
///
/// # Errors
/// `school.unknown`.
pub async fn set_state(
    context: &Context,
    actor: &Actor,
    id: &str,
    state: SchoolState,
) -> Result<(), Failure> {
    let reach = actor.require(Permission::ManageSchools)?;
    let tx = context.store.begin().await?;
    let school = lock(&tx, id, &reach).await?;
    if school.state == state {
        return Ok(());
    }
    let action = match state {
        SchoolState::Active => AuditAction::SchoolResumed,
        SchoolState::Suspended => AuditAction::SchoolSuspended,
    };
    let changed = School {
        state,
        version: school.version + 1,
        ..school
    };
    store::school::save(&tx, &changed).await?;
    let audited = note_school(context, &tx, actor, action, &changed).await?;
    Ok(store::commit(tx, audited).await?)
}

/// The schools within reach, the newest first; with a text, those whose name holds it or whose code or other name it is.
pub async fn list(
    context: &Context,
    reach: &Reach,
    text: Option<&str>,
    page: &PageRequest<SchoolId>,
) -> Result<Page<School>, Failure> {
    let text = text.map(searchable).filter(|text| !text.is_empty());
    let on = context.store.reader();
    Ok(store::school::list(on, reach, text.as_deref(), page).await?)
}

/// A school within reach.
///
/// # Errors
/// `school.unknown`.
pub async fn get(context: &Context, reach: &Reach, id: &str) -> Result<ManagedSchool, Failure> {
    let on = context.store.reader();
    let id: SchoolId = id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    let school = store::school::within_reach(on, id, reach).await?;
    let school = school.ok_or(ProblemCode::SchoolUnknown)?;
    let by_itself: HashSet<String> = initials(&school.name)
        .iter()
        .map(|alias| fold(alias))
        .collect();
    let aliases = store::school::aliases_of(on, id).await?;
    let mut aliases: Vec<String> = aliases
        .into_iter()
        .filter(|alias| !by_itself.contains(&alias.alias_folded))
        .map(|alias| alias.alias)
        .collect();
    aliases.sort_unstable();
    Ok(ManagedSchool { school, aliases })
}

async fn lock(tx: &Tx, id: &str, reach: &Reach) -> Result<School, Failure> {
    let id: SchoolId = id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    let school = store::school::lock(tx, id, reach).await?;
    school.ok_or_else(|| ProblemCode::SchoolUnknown.into())
}

/// Adds the names that people gave, and the initials, each spelling once.
async fn add_aliases(
    context: &Context,
    tx: &Tx,
    school: &School,
    given: &[String],
) -> Result<(), Failure> {
    let mut known: Vec<String> = Vec::new();
    for alias in given.iter().cloned().chain(initials(&school.name)) {
        let alias_folded = fold(&alias);
        if known.contains(&alias_folded) {
            continue;
        }
        known.push(alias_folded.clone());
        let alias = SchoolAlias {
            id: context.new_id(SchoolAliasId::new),
            school_id: school.id,
            alias,
            alias_folded,
        };
        store::school::insert_alias(tx, &alias).await?;
    }
    Ok(())
}

/// A name that another school has, as the database refuses it.
pub(crate) fn name_taken(error: StoreError) -> Failure {
    if matches!(error, StoreError::Conflict { .. }) {
        ProblemCode::SchoolNameTaken.into()
    } else {
        error.into()
    }
}

async fn note_school(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    school: &School,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::School,
        object_id: school.id.0,
        school_id: Some(school.id),
    };
    note(context, tx, actor, deed, About::default()).await
}
