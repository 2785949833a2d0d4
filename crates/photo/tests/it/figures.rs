//! How often drawn faults are found on real portraits, and how often a portrait without one is said to have it.
//!
//! A short form runs with every test run. With `GRADPHOTO_FIGURES` set to a file, as `cargo xtask figures` does, all is
//! drawn on every portrait and written there.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "shares of counts"
)]

mod report;

use std::collections::BTreeMap;
use std::path::PathBuf;

use photo::{
    Engine, Picture, Reason, Rules, Severity, Verdict, auto_crop, decode, inspect, judge, measure,
};

use crate::drawn::behind::{self, SCENES};
use crate::drawn::cover::Cover;
use crate::drawn::harmless::{self, CHANGES};
use crate::drawn::{Sitter, small};
use crate::fetched::file;
use crate::photos::{ANY_SIZE, engine};
use crate::shared::photo;

/// From which share of the face on a cover must be found.
const COVERED: f32 = 0.15;
/// The quality of the files that drawn pictures are made to.
const QUALITY: u8 = 92;

/// How many of some pictures failed or warned for what they show, of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: u32,
    failed: u32,
    told: u32,
}

impl Count {
    fn add(&mut self, severity: Option<Severity>) {
        self.all += 1;
        self.failed += u32::from(severity == Some(Severity::Fail));
        self.told += u32::from(severity.is_some());
    }

    /// The share of those that failed or warned.
    fn share(self) -> f32 {
        self.told as f32 / self.all.max(1) as f32
    }
}

fn verdict(engine: &Engine, file: &[u8]) -> Verdict {
    let facts = inspect(file, &ANY_SIZE).unwrap();
    let measured = measure(&decode(file, &ANY_SIZE).unwrap(), &facts, Some(engine));
    let rules = Rules::default();
    judge(&measured, &auto_crop(&measured, &rules).crop, &rules)
}

/// How bad the worst finding with one of these codes is.
fn found(verdict: &Verdict, codes: &[Reason]) -> Option<Severity> {
    let mut findings = verdict.findings.iter();
    findings
        .find(|finding| codes.contains(&finding.code))
        .map(|finding| finding.severity)
}

fn judged(engine: &Engine, picture: &Picture) -> Verdict {
    verdict(engine, &harmless::jpeg(picture, QUALITY))
}

/// A portrait to draw on.
struct Portrait {
    name: String,
    file: Vec<u8>,
    has_glasses: bool,
}

/// The portraits of the shared folder; none where it is not there.
fn portraits() -> Vec<Portrait> {
    let Some(manifest) = photo("manifest.csv") else {
        return Vec::new();
    };
    let manifest = String::from_utf8(manifest).unwrap();
    let rows = manifest.lines().skip(1);
    rows.filter(|row| row.contains(",portrait,"))
        .map(|row| {
            let name = row.split(',').next().unwrap();
            Portrait {
                name: name.to_owned(),
                file: photo(name).unwrap(),
                has_glasses: row.contains("glasses"),
            }
        })
        .collect()
}

fn sitter(engine: &Engine, file: &[u8]) -> Option<Sitter> {
    Sitter::new(engine, decode(file, &ANY_SIZE).unwrap())
}

/// What is drawn besides covers: a name, the codes one of which it should have, and the pictures.
fn faults(sitter: &Sitter) -> Vec<(String, Vec<Reason>, Picture)> {
    use Reason::{
        BgColor, BgObject, BgUneven, FaceCovered, Hair, HandOrObject, Headwear, NoFace, Retouched,
        TintedLens,
    };
    let mut faults = Vec::new();
    for way in 0..3 {
        faults.push((
            "straw".to_owned(),
            vec![FaceCovered, NoFace],
            small::straw(sitter, way),
        ));
        faults.push(("cap".to_owned(), vec![Headwear], small::cap(sitter, way)));
        for through in [10_u8, 30, 50] {
            let picture = small::lenses(sitter, way, f32::from(through) / 100.0);
            let codes = vec![TintedLens, FaceCovered, NoFace];
            faults.push((
                format!("lenses, {through} % of the light through"),
                codes,
                picture,
            ));
        }
        let picture = behind::beside(sitter, way);
        faults.push((
            "hand or thing beside the face".to_owned(),
            vec![HandOrObject, BgUneven],
            picture,
        ));
    }
    for way in 0..2 {
        let codes = || vec![Hair, FaceCovered, NoFace];
        let over_eye = small::strands(sitter, way, true);
        faults.push(("hair over an eye".to_owned(), codes(), over_eye));
        let beside = small::strands(sitter, way, false);
        faults.push(("hair over a cheek".to_owned(), codes(), beside));
    }
    for (reach, tones) in [(40.0, 25.0), (60.0, 30.0), (80.0, 40.0)] {
        let picture = small::smoothed(sitter, reach, tones);
        faults.push(("two bilateral filters".to_owned(), vec![Retouched], picture));
    }
    for scene in SCENES {
        let picture = behind::scene(sitter, scene);
        let codes = vec![BgUneven, BgObject, BgColor];
        faults.push((format!("background: {scene}"), codes, picture));
    }
    faults
}

#[test]
fn covers_are_found_and_plain_portraits_are_not_said_to_have_any() {
    let Some(engine) = engine() else {
        return;
    };
    let mut count = Count::default();
    let shared = ["p_cc0_047.jpg", "p_cc0_080.jpg"]
        .into_iter()
        .filter_map(photo);
    let portraits: Vec<Vec<u8>> = shared.chain(file("GRADPHOTO_PORTRAIT", "")).collect();
    for portrait in &portraits {
        let sitter = sitter(&engine, portrait).unwrap();
        let plain = verdict(&engine, portrait);
        assert_ne!(found(&plain, &NEW), Some(Severity::Fail), "{plain:?}");
        for cover in Cover::ALL {
            for way in [0, 2] {
                let picture = cover.drawn(&sitter, way);
                if sitter.changed(&picture) > COVERED {
                    let verdict = judged(&engine, &picture);
                    count.add(covered(&verdict));
                }
            }
        }
    }
    println!("{count:?}");
    assert!(
        portraits.is_empty() || count.all >= 10 && count.share() >= 0.85,
        "{count:?}"
    );
}

#[test]
fn hair_a_straw_and_smoothing_are_found() {
    let (Some(engine), Some(portrait)) = (engine(), photo("p_cc0_047.jpg")) else {
        return;
    };
    let sitter = sitter(&engine, &portrait).unwrap();
    let severity = |picture: &Picture, code| found(&judged(&engine, picture), &[code]);
    for way in 0..2 {
        let hair = small::strands(&sitter, way, true);
        assert_eq!(severity(&hair, Reason::Hair), Some(Severity::Fail), "{way}");
    }
    for way in 0..3 {
        let straw = small::straw(&sitter, way);
        assert!(severity(&straw, Reason::FaceCovered).is_some(), "{way}");
    }
    let smoothed = small::smoothed(&sitter, 40.0, 25.0);
    assert!(severity(&smoothed, Reason::Retouched).is_some());
}

/// How bad a cover is said to be; half a face may also count as one that is turned away.
fn covered(verdict: &Verdict) -> Option<Severity> {
    let told = found(verdict, &[Reason::FaceCovered, Reason::NoFace]);
    told.or_else(|| found(verdict, &[Reason::NotFrontal]).filter(|&bad| bad == Severity::Fail))
}

/// The codes that tell of a cover, hair or things.
const NEW: [Reason; 4] = [
    Reason::FaceCovered,
    Reason::Hair,
    Reason::Headwear,
    Reason::HandOrObject,
];

/// All that is counted.
#[derive(Default)]
struct Figures {
    /// The portraits that all this was counted on.
    portraits: Vec<String>,
    /// By the kind of cover, by the tone of the skin, and by whether glasses are worn; larger than [`COVERED`].
    covers: BTreeMap<String, Count>,
    tones: BTreeMap<String, Count>,
    glasses: BTreeMap<String, Count>,
    /// The same of smaller covers.
    small: Count,
    faults: BTreeMap<String, Count>,
    /// New findings on plain portraits, and on what is as good, by code.
    plain: BTreeMap<String, Count>,
    harmless: BTreeMap<String, Count>,
    /// What fails in a harmless variant and not in the portrait itself.
    worse: Vec<String>,
    /// New findings on a folder of portraits that was named.
    more: BTreeMap<String, Count>,
}

impl Figures {
    fn draw(&mut self, engine: &Engine, portrait: &Portrait) {
        let Some(sitter) = sitter(engine, &portrait.file) else {
            return;
        };
        // Whoever is turned away as it is, is not asked for covers.
        let plain = verdict(engine, &portrait.file);
        if found(&plain, &[Reason::NotFrontal]) == Some(Severity::Fail) {
            return;
        }
        let (glasses, tone) = (report::glasses(portrait), report::tone(&sitter));
        for cover in Cover::ALL {
            for way in 0..Cover::WAYS {
                let picture = cover.drawn(&sitter, way);
                let verdict = judged(engine, &picture);
                let severity = covered(&verdict);
                if sitter.changed(&picture) <= COVERED {
                    self.small.add(severity);
                    continue;
                }
                self.covers
                    .entry(cover.name().to_owned())
                    .or_default()
                    .add(severity);
                self.tones.entry(tone.to_owned()).or_default().add(severity);
                self.glasses
                    .entry(glasses.to_owned())
                    .or_default()
                    .add(severity);
            }
        }
        for (name, codes, picture) in faults(&sitter) {
            let severity = found(&judged(engine, &picture), &codes);
            self.faults.entry(name).or_default().add(severity);
        }
    }

    /// What is said of a portrait as it is, and after harmless changes.
    fn leave(&mut self, engine: &Engine, portrait: &Portrait) {
        let plain = verdict(engine, &portrait.file);
        add(&mut self.plain, &plain);
        let picture = decode(&portrait.file, &ANY_SIZE).unwrap();
        for change in CHANGES {
            let changed = verdict(engine, &harmless::changed(&picture, change));
            add(&mut self.harmless, &changed);
            for finding in changed.findings {
                let is_new = found(&plain, &[finding.code]) != Some(Severity::Fail);
                if finding.severity == Severity::Fail && is_new {
                    let (name, code) = (&portrait.name, finding.code);
                    self.worse.push(format!("{name}, {change:?}: {code}"));
                }
            }
        }
    }
}

/// Counts each code that tells of a cover, hair or things, or of lenses or smoothed skin.
fn add(counts: &mut BTreeMap<String, Count>, verdict: &Verdict) {
    for code in NEW
        .into_iter()
        .chain([Reason::TintedLens, Reason::Retouched])
    {
        counts
            .entry(code.to_string())
            .or_default()
            .add(found(verdict, &[code]));
    }
}

#[test]
fn all_is_counted_and_written_where_that_is_asked_for() {
    let Some(path) = std::env::var_os("GRADPHOTO_FIGURES").map(PathBuf::from) else {
        println!("skipped: `cargo xtask figures` counts all");
        return;
    };
    let engine = engine().unwrap();
    let mut figures = Figures::default();
    for portrait in portraits() {
        println!("{}", portrait.name);
        figures.draw(&engine, &portrait);
        figures.leave(&engine, &portrait);
        // It takes long: what is counted so far is kept.
        figures.portraits.push(portrait.name);
        std::fs::write(&path, figures.text()).unwrap();
    }
    if let Some(folder) = std::env::var_os("GRADPHOTO_PORTRAITS") {
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = std::fs::read(entry.unwrap().path()).unwrap();
            if inspect(&file, &ANY_SIZE).is_ok() {
                add(&mut figures.more, &verdict(&engine, &file));
            }
        }
    }
    std::fs::write(path, figures.text()).unwrap();
}
