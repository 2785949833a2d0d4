//! Real photos, enlarged and given room: faces are counted in them, and what is framed keeps to the standard.

use photo::{
    Crop, Engine, Finding, Limits, Measurements, Picture, Reason, Rules, Severity, auto_crop,
    decode, frame, inspect, judge, measure,
};

use crate::make;
use crate::photos::{ANY_SIZE, engine};
use crate::shared::photo;

fn measured(engine: &Engine, file: &[u8], limits: &Limits) -> Measurements {
    let facts = inspect(file, limits).unwrap();
    measure(&decode(file, limits).unwrap(), &facts, Some(engine))
}

/// A small photo as a file of three times its size, which may be sent.
fn enlarged(file: &[u8]) -> Vec<u8> {
    let small = decode(file, &ANY_SIZE).unwrap();
    make::jpeg(&make::picture(small.width * 3, small.height * 3, |x, y| {
        pixel(&small, x / 3, y / 3)
    }))
}

/// The picture with a third of its sides more on each side, where the nearest pixels go on.
fn with_room(picture: &Picture) -> Picture {
    let (across, down) = (picture.width / 3, picture.height / 3);
    let (width, height) = (picture.width + 2 * across, picture.height + 2 * down);
    make::picture(width, height, |x, y| {
        let x = x.saturating_sub(across).min(picture.width - 1);
        let y = y.saturating_sub(down).min(picture.height - 1);
        pixel(picture, x, y)
    })
}

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let at = (y * picture.width + x) as usize * 3;
    [0, 1, 2].map(|channel| picture.rgb[at + channel])
}

#[test]
fn faces_are_counted_in_photos_that_may_be_sent() {
    let (Some(engine), Some(two), Some(cat)) = (
        engine(),
        photo("h_two_people.jpg"),
        photo("h_noface_cat.jpg"),
    ) else {
        return;
    };
    for (file, faces, reason) in [(two, 2, Reason::ManyFaces), (cat, 0, Reason::NoFace)] {
        let file = enlarged(&file);
        let found = engine.find(&decode(&file, &Limits::default()).unwrap());
        assert_eq!(found.faces.len(), faces);
        assert_eq!(found.face.is_some(), faces > 0);
        let measured = measured(&engine, &file, &Limits::default());
        assert_eq!(measured.faces.as_ref().unwrap().len(), faces);
        let whole = Crop {
            x: 0,
            y: 0,
            width: measured.width_px,
            height: measured.height_px,
        };
        let verdict = judge(&measured, &whole, &Rules::default());
        let is_told =
            |finding: &Finding| (finding.code, finding.severity) == (reason, Severity::Fail);
        assert!(verdict.findings.iter().any(is_told), "{verdict:?}");
    }
}

/// The lines that lie outside the standard once the picture is framed; `None` where it has too little room.
fn outside(engine: &Engine, picture: &Picture) -> Option<Vec<Finding>> {
    let facts = inspect(&make::jpeg(picture), &ANY_SIZE).unwrap();
    let auto = auto_crop(&measure(picture, &facts, Some(engine)), &Rules::default());
    let margin = auto.margin.unwrap();
    assert!(auto.missing.is_none() || margin < 0.0);
    // At the very edge the second measurement may fall on the other side.
    if margin < 0.15 {
        return None;
    }
    let framed = frame(picture, &auto.crop, &Rules::default()).unwrap();
    let again = measured(engine, &framed.jpeg, &Limits::default());
    let whole = Crop::largest_centred(framed.width, framed.height);
    let mut findings = judge(&again, &whole, &Rules::default()).findings;
    let lines = [
        Reason::HeadTop,
        Reason::EyeLine,
        Reason::FaceWidth,
        Reason::NotCentered,
    ];
    findings.retain(|finding| lines.contains(&finding.code));
    Some(findings)
}

#[test]
fn a_portrait_with_room_is_inside_the_standard_once_framed() {
    let Some(engine) = engine() else {
        return;
    };
    let (mut portraits, mut as_it_is, mut extended) = (0, 0, 0);
    for row in include_str!("../marks.csv").lines().skip(1) {
        let name = row.split(',').next().unwrap();
        let Some(file) = photo(name) else {
            return;
        };
        let picture = decode(&file, &ANY_SIZE).unwrap();
        portraits += 1;
        for (count, picture) in [
            (&mut as_it_is, &picture),
            (&mut extended, &with_room(&picture)),
        ] {
            if let Some(outside) = outside(&engine, picture) {
                assert!(outside.is_empty(), "{name}, {picture:?}: {outside:?}");
                *count += 1;
            }
        }
    }
    println!("of {portraits} portraits {as_it_is} had room, {extended} once they were extended");
    // NASA's astronaut has too few pixels in her face, and nothing is enlarged.
    assert_eq!(extended, portraits - 1);
}
