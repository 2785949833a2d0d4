//! What is answered where a school was, once it has moved to another installation.

use domain::school_move::SchoolMove;
use domain::{ProblemCode, Refusal, TaskId};

use crate::{Context, Failure};

fn moved(to: &SchoolMove) -> Failure {
    let refusal = Refusal::from(ProblemCode::SchoolMoved).with("address", &to.address);
    refusal.into()
}

/// Why there is no such task: its school has moved, or there never was one.
pub(super) async fn task_unknown(context: &Context, id: TaskId) -> Result<Failure, Failure> {
    let gone = store::school_move::gone(context.store.reader()).await?;
    let there = gone.iter().find(|one| one.task_ids.contains(&id));
    Ok(there.map_or_else(|| ProblemCode::SchoolNotOpen.into(), moved))
}

/// Why no school of this folded name, alias or code is open: it has moved, or it is none.
pub(super) async fn not_open(context: &Context, folded: &str) -> Result<Failure, Failure> {
    let on = context.store.reader();
    let gone = store::school_move::gone(on).await?;
    if gone.is_empty() {
        return Ok(ProblemCode::SchoolNotOpen.into());
    }
    let called = store::school::ever_called(on, folded).await?;
    let is_called = |one: &&SchoolMove| called.iter().any(|school| school.id == one.school_id);
    let there = gone.iter().find(is_called);
    Ok(there.map_or_else(|| ProblemCode::SchoolNotOpen.into(), moved))
}
