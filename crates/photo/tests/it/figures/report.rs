//! The counts as a page.
#![expect(clippy::float_arithmetic, reason = "shares of counts")]

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Count, Figures, Portrait};
use crate::drawn::Sitter;

const HEAD: &str = "# Figures of the photo checks

Written by `cargo xtask figures`; do not edit. Faults are drawn onto the portraits of `../shared/photos` by `crates/photo/tests/it/drawn`, in the person's own colours where
skin or hair is drawn, and the result is judged as an upload is. *fails*: the finding refuses the photo, or no face is seen any more, or none from the front. *told*: it fails or warns.
";

/// How bright the skin of a portrait is in its photo.
pub(super) fn tone(sitter: &Sitter) -> &'static str {
    let cheeks = [sitter.colour(-0.5, 0.35), sitter.colour(0.5, 0.35)];
    let brightness = cheeks.iter().flatten().sum::<f32>() / 6.0;
    if brightness < 110.0 {
        "dark skin"
    } else if brightness < 165.0 {
        "medium skin"
    } else {
        "light skin"
    }
}

pub(super) fn glasses(portrait: &Portrait) -> &'static str {
    if portrait.has_glasses {
        "with glasses"
    } else {
        "without glasses"
    }
}

fn table(text: &mut String, title: &str, counts: &BTreeMap<String, Count>) {
    let _ = writeln!(
        text,
        "\n## {title}\n\n| | pictures | fails | told |\n| --- | --- | --- | --- |"
    );
    for (name, count) in counts {
        row(text, name, *count);
    }
}

fn row(text: &mut String, name: &str, count: Count) {
    let Count { all, failed, told } = count;
    let share = count.share() * 100.0;
    let _ = writeln!(
        text,
        "| {name} | {all} | {failed} | {told} ({share:.1} %) |"
    );
}

impl Figures {
    /// The page.
    pub(super) fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        let (count, names) = (self.portraits.len(), self.portraits.join(", "));
        let _ = writeln!(text, "\nPortraits: {count} ({names}).");
        table(
            &mut text,
            "Covers of more than 15 % of the face",
            &self.covers,
        );
        let sum = self
            .covers
            .values()
            .fold(Count::default(), |sum, count| Count {
                all: sum.all + count.all,
                failed: sum.failed + count.failed,
                told: sum.told + count.told,
            });
        row(&mut text, "**all**", sum);
        row(&mut text, "smaller covers, besides", self.small);
        table(&mut text, "The same by skin", &self.tones);
        table(&mut text, "The same by glasses", &self.glasses);
        table(&mut text, "Other faults", &self.faults);
        table(
            &mut text,
            "Portraits as they are: false alarms",
            &self.plain,
        );
        table(
            &mut text,
            "Twenty harmless variants of each: false alarms",
            &self.harmless,
        );
        text.push_str("\nWhat fails in a variant and not in the portrait itself:\n\n");
        for line in &self.worse {
            let _ = writeln!(text, "- {line}");
        }
        if self.worse.is_empty() {
            text.push_str("Nothing.\n");
        }
        if !self.more.is_empty() {
            let title =
                "Official portraits of the members of the US Senate and House: false alarms";
            table(&mut text, title, &self.more);
        }
        text
    }
}
