//! Every try to send an event to an endpoint.

use domain::page::{Page, PageRequest};
use domain::webhook::{AttemptAnswer, WebhookAttempt};
use domain::{WebhookAttemptId, WebhookDeliveryId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::webhook_attempt::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};

/// Adds a try.
pub async fn insert_attempt(
    tx: &Tx,
    delivery: WebhookDeliveryId,
    attempt: &WebhookAttempt,
) -> Result<(), StoreError> {
    let (status, fault) = match attempt.answer {
        AttemptAnswer::Status(status) => (Some(i32::from(status)), None),
        AttemptAnswer::None(fault) => (None, Some(fault.as_str().to_owned())),
    };
    let row = Model {
        id: attempt.id.0,
        delivery_id: delivery.0,
        at: attempt.at,
        duration_ms: attempt.duration_ms,
        status,
        fault,
        answer: attempt.body.clone(),
    };
    crate::row::insert(tx, row).await
}

fn read(row: Model) -> Result<WebhookAttempt, StoreError> {
    let status = row.status.and_then(|status| u16::try_from(status).ok());
    let answer = match (status, row.fault) {
        (Some(status), _) => AttemptAnswer::Status(status),
        (None, Some(fault)) => AttemptAnswer::None(word("webhook_attempts.fault", &fault)?),
        (None, None) => return Err(StoreError::corrupt("webhook_attempts.status")),
    };
    Ok(WebhookAttempt {
        id: WebhookAttemptId(row.id),
        at: row.at,
        duration_ms: row.duration_ms,
        answer,
        body: row.answer,
    })
}

/// A page of the tries of a delivery, the newest first.
pub async fn attempts(
    on: &impl ConnectionTrait,
    delivery: WebhookDeliveryId,
    page: &PageRequest<WebhookAttemptId>,
) -> Result<Page<WebhookAttempt>, StoreError> {
    let query = Entity::find().filter(Column::DeliveryId.eq(delivery.0));
    let rows = crate::keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let found: Vec<WebhookAttempt> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(found, |attempt| attempt.id))
}
