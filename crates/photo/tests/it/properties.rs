//! What holds for every file and every gesture.

use photo::{Crop, Limits, MIN_CROP_HEIGHT_PX, MIN_CROP_WIDTH_PX, Pixel, decode, inspect};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::make;

const ANY_SIZE: Limits = Limits {
    max_bytes: 1 << 20,
    max_pixels: 1 << 16,
    max_side: 1_000,
    min_width: 1,
    min_height: 1,
};

fn check(crop: Crop, width: u32, height: u32) -> Result<(), TestCaseError> {
    prop_assert!(
        crop.is_inside(width, height),
        "{crop:?} in {width}×{height}"
    );
    prop_assert_eq!(u64::from(crop.width) * 4, u64::from(crop.height) * 3);
    if width >= MIN_CROP_WIDTH_PX && height >= MIN_CROP_HEIGHT_PX {
        prop_assert!(crop.width >= MIN_CROP_WIDTH_PX && crop.height >= MIN_CROP_HEIGHT_PX);
    } else {
        prop_assert_eq!(
            crop,
            Crop {
                x: crop.x,
                y: crop.y,
                ..Crop::largest_centred(width, height)
            }
        );
    }
    Ok(())
}

fn any_crop() -> impl Strategy<Value = Crop> {
    (any::<u32>(), any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(x, y, width, height)| {
        Crop {
            x,
            y,
            width,
            height,
        }
    })
}

fn any_side() -> impl Strategy<Value = u32> {
    prop_oneof![0..1_000_u32, 0..9_000_u32, any::<u32>()]
}

proptest! {
    #[test]
    fn any_crop_becomes_a_good_one(crop in any_crop(), width in any_side(), height in any_side()) {
        let clamped = crop.clamp(width, height);
        check(clamped, width, height)?;
        prop_assert_eq!(clamped.clamp(width, height), clamped);
        check(Crop::largest_centred(width, height), width, height)?;
    }

    #[test]
    fn moving_keeps_the_size(
        crop in any_crop(), by in any::<(i32, i32)>(), width in any_side(), height in any_side(),
    ) {
        let (before, after) = (crop.clamp(width, height), crop.moved(by.0, by.1, width, height));
        check(after, width, height)?;
        prop_assert_eq!((before.width, before.height), (after.width, after.height));
    }

    #[test]
    fn zooming_stays_inside(
        crop in any_crop(), factor in any::<f64>(), x in any::<u32>(), y in any::<u32>(),
        width in any_side(), height in any_side(),
    ) {
        let about = Pixel { x, y };
        check(crop.zoomed(factor, about, width, height), width, height)?;
    }

    #[test]
    fn zooming_keeps_the_point_in_its_place(factor in 0.5..2.0_f64, x in 0..=900_u32, y in 0..=1_200_u32) {
        let (width, height) = (9_000, 12_000);
        let crop = Crop { x: 4_000, y: 5_000, width: 900, height: 1_200 };
        let about = Pixel { x: crop.x + x, y: crop.y + y };
        let zoomed = crop.zoomed(factor, about, width, height);
        check(zoomed, width, height)?;
        let place = |crop: Crop| (i64::from(about.x - crop.x) * 4_800 / i64::from(crop.width)) / 10;
        prop_assert!((place(crop) - place(zoomed)).abs() <= 2, "{crop:?} {zoomed:?}");
    }

    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..2_000), start in 0..4_usize) {
        let starts: [&[u8]; 4] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"\0\0\0\x18ftyp"];
        let bytes = [starts[start], &bytes].concat();
        let _ = inspect(&bytes, &ANY_SIZE);
        let _ = decode(&bytes, &ANY_SIZE);
    }

    #[test]
    fn mutated_files_never_panic(
        kind in 0..4_usize, changes in vec((any::<u16>(), any::<u8>()), 1..12), in_header in any::<bool>(),
    ) {
        let picture = make::portrait(60, 80);
        let mut bytes = match kind {
            0 => make::jpeg(&picture),
            1 => make::progressive(&picture),
            2 => make::with_orientation(&make::jpeg(&picture), 6),
            _ => make::png((60, 80), png::ColorType::Rgb, png::BitDepth::Eight, &picture.rgb),
        };
        let reach = if in_header { 200.min(bytes.len()) } else { bytes.len() };
        for (at, value) in changes {
            bytes[usize::from(at) % reach] = value;
        }
        if let Ok(picture) = decode(&bytes, &ANY_SIZE) {
            let facts = inspect(&bytes, &ANY_SIZE).unwrap();
            prop_assert_eq!((picture.width, picture.height), (facts.width(), facts.height()));
            prop_assert_eq!(picture.rgb.len(), picture.width as usize * picture.height as usize * 3);
        }
    }
}
