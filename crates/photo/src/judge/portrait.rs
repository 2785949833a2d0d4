//! Whether what a picture shows is as the standard wants it.
#![expect(
    clippy::float_arithmetic,
    reason = "one product a number; IEEE-exact operations and libm only"
)]

use super::lines::whole;
use crate::colour::{delta_e, lab};
use crate::finding::{Allowed, Finding, Severity, Unit};
use crate::measure::{Backdrop, Features, Light, Measurements, Portrait, Tint};
use crate::reason::Reason;
use crate::rules::{Background, Checks, Limit, Rules};

/// Yaw up to which both cheeks are seen alike, in degrees.
const CHEEKS_SEEN: f32 = 12.0;
/// Share of tones that unlike cheeks may have in common; more is a bright and a dark skin spot, no shadow.
const SAME_TONES: f32 = 0.05;
/// The hue of skin in degrees, the middle of dark and fair: red-orange. Source: `docs/sources.md#photo-measures`.
const SKIN_HUE: f32 = 42.0;
/// How many tolerances away the colour of a background fails even where it only warns.
const FAR_COLOUR: i32 = 4;
/// From which steepness of edges on a photo is sharp though its skin is not.
pub(super) const SHARP_EDGE: f32 = 0.45;
/// Chroma below which skin has no hue to speak of.
const NO_HUE: f32 = 6.0;

/// A measured number that may be too large.
pub(super) fn most(code: Reason, unit: Unit, measured: f32, limit: Limit) -> Option<Finding> {
    let is_worse = |limit: &i32| whole(measured) > i64::from(*limit);
    let severity = severity(limit, is_worse)?;
    let max = limit.warn.or(limit.fail).map(i64::from);
    let allowed = Allowed { min: None, max };
    Some(finding(code, unit, measured, severity, allowed))
}

/// A measured number that may be too small.
pub(super) fn least(code: Reason, unit: Unit, measured: f32, limit: Limit) -> Option<Finding> {
    let is_worse = |limit: &i32| whole(measured) < i64::from(*limit);
    let severity = severity(limit, is_worse)?;
    let min = limit.warn.or(limit.fail).map(i64::from);
    let allowed = Allowed { min, max: None };
    Some(finding(code, unit, measured, severity, allowed))
}

/// A measured number that may be too far to either side.
fn aside(code: Reason, unit: Unit, measured: f32, limit: Limit) -> Option<Finding> {
    let is_worse = |limit: &i32| whole(measured).abs() > i64::from(*limit);
    let severity = severity(limit, is_worse)?;
    let max = limit.warn.or(limit.fail).map(i64::from);
    let min = max.map(|max| -max);
    let allowed = Allowed { min, max };
    Some(finding(code, unit, measured, severity, allowed))
}

fn severity(limit: Limit, is_worse: impl Fn(&i32) -> bool) -> Option<Severity> {
    if limit.fail.as_ref().is_some_and(&is_worse) {
        Some(Severity::Fail)
    } else if limit.warn.as_ref().is_some_and(&is_worse) {
        Some(Severity::Warn)
    } else {
        None
    }
}

fn finding(
    code: Reason,
    unit: Unit,
    measured: f32,
    severity: Severity,
    allowed: Allowed,
) -> Finding {
    Finding {
        code,
        severity,
        measured: Some(whole(measured)),
        allowed: Some(allowed),
        unit,
    }
}

/// What compression has done.
pub(super) fn file(measurements: &Measurements, checks: &Checks) -> Option<Finding> {
    let quality = measurements.jpeg_quality.and_then(|quality| {
        let quality = f32::from(quality);
        least(
            Reason::LowQuality,
            Unit::Quality,
            quality,
            checks.jpeg_quality,
        )
    });
    let blocks = measurements.blockiness.and_then(|blocks| {
        let blocks = blocks * 1_000.0;
        most(
            Reason::LowQuality,
            Unit::Permille,
            blocks,
            checks.blockiness,
        )
    });
    worse(quality, blocks)
}

/// The worse of two findings of one code; the first where they are alike.
pub(super) fn worse(one: Option<Finding>, other: Option<Finding>) -> Option<Finding> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.severity < one.severity {
            other
        } else {
            one
        }),
        (one, other) => one.or(other),
    }
}

pub(super) fn findings(portrait: &Portrait, rules: &Rules) -> Vec<Finding> {
    let checks = &rules.checks;
    let mut found = vec![
        aside(
            Reason::Tilt,
            Unit::TenthDegrees,
            portrait.pose.roll * 10.0,
            checks.tilt,
        ),
        worse(
            aside(
                Reason::NotFrontal,
                Unit::TenthDegreesRight,
                portrait.pose.yaw * 10.0,
                checks.turn,
            ),
            aside(
                Reason::NotFrontal,
                Unit::TenthDegreesUp,
                portrait.pose.pitch * 10.0,
                checks.nod,
            ),
        ),
    ];
    found.extend(sharpness(portrait, checks));
    found.extend(light(&portrait.light, portrait.pose.yaw, checks));
    found.extend(features(&portrait.features, &portrait.light, checks));
    found.push(tint(&portrait.tint, checks));
    if let Some(backdrop) = &portrait.backdrop {
        found.extend(background(backdrop, &rules.background, checks));
    }
    found.into_iter().flatten().collect()
}

fn sharpness(portrait: &Portrait, checks: &Checks) -> [Option<Finding>; 2] {
    let sharpness = &portrait.sharpness;
    let blur = sharpness.blur * 1_000.0;
    let blur = most(Reason::Blur, Unit::Permille, blur, checks.blur);
    // Skin that is not sharp or washed out by light is smooth, too; where edges are sharp, it alone was smoothed.
    let is_blurred = blur.is_some() && sharpness.edge < SHARP_EDGE;
    let is_plain = is_blurred || portrait.light.bright_share > 0.1;
    let texture = sharpness.skin_texture * 10.0;
    let smooth = least(
        Reason::Retouched,
        Unit::Tenths,
        texture,
        checks.skin_texture,
    );
    let even = sharpness.skin_grain.and_then(|grain| {
        let grain = grain * 10.0;
        least(Reason::Retouched, Unit::Tenths, grain, checks.skin_grain)
    });
    [blur, worse(smooth, even).filter(|_| !is_plain)]
}

fn light(light: &Light, yaw: f32, checks: &Checks) -> [Option<Finding>; 3] {
    let bright = light.bright_share * 1_000.0;
    let too_bright = most(Reason::DarkBright, Unit::Permille, bright, checks.bright);
    let highlight = most(Reason::Highlight, Unit::Permille, bright, checks.highlight);
    let highlight = highlight.filter(|_| too_bright.is_none());
    let mean = light.mean * 1_000.0;
    let dark = least(Reason::DarkBright, Unit::Permille, mean, checks.dark);
    let black = light.dark_share * 1_000.0;
    let black = most(Reason::DarkBright, Unit::PermilleBlack, black, checks.black);
    let tones = light.entropy_bits * 100.0;
    let tones = least(Reason::DarkBright, Unit::HundredthBits, tones, checks.tones);
    let sides = light.cheek_ratio * 1_000.0;
    let half = least(
        Reason::HalfShadow,
        Unit::Permille,
        sides,
        checks.half_shadow,
    );
    let is_seen = yaw.abs() <= CHEEKS_SEEN && light.cheek_overlap <= SAME_TONES;
    [
        worse(worse(too_bright, dark), worse(black, tones)),
        highlight,
        half.filter(|_| is_seen),
    ]
}

fn features(features: &Features, light: &Light, checks: &Checks) -> [Option<Finding>; 5] {
    let open = features.eyes_open.and_then(|open| {
        let open = open * 1_000.0;
        least(Reason::EyesClosed, Unit::Permille, open, checks.eyes_open)
    });
    let mouth = features.mouth_open * 1_000.0;
    let red = features.red_eye * 1_000.0;
    // A bright face is no glare.
    let glare = (features.lens_glare - 2.0 * light.bright_share) * 1_000.0;
    let lens = features.lens_delta_e * 10.0;
    [
        open,
        most(Reason::MouthOpen, Unit::Permille, mouth, checks.mouth_open),
        most(Reason::RedEye, Unit::Permille, red, checks.red_eye),
        most(Reason::GlassesGlare, Unit::Permille, glare, checks.glare),
        most(Reason::TintedLens, Unit::TenthDeltaE, lens, checks.lens),
    ]
}

/// A grey picture, or skin of a colour that no skin has.
fn tint(tint: &Tint, checks: &Checks) -> Option<Finding> {
    let colour = tint.colourfulness * 10.0;
    let grey = least(
        Reason::ColourCast,
        Unit::Tenths,
        colour,
        checks.colourfulness,
    );
    if grey.is_some() {
        return grey;
    }
    if libm::hypotf(tint.skin_a, tint.skin_b) < NO_HUE {
        return None;
    }
    let hue = libm::atan2f(tint.skin_b, tint.skin_a).to_degrees();
    // Around the circle the short way.
    let off = libm::fabsf(hue - SKIN_HUE);
    let off = off.min(360.0 - off);
    most(Reason::ColourCast, Unit::Degrees, off, checks.skin_hue)
}

fn background(backdrop: &Backdrop, wanted: &Background, checks: &Checks) -> [Option<Finding>; 4] {
    let tenths = |code, measured: f32, limit| most(code, Unit::TenthDeltaE, measured * 10.0, limit);
    let spread = tenths(Reason::BgUneven, backdrop.spread_delta_e, checks.bg_spread);
    let gradient = tenths(
        Reason::BgUneven,
        backdrop.gradient_delta_e,
        checks.bg_gradient,
    );
    let unlike = backdrop.outlier_share * 1_000.0;
    let unlike = most(Reason::BgUneven, Unit::Permille, unlike, checks.bg_unlike);
    let colour = lab(backdrop.rgb);
    let nearest = wanted
        .or
        .iter()
        .chain([&wanted.rgb])
        .map(|&rgb| delta_e(colour, lab(rgb)));
    let limit = i32::from(wanted.tolerance_delta_e) * 10;
    let limit = match checks.bg_color {
        Some(Severity::Fail) => Limit {
            warn: None,
            fail: Some(limit),
        },
        Some(Severity::Warn) => Limit {
            warn: Some(limit),
            fail: Some(limit * FAR_COLOUR),
        },
        None => Limit::default(),
    };
    let below = backdrop.below_unlike * 1_000.0;
    let below = most(Reason::BgUneven, Unit::Permille, below, checks.bg_below);
    [
        tenths(Reason::BgColor, nearest.fold(f32::MAX, f32::min), limit),
        worse(worse(unlike, below), worse(spread, gradient)),
        tenths(
            Reason::BgObject,
            backdrop.roughness_delta_e,
            checks.bg_rough,
        ),
        tenths(Reason::BgShadow, backdrop.shadow_l, checks.bg_shadow),
    ]
}
