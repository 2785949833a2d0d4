//! Everything that is stored about the person, as a file.

use chrono::{DateTime, Utc};
use client::Failure;
use gloo::file::{Blob, ObjectUrl};
use ui::lang::use_lang;
use ui::{Button, Look, ProblemBox, api, fill, moment_text, use_action, use_text};
use web_sys::HtmlElement;
use yew::{Html, component, html, use_effect_with, use_node_ref, use_state};

use super::text::MeTexts;

/// The file, for as long as it is offered.
#[derive(Clone)]
struct File {
    made_at: DateTime<Utc>,
    url: ObjectUrl,
}

/// The button; when the file is there it is saved by itself, and offered once more.
#[component]
pub(crate) fn Export() -> Html {
    let (texts, lang) = (use_text::<MeTexts>(), use_lang());
    let file = use_state(|| None::<File>);
    let link = use_node_ref();
    let export = {
        let file = file.setter();
        use_action(move |()| {
            let file = file.clone();
            async move {
                file.set(Some(made().await?));
                Ok(())
            }
        })
    };
    {
        let link = link.clone();
        use_effect_with((*file).as_ref().map(|file| file.made_at), move |_| {
            if let Some(link) = link.cast::<HtmlElement>() {
                link.click();
            }
        });
    }
    html! {
        <>
            <Button look={Look::Second} onclick={export.run} is_busy={export.is_busy}>{ texts.export }</Button>
            <p class="hint">{ texts.export_hint }</p>
            if let Some(failure) = export.failure {
                <ProblemBox {failure} />
            }
            <p class="saved" role="status">
                if let Some(file) = &*file {
                    { fill(texts.export_ready, &[("time", &moment_text(file.made_at, lang))]) }
                    <a ref={link} href={file.url.to_string()} download={name(file.made_at)}>{ texts.export_save }</a>
                }
            </p>
        </>
    }
}

async fn made() -> Result<File, Failure> {
    let export = api::call(client::create_export()).await?;
    let text =
        serde_json::to_string_pretty(&export).map_err(|_| Failure::Unexpected { status: None })?;
    let blob = Blob::new_with_options(text.as_str(), Some("application/json"));
    Ok(File {
        made_at: export.made_at,
        url: blob.into(),
    })
}

fn name(made_at: DateTime<Utc>) -> String {
    format!("gradphoto-{}.json", made_at.format("%Y%m%d"))
}
