//! No column holds words of a person that are not sealed.
//!
//! Each column of the real schema that could hold text is a word out of a list (a CHECK says so), or stands below with the
//! reason why it may be read without a key. What people write goes into a column of bytes whose name ends in `_sealed`.

use super::query;
use crate::Store;

/// What stands behind a reason.
const KEYS_AND_NUMBERS: &str = "a number, a key or a version of ours or of a provider";
const WORDS: &str = "a word of the program out of a list that grows";
const FAULTS: &str = "a fault in the words of the program or of a provider, without personal data";
const OPERATORS: &str = "an operator's words about a deed, for colleagues and auditors who have no keys; \
    docs/operations.md says to write no personal data";
const NAMES_OF_OPERATORS: &str = "who did it, for auditors; an operator chooses the name";
const ROSTER: &str = "filters and the progress of a school need it in the clear";
const BEFORE: &str =
    "from before texts were sealed; the worker moves it into the sealed column and empties it";

/// Table, column and reason.
const EXEMPT: &[(&str, &str, &str)] = &[
    ("schools", "code", "public"),
    ("schools", "name", "public"),
    ("schools", "name_folded", "public"),
    (
        "schools",
        "contact",
        "an office of the school, not a person",
    ),
    ("school_aliases", "alias", "public"),
    ("school_aliases", "alias_folded", "public"),
    ("school_moves", "address", "the address of an installation"),
    ("school_moves", "task_ids", KEYS_AND_NUMBERS),
    ("former_signing_keys", "id", KEYS_AND_NUMBERS),
    (
        "former_signing_keys",
        "address",
        "the address of an installation",
    ),
    ("tasks", "name", "public"),
    (
        "tasks",
        "settings",
        "public: window, fee, rules, texts, and the school's own contact",
    ),
    ("merchant_accounts", "name", KEYS_AND_NUMBERS),
    ("merchant_accounts", "merchant_no", KEYS_AND_NUMBERS),
    ("merchant_accounts", "application", KEYS_AND_NUMBERS),
    ("task_templates", "name", "public"),
    (
        "task_templates",
        "settings",
        "fee, rules, texts, and the school's own contact",
    ),
    (
        "task_progress",
        "counts",
        "numbers, and names of colleges, majors and classes",
    ),
    ("task_purges", "counts", "what was deleted, in numbers"),
    (
        "task_purges",
        "certificate",
        "public: names of a school and a task, and numbers",
    ),
    ("task_purges", "signing_key_id", KEYS_AND_NUMBERS),
    ("data_keys", "scope", KEYS_AND_NUMBERS),
    ("data_keys", "purpose", WORDS),
    ("data_keys", "kek_id", KEYS_AND_NUMBERS),
    ("index_keys", "key_id", KEYS_AND_NUMBERS),
    ("consents", "document_version", KEYS_AND_NUMBERS),
    ("consents", "text_hash", "the hash of a public text"),
    ("sessions", "revoked_reason", WORDS),
    (
        "sessions",
        "user_agent_family",
        "a family of browsers, which millions use",
    ),
    (
        "sessions",
        "system_family",
        "a family of systems, which millions use",
    ),
    (
        "staff_roles",
        "limits",
        "names of colleges and classes, as they stand on the roster",
    ),
    ("integrators", "name", "a system of a school, not a person"),
    ("integrators", "scopes", WORDS),
    ("integrators", "school_ids", KEYS_AND_NUMBERS),
    (
        "integrators",
        "networks",
        "networks of a school's servers, not of persons",
    ),
    (
        "integrator_credentials",
        "label",
        "the first characters of a secret, or the name that a school gave its key",
    ),
    ("integrator_credentials", "public_key", "public"),
    ("sms_messages", "template", WORDS),
    ("sms_messages", "provider", WORDS),
    ("sms_messages", "provider_id", KEYS_AND_NUMBERS),
    ("sms_messages", "error", FAULTS),
    ("roster_entries", "college", ROSTER),
    ("roster_entries", "class_name", ROSTER),
    ("roster_entries", "major", ROSTER),
    ("roster_entries", "expected_graduation", ROSTER),
    ("roster_entries", "corrected", WORDS),
    ("roster_imports", "file_key", KEYS_AND_NUMBERS),
    (
        "roster_imports",
        "settings",
        "choices out of lists, and headings of columns",
    ),
    (
        "roster_imports",
        "outcome",
        "numbers, words out of lists, and headings of columns",
    ),
    ("roster_import_rows", "verdict", WORDS),
    ("roster_import_rows", "column_name", WORDS),
    ("roster_ids", "id_type", WORDS),
    ("enrolments", "proven", WORDS),
    ("roster_tickets", "id_type", WORDS),
    (
        "roster_tickets",
        "number_masked",
        "masked: its first and last two characters",
    ),
    ("roster_tickets", "note", BEFORE),
    ("roster_tickets", "answer", BEFORE),
    ("lost_phone_reports", "reference", KEYS_AND_NUMBERS),
    ("lost_phone_reports", "id_type", WORDS),
    ("lost_phone_reports", "closed_by", NAMES_OF_OPERATORS),
    ("lost_phone_reports", "outcome", OPERATORS),
    ("photos", "original_key", "a random name"),
    ("photos", "framed_key", "a random name"),
    ("photos", "thumb_key", "a random name"),
    ("photos", "crop", "numbers"),
    ("photos", "measurements", "numbers"),
    ("photos", "verdict", "codes and numbers"),
    (
        "photos",
        "review",
        "reason codes and times; what writes a remark must seal it",
    ),
    ("photos", "note", BEFORE),
    ("photo_reviews", "reasons", "reason codes"),
    ("known_photos", "reasons", "reason codes"),
    (
        "known_photos",
        "origin",
        "an operator's statement how the photo was made or who agreed; the page says to name nobody",
    ),
    ("known_photos", "original_key", "a random name"),
    ("known_photos", "framed_key", "a random name"),
    ("known_photos", "thumb_key", "a random name"),
    ("known_photos", "crop", "numbers"),
    (
        "seeded_items",
        "framing",
        "random names, numbers, codes and a time",
    ),
    (
        "known_photos",
        "verdict",
        "codes and numbers of the photo engine",
    ),
    ("orders", "order_no", KEYS_AND_NUMBERS),
    ("payment_attempts", "merchant_account", KEYS_AND_NUMBERS),
    ("payment_attempts", "out_trade_no", KEYS_AND_NUMBERS),
    ("payment_attempts", "provider_txn_id", KEYS_AND_NUMBERS),
    (
        "payment_attempts",
        "create_params",
        "numbers, amounts and addresses of ours; the payer is sealed beside it",
    ),
    (
        "payment_attempts",
        "credential",
        "what a browser needs to pay, useless after minutes",
    ),
    ("payment_attempts", "last_error", FAULTS),
    ("refunds", "out_refund_no", KEYS_AND_NUMBERS),
    ("refunds", "reason_code", WORDS),
    ("refunds", "requested_by", NAMES_OF_OPERATORS),
    ("refunds", "requested_as", NAMES_OF_OPERATORS),
    ("refunds", "approved_by", NAMES_OF_OPERATORS),
    ("refunds", "approved_as", NAMES_OF_OPERATORS),
    ("refunds", "provider_refund_id", KEYS_AND_NUMBERS),
    ("refunds", "last_error", FAULTS),
    ("refunds", "note", OPERATORS),
    ("refunds", "request_key", KEYS_AND_NUMBERS),
    ("ledger", "account", WORDS),
    ("ledger", "kind", WORDS),
    ("notify_inbox", "merchant_account", KEYS_AND_NUMBERS),
    ("notify_inbox", "dedupe_key", KEYS_AND_NUMBERS),
    ("notify_inbox", "kind", WORDS),
    ("notify_inbox", "out_trade_no", KEYS_AND_NUMBERS),
    ("notify_inbox", "headers", "the provider's signature"),
    ("notify_inbox", "result", WORDS),
    ("notify_inbox", "error", FAULTS),
    ("provider_calls", "merchant_account", KEYS_AND_NUMBERS),
    ("provider_calls", "operation", WORDS),
    ("provider_calls", "out_no", KEYS_AND_NUMBERS),
    ("provider_calls", "code", FAULTS),
    ("provider_calls", "request_id", KEYS_AND_NUMBERS),
    ("provider_calls", "outcome", WORDS),
    ("jobs", "kind", WORDS),
    ("jobs", "key", KEYS_AND_NUMBERS),
    ("jobs", "payload", "ids and random names"),
    ("jobs", "lease_owner", KEYS_AND_NUMBERS),
    ("jobs", "last_error", FAULTS),
    ("jobs", "result", "ids, numbers and counts"),
    ("deliveries", "profile", WORDS),
    ("deliveries", "settings", "choices out of lists, and limits"),
    ("deliveries", "counts", "numbers"),
    ("deliveries", "object_key", "a random name"),
    ("deliveries", "parts", "lengths and checksums"),
    ("events", "object_type", WORDS),
    ("events", "kind", WORDS),
    (
        "events",
        "payload",
        "ids, numbers and amounts: other systems are told them",
    ),
    (
        "webhook_endpoints",
        "url",
        "the address of a system, as its operator wrote it",
    ),
    ("webhook_endpoints", "kinds", WORDS),
    ("webhook_endpoints", "description", OPERATORS),
    ("webhook_deliveries", "kind", WORDS),
    ("webhook_attempts", "fault", WORDS),
    (
        "webhook_attempts",
        "answer",
        "what a receiver answered to ids, numbers and amounts",
    ),
    ("idempotency_keys", "principal", KEYS_AND_NUMBERS),
    ("idempotency_keys", "route", WORDS),
    ("idempotency_keys", "key", KEYS_AND_NUMBERS),
    ("idempotency_keys", "body", "what a browser needs to pay"),
    ("audit_events", "actor_kind", WORDS),
    ("audit_events", "action", WORDS),
    ("audit_events", "object_type", WORDS),
    ("audit_events", "reason", OPERATORS),
    ("audit_events", "request_id", KEYS_AND_NUMBERS),
    (
        "audit_events",
        "facts",
        "names of operators, keyed hashes of addresses, and ids of integrators",
    ),
    ("audit_chains", "head_signature", KEYS_AND_NUMBERS),
    ("audit_chains", "checkpoint_signature", KEYS_AND_NUMBERS),
    ("money_cases", "kind", WORDS),
    ("money_cases", "key", KEYS_AND_NUMBERS),
    ("money_cases", "merchant_account", KEYS_AND_NUMBERS),
    ("money_cases", "facts", "numbers and amounts"),
    ("money_cases", "resolved_by", NAMES_OF_OPERATORS),
    ("money_cases", "resolution", OPERATORS),
    ("reconciliations", "merchant_account", KEYS_AND_NUMBERS),
    ("reconciliations", "bill_key", "a random name"),
    ("reconciliations", "last_error", FAULTS),
    ("reconciliations", "findings", "numbers and amounts"),
    ("bill_rows", "out_trade_no", KEYS_AND_NUMBERS),
    ("bill_rows", "out_refund_no", KEYS_AND_NUMBERS),
    ("bill_rows", "provider_no", KEYS_AND_NUMBERS),
    ("bill_rows", "difference", WORDS),
];

/// What else a column of bytes may end in: nobody reads a person from it without a key.
const BYTES: [&str; 10] = [
    "_sealed",
    "_index",
    "_hash",
    "_sha256",
    "_salt",
    "wrapped",
    "id_index",
    "raw",
    "signature",
    "public_key",
];

#[tokio::test]
async fn every_text_column_is_sealed_an_enumeration_or_exempt() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::connect(&url, 2).await.unwrap();
    migrations::up(store.writer()).await.unwrap();
    let mut unused: Vec<(&str, &str)> = EXEMPT.iter().map(|row| (row.0, row.1)).collect();
    let mut wrong = Vec::new();
    for (table, sql) in tables(&store).await {
        for (column, kind) in columns(&store, &table).await {
            let is_fine = match kind.as_str() {
                "text" | "jsonb" => {
                    let exempt = unused.iter().position(|row| *row == (&table, &column));
                    if let Some(place) = exempt {
                        unused.swap_remove(place);
                    }
                    let is_enumeration = sql.contains(&format!("{column} IN ("));
                    is_enumeration != exempt.is_some()
                }
                "bytea" => BYTES.iter().any(|end| column.ends_with(end)),
                _ => true,
            };
            if !is_fine {
                wrong.push(format!("{table}.{column} {kind}"));
            }
        }
    }
    assert!(
        wrong.is_empty() && unused.is_empty(),
        "seal these, check them against a list, or exempt them with a reason: {wrong:#?}\nno such column: {unused:#?}"
    );
}

/// Every table has a rule of retention, or a reason to stay.
#[tokio::test]
async fn every_table_is_kept_for_a_time_or_for_a_reason() {
    use domain::retention::{RULES, STANDING};
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::connect(&url, 2).await.unwrap();
    migrations::up(store.writer()).await.unwrap();
    let ruled = RULES.iter().map(|rule| rule.record.as_str());
    let mut named: Vec<&str> = ruled.chain(STANDING.iter().map(|row| row.0)).collect();
    // The files of photos are no tables.
    named.retain(|name| !name.contains('('));
    named.sort_unstable();
    let mut found: Vec<String> = Vec::new();
    for (table, _) in tables(&store).await {
        found.push(table);
    }
    found.sort_unstable();
    assert_eq!(named, found);
}

/// Tables with the statements that made them, as they read after every change.
async fn tables(store: &Store) -> Vec<(String, String)> {
    let sql =
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'seaql_migrations'";
    let rows = query(store, sql.to_owned()).await;
    let text = |row: &sea_orm::QueryResult, column: &str| row.try_get("", column).unwrap();
    rows.iter()
        .map(|row| (text(row, "name"), text(row, "sql")))
        .collect()
}

/// Columns of a table with their types.
async fn columns(store: &Store, table: &str) -> Vec<(String, String)> {
    let sql = format!("SELECT name, lower(type) AS type FROM pragma_table_info('{table}')");
    let rows = query(store, sql).await;
    let text = |row: &sea_orm::QueryResult, column: &str| row.try_get("", column).unwrap();
    rows.iter()
        .map(|row| (text(row, "name"), text(row, "type")))
        .collect()
}
