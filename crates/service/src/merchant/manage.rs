//! Giving a school an account of its own, replacing its keys, and retiring it. Keys go in and never come out.

use data_encoding::BASE32_NOPAD;
use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::payment::Provider;
use domain::reconciliation::FeeRate;
use domain::school::School;
use domain::school_merchant::{MerchantChange, SchoolMerchant, merchant_change};
use domain::{FieldError, MerchantAccountId, ProblemCode, Refusal, SchoolId, Sealed};
use secrecy::ExposeSecret;
use store::Tx;
use store::audit::Audited;

use super::find::PLACE;
use super::keys::{KeyFault, MerchantKeys};
use crate::audit::{About, Deed, note};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// The random bytes of the name of an account: 80 bits, which cannot be guessed.
const NAME_BYTES: usize = 10;
/// The largest fee: all of a payment.
const MOST_FEE: FeeRate = FeeRate(10_000);

/// An account that a school is given.
#[derive(Debug, Clone)]
pub struct NewMerchant {
    /// Its keys.
    pub keys: MerchantKeys,
    /// What the provider takes of a payment; without it the rate that was known stays.
    pub fee_rate: Option<FeeRate>,
}

/// The accounts that a school has or had, the oldest first; never their keys.
///
/// # Errors
/// `school.unknown`.
pub async fn list(
    context: &Context,
    reach: &Reach,
    school: &str,
) -> Result<Vec<SchoolMerchant>, Failure> {
    let school = read_school(school)?;
    let on = context.store.reader();
    let school = store::school::within_reach(on, school, reach).await?;
    let school = school.ok_or(ProblemCode::SchoolUnknown)?;
    Ok(store::school_merchant::of_school(on, school.id).await?)
}

/// Gives a school an account, or replaces the keys of the one with this merchant number. Another one that took its payments is
/// retired: it answers for what it took.
///
/// # Errors
/// `school.unknown`; `merchant_account.keys_invalid` with the field; `merchant_account.number_taken`.
pub async fn put(
    context: &Context,
    actor: &Actor,
    school: &str,
    new: NewMerchant,
) -> Result<SchoolMerchant, Failure> {
    let reach = actor.require(Permission::ManageSchools)?;
    let (provider, keys) = (new.keys.provider(), &new.keys);
    if new.fee_rate.is_some_and(|rate| rate.0 > MOST_FEE.0) {
        let error = FieldError::new("/fee_basis_points", ProblemCode::TaskNumber);
        return Err(Refusal::field(error.with("min", 0).with("max", MOST_FEE.0)).into());
    }
    if let Err(KeyFault(pointer)) = context.merchants.make(keys) {
        return Err(Refusal::field(FieldError::new(pointer, ProblemCode::MerchantKeys)).into());
    }
    if is_configured(context, keys) {
        return Err(ProblemCode::MerchantNumberTaken.into());
    }
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    let school = lock_school(&tx, school, &reach).await?;
    let known = store::school_merchant::numbered(&tx, provider, keys.merchant_no()).await?;
    let change = merchant_change(known.as_ref(), school.id, keys.application());
    let change = change.ok_or(ProblemCode::MerchantNumberTaken)?;
    let base = known.unwrap_or_else(|| fresh(context, &school, keys));
    let plain = keys.to_seal();
    let keys_sealed = sealer.seal(
        PLACE.0,
        PLACE.1,
        base.id.0,
        plain.expose_secret().as_bytes(),
    )?;
    let account = SchoolMerchant {
        keys: keys_sealed.into(),
        fee_rate: new.fee_rate.or(base.fee_rate),
        retired_at: None,
        version: base.version + 1,
        updated_at: context.now(),
        ..base
    };
    retire_others(context, &tx, &school, &account).await?;
    let action = match change {
        MerchantChange::Add => {
            store::school_merchant::insert(&tx, &account).await?;
            AuditAction::MerchantAccountAdded
        }
        MerchantChange::ReplaceKeys => {
            store::school_merchant::save(&tx, &account).await?;
            AuditAction::MerchantKeysReplaced
        }
    };
    let audited = note_account(context, &tx, actor, action, &account).await?;
    store::commit(tx, audited).await?;
    Ok(account)
}

/// Has a school's account at a provider take no new payments; they go to the common account again.
///
/// # Errors
/// `school.unknown`; `merchant_account.unknown`, also where it was retired before.
pub async fn retire(
    context: &Context,
    actor: &Actor,
    school: &str,
    provider: &str,
) -> Result<(), Failure> {
    let reach = actor.require(Permission::ManageSchools)?;
    let provider = Provider::parse(provider).ok_or(ProblemCode::MerchantUnknown)?;
    let tx = context.store.begin().await?;
    let school = lock_school(&tx, school, &reach).await?;
    let active = store::school_merchant::active_of(&tx, school.id, provider).await?;
    let active = active.ok_or(ProblemCode::MerchantUnknown)?;
    let retired = save_retired(context, &tx, active).await?;
    let action = AuditAction::MerchantAccountRetired;
    let audited = note_account(context, &tx, actor, action, &retired).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Whether the number is that of an account of the configuration, whose bill would then name payments of both.
fn is_configured(context: &Context, keys: &MerchantKeys) -> bool {
    let mut configured = context.merchants.configured().iter();
    configured.any(|one| one.provider() == keys.provider() && one.merchant_no == keys.merchant_no())
}

/// An account as it is before it has keys.
fn fresh(context: &Context, school: &School, keys: &MerchantKeys) -> SchoolMerchant {
    let now = context.now();
    SchoolMerchant {
        id: context.new_id(MerchantAccountId::new),
        school_id: school.id,
        provider: keys.provider(),
        name: BASE32_NOPAD
            .encode(&context.random_bytes::<NAME_BYTES>())
            .to_ascii_lowercase(),
        merchant_no: keys.merchant_no().to_owned(),
        application: keys.application().to_owned(),
        fee_rate: None,
        keys: Sealed::from(Vec::new()),
        retired_at: None,
        version: 0,
        created_at: now,
        updated_at: now,
    }
}

/// A school has one account at a provider that takes new payments.
async fn retire_others(
    context: &Context,
    tx: &Tx,
    school: &School,
    kept: &SchoolMerchant,
) -> Result<(), Failure> {
    let active = store::school_merchant::active_of(tx, school.id, kept.provider).await?;
    if let Some(other) = active.filter(|one| one.id != kept.id) {
        save_retired(context, tx, other).await?;
    }
    Ok(())
}

async fn save_retired(
    context: &Context,
    tx: &Tx,
    account: SchoolMerchant,
) -> Result<SchoolMerchant, Failure> {
    let now = context.now();
    let retired = SchoolMerchant {
        retired_at: Some(now),
        updated_at: now,
        ..account
    };
    store::school_merchant::save(tx, &retired).await?;
    Ok(retired)
}

fn read_school(school: &str) -> Result<SchoolId, ProblemCode> {
    school.parse().map_err(|_| ProblemCode::SchoolUnknown)
}

/// The school, locked until `tx` ends, so that two changes of its accounts come one after the other.
async fn lock_school(tx: &Tx, school: &str, reach: &Reach) -> Result<School, Failure> {
    let school = store::school::lock(tx, read_school(school)?, reach).await?;
    school.ok_or_else(|| ProblemCode::SchoolUnknown.into())
}

async fn note_account(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    account: &SchoolMerchant,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::MerchantAccount,
        object_id: account.id.0,
        school_id: Some(account.school_id),
    };
    note(context, tx, actor, deed, About::default()).await
}
