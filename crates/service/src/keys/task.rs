//! Moving what a school's keys sealed, from before tasks had keys of their own, under the keys of its task.

use domain::TaskId;
use domain::audit::AuditExemption;
use providers::blob::BlobKey;
use providers::keys::key_id;
use store::StoreError;
use store::object::{self, NamedObject};
use store::resealing::{self, PAGE, TaskColumn, TaskValue};
use uuid::Uuid;

use super::walk::Walk;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// Counts the values that are not sealed under a key of their task, and seals them so where that is asked.
pub(super) async fn values(context: &Context, walk: Walk) -> Result<usize, Failure> {
    let mut count = 0;
    for column in TaskColumn::ALL {
        let mut after = Uuid::nil();
        loop {
            let page = resealing::page(context.store.reader(), column, after).await?;
            let is_last = page.len() < PAGE;
            if let Some(last) = page.last() {
                after = last.row;
            }
            let mut changes = Vec::new();
            for value in page {
                if !value.sealed.is_empty()
                    && !is_under_task(context, value.task, value.sealed.as_bytes()).await?
                {
                    changes.push(value);
                }
            }
            count += changes.len();
            if walk == Walk::Write {
                reseal_values(context, column, changes).await?;
            }
            if is_last {
                break;
            }
        }
    }
    Ok(count)
}

async fn is_under_task(context: &Context, task: TaskId, sealed: &[u8]) -> Result<bool, Failure> {
    let scope = context.scope_of(key_id(sealed)?).await?;
    Ok(scope == Scope::Task(task))
}

async fn reseal_values(
    context: &Context,
    column: TaskColumn,
    values: Vec<TaskValue>,
) -> Result<(), Failure> {
    let (table, name) = column.place();
    let mut sealed_anew = Vec::with_capacity(values.len());
    for value in values {
        let plain = context.open(table, name, value.row, &value.sealed).await?;
        let scope = Scope::Task(value.task);
        let task_key = context.sealer(scope, Purpose::Person).await?;
        let sealed = task_key.seal(table, name, value.row, &plain)?;
        sealed_anew.push((value, sealed));
    }
    let tx = context.store.begin().await?;
    for (value, sealed) in sealed_anew {
        resealing::replace(&tx, column, &value, sealed.into()).await?;
    }
    Ok(store::commit(tx, AuditExemption::Housekeeping).await?)
}

/// Counts the files of photos that are not sealed under a key of their task, and seals them so where that is asked.
pub(super) async fn files(context: &Context, walk: Walk) -> Result<usize, Failure> {
    let (mut count, mut after) = (0, Some(Uuid::nil()));
    while let Some(row) = after {
        let page = object::of_photos(context.store.reader(), row).await?;
        after = page.next;
        for file in page.objects {
            count += usize::from(move_file(context, &file, walk).await?);
        }
    }
    Ok(count)
}

/// Whether the file is under a key of its school.
async fn move_file(context: &Context, file: &NamedObject, walk: Walk) -> Result<bool, Failure> {
    let key: BlobKey = file.key.parse().map_err(|_| StoreError::Corrupt {
        what: "photos: a key of a file".into(),
    })?;
    let task = file.task.ok_or(Failure::Fault("a photo without a task"))?;
    // A file that was erased meanwhile is missing.
    let Some(sealed) = context.blobs.get(&key).await? else {
        return Ok(false);
    };
    if is_under_task(context, task, &sealed).await? {
        return Ok(false);
    }
    if walk == Walk::Write {
        let (table, column) = file.kind.place();
        let plain = context.open(table, column, file.row, &sealed).await?;
        let task_key = context.sealer(Scope::Task(task), Purpose::Photo).await?;
        let sealed = task_key.seal(table, column, file.row, &plain)?;
        // Whichever of the two is read meanwhile opens.
        context.blobs.put(&key, sealed.into()).await?;
        // Who erases a file takes its name out of the row first, so that a file which was put back after that is noticed.
        if !object::is_named(context.store.reader(), file).await? {
            context.blobs.delete(&key).await?;
        }
    }
    Ok(true)
}
