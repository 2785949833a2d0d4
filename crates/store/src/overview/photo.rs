//! A photo as its owner sees it.

use chrono::{DateTime, Utc};
use domain::order::{OrderNo, OrderState};
use domain::photo_state::PhotoState;
use domain::submitted_photo::{PhotoReview, StoredVerdict};
use domain::task::PhotoSource;
use domain::{AccountId, PhotoId, Sealed, StoredText};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryOrder, QueryResult,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::StoreError;
use crate::entity::{order, photo};
use crate::joined::row;
use crate::json::StoredDocument;
use crate::word::word;

/// What its owner sees of a photo: without files, frame and measurements.
#[derive(Debug, Clone)]
pub struct OwnPhoto {
    /// Its id.
    pub id: PhotoId,
    /// Its place among the photos of its enrolment, from 1.
    pub number: i32,
    /// Where it is.
    pub state: PhotoState,
    /// What was found.
    pub verdict: StoredVerdict,
    /// How the student came by it.
    pub source: PhotoSource,
    /// What the student wrote to the reviewer.
    pub note: Option<StoredText>,
    /// The reviewer's decision.
    pub review: Option<PhotoReview>,
    /// What the reviewer wrote to the student besides.
    pub review_note: Option<Sealed>,
    /// When it was submitted.
    pub created_at: DateTime<Utc>,
    /// When its state last changed.
    pub state_at: DateTime<Utc>,
    /// When a reviewer last turned it or moved its frame.
    pub adjusted_at: Option<DateTime<Utc>>,
}

#[derive(Debug, FromQueryResult)]
struct Columns {
    id: Uuid,
    number: i32,
    state: String,
    verdict: StoredDocument<StoredVerdict>,
    source: String,
    note: Option<String>,
    review: Option<StoredDocument<PhotoReview>>,
    created_at: DateTime<Utc>,
    state_at: DateTime<Utc>,
    note_sealed: Option<Vec<u8>>,
    review_note_sealed: Option<Vec<u8>>,
    adjusted_at: Option<DateTime<Utc>>,
}

impl OwnPhoto {
    /// The columns that [`OwnPhoto::read`] needs.
    pub(super) const COLUMNS: [photo::Column; 12] = [
        photo::Column::Id,
        photo::Column::Number,
        photo::Column::State,
        photo::Column::Verdict,
        photo::Column::Source,
        photo::Column::Note,
        photo::Column::Review,
        photo::Column::CreatedAt,
        photo::Column::StateAt,
        photo::Column::NoteSealed,
        photo::Column::ReviewNoteSealed,
        photo::Column::AdjustedAt,
    ];

    /// Reads the columns, which have this prefix.
    pub(super) fn read(found: &QueryResult, prefix: &str) -> Result<Self, StoreError> {
        let row: Columns = row(found, prefix)?;
        Ok(Self {
            id: PhotoId(row.id),
            number: row.number,
            state: word("photos.state", &row.state)?,
            verdict: row.verdict.0,
            source: word("photos.source", &row.source)?,
            note: StoredText::of_columns(row.note, row.note_sealed),
            review: row.review.map(|review| review.0),
            review_note: row.review_note_sealed.map(Sealed::from),
            created_at: row.created_at,
            state_at: row.state_at,
            adjusted_at: row.adjusted_at,
        })
    }
}

/// One of an account's photos, with the number of the order of its student that counts, or else of the latest; `None`
/// also where it is somebody else's, or its task was purged.
pub async fn photo(
    on: &impl ConnectionTrait,
    owner: AccountId,
    id: PhotoId,
) -> Result<Option<(OwnPhoto, Option<OrderNo>)>, StoreError> {
    use order::Column;
    let own = Expr::col((order::Entity, Column::SchoolId))
        .equals((photo::Entity, photo::Column::SchoolId))
        .and(
            Expr::col((order::Entity, Column::EnrolmentId))
                .equals((photo::Entity, photo::Column::EnrolmentId)),
        );
    let open = OrderState::ALL.iter().filter(|state| state.is_open());
    let open = Column::State.is_in(open.map(|state| state.as_str()));
    let first = order::Entity::find()
        .order_by_desc(open)
        .order_by_desc(Column::Id);
    let number = super::roster::first_id(first, Column::OrderNo, own);
    let query = crate::photo::own(owner, id)
        .select_only()
        .columns(OwnPhoto::COLUMNS)
        .expr_as(number, "number_of_order");
    let Some(found) = on.query_one(&query.into_query()).await? else {
        return Ok(None);
    };
    let number: Option<String> = found.try_get("", "number_of_order")?;
    let number = number.map(|number| number.parse());
    let number = number.transpose();
    let number = number.map_err(|_| StoreError::corrupt("orders.order_no"))?;
    Ok(Some((OwnPhoto::read(&found, "")?, number)))
}
