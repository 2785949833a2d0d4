//! Captchas that were used: each counts once, whichever copy of the server it comes to.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use crate::entity::spent_captcha::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// Notes that a captcha was used; false where it was used before.
pub async fn spend(tx: &Tx, id: &[u8; 32], expires_at: DateTime<Utc>) -> Result<bool, StoreError> {
    let row = Model {
        challenge_hash: id.to_vec(),
        expires_at,
    };
    let inserted = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(Column::ChallengeHash)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Forgets the captchas whose time is over.
pub async fn forget_expired(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let expired = Entity::delete_many().filter(Column::ExpiresAt.lte(now));
    expired.exec(on).await?;
    Ok(())
}
