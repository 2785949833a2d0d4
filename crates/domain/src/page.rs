//! Pages of lists: how many rows a page holds, and the cursor from which the next one goes on.
//!
//! A cursor holds the place of a page's last row in the order of its list, so that rows that are added meanwhile neither
//! repeat nor hide others. It also holds a checksum over the list: one that was changed, or that was made for another list
//! or filter, is refused. It gives no access: every query names its owner or its reach besides.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

use crate::{FieldError, ProblemCode, Refusal, TypedId};

/// The rows of a page where the caller does not say how many.
pub const PAGE_DEFAULT: u64 = 20;
/// The most rows of a page.
pub const PAGE_MAX: u64 = 100;
/// The longest cursor, in characters.
pub const CURSOR_MAX: usize = 512;

/// The first byte of a cursor: its form.
const VERSION: u8 = 1;
/// The version and the checksum come before the place.
const HEAD_LENGTH: usize = 9;

/// The place of a row in the order of its list. Two rows of a list have different places.
pub trait PageKey: Sized {
    /// Appends the place to a cursor.
    fn write(&self, bytes: &mut Vec<u8>);
    /// Reads what [`write`](Self::write) appended; `None` where it is something else.
    fn read(bytes: &[u8]) -> Option<Self>;
}

/// A list in the order of its ids, which is the order in which its rows were made.
impl<I: TypedId> PageKey for I {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(self.uuid().as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Uuid::from_slice(bytes).ok().map(Self::of_uuid)
    }
}

/// The place of an event in the order in which events are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPlace(pub i64);

impl PageKey for EventPlace {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.0.to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self(i64::from_be_bytes(bytes.try_into().ok()?)))
    }
}

/// A value by which a list is ordered before the id.
pub trait SortValue: Sized {
    /// Appends the value to a cursor.
    fn write(&self, bytes: &mut Vec<u8>);
    /// Reads what [`write`](Self::write) appended; `None` where it is something else.
    fn read(bytes: &[u8]) -> Option<Self>;
}

impl SortValue for DateTime<Utc> {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.timestamp_micros().to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        DateTime::from_timestamp_micros(i64::from_be_bytes(bytes.try_into().ok()?))
    }
}

impl SortValue for NaiveDate {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.num_days_from_ce().to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_num_days_from_ce_opt(i32::from_be_bytes(bytes.try_into().ok()?))
    }
}

impl SortValue for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

/// A place in a list that is ordered by a value and, where two rows are alike in it, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortedPlace<S, I> {
    /// The value.
    pub sort: S,
    /// The row's id.
    pub id: I,
}

impl<S: SortValue, I: TypedId> PageKey for SortedPlace<S, I> {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(self.id.uuid().as_bytes());
        self.sort.write(bytes);
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (id, sort) = bytes.split_at_checked(16)?;
        Some(Self {
            sort: S::read(sort)?,
            id: <I as PageKey>::read(id)?,
        })
    }
}

/// Which page of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest<K> {
    /// The address of the list with its filter, for the checksum.
    list: String,
    limit: u64,
    after: Option<K>,
}

impl<K: PageKey> PageRequest<K> {
    /// Reads what a caller sent. `list` is the address of the list with its filter: a cursor is good for no other.
    ///
    /// # Errors
    /// `request.page_size` and `request.page_start`, each with its field.
    pub fn read(list: String, limit: Option<u64>, after: Option<&str>) -> Result<Self, Refusal> {
        let limit = limit.unwrap_or(PAGE_DEFAULT);
        let mut errors = Vec::new();
        if !(1..=PAGE_MAX).contains(&limit) {
            let error = FieldError::new("/limit", ProblemCode::RequestPageSize);
            errors.push(error.with("max", PAGE_MAX));
        }
        let place = after.map(|cursor| read_cursor(&list, cursor));
        if place.as_ref().is_some_and(Option::is_none) {
            errors.push(FieldError::new("/after", ProblemCode::RequestPageStart));
        }
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let after = place.flatten();
        Ok(Self { list, limit, after })
    }

    /// The first page of a list that is read by the program itself, which needs no cursor of it.
    pub fn first(limit: u64) -> Self {
        Self {
            list: String::new(),
            limit,
            after: None,
        }
    }

    /// The page behind a place of a list that is read by the program itself.
    pub fn following(limit: u64, after: K) -> Self {
        Self {
            after: Some(after),
            ..Self::first(limit)
        }
    }

    /// The same page, or the one behind a place where the caller named none.
    #[must_use]
    pub fn or_after(mut self, place: K) -> Self {
        self.after.get_or_insert(place);
        self
    }

    /// A whole list in one page, for what must miss nothing.
    pub fn whole() -> Self {
        // Both databases count rows with 64 bits and a sign.
        Self::first(u64::from(u32::MAX))
    }

    /// How many rows to read: one more than the page holds, which tells whether there is a next page.
    pub fn rows(&self) -> u64 {
        self.limit.saturating_add(1)
    }

    /// The place after which the page begins; `None` for the first page.
    pub fn after(&self) -> Option<&K> {
        self.after.as_ref()
    }

    /// Makes the page of the rows that were read, at most [`rows`](Self::rows), in their order.
    pub fn page<T>(&self, mut items: Vec<T>, place: impl FnOnce(&T) -> K) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_next = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| has_next);
        let next = last.map(|last| write_cursor(&self.list, &place(last)));
        Page { items, next }
    }

    /// As [`page`](Self::page), for a list that grows at its end: there always is a next page, which begins after the
    /// last row, or where this one began.
    pub fn page_of_stream<T>(
        &self,
        items: Vec<T>,
        beginning: &K,
        place: impl Fn(&T) -> K,
    ) -> Page<T> {
        let page = self.page(items, &place);
        let end = match page.items.last() {
            Some(last) => write_cursor(&self.list, &place(last)),
            None => write_cursor(&self.list, self.after.as_ref().unwrap_or(beginning)),
        };
        Page {
            next: Some(end),
            ..page
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page of other rows in the place of these, one for each or fewer.
    pub fn with_items<U>(self, items: impl FnOnce(Vec<T>) -> Vec<U>) -> Page<U> {
        Page {
            items: items(self.items),
            next: self.next,
        }
    }
}

fn write_cursor(list: &str, place: &impl PageKey) -> String {
    let mut payload = Vec::with_capacity(32);
    place.write(&mut payload);
    let mut bytes = vec![VERSION];
    bytes.extend_from_slice(&checksum(list, &payload).to_be_bytes());
    bytes.append(&mut payload);
    BASE64URL_NOPAD.encode(&bytes)
}

fn read_cursor<K: PageKey>(list: &str, cursor: &str) -> Option<K> {
    if cursor.len() > CURSOR_MAX {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
    let (head, payload) = bytes.split_at_checked(HEAD_LENGTH)?;
    let mut expected = vec![VERSION];
    expected.extend_from_slice(&checksum(list, payload).to_be_bytes());
    (head == expected).then(|| K::read(payload)).flatten()
}

/// FNV-1a with 64 bits: it finds what was mixed up or damaged, and is no signature.
fn checksum(list: &str, payload: &[u8]) -> u64 {
    let bytes = list.bytes().chain([0]).chain(payload.iter().copied());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::OrderId;

    type ByTime = SortedPlace<DateTime<Utc>, OrderId>;
    type ByText = SortedPlace<String, OrderId>;

    fn read<K: PageKey>(list: &str, after: Option<&str>) -> Result<PageRequest<K>, Refusal> {
        PageRequest::read(list.to_owned(), Some(2), after)
    }

    #[test]
    fn a_list_that_grows_can_always_be_read_on() {
        let read = |after: Option<&str>| read::<EventPlace>("/events", after).unwrap();
        let place = |number: &i64| EventPlace(*number);
        let first = read(None).page_of_stream(vec![5, 7, 8], &EventPlace(0), place);
        assert_eq!(first.items, [5, 7]);
        let last = read(first.next.as_deref());
        assert_eq!(last.after(), Some(&EventPlace(7)));
        let last = last.page_of_stream(vec![8], &EventPlace(0), place);
        let end = read(last.next.as_deref());
        assert_eq!(end.after(), Some(&EventPlace(8)));
        let nothing = end.page_of_stream(vec![], &EventPlace(0), place);
        assert_eq!(nothing.next, last.next);
        let never = read(None).page_of_stream(vec![], &EventPlace(3), place);
        assert_eq!(read(never.next.as_deref()).after(), Some(&EventPlace(3)));
    }

    fn ids(from: u128, until: u128) -> Vec<OrderId> {
        (from..until)
            .map(|id| OrderId(Uuid::from_u128(id)))
            .collect()
    }

    #[test]
    fn a_page_ends_with_a_cursor_only_where_there_are_more_rows() {
        let request = read::<OrderId>("/me/orders", None).unwrap();
        assert_eq!((request.rows(), request.after()), (3, None));
        let last = request.page(ids(0, 2), |id| *id);
        assert_eq!((last.items, last.next), (ids(0, 2), None));
        let page = request.page(ids(0, 3), |id| *id);
        assert_eq!(page.items, ids(0, 2));
        let next = read::<OrderId>("/me/orders", page.next.as_deref()).unwrap();
        assert_eq!(next.after(), ids(1, 2).first());
        assert_eq!(request.page(Vec::new(), |id: &OrderId| *id).next, None);
    }

    /// The cursor of the list `/a?state=open`.
    fn cursor() -> String {
        let request = read::<OrderId>("/a?state=open", None).unwrap();
        request.page(ids(0, 3), |id| *id).next.unwrap()
    }

    fn refused(list: &str, cursor: &str) {
        let refusal = read::<OrderId>(list, Some(cursor)).unwrap_err();
        assert_eq!(refusal.code, ProblemCode::RequestPageStart, "{cursor}");
        assert_eq!(refusal.fields[0].pointer, "/after");
    }

    #[rstest]
    #[case::another_state("/a?state=closed", &cursor())]
    #[case::another_list("/b?state=open", &cursor())]
    #[case::empty("/a?state=open", "")]
    #[case::cut("/a?state=open", &cursor()[1..])]
    #[case::longer("/a?state=open", &(cursor() + "AAAA"))]
    #[case::longer_than_any("/a?state=open", &"A".repeat(CURSOR_MAX + 1))]
    fn a_cursor_of_another_list_is_refused(#[case] list: &str, #[case] cursor: &str) {
        refused(list, cursor);
    }

    #[test]
    fn a_cursor_is_good_for_its_own_list_alone_and_not_when_it_was_changed() {
        let cursor = cursor();
        assert!(read::<OrderId>("/a?state=open", Some(&cursor)).is_ok());
        for place in 0..cursor.len() {
            let mut changed = cursor.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'Q' } else { b'A' };
            refused("/a?state=open", &String::from_utf8(changed).unwrap());
        }
        let other_order = read::<ByTime>("/a?state=open", Some(&cursor));
        assert_eq!(other_order.unwrap_err().code, ProblemCode::RequestPageStart);
    }

    #[test]
    fn a_page_holds_one_to_a_hundred_rows_and_twenty_by_default() {
        let limit = |limit| PageRequest::<OrderId>::read(String::new(), limit, Some("?"));
        assert_eq!(limit(Some(1)).unwrap_err().fields.len(), 1);
        let both = limit(Some(101)).unwrap_err();
        let pointers: Vec<_> = both.fields.iter().map(|one| one.pointer.as_ref()).collect();
        assert_eq!(pointers, ["/limit", "/after"]);
        assert!(PageRequest::<OrderId>::read(String::new(), Some(0), None).is_err());
        let default = PageRequest::<OrderId>::read(String::new(), None, None).unwrap();
        assert_eq!(default.rows(), 21);
        let most = PageRequest::<OrderId>::read(String::new(), Some(100), None).unwrap();
        assert_eq!(most.rows(), 101);
    }

    proptest! {
        #[test]
        fn a_place_reads_as_it_was_written(id: u128, micros in -62_135_596_800_000_000_i64..253_402_300_799_000_000, word in "\\PC{0,60}") {
            let id = OrderId(Uuid::from_u128(id));
            let at = DateTime::from_timestamp_micros(micros).unwrap();
            let time = ByTime { sort: at, id };
            prop_assert_eq!(read_cursor("x", &write_cursor("x", &time)), Some(time));
            let text = ByText { sort: word, id };
            prop_assert_eq!(read_cursor("x", &write_cursor("x", &text)), Some(text));
        }
    }

    #[test]
    fn a_page_behind_a_place_is_full() {
        let place = ids(0, 1)[0];
        let page = PageRequest::following(2, place);
        assert_eq!((page.rows(), page.after()), (3, Some(&place)));
    }

    #[rstest]
    #[case::none_named(None, 1)]
    #[case::one_named(Some(0), 0)]
    fn a_place_counts_where_the_caller_named_none(
        #[case] named: Option<usize>,
        #[case] expected: usize,
    ) {
        let places = ids(0, 2);
        let first = match named {
            None => PageRequest::first(2),
            Some(index) => PageRequest::following(2, places[index]),
        };
        assert_eq!(first.or_after(places[1]).after(), Some(&places[expected]));
    }

    #[test]
    fn other_rows_in_the_place_of_these_keep_the_cursor() {
        let page = Page {
            items: vec![1, 2, 3],
            next: Some("cursor".to_owned()),
        };
        let odd = page.with_items(|items| items.into_iter().filter(|one| one % 2 == 1).collect());
        let expected = Page {
            items: vec![1, 3],
            next: Some("cursor".to_owned()),
        };
        assert_eq!((odd.items, odd.next), (expected.items, expected.next));
    }
}
