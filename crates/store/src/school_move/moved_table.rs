//! Which rows belong to a school, table by table, and which stay where they are and why.

use domain::{SchoolId, TaskId};
use sea_orm::sea_query::{Alias, ColumnType, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn};

use crate::StoreError;
use crate::entity;

/// A school and its tasks.
#[derive(Debug, Clone)]
pub struct Moving {
    /// The school.
    pub school: SchoolId,
    /// All its tasks.
    pub tasks: Vec<TaskId>,
}

/// How a column is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Bytes,
    Text,
    Small,
    Number,
    Flag,
    Time,
    Json,
}

impl Kind {
    fn of(column: &ColumnType) -> Option<Self> {
        let kinds = [
            (matches!(column, ColumnType::Uuid), Self::Uuid),
            (
                matches!(
                    column,
                    ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_)
                ),
                Self::Bytes,
            ),
            (
                matches!(column, ColumnType::Text | ColumnType::String(_)),
                Self::Text,
            ),
            (matches!(column, ColumnType::Integer), Self::Small),
            (matches!(column, ColumnType::BigInteger), Self::Number),
            (matches!(column, ColumnType::Boolean), Self::Flag),
            (
                matches!(column, ColumnType::TimestampWithTimeZone),
                Self::Time,
            ),
            (
                matches!(column, ColumnType::Json | ColumnType::JsonBinary),
                Self::Json,
            ),
        ];
        kinds.into_iter().find_map(|(is, kind)| is.then_some(kind))
    }
}

/// Which rows of a table are a school's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// The school itself.
    Itself,
    /// Those that name it.
    OfSchool,
    /// Those that name it and are no known items, which belong to the platform.
    Unseeded,
    /// Those of its orders.
    OfOrders,
    /// The keys of the school and its tasks.
    Keys,
    /// Everybody whom its rows name, by the column that names an account.
    People(&'static str),
    /// The staff among them.
    Staff,
}

/// A table whose rows go with a school.
#[derive(Debug)]
pub struct MovedTable {
    /// Its name.
    pub name: &'static str,
    /// By which its rows are put in order.
    pub(super) key: Vec<String>,
    pub(super) columns: Vec<(String, Option<Kind>)>,
    which: Which,
}

fn table<E: EntityTrait>(which: Which) -> MovedTable {
    let columns = E::Column::iter().map(|column| {
        let kind = Kind::of(column.def().get_column_type());
        (column.as_str().to_owned(), kind)
    });
    let key = E::PrimaryKey::iter().map(|key| key.into_column().as_str().to_owned());
    MovedTable {
        name: E::default().table_name(),
        key: key.collect(),
        columns: columns.collect(),
        which,
    }
}

/// Every table whose rows go with a school, in an order in which each comes after those that it refers to.
pub fn tables() -> Vec<MovedTable> {
    use Which::{Itself, Keys, OfOrders, OfSchool, People, Staff, Unseeded};
    let mut tables = vec![
        table::<entity::school::Entity>(Itself),
        table::<entity::school_alias::Entity>(OfSchool),
        table::<entity::task::Entity>(OfSchool),
        table::<entity::data_key::Entity>(Keys),
        table::<entity::account::Entity>(People("id")),
        table::<entity::consent::Entity>(People("account_id")),
        table::<entity::staff_member::Entity>(Staff),
        table::<entity::staff_role::Entity>(OfSchool),
        table::<entity::merchant_account::Entity>(OfSchool),
        table::<entity::task_template::Entity>(OfSchool),
        table::<entity::roster_import::Entity>(OfSchool),
        table::<entity::roster_entry::Entity>(OfSchool),
        table::<entity::roster_id::Entity>(OfSchool),
        table::<entity::roster_import_row::Entity>(OfSchool),
        table::<entity::student_reminder::Entity>(OfSchool),
        table::<entity::enrolment::Entity>(OfSchool),
        table::<entity::roster_ticket::Entity>(OfSchool),
        table::<entity::photo::Entity>(OfSchool),
        table::<entity::picture_band::Entity>(OfSchool),
        table::<entity::review_queue::Entity>(Unseeded),
        table::<entity::photo_review::Entity>(Unseeded),
        table::<entity::photo_recall::Entity>(OfSchool),
        table::<entity::order::Entity>(OfSchool),
        table::<entity::order_line::Entity>(OfOrders),
        table::<entity::payment_attempt::Entity>(OfSchool),
        table::<entity::refund::Entity>(OfSchool),
        table::<entity::ledger::Entity>(OfOrders),
        table::<entity::money_case::Entity>(OfSchool),
        table::<entity::delivery::Entity>(OfSchool),
        table::<entity::delivery_photo::Entity>(OfSchool),
        table::<entity::task_purge::Entity>(OfSchool),
        table::<entity::event::Entity>(OfSchool),
        table::<entity::audit_event::Entity>(OfSchool),
    ];
    // The chain is copied in its own order.
    if let Some(chain) = tables.last_mut() {
        chain.key = vec!["chain_sequence".to_owned()];
    }
    tables
}

/// A table whose rows stay, and why.
pub type LeftBehind = (&'static str, &'static str);

/// Every table whose rows stay where they are.
pub const LEFT_BEHIND: &[LeftBehind] = &[
    (
        "sessions",
        "whoever comes to the new installation logs in there",
    ),
    (
        "staff_sessions",
        "whoever comes to the new installation logs in there",
    ),
    ("known_browsers", "keyed hashes under another key"),
    ("code_failures", "keyed hashes under another key"),
    ("sms_challenges", "codes are good for five minutes"),
    (
        "sms_messages",
        "a log of thirty days, by keyed hashes under another key",
    ),
    ("spent_captchas", "good for five minutes"),
    ("phone_changes", "a change under way begins anew"),
    (
        "staff_recovery_codes",
        "keyed hashes under another key: their owners make new ones",
    ),
    (
        "verification_attempts",
        "a log of half a year; deleted with the school",
    ),
    (
        "photo_checks",
        "what an hour's limit counts; deleted with the school",
    ),
    (
        "seeded_items",
        "known items are of the platform's library; deleted with the photos beside which they stood",
    ),
    (
        "task_progress",
        "counts that are made anew; deleted with the school",
    ),
    ("known_photos", "the platform's own"),
    (
        "lost_phone_reports",
        "read by the platform; open ones stop the move",
    ),
    (
        "integrators",
        "they must be shut off first and made anew: their address changes",
    ),
    ("integrator_credentials", "as their integrators"),
    ("spent_token_ids", "good for ten minutes"),
    (
        "webhook_endpoints",
        "they must be shut off first and made anew: the order of events begins anew",
    ),
    ("webhook_secrets", "as their endpoints"),
    ("webhook_deliveries", "as their endpoints"),
    ("webhook_attempts", "as their endpoints"),
    (
        "event_positions",
        "the new installation has an order of its own",
    ),
    (
        "index_keys",
        "which keys of an installation are written under",
    ),
    (
        "audit_chains",
        "in the file as the chain's head, and signed anew",
    ),
    ("erasures", "a restore of this installation repeats them"),
    (
        "jobs",
        "what a job would write is counted as open work, which stops the move",
    ),
    (
        "idempotency_keys",
        "a request that is repeated goes to the old address",
    ),
    ("notify_inbox", "what providers sent to this address"),
    ("provider_calls", "a log of half a year"),
    ("reconciliations", "of merchant accounts, not of schools"),
    ("bill_rows", "of merchant accounts, not of schools"),
    ("readiness_probes", "of the installation"),
    ("school_moves", "of the installation"),
    (
        "former_signing_keys",
        "in the file as the keys of the installation",
    ),
];

/// Tables whose rows stay, and to which nothing is added while the school is on its way.
pub(super) const FENCED_BESIDES: &[&str] = &["integrators", "webhook_endpoints"];

/// Every table of which rows are deleted here once the school has moved, in an order in which each comes before those that it
/// refers to: first tables whose rows do not go along and are of no use without the school.
pub fn cleared_tables() -> Vec<MovedTable> {
    let mut cleared = vec![
        table::<entity::verification_attempt::Entity>(Which::OfSchool),
        table::<entity::photo_check::Entity>(Which::OfSchool),
        table::<entity::seeded_item::Entity>(Which::OfSchool),
        table::<entity::task_progress::Entity>(Which::OfSchool),
    ];
    cleared.extend(tables().into_iter().rev());
    cleared
}

/// Which columns name an account that must be there too. Leases are left out, since none goes along.
pub(super) const NAMING_ACCOUNTS: &[(&str, &str)] = &[
    ("enrolments", "account_id"),
    ("orders", "account_id"),
    ("roster_tickets", "account_id"),
    ("roster_imports", "account_id"),
    ("deliveries", "account_id"),
    ("staff_roles", "account_id"),
    ("photo_reviews", "reviewer_id"),
    ("photo_recalls", "reviewer_id"),
];

fn column(name: &str) -> Expr {
    Expr::col(Alias::new(name))
}

fn of_school(table: &str, wanted: &str, school: SchoolId) -> SelectStatement {
    let mut query = Query::select();
    query
        .column(Alias::new(wanted))
        .from(Alias::new(table))
        .and_where(column("school_id").eq(school.0))
        .and_where(column(wanted).is_not_null());
    query
}

fn people(school: SchoolId) -> SelectStatement {
    let mut all = NAMING_ACCOUNTS.iter();
    let mut query = all.next().map_or_else(Query::select, |(table, name)| {
        of_school(table, name, school)
    });
    for (table, name) in all {
        query.union(UnionType::Distinct, of_school(table, name, school));
    }
    query
}

impl MovedTable {
    /// The column that names the school; none where the rows are reached otherwise.
    pub fn school_column(&self) -> Option<&'static str> {
        match self.which {
            Which::Itself => Some("id"),
            Which::OfSchool | Which::Unseeded => Some("school_id"),
            Which::OfOrders | Which::Keys | Which::People(_) | Which::Staff => None,
        }
    }

    /// Which rows are deleted here once the school has moved, also known items that stood beside its photos; `None` where all
    /// stay: an account is its owner's, and the audit log and the school's name stay.
    pub(super) fn cleared(&self, moving: &Moving) -> Option<Expr> {
        if self.name == "audit_events" {
            return None;
        }
        match self.which {
            Which::Itself | Which::People(_) | Which::Staff => None,
            Which::Unseeded => Some(column("school_id").eq(moving.school.0)),
            Which::OfSchool | Which::OfOrders | Which::Keys => Some(self.condition(moving)),
        }
    }

    /// Which rows are the school's.
    pub(super) fn condition(&self, moving: &Moving) -> Expr {
        let school = moving.school;
        match self.which {
            Which::Itself => column("id").eq(school.0),
            Which::OfSchool => column("school_id").eq(school.0),
            Which::Unseeded => column("school_id")
                .eq(school.0)
                .and(column("is_seeded").eq(false)),
            Which::OfOrders => column("order_id").in_subquery(of_school("orders", "id", school)),
            Which::Keys => {
                let tasks = moving.tasks.iter().map(ToString::to_string);
                column("scope").is_in(tasks.chain([school.to_string()]))
            }
            Which::People(name) => column(name).in_subquery(people(school)),
            Which::Staff => {
                column("account_id").in_subquery(of_school("staff_roles", "account_id", school))
            }
        }
    }

    /// How each column is read and written.
    pub(super) fn kinds(&self) -> Result<Vec<(&str, Kind)>, StoreError> {
        let known = |(name, kind): &'_ (String, Option<Kind>)| {
            let what =
                || StoreError::corrupt(format!("{}.{name}: a type that is not moved", self.name));
            kind.ok_or_else(what)
        };
        self.columns
            .iter()
            .map(|column| Ok((column.0.as_str(), known(column)?)))
            .collect()
    }
}
