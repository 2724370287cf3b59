//! Every field of a workspace, and the danger zone.

use std::sync::Arc;

use leptos::attr::custom::custom_attribute;
use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::field::{Field, parse_tags};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::Column;
use steward_domain::odd::Part;
use steward_domain::provider::Description;
use steward_domain::role::Access;
use steward_domain::time::Timestamp;
use steward_domain::workspace::{BillingMode, Kind, State, Workspace};

use super::{Shown, Why, start_archive};
use crate::components::availability::availability;
use crate::features::workspaces::row::{billing_text, state_class};
use crate::state::AppState;
use crate::text;
use crate::ui::action::{Availability, GatedButton};
use crate::ui::copy::CopyButton;
use crate::ui::icon::Icon;
use crate::ui::layout::Fact;
use crate::ui::time::{ExactTime, Moment};

/// The overview: drawn again when the workspace is another, and for nothing else.
#[component]
pub(super) fn Overview(app: AppState, key: WorkspaceKey, shown: Shown) -> impl IntoView {
    // By key, so that it is made anew and not patched: software that translates the page may have put
    // texts of its own in the place of those that would be patched.
    view! {
        <For
            each=move || shown.get()
            key=|workspace| Arc::as_ptr(workspace).addr()
            let(workspace)
        >
            <Details app=app key=key.clone() workspace=workspace/>
        </For>
    }
}

/// The fields of a workspace as it is now, and the danger zone.
#[component]
fn Details(app: AppState, key: WorkspaceKey, workspace: Arc<Workspace>) -> impl IntoView {
    let account = app.accounts.of(&key)?;
    let service = account.description();
    let account = text::account_of(&account.label, service.name);
    let odd = |part| workspace.odd.words(part).map(str::to_owned);
    let name = match workspace.name.contains(char::REPLACEMENT_CHARACTER) {
        _ if workspace.is_odd(Field::Name) => {
            Some(view! { <Written words=workspace.name.as_str()/> }.into_any())
        }
        true => Some(view! { <Muted words=text::PART_UNREADABLE/> }.into_any()),
        false => None,
    };
    let state = view! {
        <span class=state_class(&workspace)>{text::state(&workspace.state)}</span>
        <AsWritten when=matches!(workspace.state, State::Unknown(_))/>
        <SpecialKind kind=workspace.kind/>
    };
    let described = service.field(Field::Description).is_some() || workspace.description.is_some();
    let description = match described {
        true => Either::Left(view! {
            <LongText words=workspace.text(Field::Description)/>
            <AsWritten when=workspace.is_odd(Field::Description)/>
        }),
        false => Either::Right(view! { <NotOffered service=service/> }),
    };
    let role = view! { <YourRole app=app key=key.clone() service=service/> };
    let has_billing = service.has_column(Column::Billing);
    let billing = match has_billing {
        true => Either::Left(view! {
            {billing_text(&workspace, Some(service))}
            <AsWritten when=matches!(workspace.billing, Some(BillingMode::Other(_)))/>
        }),
        false => Either::Right(view! { <NotOffered service=service/> }),
    };
    let seats = match (workspace.seat_limit, odd(Part::Seats)) {
        (Some(count), _) => text::seats(count).into_any(),
        (None, Some(words)) => view! { <Written words=words/> }.into_any(),
        (None, None) => text::NOT_GIVEN.into_any(),
    };
    let more = workspace.more.iter().map(|(field, words)| {
        let (field, words, is_odd) = (*field, words.clone(), workspace.is_odd(*field));
        view! {
            <Fact term=text::field(field)>
                <FurtherValue field=field words=words/>
                <AsWritten when=is_odd/>
            </Fact>
        }
    });
    let more = more.collect_view();
    let created = view! { <Date at=workspace.created words=odd(Part::Created)/> };
    let updated = match odd(Part::Updated) {
        Some(words) if workspace.updated.is_none() => view! { <Written words=words/> }.into_any(),
        words if words.is_some() || service.has_column(Column::Updated) => {
            let at = workspace.updated.map(Timestamp::as_millis);
            view! { <Moment at_ms=at missing=text::NOT_GIVEN/> }.into_any()
        }
        _ => view! { <NotOffered service=service/> }.into_any(),
    };
    let archived = match workspace.state {
        State::Archived(at) => Some(view! { <Date at=at words=odd(Part::ArchivedAt)/> }),
        State::Active | State::Unknown(_) => None,
    };
    Some(view! {
        <dl class="facts">
            {name.map(|name| view! { <Fact term=text::NAME>{name}</Fact> })}
            <Fact term=text::STATE>{state}</Fact>
            <Fact term=text::DESCRIPTION>{description}</Fact>
            <Fact term=text::ACCOUNT>
                <span class="acct" data-mark=service.mark translate="no">
                    {account}
                </span>
            </Fact>
            <Fact term=text::YOUR_ROLE>{role}</Fact>
            <Fact term=text::BILLING_MODE>{billing}</Fact>
            {has_billing.then(|| view! { <Fact term=text::SEATS>{seats}</Fact> })}
            {more}
            <Fact term=text::CREATED>{created}</Fact>
            <Fact term=text::UPDATED>{updated}</Fact>
            {archived.map(|at| view! { <Fact term=text::ARCHIVED_AT>{at}</Fact> })}
        </dl>
        <DangerZone app=app key=key workspace=workspace service=service/>
    })
}

/// Words that explain, beside what they explain.
#[component]
fn Muted(#[prop(into)] words: String) -> impl IntoView {
    view! { <span class="m">{words}</span> }
}

/// In place of a value that a service does not have.
#[component]
fn NotOffered(service: &'static Description) -> impl IntoView {
    view! { <Muted words=text::not_offered_by(service.name)/> }
}

/// Behind a value: the mark that it is the service's own words.
#[component]
fn AsWritten(when: bool) -> impl IntoView {
    when.then(|| {
        view! {
            " "
            <Muted words=text::AS_WRITTEN/>
        }
    })
}

/// The service's words, where they could not be read as what they should be.
#[component]
fn Written(#[prop(into)] words: String) -> impl IntoView {
    view! {
        <bdi translate="no">{text::quoted(&words)}</bdi>
        <AsWritten when=true/>
    }
}

/// What kind of workspace it is, where that is anything special.
#[component]
fn SpecialKind(kind: Kind) -> impl IntoView {
    let (word, meaning) = match kind {
        Kind::Ordinary => return None,
        Kind::Default => (text::KIND_DEFAULT, text::KIND_DEFAULT_TEXT),
        Kind::ForTool => (text::KIND_TOOL, text::KIND_TOOL_TEXT),
    };
    Some(view! {
        " "
        <span class="badge">{word}</span>
        <Muted words=meaning/>
    })
}

/// A text of any length, or that there is none.
#[component]
fn LongText(#[prop(into)] words: String) -> impl IntoView {
    match words.is_empty() {
        true => Either::Left(view! { <Muted words=text::NONE/> }),
        false => Either::Right(view! {
            <bdi class="long" translate="no">
                {words}
            </bdi>
        }),
    }
}

/// The value of a field that only some services have.
#[component]
fn FurtherValue(field: Field, words: String) -> impl IntoView {
    match field {
        _ if words.is_empty() => view! { <Muted words=text::NONE/> }.into_any(),
        Field::Color => view! {
            <i class="swatch" aria-hidden="true" style:background-color=words.clone()></i>
            <span class="id" translate="no">
                {words}
            </span>
        }
        .into_any(),
        Field::Tags => match parse_tags(&words) {
            Ok(tags) => view! { <TagList tags=tags/> }.into_any(),
            Err(_) => view! { <LongText words=words/> }.into_any(),
        },
        Field::InferenceGeo | Field::AllowedGeos | Field::WorkspaceGeo | Field::Residency => {
            text::choice(field, &words).into_any()
        }
        _ => view! {
            <span class="id" translate="no">
                <bdi translate="no">{words.clone()}</bdi>
                <CopyButton what=text::copy_field(field) words=words/>
            </span>
        }
        .into_any(),
    }
}

/// Tags, as pairs of key and value.
#[component]
fn TagList(tags: Vec<(String, String)>) -> impl IntoView {
    let tags = tags.into_iter().map(|(key, value)| {
        view! {
            <li>
                <bdi translate="no">{key}</bdi>
                ": "
                <bdi translate="no">{value}</bdi>
            </li>
        }
    });
    view! { <ul class="tags">{tags.collect_view()}</ul> }
}

/// A moment to the minute, or the service's words for it.
#[component]
fn Date(at: Option<Timestamp>, words: Option<String>) -> impl IntoView {
    match (at, words) {
        (Some(at), _) => view! { <ExactTime at_ms=at.as_millis()/> }.into_any(),
        (None, Some(words)) => view! { <Written words=words/> }.into_any(),
        (None, None) => text::NOT_GIVEN.into_any(),
    }
}

/// My role in the workspace and what it means here, or how to ask for it once more.
#[component]
fn YourRole(app: AppState, key: WorkspaceKey, service: &'static Description) -> impl IntoView {
    // Compared: other workspaces' answers must not draw this one again.
    let access = {
        let key = key.clone();
        Memo::new(move |_| app.workspaces.access(&key))
    };
    move || {
        let access = access.get();
        let word = text::role_or_state(&access);
        match access {
            Access::Unknown => view! {
                <span class="m" role="status">
                    {text::ROLE_PENDING}
                </span>
            }
            .into_any(),
            Access::Known(role, _) => {
                let meaning = text::role_meaning(service, &role);
                view! { <NamedRole word=word meaning=meaning/> }.into_any()
            }
            Access::Organization => view! {
                <NamedRole word=text::ORGANIZATION_ADMIN meaning=text::ORGANIZATION_MEANING/>
            }
            .into_any(),
            Access::NotAMember(_) | Access::Unreadable => {
                let key = key.clone();
                view! {
                    <span prop:textContent=word></span>
                    <button
                        type="button"
                        class="btn quiet"
                        on:click=move |_| app.workspaces.recheck_access(&key)
                    >
                        {text::CHECK_ROLE}
                    </button>
                }
                .into_any()
            }
        }
    }
}

/// A role and what it means.
#[component]
fn NamedRole(#[prop(into)] word: String, #[prop(into)] meaning: String) -> impl IntoView {
    view! {
        <span prop:textContent=word></span>
        <span class="m" prop:textContent=meaning></span>
    }
}

/// The way to archive the workspace, what that would do, and why it cannot be done now.
#[component]
fn DangerZone(
    app: AppState,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
    service: &'static Description,
) -> impl IntoView {
    // What archiving would do is of no interest where it cannot be done.
    let consequences = match workspace.kind {
        Kind::Default => String::new(),
        Kind::Ordinary => text::archive_consequences(service).join(" "),
        Kind::ForTool => {
            let consequences = text::archive_consequences(service).join(" ");
            format!("{} {consequences}", text::TOOL_STOPS_TEXT)
        }
    };
    let name = text::name(&workspace);
    let label = text::archive(&name);
    let press = {
        let key = key.clone();
        Callback::new(move |()| start_archive(app, &key, &name))
    };
    let gate = availability(app, Action::Archive, key, workspace);
    let reason = Memo::new(move |_| match gate.get() {
        Availability::Disabled(reason) | Availability::Pending(reason) => Some(reason),
        Availability::Enabled | Availability::Busy => None,
    });
    view! {
        <section class="zone" aria-labelledby="zone-heading">
            // One level below the page's heading on a small screen, beside the pane's on a wide one.
            <h3 role="heading" {..custom_attribute("aria-level", "2")} id="zone-heading">
                {text::ARCHIVE_HEADING}
            </h3>
            {(!consequences.is_empty()).then(|| view! { <p>{consequences}</p> })}
            <GatedButton
                class="btn"
                id="zone-archive"
                label=label.clone()
                availability=gate
                on_press=press
            >
                <Icon icon=Icon::Box/>
                <span class="cut" translate="no">
                    {label}
                </span>
            </GatedButton>
            {move || reason.get().map(|reason| view! { <Why reason=reason/> })}
        </section>
    }
}
