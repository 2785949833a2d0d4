//! Having a package made.

use client::{DeliveryProfileView, NewDelivery};
use domain::delivery::{
    DeliveryKind, DeliveryProfile, DeliverySplit, MOST_KB, MOST_PART_MB, PrintCaption,
};
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
const FIELDS: &[&str] = &[
    "/profile", "/kind", "/split", "/min_kb", "/max_kb", "/part_mb", "/has_dbf", "/caption",
];
/// What is chosen where the table is to come as a DBF file besides.
const WITH_DBF: &str = "dbf";

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Filled {
    profile: AttrValue,
    kind: AttrValue,
    split: AttrValue,
    min_kb: String,
    max_kb: String,
    part_mb: String,
    dbf: AttrValue,
    /// Nothing was chosen yet: that of the package for prints before.
    caption: Option<AttrValue>,
}

impl Filled {
    fn wanted(&self, usual_caption: &AttrValue) -> NewDelivery {
        let caption = self.caption.as_ref().unwrap_or(usual_caption);
        NewDelivery {
            kind: self.kind.to_string(),
            profile: self.profile.to_string(),
            split: Some(Some(self.split.to_string())),
            charset: None,
            min_kb: whole(&self.min_kb).map(Some),
            max_kb: whole(&self.max_kb).map(Some),
            part_mb: whole(&self.part_mb).map(Some),
            has_dbf: Some(Some(self.dbf == WITH_DBF)),
            caption: Some(Some(caption.to_string())),
        }
    }
}

fn whole(typed: &str) -> Option<i32> {
    typed.trim().parse().ok()
}

/// A number that was typed, and what it may be.
struct Limited<'a> {
    pointer: &'static str,
    typed: &'a str,
    most: u32,
    code: ProblemCode,
}

impl Limited<'_> {
    fn error(&self) -> Option<FieldError> {
        let range = 1..=self.most.cast_signed();
        let is_right =
            self.typed.trim().is_empty() || whole(self.typed).is_some_and(|it| range.contains(&it));
        let error = || FieldError::new(self.pointer, self.code).with("max", self.most);
        (!is_right).then(error)
    }
}

/// What is wrong without asking the server.
fn check(filled: &Filled) -> Vec<FieldError> {
    let bytes = |pointer, typed| Limited {
        pointer,
        typed,
        most: MOST_KB,
        code: ProblemCode::DeliveryBytes,
    };
    let part = Limited {
        pointer: "/part_mb",
        typed: &filled.part_mb,
        most: MOST_PART_MB,
        code: ProblemCode::DeliveryPart,
    };
    let limited = [
        bytes("/min_kb", filled.min_kb.as_str()),
        bytes("/max_kb", filled.max_kb.as_str()),
        part,
    ];
    limited.iter().filter_map(Limited::error).collect()
}

/// What [`Make`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct MakeProps {
    /// The collection.
    pub(super) task_id: AttrValue,
    /// What stands under photos on sheets where nothing else is chosen.
    pub(super) usual_caption: AttrValue,
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
                <MakeForm task_id={props.task_id.clone()} usual_caption={props.usual_caption.clone()} made={props.made.clone()}
                    profiles={profiles.items.clone()} />
            }) }
        </section>
    }
}

/// What [`MakeForm`] needs.
#[derive(Properties, PartialEq)]
struct MakeFormProps {
    task_id: AttrValue,
    usual_caption: AttrValue,
    made: Callback<()>,
    profiles: Vec<DeliveryProfileView>,
}

#[component]
fn MakeForm(props: &MakeFormProps) -> Html {
    let (texts, lang) = (use_text::<DeliveryTexts>(), use_lang());
    let (fresh, task_id, made) = (use_fresh(), props.task_id.clone(), props.made.clone());
    let usual_caption = props.usual_caption.clone();
    let first = props.profiles.first().map(|profile| profile.id.clone());
    let initial = Filled {
        profile: first.unwrap_or_default().into(),
        kind: DeliveryKind::Full.as_str().into(),
        split: DeliverySplit::None.as_str().into(),
        min_kb: String::new(),
        max_kb: String::new(),
        part_mb: String::new(),
        dbf: AttrValue::default(),
        caption: None,
    };
    let form = use_form(initial, FIELDS, check, move |filled: Filled| {
        let (fresh, task_id, made) = (fresh.clone(), task_id.clone(), made.clone());
        let wanted = filled.wanted(&usual_caption);
        async move {
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
            <TextField id="part-mb" label={texts.part_mb} hint={texts.part_hint} inputmode="numeric" is_number=true
                value={model.part_mb} oninput={form.takes(|model, mb| model.part_mb = mb)} error={form.error("/part_mb")} />
            <RadioCards name="dbf" legend={texts.dbf} choices={dbf_choices(lang)} value={model.dbf}
                onchange={form.takes(|model, dbf| model.dbf = dbf)} error={form.error("/has_dbf")} />
            if is_for_prints(&form.model.profile) {
                <RadioCards name="caption" legend={texts.caption} choices={caption_choices(lang)}
                    value={model.caption.unwrap_or_else(|| props.usual_caption.clone())}
                    onchange={form.takes(|model, caption| model.caption = Some(caption))} error={form.error("/caption")} />
            }
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.make }</Button></div>
        </form>
    }
}

fn is_for_prints(profile: &str) -> bool {
    DeliveryProfile::find(profile).is_some_and(|profile| profile.is_for_prints)
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
    let choice = |split: &DeliverySplit| plain(split.as_str(), split.label().get(lang));
    DeliverySplit::ALL.iter().map(choice).collect()
}

fn dbf_choices(lang: Lang) -> Vec<Choice> {
    let texts = DeliveryTexts::of(lang);
    let with_dbf = Choice {
        more: Some(html! { <span class="hint">{ texts.with_dbf_more }</span> }),
        ..plain(WITH_DBF, texts.with_dbf)
    };
    vec![plain("", texts.without_dbf), with_dbf]
}

fn caption_choices(lang: Lang) -> Vec<Choice> {
    let choice = |caption: &PrintCaption| plain(caption.as_str(), caption.label().get(lang));
    PrintCaption::ALL.iter().map(choice).collect()
}

/// A choice that its name explains.
fn plain(value: &'static str, label: &'static str) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        more: None,
    }
}
