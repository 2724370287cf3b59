//! The question before a member is taken out, or before one leaves.

use leptos::prelude::*;
use steward_domain::membership::MemberChange;
use steward_domain::role::Member;
use web_sys::Node;

use super::desk::{Desk, Open, remove_id};
use super::row::person;
use crate::pages::display_name::display_name;
use crate::text;
use crate::ui::action::{Availability, action_button};
use crate::ui::dialog::dialog;
use crate::ui::el::{el, fragment, group};
use crate::ui::layout::button;

/// The question. It is open as long as the desk has a member to be taken out on it.
pub fn question(desk: Desk) -> Node {
    let member = move || match desk.open.get() {
        Open::Remove(member) => Some(member),
        Open::Nothing | Open::Add | Open::Role(_) => None,
    };
    let title = move || {
        let member = member()?;
        Some(untrack(|| label(desk, &member)))
    };
    dialog(
        Signal::derive(move || member().is_some()),
        Signal::derive(move || title().unwrap_or_default()),
        Signal::derive(move || desk.sending.get()),
        Signal::derive(move || member().map(|member| remove_id(&member.person.id))),
        Callback::new(move |()| desk.begin(Open::Nothing)),
        Box::new(move || match member() {
            Some(member) => untrack(|| body(desk, member)),
            None => group(&[]),
        }),
    )
}

fn label(desk: Desk, member: &Member) -> String {
    let me = desk.is_me(&member.person.id);
    text::remove_from(member.person.called(), &desk.name(), me)
}

fn body(desk: Desk, member: Member) -> Node {
    let me = desk.is_me(&member.person.id);
    let key = desk.key.get_value();
    let account = desk.app.accounts.of(&key);
    let account = account.map(|account| account.label.clone());
    let label = label(desk, &member);
    let which = el("p")
        .class("which")
        .text(&text::account_of(
            &account.unwrap_or_default(),
            desk.service.name,
        ))
        .text(" · ")
        .add(display_name(&desk.name()))
        .text(" · ")
        .add(
            el("span")
                .class("id")
                .attr("translate", "no")
                .text(key.id.as_str()),
        );
    let content = el("div")
        .class("body")
        .add(which)
        .part(move || desk.failure())
        .add(person(&member.person, true, None))
        .add(el("p").text(&text::remove_meaning(&member.role, me)));
    let keep = Callback::new(move |()| desk.begin(Open::Nothing));
    let change = MemberChange::Remove(member.person.id.clone());
    let gate = {
        let change = change.clone();
        Signal::derive(move || match desk.sending.get() {
            true => Availability::Busy,
            false => desk.availability(desk.refusal(&change)),
        })
    };
    let done = text::removed(member.person.called(), &desk.name(), me);
    let press = Callback::new(move |()| desk.send(change.clone(), done.clone()));
    let inner = el("span")
        .class("cut")
        .attr("translate", "no")
        .text(&label)
        .node();
    let id = String::from("member-remove-send");
    let foot = el("footer")
        .add(button(
            "btn",
            if me { text::STAY } else { text::KEEP_MEMBER },
            keep,
        ))
        .add(action_button(
            "btn danger",
            id,
            label,
            Some(inner),
            gate,
            press,
        ));
    fragment([content.node(), foot.node()])
}
