//! How fast requests may come, by address, by account and by route. It is decided from memory, before the database is asked.

use std::collections::HashMap;
use std::net::IpAddr;
use std::str::Split;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest, ResponseError};
use chrono::TimeDelta;
use domain::limit::{
    CAMPUS_ALLOWANCE, IPV6_PREFIXES, Per, REQUESTS_PER_ACCOUNT, REQUESTS_PER_ADDRESS, ROUTES, Rate,
    RouteRate,
};
use domain::{ProblemCode, Refusal};
use ipnet::IpNet;
use service::Context;
use service::rate::{CallerName, NamedCaller};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, ResponseBuilder};

use crate::address_limit::operations;
use crate::bearer::{Bearer, bearer};
use crate::extract;
use crate::problem::Fault;

/// What is limited: the operations for people and integrators. Notices have limits of their own.
const LIMITED: [&str; 2] = ["/api/v1/", "/oauth/"];
/// What stands for all operations together.
const ALL: &str = "";

/// The rates of the routes: a tree of the segments of their paths. To ask the application's own table before it has chosen a
/// route, it would compare the path with every route's pattern.
#[derive(Debug, Default)]
pub(crate) struct RouteRates {
    /// What may follow, by its text.
    named: HashMap<String, RouteRates>,
    /// What follows a parameter.
    parameter: Option<Box<RouteRates>>,
    /// The rates of the route that ends here; none where none does.
    ends: Option<Vec<(Method, &'static RouteRate)>>,
}

impl RouteRates {
    /// Finds the table's operations in the document.
    pub(crate) fn new(document: &OpenApi) -> Self {
        let mut rates = Self::default();
        for (path, item) in &document.paths.paths {
            let operations = [
                (Method::GET, &item.get),
                (Method::POST, &item.post),
                (Method::PATCH, &item.patch),
                (Method::PUT, &item.put),
                (Method::DELETE, &item.delete),
            ];
            let ends = rates.place(path).ends.get_or_insert_default();
            for (method, operation) in operations {
                let id = operation
                    .as_ref()
                    .and_then(|operation| operation.operation_id.as_deref());
                let rows = ROUTES.iter().filter(|row| Some(row.operation) == id);
                ends.extend(rows.map(|row| (method.clone(), row)));
            }
        }
        rates
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

    /// The rates of the route that a path leads to; a segment's own text goes before a parameter.
    fn find(&self, mut segments: Split<'_, char>) -> Option<&[(Method, &'static RouteRate)]> {
        let Some(segment) = segments.next() else {
            return self.ends.as_deref();
        };
        let named = self.named.get(segment);
        let found = named.and_then(|next| next.find(segments.clone()));
        found.or_else(|| {
            let next = self.parameter.as_ref().filter(|_| !segment.is_empty())?;
            next.find(segments)
        })
    }

    /// Takes a request out of everything that it counts for.
    fn take(&self, request: &HttpRequest, context: &Context) -> Result<(), Refusal> {
        // As the routes see it: where a letter is sent as `%61`, it is a letter here.
        let path = request.match_info().unprocessed();
        let rows = self.find(path.split('/')).unwrap_or_default();
        let rows = rows.iter().filter(|(of, _)| of == request.method());
        let rows = rows.map(|(_, row)| *row);
        let address = extract::address_of(request).to_canonical();
        take_of_address(ALL, address, REQUESTS_PER_ADDRESS, context)?;
        for row in rows.clone().filter(|row| row.per == Per::Address) {
            take_of_address(row.operation, address, row.rate, context)?;
        }
        let Some(name) = caller_name(request, context) else {
            return Ok(());
        };
        let caller = |what: &'static str, object| NamedCaller {
            operation: what,
            name,
            object,
        };
        take_of_name(caller(ALL, 0), REQUESTS_PER_ACCOUNT, context)?;
        for row in rows {
            let object = match row.per {
                Per::Address => continue,
                Per::Account => 0,
                Per::Object => context.callers.object(request.path()),
            };
            take_of_name(caller(row.operation, object), row.rate, context)?;
        }
        Ok(())
    }
}

/// In whose name a request comes, as its signed token says.
fn caller_name(request: &HttpRequest, context: &Context) -> Option<CallerName> {
    match bearer(request, context) {
        Bearer::Token(token) => Some(CallerName::Integrator(token.client)),
        Bearer::Wrong => None,
        Bearer::Absent => extract::authenticated(request, context)
            .map(|student| CallerName::Account(student.account_id)),
    }
}

/// The widest network first: an attacker who has many addresses of one does not fill the memory with them.
fn take_of_address(
    what: &'static str,
    address: IpAddr,
    rate: Rate,
    context: &Context,
) -> Result<(), Refusal> {
    let campuses = &context.settings.campus_networks;
    let is_campus = campuses.iter().any(|campus| campus.contains(&address));
    let allowance = if is_campus { CAMPUS_ALLOWANCE } else { 1 };
    let rate = rate.times(context.settings.rate_factor).times(allowance);
    for (network, allowance) in networks(address) {
        let rate = rate.times(allowance);
        let addresses = &context.callers.addresses;
        let taken = addresses.take((what, network), rate, context.now());
        taken.map_err(|wait| refuse(ProblemCode::RequestNetwork, "rate_address", wait))?;
    }
    Ok(())
}

fn take_of_name(caller: NamedCaller, rate: Rate, context: &Context) -> Result<(), Refusal> {
    let rate = rate.times(context.settings.rate_factor);
    let taken = context.callers.accounts.take(caller, rate, context.now());
    taken.map_err(|wait| refuse(ProblemCode::RequestTooMany, "rate_account", wait))
}

fn refuse(code: ProblemCode, limit: &'static str, wait: TimeDelta) -> Refusal {
    metrics::counter!("http_requests_refused_total", "limit" => limit).increment(1);
    Refusal::until(code, wait)
}

/// The networks that an address counts for, the widest first, and how many times as much each may do as one household.
fn networks(address: IpAddr) -> Vec<(IpNet, u32)> {
    let network = |bits| IpNet::new_assert(address, bits).trunc();
    match address {
        IpAddr::V4(_) => vec![(network(32), 1)],
        IpAddr::V6(_) => {
            let prefixes = IPV6_PREFIXES.iter().rev();
            prefixes
                .map(|&(bits, allowance)| (network(bits), allowance))
                .collect()
        }
    }
}

fn is_limited(path: &str) -> bool {
    LIMITED.iter().any(|prefix| path.starts_with(prefix))
}

/// Refuses a request that comes too soon.
pub(crate) async fn check<B: MessageBody + 'static>(
    rates: Data<RouteRates>,
    context: Data<Context>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let taken = if is_limited(request.path()) {
        rates.take(request.request(), &context)
    } else {
        Ok(())
    };
    match taken {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(refusal) => {
            let response = Fault::from(refusal).error_response();
            Ok(request.into_response(response).map_into_right_body())
        }
    }
}

/// Adds the refusal to every operation of the document that it can meet.
pub(crate) fn describe(document: &mut OpenApi) {
    let problem = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(problem)).build();
    let refused = ResponseBuilder::new()
        .description("Too often; `Retry-After` says when it may be tried again.")
        .content("application/problem+json", content)
        .build();
    for (path, item) in &mut document.paths.paths {
        if is_limited(path) {
            for operation in operations(item) {
                let responses = &mut operation.responses.responses;
                responses.insert("429".to_owned(), refused.clone().into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_names_an_operation() {
        let rates = RouteRates::new(&crate::document());
        assert_eq!(count(&rates), ROUTES.len());
    }

    fn count(rates: &RouteRates) -> usize {
        let own = rates.ends.as_ref().map_or(0, Vec::len);
        let next = rates.named.values().chain(rates.parameter.as_deref());
        own + next.map(count).sum::<usize>()
    }

    #[test]
    fn a_path_leads_to_the_rates_of_its_route() {
        let rates = RouteRates::new(&crate::document());
        let operations = |path: &str| {
            let found = rates.find(path.split('/'))?;
            let operations = found.iter().map(|(_, row)| row.operation);
            Some(operations.collect::<Vec<_>>())
        };
        let payment = ["create_payment", "create_payment"];
        for (path, expected) in [
            ("/api/v1/me", Some(&[][..])),
            ("/api/v1/me/", None),
            ("/api/v1/nothing", None),
            ("/api/v1/orders/GP1/payments", Some(&payment[..])),
            ("/api/v1/orders//payments", None),
            ("/oauth/token", Some(&["create_token"][..])),
        ] {
            assert_eq!(operations(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn an_ipv6_address_counts_for_its_household_and_for_wider_networks() {
        let told = |address: &str| {
            let networks = networks(address.parse().unwrap());
            let told = networks
                .iter()
                .map(|(network, allowance)| format!("{network} {allowance}"));
            told.collect::<Vec<_>>()
        };
        assert_eq!(told("192.0.2.1"), ["192.0.2.1/32 1"]);
        assert_eq!(
            told("2001:db8:1:2f3::4"),
            [
                "2001:db8:1::/48 16",
                "2001:db8:1:200::/56 4",
                "2001:db8:1:2f3::/64 1"
            ]
        );
    }
}
