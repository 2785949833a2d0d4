//! Writing the file of a school.

use std::io::Write as _;
use std::path::Path;

use domain::DataKeyId;
use domain::access::Actor;
use domain::audit::AuditExemption;
use domain::school::School;
use domain::school_move::{SchoolMove, SchoolMoveState};
use providers::keys::SealingKey;
use store::StoreError;
use store::school_move::{self, Cell, MovedRow, MovedTable, Moving};

use super::format::{FORMAT, FileWriter, Header, Record, new_file};
use super::objects::{self, Source};
use super::people::PLATFORM_VALUES;
use super::{MoveError, cell_text, receipt, receipt_hash, school_called};
use crate::audit::ChainFault;
use crate::{Context, audit};

/// Which school goes where.
#[derive(Debug, Clone, Copy)]
pub struct ExportRequest<'a> {
    /// Its id or code.
    pub school: &'a str,
    /// The origin of the installation to which it goes.
    pub address: &'a str,
    /// The file; it must not exist.
    pub file: &'a Path,
    /// The file of the key that opens it; it must not exist.
    pub key_file: &'a Path,
    /// The last step of the schema.
    pub schema: &'a str,
}

/// What was written.
#[derive(Debug)]
pub struct ExportedSchool {
    /// Which school.
    pub school: School,
    /// How many rows.
    pub rows: u64,
    /// How many objects.
    pub objects: u64,
}

/// Shuts a school and writes its file. The school stays shut until the move is confirmed or cancelled; a file that is written
/// again takes the place of the earlier one.
///
/// # Errors
/// [`MoveError::Open`] where something is under way, [`MoveError::Chain`] where its audit log is not sound; the school is then
/// as it was before. [`MoveError::StillShut`] where the file could not be written. Neither file is there then.
pub async fn export(
    context: &Context,
    actor: &Actor,
    request: ExportRequest<'_>,
) -> Result<ExportedSchool, MoveError> {
    let school = school_called(context, actor, request.school).await?;
    require_address(context, request.address)?;
    require_new_files(&request)?;
    // What can be found out while the school is open is found out then.
    match audit::of_school(context, school.id).await? {
        // A school about which nothing was noted yet has no chain.
        Ok(_) | Err(ChainFault::NoHead) => {}
        Err(fault) => return Err(MoveError::Chain(fault)),
    }
    let key = SealingKey::generate(
        context.new_id(DataKeyId::new).into(),
        context.random.as_ref(),
    );
    write_key(request.key_file, &key)?;
    let written = Box::pin(shut_and_write(context, actor, &school, &request, &key)).await;
    if written.is_err() {
        // A file without a receipt that is believed is of no use.
        for path in [request.file, request.key_file] {
            std::fs::remove_file(path).ok();
        }
    }
    let (rows, objects) = written?;
    Ok(ExportedSchool {
        school,
        rows,
        objects,
    })
}

fn require_new_files(request: &ExportRequest<'_>) -> Result<(), MoveError> {
    if request.file == request.key_file {
        let what = "the file and its key need two names".to_owned();
        return Err(MoveError::Unsuitable(what));
    }
    for path in [request.file, request.key_file] {
        if path.exists() {
            let what = format!("{} is there already", path.display());
            return Err(MoveError::Unsuitable(what));
        }
    }
    Ok(())
}

/// Shuts the school and writes its rows and objects; how many of each.
async fn shut_and_write(
    context: &Context,
    actor: &Actor,
    school: &School,
    request: &ExportRequest<'_>,
    key: &SealingKey,
) -> Result<(u64, u64), MoveError> {
    let file = FileWriter::create(request.file, key, context.random.as_ref())?;
    let shut = super::begin::begin(context, actor, school, request.address).await?;
    let moving = Moving {
        school: school.id,
        tasks: shut.task_ids.clone(),
    };
    let work = Work {
        context,
        school,
        moving: &moving,
        key,
        to: request.address,
    };
    let written = Box::pin(work.write(file, request.schema)).await;
    let written = written.map_err(|error| MoveError::StillShut(Box::new(error)))?;
    await_receipt(context, shut, key).await?;
    Ok(written)
}

fn require_address(context: &Context, address: &str) -> Result<(), MoveError> {
    let is_origin = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .is_some_and(|host| !host.is_empty() && !host.contains(['/', ' ']));
    if !is_origin {
        let what = "the address is like https://photo.example.cn, without a slash at its end";
        return Err(MoveError::Unsuitable(what.to_owned()));
    }
    if address == context.settings.public_origin {
        let what = "this is the address of this installation".to_owned();
        return Err(MoveError::Unsuitable(what));
    }
    Ok(())
}

fn write_key(path: &Path, key: &SealingKey) -> Result<(), MoveError> {
    let mut file = new_file(path)?;
    let written = file.write_all(key.to_text().as_bytes());
    let written = written.and_then(|()| file.sync_all());
    written.map_err(MoveError::file(path))
}

/// From now on this file's receipt is believed.
///
/// # Errors
/// [`MoveError::Unsuitable`] where the school was opened, or exported again, since it was shut for this file: what the file
/// holds may not be all that the school has now.
async fn await_receipt(
    context: &Context,
    moving: SchoolMove,
    key: &SealingKey,
) -> Result<(), MoveError> {
    let tx = context.store.begin().await?;
    let found = school_move::lock(&tx, moving.school_id).await?;
    let is_same = |one: &SchoolMove| {
        one.state == SchoolMoveState::Moving && one.updated_at == moving.updated_at
    };
    if !found.as_ref().is_some_and(is_same) {
        let what =
            "the move was cancelled, or the school was exported again, while this file was written";
        return Err(MoveError::Unsuitable(what.to_owned()));
    }
    let waits = SchoolMove {
        receipt_hash: receipt_hash(&receipt(key, moving.school_id)),
        updated_at: context.now(),
        ..moving
    };
    school_move::put(&tx, &waits).await?;
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}

/// What a file is written from.
struct Work<'a> {
    context: &'a Context,
    school: &'a School,
    moving: &'a Moving,
    key: &'a SealingKey,
    /// The origin of the installation to which it goes.
    to: &'a str,
}

impl Work<'_> {
    async fn write(&self, mut file: FileWriter, schema: &str) -> Result<(u64, u64), MoveError> {
        let chain = audit::of_school(self.context, self.school.id).await?;
        let chain = chain.map_err(MoveError::Chain)?;
        file.record(&Record::Begin(self.header(schema).await?))?;
        self.signing_keys(&mut file).await?;
        let mut objects = 0;
        for source in [Source::Photos, Source::Deliveries] {
            objects += objects::write(self.context, self.moving, source, &mut file).await?;
        }
        let mut rows = 0;
        for table in school_move::tables() {
            rows += Box::pin(self.rows(&table, &mut file)).await?;
        }
        let checkpoint = chain.checkpoint.as_ref();
        file.record(&Record::Chain {
            head: chain.head.place.into(),
            checkpoint: checkpoint.map(|signed| signed.place.into()),
        })?;
        file.record(&Record::End { rows, objects })?;
        file.finish()?;
        Ok((rows, objects))
    }

    async fn header(&self, schema: &str) -> Result<Header, MoveError> {
        let on = self.context.store.reader();
        Ok(Header {
            format: FORMAT,
            schema: schema.to_owned(),
            school_id: self.school.id,
            code: self.school.code.clone(),
            name: self.school.name.clone(),
            name_folded: self.school.name_folded.clone(),
            from: self.context.settings.public_origin.clone(),
            to: self.to.to_owned(),
            made_at: self.context.now(),
            merchants: school_move::common_merchants(on, self.school.id).await?,
        })
    }

    /// The keys with which this installation signed, and those before it.
    async fn signing_keys(&self, file: &mut FileWriter) -> Result<(), MoveError> {
        let own = self.context.vault.provider().token_keys().iter();
        let own = own.map(|key| (key.id().to_string(), key.public().to_vec()));
        let former = school_move::signing_keys(self.context.store.reader()).await?;
        let former = former.into_iter().map(|key| (key.id, key.public_key));
        for (id, public_key) in own.chain(former) {
            let public_key = data_encoding::BASE64.encode(&public_key);
            file.record(&Record::SigningKey { id, public_key })?;
        }
        Ok(())
    }

    async fn rows(&self, table: &MovedTable, file: &mut FileWriter) -> Result<u64, MoveError> {
        let on = self.context.store.reader();
        let (mut after, mut count) = (None, 0);
        loop {
            let (rows, is_last) = school_move::page(on, table, self.moving, after.as_ref()).await?;
            after = rows.last().cloned();
            count += rows.len() as u64;
            for row in rows {
                let row = self.carried(table.name, row).await?;
                file.record(&Record::Row {
                    table: table.name.to_owned(),
                    cells: cell_text::written(row),
                })?;
            }
            if is_last {
                return Ok(count);
            }
        }
    }

    /// A row as it goes: what this installation's own keys sealed is opened, and a data key is under the key of the file.
    async fn carried(&self, table: &str, mut row: MovedRow) -> Result<MovedRow, MoveError> {
        if table == "data_keys" {
            let Some(Cell::Uuid(id)) = row.get("id").cloned() else {
                return Err(StoreError::corrupt("data_keys.id").into());
            };
            let on = self.context.store.reader();
            let key = store::data_key::by_id(on, DataKeyId(id)).await?;
            let key = key.ok_or_else(|| StoreError::corrupt("a data key is gone"))?;
            let carried = self.context.vault.carried(&key, self.key)?;
            row.insert("wrapped".to_owned(), Cell::Bytes(carried));
        }
        if table == "review_queue" {
            // Nobody looks at it there yet.
            row.insert("leased_by".to_owned(), Cell::Null);
            row.insert("leased_until".to_owned(), Cell::Null);
        }
        for (_, key, column) in PLATFORM_VALUES.iter().filter(|(of, ..)| *of == table) {
            let (Some(Cell::Uuid(id)), Some(Cell::Bytes(sealed))) =
                (row.get(*key), row.get(*column))
            else {
                continue;
            };
            let plain = self.context.open(table, column, *id, sealed).await?;
            row.insert((*column).to_owned(), Cell::Bytes(plain));
        }
        Ok(row)
    }
}
