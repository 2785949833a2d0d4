//! What is known of a browser: that it logged in to the account before, and how many wrong codes came from it.

use domain::login::{FAILURE_WINDOW, Failures, KNOWN_BROWSER_LIFETIME};
use domain::{AccountId, KeyedHash, Phone};
use store::Tx;

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
    let browser = caller.browser_hash();
    Ok(store::login::knows_browser(on, account.id, &browser, since).await?)
}

/// Remembers that the browser logged in to an account.
pub(super) async fn remember(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    account: AccountId,
) -> Result<(), Failure> {
    let browser = caller.browser_hash().into();
    Ok(store::login::remember_browser(tx, account, browser, context.now()).await?)
}

/// The wrong codes that came from the browser for a phone.
pub(super) async fn failures(
    on: &impl store::Connection,
    phone_index: &[u8],
    caller: &Caller,
) -> Result<Failures, Failure> {
    Ok(store::login::code_failures(on, phone_index, &caller.browser_hash()).await?)
}

/// Keeps how many wrong codes came from the browser for a phone.
pub(super) async fn keep_failures(
    tx: &Tx,
    phone_index: &KeyedHash,
    caller: &Caller,
    failures: Failures,
) -> Result<(), Failure> {
    let (phone, browser) = (phone_index.clone(), caller.browser_hash().into());
    Ok(store::login::keep_code_failures(tx, phone, browser, failures).await?)
}

/// Forgets browsers that were not seen for half a year, and wrong codes that do not count any more.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let (on, now) = (context.store.writer(), context.now());
    store::login::forget_browsers(on, now - KNOWN_BROWSER_LIFETIME).await?;
    Ok(store::login::forget_code_failures(on, now - FAILURE_WINDOW).await?)
}
