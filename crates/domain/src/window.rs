//! Which rows of a long table to draw: arithmetic only, in pixels and row numbers.

/// Up to this many rows the table is drawn whole, so that a browser's find-in-page works.
pub const WHOLE_TABLE: usize = 200;

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
/// drawn. At [`WHOLE_TABLE`] rows or fewer everything is drawn.
#[must_use]
pub fn window(total: usize, row: usize, scroll: usize, height: usize, extra: usize) -> Window {
    if total <= WHOLE_TABLE {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_table_is_whole() {
        assert_eq!(
            window(200, 44, 5000, 700, 4),
            Window {
                first: 0,
                end: 200,
                above: 0,
                below: 0
            }
        );
        assert_ne!(window(201, 44, 0, 700, 4).end, 201);
    }

    proptest! {
        #[test]
        fn covers_what_is_seen_and_keeps_the_height(
            total in 0_usize..200_000, row in 1_usize..80, scroll in 0_usize..10_000_000,
            height in 0_usize..4000, extra in 0_usize..20,
        ) {
            let drawn = window(total, row, scroll, height, extra);
            prop_assert!(drawn.first <= drawn.end && drawn.end <= total);
            prop_assert_eq!(drawn.above + (drawn.end - drawn.first) * row + drawn.below, total * row);
            let scroll = scroll.min((total * row).saturating_sub(height));
            for pixel in [scroll, scroll + height.saturating_sub(1)] {
                let seen = pixel / row;
                if height > 0 && seen < total {
                    prop_assert!(drawn.first <= seen && seen < drawn.end);
                }
            }
            if total > WHOLE_TABLE {
                prop_assert!(drawn.end - drawn.first <= height / row + 2 + 2 * extra);
            }
        }

        #[test]
        fn pieces_keep_the_height_the_order_and_the_pinned_row(
            total in 0_usize..5_000, scroll in 0_usize..300_000, height in 0_usize..2000,
            pinned in proptest::option::of(0_usize..6_000),
        ) {
            let row = 44;
            let drawn = window(total, row, scroll, height, 4);
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
