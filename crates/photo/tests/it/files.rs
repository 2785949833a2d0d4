//! What `inspect` and `decode` say of every sort of file.

use jpeg_encoder::ColorType;
use photo::{
    Colour, FileFault, FileType, Kind, Limits, Orientation, Reason, Unit, decode, inspect,
};
use rstest::rstest;

use crate::header::{Ihdr, relabelled, sized};
use crate::make;

const MIB: usize = 1024 * 1024;

fn fault(bytes: &[u8]) -> FileFault {
    let fault = inspect(bytes, &Limits::default()).unwrap_err();
    assert_eq!(
        decode(bytes, &Limits::default()),
        Err(fault),
        "decode must not know better"
    );
    fault
}

#[rstest]
#[case::empty(b"", FileFault::Empty)]
#[case::pdf(b"%PDF-1.7\n", FileFault::NotAnImage { found: Some(FileType::Pdf) })]
#[case::zip(b"PK\x03\x04\x14\0\0\0\x08\0", FileFault::NotAnImage { found: Some(FileType::Zip) })]
#[case::video(b"\0\0\0\x18ftypisom\0\0\0\0", FileFault::NotAnImage { found: Some(FileType::Video) })]
#[case::text(b"just a letter", FileFault::NotAnImage { found: None })]
#[case::one_letter(b"x", FileFault::NotAnImage { found: None })]
#[case::heic(b"\0\0\0\x18ftypheic\0\0\0\0", FileFault::Heic)]
#[case::heif(b"\0\0\0\x18ftypmif1\0\0\0\0", FileFault::Heic)]
#[case::avif(b"\0\0\0\x18ftypavif\0\0\0\0", FileFault::Avif)]
#[case::gif(b"GIF89a\x01\0\x01\0", FileFault::UnsupportedImage { found: FileType::Gif })]
#[case::webp(b"RIFF\x24\0\0\0WEBPVP8 ", FileFault::UnsupportedImage { found: FileType::WebP })]
#[case::bmp(b"BM\x36\0\0\0\0\0\0\0\x36\0", FileFault::UnsupportedImage { found: FileType::Bmp })]
fn files_that_are_no_photos_are_named(#[case] bytes: &[u8], #[case] expected: FileFault) {
    assert_eq!(fault(bytes), expected, "{}", String::from_utf8_lossy(bytes));
}

#[test]
fn the_size_is_judged_by_the_header_alone() {
    let (width, height) = (30_000, 30_000);
    let expected = FileFault::TooManyPixels {
        width,
        height,
        max: 40_000_000,
    };
    assert_eq!(fault(&make::jpeg_header(30_000, 30_000)), expected);
    let expected = FileFault::SideTooLong {
        width: 8_001,
        height: 640,
        max: 8_000,
    };
    assert_eq!(fault(&make::jpeg_header(8_001, 640)), expected);
    let small = |width, height| FileFault::TooSmall {
        width,
        height,
        min_width: 480,
        min_height: 640,
    };
    assert_eq!(fault(&make::jpeg_header(479, 640)), small(479, 640));
    assert_eq!(fault(&make::jpeg_header(640, 480)), small(640, 480));
    assert_eq!(fault(&make::jpeg_header(480, 0)), FileFault::Damaged);
    assert_eq!(fault(&make::jpeg_header(480, 640)), FileFault::Truncated);
}

#[test]
fn a_file_of_sixty_megabytes_is_too_large() {
    let mut bytes = make::jpeg_header(480, 640);
    bytes.resize(60 * MIB, 0);
    let max = 10 * MIB as u64;
    assert_eq!(
        fault(&bytes),
        FileFault::TooLarge {
            bytes: 60 * MIB as u64,
            max
        }
    );
}

#[rstest]
#[case(3, 0xC3, "lossless")]
#[case(3, 0xC9, "arithmetic")]
#[case(6, 12, "12 bits")]
fn rare_jpegs_are_refused(#[case] at: usize, #[case] value: u8, #[case] what: &str) {
    let rare = FileFault::UnsupportedImage {
        found: FileType::RareJpeg,
    };
    let mut bytes = make::jpeg_header(480, 640);
    bytes[at] = value;
    assert_eq!(fault(&bytes), rare, "{what}");
}

#[test]
fn print_colours_are_refused() {
    assert_eq!(fault(&make::jpeg_of(ColorType::Cmyk, 4)), FileFault::Cmyk);
}

#[test]
fn a_second_frame_header_and_a_flood_of_scans_are_refused() {
    let good = make::jpeg(&make::portrait(480, 640));
    let frame = good
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    let header = &good[frame..frame + 19];
    let twice = [&good[..frame + 19], header, &good[frame + 19..]].concat();
    assert_eq!(fault(&twice), FileFault::Damaged);

    let scan = good
        .windows(2)
        .position(|pair| pair == [0xFF, 0xDA])
        .unwrap();
    let mut flood = good[..good.len() - 2].to_vec();
    for _ in 0..32 {
        flood.extend_from_slice(&good[scan..good.len() - 2]);
    }
    flood.extend_from_slice(b"\xFF\xD9");
    assert_eq!(fault(&flood), FileFault::Damaged);
}

#[test]
fn a_deep_or_interlaced_png_may_have_fewer_pixels() {
    let file = make::png(
        (480, 640),
        png::ColorType::Rgb,
        png::BitDepth::Eight,
        &vec![9; 480 * 640 * 3],
    );
    let labelled = |(width, height), depth, interlace| {
        let ihdr = Ihdr {
            width,
            height,
            depth,
            colour: 2,
            interlace,
        };
        // The header alone, so that nothing else can be what refuses it.
        inspect(&relabelled(&file, ihdr)[..50], &Limits::default()).map_err(FileFault::code)
    };
    for (size, depth, interlace, code) in [
        ((4_000, 3_000), 16, 1, "truncated"),
        ((4_000, 3_001), 16, 0, "costly_png"),
        ((4_000, 3_001), 8, 1, "costly_png"),
        ((8_000, 5_000), 16, 1, "costly_png"),
        ((8_000, 5_000), 8, 0, "truncated"),
    ] {
        assert_eq!(
            labelled(size, depth, interlace),
            Err(code),
            "{size:?} {depth} {interlace}"
        );
    }
}

#[test]
fn a_png_that_promises_more_than_its_data_can_hold_is_not_decoded() {
    let file = make::png(
        (480, 640),
        png::ColorType::Grayscale,
        png::BitDepth::Eight,
        &vec![9; 480 * 640],
    );
    let ihdr = Ihdr {
        width: 5_000,
        height: 8_000,
        depth: 8,
        colour: 0,
        interlace: 0,
    };
    assert!(inspect(&file, &Limits::default()).is_ok());
    assert_eq!(fault(&relabelled(&file, ihdr)), FileFault::Damaged);
}

#[test]
fn a_progressive_file_may_have_fewer_pixels_and_few_scans() {
    let picture = make::portrait(480, 640);
    let progressive = |scans| make::progressive_in(&picture, scans);
    let refused = |width, height| FileFault::Progressive {
        width,
        height,
        max: 13_000_000,
        max_scans: 16,
    };
    // More scans than libjpeg writes, and the largest phones that write so.
    for file in [progressive(5), sized(&progressive(5), 4160, 3120)] {
        assert!(inspect(&file, &Limits::default()).is_ok());
    }
    assert_eq!(
        fault(&sized(&progressive(5), 4200, 3120)),
        refused(4200, 3120)
    );
    assert_eq!(fault(&progressive(6)), refused(480, 640));
    let baseline = make::jpeg(&picture);
    assert!(inspect(&sized(&baseline, 8000, 5000), &Limits::default()).is_ok());
    // One component first, so that the others would follow in further scans: that is kept in memory as well.
    let mut alone = sized(&baseline, 8000, 5000);
    let scan = alone
        .windows(2)
        .position(|pair| pair == [0xFF, 0xDA])
        .unwrap();
    alone[scan + 4] = 1;
    assert_eq!(fault(&alone), refused(8000, 5000));
}

#[test]
fn a_cut_file_is_told_from_a_whole_one() {
    let picture = make::portrait(600, 800);
    let rgba = vec![200; 600 * 800 * 4];
    let png = make::png(
        (600, 800),
        png::ColorType::Rgba,
        png::BitDepth::Eight,
        &rgba,
    );
    for bytes in [make::jpeg(&picture), make::progressive(&picture), png] {
        for percent in [30, 60, 95, 99] {
            let cut = &bytes[..bytes.len() * percent / 100];
            assert_eq!(decode(cut, &Limits::default()), Err(FileFault::Truncated));
        }
    }
}

#[test]
fn a_cut_photo_with_a_thumbnail_is_not_whole_because_its_thumbnail_is() {
    let thumbnail = make::jpeg(&make::portrait(48, 64));
    let length = u16::try_from(thumbnail.len() + 2).unwrap().to_be_bytes();
    let whole = make::jpeg(&make::portrait(480, 640));
    let bytes = [b"\xFF\xD8\xFF\xE1", &length[..], &thumbnail, &whole[2..]].concat();
    assert!(decode(&bytes, &Limits::default()).is_ok());
    let cut = &bytes[..bytes.len() / 2 + thumbnail.len() / 2];
    assert_eq!(decode(cut, &Limits::default()), Err(FileFault::Truncated));
}

#[test]
fn what_follows_the_picture_is_counted_and_dropped() {
    let jpeg = make::jpeg(&make::portrait(480, 640));
    let zip = [b"PK\x03\x04".as_slice(), &[7; 2_000]].concat();
    let both = [jpeg.clone(), zip].concat();
    assert_eq!(
        inspect(&both, &Limits::default()).unwrap().trailing_bytes,
        2_004
    );
    assert_eq!(
        decode(&both, &Limits::default()),
        decode(&jpeg, &Limits::default())
    );
}

#[test]
fn the_facts_of_a_good_file_are_told() {
    let facts = inspect(&make::jpeg_of(ColorType::Luma, 1), &Limits::default()).unwrap();
    assert_eq!(
        (facts.kind, facts.colour, facts.bits_per_sample),
        (Kind::Jpeg, Colour::Grey, 8)
    );
    let deep = vec![9; 480 * 640 * 6];
    let deep = make::png(
        (480, 640),
        png::ColorType::Rgb,
        png::BitDepth::Sixteen,
        &deep,
    );
    let facts = inspect(&deep, &Limits::default()).unwrap();
    assert_eq!(
        (facts.kind, facts.colour, facts.bits_per_sample),
        (Kind::Png, Colour::Rgb, 16)
    );
    assert_eq!(
        (
            facts.stored_width,
            facts.stored_height,
            facts.trailing_bytes
        ),
        (480, 640, 0)
    );
}

#[test]
fn an_orientation_changes_which_sides_are_measured() {
    let wide = make::jpeg(&make::portrait(640, 480));
    let turned = make::with_orientation(&wide, 6);
    let facts = inspect(&turned, &Limits::default()).unwrap();
    assert_eq!(facts.orientation, Orientation::QuarterTurn);
    assert_eq!((facts.width(), facts.height()), (480, 640));
    let expected = FileFault::TooSmall {
        width: 640,
        height: 480,
        min_width: 480,
        min_height: 640,
    };
    assert_eq!(fault(&make::with_orientation(&wide, 3)), expected);
    assert_eq!(fault(&make::with_orientation(&wide, 9)), expected);
}

const COSTLY: FileFault = FileFault::CostlyPng {
    width: 4_000,
    height: 3_001,
    max: 12_000_000,
};

/// One fault of each sort, with its reason.
fn faults() -> [(FileFault, Reason); 14] {
    [
        (FileFault::Empty, Reason::FileLimit),
        (FileFault::TooLarge { bytes: 2, max: 1 }, Reason::FileLimit),
        (
            FileFault::NotAnImage {
                found: Some(FileType::Pdf),
            },
            Reason::FileType,
        ),
        (FileFault::Heic, Reason::FileType),
        (FileFault::Avif, Reason::FileType),
        (
            FileFault::UnsupportedImage {
                found: FileType::WebP,
            },
            Reason::FileType,
        ),
        (
            FileFault::TooManyPixels {
                width: 1,
                height: 2,
                max: 1,
            },
            Reason::FileLimit,
        ),
        (
            FileFault::SideTooLong {
                width: 1,
                height: 2,
                max: 1,
            },
            Reason::FileLimit,
        ),
        (
            FileFault::TooSmall {
                width: 1,
                height: 2,
                min_width: 3,
                min_height: 4,
            },
            Reason::TooSmallPx,
        ),
        (
            FileFault::Progressive {
                width: 1,
                height: 2,
                max: 1,
                max_scans: 1,
            },
            Reason::FileLimit,
        ),
        (COSTLY, Reason::FileLimit),
        (FileFault::Cmyk, Reason::FileType),
        (FileFault::Truncated, Reason::FileLimit),
        (FileFault::Damaged, Reason::FileLimit),
    ]
}

#[test]
fn every_fault_is_serialised_under_its_code_and_has_a_reason() {
    for (fault, reason) in faults() {
        let json = serde_json::to_value(fault).unwrap();
        assert_eq!(json["code"], fault.code());
        assert_eq!(serde_json::from_value::<FileFault>(json).unwrap(), fault);
        assert_eq!(fault.reason(), reason, "{fault}");
        let finding = fault.finding();
        assert!(finding.code == reason && finding.is_final(), "{fault}");
    }
    let pdf = FileFault::NotAnImage {
        found: Some(FileType::Pdf),
    };
    assert_eq!(pdf.to_string(), "the file is not a picture but PDF");
}

const SMALL: FileFault = FileFault::TooSmall {
    width: 500,
    height: 600,
    min_width: 480,
    min_height: 640,
};
const LONG: FileFault = FileFault::SideTooLong {
    width: 9_000,
    height: 700,
    max: 8_000,
};

#[rstest]
#[case::costly(COSTLY, Unit::Pixels, Some(12_004_000))]
#[case::small(SMALL, Unit::PxHigh, Some(600))]
#[case::long(LONG, Unit::PxWide, Some(9_000))]
#[case::no_number(FileFault::Cmyk, Unit::Uncounted, None)]
fn a_fault_with_a_number_is_a_finding_with_it(
    #[case] fault: FileFault,
    #[case] unit: Unit,
    #[case] measured: Option<i64>,
) {
    let finding = fault.finding();
    assert_eq!((finding.unit, finding.measured), (unit, measured));
    assert_eq!(finding.allowed.is_some(), measured.is_some());
}
