//! Erasing what names a person, and the ledger of what was erased.

use chrono::{DateTime, Utc};
use domain::enrolment::Enrolment;
use domain::order::Order;
use domain::payment::Attempt;
use domain::retention::ErasureKind;
use domain::submitted_photo::SubmittedPhoto;
use domain::{AccountId, ConsentId, ErasureId, PhotoId};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::erasure::{Column, Entity, Model};
use crate::entity::{
    enrolment, idempotency_key, known_browser, lost_phone_report, notify_inbox, order,
    payment_attempt, phone_change, photo, refund, roster_ticket, sms_challenge,
};
use crate::idempotency::principal_of_phone;
use crate::word::word;
use crate::{StoreError, Tx};

/// A line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// Its id.
    pub id: ErasureId,
    /// What kind of thing was erased.
    pub kind: ErasureKind,
    /// Which; a thing has one line.
    pub object_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

/// Notes that something was erased; the first time counts.
pub async fn note(tx: &Tx, erasure: Erasure) -> Result<(), StoreError> {
    let row = Model {
        id: erasure.id.0,
        kind: erasure.kind.as_str().to_owned(),
        object_id: erasure.object_id,
        at: erasure.at,
    };
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Whether something was erased before.
pub async fn is_known(
    on: &impl ConnectionTrait,
    kind: ErasureKind,
    object_id: Uuid,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::ObjectId.eq(object_id))
        .one(on);
    Ok(found.await?.is_some())
}

/// The ledger since a moment, oldest first, after a row of it.
pub async fn page(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
    after: Option<&Erasure>,
    limit: u64,
) -> Result<Vec<Erasure>, StoreError> {
    let mut found = Entity::find().filter(Column::At.gte(since));
    if let Some(after) = after {
        let later = Condition::any().add(Column::At.gt(after.at)).add(
            Condition::all()
                .add(Column::At.eq(after.at))
                .add(Column::Id.gt(after.id.0)),
        );
        found = found.filter(later);
    }
    let found = found
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on);
    let read = |row: Model| {
        Ok(Erasure {
            id: ErasureId(row.id),
            kind: word("erasures.kind", &row.kind)?,
            object_id: row.object_id,
            at: row.at,
        })
    };
    found.await?.into_iter().map(read).collect()
}

/// A photo, whoever's, locked until `tx` ends.
pub async fn lock_photo(tx: &Tx, id: PhotoId) -> Result<Option<SubmittedPhoto>, StoreError> {
    let found = photo::Entity::find_by_id(id.0).lock_exclusive().one(tx);
    found.await?.map(crate::photo::read).transpose()
}

/// The enrolments of an account, released ones too.
pub async fn enrolments(tx: &Tx, owner: AccountId) -> Result<Vec<Enrolment>, StoreError> {
    let found = enrolment::Entity::find()
        .filter(enrolment::Column::AccountId.eq(owner.0))
        .order_by_asc(enrolment::Column::Id)
        .all(tx);
    let found = found.await?.into_iter();
    found.map(crate::enrolment::read).collect()
}

/// The photos of an enrolment that have files, locked until `tx` ends.
pub async fn photos_with_files(
    tx: &Tx,
    enrolment: &Enrolment,
) -> Result<Vec<SubmittedPhoto>, StoreError> {
    let found = photo::Entity::find()
        .filter(photo::Column::SchoolId.eq(enrolment.school_id.0))
        .filter(photo::Column::EnrolmentId.eq(enrolment.id.0))
        .filter(photo::Column::FilesErasedAt.is_null())
        .order_by_asc(photo::Column::Number)
        .lock_exclusive()
        .all(tx);
    let found = found.await?.into_iter();
    found.map(crate::photo::read).collect()
}

/// Empties what names a person in the orders of an account, in their payments, refunds and notices; amounts, numbers and
/// times stay. The caller holds the locks of the orders.
pub async fn strip_orders(tx: &Tx, orders: &[Order]) -> Result<(), StoreError> {
    use payment_attempt::Column;
    let ids: Vec<Uuid> = orders.iter().map(|order| order.id.0).collect();
    order::Entity::update_many()
        .col_expr(order::Column::ContactSealed, Expr::value(Vec::<u8>::new()))
        .filter(order::Column::Id.is_in(ids.clone()))
        .exec(tx)
        .await?;
    refund::Entity::update_many()
        .col_expr(refund::Column::Note, Expr::value(""))
        .filter(refund::Column::OrderId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    for order in orders {
        for attempt in crate::payment::of_order(tx, order).await? {
            strip_notices(tx, &attempt).await?;
        }
        payment_attempt::Entity::update_many()
            .col_expr(Column::PayerRefSealed, Expr::value(None::<Vec<u8>>))
            .col_expr(Column::Credential, Expr::value(None::<Json>))
            .filter(Column::SchoolId.eq(order.school_id.0))
            .filter(Column::OrderId.eq(order.id.0))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Empties the notices about an attempt that were acted on.
async fn strip_notices(tx: &Tx, attempt: &Attempt) -> Result<(), StoreError> {
    use notify_inbox::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Headers, Expr::value(empty()))
        .col_expr(Column::Raw, Expr::value(Vec::<u8>::new()))
        .col_expr(Column::PlaintextSealed, Expr::value(None::<Vec<u8>>))
        .filter(Column::MerchantAccount.eq(&attempt.merchant_account))
        .filter(Column::OutTradeNo.eq(&attempt.out_trade_no))
        .filter(Column::ProcessedAt.is_not_null())
        .exec(tx)
        .await?;
    Ok(())
}

fn empty() -> Json {
    std::iter::empty::<(String, Json)>().collect()
}

/// Deletes what an account leaves that nothing needs: questions, changes of phone, reports of a lost one, browsers, roles, answers to repeat.
pub async fn delete_own(tx: &Tx, owner: AccountId) -> Result<(), StoreError> {
    roster_ticket::Entity::delete_many()
        .filter(roster_ticket::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    phone_change::Entity::delete_many()
        .filter(phone_change::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    lost_phone_report::Entity::delete_many()
        .filter(lost_phone_report::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    known_browser::Entity::delete_many()
        .filter(known_browser::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    crate::staff::delete_own(tx, owner).await?;
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::Principal.eq(owner.to_string()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends the codes of a phone and forgets its number in them, and deletes the reports of a lost phone that asked to be called
/// back there; those that were approved for another account are that account's. The keyed hashes of codes stay until they are too old: limits count them, or ending an account would be a
/// way around.
pub async fn forget_phone(
    tx: &Tx,
    indexes: &[[u8; 16]],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    use sms_challenge::{Column, Entity};
    let indexes: Vec<Vec<u8>> = indexes.iter().map(|index| index.to_vec()).collect();
    lost_phone_report::Entity::delete_many()
        .filter(lost_phone_report::Column::NewPhoneIndex.is_in(indexes.clone()))
        .filter(lost_phone_report::Column::AccountId.is_null())
        .exec(tx)
        .await?;
    let principals = indexes.iter().map(|index| principal_of_phone(index));
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::Principal.is_in(principals))
        .exec(tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::PhoneSealed, Expr::value(Vec::<u8>::new()))
        .filter(Column::PhoneIndex.is_in(indexes.clone()))
        .exec(tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::VoidedAt, Expr::value(now))
        .filter(Column::PhoneIndex.is_in(indexes))
        .filter(Column::UsedAt.is_null())
        .filter(Column::VoidedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Withdraws a consent, whoever's, as of a moment; whether it held.
pub async fn withdraw_consent(
    tx: &Tx,
    id: ConsentId,
    withdrawn_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    use crate::entity::consent::{Column, Entity};
    let done = Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(withdrawn_at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx);
    Ok(done.await?.rows_affected == 1)
}
