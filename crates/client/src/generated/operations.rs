//! Every operation of the API document.

use super::types::*;
use crate::{Call, Method, Request};
/// Read the keys that verify access tokens
///
/// `GET /.well-known/jwks.json`
pub fn get_jwks() -> Call<Jwks> {
    Call::json(Request::new(Method::Get, "/.well-known/jwks.json", &[]))
}
/// Read what the authorization server can do
///
/// RFC 8414.
///
/// `GET /.well-known/oauth-authorization-server`
pub fn get_oauth_metadata() -> Call<OAuthMetadata> {
    Call::json(Request::new(
        Method::Get,
        "/.well-known/oauth-authorization-server",
        &[],
    ))
}
/// Read the current agreements
///
/// `GET /api/v1/agreements/current`
pub fn list_agreements() -> Call<Agreements> {
    Call::json(Request::new(Method::Get, "/api/v1/agreements/current", &[]))
}
/// Search the audit log
///
/// Of the schools for which the caller may read it; operators read what belongs to no school too.
///
/// `GET /api/v1/audit-events`
pub fn list_audit_events(
    school_id: Option<&str>,
    action: Option<&str>,
    actor_id: Option<&str>,
    subject_id: Option<&str>,
    object_id: Option<&str>,
    since: Option<&str>,
    until: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<AuditEvents> {
    Call::json(
        Request::new(Method::Get, "/api/v1/audit-events", &[])
            .query("school_id", school_id)
            .query("action", action)
            .query("actor_id", actor_id)
            .query("subject_id", subject_id)
            .query("object_id", object_id)
            .query("since", since)
            .query("until", until)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Get a challenge of the captcha
///
/// It is solved without the person, and each solution counts once. A request needs one where it is answered with
/// `login.captcha_required`, `login.network_busy` or `enrolment.captcha_required`.
///
/// `GET /api/v1/auth/captcha-challenge`
pub fn get_captcha_challenge() -> Call<CaptchaChallenge> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/auth/captcha-challenge",
        &[],
    ))
}
/// Report a lost phone
///
/// An operator checks who the writer is and calls back. Two members of staff approve it; the account of the lost number gets the
/// new one 24 hours later. The answer is the same whether or not an account, a student or a
/// school fits. A key counts for the phone to be called at, whatever the browser and the captcha.
///
/// `POST /api/v1/auth/lost-phone-reports`
pub fn create_lost_phone_report(body: &NewLostPhoneReport) -> Call<LostPhoneReportView> {
    Call::json(Request::new(Method::Post, "/api/v1/auth/lost-phone-reports", &[]).json(body))
}
/// Make new recovery codes
///
/// The earlier ones work no more. Needs a fresh second factor.
///
/// `POST /api/v1/auth/recovery-codes`
pub fn create_recovery_codes() -> Call<RecoveryCodes> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/auth/recovery-codes",
        &[],
    ))
}
/// Confirm my second factor
///
/// Completes the session of a member of staff after the login by phone; later, what concerns sensitive data needs one that
/// was confirmed within ten minutes. Ten tries at once, and one more every five minutes.
///
/// `POST /api/v1/auth/second-factor`
pub fn confirm_second_factor(body: &SecondFactorProof) -> Call<()> {
    Call::nothing(Request::new(Method::Post, "/api/v1/auth/second-factor", &[]).json(body))
}
/// Log in with a code; the first time registers
///
/// `POST /api/v1/auth/sessions`
pub fn create_session(body: &NewSession) -> Call<SessionView> {
    Call::json(Request::new(Method::Post, "/api/v1/auth/sessions", &[]).json(body))
}
/// Log out
///
/// `DELETE /api/v1/auth/sessions/current`
pub fn delete_session() -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/auth/sessions/current",
        &[],
    ))
}
/// Exchange the refresh token for new tokens
///
/// Until the new refresh token is exchanged in turn, the old one brings the same new one again: an answer that was lost
/// can be asked for once more. After that the old one ends the session.
///
/// `POST /api/v1/auth/sessions/refresh`
pub fn refresh_session() -> Call<()> {
    Call::nothing(Request::new(
        Method::Post,
        "/api/v1/auth/sessions/refresh",
        &[],
    ))
}
/// Tell what the login page needs to know
///
/// `GET /api/v1/auth/settings`
pub fn get_login_settings() -> Call<LoginSettings> {
    Call::json(Request::new(Method::Get, "/api/v1/auth/settings", &[]))
}
/// Send a login code to a phone
///
/// The answer is the same whether or not the phone has an account.
///
/// `POST /api/v1/auth/sms-challenges`
pub fn create_sms_challenge(body: &NewSmsChallenge) -> Call<SmsChallenge> {
    Call::json(Request::new(Method::Post, "/api/v1/auth/sms-challenges", &[]).json(body))
}
/// Begin to set up my authenticator
///
/// It proves nothing until `confirm_totp_device`. A first one is set up within 14 days of the invitation, with a code to the
/// phone alone; to replace one, the second factor must be fresh.
///
/// `POST /api/v1/auth/totp-device`
pub fn create_totp_device() -> Call<TotpDeviceView> {
    Call::json(Request::new(Method::Post, "/api/v1/auth/totp-device", &[]))
}
/// Finish setting up my authenticator
///
/// The session's second factor is confirmed with it.
///
/// `POST /api/v1/auth/totp-device/confirm`
pub fn confirm_totp_device(body: &TotpCode) -> Call<RecoveryCodes> {
    Call::json(Request::new(Method::Post, "/api/v1/auth/totp-device/confirm", &[]).json(body))
}
/// Read a package, also to follow its progress
///
/// `GET /api/v1/deliveries/{delivery_id}`
pub fn get_delivery(delivery_id: &str) -> Call<DeliveryView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/deliveries/{}",
        &[delivery_id],
    ))
}
/// Say that the school has a package
///
/// Its photos are handed over in the background: they count as delivered, and their students read so.
///
/// `POST /api/v1/deliveries/{delivery_id}/acknowledge`
pub fn acknowledge_delivery(delivery_id: &str) -> Call<DeliveryView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/deliveries/{}/acknowledge",
        &[delivery_id],
    ))
}
/// End the making of a package
///
/// `POST /api/v1/deliveries/{delivery_id}/cancel`
pub fn cancel_delivery(delivery_id: &str) -> Call<DeliveryView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/deliveries/{}/cancel",
        &[delivery_id],
    ))
}
/// Download a package with a link
///
/// The answer has its length, an `ETag`, and `Repr-Digest` with its SHA-256. `Range` gives some of it, `If-None-Match` nothing
/// where the client has it already. A package that was made in parts has several files.
///
/// `GET /api/v1/deliveries/{delivery_id}/file`
pub fn download_delivery(delivery_id: &str, token: &str, part: Option<i64>) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(Method::Get, "/api/v1/deliveries/{}/file", &[delivery_id])
            .query("token", Some(token))
            .query("part", part),
    )
}
/// Get a link to the file of a package
///
/// It is good for 15 minutes and for this package alone, without a session. That it was made, and each download, is noted in
/// the audit log.
///
/// `POST /api/v1/deliveries/{delivery_id}/link`
pub fn create_delivery_link(delivery_id: &str) -> Call<DeliveryLinkView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/deliveries/{}/link",
        &[delivery_id],
    ))
}
/// List the prints of a package, with who signed for theirs
///
/// `GET /api/v1/deliveries/{delivery_id}/prints`
pub fn list_prints(delivery_id: &str, limit: Option<i64>, after: Option<&str>) -> Call<PrintList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/deliveries/{}/prints", &[delivery_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Say that the prints of a package were printed, or that the school has them
///
/// `POST /api/v1/deliveries/{delivery_id}/prints`
pub fn move_prints(delivery_id: &str, body: &PrintMove) -> Call<DeliveryView> {
    Call::json(
        Request::new(Method::Post, "/api/v1/deliveries/{}/prints", &[delivery_id]).json(body),
    )
}
/// Note that students signed for their prints, or that they did not after all
///
/// `POST /api/v1/deliveries/{delivery_id}/prints/signatures`
pub fn sign_prints(delivery_id: &str, body: &PrintSignatures) -> Call<DeliveryView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/deliveries/{}/prints/signatures",
            &[delivery_id],
        )
        .json(body),
    )
}
/// List the public keys that sign packages
///
/// `GET /api/v1/delivery-keys`
pub fn list_delivery_keys() -> Call<DeliveryKeys> {
    Call::json(Request::new(Method::Get, "/api/v1/delivery-keys", &[]))
}
/// List the profiles of packages
///
/// `GET /api/v1/delivery-profiles`
pub fn list_delivery_profiles() -> Call<DeliveryProfiles> {
    Call::json(Request::new(Method::Get, "/api/v1/delivery-profiles", &[]))
}
/// Verify against the roster of a task
///
/// What the number itself shows to be wrong is told exactly (422). Everything else that fails, an entry that is bound
/// to another account included, gives one and the same 404.
///
/// `POST /api/v1/enrolments`
pub fn create_enrolment(body: &NewEnrolment) -> Call<EnrolmentView> {
    Call::json(Request::new(Method::Post, "/api/v1/enrolments", &[]).json(body))
}
/// Read one of my verifications
///
/// `GET /api/v1/enrolments/{enrolment_id}`
pub fn get_enrolment(enrolment_id: &str) -> Call<EnrolmentView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/enrolments/{}",
        &[enrolment_id],
    ))
}
/// Submit a photo; the first good one also makes the order
///
/// `POST /api/v1/enrolments/{enrolment_id}/photos`
pub fn create_photo(enrolment_id: &str) -> Call<PhotoView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/enrolments/{}/photos",
        &[enrolment_id],
    ))
}
/// Release a wrong binding
///
/// The unpaid order is closed and the undecided photo taken back; another account can verify as the student. Refused while
/// money that was paid has not gone back.
///
/// `POST /api/v1/enrolments/{enrolment_id}/release`
pub fn release_enrolment(enrolment_id: &str, body: &EnrolmentRelease) -> Call<EnrolmentReleased> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/enrolments/{}/release",
            &[enrolment_id],
        )
        .json(body),
    )
}
/// Follow what happens
///
/// The events of the schools for which the caller may read them, from the oldest that is kept on, each once and in an order
/// that never changes; `sequence` counts those of one thing. An event can be read a second or two after it happened.
///
/// `GET /api/v1/events`
pub fn list_events(
    wait_s: Option<i64>,
    newest: Option<bool>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<Events> {
    Call::json(
        Request::new(Method::Get, "/api/v1/events", &[])
            .query("wait_s", wait_s)
            .query("newest", newest)
            .query("limit", limit)
            .query("after", after),
    )
}
/// List the integrators that serve several schools
///
/// Those that operators manage.
///
/// `GET /api/v1/integrators`
pub fn list_platform_integrators(limit: Option<i64>, after: Option<&str>) -> Call<IntegratorList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/integrators", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Make an integrator that serves several schools
///
/// For operators. Needs a fresh second factor.
///
/// `POST /api/v1/integrators`
pub fn create_platform_integrator(body: &NewIntegrator) -> Call<IntegratorView> {
    Call::json(Request::new(Method::Post, "/api/v1/integrators", &[]).json(body))
}
/// Read an integrator
///
/// `GET /api/v1/integrators/{integrator_id}`
pub fn get_integrator(integrator_id: &str) -> Call<IntegratorView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/integrators/{}",
        &[integrator_id],
    ))
}
/// Change an integrator
///
/// Tokens that are out lose at once what it may not do any more. Needs a fresh second factor.
///
/// `PATCH /api/v1/integrators/{integrator_id}`
pub fn update_integrator(
    integrator_id: &str,
    body: &IntegratorChangeInput,
) -> Call<IntegratorView> {
    Call::json(Request::new(Method::Patch, "/api/v1/integrators/{}", &[integrator_id]).json(body))
}
/// Give an integrator a secret, or a public key
///
/// Two are good at the same time, so that a system can change over. A secret is shown this once. Needs a fresh second factor.
///
/// `POST /api/v1/integrators/{integrator_id}/credentials`
pub fn create_integrator_credential(
    integrator_id: &str,
    body: &NewIntegratorCredential,
) -> Call<MadeCredentialView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/integrators/{}/credentials",
            &[integrator_id],
        )
        .json(body),
    )
}
/// Revoke a credential of an integrator
///
/// It brings no token any more; tokens that are out end within ten minutes. Needs a fresh second factor.
///
/// `DELETE /api/v1/integrators/{integrator_id}/credentials/{credential_id}`
pub fn revoke_integrator_credential(integrator_id: &str, credential_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/integrators/{}/credentials/{}",
        &[integrator_id, credential_id],
    ))
}
/// Shut an integrator off
///
/// For good: its tokens are good for nothing at once. Needs a fresh second factor.
///
/// `POST /api/v1/integrators/{integrator_id}/revoke`
pub fn revoke_integrator(integrator_id: &str) -> Call<IntegratorView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/integrators/{}/revoke",
        &[integrator_id],
    ))
}
/// List the photos whose right decision is known
///
/// `GET /api/v1/known-photos`
pub fn list_known_photos(limit: Option<i64>, after: Option<&str>) -> Call<KnownPhotoList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/known-photos", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Add a photo whose right decision is known
///
/// Known photos are put among those that wait for a review, as many as each task says, to see how many faults reviewers
/// catch. They must be made artificially, or the person on them must have agreed.
///
/// `POST /api/v1/known-photos`
pub fn create_known_photo(body: &KnownPhotoInput) -> Call<KnownPhotoView> {
    Call::json(Request::new(Method::Post, "/api/v1/known-photos", &[]).json(body))
}
/// Take a photo out of the library
///
/// Its files are deleted and it leaves every queue. What was decided about it stays in the figures.
///
/// `DELETE /api/v1/known-photos/{known_photo_id}`
pub fn remove_known_photo(known_photo_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/known-photos/{}",
        &[known_photo_id],
    ))
}
/// See a photo of the library
///
/// `Range` gives a part of the file, `If-None-Match` nothing where the client has it already.
///
/// `GET /api/v1/known-photos/{known_photo_id}/image`
pub fn get_known_photo_image(known_photo_id: &str, variant: Option<&str>) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(
            Method::Get,
            "/api/v1/known-photos/{}/image",
            &[known_photo_id],
        )
        .query("variant", variant),
    )
}
/// List the reports of a lost phone
///
/// Operators see all of them, officers those about accounts of their schools which an operator has approved.
///
/// `GET /api/v1/lost-phone-reports`
pub fn list_lost_phone_reports(
    state: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<LostPhoneReportList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/lost-phone-reports", &[])
            .query("state", state)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Read a report of a lost phone with what speaks for it
///
/// The audit log keeps who read it.
///
/// `GET /api/v1/lost-phone-reports/{lost_phone_reference}`
pub fn get_lost_phone_report(lost_phone_reference: &str) -> Call<LostPhoneDossierView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/lost-phone-reports/{}",
        &[lost_phone_reference],
    ))
}
/// Approve a report of a lost phone
///
/// Two different people approve: an operator first, then another operator; where there is only one, an officer of the account's
/// school. After the second approval the old number is told by text message at once, and 24 hours later the account has the new
/// number, unless its owner refuses it or staff close the report.
///
/// `POST /api/v1/lost-phone-reports/{lost_phone_reference}/approve`
pub fn approve_lost_phone_report(lost_phone_reference: &str) -> Call<LostPhoneDossierView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/lost-phone-reports/{}/approve",
        &[lost_phone_reference],
    ))
}
/// Refuse a report of a lost phone, or cancel one that was approved
///
/// A number that has not taken effect does not change any more.
///
/// `POST /api/v1/lost-phone-reports/{lost_phone_reference}/close`
pub fn close_lost_phone_report(
    lost_phone_reference: &str,
    body: &LostPhoneOutcome,
) -> Call<LostPhoneDossierView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/lost-phone-reports/{}/close",
            &[lost_phone_reference],
        )
        .json(body),
    )
}
/// Read my account
///
/// `GET /api/v1/me`
pub fn get_me() -> Call<Me> {
    Call::json(Request::new(Method::Get, "/api/v1/me", &[]))
}
/// Change my language and contact data
///
/// `PATCH /api/v1/me`
pub fn update_me(body: &MeChange) -> Call<Me> {
    Call::json(Request::new(Method::Patch, "/api/v1/me", &[]).json(body))
}
/// See who looked at my data
///
/// `GET /api/v1/me/access-log`
pub fn list_access_log(limit: Option<i64>, after: Option<&str>) -> Call<AccessLog> {
    Call::json(
        Request::new(Method::Get, "/api/v1/me/access-log", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Agree to a document
///
/// `POST /api/v1/me/consents`
pub fn create_consent(body: &NewConsent) -> Call<()> {
    Call::nothing(Request::new(Method::Post, "/api/v1/me/consents", &[]).json(body))
}
/// Withdraw the consent to handle my portrait
///
/// `DELETE /api/v1/me/consents/{document}`
pub fn withdraw_consent(document: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/me/consents/{}",
        &[document],
    ))
}
/// List my verifications, with photo and order: where I am in the journey
///
/// `GET /api/v1/me/enrolments`
pub fn list_enrolments(limit: Option<i64>, after: Option<&str>) -> Call<Enrolments> {
    Call::json(
        Request::new(Method::Get, "/api/v1/me/enrolments", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Begin to erase my account: a code goes to its phone
///
/// `POST /api/v1/me/erasures`
pub fn create_erasure(body: &NewErasure) -> Call<SmsChallenge> {
    Call::json(Request::new(Method::Post, "/api/v1/me/erasures", &[]).json(body))
}
/// Erase my account; this cannot be undone
///
/// `POST /api/v1/me/erasures/{challenge_id}/confirm`
pub fn confirm_erasure(challenge_id: &str, body: &ErasureCode) -> Call<()> {
    Call::nothing(
        Request::new(
            Method::Post,
            "/api/v1/me/erasures/{}/confirm",
            &[challenge_id],
        )
        .json(body),
    )
}
/// Export everything that is stored about me
///
/// `POST /api/v1/me/exports`
pub fn create_export() -> Call<Export> {
    Call::json(Request::new(Method::Post, "/api/v1/me/exports", &[]))
}
/// List my orders
///
/// `GET /api/v1/me/orders`
pub fn list_orders(limit: Option<i64>, after: Option<&str>) -> Call<Orders> {
    Call::json(
        Request::new(Method::Get, "/api/v1/me/orders", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Begin a change of phone: a code goes to either number
///
/// `POST /api/v1/me/phone-changes`
pub fn create_phone_change(body: &NewPhoneChange) -> Call<PhoneChange> {
    Call::json(Request::new(Method::Post, "/api/v1/me/phone-changes", &[]).json(body))
}
/// Finish a change of phone; all sessions end
///
/// `POST /api/v1/me/phone-changes/{phone_change_id}/confirm`
pub fn confirm_phone_change(phone_change_id: &str, body: &PhoneChangeCodes) -> Call<()> {
    Call::nothing(
        Request::new(
            Method::Post,
            "/api/v1/me/phone-changes/{}/confirm",
            &[phone_change_id],
        )
        .json(body),
    )
}
/// List the changes of number that were approved for my account
///
/// Somebody reported that they lost the account's number, and two members of staff approved it. Until it takes effect, whoever
/// has the old number can refuse it.
///
/// `GET /api/v1/me/phone-recoveries`
pub fn list_phone_recoveries() -> Call<PhoneRecoveryList> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/me/phone-recoveries",
        &[],
    ))
}
/// Refuse a change of number
///
/// The account keeps its number.
///
/// `POST /api/v1/me/phone-recoveries/{lost_phone_reference}/refuse`
pub fn refuse_phone_recovery(lost_phone_reference: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Post,
        "/api/v1/me/phone-recoveries/{}/refuse",
        &[lost_phone_reference],
    ))
}
/// List my questions to schools
///
/// `GET /api/v1/me/roster-tickets`
pub fn list_roster_tickets(limit: Option<i64>, after: Option<&str>) -> Call<RosterTickets> {
    Call::json(
        Request::new(Method::Get, "/api/v1/me/roster-tickets", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Log out everywhere, here too
///
/// `DELETE /api/v1/me/sessions`
pub fn end_all_sessions() -> Call<()> {
    Call::nothing(Request::new(Method::Delete, "/api/v1/me/sessions", &[]))
}
/// List where I am logged in
///
/// `GET /api/v1/me/sessions`
pub fn list_sessions() -> Call<OpenSessions> {
    Call::json(Request::new(Method::Get, "/api/v1/me/sessions", &[]))
}
/// Log out all my other devices
///
/// `DELETE /api/v1/me/sessions/others`
pub fn end_other_sessions() -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/me/sessions/others",
        &[],
    ))
}
/// Log out one of my devices
///
/// Its access token stops working at once, within 5 s on other server copies.
///
/// `DELETE /api/v1/me/sessions/{session_id}`
pub fn end_session(session_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/me/sessions/{}",
        &[session_id],
    ))
}
/// Read one of my orders
///
/// `GET /api/v1/orders/{order_no}`
pub fn get_order(order_no: &str) -> Call<OrderView> {
    Call::json(Request::new(Method::Get, "/api/v1/orders/{}", &[order_no]))
}
/// Change the contact data of an unpaid order
///
/// `PATCH /api/v1/orders/{order_no}`
pub fn update_order_contact(order_no: &str, body: &OrderContact) -> Call<OrderView> {
    Call::json(Request::new(Method::Patch, "/api/v1/orders/{}", &[order_no]).json(body))
}
/// Close an unpaid order; no money moves
///
/// `POST /api/v1/orders/{order_no}/close`
pub fn close_order(order_no: &str) -> Call<OrderView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/orders/{}/close",
        &[order_no],
    ))
}
/// Ask whether an order is paid; asks the provider too, at most every three seconds
///
/// `GET /api/v1/orders/{order_no}/payment-status`
pub fn get_payment_status(order_no: &str) -> Call<PaymentStatus> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/orders/{}/payment-status",
        &[order_no],
    ))
}
/// Ask which providers can be paid in this browser
///
/// `GET /api/v1/orders/{order_no}/payment-ways`
pub fn get_payment_ways(order_no: &str) -> Call<PaymentWays> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/orders/{}/payment-ways",
        &[order_no],
    ))
}
/// Begin to pay an order
///
/// Asking again for the same way to pay while it still works gives the same payment. Another way closes the first.
///
/// `POST /api/v1/orders/{order_no}/payments`
pub fn create_payment(
    order_no: &str,
    idempotency_key: &str,
    body: &NewPayment,
) -> Call<PaymentView> {
    Call::json(
        Request::new(Method::Post, "/api/v1/orders/{}/payments", &[order_no])
            .header("Idempotency-Key", Some(idempotency_key))
            .json(body),
    )
}
/// Say that I have paid
///
/// Asks the providers about every attempt of the last two days, also about those that were closed; each at most every
/// three seconds.
///
/// `POST /api/v1/orders/{order_no}/payments/confirm`
pub fn confirm_payment(order_no: &str) -> Call<PaymentStatus> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/orders/{}/payments/confirm",
        &[order_no],
    ))
}
/// Ask where `WeChat` tells who pays, for paying inside it
///
/// `GET /api/v1/orders/{order_no}/wechat-authorisation`
pub fn get_wechat_authorisation(order_no: &str) -> Call<WechatAuthorisation> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/orders/{}/wechat-authorisation",
        &[order_no],
    ))
}
/// See what waits in each school
///
/// `GET /api/v1/overview/schools`
pub fn list_school_overviews(limit: Option<i64>, after: Option<&str>) -> Call<SchoolOverviewList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/overview/schools", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Read one of my photos
///
/// `GET /api/v1/photos/{photo_id}`
pub fn get_photo(photo_id: &str) -> Call<PhotoView> {
    Call::json(Request::new(Method::Get, "/api/v1/photos/{}", &[photo_id]))
}
/// See one of my photos
///
/// `Range` gives a part of the file, `If-None-Match` nothing where the client has it already.
///
/// `GET /api/v1/photos/{photo_id}/image`
pub fn get_photo_image(photo_id: &str, variant: Option<&str>) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(Method::Get, "/api/v1/photos/{}/image", &[photo_id]).query("variant", variant),
    )
}
/// Take back a photo that is not decided yet
///
/// `POST /api/v1/photos/{photo_id}/withdraw`
pub fn withdraw_photo(photo_id: &str) -> Call<PhotoView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/photos/{}/withdraw",
        &[photo_id],
    ))
}
/// See how well reviewers agree
///
/// Of the last 30 days: how fast each decides, and how often others decided alike about the photos of the share that several
/// look at without knowing of each other, and how many of the known faults each caught.
///
/// `GET /api/v1/review-quality`
pub fn get_review_quality() -> Call<ReviewQualityView> {
    Call::json(Request::new(Method::Get, "/api/v1/review-quality", &[]))
}
/// List photos that schools have although their approval is in doubt
///
/// Their reviewer missed more known faults than the task allows, and approved them since the last fault that was caught. Photos
/// that were not delivered are back in review; these can be refused with `refuse_photo`.
///
/// `GET /api/v1/review-quality/recalls`
pub fn list_photo_recalls(limit: Option<i64>, after: Option<&str>) -> Call<RecalledPhotoList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/review-quality/recalls", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Decide about photos that I took
///
/// All of them or, where one is not the reviewer's any more, none. It takes effect after ten seconds, until which it can be
/// undone; the student learns of it then.
///
/// `POST /api/v1/reviews`
pub fn create_reviews(body: &NewReviews) -> Call<Decisions> {
    Call::json(Request::new(Method::Post, "/api/v1/reviews", &[]).json(body))
}
/// Give back the photos that I have
///
/// Others can get them at once. Decisions that were made stay.
///
/// `POST /api/v1/reviews/give-back`
pub fn give_back_photos_to_review() -> Call<()> {
    Call::nothing(Request::new(Method::Post, "/api/v1/reviews/give-back", &[]))
}
/// List my latest ten decisions
///
/// `GET /api/v1/reviews/latest`
pub fn list_my_reviews() -> Call<Decisions> {
    Call::json(Request::new(Method::Get, "/api/v1/reviews/latest", &[]))
}
/// Turn a photo that I took, or move its frame
///
/// It is framed anew from the original and checked again; the answer has what is found now, and the version that a decision
/// names from then on. Its student sees in their history that a reviewer adjusted it.
///
/// `POST /api/v1/reviews/photos/{photo_id}/frame`
pub fn reframe_photo(photo_id: &str, body: &NewFraming) -> Call<PhotoToReviewView> {
    Call::json(
        Request::new(Method::Post, "/api/v1/reviews/photos/{}/frame", &[photo_id]).json(body),
    )
}
/// See a photo that I review
///
/// Also one about which the reviewer decided, earlier photos of the same student, and, but for the original, what another
/// student sent that shows the same. Looking at the original is noted in the student's access log. `Range` and `If-None-Match` work as for students.
///
/// `GET /api/v1/reviews/photos/{photo_id}/image`
pub fn get_review_image(photo_id: &str, variant: Option<&str>) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(Method::Get, "/api/v1/reviews/photos/{}/image", &[photo_id])
            .query("variant", variant),
    )
}
/// See how many photos wait for me
///
/// `GET /api/v1/reviews/queue`
pub fn get_review_queue(task_id: Option<&str>) -> Call<QueueView> {
    Call::json(Request::new(Method::Get, "/api/v1/reviews/queue", &[]).query("task_id", task_id))
}
/// Take photos to review
///
/// Nobody else gets them for five minutes. Asking again keeps those that were not decided about and renews the time.
///
/// `POST /api/v1/reviews/take`
pub fn take_photos_to_review(body: &PhotosWanted) -> Call<TakenPhotos> {
    Call::json(Request::new(Method::Post, "/api/v1/reviews/take", &[]).json(body))
}
/// Take back a decision that is not in force
///
/// The reviewer has the photo again. Sent again, it gives the same answer.
///
/// `POST /api/v1/reviews/{review_id}/undo`
pub fn undo_review(review_id: &str) -> Call<DecisionView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/reviews/{}/undo",
        &[review_id],
    ))
}
/// Read a student of a roster
///
/// `GET /api/v1/roster-entries/{roster_entry_id}`
pub fn get_roster_entry(roster_entry_id: &str) -> Call<RosterEntryView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/roster-entries/{}",
        &[roster_entry_id],
    ))
}
/// Correct a student of a roster; imports leave alone what was corrected
///
/// `PATCH /api/v1/roster-entries/{roster_entry_id}`
pub fn update_roster_entry(
    roster_entry_id: &str,
    body: &RosterEntryChanges,
) -> Call<RosterEntryView> {
    Call::json(
        Request::new(
            Method::Patch,
            "/api/v1/roster-entries/{}",
            &[roster_entry_id],
        )
        .json(body),
    )
}
/// Find out which account holds a student of a roster
///
/// The holder reads in their access log that somebody looked, so this is no `GET`.
///
/// `POST /api/v1/roster-entries/{roster_entry_id}/binding`
pub fn get_entry_binding(roster_entry_id: &str) -> Call<EntryBindingView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/roster-entries/{}/binding",
        &[roster_entry_id],
    ))
}
/// Put a student back on the list
///
/// `POST /api/v1/roster-entries/{roster_entry_id}/restore`
pub fn restore_roster_entry(roster_entry_id: &str) -> Call<RosterEntryView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/roster-entries/{}/restore",
        &[roster_entry_id],
    ))
}
/// Reveal the whole document numbers of a student
///
/// Needs a second factor of the last minutes. The student reads in their access log that somebody looked.
///
/// `POST /api/v1/roster-entries/{roster_entry_id}/reveal-numbers`
pub fn reveal_roster_numbers(roster_entry_id: &str) -> Call<RevealedNumbers> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/roster-entries/{}/reveal-numbers",
        &[roster_entry_id],
    ))
}
/// Take a student off the list
///
/// Nobody can verify as them any more; who has verified keeps what they have.
///
/// `POST /api/v1/roster-entries/{roster_entry_id}/withdraw`
pub fn withdraw_roster_entry(roster_entry_id: &str) -> Call<RosterEntryView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/roster-entries/{}/withdraw",
        &[roster_entry_id],
    ))
}
/// Read a roster import, also to follow its progress
///
/// `GET /api/v1/roster-imports/{roster_import_id}`
pub fn get_roster_import(roster_import_id: &str) -> Call<RosterImportView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/roster-imports/{}",
        &[roster_import_id],
    ))
}
/// Choose how a roster file is read, and have it looked through again
///
/// `PATCH /api/v1/roster-imports/{roster_import_id}`
pub fn update_roster_import(
    roster_import_id: &str,
    body: &RosterImportChoices,
) -> Call<RosterImportView> {
    Call::json(
        Request::new(
            Method::Patch,
            "/api/v1/roster-imports/{}",
            &[roster_import_id],
        )
        .json(body),
    )
}
/// End a roster import; what it took before stays
///
/// `POST /api/v1/roster-imports/{roster_import_id}/cancel`
pub fn cancel_roster_import(roster_import_id: &str) -> Call<RosterImportView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/roster-imports/{}/cancel",
        &[roster_import_id],
    ))
}
/// Read the first rows of a roster file
///
/// That somebody looked at them is noted in the audit log.
///
/// `GET /api/v1/roster-imports/{roster_import_id}/preview`
pub fn get_roster_import_preview(roster_import_id: &str) -> Call<RosterPreview> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/roster-imports/{}/preview",
        &[roster_import_id],
    ))
}
/// Download the rows of an import about which something is to be said
///
/// As a table with the number of the row, the finding, the column and what to do; it names nobody. At most 200,000 rows.
///
/// `GET /api/v1/roster-imports/{roster_import_id}/report`
pub fn get_roster_import_report(roster_import_id: &str, format: &str) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(
            Method::Get,
            "/api/v1/roster-imports/{}/report",
            &[roster_import_id],
        )
        .query("format", Some(format)),
    )
}
/// List the rows of an import about which something is to be said
///
/// In the order of the file, those who are new or stay as they are left out.
///
/// `GET /api/v1/roster-imports/{roster_import_id}/rows`
pub fn list_roster_import_rows(
    roster_import_id: &str,
    verdict: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<RosterImportRows> {
    Call::json(
        Request::new(
            Method::Get,
            "/api/v1/roster-imports/{}/rows",
            &[roster_import_id],
        )
        .query("verdict", verdict)
        .query("limit", limit)
        .query("after", after),
    )
}
/// Take the rows of a roster file that was looked through
///
/// `POST /api/v1/roster-imports/{roster_import_id}/start`
pub fn start_roster_import(
    roster_import_id: &str,
    body: &StartRosterImport,
) -> Call<RosterImportView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/roster-imports/{}/start",
            &[roster_import_id],
        )
        .json(body),
    )
}
/// Take back what a roster import did
///
/// Possible until somebody whom it added has submitted a photo.
///
/// `POST /api/v1/roster-imports/{roster_import_id}/undo`
pub fn undo_roster_import(roster_import_id: &str) -> Call<RosterImportView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/roster-imports/{}/undo",
        &[roster_import_id],
    ))
}
/// Ask the school for a check of the roster
///
/// `POST /api/v1/roster-tickets`
pub fn create_roster_ticket(body: &NewRosterTicket) -> Call<RosterTicketView> {
    Call::json(Request::new(Method::Post, "/api/v1/roster-tickets", &[]).json(body))
}
/// Read a question, with the students of the roster who may be meant
///
/// `GET /api/v1/roster-tickets/{roster_ticket_id}`
pub fn get_school_ticket(roster_ticket_id: &str) -> Call<SchoolTicketDetail> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/roster-tickets/{}",
        &[roster_ticket_id],
    ))
}
/// List the student as they asked to be, and answer
///
/// `POST /api/v1/roster-tickets/{roster_ticket_id}/add-to-roster`
pub fn add_student_of_ticket(
    roster_ticket_id: &str,
    body: &TicketStudent,
) -> Call<SchoolTicketView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/roster-tickets/{}/add-to-roster",
            &[roster_ticket_id],
        )
        .json(body),
    )
}
/// Answer a question without changing the roster
///
/// The student is told by text message and reads the answer in the app.
///
/// `POST /api/v1/roster-tickets/{roster_ticket_id}/answer`
pub fn answer_school_ticket(roster_ticket_id: &str, body: &TicketAnswer) -> Call<SchoolTicketView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/roster-tickets/{}/answer",
            &[roster_ticket_id],
        )
        .json(body),
    )
}
/// Give a student of the roster the number, level and name of a question, and answer
///
/// `POST /api/v1/roster-tickets/{roster_ticket_id}/correct-entry`
pub fn correct_entry_of_ticket(
    roster_ticket_id: &str,
    body: &TicketCorrection,
) -> Call<SchoolTicketView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/roster-tickets/{}/correct-entry",
            &[roster_ticket_id],
        )
        .json(body),
    )
}
/// Find a school with a collection, by name, alias or code
///
/// Exact after folding widths, blanks, brackets and case. A school without any published task is not found.
///
/// `GET /api/v1/schools`
pub fn find_school(name: &str) -> Call<FoundSchools> {
    Call::json(Request::new(Method::Get, "/api/v1/schools", &[]).query("name", Some(name)))
}
/// Make a school
///
/// Its initials in pinyin find it by themselves.
///
/// `POST /api/v1/schools`
pub fn create_school(body: &NewSchool) -> Call<ManagedSchoolView> {
    Call::json(Request::new(Method::Post, "/api/v1/schools", &[]).json(body))
}
/// Suggest names of schools while typing; a hint only
///
/// `GET /api/v1/schools/suggestions`
pub fn suggest_schools(prefix: &str) -> Call<Suggestions> {
    Call::json(
        Request::new(Method::Get, "/api/v1/schools/suggestions", &[]).query("prefix", Some(prefix)),
    )
}
/// Read a school
///
/// `GET /api/v1/schools/{school_id}`
pub fn get_school(school_id: &str) -> Call<ManagedSchoolView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/schools/{}",
        &[school_id],
    ))
}
/// Change a school
///
/// `PATCH /api/v1/schools/{school_id}`
pub fn update_school(school_id: &str, body: &SchoolChange) -> Call<ManagedSchoolView> {
    Call::json(Request::new(Method::Patch, "/api/v1/schools/{}", &[school_id]).json(body))
}
/// Give a school an application at Alipay
///
/// As `put_wechat_pay_account`, by the number of the seller. Needs a fresh second factor.
///
/// `PUT /api/v1/schools/{school_id}/alipay-account`
pub fn put_alipay_account(school_id: &str, body: &AlipayAccountInput) -> Call<MerchantAccountView> {
    Call::json(
        Request::new(
            Method::Put,
            "/api/v1/schools/{}/alipay-account",
            &[school_id],
        )
        .json(body),
    )
}
/// List the integrators of a school
///
/// `GET /api/v1/schools/{school_id}/integrators`
pub fn list_school_integrators(
    school_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<IntegratorList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/schools/{}/integrators", &[school_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Make an integrator of a school
///
/// It has no credential yet. Needs a fresh second factor.
///
/// `POST /api/v1/schools/{school_id}/integrators`
pub fn create_school_integrator(school_id: &str, body: &NewIntegrator) -> Call<IntegratorView> {
    Call::json(
        Request::new(Method::Post, "/api/v1/schools/{}/integrators", &[school_id]).json(body),
    )
}
/// List a school's own merchant accounts
///
/// With those that were retired, which answer for what they took. Keys are never shown.
///
/// `GET /api/v1/schools/{school_id}/merchant-accounts`
pub fn list_merchant_accounts(school_id: &str) -> Call<MerchantAccounts> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/schools/{}/merchant-accounts",
        &[school_id],
    ))
}
/// Have a school's account take no new payments
///
/// They go to the common account. What the account took is still asked of it and goes back from it. Needs a fresh second factor.
///
/// `DELETE /api/v1/schools/{school_id}/merchant-accounts/{provider}`
pub fn retire_merchant_account(school_id: &str, provider: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/schools/{}/merchant-accounts/{}",
        &[school_id, provider],
    ))
}
/// Resume a school
///
/// `POST /api/v1/schools/{school_id}/resume`
pub fn resume_school(school_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Post,
        "/api/v1/schools/{}/resume",
        &[school_id],
    ))
}
/// List the questions of students to a school
///
/// `GET /api/v1/schools/{school_id}/roster-tickets`
pub fn list_school_tickets(
    school_id: &str,
    state: Option<&str>,
    task_id: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<SchoolTicketList> {
    Call::json(
        Request::new(
            Method::Get,
            "/api/v1/schools/{}/roster-tickets",
            &[school_id],
        )
        .query("state", state)
        .query("task_id", task_id)
        .query("limit", limit)
        .query("after", after),
    )
}
/// List the staff of a school
///
/// `GET /api/v1/schools/{school_id}/staff`
pub fn list_school_staff(
    school_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<StaffList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/schools/{}/staff", &[school_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Invite somebody to the staff of a school
///
/// They are told by text message, log in by their phone, and set up an authenticator within 14 days. Needs a fresh second
/// factor.
///
/// `POST /api/v1/schools/{school_id}/staff`
pub fn create_school_staff(school_id: &str, body: &NewStaffRole) -> Call<StaffView> {
    Call::json(Request::new(Method::Post, "/api/v1/schools/{}/staff", &[school_id]).json(body))
}
/// Read what a school owes for a month
///
/// The orders that its students pay themselves are not on it; `list_task_orders` has every order.
///
/// `GET /api/v1/schools/{school_id}/statement`
pub fn get_school_statement(school_id: &str, month: &str) -> Call<SchoolStatementView> {
    Call::json(
        Request::new(Method::Get, "/api/v1/schools/{}/statement", &[school_id])
            .query("month", Some(month)),
    )
}
/// Export every order of a school's month
///
/// Needs a fresh second factor, and is noted in the audit log.
///
/// `POST /api/v1/schools/{school_id}/statement/export`
pub fn export_statement(school_id: &str, body: &StatementExport) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(
            Method::Post,
            "/api/v1/schools/{}/statement/export",
            &[school_id],
        )
        .json(body),
    )
}
/// Suspend a school
///
/// Students see nothing of it until it is resumed; its data stay.
///
/// `POST /api/v1/schools/{school_id}/suspend`
pub fn suspend_school(school_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Post,
        "/api/v1/schools/{}/suspend",
        &[school_id],
    ))
}
/// See what students would see
///
/// Answers with an invented student's data under the settings that are sent. Nothing is made or kept; the students' web app
/// below `/preview` shows its pages with them.
///
/// `POST /api/v1/schools/{school_id}/task-preview`
pub fn preview_task(school_id: &str, body: &TaskInput) -> Call<TaskPreviewView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/schools/{}/task-preview",
            &[school_id],
        )
        .json(body),
    )
}
/// List the templates of tasks that a school may use
///
/// Its own, and those of the bureau.
///
/// `GET /api/v1/schools/{school_id}/task-templates`
pub fn list_task_templates(
    school_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<TaskTemplates> {
    Call::json(
        Request::new(
            Method::Get,
            "/api/v1/schools/{}/task-templates",
            &[school_id],
        )
        .query("limit", limit)
        .query("after", after),
    )
}
/// List the tasks of a school
///
/// `GET /api/v1/schools/{school_id}/tasks`
pub fn list_school_tasks(
    school_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<ManagedTasks> {
    Call::json(
        Request::new(Method::Get, "/api/v1/schools/{}/tasks", &[school_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Make a task
///
/// It is a draft that nobody but staff sees.
///
/// `POST /api/v1/schools/{school_id}/tasks`
pub fn create_task(school_id: &str, body: &TaskInput) -> Call<ManagedTask> {
    Call::json(Request::new(Method::Post, "/api/v1/schools/{}/tasks", &[school_id]).json(body))
}
/// Make a task from a template
///
/// It is a draft with the template's settings, under its own name and in its own window.
///
/// `POST /api/v1/schools/{school_id}/tasks/from-template`
pub fn create_task_from_template(school_id: &str, body: &TaskFromTemplate) -> Call<ManagedTask> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/schools/{}/tasks/from-template",
            &[school_id],
        )
        .json(body),
    )
}
/// Move the clock of a test school
///
/// Events that are triggered there from now on have its time. It can be ten years from the real time.
///
/// `POST /api/v1/schools/{school_id}/test-clock`
pub fn move_test_clock(school_id: &str, body: &TestClockMove) -> Call<TestClockView> {
    Call::json(Request::new(Method::Post, "/api/v1/schools/{}/test-clock", &[school_id]).json(body))
}
/// Trigger an event in a test school
///
/// Whoever follows the school's events reads it, and its endpoints of webhooks are told, as of any other. Its ids name nothing.
/// Its time is that of the school's clock.
///
/// `POST /api/v1/schools/{school_id}/test-events`
pub fn create_test_event(school_id: &str, body: &NewTestEvent) -> Call<TestEventView> {
    Call::json(
        Request::new(Method::Post, "/api/v1/schools/{}/test-events", &[school_id]).json(body),
    )
}
/// Give a school an account at `WeChat` Pay
///
/// Also replaces the keys of one that it has: by the same merchant number. With another number the account before it is retired:
/// it takes no new payments, and what it took is asked of it and goes back from it. Keys are sealed and never shown again. Needs
/// a fresh second factor.
///
/// `PUT /api/v1/schools/{school_id}/wechat-pay-account`
pub fn put_wechat_pay_account(
    school_id: &str,
    body: &WechatPayAccountInput,
) -> Call<MerchantAccountView> {
    Call::json(
        Request::new(
            Method::Put,
            "/api/v1/schools/{}/wechat-pay-account",
            &[school_id],
        )
        .json(body),
    )
}
/// List the staff of the platform
///
/// `GET /api/v1/staff`
pub fn list_platform_staff(limit: Option<i64>, after: Option<&str>) -> Call<StaffList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/staff", &[])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Invite somebody to the staff of the platform
///
/// As `create_school_staff`, for the roles that hold for every school.
///
/// `POST /api/v1/staff`
pub fn create_platform_staff(body: &NewStaffRole) -> Call<StaffView> {
    Call::json(Request::new(Method::Post, "/api/v1/staff", &[]).json(body))
}
/// Take a role away
///
/// The person's sessions end. The last operator stays. Needs a fresh second factor.
///
/// `DELETE /api/v1/staff-roles/{staff_role_id}`
pub fn delete_staff_role(staff_role_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/staff-roles/{}",
        &[staff_role_id],
    ))
}
/// Change the limits of a role
///
/// The person's sessions end. Needs a fresh second factor.
///
/// `PATCH /api/v1/staff-roles/{staff_role_id}`
pub fn update_staff_role(staff_role_id: &str, body: &StaffRoleChange) -> Call<StaffView> {
    Call::json(Request::new(Method::Patch, "/api/v1/staff-roles/{}", &[staff_role_id]).json(body))
}
/// Invite somebody again
///
/// Where the invitation has run out, or the message got lost. Needs a fresh second factor.
///
/// `POST /api/v1/staff-roles/{staff_role_id}/invitations`
pub fn create_staff_invitation(staff_role_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Post,
        "/api/v1/staff-roles/{}/invitations",
        &[staff_role_id],
    ))
}
/// Read what somebody may do
///
/// `GET /api/v1/staff-roles/{staff_role_id}/permissions`
pub fn list_staff_permissions(staff_role_id: &str) -> Call<StaffPermissions> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/staff-roles/{}/permissions",
        &[staff_role_id],
    ))
}
/// Reset somebody's lost authenticator
///
/// Their sessions and recovery codes end, and they can set up another authenticator within 14 days. Needs a fresh second
/// factor; nobody resets their own.
///
/// `POST /api/v1/staff-roles/{staff_role_id}/reset-device`
pub fn reset_staff_device(staff_role_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Post,
        "/api/v1/staff-roles/{}/reset-device",
        &[staff_role_id],
    ))
}
/// Read who I am and what I may do
///
/// Answered before the second factor is confirmed too; everything else for staff is not.
///
/// `GET /api/v1/staff/me`
pub fn get_staff_me() -> Call<StaffMeView> {
    Call::json(Request::new(Method::Get, "/api/v1/staff/me", &[]))
}
/// See what waits for me
///
/// `GET /api/v1/staff/me/notices`
pub fn get_staff_notices() -> Call<StaffNoticesView> {
    Call::json(Request::new(Method::Get, "/api/v1/staff/me/notices", &[]))
}
/// List cases about money
///
/// `GET /api/v1/staff/money-cases`
pub fn list_money_cases(
    state: Option<&str>,
    kind: Option<&str>,
    school_id: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<MoneyCaseList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/staff/money-cases", &[])
            .query("state", state)
            .query("kind", kind)
            .query("school_id", school_id)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Resolve a case about money
///
/// `POST /api/v1/staff/money-cases/{money_case_id}/resolve`
pub fn resolve_money_case(money_case_id: &str, body: &CaseResolved) -> Call<()> {
    Call::nothing(
        Request::new(
            Method::Post,
            "/api/v1/staff/money-cases/{}/resolve",
            &[money_case_id],
        )
        .json(body),
    )
}
/// List the orders of all tasks
///
/// Officers see those of their school, finance and operators all.
///
/// `GET /api/v1/staff/orders`
pub fn list_staff_orders(
    school_id: Option<&str>,
    task_id: Option<&str>,
    state: Option<&str>,
    needs_review: Option<bool>,
    number: Option<&str>,
    since: Option<&str>,
    until: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<StaffOrderList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/staff/orders", &[])
            .query("school_id", school_id)
            .query("task_id", task_id)
            .query("state", state)
            .query("needs_review", needs_review)
            .query("number", number)
            .query("since", since)
            .query("until", until)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Read an order with all that is known of its money
///
/// `GET /api/v1/staff/orders/{order_no}`
pub fn get_staff_order(order_no: &str) -> Call<StaffOrderDetailsView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/staff/orders/{}",
        &[order_no],
    ))
}
/// Ask for a refund of an order
///
/// Above the configured amount a second person must approve it. Needs a fresh second factor.
///
/// `POST /api/v1/staff/orders/{order_no}/refunds`
pub fn create_refund(order_no: &str, idempotency_key: &str, body: &NewRefund) -> Call<RefundAsked> {
    Call::json(
        Request::new(Method::Post, "/api/v1/staff/orders/{}/refunds", &[order_no])
            .header("Idempotency-Key", Some(idempotency_key))
            .json(body),
    )
}
/// List the days whose bills were compared with our books
///
/// `GET /api/v1/staff/reconciliations`
pub fn list_reconciliations(
    month: Option<&str>,
    with_differences: Option<bool>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<ComparedDays> {
    Call::json(
        Request::new(Method::Get, "/api/v1/staff/reconciliations", &[])
            .query("month", month)
            .query("with_differences", with_differences)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Read what came of a day
///
/// `GET /api/v1/staff/reconciliations/{day}`
pub fn get_reconciliation(day: &str) -> Call<DayView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/staff/reconciliations/{}",
        &[day],
    ))
}
/// Have a day compared again
///
/// For every account, in the background: of the last 90 days, before today.
///
/// `POST /api/v1/staff/reconciliations/{day}/compare`
pub fn compare_day_again(day: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Post,
        "/api/v1/staff/reconciliations/{}/compare",
        &[day],
    ))
}
/// Export a day with the rows of its bills
///
/// Needs a fresh second factor, and is noted in the audit log.
///
/// `POST /api/v1/staff/reconciliations/{day}/export`
pub fn export_reconciliation(day: &str, body: &DayExport) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(
            Method::Post,
            "/api/v1/staff/reconciliations/{}/export",
            &[day],
        )
        .json(body),
    )
}
/// List refunds
///
/// `GET /api/v1/staff/refunds`
pub fn list_refunds(
    school_id: Option<&str>,
    state: Option<&str>,
    waits_for_approval: Option<bool>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<StaffRefundList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/staff/refunds", &[])
            .query("school_id", school_id)
            .query("state", state)
            .query("waits_for_approval", waits_for_approval)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Approve a colleague's refund
///
/// Refused to who asked for it. Needs a fresh second factor.
///
/// `POST /api/v1/staff/refunds/{out_refund_no}/approve`
pub fn approve_refund(out_refund_no: &str) -> Call<StaffRefundView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/staff/refunds/{}/approve",
        &[out_refund_no],
    ))
}
/// Decline a colleague's refund
///
/// Its money can be asked for again. Needs a fresh second factor.
///
/// `POST /api/v1/staff/refunds/{out_refund_no}/decline`
pub fn decline_refund(out_refund_no: &str, body: &RefundDecline) -> Call<StaffRefundView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/staff/refunds/{}/decline",
            &[out_refund_no],
        )
        .json(body),
    )
}
/// List the schools that are mine to see
///
/// Operators see all, staff of a school theirs, an integrator those that it serves.
///
/// `GET /api/v1/staff/schools`
pub fn list_managed_schools(
    text: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<ManagedSchools> {
    Call::json(
        Request::new(Method::Get, "/api/v1/staff/schools", &[])
            .query("text", text)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Send the Ministry's list of schools
///
/// CSV in UTF-8, GB18030 or UTF-16, XLSX or DBF with a column 学校名称 and one 学校标识码 (ten digits) or 学校代码 (five); other
/// columns are not read. Without `schools` nothing is changed: the answer says what each row means. With it, a school is made
/// for every code that no school has; schools that are there stay as they are, so sending a file again changes nothing.
///
/// `POST /api/v1/staff/schools/list`
pub fn take_school_list(schools: Option<i64>) -> Call<SchoolListView> {
    Call::json(
        Request::new(Method::Post, "/api/v1/staff/schools/list", &[]).query("schools", schools),
    )
}
/// Find students by phone or by the number of an order
///
/// Those of the caller's schools. They read in their access log that somebody looked, so this is no `GET`.
///
/// `POST /api/v1/students/find`
pub fn find_students(body: &StudentLookup) -> Call<FoundStudents> {
    Call::json(Request::new(Method::Post, "/api/v1/students/find", &[]).json(body))
}
/// Delete a template of tasks
///
/// Tasks that were made from it stay. Those of the bureau are deleted by operators.
///
/// `DELETE /api/v1/task-templates/{task_template_id}`
pub fn delete_task_template(task_template_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/task-templates/{}",
        &[task_template_id],
    ))
}
/// Rename a template of tasks
///
/// Its settings stay as they are. Those of the bureau are renamed by operators.
///
/// `PATCH /api/v1/task-templates/{task_template_id}`
pub fn rename_task_template(
    task_template_id: &str,
    body: &TaskTemplateChange,
) -> Call<TaskTemplateView> {
    Call::json(
        Request::new(
            Method::Patch,
            "/api/v1/task-templates/{}",
            &[task_template_id],
        )
        .json(body),
    )
}
/// Read a task, also without logging in: a school's link to its task shows dates and fee at once
///
/// `GET /api/v1/tasks/{task_id}`
pub fn get_task(task_id: &str) -> Call<TaskView> {
    Call::json(Request::new(Method::Get, "/api/v1/tasks/{}", &[task_id]))
}
/// Change a task
///
/// After it was opened, some settings are fixed and some can only grow; each that is not allowed is named.
///
/// `PATCH /api/v1/tasks/{task_id}`
pub fn update_task(task_id: &str, body: &TaskChange) -> Call<ManagedTask> {
    Call::json(Request::new(Method::Patch, "/api/v1/tasks/{}", &[task_id]).json(body))
}
/// Verify by an image-capture code
///
/// For tasks whose `identity` is `capture_code`. The code names the student and is signed by its issuer, so that no list is
/// needed: a student who is not on the task's list is put on it. A code counts for one account.
///
/// `POST /api/v1/tasks/{task_id}/capture-codes`
pub fn create_capture_enrolment(task_id: &str, body: &CaptureCodeInput) -> Call<EnrolmentView> {
    Call::json(Request::new(Method::Post, "/api/v1/tasks/{}/capture-codes", &[task_id]).json(body))
}
/// Close a task
///
/// No photo is taken any more, but rejected ones can be replaced in their days.
///
/// `POST /api/v1/tasks/{task_id}/close`
pub fn close_task(task_id: &str) -> Call<ManagedTask> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/tasks/{}/close",
        &[task_id],
    ))
}
/// Copy a task
///
/// The copy is a draft with the same settings and no students.
///
/// `POST /api/v1/tasks/{task_id}/copy`
pub fn copy_task(task_id: &str, body: &TaskCopyInput) -> Call<ManagedTask> {
    Call::json(Request::new(Method::Post, "/api/v1/tasks/{}/copy", &[task_id]).json(body))
}
/// Download the certificate that the data of a task were deleted
///
/// A ZIP archive with `certificate.txt` and its Ed25519 signature, made with a key of `list_delivery_keys`:
/// `openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in certificate.txt -sigfile certificate.txt.sig`
///
/// `GET /api/v1/tasks/{task_id}/deletion-certificate`
pub fn get_deletion_certificate(task_id: &str) -> Call<Vec<u8>> {
    Call::bytes(Request::new(
        Method::Get,
        "/api/v1/tasks/{}/deletion-certificate",
        &[task_id],
    ))
}
/// List the packages of a task
///
/// `GET /api/v1/tasks/{task_id}/deliveries`
pub fn list_deliveries(
    task_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<DeliveryList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/deliveries", &[task_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Have a package of accepted photos made
///
/// It is made in the background; `get_delivery` tells how far it is.
///
/// `POST /api/v1/tasks/{task_id}/deliveries`
pub fn create_delivery(task_id: &str, body: &NewDelivery) -> Call<DeliveryView> {
    Call::json(Request::new(Method::Post, "/api/v1/tasks/{}/deliveries", &[task_id]).json(body))
}
/// How far is the delivery of a task?
///
/// `GET /api/v1/tasks/{task_id}/delivery-figures`
pub fn get_delivery_figures(task_id: &str) -> Call<DeliveryFiguresView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/tasks/{}/delivery-figures",
        &[task_id],
    ))
}
/// Hand a task over
///
/// The school has all the photos that it will get. The numbers are those that a person saw; where others hold meanwhile,
/// nothing is changed. The days after which the data are deleted are counted from the task's end.
///
/// `POST /api/v1/tasks/{task_id}/hand-over`
pub fn hand_over_task(task_id: &str, body: &TaskHandOver) -> Call<ManagedTask> {
    Call::json(Request::new(Method::Post, "/api/v1/tasks/{}/hand-over", &[task_id]).json(body))
}
/// List the students of a task who still have something to do
///
/// Not verified, without a photo, not paid, or rejected. Who may see some students of the school alone sees those.
///
/// `GET /api/v1/tasks/{task_id}/missing-students`
pub fn list_missing_students(
    task_id: &str,
    progress: Option<&str>,
    college: Option<&str>,
    class_name: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<MissingStudentList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/missing-students", &[task_id])
            .query("progress", progress)
            .query("college", college)
            .query("class_name", class_name)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Export the students of a task who still have something to do
///
/// Needs a second factor of the last minutes, and is noted in the audit log. At most 200,000 rows.
///
/// `POST /api/v1/tasks/{task_id}/missing-students/export`
pub fn export_missing_students(task_id: &str, body: &MissingExport) -> Call<Vec<u8>> {
    Call::bytes(
        Request::new(
            Method::Post,
            "/api/v1/tasks/{}/missing-students/export",
            &[task_id],
        )
        .json(body),
    )
}
/// Open a task
///
/// A draft, or a task that was closed. Where it lacks something, `errors` names everything that it lacks.
///
/// `POST /api/v1/tasks/{task_id}/open`
pub fn open_task(task_id: &str) -> Call<ManagedTask> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/tasks/{}/open",
        &[task_id],
    ))
}
/// List the orders of a task
///
/// `GET /api/v1/tasks/{task_id}/orders`
pub fn list_task_orders(
    task_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<TaskOrderList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/orders", &[task_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Read an order of a task
///
/// `GET /api/v1/tasks/{task_id}/orders/{order_no}`
pub fn get_task_order(task_id: &str, order_no: &str) -> Call<TaskOrderView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/tasks/{}/orders/{}",
        &[task_id, order_no],
    ))
}
/// Send what the school or the Ministry's platform says of delivered photos
///
/// CSV in UTF-8, GB18030 or UTF-16, XLSX or DBF with a column of student or document numbers and one with the result or the
/// reasons. Without `refusals` nothing is changed: the answer says what each row means and how roster, photos and file compare.
/// With it, the photos go back: their students are told why, and can send others without paying. Sending a file again changes
/// nothing: those photos are not accepted any more.
///
/// `POST /api/v1/tasks/{task_id}/photo-results`
pub fn create_photo_results(
    task_id: &str,
    source: &str,
    refusals: Option<i64>,
) -> Call<PhotoResultsView> {
    Call::json(
        Request::new(Method::Post, "/api/v1/tasks/{}/photo-results", &[task_id])
            .query("source", Some(source))
            .query("refusals", refusals),
    )
}
/// List the photos of a task
///
/// In the order of their changes, the oldest first; a change is listed ten seconds after it was made. A photo that changes
/// while the pages are read moves to the end, so that none is missed. To go on later, send the last `modified_at` as
/// `modified_since`, and leave out what has the version that you know.
///
/// `GET /api/v1/tasks/{task_id}/photos`
pub fn list_task_photos(
    task_id: &str,
    state: Option<&str>,
    modified_since: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<TaskPhotoList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/photos", &[task_id])
            .query("state", state)
            .query("modified_since", modified_since)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Read a photo of a task
///
/// `GET /api/v1/tasks/{task_id}/photos/{photo_id}`
pub fn get_task_photo(task_id: &str, photo_id: &str) -> Call<TaskPhotoView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/tasks/{}/photos/{}",
        &[task_id, photo_id],
    ))
}
/// Say that the school has a photo
///
/// `If-Match` names the version that was fetched.
///
/// `POST /api/v1/tasks/{task_id}/photos/{photo_id}/hand-over`
pub fn hand_over_photo(task_id: &str, photo_id: &str, if_match: &str) -> Call<TaskPhotoView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/tasks/{}/photos/{}/hand-over",
            &[task_id, photo_id],
        )
        .header("If-Match", Some(if_match)),
    )
}
/// Fetch the picture of an accepted photo
///
/// A JPEG of 480×640 pixels. `If-None-Match` gives nothing where the client has it already, `Range` a part of it; `Repr-Digest`
/// has the SHA-256 of the whole file. That it was fetched is noted in its student's access log.
///
/// `GET /api/v1/tasks/{task_id}/photos/{photo_id}/image`
pub fn get_task_photo_image(task_id: &str, photo_id: &str) -> Call<Vec<u8>> {
    Call::bytes(Request::new(
        Method::Get,
        "/api/v1/tasks/{}/photos/{}/image",
        &[task_id, photo_id],
    ))
}
/// Send an accepted photo back
///
/// Because the school or the Ministry's platform does not take it. Its student is told why, and may send another. `If-Match`
/// names the version that was fetched.
///
/// `POST /api/v1/tasks/{task_id}/photos/{photo_id}/refuse`
pub fn refuse_photo(
    task_id: &str,
    photo_id: &str,
    if_match: &str,
    body: &PhotoRefusal,
) -> Call<TaskPhotoView> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/tasks/{}/photos/{}/refuse",
            &[task_id, photo_id],
        )
        .header("If-Match", Some(if_match))
        .json(body),
    )
}
/// See how far the students of a task are
///
/// Who may see some students of the school alone sees the sums of those. Where many students are meant, the answer can be a
/// minute old; `counted_at` says when it was counted.
///
/// `GET /api/v1/tasks/{task_id}/progress`
pub fn get_task_progress(
    task_id: &str,
    college: Option<&str>,
    class_name: Option<&str>,
) -> Call<TaskProgressView> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/progress", &[task_id])
            .query("college", college)
            .query("class_name", class_name),
    )
}
/// When are the data of a task deleted?
///
/// `GET /api/v1/tasks/{task_id}/purge`
pub fn get_task_purge(task_id: &str) -> Call<TaskPurgeView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/tasks/{}/purge",
        &[task_id],
    ))
}
/// List the refunds of a task's orders
///
/// `GET /api/v1/tasks/{task_id}/refunds`
pub fn list_task_refunds(
    task_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<TaskRefundList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/refunds", &[task_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Remind missing students by text message
///
/// The messages are sent in the background. Nobody is reminded twice within the configured time.
///
/// `POST /api/v1/tasks/{task_id}/reminders`
pub fn create_reminders(task_id: &str, body: &NewReminders) -> Call<ReminderPreviewView> {
    Call::json(Request::new(Method::Post, "/api/v1/tasks/{}/reminders", &[task_id]).json(body))
}
/// See what reminding missing students would do
///
/// `GET /api/v1/tasks/{task_id}/reminders/preview`
pub fn get_reminder_preview(
    task_id: &str,
    progress: Option<&str>,
    college: Option<&str>,
    class_name: Option<&str>,
) -> Call<ReminderPreviewView> {
    Call::json(
        Request::new(
            Method::Get,
            "/api/v1/tasks/{}/reminders/preview",
            &[task_id],
        )
        .query("progress", progress)
        .query("college", college)
        .query("class_name", class_name),
    )
}
/// List the decisions of reviewers about photos of a task
///
/// Each stage decides by itself. A decision is listed once it cannot be undone any more.
///
/// `GET /api/v1/tasks/{task_id}/reviews`
pub fn list_task_reviews(
    task_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<TaskReviewList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/reviews", &[task_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// List or search the students of a roster
///
/// A name is found whole, however it is spelled; parts of names are not, since names are stored sealed.
///
/// `GET /api/v1/tasks/{task_id}/roster-entries`
pub fn list_roster_entries(
    task_id: &str,
    search: Option<&str>,
    level: Option<&str>,
    college: Option<&str>,
    class_name: Option<&str>,
    state: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<RosterEntryList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/roster-entries", &[task_id])
            .query("search", search)
            .query("level", level)
            .query("college", college)
            .query("class_name", class_name)
            .query("state", state)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Add a student to a roster
///
/// They can verify at once. A roster has each number once for each level, so that doing it again adds nobody.
///
/// `POST /api/v1/tasks/{task_id}/roster-entries`
pub fn create_roster_entry(task_id: &str, body: &NewRosterEntry) -> Call<RosterEntryView> {
    Call::json(Request::new(Method::Post, "/api/v1/tasks/{}/roster-entries", &[task_id]).json(body))
}
/// List students, or change those who are listed
///
/// By the rules of imports: a student is found by document number and level, else by student number; what is wrong with one
/// is said and keeps no other from being taken. Sent again, nothing changes. The body has at most 2 MB.
///
/// `PUT /api/v1/tasks/{task_id}/roster-entries:bulk`
pub fn put_roster_entries(task_id: &str, body: &SentRosterStudents) -> Call<SentRosterOutcomes> {
    Call::json(
        Request::new(
            Method::Put,
            "/api/v1/tasks/{}/roster-entries:bulk",
            &[task_id],
        )
        .json(body),
    )
}
/// List the roster imports of a task
///
/// `GET /api/v1/tasks/{task_id}/roster-imports`
pub fn list_roster_imports(
    task_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<RosterImportList> {
    Call::json(
        Request::new(Method::Get, "/api/v1/tasks/{}/roster-imports", &[task_id])
            .query("limit", limit)
            .query("after", after),
    )
}
/// Send a roster file
///
/// CSV in UTF-8, GB18030 or UTF-16, XLSX or DBF, told by its content. It is looked through in the background and changes nothing
/// until `start_roster_import`. At most 150 MB and 1,100,000 rows.
///
/// `POST /api/v1/tasks/{task_id}/roster-imports`
pub fn create_roster_import(task_id: &str) -> Call<RosterImportView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/tasks/{}/roster-imports",
        &[task_id],
    ))
}
/// Read a task with its settings
///
/// `GET /api/v1/tasks/{task_id}/settings`
pub fn get_task_settings(task_id: &str) -> Call<ManagedTask> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/tasks/{}/settings",
        &[task_id],
    ))
}
/// Keep the settings of a task as a template
///
/// Name and window are not kept. The template stays as it is when the task is changed.
///
/// `POST /api/v1/tasks/{task_id}/template`
pub fn create_task_template(task_id: &str, body: &NewTaskTemplate) -> Call<TaskTemplateView> {
    Call::json(Request::new(Method::Post, "/api/v1/tasks/{}/template", &[task_id]).json(body))
}
/// Make a school for trying the API
///
/// With an open collection and invented students in every state, five of them with accepted photos. Students cannot find it,
/// it counts nowhere, and no money and no message belongs to it. Its integrators are made as those of any school.
///
/// `POST /api/v1/test-schools`
pub fn create_test_school(body: &NewTestSchool) -> Call<ManagedSchoolView> {
    Call::json(Request::new(Method::Post, "/api/v1/test-schools", &[]).json(body))
}
/// List the tries of a delivery
///
/// `GET /api/v1/webhook-deliveries/{webhook_delivery_id}/attempts`
pub fn list_webhook_attempts(
    webhook_delivery_id: &str,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<WebhookAttempts> {
    Call::json(
        Request::new(
            Method::Get,
            "/api/v1/webhook-deliveries/{}/attempts",
            &[webhook_delivery_id],
        )
        .query("limit", limit)
        .query("after", after),
    )
}
/// Send a delivery again
///
/// With the same `webhook-id`, and from the beginning of the schedule of tries.
///
/// `POST /api/v1/webhook-deliveries/{webhook_delivery_id}/resend`
pub fn resend_webhook(webhook_delivery_id: &str) -> Call<WebhookDeliveryView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/webhook-deliveries/{}/resend",
        &[webhook_delivery_id],
    ))
}
/// List the endpoints of webhooks
///
/// An integrator sees and manages those that it made; staff those of their schools.
///
/// `GET /api/v1/webhook-endpoints`
pub fn list_webhook_endpoints(
    school_id: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<WebhookEndpoints> {
    Call::json(
        Request::new(Method::Get, "/api/v1/webhook-endpoints", &[])
            .query("school_id", school_id)
            .query("limit", limit)
            .query("after", after),
    )
}
/// Make an endpoint of webhooks
///
/// Staff need a fresh second factor, since the answer holds the secret. The endpoint is told of what happens from now on.
///
/// `POST /api/v1/webhook-endpoints`
pub fn create_webhook_endpoint(body: &NewWebhookEndpoint) -> Call<WebhookEndpointSecret> {
    Call::json(Request::new(Method::Post, "/api/v1/webhook-endpoints", &[]).json(body))
}
/// Delete an endpoint of webhooks
///
/// With its secrets, what waits for it, and its log. The audit log keeps that it was there.
///
/// `DELETE /api/v1/webhook-endpoints/{webhook_endpoint_id}`
pub fn delete_webhook_endpoint(webhook_endpoint_id: &str) -> Call<()> {
    Call::nothing(Request::new(
        Method::Delete,
        "/api/v1/webhook-endpoints/{}",
        &[webhook_endpoint_id],
    ))
}
/// Read an endpoint of webhooks
///
/// `GET /api/v1/webhook-endpoints/{webhook_endpoint_id}`
pub fn get_webhook_endpoint(webhook_endpoint_id: &str) -> Call<WebhookEndpointView> {
    Call::json(Request::new(
        Method::Get,
        "/api/v1/webhook-endpoints/{}",
        &[webhook_endpoint_id],
    ))
}
/// Change an endpoint of webhooks
///
/// `PATCH /api/v1/webhook-endpoints/{webhook_endpoint_id}`
pub fn update_webhook_endpoint(
    webhook_endpoint_id: &str,
    body: &WebhookEndpointChanges,
) -> Call<WebhookEndpointView> {
    Call::json(
        Request::new(
            Method::Patch,
            "/api/v1/webhook-endpoints/{}",
            &[webhook_endpoint_id],
        )
        .json(body),
    )
}
/// List the deliveries to an endpoint
///
/// `GET /api/v1/webhook-endpoints/{webhook_endpoint_id}/deliveries`
pub fn list_webhook_deliveries(
    webhook_endpoint_id: &str,
    state: Option<&str>,
    limit: Option<i64>,
    after: Option<&str>,
) -> Call<WebhookDeliveries> {
    Call::json(
        Request::new(
            Method::Get,
            "/api/v1/webhook-endpoints/{}/deliveries",
            &[webhook_endpoint_id],
        )
        .query("state", state)
        .query("limit", limit)
        .query("after", after),
    )
}
/// Have an endpoint told of nothing more
///
/// What waits for it counts as failed.
///
/// `POST /api/v1/webhook-endpoints/{webhook_endpoint_id}/disable`
pub fn disable_webhook_endpoint(webhook_endpoint_id: &str) -> Call<WebhookEndpointView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/webhook-endpoints/{}/disable",
        &[webhook_endpoint_id],
    ))
}
/// Have an endpoint told of events again
///
/// It is told of what happens from now on; what failed before can be replayed.
///
/// `POST /api/v1/webhook-endpoints/{webhook_endpoint_id}/enable`
pub fn enable_webhook_endpoint(webhook_endpoint_id: &str) -> Call<WebhookEndpointView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/webhook-endpoints/{}/enable",
        &[webhook_endpoint_id],
    ))
}
/// Send a ping to an endpoint
///
/// An event `webhook.ping`, whatever types the endpoint is told of; the log shows what came of it.
///
/// `POST /api/v1/webhook-endpoints/{webhook_endpoint_id}/ping`
pub fn ping_webhook_endpoint(webhook_endpoint_id: &str) -> Call<WebhookDeliveryView> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/webhook-endpoints/{}/ping",
        &[webhook_endpoint_id],
    ))
}
/// Send everything again that failed since a moment
///
/// `POST /api/v1/webhook-endpoints/{webhook_endpoint_id}/replay`
pub fn replay_webhooks(webhook_endpoint_id: &str, body: &WebhookReplay) -> Call<ReplayedWebhooks> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/webhook-endpoints/{}/replay",
            &[webhook_endpoint_id],
        )
        .json(body),
    )
}
/// Make a new secret for an endpoint
///
/// For 24 hours messages are signed with the old secret too, both signatures in one header. Staff need a fresh second factor.
///
/// `POST /api/v1/webhook-endpoints/{webhook_endpoint_id}/secrets`
pub fn create_webhook_secret(webhook_endpoint_id: &str) -> Call<WebhookEndpointSecret> {
    Call::json(Request::new(
        Method::Post,
        "/api/v1/webhook-endpoints/{}/secrets",
        &[webhook_endpoint_id],
    ))
}
/// Verify a signature with the secrets of an endpoint
///
/// For those who write a receiver: it says whether we would have made this signature over this message.
///
/// `POST /api/v1/webhook-endpoints/{webhook_endpoint_id}/verify-signature`
pub fn verify_webhook_signature(
    webhook_endpoint_id: &str,
    body: &SignedMessage,
) -> Call<VerifiedSignature> {
    Call::json(
        Request::new(
            Method::Post,
            "/api/v1/webhook-endpoints/{}/verify-signature",
            &[webhook_endpoint_id],
        )
        .json(body),
    )
}
/// Take a notice of Alipay
///
/// `POST /notify/alipay/{account}`
pub fn notify_alipay(account: &str) -> Call<Vec<u8>> {
    Call::bytes(Request::new(Method::Post, "/notify/alipay/{}", &[account]))
}
/// Take receipts of text messages
///
/// Nothing signs them: they are kept for statistics and grant nothing.
///
/// `POST /notify/sms/{service}/{secret}`
pub fn notify_sms(service: &str, secret: &str) -> Call<Vec<u8>> {
    Call::bytes(Request::new(
        Method::Post,
        "/notify/sms/{}/{}",
        &[service, secret],
    ))
}
/// Take a payment notice of `WeChat` Pay
///
/// `POST /notify/wechat/{account}/pay`
pub fn notify_wechat_payment(account: &str) -> Call<Vec<u8>> {
    Call::bytes(Request::new(
        Method::Post,
        "/notify/wechat/{}/pay",
        &[account],
    ))
}
/// Take a refund notice of `WeChat` Pay
///
/// `POST /notify/wechat/{account}/refund`
pub fn notify_wechat_refund(account: &str) -> Call<Vec<u8>> {
    Call::bytes(Request::new(
        Method::Post,
        "/notify/wechat/{}/refund",
        &[account],
    ))
}
/// Revoke an access token
///
/// RFC 7009. A text that is no token of this client is answered alike and changes nothing.
///
/// `POST /oauth/revoke`
pub fn revoke_token() -> Call<()> {
    Call::nothing(Request::new(Method::Post, "/oauth/revoke", &[]))
}
/// Get an access token
///
/// By client credentials (RFC 6749, 4.4): with HTTP Basic (`client_secret_basic`), or with a signed assertion
/// (`private_key_jwt`, RFC 7523). The token (RFC 9068) is good for ten minutes.
///
/// `POST /oauth/token`
pub fn create_token() -> Call<TokenView> {
    Call::json(Request::new(Method::Post, "/oauth/token", &[]))
}
