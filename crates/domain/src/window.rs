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

/// The numbers of the rows to draw: those of the window, and one more that stays drawn wherever it is: the one that
/// holds the keyboard's focus, which would be lost with it.
#[must_use]
pub fn rows(window: Window, total: usize, pinned: Option<usize>) -> Vec<usize> {
    let pinned = pinned.filter(|pinned| *pinned < total);
    let before = pinned.filter(|pinned| *pinned < window.first);
    let after = pinned.filter(|pinned| *pinned >= window.end);
    before
        .into_iter()
        .chain(window.first..window.end)
        .chain(after)
        .collect()
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

    proptest! {
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
        fn rows_are_in_order_and_have_the_pinned_one(
            total in 0_usize..5_000, scroll in 0_usize..300_000, height in 0_usize..2000,
            pinned in proptest::option::of(0_usize..6_000),
        ) {
            let drawn = window(total, 44, scroll, height, 4, WHOLE_TABLE);
            let rows = rows(drawn, total, pinned);
            prop_assert!(rows.is_sorted_by(|a, b| a < b));
            prop_assert!((drawn.first..drawn.end).all(|number| rows.contains(&number)));
            if let Some(pinned) = pinned.filter(|pinned| *pinned < total) {
                prop_assert!(rows.contains(&pinned));
            }
            prop_assert!(rows.len() <= drawn.end - drawn.first + 1);
        }
    }
}
