//! Photos that wait for a reviewer: students of an invented school have sent drawn portraits, each through the same use
//! cases as a real student's.

use std::net::{IpAddr, Ipv4Addr};

use chrono::NaiveDate;
use domain::agreement::Document;
use domain::audit::AuditExemption;

use domain::review::ReviewOrder;
use domain::task::{Payer, Task};
use domain::{
    DocumentType, EducationLevel, IdNumber, Lang, Phone, SessionId, UploadId, day_in_china,
};

use super::drawing::{HEIGHT, WIDTH, portrait};
use super::places::{Place, TASK, Window};
use super::{school_of, task_of};
use crate::enrolment::{self, Claim};
use crate::login::{Caller, account_of};
use crate::photo::{Spool, Submission, submit};
use crate::roster::{self, Listed, RosterKeys};
use crate::session::Student;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure, consent};

/// The school whose students have sent photos.
const PLACE: Place = Place {
    name: "样例师范大学",
    code: "99905",
    aliases: &["样师大", "Sample Normal University"],
    task: TASK,
    window: Window::OPEN,
    fees: &[],
    payer: Payer::Free,
    extra_proofs: &[],
    originals: true,
    camera_only: false,
    review: ReviewOrder::BureauThenSchool,
};

const SURNAMES: [&str; 10] = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈"];
const GIVEN: [&str; 6] = ["例一", "例二", "例三", "例四", "例五", "例六"];
const CLASSES: [(&str, &str, &str); 3] = [
    ("教育学院", "学前教育", "学前一班"),
    ("文学院", "汉语言文学", "中文一班"),
    ("数学学院", "数学与应用数学", "数学二班"),
];

/// A student of that school.
struct SampleSender {
    number: IdNumber,
    name: String,
    student_no: String,
    phone: Phone,
    class: (&'static str, &'static str, &'static str),
}

/// The most photos that [`load_waiting_photos`] makes.
pub const WAITING_PHOTOS: u8 = 60;

/// Drawn portraits differ in their colours alone, to which difference hashes are blind: these two are nearly the same
/// picture to reviewers, and the others are left out of the comparison.
const KEEPS_HASH: [u8; 2] = [55, 57];

/// Loads the school, so many students, their accounts and their photos, and tells how many photos are new. A student
/// whose photo is there stays as they are.
///
/// # Errors
/// Where the database or the storage fails, or for more than [`WAITING_PHOTOS`].
pub async fn load_waiting_photos(context: &Context, count: u8) -> Result<u8, Failure> {
    let school = school_of(context, &PLACE).await?;
    let tx = context.store.begin().await?;
    let task = task_of(context, &tx, &school, &PLACE).await?;
    store::commit(tx, AuditExemption::SampleData).await?;
    let keys = RosterKeys::of(context, task.id).await?;
    let mut sent = 0;
    for index in 0..count {
        let sender = sender(context, index)?;
        let student = enter(context, &task, &keys, &sender).await?;
        sent += u8::from(send(context, &task, &sender, &student, index).await?);
    }
    Ok(sent)
}

fn sender(context: &Context, index: u8) -> Result<SampleSender, Failure> {
    let unfit = Failure::Fault("a student of the sample school cannot be made");
    let (surname, given) = (index % 10, index / 10);
    let name = SURNAMES
        .iter()
        .zip(0..)
        .find(|(_, place)| *place == surname);
    let given = GIVEN.iter().zip(0..).find(|(_, place)| *place == given);
    let class = CLASSES
        .iter()
        .zip(0..)
        .find(|(_, place)| *place == index % 3);
    let phone = Phone::from_e164(&format!("+861390001{index:04}"));
    match (number(context, index), name, given, class, phone) {
        (Some(number), Some((name, _)), Some((given, _)), Some((class, _)), Some(phone)) => {
            Ok(SampleSender {
                number,
                name: format!("{name}{given}"),
                student_no: format!("22109010{index:02}"),
                phone,
                class: *class,
            })
        }
        _ => Err(unfit),
    }
}

/// A number that is valid in form: of a place that is none, with the digit at the end that fits.
fn number(context: &Context, index: u8) -> Option<IdNumber> {
    let born = NaiveDate::from_ymd_opt(2004, 1, 1)? + chrono::Days::new(index.into());
    let begin = format!("110105{}9{index:02}", born.format("%Y%m%d"));
    let today = day_in_china(context.now());
    let numbers = "0123456789X".chars().map(|last| format!("{begin}{last}"));
    let mut valid =
        numbers.filter_map(|number| IdNumber::parse(DocumentType::CnId, &number, today).ok());
    valid.next()
}

/// Lists a student and makes their account.
async fn enter(
    context: &Context,
    task: &Task,
    keys: &RosterKeys,
    sender: &SampleSender,
) -> Result<Student, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let (college, major, class_name) = sender.class;
    let listed = Listed {
        number: sender.number.clone(),
        level: EducationLevel::Ba,
        name: &sender.name,
        student_no: Some(&sender.student_no),
        college: Some(college),
        major: Some(major),
        class_name: Some(class_name),
    };
    let tx = context.store.begin().await?;
    roster::list(context, &tx, keys, task, &listed).await?;
    let (account_id, _) = account_of(context, &tx, &sealer, &sender.phone, Lang::Zh).await?;
    store::commit(tx, AuditExemption::SampleData).await?;
    Ok(Student {
        account_id,
        family: context.new_id(SessionId::new),
    })
}

/// Verifies a student and sends their portrait, unless one is there. Returns whether it was sent.
async fn send(
    context: &Context,
    task: &Task,
    sender: &SampleSender,
    student: &Student,
    index: u8,
) -> Result<bool, Failure> {
    let caller = Caller {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        browser: format!("sample-{index}"),
    };
    let claim = Claim {
        task_id: &task.id.to_string(),
        document_type: sender.number.document_type().as_str(),
        document_number: sender.number.canonical().expose(),
        level: EducationLevel::Ba.as_str(),
        name: None,
        student_no: None,
        captcha_token: None,
    };
    let enrolment = enrolment::create(context, student, &caller, claim).await?;
    let on = context.store.reader();
    if store::photo::current(on, task.school_id, enrolment.id)
        .await?
        .is_some()
    {
        return Ok(false);
    }
    let document = Document::FacePhoto;
    let version = document.current().version;
    consent::grant(context, student, document.as_str(), version).await?;
    let submission = Submission {
        enrolment_id: &enrolment.id.to_string(),
        upload_id: &context.new_id(UploadId::new).to_string(),
        image: file(index).await?,
        frame: photo::Crop {
            x: 0,
            y: 0,
            width: WIDTH.into(),
            height: HEIGHT.into(),
        },
        source: None,
        note: None,
    };
    let photo = Box::pin(submit(context, student, submission)).await?;
    if !KEEPS_HASH.contains(&index) {
        let tx = context.store.begin().await?;
        store::picture_band::forget(&tx, &[photo.id]).await?;
        store::commit(tx, AuditExemption::SampleData).await?;
    }
    Ok(true)
}

async fn file(index: u8) -> Result<crate::photo::SpooledFile, Failure> {
    let drawn = portrait(index).map_err(|_| Failure::Fault("a portrait could not be written"))?;
    let unkept = |_| Failure::Fault("a portrait could not be put into a temporary file");
    let mut spool = Spool::create(&std::env::temp_dir()).map_err(unkept)?;
    spool.append(&drawn).await.map_err(unkept)?;
    spool.finish().await.map_err(unkept)
}
