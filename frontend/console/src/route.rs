//! Every page's address.

use yew_router::Routable;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    /// What needs a person now.
    #[at("/console")]
    Start,
    /// Nothing is here.
    #[not_found]
    #[at("/console/404")]
    NotFound,
}
