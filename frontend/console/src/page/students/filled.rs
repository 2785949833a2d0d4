//! What is filled in of a student.

use client::{NewRosterEntry, RosterEntryChanges, RosterEntryView};
use domain::id_document::guess_type;

/// A student as they were filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FilledStudent {
    /// The entry that is corrected; none for a student who is added.
    pub(super) known: Option<(String, i32)>,
    /// The name.
    pub(super) name: String,
    /// The kind of document; empty where the number tells it.
    pub(super) document_type: String,
    /// The number; empty keeps the one that is known.
    pub(super) document_number: String,
    /// The level.
    pub(super) level: String,
    /// The student number.
    pub(super) student_no: String,
    /// The college.
    pub(super) college: String,
    /// The major.
    pub(super) major: String,
    /// The class.
    pub(super) class_name: String,
    /// The expected day of graduation.
    pub(super) graduation: String,
}

impl From<&RosterEntryView> for FilledStudent {
    fn from(entry: &RosterEntryView) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let first = entry.numbers.first();
        Self {
            known: Some((entry.id.clone(), entry.version)),
            name: entry.name.clone(),
            document_type: first.map_or_else(String::new, |first| first.document_type.clone()),
            document_number: String::new(),
            level: entry.level.clone(),
            student_no: text(&entry.student_no),
            college: text(&entry.college),
            major: text(&entry.major),
            class_name: text(&entry.class_name),
            graduation: text(&entry.expected_graduation),
        }
    }
}

/// A field of a request; what is empty is left out.
fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

impl FilledStudent {
    /// The correction of an entry.
    pub(super) fn changes(&self, version: i32) -> RosterEntryChanges {
        let number = given(&self.document_number);
        RosterEntryChanges {
            document_type: number
                .as_ref()
                .and_then(|_| given(&self.document_type))
                .map(Some),
            document_number: number.map(Some),
            name: given(&self.name).map(Some),
            level: given(&self.level).map(Some),
            student_no: given(&self.student_no).map(Some),
            college: given(&self.college).map(Some),
            major: given(&self.major).map(Some),
            class_name: given(&self.class_name).map(Some),
            expected_graduation: self.graduation.trim().parse().ok().map(Some),
            version,
        }
    }

    /// The student who is added.
    pub(super) fn added(&self) -> NewRosterEntry {
        let number = self.document_number.trim();
        let kind = given(&self.document_type);
        NewRosterEntry {
            name: self.name.trim().to_owned(),
            document_type: kind.unwrap_or_else(|| guess_type(number).as_str().to_owned()),
            document_number: number.to_owned(),
            level: self.level.clone(),
            student_no: given(&self.student_no).map(Some),
            college: given(&self.college).map(Some),
            major: given(&self.major).map(Some),
            class_name: given(&self.class_name).map(Some),
            expected_graduation: self.graduation.trim().parse().ok().map(Some),
        }
    }
}
