//! One order: what happened, who paid what, and what went back.

use client::{AttemptView, MoneyCaseView, OrderMomentView, StaffOrderDetailsView, StaffRefundView};
use domain::Lang;
use domain::access::Permission;
use domain::order::OrderStatus;
use ui::lang::use_lang;
use ui::{
    Button, Fact, Look, Notice, Sheet, TextTable, Title, Tone, async_view, fact_list, moment_text,
    money, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::ask_refund::AskRefund;
use super::cases::CasePanel;
use super::refunds::RefundPanel;
use super::shape::{order_pill, provider_name};
use super::tabs::MoneyTabs;
use super::text::MoneyTexts;
use crate::call::call;
use crate::staff::use_staff;

/// What [`Order`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct OrderProps {
    /// The order's number.
    pub(crate) order_no: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Order(props: &OrderProps) -> Html {
    let (texts, lang, session) = (use_text::<MoneyTexts>(), use_lang(), use_staff());
    let (reload, is_asking) = (use_state(|| 0_u32), use_state(|| false));
    let ask = use_callback(is_asking.setter(), |(), is_asking| is_asking.set(true));
    let close = use_callback(is_asking.setter(), |(), is_asking| is_asking.set(false));
    let changed = use_callback(
        (reload.clone(), is_asking.setter()),
        |(), (reload, is_asking)| {
            reload.set(**reload + 1);
            is_asking.set(false);
        },
    );
    let details = use_loader(
        (props.order_no.clone(), *reload),
        |(order_no, _)| async move { call(client::get_staff_order(&order_no)).await },
    );
    let may_refund = session.may(Permission::RequestRefunds);
    let may_resolve = session.may(Permission::ResolveMoneyCases);
    let view = |details: &StaffOrderDetailsView| {
        let order = &details.order.order;
        let status = OrderStatus::parse(&order.status);
        let is_settled = matches!(
            status,
            Some(OrderStatus::Paid | OrderStatus::PartiallyRefunded)
        );
        let facts = facts(details, lang);
        html! {
            <div class="stack">
                <div class="between">
                    { order_pill(&order.status, &order.status_label) }
                    if may_refund && is_settled {
                        <div class="line"><Button look={Look::Second} onclick={ask.clone()}>{ texts.ask_refund }</Button></div>
                    }
                </div>
                if details.order.needs_review {
                    <Notice tone={Tone::Warn}><p>{ texts.needs_review }</p></Notice>
                }
                { fact_list(&facts) }
                { refunds(&details.refunds, &changed, texts) }
                { cases(&details.cases, may_resolve, &changed, texts) }
                <section class="stack">
                    <h2>{ texts.timeline }</h2>
                    <ol class="timeline">{ for details.timeline.iter().map(|entry| moment(entry, lang)) }</ol>
                </section>
                { attempts(&details.attempts, lang) }
                if *is_asking {
                    <Sheet id="ask-refund" title={texts.ask_refund} onclose={close.clone()}>
                        <AskRefund order_no={props.order_no.clone()} left_fen={order.due_fen - order.refunded_fen}
                            changed={changed.clone()} />
                    </Sheet>
                }
            </div>
        }
    };
    html! {
        <div class="stack">
            <Title text={format!("{} {}", texts.order, props.order_no)} />
            <MoneyTabs />
            { async_view(&details, |details| view(details)) }
        </div>
    }
}

fn facts(details: &StaffOrderDetailsView, lang: Lang) -> Vec<Fact> {
    let texts = MoneyTexts::of(lang);
    let (row, order) = (&details.order, &details.order.order);
    let lines = details.lines.iter();
    let lines: Vec<Html> = lines
        .map(|line| html! { <div>{ line.label.clone() }{ " " }{ money(line.amount_fen) }</div> })
        .collect();
    let paid = order.paid_at.map(|at| moment_text(at, lang));
    let provider = row.provider.as_deref();
    vec![
        Fact::new(texts.school, row.school_name.clone()),
        Fact::new(texts.task, row.task_name.clone()),
        Fact::maybe(
            texts.lines,
            (!lines.is_empty()).then(|| html! { <>{ for lines }</> }),
        ),
        Fact::new(texts.due, money(order.due_fen)),
        Fact::new(texts.refunded, money(order.refunded_fen)),
        Fact::maybe(texts.provider, provider.map(|one| provider_name(one, lang))),
        Fact::new(texts.created, moment_text(order.created_at, lang)),
        Fact::maybe(texts.paid, paid),
    ]
}

fn moment(entry: &OrderMomentView, lang: Lang) -> Html {
    html! {
        <li>
            <span class="muted figures">{ moment_text(entry.at, lang) }</span>
            <span>
                { entry.label.clone() }
                if let Some(amount) = entry.amount_fen {
                    { " " }{ money(amount) }
                }
                if let Some(number) = entry.number.clone() {
                    { " " }<span class="muted figures">{ number }</span>
                }
            </span>
        </li>
    }
}

fn refunds(refunds: &[StaffRefundView], changed: &Callback<()>, texts: &MoneyTexts) -> Html {
    html! {
        if !refunds.is_empty() {
            <section class="stack">
                <h2>{ texts.refunds }</h2>
                { for refunds.iter().map(|refund| html! {
                    <section class="card" key={refund.out_refund_no.clone()}>
                        <RefundPanel refund={refund.clone()} changed={changed.clone()} />
                    </section>
                }) }
            </section>
        }
    }
}

fn cases(
    cases: &[MoneyCaseView],
    may_resolve: bool,
    changed: &Callback<()>,
    texts: &MoneyTexts,
) -> Html {
    html! {
        if may_resolve && !cases.is_empty() {
            <section class="stack">
                <h2>{ texts.cases }</h2>
                { for cases.iter().map(|case| html! {
                    <section class="card" key={case.id.clone()}>
                        <CasePanel case={case.clone()} changed={changed.clone()} />
                    </section>
                }) }
            </section>
        }
    }
}

fn attempts(attempts: &[AttemptView], lang: Lang) -> Html {
    let texts = MoneyTexts::of(lang);
    html! {
        if !attempts.is_empty() {
            <section class="stack">
                <h2>{ texts.attempts }</h2>
                <div class="table-frame" role="region" aria-label={texts.attempts} tabindex="0">
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{ texts.our_number }</th>
                            <th scope="col">{ texts.provider_number }</th>
                            <th scope="col">{ texts.provider }</th>
                            <th scope="col">{ texts.state }</th>
                            <th scope="col" class="number">{ texts.received }</th>
                            <th scope="col">{ texts.created }</th>
                        </tr></thead>
                        <tbody>{ for attempts.iter().map(|attempt| html! {
                            <tr key={attempt.out_trade_no.clone()}>
                                <td class="figures">{ attempt.out_trade_no.clone() }</td>
                                <td class="figures">{ attempt.provider_number.clone().unwrap_or_default() }</td>
                                <td>{ provider_name(&attempt.provider, lang) }</td>
                                <td>{ attempt.state_label.clone() }</td>
                                <td class="number">{ money(attempt.received_fen) }</td>
                                <td>{ moment_text(attempt.created_at, lang) }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            </section>
        }
    }
}
