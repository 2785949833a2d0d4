//! Everything that is done with an upload, and what must hold of it whatever the file says. Tests change good files at
//! random; the fuzzer in `crates/photo/fuzz` looks for new ways through the code.

use photo::{
    Engine, FileFault, Limits, Reason, Rules, auto_crop, decode, decode_half, frame, inspect,
    judge, measure,
};

/// Small, so that a file that promises much is refused quickly.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_pixels: 1 << 17,
    max_side: 2_000,
    min_width: 1,
    min_height: 1,
};

/// Takes an upload; what came of it.
pub(crate) fn take(file: &[u8], engine: Option<&Engine>) -> &'static str {
    let half = decode_half(file, &LIMITS);
    let (facts, picture) = match (inspect(file, &LIMITS), decode(file, &LIMITS)) {
        (Ok(facts), Ok(picture)) => (facts, picture),
        (Err(fault), Err(same)) => {
            assert_eq!(fault, same, "a header tells the same twice");
            return fault.code();
        }
        (Ok(_), Err(_)) => return "undecodable",
        (Err(fault), Ok(_)) => panic!("{fault}, and yet it was decoded"),
    };
    assert_eq!(
        (picture.width, picture.height),
        (facts.width(), facts.height())
    );
    assert!(u64::from(picture.width) * u64::from(picture.height) <= LIMITS.max_pixels);
    match half {
        Ok(half) => {
            let sizes = [1, 2].map(|by| (picture.width.div_ceil(by), picture.height.div_ceil(by)));
            assert!(sizes.contains(&(half.width, half.height)) && !half.rgb.is_empty());
        }
        // Another decoder, which may find fault with more.
        Err(fault) => assert!(
            matches!(fault, FileFault::Damaged | FileFault::Truncated),
            "{fault}"
        ),
    }
    assert_eq!(
        picture.rgb.len(),
        picture.width as usize * picture.height as usize * 3
    );
    // One quality, since to look for the best takes ten times as long and reads nothing hostile.
    let rules = Rules {
        quality_max: 60,
        ..Rules::default()
    };
    let measured = measure(&picture, &facts, engine);
    let crop = auto_crop(&measured, &rules).crop;
    let verdict = judge(&measured, &crop, &rules);
    assert!(verdict.findings.len() <= Reason::ALL.len());
    if crop.width > 0 && crop.height > 0 {
        let framed = frame(&picture, &crop, &rules).unwrap();
        assert_eq!((framed.width, framed.height), (480, 640));
    }
    "decoded"
}
