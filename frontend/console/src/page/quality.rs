//! How well reviewers agree, of the photos that several look at without knowing of each other.

mod text;

use client::{ReasonAgreementView, ReviewerQualityView, ShareView};
use domain::Lang;
use ui::lang::use_lang;
use ui::{
    EmptyView, Fact, Notice, TextTable, Title, Tone, async_view, date_text, fact_list, fill,
    use_loader, use_text,
};
use yew::{Html, component, html};

use crate::call::call;
use text::QualityTexts;

/// The page.
#[component]
pub(crate) fn Quality() -> Html {
    let (texts, lang) = (use_text::<QualityTexts>(), use_lang());
    let quality = use_loader(
        (),
        |()| async move { call(client::get_review_quality()).await },
    );
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <p class="muted">{ texts.lead }</p>
            { async_view(&quality, |quality| html! {
                <>
                    <p class="muted">{ fill(texts.since, &[("day", &date_text(quality.since, lang))]) }</p>
                    if quality.is_alone {
                        <Notice tone={Tone::Info}><p>{ texts.alone }</p></Notice>
                    }
                    if quality.reviewers.is_empty() {
                        <EmptyView title={texts.none} />
                    }
                    { for quality.reviewers.iter().map(|one| reviewer(one, lang)) }
                </>
            }) }
        </div>
    }
}

fn reviewer(one: &ReviewerQualityView, lang: Lang) -> Html {
    let texts = QualityTexts::of(lang);
    let name = one.name.clone().unwrap_or_else(|| texts.left.to_owned());
    let agreement = one.agreement.as_ref().map_or_else(
        || texts.no_looks.to_owned(),
        |share| share_text(share, lang),
    );
    let facts = [
        Fact::new(texts.decided, one.decided.to_string()),
        Fact::new(texts.per_hour, one.per_hour.to_string()),
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
