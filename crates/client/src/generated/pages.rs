//! The pages of lists.

use super::types::*;
use crate::sdk::Page;

impl Page for AccessLog {
    type Item = AccessView;

    fn into_parts(self) -> (Vec<AccessView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for AuditEvents {
    type Item = AuditEventView;

    fn into_parts(self) -> (Vec<AuditEventView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for ComparedDays {
    type Item = ComparedDayView;

    fn into_parts(self) -> (Vec<ComparedDayView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for DeliveryList {
    type Item = DeliveryView;

    fn into_parts(self) -> (Vec<DeliveryView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for Enrolments {
    type Item = EnrolmentView;

    fn into_parts(self) -> (Vec<EnrolmentView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for Events {
    type Item = EventView;

    fn into_parts(self) -> (Vec<EventView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for IntegratorList {
    type Item = IntegratorView;

    fn into_parts(self) -> (Vec<IntegratorView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for KnownPhotoList {
    type Item = KnownPhotoView;

    fn into_parts(self) -> (Vec<KnownPhotoView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for LostPhoneReportList {
    type Item = ListedLostPhoneView;

    fn into_parts(self) -> (Vec<ListedLostPhoneView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for ManagedSchools {
    type Item = ManagedSchoolRow;

    fn into_parts(self) -> (Vec<ManagedSchoolRow>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for ManagedTasks {
    type Item = ManagedTaskRow;

    fn into_parts(self) -> (Vec<ManagedTaskRow>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for MissingStudentList {
    type Item = MissingStudentView;

    fn into_parts(self) -> (Vec<MissingStudentView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for MoneyCaseList {
    type Item = MoneyCaseView;

    fn into_parts(self) -> (Vec<MoneyCaseView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for Orders {
    type Item = OrderView;

    fn into_parts(self) -> (Vec<OrderView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for PrintList {
    type Item = PrintView;

    fn into_parts(self) -> (Vec<PrintView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for RecalledPhotoList {
    type Item = RecalledPhotoView;

    fn into_parts(self) -> (Vec<RecalledPhotoView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for RosterEntryList {
    type Item = RosterEntryView;

    fn into_parts(self) -> (Vec<RosterEntryView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for RosterImportList {
    type Item = RosterImportView;

    fn into_parts(self) -> (Vec<RosterImportView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for RosterImportRows {
    type Item = RosterImportRowView;

    fn into_parts(self) -> (Vec<RosterImportRowView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for RosterTickets {
    type Item = RosterTicketView;

    fn into_parts(self) -> (Vec<RosterTicketView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for SchoolOverviewList {
    type Item = SchoolOverviewView;

    fn into_parts(self) -> (Vec<SchoolOverviewView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for SchoolTicketList {
    type Item = SchoolTicketView;

    fn into_parts(self) -> (Vec<SchoolTicketView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for StaffList {
    type Item = StaffView;

    fn into_parts(self) -> (Vec<StaffView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for StaffOrderList {
    type Item = StaffOrderView;

    fn into_parts(self) -> (Vec<StaffOrderView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for StaffRefundList {
    type Item = StaffRefundView;

    fn into_parts(self) -> (Vec<StaffRefundView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for TaskOrderList {
    type Item = TaskOrderView;

    fn into_parts(self) -> (Vec<TaskOrderView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for TaskPhotoList {
    type Item = TaskPhotoView;

    fn into_parts(self) -> (Vec<TaskPhotoView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for TaskRefundList {
    type Item = TaskRefundView;

    fn into_parts(self) -> (Vec<TaskRefundView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for TaskReviewList {
    type Item = TaskReviewView;

    fn into_parts(self) -> (Vec<TaskReviewView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for TaskTemplates {
    type Item = TaskTemplateView;

    fn into_parts(self) -> (Vec<TaskTemplateView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for WebhookAttempts {
    type Item = WebhookAttemptView;

    fn into_parts(self) -> (Vec<WebhookAttemptView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for WebhookDeliveries {
    type Item = WebhookDeliveryView;

    fn into_parts(self) -> (Vec<WebhookDeliveryView>, Option<String>) {
        (self.items, self.next)
    }
}

impl Page for WebhookEndpoints {
    type Item = WebhookEndpointView;

    fn into_parts(self) -> (Vec<WebhookEndpointView>, Option<String>) {
        (self.items, self.next)
    }
}
