//! Refunds: those that wait for a second person, and all others.

use client::{Failure, RefundDecline, StaffRefundView};
use domain::Lang;
use domain::access::Permission;
use domain::refund::{NOTE_LENGTH, RefundState};
use model::Query;
use ui::lang::use_lang;
use ui::{
    AskFirst, Column, DataTable, Fact, Note, Notice, TablePage, TableSource, TextTable, Tone,
    fact_list, fill, moment_text, money, use_action, use_text,
};
use yew::{Callback, Html, Properties, component, html, use_callback, use_memo, use_state};

use super::frame::{framed, use_reload, word_filter};
use super::schools::use_school_filter;
use super::shape::{order_link, provider_name, refund_pill};
use super::text::MoneyTexts;
use crate::call::call;
use crate::fresh::use_fresh;
use crate::staff::use_staff;

/// How many rows a page has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn Refunds() -> Html {
    let (texts, lang) = (use_text::<MoneyTexts>(), use_lang());
    let school = use_school_filter();
    let (reload, changed) = use_reload();
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let states = RefundState::ALL.iter();
    let states = states.map(|it| (it.as_str(), it.label().get(lang)));
    let waits = [("yes", texts.waits)];
    let mut filters = vec![
        word_filter("waits", texts.second, waits.into_iter()),
        word_filter("state", texts.state, states),
    ];
    filters.extend(school);
    let panel = use_callback(changed, |refund: StaffRefundView, changed| {
        let key = format!("{}-{}", refund.out_refund_no, refund.state);
        html! { <RefundPanel {key} {refund} changed={changed.clone()} /> }
    });
    let list = html! {
        <DataTable<StaffRefundView> label={texts.refunds} columns={(*columns).clone()} {filters} source={(*source).clone()}
            {reload} {panel} empty={texts.no_refunds} empty_detail={texts.no_refunds_detail} />
    };
    framed(texts.refunds, texts.refunds_lead, list)
}

async fn ask(query: Query) -> Result<TablePage<StaffRefundView>, Failure> {
    let asked = client::list_refunds(
        query.get("school"),
        query.get("state"),
        query.get("waits").map(|_| true),
        Some(PAGE),
        query.get("after"),
    );
    let page = call(asked).await?;
    let key = |row: &StaffRefundView| row.out_refund_no.clone();
    Ok(TablePage::new(page.items, key, page.next))
}

fn columns(lang: Lang) -> Vec<Column<StaffRefundView>> {
    let texts = MoneyTexts::of(lang);
    vec![
        Column::new(texts.order, |row: &StaffRefundView| {
            order_link(&row.order_no)
        }),
        Column::number(texts.amount, |row: &StaffRefundView| money(row.amount_fen)),
        Column::new(texts.state, move |row: &StaffRefundView| pill(row, lang)),
        Column::new(texts.reason, |row: &StaffRefundView| {
            html! { { row.reason_label.clone() } }
        }),
        Column::new(texts.requested_by, move |row: &StaffRefundView| {
            html! { { requester(row, lang) } }
        }),
        Column::new(texts.requested, move |row: &StaffRefundView| {
            html! { { moment_text(row.requested_at, lang) } }
        }),
    ]
}

fn pill(refund: &StaffRefundView, lang: Lang) -> Html {
    let label = if refund.waits_for_approval {
        MoneyTexts::of(lang).waits
    } else {
        &refund.state_label
    };
    refund_pill(&refund.state, label)
}

fn requester(refund: &StaffRefundView, lang: Lang) -> String {
    let by = refund.requested_by.clone();
    by.unwrap_or_else(|| MoneyTexts::of(lang).by_itself.to_owned())
}

/// What a [`RefundPanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct RefundPanelProps {
    /// The refund.
    pub(super) refund: StaffRefundView,
    /// Something was decided.
    pub(super) changed: Callback<()>,
}

/// A refund with what can be decided about it.
#[component]
pub(super) fn RefundPanel(props: &RefundPanelProps) -> Html {
    let (texts, lang, session) = (use_text::<MoneyTexts>(), use_lang(), use_staff());
    let refund = &props.refund;
    let approved = refund.approved_at.map(|at| {
        let by = refund.approved_by.clone().unwrap_or_default();
        format!("{by} · {}", moment_text(at, lang))
    });
    let succeeded = refund.succeeded_at.map(|at| moment_text(at, lang));
    let facts = [
        Fact::new(texts.order, order_link(&refund.order_no)),
        Fact::new(
            texts.refund_number,
            html! { <span class="figures">{ refund.out_refund_no.clone() }</span> },
        ),
        Fact::new(texts.provider, provider_name(&refund.provider, lang)),
        Fact::new(texts.reason, refund.reason_label.clone()),
        Fact::maybe(
            texts.note,
            Some(refund.note.clone()).filter(|note| !note.is_empty()),
        ),
        Fact::new(
            texts.requested_by,
            format!(
                "{} · {}",
                requester(refund, lang),
                moment_text(refund.requested_at, lang)
            ),
        ),
        Fact::maybe(texts.second, approved),
        Fact::maybe(texts.returned, succeeded),
        Fact::maybe(texts.last_error, refund.last_error.clone()),
    ];
    let own = session.me().map(|me| me.account_id.clone());
    let is_own = own.is_some() && own == refund.requested_by_id;
    let may_decide = session.may(Permission::DecideRefunds);
    html! {
        <div class="stack">
            <div class="between"><h3>{ money(refund.amount_fen) }</h3>{ pill(refund, lang) }</div>
            { fact_list(&facts) }
            if refund.waits_for_approval && is_own {
                <Notice tone={Tone::Info}><p>{ texts.own_refund }</p></Notice>
            } else if refund.waits_for_approval && may_decide {
                <Decide number={refund.out_refund_no.clone()} amount_fen={refund.amount_fen} changed={props.changed.clone()} />
            }
        </div>
    }
}

/// What a [`Decide`] needs.
#[derive(Properties, PartialEq)]
struct DecideProps {
    number: String,
    amount_fen: i64,
    changed: Callback<()>,
}

/// The second person's yes or no.
#[component]
fn Decide(props: &DecideProps) -> Html {
    let (texts, note) = (use_text::<MoneyTexts>(), use_state(String::new));
    let fresh = use_fresh();
    let take = use_callback(note.setter(), |text: String, note| note.set(text));
    let approve = {
        let (fresh, number, changed) = (fresh.clone(), props.number.clone(), props.changed.clone());
        use_action(move |()| {
            let (fresh, number, changed) = (fresh.clone(), number.clone(), changed.clone());
            async move {
                fresh.run(|| call(client::approve_refund(&number))).await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let decline = {
        let (number, changed) = (props.number.clone(), props.changed.clone());
        let wanted = RefundDecline {
            note: (*note).clone(),
        };
        use_action(move |()| {
            let (fresh, number, changed) = (fresh.clone(), number.clone(), changed.clone());
            let wanted = wanted.clone();
            async move {
                fresh
                    .run(|| call(client::decline_refund(&number, &wanted)))
                    .await?;
                changed.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let amount = domain::Fen(props.amount_fen);
    let title = fill(texts.approve_title, &[("amount", &amount)]);
    let id = format!("refund-{}", props.number);
    html! {
        <div class="line">
            <AskFirst id={format!("{id}-approve")} label={texts.approve} {title} keep={texts.keep} action={approve}>
                <p>{ texts.approve_detail }</p>
            </AskFirst>
            <AskFirst id={format!("{id}-decline")} label={texts.decline} title={texts.decline_title} keep={texts.keep} action={decline}>
                <Note id={format!("{id}-note")} label={texts.note} hint={fill(texts.note_hint, &[("max", &NOTE_LENGTH)])}
                    value={(*note).clone()} oninput={take} max={NOTE_LENGTH} />
            </AskFirst>
        </div>
    }
}
