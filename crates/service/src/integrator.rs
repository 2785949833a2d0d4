//! Integrators: systems that call the API in their own name. Who manages them, how they prove themselves, and their tokens.

mod assertion;
mod credential;
mod manage;
mod prove;
mod shown;
mod token;

pub use credential::{NewCredential, NewProof, add_credential, revoke_credential};
pub use manage::{IntegratorChange, IntegratorDraft, change, create, get, list, revoke};
pub use prove::{ClientProof, OAuthError, TokenFailure};
pub use shown::{MadeCredential, ShownIntegrator};
pub use token::{
    AccessToken, PresentedToken, TokenRequest, authenticate, issue, published_keys, read_token,
    revoke_token,
};
