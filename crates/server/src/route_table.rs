//! The table of routes: which methods each path of the document takes, and how often it may be called.

use std::collections::HashMap;
use std::str::Split;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::HeaderValue;
use domain::limit::{ROUTES, RouteRate};
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

/// What is known of the routes before one is chosen: a tree of the segments of their paths. The application's own table
/// compares a path with every route's pattern.
#[derive(Debug, Default)]
pub(crate) struct RouteTable {
    /// What may follow, by its text.
    named: HashMap<String, RouteTable>,
    /// What follows a parameter.
    parameter: Option<Box<RouteTable>>,
    /// The route that ends here; none where none does.
    ends: Option<Route>,
}

/// What is known of a path.
#[derive(Debug)]
pub(crate) struct Route {
    /// Its pattern, as in the document.
    pub(crate) pattern: Arc<str>,
    /// Its place among the routes, from 0 on.
    pub(crate) place: usize,
    /// The methods that it takes, as the header `Allow` names them.
    pub(crate) allowed: HeaderValue,
    /// The rates of its operations.
    rates: Vec<(Method, &'static RouteRate)>,
}

impl RouteTable {
    /// The routes of the document.
    pub(crate) fn new(document: &OpenApi) -> Self {
        let mut table = Self::default();
        for (place, (path, item)) in document.paths.paths.iter().enumerate() {
            table.place(path).ends = Some(Route::new(place, path, item));
        }
        table
    }

    /// Where the route of a path pattern ends.
    fn place(&mut self, pattern: &str) -> &mut Self {
        pattern.split('/').fold(self, |place, segment| {
            if segment.starts_with('{') {
                place.parameter.get_or_insert_default()
            } else {
                place.named.entry(segment.to_owned()).or_default()
            }
        })
    }

    /// The route that a path leads to; a segment's own text goes before a parameter.
    pub(crate) fn find(&self, path: &str) -> Option<&Route> {
        self.follow(path.split('/'))
    }

    fn follow(&self, mut segments: Split<'_, char>) -> Option<&Route> {
        let Some(segment) = segments.next() else {
            return self.ends.as_ref();
        };
        let named = self.named.get(segment);
        let found = named.and_then(|next| next.follow(segments.clone()));
        found.or_else(|| {
            let next = self.parameter.as_ref().filter(|_| !segment.is_empty())?;
            next.follow(segments)
        })
    }
}

impl Route {
    fn new(place: usize, path: &str, item: &PathItem) -> Self {
        let operations = [
            (Method::GET, &item.get),
            (Method::HEAD, &item.get),
            (Method::POST, &item.post),
            (Method::PATCH, &item.patch),
            (Method::PUT, &item.put),
            (Method::DELETE, &item.delete),
        ];
        let mut allowed = Vec::new();
        let mut rates = Vec::new();
        for (method, operation) in &operations {
            let Some(operation) = operation else { continue };
            allowed.push(method.as_str());
            let id = operation.operation_id.as_deref();
            let rows = ROUTES.iter().filter(|row| Some(row.operation) == id);
            // `HEAD` comes as `GET`.
            let rows = rows.filter(|_| *method != Method::HEAD);
            rates.extend(rows.map(|row| (method.clone(), row)));
        }
        let allowed = HeaderValue::try_from(allowed.join(", "));
        Self {
            pattern: path.into(),
            place,
            allowed: allowed.unwrap_or(HeaderValue::from_static("")),
            rates,
        }
    }

    /// The rates of one of its operations.
    pub(crate) fn rates(
        &self,
        method: &Method,
    ) -> impl Iterator<Item = &'static RouteRate> + Clone {
        let rates = self.rates.iter().filter(move |(of, _)| of == method);
        rates.map(|(_, row)| *row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_rates_names_an_operation() {
        let table = RouteTable::new(&crate::document());
        assert_eq!(count(&table), ROUTES.len());
    }

    fn count(table: &RouteTable) -> usize {
        let own = table.ends.as_ref().map_or(0, |route| route.rates.len());
        let next = table.named.values().chain(table.parameter.as_deref());
        own + next.map(count).sum::<usize>()
    }

    #[test]
    fn a_path_leads_to_its_route() {
        let table = RouteTable::new(&crate::document());
        let told = |path: &str| {
            let found = table.find(path)?;
            let allowed = found.allowed.to_str().unwrap().to_owned();
            let operations = found.rates.iter().map(|(_, row)| row.operation);
            Some((allowed, operations.collect::<Vec<_>>()))
        };
        let payment = ["create_payment", "create_payment"];
        for (path, expected) in [
            ("/api/v1/me", Some(("GET, HEAD, PATCH", &[][..]))),
            ("/api/v1/me/", None),
            ("/api/v1/nothing", None),
            ("/api/v1/orders/GP1/payments", Some(("POST", &payment[..]))),
            ("/api/v1/orders//payments", None),
            ("/oauth/token", Some(("POST", &["create_token"][..]))),
        ] {
            let told = told(path);
            let told = told
                .as_ref()
                .map(|(allowed, operations)| (allowed.as_str(), operations.as_slice()));
            assert_eq!(told, expected, "{path}");
        }
    }
}
