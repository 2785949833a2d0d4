//! Lists: what a caller sends for a page of one, and what it is answered.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Query;
use actix_web::{FromRequest, HttpRequest};
use domain::page::{PageKey, PageRequest};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::field_fault;
use crate::problem::Fault;
use crate::schema;

/// Where a list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// How many at most, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 20, example = 20)]
    limit: Option<u64>,
    /// The `next` of the page before; the other parameters must be the same as then.
    #[param(value_type = Option<schema::Cursor>, inline)]
    after: Option<String>,
}

/// The page of a list that a request asks for; the operation documents it with [`PageQuery`].
#[derive(Debug)]
pub(crate) struct Paged<K>(pub(crate) PageRequest<K>);

impl<K: PageKey> FromRequest for Paged<K> {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map(Self))
    }
}

fn read<K: PageKey>(request: &HttpRequest) -> Result<PageRequest<K>, Fault> {
    let query = Query::<PageQuery>::from_query(request.query_string());
    let query = query.map_err(|error| field_fault::of_query(&error.to_string(), request))?;
    let page = PageRequest::read(list(request), query.limit, query.after.as_deref());
    Ok(page?)
}

/// The address of the list, and its filter: the parameters that say nothing of the page or of when it is answered.
fn list(request: &HttpRequest) -> String {
    let pairs = request.query_string().split('&');
    let is_filter = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        !matches!(name, "" | "limit" | "after" | "wait_s" | "newest")
    };
    let mut filter: Vec<_> = pairs.filter(is_filter).collect();
    filter.sort_unstable();
    format!("{}?{}", request.path(), filter.join("&"))
}

/// The pages of lists, by what they hold: each `{ items, next }`, and made of the service's page with a way to show one of
/// its rows.
macro_rules! pages {
    ($($(#[doc = $text:literal])+ $name:ident of $view:ty;)+) => {$(
        $(#[doc = $text])+
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        struct $name {
            /// In the order that the operation describes.
            items: Vec<$view>,
            /// Send it as `after` for the next page; null on the last.
            #[schema(required = true, value_type = Option<$crate::schema::Cursor>)]
            next: Option<String>,
        }

        impl $name {
            fn new<T>(page: domain::page::Page<T>, view: impl FnMut(T) -> $view) -> Self {
                Self {
                    items: page.items.into_iter().map(view).collect(),
                    next: page.next,
                }
            }
        }
    )+};
}

pub(crate) use pages;

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use actix_web::test::TestRequest;

    use super::list;

    #[rstest]
    #[case::no_query("/orders", "/orders?")]
    #[case::page_alone("/orders?limit=20&after=x", "/orders?")]
    #[case::filter("/orders?state=paid&limit=20", "/orders?state=paid")]
    #[case::other_order("/orders?b=2&a=1&after=x", "/orders?a=1&b=2")]
    #[case::waiting("/events?wait_s=25&newest=true&kind=a", "/events?kind=a")]
    #[case::empty_pairs("/orders?&&a=1&", "/orders?a=1")]
    #[case::name_that_begins_alike("/orders?limits=1", "/orders?limits=1")]
    fn a_list_is_told_by_its_address_and_filter(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(
            list(&TestRequest::with_uri(address).to_http_request()),
            expected
        );
    }
}
