//! What is known of a browser: that it logged in to the account before, and how many wrong codes came from it.

use domain::login::{FAILURE_WINDOW, Failures, KNOWN_BROWSER_LIFETIME};
use domain::{AccountId, Phone};
use store::Tx;
use store::entity::{code_failure, known_browser};

use crate::login::Caller;
use crate::{Context, Failure};

/// Whether the browser logged in to this phone's account within the last half year.
pub(super) async fn is_known(
    context: &Context,
    caller: &Caller,
    phone: &Phone,
) -> Result<bool, Failure> {
    let on = context.store.reader();
    let indexes = context.vault.provider().phone_indexes(phone.e164());
    let indexes: Vec<_> = indexes.iter().map(|known| known.index).collect();
    let Some(account) = store::account::by_phone(on, &indexes).await? else {
        return Ok(false);
    };
    let since = context.now() - KNOWN_BROWSER_LIFETIME;
    let (id, browser) = (AccountId(account.id), caller.browser_hash());
    Ok(store::login::knows_browser(on, id, &browser, since).await?)
}

/// Remembers that the browser logged in to an account.
pub(super) async fn remember(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    account: AccountId,
) -> Result<(), Failure> {
    let row = known_browser::Model {
        account_id: account.0,
        browser_hash: caller.browser_hash().to_vec(),
        last_login_at: context.now(),
    };
    Ok(store::login::remember_browser(tx, row).await?)
}

/// The wrong codes that came from the browser for a phone.
pub(super) async fn failures(
    on: &impl store::Connection,
    phone_index: &[u8],
    caller: &Caller,
) -> Result<Failures, Failure> {
    let row = store::login::code_failures(on, phone_index, &caller.browser_hash()).await?;
    Ok(row.map_or_else(Failures::default, |row| Failures {
        count: row.failures,
        window_started_at: row.window_started_at,
    }))
}

/// Keeps how many wrong codes came from the browser for a phone.
pub(super) async fn keep_failures(
    tx: &Tx,
    phone_index: &[u8],
    caller: &Caller,
    failures: Failures,
) -> Result<(), Failure> {
    let row = code_failure::Model {
        phone_index: phone_index.to_vec(),
        browser_hash: caller.browser_hash().to_vec(),
        failures: failures.count,
        window_started_at: failures.window_started_at,
    };
    Ok(store::login::keep_code_failures(tx, row).await?)
}

/// Forgets browsers that were not seen for half a year, and wrong codes that do not count any more.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let (on, now) = (context.store.writer(), context.now());
    store::login::forget_browsers(on, now - KNOWN_BROWSER_LIFETIME).await?;
    Ok(store::login::forget_code_failures(on, now - FAILURE_WINDOW).await?)
}
