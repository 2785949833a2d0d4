//! How well reviewers agree, of the photos that several look at without knowing of each other.

mod text;

use client::{
    Failure, ReasonAgreementView, RecalledPhotoView, ReviewPlaceView, ReviewerQualityView,
    ShareView,
};
use domain::Lang;
use domain::access::Permission;
use domain::review::ReviewStage;
use model::Query;
use ui::lang::use_lang;
use ui::{
    ButtonLink, Column, DataTable, EmptyView, Fact, Look, Notice, TablePage, TableSource,
    TextTable, Title, Tone, async_view, date_text, fact_list, fill, moment_text, use_loader,
    use_text,
};
use yew::{Html, component, html, use_memo};

use crate::call::call;
use crate::route::Route;
use crate::staff::use_staff;
use text::QualityTexts;

/// How many rows a page of the list has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn Quality() -> Html {
    let (texts, lang) = (use_text::<QualityTexts>(), use_lang());
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let may_keep = use_staff().may(Permission::ManageKnownPhotos);
    let quality = use_loader(
        (),
        |()| async move { call(client::get_review_quality()).await },
    );
    html! {
        <div class="stack">
            <div class="between">
                <Title text={texts.title} />
                if may_keep {
                    <ButtonLink<Route> to={Route::KnownPhotos} look={Look::Second}>{ texts.known }</ButtonLink<Route>>
                }
            </div>
            <p class="muted">{ texts.lead }</p>
            { async_view(&quality, |quality| html! {
                <>
                    <p class="muted">{ fill(texts.since, &[("day", &date_text(quality.since, lang))]) }</p>
                    { alone(&quality.places, lang) }
                    if quality.reviewers.is_empty() {
                        <EmptyView title={texts.none} />
                    }
                    { for quality.reviewers.iter().map(|one| reviewer(one, lang)) }
                </>
            }) }
            <section class="stack">
                <h2>{ texts.recalls }</h2>
                <p class="muted">{ texts.recalls_lead }</p>
                <DataTable<RecalledPhotoView> label={texts.recalls} columns={(*columns).clone()}
                    source={(*source).clone()} empty={texts.no_recalls} empty_detail={texts.no_recalls_detail} />
            </section>
        </div>
    }
}

async fn ask(query: Query) -> Result<TablePage<RecalledPhotoView>, Failure> {
    let page = call(client::list_photo_recalls(Some(PAGE), query.get("after"))).await?;
    Ok(TablePage::new(
        page.items,
        |row| row.photo_id.clone(),
        page.next,
    ))
}

fn columns(lang: Lang) -> Vec<Column<RecalledPhotoView>> {
    let texts = QualityTexts::of(lang);
    vec![
        Column::new(texts.student, |row: &RecalledPhotoView| {
            html! { { row.student.clone() } }
        }),
        Column::new(texts.student_no, |row: &RecalledPhotoView| {
            html! { <span class="figures">{ row.student_no.clone() }</span> }
        }),
        Column::new(texts.approved_by, move |row: &RecalledPhotoView| {
            let name = row.reviewer.clone();
            html! { { name.unwrap_or_else(|| texts.left.to_owned()) } }
        }),
        Column::new(texts.doubted, move |row: &RecalledPhotoView| {
            html! { { moment_text(row.recalled_at, lang) } }
        }),
    ]
}

/// Where one person reviews alone, so that the shares are zero there.
fn alone(places: &[ReviewPlaceView], lang: Lang) -> Html {
    let texts = QualityTexts::of(lang);
    let name = |place: &ReviewPlaceView| {
        let stage = ReviewStage::parse(&place.stage);
        let stage = stage.map_or(&*place.stage, |stage| stage.label().get(lang));
        match &place.school {
            Some(school) => fill(texts.place, &[("stage", &stage), ("school", school)]),
            None => stage.to_owned(),
        }
    };
    let alone = places.iter().filter(|place| place.is_alone);
    let names: Vec<String> = alone.map(name).collect();
    if names.is_empty() {
        return html! {};
    }
    html! {
        <Notice tone={Tone::Info}>
            <p>{ texts.alone }</p>
            <ul>{ for names.into_iter().map(|name| html! { <li>{ name }</li> }) }</ul>
        </Notice>
    }
}

fn reviewer(one: &ReviewerQualityView, lang: Lang) -> Html {
    let texts = QualityTexts::of(lang);
    let name = one.name.clone().unwrap_or_else(|| texts.left.to_owned());
    let agreement = one.agreement.as_ref().map_or_else(
        || texts.no_looks.to_owned(),
        |share| share_text(share, lang),
    );
    let share = |share: Option<&ShareView>| {
        share.map_or_else(
            || texts.no_known.to_owned(),
            |share| share_text(share, lang),
        )
    };
    let facts = [
        Fact::new(texts.decided, one.decided.to_string()),
        Fact::new(texts.per_hour, one.per_hour.to_string()),
        Fact::new(texts.caught, share(one.catch_rate.as_ref())),
        Fact::new(texts.passed, share(one.pass_rate.as_ref())),
        Fact::new(texts.agreement, agreement),
        Fact::new(texts.kappa, kappa_text(one.kappa_permille, texts)),
    ];
    html! {
        <section class="card stack" aria-label={name.clone()}>
            <h2>{ name }</h2>
            { fact_list(&facts) }
            if !one.reasons.is_empty() {
                { reasons(&one.reasons, texts) }
            }
        </section>
    }
}

fn reasons(rows: &[ReasonAgreementView], texts: &QualityTexts) -> Html {
    let row = |row: &ReasonAgreementView| {
        html! {
            <tr>
                <th scope="row">{ row.label.clone() }</th>
                <td>{ row.both }</td>
                <td>{ row.alone }</td>
                <td>{ row.others }</td>
                <td>{ kappa_text(row.kappa_permille, texts) }</td>
            </tr>
        }
    };
    html! {
        <div class="table-frame" tabindex="0" role="region" aria-label={texts.reasons}>
            <table class="table">
                <thead><tr>
                    <th scope="col">{ texts.reason }</th>
                    <th scope="col">{ texts.both }</th>
                    <th scope="col">{ texts.only_they }</th>
                    <th scope="col">{ texts.only_others }</th>
                    <th scope="col">{ texts.kappa }</th>
                </tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn share_text(share: &ShareView, lang: Lang) -> String {
    let texts = QualityTexts::of(lang);
    fill(
        texts.share,
        &[
            ("percent", &percent(share.permille)),
            ("low", &percent(share.low_permille)),
            ("high", &percent(share.high_permille)),
            ("count", &share.of),
        ],
    )
}

fn percent(permille: i32) -> String {
    format!("{}.{} %", permille / 10, permille % 10)
}

/// Kappa with two digits behind the point.
fn kappa_text(permille: Option<i32>, texts: &QualityTexts) -> String {
    let Some(permille) = permille else {
        return texts.no_kappa.to_owned();
    };
    let hundredths = permille.abs() / 10;
    let sign = if permille < 0 { "−" } else { "" };
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}
