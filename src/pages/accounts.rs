//! The account that is signed in: what service, who, for how long, and the way out.

use leptos::prelude::*;

use super::failed::sign_in_again;
use super::plain_page;
use crate::state::console;
use crate::text;
use crate::ui::block::{badge, button, copyable};
use crate::ui::time::exact;

/// The accounts page.
pub fn accounts_page() -> AnyView {
    let console = console();
    let content = move || {
        console.accounts.account().map(|account| {
            let service = account.description();
            let who = account.name.clone().unwrap_or_else(|| text::NOT_STATED.to_owned());
            let id = account.me.clone();
            let ends = account.session.expires;
            view! {
                <section class="card">
                    <h2>
                        <span class="mark" data-mark=service.mark></span>
                        {account.label.clone()}
                        {move || match console.accounts.has_ended() {
                            true => badge("badge warn", text::ENDED),
                            false => badge("badge ok", text::CONNECTED),
                        }}
                    </h2>
                    <dl class="facts">
                        <dt>{text::SERVICE}</dt>
                        <dd>{service.name}</dd>
                        <dt>{text::ADDRESS}</dt>
                        <dd class="id">{account.service.base.to_string()}</dd>
                        <dt>{text::SIGNED_IN_AS}</dt>
                        <dd><bdi>{who}</bdi></dd>
                        <dt>{text::USER}</dt>
                        <dd class="id">
                            {match id {
                                Some(id) => copyable(text::COPY_ID, id.as_str()),
                                None => text::NOT_STATED.into_any(),
                            }}
                        </dd>
                        <dt>{text::SESSION}</dt>
                        <dd>{if account.kept { text::SESSION_KEPT } else { text::SESSION_MEMORY }}</dd>
                        <dt>{text::SESSION_ENDS}</dt>
                        <dd>
                            {match ends {
                                Some(at) => exact(at.as_millis()),
                                None => text::NOT_STATED.into_any(),
                            }}
                        </dd>
                    </dl>
                    <div class="acts">
                        {move || console.accounts.has_ended().then(|| sign_in_again("btn primary"))}
                        {button("btn", text::SIGN_OUT, Callback::new(move |()| console.accounts.sign_out()))}
                    </div>
                </section>
            }
            .into_any()
        })
    };
    plain_page(text::ACCOUNTS, view! { {move || content()} }.into_any())
}
