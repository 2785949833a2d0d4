//! Shutting a school, and making sure that nothing of it is under way.

use std::time::Duration;

use domain::access::Actor;
use domain::audit::{AuditAction, AuditExemption};
use domain::school::School;
use domain::school_move::{OpenWork, SchoolMove, SchoolMoveState};
use store::index_key::{self, Purpose};
use store::school_move;

use super::{MoveError, deed};
use crate::{Context, audit, event};

/// How long it is waited for transactions that began before the school was shut: a request has ended long before.
const WAIT: Duration = Duration::from_millis(200);
const WAITS: usize = 600;

/// What of a school's work must be over first.
///
/// # Errors
/// [`MoveError::Open`] with how much of it there is.
pub(super) async fn require_none_open(context: &Context, school: &School) -> Result<(), MoveError> {
    let on = context.store.reader();
    let mut open = Vec::new();
    for what in OpenWork::ALL.iter().copied() {
        let count = school_move::count_open(on, school.id, what).await?;
        if count > 0 {
            open.push((what, count));
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(MoveError::Open(open))
    }
}

/// Shuts a school: from here on nothing of it changes, whoever tries. Where something is under way that cannot be moved, it is
/// open again.
pub(super) async fn begin(
    context: &Context,
    actor: &Actor,
    school: &School,
    address: &str,
) -> Result<SchoolMove, MoveError> {
    require_movable(context, school).await?;
    let on = context.store.reader();
    let earlier = school_move::get(on, school.id).await?;
    let is_shut = match earlier.as_ref().map(|one| one.state) {
        Some(SchoolMoveState::Moved) => {
            return Err(MoveError::Unsuitable(
                "the school has moved away".to_owned(),
            ));
        }
        Some(SchoolMoveState::Moving) => true,
        Some(SchoolMoveState::Arrived) | None => false,
    };
    if !is_shut {
        require_none_open(context, school).await?;
    }
    school_move::raise(&context.store).await?;
    let now = context.now();
    let earlier = earlier.filter(|_| is_shut);
    let moving = SchoolMove {
        school_id: school.id,
        state: SchoolMoveState::Moving,
        address: address.to_owned(),
        task_ids: school_move::tasks_of(on, school.id).await?,
        receipt_hash: Vec::new(),
        started_at: earlier.map_or(now, |one| one.started_at),
        updated_at: now,
    };
    shut(context, actor, &moving, is_shut).await?;
    let ready = settle(context, school).await;
    if ready.is_err() && !is_shut {
        super::finish::reopen(context, actor, school).await?;
    }
    ready.map(|()| moving)
}

async fn require_movable(context: &Context, school: &School) -> Result<(), MoveError> {
    if school.is_test {
        let what = "a school for trying the API is not moved".to_owned();
        return Err(MoveError::Unsuitable(what));
    }
    let on = context.store.reader();
    let derived = index_key::current(on, Purpose::DerivedIdNumber).await?;
    if derived.is_some() {
        let what = "what was sealed before tasks had keys of their own must be moved under them first: run gradphoto keys rewrap";
        return Err(MoveError::Unsuitable(what.to_owned()));
    }
    Ok(())
}

async fn shut(
    context: &Context,
    actor: &Actor,
    moving: &SchoolMove,
    is_shut: bool,
) -> Result<(), MoveError> {
    let tx = context.store.begin().await?;
    let found = school_move::lock(&tx, moving.school_id).await?;
    let state = found.map(|one| one.state);
    let is_still = (state == Some(SchoolMoveState::Moving)) == is_shut;
    if !is_still || state == Some(SchoolMoveState::Moved) {
        let what = "somebody else began or ended the move of this school meanwhile: try again";
        return Err(MoveError::Unsuitable(what.to_owned()));
    }
    if is_shut {
        school_move::put(&tx, moving).await?;
        return Ok(store::commit(tx, AuditExemption::Repetition).await?);
    }
    // Before the school is shut, which refuses it.
    let deed = deed(AuditAction::SchoolMoveBegan, moving.school_id);
    let audited = audit::with_reason(context, &tx, actor, deed, &moving.address).await?;
    school_move::put(&tx, moving).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Waits until whoever began before the school was shut has ended.
async fn wait_for_others(context: &Context) -> Result<(), MoveError> {
    let mut since = None;
    for _ in 0..WAITS {
        let (is_quiet, began) = school_move::is_quiet(&context.store, since).await?;
        if is_quiet {
            return Ok(());
        }
        since = Some(began);
        tokio::time::sleep(WAIT).await;
    }
    let what = "a transaction of the database does not end: look for it, and try again";
    Err(MoveError::Unsuitable(what.to_owned()))
}

/// Puts events and the audit log in order, and looks for open work once more, now that no more comes.
async fn settle(context: &Context, school: &School) -> Result<(), MoveError> {
    wait_for_others(context).await?;
    require_none_open(context, school).await?;
    event::place(context).await?;
    audit::seal(context).await?;
    let on = context.store.reader();
    if school_move::count_unsealed(on, school.id).await? > 0 {
        let what = "the audit log is being sealed: try again in a minute".to_owned();
        return Err(MoveError::Unsuitable(what));
    }
    Ok(())
}
