//! What an integrator can be allowed to do: the scopes of its access tokens.

use crate::word::words;

words! {
    /// A scope of an access token (RFC 6749, 3.3). Each gives one permission; see `access::Permission::scope`.
    Scope {
        /// Reading tasks with their settings.
        ReadTasks = "tasks:read", "读取采集任务", "read tasks";
        /// Reading the students of rosters, and imports.
        ReadRosters = "roster:read", "读取名单", "read rosters";
        /// Adding, changing and withdrawing students of rosters, and importing them.
        WriteRosters = "roster:write", "维护名单", "change rosters";
        /// Reading how far a task is.
        ReadProgress = "progress:read", "读取进度", "read progress";
        /// Listing and downloading photos.
        ReadPhotos = "photos:read", "读取照片", "read photos";
        /// Marking photos as taken over or as refused, and making packages of them.
        DeliverPhotos = "photos:deliver", "接收照片", "take over photos";
        /// Reading orders.
        ReadOrders = "orders:read", "读取订单", "read orders";
        /// Reading what a school owes, month by month.
        ReadStatements = "statements:read", "读取对账单", "read statements";
        /// Following what happens.
        ReadEvents = "events:read", "读取事件", "follow events";
        /// Making and changing its own endpoints of webhooks.
        ManageWebhooks = "webhooks:manage", "管理事件推送", "manage its own webhooks";
    }
}

impl Scope {
    /// Scopes as a token carries them: their words with spaces between.
    pub fn join(scopes: &[Self]) -> String {
        let words: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
        words.join(" ")
    }

    /// The scopes of a text that [`join`](Self::join) makes, each once in the order of [`Self::ALL`]; `None` where a word is
    /// none of them.
    pub fn split(text: &str) -> Option<Vec<Self>> {
        let words = text.split(' ').filter(|word| !word.is_empty());
        let mut scopes = words.map(Self::parse).collect::<Option<Vec<_>>>()?;
        scopes.sort_unstable();
        scopes.dedup();
        Some(scopes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_were_written_and_unknown_ones_refuse_all() {
        let joined = Scope::join(Scope::ALL);
        assert_eq!(Scope::split(&joined).as_deref(), Some(Scope::ALL));
        let twice = Scope::split("photos:read  tasks:read photos:read");
        assert_eq!(twice, Some(vec![Scope::ReadTasks, Scope::ReadPhotos]));
        assert_eq!(Scope::split("tasks:read admin"), None);
        assert_eq!(Scope::split(""), Some(vec![]));
    }
}
