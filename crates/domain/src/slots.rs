//! Which slot, the nodes of one drawn row, shows which row of a table that draws only some of its rows.
//!
//! Slots are written over in their place and keep their order, so that a list that is keyed by slot makes no row anew
//! while one types or scrolls. Guarantees: a row that somebody has a hand on (the focus, a press) keeps its slot, and
//! the slot is not moved in the page: a node that is taken out and put back has lost the focus. Must not know what a
//! row shows.

/// Names a slot for as long as it lives. No two slots of a table ever have the same.
pub type SlotId = u32;

/// A slot in its place, and the row that it shows: a number in the list of rows to draw. One that shows none is kept for
/// later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    /// The slot.
    pub id: SlotId,
    /// Its row, as a position among the rows to draw.
    pub row: Option<usize>,
}

/// What [`arrange`] comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrangement {
    /// The slots in the order in which they stand.
    pub slots: Vec<Placed>,
    /// Whether every row has a slot. If not, the same is to be asked again with these slots.
    pub is_complete: bool,
}

/// Gives `count` rows their slots.
///
/// `slots` are those of before in their order. `held` is one of them that somebody has a hand on, and the position of
/// its row among the rows to draw, or none if its row is not drawn any more; the slot is then given up. `spare` slots at
/// most are kept for later; `fresh` names a new one.
///
/// Guarantees: the rows stand in their order; slots that stay keep their order; a held slot shows its own row or is
/// gone, and what a keyed list of Leptos does to bring about the new order never moves it (see the test
/// `a_keyed_list_never_moves_what_is_held`, which knows the rule). For this sake some rows above it may have to wait for
/// the next round: each brings one more than stand above it already, so that a screen takes a few.
pub fn arrange(
    slots: &[SlotId],
    count: usize,
    held: Option<(SlotId, Option<usize>)>,
    spare: usize,
    fresh: &mut impl FnMut() -> SlotId,
) -> Arrangement {
    let position = |id| slots.iter().position(|slot| *slot == id);
    let held = held.and_then(|(id, row)| Some((id, position(id)?, row)));
    match held {
        Some((id, at, Some(row))) if row < count => {
            let (above, below) = (slots.get(..at), slots.get(at + 1..));
            let mut placed = Vec::with_capacity(count + spare);
            let is_complete = place_above(&mut placed, above.unwrap_or_default(), row, fresh);
            placed.push(Placed { id, row: Some(row) });
            place(
                &mut placed,
                below.unwrap_or_default(),
                row + 1..count,
                spare,
                fresh,
            );
            Arrangement {
                slots: placed,
                is_complete,
            }
        }
        gone => {
            let left = gone.map(|(id, ..)| id);
            let slots: Vec<SlotId> = slots
                .iter()
                .copied()
                .filter(|id| Some(*id) != left)
                .collect();
            let mut placed = Vec::with_capacity(count + spare);
            place(&mut placed, &slots, 0..count, spare, fresh);
            Arrangement {
                slots: placed,
                is_complete: true,
            }
        }
    }
}

/// Slots from the first on, new ones behind them, and what is not needed behind the rows.
fn place(
    placed: &mut Vec<Placed>,
    slots: &[SlotId],
    rows: std::ops::Range<usize>,
    spare: usize,
    fresh: &mut impl FnMut() -> SlotId,
) {
    let mut slots = slots.iter().copied();
    for row in rows {
        let id = slots.next().unwrap_or_else(&mut *fresh);
        placed.push(Placed { id, row: Some(row) });
    }
    placed.extend(slots.take(spare).map(|id| Placed { id, row: None }));
}

/// The slots above a held one: those next to it show the rows next to its own, and what is not needed stays before
/// them. New ones come first of all, at most one more than there are; whether these were enough.
fn place_above(
    placed: &mut Vec<Placed>,
    slots: &[SlotId],
    rows: usize,
    fresh: &mut impl FnMut() -> SlotId,
) -> bool {
    let missing = rows.saturating_sub(slots.len());
    let new = missing.min(slots.len() + 1);
    let ids = (0..new).map(|_| fresh()).collect::<Vec<SlotId>>();
    let all = ids.len() + slots.len();
    let ids = ids.into_iter().chain(slots.iter().copied());
    for (at, id) in ids.enumerate() {
        // Counted from the held row upwards.
        let up = all - at;
        placed.push(Placed {
            id,
            row: rows.checked_sub(up),
        });
    }
    missing == new
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arranged(
        slots: &[SlotId],
        count: usize,
        held: Option<(SlotId, Option<usize>)>,
    ) -> Arrangement {
        let mut next = slots.iter().max().map_or(0, |id| id + 1);
        arrange(slots, count, held, 4, &mut || {
            next += 1;
            next - 1
        })
    }

    fn shown(arrangement: &Arrangement) -> Vec<(SlotId, usize)> {
        let slots = arrangement.slots.iter();
        slots
            .filter_map(|slot| Some((slot.id, slot.row?)))
            .collect()
    }

    #[test]
    fn what_nobody_holds_is_written_over_in_its_place() {
        let all: Vec<SlotId> = (0..6).collect();
        let few = arranged(&all, 3, None);
        assert_eq!(shown(&few), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(few.slots.len(), 6, "the others are kept for later");
        assert_eq!(arranged(&all, 0, None).slots.len(), 4, "but not all");
        let many = arranged(&all, 8, None);
        assert_eq!(shown(&many).last(), Some(&(7, 7)));
    }

    #[test]
    fn what_is_held_goes_with_its_row_and_never_to_another() {
        // Scrolled down by two: the row of slot 3 stands second by now.
        let down = arranged(&[0, 1, 2, 3, 4, 5], 6, Some((3, Some(1))));
        assert_eq!(
            shown(&down),
            [(2, 0), (3, 1), (4, 2), (5, 3), (6, 4), (7, 5)]
        );
        let gone = arranged(&[0, 1, 2], 3, Some((1, None)));
        assert_eq!(shown(&gone), [(0, 0), (2, 1), (3, 2)]);
        let beyond = arranged(&[0, 1, 2], 1, Some((1, Some(4))));
        assert_eq!(shown(&beyond), [(0, 0)]);
    }

    #[test]
    fn rows_above_the_first_slot_come_in_rounds() {
        let mut slots: Vec<SlotId> = vec![0, 1];
        let mut rounds = 0;
        loop {
            rounds += 1;
            let round = arranged(&slots, 30, Some((0, Some(20))));
            assert!(shown(&round).contains(&(0, 20)));
            slots = round.slots.iter().map(|slot| slot.id).collect();
            if round.is_complete {
                assert_eq!(shown(&round).len(), 30);
                break;
            }
        }
        assert_eq!(rounds, 5, "1, 3, 7, 15 and then all of the 20");
    }

    /// The items that a keyed list of Leptos takes out and puts back, by the rule of `tachys::view::keyed::diff` 0.2.
    fn moved(from: &[SlotId], to: &[SlotId]) -> Vec<SlotId> {
        let (mut added, mut removed) = (0_i64, 0_i64);
        let mut moved = Vec::new();
        for index in 0..from.len().max(to.len()) {
            let (before, after) = (from.get(index), to.get(index));
            if before == after {
                continue;
            }
            removed += i64::from(before.is_some_and(|id| !to.contains(id)));
            added += i64::from(after.is_some_and(|id| !from.contains(id)));
            if let Some(id) = before
                && let Some(place) = to.iter().position(|other| other == id)
                && place as i64 - index as i64 != added - removed
            {
                moved.push(*id);
            }
        }
        moved
    }

    proptest! {
        #[test]
        fn a_keyed_list_never_moves_what_is_held(
            before in 0_usize..40, count in 0_usize..40, at in 0_usize..40, row in proptest::option::of(0_usize..50),
        ) {
            let mut slots: Vec<SlotId> = (0..).take(before).collect();
            let held = slots.get(at).map(|id| (*id, row));
            for _ in 0..8 {
                let next = arranged(&slots, count, held);
                let ids: Vec<SlotId> = next.slots.iter().map(|slot| slot.id).collect();
                let rows: Vec<usize> = shown(&next).iter().map(|(_, row)| *row).collect();
                prop_assert!(rows.is_sorted_by(|a, b| a < b));
                let mut sorted = ids.clone();
                sorted.sort_unstable();
                sorted.dedup();
                prop_assert_eq!(sorted.len(), ids.len(), "no slot twice");
                prop_assert!(ids.len() <= count + before + 4);
                let stay: Vec<&SlotId> = slots.iter().filter(|id| ids.contains(id)).collect();
                let order: Vec<&SlotId> = ids.iter().filter(|id| slots.contains(id)).collect();
                prop_assert_eq!(stay, order);
                match held {
                    Some((id, Some(row))) if row < count => {
                        prop_assert!(shown(&next).contains(&(id, row)));
                        prop_assert!(!moved(&slots, &ids).contains(&id), "{:?} to {:?}", slots, ids);
                    }
                    Some((id, _)) => prop_assert!(!ids.contains(&id)),
                    None => {}
                }
                slots = ids;
                if next.is_complete {
                    prop_assert_eq!(rows.len(), count);
                    return Ok(());
                }
            }
            prop_assert!(false, "too many rounds");
        }
    }
}
