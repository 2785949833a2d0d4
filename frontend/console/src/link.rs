//! Links to pages of students.

use gloo::utils::window;

/// The address that leads students to a collection, before and after they log in.
pub(crate) fn student_link(task_id: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/t/{task_id}")
}
