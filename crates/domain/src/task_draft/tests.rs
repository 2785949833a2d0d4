//! What may be written, changed and opened, as tables.

use rstest::rstest;

use super::*;
use crate::review::ReviewOrder;
use crate::task::tests::settings;
use crate::task::{BothLanguages, ExtraProof, FeeCode};
use crate::{Lang, SchoolId, TaskId};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn draft() -> TaskDraft {
    let both = BothLanguages {
        zh: "应届毕业生".to_owned(),
        en: "Graduates".to_owned(),
    };
    TaskDraft {
        name: "2026 届".to_owned(),
        opens_at: at(100),
        closes_at: at(200),
        settings: TaskSettings {
            audience: both,
            contact: "教务处".to_owned(),
            ..settings(Payer::Student, &[3000])
        },
    }
}

fn task(state: TaskState) -> Task {
    let draft = draft();
    Task {
        id: TaskId(uuid::Uuid::nil()),
        school_id: SchoolId(uuid::Uuid::nil()),
        name: draft.name,
        state,
        opens_at: draft.opens_at,
        closes_at: draft.closes_at,
        ended_at: None,
        settings: draft.settings,
        version: 1,
        created_at: at(0),
    }
}

fn school(state: SchoolState) -> School {
    School {
        id: SchoolId(uuid::Uuid::nil()),
        code: "10001".to_owned(),
        name: "示例大学".to_owned(),
        name_folded: "示例大学".to_owned(),
        state,
        contact: String::new(),
        created_at: at(0),
        version: 1,
        is_test: false,
        clock_offset: chrono::TimeDelta::zero(),
    }
}

type Edit = fn(&mut TaskDraft);

fn codes(errors: &[FieldError]) -> Vec<(&str, ProblemCode)> {
    let told = errors.iter().map(|one| (one.pointer.as_ref(), one.code));
    told.collect()
}

#[test]
fn every_setting_says_what_it_can_be() {
    for field in TaskField::ALL {
        let fault = field.fault();
        assert_eq!(fault.pointer, field.pointer());
        for lang in [Lang::Zh, Lang::En] {
            let detail = fault.detail(lang);
            assert!(!detail.contains('{'), "{detail}");
        }
    }
    let typed = [
        TaskField::Name,
        TaskField::OpensAt,
        TaskField::ClosesAt,
        TaskField::Fees,
        TaskField::MaxPhotos,
        TaskField::ResubmitDays,
        TaskField::SecondShare,
        TaskField::SeededShare,
        TaskField::CatchLimit,
        TaskField::PurgeDays,
    ];
    for field in typed {
        let detail = field.fault().detail(Lang::En);
        assert!(
            !detail.contains("API document"),
            "an officer has none: {detail}"
        );
    }
}

#[rstest]
#[case::a_blank_name(
    |draft: &mut TaskDraft| draft.name = " ".to_owned(),
    "/name",
    ProblemCode::TaskName,
)]
#[case::a_name_too_long(
    |draft: &mut TaskDraft| draft.name = "届".repeat(61),
    "/name",
    ProblemCode::TaskName,
)]
#[case::a_window_without_time(
    |draft: &mut TaskDraft| draft.closes_at = at(100),
    "/closes_at",
    ProblemCode::TaskWindow,
)]
#[case::a_negative_fee(
    |draft: &mut TaskDraft| draft.settings.fees[0].amount_fen = Fen(-1),
    "/fees",
    ProblemCode::TaskFees,
)]
#[case::a_fee_twice(
    |draft: &mut TaskDraft| draft.settings.fees.push(draft.settings.fees[0]),
    "/fees",
    ProblemCode::TaskFees,
)]
#[case::no_photo(
    |draft: &mut TaskDraft| draft.settings.max_photos = 0,
    "/max_photos",
    ProblemCode::TaskNumber,
)]
#[case::more_than_all_a_second_time(
    |draft: &mut TaskDraft| draft.settings.second_share = 101,
    "/second_share",
    ProblemCode::TaskNumber,
)]
#[case::too_many_known_photos(
    |draft: &mut TaskDraft| draft.settings.seeded_share = 6,
    "/seeded_share",
    ProblemCode::TaskNumber,
)]
#[case::a_limit_above_all(
    |draft: &mut TaskDraft| draft.settings.catch_limit = 101,
    "/catch_limit",
    ProblemCode::TaskNumber,
)]
#[case::purged_too_early(
    |draft: &mut TaskDraft| draft.settings.purge_days = 29,
    "/purge_days",
    ProblemCode::TaskNumber,
)]
#[case::purged_too_late(
    |draft: &mut TaskDraft| draft.settings.purge_days = 1826,
    "/purge_days",
    ProblemCode::TaskNumber,
)]
#[case::too_many_days_to_replace(
    |draft: &mut TaskDraft| draft.settings.resubmit_days = 61,
    "/resubmit_days",
    ProblemCode::TaskNumber,
)]
#[case::a_contact_too_long(
    |draft: &mut TaskDraft| draft.settings.contact = "x".repeat(101),
    "/contact",
    ProblemCode::TaskText,
)]
#[case::an_audience_too_long(
    |draft: &mut TaskDraft| draft.settings.audience.en = "x".repeat(201),
    "/audience",
    ProblemCode::TaskText,
)]
fn a_draft_is_checked_field_by_field(
    #[case] edit: Edit,
    #[case] pointer: &str,
    #[case] code: ProblemCode,
) {
    let mut edited = draft();
    edit(&mut edited);
    assert_eq!(codes(&edited.errors()), [(pointer, code)]);
}

#[test]
fn a_good_draft_has_no_fault() {
    assert_eq!(draft().errors(), []);
}

#[rstest]
#[case::the_review(
    |draft: &mut TaskDraft| draft.settings.review = ReviewOrder::School,
    "/review",
    Some(ProblemCode::TaskFixed),
)]
#[case::the_name(|draft: &mut TaskDraft| draft.name = "x".to_owned(), "/name", None)]
#[case::the_opening(
    |draft: &mut TaskDraft| draft.opens_at = at(99),
    "/opens_at",
    Some(ProblemCode::TaskFixed),
)]
#[case::the_closing(|draft: &mut TaskDraft| draft.closes_at = at(150), "/closes_at", None)]
#[case::the_fees(
    |draft: &mut TaskDraft| draft.settings.fees[0].code = FeeCode::Prints,
    "/fees",
    None,
)]
#[case::the_payer(
    |draft: &mut TaskDraft| draft.settings.payer = Payer::Free,
    "/payer",
    Some(ProblemCode::TaskFixed),
)]
#[case::the_identity(
    |draft: &mut TaskDraft| draft.settings.identity = IdentityMode::CaptureCode,
    "/identity",
    Some(ProblemCode::TaskFixed),
)]
#[case::the_extra_proofs(
    |draft: &mut TaskDraft| draft.settings.extra_proofs.push(ExtraProof::Name),
    "/extra_proofs",
    None,
)]
#[case::the_photo_rules(
    |draft: &mut TaskDraft| draft.settings.photo.bytes_soft_min += 1,
    "/photo",
    Some(ProblemCode::TaskFixed),
)]
#[case::the_camera(|draft: &mut TaskDraft| draft.settings.camera_only = true, "/camera_only", None)]
#[case::the_originals(|draft: &mut TaskDraft| draft.settings.originals = true, "/originals", None)]
#[case::fewer_photos(
    |draft: &mut TaskDraft| draft.settings.max_photos -= 1,
    "/max_photos",
    Some(ProblemCode::TaskOnlyMore),
)]
#[case::more_photos(|draft: &mut TaskDraft| draft.settings.max_photos += 1, "/max_photos", None)]
#[case::fewer_days(
    |draft: &mut TaskDraft| draft.settings.resubmit_days = 1,
    "/resubmit_days",
    Some(ProblemCode::TaskOnlyMore),
)]
#[case::the_audience(|draft: &mut TaskDraft| draft.settings.audience.zh.clear(), "/audience", None)]
#[case::the_contact(|draft: &mut TaskDraft| draft.settings.contact.clear(), "/contact", None)]
fn what_students_acted_on_stays_after_the_opening(
    #[case] edit: Edit,
    #[case] pointer: &str,
    #[case] code: Option<ProblemCode>,
) {
    let mut edited = draft();
    edit(&mut edited);
    assert_eq!(refused_changes(&task(TaskState::Draft), &edited), []);
    for state in [TaskState::Open, TaskState::Closed] {
        let refused = refused_changes(&task(state), &edited);
        let expected: Vec<_> = code.map(|code| (pointer, code)).into_iter().collect();
        assert_eq!(codes(&refused), expected, "{state} {pointer}");
    }
}

const NOTHING: TaskMeans = TaskMeans {
    has_payment: false,
    reads_codes: false,
};
const EVERYTHING: TaskMeans = TaskMeans {
    has_payment: true,
    reads_codes: true,
};

#[rstest]
#[case::by_roster(IdentityMode::Roster, false, None)]
#[case::by_roster_at_a_school_with_codes(IdentityMode::Roster, true, None)]
#[case::by_code(IdentityMode::CaptureCode, true, None)]
#[case::by_code_at_a_school_without(
    IdentityMode::CaptureCode,
    false,
    Some(ProblemCode::TaskIdentity)
)]
fn codes_can_be_chosen_where_they_can_be_verified(
    #[case] identity: IdentityMode,
    #[case] reads_codes: bool,
    #[case] expected: Option<ProblemCode>,
) {
    let code = |fault: Option<FieldError>| fault.map(|fault| fault.code);
    assert_eq!(code(identity_fault(identity, reads_codes)), expected);
}

#[test]
fn a_task_that_cannot_be_opened_says_every_reason() {
    let mut lacking = task(TaskState::Draft);
    lacking.settings.audience.en.clear();
    lacking.settings.contact.clear();
    lacking.settings.identity = IdentityMode::CaptureCode;
    let faults = opening_faults(&lacking, &school(SchoolState::Suspended), NOTHING, at(200));
    let expected = [
        ("", ProblemCode::SchoolSuspended),
        ("/closes_at", ProblemCode::TaskWindowOver),
        ("/audience", ProblemCode::TaskAudience),
        ("/contact", ProblemCode::TaskContact),
        ("/payer", ProblemCode::TaskPayment),
        ("/identity", ProblemCode::TaskIdentity),
    ];
    assert_eq!(codes(&faults), expected);
    let ours = school(SchoolState::Active);
    let good = task(TaskState::Draft);
    assert_eq!(opening_faults(&good, &ours, EVERYTHING, at(199)), []);
    let mut by_code = task(TaskState::Draft);
    by_code.settings.identity = IdentityMode::CaptureCode;
    assert_eq!(opening_faults(&by_code, &ours, EVERYTHING, at(199)), []);
    let mut free = task(TaskState::Draft);
    free.settings.fees.clear();
    let faults = opening_faults(&free, &ours, NOTHING, at(0));
    assert_eq!(codes(&faults), [("/fees", ProblemCode::TaskFeeMissing)]);
    free.settings.payer = Payer::Free;
    assert_eq!(opening_faults(&free, &ours, NOTHING, at(0)), []);
}

#[rstest]
#[case::draft(TaskState::Draft, true, false, true)]
#[case::open(TaskState::Open, false, true, true)]
#[case::closed(TaskState::Closed, true, false, true)]
#[case::handed_over(TaskState::HandedOver, false, false, false)]
#[case::purged(TaskState::Purged, false, false, false)]
fn a_task_is_opened_closed_and_edited_in_its_states_only(
    #[case] state: TaskState,
    #[case] opens: bool,
    #[case] closes: bool,
    #[case] edits: bool,
) {
    let told = (opened(state).is_some(), closed(state).is_some());
    assert_eq!(told, (opens, closes), "{state}");
    assert_eq!(is_editable(state), edits, "{state}");
}
