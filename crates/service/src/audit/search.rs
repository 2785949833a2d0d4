//! Searching the audit log: for staff who may read that of their schools.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::audit::{AuditAction, AuditFilter, AuditObject, AuditRecord};
use domain::page::{Page, PageRequest};
use domain::{AccountId, AuditEventId, FieldError, ProblemCode, Refusal};

use crate::staff::staff_names;
use crate::{Context, Failure};

/// What is looked for, as typed; nothing of it is required.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditSearch<'a> {
    /// The school.
    pub school_id: Option<&'a str>,
    /// The word of what was done.
    pub action: Option<&'a str>,
    /// Who did it.
    pub actor_id: Option<&'a str>,
    /// Whose data it touched.
    pub subject_id: Option<&'a str>,
    /// To which thing.
    pub object_id: Option<&'a str>,
    /// Not before this moment.
    pub since: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// An entry, with the name of the member of staff who did it.
#[derive(Debug, Clone)]
pub struct FoundEntry {
    /// The entry.
    pub record: AuditRecord,
    /// How colleagues call whoever did it, where that is staff or a person at the command line.
    pub actor_name: Option<String>,
    /// The id of the thing, as people read it.
    pub object_id: Option<String>,
}

/// The entries within reach that fit, newest first.
///
/// # Errors
/// `audit.filter_invalid`.
pub async fn search(
    context: &Context,
    reach: &Reach,
    asked: AuditSearch<'_>,
    page: &PageRequest<AuditEventId>,
) -> Result<Page<FoundEntry>, Failure> {
    let filter = read(asked)?;
    let on = context.store.reader();
    let found = store::audit::search(on, reach, &filter, page).await?;
    let actors = found.items.iter().filter_map(|one| one.actor_id);
    let names = staff_names(context, actors).await?;
    Ok(found.with_items(|records| {
        let entry = |record: AuditRecord| {
            let staff = record.actor_id.and_then(|id| names.get(id));
            let staff = staff.map(str::to_owned);
            let operator = record.facts["operator"].as_str().map(str::to_owned);
            let object = AuditObject::parse(&record.object);
            FoundEntry {
                actor_name: if record.actor == "staff" {
                    staff
                } else {
                    operator
                },
                object_id: object
                    .zip(record.object_id)
                    .map(|(object, id)| object.show_id(id)),
                record,
            }
        };
        records.into_iter().map(entry).collect()
    }))
}

fn read(asked: AuditSearch<'_>) -> Result<AuditFilter, Refusal> {
    let wrong = |pointer| Refusal::field(FieldError::new(pointer, ProblemCode::AuditFilter));
    let school = asked.school_id.map(str::parse).transpose();
    let actor = asked.actor_id.map(str::parse).transpose();
    let subject = asked.subject_id.map(str::parse).transpose();
    // The prefix says the kind, which the row says too: any prefix reads the same id.
    let object = asked.object_id.map(|id| {
        let (_, id) = id.split_once('_')?;
        let id: AccountId = format!("{}_{id}", AccountId::PREFIX).parse().ok()?;
        Some(id.0)
    });
    if object == Some(None) {
        return Err(wrong("/object_id"));
    }
    let action = asked.action.map(AuditAction::parse);
    if action == Some(None) {
        return Err(wrong("/action"));
    }
    Ok(AuditFilter {
        school: school.map_err(|_| wrong("/school_id"))?,
        action: action.flatten(),
        actor: actor.map_err(|_| wrong("/actor_id"))?,
        subject: subject.map_err(|_| wrong("/subject_id"))?,
        object: object.flatten(),
        since: asked.since,
        until: asked.until,
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn account() -> AccountId {
        AccountId::new(DateTime::UNIX_EPOCH, [7; 10])
    }

    #[test]
    fn nothing_asked_filters_nothing() {
        assert_eq!(read(AuditSearch::default()), Ok(AuditFilter::default()));
    }

    #[test]
    fn a_thing_is_looked_for_whatever_its_prefix_says() {
        let id = account().to_string();
        let (_, rest) = id.split_once('_').unwrap();
        let id = format!("ord_{rest}");
        let asked = AuditSearch {
            object_id: Some(&id),
            ..AuditSearch::default()
        };
        assert_eq!(read(asked).unwrap().object, Some(account().0));
    }

    #[rstest]
    #[case("/school_id", AuditSearch { school_id: Some("1"), ..AuditSearch::default() })]
    #[case("/action", AuditSearch { action: Some("nothing.done"), ..AuditSearch::default() })]
    #[case("/actor_id", AuditSearch { actor_id: Some("sch_1"), ..AuditSearch::default() })]
    #[case("/subject_id", AuditSearch { subject_id: Some(""), ..AuditSearch::default() })]
    #[case("/object_id", AuditSearch { object_id: Some("without a prefix"), ..AuditSearch::default() })]
    #[case("/object_id", AuditSearch { object_id: Some("ord_1"), ..AuditSearch::default() })]
    fn what_cannot_be_looked_for_is_named(#[case] pointer: &str, #[case] asked: AuditSearch<'_>) {
        let refusal = read(asked).unwrap_err();
        let field = &refusal.fields[0];
        assert_eq!(
            (&*field.pointer, field.code),
            (pointer, ProblemCode::AuditFilter)
        );
    }
}
