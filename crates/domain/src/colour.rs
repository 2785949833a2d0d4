//! The names of colours that backgrounds have.

use photo::Background;

use crate::{Lang, Text};

/// How far each of red, green and blue may be from a colour that still has its name. Our own choice.
const ALIKE: u8 = 16;

/// Colours that people have names for. Source of the blues: docs/sources.md#photo-standard.
const NAMES: [([u8; 3], Text); 7] = [
    ([255, 255, 255], Text::new("白色", "white")),
    ([240, 240, 240], Text::new("浅灰色", "light grey")),
    ([100, 197, 255], Text::new("浅蓝色", "light blue")),
    ([0, 163, 230], Text::new("蓝色", "blue")),
    ([67, 142, 219], Text::new("蓝色", "blue")),
    ([98, 139, 206], Text::new("蓝色", "blue")),
    ([255, 0, 0], Text::new("红色", "red")),
];

/// The colours that a background may have, in words, the wanted one first: "light blue, white or light grey".
pub fn background_colours(background: &Background, lang: Lang) -> String {
    let mut names: Vec<String> = Vec::new();
    for &rgb in [&background.rgb].into_iter().chain(&background.or) {
        let name = name(rgb, lang);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let (comma, or) = match lang {
        Lang::Zh => ("、", "或"),
        Lang::En => (", ", " or "),
    };
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("{}{or}{last}", others.join(comma))
        }
        _ => names.concat(),
    }
}

/// The name of a colour, or how it is written in the web where it has none.
fn name(rgb: [u8; 3], lang: Lang) -> String {
    let off = |known: &[u8; 3]| {
        let channels = known.iter().zip(&rgb);
        channels.map(|(known, seen)| known.abs_diff(*seen)).max()
    };
    let nearest = NAMES.iter().min_by_key(|(known, _)| off(known));
    if let Some((_, name)) = nearest.filter(|(known, _)| off(known) <= Some(ALIKE)) {
        name.get(lang).to_owned()
    } else {
        let [red, green, blue] = rgb;
        format!("#{red:02X}{green:02X}{blue:02X}")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::one_colour([100, 197, 255], &[], "浅蓝色", "light blue")]
    #[case::the_same_twice([255, 255, 255], &[[255, 255, 255]], "白色", "white")]
    #[case::one_of_two([67, 142, 219], &[[250, 5, 5]], "蓝色或红色", "blue or red")]
    #[case::without_a_name([18, 52, 86], &[], "#123456", "#123456")]
    #[case::one_of_three(
        [100, 197, 255],
        &[[255, 255, 255], [240, 240, 240]],
        "浅蓝色、白色或浅灰色",
        "light blue, white or light grey",
    )]
    fn backgrounds_have_names(
        #[case] rgb: [u8; 3],
        #[case] or: &[[u8; 3]],
        #[case] zh: &str,
        #[case] en: &str,
    ) {
        let background = Background {
            rgb,
            or: or.to_vec(),
            tolerance_delta_e: 20,
        };
        assert_eq!(background_colours(&background, Lang::Zh), zh);
        assert_eq!(background_colours(&background, Lang::En), en);
    }
}
