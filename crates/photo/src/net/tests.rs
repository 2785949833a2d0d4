//! Whole networks: against Google's own runtimes, and with damaged files.

use std::path::PathBuf;

use super::{ModelError, Network, Workspace};

/// The models and how many values their outputs have.
const MODELS: [(&str, &[usize]); 5] = [
    ("face_detection_short_range", &[14_336, 896]),
    ("face_detection_full_range", &[36_864, 2_304]),
    ("face_landmark", &[1_404, 1]),
    ("iris_landmark", &[213, 15]),
    ("selfie_segmentation", &[65_536]),
];

/// A file in the folder where the setup keeps what it has fetched; `None`, with a line that says so, where it is not.
pub(crate) fn cached(name: &str) -> Option<Vec<u8>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the cache folder is the user's, not a setting of ours"
    )]
    let cache = std::env::var("XDG_CACHE_HOME").map(PathBuf::from).ok();
    let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache")))?;
    let file = cache.join("gradphoto").join(name);
    let bytes = std::fs::read(&file).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there", file.display());
    }
    bytes
}

/// The file of a model.
pub(crate) fn model(name: &str) -> Option<Vec<u8>> {
    cached(&format!("models/{name}.tflite"))
}

/// As `noise` in `tests/references/record.py`.
#[expect(clippy::cast_precision_loss, reason = "24 bits fit")]
fn noise(values: &mut [f32]) {
    let mut state = 1_u32;
    for value in values {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *value = (state >> 8) as f32 / 16_777_216.0;
    }
}

/// As `drawing` in `tests/references/record.py`.
fn drawing(values: &mut [f32]) {
    let places = (0..256_i32).flat_map(|y| (0..256_i32).map(move |x| (x, y)));
    for ((x, y), pixel) in places.zip(values.chunks_exact_mut(3)) {
        let (across, down) = (x - 128, y - 110);
        let colour: [u8; 3] = if across * across * 4 + down * down * 2 < 10_000 {
            [220, 180, 160]
        } else if across * across + (y - 256).pow(2) < 8_100 {
            [60, 60, 70]
        } else {
            [100, 197, 255]
        };
        pixel.copy_from_slice(&colour.map(|value| f32::from(value) / 255.0));
    }
}

#[test]
fn networks_compute_what_the_runtimes_of_their_makers_compute() {
    let recorded = include_str!("../../tests/references/outputs.csv");
    let recorded = recorded.lines().map(|line| {
        let mut fields = line.split(',');
        let mut next = || fields.next().unwrap();
        (
            next(),
            next().parse::<usize>().unwrap(),
            next().parse::<usize>().unwrap(),
            next().parse::<f32>().unwrap(),
        )
    });
    let recorded: Vec<_> = recorded.collect();
    for (name, sizes) in MODELS {
        let expected: Vec<_> = recorded.iter().filter(|record| record.0 == name).collect();
        assert!(!expected.is_empty(), "nothing is recorded for {name}");
        let Some(bytes) = model(name) else {
            continue;
        };
        let network = Network::load(&bytes, sizes).unwrap();
        let fill = if name == "selfie_segmentation" {
            drawing
        } else {
            noise
        };
        network.run(&mut Workspace::default(), fill, |outputs| {
            for (_, output, position, expected) in &expected {
                let found = outputs[*output][*position];
                // Sums of hundreds of products in another order differ in their last digits.
                let tolerance = 2e-4 * expected.abs().max(1.0);
                assert!(
                    (found - expected).abs() <= tolerance,
                    "{name} {output} {position}: {found}, not {expected}"
                );
            }
        });
    }
}

#[test]
fn a_workspace_can_be_used_again_without_a_trace() {
    let workspace = &mut Workspace::default();
    let run = |network: &Network, workspace: &mut Workspace| {
        network.run(workspace, noise, |outputs| {
            outputs
                .concat()
                .iter()
                .map(|value| value.to_bits())
                .collect::<Vec<_>>()
        })
    };
    for (name, sizes) in MODELS {
        let Some(bytes) = model(name) else {
            continue;
        };
        let network = Network::load(&bytes, sizes).unwrap();
        let used = run(&network, workspace);
        assert!(used == run(&network, &mut Workspace::default()), "{name}");
    }
}

#[test]
fn damaged_files_are_refused_or_run_but_never_panic() {
    let (name, sizes) = MODELS[0];
    let Some(bytes) = model(name) else {
        return;
    };
    for length in (0..bytes.len())
        .step_by(997)
        .chain(bytes.len() - 2_000..bytes.len())
    {
        // What is cut off lies at the end, where the tables are.
        drop(Network::load(&bytes[..length], sizes));
    }
    let mut state = 1_u32;
    for round in 0..800 {
        let mut damaged = bytes.clone();
        for _ in 0..=round % 4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let spread = state as usize >> 8;
            // The tables are where offsets and sizes are: the last part of the file, and its first bytes.
            let place = if round % 3 == 0 {
                spread % 256
            } else {
                bytes.len() - 1 - spread % 60_000
            };
            damaged[place] = state.to_le_bytes()[round % 4];
        }
        if let Ok(network) = Network::load(&damaged, sizes)
            && round % 50 == 0
        {
            network.run(&mut Workspace::default(), noise, |outputs| {
                assert_eq!(outputs.len(), 2);
            });
        }
    }
}

#[test]
fn what_is_no_model_is_refused() {
    assert_eq!(Network::load(&[], &[1]).unwrap_err(), ModelError::Damaged);
    assert_eq!(
        Network::load(&[0xFF; 64], &[1]).unwrap_err(),
        ModelError::Damaged
    );
    assert_eq!(
        Network::load(&[0; 64], &[1]).unwrap_err(),
        ModelError::Damaged
    );
    if let Some(bytes) = model("face_landmark") {
        // A model, but not the one that is asked for.
        assert_eq!(
            Network::load(&bytes, &[14_336, 896]).unwrap_err(),
            ModelError::Shape
        );
    }
}
