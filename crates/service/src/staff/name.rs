//! How colleagues call members of staff.

use std::collections::HashMap;

use domain::{AccountId, ResponsiblePerson};

use crate::{Context, Failure};

/// The names of some members of staff.
#[derive(Debug, Default)]
pub(crate) struct StaffNames(HashMap<AccountId, String>);

impl StaffNames {
    /// The name of a member of staff; `None` where there is none any more.
    pub(crate) fn get(&self, account_id: AccountId) -> Option<&str> {
        self.0.get(&account_id).map(String::as_str)
    }

    /// How a person is called: a member of staff whose name is gone by the id of their account.
    pub(crate) fn of(&self, person: &ResponsiblePerson) -> String {
        let name = person.account_id().and_then(|id| self.get(id));
        name.map_or_else(|| person.stored_name(), str::to_owned)
    }
}

/// The names of these accounts, where they are staff, in one statement.
pub(crate) async fn staff_names(
    context: &Context,
    accounts: impl Iterator<Item = AccountId>,
) -> Result<StaffNames, Failure> {
    let mut ids: Vec<AccountId> = accounts.collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = HashMap::with_capacity(ids.len());
    if ids.is_empty() {
        return Ok(StaffNames(names));
    }
    for member in store::staff::members(context.store.reader(), &ids).await? {
        let (owner, sealed) = (member.account_id, &member.name_sealed);
        let name = context.open_text("staff_members", "name_sealed", owner.0, sealed);
        names.insert(owner, name.await?);
    }
    Ok(StaffNames(names))
}
