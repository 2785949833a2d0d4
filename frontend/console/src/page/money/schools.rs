//! The schools that a list about money can be limited to.

use ui::{Filter, FilterKind, use_loader, use_text};
use yew::{AttrValue, hook};

use super::text::MoneyTexts;
use crate::call::call;

/// How many schools the choice has.
const MOST: i64 = 100;

/// The schools that the person sees: id and name.
#[hook]
pub(super) fn use_schools() -> Vec<(AttrValue, AttrValue)> {
    let schools = use_loader((), |()| async {
        Ok(call(client::list_managed_schools(None, Some(MOST), None))
            .await?
            .items)
    });
    let schools = schools.ready().unwrap_or_default();
    schools
        .iter()
        .map(|school| (school.id.clone().into(), school.name.clone().into()))
        .collect()
}

/// A filter by school, for who sees several.
#[hook]
pub(super) fn use_school_filter() -> Option<Filter> {
    let (schools, texts) = (use_schools(), use_text::<MoneyTexts>());
    (schools.len() > 1).then(|| Filter {
        name: "school",
        label: texts.school.into(),
        kind: FilterKind::Choice(schools),
    })
}
