//! Borders: found where there are some, and not where a background or dark clothes are plain.

use photo::{Border, Crop, Picture, Reason, Rules, decode, judge};

use crate::make;

/// The picture inside strips of one tone: top, right, bottom, left.
fn bordered(inner: &Picture, strips: [u32; 4], tone: [u8; 3]) -> Picture {
    let [top, right, bottom, left] = strips;
    let (width, height) = (inner.width + left + right, inner.height + top + bottom);
    make::picture(width, height, |x, y| {
        let is_inside =
            (left..left + inner.width).contains(&x) && (top..top + inner.height).contains(&y);
        if !is_inside {
            return tone;
        }
        let at = ((y - top) * inner.width + x - left) as usize * 3;
        [inner.rgb[at], inner.rgb[at + 1], inner.rgb[at + 2]]
    })
}

#[test]
fn strips_are_measured_on_each_side_and_after_compression() {
    let portrait = make::portrait(480, 640);
    for (strips, tone) in [
        ([20, 20, 20, 20], [0; 3]),
        ([0, 60, 0, 60], [0; 3]),
        ([4, 0, 0, 0], [16; 3]),
        ([0, 0, 0, 9], [255; 3]),
        ([30, 10, 0, 10], [255; 3]),
    ] {
        let picture = bordered(&portrait, strips, tone);
        let [top_px, right_px, bottom_px, left_px] = strips;
        let expected = Border {
            top_px,
            right_px,
            bottom_px,
            left_px,
        };
        assert_eq!(make::measured(&picture).border, expected, "{tone:?}");
        let again = decode(&make::jpeg(&picture), &photo::Limits::default()).unwrap();
        let found = make::measured(&again).border;
        let pairs = [
            (found.top_px, top_px),
            (found.right_px, right_px),
            (found.bottom_px, bottom_px),
            (found.left_px, left_px),
        ];
        assert!(
            pairs.iter().all(|(found, put)| found.abs_diff(*put) <= 1),
            "{found:?} {strips:?}"
        );
    }
}

#[test]
fn plain_backgrounds_and_dark_clothes_are_no_border() {
    let plain = [
        make::picture(480, 640, |_, _| [255; 3]),
        make::picture(480, 640, |_, _| [0; 3]),
        make::portrait(480, 640),
        // A dark suit from shoulder to shoulder before white: its outline is not straight.
        make::picture(480, 640, |x, y| {
            if y > 450 + x.abs_diff(240) / 2 {
                [10; 3]
            } else {
                [255; 3]
            }
        }),
        // A dark picture that slowly becomes bright.
        make::picture(480, 640, |x, _| [u8::try_from(x / 2).unwrap(); 3]),
    ];
    for picture in plain {
        assert_eq!(make::measured(&picture).border, Border::default());
    }
    assert_eq!(
        make::measured(&make::portrait(1, 1)).border,
        Border::default()
    );
}

#[test]
fn only_what_is_left_inside_the_crop_is_a_finding() {
    let picture = bordered(&make::portrait(480, 640), [8, 30, 8, 30], [0; 3]);
    let measured = make::measured(&picture);
    let found = |x, y| {
        let crop = Crop {
            x,
            y,
            width: 480,
            height: 640,
        };
        let verdict = judge(&measured, &crop, &Rules::default());
        let border = verdict
            .findings
            .into_iter()
            .find(|finding| finding.code == Reason::Border);
        border.map(|finding| finding.measured.unwrap())
    };
    assert_eq!(found(30, 8), None);
    assert_eq!(found(10, 8), Some(20));
    assert_eq!(found(60, 8), Some(30));
    assert_eq!(found(30, 0), Some(8));
    assert_eq!(found(30, 16), Some(8));
}
