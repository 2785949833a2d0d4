//! Chaining the audit log: entries are sealed soon after their commit, verified on demand, and deleted from the oldest on.
//!
//! Writers do not wait for each other: an entry gets its place and hash here, by one server at a time. The last place of a
//! chain is signed with the token key, which is not in the database.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::audit::{AuditExemption, AuditRecord, ChainId, ChainPlace};
use domain::{AuditEventId, SchoolId};
use providers::keys::sha256;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::audit::chain::{self, Chain, SignedPlace};
use uuid::Uuid;

use crate::{Context, Failure};

/// How many entries one transaction seals: a writer never waits long for it.
const BATCH: u64 = 200;
/// How many batches one round seals.
const BATCHES: usize = 50;
/// How many entries are read at once to be verified.
const PAGE: u64 = 500;
/// The type of a signature, which keeps it apart from an access token.
const SIGNATURE_TYPE: &str = "audit+jwt";

/// What a signature says of a place.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Claims {
    chain: Uuid,
    kind: Kind,
    sequence: i64,
    hash: String,
}

/// What the place is to its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Its last entry.
    Head,
    /// The last entry that was deleted.
    Checkpoint,
}

fn claims(chain: ChainId, kind: Kind, place: &ChainPlace) -> Claims {
    Claims {
        chain: chain.0,
        kind,
        sequence: place.sequence,
        hash: data_encoding::HEXLOWER.encode(&place.hash),
    }
}

fn sign(
    context: &Context,
    chain: ChainId,
    kind: Kind,
    place: ChainPlace,
) -> Result<SignedPlace, Failure> {
    let claims = claims(chain, kind, &place);
    let signature = context.tokens.sign_claims(SIGNATURE_TYPE, &claims)?;
    Ok(SignedPlace { place, signature })
}

fn is_signed(context: &Context, chain: ChainId, kind: Kind, signed: &SignedPlace) -> bool {
    let read: Option<Claims> = context
        .tokens
        .verify_claims(SIGNATURE_TYPE, &signed.signature);
    read == Some(claims(chain, kind, &signed.place))
}

/// The place of an entry that follows another place.
fn place_after(previous: &ChainPlace, record: &AuditRecord) -> ChainPlace {
    ChainPlace {
        sequence: previous.sequence + 1,
        hash: sha256(&record.canonical(previous)),
    }
}

/// Seals the entries that are in no chain yet.
///
/// # Errors
/// Where the database fails; what was sealed before stays sealed.
pub async fn seal(context: &Context) -> Result<(), Failure> {
    for _ in 0..BATCHES {
        if chain::count_unsealed(context.store.reader()).await? == 0 {
            return Ok(());
        }
        seal_batch(context).await?;
    }
    Ok(())
}

async fn seal_batch(context: &Context) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    chain::lock(&tx).await?;
    let mut by_chain: BTreeMap<ChainId, Vec<AuditRecord>> = BTreeMap::new();
    for record in chain::unsealed(&tx, BATCH).await? {
        let id = ChainId::of(record.school_id);
        by_chain.entry(id).or_default().push(record);
    }
    let known = chain::all(&tx).await?;
    for (id, records) in by_chain {
        let known = known.iter().find(|known| known.id == id);
        let mut place = known.map_or(ChainPlace::BEGINNING, |known| known.head.place);
        let mut places = Vec::with_capacity(records.len());
        for record in &records {
            place = place_after(&place, record);
            places.push((record.id, place));
        }
        chain::seal(&tx, id, &places).await?;
        let grown = Chain {
            id,
            head: sign(context, id, Kind::Head, place)?,
            checkpoint: known.and_then(|known| known.checkpoint.clone()),
            sealed_at: context.now(),
        };
        chain::save(&tx, &grown).await?;
    }
    Ok(store::commit(tx, AuditExemption::Housekeeping).await?)
}

/// Signs every chain anew whose signature is good and made with a key that is not the active one any more, so that old
/// keys can be removed.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn renew_signatures(context: &Context) -> Result<(), Failure> {
    let is_outdated = |chain: &Chain| {
        let checkpoint = chain.checkpoint.as_ref();
        let mut signed = std::iter::once(&chain.head).chain(checkpoint);
        signed.any(|signed| !context.tokens.is_by_active_key(&signed.signature))
    };
    if !chain::all(context.store.reader())
        .await?
        .iter()
        .any(is_outdated)
    {
        return Ok(());
    }
    let tx = context.store.begin().await?;
    chain::lock(&tx).await?;
    for outdated in chain::all(&tx).await?.into_iter().filter(is_outdated) {
        if signature_fault(context, &outdated).is_some() {
            continue;
        }
        let id = outdated.id;
        let checkpoint = outdated.checkpoint.as_ref();
        let checkpoint = checkpoint.map(|old| sign(context, id, Kind::Checkpoint, old.place));
        let renewed = Chain {
            head: sign(context, id, Kind::Head, outdated.head.place)?,
            checkpoint: checkpoint.transpose()?,
            ..outdated
        };
        chain::save(&tx, &renewed).await?;
    }
    Ok(store::commit(tx, AuditExemption::Housekeeping).await?)
}

/// Deletes the oldest entries of every chain from before a moment, at most `limit`, and signs where each chain begins now;
/// how many were deleted.
pub(crate) async fn delete_oldest(
    context: &Context,
    tx: &Tx,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<u64, Failure> {
    chain::lock(tx).await?;
    let mut deleted = 0;
    // The file of a school that is on its way says where its chain begins.
    let on_their_way = store::school_move::on_their_way(tx).await?;
    let kept: Vec<ChainId> = on_their_way
        .into_iter()
        .map(|one| ChainId::of(Some(one)))
        .collect();
    let chains = chain::all(tx).await?.into_iter();
    for known in chains.filter(|known| !kept.contains(&known.id)) {
        let left = limit.saturating_sub(deleted);
        let end = chain::prefix_before(tx, &known, before, left).await?;
        let Some(end) = end.filter(|_| left > 0) else {
            continue;
        };
        let shortened = Chain {
            checkpoint: Some(sign(context, known.id, Kind::Checkpoint, end)?),
            ..known
        };
        chain::save(tx, &shortened).await?;
        deleted += chain::delete_through(tx, shortened.id, end.sequence).await?;
    }
    Ok(deleted)
}

/// What is wrong with a chain, at the first place where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainFault {
    /// The row that says how far the chain goes is missing.
    NoHead,
    /// The signature of the last entry is not ours.
    HeadSignature,
    /// The signature of the place where the chain begins is not ours.
    CheckpointSignature,
    /// An entry from before the beginning is still there.
    BeforeCheckpoint,
    /// There is no entry with this number.
    Missing {
        /// The number.
        sequence: i64,
    },
    /// This entry is not what was sealed at its place.
    Changed {
        /// Its number.
        sequence: i64,
        /// Its id.
        id: AuditEventId,
    },
    /// This entry comes after the signed end.
    AfterHead {
        /// Its number.
        sequence: i64,
        /// Its id.
        id: AuditEventId,
    },
}

/// What came of verifying a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainReport {
    /// Which.
    pub chain: ChainId,
    /// The number of the last entry that retention deleted; 0 where none was.
    pub checkpoint: i64,
    /// The number of the last entry.
    pub head: i64,
    /// The first fault; `None` where the chain is sound.
    pub fault: Option<ChainFault>,
}

/// What came of verifying the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditReport {
    /// Each chain.
    pub chains: Vec<ChainReport>,
    /// Entries that are in no chain yet, because they are too new.
    pub unsealed: u64,
}

impl AuditReport {
    /// Whether every chain is sound.
    pub fn is_sound(&self) -> bool {
        self.chains.iter().all(|report| report.fault.is_none())
    }
}

/// Verifies every chain from its checkpoint to its head. Sound entries that were written meanwhile do not disturb it.
///
/// # Errors
/// Where the database fails.
pub async fn verify(context: &Context) -> Result<AuditReport, Failure> {
    let on = context.store.reader();
    let known = chain::all(on).await?;
    let mut chains = Vec::with_capacity(known.len());
    for id in chain::named(on).await? {
        if !known.iter().any(|known| known.id == id) {
            chains.push(ChainReport {
                chain: id,
                checkpoint: 0,
                head: 0,
                fault: Some(ChainFault::NoHead),
            });
        }
    }
    for known in known {
        chains.push(report(context, known).await?);
    }
    Ok(AuditReport {
        chains,
        unsealed: chain::count_unsealed(on).await?,
    })
}

/// Verifies a chain; once more where retention shortened it meanwhile.
async fn report(context: &Context, mut known: Chain) -> Result<ChainReport, Failure> {
    loop {
        let fault = find_fault(context, &known).await?;
        if fault.is_some() {
            let now = chain::all(context.store.reader()).await?;
            let now = now.into_iter().find(|chain| chain.id == known.id);
            if let Some(now) = now.filter(|now| now.checkpoint != known.checkpoint) {
                known = now;
                continue;
            }
        }
        return Ok(ChainReport {
            chain: known.id,
            checkpoint: known.beginning().sequence,
            head: known.head.place.sequence,
            fault,
        });
    }
}

fn signature_fault(context: &Context, known: &Chain) -> Option<ChainFault> {
    if !is_signed(context, known.id, Kind::Head, &known.head) {
        return Some(ChainFault::HeadSignature);
    }
    let checkpoint = known.checkpoint.as_ref();
    let is_good = checkpoint.is_none_or(|one| is_signed(context, known.id, Kind::Checkpoint, one));
    (!is_good).then_some(ChainFault::CheckpointSignature)
}

/// Seals what is not sealed yet, and verifies the chain of a school. It is what goes to another installation.
///
/// # Errors
/// Where the database fails. The fault stands inside.
pub(crate) async fn of_school(
    context: &Context,
    school: SchoolId,
) -> Result<Result<Chain, ChainFault>, Failure> {
    seal(context).await?;
    let id = ChainId::of(Some(school));
    let known = chain::all(context.store.reader()).await?;
    let Some(known) = known.into_iter().find(|chain| chain.id == id) else {
        return Ok(Err(ChainFault::NoHead));
    };
    let fault = find_fault(context, &known).await?;
    Ok(fault.map_or(Ok(known), Err))
}

/// Verifies the entries of a chain that came from another installation, and signs its ends. They must have been vouched for.
///
/// # Errors
/// Where the database fails. The fault is returned.
pub(crate) async fn take_over(
    context: &Context,
    tx: &Tx,
    came: CameChain,
) -> Result<Option<ChainFault>, Failure> {
    let id = came.id;
    let mut place = came.checkpoint.unwrap_or(ChainPlace::BEGINNING);
    loop {
        let page = chain::page(tx, id, place.sequence, PAGE).await?;
        let Some(last) = page.last().map(|entry| entry.place) else {
            break;
        };
        for entry in &page {
            let expected = place_after(&place, &entry.record);
            if expected != entry.place {
                let (sequence, id) = (entry.place.sequence, entry.record.id);
                return Ok(Some(ChainFault::Changed { sequence, id }));
            }
            place = expected;
        }
        if last.sequence >= came.head.sequence {
            break;
        }
    }
    if place != came.head {
        let sequence = place.sequence + 1;
        return Ok(Some(ChainFault::Missing { sequence }));
    }
    chain::lock(tx).await?;
    let checkpoint = came.checkpoint;
    let checkpoint = checkpoint.map(|place| sign(context, id, Kind::Checkpoint, place));
    let own = Chain {
        id,
        head: sign(context, id, Kind::Head, came.head)?,
        checkpoint: checkpoint.transpose()?,
        sealed_at: context.now(),
    };
    chain::save(tx, &own).await?;
    Ok(None)
}

/// A chain that came from another installation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CameChain {
    /// Which.
    pub(crate) id: ChainId,
    /// Its last entry.
    pub(crate) head: ChainPlace,
    /// The last entry that was deleted there.
    pub(crate) checkpoint: Option<ChainPlace>,
}

async fn find_fault(context: &Context, known: &Chain) -> Result<Option<ChainFault>, Failure> {
    let on = context.store.reader();
    if let Some(fault) = signature_fault(context, known) {
        return Ok(Some(fault));
    }
    let (mut place, head) = (known.beginning(), known.head.place);
    if chain::count_through(on, known.id, place.sequence).await? > 0 {
        return Ok(Some(ChainFault::BeforeCheckpoint));
    }
    loop {
        let page = chain::page(on, known.id, place.sequence, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for entry in &page {
            let (sequence, id) = (entry.place.sequence, entry.record.id);
            if sequence != place.sequence + 1 {
                let sequence = place.sequence + 1;
                return Ok(Some(ChainFault::Missing { sequence }));
            }
            let expected = place_after(&place, &entry.record);
            if expected != entry.place {
                return Ok(Some(ChainFault::Changed { sequence, id }));
            }
            if sequence == head.sequence && expected.hash != head.hash {
                return Ok(Some(ChainFault::Changed { sequence, id }));
            }
            if sequence > head.sequence && !has_grown(context, known, sequence).await? {
                return Ok(Some(ChainFault::AfterHead { sequence, id }));
            }
            place = entry.place;
        }
    }
    let sequence = place.sequence + 1;
    Ok((place.sequence < head.sequence).then_some(ChainFault::Missing { sequence }))
}

/// Whether a server sealed entries up to this one since the chain was read.
async fn has_grown(context: &Context, known: &Chain, sequence: i64) -> Result<bool, Failure> {
    let now = chain::all(context.store.reader()).await?;
    let now = now.into_iter().find(|chain| chain.id == known.id);
    Ok(now.is_some_and(|chain| {
        chain.head.place.sequence >= sequence && signature_fault(context, &chain).is_none()
    }))
}
