//! The two ways to a list as a file.

use domain::sheet::SheetFormat;
use ui::{Action, Button, Look, ProblemBox};
use yew::{Html, Properties, component, html, use_callback};

/// What [`ExportButtons`] need.
#[derive(Properties, PartialEq)]
pub(crate) struct ExportProps {
    /// Fetches and saves the file in a format.
    pub(crate) export: Action<SheetFormat>,
    /// What the button for CSV says.
    pub(crate) csv: &'static str,
    /// What the button for Excel says.
    pub(crate) xlsx: &'static str,
    /// How both look.
    #[prop_or(Look::Quiet)]
    pub(crate) look: Look,
}

/// A button for CSV and one for Excel, and why the last export did not work.
#[component]
pub(crate) fn ExportButtons(props: &ExportProps) -> Html {
    let export = &props.export;
    let csv = use_callback(export.run.clone(), |(), run| run.emit(SheetFormat::Csv));
    let xlsx = use_callback(export.run.clone(), |(), run| run.emit(SheetFormat::Xlsx));
    html! {
        <>
            if let Some(failure) = export.failure.clone() {
                <ProblemBox {failure} />
            }
            <Button look={props.look} onclick={csv} is_busy={export.is_busy}>{ props.csv }</Button>
            <Button look={props.look} onclick={xlsx} is_busy={export.is_busy}>{ props.xlsx }</Button>
        </>
    }
}
