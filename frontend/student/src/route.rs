//! Every page's address.

ui::routes! {
    /// A page.
    pub(crate) enum Route {
        /// Leads to the step that the student is at.
        Start = "/";
        /// Logging in; the first time registers.
        Login = "/login";
        /// The whole text of an agreement.
        Agreement {
            /// Word of a `domain::agreement::Document`.
            document
        } = "/agreements/{}";
        /// Finding the school.
        School = "/school";
        /// A collection, as a school's link names it.
        TaskLink {
            /// The task.
            task_id
        } = "/t/{}";
        /// Proving who one is.
        Identity {
            /// The task that was chosen.
            task_id
        } = "/tasks/{}/identity";
        /// Choosing, framing and sending the photo.
        Photo {
            /// Whose photo.
            enrolment_id
        } = "/enrolments/{}/photo";
        /// Confirming the order.
        Confirm {
            /// The order.
            order_no
        } = "/orders/{}/confirm";
        /// Paying the order.
        Pay {
            /// The order.
            order_no
        } = "/orders/{}/pay";
        /// My orders.
        Orders = "/orders";
        /// One order with its time line.
        Order {
            /// The order.
            order_no
        } = "/orders/{}";
        /// The personal centre.
        Me = "/me";
        /// Changing the phone.
        PhoneChange = "/me/phone";
        /// Erasing the account.
        Erasure = "/me/erase";
        /// Who has looked at my data.
        AccessLog = "/me/access-log";
        /// Reporting that a phone was lost.
        LostPhone = "/lost-phone";
        /// How it works, and common questions.
        Help = "/help";
        /// Nothing is here.
        NotFound = "/404";
    }
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
