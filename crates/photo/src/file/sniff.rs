//! The type of a file from its first bytes.

use serde::{Deserialize, Serialize};

/// Types that people upload as photos, on purpose or by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    /// JPEG.
    Jpeg,
    /// JPEG that is lossless, arithmetic-coded or not 8 bits deep; browsers do not show it either.
    RareJpeg,
    /// PNG.
    Png,
    /// HEIC or HEIF.
    Heic,
    /// AVIF.
    Avif,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// TIFF, also most cameras' raw files.
    Tiff,
    /// JPEG 2000.
    Jpeg2000,
    /// JPEG XL.
    JpegXl,
    /// Photoshop.
    Photoshop,
    /// PDF.
    Pdf,
    /// ZIP, also Office documents.
    Zip,
    /// RAR.
    Rar,
    /// A film.
    Video,
    /// HTML, SVG or other XML.
    Markup,
}

impl FileType {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::RareJpeg => "JPEG (rare sort)",
            Self::Png => "PNG",
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::Jpeg2000 => "JPEG 2000",
            Self::JpegXl => "JPEG XL",
            Self::Photoshop => "PSD",
            Self::Pdf => "PDF",
            Self::Zip => "ZIP",
            Self::Rar => "RAR",
            Self::Video => "MP4",
            Self::Markup => "HTML",
        }
    }

    /// Whether it holds one picture.
    pub(super) fn is_picture(self) -> bool {
        match self {
            Self::Jpeg
            | Self::RareJpeg
            | Self::Png
            | Self::Heic
            | Self::Avif
            | Self::Gif
            | Self::WebP
            | Self::Bmp
            | Self::Tiff
            | Self::Jpeg2000
            | Self::JpegXl
            | Self::Photoshop => true,
            Self::Pdf | Self::Zip | Self::Rar | Self::Video | Self::Markup => false,
        }
    }
}

/// First bytes that name a type alone.
const SIGNATURES: [(&[u8], FileType); 17] = [
    (b"\xFF\xD8\xFF", FileType::Jpeg),
    (b"\x89PNG\r\n\x1A\n", FileType::Png),
    (b"GIF87a", FileType::Gif),
    (b"GIF89a", FileType::Gif),
    (b"II*\0", FileType::Tiff),
    (b"MM\0*", FileType::Tiff),
    (b"\0\0\0\x0CjP  ", FileType::Jpeg2000),
    (b"\0\0\0\x0CJXL ", FileType::JpegXl),
    (b"\xFF\x0A", FileType::JpegXl),
    (b"8BPS", FileType::Photoshop),
    (b"%PDF", FileType::Pdf),
    (b"PK\x03\x04", FileType::Zip),
    (b"Rar!\x1A\x07", FileType::Rar),
    (b"<!DOCTYPE", FileType::Markup),
    (b"<html", FileType::Markup),
    (b"<?xml", FileType::Markup),
    (b"<svg", FileType::Markup),
];

/// The brands of ISO media files that are HEIC or HEIF pictures. Source: `docs/sources.md#photo-heic-brands`.
const HEIC_BRANDS: [&[u8; 4]; 10] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1",
];
/// The brands of AVIF pictures.
const AVIF_BRANDS: [&[u8; 4]; 2] = [b"avif", b"avis"];

/// The type of the file, where its first bytes tell.
pub(super) fn sniff(bytes: &[u8]) -> Option<FileType> {
    let signed = SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start));
    if let Some(&(_, found)) = signed {
        return Some(found);
    }
    match (bytes.get(..4)?, bytes.get(4..8)?, bytes.get(8..12)?) {
        (_, b"ftyp", brand) if HEIC_BRANDS.iter().any(|known| *known == brand) => {
            Some(FileType::Heic)
        }
        (_, b"ftyp", brand) if AVIF_BRANDS.iter().any(|known| *known == brand) => {
            Some(FileType::Avif)
        }
        (_, b"ftyp", _) => Some(FileType::Video),
        (b"RIFF", _, b"WEBP") => Some(FileType::WebP),
        // Two letters alone could begin a text; the reserved field of a bitmap is always zero.
        ([b'B', b'M', ..], [_, _, 0, 0], [0, 0, ..]) => Some(FileType::Bmp),
        _ => None,
    }
}
