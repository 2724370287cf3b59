//! Which rows are drawn in which slots: what is measured, matched and held, made into an arrangement of slots.
//!
//! Guarantees: a row that has the focus, or is being pressed, keeps its slot and its workspace for as long as it is
//! drawn; what nobody has a hand on is written over in its place and not moved; a slot that other software has put
//! something into is not written over for another workspace. Must not know what is pressed or said.

use leptos::html;
use leptos::prelude::*;
use steward_domain::id::WorkspaceKey;
use steward_domain::slots::{Placed, SlotId, arrange};
use steward_domain::window::{WHOLE_TABLE, paper, rows, window};
use web_sys::Element;

use super::view::View;
use crate::state::AppState;

/// How far beyond each edge rows are drawn, in pixels: Tab leads to the next row only if there is one.
pub(super) const EDGE: usize = 1;

/// What the frame of the table measures.
#[derive(Clone, Copy)]
pub struct Measure {
    /// How many rows match.
    pub total: Memo<usize>,
    /// How far it is scrolled, in pixels.
    pub scroll: RwSignal<usize>,
    /// Its height, and that of a row, in pixels.
    pub size: RwSignal<(usize, usize)>,
}

/// What a slot shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    /// The row's place among the matching ones, from 0.
    pub number: usize,
    /// The workspace.
    pub key: WorkspaceKey,
    /// How many rows between it and the next above are not drawn. Only a row that is drawn out of sight stands for
    /// others: what is above or below all rows has spaces of its own.
    pub above: usize,
    /// How many between it and the next below.
    pub below: usize,
}

/// The slots in their order.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Layout {
    pub(super) slots: Vec<(SlotId, Option<Shown>)>,
    /// How many rows above the first are not drawn.
    pub(super) above: usize,
    /// How many rows below the last are not drawn.
    pub(super) below: usize,
    /// Whether every row to draw has a slot.
    pub(super) is_complete: bool,
    /// Whether the rows stand still because one is being pressed while another has the focus.
    pub(super) waits_for_release: bool,
    /// The name of the next new slot.
    pub(super) next: SlotId,
}

impl Layout {
    /// What a slot shows, and whether it is one still.
    pub(super) fn shown(&self, slot: SlotId) -> Option<&Option<Shown>> {
        let mut slots = self.slots.iter();
        slots.find_map(|(id, shown)| (*id == slot).then_some(shown))
    }
}

/// A slot's row in the page, and how many elements it has without what others put in.
pub(super) struct Drawn {
    pub(super) slot: SlotId,
    pub(super) element: NodeRef<html::Tr>,
    pub(super) parts: u32,
}

/// What holds the table as it is.
#[derive(Clone, Copy)]
pub(super) struct Holds {
    /// The slot that has the focus.
    pub(super) focused: RwSignal<Option<SlotId>>,
    /// Whether the page is being put on paper.
    pub(super) printing: RwSignal<bool>,
    /// Counts the rounds that an arrangement takes.
    pub(super) round: RwSignal<u32>,
}

/// The slots for what is to be drawn, from those of before.
pub(super) fn laid_out(
    app: AppState,
    view: View,
    measure: Measure,
    holds: Holds,
    drawn: StoredValue<Vec<Drawn>>,
    before: &Layout,
) -> Layout {
    holds.round.track();
    let (total, top) = (measure.total.get(), measure.scroll.get());
    let (height, row) = measure.size.get();
    let printing = holds.printing.get();
    let (focused, pressed) = (holds.focused.get(), pressed(drawn));
    // A short table is complete, but for as long as one types: then what is in view will do.
    let whole = if view.is_typing() { 0 } else { WHOLE_TABLE };
    view.found.with(|found| {
        app.workspaces.with_rows(|all| {
            if focused.is_some() && pressed.is_some() && focused != pressed {
                return Layout {
                    waits_for_release: true,
                    ..before.clone()
                };
            }
            let held = focused.or(pressed).and_then(|slot| {
                let shown = before.shown(slot)?.as_ref()?;
                let at = all.binary_search_by(|row| row.key.cmp(&shown.key)).ok();
                let number =
                    at.and_then(|at| found.rows.iter().position(|row| *row as usize == at));
                Some((slot, number))
            });
            let drawn_rows = rows(
                match printing {
                    true => paper(total, row),
                    false => window(
                        total,
                        row,
                        top.saturating_sub(EDGE),
                        height + 2 * EDGE,
                        0,
                        whole,
                    ),
                },
                total,
                held.and_then(|(_, number)| number),
            );
            let pinned = held.and_then(|(_, number)| number);
            let held = held.map(|(slot, number)| {
                let position = number.and_then(|number| drawn_rows.binary_search(&number).ok());
                (slot, position)
            });
            let slots: Vec<SlotId> = before.slots.iter().map(|(slot, _)| *slot).collect();
            let mut next = before.next;
            let mut fresh = || {
                next += 1;
                next
            };
            // Typing makes and drops no slot: a short list keeps all of its own, a long one those of a screen.
            let screen = height.div_ceil(row.max(1)) + 1;
            let keep = if all.len() <= WHOLE_TABLE {
                all.len()
            } else {
                screen
            };
            let spare = keep.saturating_sub(drawn_rows.len());
            let arranged = arrange(&slots, drawn_rows.len(), held, spare, &mut fresh);
            let number_at = |at: usize| drawn_rows.get(at).copied();
            let mut place = |Placed { id, row }: Placed| {
                let shown = row.and_then(|at| {
                    let number = number_at(at)?;
                    let key = all.get(*found.rows.get(number)? as usize)?.key.clone();
                    let between = |upper: Option<usize>, lower: Option<usize>| match (upper, lower)
                    {
                        (Some(upper), Some(lower)) if pinned == Some(number) => lower - upper - 1,
                        _ => 0,
                    };
                    let before = at.checked_sub(1).and_then(number_at);
                    Some(Shown {
                        number,
                        key,
                        above: between(before, Some(number)),
                        below: between(Some(number), number_at(at + 1)),
                    })
                });
                let was = before.shown(id).and_then(Option::as_ref);
                let stays = shown.as_ref().map(|now| &now.key) == was.map(|was| &was.key);
                // What other software put into a row says something of the workspace that it showed.
                if stays || is_whole(drawn, id) {
                    Some((id, shown))
                } else {
                    shown.map(|shown| (fresh(), Some(shown)))
                }
            };
            let slots = arranged.slots.into_iter().filter_map(&mut place).collect();
            Layout {
                slots,
                above: number_at(0).unwrap_or_default(),
                below: drawn_rows
                    .last()
                    .map_or(0, |last| total.saturating_sub(last + 1)),
                is_complete: arranged.is_complete,
                waits_for_release: false,
                next,
            }
        })
    })
}

/// The slot whose row is being pressed.
fn pressed(drawn: StoredValue<Vec<Drawn>>) -> Option<SlotId> {
    let pressed = |drawn: &&Drawn| {
        let row = drawn.element.get_untracked();
        row.is_some_and(|row| row.matches(":active") == Ok(true))
    };
    let found = drawn.try_with_value(|drawn| drawn.iter().find(pressed).map(|drawn| drawn.slot));
    found.flatten()
}

/// Whether nothing else has come into a slot's row.
fn is_whole(drawn: StoredValue<Vec<Drawn>>, slot: SlotId) -> bool {
    let whole = drawn.try_with_value(|drawn| {
        let mut drawn = drawn.iter().filter(|drawn| drawn.slot == slot);
        drawn.all(|drawn| {
            let row = drawn.element.get_untracked();
            row.is_none_or(|row| parts(&row) == drawn.parts)
        })
    });
    whole != Some(false)
}

/// How many elements there are below one.
pub(super) fn parts(element: &Element) -> u32 {
    let all = element.query_selector_all("*");
    all.map_or(0, |all| all.length())
}
