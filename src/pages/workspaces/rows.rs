//! The table's rows: a few slots, written over for whatever is in view, and one set of listeners for
//! all of them.
//!
//! Guarantees: a row that has the focus, or is being pressed, keeps its nodes and its workspace for as
//! long as it is drawn, so that no press lands on another; what nobody has a hand on is written over
//! in its place and not moved; nothing of an account stays once it has left.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::listing::Row;
use steward_domain::window::{Piece, Stands, WHOLE_TABLE, assign, paper, pieces, window};
use steward_domain::workspace::Workspace;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

use super::row::{Sight, Slot, blank};
use super::view::View;
use crate::browser::clock::{self, Timer};
use crate::browser::events::on_window;
use crate::pages::gate::availability_now;
use crate::pages::workspace::start_archive;
use crate::route::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::action::Availability;
use crate::ui::el::{El, el, settle};
use crate::ui::time::follow_minute;
use crate::ui::tooltip::Tooltip;

/// Rows drawn beyond each edge, so that scrolling does not outrun drawing.
const EXTRA: usize = 1;

/// How long rows have to rest on the screen until their roles are asked for while one types, in
/// milliseconds: a key is drawn first, and what is typed past asks nothing.
const REST_MS: u32 = 40;

/// Slots that are kept for later when fewer rows are shown.
const SPARE: usize = 32;

/// The rows. Copies are handles to the same ones.
#[derive(Clone, Copy)]
pub struct Rows {
    app: AppState,
    navigation: Navigation,
    view: View,
    hint: Tooltip,
    drawn: StoredValue<Drawn>,
    /// The workspace whose row has the focus.
    focused: RwSignal<Option<WorkspaceKey>>,
    /// The row beside which the hint stands.
    explained: StoredValue<Option<(usize, WorkspaceKey)>>,
    /// The rows in view, and when their roles will be asked for.
    seen: StoredValue<(Vec<WorkspaceKey>, Option<Timer>), LocalStorage>,
    /// Whether the page is being put on paper.
    printing: RwSignal<bool>,
}

/// What is in the page, and what is kept for later.
#[derive(Default)]
struct Drawn {
    slots: Vec<Slot>,
    gaps: Vec<(usize, HtmlElement)>,
    spare: Vec<Slot>,
    accounts: Vec<AccountId>,
}

/// What the frame of the table measures.
#[derive(Clone, Copy)]
pub struct Measure {
    /// How many rows match.
    pub total: Memo<usize>,
    /// How far it is scrolled.
    pub scroll: RwSignal<usize>,
    /// Its height, and that of a row.
    pub size: RwSignal<(usize, usize)>,
}

impl Rows {
    /// None yet.
    #[must_use]
    pub fn new(app: AppState, navigation: Navigation, view: View) -> Self {
        Self {
            app,
            navigation,
            view,
            hint: Tooltip::get(),
            drawn: StoredValue::new(Drawn::default()),
            focused: RwSignal::new(None),
            explained: StoredValue::new(None),
            seen: StoredValue::new_local((Vec::new(), None)),
            printing: RwSignal::new(false),
        }
    }

    /// Keeps the rows at the head of a table's body in step.
    pub fn fill(self, body: Node, measure: Measure) {
        let blank = blank();
        on_cleanup(move || {
            let _ = self.drawn.try_set_value(Drawn::default());
            let _ = self.seen.try_set_value((Vec::new(), None));
        });
        let draw = Rc::new(move || {
            follow_minute();
            let sight = Sight {
                app: self.app,
                accounts: self.app.accounts.all(),
                query: self.navigation.with(Route::query),
                open: self.navigation.open(),
                minute: (clock::now() / 60_000.0).floor(),
            };
            let (total, top) = (measure.total.get(), measure.scroll.get());
            let (height, row) = measure.size.get();
            let (focused, printing) = (self.focused.get(), self.printing.get());
            // A short table is complete, but for as long as one types: then what is in view will do.
            let whole = if self.view.is_typing() {
                0
            } else {
                WHOLE_TABLE
            };
            self.view.found.with(|found| {
                self.app.workspaces.with_rows(|rows| {
                    let number = |key: &WorkspaceKey| {
                        let at = rows.binary_search_by(|row| row.key.cmp(key)).ok()?;
                        found.rows.iter().position(|other| *other as usize == at)
                    };
                    let window = match printing {
                        true => paper(total, row),
                        false => window(total, row, top, height, EXTRA, whole),
                    };
                    let pieces = pieces(window, total, row, focused.as_ref().and_then(number));
                    let row_at = |number: usize| rows.get(*found.rows.get(number)? as usize);
                    self.draw(&body, &blank, &sight, &pieces, &row_at);
                });
            });
            // Paper is no reason to ask for thousands of members lists.
            if !printing {
                let row = row.max(1);
                let first = (top / row).saturating_sub(EXTRA);
                self.see(sight.open, first..=(top + height) / row + EXTRA);
            }
        });
        let print = Rc::clone(&draw);
        Effect::new(move |_| draw());
        for (event, printing) in [("beforeprint", true), ("afterprint", false)] {
            let draw = Rc::clone(&print);
            on_window(event, move |_| {
                self.printing.set(printing);
                // At once: a page that is printed by a script is on paper before anything else runs.
                untrack(|| draw());
            });
        }
    }

    fn draw<'a>(
        self,
        body: &Node,
        blank: &Node,
        sight: &Sight,
        pieces: &[Piece],
        row_at: &dyn Fn(usize) -> Option<&'a Row>,
    ) {
        // Out of its place meanwhile: a row that leaves with the focus is told so at once.
        let Some(mut drawn) = self.drawn.try_update_value(std::mem::take) else {
            return;
        };
        let ids: Vec<AccountId> = sight.accounts.iter().map(|own| own.id.clone()).collect();
        if drawn.accounts != ids {
            (drawn.accounts, drawn.spare) = (ids, Vec::new());
        }
        let numbers = pieces.iter().filter_map(|piece| match piece {
            Piece::Row(number) => Some(*number),
            Piece::Gap(_) => None,
        });
        let wanted: Vec<(usize, &Row)> = numbers
            .filter_map(|number| Some((number, row_at(number)?)))
            .collect();
        let held = held(body);
        let stands: Vec<Stands> = drawn
            .slots
            .iter()
            .map(|slot| {
                if held.iter().flatten().all(|row| row != slot.row()) {
                    return Stands::Free(slot.number);
                }
                let own = wanted.iter().find(|(_, row)| row.key == slot.key);
                Stands::Held(own.map(|(number, _)| *number))
            })
            .collect();
        let numbers: Vec<usize> = wanted.iter().map(|(number, _)| *number).collect();
        let given = assign(&stands, &numbers);
        let mut before: Vec<Option<Slot>> = drawn.slots.drain(..).map(Some).collect();
        for ((number, row), given) in wanted.into_iter().zip(given) {
            let slot = given.and_then(|slot| before.get_mut(slot)?.take());
            let slot = slot.or_else(|| drawn.spare.pop());
            let mut slot = match slot {
                Some(slot) if slot.key == row.key || slot.is_whole() => slot,
                Some(changed) => {
                    let _ = body.remove_child(changed.row());
                    Slot::new(blank, row)
                }
                None => Slot::new(blank, row),
            };
            slot.write(sight, number, row);
            drawn.slots.push(slot);
        }
        for (slot, stands) in before.into_iter().zip(stands) {
            let Some(slot) = slot else { continue };
            let _ = body.remove_child(slot.row());
            if matches!(stands, Stands::Free(_)) && drawn.spare.len() < SPARE {
                drawn.spare.push(slot);
            }
        }
        let nodes = arranged(&mut drawn, body, pieces);
        settle(body, body.first_child(), &nodes);
        self.keep_hint(&drawn);
        let _ = self.drawn.try_set_value(drawn);
    }

    /// Takes the hint away once the row beside it is another's.
    fn keep_hint(self, drawn: &Drawn) {
        let stays = |(number, key): &(usize, WorkspaceKey)| {
            let mut own = drawn.slots.iter().filter(|slot| slot.number == *number);
            own.any(|slot| slot.key == *key)
        };
        let gone = self
            .explained
            .with_value(|beside| beside.as_ref().is_some_and(|beside| !stays(beside)));
        if gone {
            self.explained.set_value(None);
            self.hint.hide(true);
        }
    }

    /// Has the roles of what is drawn asked for, each once: the open workspace, what is in view, and
    /// then the rest of a short table, which is drawn whole.
    fn see(self, open: Option<WorkspaceKey>, in_view: std::ops::RangeInclusive<usize>) {
        let mut keys: Vec<WorkspaceKey> = open.into_iter().collect();
        self.drawn.try_with_value(|drawn| {
            for wanted in [true, false] {
                for slot in &drawn.slots {
                    if in_view.contains(&slot.number) == wanted && keys.first() != Some(&slot.key) {
                        keys.push(slot.key.clone());
                    }
                }
            }
        });
        if self.seen.with_value(|(seen, _)| *seen == keys) {
            return;
        }
        let (roles, asked) = (self.app.roles, keys.clone());
        let rest = if self.view.is_typing() {
            Some(Timer::after(REST_MS, move || roles.see(asked)))
        } else {
            roles.see(asked);
            None
        };
        self.seen.set_value((keys, rest));
    }

    /// Listens on the frame of the table, for all rows.
    #[must_use]
    pub fn listened(self, frame: El) -> El {
        frame
            .on("focusin", move |event| {
                self.focused.set(self.hit(&event).map(|hit| hit.key));
                self.explain(&event);
            })
            .on("focusout", move |event| {
                self.focused.set(None);
                self.leave(&event, true);
            })
            .on("pointerover", move |event| self.explain(&event))
            .on("pointerout", move |event| self.leave(&event, false))
            .on("click", move |event| self.press(&event))
            .on("change", move |event| {
                if let Some(hit) = self.hit(&event).filter(|hit| hit.picks) {
                    self.app.selection.toggle(&hit.key);
                }
            })
    }

    /// The row that an event came from.
    #[inline(never)]
    fn hit(self, event: &Event) -> Option<Hit> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let row: Node = target.closest("tr[aria-rowindex]").ok()??.into();
        // A control that other software has put something into is pressed there as well.
        let control = target.closest("button, input").ok().flatten();
        let target: HtmlElement = control.unwrap_or(target).unchecked_into();
        self.drawn.try_with_value(|drawn| {
            let slot = drawn.slots.iter().find(|slot| *slot.row() == row)?;
            Some(Hit {
                number: slot.number,
                key: slot.key.clone(),
                workspace: Arc::clone(slot.workspace()),
                action: slot.action(&target),
                picks: slot.picks(&target),
                target,
            })
        })?
    }

    /// The button that an event came from: what it does, and how it stands.
    #[inline(never)]
    fn button(self, event: &Event) -> Option<(Action, Availability, Hit)> {
        let hit = self.hit(event)?;
        let action = hit.action?;
        let availability = untrack(|| availability_now(self.app, action, &hit.key, &hit.workspace));
        self.explained
            .set_value(Some((hit.number, hit.key.clone())));
        Some((action, availability, hit))
    }

    fn explain(self, event: &Event) {
        if let Some((_, availability, hit)) = self.button(event) {
            availability.explain(self.hint, &hit.target, false);
        }
    }

    fn leave(self, event: &Event, even_pinned: bool) {
        if self.hit(event).is_some_and(|hit| hit.action.is_some()) {
            self.hint.hide(even_pinned);
        }
    }

    fn press(self, event: &Event) {
        let Some((action, availability, hit)) = self.button(event) else {
            return;
        };
        if availability != Availability::Enabled {
            availability.explain(self.hint, &hit.target, true);
            return;
        }
        self.hint.hide(true);
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
}

/// What an event hit: a row, and in it perhaps a button.
struct Hit {
    number: usize,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
    action: Option<Action>,
    picks: bool,
    target: HtmlElement,
}

/// The rows that somebody has a hand on.
fn held(body: &Node) -> [Option<Node>; 2] {
    let body: &Element = body.unchecked_ref();
    let focused = document().active_element();
    let focused = focused.and_then(|active| active.closest("tr").ok()?);
    let pressed = body.query_selector("tr:active").ok().flatten();
    [focused, pressed].map(|row| row.map(Into::into))
}

/// The rows and the spaces between them, in their order.
fn arranged(drawn: &mut Drawn, body: &Node, pieces: &[Piece]) -> Vec<Node> {
    let mut rows = drawn.slots.iter().map(Slot::row);
    let mut nodes: Vec<Node> = Vec::with_capacity(pieces.len());
    let mut gaps = 0;
    for piece in pieces {
        let Piece::Gap(pixels) = piece else {
            nodes.extend(rows.next().cloned());
            continue;
        };
        if gaps == drawn.gaps.len() {
            drawn.gaps.push((0, gap()));
        }
        if let Some((height, gap)) = drawn.gaps.get_mut(gaps) {
            if height != pixels {
                let _ = HtmlElement::style(gap)
                    .set_property("height", &[&pixels.to_string(), "px"].concat());
                *height = *pixels;
            }
            nodes.push(gap.clone().into());
        }
        gaps += 1;
    }
    for (_, gap) in drawn.gaps.drain(gaps..) {
        let _ = body.remove_child(&gap);
    }
    nodes
}

fn gap() -> HtmlElement {
    el("tr").class("gap").attr("aria-hidden", "true").html()
}
