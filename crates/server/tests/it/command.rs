//! `gradphoto photo` on the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use photo::Limits;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::journey::{portrait, real_portrait};

/// Runs `gradphoto photo` with these arguments.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gradphoto"))
        .arg("photo")
        .args(arguments)
        .output()
        .unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A folder with a drawing, a text that is called a photo, and rules that ask neither for a face nor for many bytes.
fn folder() -> (TempDir, [String; 3]) {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, Vec<u8>); 3] = [
        ("drawing.jpg", portrait(960, 1280, 160)),
        ("letter.jpg", b"hello".to_vec()),
        (
            "rules.json",
            br#"{"checks": {"no_face": null}, "bytes_soft_min": 0}"#.to_vec(),
        ),
    ];
    let paths = files.map(|(name, content)| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    });
    (folder, paths)
}

#[test]
fn each_photo_is_one_line_of_json_and_one_that_fails_fails_all() {
    let (_folder, [drawing, letter, rules]) = folder();
    let output = run(&["check", "--json", &drawing, &letter]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let [first, second] = lines(&output).try_into().unwrap();
    assert_eq!(
        (&first["file"], &first["verdict"]),
        (&json!(drawing), &json!("fail"))
    );
    assert_eq!(first["findings"][0]["code"], "no_face");
    let size = &first["findings"][1];
    assert_eq!(
        (&size["code"], &size["unit"]),
        (&json!("result_size"), &json!("bytes"))
    );
    assert_eq!(size["allowed"], json!({ "min": 20_480, "max": 40_960 }));
    assert_eq!(first["measurements"]["width_px"], 960);
    assert_eq!(second["verdict"], "fail");
    assert_eq!(second["fault"]["code"], "not_an_image");
    let finding = json!({ "code": "file_type", "severity": "fail", "unit": "uncounted" });
    assert_eq!(second["findings"], json!([finding]));
    assert_eq!(second["measurements"], Value::Null);

    let output = run(&["check", "--json", "--rules", &rules, &drawing]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(lines(&output)[0]["verdict"], "pass");
}

#[test]
fn a_file_that_cannot_be_read_keeps_no_other_from_its_line() {
    let (folder, [drawing, _, rules]) = folder();
    let large = folder.path().join("large.jpg");
    let file = std::fs::File::create(&large).unwrap();
    // Nothing of it is on the disk, and nothing of it is read.
    file.set_len(1 << 40).unwrap();
    let large = large.to_str().unwrap();
    let here = folder.path().to_str().unwrap();
    let files = ["missing.jpg", here, large, &drawing];
    let output = run(&[&["check", "--json", "--rules", &rules], &files[..]].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let [missing, directory, large, good] = lines(&output).try_into().unwrap();
    assert_eq!(missing["file"], "missing.jpg");
    for unread in [missing, directory] {
        assert_eq!(unread["verdict"], "fail");
        assert!(!unread["error"].as_str().unwrap().is_empty(), "{unread}");
    }
    assert_eq!(large["fault"]["bytes"], 1_u64 << 40);
    assert_eq!(good["verdict"], "pass");

    let output = run(&["check", "missing.jpg", &drawing]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(
        table.starts_with("FAIL  missing.jpg\n      fail  unreadable: ")
            && table.contains(&drawing),
        "{table}"
    );
}

#[test]
fn copies_of_photos_with_one_name_lie_beside_each_other() {
    let (folder, [_, _, rules]) = folder();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let widths = [480, 510, 540];
    let photos = ["a", "b", "c"].map(|class| path(&format!("{class}/001.jpg")));
    for (photo, width) in photos.iter().zip(widths) {
        std::fs::create_dir_all(Path::new(photo).parent().unwrap()).unwrap();
        std::fs::write(photo, portrait(width, 720, 160)).unwrap();
    }
    let [one, two, three] = photos.each_ref().map(String::as_str);
    let copies = path("copies");
    let check = ["check", "--rules", &rules, one, two, three];
    run(&[&check[..], &["--annotate", &copies]].concat());
    for (name, width) in ["001.jpg", "001-2.jpg", "001-3.jpg"].iter().zip(widths) {
        let copy = decoded(&Path::new(&copies).join(name));
        assert_eq!(copy.width, u32::from(width), "{name}");
    }
    // The copy of the first would go where the second lies.
    let output = run(&[&check[..], &["--annotate", &path("b")]].concat());
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("would be overwritten"), "{complaint}");
    assert_eq!(decoded(Path::new(two)).width, 510);
}

#[test]
fn people_get_a_table() {
    let (_folder, [drawing, letter, _]) = folder();
    let output = run(&["check", &drawing, &letter]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(
        table.starts_with(&format!(
            "FAIL  {drawing}\n      fail  no_face 0, allowed 1 to 1 (faces)\n"
        )),
        "{table}"
    );
    let told = "fail  file_type: the file is not a picture";
    assert!(table.contains(told), "{table}");
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_overwritten() {
    let (folder, [drawing, _, _]) = folder();
    let here = folder.path().to_str().unwrap();
    for (arguments, told) in [
        (
            &["frame", "missing.jpg", "--output", &format!("{here}/x.jpg")][..],
            "reading missing.jpg",
        ),
        (
            &["frame", &drawing, "--output", &drawing],
            "would be overwritten",
        ),
        (
            &["check", &drawing, "--rules", &drawing],
            "holds no photo rules",
        ),
        (
            &["check", &drawing, "--annotate", here],
            "would be overwritten",
        ),
        (
            &["frame", &drawing, "--output", &format!("{here}/none/x.jpg")],
            "writing",
        ),
    ] {
        let before = std::fs::read(&drawing).unwrap();
        let output = run(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && complaint.contains(told),
            "{complaint}"
        );
        assert_eq!(std::fs::read(&drawing).unwrap(), before);
    }
}

#[test]
fn a_frame_is_the_photo_that_would_be_handed_over() {
    let (folder, [drawing, _, rules]) = folder();
    let framed = folder.path().join("framed.jpg");
    let output = run(&[
        "frame",
        &drawing,
        "--rules",
        &rules,
        "--output",
        framed.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{output:?}");
    let facts = photo::inspect(&std::fs::read(framed).unwrap(), &Limits::default()).unwrap();
    assert_eq!((facts.width(), facts.height()), (480, 640));
}

#[test]
fn the_lines_of_a_portrait_are_drawn_on_a_copy() {
    let Some(file) = real_portrait() else { return };
    let (folder, _) = folder();
    let (original, copies) = (
        folder.path().join("portrait.png.jpeg"),
        folder.path().join("copies"),
    );
    std::fs::write(&original, &file).unwrap();
    let paths = [&original, &copies].map(|path| path.to_str().unwrap());
    let output = run(&["check", "--json", paths[0], "--annotate", paths[1]]);
    let report = &lines(&output)[0];
    assert_eq!(
        report["measurements"]["faces"].as_array().unwrap().len(),
        1,
        "{report}"
    );
    let head = &report["measurements"]["portrait"]["head"];
    let [crown, eyes, chin] =
        ["crown_y", "eye_line_y", "chin_y"].map(|line| head[line].as_f64().unwrap());
    assert!(crown < eyes && eyes < chin, "{head}");
    let copy = decoded(&copies.join("portrait.png.jpeg.jpg"));
    let plain = photo::decode(&file, &Limits::default()).unwrap();
    assert_eq!((copy.width, copy.height), (plain.width, plain.height));
    let at = |picture: &photo::Picture, y: f64| -> i32 {
        let row = format!("{y:.0}").parse::<usize>().unwrap() + 1;
        let middle = (row * picture.width as usize + picture.width as usize / 2) * 3;
        picture.rgb[middle..middle + 3]
            .iter()
            .map(|&sample| i32::from(sample))
            .sum()
    };
    assert!(
        (at(&copy, chin) - at(&plain, chin)).abs() > 30,
        "a line is drawn at the chin"
    );
    let top: usize = format!("{crown:.0}").parse().unwrap();
    let rows = copy.rgb.chunks_exact(copy.width as usize * 3);
    let points = rows.skip(top).take(12).flat_map(|row| {
        let (pixels, _) = row.as_chunks::<3>();
        pixels.iter().take(120)
    });
    let is_white = |pixel: &&[u8; 3]| pixel.iter().all(|&sample| sample > 200);
    let written = points.filter(is_white).count();
    assert!(written > 60, "a number stands at the crown: {written}");
}

/// The table of all photos of the folder that is not part of the repository, where it is present. It is what
/// `gradphoto photo check *.jpg` prints there.
#[test]
fn each_photo_has_its_verdict_and_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/photos");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: the folder of photos is not there");
        return;
    };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "manifest.csv").collect();
    names.sort();
    let output = Command::new(env!("CARGO_BIN_EXE_gradphoto"))
        .current_dir(folder)
        .args(["photo", "check"])
        .args(names)
        .output()
        .unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table == include_str!("../photos.txt"), "{table}");
}

fn decoded(path: &Path) -> photo::Picture {
    let path: PathBuf = path.into();
    photo::decode(&std::fs::read(path).unwrap(), &Limits::default()).unwrap()
}

/// Runs `gradphoto` with nobody reading what it prints, as behind `| head` once that has seen enough.
fn run_unread(arguments: &[&str]) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    Command::new(env!("CARGO_BIN_EXE_gradphoto"))
        .args(arguments)
        .stdout(writer)
        .output()
        .unwrap()
}

#[test]
fn a_command_whose_reader_has_gone_does_its_work_and_tells_how_it_went() {
    let (folder, [drawing, letter, rules]) = folder();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (framed, copies, keys) = (path("framed.jpg"), path("copies"), path("keys.json"));
    for (arguments, code) in [
        (
            &[
                "photo", "frame", &drawing, "--rules", &rules, "--output", &framed,
            ][..],
            0,
        ),
        (
            &[
                "photo",
                "check",
                &drawing,
                &drawing,
                "--rules",
                &rules,
                "--annotate",
                &copies,
            ],
            0,
        ),
        (&["photo", "check", "--json", &drawing, &letter], 1),
        (&["keys", "new", &keys], 0),
        (&["openapi"], 0),
        (&["--help"], 0),
    ] {
        let output = run_unread(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?} {complaint}"
        );
        assert_eq!(complaint, "", "{arguments:?}");
    }
    for made in [framed, format!("{copies}/drawing-2.jpg"), keys] {
        assert!(Path::new(&made).exists(), "{made}");
    }
}
