//! What students would see of a task with some settings, before it exists: an invented student on each of its pages.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Actor, Permission};
use domain::agreement::{Consent, ConsentChannel, Document};
use domain::contact::Contact;
use domain::enrolment::NextStep;
use domain::order::{OrderNo, OrderStatus};
use domain::photo_state::PhotoState;
use domain::recognition::Proven;
use domain::school::School;
use domain::task::{Availability, ExtraProof, PhotoSource, Task, TaskState};
use domain::task_draft::TaskDraft;
use domain::{
    AccountId, ConsentId, DocumentType, EducationLevel, EnrolmentId, Fen, IdNumber, Lang, Phone,
    PhotoId, Refusal, TaskId,
};
use store::StoreError;

use crate::me::Me;
use crate::overview::{EnrolmentDetails, OrderDetails, Photo};
use crate::payment::Ways;
use crate::school::PublicTask;
use crate::task::school_within;
use crate::{Context, Failure, merchant};

/// The invented student. The number's check digit is right, and it belongs to no region that issues numbers.
const NAME: &str = "李华";
const NUMBER: &str = "11010519491231002X";
const STUDENT_NO: &str = "2200012345";
const PHONE: &str = "+8613800138000";
/// How long the order of a preview can be paid at least, so that a window that is over shows the pages all the same.
const PAYABLE_FOR: TimeDelta = TimeDelta::days(1);

/// What students would see, step by step.
#[derive(Debug, Clone)]
pub struct TaskPreview {
    /// The invented student's account.
    pub account: Me,
    /// The task, as if its window were open.
    pub task: PublicTask,
    /// The student after the verification, before the photo.
    pub verified: EnrolmentDetails,
    /// The student after the photo, with the order.
    pub submitted: EnrolmentDetails,
    /// Who can take the money.
    pub ways: Ways,
}

/// Tells what students of a school would see of a task with these settings; nothing is made or kept.
///
/// # Errors
/// `school.unknown`, wrong fields.
pub async fn show(
    context: &Context,
    actor: &Actor,
    school: &str,
    draft: TaskDraft,
    lang: Lang,
) -> Result<TaskPreview, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let school = school_within(context, &reach, school).await?;
    let errors = draft.errors();
    if !errors.is_empty() {
        return Err(Refusal::fields(errors).into());
    }
    let task = task_of(context, &school, draft);
    let account = account(context, lang)?;
    let scene = Scene {
        now: context.now(),
        phone: account.phone.clone(),
        task: PublicTask {
            availability: Availability::Open,
            levels: EducationLevel::ALL.to_vec(),
            roster_updated_at: Some(context.now()),
            school: school.clone(),
            task,
        },
    };
    let verified = scene.enrolment(context.new_id(EnrolmentId::new));
    let submitted = scene.submitted(context);
    let ways = Ways {
        here: merchant::providers_of(context, &school).await?,
        elsewhere: Vec::new(),
    };
    Ok(TaskPreview {
        account,
        task: scene.task,
        verified,
        submitted,
        ways,
    })
}

fn task_of(context: &Context, school: &School, draft: TaskDraft) -> Task {
    Task {
        id: context.new_id(TaskId::new),
        school_id: school.id,
        name: draft.name.trim().to_owned(),
        state: TaskState::Open,
        opens_at: draft.opens_at,
        closes_at: draft.closes_at,
        ended_at: None,
        settings: draft.settings,
        version: 1,
        created_at: context.now(),
    }
}

fn account(context: &Context, lang: Lang) -> Result<Me, Failure> {
    let id = context.new_id(AccountId::new);
    let consent = |&document: &Document| Consent {
        id: context.new_id(ConsentId::new),
        account_id: id,
        document,
        version: document.current().version.to_owned(),
        text_hash: String::new(),
        channel: ConsentChannel::Web,
        granted_at: context.now(),
        withdrawn_at: None,
    };
    Ok(Me {
        id,
        phone: Phone::from_e164(PHONE).ok_or_else(invented)?,
        language: lang,
        contact: Contact::default(),
        consents: Document::ALL.iter().map(consent).collect(),
        has_phone_recovery: false,
        created_at: context.now(),
        version: 1,
    })
}

/// The phone is written above in the form in which phones are stored.
fn invented() -> StoreError {
    StoreError::corrupt("the phone of a preview")
}

/// What the pages of the invented student have in common.
struct Scene {
    now: DateTime<Utc>,
    phone: Phone,
    task: PublicTask,
}

impl Scene {
    /// The student before the photo. They see of the roster what students would who typed what the task asks for.
    fn enrolment(&self, id: EnrolmentId) -> EnrolmentDetails {
        let settings = &self.task.task.settings;
        let proven = Proven {
            name: settings.extra_proofs.contains(&ExtraProof::Name),
            student_no: settings.extra_proofs.contains(&ExtraProof::StudentNo),
        };
        let place = |text: &str| proven.shows_place().then(|| text.to_owned());
        EnrolmentDetails {
            id,
            task: self.task.clone(),
            name: proven.name(NAME.to_owned()),
            document_number: IdNumber::from_canonical(DocumentType::CnId, NUMBER.to_owned())
                .to_string(),
            level: EducationLevel::Ba,
            student_no: Some(proven.student_no(STUDENT_NO.to_owned())),
            college: place("信息科学技术学院"),
            major: place("计算机科学与技术"),
            class_name: place("计科2201"),
            created_at: self.now,
            photo: None,
            order: None,
            takes_photo: true,
            photos_left: settings.max_photos,
            next_step: NextStep::Photo,
        }
    }

    /// The student after the photo: with an order that waits to be paid, or that is settled where students pay nothing.
    fn submitted(&self, context: &Context) -> EnrolmentDetails {
        let before = self.enrolment(context.new_id(EnrolmentId::new));
        let is_due = self.task.task.settings.due_fen() > Fen::ZERO;
        let (photo_state, status) = if is_due {
            (PhotoState::Checked, OrderStatus::Unpaid)
        } else {
            (PhotoState::PendingReview, OrderStatus::Paid)
        };
        let code = &self.task.school.code;
        let order_no = OrderNo::new(code, self.now, context.random_bytes());
        let photo = Photo {
            id: context.new_id(PhotoId::new),
            state: photo_state,
            number: 1,
            submitted_at: self.now,
            state_at: self.now,
            source: PhotoSource::File,
            outcome: "pass".to_owned(),
            findings: Vec::new(),
            note: None,
            review: None,
            adjusted_at: None,
            order_no: Some(order_no.clone()),
        };
        let order = self.order(&before, &photo, order_no, status);
        EnrolmentDetails {
            next_step: NextStep::of(Some(photo_state), Some(status)),
            photos_left: before.photos_left - 1,
            photo: Some(photo),
            order: Some(order),
            ..before
        }
    }

    fn order(
        &self,
        of: &EnrolmentDetails,
        photo: &Photo,
        order_no: OrderNo,
        status: OrderStatus,
    ) -> OrderDetails {
        let task = &self.task.task;
        OrderDetails {
            order_no,
            status,
            closed_reason: None,
            enrolment_id: of.id,
            school_name: self.task.school.name.clone(),
            task_name: task.name.clone(),
            student_name: of.name.clone(),
            document_number: of.document_number.clone(),
            level: of.level,
            lines: task.settings.fees.clone(),
            list: task.settings.list_fen(),
            due: task.settings.due_fen(),
            refunded: Fen::ZERO,
            payer: task.settings.settling_payer(),
            phone: self.phone.clone(),
            contact: Contact::default(),
            photo: Some((photo.id, photo.state)),
            created_at: self.now,
            due_until: task.closes_at.max(self.now + PAYABLE_FOR),
            paid_at: (status == OrderStatus::Paid).then_some(self.now),
            paid_with: None,
            needs_review: false,
            version: 1,
            news: Vec::new(),
            refunds: Vec::new(),
        }
    }
}
