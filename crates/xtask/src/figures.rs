//! How often the photo checks find what they should, counted and written.

use std::path::Path;

use anyhow::Result;

use crate::run::{root, run};
use crate::test::tests;

/// Draws faults onto the portraits of `../shared/photos` and writes docs/figures.md; `portraits` is a folder of further
/// portraits on which false alarms are counted.
pub(crate) fn write(portraits: Option<&Path>) -> Result<()> {
    let mut tests = tests()?;
    tests.env("GRADPHOTO_FIGURES", root().join("docs/figures.md"));
    if let Some(portraits) = portraits {
        tests.env("GRADPHOTO_PORTRAITS", portraits.canonicalize()?);
    }
    run(tests.arg("all_is_counted_and_written_where_that_is_asked_for"))
}
