//! The archive dialog: what stands in the way, what it means, which workspace exactly, the typed name,
//! one request. A refusal stays in the dialog with the service's own words.

mod after;
mod blocker;
mod checks;
mod keys;
mod panel;
mod stored;
mod warnings;

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::confusables::{Confusable, has, turns};
use steward_domain::failure::FailureKind;
use steward_domain::fold::Likeness;
use steward_domain::id::WorkspaceKey;
use steward_domain::provider::Description;
use steward_domain::workspace::Workspace;
use wasm_bindgen::JsValue;
use web_sys::{Event, Node, VisibilityState};

use self::checks::{Because, Checks, Comes};
use super::archive_id;
use crate::browser::events::on_window;
use crate::browser::letters;
use crate::pages::display_name::display_name;
use crate::pages::failure_notice::{Again, failure_notice};
use crate::pages::gate::pending;
use crate::state::archiving::{Phase, Target};
use crate::state::navigation::Navigation;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::copy::copy_button;
use crate::ui::dialog::dialog;
use crate::ui::el::{El, el, field_text, fragment, group};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::button;
use leptos::task::spawn_local;

/// The dialog, once for the whole app.
#[must_use]
pub fn archive_dialog() -> Node {
    let app = app_state();
    let archiving = app.archiving;
    after::follow_success(app, Navigation::get());
    let open = RwSignal::new(None::<Checks>);
    follow_return(open);
    dialog(
        Signal::derive(move || archiving.target().is_some()),
        Signal::derive(move || {
            archiving
                .target()
                .map(|target| text::archive(&target.name))
                .unwrap_or_default()
        }),
        Signal::derive(move || archiving.is_busy()),
        Signal::derive(move || archiving.target().map(|target| archive_id(&target.key))),
        Callback::new(move |()| archiving.close()),
        Box::new(move || match archiving.target() {
            Some(target) => untrack(|| body(app, target, open)),
            None => group(&[]),
        }),
    )
}

/// Whoever comes back to the tab may have cleared something up elsewhere.
fn follow_return(open: RwSignal<Option<Checks>>) {
    let returned = move |_| {
        let is_back = document().visibility_state() == VisibilityState::Visible;
        if let (true, Some(Some(checks))) = (is_back, open.try_get_untracked()) {
            checks.run(Because::Returned);
        }
    };
    on_window("visibilitychange", returned);
}

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Asked {
    app: AppState,
    /// What the service offers.
    service: Option<&'static Description>,
    target: StoredValue<Target>,
    opened_with: StoredValue<Option<Arc<Workspace>>>,
    typed: RwSignal<String>,
    /// How what was typed stands to the name.
    likeness: Memo<Likeness>,
    checks: Option<Checks>,
    /// A press that waits for the checks.
    held: RwSignal<bool>,
}

impl Asked {
    /// Why this workspace cannot be archived, whatever is typed.
    fn denied(self) -> Option<String> {
        let key = self.target.with_value(|target| target.key.clone());
        let workspaces = self.app.workspaces;
        let workspace = workspaces
            .get(&key)
            .or_else(|| self.opened_with.get_value());
        let verdict = workspace.map_or(Verdict::Pending, |workspace| {
            self.app.verdict(Action::Archive, &key, &workspace)
        });
        match verdict {
            Verdict::Allowed => None,
            Verdict::Pending => Some(pending(self.app, Action::Archive, &key).to_owned()),
            Verdict::Denied(denial) => Some(text::denial(Action::Archive, &denial)),
        }
    }

    /// Why the request cannot be sent now. The button says it, and sending asks it again.
    fn refusal(self) -> Option<String> {
        let exact = self.likeness.get() == Likeness::Same;
        let obstacle = self.checks.and_then(Checks::obstacle);
        self.denied()
            .or_else(|| obstacle.map(str::to_owned))
            .or_else(|| (!exact).then(|| text::EXACT_NAME.to_owned()))
    }

    fn is_sending(self) -> bool {
        self.app.archiving.phase() == Phase::Sending
    }

    fn is_ready(self) -> bool {
        !self.is_sending() && self.refusal().is_none()
    }

    /// The one way to the request. A press before the checks are done waits for them.
    fn send(self) {
        if untrack(|| self.is_ready()) {
            match untrack(|| self.checks.is_some_and(Checks::holds)) {
                true => self.held.set(true),
                false => self.app.archiving.send(self.app, text::archived),
            }
        }
    }

    /// Sends what was pressed before the checks were done, if they leave the way free.
    fn follow_checks(self) {
        Effect::new(move |_| {
            let waits = self.checks.is_some_and(Checks::holds);
            if self.held.get() && !waits {
                untrack(|| {
                    self.held.set(false);
                    let free = self
                        .checks
                        .is_some_and(|checks| checks.comes() == Comes::Free);
                    if free {
                        self.send();
                    }
                });
            }
        });
    }

    fn look(self) {
        let key = self.target.with_value(|target| target.key.clone());
        spawn_local(async move {
            let _ = self.app.workspaces.refresh(&key).await;
        });
    }

    /// What came of the request.
    fn outcome(self) -> Option<Node> {
        let Phase::Failed(failure) = self.app.archiving.phase() else {
            return None;
        };
        if failure.kind == FailureKind::InUse {
            // The checks tell it, with what stands in the way.
            return None;
        }
        let look = failure
            .asks_for_a_look()
            .then(|| Callback::new(move |()| self.look()));
        let whose = self.target.with_value(|target| target.key.account.clone());
        Some(failure_notice(&whose, &failure, look.map(Again::by_hand)))
    }
}

fn body(app: AppState, target: Target, open: RwSignal<Option<Checks>>) -> Node {
    let account = app.accounts.of(&target.key);
    let service = account.as_ref().map(|account| account.description());
    let typed = RwSignal::new(String::new());
    let name = target.name.clone();
    let likeness = Memo::new(move |_| typed.with(|typed| letters::likeness(typed, &name)));
    let checks = service.map(|service| Checks::begin(app, service, &target));
    open.set(checks);
    let asked = Asked {
        app,
        service,
        opened_with: StoredValue::new(app.workspaces.get(&target.key)),
        target: StoredValue::new(target.clone()),
        typed,
        likeness,
        checks,
        held: RwSignal::new(false),
    };
    asked.follow_checks();
    let which = app.place_of(&target.key);
    let mut consequences = el("ul").class("effects");
    for sentence in service.map(text::archive_consequences).unwrap_or_default() {
        consequences = consequences.add(el("li").text(&sentence));
    }
    let content = el("div")
        .class("body")
        .add(el("p").class("which").add(which))
        .part(move || asked.outcome())
        .add_some(checks.map(panel::panel))
        .add(warnings::warnings(asked))
        .add(consequences)
        .add_some(keys::keys(asked))
        .add(field(asked, &target.name));
    let submit = move |event: Event| {
        event.prevent_default();
        asked.send();
    };
    el("form")
        .class("form")
        .on("submit", submit)
        .add(content)
        .add(foot(asked, &text::archive(&target.name)))
        .node()
}

/// Whether a name can be typed as it is read.
fn is_typed(name: &str) -> bool {
    let turned = name.chars().any(turns);
    !turned && !has(name, |odd| odd == Confusable::LookAlike) && !letters::seen(name).is_empty()
}

impl AppState {
    /// Where a workspace is: account, service and id.
    fn place_of(self, key: &WorkspaceKey) -> Node {
        let account = self.accounts.get_untracked(&key.account);
        let navigation = account.map(|account| {
            let of = text::account_of(&account.label, account.description().name);
            [&of, " · "].concat()
        });
        let id = el("span")
            .class("id")
            .attr("translate", "no")
            .add(display_name(key.id.as_str()))
            .node();
        fragment([crate::ui::el::text(&navigation.unwrap_or_default()), id])
    }
}

fn field(asked: Asked, name: &str) -> El {
    let input = el("input")
        .attr("id", "confirm-name")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("data-autofocus", "")
        .attr("aria-describedby", "confirm-warnings confirm-help")
        .when("readonly", move || asked.is_sending())
        .property("value", move || JsValue::from_str(&asked.typed.get()))
        .on("input", move |event| {
            asked.held.set(false);
            asked.typed.set(field_text(&event));
        });
    let copy = copy_button(text::COPY_NAME.to_owned(), name.to_owned());
    let help = match (is_typed(name), has(name, |_| true)) {
        (false, _) => text::PASTE_NAME_HELP,
        (true, true) => text::HIDDEN_NAME_HELP,
        (true, false) => text::TYPE_NAME_HELP,
    };
    let differs = move || {
        let words = match asked.likeness.get() {
            Likeness::Form => text::NAME_OF_ANOTHER_FORM,
            Likeness::Alike => text::NAME_THAT_LOOKS_ALIKE,
            Likeness::Same | Likeness::Other => "",
        };
        words.to_owned()
    };
    el("div")
        .class("field")
        .add(
            el("label")
                .attr("for", "confirm-name")
                .text(text::TYPE_NAME),
        )
        .add(
            el("p")
                .class("which-name")
                .add(display_name(name))
                .add(copy),
        )
        .add(input)
        .add(el("p").class("help").attr("id", "confirm-help").text(help))
        .add(
            el("p")
                .class("help")
                .attr("role", "status")
                .live_text(differs),
        )
        .part(move || {
            let obstacle = asked.checks.and_then(Checks::obstacle)?;
            Some(el("p").class("help").text(obstacle).node())
        })
}

fn foot(asked: Asked, verb: &str) -> El {
    let archiving = asked.app.archiving;
    let keep = Callback::new(move |()| archiving.close());
    let send = el("button")
        .attr("type", "submit")
        .class("btn danger")
        .when("aria-disabled", move || !asked.is_ready())
        .when("aria-busy", move || asked.is_sending() || asked.held.get())
        .live("aria-description", move || asked.refusal())
        .add(icon(Icon::Box))
        .add(el("span").class("cut").attr("translate", "no").text(verb));
    let said = move || match asked.is_sending() {
        true => text::ARCHIVING.to_owned(),
        false => String::new(),
    };
    el("footer")
        .add(button("btn", text::KEEP_WORKSPACE, keep))
        .add(send)
        .add(
            el("span")
                .class("sr")
                .attr("role", "status")
                .live_text(said),
        )
}
