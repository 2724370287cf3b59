//! The members of a workspace, read only.

use leptos::prelude::*;
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::role::Member;
use steward_domain::time::Timestamp;

use crate::pages::failed::failed_block;
use crate::state::Console;
use crate::text;
use crate::ui::block::{badge, copyable, state_block};
use crate::ui::icon::Icon;
use crate::ui::time::moment;

/// The members tab. The list is the same that my role comes from: it is read once.
pub fn members(console: Console, key: WorkspaceKey) -> AnyView {
    let me = console
        .accounts
        .account()
        .and_then(|account| account.me.clone());
    let shown = move || {
        let again = {
            let key = key.clone();
            Callback::new(move |()| console.roles.recheck(&key))
        };
        match console.roles.found(&key).map(|found| found.members) {
            None => view! { <p class="wait" role="status">{text::LOADING_MEMBERS}</p> }.into_any(),
            Some(Err(failure)) => failed_block(&failure, again),
            Some(Ok(members)) if members.is_empty() => state_block(
                Icon::Person,
                text::MEMBERS.to_owned(),
                text::NO_MEMBERS.to_owned(),
                false,
                None,
            ),
            Some(Ok(members)) => {
                let rows = members
                    .iter()
                    .map(|member| row(member, me.as_ref()))
                    .collect_view();
                view! {
                    <table class="members" aria-label=text::MEMBERS>
                        <thead>
                            <tr>
                                <th scope="col">{text::USER}</th>
                                <th scope="col">{text::ROLE}</th>
                                <th scope="col" class="num">{text::ROLE_CHANGED}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                }
                .into_any()
            }
        }
    };
    view! { {move || shown()} }.into_any()
}

fn row(member: &Member, me: Option<&UserId>) -> AnyView {
    let mine = (me == Some(&member.user)).then(|| badge("badge", text::YOU));
    view! {
        <tr>
            <td class="id">
                {copyable(text::COPY_ID, member.user.as_str())}
                {mine}
            </td>
            <td>{text::role(&member.role)}</td>
            <td class="num">{moment(member.changed.map(Timestamp::as_millis), text::NOT_GIVEN)}</td>
        </tr>
    }
    .into_any()
}
