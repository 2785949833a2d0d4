//! Every page's address.

ui::routes! {
    /// A page.
    pub(crate) enum Route {
        /// What needs a person now.
        Start = "/console";
        /// Staff of the platform.
        PlatformPeople = "/console/people";
        /// Staff of a school.
        People {
            /// The school.
            school_id
        } = "/console/schools/{}/people";
        /// Systems of a school that call the API.
        Integrations {
            /// The school.
            school_id
        } = "/console/schools/{}/integrations";
        /// Addresses that are told what happens in a school.
        Webhooks {
            /// The school.
            school_id
        } = "/console/schools/{}/webhooks";
        /// All schools.
        Schools = "/console/schools";
        /// The collections of a school.
        Tasks {
            /// The school.
            school_id
        } = "/console/schools/{}/tasks";
        /// A collection that is to be made.
        NewTask {
            /// The school.
            school_id
        } = "/console/schools/{}/tasks/new";
        /// One collection.
        Task {
            /// The collection.
            task_id
        } = "/console/tasks/{}";
        /// The roster of a collection.
        Roster {
            /// The collection.
            task_id
        } = "/console/tasks/{}/roster";
        /// Imports of a collection's roster.
        RosterImport {
            /// The collection.
            task_id
        } = "/console/tasks/{}/roster/imports";
        /// The packages of a collection's photos.
        Deliveries {
            /// The collection.
            task_id
        } = "/console/tasks/{}/deliveries";
        /// The prints of a package, and who signed for theirs.
        PackagePrints {
            /// The package.
            delivery_id
        } = "/console/deliveries/{}/prints";
        /// How far the students of a collection are.
        Progress {
            /// The collection.
            task_id
        } = "/console/tasks/{}/progress";
        /// Questions of students about a school's rosters.
        Tickets {
            /// The school.
            school_id
        } = "/console/schools/{}/tickets";
        /// The poster of a collection.
        Poster {
            /// The collection.
            task_id
        } = "/console/tasks/{}/poster";
        /// Finding a student.
        Lookup = "/console/students";
        /// Reports of a lost phone.
        LostPhones = "/console/lost-phones";
        /// Photos that wait for a review.
        Review = "/console/review";
        /// Photos without findings, many at once.
        ReviewGrid = "/console/review/grid";
        /// How well reviewers agree.
        Quality = "/console/review/quality";
        /// Photos whose right decision is known.
        KnownPhotos = "/console/review/known-photos";
        /// A photo that the reviewer has.
        ReviewPhoto {
            /// The photo.
            photo_id
        } = "/console/review/photos/{}";
        /// Orders of all collections.
        Orders = "/console/orders";
        /// One order.
        Order {
            /// Its number.
            order_no
        } = "/console/orders/{}";
        /// Refunds.
        Refunds = "/console/refunds";
        /// What about money a person must look at.
        MoneyCases = "/console/money-cases";
        /// The providers' bills.
        Bills = "/console/bills";
        /// The bills of a day.
        BillDay {
            /// The day in China.
            day
        } = "/console/bills/{}";
        /// What schools owe.
        Statements = "/console/statements";
        /// The audit log.
        Audit = "/console/audit";
        /// How to do things here.
        Help = "/console/help";
        /// What concerns the person who is logged in.
        Account = "/console/account";
        /// Nothing is here.
        NotFound = "/console/404";
    }
}

impl Route {
    /// The page of the rail that it belongs to.
    pub(crate) fn in_rail(self) -> Self {
        if let Self::ReviewGrid | Self::ReviewPhoto { .. } = self {
            Self::Review
        } else if self == Self::KnownPhotos {
            Self::Quality
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

    /// Whether the page is about one collection, or makes one.
    pub(crate) fn is_about_task(&self) -> bool {
        matches!(
            self,
            Self::NewTask { .. }
                | Self::Task { .. }
                | Self::Roster { .. }
                | Self::RosterImport { .. }
                | Self::Deliveries { .. }
                | Self::Progress { .. }
                | Self::Poster { .. }
        )
    }

    /// The page of this kind for a school; the collections of a school, where pages of this kind belong to none.
    pub(crate) fn of_school(&self, school_id: String) -> Self {
        if let Self::People { .. } = self {
            Self::People { school_id }
        } else if let Self::Integrations { .. } = self {
            Self::Integrations { school_id }
        } else if let Self::Webhooks { .. } = self {
            Self::Webhooks { school_id }
        } else if let Self::Tickets { .. } = self {
            Self::Tickets { school_id }
        } else {
            Self::Tasks { school_id }
        }
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
            | Self::PackagePrints { .. }
            | Self::Progress { .. }
            | Self::Poster { .. }
            | Self::Lookup
            | Self::LostPhones
            | Self::Review
            | Self::ReviewGrid
            | Self::Quality
            | Self::KnownPhotos
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
