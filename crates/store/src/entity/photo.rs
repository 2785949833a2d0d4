//! Photos: each submission with its files, measurements, verdict and review.

use sea_orm::entity::prelude::*;

/// One row of `photos`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "photos")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// Whose photo it is; at most one live row.
    pub enrolment_id: Uuid,
    /// Made by the client, so that sending twice makes one photo.
    pub upload_id: Uuid,
    /// Its place in the enrolment's series, from 1.
    pub number: i32,
    /// `checked`, `pending_review`, `approved`, `rejected`, `withdrawn`, `handed_over`, `refused` or `replaced`.
    pub state: String,
    /// Where the sealed original is stored; empty once it was deleted.
    pub original_key: String,
    /// SHA-256 of the original.
    pub original_sha256: Vec<u8>,
    /// Length of the original.
    pub original_bytes: i64,
    /// Where the sealed result is stored.
    pub framed_key: String,
    /// SHA-256 of the result.
    pub framed_sha256: Vec<u8>,
    /// Length of the result.
    pub framed_bytes: i64,
    /// Where the sealed thumbnail is stored.
    pub thumb_key: String,
    /// The frame, in pixels of the upright original.
    #[sea_orm(column_type = "JsonBinary")]
    pub crop: Json,
    /// What `photo::measure` found.
    #[sea_orm(column_type = "JsonBinary")]
    pub measurements: Json,
    /// What `photo::judge` said.
    #[sea_orm(column_type = "JsonBinary")]
    pub verdict: Json,
    /// The version of the rules it was judged by.
    pub rules_version: i32,
    /// How the student came by it: `camera` or `file`.
    pub source: String,
    /// What the student wrote for the reviewer, where it is not sealed yet.
    pub note: Option<String>,
    /// Reviewer, outcome, reasons and remark.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub review: Option<Json>,
    /// When it was uploaded.
    pub created_at: DateTimeUtc,
    /// When the state last moved.
    pub state_at: DateTimeUtc,
    /// Counts edits, for `If-Match`.
    pub version: i32,
    /// What the student wrote for the reviewer, sealed.
    pub note_sealed: Option<Vec<u8>>,
    /// What the reviewer wrote to the student, sealed.
    pub review_note_sealed: Option<Vec<u8>>,
    /// When the original was deleted; its key is empty then.
    pub original_erased_at: Option<DateTimeUtc>,
    /// When all its files were deleted; the keys are empty then.
    pub files_erased_at: Option<DateTimeUtc>,
    /// When a reviewer last turned it or moved its frame.
    pub adjusted_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
