//! What the web app and its worker share.

pub mod checker;
