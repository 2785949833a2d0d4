//! A collection, as a school's link names it: school, dates and fee, before anybody logs in.

use ui::lang::use_lang;
use ui::{Link, Title, api, async_view, use_loader, use_text};
use yew::{AttrValue, Html, Properties, component, html};

use super::school::task_card;
use crate::page::school::text::SchoolTexts;
use crate::route::Route;
use crate::session::use_session;

#[derive(Properties, PartialEq)]
pub(crate) struct TaskLinkProps {
    /// The task.
    pub(crate) task_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn TaskLink(props: &TaskLinkProps) -> Html {
    let (texts, lang) = (use_text::<SchoolTexts>(), use_lang());
    let is_visitor = use_session().me().is_none();
    let loader = use_loader(props.task_id.clone(), |task_id| {
        api::call_once(client::get_task(&task_id))
    });
    html! {
        <div class="stack">
            <Title text={texts.link_title} />
            { async_view(&loader, |task| html! {
                <>
                    <p class="lead">{ texts.link_lead }</p>
                    { task_card(task, lang) }
                    if is_visitor {
                        <p class="hint">{ texts.link_log_in }</p>
                    }
                </>
            }) }
            <p><Link<Route> to={Route::School}>{ texts.find_another }</Link<Route>></p>
        </div>
    }
}
