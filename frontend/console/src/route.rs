//! Every page's address.

use yew_router::Routable;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    /// What needs a person now.
    #[at("/console")]
    Start,
    /// Staff of the platform.
    #[at("/console/people")]
    PlatformPeople,
    /// Staff of a school.
    #[at("/console/schools/:school_id/people")]
    People {
        /// The school.
        school_id: String,
    },
    /// Photos that wait for a review.
    #[at("/console/review")]
    Review,
    /// What concerns the person who is logged in.
    #[at("/console/account")]
    Account,
    /// Nothing is here.
    #[not_found]
    #[at("/console/404")]
    NotFound,
}

impl Route {
    /// The school that the page is about.
    pub(crate) fn school(&self) -> Option<&str> {
        match self {
            Self::People { school_id } => Some(school_id),
            Self::Start | Self::PlatformPeople | Self::Review | Self::Account | Self::NotFound => {
                None
            }
        }
    }
}
