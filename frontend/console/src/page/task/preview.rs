//! The students' pages under the settings that are filled in, in a tab of their own.

use gloo::utils::window;
use serde_json::json;
use ui::{Button, Kept, Look, ProblemBox, use_action, use_text};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

use super::filled::FilledTask;
use super::text::TaskTexts;
use crate::call::call;

/// Where the students' web app looks for the request: a tab that this one opens begins with a copy of its storage.
const KEPT: &str = "gradphoto.preview";
/// The page of a preview that students come to first.
const FIRST_PAGE: &str = "/preview/t/preview";

/// What a [`Preview`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct PreviewProps {
    /// The school.
    pub(super) school_id: AttrValue,
    /// The settings as they are filled in.
    pub(super) filled: FilledTask,
}

/// The button; and a link, in case the browser opens no tab by itself.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let is_there = use_state(|| false);
    let (school_id, filled) = (props.school_id.clone(), props.filled.clone());
    let set = is_there.setter();
    let show = use_action(move |()| {
        let (school_id, input, set) = (school_id.clone(), filled.input(), set.clone());
        async move {
            let asked = client::preview_task(&school_id, &input);
            // By which the students' web app asks the server for the preview.
            let request = json!({ "path": asked.request.path, "json": asked.request.json });
            set.set(false);
            call(asked).await?;
            // Where nothing can be stored, the page of the preview says that it is not there.
            Kept::InTab.set(KEPT, &request);
            let _ = window().open_with_url_and_target(FIRST_PAGE, "_blank");
            set.set(true);
            Ok(())
        }
    });
    html! {
        <>
            if let Some(failure) = &show.failure {
                <ProblemBox failure={failure.clone()} lists_fields=true />
            }
            <Button look={Look::Second} onclick={Callback::clone(&show.run)} is_busy={show.is_busy}>{ texts.preview }</Button>
            if *is_there {
                <p role="status"><a href={FIRST_PAGE} target="_blank" rel="opener">{ texts.preview_link }</a></p>
            }
        </>
    }
}
