//! Whether something hides the face, falls into it, sits on the head or is held beside it.
#![expect(
    clippy::float_arithmetic,
    reason = "IEEE-exact operations on measured numbers"
)]

use super::portrait::{SHARP_EDGE, least, most, worse};
use crate::finding::{Finding, Unit};
use crate::measure::{Around, Cover, Portrait};
use crate::reason::Reason;
use crate::rules::Checks;

/// Up to which yaw and pitch covers are told, in degrees: of a head that is turned farther the far side is hidden by the
/// near one. Such a head is not frontal anyway.
const SEEN_FROM_FRONT: f32 = 25.0;
/// Share of nearly white pixels from which on skin has no colour to compare with.
const WASHED_OUT: f32 = 0.15;
/// Distance between the eyes, in pixels of the original, below which the networks see too little of a face to agree.
const ENOUGH_PX: f32 = 40.0;
/// Chroma and texture (CIE L*) from which on and up to which cloth is told by its colour.
const CLOTH_CHROMA: f32 = 14.0;
const CLOTH_TEXTURE: f32 = 5.0;
/// Up to how unlike skin the top of a head may be that is bald.
const BALD: f32 = 0.5;
/// The lightness at which hair shows its strands, CIE L*.
const SHOWS_STRANDS: [f32; 2] = [17.0, 97.0];

pub(super) fn findings(portrait: &Portrait, checks: &Checks) -> Vec<Finding> {
    let is_frontal =
        portrait.pose.yaw.abs() <= SEEN_FROM_FRONT && portrait.pose.pitch.abs() <= SEEN_FROM_FRONT;
    let permille = |code, share: f32, limit| most(code, Unit::Permille, share * 1_000.0, limit);
    let is_seen = is_frontal && portrait.head.eye_distance_px >= ENOUGH_PX;
    let covered = portrait.cover.filter(|_| is_seen).and_then(|cover| {
        let is_washed_out = portrait.light.bright_share > WASHED_OUT;
        permille(
            Reason::FaceCovered,
            evidence(&cover, is_washed_out),
            checks.covered,
        )
    });
    let hair = portrait.hair.filter(|_| is_seen).and_then(|hair| {
        worse(
            permille(Reason::Hair, hair.over_eye, checks.hair_over_eye),
            permille(Reason::Hair, hair.strands, checks.hair),
        )
    });
    let headwear = portrait
        .around
        .and_then(|around| headwear(&around, portrait, checks));
    let beside = portrait
        .around
        .and_then(|around| permille(Reason::HandOrObject, around.skin_beside, checks.skin_beside));
    [covered, hair, headwear, beside]
        .into_iter()
        .flatten()
        .collect()
}

/// Cloth on the head: smooth, or of a colour that no hair has. Smooth, too, are the bald, what is too dark or too bright
/// to show strands, and a photo that is not sharp.
fn headwear(around: &Around, portrait: &Portrait, checks: &Checks) -> Option<Finding> {
    let is_told = portrait.sharpness.edge >= SHARP_EDGE
        && around.top_unlike >= BALD
        && (SHOWS_STRANDS[0]..=SHOWS_STRANDS[1]).contains(&around.top_lightness);
    let is_coloured = around.top_chroma >= CLOTH_CHROMA && around.top_texture < CLOTH_TEXTURE;
    let texture = if is_coloured {
        0.0
    } else {
        around.top_texture * 10.0
    };
    least(Reason::Headwear, Unit::Tenths, texture, checks.headwear)
        .filter(|_| is_told || is_coloured)
}

/// How much speaks for a cover. Each kind of evidence counts 0 up to where it is usual and its full weight from where no
/// portrait without a cover was; but for a face that the network doubts no kind alone is enough to fail by.
/// From our own measurements, `docs/figures.md`.
fn evidence(cover: &Cover, is_washed_out: bool) -> f32 {
    let ramp = |value: f32, from: f32, to: f32| ((value - from) / (to - from)).clamp(0.0, 1.0);
    let doubt = 1.5 * ramp(1.0 - cover.presence, 0.002, 0.03);
    let mirror = ramp(cover.lips_off, 0.020, 0.040)
        + ramp(cover.brow_off, 0.022, 0.040)
        + ramp(cover.jaw_off, 0.035, 0.065)
        + ramp(cover.nose_off, 0.025, 0.045);
    let colours = if is_washed_out {
        0.0
    } else {
        let upper = ramp(cover.side_unlike, 0.38, 0.6)
            .max(ramp(cover.cheek_unlike, 0.75, 1.05))
            .max(ramp(cover.nose_unlike, 0.6, 0.9));
        1.25 * ramp(cover.chin_unlike, 0.75, 1.0) + 1.2 * upper
    };
    let smooth = 1.3 * ramp(0.5 - cover.chin_roughness, 0.0, 0.13);
    let mouth = 1.35 * ramp(0.32 - cover.mouth_contrast, 0.0, 0.16);
    let bar = 1.25 * ramp(cover.bar, 10.0, 20.0);
    let person = ramp(cover.no_person, 0.01, 0.06);
    let detector =
        0.6 * ramp(0.76 - cover.score, 0.0, 0.16) + 0.6 * ramp(cover.keypoints_off, 0.0, 0.08);
    doubt + 0.65 * mirror + colours + smooth + mouth + bar + person + detector
}
