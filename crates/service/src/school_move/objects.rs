//! The objects of a school: the files of its photos and its packages, copied as they are sealed.

use providers::blob::{BlobKey, BlobWriter};
use store::StoreError;
use store::school_move::{self, Cell, MovedRow, Moving};

use super::MoveError;
use super::format::{FileReader, FileWriter, PIECE, Record};
use crate::Context;

/// How many names are asked for at once.
const PAGE: usize = 500;

const DAMAGED: MoveError = MoveError::Damaged("an object");

/// Which rows name them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    Photos,
    Deliveries,
}

impl Source {
    fn table(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Deliveries => "deliveries",
        }
    }

    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Photos => &["original_key", "framed_key", "thumb_key"],
            Self::Deliveries => &["object_key"],
        }
    }
}

/// The objects that the next rows name; none after the last.
struct Names {
    source: Source,
    after: Option<MovedRow>,
    is_over: bool,
}

impl Names {
    fn of(source: Source) -> Self {
        Self {
            source,
            after: None,
            is_over: false,
        }
    }

    async fn next(
        &mut self,
        context: &Context,
        moving: &Moving,
    ) -> Result<Option<Vec<BlobKey>>, MoveError> {
        if self.is_over {
            return Ok(None);
        }
        let tables = school_move::tables();
        let table = tables.iter().find(|one| one.name == self.source.table());
        let table = table.ok_or_else(|| StoreError::corrupt("a table that is not moved"))?;
        let on = context.store.reader();
        let (rows, is_last) = school_move::page(on, table, moving, self.after.as_ref()).await?;
        self.is_over = is_last;
        let mut keys = Vec::new();
        for row in &rows {
            for column in self.source.columns() {
                // The name of a file that was deleted is empty.
                if let Some(Cell::Text(key)) = row.get(*column).filter(|cell| !is_empty(cell)) {
                    let key = key
                        .parse()
                        .map_err(|_| StoreError::corrupt("a file's name"))?;
                    keys.push(key);
                }
            }
        }
        self.after = rows.into_iter().next_back();
        Ok(Some(keys))
    }
}

fn is_empty(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.is_empty())
}

/// Writes the objects into a file; how many. One that was deleted meanwhile is left out.
pub(super) async fn write(
    context: &Context,
    moving: &Moving,
    source: Source,
    file: &mut FileWriter,
) -> Result<u64, MoveError> {
    let (mut names, mut count) = (Names::of(source), 0);
    while let Some(keys) = names.next(context, moving).await? {
        for key in keys {
            count += u64::from(write_one(context, &key, file).await?);
        }
    }
    Ok(count)
}

async fn write_one(
    context: &Context,
    key: &BlobKey,
    file: &mut FileWriter,
) -> Result<bool, MoveError> {
    let Some(start) = context.blobs.start(key, PIECE).await? else {
        return Ok(false);
    };
    file.record(&Record::Object {
        key: key.as_str().to_owned(),
        bytes: start.size,
    })?;
    file.bytes(&start.bytes)?;
    let mut written = start.bytes.len() as u64;
    while written < start.size {
        let end = start.size.min(written + PIECE);
        let piece = context.blobs.get_range(key, written..end).await?;
        let piece = piece.filter(|piece| !piece.is_empty());
        let gone =
            || MoveError::Unsuitable(format!("the object {} changed: try again", key.as_str()));
        let piece = piece.ok_or_else(gone)?;
        file.bytes(&piece)?;
        written += piece.len() as u64;
    }
    Ok(true)
}

/// Takes an object out of a file, under the name that it had.
pub(super) async fn take(
    context: &Context,
    reader: &mut FileReader,
    key: &str,
    bytes: u64,
) -> Result<(), MoveError> {
    let key: BlobKey = key.parse().map_err(|_| DAMAGED)?;
    let mut writer = context.blobs.writer(&key).await?;
    if let Err(error) = copy(reader, &mut writer, bytes).await {
        writer.abort().await.ok();
        return Err(error);
    }
    Ok(writer.finish().await?)
}

async fn copy(
    reader: &mut FileReader,
    writer: &mut BlobWriter,
    bytes: u64,
) -> Result<(), MoveError> {
    let mut left = bytes;
    while left > 0 {
        let piece = reader.piece()?;
        left = left.checked_sub(piece.len() as u64).ok_or(DAMAGED)?;
        writer.write(&piece).await?;
    }
    Ok(())
}

/// Those of these objects that a row here names.
async fn named<'a>(context: &Context, some: &'a [BlobKey]) -> Result<Vec<&'a BlobKey>, MoveError> {
    let names: Vec<String> = some.iter().map(|key| key.as_str().to_owned()).collect();
    let known = store::retention::known_files(context.store.reader(), &names).await?;
    let is_named = |key: &&BlobKey| known.iter().any(|name| name == key.as_str());
    Ok(some.iter().filter(is_named).collect())
}

/// Requires that no row here names an object of a file: what is taken must not take the place of another school's.
pub(super) async fn require_new(context: &Context, keys: &[BlobKey]) -> Result<(), MoveError> {
    for some in keys.chunks(PAGE) {
        if !named(context, some).await?.is_empty() {
            return Err(MoveError::Damaged("an object of another school"));
        }
    }
    Ok(())
}

/// Deletes the objects of a file that no row here names; how many.
pub(super) async fn discard(context: &Context, keys: &[BlobKey]) -> Result<usize, MoveError> {
    let mut count = 0;
    for some in keys.chunks(PAGE) {
        let named = named(context, some).await?;
        for key in some.iter().filter(|key| !named.contains(key)) {
            context.blobs.delete(key).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// Deletes the objects of a school that has moved.
pub(super) async fn delete(
    context: &Context,
    moving: &Moving,
    source: Source,
) -> Result<(), MoveError> {
    let mut names = Names::of(source);
    while let Some(keys) = names.next(context, moving).await? {
        for key in keys {
            context.blobs.delete(&key).await?;
        }
    }
    Ok(())
}
