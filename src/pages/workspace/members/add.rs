//! The form for a new member: who, chosen from the people whom the service lists or by the id, and
//! in which role.

use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::id::UserId;
use steward_domain::membership::MemberChange;
use steward_domain::role::{Person, Role};
use wasm_bindgen::JsValue;
use web_sys::Node;

use super::desk::Desk;
use super::people::{fits, haystack};
use super::row::person;
use crate::browser::letters::fold;
use crate::pages::workspace::focus_soon;
use crate::text;
use crate::ui::action::{Availability, action_button};
use crate::ui::el::{El, el, field_text, group};
use crate::ui::layout::{button, note};

/// How many people are offered at once.
const OFFERED: usize = 6;

const WHO_ID: &str = "member-who";

/// What the parts of the form share.
#[derive(Clone, Copy)]
struct Form {
    desk: Desk,
    /// Whether the service lists people.
    lists: bool,
    typed: RwSignal<String>,
    chosen: RwSignal<Option<Person>>,
}

/// The form.
pub fn form(desk: Desk) -> Node {
    let form = Form {
        desk,
        lists: desk.lists_people(),
        typed: RwSignal::new(String::new()),
        chosen: RwSignal::new(None),
    };
    let weakest = desk.weakest();
    let word = weakest.as_ref().map_or("", Role::as_str).to_owned();
    desk.picked.set(word);
    if form.lists {
        match desk
            .people
            .with_untracked(|people| matches!(people, Some(Err(_))))
        {
            true => desk.read_people(),
            false => desk.know_people(),
        }
    }
    let send = Memo::new(move |_| {
        form.who()
            .map(|(user, called)| (user, called, desk.role().as_str().to_owned()))
    });
    let buttons = el("div")
        .class("acts")
        .part(move || {
            send.track();
            Some(untrack(|| form.send_button(send)))
        })
        .add(button(
            "btn",
            text::CANCEL,
            Callback::new(move |()| desk.close()),
        ));
    focus_soon(vec![WHO_ID.to_owned()], false);
    el("form")
        .class("form add")
        .attr("aria-label", text::ADD_MEMBER)
        .on("submit", move |event| {
            event.prevent_default();
            form.send();
        })
        .part(move || desk.failure())
        .add(form.field())
        .part(move || form.offered())
        .add(desk.role_field("new-member-role", desk.service.given_roles()))
        .add(buttons)
        .node()
}

impl Form {
    /// Whether the id is typed, because nobody can be chosen.
    fn is_typed(self) -> bool {
        !self.lists
            || self
                .desk
                .people
                .with(|people| matches!(people, Some(Err(_))))
    }

    /// Who is to be added.
    fn who(self) -> Option<(UserId, String)> {
        if self.is_typed() {
            let typed = self.typed.get().trim().to_owned();
            return Some((UserId::new(typed.clone())?, typed));
        }
        let chosen = self.chosen.get()?;
        let called = chosen.called().to_owned();
        Some((chosen.id, called))
    }

    fn change(self) -> Option<(MemberChange, String)> {
        let ((user, called), role) = (self.who()?, self.desk.role());
        let done = text::added(&called, &self.desk.name(), &role);
        Some((MemberChange::Add(user, role), done))
    }

    /// Why it cannot be sent now.
    fn refusal(self) -> Option<String> {
        match self.change() {
            Some((change, _)) => self.desk.refusal(&change),
            None if self.is_typed() => Some(text::TYPE_USER.to_owned()),
            None => Some(text::CHOOSE_PERSON.to_owned()),
        }
    }

    fn send(self) {
        if untrack(|| self.refusal()).is_none()
            && let Some((change, done)) = untrack(|| self.change())
        {
            self.desk.send(change, done);
        }
    }

    fn send_button(self, send: Memo<Option<(UserId, String, String)>>) -> Node {
        let label = send.with(|send| match send {
            Some((_, called, word)) => text::add_as(called, &self.desk.service.role(word.clone())),
            None => text::ADD_MEMBER.to_owned(),
        });
        let inner = el("span")
            .class("cut")
            .attr("translate", "no")
            .text(&label)
            .node();
        let gate = Signal::derive(move || match self.desk.sending.get() {
            true => Availability::Busy,
            false => self.desk.availability(self.refusal()),
        });
        let press = Callback::new(move |()| self.send());
        let id = String::from("member-add-send");
        action_button("btn primary", id, label, Some(inner), gate, press)
    }

    fn field(self) -> El {
        let label = move || {
            let label = if self.is_typed() {
                text::USER
            } else {
                text::FIND_PERSON
            };
            label.to_owned()
        };
        let input = el("input")
            .attr("id", WHO_ID)
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr("aria-describedby", "member-who-help")
            .when("readonly", move || self.desk.sending.get())
            .property("value", move || JsValue::from_str(&self.typed.get()))
            .on("input", move |event| {
                self.chosen.set(None);
                self.typed.set(field_text(&event));
            });
        let help = match self.lists {
            true => String::new(),
            false => text::user_help(self.desk.service.name),
        };
        let waiting = move || match self.lists && self.desk.people.with(Option::is_none) {
            true => text::LOADING_PEOPLE.to_owned(),
            false => String::new(),
        };
        el("div")
            .class("field")
            .add(el("label").attr("for", WHO_ID).live_text(label))
            .add(input)
            .add(
                el("p")
                    .class("help")
                    .attr("id", "member-who-help")
                    .add(el("span").text(&help))
                    .add(el("span").attr("role", "status").live_text(waiting)),
            )
    }

    /// The people who fit what is typed and are no members yet.
    fn offered(self) -> Option<Node> {
        let people = match self.desk.people.get()? {
            Ok(people) => people,
            Err(failure) => return Some(untrack(|| self.unread(&failure))),
        };
        let typed = fold(&self.typed.get());
        let members = match self.desk.members() {
            Some(Ok(members)) => members,
            _ => [].into(),
        };
        let is_member = |one: &Person| members.iter().any(|member| member.person.id == one.id);
        let mut fitting = people
            .iter()
            .filter(|one| fits(&haystack(one), &typed) && !is_member(one));
        let mut list: Vec<Node> = Vec::new();
        for one in fitting.by_ref().take(OFFERED) {
            list.push(untrack(|| self.choice(one)));
        }
        let more = fitting.count();
        let words = match (list.is_empty(), more) {
            (true, _) => Some(text::NOBODY_FITS.to_owned()),
            (_, 0) => None,
            (_, more) => Some(text::more_people(more)),
        };
        let words = words.map(|words| el("p").class("help").attr("role", "status").text(&words));
        Some(
            el("fieldset")
                .class("choices")
                .add(el("legend").class("sr").text(text::PERSON))
                .add(group(&list))
                .add_some(words.map(El::node))
                .node(),
        )
    }

    fn choice(self, one: &Person) -> Node {
        let (id, chosen) = (one.id.clone(), one.clone());
        let is_on = move || {
            let on = |chosen: &Option<Person>| chosen.as_ref().is_some_and(|one| one.id == id);
            JsValue::from_bool(self.chosen.with(on))
        };
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", "member-person")
            .property("checked", is_on)
            .on("change", move |_| {
                if !self.desk.sending.get_untracked() {
                    self.chosen.set(Some(chosen.clone()));
                }
            });
        el("label")
            .class("check")
            .add(radio)
            .add(person(one, false, None))
            .node()
    }

    fn unread(self, failure: &Failure) -> Node {
        let words = [
            &text::failure_text(failure, false),
            " ",
            text::TYPE_USER_INSTEAD,
        ]
        .concat();
        let again = button(
            "btn",
            text::RELOAD,
            Callback::new(move |()| self.desk.read_people()),
        );
        let acts = el("div").class("acts").add(again).node();
        note("warning", text::failure_title(failure), words, Some(acts))
    }
}
