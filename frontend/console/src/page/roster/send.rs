//! Sending a roster file.

use client::{Failure, RosterImportView};
use ui::api::Transfer;
use ui::{Button, ProblemBox, fill, use_action, use_text};
use web_sys::{File, HtmlInputElement};
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, component, html, use_callback,
    use_state,
};

use super::text::RosterTexts;

/// What [`SendFile`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct SendFileProps {
    /// The collection.
    pub(super) task_id: AttrValue,
    /// The file was taken.
    pub(super) sent: Callback<RosterImportView>,
}

/// The field for the file, and the button that sends it.
#[component]
pub(super) fn SendFile(props: &SendFileProps) -> Html {
    let texts = use_text::<RosterTexts>();
    let (file, progress) = (use_state(|| None::<File>), use_state(|| 0_u64));
    let choose = use_callback(file.setter(), |event: Event, file| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        file.set(input.and_then(|input| input.files()?.get(0)));
    });
    let send = {
        let (task_id, sent) = (props.task_id.clone(), props.sent.clone());
        let (file, progress) = (file.clone(), progress.setter());
        use_action(move |()| {
            let (task_id, sent) = (task_id.clone(), sent.clone());
            let (file, progress) = ((*file).clone(), progress.clone());
            async move {
                if let Some(file) = file {
                    sent.emit(upload(&task_id, &file, progress).await?);
                }
                Ok(())
            }
        })
    };
    let kilobytes = *progress / 1_000;
    html! {
        <section class="card stack">
            <h2>{ texts.send }</h2>
            <p class="muted">{ texts.send_lead }</p>
            <div class="field">
                <label for="roster-file">{ texts.file }</label>
                <input id="roster-file" class="input" type="file" accept=".csv,.txt,.xlsx,.dbf" onchange={choose} />
            </div>
            if let Some(failure) = send.failure {
                <ProblemBox {failure} />
            }
            if send.is_busy && kilobytes > 0 {
                <p role="status" class="figures">{ fill(texts.sending, &[("kilobytes", &kilobytes)]) }</p>
            }
            <div class="actions">
                <Button onclick={send.run} is_busy={send.is_busy} disabled={file.is_none()}>{ texts.check }</Button>
            </div>
        </section>
    }
}

async fn upload(
    task_id: &str,
    file: &File,
    progress: yew::UseStateSetter<u64>,
) -> Result<RosterImportView, Failure> {
    let call = client::create_roster_import(task_id);
    let transfer = Transfer::new(&call.request)?;
    let answer = transfer.upload_file(file, move |sent| progress.set(sent));
    call.read(answer.await?)
}
