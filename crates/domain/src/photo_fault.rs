//! What is wrong with a chosen file, in words: both sides tell it alike.

use photo::FileFault;

use crate::{FieldError, ProblemCode, Refusal};

const MEGABYTE: u64 = 1024 * 1024;
const MEGAPIXEL: u64 = 1_000_000;

/// The refusal of a file; its finding has the reason code.
pub fn refusal_of_file(fault: FileFault) -> Refusal {
    use ProblemCode as Code;
    let refused = |code| Refusal {
        fields: vec![FieldError::new("/image", code)],
        ..Refusal::from(code)
    };
    let sized =
        |code, width: u32, height: u32| refused(code).with("width", width).with("height", height);
    let refusal = match fault {
        FileFault::Empty => refused(Code::PhotoEmpty),
        FileFault::TooLarge { bytes, max } => refused(Code::PhotoTooLarge)
            .with("size_mb", megabytes(bytes))
            .with("max_mb", megabytes(max)),
        FileFault::NotAnImage { found: None } => refused(Code::PhotoUnreadable),
        FileFault::NotAnImage { found: Some(found) } | FileFault::UnsupportedImage { found } => {
            refused(Code::PhotoNotImage).with("found", found.name())
        }
        FileFault::Heic => refused(Code::PhotoHeic),
        FileFault::Avif => refused(Code::PhotoAvif),
        FileFault::TooManyPixels { width, height, max } => {
            sized(Code::PhotoPixelsMany, width, height).with("max_mp", max / MEGAPIXEL)
        }
        FileFault::SideTooLong { width, height, max } => {
            sized(Code::PhotoSideLong, width, height).with("max", max)
        }
        FileFault::Progressive {
            width,
            height,
            max,
            max_scans,
        } => sized(Code::PhotoProgressive, width, height)
            .with("max_mp", max / MEGAPIXEL)
            .with("max_scans", max_scans),
        FileFault::CostlyPng { width, height, max } => {
            sized(Code::PhotoCostlyPng, width, height).with("max_mp", max / MEGAPIXEL)
        }
        FileFault::TooSmall { width, height, .. } => sized(Code::PhotoPixelsFew, width, height),
        FileFault::Cmyk => refused(Code::PhotoCmyk),
        FileFault::Truncated | FileFault::Damaged => refused(Code::PhotoDamaged),
    };
    with_facts_in_fields(Refusal {
        findings: vec![fault.finding()],
        ..refusal
    })
}

/// The field's text names the same facts.
fn with_facts_in_fields(mut refusal: Refusal) -> Refusal {
    for field in &mut refusal.fields {
        field.facts.clone_from(&refusal.facts);
    }
    refusal
}

/// Megabytes with one decimal, rounded up, so that a file above a limit never looks equal to it.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(MEGABYTE);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use photo::FileType;

    use super::*;
    use crate::Lang;

    const FAULTS: [(FileFault, ProblemCode, &str); 15] = {
        use ProblemCode as Code;
        let (width, height, max) = (9000, 700, 8000);
        let (bytes, max_bytes) = (10_485_761, 10_485_760);
        let found = Some(FileType::Pdf);
        let webp = FileType::WebP;
        let many = FileFault::TooManyPixels {
            width: 30_000,
            height: 30_000,
            max: 40_000_000,
        };
        let few = FileFault::TooSmall {
            width: 120,
            height: 160,
            min_width: 480,
            min_height: 640,
        };
        [
            (FileFault::Empty, Code::PhotoEmpty, "没有内容"),
            (
                FileFault::TooLarge {
                    bytes,
                    max: max_bytes,
                },
                Code::PhotoTooLarge,
                "10.1 MB，最大 10 MB",
            ),
            (
                FileFault::NotAnImage { found: None },
                Code::PhotoUnreadable,
                "看不出",
            ),
            (
                FileFault::NotAnImage { found },
                Code::PhotoNotImage,
                "实际是 PDF",
            ),
            (
                FileFault::UnsupportedImage { found: webp },
                Code::PhotoNotImage,
                "实际是 WebP",
            ),
            (FileFault::Heic, Code::PhotoHeic, "兼容性最佳"),
            (FileFault::Avif, Code::PhotoAvif, "AVIF"),
            (
                many,
                Code::PhotoPixelsMany,
                "30000×30000 像素，总数不能超过 40 百万",
            ),
            (
                FileFault::SideTooLong { width, height, max },
                Code::PhotoSideLong,
                "不能超过 8000 像素",
            ),
            (
                FileFault::Progressive {
                    width,
                    height,
                    max: 13_000_000,
                    max_scans: 16,
                },
                Code::PhotoProgressive,
                "13 百万像素、16 次扫描",
            ),
            (
                FileFault::CostlyPng {
                    width,
                    height,
                    max: 12_000_000,
                },
                Code::PhotoCostlyPng,
                "最多 12 百万像素",
            ),
            (few, Code::PhotoPixelsFew, "120×160 像素"),
            (FileFault::Cmyk, Code::PhotoCmyk, "RGB"),
            (FileFault::Truncated, Code::PhotoDamaged, "没有传完"),
            (FileFault::Damaged, Code::PhotoDamaged, "已损坏"),
        ]
    };

    #[test]
    fn every_fault_of_a_file_has_its_own_words() {
        for (fault, code, told) in FAULTS {
            let refusal = refusal_of_file(fault);
            let detail = refusal.detail(Lang::Zh);
            assert_eq!(refusal.code, code);
            assert_eq!(refusal.findings[0].code, fault.reason());
            assert!(detail.contains(told), "{detail}");
            assert_eq!(refusal.fields[0].detail(Lang::Zh), detail);
            assert!(!refusal.detail(Lang::En).contains('{'));
        }
    }
}
