//! The content of a package, piece by piece: photos as they are read, then the tables, checksums and their signature.

use std::collections::HashSet;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use domain::delivery::{
    DeliveredFile, Delivery, DeliveryCounts, DeliveryFault, DeliveryPart, DeliveryProfile,
    PackageBase, PackageChange, PrintSheets, PrintedStudent, delivery_cells,
};
use domain::roster::{ListedStudent, RosterNumber};
use domain::{DeliveryPhotoId, KeyedHash, PhotoId, day_in_china};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use providers::keys::{Sha256, sha256};
use serde_json::json;
use store::delivery::content::{AcceptedPhoto, PackagePart};
use store::roster::batch::numbers_of_entries;
use table::ArchiveWriter;

use super::cutter::Cutter;
use super::fit::{Demand, FittedPhoto, fit};
use super::scope::scope_of;
use super::signature::{active_key_id, sign};
use super::tables::Tables;
use crate::photo::{open_picture, picture_of};
use crate::roster::opened;
use crate::vault::{Sealer, TaskIndex};
use crate::worker::Progress;
use crate::{Context, Failure};

/// How many photos make a piece: at most a few megabytes are in memory.
const BATCH: u64 = 50;
/// How many photos are read at the same time: enough that threads which read files do not wait for the one that decrypts them.
const AT_ONCE: usize = 12;
/// After so many photos the database is told how far the package is, and says whether it is still wanted: a write that waits for
/// the disk.
const TOLD_EACH: u64 = 100;
/// Between the cells of a row when rows are compared; no cell has it.
const UNIT: &str = "\u{1f}";

/// What the receiver has of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BaseRow {
    pub(super) photo_id: PhotoId,
    pub(super) row_index: KeyedHash,
}

/// What writes the rows of a package.
pub(super) struct PackKeys {
    pub(super) sealer: Sealer,
    pub(super) index: TaskIndex,
}

/// A package while it is made.
pub(super) struct Packer<'a> {
    context: &'a Context,
    delivery: &'a Delivery,
    progress: &'a Progress,
    profile: &'static DeliveryProfile,
    keys: PackKeys,
    base: PackageBase<BaseRow>,
    archive: ArchiveWriter,
    cutter: Cutter,
    hash: Sha256,
    sums: String,
    tables: Tables,
    /// What is printed, where the package is for prints.
    sheets: Option<PrintSheets>,
    paths: HashSet<String>,
    after: Option<PhotoId>,
    done: u64,
    /// Of how many photos the database knows that they are done.
    told: u64,
    stage: Stage,
    packed: Packed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Photos,
    Tables,
    Over,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Packed {
    pub(super) parts: Vec<PackagePart>,
    pub(super) counts: DeliveryCounts,
    pub(super) sha256: Vec<u8>,
    /// The archives of which the file is made up; none where it is a single one.
    pub(super) archives: Vec<DeliveryPart>,
    /// Whether somebody ended it, or another worker makes it.
    pub(super) is_superseded: bool,
}

/// A student whose photo is looked at.
struct Candidate {
    accepted: AcceptedPhoto,
    student: ListedStudent,
    path: String,
    row: BaseRow,
}

impl<'a> Packer<'a> {
    pub(super) fn new(
        context: &'a Context,
        delivery: &'a Delivery,
        progress: &'a Progress,
        keys: PackKeys,
        base: PackageBase<BaseRow>,
    ) -> Result<Self, Failure> {
        let profile = delivery.settings.profile();
        let profile = profile.ok_or(Failure::Fault("a package has an unknown profile"))?;
        Ok(Self {
            context,
            delivery,
            progress,
            profile,
            keys,
            base,
            archive: ArchiveWriter::default(),
            cutter: Cutter::new(delivery.settings.part_mb),
            hash: Sha256::default(),
            sums: String::new(),
            tables: Tables::new(profile, &delivery.settings)?,
            sheets: sheets(profile, delivery),
            paths: HashSet::new(),
            after: None,
            done: 0,
            told: 0,
            stage: Stage::Photos,
            packed: Packed::default(),
        })
    }

    /// What came of it, once its content has ended.
    pub(super) fn finish(self) -> Packed {
        Packed {
            sha256: self.hash.finish().to_vec(),
            archives: self.cutter.archives(),
            ..self.packed
        }
    }

    /// The content. It ends with an error where the package is not wanted any more.
    pub(super) fn content(&mut self) -> impl Stream<Item = Result<Bytes, Failure>> {
        stream::try_unfold(self, async |packer| {
            Ok(packer.next().await?.map(|piece| (piece, packer)))
        })
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        let mut out = Vec::new();
        match self.stage {
            Stage::Photos => {
                if !Box::pin(self.photos(&mut out)).await? {
                    self.stage = Stage::Tables;
                }
            }
            Stage::Tables => {
                self.stage = Stage::Over;
                self.remove_the_rest()?;
                self.close(&mut out)?;
            }
            Stage::Over => return Ok(None),
        }
        self.hash.update(&out);
        self.cutter.piece(&out);
        Ok(Some(out.into()))
    }

    /// Adds the next photos; whether there were any.
    async fn photos(&mut self, out: &mut Vec<u8>) -> Result<bool, Failure> {
        let (context, delivery) = (self.context, self.delivery);
        let scope = scope_of(delivery.school_id, delivery.task_id, &delivery.settings);
        let on = context.store.reader();
        let found = store::delivery::content::packaged_after(on, scope, self.after, BATCH);
        let found = found.await?;
        let Some(last) = found.last() else {
            self.tell().await?;
            return Ok(false);
        };
        self.after = Some(last.photo.id);
        self.done += found.len() as u64;
        let ids: Vec<_> = found.iter().map(|accepted| accepted.entry.id).collect();
        let numbers = numbers_of_entries(on, delivery.school_id, &ids).await?;
        let mut wanted = Vec::new();
        for accepted in found {
            wanted.extend(self.candidate(accepted, &numbers).await?);
        }
        let demand = Demand::new(self.profile.size, &delivery.settings);
        let read = async |candidate: Candidate| {
            let fitted = read_fitted(context, &candidate, demand).await?;
            Ok::<_, Failure>((candidate, fitted))
        };
        let read: Vec<_> = stream::iter(wanted.into_iter().map(read))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        for (candidate, fitted) in read {
            match fitted {
                Ok(fitted) => self.add(candidate, &fitted, out)?,
                Err(fault) => self.leave_out(&candidate.student, fault)?,
            }
        }
        if self.done >= self.told + TOLD_EACH {
            self.tell().await?;
        }
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        self.progress
            .set(count(self.done), count(delivery.photos_total));
        Ok(true)
    }

    /// Tells the database how far the package is. It ends where it is not wanted any more.
    async fn tell(&mut self) -> Result<(), Failure> {
        let (on, now) = (self.context.store.writer(), self.context.now());
        if !store::delivery::progress(on, self.delivery, self.done, now).await? {
            self.packed.is_superseded = true;
            return Err(Failure::Fault("a package is not wanted any more"));
        }
        self.told = self.done;
        Ok(())
    }

    fn leave_out(&mut self, student: &ListedStudent, fault: DeliveryFault) -> Result<(), Failure> {
        self.packed.counts.left_out += 1;
        self.tables.complain(student, fault)
    }

    /// The student of an accepted photo, where the receiver does not have it as it is. The others are noted.
    async fn candidate(
        &mut self,
        accepted: AcceptedPhoto,
        numbers: &[RosterNumber],
    ) -> Result<Option<Candidate>, Failure> {
        let own = numbers
            .iter()
            .filter(|one| one.entry_id == accepted.entry.id);
        let own: Vec<RosterNumber> = own.cloned().collect();
        let student = opened(self.context, &accepted.entry, &own).await?;
        let path = match self.delivery.settings.path(self.profile, &student) {
            Ok(path) if self.paths.insert(path.to_ascii_lowercase()) => path,
            Ok(_) => {
                self.leave_out(&student, DeliveryFault::FileNameTaken)?;
                return Ok(None);
            }
            Err(fault) => {
                self.leave_out(&student, fault)?;
                return Ok(None);
            }
        };
        let photo_id = accepted.photo.id;
        let (cells, _) = delivery_cells(self.profile, &student, &path, None);
        let said = format!("{photo_id}{UNIT}{path}{UNIT}{}", cells.join(UNIT));
        let row = BaseRow {
            photo_id,
            row_index: self.keys.index.to_write(&said).into(),
        };
        if self.base.list(&path, &row) == PackageChange::Kept {
            self.packed.counts.kept += 1;
            self.note(PackageChange::Kept, &path, row)?;
            return Ok(None);
        }
        Ok(Some(Candidate {
            accepted,
            student,
            path,
            row,
        }))
    }

    /// Adds a photo and its row.
    fn add(
        &mut self,
        candidate: Candidate,
        fitted: &FittedPhoto,
        out: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let Candidate {
            accepted,
            student,
            path,
            row,
        } = candidate;
        if self.cutter.is_full(out, fitted.jpeg.len()) {
            self.close(out)?;
        }
        self.cutter.took();
        let sha256 = HEXLOWER.encode(&fitted.sha256);
        self.put(&path, &fitted.jpeg, &sha256, out)?;
        let review = accepted.photo.review.as_ref();
        let file = DeliveredFile {
            sha256,
            bytes: fitted.jpeg.len() as u64,
            width: fitted.size.width,
            height: fitted.size.height,
            dpi: fitted.dpi,
            reviewed_at: review.map(|review| review.decided_at),
        };
        let (cells, fault) = delivery_cells(self.profile, &student, &path, Some(&file));
        let lost = self.tables.list(&cells)?;
        self.packed.counts.dbf_losses += u64::from(lost.iter().any(|fault| fault.is_of_dbf()));
        for fault in fault.into_iter().chain(lost) {
            self.tables.complain(&student, fault)?;
        }
        if let Some(sheets) = &mut self.sheets {
            sheets.add(PrintedStudent {
                college: student.college,
                class_name: student.class_name,
                student_no: student.student_no.unwrap_or_default(),
                name: student.name,
                path: path.clone(),
            });
        }
        self.packed.counts.added += 1;
        self.note(PackageChange::Added, &path, row)
    }

    /// Puts a file into the archive and its checksum on the list.
    fn put(
        &mut self,
        path: &str,
        content: &[u8],
        sha256: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let added = self.archive.add(path, content, out);
        added.map_err(|_| Failure::Fault("a file is too large for a package"))?;
        for part in [sha256, "  ", path, "\n"] {
            self.sums.push_str(part);
        }
        Ok(())
    }

    /// Puts one of our own files into the archive.
    fn put_own(&mut self, name: &str, content: &[u8], out: &mut Vec<u8>) -> Result<(), Failure> {
        self.put(name, content, &HEXLOWER.encode(&sha256(content)), out)
    }

    fn note(&mut self, change: PackageChange, path: &str, row: BaseRow) -> Result<(), Failure> {
        let id = self.context.new_id(DeliveryPhotoId::new);
        let sealer = &self.keys.sealer;
        let name = sealer.seal("delivery_photos", "name_sealed", id.0, path.as_bytes())?;
        self.packed.parts.push(PackagePart {
            id,
            photo_id: row.photo_id,
            change,
            name: name.into(),
            row_index: row.row_index,
        });
        Ok(())
    }

    /// Notes what counts no more.
    fn remove_the_rest(&mut self) -> Result<(), Failure> {
        for (path, row) in std::mem::take(&mut self.base).removed() {
            self.packed.counts.removed += 1;
            self.tables.remove(&path)?;
            self.note(PackageChange::Removed, &path, row)?;
        }
        Ok(())
    }

    /// Adds the tables, the checksums and the end of the archive. What comes then is in the next one.
    fn close(&mut self, out: &mut Vec<u8>) -> Result<(), Failure> {
        let empty = Tables::new(self.profile, &self.delivery.settings)?;
        let day = day_in_china(self.context.now());
        for file in std::mem::replace(&mut self.tables, empty).finish(day)? {
            self.put_own(file.name, &file.content, out)?;
        }
        let empty = sheets(self.profile, self.delivery);
        if let Some(sheets) = std::mem::replace(&mut self.sheets, empty) {
            self.put_own("sheets.html", sheets.photos().as_bytes(), out)?;
            self.put_own("signatures.html", sheets.signatures().as_bytes(), out)?;
        }
        let about = self.about()?;
        self.put_own("package.json", about.as_bytes(), out)?;
        let sums = std::mem::take(&mut self.sums);
        let signature = sign(self.context, sums.as_bytes())?;
        self.put_own("SHA256SUMS", sums.as_bytes(), out)?;
        self.put_own("SHA256SUMS.sig", &signature, out)?;
        // The next archive's list begins empty: neither the list nor its signature is on one.
        self.sums.clear();
        std::mem::take(&mut self.archive).finish(out);
        self.cutter.cut(out, &self.packed.counts);
        Ok(())
    }

    /// What the archive is, for programs. Its counts are of what is in it.
    fn about(&self) -> Result<String, Failure> {
        let delivery = self.delivery;
        let counts = self.packed.counts.since(&self.cutter.before);
        let about = json!({
            "id": delivery.id,
            "kind": delivery.kind,
            "follows": delivery.base_id,
            "task_id": delivery.task_id,
            "profile": delivery.settings.profile_id(),
            "split": delivery.settings.split,
            "charset": delivery.settings.charset,
            "part": self.cutter.number(),
            "is_last_part": self.stage == Stage::Over,
            "added": counts.added,
            "kept": counts.kept,
            "removed": counts.removed,
            "left_out": counts.left_out,
            "signing_key_id": active_key_id(self.context)?,
        });
        Ok(format!("{about:#}\n"))
    }
}

/// Sheets without students, where the package is for prints.
fn sheets(profile: &DeliveryProfile, delivery: &Delivery) -> Option<PrintSheets> {
    let sheets = || PrintSheets::new(delivery.settings.caption);
    profile.is_for_prints.then(sheets)
}

/// Reads a photo and makes it fit.
async fn read_fitted(
    context: &Context,
    candidate: &Candidate,
    demand: Demand,
) -> Result<Result<FittedPhoto, DeliveryFault>, Failure> {
    let found = picture_of(candidate.accepted.photo.clone(), "framed")?;
    let picture = open_picture(context, &found).await?.content;
    let mut pieces = picture.read(0..picture.length());
    let mut jpeg = Vec::new();
    while let Some(piece) = pieces.next().await {
        jpeg.extend_from_slice(&piece?);
    }
    let fitted = tokio::task::spawn_blocking(move || fit(jpeg.into(), &demand));
    let broken = |_| Failure::Fault("making a photo fit broke off");
    fitted.await.map_err(broken)
}
