//! How fast requests may come, by address, by account and by route. It is decided from memory, before the database is asked.

use std::net::IpAddr;

use actix_web::HttpRequest;
use chrono::TimeDelta;
use domain::limit::{
    CAMPUS_ALLOWANCE, IPV6_PREFIXES, Per, REQUESTS_PER_ACCOUNT, REQUESTS_PER_ADDRESS, Rate,
};
use domain::{ProblemCode, Refusal};
use ipnet::IpNet;
use service::Context;
use service::rate::{CallerName, NamedCaller};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, ResponseBuilder};

use crate::address_limit::operations;
use crate::bearer::{Bearer, bearer};
use crate::extract;
use crate::route_table::Route;

/// What is limited: the operations for people and integrators. Notices have limits of their own.
const LIMITED: [&str; 2] = ["/api/v1/", "/oauth/"];
/// What stands for all operations together.
const ALL: &str = "";

/// Takes a request out of everything that it counts for.
///
/// # Errors
/// The refusal of one that comes too soon.
pub(crate) fn take(
    request: &HttpRequest,
    route: Option<&Route>,
    context: &Context,
) -> Result<(), Refusal> {
    if !is_limited(request.path()) {
        return Ok(());
    }
    let rows = route.into_iter();
    let rows = rows.flat_map(|route| route.rates(request.method()));
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
fn networks(address: IpAddr) -> impl Iterator<Item = (IpNet, u32)> {
    let prefixes: &[(u8, u32)] = match address {
        IpAddr::V4(_) => &[(32, 1)],
        IpAddr::V6(_) => &IPV6_PREFIXES,
    };
    let network = move |bits| IpNet::new_assert(address, bits).trunc();
    let widest_first = prefixes.iter().rev();
    widest_first.map(move |&(bits, allowance)| (network(bits), allowance))
}

fn is_limited(path: &str) -> bool {
    LIMITED.iter().any(|prefix| path.starts_with(prefix))
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
    fn an_ipv6_address_counts_for_its_household_and_for_wider_networks() {
        let told = |address: &str| {
            let networks = networks(address.parse().unwrap());
            let told = networks.map(|(network, allowance)| format!("{network} {allowance}"));
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
