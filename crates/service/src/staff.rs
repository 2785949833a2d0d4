//! Staff: who may do what in the console, proven by a code to the phone and a second factor.

mod create;
mod device;
mod invitation;
mod list;
mod manage;
mod me;
mod name;
mod second_factor;
mod signed_in;

pub use create::{NewOperator, create_operator, reset_operator_device};
pub(crate) use device::replace_codes;
pub use device::{NewDevice, begin_device, confirm_device, make_recovery_codes};
pub use list::{StaffEntry, list, permissions_of};
pub use manage::{NewStaff, RoleChange, change, grant, invite_again, reset_device, revoke};
pub use me::{HeldPermission, HeldRole, StaffMe, me};
pub(crate) use name::{StaffNames, staff_names};
pub use second_factor::{SecondFactor, confirm};
pub use signed_in::{SignedIn, sign_in};
