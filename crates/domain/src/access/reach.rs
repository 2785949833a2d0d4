//! Which schools, and which students of them, somebody may see.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::SchoolId;

/// The schools whose data somebody may see: every query for staff takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Every school.
    AllSchools,
    /// These schools and no other.
    Schools(Vec<SchoolId>),
}

impl Reach {
    /// Whether a school is among them.
    pub fn includes(&self, school: SchoolId) -> bool {
        match self {
            Self::AllSchools => true,
            Self::Schools(schools) => schools.contains(&school),
        }
    }
}

/// The colleges and classes to which a role of a school is limited. Empty lists limit nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentLimits {
    /// Students of these colleges, by the names on the roster.
    pub colleges: Vec<String>,
    /// And students of these classes.
    pub classes: Vec<String>,
}

impl StudentLimits {
    /// Whether every student of the school is meant.
    pub fn is_whole_school(&self) -> bool {
        self.colleges.is_empty() && self.classes.is_empty()
    }

    /// Whether a student of this college and class is meant.
    pub fn includes(&self, college: Option<&str>, class: Option<&str>) -> bool {
        let among = |names: &[String], name: Option<&str>| {
            name.is_some_and(|name| names.iter().any(|one| one == name))
        };
        self.is_whole_school() || among(&self.colleges, college) || among(&self.classes, class)
    }
}

/// Students of one school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolStudents {
    /// The school.
    pub school_id: SchoolId,
    /// Which of its students.
    pub limits: StudentLimits,
}

/// The students whose progress or photos somebody may see: as [`Reach`], with the limits of roles that hold for a part of a
/// school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StudentReach {
    /// The students of every school.
    AllSchools,
    /// Students of these schools and of no other. A school that stands there more than once is reached by each entry.
    Schools(Vec<SchoolStudents>),
}

impl StudentReach {
    /// Whether a student of this school, college and class is among them.
    pub fn includes(&self, school: SchoolId, college: Option<&str>, class: Option<&str>) -> bool {
        match self {
            Self::AllSchools => true,
            Self::Schools(schools) => schools
                .iter()
                .any(|one| one.school_id == school && one.limits.includes(college, class)),
        }
    }

    /// Which students of a school are among them, in one form for every way to say the same; `None` where no student is.
    pub fn limits_in(&self, school: SchoolId) -> Option<StudentLimits> {
        let Self::Schools(schools) = self else {
            return Some(StudentLimits::default());
        };
        let within = || schools.iter().filter(|one| one.school_id == school);
        within().next()?;
        if within().any(|one| one.limits.is_whole_school()) {
            return Some(StudentLimits::default());
        }
        let union = |names: fn(&StudentLimits) -> &Vec<String>| {
            let names = within().flat_map(|one| names(&one.limits));
            names
                .cloned()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect()
        };
        Some(StudentLimits {
            colleges: union(|limits| &limits.colleges),
            classes: union(|limits| &limits.classes),
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn students(school: u128, colleges: &[&str], classes: &[&str]) -> SchoolStudents {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        SchoolStudents {
            school_id: SchoolId(Uuid::from_u128(school)),
            limits: StudentLimits {
                colleges: owned(colleges),
                classes: owned(classes),
            },
        }
    }

    #[test]
    fn who_sees_the_same_students_has_the_same_limits() {
        let school = SchoolId(Uuid::from_u128(1));
        let limits =
            |schools: &[SchoolStudents]| StudentReach::Schools(schools.to_vec()).limits_in(school);
        let other = students(2, &[], &[]);
        assert_eq!(limits(std::slice::from_ref(&other)), None);
        let whole = Some(StudentLimits::default());
        assert_eq!(StudentReach::AllSchools.limits_in(school), whole);
        let law = students(1, &["法学院"], &["医学 1"]);
        assert_eq!(limits(&[law.clone(), students(1, &[], &[])]), whole);
        let medicine = students(1, &["医学院", "法学院"], &[]);
        let both = limits(&[law.clone(), other, medicine.clone()]);
        assert_eq!(both, limits(&[medicine, law]));
        let both = both.unwrap();
        assert_eq!(both.colleges, ["医学院", "法学院"]);
        assert_eq!(both.classes, ["医学 1"]);
    }
}
