//! One report: what its writer wrote, what the account of the lost number has verified, and what can be decided.

use client::{Failure, LostPhoneDossierView, LostPhoneOutcome, LostPhoneProofView};
use domain::Lang;
use domain::lost_phone::LostPhoneStage;
use ui::lang::use_lang;
use ui::{
    AskFirst, Fact, Note, Notice, Shape, TextTable, Tone, async_view, fact_list, fill, moment_text,
    status_pill, use_action, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::LostPhonesTexts;
use crate::call::call;
use crate::fresh::use_fresh;

/// The longest outcome, in characters.
const OUTCOME_MAX: usize = 200;

/// What a [`LostPhonePanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct LostPhonePanelProps {
    /// The report.
    pub(super) reference: AttrValue,
    /// Something was decided.
    pub(super) changed: Callback<()>,
}

/// The panel.
#[component]
pub(super) fn LostPhonePanel(props: &LostPhonePanelProps) -> Html {
    let lang = use_lang();
    let loader = use_loader(props.reference.clone(), |reference| async move {
        call(client::get_lost_phone_report(&reference)).await
    });
    async_view(&loader, |dossier| {
        let (reference, changed) = (props.reference.clone(), props.changed.clone());
        html! {
            <div class="stack">
                <h2>{ dossier.name.clone() }</h2>
                { fact_list(&facts(dossier, lang)) }
                { proofs(&dossier.proofs, lang) }
                { stage_notice(dossier, lang) }
                <div class="line">
                    if dossier.can_approve {
                        <Approve reference={reference.clone()} changed={changed.clone()} is_second={!dossier.approvals.is_empty()} />
                    }
                    if dossier.can_close {
                        <Close {reference} {changed} is_approved={dossier.approvals.len() == 2} />
                    }
                </div>
            </div>
        }
    })
}

fn facts(dossier: &LostPhoneDossierView, lang: Lang) -> Vec<Fact> {
    let texts = LostPhonesTexts::of(lang);
    let kind = domain::DocumentType::parse(&dossier.document_type);
    let kind = kind.map_or("", |kind| kind.label().get(lang));
    let figures = |text: String| html! { <span class="figures">{ text }</span> };
    let approvals = dossier.approvals.iter();
    let approvals =
        approvals.map(|approval| format!("{} · {}", approval.name, moment_text(approval.at, lang)));
    let approvals = approvals.collect::<Vec<_>>().join(texts.semicolon);
    let ended = dossier.ended_at.map(|at| {
        let by = dossier.closed_by.as_ref();
        by.map_or_else(
            || moment_text(at, lang),
            |by| format!("{by} · {}", moment_text(at, lang)),
        )
    });
    vec![
        Fact::new(texts.school, dossier.school.clone()),
        Fact::new(
            texts.document,
            figures(format!("{kind} {}", dossier.document_number)),
        ),
        Fact::new(texts.old_phone, figures(dossier.old_phone.clone())),
        Fact::new(texts.new_phone, figures(dossier.new_phone.clone())),
        Fact::maybe(texts.note, dossier.note.clone()),
        Fact::maybe(
            texts.approved_by,
            Some(approvals).filter(|names| !names.is_empty()),
        ),
        Fact::maybe(texts.ended, ended),
        Fact::maybe(texts.outcome, dossier.outcome.clone()),
    ]
}

/// What the account of the lost number has verified as.
fn proofs(proofs: &[LostPhoneProofView], lang: Lang) -> Html {
    let texts = LostPhonesTexts::of(lang);
    let mark = |is_same: bool, same: &str, other: &str| {
        if is_same {
            status_pill(Shape::Good, same)
        } else {
            status_pill(Shape::Bad, other)
        }
    };
    html! {
        <section class="stack">
            <h3>{ texts.proofs }</h3>
            if proofs.is_empty() {
                <p class="muted">{ texts.proofs_none }</p>
            }
            { for proofs.iter().map(|proof| html! {
                <div class="card stack">
                    <p>{ format!("{} · {}", proof.school_name, proof.task_name) }</p>
                    <div class="line">
                        { mark(proof.is_name_same, texts.name_same, texts.name_other) }
                        { mark(proof.is_number_same, texts.number_same, texts.number_other) }
                    </div>
                </div>
            }) }
        </section>
    }
}

/// What happens next, or who has to act.
fn stage_notice(dossier: &LostPhoneDossierView, lang: Lang) -> Html {
    let texts = LostPhonesTexts::of(lang);
    let text = match LostPhoneStage::parse(&dossier.report.state) {
        Some(LostPhoneStage::Approved) => {
            let at = dossier.report.effective_at;
            let time = at.map(|at| moment_text(at, lang)).unwrap_or_default();
            fill(texts.takes_effect, &[("time", &time)])
        }
        Some(LostPhoneStage::Confirmed) if !dossier.can_approve => texts.needs_other.to_owned(),
        Some(
            LostPhoneStage::Open
            | LostPhoneStage::Confirmed
            | LostPhoneStage::Changed
            | LostPhoneStage::Closed,
        )
        | None => return Html::default(),
    };
    html! { <Notice tone={Tone::Info}><p>{ text }</p></Notice> }
}

/// What an [`Approve`] needs.
#[derive(Properties, PartialEq)]
struct ApproveProps {
    reference: AttrValue,
    changed: Callback<()>,
    is_second: bool,
}

/// One person's approval.
#[component]
fn Approve(props: &ApproveProps) -> Html {
    let (texts, fresh) = (use_text::<LostPhonesTexts>(), use_fresh());
    let approve = {
        let (reference, changed) = (props.reference.clone(), props.changed.clone());
        use_action(move |()| {
            let (fresh, reference, changed) = (fresh.clone(), reference.clone(), changed.clone());
            async move {
                fresh
                    .run(|| call(client::approve_lost_phone_report(&reference)))
                    .await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let detail = if props.is_second {
        texts.approve_second
    } else {
        texts.approve_first
    };
    html! {
        <AskFirst id="lost-phone-approve" label={texts.approve} title={texts.approve_title} keep={texts.keep} action={approve}>
            <p>{ texts.approve_checked }</p>
            <p>{ detail }</p>
        </AskFirst>
    }
}

/// What a [`Close`] needs.
#[derive(Properties, PartialEq)]
struct CloseProps {
    reference: AttrValue,
    changed: Callback<()>,
    is_approved: bool,
}

/// Refusing a report, or cancelling one that was approved.
#[component]
fn Close(props: &CloseProps) -> Html {
    let (texts, outcome) = (use_text::<LostPhonesTexts>(), use_state(String::new));
    let take = use_callback(outcome.setter(), |text: String, outcome| outcome.set(text));
    let close = {
        let (reference, changed) = (props.reference.clone(), props.changed.clone());
        let wanted = LostPhoneOutcome {
            outcome: (*outcome).clone(),
        };
        use_action(move |()| {
            let (reference, changed) = (reference.clone(), changed.clone());
            let wanted = wanted.clone();
            async move {
                call(client::close_lost_phone_report(&reference, &wanted)).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let (label, title) = if props.is_approved {
        (texts.cancel, texts.cancel_title)
    } else {
        (texts.close, texts.close_title)
    };
    html! {
        <AskFirst id="lost-phone-close" {label} {title} keep={texts.keep} action={close}>
            <Note id="lost-phone-outcome" label={texts.outcome} hint={texts.outcome_hint} value={(*outcome).clone()} oninput={take}
                max={OUTCOME_MAX} />
        </AskFirst>
    }
}
