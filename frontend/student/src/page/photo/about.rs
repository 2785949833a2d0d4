//! Whose photo: the student's data as the school has them.

use client::EnrolmentView;
use domain::{EducationLevel, Lang};
use ui::{Fact, TextTable, due_text, fact_list};
use yew::{Html, html};

use super::text::PhotoTexts;
use crate::component::with_contact;
use crate::shell_text::ShellTexts;

/// The card.
pub(crate) fn about(enrolment: &EnrolmentView, lang: Lang) -> Html {
    let (texts, enrolment) = (PhotoTexts::of(lang), enrolment);
    let level = EducationLevel::parse(&enrolment.level).map(|level| level.label().get(lang));
    let number = html! { <span class="figures">{ enrolment.document_number.clone() }</span> };
    let facts = vec![
        Fact::new(texts.name, enrolment.name.clone()),
        Fact::new(texts.number, number),
        Fact::new(texts.school, enrolment.task.school.name.clone()),
        Fact::maybe(texts.level, level),
        Fact::maybe(texts.college, enrolment.college.clone()),
        Fact::maybe(texts.major, enrolment.major.clone()),
        Fact::maybe(texts.class_name, enrolment.class_name.clone()),
        Fact::maybe(texts.student_no, enrolment.student_no.clone()),
        Fact::new(texts.deadline, due_text(enrolment.task.closes_at, lang)),
    ];
    let contact = with_contact(ShellTexts::of(lang).contact_school, &enrolment.task.contact);
    html! {
        <section class="card stack">
            <h2>{ texts.about }</h2>
            { fact_list(&facts) }
            <details class="more"><summary>{ texts.about_wrong }</summary><p>{ contact }</p></details>
        </section>
    }
}
