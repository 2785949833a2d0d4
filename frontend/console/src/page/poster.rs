//! The poster of a collection: one sheet of A4 in both languages, with a QR code that leads students to it.

mod text;

use client::{ManagedSchoolView, ManagedTask};
use domain::Lang;
use gloo::utils::window;
use ui::{
    Button, Link, Qr, TextTable, Title, async_view, date_text, fill, last_day_text, use_loader,
    use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback};

use crate::call::call;
use crate::link::student_link;
use crate::route::Route;
use text::PosterTexts;

/// What a [`Poster`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct PosterProps {
    /// The collection.
    pub(crate) task_id: AttrValue,
}

/// The page: a button that prints, and the sheet as it comes out of the printer.
#[component]
pub(crate) fn Poster(props: &PosterProps) -> Html {
    let texts = use_text::<PosterTexts>();
    let loader = use_loader(props.task_id.clone(), |id| async move {
        let task = call(client::get_task_settings(&id)).await?;
        let school = call(client::get_school(&task.school_id)).await?;
        Ok((task, school))
    });
    let print = use_callback((), |(), ()| {
        let _ = window().print();
    });
    let task_id = props.task_id.to_string();
    async_view(&loader, |ready| {
        let (task, school) = &**ready;
        html! {
            <div class="stack">
                <div class="stack no-print">
                    <Title text={texts.title} />
                    <p class="muted">{ texts.lead }</p>
                    <div class="line">
                        <Button onclick={print}>{ texts.print }</Button>
                        <Link<Route> to={Route::Task { task_id }} classes="quiet-link">{ texts.back }</Link<Route>>
                    </div>
                </div>
                { sheet(task, school) }
            </div>
        }
    })
}

fn sheet(task: &ManagedTask, school: &ManagedSchoolView) -> Html {
    let link = student_link(&task.id);
    let (zh, en) = (PosterTexts::of(Lang::Zh), PosterTexts::of(Lang::En));
    html! {
        <article class="poster">
            <p class="poster-school">{ school.name.clone() }</p>
            <h2 class="poster-name">{ task.settings.name.clone() }</h2>
            <Qr content={link.clone()} label={zh.qr} />
            <p class="poster-scan">{ zh.scan }</p>
            <p class="poster-scan" lang="en">{ en.scan }</p>
            { dates(task, Lang::Zh) }
            { dates(task, Lang::En) }
            <p class="poster-link figures">{ link }</p>
            <p>{ fill(zh.contact, &[("contact", &task.settings.contact)]) }</p>
            <p lang="en">{ fill(en.contact, &[("contact", &task.settings.contact)]) }</p>
        </article>
    }
}

fn dates(task: &ManagedTask, lang: Lang) -> Html {
    let texts = PosterTexts::of(lang);
    let (from, to) = (
        date_text(task.settings.opens_at, lang),
        last_day_text(task.settings.closes_at, lang),
    );
    let audience = match lang {
        Lang::Zh => &task.settings.audience.zh,
        Lang::En => &task.settings.audience.en,
    };
    html! {
        <div class="poster-dates" lang={lang.tag()}>
            <p>{ audience.clone() }</p>
            <p>{ fill(texts.dates, &[("from", &from), ("to", &to)]) }</p>
        </div>
    }
}
