//! Use cases without HTTP: a fixture with a database of its own, a clock that tests move, and a phone that they read.

mod fixture;
mod login;
mod school;
