//! What fingers, mouse and keys do to the frame.
#![expect(clippy::float_arithmetic, reason = "a gesture is no whole number")]

use photo::{Crop, Pixel};

/// One press of a zoom button or key.
pub const ZOOM_STEP: f64 = 1.1;
/// How strongly a wheel zooms, in powers of e a pixel.
const WHEEL_STRENGTH: f64 = 0.002;

/// Fingers or a mouse button that are down, and where.
#[derive(Debug, Default)]
pub struct Pointers(Vec<(i32, Point)>);

/// A point in the frame as it is shown, in CSS pixels.
pub type Point = (f64, f64);

/// What moves with the fingers: the crop, the size of its picture, and how wide the frame is shown.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The part that is seen.
    pub crop: Crop,
    /// Width and height of the picture.
    pub size: (u32, u32),
    /// Width of the frame in CSS pixels.
    pub shown_width: f64,
}

impl View {
    /// The frame seen through moves by so many CSS pixels; the picture under it goes the other way.
    pub fn dragged(&self, dx: f64, dy: f64) -> Crop {
        self.crop.moved(
            self.in_picture(-dx),
            self.in_picture(-dy),
            self.size.0,
            self.size.1,
        )
    }

    /// Zoomed around a point of the frame.
    pub fn zoomed(&self, factor: f64, about: Point) -> Crop {
        let at = |shown: f64, corner: u32| corner.saturating_add_signed(self.in_picture(shown));
        let about = Pixel {
            x: at(about.0, self.crop.x),
            y: at(about.1, self.crop.y),
        };
        self.crop.zoomed(factor, about, self.size.0, self.size.1)
    }

    /// Zoomed around the middle.
    pub fn zoomed_at_centre(&self, factor: f64) -> Crop {
        let centre = Pixel {
            x: self.crop.x + self.crop.width / 2,
            y: self.crop.y + self.crop.height / 2,
        };
        self.crop.zoomed(factor, centre, self.size.0, self.size.1)
    }

    /// Zoomed by a wheel.
    pub fn wheeled(&self, delta_y: f64, about: Point) -> Crop {
        self.zoomed((-delta_y * WHEEL_STRENGTH).exp(), about)
    }

    /// Moved by one press of an arrow: the picture goes where the arrow points.
    pub fn nudged(&self, dx: i32, dy: i32) -> Crop {
        self.crop.nudged(dx, dy, self.size.0, self.size.1)
    }

    /// CSS pixels in pixels of the picture.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "both are lengths on a screen or in a picture"
    )]
    fn in_picture(&self, shown: f64) -> i32 {
        (shown * f64::from(self.crop.width) / self.shown_width.max(1.0)).round() as i32
    }
}

impl Pointers {
    /// A finger comes down.
    pub fn down(&mut self, id: i32, at: Point) {
        self.0.retain(|(known, _)| *known != id);
        self.0.push((id, at));
    }

    /// A finger is lifted.
    pub fn up(&mut self, id: i32) {
        self.0.retain(|(known, _)| *known != id);
    }

    /// A finger moves: one drags, two pinch. `None` where none is down.
    pub fn moved(&mut self, id: i32, to: Point, view: &View) -> Option<Crop> {
        let other = self
            .0
            .iter()
            .find(|(known, _)| *known != id)
            .map(|(_, at)| *at);
        let from = self
            .0
            .iter_mut()
            .find(|(known, _)| *known == id)
            .map(|(_, at)| at)?;
        let before = std::mem::replace(from, to);
        match other {
            None => Some(view.dragged(to.0 - before.0, to.1 - before.1)),
            Some(other) => {
                // What was between the fingers stays between them.
                let factor = distance(to, other) / distance(before, other).max(1.0);
                let (about, after) = (middle(before, other), middle(to, other));
                let crop = view.zoomed(factor, about);
                let view = View { crop, ..*view };
                Some(view.dragged(after.0 - about.0, after.1 - about.1))
            }
        }
    }
}

fn distance(one: Point, other: Point) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

fn middle(one: Point, other: Point) -> Point {
    (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1))
}
