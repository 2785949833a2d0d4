//! The rules of gradphoto: what the words mean, how things may move, what may be said and to whom.
//!
//! Nothing here does I/O, reads a clock or draws a random number: what a rule needs is passed in.
//! The crate also builds for the browser, so that both sides answer alike.

pub mod agreement;
mod camera_hint;
mod china;
mod client_device;
mod colour;
pub mod contact;
pub mod enrolment;
mod fen;
mod fold;
mod gbk;
mod id;
pub mod id_document;
pub mod lang;
pub mod level;
pub mod limit;
mod log_aggregator;
pub mod login;
mod masked;
pub mod money_case;
mod name;
mod nfkc;
pub mod order;
pub mod payment;
pub mod phone;
mod photo_cause;
mod photo_fault;
mod photo_finding;
pub mod photo_note;
pub mod photo_state;
pub mod problem;
pub mod recognition;
pub mod reconciliation;
pub mod refund;
mod refusal;
pub mod retention;
pub mod role;
mod sealed;
pub mod session;
pub mod sms_code;
pub mod task;
mod word;

pub use camera_hint::{CameraHint, HeadOutline};
pub use china::{day_bounds, day_in_china, month_bounds, time_text};
pub use client_device::{BrowserFamily, ClientDevice, SystemFamily};
pub use colour::background_colours;
pub use fen::Fen;
pub use fold::fold;
pub use id::*;
pub use id_document::{DocumentType, IdNumber};
pub use lang::{Lang, Text};
pub use level::EducationLevel;
pub use log_aggregator::{AGGREGATION_INTERVAL, LogAggregator, OTHER_GROUPS};
pub use masked::Masked;
pub use name::{has_missing_glyph, same_person_name};
pub use phone::Phone;
pub use photo_cause::{FrameMoves, PhotoAction, PhotoAdvice, PhotoCause};
pub use photo_fault::refusal_of_file;
pub use photo_finding::finding_text;
pub use problem::ProblemCode;
pub use refusal::{FieldError, Refusal, wait_text};
pub use sealed::{KeyedHash, Sealed, StoredText};
pub use word::Word;
