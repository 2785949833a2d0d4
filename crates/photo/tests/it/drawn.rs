//! What people hold before the face, wear, stand before or do to a photo, drawn onto real portraits, so that detection
//! can be counted where no photos with a licence exist.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pictures for tests are drawn"
)]

pub(crate) mod behind;
pub(crate) mod cover;
pub(crate) mod harmless;
pub(crate) mod small;

use photo::{Engine, Mask, MeshPoint, Picture};

/// A colour, 0 to 255 each.
pub(crate) type Rgb = [f32; 3];

/// The outline of the face in the mesh, from the forehead clockwise.
const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/// A portrait to draw on, and where its face is.
pub(crate) struct Sitter {
    pub(crate) picture: Picture,
    mesh: Vec<MeshPoint>,
    mask: Mask,
    /// The middle between the eyes.
    eyes: (f32, f32),
    /// Half the face's width, to its left in the picture: a vector along the line of the eyes.
    across: (f32, f32),
    /// From the eyes to the chin.
    down: (f32, f32),
}

impl Sitter {
    /// `None` where no face is seen.
    pub(crate) fn new(engine: &Engine, picture: Picture) -> Option<Self> {
        let found = engine.find(&picture);
        let (mesh, mask) = (found.face?.mesh, found.mask?);
        let middle = |one: usize, other: usize| {
            let (one, other) = (mesh[one], mesh[other]);
            (f32::midpoint(one.x, other.x), f32::midpoint(one.y, other.y))
        };
        let (left, right) = (middle(33, 133), middle(263, 362));
        let eyes = (
            f32::midpoint(left.0, right.0),
            f32::midpoint(left.1, right.1),
        );
        let chin = (mesh[152].x, mesh[152].y);
        let down = (chin.0 - eyes.0, chin.1 - eyes.1);
        let width = (mesh[454].x - mesh[234].x).hypot(mesh[454].y - mesh[234].y);
        let apart = (right.0 - left.0).hypot(right.1 - left.1);
        let half = width / 2.0 / apart;
        let across = ((right.0 - left.0) * half, (right.1 - left.1) * half);
        Some(Self {
            picture,
            mesh,
            mask,
            eyes,
            across,
            down,
        })
    }

    /// A place in the picture in shares of the face: 1 across is half its width, 1 down is from the eyes to the chin.
    fn on_face(&self, x: f32, y: f32) -> (f32, f32) {
        let (dx, dy) = (x - self.eyes.0, y - self.eyes.1);
        let determinant = self.across.0 * self.down.1 - self.across.1 * self.down.0;
        (
            (dx * self.down.1 - dy * self.down.0) / determinant,
            (dy * self.across.0 - dx * self.across.1) / determinant,
        )
    }

    /// Where a place of the face is in the picture.
    pub(crate) fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (
            self.eyes.0 + x * self.across.0 + y * self.down.0,
            self.eyes.1 + x * self.across.1 + y * self.down.1,
        )
    }

    /// The colour around a place of the face.
    pub(crate) fn colour(&self, x: f32, y: f32) -> Rgb {
        let (x, y) = self.at(x, y);
        let reach = (self.across.0 / 20.0).max(1.0);
        let mut sum = [0.0; 3];
        for step in 0..25 {
            let (dx, dy) = ((step % 5) as f32 - 2.0, (step / 5) as f32 - 2.0);
            let pixel = pixel(&self.picture, x + dx * reach / 2.0, y + dy * reach / 2.0);
            for (sum, value) in sum.iter_mut().zip(pixel) {
                *sum += value / 25.0;
            }
        }
        sum
    }

    /// How sure it is that a place in the picture is the person, 0 to 1.
    fn person(&self, x: f32, y: f32) -> f32 {
        let place = |at: f32, length: u32, cells: u32| {
            (at / length as f32 * cells as f32 - 0.5).clamp(0.0, (cells - 1) as f32)
        };
        let (column, row) = (
            place(x, self.picture.width, self.mask.width),
            place(y, self.picture.height, self.mask.height),
        );
        let value = |column: f32, row: f32| {
            let (column, row) = (
                (column as u32).min(self.mask.width - 1),
                (row as u32).min(self.mask.height - 1),
            );
            f32::from(self.mask.person[(row * self.mask.width + column) as usize]) / 255.0
        };
        let (fx, fy) = (column.fract(), row.fract());
        let upper = value(column, row) * (1.0 - fx) + value(column + 1.0, row) * fx;
        let lower = value(column, row + 1.0) * (1.0 - fx) + value(column + 1.0, row + 1.0) * fx;
        upper * (1.0 - fy) + lower * fy
    }

    /// The picture with what `paint` says of each place of the face laid over it: a colour, and how much it covers.
    pub(crate) fn painted(&self, paint: impl Fn(f32, f32, Rgb) -> (Rgb, f32)) -> Picture {
        self.redrawn(|x, y, old| {
            let (across, down) = self.on_face(x, y);
            paint(across, down, old)
        })
    }

    /// The same by places of the picture, in pixels.
    pub(crate) fn redrawn(&self, paint: impl Fn(f32, f32, Rgb) -> (Rgb, f32)) -> Picture {
        let mut drawn = self.picture.clone();
        let width = drawn.width as usize;
        for (at, pixel) in drawn.rgb.chunks_exact_mut(3).enumerate() {
            let (x, y) = ((at % width) as f32 + 0.5, (at / width) as f32 + 0.5);
            let old = [0, 1, 2].map(|channel| f32::from(pixel[channel]));
            let (new, share) = paint(x, y, old);
            if share > 0.0 {
                for ((value, old), new) in pixel.iter_mut().zip(old).zip(new) {
                    *value = (old + (new - old) * share.min(1.0)).clamp(0.0, 255.0) as u8;
                }
            }
        }
        drawn
    }

    /// Which share of the face two pictures differ in.
    pub(crate) fn changed(&self, drawn: &Picture) -> f32 {
        let outline = OVAL.map(|index| (self.mesh[index].x, self.mesh[index].y));
        let (mut all, mut changed) = (0_u32, 0_u32);
        for y in (0..drawn.height).step_by(2) {
            for x in (0..drawn.width).step_by(2) {
                if !is_inside(&outline, x as f32 + 0.5, y as f32 + 0.5) {
                    continue;
                }
                all += 1;
                let at = (y * drawn.width + x) as usize * 3;
                let (old, new) = (&self.picture.rgb[at..at + 3], &drawn.rgb[at..at + 3]);
                changed += u32::from(old != new);
            }
        }
        changed as f32 / all.max(1) as f32
    }
}

/// Whether a place is inside an outline.
fn is_inside(outline: &[(f32, f32)], x: f32, y: f32) -> bool {
    let ends = outline.iter().zip(outline.iter().cycle().skip(1));
    let crossed = ends.filter(|(from, to)| {
        (from.1 <= y) != (to.1 <= y)
            && x < from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0)
    });
    crossed.count() % 2 == 1
}

/// The colour at a place, or of the nearest pixel.
pub(crate) fn pixel(picture: &Picture, x: f32, y: f32) -> Rgb {
    let x = (x.max(0.0) as u32).min(picture.width - 1);
    let y = (y.max(0.0) as u32).min(picture.height - 1);
    let at = (y * picture.width + x) as usize * 3;
    [0, 1, 2].map(|channel| f32::from(picture.rgb[at + channel]))
}

/// A number between -1 and 1 that looks random, of a place.
pub(crate) fn noise(x: f32, y: f32) -> f32 {
    let mut hash = (x.floor() as i32 as u32).wrapping_mul(0x9E37_79B1)
        ^ (y.floor() as i32 as u32).rotate_left(16);
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x85EB_CA77);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xC2B2_AE3D);
    (hash >> 8) as f32 / 8_388_608.0 - 1.0
}

/// The colour times a factor.
pub(crate) fn lit(colour: Rgb, by: f32) -> Rgb {
    colour.map(|value| value * by)
}

/// 1 inside a shape and 0 outside, from how far outside a place is; the edge is as soft as that of a photo.
pub(crate) fn solid(outside: f32) -> f32 {
    (0.5 - outside / 0.024).clamp(0.0, 1.0)
}

/// How far outside a box with round corners a place is.
pub(crate) fn boxed((x, y): (f32, f32), (half_width, half_height): (f32, f32), round: f32) -> f32 {
    let (dx, dy) = (x.abs() - half_width + round, y.abs() - half_height + round);
    dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - round
}

/// How far a place is from the line between two others.
pub(crate) fn apart((x, y): (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let along = ((x - from.0) * dx + (y - from.1) * dy) / (dx * dx + dy * dy);
    let along = along.clamp(0.0, 1.0);
    (x - from.0 - dx * along).hypot(y - from.1 - dy * along)
}
