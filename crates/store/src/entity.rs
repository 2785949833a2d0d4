//! The tables as sea-orm entities, one file a table; names and meanings are the schema's in `migrations`.
//!
//! States and kinds are stored as text under a CHECK; `domain` types them and the queries parse them.
//! Times are UTC in microseconds, money is in fen.

pub mod account;
pub mod audit_chain;
pub mod audit_event;
pub mod bill_row;
pub mod code_failure;
pub mod consent;
pub(crate) mod data_key;
pub mod delivery;
pub mod delivery_photo;
pub mod enrolment;
pub mod erasure;
pub mod event;
pub mod event_position;
pub mod former_signing_key;
pub mod idempotency_key;
pub(crate) mod index_key;
pub mod integrator;
pub mod integrator_credential;
pub mod job;
pub mod known_browser;
pub mod known_photo;
pub mod ledger;
pub mod lost_phone_report;
pub mod merchant_account;
pub mod money_case;
pub mod notify_inbox;
pub mod order;
pub mod order_line;
pub mod payment_attempt;
pub mod phone_change;
pub mod photo;
pub mod photo_check;
pub mod photo_recall;
pub mod photo_review;
pub mod picture_band;
pub mod provider_call;
pub mod readiness_probe;
pub mod reconciliation;
pub mod refund;
pub mod review_queue;
pub mod roster_entry;
pub mod roster_id;
pub mod roster_import;
pub mod roster_import_row;
pub mod roster_ticket;
pub mod school;
pub mod school_alias;
pub mod school_move;
pub mod seeded_item;
pub mod session;
pub mod sms_challenge;
pub mod sms_message;
pub mod spent_captcha;
pub mod spent_token_id;
pub mod staff_member;
pub mod staff_recovery_code;
pub mod staff_role;
pub mod staff_session;
pub mod student_reminder;
pub mod task;
pub mod task_progress;
pub mod task_purge;
pub mod task_template;
pub mod verification_attempt;
pub mod webhook_attempt;
pub mod webhook_delivery;
pub mod webhook_endpoint;
pub mod webhook_secret;

#[cfg(test)]
mod tests;
