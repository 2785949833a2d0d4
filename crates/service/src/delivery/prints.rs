//! Prints of the photos of a package: that they were printed, that the school has them, and who signed for theirs.

use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::audit::AuditAction;
use domain::delivery::{Delivery, PrintStage, PrintStep};
use domain::page::{Page, PageRequest};
use domain::{DeliveryPhotoId, FieldError, ProblemCode, Refusal};
use store::delivery::prints;

use super::manage::{get, lock, note, wrong_state};
use crate::roster::opened;
use crate::{Context, Failure};

/// A print, and whose it is.
#[derive(Debug, Clone)]
pub struct ListedPrint {
    /// Its id.
    pub id: DeliveryPhotoId,
    /// The student number.
    pub student_no: Option<String>,
    /// The name.
    pub name: String,
    /// The college.
    pub college: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// When the student signed for it.
    pub signed_at: Option<DateTime<Utc>>,
}

/// How far the prints of a package are.
fn stage_of(delivery: &Delivery) -> Result<PrintStage, Refusal> {
    let stage = delivery.print_stage();
    stage.ok_or_else(|| wrong_state(delivery))
}

fn wrong_stage(stage: PrintStage) -> Refusal {
    Refusal::from(ProblemCode::DeliveryState).with("state", stage.as_str())
}

/// A page of the prints of a package.
///
/// # Errors
/// `delivery.unknown`; `delivery.state` for a package that is not for prints, or not made.
pub async fn list_prints(
    context: &Context,
    actor: &Actor,
    id: &str,
    page: &PageRequest<DeliveryPhotoId>,
) -> Result<Page<ListedPrint>, Failure> {
    let delivery = get(context, actor, id).await?;
    stage_of(&delivery)?;
    let on = context.store.reader();
    let found = prints::page(on, delivery.school_id, delivery.id, page).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for print in found.items {
        let student = opened(context, &print.entry, &[]).await?;
        items.push(ListedPrint {
            id: print.id,
            student_no: student.student_no,
            name: student.name,
            college: student.college,
            class_name: student.class_name,
            signed_at: print.signed_at,
        });
    }
    Ok(Page {
        items,
        next: found.next,
    })
}

/// Says that the prints of a package were printed, or that the school has them.
///
/// # Errors
/// `delivery.unknown`; `delivery.state` where the step does not follow.
pub async fn move_prints(
    context: &Context,
    actor: &Actor,
    id: &str,
    step: PrintStep,
) -> Result<Delivery, Failure> {
    let (tx, mut delivery) = lock(context, actor, id).await?;
    let stage = stage_of(&delivery)?;
    stage.after(step).ok_or_else(|| wrong_stage(stage))?;
    let now = Some(context.now());
    let action = match step {
        PrintStep::Printed => {
            delivery.printed_at = now;
            AuditAction::PrintsPrinted
        }
        PrintStep::Received => {
            delivery.prints_received_at = now;
            AuditAction::PrintsReceived
        }
    };
    store::delivery::save(&tx, &delivery).await?;
    let audited = note(context, &tx, actor, &delivery, action).await?;
    store::commit(tx, audited).await?;
    Ok(delivery)
}

/// Notes that students signed for prints, or that they did not after all. Prints of other packages are left alone.
///
/// # Errors
/// `delivery.unknown`; `delivery.state` before the school has the prints; wrong fields for ids that are none.
pub async fn sign_prints(
    context: &Context,
    actor: &Actor,
    id: &str,
    print_ids: &[String],
    is_signed: bool,
) -> Result<Delivery, Failure> {
    let ids = print_ids.iter().map(|id| id.parse());
    let wrong = |_| FieldError::new("/print_ids", ProblemCode::DeliveryPrints);
    let ids: Result<Vec<DeliveryPhotoId>, _> = ids.collect();
    let ids = ids.map_err(|error| Refusal::field(wrong(error)))?;
    let (tx, mut delivery) = lock(context, actor, id).await?;
    let stage = stage_of(&delivery)?;
    if !stage.is_signed_for() {
        return Err(wrong_stage(stage).into());
    }
    let at = is_signed.then(|| context.now());
    let changed = prints::sign(&tx, delivery.school_id, delivery.id, &ids, at).await?;
    let signed = &mut delivery.counts.signed;
    *signed = if is_signed {
        signed.saturating_add(changed)
    } else {
        signed.saturating_sub(changed)
    };
    store::delivery::save(&tx, &delivery).await?;
    let action = AuditAction::PrintsSigned;
    let audited = note(context, &tx, actor, &delivery, action).await?;
    store::commit(tx, audited).await?;
    Ok(delivery)
}
