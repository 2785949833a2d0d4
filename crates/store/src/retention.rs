//! Deleting what is too old, whoever's, a batch at a time.
//!
//! Each batch picks its rows by an index on the time, and deletes by key, with what refers to them before.

use chrono::{DateTime, Utc};
use domain::photo_state::PhotoState;
use domain::retention::Record;
use domain::submitted_photo::SubmittedPhoto;
use domain::webhook::WebhookDeliveryState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use crate::entity::{
    consent, delivery, erasure, event, idempotency_key, job, known_photo, lost_phone_report,
    notify_inbox, phone_change, photo, photo_check, provider_call, reconciliation, roster_import,
    roster_ticket, session, sms_challenge, sms_message, verification_attempt, webhook_attempt,
    webhook_delivery,
};
use crate::school_move::stays;
use crate::{StoreError, Tx};

/// Deletes the oldest rows of a table by its key.
macro_rules! delete {
    ($batch:ident, $table:ident, $time:ident, $also:expr) => {{
        use $table::{Column, Entity};
        $batch
            .delete::<Entity>(Column::Id, Column::$time, $also)
            .await
    }};
}

/// Deletes the oldest rows of a record from before a moment, at most `limit`; tells how many went. The files of photos do
/// not go this way: see [`photos_out_of_use`] and [`accepted_with_original`]; nor does the audit log: see
/// [`crate::audit::chain`].
pub async fn delete_oldest(
    tx: &Tx,
    record: Record,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<u64, StoreError> {
    let batch = Batch { tx, before, limit };
    let all = Condition::all();
    match record {
        Record::Messages => delete!(batch, sms_message, CreatedAt, all),
        Record::PhoneChanges => delete!(batch, phone_change, CreatedAt, all),
        Record::Challenges => challenges(&batch).await,
        Record::VerificationAttempts => delete!(batch, verification_attempt, CreatedAt, all),
        Record::PhotoChecks => delete!(batch, photo_check, CreatedAt, all),
        Record::Sessions => sessions(&batch).await,
        Record::Answers => delete!(batch, idempotency_key, ExpiresAt, all),
        Record::Tickets => delete!(batch, roster_ticket, UpdatedAt, all),
        Record::LostPhoneReports => delete!(batch, lost_phone_report, UpdatedAt, all),
        Record::Notices => {
            // One that was never acted on is still looked into.
            let done = all.add(notify_inbox::Column::ProcessedAt.is_not_null());
            delete!(batch, notify_inbox, ReceivedAt, done)
        }
        Record::ProviderCalls => delete!(batch, provider_call, At, all),
        Record::Events => delete!(batch, event, At, all),
        Record::WebhookDeliveries => webhook_deliveries(&batch).await,
        Record::Jobs => delete!(batch, job, DoneAt, all),
        Record::Consents => delete!(batch, consent, WithdrawnAt, all),
        Record::Erasures => delete!(batch, erasure, At, all),
        Record::Audit | Record::PhotoFiles | Record::PhotoOriginals => Ok(0),
    }
}

/// What is to be picked: the oldest before a moment.
struct Batch<'a> {
    tx: &'a Tx,
    before: DateTime<Utc>,
    limit: u64,
}

impl Batch<'_> {
    fn oldest<E: EntityTrait>(&self, time: E::Column, also: Condition) -> Select<E> {
        E::find()
            .filter(time.lt(self.before))
            .filter(also)
            .order_by_asc(time)
            .limit(self.limit)
    }

    async fn pick<E: EntityTrait>(
        &self,
        id: E::Column,
        time: E::Column,
        also: Condition,
    ) -> Result<Vec<Uuid>, StoreError> {
        let picked = self.oldest::<E>(time, also).select_only();
        Ok(picked.column(id).into_tuple().all(self.tx).await?)
    }

    async fn delete<E: EntityTrait>(
        &self,
        id: E::Column,
        time: E::Column,
        also: Condition,
    ) -> Result<u64, StoreError> {
        let ids = self.pick::<E>(id, time, also).await?;
        self.delete_rows::<E>(id, ids).await
    }

    async fn delete_rows<E: EntityTrait>(
        &self,
        id: E::Column,
        ids: Vec<Uuid>,
    ) -> Result<u64, StoreError> {
        let gone = E::delete_many().filter(id.is_in(ids)).exec(self.tx);
        Ok(gone.await?.rows_affected)
    }
}

/// With a code go its message and the change of phone that it was for.
async fn challenges(batch: &Batch<'_>) -> Result<u64, StoreError> {
    use phone_change::Column as Change;
    use sms_challenge::{Column, Entity};
    let ids = batch
        .pick::<Entity>(Column::Id, Column::CreatedAt, Condition::all())
        .await?;
    sms_message::Entity::delete_many()
        .filter(sms_message::Column::ChallengeId.is_in(ids.clone()))
        .exec(batch.tx)
        .await?;
    let of_these = Condition::any()
        .add(Change::OldChallengeId.is_in(ids.clone()))
        .add(Change::NewChallengeId.is_in(ids.clone()));
    phone_change::Entity::delete_many()
        .filter(of_these)
        .exec(batch.tx)
        .await?;
    batch.delete_rows::<Entity>(Column::Id, ids).await
}

/// With a delivery go its tries. One that still waits is left.
async fn webhook_deliveries(batch: &Batch<'_>) -> Result<u64, StoreError> {
    use webhook_delivery::{Column, Entity};
    let waiting = WebhookDeliveryState::Waiting.as_str();
    let done = Condition::all().add(Column::State.ne(waiting));
    let ids = batch
        .pick::<Entity>(Column::Id, Column::UpdatedAt, done)
        .await?;
    webhook_attempt::Entity::delete_many()
        .filter(webhook_attempt::Column::DeliveryId.is_in(ids.clone()))
        .exec(batch.tx)
        .await?;
    batch.delete_rows::<Entity>(Column::Id, ids).await
}

/// A refresh token names its successor, which may go before it where both are of one moment.
async fn sessions(batch: &Batch<'_>) -> Result<u64, StoreError> {
    use session::{Column, Entity};
    let ids = batch
        .pick::<Entity>(Column::Id, Column::CreatedAt, Condition::all())
        .await?;
    Entity::update_many()
        .col_expr(Column::SuccessorId, Expr::value(None::<Uuid>))
        .filter(Column::SuccessorId.is_in(ids.clone()))
        .exec(batch.tx)
        .await?;
    batch.delete_rows::<Entity>(Column::Id, ids).await
}

/// Photos that stopped to count before a moment and still have files, oldest first; locked until `tx` ends. Those of
/// schools that are being moved are left out.
pub async fn photos_out_of_use(
    tx: &Tx,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<SubmittedPhoto>, StoreError> {
    let words = PhotoState::ALL
        .iter()
        .filter(|state| !state.is_live())
        .map(|state| state.as_str());
    let found = photo::Entity::find()
        .filter(photo::Column::FilesErasedAt.is_null())
        .filter(photo::Column::State.is_in(words))
        .filter(photo::Column::StateAt.lt(before));
    let found = oldest_locked(found, limit).all(tx).await?;
    found.into_iter().map(crate::photo::read).collect()
}

/// Photos that were accepted before a moment and still have their original, oldest first; locked until `tx` ends. Those of
/// schools that are being moved are left out.
pub async fn accepted_with_original(
    tx: &Tx,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<SubmittedPhoto>, StoreError> {
    let words = [PhotoState::Approved, PhotoState::HandedOver].map(PhotoState::as_str);
    let found = photo::Entity::find()
        .filter(photo::Column::OriginalErasedAt.is_null())
        .filter(photo::Column::State.is_in(words))
        .filter(photo::Column::StateAt.lt(before));
    let found = oldest_locked(found, limit).all(tx).await?;
    found.into_iter().map(crate::photo::read).collect()
}

fn oldest_locked(found: Select<photo::Entity>, limit: u64) -> Select<photo::Entity> {
    found
        .filter(stays(photo::Column::SchoolId))
        .order_by_asc(photo::Column::StateAt)
        .limit(limit)
        .lock_exclusive()
}

/// Which of these names of files a row knows: a photo's, a bill's, or that of work which will look after them.
pub async fn known_files(
    on: &impl ConnectionTrait,
    names: &[String],
) -> Result<Vec<String>, StoreError> {
    use photo::Column::{FramedKey, OriginalKey, ThumbKey};
    let mut known = Vec::new();
    for column in [OriginalKey, FramedKey, ThumbKey] {
        let found = photo::Entity::find()
            .select_only()
            .column(column)
            .filter(column.is_in(names));
        known.extend(found.into_tuple::<String>().all(on).await?);
    }
    for column in [
        known_photo::Column::OriginalKey,
        known_photo::Column::FramedKey,
        known_photo::Column::ThumbKey,
    ] {
        let found = known_photo::Entity::find()
            .select_only()
            .column(column)
            .filter(column.is_in(names));
        known.extend(found.into_tuple::<String>().all(on).await?);
    }
    let bills = reconciliation::Entity::find()
        .select_only()
        .column(reconciliation::Column::BillKey)
        .filter(reconciliation::Column::BillKey.is_in(names));
    known.extend(bills.into_tuple::<String>().all(on).await?);
    let rosters = roster_import::Entity::find()
        .select_only()
        .column(roster_import::Column::FileKey)
        .filter(roster_import::Column::FileKey.is_in(names));
    known.extend(rosters.into_tuple::<String>().all(on).await?);
    let packages = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::ObjectKey)
        .filter(delivery::Column::ObjectKey.is_in(names));
    known.extend(packages.into_tuple::<String>().all(on).await?);
    Ok(known)
}
