//! Files that cannot become a photo.

#[path = "../../../photo/tests/it/header.rs"]
mod header;

use jpeg_encoder::{ColorType, Encoder};

use crate::journey::{portrait, ready, upload_id};
use header::{Ihdr, relabelled, sized};

#[actix_web::test]
pub(crate) async fn what_is_wrong_with_a_file_is_told_exactly() {
    let (_app, student, enrolment) = ready().await;
    let good = portrait(480, 640, 160);
    for (file, code, told) in [
        (vec![], "photo.file_empty", "没有内容"),
        (
            b"%PDF-1.7 named photo.jpg".to_vec(),
            "photo.file_type",
            "实际是 PDF",
        ),
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
            "photo.file_heic",
            "兼容性最佳",
        ),
        (
            b"\0\0\0\x18ftypavif\0\0\0\0mif1avif".to_vec(),
            "photo.file_avif",
            "AVIF",
        ),
        (b"hello".to_vec(), "photo.file_unknown", "看不出"),
        (
            good[..good.len() / 2].to_vec(),
            "photo.file_damaged",
            "没有传完",
        ),
        (
            sized(&good, 30_000, 30_000),
            "photo.too_many_pixels",
            "30000×30000",
        ),
        (sized(&good, 8001, 640), "photo.side_too_long", "8001×640"),
        (progressive(), "photo.progressive", "13 百万像素、16 次扫描"),
        (costly_png(), "photo.costly_png", "最多 12 百万像素"),
        (cmyk(), "photo.colour_mode", "RGB"),
        (portrait(300, 400, 1), "photo.too_small_px", "300×400"),
    ] {
        let reply = student.submit(&enrolment, &upload_id(1), file).await;
        assert_eq!(reply.problem(), (422, code.to_owned()));
        assert!(reply.text("detail").contains(told), "{reply:?}");
        assert_eq!(reply.json()["errors"][0]["pointer"], "/image");
        let finding = &reply.json()["findings"][0];
        assert_eq!(finding["severity"], "fail", "{reply:?}");
        let codes = ["file_type", "file_limit", "too_small_px"];
        assert!(
            codes.iter().any(|code| finding["code"] == *code),
            "{finding}"
        );
    }
    for size in [11 * 1024 * 1024, 60 * 1024 * 1024] {
        let reply = student
            .submit(&enrolment, &upload_id(1), vec![0xFF; size])
            .await;
        assert_eq!(reply.problem(), (413, "photo.file_too_large".to_owned()));
    }
    // None of these was counted.
    assert_eq!(
        student.submit(&enrolment, &upload_id(1), good).await.status,
        201
    );
}

/// A JPEG in print colours.
fn cmyk() -> Vec<u8> {
    let mut file = Vec::new();
    let pixels = vec![128; 480 * 640 * 4];
    Encoder::new(&mut file, 90)
        .encode(&pixels, 480, 640, ColorType::Cmyk)
        .unwrap();
    file
}

/// A progressive file that promises 40 megapixels.
fn progressive() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 90);
    encoder.set_progressive(true);
    let samples = vec![128; 480 * 640];
    encoder.encode(&samples, 480, 640, ColorType::Luma).unwrap();
    sized(&file, 8000, 5000)
}

/// An interlaced PNG with 16 bits a sample that promises 40 megapixels.
fn costly_png() -> Vec<u8> {
    let mut file = Vec::new();
    let mut writer = png::Encoder::new(&mut file, 1, 1).write_header().unwrap();
    writer.write_image_data(&[0]).unwrap();
    drop(writer);
    let ihdr = Ihdr {
        width: 8_000,
        height: 5_000,
        depth: 16,
        colour: 6,
        interlace: 1,
    };
    relabelled(&file, ihdr)
}
