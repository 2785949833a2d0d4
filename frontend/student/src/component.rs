//! What the students' pages are made of beside the components of `ui`.

mod contact;
mod contact_text;
mod document;
mod file_button;
mod news;
mod order_status;
mod phone_recovery;
mod phone_recovery_text;
mod qr_image;
mod steps;
mod submitted_photo;
mod timeline;

pub(crate) use contact::{ContactFields, TypedContact};
pub(crate) use contact_text::{contact_text, with_contact};
pub(crate) use document::AgreementText;
pub(crate) use file_button::FileButton;
pub(crate) use news::news_list;
pub(crate) use order_status::{order_status, photo_status};
pub(crate) use phone_recovery::PhoneRecoveries;
pub(crate) use qr_image::QrImage;
pub(crate) use steps::{Step, step_line};
pub(crate) use submitted_photo::SubmittedPhoto;
pub(crate) use timeline::{Stage, Station, timeline};
