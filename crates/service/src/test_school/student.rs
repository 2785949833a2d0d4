//! The invented students of a test school: one in every state, and several with photos to be fetched. Nobody can log in as one
//! of them, and no message goes to them: their accounts have the index of no phone.

use domain::account::{Account, AccountState};
use domain::audit::AuditExemption;
use domain::contact::Contact;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::order::{Order, OrderNo, OrderState};
use domain::photo_state::PhotoState;
use domain::recognition::Proven;
use domain::roster::RosterEntryState;
use domain::task::{Payer, Task};
use domain::{
    AccountId, DocumentType, EducationLevel, EnrolmentId, Fen, IdNumber, Lang, OrderId, Phone,
    RosterEntryId, day_in_china,
};

use crate::order::seal_contact;
use crate::photo::{InventedPhoto, invented};
use crate::roster::{Listed, RosterKeys, list_as};
use crate::sample::drawn_portrait;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// How far an invented student is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// On the roster and no more.
    Listed,
    /// Taken off the roster.
    Withdrawn,
    /// Verified, without a photo.
    Verified,
    /// With a photo in this state.
    Photo(PhotoState),
}

/// Every state once, and accepted photos enough for a list of several pages of two.
const STAGES: [Stage; 16] = [
    Stage::Listed,
    Stage::Listed,
    Stage::Withdrawn,
    Stage::Verified,
    Stage::Photo(PhotoState::Checked),
    Stage::Photo(PhotoState::PendingReview),
    Stage::Photo(PhotoState::Approved),
    Stage::Photo(PhotoState::Approved),
    Stage::Photo(PhotoState::Approved),
    Stage::Photo(PhotoState::Approved),
    Stage::Photo(PhotoState::Approved),
    Stage::Photo(PhotoState::Rejected),
    Stage::Photo(PhotoState::Withdrawn),
    Stage::Photo(PhotoState::Replaced),
    Stage::Photo(PhotoState::HandedOver),
    Stage::Photo(PhotoState::Refused),
];

/// The surnames of the students, one for each.
const SURNAMES: [&str; 16] = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨",
];

/// A phone of nobody, so that whoever looks one up is shown the form of one: reserved for fiction in North America.
const NO_PHONE: &str = "+12025550123";

/// Which drawing a student sent, and where it is.
#[derive(Debug, Clone, Copy)]
struct WantedPhoto {
    index: u8,
    state: PhotoState,
}

/// Enters students of a test school.
pub(super) struct Entering<'a> {
    pub(super) context: &'a Context,
    pub(super) school_code: &'a str,
    pub(super) task: &'a Task,
    pub(super) keys: &'a RosterKeys,
}

impl Entering<'_> {
    /// Enters one in every state.
    pub(super) async fn all(&self) -> Result<(), Failure> {
        for ((index, stage), surname) in (0_u8..).zip(STAGES).zip(SURNAMES) {
            let entry_id = self.list(index, stage, surname).await?;
            match stage {
                Stage::Listed | Stage::Withdrawn => {}
                Stage::Verified => self.verify(entry_id, None).await?,
                Stage::Photo(state) => {
                    let wanted = WantedPhoto { index, state };
                    self.verify(entry_id, Some(wanted)).await?;
                }
            }
        }
        Ok(())
    }

    async fn list(&self, index: u8, stage: Stage, surname: &str) -> Result<RosterEntryId, Failure> {
        let today = day_in_china(self.context.now());
        let number = format!("E990000{index:02}");
        let number = IdNumber::parse(DocumentType::Passport, &number, today);
        let student = Listed {
            number: number.map_err(|_| Failure::Fault("an invented number is none"))?,
            level: EducationLevel::Ba,
            name: &format!("{surname}测试"),
            student_no: Some(&format!("T2026{index:04}")),
            college: Some(["测试学院", "样例学院"][usize::from(index % 2)]),
            major: Some("接口测试"),
            class_name: Some("测试一班"),
        };
        let listing = match stage {
            Stage::Withdrawn => RosterEntryState::Withdrawn,
            Stage::Listed | Stage::Verified | Stage::Photo(_) => RosterEntryState::Listed,
        };
        let tx = self.context.store.begin().await?;
        let id = list_as(self.context, &tx, self.keys, self.task, &student, listing).await?;
        store::commit(tx, AuditExemption::SampleData).await?;
        Ok(id)
    }

    /// Binds an account to an entry; with a photo, which makes an order that costs nothing.
    async fn verify(
        &self,
        entry_id: RosterEntryId,
        photo: Option<WantedPhoto>,
    ) -> Result<(), Failure> {
        let (context, task) = (self.context, self.task);
        let account = self.account().await?;
        let enrolment = Enrolment {
            id: context.new_id(EnrolmentId::new),
            school_id: task.school_id,
            task_id: task.id,
            entry_id,
            account_id: account.id,
            state: EnrolmentState::Live,
            created_at: context.now(),
            proven: Proven::default(),
        };
        let photo = match photo {
            Some(WantedPhoto { index, state }) => {
                let drawn = drawn_portrait(index)?;
                let wanted = InventedPhoto {
                    file: drawn.file,
                    frame: drawn.frame,
                    state,
                };
                Some(Box::pin(invented(context, &enrolment, wanted)).await?)
            }
            None => None,
        };
        let order = self.order(&enrolment).await?;
        let tx = context.store.begin().await?;
        store::account::insert(&tx, &account).await?;
        store::enrolment::insert(&tx, &enrolment).await?;
        if let Some(photo) = photo {
            store::photo::insert(&tx, &photo).await?;
            store::order::insert(&tx, &order).await?;
        }
        Ok(store::commit(tx, AuditExemption::SampleData).await?)
    }

    async fn account(&self) -> Result<Account, Failure> {
        let sealer = self
            .context
            .sealer(Scope::Platform, Purpose::Person)
            .await?;
        let id = self.context.new_id(AccountId::new);
        let phone = sealer.seal("accounts", "phone_sealed", id.0, NO_PHONE.as_bytes())?;
        Ok(Account {
            id,
            phone_index: Account::index_of_no_phone(id),
            phone_sealed: phone.into(),
            state: AccountState::Active,
            language: Lang::default(),
            email_sealed: None,
            address_sealed: None,
            created_at: self.context.now(),
            last_login_at: None,
            version: 1,
        })
    }

    async fn order(&self, enrolment: &Enrolment) -> Result<Order, Failure> {
        let (context, now) = (self.context, self.context.now());
        let id = context.new_id(OrderId::new);
        let phone = Phone::from_e164(NO_PHONE).ok_or(Failure::Fault("a phone is none"))?;
        let scope = Scope::School(enrolment.school_id);
        let sealer = context.sealer(scope, Purpose::Person).await?;
        let contact = Contact {
            email: None,
            address: None,
        };
        Ok(Order {
            id,
            order_no: OrderNo::new(self.school_code, now, context.random_bytes()),
            school_id: enrolment.school_id,
            task_id: enrolment.task_id,
            enrolment_id: enrolment.id,
            account_id: enrolment.account_id,
            list: Fen::ZERO,
            due: Fen::ZERO,
            payer: Payer::Free,
            state: OrderState::Paid,
            closed_reason: None,
            settled_by: None,
            refunded: Fen::ZERO,
            needs_review: false,
            contact: seal_contact(&sealer, id, &phone, contact)?,
            due_until: now,
            paid_at: Some(now),
            closed_at: None,
            version: 1,
            created_at: now,
        })
    }
}
