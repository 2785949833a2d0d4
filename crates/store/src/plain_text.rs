//! Texts of people that stand in a column from the time before they were sealed.

use domain::{Sealed, TaskId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{photo, roster_ticket};
use crate::{StoreError, Tx};

/// A column with such texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// A student's note to the reviewer.
    PhotoNote,
    /// A student's question to the school.
    TicketNote,
    /// The school's answer.
    TicketAnswer,
}

impl Plain {
    /// Each.
    pub const ALL: [Self; 3] = [Self::PhotoNote, Self::TicketNote, Self::TicketAnswer];

    /// Table and column where the text stands sealed.
    pub const fn sealed(self) -> (&'static str, &'static str) {
        match self {
            Self::PhotoNote => ("photos", "note_sealed"),
            Self::TicketNote => ("roster_tickets", "note_sealed"),
            Self::TicketAnswer => ("roster_tickets", "answer_sealed"),
        }
    }
}

/// Rows, whoever's, with a text that is not sealed yet, and their tasks. Those of purged tasks are left out, since their
/// tasks have no keys any more, and those of schools that are being moved.
pub async fn left(
    on: &impl ConnectionTrait,
    place: Plain,
    limit: u64,
) -> Result<Vec<(Uuid, TaskId)>, StoreError> {
    macro_rules! left {
        ($table:ident, $column:ident) => {
            $table::Entity::find()
                .select_only()
                .columns([$table::Column::Id, $table::Column::TaskId])
                .filter($table::Column::$column.is_not_null())
                .filter($table::Column::TaskId.not_in_subquery(crate::task::purged()))
                .filter(crate::school_move::stays($table::Column::SchoolId))
                .order_by_asc($table::Column::Id)
                .limit(limit)
                .into_tuple()
                .all(on)
                .await?
        };
    }
    let rows: Vec<(Uuid, Uuid)> = match place {
        Plain::PhotoNote => left!(photo, Note),
        Plain::TicketNote => left!(roster_ticket, Note),
        Plain::TicketAnswer => left!(roster_ticket, Answer),
    };
    let typed = |(row, task)| (row, TaskId(task));
    Ok(rows.into_iter().map(typed).collect())
}

/// The text of a row, locked until `tx` ends; `None` where another server was faster.
pub async fn lock(tx: &Tx, place: Plain, id: Uuid) -> Result<Option<String>, StoreError> {
    Ok(match place {
        Plain::PhotoNote => {
            let row = photo::Entity::find_by_id(id).lock_exclusive().one(tx);
            row.await?.and_then(|row| row.note)
        }
        Plain::TicketNote | Plain::TicketAnswer => {
            let row = roster_ticket::Entity::find_by_id(id).lock_exclusive();
            let row = row.one(tx).await?;
            row.and_then(|row| match place {
                Plain::TicketAnswer => row.answer,
                Plain::PhotoNote | Plain::TicketNote => row.note,
            })
        }
    })
}

/// Puts the sealed text in the place of the other.
pub async fn replace(tx: &Tx, place: Plain, id: Uuid, sealed: Sealed) -> Result<(), StoreError> {
    let sealed = sealed.into_bytes();
    macro_rules! replace {
        ($table:ident, $column:ident, $sealed:ident) => {
            $table::Entity::update_many()
                .col_expr($table::Column::$column, Expr::value(None::<String>))
                .col_expr($table::Column::$sealed, Expr::value(sealed))
                .filter($table::Column::Id.eq(id))
                .exec(tx)
                .await?
        };
    }
    match place {
        Plain::PhotoNote => replace!(photo, Note, NoteSealed),
        Plain::TicketNote => replace!(roster_ticket, Note, NoteSealed),
        Plain::TicketAnswer => replace!(roster_ticket, Answer, AnswerSealed),
    };
    Ok(())
}
