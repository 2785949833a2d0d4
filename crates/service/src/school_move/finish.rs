//! The end of a move at the source: the school stays, or it is gone.

use domain::access::{Actor, Reach};
use domain::audit::{AuditAction, AuditExemption};
use domain::school::{School, SchoolState};
use domain::school_move::{SchoolMove, SchoolMoveState};
use providers::keys::is_same;
use store::school_move::{self, Moving};

use super::objects::{self, Source};
use super::{MoveError, deed, receipt_hash, school_called};
use crate::vault::Scope;
use crate::{Context, audit};

/// Opens a school again whose file was not taken.
///
/// # Errors
/// [`MoveError::Unsuitable`] where it is not shut.
pub async fn cancel(context: &Context, actor: &Actor, called: &str) -> Result<School, MoveError> {
    let school = school_called(context, actor, called).await?;
    move_of(context, &school).await?;
    reopen(context, actor, &school).await?;
    Ok(school)
}

/// Opens a school again that is on its way.
///
/// # Errors
/// [`MoveError::Unsuitable`] where it has moved.
pub(super) async fn reopen(
    context: &Context,
    actor: &Actor,
    school: &School,
) -> Result<(), MoveError> {
    let tx = context.store.begin().await?;
    let found = school_move::lock(&tx, school.id).await?;
    if found.is_none_or(|one| one.state != SchoolMoveState::Moving) {
        let what = "the school has moved and was deleted here: this cannot be taken back";
        return Err(MoveError::Unsuitable(what.to_owned()));
    }
    // First, or it refuses the entry.
    school_move::delete(&tx, school.id).await?;
    let deed = deed(AuditAction::SchoolMoveCancelled, school.id);
    let about = audit::About::default();
    let audited = audit::note(context, &tx, actor, deed, about).await?;
    Ok(store::commit(tx, audited).await?)
}

async fn move_of(context: &Context, school: &School) -> Result<SchoolMove, MoveError> {
    let found = school_move::get(context.store.reader(), school.id).await?;
    let found = found.filter(|one| one.state != SchoolMoveState::Arrived);
    found.ok_or_else(|| MoveError::Unsuitable("the school is not being moved".to_owned()))
}

/// Believes the receipt of the other installation: from now on the school's links are answered with its address, and what was
/// here of the school is deleted. It can be broken off anywhere and be called again.
///
/// # Errors
/// [`MoveError::Unsuitable`] where the receipt is not that of the last file.
pub async fn confirm(
    context: &Context,
    actor: &Actor,
    called: &str,
    receipt: &str,
) -> Result<School, MoveError> {
    let school = school_called(context, actor, called).await?;
    let moving = move_of(context, &school).await?;
    if !is_same(&moving.receipt_hash, &receipt_hash(receipt)) {
        let what = "this is not the receipt of the file that was written last".to_owned();
        return Err(MoveError::Unsuitable(what));
    }
    if moving.state == SchoolMoveState::Moving {
        leave(context, actor, &school, &moving).await?;
    }
    clear(context, &school, moving).await?;
    Ok(school)
}

async fn leave(
    context: &Context,
    actor: &Actor,
    school: &School,
    moving: &SchoolMove,
) -> Result<(), MoveError> {
    let tx = context.store.begin().await?;
    if school_move::lock(&tx, school.id).await?.as_ref() != Some(moving) {
        let what = "the move was cancelled, or another file was written, meanwhile".to_owned();
        return Err(MoveError::Unsuitable(what));
    }
    let locked = store::school::lock(&tx, school.id, &Reach::AllSchools).await?;
    let locked = locked.ok_or(crate::Failure::Fault("a school that is moved is gone"))?;
    // What is done here to the school itself is not refused, since the move is not there meanwhile.
    school_move::delete(&tx, school.id).await?;
    let suspended = School {
        state: SchoolState::Suspended,
        version: locked.version + 1,
        ..locked
    };
    store::school::save(&tx, &suspended).await?;
    let deed = deed(AuditAction::SchoolMoved, school.id);
    let audited = audit::with_reason(context, &tx, actor, deed, &moving.address).await?;
    let moved = SchoolMove {
        state: SchoolMoveState::Moved,
        updated_at: context.now(),
        ..moving.clone()
    };
    school_move::put(&tx, &moved).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Deletes objects, keys and rows of a school that has moved; its name, its audit log and the accounts of people stay.
async fn clear(context: &Context, school: &School, moved: SchoolMove) -> Result<(), MoveError> {
    let moving = Moving {
        school: school.id,
        tasks: moved.task_ids,
    };
    for source in [Source::Photos, Source::Deliveries] {
        objects::delete(context, &moving, source).await?;
    }
    for table in school_move::cleared_tables() {
        let mut is_more = true;
        while is_more {
            let tx = context.store.begin().await?;
            is_more = school_move::clear_some(&tx, &table, &moving).await?;
            store::commit(tx, AuditExemption::Repetition).await?;
        }
    }
    for task in moving.tasks {
        context.vault.forget(Scope::Task(task));
    }
    context.vault.forget(Scope::School(school.id));
    Ok(())
}
