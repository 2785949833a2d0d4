//! Cutting a package into archives of at most a size: one lies behind the other in the package's file.

use data_encoding::HEXLOWER;
use domain::delivery::{DeliveryCounts, DeliveryPart, MEGABYTE, MOST_PARTS};
use providers::keys::Sha256;

/// What a photo takes in an archive besides its file, at most: its rows in the tables, its checksum and its headers.
const BESIDES: u64 = 2048;
/// What an archive takes that has no photos.
const EMPTY: u64 = 16 << 10;

/// Where the archives of a package end.
#[derive(Debug)]
pub(super) struct Cutter {
    limit: Option<u64>,
    /// How much of the current archive was handed over.
    length: u64,
    /// Where the current archive begins in the piece that is being written.
    from: usize,
    /// How many photos are in the current archive.
    photos: u64,
    hash: Sha256,
    done: Vec<DeliveryPart>,
    /// What had been counted when the current archive began.
    pub(super) before: DeliveryCounts,
}

impl Cutter {
    /// Archives of at most so many megabytes; a single one where that is not limited.
    pub(super) fn new(part_mb: Option<u32>) -> Self {
        Self {
            limit: part_mb.map(|mb| u64::from(mb) * MEGABYTE),
            length: 0,
            from: 0,
            photos: 0,
            hash: Sha256::default(),
            done: Vec::new(),
            before: DeliveryCounts::default(),
        }
    }

    /// The number of the current archive, from 1.
    pub(super) fn number(&self) -> usize {
        self.done.len() + 1
    }

    /// Whether a photo of so many bytes belongs into the next archive. An archive has at least one.
    pub(super) fn is_full(&self, out: &[u8], bytes: usize) -> bool {
        let written = self.length + (out.len() - self.from) as u64;
        let with_it = written + bytes as u64 + EMPTY + (self.photos + 1) * BESIDES;
        let is_over = self.limit.is_some_and(|limit| with_it > limit);
        is_over && self.photos > 0 && self.number() < MOST_PARTS
    }

    /// A photo was put into the current archive.
    pub(super) fn took(&mut self) {
        self.photos += 1;
    }

    /// The current archive has ended with what was written; the next one begins.
    pub(super) fn cut(&mut self, out: &[u8], counts: &DeliveryCounts) {
        self.hand_over(out);
        let hash = std::mem::take(&mut self.hash).finish();
        self.done.push(DeliveryPart {
            bytes: std::mem::take(&mut self.length),
            sha256: HEXLOWER.encode(&hash),
        });
        self.from = out.len();
        self.photos = 0;
        self.before = *counts;
    }

    /// A piece is handed over; the next one begins empty.
    pub(super) fn piece(&mut self, out: &[u8]) {
        self.hand_over(out);
        self.from = 0;
    }

    fn hand_over(&mut self, out: &[u8]) {
        let new = out.get(self.from..).unwrap_or_default();
        self.length += new.len() as u64;
        // The file has a checksum of its own, which is that of a single archive.
        if self.limit.is_some() {
            self.hash.update(new);
        }
    }

    /// The archives, where there are several.
    pub(super) fn archives(self) -> Vec<DeliveryPart> {
        if self.done.len() < 2 {
            return Vec::new();
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_end_before_they_are_too_large() {
        let counts = DeliveryCounts::default();
        let mut cutter = Cutter::new(Some(1));
        let (mut lengths, mut out) = (Vec::new(), Vec::new());
        for photo in 0..40 {
            let file = vec![7; 100_000];
            if cutter.is_full(&out, file.len()) {
                cutter.cut(&out, &counts);
            }
            out.extend_from_slice(&file);
            cutter.took();
            if photo % 3 == 0 {
                cutter.piece(&out);
                out.clear();
            }
        }
        cutter.cut(&out, &counts);
        for part in cutter.archives() {
            assert!(part.bytes <= MEGABYTE, "{part:?}");
            let mut expected = Sha256::default();
            expected.update(&vec![7; usize::try_from(part.bytes).unwrap()]);
            assert_eq!(part.sha256, HEXLOWER.encode(&expected.finish()));
            lengths.push(part.bytes);
        }
        assert_eq!(lengths.len(), 4);
        assert_eq!(lengths.iter().sum::<u64>(), 4_000_000);
    }

    #[test]
    fn what_is_not_limited_or_small_is_one() {
        let counts = DeliveryCounts::default();
        for limit in [None, Some(1)] {
            let mut cutter = Cutter::new(limit);
            assert!(!cutter.is_full(&[], 9_000_000), "at least one photo");
            cutter.took();
            cutter.cut(&[1, 2, 3], &counts);
            assert!(cutter.archives().is_empty());
        }
    }
}
