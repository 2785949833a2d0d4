//! A file whose rows are looked at first and then taken: the server tells what each means, and takes them once the number that
//! was seen is repeated.

use client::{Call, Failure, PhotoResultsView, SchoolListView};
use ui::api::Transfer;
use ui::{Action, use_action};
use web_sys::{File, HtmlInputElement};
use yew::{
    AttrValue, Callback, Event, Html, TargetCast, UseStateHandle, hook, html, use_callback,
    use_state,
};

/// What the server says of a file's rows.
pub(crate) trait FileReport: 'static {
    /// Whether the rows were taken.
    fn is_applied(&self) -> bool;

    /// How many rows will be or were taken: the number that is repeated.
    fn count(&self) -> i64;
}

impl FileReport for SchoolListView {
    fn is_applied(&self) -> bool {
        self.is_applied
    }

    fn count(&self) -> i64 {
        self.schools
    }
}

impl FileReport for PhotoResultsView {
    fn is_applied(&self) -> bool {
        self.is_applied
    }

    fn count(&self) -> i64 {
        self.refusals
    }
}

/// A file, and what is known of its rows.
pub(crate) struct LookFirst<R> {
    /// What the server said last; none after another file was chosen.
    pub(crate) report: UseStateHandle<Option<R>>,
    /// Asks what the rows mean.
    pub(crate) look: Action<()>,
    /// Takes the rows.
    pub(crate) apply: Action<()>,
    file: UseStateHandle<Option<File>>,
}

impl<R: FileReport> LookFirst<R> {
    /// Whether there is a file to look at.
    pub(crate) fn has_file(&self) -> bool {
        self.file.is_some()
    }

    /// How many rows can be taken now; none where nobody looked at them, where they were taken, or where there are none.
    pub(crate) fn open(&self) -> Option<i64> {
        let report = self.report.as_ref().filter(|report| !report.is_applied())?;
        Some(report.count()).filter(|count| *count > 0)
    }
}

/// A file that is sent by `ask`, with the number that was seen where its rows are to be taken. `changed` hears that they were.
#[hook]
pub(crate) fn use_look_first<R: FileReport>(
    ask: impl Fn(Option<i64>) -> Call<R> + Clone + 'static,
    changed: Callback<()>,
) -> LookFirst<R> {
    let (file, report) = (use_state(|| None::<File>), use_state(|| None::<R>));
    let send = {
        let (file, report) = (file.clone(), report.setter());
        move |seen: Option<i64>| {
            let (changed, file, report) = (changed.clone(), (*file).clone(), report.clone());
            let call = ask(seen);
            async move {
                if let Some(file) = file {
                    let transfer = Transfer::new(&call.request)?;
                    let found = call.read(transfer.upload_file(&file, |_| ()).await?)?;
                    if found.is_applied() {
                        changed.emit(());
                    }
                    report.set(Some(found));
                }
                Ok::<(), Failure>(())
            }
        }
    };
    let look = {
        let send = send.clone();
        use_action(move |()| send(None))
    };
    let seen = report.as_ref().map(FileReport::count);
    let apply = use_action(move |()| send(seen));
    LookFirst {
        report,
        look,
        apply,
        file,
    }
}

/// The field for the file of a [`LookFirst`].
#[hook]
pub(crate) fn use_file_field<R: FileReport>(
    from: &LookFirst<R>,
    id: &'static str,
    label: &'static str,
) -> Html {
    let setters = (from.file.setter(), from.report.setter());
    let onchange = use_callback(setters, |event: Event, (file, report)| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        file.set(input.and_then(|input| input.files()?.get(0)));
        report.set(None);
    });
    file_field(id.into(), label, onchange)
}

/// A field for a file with rows.
pub(crate) fn file_field(id: AttrValue, label: &'static str, onchange: Callback<Event>) -> Html {
    html! {
        <div class="field">
            <label for={id.clone()}>{ label }</label>
            <input {id} class="input" type="file" accept=".csv,.txt,.xlsx,.dbf" {onchange} />
        </div>
    }
}
