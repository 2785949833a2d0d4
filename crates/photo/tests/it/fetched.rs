//! The pictures that `cargo xtask` fetches for every run of the tests, so that a clean checkout sees faces as well.

use std::path::{Path, PathBuf};

use photo::{Crop, Finding, Limits, Opened, Reason, Rules, Severity, inspect, judge};

use crate::photos::engine;

/// The file of this name in the place that a variable names; `None`, with a line that says so, where nobody named one. A
/// file that is not there although it was named fails the test.
pub(crate) fn file(variable: &str, name: &str) -> Option<Vec<u8>> {
    let Some(place) = std::env::var_os(variable) else {
        println!("skipped: {variable} is not set; `cargo xtask test` sets it");
        return None;
    };
    let path = if name.is_empty() {
        PathBuf::from(place)
    } else {
        Path::new(&place).join(name)
    };
    let file = std::fs::read(&path);
    Some(file.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

#[test]
fn the_portrait_is_measured_and_framed() {
    let Some(file) = file("GRADPHOTO_PORTRAIT", "") else {
        return;
    };
    let (engine, rules) = (engine().unwrap(), Rules::default());
    let limits = Limits::default();
    let (opened, measured, auto) = Opened::with_auto_crop(&file, &limits, &engine, &rules).unwrap();
    assert_eq!(measured.faces.as_ref().unwrap().len(), 1);
    let portrait = measured.portrait.as_ref().unwrap();
    let head = portrait.head;
    assert!(0.0 < head.crown_y && head.crown_y < head.eye_line_y && head.eye_line_y < head.chin_y);
    assert!(head.face_left_x < head.centre_x() && head.centre_x() < head.face_right_x);
    // She looks at us.
    assert!(portrait.presence > 0.9, "{portrait:?}");
    assert!(
        portrait.pose.roll.abs() < 8.0 && portrait.pose.yaw.abs() < 20.0,
        "{portrait:?}"
    );
    let verdict = judge(&measured, &auto.crop, &rules);
    let mut findings = verdict.findings.iter();
    let is_counted = |finding: &Finding| matches!(finding.code, Reason::NoFace | Reason::ManyFaces);
    assert!(!findings.any(is_counted), "{verdict:?}");
    let framed = opened.frame(&auto.crop, &rules).unwrap();
    let facts = inspect(&framed.jpeg, &limits).unwrap();
    assert_eq!((facts.width(), facts.height()), (480, 640));
}

#[test]
fn every_face_of_a_group_is_counted() {
    for (name, faces) in [("group1.jpg", 3), ("group2.jpg", 4)] {
        let Some(file) = file("GRADPHOTO_GROUPS", name) else {
            return;
        };
        let (engine, rules) = (engine().unwrap(), Rules::default());
        let (_, measured, _) =
            Opened::with_auto_crop(&file, &Limits::default(), &engine, &rules).unwrap();
        assert_eq!(measured.faces.as_ref().unwrap().len(), faces, "{name}");
        let whole = Crop {
            x: 0,
            y: 0,
            width: measured.width_px,
            height: measured.height_px,
        };
        let verdict = judge(&measured, &whole, &rules);
        let mut findings = verdict.findings.iter();
        let is_told = findings
            .any(|finding| (finding.code, finding.severity) == (Reason::ManyFaces, Severity::Fail));
        assert!(is_told, "{name}: {verdict:?}");
    }
}
