//! Every page's address.

use yew_router::Routable;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    /// Leads to the step that the student is at.
    #[at("/")]
    Start,
    /// Logging in; the first time registers.
    #[at("/login")]
    Login,
    /// The whole text of an agreement.
    #[at("/agreements/:document")]
    Agreement {
        /// Word of a `domain::agreement::Document`.
        document: String,
    },
    /// Finding the school.
    #[at("/school")]
    School,
    /// A collection, as a school's link names it.
    #[at("/t/:task_id")]
    TaskLink {
        /// The task.
        task_id: String,
    },
    /// Proving who one is.
    #[at("/tasks/:task_id/identity")]
    Identity {
        /// The task that was chosen.
        task_id: String,
    },
    /// Choosing, framing and sending the photo.
    #[at("/enrolments/:enrolment_id/photo")]
    Photo {
        /// Whose photo.
        enrolment_id: String,
    },
    /// Confirming the order.
    #[at("/orders/:order_no/confirm")]
    Confirm {
        /// The order.
        order_no: String,
    },
    /// Paying the order.
    #[at("/orders/:order_no/pay")]
    Pay {
        /// The order.
        order_no: String,
    },
    /// My orders.
    #[at("/orders")]
    Orders,
    /// One order with its time line.
    #[at("/orders/:order_no")]
    Order {
        /// The order.
        order_no: String,
    },
    /// The personal centre.
    #[at("/me")]
    Me,
    /// Changing the phone.
    #[at("/me/phone")]
    PhoneChange,
    /// Erasing the account.
    #[at("/me/erase")]
    Erasure,
    /// Who has looked at my data.
    #[at("/me/access-log")]
    AccessLog,
    /// Reporting that a phone was lost.
    #[at("/lost-phone")]
    LostPhone,
    /// How it works, and common questions.
    #[at("/help")]
    Help,
    /// Nothing is here.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// Whether the page can be seen without logging in.
    pub(crate) fn is_public(&self) -> bool {
        match self {
            Self::Login
            | Self::Agreement { .. }
            | Self::TaskLink { .. }
            | Self::LostPhone
            | Self::Help
            | Self::NotFound => true,
            Self::Start
            | Self::School
            | Self::Identity { .. }
            | Self::Photo { .. }
            | Self::Confirm { .. }
            | Self::Pay { .. }
            | Self::Orders
            | Self::Order { .. }
            | Self::Me
            | Self::PhoneChange
            | Self::Erasure
            | Self::AccessLog => false,
        }
    }
}
