//! The accounts at payment providers that a school takes its students' money with. Keys go in and are never shown.

mod alipay;
mod props;
mod text;
mod wechat;

use client::{Failure, MerchantAccountView};
use domain::Lang;
use domain::payment::Provider;
use ui::lang::use_lang;
use ui::{
    AskFirst, Fact, Notice, TextTable, Tone, async_view, fact_list, fill, moment_text, use_action,
    use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

use crate::call::call;
use crate::fresh::use_fresh;
use alipay::AlipayForm;
use text::MerchantTexts;
use wechat::WechatPayForm;

/// What [`Merchants`] need.
#[derive(Properties, PartialEq)]
pub(super) struct MerchantsProps {
    /// The school.
    pub(super) school_id: AttrValue,
}

/// The accounts, and the forms by which the school is given one.
#[component]
pub(super) fn Merchants(props: &MerchantsProps) -> Html {
    let texts = use_text::<MerchantTexts>();
    let is_saved = use_state(|| false);
    let loader = use_loader(props.school_id.clone(), |id| async move {
        call(client::list_merchant_accounts(&id)).await
    });
    let saved = {
        let (set, reload) = (is_saved.setter(), loader.reload.clone());
        Callback::from(move |()| {
            set.set(true);
            reload.emit(());
        })
    };
    let reload = loader.reload.clone();
    html! {
        <section class="stack">
            <h3>{ texts.title }</h3>
            <p class="muted">{ texts.lead }</p>
            if *is_saved {
                <div role="status"><Notice tone={Tone::Good}><p>{ texts.saved }</p></Notice></div>
            }
            { async_view(&loader, |accounts| html! {
                <>
                    if accounts.items.is_empty() {
                        <p>{ texts.none }</p>
                    }
                    { for accounts.items.iter().map(|account| html! {
                        <Account key={account.id.clone()} school_id={props.school_id.clone()} account={account.clone()} reload={reload.clone()} />
                    }) }
                </>
            }) }
            <GiveAccount provider={Provider::WechatPay} school_id={props.school_id.clone()} saved={saved.clone()} />
            <GiveAccount provider={Provider::Alipay} school_id={props.school_id.clone()} {saved} />
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct GiveAccountProps {
    provider: Provider,
    school_id: AttrValue,
    saved: Callback<()>,
}

/// The way to give the school an account. Once it is saved, the form is a new one: keys that were typed do not stay on the page.
#[component]
fn GiveAccount(props: &GiveAccountProps) -> Html {
    let (texts, lang) = (use_text::<MerchantTexts>(), use_lang());
    let times = use_state(|| 0_u32);
    let saved = {
        let (times, saved) = (times.clone(), props.saved.clone());
        Callback::from(move |()| {
            times.set(*times + 1);
            saved.emit(());
        })
    };
    let school_id = props.school_id.clone();
    let form = match props.provider {
        Provider::WechatPay => html! { <WechatPayForm key={*times} {school_id} {saved} /> },
        Provider::Alipay => html! { <AlipayForm key={*times} {school_id} {saved} /> },
    };
    html! {
        <details class="more">
            <summary>{ fill(texts.give, &[("provider", &props.provider.label().get(lang))]) }</summary>
            { form }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct AccountProps {
    school_id: AttrValue,
    account: MerchantAccountView,
    reload: Callback<()>,
}

/// One account, and the way to retire it.
#[component]
fn Account(props: &AccountProps) -> Html {
    let (texts, lang) = (use_text::<MerchantTexts>(), use_lang());
    let (fresh, reload) = (use_fresh(), props.reload.clone());
    let (school, provider) = (props.school_id.clone(), props.account.provider.clone());
    let retire = use_action(move |()| {
        let (fresh, reload) = (fresh.clone(), reload.clone());
        let (school, provider) = (school.clone(), provider.clone());
        async move {
            let deed = || call(client::retire_merchant_account(&school, &provider));
            fresh.run(deed).await?;
            reload.emit(());
            Ok::<(), Failure>(())
        }
    });
    let account = &props.account;
    html! {
        <div class="card stack">
            { fact_list(&facts(account, lang)) }
            if account.retired_at.is_none() {
                <AskFirst id={format!("retire-{}", account.id)} label={texts.retire} title={texts.retire_title} keep={texts.keep} action={retire}>
                    <p>{ texts.retire_detail }</p>
                </AskFirst>
            }
        </div>
    }
}

fn facts(account: &MerchantAccountView, lang: Lang) -> Vec<Fact> {
    let texts = MerchantTexts::of(lang);
    let provider = Provider::parse(&account.provider);
    let provider = provider.map_or(account.provider.as_str(), |one| one.label().get(lang));
    let retired = account.retired_at.map(|at| moment_text(at, lang));
    vec![
        Fact::new(texts.provider, provider.to_owned()),
        Fact::new(texts.merchant_no, account.merchant_no.clone()),
        Fact::new(texts.application, account.application.clone()),
        Fact::new(texts.account, account.account.clone()),
        Fact::new(texts.updated, moment_text(account.updated_at, lang)),
        Fact::maybe(texts.retired, retired),
    ]
}
