//! What an order costs, line by line.

use client::OrderView;
use domain::Lang;
use domain::task::Payer;
use ui::{TextTable, money};
use yew::{Html, html};

use super::text::OrderTexts;

/// The lines and their sum.
pub(crate) fn fees(order: &OrderView, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let is_paid_by_school = Payer::parse(&order.payer) == Some(Payer::School);
    let line = |label: &str, fen: i64| {
        html! {
            <div class="fee-line"><dt>{ label.to_owned() }</dt><dd>{ money(fen) }</dd></div>
        }
    };
    html! {
        <dl class="fees">
            { for order.lines.iter().map(|fee| line(&fee.label, fee.amount_fen)) }
            if is_paid_by_school {
                { line(texts.paid_by_school, -order.list_fen) }
            }
            <div class="fee-line fee-total"><dt>{ texts.total }</dt><dd>{ money(order.due_fen) }</dd></div>
        </dl>
    }
}
