//! How the student of an order is reached, sealed in its row.

use domain::contact::Contact;
use domain::order::Order;
use domain::{OrderId, Phone, Sealed};
use providers::keys::SealError;
use serde::{Deserialize, Serialize};
use store::StoreError;

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
pub(crate) fn seal(
    sealer: &Sealer,
    order: OrderId,
    phone: &Phone,
    contact: Contact,
) -> Result<Sealed, SealError> {
    let document = Document {
        phone: phone.e164().to_owned(),
        contact,
    };
    let text = serde_json::json!(document).to_string();
    let bytes = sealer.seal(TABLE, COLUMN, order.0, text.as_bytes())?;
    Ok(Sealed::from(bytes))
}

/// Opens the contact data of an order.
pub(crate) async fn open(context: &Context, row: &Order) -> Result<(Phone, Contact), Failure> {
    let text = context
        .open_text(TABLE, COLUMN, row.id.0, row.contact.as_bytes())
        .await?;
    let document: Option<Document> = serde_json::from_str(&text).ok();
    let read = document.and_then(|read| Some((Phone::from_e164(&read.phone)?, read.contact)));
    Ok(read.ok_or_else(|| StoreError::Corrupt {
        what: format!("{TABLE}.{COLUMN}"),
    })?)
}
