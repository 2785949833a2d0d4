//! Sampling and merging by hand, and the whole engine on a portrait.

use super::detector::merge;
use super::pyramid::{Outside, Pyramid, Region, Sampling, Values};
use super::{Area, Detection, Engine, ModelFiles, Point};
use crate::Limits;
use crate::net::tests::{cached, model};
use crate::net::{ModelError, Shape};
use crate::picture::{Picture, decode};

/// A picture that gets brighter to the right (red) and downwards (green).
fn slope(width: u8, height: u8) -> Picture {
    let places = (0..height).flat_map(|y| (0..width).map(move |x| [x, y, 9]));
    Picture {
        width: u32::from(width),
        height: u32::from(height),
        rgb: places.flatten().collect(),
    }
}

const RAW: Values = Values {
    scale: 1.0,
    offset: 0.0,
};

fn sample(picture: &Picture, region: &Region, side: usize, outside: Outside) -> Vec<[f32; 3]> {
    let shape = Shape {
        height: side,
        width: side,
        channels: 3,
    };
    let sampling = Sampling {
        outside,
        values: RAW,
    };
    let mut values = vec![f32::NAN; side * side * 3];
    Pyramid::new(picture).sample(region, shape, sampling, &mut values);
    values.as_chunks().0.to_vec()
}

#[test]
fn a_region_of_the_same_size_is_the_same_pixels() {
    let picture = slope(8, 8);
    let whole = Pyramid::new(&picture).whole();
    let expected = picture
        .rgb
        .as_chunks::<3>()
        .0
        .iter()
        .map(|pixel| pixel.map(f32::from));
    assert!(
        sample(&picture, &whole, 8, Outside::Black)
            .into_iter()
            .eq(expected)
    );
}

#[test]
fn a_turned_region_is_seen_upright() {
    let picture = slope(8, 8);
    let centre = Point { x: 4.0, y: 4.0 };
    // Its right side points down, so that its top left is the picture's top right.
    let region = Region::turned(centre, 8.0, centre, Point { x: 4.0, y: 9.0 });
    let found = sample(&picture, &region, 8, Outside::Black);
    assert_eq!((found[0], found[7]), ([7.0, 0.0, 9.0], [7.0, 7.0, 9.0]));
}

#[test]
fn outside_is_black_or_the_nearest_pixel() {
    let picture = slope(4, 4);
    let region = Region::upright(Point { x: 0.0, y: 2.0 }, 4.0, 4.0);
    let [black, nearest] =
        [Outside::Black, Outside::Nearest].map(|outside| sample(&picture, &region, 4, outside));
    assert_eq!((black[0], black[2]), ([0.0; 3], [0.0, 0.0, 9.0]));
    assert_eq!((nearest[0], nearest[4]), ([0.0, 0.0, 9.0], [0.0, 1.0, 9.0]));
}

#[test]
fn a_large_picture_is_averaged_before_it_is_sampled() {
    // Columns alternate between dark and bright; whoever picks single pixels sees only one of them.
    let rgb = (0..512 * 512)
        .flat_map(|place| [u8::try_from(place % 2 * 200).unwrap(); 3])
        .collect();
    let picture = Picture {
        width: 512,
        height: 512,
        rgb,
    };
    let whole = Pyramid::new(&picture).whole();
    let found = sample(&picture, &whole, 128, Outside::Black);
    // Means of bytes are whole numbers.
    assert!(
        found
            .concat()
            .iter()
            .all(|value| value.to_bits() == 100_f32.to_bits())
    );
}

fn detection(left: f32, score: f32) -> Detection {
    Detection {
        score,
        area: Area {
            left,
            top: 0.0,
            right: left + 10.0,
            bottom: 10.0,
        },
        keypoints: [Point { x: left, y: 1.0 }; 6],
    }
}

#[test]
fn boxes_of_the_same_face_become_one() {
    let found = merge(vec![
        detection(100.0, 0.6),
        detection(0.0, 0.5),
        detection(2.0, 0.75),
    ]);
    assert_eq!(
        found.iter().map(|face| face.score).collect::<Vec<_>>(),
        [0.75, 0.6]
    );
    let expected = (2.0 * 0.75 + 0.0 * 0.5) / 1.25;
    assert!((found[0].area.left - expected).abs() < 1e-6);
    assert!((found[0].keypoints[5].x - expected).abs() < 1e-6);
}

#[test]
fn boxes_that_are_none_do_not_stop_the_merging() {
    let none = Detection {
        area: Area::default(),
        ..detection(0.0, 0.9)
    };
    let broken = detection(f32::NAN, 0.8);
    assert_eq!(merge(vec![none, none, broken]).len(), 3);
}

/// The engine with the models of the server or those of the browser.
fn engine(is_server: bool) -> Option<Engine> {
    let (full_range, iris) = (model("face_detection_full_range")?, model("iris_landmark")?);
    let files = ModelFiles {
        short_range: &model("face_detection_short_range")?,
        mesh: &model("face_landmark")?,
        segmentation: &model("selfie_segmentation")?,
        full_range: is_server.then_some(&full_range),
        iris: is_server.then_some(&iris),
    };
    Some(Engine::load(&files).unwrap())
}

#[test]
fn the_face_of_a_portrait_is_found_with_all_that_belongs_to_it() {
    let Some(portrait) = cached("portrait.jpg") else {
        return;
    };
    let picture = decode(&portrait, &Limits::default()).unwrap();
    for is_server in [false, true] {
        let Some(engine) = engine(is_server) else {
            return;
        };
        let found = engine.find(&picture);
        let (face, mask) = (found.face.unwrap(), found.mask.unwrap());
        assert_eq!((found.faces.len(), face.mesh.len()), (1, 468));
        assert!(face.presence > 0.9);
        assert_eq!(face.eyes.is_some(), is_server);
        let [left, right, nose, mouth, ..] = found.faces[0].keypoints;
        assert!(left.x < nose.x && nose.x < right.x && left.y < nose.y && nose.y < mouth.y);
        // The tip of the nose in the mesh lies near that of the detector.
        let tip = face.mesh[1].flat();
        let width = found.faces[0].area.width();
        assert!((tip.x - nose.x).abs() < width / 5.0 && (tip.y - nose.y).abs() < width / 5.0);
        for (eye, near) in face.eyes.iter().flatten().zip([left, right]) {
            let Point { x, y } = eye.iris[0];
            assert!((x - near.x).abs() < width / 10.0 && (y - near.y).abs() < width / 10.0);
            assert_eq!(eye.contour.len(), 71);
        }
        assert_eq!(mask.person.len(), 65_536);
        // Her shoulders fill the middle of the last row.
        assert!(mask.person[255 * 256 + 128] > 200);
    }
}

#[test]
fn an_empty_picture_has_no_face() {
    if let Some(engine) = engine(false) {
        for (width, height) in [(1, 1), (3, 700), (640, 480)] {
            let picture = Picture {
                width,
                height,
                rgb: vec![128; (width * height * 3) as usize],
            };
            let found = engine.find(&picture);
            assert!(found.faces.is_empty() && found.face.is_none() && found.mask.is_none());
        }
    }
}

#[test]
fn models_in_each_others_places_are_refused() {
    if let (Some(mesh), Some(person)) = (model("face_landmark"), model("selfie_segmentation")) {
        let files = ModelFiles {
            short_range: &mesh,
            mesh: &mesh,
            segmentation: &person,
            full_range: None,
            iris: None,
        };
        assert_eq!(Engine::load(&files).unwrap_err(), ModelError::Shape);
    }
}
