//! What an order costs, line by line.

use client::OrderView;
use domain::task::Payer;
use yew::{Html, Properties, component, html};

use crate::component::Money;
use crate::lang::use_texts;

#[derive(Properties, PartialEq)]
pub(crate) struct FeesProps {
    /// The order.
    pub(crate) order: OrderView,
}

/// The lines and their sum.
#[component]
pub(crate) fn Fees(props: &FeesProps) -> Html {
    let texts = &use_texts().order;
    let order = &props.order;
    let is_paid_by_school = Payer::parse(&order.payer) == Some(Payer::School);
    let line = |label: &str, fen: i64| {
        html! {
            <div class="fee-line"><dt>{ label.to_owned() }</dt><dd><Money {fen} /></dd></div>
        }
    };
    html! {
        <dl class="fees">
            { for order.lines.iter().map(|fee| line(&fee.label, fee.amount_fen)) }
            if is_paid_by_school {
                { line(texts.paid_by_school, -order.list_fen) }
            }
            <div class="fee-line fee-total"><dt>{ texts.total }</dt><dd><Money fen={order.due_fen} /></dd></div>
        </dl>
    }
}
