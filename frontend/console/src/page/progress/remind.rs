//! Reminding the students who are shown: what would be sent, and sending it.

use client::{NewReminders, ReminderPreviewView};
use domain::Lang;
use ui::lang::use_lang;
use ui::{
    Button, Notice, ProblemBox, Sheet, TextTable, Tone, async_view, fill, money, use_action,
    use_loader, use_query, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

use super::text::ProgressTexts;
use crate::call::call;

/// What [`Remind`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct RemindProps {
    /// The collection.
    pub(super) task_id: AttrValue,
    /// The dialog is closed.
    pub(super) onclose: Callback<()>,
}

/// Which students are meant, by the page's address.
#[derive(Debug, Clone, PartialEq)]
struct Meant {
    task_id: AttrValue,
    progress: Option<String>,
    college: Option<String>,
    class_name: Option<String>,
}

/// The dialog.
#[component]
pub(super) fn Remind(props: &RemindProps) -> Html {
    let (texts, lang) = (use_text::<ProgressTexts>(), use_lang());
    let query = use_query().query;
    let given = |name: &str| query.get(name).map(ToOwned::to_owned);
    let meant = Meant {
        task_id: props.task_id.clone(),
        progress: given("progress"),
        college: given("college"),
        class_name: given("class_name"),
    };
    let loader = use_loader(meant.clone(), |meant| async move {
        let asked = client::get_reminder_preview(
            &meant.task_id,
            meant.progress.as_deref(),
            meant.college.as_deref(),
            meant.class_name.as_deref(),
        );
        call(asked).await
    });
    html! {
        <Sheet id="remind" title={texts.remind_title} onclose={props.onclose.clone()}>
            { async_view(&loader, |preview| html! {
                <Preview preview={(**preview).clone()} meant={meant.clone()} {lang} />
            }) }
        </Sheet>
    }
}

/// What a [`Preview`] needs.
#[derive(Properties, PartialEq)]
struct PreviewProps {
    preview: ReminderPreviewView,
    meant: Meant,
    lang: Lang,
}

/// The text, the number and the cost; then sending.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let texts = ProgressTexts::of(props.lang);
    let (preview, is_sent) = (&props.preview, use_state(|| false));
    let send = {
        let (meant, recipients, is_sent) =
            (props.meant.clone(), preview.recipients, is_sent.setter());
        use_action(move |()| {
            let (meant, is_sent) = (meant.clone(), is_sent.clone());
            async move {
                let wanted = NewReminders {
                    class_name: meant.class_name.map(Some),
                    college: meant.college.map(Some),
                    progress: meant.progress.map(Some),
                    recipients,
                };
                call(client::create_reminders(&meant.task_id, &wanted)).await?;
                is_sent.set(true);
                Ok(())
            }
        })
    };
    let left_out = fill(
        texts.remind_left_out,
        &[
            ("recent", &preview.recently_reminded),
            ("hours", &preview.interval_hours),
            ("unknown", &preview.unreachable),
        ],
    );
    html! {
        <div class="stack">
            <p class="muted">{ texts.remind_text }</p>
            <blockquote>{ preview.text.clone() }</blockquote>
            <p><strong>{ fill(texts.remind_count, &[("count", &preview.recipients)]) }</strong></p>
            <p>{ texts.remind_cost }{ " " }{ money(preview.cost_fen) }</p>
            <p class="muted">{ left_out }</p>
            if let Some(failure) = send.failure.clone() {
                <ProblemBox {failure} />
            }
            if *is_sent {
                <div role="status"><Notice tone={Tone::Good}><p>{ texts.remind_sent }</p></Notice></div>
            } else {
                <div class="actions">
                    <Button onclick={send.run.clone()} is_busy={send.is_busy} disabled={preview.recipients == 0}>{ texts.remind_send }</Button>
                </div>
            }
        </div>
    }
}
