//! Making a workspace: first the account, then the fields that its service asks for.
//!
//! Which fields there are is the description of the account's service. What is done with them is
//! `form`'s.

mod form;

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::draft::RawDraft;
use steward_domain::failure::{Changed, Failure};
use steward_domain::field::Field;
use steward_domain::listing::Query;
use web_sys::Node;

use self::form::{ACCOUNT_ID, New};
use super::failure_notice::{failure_notice, sign_in_again};
use super::fields::{Acts, Fields, Phase, Words, restored};
use super::workspace::edit::offline;
use super::{link, plain_page};
use crate::browser::page;
use crate::route::Route;
use crate::state::accounts::Account;
use crate::state::app_state;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::el::{el, fragment, group};
use crate::ui::field::{Control, Field as Shown, field};
use crate::ui::layout::note;

static WORDS: Words = Words {
    send: text::CREATE,
    discard: text::DISCARD_NEW,
    title: text::DISCARD_NEW_TITLE,
    question: text::DISCARD_NEW_TEXT,
};

/// The screen.
#[must_use]
pub fn new_page() -> Node {
    let (app, navigation) = (app_state(), Navigation::get());
    let form = New {
        app,
        navigation,
        chosen: RwSignal::new(None),
        missed: RwSignal::new(false),
        is_back: RwSignal::new(false),
        fields: Fields::new(RawDraft::default()),
    };
    let all = app.accounts.all_untracked();
    let named = |account: &&Rc<Account>| {
        navigation.route_untracked() == Route::New(Some(account.id.clone()))
    };
    // Whoever came by a link to an account that is not here chooses.
    let foreign = match navigation.route_untracked() {
        Route::New(Some(id)) if all.iter().all(|account| account.id != id) => {
            app.accounts.service_named(&id)
        }
        _ => None,
    };
    let only = all.first().filter(|_| all.len() == 1 && foreign.is_none());
    if let Some(first) = all.iter().find(named).or(only) {
        form.turn_to(first);
    }
    let dirty = Memo::new(move |_| form.is_dirty());
    Effect::new(move |_| page::guard_leaving(dirty.get()));
    on_cleanup(|| page::guard_leaving(false));
    Effect::new(move |_| {
        if dirty.get()
            && form.has_ended()
            && let Some(account) = form.chosen.get()
        {
            untrack(|| app.reauthentication.ask_once(&account));
        }
    });

    let acts = acts(form, dirty);
    let banner = move || (form.is_back.get() && dirty.get()).then(restored);
    let fields = move || {
        let account = app.accounts.get_untracked(&form.chosen.get()?)?;
        Some(untrack(|| form.drawn(&account, acts)))
    };
    let element = form
        .fields
        .frame(acts)
        .part(move || form.state())
        .part(banner)
        .add_some(foreign.map(|offer| form.not_here(&offer.label)))
        .add(form.account_field(&all))
        .part(fields)
        .add(form.fields.foot(&WORDS, acts));
    let content = [element.node(), form.fields.question(&WORDS, acts)];
    plain_page(text::NEW_WORKSPACE, fragment(content))
}

fn acts(form: New, dirty: Memo<bool>) -> Acts {
    let sending = move || form.fields.is_sending();
    Acts {
        typed: Callback::new(move |()| form.typed()),
        submit: Callback::new(move |()| form.submit()),
        leave: Callback::new(move |()| form.leave()),
        discard: Callback::new(move |()| {
            form.forget();
            form.leave();
        }),
        dirty: Signal::derive(move || dirty.get()),
        ready: Signal::derive(move || !sending() && !form.waits()),
        said: Signal::derive(move || match sending() {
            true => text::CREATING,
            false if form.has_ended() => text::ENDED,
            false if !form.app.network.is_up() => text::OFFLINE_WRITES,
            false if form.waits() => text::AFTER_PAUSE,
            false => "",
        }),
    }
}

impl New {
    /// That the address names an account which is not signed in here.
    fn not_here(self, label: &str) -> Node {
        let back = Route::AddAccount(Some(Box::new(self.navigation.route_untracked())));
        let sign_in = link("btn", &back).text(&text::sign_in_to(label));
        let words = text::new_not_here(label);
        note(
            "info",
            text::NOT_HERE.to_owned(),
            words,
            Some(sign_in.node()),
        )
    }

    /// What stands in the way, or has gone wrong.
    fn state(self) -> Option<Node> {
        match self.fields.phase.get() {
            Phase::Failed(failure) => Some(untrack(|| self.failed(&failure))),
            _ if self.has_ended() => Some(note(
                "warning",
                text::ENDED.to_owned(),
                text::ENDED_TEXT.to_owned(),
                Some(sign_in_again("btn")),
            )),
            _ if !self.app.network.is_up() => Some(offline()),
            _ => None,
        }
    }

    /// After an unknown outcome the next step is to look whether it is there.
    fn failed(self, failure: &Failure) -> Node {
        let Some(whose) = self.chosen.get() else {
            return group(&[]);
        };
        let failed = failure_notice(&whose, failure, None);
        if failure.changed == Changed::No {
            return failed;
        }
        let name = |raw: &RawDraft| raw.get(Field::Name).to_owned();
        let list = Route::List(Query {
            text: self.fields.raw.with(name),
            accounts: self.chosen.get().into_iter().collect(),
            ..Query::default()
        });
        let look = link("btn", &list).text(text::TO_WORKSPACES);
        fragment([failed, el("div").class("acts").add(look).node()])
    }

    fn account_field(self, all: &[Rc<Account>]) -> Node {
        let none = self.chosen.with_untracked(Option::is_none);
        let mut offered = Vec::new();
        if none {
            offered.push((String::new(), text::CHOOSE_ACCOUNT.to_owned()));
        }
        for account in all {
            let shown = text::account_of(&account.label, account.description().name);
            offered.push((account.id.as_str().to_owned(), shown));
        }
        let missed = move || self.missed.get() && self.chosen.with(Option::is_none);
        field(Shown {
            id: ACCOUNT_ID.to_owned(),
            label: text::ACCOUNT,
            help: text::ACCOUNT_HELP.to_owned(),
            control: Control::Choice(offered),
            required: true,
            text: Signal::derive(move || {
                self.missed.track();
                let chosen = self.chosen.get();
                chosen.map_or_else(String::new, |id| id.as_str().to_owned())
            }),
            error: Signal::derive(move || missed().then(|| text::CHOOSE_ACCOUNT.to_owned())),
            count: Signal::derive(|| None),
            read_only: Signal::derive(move || self.fields.is_sending()),
            on_input: Callback::new(move |id: String| self.pick(id)),
        })
    }

    fn drawn(self, account: &Account, acts: Acts) -> Node {
        let fields = account.description().for_new();
        let fields = fields.map(|facts| self.fields.draw(facts, None, acts));
        group(&fields.collect::<Vec<_>>())
    }
}
