//! Every field of a workspace, and the danger zone.

use std::sync::Arc;

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
use web_sys::Node;

use super::{Shown, start_archive, why};
use crate::pages::gate::availability;
use crate::pages::workspaces::row::{billing_text, state_class};
use crate::state::AppState;
use crate::text;
use crate::ui::action::{Availability, action_button};
use crate::ui::copy::copy_button;
use crate::ui::el::{self, el, fragment, group, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{badge, button, fact};
use crate::ui::time::{exact, moment};

/// The overview: drawn again when the workspace is another, and for nothing else.
pub fn overview(app: AppState, key: WorkspaceKey, shown: Shown) -> Node {
    part(move || {
        let workspace = shown.get()?;
        Some(untrack(|| drawn(app, key.clone(), workspace)))
    })
}

fn drawn(app: AppState, key: WorkspaceKey, workspace: Arc<Workspace>) -> Node {
    let Some(account) = app.accounts.of(&key) else {
        return group(&[]);
    };
    let service = account.description();
    let label = text::account_of(&account.label, service.name);
    let offered = |is: bool, value: Node| match is {
        true => value,
        false => muted(&text::not_offered_by(service.name)),
    };
    let odd = |part| workspace.odd.words(part);
    let state = badge(state_class(&workspace), &text::state(&workspace.state));
    let state = marked(state, matches!(workspace.state, State::Unknown(_)));
    let description = marked(
        text_of(workspace.text(Field::Description)),
        workspace.is_odd(Field::Description),
    );
    let has_description = service.field(Field::Description).is_some();
    let account = el("span")
        .class("acct")
        .attr("data-mark", service.mark)
        .attr("translate", "no")
        .text(&label);
    let billing = el::text(&billing_text(&workspace, Some(service)));
    let billing = marked(
        billing,
        matches!(workspace.billing, Some(BillingMode::Other(_))),
    );
    let updated = match (workspace.updated, odd(Part::Updated)) {
        (None, Some(words)) => written(words),
        (at, _) => moment(at.map(Timestamp::as_millis), text::NOT_GIVEN),
    };
    let has_billing = service.has_column(Column::Billing);
    let mut facts = el("dl").class("facts");
    if workspace.is_odd(Field::Name) {
        facts = facts.add(fact(text::NAME, written(&workspace.name)));
    } else if workspace.name.contains(char::REPLACEMENT_CHARACTER) {
        facts = facts.add(fact(text::NAME, muted(text::PART_UNREADABLE)));
    }
    facts = facts
        .add(fact(text::STATE, fragment([state, kind(workspace.kind)])))
        .add(fact(
            text::DESCRIPTION,
            offered(
                has_description || workspace.description.is_some(),
                description,
            ),
        ))
        .add(fact(text::ACCOUNT, account.node()))
        .add(fact(text::YOUR_ROLE, role(app, key.clone(), service)))
        .add(fact(text::BILLING_MODE, offered(has_billing, billing)));
    if has_billing {
        let seats = match (workspace.seat_limit, odd(Part::Seats)) {
            (Some(count), _) => el::text(&text::seats(count)),
            (None, Some(words)) => written(words),
            (None, None) => el::text(text::NOT_GIVEN),
        };
        facts = facts.add(fact(text::SEATS, seats));
    }
    for (field, value) in &workspace.more {
        let value = marked(more(*field, value), workspace.is_odd(*field));
        facts = facts.add(fact(text::field(*field), value));
    }
    facts = facts
        .add(fact(
            text::CREATED,
            date(workspace.created, odd(Part::Created)),
        ))
        .add(fact(
            text::UPDATED,
            offered(
                service.has_column(Column::Updated) || odd(Part::Updated).is_some(),
                updated,
            ),
        ));
    if let State::Archived(at) = workspace.state {
        facts = facts.add(fact(text::ARCHIVED_AT, date(at, odd(Part::ArchivedAt))));
    }
    fragment([facts.node(), zone(app, key, workspace, service)])
}

fn muted(words: &str) -> Node {
    el("span").class("m").text(words).node()
}

/// What kind of workspace it is, where that is anything special.
fn kind(kind: Kind) -> Node {
    let (word, meaning) = match kind {
        Kind::Ordinary => return group(&[]),
        Kind::Default => (text::KIND_DEFAULT, text::KIND_DEFAULT_TEXT),
        Kind::ForTool => (text::KIND_TOOL, text::KIND_TOOL_TEXT),
    };
    fragment([el::text(" "), badge("badge", word), muted(meaning)])
}

fn text_of(words: &str) -> Node {
    match words {
        "" => muted(text::NONE),
        words => el("bdi").class("long").text(words).node(),
    }
}

/// The value of a field that only some services have.
fn more(field: Field, value: &str) -> Node {
    match field {
        _ if value.is_empty() => muted(text::NONE),
        Field::Color => {
            let color = value.to_owned();
            let patch = el("i")
                .class("swatch")
                .attr("aria-hidden", "true")
                .style("background-color", move || color.clone());
            fragment([
                patch.node(),
                el("span")
                    .class("id")
                    .attr("translate", "no")
                    .text(value)
                    .node(),
            ])
        }
        Field::Tags => match parse_tags(value) {
            Ok(tags) => {
                let mut list = el("ul").class("tags");
                for (key, value) in tags {
                    let value = el("bdi").text(&value);
                    list = list.add(el("li").add(el("bdi").text(&key)).text(": ").add(value));
                }
                list.node()
            }
            Err(_) => text_of(value),
        },
        Field::InferenceGeo | Field::AllowedGeos | Field::WorkspaceGeo | Field::Residency => {
            el::text(&text::choice(field, value))
        }
        _ => el("span")
            .class("id")
            .attr("translate", "no")
            .add(el("bdi").text(value))
            .add(copy_button(text::copy_field(field), value.to_owned()))
            .node(),
    }
}

fn date(at: Option<Timestamp>, words: Option<&str>) -> Node {
    match (at, words) {
        (Some(at), _) => exact(at.as_millis()),
        (None, Some(words)) => written(words),
        (None, None) => el::text(text::NOT_GIVEN),
    }
}

/// The service's words, where they could not be read as what they should be.
fn written(words: &str) -> Node {
    marked(el("bdi").text(&text::quoted(words)).node(), true)
}

/// A value, with the mark that it is the service's own words.
fn marked(value: Node, is_odd: bool) -> Node {
    match is_odd {
        true => fragment([value, el::text(" "), muted(text::AS_WRITTEN)]),
        false => value,
    }
}

fn role(app: AppState, key: WorkspaceKey, service: &'static Description) -> Node {
    let again = {
        let key = key.clone();
        Callback::new(move |()| app.roles.recheck(&key))
    };
    // Compared as it reads: other workspaces' answers must not draw this one again.
    let word = {
        let key = key.clone();
        Memo::new(move |_| text::role_or_state(&app.roles.access(&key)))
    };
    part(move || {
        let word = el::text(&word.get());
        let meaning = el("span").class("m");
        Some(match untrack(|| app.roles.access(&key)) {
            Access::Unknown => meaning
                .attr("role", "status")
                .text(text::ROLE_PENDING)
                .node(),
            Access::Known(role, _) => {
                let means = text::role_meaning(service, &role);
                fragment([word, meaning.text(&means).node()])
            }
            Access::Organization => fragment([
                el::text(text::ORGANIZATION_ADMIN),
                meaning.text(text::ORGANIZATION_MEANING).node(),
            ]),
            Access::NotAMember(_) | Access::Unreadable => {
                fragment([word, button("btn quiet", text::CHECK_ROLE, again)])
            }
        })
    })
}

fn zone(
    app: AppState,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
    service: &'static Description,
) -> Node {
    // What archiving would do is of no interest where it cannot be done.
    let consequences = match workspace.kind {
        Kind::Default => String::new(),
        Kind::Ordinary => text::archive_consequences(service).join(" "),
        Kind::ForTool => {
            let consequences = text::archive_consequences(service).join(" ");
            [text::TOOL_STOPS_TEXT, " ", &consequences].concat()
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
    let inner = fragment([
        icon(Icon::Box),
        el("span")
            .class("cut")
            .attr("translate", "no")
            .text(&label)
            .node(),
    ]);
    let id = String::from("zone-archive");
    el("section")
        .class("zone")
        .attr("aria-labelledby", "zone-heading")
        .add(
            // One level below the page's heading on a small screen, beside the pane's on a wide one.
            el("h3")
                .attr("role", "heading")
                .attr("aria-level", "2")
                .attr("id", "zone-heading")
                .text(text::ARCHIVE_HEADING),
        )
        .add_some((!consequences.is_empty()).then(|| el("p").text(&consequences).node()))
        .add(action_button("btn", id, label, Some(inner), gate, press))
        .part(move || reason.get().map(|reason| why(&reason)))
        .node()
}
