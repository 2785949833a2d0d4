//! Writing the file of a school.

use std::io::Write as _;
use std::path::Path;

use domain::DataKeyId;
use domain::access::Actor;
use domain::audit::AuditExemption;
use domain::school::School;
use domain::school_move::SchoolMove;
use providers::keys::SealingKey;
use store::StoreError;
use store::school_move::{self, Cell, MovedRow, MovedTable, Moving};

use super::format::{FORMAT, FileWriter, Header, Record, new_file};
use super::objects::{self, Source};
use super::people::PLATFORM_VALUES;
use super::{MoveError, cell_text, receipt, receipt_hash, school_called};
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
/// [`MoveError::Open`] where something is under way; the school is then open. [`MoveError::Chain`] where its audit log is not
/// sound.
pub async fn export(
    context: &Context,
    actor: &Actor,
    request: ExportRequest<'_>,
) -> Result<ExportedSchool, MoveError> {
    let school = school_called(context, actor, request.school).await?;
    require_address(context, request.address)?;
    for path in [request.file, request.key_file] {
        if path.exists() {
            let what = format!("{} is there already", path.display());
            return Err(MoveError::Unsuitable(what));
        }
    }
    let shut = super::begin::begin(context, actor, &school, request.address).await?;
    let key = SealingKey::generate(
        context.new_id(DataKeyId::new).into(),
        context.random.as_ref(),
    );
    write_key(request.key_file, &key)?;
    let moving = Moving {
        school: school.id,
        tasks: shut.task_ids.clone(),
    };
    let work = Work {
        context,
        school: &school,
        moving: &moving,
        key: &key,
    };
    let file = FileWriter::create(request.file, &key, context.random.as_ref())?;
    let (rows, objects) = Box::pin(work.write(file, request.schema)).await?;
    await_receipt(context, shut, &key).await?;
    Ok(ExportedSchool {
        school,
        rows,
        objects,
    })
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
async fn await_receipt(
    context: &Context,
    moving: SchoolMove,
    key: &SealingKey,
) -> Result<(), MoveError> {
    let waits = SchoolMove {
        receipt_hash: receipt_hash(&receipt(key, moving.school_id)),
        updated_at: context.now(),
        ..moving
    };
    let tx = context.store.begin().await?;
    school_move::put(&tx, &waits).await?;
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}

/// What a file is written from.
struct Work<'a> {
    context: &'a Context,
    school: &'a School,
    moving: &'a Moving,
    key: &'a SealingKey,
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
