//! The document lists every answer that an operation gives, and every answer that it lists is given.
//!
//! Every answer that any test gets is held against the document. The cases below are tests of their own; here they run
//! again, to see what they get together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::thread;

use domain::ProblemCode;
use reqwest::Method;
use serde_json::Value;

use crate::browser::Reply;
use crate::document::{operation_at, operations};
use crate::ticket;
use crate::{
    access, camera, captcha, capture_code, delivery, download, enrolment, erasure, event,
    known_item, limits, login, lost_phone, me, notify, order, payment, photo, photo_queue, product,
    refund, refusals, review, review_desk, school, second_look, session, system, webhook,
};

/// Tests that together get every answer.
const CASES: &[fn()] = &[
    access::nobody_gets_in_without_a_session_and_nothing_of_others_exists,
    camera::a_task_can_demand_the_camera,
    captcha::a_failed_verification_asks_for_a_captcha,
    captcha::a_server_without_a_captcha_issues_no_challenge,
    capture_code::a_code_lists_and_verifies_its_student_for_one_account,
    capture_code::each_code_that_does_not_count_is_answered_by_what_is_wrong_with_it,
    capture_code::without_a_key_no_task_takes_codes,
    delivery::a_package_is_made_downloaded_and_acknowledged,
    delivery::a_package_survives_its_worker_and_is_nobody_elses,
    delivery::changes_add_up_to_the_whole_and_what_does_not_fit_is_told,
    delivery::prints_come_as_sheets_with_lists_to_sign,
    download::a_picture_is_sent_in_parts_and_not_again_to_those_who_have_it,
    enrolment::a_listed_student_is_verified_once_and_for_all,
    enrolment::a_task_may_ask_for_name_and_student_number,
    enrolment::five_failures_a_day_and_ten_numbers_ever_are_enough,
    enrolment::new_enrolments_need_an_open_task_and_old_ones_do_not,
    enrolment::what_the_number_itself_shows_is_told_exactly,
    erasure::a_withdrawn_consent_deletes_the_files_of_every_photo,
    erasure::an_account_with_money_on_its_way_is_not_erased,
    erasure::an_erasure_is_limited_like_a_login,
    erasure::what_names_a_person_goes_and_what_accounting_wants_stays,
    event::events_are_followed_in_one_order_by_their_school_alone,
    known_item::known_items_show_how_many_faults_are_caught_and_appear_nowhere_else,
    limits::an_order_is_tried_to_be_paid_ten_times_an_hour,
    limits::every_operation_says_when_it_may_be_called_again,
    login::a_code_works_for_five_minutes_once_and_in_its_own_browser,
    login::a_phone_that_cannot_be_and_a_country_that_is_not_served_are_told_apart,
    login::a_provider_that_fails_is_told_and_the_code_does_not_count_as_sent,
    login::a_throttled_wish_keeps_the_earlier_code,
    login::an_access_token_lasts_ten_minutes_and_is_renewed,
    login::logging_out_ends_the_session_at_once,
    login::guess::a_network_that_asks_for_ten_codes_in_an_hour_is_busy_and_blames_nobody,
    login::guess::a_network_has_a_limit_also_with_captchas,
    login::guess::wrong_codes_ask_for_a_captcha_in_their_own_browser_only,
    login::guess::when_todays_messages_are_used_up_everybody_is_told_when_to_come_again,
    login::the_second_code_in_an_hour_needs_a_captcha_and_ends_the_first,
    login::the_settings_and_agreements_are_for_everybody,
    login::without_the_current_agreement_no_code_is_sent_and_nobody_logs_in,
    lost_phone::a_phone_and_a_browser_write_only_so_many_reports,
    crate::idempotency::what_is_done_to_a_roster_is_done_once_for_each_key,
    lost_phone::a_report_needs_a_captcha_and_gets_a_reference,
    lost_phone::a_report_that_is_sent_again_is_one_report,
    lost_phone::what_is_wrong_with_a_report_is_told_field_by_field,
    me::a_change_begins_only_with_the_right_old_number_and_another_new_one,
    me::a_change_is_limited_like_a_login,
    me::a_consent_is_given_once_and_withdrawn,
    me::a_number_with_an_account_and_a_change_out_of_time_are_refused,
    me::a_phone_changes_with_both_codes_and_all_sessions_end,
    me::contact_data_are_changed_and_kept,
    me::the_access_log_comes_in_pages_newest_first,
    me::the_export_holds_the_account_in_full_and_only_to_its_owner,
    me::wrong_contact_data_are_named_field_by_field,
    notify::a_flood_is_put_off_at_every_address,
    notify::a_refund_told_in_the_old_form_is_a_hint_and_nothing_more,
    notify::a_notice_is_acknowledged_when_it_is_stored_and_not_before,
    notify::what_is_not_from_the_provider_is_refused_in_its_own_words,
    order::a_closed_order_stays_closed_and_the_next_photo_makes_another,
    order::a_provider_that_does_not_answer_keeps_an_order_open,
    order::an_order_of_0_yuan_is_settled_when_it_is_made,
    order::contact_data_of_an_unpaid_order_can_be_changed,
    payment::a_key_gives_one_answer_to_one_request,
    payment::a_key_whose_request_still_runs_is_told_to_wait,
    payment::a_provider_that_is_not_there_or_refuses_is_not_available,
    payment::nobody_pays_for_a_photo_that_was_taken_back,
    payment::whether_it_was_paid_is_not_guessed,
    crate::photo_result::what_the_school_and_the_platform_refuse_comes_from_a_file,
    crate::purge::a_task_that_is_over_is_handed_over_and_purged_step_by_step,
    photo::a_form_that_cannot_be_read_is_a_problem_too,
    photo::a_photo_is_withdrawn_by_its_owner_once,
    photo::a_photo_needs_its_own_consent,
    photo::an_upload_sent_twice_makes_one_photo,
    photo::no_more_photos_are_taken_than_the_task_allows,
    photo::the_first_good_photo_makes_the_order_and_waits_for_its_payment,
    photo::the_frame_must_be_in_the_picture_and_3_to_4,
    crate::photo_file::what_is_wrong_with_a_file_is_told_exactly,
    photo_queue::files_that_lead_to_no_photo_are_examined_twenty_times_an_hour,
    photo_queue::one_account_does_not_fill_the_queue,
    photo_queue::where_too_many_wait_the_next_is_told_when_to_come_again,
    access::an_integrator_does_what_its_scopes_say_in_its_own_schools,
    crate::oauth::a_secret_brings_tokens_of_ten_minutes_until_it_is_revoked,
    crate::oauth::wrong_secrets_are_limited_by_network,
    crate::oauth::a_signed_assertion_brings_a_token_once,
    crate::integrator::officers_manage_their_schools_integrators_and_operators_those_of_several,
    crate::task_photo::a_schools_system_fetches_accepted_photos_and_says_what_became_of_them,
    crate::task_photo::an_erased_picture_is_gone_for_systems_too,
    crate::task_photo::a_system_adds_a_student_and_takes_them_off,
    crate::picture::an_owner_sees_result_thumbnail_and_original_and_nobody_else_does,
    product::a_page_offers_what_can_be_paid_in_its_browser,
    product::inside_wechat_the_payer_is_learnt_first,
    product::receipts_of_messages_are_taken_at_a_secret_address,
    product::what_does_not_work_on_a_device_is_refused,
    refund::a_student_who_says_that_they_paid_is_believed_by_asking,
    refusals::a_body_that_cannot_be_read_says_how_it_should_be,
    refusals::a_body_that_does_not_arrive_is_given_up,
    refusals::a_fault_of_ours_is_told_as_such_and_nothing_of_it,
    refusals::a_notice_is_never_so_large,
    refusals::no_part_of_an_address_is_longer_than_it_may_be,
    refusals::another_sites_page_changes_nothing,
    refusals::without_a_database_everybody_is_asked_to_come_again,
    review::a_photo_passes_both_stages_and_its_student_learns_of_it,
    second_look::a_share_is_looked_at_twice_and_passed_on_where_two_disagree,
    review::a_reviewers_picture_comes_in_parts_and_not_after_it_was_erased,
    review::the_demo_has_photos_of_which_several_are_approved_once_they_were_looked_at,
    review::two_reviewers_never_have_one_photo_and_old_looks_decide_nothing,
    review::what_is_wrong_with_a_review_is_told,
    review_desk::a_reviewer_frames_a_photo_anew_and_decides_about_that,
    crate::roster_import::an_officer_imports_a_roster_and_takes_it_back,
    crate::roster_import::an_officer_finds_and_corrects_a_student,
    crate::desk::students_are_found_and_a_wrong_binding_is_released,
    crate::desk::staff_see_what_waits_for_them,
    crate::roster_desk::a_question_is_answered_by_adding_correcting_or_words,
    crate::roster_desk::progress_is_counted_and_missing_students_are_reminded_once,
    crate::roster_student::students_are_listed_without_a_file_by_the_rules_of_imports,
    school::a_school_without_a_published_task_is_not_open,
    school::a_student_is_told_what_a_task_asks_and_costs,
    school::names_are_suggested_by_their_beginning_only,
    session::an_account_that_is_not_active_has_no_sessions_and_gets_none,
    session::logging_out_everywhere_ends_this_session_too,
    session::one_sees_where_one_is_logged_in_and_ends_it,
    crate::staff::a_session_of_staff_is_complete_with_a_code_that_works_once,
    crate::staff::wrong_codes_are_limited_and_lock_nobody_out,
    crate::staff::a_session_ends_after_half_an_hour_without_a_request,
    crate::staff::officers_manage_the_staff_of_their_own_school_only,
    crate::school_list::what_the_ministrys_list_has_more_is_made_once,
    crate::school_move::a_school_on_its_way_says_where_it_goes,
    crate::task::an_empty_installation_gets_an_operator_a_school_an_officer_and_an_open_task,
    crate::task::a_task_that_lacks_something_says_all_of_it,
    crate::task::schools_and_tasks_are_those_of_ones_own_school,
    crate::merchant_account::a_school_takes_money_with_the_account_that_it_was_given_and_returns_it_from_there,
    crate::merchant_account::keys_of_a_school_are_given_by_operators_and_never_shown,
    crate::task_template::a_preview_shows_what_students_would_see_and_makes_nothing,
    crate::task_template::settings_are_kept_as_templates_of_a_school_or_of_the_bureau,
    crate::money::finance_returns_money_with_a_second_person,
    crate::money::finance_resolves_cases_and_reads_bills_and_statements,
    crate::staff::the_last_operator_stays_and_nobody_resets_their_own_device,
    system::a_wrong_method_and_an_unknown_path_are_problems_in_the_callers_language,
    crate::tolerance::what_cannot_be_a_code_is_told_and_costs_no_try,
    crate::test_school::a_system_tries_everything_in_a_school_that_counts_nowhere,
    ticket::a_question_is_asked_once,
    ticket::a_question_that_cannot_be_asked_is_told_why,
    ticket::five_questions_may_wait_for_an_answer,
    crate::lost_phone_approval::a_lost_number_changes_a_day_after_two_operators_approved_it,
    crate::lost_phone_approval::whoever_has_the_old_number_refuses_and_staff_cancel,
    crate::lost_phone_approval::nothing_is_approved_that_the_old_number_cannot_be_told,
    webhook::a_receiver_takes_what_is_signed_with_the_old_and_the_new_secret,
    webhook::a_receiver_that_fails_is_tried_again_and_what_failed_can_be_replayed,
    webhook::a_system_manages_the_endpoints_that_it_made,
    webhook::endpoints_belong_to_their_school_and_to_addresses_on_the_internet,
];

/// No operation gives these: they belong to the command line, where refunds may be asked for without a key.
const NOT_GIVEN: &[ProblemCode] = &[
    ProblemCode::RefundRepeated,
    ProblemCode::JobUnknown,
    ProblemCode::JobState,
];

/// What was got so far in this process.
struct Got {
    /// The statuses, by operation.
    statuses: BTreeMap<&'static str, BTreeSet<u16>>,
    /// The problems, those of single fields included.
    codes: BTreeSet<String>,
}

static GOT: Mutex<Got> = Mutex::new(Got {
    statuses: BTreeMap::new(),
    codes: BTreeSet::new(),
});

/// Notes an answer, and fails where the document does not list it.
pub(crate) fn note(method: &Method, path: &str, reply: &Reply) {
    let mut got = GOT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(operation) = operation_at(method, path) {
        let (id, status) = (operation.id.as_str(), reply.status);
        assert!(
            operation.statuses.contains(&status),
            "{id} lists no {status}: {reply:?}"
        );
        got.statuses.entry(id).or_default().insert(status);
    }
    if let Ok(problem) = serde_json::from_slice::<Value>(&reply.bytes) {
        let fields = problem["errors"].as_array().into_iter().flatten();
        for field in fields.clone() {
            let generic = ProblemCode::RequestFields;
            let is_generic = field["code"] == generic.as_str()
                || field["detail"] == generic.detail().zh
                || field["detail"] == generic.detail().en;
            assert!(!is_generic, "a field error says what is wrong: {reply:?}");
        }
        let codes = fields.map(|field| &field["code"]);
        let codes = codes.chain([&problem["code"], &problem["problem"]]);
        got.codes
            .extend(codes.filter_map(Value::as_str).map(str::to_owned));
    }
}

/// Runs the cases, each on a thread of its own, as many at a time as there are processors.
fn run_cases() {
    let waiting = Mutex::new(CASES.iter());
    let next = || waiting.lock().unwrap().next();
    let work = || {
        while let Some(case) = next() {
            case();
        }
    };
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(work);
        }
    });
}

#[test]
fn every_answer_that_the_document_lists_and_every_problem_is_given() {
    run_cases();
    let got = GOT.lock().unwrap();
    let nothing = BTreeSet::new();
    let not_given = operations().iter().filter_map(|operation| {
        let given = got.statuses.get(operation.id.as_str()).unwrap_or(&nothing);
        let missing: Vec<_> = operation.statuses.difference(given).collect();
        (!missing.is_empty()).then(|| format!("{} {missing:?}", operation.id))
    });
    let not_given: Vec<_> = not_given.collect();
    let codes = ProblemCode::ALL.iter();
    let unseen = codes.filter(|code| got.codes.contains(code.as_str()) == NOT_GIVEN.contains(code));
    let unseen: Vec<_> = unseen.map(|code| code.as_str()).collect();
    assert!(
        not_given.is_empty() && unseen.is_empty(),
        "{not_given:#?}\n{unseen:#?}"
    );
}
