//! Making a workspace: first the account, then the fields that its service asks for.
//!
//! Which fields there are is the description of the account's service. What is done with them is
//! `form`'s.

mod form;

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::components::A;
use steward_domain::draft::RawDraft;
use steward_domain::failure::{Changed, Failure};
use steward_domain::field::{Field, FieldFacts};
use steward_domain::id::AccountId;
use steward_domain::listing::Query;

use self::form::{ACCOUNT_ID, NewForm};
use crate::browser::page;
use crate::components::failure_notice::{FailureNotice, SignInAgainButton};
use crate::components::page::PlainPage;
use crate::components::workspace_fields::{
    Fields, FormFoot, FormFrame, FormHandlers, FormLabels, LeaveQuestion, OfflineNote, Phase,
    RestoredNote, WorkspaceField,
};
use crate::routes::Route;
use crate::state::accounts::Account;
use crate::state::app_state;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::field::{Control, FormField};
use crate::ui::layout::Note;

/// The form's texts.
static LABELS: FormLabels = FormLabels {
    send: text::CREATE,
    discard: text::DISCARD_NEW,
    title: text::DISCARD_NEW_TITLE,
    question: text::DISCARD_NEW_TEXT,
};

/// The screen.
#[component]
pub(crate) fn NewPage() -> impl IntoView {
    let (app, navigation) = (app_state(), Navigation::get());
    let form = NewForm {
        app,
        navigation,
        chosen: RwSignal::new(None),
        missed: RwSignal::new(false),
        is_back: RwSignal::new(false),
        fields: Fields::new(RawDraft::default()),
    };
    let accounts = app.accounts.all_untracked();
    let linked = match navigation.route_untracked() {
        Route::New(account) => account,
        _ => None,
    };
    let here = |id: &AccountId| accounts.iter().find(|account| account.id == *id);
    // Whoever came by a link to an account that is not here chooses.
    let elsewhere = linked
        .as_ref()
        .filter(|id| here(id).is_none())
        .and_then(|id| app.accounts.service_named(id))
        .map(|offer| offer.label);
    let only = accounts
        .first()
        .filter(|_| accounts.len() == 1 && elsewhere.is_none());
    if let Some(first) = linked.as_ref().and_then(here).or(only) {
        form.turn_to(first);
    }
    let options = account_options(form, &accounts);
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

    let (fields, handlers) = (form.fields, handlers(form, dirty));
    view! {
        <PlainPage heading=text::NEW_WORKSPACE>
            <FormFrame fields=fields handlers=handlers>
                <FormState form=form/>
                <Show when=move || form.is_back.get() && dirty.get()>
                    <RestoredNote/>
                </Show>
                {elsewhere.map(|service| view! { <NotHereNote service=service/> })}
                <AccountField form=form options=options/>
                <For
                    each=move || fields_of_account(form)
                    key=|(account, facts)| (account.clone(), facts.field)
                    let((_, facts))
                >
                    <WorkspaceField facts=facts fields=fields handlers=handlers/>
                </For>
                <FormFoot fields=fields labels=&LABELS handlers=handlers/>
            </FormFrame>
            <LeaveQuestion fields=fields labels=&LABELS handlers=handlers/>
        </PlainPage>
    }
}

/// The fields that the service of the chosen account asks for. Those of another account are other fields.
fn fields_of_account(form: NewForm) -> Vec<(AccountId, &'static FieldFacts)> {
    let account = form.account();
    let fields = account.iter().flat_map(|account| {
        let facts = account.description().for_new();
        facts.map(|facts| (account.id.clone(), facts))
    });
    fields.collect()
}

/// What the form does when it is used.
fn handlers(form: NewForm, dirty: Memo<bool>) -> FormHandlers {
    let sending = move || form.fields.is_sending();
    FormHandlers {
        typed: Callback::new(move |()| form.typed()),
        submit: Callback::new(move |()| form.submit()),
        leave: Callback::new(move |()| form.leave()),
        discard: Callback::new(move |()| {
            form.forget();
            form.leave();
        }),
        dirty: dirty.into(),
        ready: Signal::derive(move || !sending() && !form.waits()),
        status: Signal::derive(move || match sending() {
            true => text::CREATING,
            false if form.has_ended() => text::ENDED,
            false if !form.app.network.is_up() => text::OFFLINE_WRITES,
            false if form.waits() => text::AFTER_PAUSE,
            false => "",
        }),
    }
}

/// That the address names an account which is not signed in here.
#[component]
fn NotHereNote(service: String) -> impl IntoView {
    let here = Navigation::get().route_untracked();
    let sign_in = Route::AddAccount(Some(Box::new(here)));
    view! {
        <Note tone="info" title=text::NOT_HERE text=text::new_not_here(&service)>
            <A href=sign_in.href() attr:class="btn">
                {text::sign_in_to(&service)}
            </A>
        </Note>
    }
}

/// What stands in the way, or has gone wrong.
#[component]
fn FormState(form: NewForm) -> impl IntoView {
    move || match form.fields.phase.get() {
        Phase::Failed(failure) => view! { <CreationFailed form=form failure=failure/> }.into_any(),
        _ if form.has_ended() => view! {
            <Note tone="warning" title=text::ENDED text=text::ENDED_TEXT>
                <SignInAgainButton/>
            </Note>
        }
        .into_any(),
        _ if !form.app.network.is_up() => view! { <OfflineNote/> }.into_any(),
        _ => ().into_any(),
    }
}

/// Why it was not made. After an unknown outcome the next step is to look whether it is there.
#[component]
fn CreationFailed(form: NewForm, failure: Failure) -> impl IntoView {
    form.chosen.get_untracked().map(|account| {
        let list = Route::List(Query {
            text: form
                .fields
                .raw
                .with_untracked(|raw| raw.get(Field::Name).to_owned()),
            accounts: vec![account.clone()],
            ..Query::default()
        });
        let unknown = failure.changed != Changed::No;
        view! {
            <FailureNotice whose=account failure=failure/>
            {unknown
                .then(|| {
                    view! {
                        <div class="acts">
                            <A href=list.href() attr:class="btn">
                                {text::TO_WORKSPACES}
                            </A>
                        </div>
                    }
                })}
        }
    })
}

/// The accounts to choose from, and before them that one has to be chosen, where none is yet.
fn account_options(form: NewForm, accounts: &[Rc<Account>]) -> Vec<(String, String)> {
    let none = form.chosen.with_untracked(Option::is_none);
    let placeholder = none.then(|| (String::new(), text::CHOOSE_ACCOUNT.to_owned()));
    let accounts = accounts.iter().map(|account| {
        let shown = text::account_of(&account.label, account.description().name);
        (account.id.as_str().to_owned(), shown)
    });
    placeholder.into_iter().chain(accounts).collect()
}

/// The list to choose the account from.
#[component]
fn AccountField(form: NewForm, options: Vec<(String, String)>) -> impl IntoView {
    let missed = move || form.missed.get() && form.chosen.with(Option::is_none);
    let chosen = move || {
        let chosen = form.chosen.get();
        chosen.map_or_else(String::new, |id| id.as_str().to_owned())
    };
    view! {
        <FormField
            id=ACCOUNT_ID.to_owned()
            label=text::ACCOUNT
            help=text::ACCOUNT_HELP.to_owned()
            control=Control::Choice(options)
            required=true
            text=chosen
            error=move || missed().then(|| text::CHOOSE_ACCOUNT.to_owned())
            read_only=move || form.fields.is_sending()
            on_input=Callback::new(move |id| form.pick(id))
        />
    }
}
