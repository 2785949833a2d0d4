//! Results about delivered photos, from a file: looked at first, then applied.

use client::{PhotoResultsView, ResultCount, ResultRowView};
use domain::Lang;
use domain::photo_result::{ResultSource, ResultVerdict};
use domain::review::RejectReason;
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Choice, Fact, Notice, ProblemBox, RadioCards, TextTable, Tone, fact_list,
    fill, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::DeliveryTexts;
use crate::look_first::{use_file_field, use_look_first};

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
    let source = use_state(|| AttrValue::from(ResultSource::ChsiQuality.as_str()));
    let ask = {
        let (task_id, source) = (props.task_id.clone(), (*source).clone());
        move |refusals| client::create_photo_results(&task_id, &source, refusals)
    };
    let results = use_look_first(ask, props.changed.clone());
    let field = use_file_field(&results, "result-file", texts.result_file);
    let (look, apply) = (results.look.clone(), results.apply.clone());
    let setters = (source.setter(), results.report.setter());
    let choose_source = use_callback(setters, |word: AttrValue, (source, report)| {
        source.set(word);
        report.set(None);
    });
    let choice = |source: &ResultSource| Choice {
        value: source.as_str().into(),
        label: source.label().get(lang).into(),
        more: None,
    };
    let choices: Vec<Choice> = ResultSource::ALL.iter().map(choice).collect();
    html! {
        <section class="card stack">
            <h2>{ texts.results }</h2>
            <p class="muted">{ texts.results_lead }</p>
            <RadioCards name="source" legend={texts.source} {choices} value={(*source).clone()} onchange={choose_source} />
            { field }
            if let Some(failure) = look.failure {
                <ProblemBox {failure} />
            }
            <div class="actions">
                <Button onclick={look.run} is_busy={look.is_busy} disabled={!results.has_file()}>{ texts.look }</Button>
            </div>
            if let Some(report) = &*results.report {
                { shown(report, lang) }
            }
            if let Some(count) = results.open() {
                <AskFirst id="send-back" label={texts.send_back} title={texts.send_back_title} keep={texts.keep} action={apply}>
                    <p>{ fill(texts.send_back_detail, &[("count", &count)]) }</p>
                </AskFirst>
            }
        </section>
    }
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
