//! Every layout of a JPEG file and every fault of its container, compared with libjpeg-turbo: the picture is right, or
//! the file is refused. `cjpeg` and `djpeg` (Debian: libjpeg-turbo-progs) write the files and read them for comparison.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use photo::{FileFault, Limits, Orientation, Picture, decode, decode_half, inspect};

use crate::header::sized;
use crate::make;

/// Sampling of brightness and of the two colours, each across × down.
const SAMPLINGS: [&str; 17] = [
    "1x1,1x1,1x1",
    "2x1,1x1,1x1",
    "1x2,1x1,1x1",
    "2x2,1x1,1x1",
    "4x1,1x1,1x1",
    "1x4,1x1,1x1",
    "4x2,1x1,1x1",
    "3x1,1x1,1x1",
    "2x1,2x1,1x1",
    "1x1,1x1,2x1",
    "2x2,2x1,2x1",
    "2x2,1x2,1x2",
    "2x2,2x2,1x1",
    "2x2,2x2,2x2",
    "1x1,2x2,2x2",
    "1x2,2x1,2x1",
    "4x4,1x1,1x1",
];

/// How the components are spread over scans.
const SCANS: [Scans; 5] = [
    Scans::Script("0,1,2;"),
    Scans::Script("0;1;2;"),
    Scans::Script("0;1,2;"),
    Scans::Progressive,
    Scans::Script("0:0-0,0,1;1:0-0,0,0;2:0-0,0,0;0:0-0,1,0;0:1-63,0,0;1:1-63,0,0;2:1-63,0,0;"),
];

/// How often decoding may start anew: never, after each row of units, after each third unit.
const RESTARTS: [&str; 3] = ["0", "1", "3B"];

/// Sizes that units of 8, 16, 24 and 32 pixels fill, and such that they do not.
const SIZES: [(u32, u32); 2] = [(97, 131), (192, 96)];

#[derive(Clone, Copy, Debug)]
enum Scans {
    Script(&'static str),
    Progressive,
}

fn any_size() -> Limits {
    Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    }
}

/// Edges, ramps and a face-coloured disc, so that each fault shows.
fn drawing(width: u32, height: u32) -> Picture {
    make::picture(width, height, |x, y| {
        let byte = |value: u32| u8::try_from(value & 255).unwrap();
        let (dx, dy) = (x.abs_diff(width / 2), y.abs_diff(height / 2));
        if dx * dx + dy * dy < width * width / 16 {
            [225, 180, 160]
        } else {
            let checks = ((x / 9 + y / 7) % 2) * 90;
            [x * 120 / width, y * 120 / height, 40].map(|ramp| byte(ramp + checks))
        }
    })
}

/// A file of its own in the folder for tests; it stays there until the next run.
fn scratch(end: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("layout-{}-{number}.{end}", std::process::id());
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Runs one of libjpeg-turbo's programs on some bytes; `None` where it gives nothing.
fn run(program: &str, arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let file = scratch("in");
    std::fs::write(&file, input).unwrap();
    let run = Command::new(program)
        .args(arguments)
        .arg(&file)
        .stderr(Stdio::null())
        .output();
    std::fs::remove_file(&file).unwrap();
    let output = run.unwrap_or_else(|error| {
        panic!("{program} is needed ({error}): on Debian, sudo apt-get install libjpeg-turbo-progs")
    });
    (!output.stdout.is_empty()).then_some(output.stdout)
}

/// The picture as `cjpeg` writes it; `None` where the standard has no such layout.
fn cjpeg(picture: &Picture, sampling: &str, scans: Scans, restart: &str) -> Option<Vec<u8>> {
    let head = format!("P6\n{} {}\n255\n", picture.width, picture.height);
    let ppm = [head.as_bytes(), &picture.rgb].concat();
    let mut arguments = vec!["-quality", "90", "-sample", sampling];
    let script = scratch("scans");
    let path = script.to_str().unwrap().to_owned();
    match scans {
        Scans::Script(text) => {
            std::fs::write(&script, text).unwrap();
            arguments.extend(["-scans", &path]);
        }
        Scans::Progressive => arguments.push("-progressive"),
    }
    if restart != "0" {
        arguments.extend(["-restart", restart]);
    }
    let jpeg = run("cjpeg", &arguments, &ppm);
    std::fs::remove_file(script).ok();
    jpeg.filter(|jpeg| jpeg.ends_with(b"\xFF\xD9"))
}

/// The pixels that `djpeg` reads, at the full size or at the half.
fn djpeg(jpeg: &[u8], scale: &str) -> Vec<u8> {
    let ppm = run(
        "djpeg",
        &["-rgb", "-ppm", "-dct", "int", "-scale", scale],
        jpeg,
    )
    .unwrap();
    let mut lines = 0;
    let start = ppm.iter().position(|&byte| {
        lines += u8::from(byte == b'\n');
        lines == 3
    });
    ppm[start.unwrap() + 1..].to_vec()
}

/// The mean difference of two pictures' samples, in thousandths of a step.
fn difference(one: &[u8], other: &[u8]) -> u64 {
    assert_eq!(one.len(), other.len(), "another size");
    let pairs = one.iter().zip(other);
    let sum: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum * 1_000 / one.len() as u64
}

/// Decoders may differ by rounding, and by how they smooth colours that are sampled more coarsely.
const ROUNDING: u64 = 500;
/// At half the size they also average differently, which the drawing's edges show; a wrong layout is off by 25,000.
const HALF_ROUNDING: u64 = 8_000;

fn looks_as_in_libjpeg(jpeg: &[u8], what: &str) {
    let whole = decode(jpeg, &any_size()).unwrap_or_else(|fault| panic!("{what}: {fault}"));
    let off = difference(&whole.rgb, &djpeg(jpeg, "1/1"));
    assert!(off <= ROUNDING, "{what}: off by {off}/1000");
    let half = decode_half(jpeg, &any_size()).unwrap_or_else(|fault| panic!("{what}: {fault}"));
    if half == whole {
        // Some layouts have no half that shows enough.
        return;
    }
    let off = difference(&half.rgb, &djpeg(jpeg, "1/2"));
    assert!(
        off <= HALF_ROUNDING,
        "{what} at half the size: off by {off}/1000"
    );
}

#[test]
fn every_layout_is_decoded_as_libjpeg_does() {
    let mut files = 0;
    for size in SIZES {
        let picture = drawing(size.0, size.1);
        for sampling in SAMPLINGS {
            for scans in SCANS {
                for restart in RESTARTS {
                    if let Some(jpeg) = cjpeg(&picture, sampling, scans, restart) {
                        let what = format!("{size:?} {sampling} {scans:?} restart {restart}");
                        looks_as_in_libjpeg(&jpeg, &what);
                        files += 1;
                    }
                }
            }
        }
    }
    // Ten units of data are the most that an interleaved scan may have, which leaves out a few.
    assert!(files > 450, "only {files} files were written");
}

#[test]
fn a_large_file_is_decoded_as_libjpeg_does_in_each_layout() {
    let picture = drawing(2_400, 3_200);
    for (sampling, scans) in [
        ("2x2,1x1,1x1", SCANS[0]),
        ("1x1,2x2,2x2", SCANS[0]),
        ("2x2,1x1,1x1", SCANS[1]),
        ("2x1,1x1,1x1", SCANS[3]),
    ] {
        let jpeg = cjpeg(&picture, sampling, scans, "0").unwrap();
        looks_as_in_libjpeg(&jpeg, &format!("{sampling} {scans:?}"));
    }
}

/// The place of a marker and the place behind its segment.
fn segment(jpeg: &[u8], marker: u8) -> (usize, usize) {
    let at = jpeg
        .windows(2)
        .position(|pair| pair == [0xFF, marker])
        .unwrap();
    let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    (at, at + 2 + length)
}

/// A file of three components whose ids are changed, without the segment that says JFIF and with `extra` instead.
fn with_ids(jpeg: &[u8], ids: [u8; 3], extra: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg.to_vec();
    let (frame, _) = segment(&bytes, 0xC0);
    let (scan, _) = segment(&bytes, 0xDA);
    for (place, id) in ids.into_iter().enumerate() {
        bytes[frame + 10 + 3 * place] = id;
        bytes[scan + 5 + 2 * place] = id;
    }
    let (start, end) = segment(&bytes, 0xE0);
    [&bytes[..start], extra, &bytes[end..]].concat()
}

fn adobe(transform: u8) -> Vec<u8> {
    [
        b"\xFF\xEE\0\x0EAdobe\0\x64\0\0\0\0".as_slice(),
        &[transform],
    ]
    .concat()
}

#[test]
fn what_the_components_mean_is_told_as_libjpeg_tells_it() {
    let jpeg = cjpeg(&drawing(97, 131), "1x1,1x1,1x1", SCANS[0], "0").unwrap();
    let jfif = jpeg[segment(&jpeg, 0xE0).0..segment(&jpeg, 0xE0).1].to_vec();
    for ids in [[1, 2, 3], *b"RGB", [0, 1, 2], [7, 9, 8]] {
        for extra in [
            Vec::new(),
            adobe(0),
            adobe(1),
            jfif.clone(),
            [jfif.clone(), adobe(0)].concat(),
        ] {
            let file = with_ids(&jpeg, ids, &extra);
            looks_as_in_libjpeg(&file, &format!("{ids:?} {extra:?}"));
        }
    }
}

#[test]
fn fields_that_mean_nothing_in_a_baseline_scan_are_not_looked_at() {
    let jpeg = cjpeg(&drawing(97, 131), "2x2,1x1,1x1", SCANS[0], "0").unwrap();
    let (_, end) = segment(&jpeg, 0xDA);
    let right = decode(&jpeg, &any_size()).unwrap();
    for (first, last, bits) in [
        (1, 63, 0),
        (0, 0, 0),
        (0, 63, 1),
        (0, 63, 0x10),
        (9, 9, 0xFF),
    ] {
        let mut changed = jpeg.clone();
        changed[end - 3..end].copy_from_slice(&[first, last, bits]);
        assert_eq!(decode(&changed, &any_size()).as_ref(), Ok(&right));
        assert!(decode_half(&changed, &any_size()).is_ok());
    }
}

/// Files whose containers are broken below: usual, unusual and progressive.
fn whole_files() -> Vec<Vec<u8>> {
    let picture = drawing(97, 131);
    let layouts = [
        ("2x2,1x1,1x1", SCANS[0], "0"),
        ("2x1,1x1,1x1", SCANS[1], "1"),
        ("2x2,1x1,1x1", SCANS[3], "0"),
    ];
    layouts
        .map(|(sampling, scans, restart)| cjpeg(&picture, sampling, scans, restart).unwrap())
        .to_vec()
}

#[test]
fn bytes_that_belong_to_no_segment_are_skipped_wherever_they_stand() {
    for jpeg in whole_files() {
        let right = decode(&jpeg, &any_size()).unwrap();
        // The first segment stands just behind the file's first marker, or the file is not known as a JPEG.
        let mut at = segment(&jpeg, 0xE0).1;
        loop {
            for stray in [b"\0\0".as_slice(), b"\xFF\xFF\xFF", b"ab\0c", &[0x20; 600]] {
                let changed = [&jpeg[..at], stray, &jpeg[at..]].concat();
                assert_eq!(decode(&changed, &any_size()).as_ref(), Ok(&right), "{at}");
            }
            if jpeg[at + 1] == 0xDA {
                break;
            }
            at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        }
    }
}

#[test]
fn a_file_without_its_end_marker_is_taken_if_all_its_rows_are_there() {
    let phone = [&[0, 0x80, 0x01, 0x0A], b"SEFHj\0\0\0SEFT".as_slice()].concat();
    let second = [b"\xFF\xD8\xFF\xE1\0\x04ab".as_slice(), &[7; 50]].concat();
    for jpeg in whole_files() {
        let right = decode(&jpeg, &any_size()).unwrap();
        let body = &jpeg[..jpeg.len() - 2];
        for behind in [b"".as_slice(), b"\xFF", &phone, &second] {
            let file = [body, behind].concat();
            assert_eq!(
                decode(&file, &any_size()).as_ref(),
                Ok(&right),
                "{behind:?}"
            );
            assert!(decode_half(&file, &any_size()).is_ok());
        }
    }
}

#[test]
fn a_large_file_without_its_end_marker_is_refused_without_decoding_it() {
    let jpeg = make::jpeg(&drawing(97, 131));
    let large = sized(&jpeg, 5_000, 3_000);
    assert!(inspect(&large, &Limits::default()).is_ok());
    let cut = &large[..large.len() - 2];
    assert_eq!(inspect(cut, &Limits::default()), Err(FileFault::Truncated));
}

#[test]
fn a_file_that_is_cut_anywhere_is_never_decoded_wrongly() {
    for jpeg in whole_files() {
        let right = decode(&jpeg, &any_size()).unwrap();
        let data = segment(&jpeg, 0xDA).1;
        let places = (2..data).chain((data..jpeg.len() - 2).step_by(11));
        for cut in places {
            for behind in [b"".as_slice(), b"\xFF\xD9"] {
                let file = [&jpeg[..cut], behind].concat();
                if let Ok(picture) = decode(&file, &any_size()) {
                    let off = difference(&picture.rgb, &right.rgb);
                    // The last unit's finest detail may be missing, and of a progressive file one bit, up to 2 %.
                    assert!(
                        off <= 5_000,
                        "cut at {cut} of {}: off by {off}/1000",
                        jpeg.len()
                    );
                }
            }
        }
    }
}

#[test]
fn an_orientation_behind_the_frame_header_counts_as_in_browsers() {
    let jpeg = make::jpeg(&drawing(97, 131));
    let turned = make::with_orientation(&jpeg, 6);
    let exif = turned[2..2 + turned.len() - jpeg.len()].to_vec();
    let (scan, _) = segment(&jpeg, 0xDA);
    let late = [&jpeg[..scan], &exif, &jpeg[scan..]].concat();
    let facts = inspect(&late, &any_size()).unwrap();
    assert_eq!(facts.orientation, Orientation::QuarterTurn);
    assert_eq!(decode(&late, &any_size()), decode(&turned, &any_size()));
}

#[test]
fn a_png_without_its_last_chunk_is_taken_if_all_its_rows_are_there() {
    let picture = drawing(97, 131);
    let size = (picture.width, picture.height);
    let png = make::png(
        size,
        png::ColorType::Rgb,
        png::BitDepth::Eight,
        &picture.rgb,
    );
    let body = &png[..png.len() - 12];
    for behind in [b"".as_slice(), b"\0\0\0\0IE", b"trailing bytes"] {
        let file = [body, behind].concat();
        assert_eq!(decode(&file, &any_size()).unwrap().rgb, picture.rgb);
    }
    for cut in [1, 4, 5, 200] {
        let fault = decode(&body[..body.len() - cut], &any_size()).unwrap_err();
        assert_eq!(fault, FileFault::Truncated, "{cut}");
    }
}
