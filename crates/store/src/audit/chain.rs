//! The chains of the audit log: sealing entries after their commit, reading them to be verified, deleting the oldest.

use chrono::{DateTime, Utc};
use domain::AuditEventId;
use domain::audit::{AuditRecord, ChainId, ChainPlace};
use sea_orm::sea_query::{CaseStatement, Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::audit_chain;
use crate::entity::audit_event::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// The lock of whoever seals or shortens chains.
const LOCK: [u8; 16] = *b"audit chains    ";

/// A place and the signature that vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedPlace {
    /// The place.
    pub place: ChainPlace,
    /// The signature.
    pub signature: String,
}

/// How far a chain is sealed, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Which.
    pub id: ChainId,
    /// Its last entry.
    pub head: SignedPlace,
    /// The last entry that was deleted because it was too old; `None` where none was.
    pub checkpoint: Option<SignedPlace>,
    /// When its last entry was sealed.
    pub sealed_at: DateTime<Utc>,
}

impl Chain {
    /// The place after which its entries begin.
    pub fn beginning(&self) -> ChainPlace {
        let checkpoint = self.checkpoint.as_ref();
        checkpoint.map_or(ChainPlace::BEGINNING, |signed| signed.place)
    }
}

/// An entry at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEntry {
    /// The entry.
    pub record: AuditRecord,
    /// Its place, and its hash as it is stored; the hash is all zeros where it has not 32 bytes.
    pub place: ChainPlace,
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    bytes.try_into().unwrap_or_default()
}

fn read(row: audit_chain::Model) -> Chain {
    let checkpoint = row.checkpoint_signature.map(|signature| SignedPlace {
        place: ChainPlace {
            sequence: row.checkpoint_sequence,
            hash: hash(&row.checkpoint_hash),
        },
        signature,
    });
    Chain {
        id: ChainId(row.id),
        head: SignedPlace {
            place: ChainPlace {
                sequence: row.head_sequence,
                hash: hash(&row.head_hash),
            },
            signature: row.head_signature,
        },
        checkpoint,
        sealed_at: row.sealed_at,
    }
}

/// Makes every other copy that seals or shortens chains wait until `tx` ends.
pub async fn lock(tx: &Tx) -> Result<(), StoreError> {
    crate::lock::take(tx, &LOCK).await
}

/// Every chain.
pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Chain>, StoreError> {
    let found = audit_chain::Entity::find().order_by_asc(audit_chain::Column::Id);
    Ok(found.all(on).await?.into_iter().map(read).collect())
}

/// The chains that entries name, also those that no row describes.
pub async fn named(on: &impl ConnectionTrait) -> Result<Vec<ChainId>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::ChainId)
        .distinct()
        .filter(Column::ChainId.is_not_null())
        .into_tuple()
        .all(on);
    let ids: Vec<Uuid> = found.await?;
    Ok(ids.into_iter().map(ChainId).collect())
}

/// Adds a chain, or replaces it; the caller holds the lock.
pub async fn save(tx: &Tx, chain: &Chain) -> Result<(), StoreError> {
    use audit_chain::Column as C;
    let beginning = chain.beginning();
    let signature = chain.checkpoint.as_ref().map(|one| one.signature.clone());
    let row = audit_chain::Model {
        id: chain.id.0,
        head_sequence: chain.head.place.sequence,
        head_hash: chain.head.place.hash.to_vec(),
        head_signature: chain.head.signature.clone(),
        checkpoint_sequence: beginning.sequence,
        checkpoint_hash: beginning.hash.to_vec(),
        checkpoint_signature: signature,
        sealed_at: chain.sealed_at,
    };
    let replace = OnConflict::column(C::Id)
        .update_columns([C::HeadSequence, C::HeadHash, C::HeadSignature, C::SealedAt])
        .update_columns([
            C::CheckpointSequence,
            C::CheckpointHash,
            C::CheckpointSignature,
        ])
        .to_owned();
    audit_chain::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Entries that are in no chain yet, oldest first.
pub async fn unsealed(
    on: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<AuditRecord>, StoreError> {
    let found = Entity::find()
        .filter(Column::ChainSequence.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on);
    Ok(found.await?.into_iter().map(super::read).collect())
}

/// How many entries are in no chain yet.
pub async fn count_unsealed(on: &impl ConnectionTrait) -> Result<u64, StoreError> {
    let found = Entity::find().filter(Column::ChainSequence.is_null());
    Ok(found.count(on).await?)
}

/// Gives entries of one chain their places, in one statement.
pub async fn seal(
    tx: &Tx,
    chain: ChainId,
    places: &[(AuditEventId, ChainPlace)],
) -> Result<(), StoreError> {
    let (mut sequences, mut hashes) = (CaseStatement::new(), CaseStatement::new());
    for (id, place) in places {
        sequences = sequences.case(Column::Id.eq(id.0), place.sequence);
        hashes = hashes.case(Column::Id.eq(id.0), place.hash.to_vec());
    }
    Entity::update_many()
        .col_expr(Column::ChainId, Expr::value(chain.0))
        .col_expr(Column::ChainSequence, sequences.into())
        .col_expr(Column::ChainHash, hashes.into())
        .filter(Column::Id.is_in(places.iter().map(|(id, _)| id.0)))
        .exec(tx)
        .await?;
    Ok(())
}

/// The entries of a chain after a place, in their order.
pub async fn page(
    on: &impl ConnectionTrait,
    chain: ChainId,
    after: i64,
    limit: u64,
) -> Result<Vec<SealedEntry>, StoreError> {
    let found = Entity::find()
        .filter(Column::ChainId.eq(chain.0))
        .filter(Column::ChainSequence.gt(after))
        .order_by_asc(Column::ChainSequence)
        .limit(limit)
        .all(on);
    Ok(found.await?.into_iter().map(sealed).collect())
}

fn sealed(row: Model) -> SealedEntry {
    let place = ChainPlace {
        sequence: row.chain_sequence.unwrap_or_default(),
        hash: hash(row.chain_hash.as_deref().unwrap_or_default()),
    };
    SealedEntry {
        record: super::read(row),
        place,
    }
}

/// How many entries a chain has up to a place, which should have been deleted.
pub async fn count_through(
    on: &impl ConnectionTrait,
    chain: ChainId,
    sequence: i64,
) -> Result<u64, StoreError> {
    let found = Entity::find()
        .filter(Column::ChainId.eq(chain.0))
        .filter(Column::ChainSequence.lte(sequence));
    Ok(found.count(on).await?)
}

/// The last entry of a chain that has only entries from before a moment up to it, at most `limit` after the beginning;
/// `None` where there is none.
pub async fn prefix_before(
    on: &impl ConnectionTrait,
    chain: &Chain,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Option<ChainPlace>, StoreError> {
    let entries = page(on, chain.id, chain.beginning().sequence, limit).await?;
    let old = entries.iter().take_while(|entry| entry.record.at < before);
    Ok(old.last().map(|entry| entry.place))
}

/// Deletes the entries of a chain up to a place; how many.
pub async fn delete_through(tx: &Tx, chain: ChainId, sequence: i64) -> Result<u64, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::ChainId.eq(chain.0))
        .filter(Column::ChainSequence.lte(sequence))
        .exec(tx);
    Ok(gone.await?.rows_affected)
}
