//! An account as its owner sees it.

use domain::AccountId;
use domain::account::Account;
use domain::agreement::Consent;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

use crate::StoreError;
use crate::entity::{account, consent};
use crate::joined::{optional_row, row, with_columns};
use crate::kept_text::KeptTexts;

/// An account with the consents that hold, the newest first.
pub async fn account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Option<(Account, Vec<Consent>)>, StoreError> {
    static TEXTS: KeptTexts = KeptTexts::new();
    let which = account::Entity::find_by_id(owner.0).select_only();
    let statement = TEXTS.widened(on.get_database_backend(), which, with_consents);
    let found = on.query_all_raw(statement).await?;
    let Some(first) = found.first() else {
        return Ok(None);
    };
    let mut consents = Vec::with_capacity(found.len());
    for found in &found {
        let consent = optional_row(found, "consent_")?;
        consents.extend(consent.map(crate::consent::read).transpose()?);
    }
    Ok(Some((crate::account::read(row(first, "")?)?, consents)))
}

fn with_consents(which: Select<account::Entity>) -> Select<account::Entity> {
    let mut query = which
        .columns(account::Column::iter())
        .order_by_desc(consent::Column::GrantedAt);
    let select = QueryTrait::query(&mut query);
    let holding = Expr::col((consent::Entity, consent::Column::AccountId))
        .equals((account::Entity, account::Column::Id))
        .and(consent::Column::WithdrawnAt.is_null());
    select.join(JoinType::LeftJoin, consent::Entity, holding);
    with_columns::<consent::Entity>(select, "consent_");
    query
}
