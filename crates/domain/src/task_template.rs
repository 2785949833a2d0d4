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
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::task::Payer;
    use crate::task::tests::settings;

    const ONE: SchoolId = SchoolId(Uuid::from_u128(1));
    const OTHER: SchoolId = SchoolId(Uuid::from_u128(2));

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

    #[rstest]
    #[case::its_own_school(Some(ONE), Reach::Schools(vec![ONE]), true)]
    #[case::another_school(Some(OTHER), Reach::Schools(vec![ONE]), false)]
    #[case::the_bureaus(None, Reach::Schools(vec![ONE]), false)]
    #[case::every_school(Some(OTHER), Reach::AllSchools, true)]
    #[case::every_school_and_the_bureaus(None, Reach::AllSchools, true)]
    fn a_template_of_the_bureau_is_changed_by_who_manages_every_school(
        #[case] school: Option<SchoolId>,
        #[case] reach: Reach,
        #[case] expected: bool,
    ) {
        let template = template(school);
        assert_eq!(template.may_be_changed_by(&reach), expected, "{school:?}");
    }

    #[test]
    fn a_template_belongs_to_its_school_or_the_bureau() {
        assert_eq!(template(None).owner(), TemplateOwner::Bureau);
        assert_eq!(template(Some(ONE)).owner(), TemplateOwner::School);
    }

    #[rstest]
    #[case::a_name("每年春季", true)]
    #[case::blanks("  ", false)]
    #[case::a_line_break("a\nb", false)]
    #[case::sixty_characters(&"名".repeat(60), true)]
    #[case::sixty_one_characters(&"名".repeat(61), false)]
    fn a_template_has_a_name_that_people_can_read(#[case] name: &str, #[case] is_good: bool) {
        assert_eq!(template_name_error(name).is_none(), is_good, "{name}");
    }
}
