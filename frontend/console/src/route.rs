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
    /// Systems of a school that call the API.
    #[at("/console/schools/:school_id/integrations")]
    Integrations {
        /// The school.
        school_id: String,
    },
    /// Addresses that are told what happens in a school.
    #[at("/console/schools/:school_id/webhooks")]
    Webhooks {
        /// The school.
        school_id: String,
    },
    /// All schools.
    #[at("/console/schools")]
    Schools,
    /// The collections of a school.
    #[at("/console/schools/:school_id/tasks")]
    Tasks {
        /// The school.
        school_id: String,
    },
    /// A collection that is to be made.
    #[at("/console/schools/:school_id/tasks/new")]
    NewTask {
        /// The school.
        school_id: String,
    },
    /// One collection.
    #[at("/console/tasks/:task_id")]
    Task {
        /// The collection.
        task_id: String,
    },
    /// The roster of a collection.
    #[at("/console/tasks/:task_id/roster")]
    Roster {
        /// The collection.
        task_id: String,
    },
    /// Imports of a collection's roster.
    #[at("/console/tasks/:task_id/roster/imports")]
    RosterImport {
        /// The collection.
        task_id: String,
    },
    /// The packages of a collection's photos.
    #[at("/console/tasks/:task_id/deliveries")]
    Deliveries {
        /// The collection.
        task_id: String,
    },
    /// How far the students of a collection are.
    #[at("/console/tasks/:task_id/progress")]
    Progress {
        /// The collection.
        task_id: String,
    },
    /// Questions of students about a school's rosters.
    #[at("/console/schools/:school_id/tickets")]
    Tickets {
        /// The school.
        school_id: String,
    },
    /// The poster of a collection.
    #[at("/console/tasks/:task_id/poster")]
    Poster {
        /// The collection.
        task_id: String,
    },
    /// Finding a student.
    #[at("/console/students")]
    Lookup,
    /// Photos that wait for a review.
    #[at("/console/review")]
    Review,
    /// Photos without findings, many at once.
    #[at("/console/review/grid")]
    ReviewGrid,
    /// How well reviewers agree.
    #[at("/console/review/quality")]
    Quality,
    /// A photo that the reviewer has.
    #[at("/console/review/photos/:photo_id")]
    ReviewPhoto {
        /// The photo.
        photo_id: String,
    },
    /// Orders of all collections.
    #[at("/console/orders")]
    Orders,
    /// One order.
    #[at("/console/orders/:order_no")]
    Order {
        /// Its number.
        order_no: String,
    },
    /// Refunds.
    #[at("/console/refunds")]
    Refunds,
    /// What about money a person must look at.
    #[at("/console/money-cases")]
    MoneyCases,
    /// The providers' bills.
    #[at("/console/bills")]
    Bills,
    /// The bills of a day.
    #[at("/console/bills/:day")]
    BillDay {
        /// The day in China.
        day: String,
    },
    /// What schools owe.
    #[at("/console/statements")]
    Statements,
    /// The audit log.
    #[at("/console/audit")]
    Audit,
    /// How to do things here.
    #[at("/console/help")]
    Help,
    /// What concerns the person who is logged in.
    #[at("/console/account")]
    Account,
    /// Nothing is here.
    #[not_found]
    #[at("/console/404")]
    NotFound,
}

impl Route {
    /// The page of the rail that it belongs to.
    pub(crate) fn in_rail(self) -> Self {
        if let Self::ReviewGrid | Self::ReviewPhoto { .. } = self {
            Self::Review
        } else if self.is_about_money() {
            Self::Orders
        } else {
            self
        }
    }

    /// Whether the page stands under the entry of money.
    fn is_about_money(&self) -> bool {
        matches!(
            self,
            Self::Order { .. }
                | Self::Refunds
                | Self::MoneyCases
                | Self::Bills
                | Self::BillDay { .. }
                | Self::Statements
        )
    }

    /// The school that the page is about.
    pub(crate) fn school(&self) -> Option<&str> {
        match self {
            Self::People { school_id }
            | Self::Integrations { school_id }
            | Self::Webhooks { school_id }
            | Self::Tasks { school_id }
            | Self::NewTask { school_id }
            | Self::Tickets { school_id } => Some(school_id),
            Self::Start
            | Self::PlatformPeople
            | Self::Schools
            | Self::Task { .. }
            | Self::Roster { .. }
            | Self::RosterImport { .. }
            | Self::Deliveries { .. }
            | Self::Progress { .. }
            | Self::Poster { .. }
            | Self::Lookup
            | Self::Review
            | Self::ReviewGrid
            | Self::Quality
            | Self::ReviewPhoto { .. }
            | Self::Orders
            | Self::Order { .. }
            | Self::Refunds
            | Self::MoneyCases
            | Self::Bills
            | Self::BillDay { .. }
            | Self::Statements
            | Self::Audit
            | Self::Help
            | Self::Account
            | Self::NotFound => None,
        }
    }
}
