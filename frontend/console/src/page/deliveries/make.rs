//! Having a package made.

use client::{DeliveryProfileView, NewDelivery};
use domain::delivery::{DeliveryKind, DeliverySplit, MOST_KB};
use domain::{FieldError, Lang, ProblemCode};
use ui::lang::use_lang;
use ui::{
    Button, Choice, ProblemBox, RadioCards, TextField, TextTable, async_view, fill, use_form,
    use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::text::DeliveryTexts;
use crate::call::call;
use crate::fresh::use_fresh;

/// The fields of the form.
const FIELDS: &[&str] = &["/profile", "/kind", "/split", "/min_kb", "/max_kb"];

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Filled {
    profile: AttrValue,
    kind: AttrValue,
    split: AttrValue,
    min_kb: String,
    max_kb: String,
}

impl Filled {
    fn wanted(&self) -> NewDelivery {
        NewDelivery {
            kind: self.kind.to_string(),
            profile: self.profile.to_string(),
            split: Some(Some(self.split.to_string())),
            charset: None,
            min_kb: kilobytes(&self.min_kb).map(Some),
            max_kb: kilobytes(&self.max_kb).map(Some),
            part_mb: None,
            has_dbf: None,
            caption: None,
        }
    }
}

fn kilobytes(typed: &str) -> Option<i32> {
    typed.trim().parse().ok()
}

/// What is wrong without asking the server.
fn check(filled: &Filled) -> Vec<FieldError> {
    let is_wrong = |typed: &str| {
        let range = 1..=MOST_KB.cast_signed();
        !typed.trim().is_empty() && !kilobytes(typed).is_some_and(|kb| range.contains(&kb))
    };
    let fields = [("/min_kb", &filled.min_kb), ("/max_kb", &filled.max_kb)];
    let wrong = fields.into_iter().filter(|(_, typed)| is_wrong(typed));
    let error = |pointer| FieldError::new(pointer, ProblemCode::DeliveryBytes).with("max", MOST_KB);
    wrong.map(|(pointer, _)| error(pointer)).collect()
}

/// What [`Make`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct MakeProps {
    /// The collection.
    pub(super) task_id: AttrValue,
    /// One is being made.
    pub(super) made: Callback<()>,
}

/// The form, once the profiles are known.
#[component]
pub(super) fn Make(props: &MakeProps) -> Html {
    let texts = use_text::<DeliveryTexts>();
    let profiles = use_loader((), |()| async move {
        call(client::list_delivery_profiles()).await
    });
    html! {
        <section class="card stack">
            <h2>{ texts.make }</h2>
            <p class="muted">{ texts.make_lead }</p>
            { async_view(&profiles, |profiles| html! {
                <MakeForm task_id={props.task_id.clone()} made={props.made.clone()} profiles={profiles.items.clone()} />
            }) }
        </section>
    }
}

/// What [`MakeForm`] needs.
#[derive(Properties, PartialEq)]
struct MakeFormProps {
    task_id: AttrValue,
    made: Callback<()>,
    profiles: Vec<DeliveryProfileView>,
}

#[component]
fn MakeForm(props: &MakeFormProps) -> Html {
    let (texts, lang) = (use_text::<DeliveryTexts>(), use_lang());
    let (fresh, task_id, made) = (use_fresh(), props.task_id.clone(), props.made.clone());
    let first = props.profiles.first().map(|profile| profile.id.clone());
    let initial = Filled {
        profile: first.unwrap_or_default().into(),
        kind: DeliveryKind::Full.as_str().into(),
        split: DeliverySplit::None.as_str().into(),
        min_kb: String::new(),
        max_kb: String::new(),
    };
    let form = use_form(initial, FIELDS, check, move |filled: Filled| {
        let (fresh, task_id, made) = (fresh.clone(), task_id.clone(), made.clone());
        async move {
            let wanted = filled.wanted();
            let create = || call(client::create_delivery(&task_id, &wanted));
            fresh.run(create).await?;
            made.emit(());
            Ok(())
        }
    });
    let model = (*form.model).clone();
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            <RadioCards name="profile" legend={texts.profile} choices={profile_choices(&props.profiles, lang)} value={model.profile}
                onchange={form.takes(|model, profile| model.profile = profile)} error={form.error("/profile")} />
            <RadioCards name="kind" legend={texts.kind} choices={kind_choices(lang)} value={model.kind}
                onchange={form.takes(|model, kind| model.kind = kind)} error={form.error("/kind")} />
            <RadioCards name="split" legend={texts.split} choices={split_choices(lang)} value={model.split}
                onchange={form.takes(|model, split| model.split = split)} error={form.error("/split")} />
            <TextField id="min-kb" label={texts.min_kb} hint={texts.kb_hint} inputmode="numeric" is_number=true
                value={model.min_kb} oninput={form.takes(|model, kb| model.min_kb = kb)} error={form.error("/min_kb")} />
            <TextField id="max-kb" label={texts.max_kb} inputmode="numeric" is_number=true
                value={model.max_kb} oninput={form.takes(|model, kb| model.max_kb = kb)} error={form.error("/max_kb")} />
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.make }</Button></div>
        </form>
    }
}

fn profile_choices(profiles: &[DeliveryProfileView], lang: Lang) -> Vec<Choice> {
    let texts = DeliveryTexts::of(lang);
    let choice = |profile: &DeliveryProfileView| {
        let columns = profile.columns.join(" ");
        Choice {
            value: profile.id.clone().into(),
            label: profile.name.clone().into(),
            more: Some(html! {
                <>
                    <span class="hint">{ profile.about.clone() }</span>
                    <span class="hint">{ fill(texts.columns, &[("columns", &columns)]) }</span>
                </>
            }),
        }
    };
    profiles.iter().map(choice).collect()
}

fn kind_choices(lang: Lang) -> Vec<Choice> {
    let texts = DeliveryTexts::of(lang);
    let choice = |kind: &DeliveryKind| {
        let more = match kind {
            DeliveryKind::Full => texts.full_more,
            DeliveryKind::Incremental => texts.incremental_more,
        };
        Choice {
            value: kind.as_str().into(),
            label: kind.label().get(lang).into(),
            more: Some(html! { <span class="hint">{ more }</span> }),
        }
    };
    DeliveryKind::ALL.iter().map(choice).collect()
}

fn split_choices(lang: Lang) -> Vec<Choice> {
    let choice = |split: &DeliverySplit| Choice {
        value: split.as_str().into(),
        label: split.label().get(lang).into(),
        more: None,
    };
    DeliverySplit::ALL.iter().map(choice).collect()
}
