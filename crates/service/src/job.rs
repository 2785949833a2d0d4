//! The background work that is due.

use crate::{
    Context, Failure, captcha, login, notice, order, payment, photo, reconciliation, refund,
    retention,
};

/// Does what is due; safe in any number of copies, and cut off anywhere it goes on in the next round.
///
/// # Errors
/// The first failure; the other work is done all the same.
pub async fn run_due(context: &Context) -> Result<(), Failure> {
    let rounds = [
        notice::sweep(context).await,
        payment::sweep(context).await,
        refund::sweep(context).await,
        order::sweep(context).await,
        reconciliation::sweep(context).await,
        photo::sweep(context).await,
        retention::sweep(context).await,
        captcha::sweep(context).await,
        login::sweep(context).await,
    ];
    rounds.into_iter().collect()
}

/// Writes the lines of failures that repeated and then stopped: nothing else would report the last of them.
pub fn write_aggregated(context: &Context) {
    for (group, count) in context.log_aggregator.take_due(context.now()) {
        tracing::error!(log.group = group, log.count = count, "Repeated: {group}");
    }
}
