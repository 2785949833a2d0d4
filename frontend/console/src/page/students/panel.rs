//! One student: what is listed of them, and what can be done about it.

use client::{Failure, RosterEntryView, RosterNumberView};
use domain::roster::{RosterColumn, RosterEntryState};
use domain::{DocumentType, Lang};
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Fact, Look, ProblemBox, Sheet, TextTable, fact_list, fill, use_action,
    use_text,
};
use yew::{Callback, Html, Properties, component, html, use_callback, use_state};

use super::filled::FilledStudent;
use super::form::StudentForm;
use super::text::StudentTexts;
use super::words::{entry_pill, level_name};
use crate::call::call;
use crate::fresh::use_fresh;

/// What a [`StudentPanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct StudentPanelProps {
    /// The student.
    pub(super) entry: RosterEntryView,
    /// Something was changed.
    pub(super) changed: Callback<()>,
}

/// The panel.
#[component]
pub(super) fn StudentPanel(props: &StudentPanelProps) -> Html {
    let (texts, lang) = (use_text::<StudentTexts>(), use_lang());
    let (entry, is_editing) = (&props.entry, use_state(|| false));
    let edit = use_callback(is_editing.setter(), |(), is_editing| is_editing.set(true));
    let close = use_callback(is_editing.setter(), |(), is_editing| is_editing.set(false));
    html! {
        <div class="stack">
            <div class="between"><h2>{ entry.name.clone() }</h2>{ entry_pill(entry, lang) }</div>
            { fact_list(&facts(entry, lang)) }
            <Numbers entry={entry.clone()} changed={props.changed.clone()} />
            <div class="line">
                <Button look={Look::Second} onclick={edit}>{ texts.edit }</Button>
            </div>
            <Turn entry={entry.clone()} changed={props.changed.clone()} />
            if *is_editing {
                <Sheet id="student" title={texts.edit} onclose={close}>
                    <StudentForm task_id={entry.task_id.clone()} initial={FilledStudent::from(entry)}
                        changed={props.changed.clone()} />
                </Sheet>
            }
        </div>
    }
}

fn facts(entry: &RosterEntryView, lang: Lang) -> Vec<Fact> {
    let texts = StudentTexts::of(lang);
    let corrected = entry.corrected.iter().map(|word| {
        let column = RosterColumn::parse(word);
        column.map_or(word.as_str(), |column| column.label().get(lang))
    });
    let corrected = corrected.collect::<Vec<_>>().join(", ");
    let corrected =
        (!corrected.is_empty()).then(|| format!("{corrected} ({})", texts.corrected_hint));
    let text = |text: &Option<String>| text.clone();
    vec![
        Fact::maybe(texts.student_no, text(&entry.student_no)),
        Fact::new(texts.level, level_name(&entry.level, lang)),
        Fact::maybe(texts.college, text(&entry.college)),
        Fact::maybe(texts.major, text(&entry.major)),
        Fact::maybe(texts.class_name, text(&entry.class_name)),
        Fact::maybe(texts.graduation, text(&entry.expected_graduation)),
        Fact::maybe(texts.corrected, corrected),
    ]
}

/// The document numbers, masked until somebody asks for the whole ones.
#[component]
fn Numbers(props: &StudentPanelProps) -> Html {
    let (texts, lang) = (use_text::<StudentTexts>(), use_lang());
    let (fresh, whole) = (use_fresh(), use_state(|| None::<Vec<RosterNumberView>>));
    let reveal = {
        let (id, whole) = (props.entry.id.clone(), whole.setter());
        use_action(move |()| {
            let (fresh, id, whole) = (fresh.clone(), id.clone(), whole.clone());
            async move {
                let revealed = fresh
                    .run(|| call(client::reveal_roster_numbers(&id)))
                    .await?;
                whole.set(Some(revealed.numbers));
                Ok(())
            }
        })
    };
    let shown = whole.as_ref().unwrap_or(&props.entry.numbers);
    let one = |number: &RosterNumberView| {
        let kind = DocumentType::parse(&number.document_type);
        let kind = kind.map_or(&*number.document_type, |kind| kind.label().get(lang));
        html! { <li>{ kind.to_owned() }{ " " }<span class="figures">{ number.document_number.clone() }</span></li> }
    };
    html! {
        <>
            if let Some(failure) = reveal.failure.clone() {
                <ProblemBox {failure} />
            }
            <ul class="plain-list" aria-live="polite">{ for shown.iter().map(one) }</ul>
            if whole.is_none() {
                <Button look={Look::Quiet} onclick={reveal.run.clone()} is_busy={reveal.is_busy}>{ texts.reveal }</Button>
            }
        </>
    }
}

/// Taking the student off the list, or putting them back.
#[component]
fn Turn(props: &StudentPanelProps) -> Html {
    let texts = use_text::<StudentTexts>();
    let is_withdrawn =
        RosterEntryState::parse(&props.entry.state) == Some(RosterEntryState::Withdrawn);
    let turn = {
        let (id, changed) = (props.entry.id.clone(), props.changed.clone());
        use_action(move |()| {
            let (id, changed) = (id.clone(), changed.clone());
            async move {
                let turned = if is_withdrawn {
                    client::restore_roster_entry(&id)
                } else {
                    client::withdraw_roster_entry(&id)
                };
                call(turned).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let (label, title, detail) = if is_withdrawn {
        (texts.restore, texts.restore_title, texts.restore_detail)
    } else {
        (texts.withdraw, texts.withdraw_title, texts.withdraw_detail)
    };
    let title = fill(title, &[("name", &props.entry.name)]);
    html! {
        <AskFirst id="turn-student" {label} {title} keep={texts.keep} action={turn}><p>{ detail }</p></AskFirst>
    }
}
