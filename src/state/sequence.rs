//! In which order things were asked for.
//!
//! Guarantees: what was asked for later has a greater number, whatever it is and whichever answer
//! arrives first. Must not know what is asked.

use crate::reactive::Store;

/// The number of what was asked for last. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Sequence(Store<u32>);

impl Sequence {
    pub(super) fn new() -> Self {
        Self(Store::new(0))
    }

    /// The number of what is asked for now; never 0.
    pub(super) fn next(self) -> u32 {
        let number = self.0.with_value(|number| number.wrapping_add(1));
        self.0.set_value(number);
        number
    }
}
