//! The form for the fields of a workspace, or their values for those who may not change them.
//!
//! Which fields there are is the service's description. What is done with them is `form`'s.

mod form;
mod panel;

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::draft::RawDraft;
use steward_domain::field::{Field, FieldFacts, Form as Looks, When};
use steward_domain::id::WorkspaceKey;
use web_sys::Node;

use self::form::Form;
use super::Shown;
use crate::browser::events::on_window;
use crate::browser::page;
use crate::pages::failure_notice::{Again, failure_notice};
use crate::pages::fields::{Acts, Fields, Phase, Words, restored};
use crate::pages::link;
use crate::route::Route;
use crate::state::navigation::Navigation;
use crate::state::{AppState, drafts};
use crate::text;
use crate::ui::copy::copy_button;
use crate::ui::el::{el, fragment, group};
use crate::ui::layout::{button, fact, note};

static WORDS: Words = Words {
    send: text::SAVE,
    discard: text::DISCARD,
    title: text::DISCARD_TITLE,
    question: text::DISCARD_TEXT,
};

/// The form, or the values as text for those who may not change them. `holds` is on while there is
/// text in it that its workspace must not take along when it goes.
pub fn edit(
    app: AppState,
    navigation: Navigation,
    key: WorkspaceKey,
    shown: Shown,
    holds: RwSignal<bool>,
) -> Node {
    let (Some(now), Some(account)) = (shown.get_untracked(), app.accounts.of(&key)) else {
        return group(&[]);
    };
    let service = account.description();
    let (mut raw, mut base) = (RawDraft::of(&now, service), (*now).clone());
    let is_back = drafts::restore(account.me.as_ref(), &key, &mut raw, Some(&mut base));
    let form = Form {
        app,
        navigation,
        service,
        key: StoredValue::new(key),
        shown,
        base: RwSignal::new(Arc::new(base)),
        fields: Fields::new(raw),
        asked: RwSignal::new(None),
        answers: RwSignal::new(Vec::new()),
        followed: RwSignal::new(Vec::new()),
        read_at: StoredValue::new(0.0),
    };
    Effect::new(move |_| form.follow_service());
    Effect::new(move |_| form.take_over());
    for event in ["focus", "visibilitychange"] {
        on_window(event, move |_| form.look_on_return());
    }
    let dirty = Memo::new(move |_| form.is_dirty());
    let refusal = Memo::new(move |_| match form.verdict() {
        Verdict::Denied(denial) => Some(text::denial(Action::Edit, &denial)),
        Verdict::Allowed | Verdict::Pending => None,
    });
    let gone = Memo::new(move |_| form.is_gone());
    let refused = move || gone.get() || refusal.with(Option::is_some);
    // Who may not save cannot lose anything by leaving.
    let loses = Signal::derive(move || dirty.get() && !refused());
    Effect::new(move |_| page::guard_leaving(loses.get()));
    Effect::new(move |_| {
        holds.set(dirty.get());
    });
    on_cleanup(move || {
        page::guard_leaving(false);
        holds.try_set(false);
    });
    Effect::new(move |_| {
        let account = form.key.with_value(|key| key.account.clone());
        if loses.get() && app.accounts.has_ended(&account) {
            untrack(|| app.reauthentication.ask_once(&account));
        }
    });

    let banner = move || match refusal.get() {
        _ if gone.get() => Some(form.gone()),
        Some(why) => Some(form.read_only(why, dirty.get())),
        None if !app.network.is_up() => Some(offline()),
        None => (is_back && dirty.get()).then(restored),
    };
    // Drawn anew only when it says something else: it would be announced at every key.
    let meets = Memo::new(move |_| (form.followed.get(), form.clash()));
    let moved = move || {
        let (followed, clash) = meets.get();
        let none = followed.is_empty() && clash.is_empty();
        let hidden = none || refused() || form.asked.with(Option::is_some);
        let tone = if clash.is_empty() { "info" } else { "warning" };
        let words = || text::moved(&followed, &clash);
        (!hidden).then(|| note(tone, text::MOVED_TITLE.to_owned(), words(), None))
    };
    let failed = move || match form.fields.phase.get() {
        Phase::Failed(failure) => {
            let look = failure
                .asks_for_a_look()
                .then(|| Callback::new(move |()| form.look()));
            let whose = form.key.with_value(|key| key.account.clone());
            Some(untrack(|| {
                failure_notice(&whose, &failure, look.map(Again::by_hand))
            }))
        }
        Phase::Typing | Phase::Sending => None,
    };
    let acts = acts(form, dirty, loses);
    // Fields are drawn once: being drawn again would cost focus and caret. While something has to
    // be decided they are only out of sight.
    let asks = Memo::new(move |_| form.asked.with(Option::is_some));
    let inputs = move || {
        let shown = el("div")
            .class("form")
            .part(move || Some(fields(form, acts)));
        shown
            .live("hidden", move || asks.get().then(String::new))
            .node()
    };
    let values = move || match refused() {
        true => values(form, dirty.get()),
        false => untrack(inputs),
    };
    let questions = move || {
        let asked = form.asked.get().filter(|_| !refused())?;
        Some(untrack(|| panel::panel(form, &asked)))
    };
    let element = form
        .fields
        .frame(acts)
        .part(banner)
        .part(moved)
        .part(failed)
        .part(questions)
        .part(move || Some(values()))
        .part(move || (!refused()).then(|| untrack(|| form.fields.foot(&WORDS, acts))));
    fragment([element.node(), form.fields.question(&WORDS, acts)])
}

impl Form {
    /// Said when the workspace has gone while it was being edited.
    fn gone(self) -> Node {
        let list = Route::List(untrack(|| self.navigation.route()).query());
        let back = link("btn", &list).text(text::BACK);
        let acts = el("div").class("acts").add(back).node();
        let (title, words) = (text::GONE_TITLE.to_owned(), text::GONE_TEXT.to_owned());
        note("warning", title, words, Some(acts))
    }

    /// Said to those who may not change it, or not any more.
    fn read_only(self, why: String, dirty: bool) -> Node {
        let leave = Callback::new(move |()| self.show_overview(self.key.get_value()));
        let back = || {
            let back = button("btn", text::BACK_TO_WORKSPACE, leave);
            el("div").class("acts").add(back).node()
        };
        let title = text::READ_ONLY.to_owned();
        note("warning", title, why, dirty.then(back))
    }
}

/// Why nothing can be sent without a network.
pub fn offline() -> Node {
    let (title, words) = (text::OFFLINE.to_owned(), text::OFFLINE_WRITES.to_owned());
    note("warning", title, words, None)
}

fn acts(form: Form, dirty: Memo<bool>, loses: Signal<bool>) -> Acts {
    let sending = move || form.fields.is_sending();
    Acts {
        typed: Callback::new(move |()| form.typed()),
        submit: Callback::new(move |()| form.submit()),
        leave: Callback::new(move |()| form.show_overview(form.key.get_value())),
        discard: Callback::new(move |()| form.discard()),
        dirty: loses,
        ready: Signal::derive(move || {
            let open = form.first_open().is_some();
            let held = sending() || form.rests();
            dirty.get() && !open && !held && form.verdict() == Verdict::Allowed
        }),
        said: Signal::derive(move || match (sending(), dirty.get()) {
            (true, _) => text::SAVING,
            (false, false) => text::NOTHING_TO_SAVE,
            (false, true) if form.first_open().is_some() => text::CHOOSE_FIRST,
            (false, true) if !form.app.network.is_up() => text::OFFLINE_WRITES,
            (false, true) if form.rests() => text::AFTER_PAUSE,
            (false, true) => "",
        }),
    }
}

fn fields(form: Form, acts: Acts) -> Node {
    let base = form.base.get();
    let draw = |facts: &'static FieldFacts| {
        let now = base.text(facts.field);
        form.fields.draw(facts, Some(now), acts)
    };
    group(&form.service.editable(&base).map(draw).collect::<Vec<_>>())
}

/// For those who may not edit: what the service has, to read and copy, no inputs that only look
/// alive. What they had typed while they still might stands below it.
fn values(form: Form, dirty: bool) -> Node {
    let now = form.current();
    let mut facts = el("dl").class("facts");
    // Of one that is gone nothing is known.
    let known = form.service.fields.iter();
    for known in known.filter(|_| !form.is_gone()) {
        if known.when == When::Always {
            let words = match known.field {
                Field::Name => text::name(&now),
                field => value(known, now.text(field)),
            };
            facts = facts.add(fact(text::field(known.field), long(&words)));
        }
    }
    if !dirty {
        return facts.node();
    }
    let base = form.base.get();
    let mut kept = el("dl").class("facts");
    for (field, words) in form.fields.raw.get().fields() {
        if words != base.text(field) {
            let copy = copy_button(text::copy_field(field), words.to_owned());
            kept = kept.add(fact(text::field(field), fragment([long(words), copy])));
        }
    }
    let said = el("p").attr("role", "status").text(text::STILL_HERE);
    fragment([facts.node(), said.node(), kept.node()])
}

fn value(facts: &FieldFacts, words: &str) -> String {
    match facts.form {
        _ if words.is_empty() => text::NONE.to_owned(),
        Looks::Choice(_) => text::choice(facts.field, words),
        _ => words.to_owned(),
    }
}

fn long(words: &str) -> Node {
    el("bdi").class("long").text(words).node()
}
