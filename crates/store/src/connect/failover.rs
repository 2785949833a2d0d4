//! Several hosts of one `PostgreSQL`: which of them takes writes, and going over to another one when that is promoted.
//!
//! An address names them as libpq's does: `postgres://user@first:5432,second:5432/name`. docs/decisions/0063.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{ConnectOptions as _, PgPool, query_scalar};
use sea_orm::{DatabaseConnection, SqlxError};
use tokio::time::{interval, timeout};

use super::read_pool::{ReadPool, Shared};

/// How often every host is asked whether it takes writes.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// How long a host may take to answer that.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);
/// How often a start asks before it gives up: some 15 s, so that it outlasts a promotion.
const TRIES_AT_START: usize = 15;
/// The name of the file that a server writes its log into, which begins with the timeline; none where it follows another
/// server. A promotion begins a new timeline with a higher number.
const QUESTION: &str =
    "SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_walfile_name(pg_current_wal_lsn()) END";

/// The addresses of each host that a `PostgreSQL` address names; one where it names one.
pub(super) fn addresses(url: &str) -> Vec<String> {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let end = url[authority..].find(['/', '?']);
    let end = end.map_or(url.len(), |at| authority + at);
    let hosts = url[authority..end].rfind('@');
    let hosts = hosts.map_or(authority, |at| authority + at + 1);
    url[hosts..end]
        .split(',')
        .map(|host| format!("{}{host}{}", &url[..hosts], &url[end..]))
        .collect()
}

/// The hosts, each with a connection of its own that only asks.
pub(super) struct Hosts(Vec<Host>);

struct Host {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
}

impl Hosts {
    /// Those at these addresses.
    pub(super) fn of(addresses: &[String]) -> Result<Self, SqlxError> {
        let hosts = addresses.iter().map(|address| {
            let options: PgConnectOptions = address.parse()?;
            Ok(Host {
                options: options.disable_statement_logging(),
                connection: None,
            })
        });
        hosts.collect::<Result<_, _>>().map(Self)
    }

    /// Waits until one of them takes writes; its place. `None` where none does after some 15 s.
    pub(super) async fn primary(&mut self) -> Option<usize> {
        let mut ticks = interval(ASK_EVERY);
        for _ in 0..TRIES_AT_START {
            ticks.tick().await;
            if let Some(found) = chosen(&self.timelines().await, None) {
                return Some(found);
            }
        }
        None
    }

    /// The timeline of each host that takes writes.
    async fn timelines(&mut self) -> Vec<Option<u32>> {
        let mut timelines = Vec::new();
        for host in &mut self.0 {
            let answer = timeout(ANSWER_TIMEOUT, host.timeline()).await;
            timelines.push(answer.ok().and_then(Result::ok).flatten());
        }
        timelines
    }

    /// Follows the primary for as long as the pool is used.
    pub(super) async fn follow(mut self, mut current: usize, pools: Pools) {
        let mut ticks = interval(ASK_EVERY);
        loop {
            ticks.tick().await;
            let timelines = self.timelines().await;
            let Some(shared) = pools.reader.upgrade() else {
                return;
            };
            if pools.pool.is_closed() {
                return;
            }
            match chosen(&timelines, Some(current)) {
                Some(next) if next != current => {
                    current = next;
                    pools.go_over(&self.0[next].options, &ReadPool(shared));
                }
                Some(_) | None => {}
            }
        }
    }
}

impl Host {
    /// Its timeline where it takes writes. A connection that fails or does not answer in time is not used again.
    async fn timeline(&mut self) -> Result<Option<u32>, SqlxError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        let file: Option<String> = query_scalar(QUESTION).fetch_one(&mut connection).await?;
        self.connection = Some(connection);
        let timeline = file.as_deref().and_then(|name| name.get(..8));
        Ok(timeline.and_then(|digits| u32::from_str_radix(digits, 16).ok()))
    }
}

/// The place of the host to use, of those whose timeline is known: the one that was promoted last, so that a former primary
/// that still takes writes is left. Of equals the current one.
fn chosen(timelines: &[Option<u32>], current: Option<usize>) -> Option<usize> {
    let known = timelines.iter().enumerate();
    let known = known.filter_map(|(place, timeline)| timeline.map(|timeline| (place, timeline)));
    known
        .max_by_key(|(place, timeline)| (*timeline, Some(*place) == current))
        .map(|(place, _)| place)
}

/// What uses the primary.
pub(super) struct Pools {
    pool: PgPool,
    reader: Weak<Shared>,
    switched: Arc<Switched>,
}

impl Pools {
    /// The pool of this connection, and what reads through it.
    pub(super) fn of(
        connection: &DatabaseConnection,
        reader: &ReadPool,
        switched: Arc<Switched>,
    ) -> Self {
        Self {
            pool: connection.get_postgres_connection_pool().clone(),
            reader: Arc::downgrade(&reader.0),
            switched,
        }
    }

    fn go_over(&self, to: &PgConnectOptions, reader: &ReadPool) {
        let (host, port) = (to.get_host().to_owned(), to.get_port());
        let options = self.pool.connect_options().as_ref().clone();
        self.pool
            .set_connect_options(options.host(&host).port(port));
        self.switched.now();
        reader.renew();
        metrics::counter!("database_failovers_total").increment(1);
        tracing::warn!(database.host = %host, database.port = port, "Went over to the database at {host}:{port}, which was promoted");
    }
}

/// When the pool went over to another host; connections that are older lead to the one before.
#[derive(Debug, Default)]
pub(super) struct Switched(Mutex<Option<Instant>>);

impl Switched {
    fn now(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether a connection of this age leads to the present host.
    pub(super) fn is_before(&self, age: Duration) -> bool {
        let at = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        at.is_none_or(|at| age < at.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use rstest::rstest;

    #[rstest]
    #[case::ports_and_options("postgres://u:p%2C@a:1,b:2/name?sslmode=require", &["postgres://u:p%2C@a:1/name?sslmode=require", "postgres://u:p%2C@b:2/name?sslmode=require"])]
    #[case::names_alone("postgres://a,b", &["postgres://a", "postgres://b"])]
    #[case::comma_behind_the_host("postgres://u@a/x,y", &["postgres://u@a/x,y"])]
    fn every_host_of_an_address_gets_one_of_its_own(#[case] url: &str, #[case] expected: &[&str]) {
        assert_eq!(addresses(url), expected);
    }

    #[rstest]
    #[case::one_answers(&[Some(1), None], None, Some(0))]
    #[case::none_answers(&[None, None], Some(0), None)]
    #[case::the_other_answers(&[None, Some(2)], Some(0), Some(1))]
    #[case::the_other_was_promoted(&[Some(1), Some(2)], Some(0), Some(1))]
    #[case::first_of_two_alike(&[Some(2), Some(2)], Some(0), Some(0))]
    #[case::second_of_two_alike(&[Some(2), Some(2)], Some(1), Some(1))]
    fn the_host_that_was_promoted_last_is_used(
        #[case] timelines: &[Option<u32>],
        #[case] current: Option<usize>,
        #[case] expected: Option<usize>,
    ) {
        assert_eq!(chosen(timelines, current), expected, "{timelines:?}");
    }

    #[test]
    fn connections_from_before_a_switch_are_old() {
        let switched = Switched::default();
        assert!(switched.is_before(Duration::from_mins(1)));
        switched.now();
        assert!(!switched.is_before(Duration::from_mins(1)));
    }

    #[tokio::test]
    async fn a_host_that_does_not_answer_is_passed_over_on_postgres() {
        let Some(url) = std::env::var_os("TEST_DATABASE_URL") else {
            return;
        };
        let url = url.into_string().unwrap();
        let (before, after) = url.split_once('@').unwrap();
        // Nothing listens on port 1.
        let store = Store::connect(&format!("{before}@127.0.0.1:1,{after}"), 2).await;
        let store = store.unwrap();
        drop(store.begin().await.unwrap());
        store.ping().await.unwrap();
        store.close().await.unwrap();
    }
}
