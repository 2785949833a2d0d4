//! Numbers in groups, as they are read aloud.

use domain::DocumentType;
use domain::id_document::normalise;

/// Where the groups of a number of 18 characters end: district, birthday, sequence.
const GROUPS_OF_18: &[usize] = &[6, 14];
/// After so many characters a group of any other number ends.
const GROUP: usize = 4;

/// `110105 19491231 002X`; a number without a fixed shape stays as it was typed.
pub(super) fn grouped(kind: DocumentType, typed: &str) -> String {
    let ends = |index: usize| match kind {
        DocumentType::CnId | DocumentType::HkmotwResidence | DocumentType::ForeignPr => {
            GROUPS_OF_18.contains(&index)
        }
        DocumentType::HkmoPermit => index == 1 || index == 1 + GROUP,
        DocumentType::TwPermit => index == GROUP,
        DocumentType::Passport | DocumentType::Military | DocumentType::Other => false,
    };
    if matches!(kind, DocumentType::Military | DocumentType::Other) {
        return typed.to_owned();
    }
    let mut grouped = String::new();
    for (index, character) in normalise(typed).chars().enumerate() {
        if ends(index) {
            grouped.push(' ');
        }
        grouped.push(character);
    }
    grouped
}

/// What to show after a key: groups while the number grows at its end, and where another takes its place; what is being
/// corrected is left alone, or the cursor would jump.
pub(super) fn while_typing(kind: DocumentType, before: &str, typed: &str) -> String {
    let grows = typed.chars().count() > before.chars().count() && typed.starts_with(before);
    // Pasted or filled in over what was there.
    let is_another = typed.chars().next() != before.chars().next()
        && typed.chars().last() != before.chars().last();
    if grows || is_another {
        grouped(kind, typed)
    } else {
        typed.to_owned()
    }
}
