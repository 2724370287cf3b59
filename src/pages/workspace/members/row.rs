//! One member, and the place where their role is changed.

use leptos::prelude::*;
use steward_domain::membership::MemberChange;
use steward_domain::odd::Part;
use steward_domain::role::{Member, Person};
use steward_domain::time::Timestamp;
use web_sys::Node;

use super::desk::{Desk, Open, remove_id, role_id};
use crate::pages::display_name::display_name;
use crate::pages::workspace::focus_soon;
use crate::text;
use crate::ui::action::{Availability, action_button};
use crate::ui::el::{El, el, fragment, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{badge, button, copyable};
use crate::ui::time::moment;

/// The row of a member. `manages`: whether I may change the members.
pub fn row(desk: Desk, member: &Member, manages: bool) -> Node {
    let me = desk.is_me(&member.person.id);
    let who = el("td").class("name").add(person(
        &member.person,
        true,
        me.then(|| badge("badge", text::YOU)),
    ));
    let leaves = me
        && desk
            .service
            .members
            .as_ref()
            .is_some_and(|rules| rules.leave);
    let mut acts = el("td").class("acts");
    if manages {
        acts = acts.add(change_button(desk, member));
    }
    if manages || leaves {
        acts = acts.add(remove_button(desk, member, me));
    }
    let whole = el("tr").add(who).add(role(desk, member)).add(acts);
    if !manages {
        return whole.node();
    }
    let member = member.clone();
    let editor = part(move || {
        let is_open = |open: &Open| *open == Open::Role(member.person.id.clone());
        desk.open
            .with(is_open)
            .then(|| untrack(|| editor(desk, &member)))
    });
    fragment([whole.node(), editor])
}

/// Who somebody is: name, address and id, as far as there are any. `copies`: with a button that
/// copies the id.
pub fn person(person: &Person, copies: bool, mark: Option<Node>) -> Node {
    let called = person.called();
    let id = person.id.as_str();
    let shown = el("span").class("id").attr("translate", "no");
    let shown = match copies {
        true => shown.add(copyable(text::COPY_ID, id)),
        false => shown.add(display_name(id)),
    };
    if called == id {
        return el("span").class("person").add(shown.add_some(mark)).node();
    }
    let email = person.email.as_deref().filter(|email| *email != called);
    let email = email.map(|email| el("span").class("m").add(mail(email)).node());
    let name = el("span").class("called").add(mail(called));
    el("span")
        .class("person")
        .add(name.add_some(mark))
        .add_some(email)
        .add(shown)
        .node()
}

/// A name or an address. An address that is too long for its line goes on after its sign.
fn mail(called: &str) -> Node {
    match called.split_once('@') {
        Some((who, at)) => {
            let sign = el("wbr").node();
            fragment([
                display_name(who),
                crate::ui::el::text("@"),
                sign,
                display_name(at),
            ])
        }
        None => display_name(called),
    }
}

fn role(desk: Desk, member: &Member) -> El {
    let meaning = text::role_meaning(desk.service, &member.role);
    let odd = |part| member.odd.words(part).map(text::quoted);
    let changed = member.changed.map(Ok).or(odd(Part::Updated).map(Err));
    let since = match changed {
        Some(changed) => Some((text::ROLE_CHANGED, changed)),
        None => {
            let since = member.since.map(Ok).or(odd(Part::Created).map(Err));
            since.map(|since| (text::ADDED, since))
        }
    };
    let since = since.map(|(word, at)| {
        let at = match at {
            Ok(at) => moment(Some(Timestamp::as_millis(at)), text::NOT_GIVEN),
            Err(words) => el("span")
                .attr("title", &text::as_written(&words))
                .text(&words)
                .node(),
        };
        el("span").class("m").text(word).add(at).node()
    });
    let inherited = member.inherited.then_some(text::INHERITED);
    let inherited = inherited.map(|words| el("span").class("m").text(words).node());
    el("td")
        .add(el("bdi").class("word").text(&text::role(&member.role)))
        .add(el("span").class("m").text(&meaning))
        .add_some(inherited)
        .add_some(since)
}

fn change_button(desk: Desk, member: &Member) -> Node {
    let user = &member.person.id;
    let mut refusal = None;
    for role in desk.service.given_roles() {
        if role == member.role {
            continue;
        }
        refusal = desk.refusal(&MemberChange::Change(user.clone(), role));
        if refusal.is_none() {
            break;
        }
    }
    let (open, word) = (Open::Role(user.clone()), member.role.as_str().to_owned());
    let press = Callback::new(move |()| {
        desk.picked.set(word.clone());
        desk.begin(open.clone());
    });
    action_button(
        "icon",
        role_id(user),
        text::change_role_of(member.person.called()),
        Some(icon(Icon::Pen)),
        Signal::derive(move || desk.availability(refusal.clone())),
        press,
    )
}

fn remove_button(desk: Desk, member: &Member, me: bool) -> Node {
    let user = &member.person.id;
    let refusal = desk.refusal(&MemberChange::Remove(user.clone()));
    let open = Open::Remove(member.clone());
    let press = Callback::new(move |()| desk.begin(open.clone()));
    let mark = if me { Icon::SignOut } else { Icon::Close };
    action_button(
        "icon",
        remove_id(user),
        text::remove(member.person.called(), me),
        Some(icon(mark)),
        Signal::derive(move || desk.availability(refusal.clone())),
        press,
    )
}

fn editor(desk: Desk, member: &Member) -> Node {
    let called = member.person.called().to_owned();
    let (user, now) = (member.person.id.clone(), member.role.clone());
    let change = {
        let user = user.clone();
        move || MemberChange::Change(user.clone(), desk.role())
    };
    let gate = {
        let change = change.clone();
        Signal::derive(move || match desk.role() {
            _ if desk.sending.get() => Availability::Busy,
            role if role == now => Availability::Disabled(text::SAME_ROLE.to_owned()),
            _ => desk.availability(desk.refusal(&change())),
        })
    };
    let legend = text::role_of(&called);
    let press = Callback::new(move |()| {
        let change = untrack(&change);
        if let MemberChange::Change(_, role) = &change {
            let done = text::role_changed(&called, &desk.name(), role);
            desk.send(change, done);
        }
    });
    let label = text::CHANGE_ROLE.to_owned();
    let inner = crate::ui::el::text(text::CHANGE_ROLE);
    let id = String::from("member-role-send");
    let buttons = el("div")
        .class("acts")
        .add(action_button(
            "btn primary",
            id,
            label,
            Some(inner),
            gate,
            press,
        ))
        .add(button(
            "btn",
            text::CANCEL,
            Callback::new(move |()| desk.close()),
        ));
    let form = el("div")
        .class("form")
        .attr("role", "group")
        .attr("aria-label", &legend)
        .part(move || desk.failure())
        .add(desk.role_field("member-role", desk.service.given_roles()))
        .add(buttons);
    focus_soon(vec![String::from("member-role")], false);
    el("tr")
        .class("editor")
        .add(el("td").attr("colspan", "3").add(form))
        .node()
}
