//! Roster entries in the clear, and sealed again after a change.

use chrono::{DateTime, Utc};
use domain::id_document::normalise;
use domain::roster::{ListedNumber, ListedStudent, RosterEntry, RosterEntryState, RosterNumber};
use domain::{IdNumber, RosterEntryId, RosterImportId, RosterNumberId, indexed_name};
use store::roster::RosterKey;

use super::keys::RosterKeys;
use crate::{Context, Failure};

/// Opens what an entry says.
pub(crate) async fn opened(
    context: &Context,
    entry: &RosterEntry,
    numbers: &[RosterNumber],
) -> Result<ListedStudent, Failure> {
    let name = context.open_text(
        "roster_entries",
        "name_sealed",
        entry.id.0,
        &entry.name_sealed,
    );
    let name = name.await?;
    let student_no = match &entry.student_no_sealed {
        Some(sealed) => {
            let text = context.open_text("roster_entries", "student_no_sealed", entry.id.0, sealed);
            Some(text.await?)
        }
        None => None,
    };
    let mut opened = Vec::with_capacity(numbers.len());
    for number in numbers {
        let sealed = &number.number_sealed;
        let text = context.open_text("roster_ids", "number_sealed", number.id.0, sealed);
        let listed = ListedNumber {
            kind: number.id_type,
            number: text.await?,
        };
        // A number has a row for each form in which it is found.
        if !opened.contains(&listed) {
            opened.push(listed);
        }
    }
    Ok(ListedStudent {
        numbers: opened,
        level: entry.level,
        name,
        student_no,
        college: entry.college.clone(),
        major: entry.major.clone(),
        class_name: entry.class_name.clone(),
        expected_graduation: entry.expected_graduation.clone(),
        state: entry.state,
    })
}

/// A number as it is listed.
pub(super) fn listed_number(number: &IdNumber) -> ListedNumber {
    ListedNumber {
        kind: number.document_type(),
        number: number.canonical().expose().to_owned(),
    }
}

/// The list to which students are added, and the import that adds them.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    pub(super) roster: RosterKey,
    pub(super) import: Option<RosterImportId>,
}

/// A student who may be added, with the numbers that lead to them.
#[derive(Debug)]
pub(super) struct NewStudent {
    pub(super) entry: RosterEntry,
    pub(super) numbers: Vec<RosterNumber>,
}

impl List {
    /// Seals a student who is not listed yet.
    pub(super) fn new_student(
        self,
        keys: &RosterKeys,
        now: DateTime<Utc>,
        student: &ListedStudent,
    ) -> Result<NewStudent, Failure> {
        let blank = RosterEntry {
            id: keys.new_id(now, RosterEntryId::new),
            school_id: self.roster.school_id,
            task_id: self.roster.task_id,
            level: student.level,
            name_sealed: Vec::new().into(),
            name_index: None,
            corrected: Vec::new(),
            import_id: self.import,
            student_no_sealed: None,
            student_no_index: None,
            college: None,
            class_name: None,
            major: None,
            expected_graduation: None,
            state: RosterEntryState::Listed,
            version: 0,
            created_at: now,
            updated_at: now,
        };
        let entry = sealed(keys, now, blank, student)?;
        let numbers = number_rows(keys, &entry, &student.numbers)?;
        Ok(NewStudent { entry, numbers })
    }
}

/// The entry as it is stored when it says this, one version on.
pub(super) fn sealed(
    keys: &RosterKeys,
    now: DateTime<Utc>,
    entry: RosterEntry,
    student: &ListedStudent,
) -> Result<RosterEntry, Failure> {
    let id = entry.id.0;
    let seal = |column, text: &str| {
        keys.sealer
            .seal("roster_entries", column, id, text.as_bytes())
    };
    let student_no = student.student_no.as_deref();
    Ok(RosterEntry {
        level: student.level,
        name_sealed: seal("name_sealed", &student.name)?.into(),
        name_index: Some(keys.index.to_write(&indexed_name(&student.name)).into()),
        student_no_sealed: match student_no {
            Some(number) => Some(seal("student_no_sealed", number)?.into()),
            None => None,
        },
        student_no_index: student_no.map(|number| keys.index.to_write(&normalise(number)).into()),
        college: student.college.clone(),
        class_name: student.class_name.clone(),
        major: student.major.clone(),
        expected_graduation: student.expected_graduation.clone(),
        state: student.state,
        version: entry.version + 1,
        updated_at: now,
        ..entry
    })
}

/// The rows of the numbers that lead to an entry: one for each form in which a number is found.
pub(super) fn number_rows(
    keys: &RosterKeys,
    entry: &RosterEntry,
    numbers: &[ListedNumber],
) -> Result<Vec<RosterNumber>, Failure> {
    let mut rows: Vec<RosterNumber> = Vec::new();
    for listed in numbers {
        let number = IdNumber::from_canonical(listed.kind, listed.number.clone());
        for variant in number.lookup_variants() {
            let id_index = keys.index.to_write(&variant).into();
            if rows.iter().any(|row| row.id_index == id_index) {
                continue;
            }
            let id = keys.new_id(entry.updated_at, RosterNumberId::new);
            let plain = listed.number.as_bytes();
            rows.push(RosterNumber {
                id,
                school_id: entry.school_id,
                task_id: entry.task_id,
                entry_id: entry.id,
                level: entry.level,
                id_index,
                id_type: listed.kind,
                number_sealed: keys
                    .sealer
                    .seal("roster_ids", "number_sealed", id.0, plain)?
                    .into(),
            });
        }
    }
    Ok(rows)
}
