//! Image-capture codes of our own format, which the product reads in place of CHSI's, whose format is not public.
//!
//! `GPCC1.` content `.` signature, both in Base64 for addresses without padding. The content is JSON; Ed25519 signs it
//! behind the line `gradphoto capture code 1`.

use data_encoding::BASE64URL_NOPAD;
use qrcode::{Color, EcLevel, QrCode};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::Seconds;
use crate::sign::{CryptoError, random_hex};
use crate::world::World;

/// What the signature covers, before the content.
const DOMAIN: &str = "gradphoto capture code 1\n";
/// How long a code counts where nothing is said, in seconds: 90 days.
const VALID_S: Seconds = 90 * 86_400;
/// Pixels of a module, and light modules around the code.
const MODULE_PX: usize = 6;
const MARGIN: usize = 4;

/// What a code says, as it is asked for; what is left out is the sample's.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CodeContent {
    /// The school's five-digit code.
    pub(crate) school: String,
    pub(crate) student_no: String,
    pub(crate) name: String,
    pub(crate) level: String,
    pub(crate) id_type: String,
    pub(crate) id_number: String,
    /// The year of graduation.
    pub(crate) year: i32,
    /// From which second on it counts no more; 90 days from now where nothing is said.
    pub(crate) expires: Option<Seconds>,
}

impl Default for CodeContent {
    fn default() -> Self {
        Self {
            school: "99901".to_owned(),
            student_no: "2210409001".to_owned(),
            name: "李华".to_owned(),
            level: "ba".to_owned(),
            id_type: "cn_id".to_owned(),
            id_number: "11010519491231002X".to_owned(),
            year: 2026,
            expires: None,
        }
    }
}

/// Makes and signs a code.
pub(crate) fn issue(world: &World, content: &CodeContent) -> Result<String, CryptoError> {
    let said = json!({
        "school": content.school,
        "student_no": content.student_no,
        "name": content.name,
        "level": content.level,
        "id_type": content.id_type,
        "id_number": content.id_number,
        "year": content.year,
        "expires": content.expires.unwrap_or(world.now() + VALID_S),
        "nonce": random_hex::<8>()?,
    })
    .to_string();
    let signed = [DOMAIN.as_bytes(), said.as_bytes()].concat();
    let signature = world.keys.capture_code.sign(&signed);
    Ok(format!(
        "GPCC1.{}.{}",
        BASE64URL_NOPAD.encode(said.as_bytes()),
        BASE64URL_NOPAD.encode(&signature)
    ))
}

/// The QR code of a text, drawn.
pub(crate) struct DrawnCode {
    /// Modules of a side.
    side: usize,
    modules: Vec<Color>,
}

impl DrawnCode {
    /// Draws a text; `None` for one that is too long.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        Some(Self {
            side: code.width(),
            modules: code.to_colors(),
        })
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(MARGIN).filter(|at| *at < self.side);
        let place = inside(x).zip(inside(y));
        place.is_some_and(|(x, y)| self.modules[y * self.side + x] == Color::Dark)
    }

    /// As an SVG for a page.
    pub(crate) fn svg(&self) -> String {
        let side = self.side + 2 * MARGIN;
        let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        let dark = places.filter(|(x, y)| self.is_dark(*x, *y));
        let path =
            dark.map(|(x, y)| ["M", &x.to_string(), " ", &y.to_string(), "h1v1h-1z"].concat());
        let path: String = path.collect();
        format!(
            "<svg viewBox=\"0 0 {side} {side}\" width=\"100%\" role=\"img\" aria-label=\"QR\">\
             <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
        )
    }

    /// As a PNG, to be saved and uploaded.
    pub(crate) fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let side = (self.side + 2 * MARGIN) * MODULE_PX;
        let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        let shade = |(x, y): (usize, usize)| {
            if self.is_dark(x / MODULE_PX, y / MODULE_PX) {
                0
            } else {
                u8::MAX
            }
        };
        let pixels: Vec<u8> = places.map(shade).collect();
        let mut file = Vec::new();
        // A code has at most 177 modules a side.
        let side = u32::try_from(side).unwrap_or_default();
        let mut encoder = png::Encoder::new(&mut file, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header()?.write_image_data(&pixels)?;
        Ok(file)
    }
}
