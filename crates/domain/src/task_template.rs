//! Templates of tasks: settings that are kept under a name to make tasks from.

use chrono::{DateTime, Utc};

use crate::access::Reach;
use crate::task::TaskSettings;
use crate::task_draft::NAME_LENGTH;
use crate::word::words;
use crate::{FieldError, ProblemCode, SchoolId, TaskTemplateId};

words! {
    /// Who keeps a template.
    TemplateOwner {
        /// A school, for itself.
        School = "school", "本校", "this school";
        /// The bureau, for every school.
        Bureau = "bureau", "所有学校", "every school";
    }
}

/// Settings that are kept under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskTemplate {
    /// Its id.
    pub id: TaskTemplateId,
    /// The school that keeps it; `None` where the bureau offers it to every school.
    pub school_id: Option<SchoolId>,
    /// Its name.
    pub name: String,
    /// The settings that a task gets; window and name are the task's own.
    pub settings: TaskSettings,
    /// When it was kept.
    pub created_at: DateTime<Utc>,
    /// Counts its changes.
    pub version: i32,
}

impl TaskTemplate {
    /// Who keeps it.
    pub fn owner(&self) -> TemplateOwner {
        match self.school_id {
            Some(_) => TemplateOwner::School,
            None => TemplateOwner::Bureau,
        }
    }

    /// Whether somebody who manages tasks of these schools may rename or delete it. A template of the bureau is for every school, so
    /// that only who manages all of them may.
    pub fn may_be_changed_by(&self, reach: &Reach) -> bool {
        match self.school_id {
            Some(school) => reach.includes(school),
            None => *reach == Reach::AllSchools,
        }
    }
}

/// What is wrong with a template's name; `None` where it can be kept.
pub fn template_name_error(name: &str) -> Option<FieldError> {
    let characters = name.trim().chars().count();
    let is_good = (1..=NAME_LENGTH).contains(&characters) && !name.chars().any(char::is_control);
    let error = FieldError::new("/name", ProblemCode::TaskName).with("max", NAME_LENGTH);
    (!is_good).then_some(error)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::task::Payer;
    use crate::task::tests::settings;

    fn template(school_id: Option<SchoolId>) -> TaskTemplate {
        TaskTemplate {
            id: TaskTemplateId(Uuid::nil()),
            school_id,
            name: "每年春季".to_owned(),
            settings: settings(Payer::Free, &[]),
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn a_template_of_the_bureau_is_changed_by_who_manages_every_school() {
        let (one, other) = (SchoolId(Uuid::from_u128(1)), SchoolId(Uuid::from_u128(2)));
        let own = Reach::Schools(vec![one]);
        for (school, reach, expected) in [
            (Some(one), &own, true),
            (Some(other), &own, false),
            (None, &own, false),
            (Some(other), &Reach::AllSchools, true),
            (None, &Reach::AllSchools, true),
        ] {
            let template = template(school);
            assert_eq!(template.may_be_changed_by(reach), expected, "{school:?}");
        }
        assert_eq!(template(None).owner(), TemplateOwner::Bureau);
        assert_eq!(template(Some(one)).owner(), TemplateOwner::School);
    }

    #[test]
    fn a_template_has_a_name_that_people_can_read() {
        for (name, is_good) in [
            ("每年春季", true),
            ("  ", false),
            ("a\nb", false),
            (&*"名".repeat(60), true),
            (&*"名".repeat(61), false),
        ] {
            assert_eq!(template_name_error(name).is_none(), is_good, "{name}");
        }
    }
}
