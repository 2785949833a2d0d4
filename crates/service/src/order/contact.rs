//! How the student of an order is reached, sealed in its row.

use domain::contact::Contact;
use domain::{OrderId, Phone};
use providers::keys::SealError;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::entity::order;

use crate::vault::Sealer;
use crate::{Context, Failure};

const TABLE: &str = "orders";
const COLUMN: &str = "contact_sealed";

/// The sealed document.
#[derive(Serialize, Deserialize)]
struct Document {
    phone: String,
    #[serde(flatten)]
    contact: Contact,
}

/// Seals the contact data of an order.
pub(super) fn seal(
    sealer: &Sealer,
    order: OrderId,
    phone: &Phone,
    contact: Contact,
) -> Result<Vec<u8>, SealError> {
    let document = Document {
        phone: phone.e164().to_owned(),
        contact,
    };
    let text = serde_json::json!(document).to_string();
    sealer.seal(TABLE, COLUMN, order.0, text.as_bytes())
}

/// Opens the contact data of an order.
pub(super) async fn open(
    context: &Context,
    row: &order::Model,
) -> Result<(Phone, Contact), Failure> {
    let text = context
        .open_text(TABLE, COLUMN, row.id, &row.contact_sealed)
        .await?;
    let document: Option<Document> = serde_json::from_str(&text).ok();
    let read = document.and_then(|read| Some((Phone::from_e164(&read.phone)?, read.contact)));
    Ok(read.ok_or_else(|| StoreError::Corrupt {
        what: format!("{TABLE}.{COLUMN}"),
    })?)
}
