//! How far the students of a collection are, who still has something to do, and reminding them.

mod missing;
mod remind;
mod text;

use client::{ProgressCountsView, ProgressDayView, ProgressGroupView, TaskProgressView};
use domain::Lang;
use domain::access::Permission;
use domain::progress::StudentProgress;
use model::Bar;
use ui::lang::use_lang;
use ui::{
    BarChart, Fact, Link, TextTable, Title, async_view, fact_list, fill, moment_text, use_loader,
    use_query, use_text,
};
use yew::{AttrValue, Html, Properties, component, html};

use crate::call::call;
use crate::route::Route;
use crate::staff::use_staff;
use missing::Missing;
use text::ProgressTexts;

/// What a [`TaskProgress`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct TaskProgressProps {
    /// The collection.
    pub(crate) task_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn TaskProgress(props: &TaskProgressProps) -> Html {
    let (texts, lang, session) = (use_text::<ProgressTexts>(), use_lang(), use_staff());
    let query = use_query().query;
    let asked = (
        props.task_id.clone(),
        query.get("college").unwrap_or_default().to_owned(),
        query.get("class_name").unwrap_or_default().to_owned(),
    );
    let loader = use_loader(asked, |(task_id, college, class_name)| async move {
        let given = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
        let (college, class_name) = (given(&college), given(&class_name));
        let asked = client::get_task_progress(&task_id, college.as_deref(), class_name.as_deref());
        call(asked).await
    });
    let task_id = props.task_id.to_string();
    html! {
        <div class="stack">
            <Title text={texts.title} />
            if session.may(Permission::ReadTasks) {
                <p><Link<Route> to={Route::Task { task_id }}>{ texts.back }</Link<Route>></p>
            }
            { async_view(&loader, |progress| charts(progress, lang)) }
            <Missing task_id={props.task_id.clone()} />
        </div>
    }
}

fn labels(lang: Lang) -> Vec<AttrValue> {
    let shown = shown().into_iter();
    shown
        .map(|progress| progress.label().get(lang).into())
        .collect()
}

/// The states in the order of their colours: what is done first.
fn shown() -> [StudentProgress; 6] {
    [
        StudentProgress::Approved,
        StudentProgress::Paid,
        StudentProgress::PhotoSent,
        StudentProgress::Verified,
        StudentProgress::Rejected,
        StudentProgress::NotVerified,
    ]
}

fn count(counts: &ProgressCountsView, progress: StudentProgress) -> u64 {
    let count = match progress {
        StudentProgress::NotVerified => counts.not_verified,
        StudentProgress::Verified => counts.verified,
        StudentProgress::PhotoSent => counts.photo_sent,
        StudentProgress::Paid => counts.paid,
        StudentProgress::Approved => counts.approved,
        StudentProgress::Rejected => counts.rejected,
    };
    u64::try_from(count).unwrap_or_default()
}

fn values(counts: &ProgressCountsView) -> Vec<u64> {
    let shown = shown().into_iter();
    shown.map(|progress| count(counts, progress)).collect()
}

fn charts(progress: &TaskProgressView, lang: Lang) -> Html {
    let texts = ProgressTexts::of(lang);
    let counted_at = moment_text(progress.counted_at, lang);
    let total: Vec<_> = shown()
        .into_iter()
        .map(|state| {
            Fact::new(
                state.label().get(lang),
                count(&progress.total, state).to_string(),
            )
        })
        .collect();
    let bars = |groups: &[ProgressGroupView], name: &'static str| {
        let bar = |group: &ProgressGroupView| Bar {
            label: match (&group.name, group.is_rest) {
                (Some(name), _) => name.clone(),
                (None, true) => texts.rest.to_owned(),
                (None, false) => texts.unnamed.to_owned(),
            },
            values: values(&group.counts),
            href: group
                .name
                .as_ref()
                .map(|value| model::Query::default().with(name, value).text()),
        };
        groups.iter().map(bar).collect::<Vec<_>>()
    };
    let days = progress.days.iter().map(day_bar);
    let day_series: Vec<AttrValue> = [
        texts.day_approved,
        texts.day_paid,
        texts.day_sent,
        texts.day_verified,
        texts.day_rejected,
    ]
    .into_iter()
    .map(Into::into)
    .collect();
    html! {
        <>
            <section class="card">
                { fact_list(&total) }
                <p class="muted">{ fill(texts.counted_at, &[("time", &counted_at)]) }</p>
            </section>
            <BarChart label={texts.by_day} of={texts.day} series={day_series} bars={days.collect::<Vec<_>>()} />
            <BarChart label={texts.by_college} of={texts.college} series={labels(lang)} bars={bars(&progress.colleges, "college")} />
            <BarChart label={texts.by_major} of={texts.major} series={labels(lang)} bars={without_links(bars(&progress.majors, ""))} />
            <BarChart label={texts.by_class} of={texts.class_name} series={labels(lang)} bars={bars(&progress.classes, "class_name")} />
        </>
    }
}

fn without_links(bars: Vec<Bar>) -> Vec<Bar> {
    let plain = |bar: Bar| Bar { href: None, ..bar };
    bars.into_iter().map(plain).collect()
}

fn day_bar(day: &ProgressDayView) -> Bar {
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    Bar {
        label: day.day.to_string(),
        values: vec![
            count(day.approved),
            count(day.paid),
            count(day.photo_sent),
            count(day.verified),
            count(day.rejected),
        ],
        href: None,
    }
}
