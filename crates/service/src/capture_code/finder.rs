//! How many corners of QR codes a picture seems to have: the reader's work grows with the third power of that.
//!
//! The reader takes for a corner what has black and white in the shares 1:1:3:1:1 along a row, where the dark parts at both
//! ends hang together and the one between them, the stone, does not. The same is counted here.

use std::collections::HashSet;

/// The shares of a corner along a row.
const SHARES: [usize; 5] = [1, 1, 3, 1, 1];
/// A stone has more than a tenth of the pixels of its ring, and less than seven of them.
const STONE_PERCENT: std::ops::Range<usize> = 11..70;

/// A picture in black and white.
pub(super) struct Bitmap {
    /// Pixels in a row, at least one.
    pub(super) width: usize,
    /// Whether each pixel is black, row by row.
    pub(super) black: Vec<bool>,
}

/// What a picture has of the signs of a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs {
    /// Places where a row crosses what may be a corner.
    pub(super) crossings: usize,
    /// Corners that the reader would find; some of them it may still reject.
    pub(super) corners: usize,
}

/// Where a row crosses what may be a corner, as places in the picture.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    left: usize,
    stone: usize,
    right: usize,
}

/// Counts the signs of QR codes in a picture.
pub(super) fn signs(bitmap: &Bitmap) -> Signs {
    let rows = bitmap.black.chunks_exact(bitmap.width).enumerate();
    let crossings: Vec<Crossing> = rows
        .flat_map(|(row, pixels)| crossings(row * bitmap.width, pixels))
        .collect();
    let areas = Areas::of(bitmap);
    let stones: HashSet<usize> = crossings
        .iter()
        .filter_map(|crossing| areas.stone(crossing))
        .collect();
    Signs {
        crossings: crossings.len(),
        corners: stones.len(),
    }
}

/// Where a row that begins at a place crosses what may be a corner.
fn crossings(begin: usize, pixels: &[bool]) -> Vec<Crossing> {
    let mut found = Vec::new();
    let (mut runs, mut count) = ([0; 5], 0);
    let mut start = 0;
    for run in pixels.chunk_by(|one, other| one == other) {
        runs.rotate_left(1);
        runs[4] = run.len();
        count += 1;
        start += run.len();
        // The last run is dark, so that what follows, or the edge, is light.
        if run[0] && count >= 5 && has_shares(runs) {
            let end = begin + start;
            found.push(Crossing {
                left: end - runs.iter().sum::<usize>(),
                stone: end - runs[2..].iter().sum::<usize>(),
                right: end - runs[4],
            });
        }
    }
    found
}

fn has_shares(runs: [usize; 5]) -> bool {
    let unit = (runs[0] + runs[1] + runs[3] + runs[4]) / 4;
    let slack = unit * 3 / 4;
    let fits = |run: usize, share: usize| (share * unit).abs_diff(run) <= slack;
    runs.into_iter()
        .zip(SHARES)
        .all(|(run, share)| fits(run, share))
}

/// The dark areas of a picture, whose pixels hang together side by side. An area is named by one of its pixels.
struct Areas {
    /// For each pixel another one of its area, nearer to the one that names it.
    parents: Vec<usize>,
    /// For the pixel that names an area, how many pixels it has.
    sizes: Vec<usize>,
}

impl Areas {
    fn of(bitmap: &Bitmap) -> Self {
        let count = bitmap.black.len();
        let mut areas = Self {
            parents: (0..count).collect(),
            sizes: vec![1; count],
        };
        let is_black = |place: usize| bitmap.black[place];
        for place in (0..count).filter(|place| is_black(*place)) {
            if place % bitmap.width > 0 && is_black(place - 1) {
                areas.join(place, place - 1);
            }
            if place >= bitmap.width && is_black(place - bitmap.width) {
                areas.join(place, place - bitmap.width);
            }
        }
        areas
    }

    fn name(&self, mut place: usize) -> usize {
        while self.parents[place] != place {
            place = self.parents[place];
        }
        place
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.name(one), self.name(other));
        if one == other {
            return;
        }
        // The smaller one joins the larger, so that the way to a name stays short.
        let (small, large) = if self.sizes[one] < self.sizes[other] {
            (one, other)
        } else {
            (other, one)
        };
        self.parents[small] = large;
        self.sizes[large] += self.sizes[small];
    }

    /// The name of the stone that a row crosses, where it may be a corner's.
    fn stone(&self, crossing: &Crossing) -> Option<usize> {
        let (ring, stone) = (self.name(crossing.right), self.name(crossing.stone));
        let is_ring = ring == self.name(crossing.left) && ring != stone;
        let percent = self.sizes[stone] * 100 / self.sizes[ring];
        (is_ring && STONE_PERCENT.contains(&percent)).then_some(stone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// A corner of 7×7 modules, as rows of text.
    const CORNER: [&str; 7] = [
        "#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######",
    ];

    /// So many corners beside each other, with a light module around each.
    fn corners(across: usize, down: usize, module: usize) -> Bitmap {
        let width = across * 8 * module;
        let is_black = |place: usize| {
            let (x, y) = (place % width / module % 8, place / width / module % 8);
            CORNER
                .get(y)
                .and_then(|row| row.as_bytes().get(x))
                .is_some_and(|pixel| *pixel == b'#')
        };
        let count = width * down * 8 * module;
        Bitmap {
            width,
            black: (0..count).map(is_black).collect(),
        }
    }

    #[rstest]
    #[case::one(1, 1, 1)]
    #[case::a_row(3, 1, 4)]
    #[case::a_wall(5, 4, 2)]
    fn each_corner_is_counted_once(
        #[case] across: usize,
        #[case] down: usize,
        #[case] module: usize,
    ) {
        let signs = signs(&corners(across, down, module));
        assert_eq!(signs.corners, across * down, "{across} {down} {module}");
        assert!(signs.crossings >= 3 * module * across * down);
    }

    #[test]
    fn what_looks_like_a_corner_in_one_row_alone_is_none() {
        let row: Vec<bool> = "# ### # # ### #".bytes().map(|one| one == b'#').collect();
        let bitmap = Bitmap {
            width: row.len(),
            black: row,
        };
        let signs = signs(&bitmap);
        assert_eq!(signs.corners, 0);
        assert!(signs.crossings > 0);
    }
}
