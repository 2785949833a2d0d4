//! Templates: settings that are kept under a name, and collections that are made from them.

use client::{
    Failure, ManagedTask, NewTaskTemplate, TaskFromTemplate, TaskTemplateChange, TaskTemplateView,
};
use domain::access::Permission;
use domain::task_template::TemplateOwner;
use domain::{FieldError, Lang, ProblemCode};
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Choice, Form, Look, Notice, ProblemBox, RadioCards, TextField, TextTable,
    Tone, async_view, go_instead, use_action, use_form, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

use super::about::{FilledAbout, about_fields};
use super::text::TaskTexts;
use crate::call::call;
use crate::route::Route;
use crate::staff::use_staff;

/// How many templates are shown, the newest first.
const SHOWN: i64 = 100;

/// What [`FromTemplate`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct FromTemplateProps {
    /// The school.
    pub(super) school_id: AttrValue,
}

/// A collection that is made from a template; nothing where there is none.
#[component]
pub(super) fn FromTemplate(props: &FromTemplateProps) -> Html {
    let loader = use_loader(props.school_id.clone(), |id| async move {
        call(client::list_task_templates(&id, Some(SHOWN), None)).await
    });
    async_view(&loader, |templates| {
        if templates.items.is_empty() {
            return Html::default();
        }
        html! {
            <Choose school_id={props.school_id.clone()} templates={templates.items.clone()} reload={loader.reload.clone()} />
        }
    })
}

/// What is filled in.
#[derive(Clone, Default, PartialEq)]
struct FilledChoice {
    template: AttrValue,
    about: FilledAbout,
}

impl FilledChoice {
    fn errors(&self) -> Vec<FieldError> {
        let wrong = self.about.faults().into_iter();
        let wrong = wrong.filter(|(_, is_wrong)| *is_wrong);
        let no_template = self
            .template
            .is_empty()
            .then(|| FieldError::new("/template_id", ProblemCode::TaskTemplateUnknown));
        no_template
            .into_iter()
            .chain(wrong.map(|(field, _)| field.fault()))
            .collect()
    }
}

#[derive(Properties, PartialEq)]
struct ChooseProps {
    school_id: AttrValue,
    templates: Vec<TaskTemplateView>,
    reload: Callback<()>,
}

/// The templates, and what the new collection has of its own.
#[component]
fn Choose(props: &ChooseProps) -> Html {
    let (texts, lang) = (use_text::<TaskTexts>(), use_lang());
    let school_id = props.school_id.clone();
    let form = use_form(
        FilledChoice::default(),
        &["/template_id", "/name", "/opens_at", "/closes_at"],
        FilledChoice::errors,
        move |filled: FilledChoice| {
            let school_id = school_id.clone();
            async move {
                let new = TaskFromTemplate {
                    template_id: filled.template.to_string(),
                    name: filled.about.name(),
                    opens_at: filled.about.opens_at(),
                    closes_at: filled.about.closes_at(),
                };
                let made = call(client::create_task_from_template(&school_id, &new)).await?;
                go_instead(&Route::Task { task_id: made.id });
                Ok::<(), Failure>(())
            }
        },
    );
    let chosen = props
        .templates
        .iter()
        .find(|one| *one.id == *form.model.template);
    html! {
        <details class="card more">
            <summary>{ texts.from_template }</summary>
            <form ref={form.node.clone()} class="stack settings" onsubmit={form.onsubmit.clone()} novalidate=true>
                if let Some(failure) = form.failure.clone() {
                    <ProblemBox {failure} />
                }
                { fields(&form, &props.templates, lang) }
                <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.make_from_template }</Button></div>
            </form>
            if let Some(template) = chosen {
                <ManageTemplate key={format!("{}-{}", template.id, template.version)} template={template.clone()} reload={props.reload.clone()} />
            }
        </details>
    }
}

fn fields(form: &Form<FilledChoice>, templates: &[TaskTemplateView], lang: Lang) -> Html {
    let texts = TaskTexts::of(lang);
    let choices = templates.iter().map(|template| {
        let owner = TemplateOwner::parse(&template.owner);
        Choice {
            value: template.id.clone().into(),
            label: template.name.clone().into(),
            more: owner
                .map(|owner| html! { <span class="hint">{ owner.label().get(lang) }</span> }),
        }
    });
    let filled = &*form.model;
    html! {
        <>
            <RadioCards name="template" legend={texts.template} choices={choices.collect::<Vec<_>>()} value={filled.template.clone()}
                onchange={form.takes(|filled, template| filled.template = template)} error={form.error("/template_id")} />
            { about_fields(form, "new", texts, &filled.about, |filled| &mut filled.about) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ManageTemplateProps {
    template: TaskTemplateView,
    reload: Callback<()>,
}

/// The ways to rename and delete a template, for who may.
#[component]
fn ManageTemplate(props: &ManageTemplateProps) -> Html {
    let staff = use_staff();
    let is_bureaus = props.template.owner == TemplateOwner::Bureau.as_str();
    if is_bureaus && !staff.may_everywhere(Permission::ManageTasks) {
        return Html::default();
    }
    let (template, reload) = (&props.template, &props.reload);
    html! {
        <>
            <RenameTemplate template={template.clone()} reload={reload.clone()} />
            <DeleteTemplate template={template.clone()} reload={reload.clone()} />
        </>
    }
}

/// Another name for a template.
#[component]
fn RenameTemplate(props: &ManageTemplateProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let (id, reload) = (props.template.id.clone(), props.reload.clone());
    let initial = TaskTemplateChange {
        name: props.template.name.clone(),
        version: props.template.version,
    };
    let form = use_form(
        initial,
        &["/name"],
        |_| Vec::new(),
        move |change: TaskTemplateChange| {
            let (id, reload) = (id.clone(), reload.clone());
            async move {
                call(client::rename_task_template(&id, &change)).await?;
                reload.emit(());
                Ok::<(), Failure>(())
            }
        },
    );
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="rename-template" label={texts.rename_template} value={form.model.name.clone()}
                oninput={form.takes(|change: &mut TaskTemplateChange, name| change.name = name)} error={form.error("/name")} />
            <div class="actions"><Button look={Look::Second} submits=true is_busy={form.is_busy}>{ texts.rename_template_do }</Button></div>
        </form>
    }
}

/// The way to delete a template.
#[component]
fn DeleteTemplate(props: &ManageTemplateProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let (id, reload) = (props.template.id.clone(), props.reload.clone());
    let delete = use_action(move |()| {
        let (id, reload) = (id.clone(), reload.clone());
        async move {
            call(client::delete_task_template(&id)).await?;
            reload.emit(());
            Ok(())
        }
    });
    html! {
        <AskFirst id="delete-template" label={texts.delete_template} title={texts.delete_template_title} keep={texts.keep} action={delete}>
            <p>{ texts.delete_template_detail }</p>
        </AskFirst>
    }
}

/// What [`KeepTemplate`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct KeepTemplateProps {
    /// The collection whose settings are kept.
    pub(super) task: ManagedTask,
}

/// Keeps the settings of a collection as a template.
#[component]
pub(super) fn KeepTemplate(props: &KeepTemplateProps) -> Html {
    let (texts, lang, staff) = (use_text::<TaskTexts>(), use_lang(), use_staff());
    let is_kept = use_state(|| false);
    let (task_id, set) = (props.task.id.clone(), is_kept.setter());
    let initial = NewTaskTemplate {
        name: props.task.settings.name.clone(),
        owner: TemplateOwner::School.as_str().to_owned(),
    };
    let form = use_form(
        initial,
        &["/name", "/owner"],
        |_| Vec::new(),
        move |new: NewTaskTemplate| {
            let (task_id, set) = (task_id.clone(), set.clone());
            async move {
                set.set(false);
                call(client::create_task_template(&task_id, &new)).await?;
                set.set(true);
                Ok::<(), Failure>(())
            }
        },
    );
    let owners = TemplateOwner::ALL.iter().map(|owner| Choice {
        value: owner.as_str().into(),
        label: owner.label().get(lang).into(),
        more: None,
    });
    html! {
        <details class="card more">
            <summary>{ texts.keep_template }</summary>
            <form ref={form.node.clone()} class="stack settings" onsubmit={form.onsubmit.clone()} novalidate=true>
                <p class="muted">{ texts.keep_template_detail }</p>
                if let Some(failure) = form.failure.clone() {
                    <ProblemBox {failure} />
                }
                if *is_kept {
                    <div role="status"><Notice tone={Tone::Good}><p>{ texts.template_kept }</p></Notice></div>
                }
                <TextField id="template-name" label={texts.template_name} value={form.model.name.clone()}
                    oninput={form.takes(|new: &mut NewTaskTemplate, name| new.name = name)} error={form.error("/name")} />
                if staff.may_everywhere(Permission::ManageTasks) {
                    <RadioCards name="template-owner" legend={texts.template_owner} choices={owners.collect::<Vec<_>>()}
                        value={AttrValue::from(form.model.owner.clone())}
                        onchange={form.takes(|new: &mut NewTaskTemplate, owner: AttrValue| new.owner = owner.to_string())} error={form.error("/owner")} />
                }
                <div class="actions"><Button look={Look::Second} submits=true is_busy={form.is_busy}>{ texts.keep_template_do }</Button></div>
            </form>
        </details>
    }
}
