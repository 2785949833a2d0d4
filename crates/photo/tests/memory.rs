//! How much memory the largest files take, and how little those that are refused. A test by itself, since it counts all
//! that the process has.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail as the test does"
)]

#[path = "it/header.rs"]
mod header;
#[path = "it/worst.rs"]
mod worst;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use peak_alloc::PeakAlloc;
use photo::{FileFault, Limits, Picture, decode, decode_half};

use header::sized;
use worst::{LARGEST_COSTLY, worst};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most pixels of any file, and of one that comes in layers.
const LARGEST: (u16, u16) = (8_000, 5_000);
const LARGEST_PROGRESSIVE: (u16, u16) = (4_160, 3_120);

/// A JPEG file of stripes with all its colours, in so many scans of each.
fn jpeg((width, height): (u16, u16), scans: Option<u8>) -> Vec<u8> {
    let row: Vec<u8> = (0..u32::from(width) * 3)
        .map(|place| (place / 48 % 16 * 15).to_le_bytes()[0])
        .collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 75);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    if let Some(scans) = scans {
        encoder.set_progressive_scans(scans);
    }
    let rgb = row.repeat(height.into());
    encoder.encode(&rgb, width, height, ColorType::Rgb).unwrap();
    file
}

/// The file with an EXIF block that says: turn it by a quarter.
fn turned(file: &[u8]) -> Vec<u8> {
    let exif =
        b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    [&file[..2], exif, &file[2..]].concat()
}

/// The most bytes that were in use during the work beside those before it.
fn spent<T>(work: impl Fn() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = work();
    (result, MEMORY.peak_usage() - before)
}

/// A name, a file, its size, how it is decoded, and bytes a pixel in tenths.
type Case<'a> = (&'a str, &'a [u8], (u16, u16), Decode, usize);

type Decode = fn(&[u8], &Limits) -> Result<Picture, FileFault>;

#[test]
fn files_take_no_more_memory_than_they_may() {
    let (baseline, progressive) = (jpeg(LARGEST, None), jpeg(LARGEST_PROGRESSIVE, Some(5)));
    the_largest_take_so_much(&baseline, &progressive);
    what_is_refused_takes_nothing(&baseline, &progressive);
    what_fails_late_is_not_begun_again(&baseline);
    the_worst_files_take_no_more_than_good_ones();
}

/// Bytes a pixel, in tenths: the picture has three, and all coefficients of one that comes in layers six. Where each
/// component has scans of its own, as here, its planes take three more. The file is there once more, written anew for the
/// decoder.
fn the_largest_take_so_much(baseline: &[u8], progressive: &[u8]) {
    let turned = turned(baseline);
    let cases: [Case<'_>; 5] = [
        ("baseline", baseline, LARGEST, decode, 35),
        ("turned", &turned, LARGEST, decode, 65),
        ("half", baseline, LARGEST, decode_half, 25),
        ("progressive", progressive, LARGEST_PROGRESSIVE, decode, 130),
        (
            "half, progressive",
            progressive,
            LARGEST_PROGRESSIVE,
            decode_half,
            130,
        ),
    ];
    for (name, file, (width, height), decode, tenths) in cases {
        let (picture, bytes) = spent(|| decode(file, &Limits::default()));
        println!("{name}: {} bytes, {bytes} of memory", file.len());
        assert!(picture.is_ok(), "{name}: {picture:?}");
        let pixels = usize::from(width) * usize::from(height);
        assert!(bytes * 10 < pixels * tenths, "{name}: {bytes} of memory");
    }
}

/// Bytes that reading headers may take.
const LITTLE: usize = 1 << 20;
/// Bytes that writing a file anew may take.
const FILE: usize = 16 << 20;

/// 64 MB are allowed; what takes less than one is turned away before anything is decoded. A file that is cut is written
/// anew before that shows.
fn what_is_refused_takes_nothing(baseline: &[u8], progressive: &[u8]) {
    let small = jpeg((480, 640), Some(6));
    let cut = &progressive[..progressive.len() / 2];
    let cases: [(&str, &[u8], &str, usize); 5] = [
        (
            "30,000 pixels a side",
            &sized(baseline, 30_000, 30_000),
            "too_many_pixels",
            LITTLE,
        ),
        (
            "40 megapixels in layers",
            &sized(progressive, 8_000, 5_000),
            "progressive",
            LITTLE,
        ),
        ("18 scans", &small, "progressive", LITTLE),
        ("cut", cut, "truncated", FILE),
        (
            "10 MB and one",
            &vec![0xFF; (10 << 20) + 1],
            "too_large",
            LITTLE,
        ),
    ];
    for (name, file, code, most) in cases {
        for decode in [decode as Decode, decode_half] {
            let (picture, bytes) = spent(|| decode(file, &Limits::default()));
            assert_eq!(picture.map_err(FileFault::code), Err(code), "{name}");
            assert!(bytes < most, "{name}: {bytes} of memory");
        }
    }
}

/// The half takes 61 MB. It may be decoded twice, the second time while threads of the first still hold theirs; the whole
/// after the half would take 181 MB.
fn what_fails_late_is_not_begun_again(baseline: &[u8]) {
    let mut broken = baseline.to_vec();
    let late = broken.len() * 9 / 10;
    // A marker in the midst of the scan, which ends there.
    broken[late..late + 5].copy_from_slice(b"\xFF\xC4\0\x03\xFF");
    let (picture, bytes) = spent(|| decode_half(&broken, &Limits::default()));
    assert_eq!(picture, Err(FileFault::Truncated));
    assert!(bytes < 150_000_000, "{bytes} of memory");
}

/// What is seen in the headers takes nothing; what is only seen while decoding takes no more than a good file of that
/// size, and a PNG of the costly sorts less than 64 MB.
fn the_worst_files_take_no_more_than_good_ones() {
    let costly = LARGEST_COSTLY.0 as usize * LARGEST_COSTLY.1 as usize;
    for worst in worst() {
        let name = worst.name;
        let (picture, bytes) = spent(|| decode(&worst.file, &Limits::default()));
        println!("{name}: {} bytes, {bytes} of memory", worst.file.len());
        assert_eq!(picture.map_err(FileFault::code), Err(worst.code), "{name}");
        let most = if worst.is_seen_early {
            1 << 20
        } else if name.starts_with("12 MP") {
            64_000_000.min(costly * 5)
        } else {
            LARGEST.0 as usize * LARGEST.1 as usize * 35 / 10
        };
        assert!(bytes < most, "{name}: {bytes} of memory");
    }
}
