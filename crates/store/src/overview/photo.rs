//! A photo as its owner sees it.

use domain::order::{OrderNo, OrderState};
use domain::submitted_photo::SubmittedPhoto;
use domain::{AccountId, PhotoId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryOrder, QuerySelect, QueryTrait};

use crate::StoreError;
use crate::entity::{order, photo};
use crate::joined::row;

/// One of an account's photos, with the number of the order of its student that counts, or else of the latest; `None`
/// also where it is somebody else's, or its task was purged.
pub async fn photo(
    on: &impl ConnectionTrait,
    owner: AccountId,
    id: PhotoId,
) -> Result<Option<(SubmittedPhoto, Option<OrderNo>)>, StoreError> {
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
    let query = crate::photo::own(owner, id).expr_as(number, "number_of_order");
    let Some(found) = on.query_one(&query.into_query()).await? else {
        return Ok(None);
    };
    let number: Option<String> = found.try_get("", "number_of_order")?;
    let number = number.map(|number| number.parse());
    let number = number.transpose();
    let number = number.map_err(|_| StoreError::corrupt("orders.order_no"))?;
    Ok(Some((crate::photo::read(row(&found, "")?)?, number)))
}
