//! The form for the fields of a workspace, or their values for those who may not change them.
//!
//! Which fields there are is the service's description. What is done with them is `form`'s.

mod banner;
mod form;
mod panel;
mod values;

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::draft::RawDraft;
use steward_domain::field::{FieldFacts, Form as Looks};
use steward_domain::id::WorkspaceKey;

use self::banner::{Banner, FailedSave, MovedNote};
use self::form::Form;
use self::panel::MergePanel;
use self::values::ReadOnlyValues;
use super::Shown;
use crate::browser::events::on_window;
use crate::browser::page;
use crate::components::workspace_fields::{
    Fields, FormFoot, FormFrame, FormHandlers, FormLabels, LeaveQuestion, WorkspaceField,
};
use crate::state::navigation::Navigation;
use crate::state::{AppState, drafts};
use crate::text;

/// The form's texts.
static LABELS: FormLabels = FormLabels {
    send: text::SAVE,
    discard: text::DISCARD,
    title: text::DISCARD_TITLE,
    question: text::DISCARD_TEXT,
};

/// The form, or the values as text for those who may not change them. `holds` is on while there is
/// text in it that its workspace must not take along when it goes.
#[component]
pub(crate) fn EditTab(
    app: AppState,
    navigation: Navigation,
    key: WorkspaceKey,
    shown: Shown,
    holds: RwSignal<bool>,
) -> impl IntoView {
    let (form, is_back) = open_form(app, navigation, key, shown)?;
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
    let refused = Memo::new(move |_| form.is_gone() || refusal.with(Option::is_some));
    // Who may not save cannot lose anything by leaving.
    let loses = Memo::new(move |_| dirty.get() && !refused.get());
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

    let (fields, handlers) = (form.fields, handlers(form, dirty, loses));
    let asked = move || form.asked.get().filter(|_| !refused.get());
    Some(view! {
        <FormFrame fields=fields handlers=handlers>
            <Banner form=form refusal=refusal dirty=dirty is_back=is_back/>
            <MovedNote form=form refused=refused/>
            <FailedSave form=form/>
            {move || asked().map(|asked| view! { <MergePanel form=form asked=asked/> })}
            <Show
                when=move || refused.get()
                fallback=move || view! { <Inputs form=form handlers=handlers/> }
            >
                <ReadOnlyValues form=form dirty=dirty/>
            </Show>
            <Show when=move || !refused.get()>
                <FormFoot fields=fields labels=&LABELS handlers=handlers/>
            </Show>
        </FormFrame>
        <LeaveQuestion fields=fields labels=&LABELS handlers=handlers/>
    })
}

/// The form as it opens, and whether text from before is in it again.
fn open_form(
    app: AppState,
    navigation: Navigation,
    key: WorkspaceKey,
    shown: Shown,
) -> Option<(Form, bool)> {
    let (now, account) = (shown.get_untracked()?, app.accounts.of(&key)?);
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
    Some((form, is_back))
}

/// What the form does when it is used.
fn handlers(form: Form, dirty: Memo<bool>, loses: Memo<bool>) -> FormHandlers {
    let sending = move || form.fields.is_sending();
    FormHandlers {
        typed: Callback::new(move |()| form.typed()),
        submit: Callback::new(move |()| form.submit()),
        leave: Callback::new(move |()| form.show_overview(form.key.get_value())),
        discard: Callback::new(move |()| form.discard()),
        dirty: loses.into(),
        ready: Signal::derive(move || {
            let open = form.first_open().is_some();
            let held = sending() || form.rests();
            dirty.get() && !open && !held && form.verdict() == Verdict::Allowed
        }),
        status: Signal::derive(move || match (sending(), dirty.get()) {
            (true, _) => text::SAVING,
            (false, false) => text::NOTHING_TO_SAVE,
            (false, true) if form.first_open().is_some() => text::CHOOSE_FIRST,
            (false, true) if !form.app.network.is_up() => text::OFFLINE_WRITES,
            (false, true) if form.rests() => text::AFTER_PAUSE,
            (false, true) => "",
        }),
    }
}

/// The fields. While something has to be decided they are only out of sight: being drawn again would cost focus and
/// caret.
#[component]
fn Inputs(form: Form, handlers: FormHandlers) -> impl IntoView {
    let editable = move || {
        form.base.with(|base| {
            let saved = |facts: &'static FieldFacts| (facts, base.text(facts.field).to_owned());
            form.service.editable(base).map(saved).collect::<Vec<_>>()
        })
    };
    // A list to choose from is another one where the service has another value, which the list has to offer.
    let key = |(facts, saved): &(&'static FieldFacts, String)| {
        let is_choice = matches!(facts.form, Looks::Choice(_));
        (facts.field, is_choice.then(|| saved.clone()))
    };
    let asks = Memo::new(move |_| form.asked.with(Option::is_some));
    view! {
        <div class="form" hidden=move || asks.get()>
            <For each=editable key=key let((facts, saved))>
                <WorkspaceField facts=facts saved=saved fields=form.fields handlers=handlers/>
            </For>
        </div>
    }
}
