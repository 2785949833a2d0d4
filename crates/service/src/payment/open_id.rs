//! Who pays inside `WeChat`: the browser brings a code from there, which is exchanged for the payer's name.

use data_encoding::HEXLOWER;
use domain::ProblemCode;
use domain::order::Order;
use domain::payment::{Product, Provider};
use providers::wechat_pay::OpenIdError;

use super::request::PaymentRequest;
use super::unavailable::provider_unavailable;
use crate::merchant::{self, Merchant};
use crate::session::Student;
use crate::{Context, Failure};

/// The merchant account that takes an order's money.
pub(super) async fn merchant(
    context: &Context,
    order: &Order,
    provider: Provider,
) -> Result<Merchant, Failure> {
    let merchant = merchant_of(context, order, provider).await?;
    merchant.ok_or_else(|| ProblemCode::PaymentChannel.into())
}

/// The same; `None` where none is configured, or its provider has just refused it.
pub(super) async fn merchant_of(
    context: &Context,
    order: &Order,
    provider: Provider,
) -> Result<Option<Merchant>, Failure> {
    let school = order.school_id;
    let school = store::school::get(context.store.reader(), school).await?;
    let school = school.ok_or(Failure::Fault("a school disappeared"))?;
    let merchant = merchant::of_school(context, provider, &school).await?;
    Ok(merchant.filter(|one| context.merchants.is_in_order(one, context.now())))
}

/// Where to send a browser inside `WeChat`, so that it comes back with a code that says who pays.
///
/// # Errors
/// `order.unknown`; `payment.channel_unavailable` where no official account is configured.
pub async fn wechat_authorisation(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<String, Failure> {
    let order = crate::order::find(context, student, order_no).await?;
    let merchant = merchant(context, &order, Provider::WechatPay).await?;
    let open_ids = merchant.open_ids().ok_or(ProblemCode::PaymentChannel)?;
    let page = page_of(context, &order);
    Ok(open_ids.authorise_url(&page, &state(context, student, &order)))
}

/// The page of an order's payment.
pub(super) fn page_of(context: &Context, order: &Order) -> String {
    let origin = &context.settings.public_origin;
    format!("{origin}/orders/{}/pay", order.order_no)
}

/// Binds what `WeChat` sends back to the person and order that asked, so that nobody is made to pay as somebody else.
fn state(context: &Context, student: &Student, order: &Order) -> String {
    let bound = format!("wechat {} {}", student.account_id, order.order_no);
    HEXLOWER.encode(&context.vault.provider().phone_index(&bound))
}

/// Who pays, where the product needs to know: the payer's name inside `WeChat`, or the browser's address.
pub(super) async fn payer(
    context: &Context,
    student: &Student,
    order: &Order,
    product: Product,
    merchant: &Merchant,
    ask: PaymentRequest<'_>,
) -> Result<Option<String>, Failure> {
    match product {
        Product::H5 => Ok(Some(ask.address.to_string())),
        Product::Native | Product::Precreate | Product::Page | Product::Wap => Ok(None),
        Product::Jsapi => {
            let login = ProblemCode::PaymentWechatLogin;
            let sent = ask.wechat.ok_or(login)?;
            if sent.state != state(context, student, order) {
                return Err(login.into());
            }
            let open_ids = merchant.open_ids().ok_or(ProblemCode::PaymentChannel)?;
            match open_ids.openid(sent.code).await {
                Ok(openid) => Ok(Some(openid)),
                Err(OpenIdError::Code) => Err(login.into()),
                Err(error @ OpenIdError::Configuration(_)) => {
                    tracing::error!(error = ?error, "The official account is not in order");
                    Err(ProblemCode::PaymentChannel.into())
                }
                Err(OpenIdError::Unavailable(seen)) => {
                    tracing::warn!("Who pays inside WeChat could not be learnt: {seen}");
                    Err(provider_unavailable())
                }
            }
        }
    }
}
