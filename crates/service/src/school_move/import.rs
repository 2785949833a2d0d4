//! Taking the file of a school: objects first, which nobody sees before a row names them, then all rows in one transaction.

use std::path::Path;

use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, ChainId};
use domain::payment::{MerchantAccount, Provider};
use domain::school_move::{SchoolMove, SchoolMoveState};
use providers::keys::SealingKey;
use store::Tx;
use store::school_move::{self, FormerSigningKey};

use super::format::{Checked, FileReader, Header, Record, check};
use super::intake::Intake;
use super::{MoveError, deed, objects, receipt};
use crate::audit::{self, CameChain};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// How many events get their place at once.
const EVENTS: u64 = 200;

const DAMAGED: MoveError = MoveError::Damaged("its records are in another order");

/// What is taken.
#[derive(Debug, Clone, Copy)]
pub struct ImportRequest<'a> {
    /// The file.
    pub file: &'a Path,
    /// The file of the key that opens it.
    pub key_file: &'a Path,
    /// The last step of the schema.
    pub schema: &'a str,
}

/// What was taken.
#[derive(Debug)]
pub struct ImportedSchool {
    /// The school's name.
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// How many objects.
    pub objects: u64,
    /// How many accounts were here already; `None` where an earlier import took this file.
    pub joined: Option<usize>,
    /// What to tell the source.
    pub receipt: String,
}

/// Takes a school out of a file: all of it or nothing. Where this file was taken before, nothing changes and the receipt is
/// given again: it may have been lost before anybody read it.
///
/// # Errors
/// [`MoveError::Damaged`] where a byte was changed, or something of the file belongs to another school;
/// [`MoveError::Unsuitable`] where the school is here by another file or cannot be here. Nothing of it is visible then.
pub async fn import(
    context: &Context,
    actor: &Actor,
    request: ImportRequest<'_>,
) -> Result<ImportedSchool, MoveError> {
    let (key, checked) = opened(actor, request)?;
    if was_taken(context, &checked.header).await? {
        return Ok(ImportedSchool {
            receipt: receipt(&key, checked.header.school_id),
            name: checked.header.name,
            rows: checked.rows,
            objects: checked.objects.len() as u64,
            joined: None,
        });
    }
    let header = checked.header;
    require_suitable(context, &header, request.schema).await?;
    objects::require_new(context, &checked.objects).await?;
    // Made before the transaction, since it may write.
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let mut reader = FileReader::open(request.file, &key)?;
    let (signing_keys, objects, first) = take_objects(context, &mut reader).await?;
    let tx = context.store.begin().await?;
    let mut intake = Intake::new(context, &tx, &key, &sealer, header.school_id);
    let chain = take_rows(&mut intake, &mut reader, first).await?;
    let (rows, joined) = Box::pin(intake.finish()).await?;
    finish(context, tx, actor, &header, signing_keys, chain).await?;
    Ok(ImportedSchool {
        receipt: receipt(&key, header.school_id),
        name: header.name,
        rows,
        objects,
        joined: Some(joined),
    })
}

/// Deletes the objects that imports of a file left here which did not come to their end; how many. Nothing is deleted of a
/// school that is here.
///
/// # Errors
/// As [`import`], where the file cannot be read.
pub async fn discard_import(
    context: &Context,
    actor: &Actor,
    request: ImportRequest<'_>,
) -> Result<usize, MoveError> {
    let (_, checked) = opened(actor, request)?;
    objects::discard(context, &checked.objects).await
}

/// The key of a file, and what the file says of itself, all of which is read.
fn opened(actor: &Actor, request: ImportRequest<'_>) -> Result<(SealingKey, Checked), MoveError> {
    let allowed = actor.require(Permission::ManageSchools);
    allowed.map_err(Failure::from)?;
    let key = std::fs::read_to_string(request.key_file);
    let key = key.map_err(MoveError::file(request.key_file))?;
    let key = SealingKey::of_text(&key).ok_or(MoveError::Damaged("its key file is none"))?;
    let checked = check(request.file, &key)?;
    Ok((key, checked))
}

/// Whether the school is here because this file was taken.
async fn was_taken(context: &Context, header: &Header) -> Result<bool, MoveError> {
    let known = school_move::get(context.store.reader(), header.school_id).await?;
    Ok(known.is_some_and(|one| {
        one.state == SchoolMoveState::Arrived
            && one.address == header.from
            && one.started_at == header.made_at
    }))
}

async fn require_suitable(
    context: &Context,
    header: &Header,
    schema: &str,
) -> Result<(), MoveError> {
    let refuse = |what: String| Err(MoveError::Unsuitable(what));
    if header.schema != schema {
        let there = &header.schema;
        return refuse(format!(
            "the file has the schema {there}, and this installation {schema}: bring both to one version"
        ));
    }
    let on = context.store.reader();
    if header.from == context.settings.public_origin {
        return refuse(
            "the file was written by this installation: cancel the move there".to_owned(),
        );
    }
    if header.to != context.settings.public_origin {
        let (to, own) = (&header.to, &context.settings.public_origin);
        return refuse(format!(
            "the file was written for {to}, and this installation is {own}"
        ));
    }
    let same = store::school::of_ids(on, &[header.school_id]).await?;
    let codes = [header.code.as_str()];
    let known = store::school::known(on, &codes, std::slice::from_ref(&header.name_folded)).await?;
    if !same.is_empty() || !known.codes.is_empty() || !known.names.is_empty() {
        let (code, name) = (&header.code, &header.name);
        return refuse(format!("a school {code} {name} is here already"));
    }
    for (provider, name) in &header.merchants {
        let account = Provider::parse(provider).map(|provider| MerchantAccount { provider, name });
        if !account.is_some_and(|account| context.merchants.knows(account)) {
            return refuse(format!(
                "the school's orders were paid through the merchant account {provider}:{name}, which is not configured here, so that no money could go back"
            ));
        }
    }
    Ok(())
}

/// Takes the signing keys and the objects, and returns the record that follows them.
async fn take_objects(
    context: &Context,
    reader: &mut FileReader,
) -> Result<(Vec<(String, Vec<u8>)>, u64, Record), MoveError> {
    let (mut keys, mut objects) = (Vec::new(), 0);
    let Record::Begin(_) = reader.record()? else {
        return Err(DAMAGED);
    };
    loop {
        match reader.record()? {
            Record::SigningKey { id, public_key } => {
                let public_key = data_encoding::BASE64.decode(public_key.as_bytes());
                keys.push((id, public_key.map_err(|_| DAMAGED)?));
            }
            Record::Object { key, bytes } => {
                objects::take(context, reader, &key, bytes).await?;
                objects += 1;
            }
            Record::Begin(_) => return Err(DAMAGED),
            first @ (Record::Row { .. } | Record::Chain { .. } | Record::End { .. }) => {
                return Ok((keys, objects, first));
            }
        }
    }
}

/// Takes the rows, and returns the chain that follows them.
async fn take_rows(
    intake: &mut Intake<'_>,
    reader: &mut FileReader,
    first: Record,
) -> Result<CameChain, MoveError> {
    let mut record = first;
    loop {
        match record {
            Record::Row { table, cells } => Box::pin(intake.take(&table, cells)).await?,
            Record::Chain { head, checkpoint } => {
                let checkpoint = checkpoint.map(|place| place.place());
                return Ok(CameChain {
                    id: ChainId::of(Some(intake.school)),
                    head: head.place()?,
                    checkpoint: checkpoint.transpose()?,
                });
            }
            Record::Begin(_)
            | Record::SigningKey { .. }
            | Record::Object { .. }
            | Record::End { .. } => return Err(DAMAGED),
        }
        record = reader.record()?;
    }
}

async fn finish(
    context: &Context,
    tx: Tx,
    actor: &Actor,
    header: &Header,
    signing_keys: Vec<(String, Vec<u8>)>,
    chain: CameChain,
) -> Result<(), MoveError> {
    place_events(&tx, header).await?;
    if let Some(fault) = audit::take_over(context, &tx, chain).await? {
        return Err(MoveError::Chain(fault));
    }
    let now = context.now();
    let own = context.vault.provider().token_keys();
    for (id, public_key) in signing_keys {
        if own.iter().any(|key| key.id().to_string() == id) {
            continue;
        }
        let key = FormerSigningKey {
            id,
            public_key,
            address: header.from.clone(),
            added_at: now,
        };
        school_move::put_signing_key(&tx, key).await?;
    }
    let arrived = SchoolMove {
        school_id: header.school_id,
        state: SchoolMoveState::Arrived,
        address: header.from.clone(),
        task_ids: Vec::new(),
        receipt_hash: Vec::new(),
        started_at: header.made_at,
        updated_at: now,
    };
    school_move::put(&tx, &arrived).await?;
    let deed = deed(AuditAction::SchoolArrived, header.school_id);
    let audited = audit::with_reason(context, &tx, actor, deed, &header.from).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Events that happened elsewhere get their places after all that happened here. The school has no integrator or endpoint yet
/// that would be told of them; whoever reads the events of all schools reads them as new.
async fn place_events(tx: &Tx, header: &Header) -> Result<(), MoveError> {
    let mut latest = store::event::lock_latest_position(tx).await?;
    loop {
        let mut events = store::event::unplaced_of(tx, header.school_id, EVENTS).await?;
        if events.is_empty() {
            return Ok(());
        }
        latest = store::event::place(tx, latest, &mut events).await?;
    }
}
