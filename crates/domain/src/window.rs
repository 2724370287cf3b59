//! Which rows of a long table to draw: arithmetic only, in pixels and row numbers.

/// Up to this many rows the table is drawn whole, so that a browser's find-in-page works.
pub const WHOLE_TABLE: usize = 200;

/// How many rows there are on paper at most: some fifty sheets, and no wait that looks like a page that hangs.
pub const ON_PAPER: usize = 2_000;

/// The rows to draw, and the empty space that stands for the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// First row to draw.
    pub first: usize,
    /// One past the last row to draw.
    pub end: usize,
    /// Pixels of space above the first row.
    pub above: usize,
    /// Pixels of space below the last row.
    pub below: usize,
}

/// The rows that are visible in `height` pixels from `scroll` on, with `extra` more on both sides.
///
/// All rows are `row` pixels high; a `row` of 0 counts as 1. Guarantees: `first <= end <= total`,
/// the drawn rows and both spaces add up to the whole height, and every row that shows a pixel is
/// drawn. At `whole` rows or fewer everything is drawn.
#[must_use]
pub fn window(
    total: usize,
    row: usize,
    scroll: usize,
    height: usize,
    extra: usize,
    whole: usize,
) -> Window {
    if total <= whole {
        return Window {
            first: 0,
            end: total,
            above: 0,
            below: 0,
        };
    }
    let row = row.max(1);
    // A shorter list after a filter leaves the scroll offset beyond its end for a moment.
    let scroll = scroll.min((total * row).saturating_sub(height));
    let first = (scroll / row).saturating_sub(extra);
    let end = (scroll + height)
        .div_ceil(row)
        .saturating_add(extra)
        .min(total);
    Window {
        first,
        end,
        above: first * row,
        below: (total - end) * row,
    }
}

/// The rows to draw for paper, which does not scroll: all of them, up to [`ON_PAPER`]. Guarantees the same height as
/// [`window()`], so that the screen finds its place again.
#[must_use]
pub fn paper(total: usize, row: usize) -> Window {
    let end = total.min(ON_PAPER);
    Window {
        first: 0,
        end,
        above: 0,
        below: (total - end) * row.max(1),
    }
}

/// A part of the table's body, from top to bottom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece {
    /// A drawn row, by its number.
    Row(usize),
    /// Empty space of this many pixels. There are at most three.
    Gap(usize),
}

/// The window as pieces, with one more row that stays drawn wherever it is: the one that holds the
/// keyboard's focus, which would be lost with it.
#[must_use]
pub fn pieces(window: Window, total: usize, row: usize, pinned: Option<usize>) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(window.end - window.first + 4);
    let gap = |pieces: &mut Vec<Piece>, rows: usize| {
        if rows > 0 {
            pieces.push(Piece::Gap(rows * row));
        }
    };
    let rows = (window.first..window.end).map(Piece::Row);
    match pinned.filter(|pinned| *pinned < total) {
        Some(pinned) if pinned < window.first => {
            gap(&mut pieces, pinned);
            pieces.push(Piece::Row(pinned));
            gap(&mut pieces, window.first - pinned - 1);
            pieces.extend(rows);
            gap(&mut pieces, total - window.end);
        }
        Some(pinned) if pinned >= window.end => {
            gap(&mut pieces, window.first);
            pieces.extend(rows);
            gap(&mut pieces, pinned - window.end);
            pieces.push(Piece::Row(pinned));
            gap(&mut pieces, total - pinned - 1);
        }
        _ => {
            gap(&mut pieces, window.first);
            pieces.extend(rows);
            gap(&mut pieces, total - window.end);
        }
    }
    pieces
}

/// What a slot, the nodes of one drawn row, stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// For the row of this number; any other may be written over it.
    Free(usize),
    /// For a workspace that somebody has a hand on, and which is at this number by now, if at any.
    Held(Option<usize>),
}

/// Which slot draws which row, for each of the numbers in `rows`.
///
/// Guarantees: no slot is given twice; one that is held is given to its own workspace or to none;
/// otherwise a row gets the slot that has its number already, so that a new search writes over what
/// stands there and moves nothing; a row is without a slot only when none is free.
#[must_use]
pub fn assign(slots: &[Stands], rows: &[usize]) -> Vec<Option<usize>> {
    let mut given = vec![None; rows.len()];
    let mut free: Vec<usize> = Vec::new();
    for held in [true, false] {
        for (slot, stands) in slots.iter().enumerate() {
            let number = match stands {
                Stands::Held(Some(number)) if held => number,
                Stands::Free(number) if !held => number,
                _ => continue,
            };
            let own = rows.iter().position(|row| row == number);
            match own.and_then(|row| given.get_mut(row)) {
                Some(place @ None) => *place = Some(slot),
                _ if !held => free.push(slot),
                _ => {}
            }
        }
    }
    for place in given.iter_mut().filter(|place| place.is_none()) {
        *place = free.pop();
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_table_is_whole() {
        assert_eq!(
            window(200, 44, 5000, 700, 4, WHOLE_TABLE),
            Window {
                first: 0,
                end: 200,
                above: 0,
                below: 0
            }
        );
        assert_ne!(window(201, 44, 0, 700, 4, WHOLE_TABLE).end, 201);
    }

    #[test]
    fn paper_has_all_rows_or_the_first_of_very_many() {
        assert_eq!((paper(260, 44).end, paper(260, 44).below), (260, 0));
        assert_eq!(paper(0, 0).end, 0);
        let many = paper(10_000, 44);
        assert_eq!((many.first, many.end), (0, ON_PAPER));
        assert_eq!(many.end * 44 + many.below, 10_000 * 44);
    }

    #[test]
    fn a_new_search_moves_no_slot_and_scrolling_takes_one_for_each_row() {
        let slots: Vec<Stands> = (0..20).map(Stands::Free).collect();
        let rows: Vec<usize> = (0..20).collect();
        let same: Vec<Option<usize>> = (0..20).map(Some).collect();
        assert_eq!(assign(&slots, &rows), same);
        let rows: Vec<usize> = (2..22).collect();
        let moved = assign(&slots, &rows);
        assert_eq!(moved[..18], same[2..]);
        assert!(moved[18..].iter().all(|slot| slot.unwrap() < 2));
    }

    #[test]
    fn what_is_held_goes_with_its_workspace_and_never_to_another() {
        use Stands::{Free, Held};
        let slots = [Free(0), Held(Some(0)), Free(2)];
        assert_eq!(
            assign(&slots, &[0, 1, 2]),
            [Some(1), Some(0), Some(2)],
            "it has moved up, and what stood there gives way"
        );
        let slots = [Free(0), Held(None), Free(2)];
        assert_eq!(assign(&slots, &[0, 1, 2]), [Some(0), None, Some(2)]);
    }

    fn stands() -> impl Strategy<Value = Stands> {
        prop_oneof![
            8 => (0_usize..40).prop_map(Stands::Free),
            1 => proptest::option::of(0_usize..40).prop_map(Stands::Held),
        ]
    }

    proptest! {
        #[test]
        fn slots_are_given_once_to_their_own_row_or_to_one_without(
            slots in proptest::collection::vec(stands(), 0..30),
            first in 0_usize..30, count in 0_usize..30, far in proptest::option::of(60_usize..90),
        ) {
            let mut rows: Vec<usize> = (first..first + count).collect();
            rows.extend(far);
            let given = assign(&slots, &rows);
            prop_assert_eq!(given.len(), rows.len());
            let mut used: Vec<usize> = given.iter().flatten().copied().collect();
            used.sort_unstable();
            prop_assert!(used.is_sorted_by(|a, b| a < b), "{:?}", used);
            let free = |slot: &usize| matches!(slots[*slot], Stands::Free(_));
            let all_used = (0..slots.len()).filter(free).all(|slot| used.contains(&slot));
            for (row, slot) in rows.iter().zip(&given) {
                let own = |slot: &usize| matches!(slots[*slot], Stands::Free(at) | Stands::Held(Some(at)) if at == *row);
                let is_stood_for = (0..slots.len()).any(|slot| own(&slot));
                match slot {
                    Some(slot) if free(slot) => prop_assert!(own(slot) || !is_stood_for),
                    Some(slot) => prop_assert!(own(slot)),
                    None => prop_assert!(all_used && !is_stood_for),
                }
            }
        }

        #[test]
        fn covers_what_is_seen_and_keeps_the_height(
            total in 0_usize..200_000, row in 1_usize..80, scroll in 0_usize..10_000_000,
            height in 0_usize..4000, extra in 0_usize..20, whole in 0_usize..300,
        ) {
            let drawn = window(total, row, scroll, height, extra, whole);
            prop_assert!(drawn.first <= drawn.end && drawn.end <= total);
            prop_assert_eq!(drawn.above + (drawn.end - drawn.first) * row + drawn.below, total * row);
            let scroll = scroll.min((total * row).saturating_sub(height));
            for pixel in [scroll, scroll + height.saturating_sub(1)] {
                let seen = pixel / row;
                if height > 0 && seen < total {
                    prop_assert!(drawn.first <= seen && seen < drawn.end);
                }
            }
            if total > whole {
                prop_assert!(drawn.end - drawn.first <= height / row + 2 + 2 * extra);
            }
        }

        #[test]
        fn pieces_keep_the_height_the_order_and_the_pinned_row(
            total in 0_usize..5_000, scroll in 0_usize..300_000, height in 0_usize..2000,
            pinned in proptest::option::of(0_usize..6_000),
        ) {
            let row = 44;
            let drawn = window(total, row, scroll, height, 4, WHOLE_TABLE);
            let pieces = pieces(drawn, total, row, pinned);
            let pixels: usize = pieces.iter().map(|piece| match piece {
                Piece::Row(_) => row,
                Piece::Gap(pixels) => *pixels,
            }).sum();
            prop_assert_eq!(pixels, total * row);
            let rows: Vec<usize> = pieces.iter().filter_map(|piece| match piece {
                Piece::Row(number) => Some(*number),
                Piece::Gap(_) => None,
            }).collect();
            prop_assert!(rows.is_sorted_by(|a, b| a < b));
            prop_assert!((drawn.first..drawn.end).all(|number| rows.contains(&number)));
            if let Some(pinned) = pinned.filter(|pinned| *pinned < total) {
                prop_assert!(rows.contains(&pinned));
            }
            prop_assert!(pieces.len() - rows.len() <= 3);
        }
    }
}
