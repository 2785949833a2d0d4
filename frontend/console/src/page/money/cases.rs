//! What about money a person must look at.

use client::{CaseResolved, Failure, MoneyCaseView};
use domain::Lang;
use domain::money_case::{CaseKind, CaseState, RESOLUTION_LENGTH};
use model::Query;
use ui::lang::use_lang;
use ui::{
    AskFirst, Column, DataTable, Fact, Filter, Note, Notice, Shape, TablePage, TableSource,
    TextTable, Tone, fact_list, fill, moment_text, money, status_pill, use_action, use_text,
};
use yew::{Callback, Html, Properties, component, html, use_callback, use_memo, use_state};

use super::frame::{framed, use_reload, word_filter};
use super::schools::use_school_filter;
use super::shape::{order_link, provider_name};
use super::text::MoneyTexts;
use crate::call::call;

/// How many rows a page has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn MoneyCases() -> Html {
    let (texts, lang) = (use_text::<MoneyTexts>(), use_lang());
    let school = use_school_filter();
    let (reload, changed) = use_reload();
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let mut filters = filters(lang);
    filters.extend(school);
    let panel = use_callback(changed, |case: MoneyCaseView, changed| {
        let key = format!("{}-{}", case.id, case.state);
        html! { <CasePanel {key} {case} changed={changed.clone()} /> }
    });
    let list = html! {
        <DataTable<MoneyCaseView> label={texts.cases} columns={(*columns).clone()} {filters} source={(*source).clone()}
            {reload} {panel} empty={texts.no_cases} empty_detail={texts.no_cases_detail} />
    };
    framed(texts.cases, texts.cases_lead, list)
}

async fn ask(query: Query) -> Result<TablePage<MoneyCaseView>, Failure> {
    let asked = client::list_money_cases(
        query.get("state"),
        query.get("kind"),
        query.get("school"),
        Some(PAGE),
        query.get("after"),
    );
    let page = call(asked).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn filters(lang: Lang) -> Vec<Filter> {
    let texts = MoneyTexts::of(lang);
    let kinds = CaseKind::ALL.iter();
    let kinds = kinds.map(|it| (it.as_str(), it.label().get(lang)));
    // Without a filter the open ones are listed.
    let ended = CaseState::Resolved;
    let ended = [(ended.as_str(), ended.label().get(lang))];
    vec![
        word_filter("state", texts.state, ended.into_iter()),
        word_filter("kind", texts.kind, kinds),
    ]
}

fn columns(lang: Lang) -> Vec<Column<MoneyCaseView>> {
    let texts = MoneyTexts::of(lang);
    vec![
        Column::new(texts.kind, |row: &MoneyCaseView| {
            html! { { row.kind_label.clone() } }
        }),
        Column::new(texts.order, |row: &MoneyCaseView| {
            row.order_no.as_deref().map(order_link).unwrap_or_default()
        }),
        Column::number(texts.amount, |row: &MoneyCaseView| {
            row.amount_fen.map(money).unwrap_or_default()
        }),
        Column::new(texts.provider, move |row: &MoneyCaseView| {
            html! { { format!("{} {}", provider_name(&row.provider, lang), row.merchant_account) } }
        }),
        Column::new(texts.opened, move |row: &MoneyCaseView| {
            html! { { moment_text(row.opened_at, lang) } }
        }),
    ]
}

/// What a [`CasePanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct CasePanelProps {
    /// The case.
    pub(super) case: MoneyCaseView,
    /// It was resolved.
    pub(super) changed: Callback<()>,
}

/// A case with what to do about it.
#[component]
pub(super) fn CasePanel(props: &CasePanelProps) -> Html {
    let (texts, lang) = (use_text::<MoneyTexts>(), use_lang());
    let case = &props.case;
    let is_open = CaseState::parse(&case.state) == Some(CaseState::Open);
    let state = CaseState::parse(&case.state).map_or("", |state| state.label().get(lang));
    let shape = if is_open { Shape::Bad } else { Shape::Over };
    let resolved = case.resolved_at.map(|at| {
        let by = case.resolved_by.clone();
        let by = by.unwrap_or_else(|| texts.by_itself.to_owned());
        format!("{by} · {}", moment_text(at, lang))
    });
    let facts = [
        Fact::maybe(texts.order, case.order_no.as_deref().map(order_link)),
        Fact::maybe(texts.amount, case.amount_fen.map(money)),
        Fact::new(
            texts.provider,
            format!(
                "{} {}",
                provider_name(&case.provider, lang),
                case.merchant_account
            ),
        ),
        Fact::new(texts.opened, moment_text(case.opened_at, lang)),
        Fact::new(texts.seen, case.seen_count.to_string()),
        Fact::maybe(texts.resolved, resolved),
        Fact::maybe(texts.resolution, case.resolution.clone()),
    ];
    html! {
        <div class="stack">
            <div class="between"><h3>{ case.kind_label.clone() }</h3>{ status_pill(shape, state) }</div>
            if case.is_unverified {
                <Notice tone={Tone::Warn}><p>{ texts.unverified }</p></Notice>
            }
            if is_open {
                <p>{ case.advice.clone() }</p>
            }
            { fact_list(&facts) }
            <details>
                <summary>{ texts.facts }</summary>
                <pre class="facts-text">{ serde_json::to_string_pretty(&case.facts).unwrap_or_default() }</pre>
            </details>
            if is_open {
                <Resolve case_id={case.id.clone()} changed={props.changed.clone()} />
            }
        </div>
    }
}

/// What a [`Resolve`] needs.
#[derive(Properties, PartialEq)]
struct ResolveProps {
    case_id: String,
    changed: Callback<()>,
}

/// Saying how a case was resolved.
#[component]
fn Resolve(props: &ResolveProps) -> Html {
    let (texts, note) = (use_text::<MoneyTexts>(), use_state(String::new));
    let take = use_callback(note.setter(), |text: String, note| note.set(text));
    let resolve = {
        let (id, changed) = (props.case_id.clone(), props.changed.clone());
        let wanted = CaseResolved {
            note: (*note).clone(),
        };
        use_action(move |()| {
            let (id, changed, wanted) = (id.clone(), changed.clone(), wanted.clone());
            async move {
                call(client::resolve_money_case(&id, &wanted)).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let id = format!("case-{}", props.case_id);
    html! {
        <div class="line">
            <AskFirst id={id.clone()} label={texts.resolve} title={texts.resolve_title} keep={texts.keep} action={resolve}>
                <Note id={format!("{id}-note")} label={texts.resolution}
                    hint={fill(texts.resolution_hint, &[("max", &RESOLUTION_LENGTH)])} value={(*note).clone()} oninput={take}
                    max={RESOLUTION_LENGTH} />
            </AskFirst>
        </div>
    }
}
