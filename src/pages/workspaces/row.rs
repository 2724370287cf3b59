//! One row, as a slot that is written over for one workspace after another: a keystroke changes
//! texts and attributes and makes nothing anew. As few nodes as it can be told with: 10,000 rows must
//! leave the page under 700.
//!
//! Guarantees: all that a row says is a line of [`Slot::write`], so that nothing of the workspace before
//! stays when it is written over, whatever a translator or an extension has put in the place of its texts;
//! what did not change is not touched.

use std::rc::Rc;
use std::sync::Arc;

use steward_domain::capability::Action;
use steward_domain::field::Field;
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::{Column, Query, Row};
use steward_domain::odd::Part;
use steward_domain::provider::Description;
use steward_domain::workspace::{BillingMode, State, Workspace};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};

use crate::browser::{clock, intl};
use crate::pages::gate::availability_now;
use crate::pages::workspace::{archive_id, edit_id, open_id};
use crate::route::{Route, Tab};
use crate::state::AppState;
use crate::state::accounts::Account;
use crate::text;
use crate::ui::el::{El, el, put};

/// The elements of a row that say something of its workspace.
#[derive(Clone, Copy)]
enum At {
    Row,
    Pick,
    Link,
    Id,
    Account,
    Role,
    Billing,
    Badge,
    Updated,
    Time,
    Edit,
    Archive,
}

/// The way to each from the row, by the numbers of children; in the order of [`At`]. It is gone once, in a new copy that
/// has not been in the page.
const WAYS: [&[u32]; 12] = [
    &[],
    &[0, 0],
    &[0, 1],
    &[0, 2],
    &[1],
    &[2],
    &[3],
    &[4, 0],
    &[5],
    &[5, 0],
    &[6, 0],
    &[6, 1],
];

/// In place of an attribute's name: the text. It is written in its element and never in a text of before: other
/// software may have put something else in that one's place.
const TEXT: &str = "";

/// How many things a row says, with four of each button's standing.
const SAID: usize = 32;

/// A row without a workspace, from which slots are copied.
#[must_use]
pub fn blank() -> Node {
    let data = |element: El| element.attr("translate", "no");
    let button = |class| el("button").attr("type", "button").class(class);
    let pick = el("input").attr("type", "checkbox").attr("class", "pick");
    el("tr")
        .attr("role", "row")
        .add(
            data(cell("c-name name"))
                .add(pick)
                .add(el("a"))
                .add(el("span").class("id")),
        )
        .add(data(cell("c-acct acct")))
        .add(cell("c-role"))
        .add(cell("c-bill"))
        .add(cell("c-state").add(el("span")))
        .add(cell("c-upd num").add(el("time")))
        .add(
            // Their words name the workspace.
            data(cell("acts"))
                .add(button("icon i-pen"))
                .add(button("icon i-box")),
        )
        .node()
}

/// What all rows have in common at one moment.
pub struct Sight {
    /// Everything the console knows.
    pub app: AppState,
    /// Who is signed in.
    pub accounts: Vec<Rc<Account>>,
    /// The view that links carry along.
    pub query: Query,
    /// The open workspace.
    pub open: Option<WorkspaceKey>,
    /// The minute that spans of time end with.
    pub minute: f64,
}

/// What is worked out once for a workspace.
struct Fixed {
    workspace: Arc<Workspace>,
    visible: String,
    /// What is to be known about the name, the state, the billing mode and the last change. A cell may be too narrow
    /// for a service's own words, so that they stand here as well.
    notes: [Option<String>; 4],
    state: String,
    /// The service's words in place of the moment.
    words: Option<String>,
    ids: [String; 3],
    labels: [String; 3],
    moment: Option<Moment>,
}

struct Moment {
    at: f64,
    iso: String,
    exact: String,
    minute: f64,
    ago: String,
}

impl Fixed {
    fn new(key: &WorkspaceKey, workspace: &Arc<Workspace>) -> Self {
        let name = text::name(workspace);
        let words = workspace.odd.words(Part::Updated).map(text::quoted);
        let written = |is: bool, words: &str| is.then(|| text::as_written(words));
        let other = |mode: &&BillingMode| matches!(mode, BillingMode::Other(_));
        let billing = workspace.billing.as_ref().filter(other);
        let billing = billing.map(|mode| text::as_written(&text::billing(mode)));
        let state = text::state(&workspace.state);
        let is_odd = workspace.is_odd(Field::Name);
        let visible = match is_odd {
            true => text::quoted(&name),
            false => text::visible(&name),
        };
        Self {
            notes: [
                match name.contains(char::REPLACEMENT_CHARACTER) {
                    true => Some(text::PART_UNREADABLE.to_owned()),
                    false => written(is_odd, &visible),
                },
                written(matches!(workspace.state, State::Unknown(_)), &state),
                billing,
                words.as_deref().map(text::as_written),
            ],
            visible,
            state,
            words,
            ids: [open_id(key), edit_id(key), archive_id(key)],
            labels: [text::select(&name), text::edit(&name), text::archive(&name)],
            moment: workspace.updated.map(|at| Moment {
                at: at.as_millis(),
                iso: intl::iso(at.as_millis()),
                exact: intl::date_time(at.as_millis()),
                minute: -1.0,
                ago: String::new(),
            }),
            workspace: Arc::clone(workspace),
        }
    }
}

/// The nodes of a row, and what they say by now.
pub struct Slot {
    /// The row's place among the matching ones, from 0.
    pub number: usize,
    /// The workspace that it shows.
    pub key: WorkspaceKey,
    fixed: Fixed,
    nodes: [Node; WAYS.len()],
    /// How many elements it has in all.
    parts: u32,
    said: [Option<String>; SAID],
    /// Whether the moment stands in its `time`, and not a word in its place; and how it reads.
    timed: bool,
    ago: Option<String>,
}

/// How many elements there are below one.
fn parts(element: &Node) -> u32 {
    let element: &Element = element.unchecked_ref();
    let all = element.query_selector_all("*");
    all.map_or(0, |all| all.length())
}

impl Slot {
    /// A copy of the blank row.
    #[must_use]
    pub fn new(blank: &Node, row: &Row) -> Self {
        let copy = blank.clone_node_with_deep(true);
        let copy = copy.unwrap_or_else(|_| blank.clone());
        Self {
            number: 0,
            key: row.key.clone(),
            fixed: Fixed::new(&row.key, &row.workspace),
            parts: parts(&copy),
            nodes: WAYS.map(|way| {
                let mut node = copy.clone();
                for child in way {
                    node = node.child_nodes().get(*child).unwrap_or(node);
                }
                node
            }),
            said: [const { None }; SAID],
            timed: true,
            ago: None,
        }
    }

    /// Whether nothing else has come into it. What others have put in says something of the workspace that it shows,
    /// and would stay beside the next one's.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        parts(self.row()) + u32::from(!self.timed) == self.parts
    }

    /// The row's element.
    #[must_use]
    pub fn row(&self) -> &Node {
        self.node(At::Row)
    }

    /// The workspace as it is shown.
    #[must_use]
    pub fn workspace(&self) -> &Arc<Workspace> {
        &self.fixed.workspace
    }

    /// What a button of the row does.
    #[must_use]
    pub fn action(&self, button: &Node) -> Option<Action> {
        let pairs = [(At::Edit, Action::Edit), (At::Archive, Action::Archive)];
        let mut own = pairs.into_iter();
        own.find_map(|(at, action)| (self.node(at) == button).then_some(action))
    }

    /// Whether this is the box that selects the row.
    #[must_use]
    pub fn picks(&self, control: &Node) -> bool {
        self.node(At::Pick) == control
    }

    fn node(&self, at: At) -> &Node {
        let [row, ..] = &self.nodes;
        self.nodes.get(at as usize).unwrap_or(row)
    }

    /// Shows a workspace. `number` is its place among the matching rows.
    pub fn write(&mut self, sight: &Sight, number: usize, row: &Row) {
        let Row { key, workspace, .. } = row;
        if self.key != *key {
            self.key = key.clone();
        }
        self.number = number;
        if !Arc::ptr_eq(&self.fixed.workspace, workspace) {
            self.fixed = Fixed::new(key, workspace);
        }
        if let Some(moment) = &mut self.fixed.moment
            && moment.minute != sight.minute
        {
            moment.ago = intl::relative(moment.at, clock::now());
            moment.minute = sight.minute;
        }
        let app = sight.app;
        let account = sight
            .accounts
            .iter()
            .find(|account| account.id == key.account);
        let service = account.map(|account| account.description());
        let index = (number + 2).to_string();
        let href = Route::Workspace {
            key: key.clone(),
            tab: Tab::Overview,
            query: sight.query.clone(),
        };
        let href = href.href();
        let current = (sight.open.as_ref() == Some(key)).then_some("true");
        let role = text::role_or_state(&app.roles.access(key));
        let billing = billing_text(workspace, service);
        let badge = state_class(workspace);
        let stands = |action| availability_now(app, action, key, workspace);
        let (edit, archive) = (stands(Action::Edit), stands(Action::Archive));
        let fixed = &self.fixed;
        let moment = fixed.moment.as_ref();
        let missing = missing(service, Column::Updated);
        let [name_note, state_note, billing_note, updated_note] =
            fixed.notes.each_ref().map(Option::as_deref);
        let [open_id, edit_id, archive_id] = &fixed.ids;
        let [select_label, edit_label, archive_label] = &fixed.labels;
        let said: [(At, &str, Option<&str>); SAID - 8] = [
            (At::Row, "aria-rowindex", Some(index.as_str())),
            (At::Row, "aria-current", current),
            (At::Pick, "aria-label", Some(select_label)),
            (At::Link, "id", Some(open_id)),
            (At::Link, "href", Some(&href)),
            (At::Link, "title", name_note),
            (At::Link, TEXT, Some(&fixed.visible)),
            (At::Id, TEXT, Some(key.id.as_str())),
            (
                At::Account,
                "data-mark",
                Some(service.map_or("", |service| service.mark)),
            ),
            (
                At::Account,
                TEXT,
                Some(account.map_or("", |account| &account.label)),
            ),
            (At::Role, TEXT, Some(&role)),
            (At::Billing, "title", billing_note),
            (At::Billing, TEXT, Some(&billing)),
            (At::Badge, "class", Some(badge)),
            (At::Badge, "title", state_note),
            (At::Badge, TEXT, Some(&fixed.state)),
            (At::Updated, "class", Some(updated_class(missing))),
            (At::Updated, "title", updated_note),
            (
                At::Time,
                "datetime",
                moment.map(|moment| moment.iso.as_str()),
            ),
            (
                At::Time,
                "title",
                moment.map(|moment| moment.exact.as_str()),
            ),
            (At::Edit, "id", Some(edit_id)),
            (At::Edit, "aria-label", Some(edit_label)),
            (At::Archive, "id", Some(archive_id)),
            (At::Archive, "aria-label", Some(archive_label)),
        ];
        let [row, ..] = &self.nodes;
        let node = |at: At| self.nodes.get(at as usize).unwrap_or(row);
        let mut before = self.said.iter_mut();
        for (at, name, now) in &said {
            say(node(*at), name, *now, before.next());
        }
        for (at, availability) in [(At::Edit, &edit), (At::Archive, &archive)] {
            for (name, now) in availability.attributes() {
                say(node(at), name, now, before.next());
            }
        }
        let (cell, time) = (node(At::Updated), node(At::Time));
        let timed = moment.is_some();
        if self.timed != timed {
            if timed {
                let cell: &Element = cell.unchecked_ref();
                cell.replace_children_with_node_1(time);
            }
            (self.timed, self.ago) = (timed, None);
        }
        let ago = match (moment, &fixed.words) {
            (Some(moment), _) => &moment.ago,
            (None, Some(words)) => words,
            (None, None) => missing,
        };
        let place = if timed { time } else { cell };
        say(place, TEXT, Some(ago), Some(&mut self.ago));
        // A box that is pressed changes by itself: what it holds is asked of it.
        let pick: &HtmlInputElement = node(At::Pick).unchecked_ref();
        let picked = app.selection.has(key);
        if pick.checked() != picked {
            pick.set_checked(picked);
        }
    }
}

/// Has a node say something, unless it says so already.
#[inline(never)]
fn say(node: &Node, name: &str, now: Option<&str>, before: Option<&mut Option<String>>) {
    let Some(before) = before.filter(|before| before.as_deref() != now) else {
        return;
    };
    match name {
        TEXT => node.set_text_content(now),
        _ => put(node.unchecked_ref(), name, now),
    }
    *before = now.map(str::to_owned);
}

/// The last change is left out of a phone's rows where the service does not tell it.
fn updated_class(missing: &str) -> &'static str {
    match missing {
        text::NOT_OFFERED => "c-upd num off",
        _ => "c-upd num",
    }
}
/// What stands where there is nothing: that the service has no such thing, or did not give it.
fn missing(service: Option<&Description>, column: Column) -> &'static str {
    match service {
        Some(service) if !service.has_column(column) => text::NOT_OFFERED,
        _ => text::NOT_GIVEN,
    }
}

fn cell(class: &str) -> El {
    el("td").attr("role", "cell").class(class)
}

/// How a workspace is paid for, in words.
#[must_use]
pub fn billing_text(workspace: &Workspace, service: Option<&Description>) -> String {
    workspace.billing.as_ref().map_or_else(
        || missing(service, Column::Billing).to_owned(),
        text::billing,
    )
}

/// The class of the badge with a workspace's state, which [`text::state`] puts into words.
#[must_use]
pub fn state_class(workspace: &Workspace) -> &'static str {
    match workspace.state {
        State::Active => "badge ok",
        State::Archived(_) => "badge",
        State::Unknown(_) => "badge warn",
    }
}
