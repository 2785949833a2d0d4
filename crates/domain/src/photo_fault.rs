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
    use rstest::rstest;

    use super::*;
    use crate::Lang;

    #[rstest]
    #[case::empty(FileFault::Empty, ProblemCode::PhotoEmpty, "没有内容")]
    #[case::too_large(
        FileFault::TooLarge { bytes: 10_485_761, max: 10_485_760 },
        ProblemCode::PhotoTooLarge,
        "10.1 MB，最大 10 MB",
    )]
    #[case::unreadable(
        FileFault::NotAnImage { found: None },
        ProblemCode::PhotoUnreadable,
        "看不出",
    )]
    #[case::a_pdf(
        FileFault::NotAnImage { found: Some(FileType::Pdf) },
        ProblemCode::PhotoNotImage,
        "实际是 PDF",
    )]
    #[case::webp(
        FileFault::UnsupportedImage { found: FileType::WebP },
        ProblemCode::PhotoNotImage,
        "实际是 WebP",
    )]
    #[case::heic(FileFault::Heic, ProblemCode::PhotoHeic, "兼容性最佳")]
    #[case::avif(FileFault::Avif, ProblemCode::PhotoAvif, "AVIF")]
    #[case::too_many_pixels(
        FileFault::TooManyPixels { width: 30_000, height: 30_000, max: 40_000_000 },
        ProblemCode::PhotoPixelsMany,
        "30000×30000 像素，总数不能超过 40 百万",
    )]
    #[case::a_side_too_long(
        FileFault::SideTooLong { width: 9000, height: 700, max: 8000 },
        ProblemCode::PhotoSideLong,
        "不能超过 8000 像素",
    )]
    #[case::progressive(
        FileFault::Progressive { width: 9000, height: 700, max: 13_000_000, max_scans: 16 },
        ProblemCode::PhotoProgressive,
        "13 百万像素、16 次扫描",
    )]
    #[case::a_costly_png(
        FileFault::CostlyPng { width: 9000, height: 700, max: 12_000_000 },
        ProblemCode::PhotoCostlyPng,
        "最多 12 百万像素",
    )]
    #[case::too_few_pixels(
        FileFault::TooSmall { width: 120, height: 160, min_width: 480, min_height: 640 },
        ProblemCode::PhotoPixelsFew,
        "120×160 像素",
    )]
    #[case::cmyk(FileFault::Cmyk, ProblemCode::PhotoCmyk, "RGB")]
    #[case::truncated(FileFault::Truncated, ProblemCode::PhotoDamaged, "没有传完")]
    #[case::damaged(FileFault::Damaged, ProblemCode::PhotoDamaged, "已损坏")]
    fn every_fault_of_a_file_has_its_own_words(
        #[case] fault: FileFault,
        #[case] code: ProblemCode,
        #[case] told: &str,
    ) {
        let refusal = refusal_of_file(fault);
        let detail = refusal.detail(Lang::Zh);
        assert_eq!(refusal.code, code);
        assert_eq!(refusal.findings[0].code, fault.reason());
        assert!(detail.contains(told), "{detail}");
        assert_eq!(refusal.fields[0].detail(Lang::Zh), detail);
        assert!(!refusal.detail(Lang::En).contains('{'));
    }
}
