//! Other programs that read what schools get: `unzip`, Python, Java and LibreOffice read packages, `openssl` verifies
//! signatures, each by the very line that the documentation prints.
//!
//! A program that is not installed is skipped, which is said; with `GRADPHOTO_READERS=all`, as `cargo xtask readers` sets it,
//! none may be missing.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::delivering::{Files, unpacked};

/// Prints every entry of an archive with its length, and checks each content, as a registrar's system reads one: as a stream.
const JAVA: &str = r#"
import java.io.*;
import java.util.zip.*;

class ReadPackage {
    public static void main(String[] arguments) throws IOException {
        try (var zip = new ZipInputStream(new BufferedInputStream(new FileInputStream(arguments[0])))) {
            int entries = 0;
            long bytes = 0;
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; entries++) {
                if (entry.getSize() < 0 || entry.getCrc() < 0) {
                    throw new IOException(entry.getName() + " does not begin with its length");
                }
                bytes += zip.readAllBytes().length;
            }
            System.out.println(entries + " " + bytes);
        }
    }
}
"#;

/// The same by Python, which also checks that nothing is compressed.
const PYTHON: &str = "import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    assert all(i.compress_type == zipfile.ZIP_STORED for i in z.infolist())
    print(len(z.infolist()), sum(i.file_size for i in z.infolist()))";

/// Whether every program is to be there, and the slow ones are called, too.
fn all_are_wanted() -> bool {
    std::env::var_os("GRADPHOTO_READERS").is_some_and(|wanted| wanted == "all")
}

/// Whether a program is there; one that is not is told.
fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    assert!(found || !all_are_wanted(), "{program} is missing");
    if !found {
        println!("SKIPPED: {program} is not installed; `cargo xtask readers` installs it");
    }
    found
}

/// What a program says that ends well.
fn said(done: &Output) -> String {
    let (out, err) = (&done.stdout, &done.stderr);
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(done.status.success(), "{}{}", text(out), text(err));
    text(out)
}

/// Has `unzip`, Python and Java read a package with so many entries; `unzip` leaves what is in it in `folder`.
pub(crate) fn read_package(folder: &Path, bytes: &[u8], entries: usize) {
    let package = folder.join("package.zip");
    fs::write(&package, bytes).unwrap();
    let content: usize = unpacked(bytes).values().map(Vec::len).sum();
    let expected = format!("{entries} {content}\n");
    if is_there("unzip") {
        let mut unzip = Command::new("unzip");
        said(
            &unzip
                .arg("-qq")
                .arg(&package)
                .current_dir(folder)
                .output()
                .unwrap(),
        );
    }
    if is_there("python3") {
        let mut python = Command::new("python3");
        let read = python.args(["-c", PYTHON]).arg(&package).output().unwrap();
        assert_eq!(said(&read), expected, "Python");
    }
    if is_there("java") {
        let source = folder.join("ReadPackage.java");
        fs::write(&source, JAVA).unwrap();
        let mut java = Command::new("java");
        let read = java.arg(&source).arg(&package).output().unwrap();
        assert_eq!(said(&read), expected, "Java");
        fs::remove_file(source).unwrap();
    }
    fs::remove_file(package).unwrap();
}

/// Runs the line of a page of the documentation that begins so, as whoever reads it does.
fn run_line(page: &str, begin: &str, folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join(page)).unwrap();
    let lines: Vec<_> = text
        .split('`')
        .filter(|part| part.starts_with(begin))
        .collect();
    let [line] = lines[..] else {
        panic!("{page} has {} lines that begin with {begin}", lines.len());
    };
    let mut shell = Command::new("sh");
    let done = shell
        .args(["-c", line])
        .current_dir(folder)
        .output()
        .unwrap();
    said(&done);
}

/// Verifies a package that was unpacked into `folder`: its signature, then every checksum.
pub(crate) fn verify_package(folder: &Path, public_key: &str) {
    if !is_there("unzip") || !is_there("openssl") {
        return;
    }
    fs::write(folder.join("key.pem"), public_key).unwrap();
    run_line("docs/api.md", "openssl pkeyutl", folder);
    run_line("docs/api.md", "sha256sum -c", folder);
}

/// Unpacks a certificate of deletion and verifies it.
pub(crate) fn verify_certificate(folder: &Path, archive: &[u8]) {
    for (name, content) in unpacked(archive) {
        fs::write(folder.join(name), content).unwrap();
    }
    if is_there("openssl") {
        run_line("docs/operations.md", "openssl pkeyutl", folder);
    }
}

/// Has LibreOffice open the workbook and the DBF file of a package, as its user does who chooses GBK for the latter: the names
/// are those of the table, but for what CP936 lacks.
pub(crate) fn read_tables(files: &Files) {
    if !all_are_wanted() || !is_there("soffice") {
        println!("SKIPPED: LibreOffice reads no table; `cargo xtask readers` has it read them");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let names = |table: &str| -> Vec<String> {
        let rows = table
            .lines()
            .skip(1)
            .map(|row| row.split(',').nth(1).unwrap());
        rows.map(|name| name.trim_matches('"').to_owned()).collect()
    };
    let csv = String::from_utf8(files["manifest.csv"].clone()).unwrap();
    let expected = names(&csv);
    assert!(expected.contains(&"张䶮".to_owned()));
    for (name, filter) in [("manifest.xlsx", None), ("manifest.dbf", Some("dBase:61"))] {
        fs::write(folder.path().join(name), &files[name]).unwrap();
        let mut office = Command::new("soffice");
        office.current_dir(folder.path()).arg("--headless");
        office.arg(format!(
            "-env:UserInstallation=file://{}/profile",
            folder.path().display()
        ));
        office.args(filter.map(|filter| format!("--infilter={filter}")));
        office.args([
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
            name,
        ]);
        said(&office.output().unwrap());
        let read = fs::read_to_string(folder.path().join("manifest.csv")).unwrap();
        fs::remove_file(folder.path().join("manifest.csv")).unwrap();
        let expected = expected.iter().map(|one| match filter {
            Some(_) => one.replace('䶮', "??"),
            None => one.clone(),
        });
        assert_eq!(names(&read), expected.collect::<Vec<_>>(), "{name}");
    }
}
