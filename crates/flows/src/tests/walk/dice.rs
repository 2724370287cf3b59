//! Chance that can be repeated.

use std::cell::Cell;
use std::rc::Rc;

/// Chance that is the same in every run.
#[derive(Clone)]
pub(super) struct Dice(Rc<Cell<u64>>);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(Rc::new(Cell::new(seed)))
    }

    /// A number below this one (SplitMix64).
    pub(super) fn below(&self, end: usize) -> usize {
        let next = self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0.set(next);
        let mut mixed = next;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    pub(super) fn is(&self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    pub(super) fn one<T: Clone>(&self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}
