//! Archiving many: which can be archived and which not, and why, by account and role; the number to be
//! typed; then the report. Where none can be archived nothing is asked.

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::id::WorkspaceKey;
use steward_domain::role::Owners;
use wasm_bindgen::JsValue;
use web_sys::{Event, Node};

use super::report::{foot as report_foot, report};
use crate::browser::letters::fold;
use crate::browser::{clock, focus};
use crate::state::bulk::{Bulk, Entry, Phase, Standing};
use crate::state::selection::Task;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::dialog::dialog;
use crate::ui::el::{El, el, field_text, fragment, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, press};
use leptos::task::spawn_local;

/// The id of the report's heading line, to which focus goes when the typed step gives way to it.
pub(super) const REPORT_ID: &str = "ledger";

/// The id of the only button where none can be archived.
const CLOSE_ID: &str = "close-many";

/// The dialog, once for the whole app.
pub fn archive_dialog() -> Node {
    let app = app_state();
    let bulk = Bulk::new(app);
    let asked = move || match app.selection.task() {
        Some(Task::Archive(keys)) => Some(keys),
        _ => None,
    };
    dialog(
        Signal::derive(move || asked().is_some()),
        Signal::derive(move || text::archive_many(asked().map_or(0, |keys| keys.len()))),
        Signal::derive(move || bulk.is_under_way()),
        Signal::derive(|| Some(String::from("archive-selected"))),
        Callback::new(move |()| app.selection.end()),
        Box::new(move || {
            let keys = asked().unwrap_or_default();
            bulk.begin(keys.iter().map(|key| entry(app, key)).collect());
            ask_for_roles(app, &keys);
            body(app, bulk)
        }),
    )
}

fn entry(app: AppState, key: &WorkspaceKey) -> Entry {
    let found = app.workspaces.get_untracked(key);
    Entry {
        key: key.clone(),
        name: found.map_or_else(
            || key.id.as_str().to_owned(),
            |workspace| text::name(&workspace),
        ),
        standing: Standing::NotTried,
    }
}

/// Nobody can be told what may be archived before their role is known.
fn ask_for_roles(app: AppState, keys: &[WorkspaceKey]) {
    let pending = |key: &&WorkspaceKey| app.verdict_of(Action::Archive, key) == Verdict::Pending;
    let keys = keys.iter().filter(pending).cloned();
    app.roles.want_all(keys.collect());
}

/// Workspaces of one account, of which the same is to be said.
#[derive(Clone, PartialEq)]
struct Part {
    account: String,
    role: String,
    verdict: Verdict,
    count: usize,
}

fn parts(app: AppState, bulk: Bulk) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for entry in bulk.entries() {
        let account = app.accounts.get(&entry.key.account);
        let account = account.map_or_else(String::new, |account| account.label.clone());
        let mut verdict = app.verdict_of(Action::Archive, &entry.key);
        if let Verdict::Denied(denial) = &mut verdict {
            // Whom to ask differs from one to the next; the reason is the group's.
            denial.owners = Owners::new();
        }
        let role = text::role_or_state(&app.roles.access(&entry.key));
        let same = parts
            .iter_mut()
            .find(|part| part.account == account && part.role == role && part.verdict == verdict);
        match same {
            Some(part) => part.count += 1,
            None => parts.push(Part {
                account,
                role,
                verdict,
                count: 1,
            }),
        }
    }
    parts
}

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Asked {
    app: AppState,
    bulk: Bulk,
    parts: Memo<Vec<Part>>,
    /// Whether it is known of all that they cannot be archived.
    none: Memo<bool>,
    typed: RwSignal<String>,
}

impl Asked {
    fn count(self, which: fn(&Verdict) -> bool) -> usize {
        self.parts.with(|parts| {
            let fit = parts.iter().filter(|part| which(&part.verdict));
            fit.map(|part| part.count).sum()
        })
    }

    fn allowed(self) -> usize {
        self.count(|verdict| *verdict == Verdict::Allowed)
    }

    /// Why nothing can be sent now.
    fn refusal(self) -> Option<String> {
        if self.count(|verdict| *verdict == Verdict::Pending) > 0 {
            return Some(text::ONE_MOMENT.to_owned());
        }
        let allowed = self.allowed();
        if allowed == 0 {
            return Some(text::NONE_CAN_BE_ARCHIVED.to_owned());
        }
        let exact = self.typed.with(|typed| {
            let typed = fold(typed);
            // As it is shown, too: with other digits, or with signs between them.
            typed == allowed.to_string() || typed == fold(&text::plain_number(allowed))
        });
        (!exact).then(|| text::EXACT_NUMBER.to_owned())
    }

    /// The one way to the requests.
    fn send(self) {
        let ready = untrack(|| self.bulk.phase() == Phase::Confirming && self.refusal().is_none());
        if ready {
            self.bulk.run();
            spawn_local(async {
                clock::sleep(0).await;
                focus::focus_id(REPORT_ID);
            });
        }
    }
}

fn body(app: AppState, bulk: Bulk) -> Node {
    let parts = Memo::new(move |_| parts(app, bulk));
    let denied = |part: &Part| matches!(part.verdict, Verdict::Denied(_));
    let asked = Asked {
        app,
        bulk,
        parts,
        none: Memo::new(move |_| parts.with(|parts| parts.iter().all(denied))),
        typed: RwSignal::new(String::new()),
    };
    let confirming = Memo::new(move |_| bulk.phase() == Phase::Confirming);
    Effect::new(move |_| {
        if confirming.get() && asked.none.get() {
            spawn_local(async {
                clock::sleep(0).await;
                // The field goes with what it asked.
                if focus::is_lost() {
                    focus::focus_id(CLOSE_ID);
                }
            });
        }
    });
    let content = move || {
        let confirming = confirming.get();
        Some(untrack(|| match confirming {
            true => confirm(asked),
            false => report(app, bulk),
        }))
    };
    let foot = move || {
        let confirming = confirming.get();
        Some(untrack(|| match confirming {
            true => foot(asked).node(),
            false => report_foot(app, bulk),
        }))
    };
    let submit = move |event: Event| {
        event.prevent_default();
        asked.send();
    };
    el("form")
        .class("form")
        .on("submit", submit)
        .add(el("div").class("body").part(content))
        .part(foot)
        .node()
}

fn confirm(asked: Asked) -> Node {
    let mut heads = el("tr");
    for head in [
        text::ACCOUNT,
        text::YOUR_ROLE,
        text::WORKSPACES,
        text::RESULT,
    ] {
        heads = heads.add(el("th").attr("scope", "col").text(head));
    }
    let head = el("thead").add(heads).node();
    let rows = part(move || {
        let mut rows = el("tbody");
        for part in asked.parts.get() {
            let words = match &part.verdict {
                Verdict::Allowed => text::WILL_BE_ARCHIVED.to_owned(),
                Verdict::Pending => text::ONE_MOMENT.to_owned(),
                Verdict::Denied(denial) => text::will_not(&text::denial(Action::Archive, denial)),
            };
            rows = rows.add(
                el("tr")
                    .add(el("td").add(el("bdi").text(&part.account)))
                    .add(el("td").text(&part.role))
                    .add(el("td").class("num").text(&text::plain_number(part.count)))
                    .add(el("td").text(&words)),
            );
        }
        Some(rows.node())
    });
    let table = el("table")
        .class("members")
        .attr("aria-label", text::WHAT_WILL_HAPPEN)
        .add(fragment([head, rows]));
    let summary = move || match asked.none.get() {
        true => text::NONE_CAN_BE_ARCHIVED.to_owned(),
        false => text::can_be_archived(
            asked.allowed(),
            asked.count(|verdict| matches!(verdict, Verdict::Denied(_))),
            asked.count(|verdict| *verdict == Verdict::Pending),
        ),
    };
    let question = move || {
        let none = asked.none.get();
        let question = || fragment([consequences(asked).node(), number(asked).node()]);
        (!none).then(|| untrack(question))
    };
    fragment([
        el("p").attr("role", "status").live_text(summary).node(),
        el("div")
            .class("wide")
            .attr("tabindex", "0")
            .attr("role", "group")
            .attr("aria-label", text::WHAT_WILL_HAPPEN)
            .add(table)
            .node(),
        part(question),
    ])
}

/// What archiving means, service by service.
fn consequences(asked: Asked) -> El {
    let mut services = Vec::new();
    for entry in untrack(|| asked.bulk.entries()) {
        let account = asked.app.accounts.of(&entry.key);
        if let Some(service) = account.map(|account| account.description())
            && !services.contains(&service)
        {
            services.push(service);
        }
    }
    let mut list = el("ul").class("effects");
    for service in services {
        let words = text::archive_consequences(service).join(" ");
        list = list.add(el("li").text(&text::of_account(service.name, &words)));
    }
    list
}

fn number(asked: Asked) -> El {
    let input = el("input")
        .attr("id", "confirm-number")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("data-autofocus", "")
        .attr("aria-describedby", "confirm-number-help")
        .property("value", move || JsValue::from_str(&asked.typed.get()))
        .on("input", move |event| asked.typed.set(field_text(&event)));
    el("div")
        .class("field")
        .add(
            el("label")
                .attr("for", "confirm-number")
                .text(text::TYPE_NUMBER),
        )
        .add(input)
        .add(
            el("p")
                .class("help")
                .attr("id", "confirm-number-help")
                .live_text(move || match asked.allowed() {
                    // Some are still being looked at.
                    0 => text::ONE_MOMENT.to_owned(),
                    allowed => text::type_number(allowed),
                }),
        )
}

fn foot(asked: Asked) -> El {
    let selection = asked.app.selection;
    let end = Callback::new(move |()| selection.end());
    el("footer").part(move || {
        let none = asked.none.get();
        Some(untrack(|| match none {
            true => press("btn primary", end)
                .attr("id", CLOSE_ID)
                .attr("data-autofocus", "")
                .text(text::CLOSE)
                .node(),
            false => fragment([
                button("btn", text::KEEP_WORKSPACES, end),
                send(asked).node(),
            ]),
        }))
    })
}

fn send(asked: Asked) -> El {
    el("button")
        .attr("type", "submit")
        .class("btn danger")
        .when("aria-disabled", move || asked.refusal().is_some())
        .live("aria-description", move || asked.refusal())
        .add(icon(Icon::Box))
        .add(el("span").live_text(move || text::archive_many(asked.allowed())))
}
