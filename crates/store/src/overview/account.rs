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
use crate::lost_phone::is_recovery_approved;

/// The column that tells of a change of number.
const RECOVERY: &str = "is_recovery_approved";

/// An account with what its owner is shown beside it.
#[derive(Debug, Clone)]
pub struct OwnAccount {
    /// The account.
    pub account: Account,
    /// The consents that hold, the newest first.
    pub consents: Vec<Consent>,
    /// Whether it gets another number soon, since somebody reported its phone as lost.
    pub is_recovery_approved: bool,
}

/// An account as its owner sees it.
pub async fn account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Option<OwnAccount>, StoreError> {
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
    Ok(Some(OwnAccount {
        account: crate::account::read(row(first, "")?)?,
        consents,
        is_recovery_approved: first.try_get("", RECOVERY)?,
    }))
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
    select.expr_as(is_recovery_approved(), RECOVERY);
    query
}
