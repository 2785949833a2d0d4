//! Which account takes or took money. The database is asked each time, so that keys that any server copy replaced count at
//! once; only the client is kept that was made of them.

use domain::payment::{MerchantAccount, Provider};
use domain::school::School;
use domain::school_merchant::SchoolMerchant;
use store::StoreError;

use super::accounts::Merchant;
use super::keys::MerchantKeys;
use crate::{Context, Failure};

/// The table and column that keys are sealed for.
pub(super) const PLACE: (&str, &str) = ("merchant_accounts", "keys_sealed");

/// The account that takes a school's new payments at a provider: the one that it was given, else its own or the common one of
/// the configuration.
pub(crate) async fn of_school(
    context: &Context,
    provider: Provider,
    school: &School,
) -> Result<Option<Merchant>, Failure> {
    let on = context.store.reader();
    if let Some(given) = store::school_merchant::active_of(on, school.id, provider).await? {
        return open(context, given).await.map(Some);
    }
    let configured = context.merchants.configured_for(provider, &school.code);
    Ok(configured.cloned())
}

/// The providers at which a school's new payments can be taken.
pub(crate) async fn providers_of(
    context: &Context,
    school: &School,
) -> Result<Vec<Provider>, Failure> {
    let mut providers = Vec::new();
    for &provider in Provider::ALL {
        if of_school(context, provider, school).await?.is_some() {
            providers.push(provider);
        }
    }
    Ok(providers)
}

/// The account that a notice address or a row names, also where it takes no new payments.
pub(crate) async fn by_account(
    context: &Context,
    account: MerchantAccount<'_>,
) -> Result<Option<Merchant>, Failure> {
    if let Some(configured) = context.merchants.configured_as(account) {
        return Ok(Some(configured.clone()));
    }
    let given = store::school_merchant::named(context.store.reader(), account).await?;
    match given {
        Some(given) => open(context, given).await.map(Some),
        None => Ok(None),
    }
}

/// Every account whose bills are compared. One whose keys cannot be opened is reported and left out, so that it is not in the
/// way of the others.
pub(crate) async fn all(context: &Context) -> Result<Vec<Merchant>, Failure> {
    let mut accounts = context.merchants.configured().to_vec();
    let given = store::school_merchant::of_all_schools(context.store.reader()).await?;
    let now = context.now();
    for one in given.into_iter().filter(|one| one.has_bills(now)) {
        match open(context, one).await {
            Ok(merchant) => accounts.push(merchant),
            Err(error) => context.report("The keys of a merchant account cannot be used", &error),
        }
    }
    Ok(accounts)
}

async fn open(context: &Context, given: SchoolMerchant) -> Result<Merchant, Failure> {
    if let Some(made) = context.merchants.made(given.id, given.version) {
        return Ok(made);
    }
    let opened = context.open(PLACE.0, PLACE.1, given.id.0, &given.keys);
    let keys = MerchantKeys::read(&opened.await?);
    let broken = || StoreError::corrupt("merchant_accounts.keys_sealed");
    let client = context.merchants.make(&keys.ok_or_else(broken)?);
    let client = client.map_err(|_| broken())?;
    let (id, version) = (given.id, given.version);
    let merchant = Merchant {
        account: given.name,
        school_code: None,
        merchant_no: given.merchant_no,
        fee_rate: given.fee_rate,
        client,
    };
    context.merchants.keep(id, version, merchant.clone());
    Ok(merchant)
}
