//! Who may call what: every operation of the document has a row here.

use domain::Scope;
use domain::delivery::SHIPPED_PROFILES;
use reqwest::Method;

use crate::app::TestApp;
use crate::call::{Owner, school_named};
use crate::document::{NeededScope, Operation, operations};
use crate::integrator::System;

/// Who an operation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// Everybody.
    Anyone,
    /// A logged-in person: each gets their own.
    Self_,
    /// The owner of the thing; to a stranger it does not exist.
    Owner,
    /// Staff with a permission; a student has none.
    Staff,
    /// An integrator that proves itself with the call.
    Client,
    /// A provider that signs.
    Signer,
    /// A service that knows a secret address; to others there is none.
    Secret,
}

/// What a stranger hears of a thing that is not theirs.
const UNKNOWN: u16 = 404;
/// A change of phone, and an erasure, is named by a random id that only its session knows: to a stranger it has run out.
const GONE: u16 = 410;

const OPERATIONS: &[(&str, For)] = &[
    ("get_login_settings", For::Anyone),
    ("list_agreements", For::Anyone),
    ("get_captcha_challenge", For::Anyone),
    ("create_sms_challenge", For::Anyone),
    ("create_lost_phone_report", For::Anyone),
    ("create_session", For::Anyone),
    ("refresh_session", For::Anyone),
    ("delete_session", For::Self_),
    ("get_me", For::Self_),
    ("update_me", For::Self_),
    ("create_consent", For::Self_),
    ("withdraw_consent", For::Self_),
    ("create_phone_change", For::Self_),
    ("confirm_phone_change", For::Owner),
    ("list_phone_recoveries", For::Self_),
    ("refuse_phone_recovery", For::Owner),
    ("list_lost_phone_reports", For::Staff),
    ("get_lost_phone_report", For::Staff),
    ("approve_lost_phone_report", For::Staff),
    ("close_lost_phone_report", For::Staff),
    ("create_erasure", For::Self_),
    ("confirm_erasure", For::Owner),
    ("create_export", For::Self_),
    ("list_access_log", For::Self_),
    ("list_sessions", For::Self_),
    ("end_other_sessions", For::Self_),
    ("end_session", For::Owner),
    ("end_all_sessions", For::Self_),
    ("create_totp_device", For::Staff),
    ("confirm_totp_device", For::Staff),
    ("confirm_second_factor", For::Staff),
    ("create_recovery_codes", For::Staff),
    ("get_staff_me", For::Staff),
    ("list_school_staff", For::Staff),
    ("create_school_staff", For::Staff),
    ("list_platform_staff", For::Staff),
    ("create_platform_staff", For::Staff),
    ("update_staff_role", For::Staff),
    ("delete_staff_role", For::Staff),
    ("list_staff_permissions", For::Staff),
    ("create_staff_invitation", For::Staff),
    ("reset_staff_device", For::Staff),
    ("list_school_integrators", For::Staff),
    ("create_school_integrator", For::Staff),
    ("list_platform_integrators", For::Staff),
    ("create_platform_integrator", For::Staff),
    ("get_integrator", For::Staff),
    ("update_integrator", For::Staff),
    ("revoke_integrator", For::Staff),
    ("create_integrator_credential", For::Staff),
    ("revoke_integrator_credential", For::Staff),
    ("create_token", For::Client),
    ("revoke_token", For::Client),
    ("get_oauth_metadata", For::Anyone),
    ("get_jwks", For::Anyone),
    ("get_review_queue", For::Staff),
    ("get_review_quality", For::Staff),
    ("list_photo_recalls", For::Staff),
    ("create_known_photo", For::Staff),
    ("list_known_photos", For::Staff),
    ("remove_known_photo", For::Staff),
    ("get_known_photo_image", For::Staff),
    ("take_photos_to_review", For::Staff),
    ("give_back_photos_to_review", For::Staff),
    ("create_reviews", For::Staff),
    ("list_my_reviews", For::Staff),
    ("undo_review", For::Staff),
    ("get_review_image", For::Staff),
    ("reframe_photo", For::Staff),
    ("list_delivery_profiles", For::Staff),
    ("list_delivery_keys", For::Anyone),
    ("get_delivery_figures", For::Staff),
    ("create_delivery", For::Staff),
    ("list_deliveries", For::Staff),
    ("get_delivery", For::Staff),
    ("create_delivery_link", For::Staff),
    ("download_delivery", For::Anyone),
    ("acknowledge_delivery", For::Staff),
    ("cancel_delivery", For::Staff),
    ("list_prints", For::Staff),
    ("move_prints", For::Staff),
    ("sign_prints", For::Staff),
    ("list_staff_orders", For::Staff),
    ("get_staff_order", For::Staff),
    ("list_refunds", For::Staff),
    ("create_refund", For::Staff),
    ("approve_refund", For::Staff),
    ("decline_refund", For::Staff),
    ("list_money_cases", For::Staff),
    ("resolve_money_case", For::Staff),
    ("list_reconciliations", For::Staff),
    ("get_reconciliation", For::Staff),
    ("compare_day_again", For::Staff),
    ("export_reconciliation", For::Staff),
    ("export_statement", For::Staff),
    ("list_audit_events", For::Staff),
    ("list_events", For::Staff),
    ("list_webhook_endpoints", For::Staff),
    ("create_webhook_endpoint", For::Staff),
    ("get_webhook_endpoint", For::Staff),
    ("update_webhook_endpoint", For::Staff),
    ("delete_webhook_endpoint", For::Staff),
    ("enable_webhook_endpoint", For::Staff),
    ("disable_webhook_endpoint", For::Staff),
    ("create_webhook_secret", For::Staff),
    ("verify_webhook_signature", For::Staff),
    ("ping_webhook_endpoint", For::Staff),
    ("replay_webhooks", For::Staff),
    ("list_webhook_deliveries", For::Staff),
    ("list_webhook_attempts", For::Staff),
    ("resend_webhook", For::Staff),
    ("list_managed_schools", For::Staff),
    ("create_school", For::Staff),
    ("get_school", For::Staff),
    ("update_school", For::Staff),
    ("suspend_school", For::Staff),
    ("create_test_school", For::Staff),
    ("create_test_event", For::Staff),
    ("move_test_clock", For::Staff),
    ("resume_school", For::Staff),
    ("take_school_list", For::Staff),
    ("list_merchant_accounts", For::Staff),
    ("put_wechat_pay_account", For::Staff),
    ("put_alipay_account", For::Staff),
    ("retire_merchant_account", For::Staff),
    ("list_school_tasks", For::Staff),
    ("create_task", For::Staff),
    ("get_task_settings", For::Staff),
    ("update_task", For::Staff),
    ("copy_task", For::Staff),
    ("preview_task", For::Staff),
    ("list_task_templates", For::Staff),
    ("create_task_template", For::Staff),
    ("create_task_from_template", For::Staff),
    ("rename_task_template", For::Staff),
    ("delete_task_template", For::Staff),
    ("open_task", For::Staff),
    ("close_task", For::Staff),
    ("hand_over_task", For::Staff),
    ("get_task_purge", For::Staff),
    ("get_deletion_certificate", For::Staff),
    ("list_roster_entries", For::Staff),
    ("create_roster_entry", For::Staff),
    ("list_task_photos", For::Staff),
    ("list_task_reviews", For::Staff),
    ("get_task_photo", For::Staff),
    ("get_task_photo_image", For::Staff),
    ("hand_over_photo", For::Staff),
    ("refuse_photo", For::Staff),
    ("create_photo_results", For::Staff),
    ("list_task_orders", For::Staff),
    ("list_task_refunds", For::Staff),
    ("get_school_statement", For::Staff),
    ("get_task_order", For::Staff),
    ("get_roster_entry", For::Staff),
    ("update_roster_entry", For::Staff),
    ("withdraw_roster_entry", For::Staff),
    ("restore_roster_entry", For::Staff),
    ("reveal_roster_numbers", For::Staff),
    ("create_roster_import", For::Staff),
    ("list_roster_imports", For::Staff),
    ("get_roster_import", For::Staff),
    ("get_roster_import_preview", For::Staff),
    ("update_roster_import", For::Staff),
    ("list_roster_import_rows", For::Staff),
    ("get_roster_import_report", For::Staff),
    ("put_roster_entries", For::Staff),
    ("list_school_tickets", For::Staff),
    ("get_school_ticket", For::Staff),
    ("answer_school_ticket", For::Staff),
    ("add_student_of_ticket", For::Staff),
    ("correct_entry_of_ticket", For::Staff),
    ("get_task_progress", For::Staff),
    ("get_staff_notices", For::Staff),
    ("list_school_overviews", For::Staff),
    ("find_students", For::Staff),
    ("get_entry_binding", For::Staff),
    ("release_enrolment", For::Staff),
    ("list_missing_students", For::Staff),
    ("export_missing_students", For::Staff),
    ("get_reminder_preview", For::Staff),
    ("create_reminders", For::Staff),
    ("start_roster_import", For::Staff),
    ("cancel_roster_import", For::Staff),
    ("undo_roster_import", For::Staff),
    ("find_school", For::Self_),
    ("suggest_schools", For::Self_),
    ("get_task", For::Anyone),
    ("create_enrolment", For::Self_),
    ("create_capture_enrolment", For::Self_),
    ("list_enrolments", For::Self_),
    ("get_enrolment", For::Owner),
    ("create_roster_ticket", For::Self_),
    ("list_roster_tickets", For::Self_),
    ("create_photo", For::Owner),
    ("get_photo", For::Owner),
    ("get_photo_image", For::Owner),
    ("withdraw_photo", For::Owner),
    ("list_orders", For::Self_),
    ("get_order", For::Owner),
    ("update_order_contact", For::Owner),
    ("close_order", For::Owner),
    ("create_payment", For::Owner),
    ("get_payment_ways", For::Owner),
    ("get_payment_status", For::Owner),
    ("confirm_payment", For::Owner),
    ("get_wechat_authorisation", For::Owner),
    ("notify_wechat_payment", For::Signer),
    ("notify_wechat_refund", For::Signer),
    ("notify_sms", For::Secret),
    ("notify_alipay", For::Signer),
];

fn row(operation: &Operation) -> For {
    let row = OPERATIONS.iter().find(|(id, _)| *id == operation.id);
    row.unwrap_or_else(|| panic!("{} has no row: say who may call it", operation.id))
        .1
}

#[test]
fn every_operation_has_a_row_that_fits_the_document() {
    let operations = operations();
    assert_eq!(
        operations.len(),
        OPERATIONS.len(),
        "a row names an operation that is gone"
    );
    for operation in operations {
        let needs_session = matches!(row(operation), For::Self_ | For::Owner | For::Staff);
        assert_eq!(needs_session, operation.is_for_sessions, "{}", operation.id);
    }
}

#[actix_web::test]
pub(crate) async fn nobody_gets_in_without_a_session_and_nothing_of_others_exists() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let (nobody, stranger) = (app.browser(), app.student("13800138002").await);
    for operation in operations() {
        let (id, who) = (&operation.id, row(operation));
        if operation.is_for_sessions {
            let reply = nobody.send(owner.call(&nobody, operation)).await;
            assert_eq!(reply.problem(), (401, "session.required".into()), "{id}");
        }
        if who == For::Owner {
            let expected = if ["confirm_phone_change", "confirm_erasure"].contains(&id.as_str()) {
                GONE
            } else {
                UNKNOWN
            };
            let reply = stranger.send(owner.call(&stranger, operation)).await;
            assert_eq!(reply.problem().0, expected, "{id} by a stranger");
        }
        if who == For::Staff {
            let reply = stranger.send(owner.call(&stranger, operation)).await;
            let expected = (403, "session.role_required".into());
            assert_eq!(reply.problem(), expected, "{id} by a student");
        }
        if who == For::Client {
            let request = nobody.request(operation.method.clone(), &operation.path);
            let form = [("grant_type", "client_credentials"), ("token", "none")];
            let reply = nobody.send(request.form(&form)).await;
            assert_eq!(
                (reply.status, reply.text("error")),
                (401, "invalid_client".into())
            );
        }
        if who == For::Signer {
            let reply = nobody.send(owner.call(&nobody, operation)).await;
            assert!(matches!(reply.status, 200 | 401), "{id}: {reply:?}");
        }
        if who == For::Secret {
            let reply = nobody.send(owner.call(&nobody, operation)).await;
            assert_eq!(reply.status, UNKNOWN, "{id}: {reply:?}");
        }
    }
}

/// Operations in which an integrator of another school gets no refusal, since they list what is its own; and how much that is.
const OWN_LISTS: &[(&str, usize)] = &[
    ("list_managed_schools", 1),
    ("list_events", 0),
    ("list_webhook_endpoints", 0),
    ("list_delivery_profiles", SHIPPED_PROFILES.len()),
];

#[actix_web::test]
pub(crate) async fn an_integrator_does_what_its_scopes_say_in_its_own_schools() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let other_school = school_named(&owner.browser, "示例大学（南校区）").await;
    let theirs = System::of_school(&owner.browser, &other_school, Scope::ALL).await;
    let caller = app.browser();
    let foreign = theirs.token(&caller, None).await;
    let mut own = Vec::new();
    for scope in Scope::ALL {
        own.push((
            scope.as_str(),
            owner.system.token(&caller, Some(scope.as_str())).await,
        ));
    }
    let mut operations: Vec<_> = operations().iter().collect();
    // What is deleted can be called no more.
    operations.sort_by_key(|operation| operation.method == Method::DELETE);
    for operation in operations {
        let id = &operation.id;
        let call = |token: &str| owner.call(&caller, operation).bearer_auth(token);
        if operation.scope == NeededScope::NotForIntegrators {
            if operation.is_for_sessions {
                let reply = caller.send(call(&foreign)).await;
                assert_eq!(reply.problem(), (401, "session.required".into()), "{id}");
            }
            continue;
        }
        assert_eq!(row(operation), For::Staff, "{id}");
        let wrong = caller.send(call("no.such.token")).await;
        assert_eq!(
            wrong.problem(),
            (401, "integrator.token_invalid".into()),
            "{id}"
        );
        assert!(
            wrong.header("www-authenticate").contains("invalid_token"),
            "{id}"
        );
        let reply = caller.send(call(&foreign)).await;
        let own_list = OWN_LISTS.iter().find(|(list, _)| list == id);
        if let Some((_, count)) = own_list {
            let items = reply.json()["items"].as_array().unwrap().len();
            assert_eq!(items, *count, "{id}");
        } else {
            assert_eq!(
                reply.problem().0,
                UNKNOWN,
                "{id} by another school's system"
            );
        }
        for (held, token) in &own {
            let reply = caller.send(call(token)).await;
            let needed = &operation.scope;
            if *needed == NeededScope::Any || *needed == NeededScope::One((*held).to_owned()) {
                let is_let_in = !matches!(reply.status, 401 | 403 | 404);
                assert!(is_let_in, "{id} with {held}: {reply:?}");
            } else {
                assert_eq!(
                    reply.problem(),
                    (403, "integrator.scope_missing".into()),
                    "{id}"
                );
                let challenge = reply.header("www-authenticate");
                assert!(challenge.contains("insufficient_scope"), "{challenge}");
                assert!(!challenge.contains(held), "{challenge}");
            }
        }
    }
}
