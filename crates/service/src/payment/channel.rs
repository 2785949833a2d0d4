//! One attempt's merchant account, and a note of every call to it. No transaction is open here.

use std::future::Future;
use std::time::Duration;

use chrono::TimeDelta;
use domain::payment::Provider;
use domain::{Fen, ProviderCallId};
use providers::Outcome;
use providers::payment::{Closed, Created, QrOrder, QrPayments, Trade};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::entity::{payment_attempt, provider_call};

use crate::{Context, Failure};

/// How long a close call may take while somebody waits.
const CLOSE_BUDGET: Duration = Duration::from_secs(2);
/// Longer than any call takes: the clients give up sooner.
const CALL_BUDGET: Duration = Duration::from_secs(30);

/// What a create call says beside number, amount and time; kept, so that a repetition says the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CreateParams {
    /// What the payer reads.
    pub(super) description: String,
    /// Where the notice goes.
    pub(super) notify_url: String,
}

/// The way to the provider of an attempt.
pub(super) struct Channel<'a> {
    context: &'a Context,
    attempt: &'a payment_attempt::Model,
    client: &'a dyn QrPayments,
}

impl<'a> Channel<'a> {
    /// The channel of an attempt; `None` where its merchant account is configured no more.
    pub(super) fn of(
        context: &'a Context,
        attempt: &'a payment_attempt::Model,
    ) -> Result<Option<Self>, StoreError> {
        let provider = provider_of(attempt)?;
        let (account, client) = context.merchants.qr(provider).unzip();
        let is_same = account == Some(attempt.merchant_account.as_str());
        Ok(client.filter(|_| is_same).map(|client| Self {
            context,
            attempt,
            client,
        }))
    }

    /// Asks for a QR code.
    pub(super) async fn create(&self) -> Result<Outcome<Created>, Failure> {
        let params = serde_json::from_value(self.attempt.create_params.clone());
        let CreateParams {
            description,
            notify_url,
        } = params.map_err(|_| StoreError::Corrupt {
            what: "payment_attempts.create_params".into(),
        })?;
        let order = QrOrder {
            out_trade_no: &self.attempt.out_trade_no,
            description: &description,
            amount: Fen(self.attempt.amount_fen),
            expires_at: self.attempt.expires_at,
            notify_url: &notify_url,
        };
        Ok(self
            .noted("create", CALL_BUDGET, self.client.create(&order))
            .await)
    }

    /// Asks how the attempt stands.
    pub(super) async fn query(&self) -> Outcome<Option<Trade>> {
        let call = self.client.query(&self.attempt.out_trade_no);
        self.noted("query", CALL_BUDGET, call).await
    }

    /// Asks that the attempt can no longer be paid.
    pub(super) async fn close(&self) -> Outcome<Closed> {
        let call = self.client.close(&self.attempt.out_trade_no);
        self.noted("close", CLOSE_BUDGET, call).await
    }

    /// Makes a call and notes that it was made: no secrets, no bodies.
    async fn noted<T>(
        &self,
        operation: &str,
        budget: Duration,
        call: impl Future<Output = Outcome<T>>,
    ) -> Outcome<T> {
        let began_at = self.context.now();
        let outcome = tokio::time::timeout(budget, call).await;
        let outcome = outcome.unwrap_or_else(|_| Outcome::Unknown("no answer in time".to_owned()));
        let took = self.context.now() - began_at;
        let (word, code) = match &outcome {
            Outcome::Definite(_) => ("definite", None),
            Outcome::Refused(refusal) => ("refused", Some(refusal.code.clone())),
            Outcome::Unknown(_) => ("unknown", None),
        };
        let row = provider_call::Model {
            id: self.context.new_id(ProviderCallId::new).0,
            at: began_at,
            merchant_account: self.attempt.merchant_account.clone(),
            operation: operation.to_owned(),
            out_no: self.attempt.out_trade_no.clone(),
            http_status: None,
            code,
            request_id: None,
            duration_ms: i32::try_from(took.max(TimeDelta::zero()).num_milliseconds())
                .unwrap_or(i32::MAX),
            outcome: word.to_owned(),
        };
        // What the provider said counts even where the note of it is lost.
        if let Err(error) = note(self.context, row).await {
            tracing::warn!(error = ?error, "A provider call was not noted: {error}");
        }
        outcome
    }
}

async fn note(context: &Context, row: provider_call::Model) -> Result<(), StoreError> {
    let tx = context.store.begin().await?;
    store::insert(&tx, row).await?;
    store::commit(tx).await
}

/// The provider of a stored attempt.
pub(super) fn provider_of(attempt: &payment_attempt::Model) -> Result<Provider, StoreError> {
    Provider::parse(&attempt.provider).ok_or_else(|| StoreError::Corrupt {
        what: "payment_attempts.provider".into(),
    })
}
