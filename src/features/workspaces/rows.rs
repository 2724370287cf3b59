//! The rows of the table as its frame and its slots see them: what is drawn, and what is pressed in it.
//!
//! Guarantees: a press is of the workspace whose row was pressed (`layout` says why); there is one set of listeners for
//! all rows; the roles of what is in view are asked for, each once.

use std::ops::RangeInclusive;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::capability::Action;
use steward_domain::id::WorkspaceKey;
use steward_domain::slots::SlotId;
use steward_domain::workspace::Workspace;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement, HtmlInputElement, Node};

use super::layout::{Drawn, EDGE, Holds, Layout, Measure, Shown, laid_out, parts};
use super::view::View;
use crate::browser::clock::{self, Timer};
use crate::browser::events::on_window;
use crate::components::availability::availability_now;
use crate::features::workspace::start_archive;
use crate::routes::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::action::Availability;
use crate::ui::tooltip::Tooltip;

/// How long rows have to rest on the screen until their roles are asked for while one types, in
/// milliseconds: a key is drawn first, and what is typed past asks nothing.
const REST_MS: u32 = 40;

/// A row that shows a workspace.
const ROW: &str = "tbody tr[aria-rowindex]";

/// The rows. Copies are handles to the same ones.
#[derive(Clone, Copy)]
pub struct Rows {
    /// Everything the console knows.
    pub app: AppState,
    /// Where it stands.
    pub navigation: Navigation,
    view: View,
    measure: Measure,
    tooltip: Tooltip,
    layout: Memo<Layout>,
    holds: Holds,
    drawn: StoredValue<Vec<Drawn>>,
    /// The row beside which the tooltip stands.
    explained: StoredValue<Option<(usize, WorkspaceKey)>>,
    /// The rows in view, and when their roles will be asked for.
    seen: StoredValue<(Vec<WorkspaceKey>, Option<Timer>), LocalStorage>,
}

impl Rows {
    /// The rows of a view. They follow it as long as the current owner lives.
    #[must_use]
    pub fn new(app: AppState, navigation: Navigation, view: View, measure: Measure) -> Self {
        let holds = Holds {
            focused: RwSignal::new(None),
            printing: RwSignal::new(false),
            round: RwSignal::new(0),
        };
        let drawn = StoredValue::new(Vec::new());
        let layout = Memo::new(move |before: Option<&Layout>| {
            let empty = Layout::default();
            laid_out(app, view, measure, holds, drawn, before.unwrap_or(&empty))
        });
        let rows = Self {
            app,
            navigation,
            view,
            measure,
            tooltip: Tooltip::get(),
            layout,
            holds,
            drawn,
            explained: StoredValue::new(None),
            seen: StoredValue::new_local((Vec::new(), None)),
        };
        for (event, printing) in [("beforeprint", true), ("afterprint", false)] {
            on_window(event, move |_| holds.printing.set(printing));
        }
        for event in ["pointerup", "pointercancel"] {
            on_window(event, move |_| rows.released());
        }
        Effect::new(move |_| {
            if !layout.with(|layout| layout.is_complete) {
                holds.round.update(|round| *round += 1);
            }
        });
        Effect::new(move |_| {
            rows.keep_tooltip();
            rows.see();
        });
        rows
    }

    /// The slots, in their order.
    pub fn slots(self) -> Vec<SlotId> {
        self.layout
            .with(|layout| layout.slots.iter().map(|(slot, _)| *slot).collect())
    }

    /// What a slot shows, and whether it is one still: none for one that was given up.
    pub(super) fn shown(self, slot: SlotId) -> Option<Option<Shown>> {
        self.layout.with(|layout| layout.shown(slot).cloned())
    }

    /// How high a row is, in pixels.
    pub fn row_height(self) -> usize {
        self.measure.size.with(|(_, row)| *row)
    }

    /// The space that stands for the rows above the first one, in pixels.
    pub fn space_above(self) -> usize {
        self.layout.with(|layout| layout.above) * self.row_height()
    }

    /// The space that stands for the rows below the last one, in pixels.
    pub fn space_below(self) -> usize {
        self.layout.with(|layout| layout.below) * self.row_height()
    }

    /// Remembers the row of a slot, until the current owner is cleaned up.
    pub(super) fn keep_element(self, slot: SlotId, element: NodeRef<html::Tr>) {
        Effect::new(move |_| {
            let Some(row) = element.get() else { return };
            let parts = parts(&row);
            self.drawn.try_update_value(|drawn| {
                drawn.push(Drawn {
                    slot,
                    element,
                    parts,
                });
            });
        });
        on_cleanup(move || {
            self.drawn
                .try_update_value(|drawn| drawn.retain(|drawn| drawn.slot != slot));
        });
    }

    /// Takes the tooltip away once the row beside it is another's.
    fn keep_tooltip(self) {
        let stays = |(number, key): &(usize, WorkspaceKey)| {
            self.layout.with(|layout| {
                let mut shown = layout.slots.iter().filter_map(|(_, shown)| shown.as_ref());
                shown.any(|shown| shown.number == *number && shown.key == *key)
            })
        };
        self.layout.track();
        let gone = self
            .explained
            .with_value(|beside| beside.as_ref().is_some_and(|beside| !stays(beside)));
        if gone {
            self.explained.set_value(None);
            self.tooltip.hide(true);
        }
    }

    /// Has the roles of what is drawn asked for, each once: the open workspace, what is in view, and
    /// then the rest of a short table, which is drawn whole.
    fn see(self) {
        // Paper is no reason to ask for thousands of members lists.
        if self.holds.printing.get() {
            return;
        }
        let (height, row) = self.measure.size.get();
        let (top, row) = (self.measure.scroll.get(), row.max(1));
        let in_view: RangeInclusive<usize> =
            top.saturating_sub(EDGE) / row..=(top + height + EDGE) / row;
        let mut keys: Vec<WorkspaceKey> = self.navigation.open().into_iter().collect();
        self.layout.with(|layout| {
            for wanted in [true, false] {
                for shown in layout.slots.iter().filter_map(|(_, shown)| shown.as_ref()) {
                    if in_view.contains(&shown.number) == wanted && keys.first() != Some(&shown.key)
                    {
                        keys.push(shown.key.clone());
                    }
                }
            }
        });
        let is_typing = self.view.is_typing();
        if self.seen.with_value(|(seen, _)| *seen == keys) {
            return;
        }
        let (workspaces, asked) = (self.app.workspaces, keys.clone());
        let rest = if is_typing {
            Some(Timer::after(REST_MS, move || {
                workspaces.set_on_screen(asked)
            }))
        } else {
            untrack(|| workspaces.set_on_screen(asked));
            None
        };
        self.seen.set_value((keys, rest));
    }

    /// The focus has come to something in the table.
    pub fn focus_in(self, event: &Event) {
        self.holds
            .focused
            .try_set(self.hit(event).map(|hit| hit.slot));
        self.explain(event);
    }

    /// The focus has left something in the table, which may be about to leave the page.
    pub fn focus_out(self, event: &FocusEvent) {
        self.leave(event, true);
        // Where it goes on to another row it is not lost in between: that row would be written over before it is held.
        let next = event.related_target().and_then(|next| next.dyn_into().ok());
        let stays = next.is_some_and(|next: Element| matches!(next.closest(ROW), Ok(Some(_))));
        if !stays {
            self.holds.focused.try_set(None);
        }
    }

    /// Brings the rows up to date that stood still during a press, once the click that follows has been heard.
    fn released(self) {
        let waits = |layout: &Layout| layout.waits_for_release;
        if self.layout.try_with_untracked(waits) == Some(true) {
            spawn_local(async move {
                clock::sleep(0).await;
                self.holds.round.try_update(|round| *round += 1);
            });
        }
    }

    /// Says why a button cannot be used, if it cannot.
    pub fn explain(self, event: &Event) {
        if let Some((_, availability, hit)) = self.button(event) {
            availability.explain(self.tooltip, &hit.target, false);
        }
    }

    /// The pointer or the focus leaves a button.
    pub fn leave(self, event: &Event, even_pinned: bool) {
        if self.hit(event).is_some_and(|hit| hit.action.is_some()) {
            self.tooltip.hide(even_pinned);
        }
    }

    /// Selects a workspace or takes it out of the selection.
    pub fn select(self, event: &Event) {
        let Some(hit) = self.hit(event).filter(|hit| hit.picks) else {
            return;
        };
        self.app.selection.toggle(&hit.key);
        // A box that is pressed changes by itself: it is brought in line with what came of it.
        let picked = untrack(|| self.app.selection.has(&hit.key));
        hit.target
            .unchecked_into::<HtmlInputElement>()
            .set_checked(picked);
    }

    /// Presses a button of a row.
    pub fn press(self, event: &Event) {
        let Some((action, availability, hit)) = self.button(event) else {
            return;
        };
        if availability != Availability::Enabled {
            availability.explain(self.tooltip, &hit.target, true);
            return;
        }
        self.tooltip.hide(true);
        let key = hit.key;
        match action {
            Action::Archive => start_archive(self.app, &key, &text::name(&hit.workspace)),
            _ => self.navigation.go(&Route::Workspace {
                key,
                tab: Tab::Edit,
                query: self.navigation.route_untracked().query(),
            }),
        }
    }

    /// The row that an event came from.
    fn hit(self, event: &Event) -> Option<Hit> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let row: Node = target.closest(ROW).ok()??.into();
        // A control that other software has put something into is pressed there as well.
        let control = target.closest("button, input").ok().flatten();
        let target: HtmlElement = control.unwrap_or(target).unchecked_into();
        let is = |class| target.matches(class) == Ok(true);
        let slot = self.drawn.try_with_value(|drawn| {
            let mut drawn = drawn.iter();
            drawn.find_map(|drawn| {
                let element = drawn.element.get_untracked()?;
                (*AsRef::<Node>::as_ref(&element) == row).then_some(drawn.slot)
            })
        })??;
        let shown = self
            .layout
            .try_with_untracked(|layout| layout.shown(slot).cloned().flatten())??;
        let action = match (is(".i-pen"), is(".i-box")) {
            (true, _) => Some(Action::Edit),
            (_, true) => Some(Action::Archive),
            _ => None,
        };
        Some(Hit {
            slot,
            number: shown.number,
            workspace: self.app.workspaces.get_untracked(&shown.key)?,
            key: shown.key,
            action,
            picks: is(".pick"),
            target,
        })
    }

    /// The button that an event came from: what it does, and whether it can be used.
    fn button(self, event: &Event) -> Option<(Action, Availability, Hit)> {
        let hit = self.hit(event)?;
        let action = hit.action?;
        let availability = untrack(|| availability_now(self.app, action, &hit.key, &hit.workspace));
        self.explained
            .set_value(Some((hit.number, hit.key.clone())));
        Some((action, availability, hit))
    }
}

/// What an event hit: a row, and in it perhaps a control.
struct Hit {
    slot: SlotId,
    number: usize,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
    action: Option<Action>,
    picks: bool,
    target: HtmlElement,
}
