//! What concerns the person who is logged in: roles, permissions, recovery codes.

mod text;

use client::{RecoveryCodes, StaffRoleView};
use domain::Lang;
use domain::access::Permission;
use domain::role::Role;
use ui::lang::use_lang;
use ui::{Button, Look, Notice, ProblemBox, Title, Tone, fill, use_action, use_text};
use yew::{Html, component, html, use_callback, use_state};

use super::login::recovery::RecoveryList;
use crate::call::call;
use crate::fresh::use_fresh;
use crate::staff::use_staff;
use text::AccountTexts;

/// Fewer recovery codes than this are too few.
const FEW: i64 = 3;

/// The page.
#[component]
pub(crate) fn Account() -> Html {
    let (texts, lang) = (use_text::<AccountTexts>(), use_lang());
    let session = use_staff();
    let (fresh, codes) = (use_fresh(), use_state(|| None::<RecoveryCodes>));
    let setter = codes.setter();
    let renew = use_action(move |()| {
        let (fresh, setter) = (fresh.clone(), setter.clone());
        async move {
            let made = fresh.run(|| call(client::create_recovery_codes())).await?;
            setter.set(Some(made));
            Ok(())
        }
    });
    let done = use_callback(
        (codes.setter(), session.reload.clone()),
        |(), (codes, reload)| {
            codes.set(None);
            reload.emit(());
        },
    );
    if let Some(made) = &*codes {
        return html! { <RecoveryList codes={made.recovery_codes.clone()} {done} /> };
    }
    let Some(me) = session.me() else {
        return Html::default();
    };
    let left = me.recovery_codes_left;
    let tone = if left < FEW { Tone::Warn } else { Tone::Info };
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <section class="card stack">
                <h2>{ texts.roles }</h2>
                <ul class="plain-list">{ for me.roles.iter().map(|role| html! { <li>{ role_text(role, lang) }</li> }) }</ul>
            </section>
            <section class="card stack">
                <h2>{ texts.permissions }</h2>
                <ul class="plain-list columns">
                    { for me.permissions.iter().map(|held| html! { <li>{ permission_text(&held.permission, lang) }</li> }) }
                </ul>
            </section>
            <section class="card stack">
                <h2>{ texts.recovery }</h2>
                <Notice {tone}><p>{ fill(texts.recovery_left, &[("count", &left)]) }</p></Notice>
                if let Some(failure) = renew.failure.clone() {
                    <ProblemBox {failure} />
                }
                <Button look={Look::Second} onclick={renew.run.clone()} is_busy={renew.is_busy}>{ texts.renew }</Button>
                <p class="hint">{ texts.renew_hint }</p>
            </section>
        </div>
    }
}

/// `学校管理员 · 北京大学 · 法学院`.
fn role_text(role: &StaffRoleView, lang: Lang) -> String {
    let name = Role::parse(&role.role).map_or(&*role.role, |role| role.label().get(lang));
    let mut parts = vec![name.to_owned()];
    parts.extend(role.school_name.clone());
    parts.extend(role.colleges.iter().chain(&role.classes).cloned());
    parts.join(" · ")
}

fn permission_text(word: &str, lang: Lang) -> String {
    let known = Permission::parse(word);
    known
        .map_or(word, |permission| permission.label().get(lang))
        .to_owned()
}
