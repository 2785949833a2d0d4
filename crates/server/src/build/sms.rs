//! The services for text messages, the second one used where the first is out of order.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use domain::LogAggregator;
use providers::sms::{
    self, AccessKey, Aliyun, AliyunSettings, Counted, FailOver, LogSms, SmsSender, SmsTemplates,
    Tencent, TencentSettings,
};

use super::outbound::Outbound;
use crate::config::{ConfigFile, SmsFile, TencentSmsFile};

/// What sends messages; without any service codes are printed to the log.
pub(super) fn sender(
    file: &ConfigFile,
    outbound: &Outbound,
    errors: &Arc<LogAggregator>,
) -> Result<Arc<dyn SmsSender>> {
    let mut senders: Vec<Arc<dyn SmsSender>> = Vec::new();
    if let Some(file) = &file.sms {
        senders.push(Arc::new(Counted {
            service: "aliyun",
            sender: aliyun(file, outbound)?,
            entropy: outbound.entropy.clone(),
            errors: Arc::clone(errors),
        }));
    }
    if let Some(file) = &file.sms_tencent {
        senders.push(Arc::new(Counted {
            service: "tencent",
            sender: tencent(file, outbound)?,
            entropy: outbound.entropy.clone(),
            errors: Arc::clone(errors),
        }));
    }
    if senders.is_empty() {
        tracing::warn!("No SMS account is configured: codes are printed to this log");
        return Ok(Arc::new(LogSms));
    }
    let breaker = file.timeouts.breaker();
    let senders = FailOver::new(senders, breaker, &outbound.entropy);
    Ok(Arc::new(senders))
}

/// Whether every service that is configured has the template for a change of number after a report of a lost phone.
pub(super) fn can_tell_of_recovery(file: &ConfigFile) -> bool {
    let aliyun = file.sms.as_ref();
    let tencent = file.sms_tencent.as_ref();
    aliyun.is_none_or(|file| file.template_phone_recovery.is_some())
        && tencent.is_none_or(|file| file.template_phone_recovery.is_some())
}

fn aliyun(file: &SmsFile, outbound: &Outbound) -> Result<Aliyun> {
    let endpoint = file.endpoint.as_deref().unwrap_or(sms::ENDPOINT);
    let settings = AliyunSettings {
        access_key: AccessKey {
            id: file.access_key_id.clone(),
            secret: file.access_key_secret.clone(),
        },
        sign_name: file.sign_name.clone(),
        templates: SmsTemplates {
            code: file.template_code.clone(),
            phone_changed: file.template_phone_changed.clone(),
            staff_invited: file.template_staff_invited.clone(),
            photo_approved: file.template_photo_approved.clone(),
            photo_rejected: file.template_photo_rejected.clone(),
            ticket_answered: file.template_ticket_answered.clone(),
            reminder: file.template_reminder.clone(),
            webhook_failing: file.template_webhook_failing.clone(),
            phone_recovery: file.template_phone_recovery.clone(),
        },
        endpoint: endpoint.parse().context("the SMS endpoint is no address")?,
    };
    let client = Aliyun::new(settings, outbound.entropy.clone())?;
    Ok(client.with_http(outbound.http.clone()))
}

fn tencent(file: &TencentSmsFile, outbound: &Outbound) -> Result<Tencent> {
    let endpoint = file.endpoint.as_deref().unwrap_or(sms::TENCENT_ENDPOINT);
    let settings = TencentSettings {
        access_key: AccessKey {
            id: file.secret_id.clone(),
            secret: file.secret_key.clone(),
        },
        sdk_app_id: file.sdk_app_id.clone(),
        region: file.region.clone(),
        sign_name: file.sign_name.clone(),
        templates: SmsTemplates {
            code: file.template_code.clone(),
            phone_changed: file.template_phone_changed.clone(),
            staff_invited: file.template_staff_invited.clone(),
            photo_approved: file.template_photo_approved.clone(),
            photo_rejected: file.template_photo_rejected.clone(),
            ticket_answered: file.template_ticket_answered.clone(),
            reminder: file.template_reminder.clone(),
            webhook_failing: file.template_webhook_failing.clone(),
            phone_recovery: file.template_phone_recovery.clone(),
        },
        endpoint: endpoint
            .parse()
            .context("the endpoint of [sms_tencent] is no address")?,
    };
    let client = Tencent::new(settings, outbound.entropy.clone())?;
    Ok(client.with_http(outbound.http.clone()))
}
