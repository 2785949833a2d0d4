//! Packages of photos for schools: made by the worker, downloaded by links, and acknowledged, by which their photos are
//! handed over.

mod build;
mod cutter;
mod discard;
mod file;
mod fit;
mod hand_over;
mod link;
mod manage;
mod pack;
mod prints;
mod scope;
mod signature;
mod tables;
mod work;

pub(crate) use discard::discard_outdated;
pub(crate) use file::delete_file_within;
pub use link::{DownloadLink, PackageFile, link, open};
pub use manage::{WantedDelivery, acknowledge, cancel, create, figures, get, list};
pub use prints::{ListedPrint, list_prints, move_prints, sign_prints};
pub use signature::{DeliverySigningKey, signing_keys};
pub(crate) use signature::{active_key_id, sign};
pub(crate) use work::work;
