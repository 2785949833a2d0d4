//! Results about delivered photos, from a file: looked at first, then applied.

use client::{Failure, PhotoResultsView, ResultCount, ResultRowView};
use domain::Lang;
use domain::photo_result::{ResultSource, ResultVerdict};
use domain::review::RejectReason;
use ui::api::Transfer;
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Choice, Fact, Notice, ProblemBox, RadioCards, TextTable, Tone, fact_list,
    fill, use_action, use_text,
};
use web_sys::{File, HtmlInputElement};
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, component, html, use_callback,
    use_state,
};

use super::text::DeliveryTexts;

/// What [`Results`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct ResultsProps {
    /// The collection.
    pub(super) task_id: AttrValue,
    /// Photos were sent back.
    pub(super) changed: Callback<()>,
}

/// The field for the file, and what its rows mean.
#[component]
pub(super) fn Results(props: &ResultsProps) -> Html {
    let (texts, lang) = (use_text::<DeliveryTexts>(), use_lang());
    let (file, report) = (use_state(|| None::<File>), use_state(|| None));
    let source = use_state(|| AttrValue::from(ResultSource::ChsiQuality.as_str()));
    let choose = {
        let setters = (file.setter(), report.setter());
        use_callback(setters, |event: Event, (file, report)| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            file.set(input.and_then(|input| input.files()?.get(0)));
            report.set(None);
        })
    };
    let choose_source = {
        let setters = (source.setter(), report.setter());
        use_callback(setters, |word: AttrValue, (source, report)| {
            source.set(word);
            report.set(None);
        })
    };
    let send = {
        let (task_id, changed) = (props.task_id.clone(), props.changed.clone());
        let (file, source, shown) = (file.clone(), source.clone(), report.setter());
        move |refusals: Option<i64>| {
            let (task_id, changed) = (task_id.clone(), changed.clone());
            let (file, source, shown) = ((*file).clone(), (*source).clone(), shown.clone());
            async move {
                if let Some(file) = file {
                    let found = upload(&task_id, &source, refusals, &file).await?;
                    if found.is_applied {
                        changed.emit(());
                    }
                    shown.set(Some(found));
                }
                Ok::<(), Failure>(())
            }
        }
    };
    let check = {
        let send = send.clone();
        use_action(move |()| send(None))
    };
    let refusals = report
        .as_ref()
        .map(|report: &PhotoResultsView| report.refusals);
    let apply = use_action(move |()| send(refusals));
    let choice = |source: &ResultSource| Choice {
        value: source.as_str().into(),
        label: source.label().get(lang).into(),
        more: None,
    };
    let choices: Vec<Choice> = ResultSource::ALL.iter().map(choice).collect();
    let count = refusals.unwrap_or_default();
    let is_open = report.as_ref().is_some_and(|report| !report.is_applied);
    html! {
        <section class="card stack">
            <h2>{ texts.results }</h2>
            <p class="muted">{ texts.results_lead }</p>
            <RadioCards name="source" legend={texts.source} {choices} value={(*source).clone()} onchange={choose_source} />
            <div class="field">
                <label for="result-file">{ texts.result_file }</label>
                <input id="result-file" class="input" type="file" accept=".csv,.txt,.xlsx,.dbf" onchange={choose} />
            </div>
            if let Some(failure) = check.failure {
                <ProblemBox {failure} />
            }
            <div class="actions">
                <Button onclick={check.run} is_busy={check.is_busy} disabled={file.is_none()}>{ texts.look }</Button>
            </div>
            if let Some(report) = &*report {
                { shown(report, lang) }
            }
            if is_open && count > 0 {
                <AskFirst id="send-back" label={texts.send_back} title={texts.send_back_title} keep={texts.keep} action={apply}>
                    <p>{ fill(texts.send_back_detail, &[("count", &count)]) }</p>
                </AskFirst>
            }
        </section>
    }
}

async fn upload(
    task_id: &str,
    source: &str,
    refusals: Option<i64>,
    file: &File,
) -> Result<PhotoResultsView, Failure> {
    let call = client::create_photo_results(task_id, source, refusals);
    let transfer = Transfer::new(&call.request)?;
    call.read(transfer.upload_file(file, |_| ()).await?)
}

/// What the rows mean, or what became of them.
fn shown(report: &PhotoResultsView, lang: Lang) -> Html {
    let texts = DeliveryTexts::of(lang);
    let count = |count: &ResultCount| {
        let known = ResultVerdict::parse(&count.verdict)?;
        Some(Fact::new(known.label().get(lang), count.rows.to_string()))
    };
    let counts: Vec<Fact> = report.counts.iter().filter_map(count).collect();
    let sides = &report.comparison;
    let sides = [
        Fact::new(texts.everywhere, sides.everywhere.to_string()),
        Fact::new(texts.not_in_file, sides.not_in_file.to_string()),
        Fact::new(texts.not_accepted, sides.not_accepted.to_string()),
        Fact::new(texts.only_listed, sides.only_listed.to_string()),
        Fact::new(texts.not_listed, sides.not_listed.to_string()),
    ];
    html! {
        <div class="stack" role="status">
            if report.is_applied {
                <Notice tone={Tone::Good}><p>{ texts.sent_back }</p></Notice>
            }
            { fact_list(&counts) }
            <h3>{ texts.comparison }</h3>
            { fact_list(&sides) }
            if !report.rows.is_empty() {
                <ul>{ for report.rows.iter().map(|row| row_of(row, lang)) }</ul>
            }
        </div>
    }
}

fn row_of(row: &ResultRowView, lang: Lang) -> Html {
    let texts = DeliveryTexts::of(lang);
    let reasons = row.reasons.iter();
    let reasons = reasons.filter_map(|word| RejectReason::parse(word));
    let reasons: Vec<&str> = reasons.map(|reason| reason.label().get(lang)).collect();
    let said = fill(
        texts.row,
        &[("number", &row.row_number), ("verdict", &row.label)],
    );
    html! {
        <li>
            { said }
            if !reasons.is_empty() {
                <span class="muted">{ format!(" {}", reasons.join(if lang == Lang::Zh { "、" } else { ", " })) }</span>
            }
        </li>
    }
}
