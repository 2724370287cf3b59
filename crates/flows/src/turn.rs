//! Which of several tabs sends a refresh token that each of them holds. A tab that is duplicated, restored or
//! shown again has what the other has.
//!
//! Guarantees: of any tabs that hear each other one goes on, whichever asked first; a token that was sent is
//! sent by no other tab. Must not know how tabs speak, nor what a token is.

/// How far a tab has come with a refresh token.
#[derive(Clone, PartialEq, Debug)]
pub enum Turn {
    /// It wants to send it, under a number that no other tab has drawn.
    Asks(String),
    /// It sends it, or has and waits for the answer.
    Sends,
    /// It waits for another tab that sends it.
    Waits,
    /// It has been sent, by this tab or by another.
    Spent,
}

/// What follows from another tab's wish to send the same token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reply {
    /// The other waits: this tab sends it.
    Wait,
    /// The other may not: it has been sent.
    Spent,
    /// The other goes on, and this tab waits for it.
    Yield,
}

impl Turn {
    /// What this tab says to another that wants to send the same token under the number `theirs`; nothing where
    /// it has no part in it.
    #[must_use]
    pub fn reply(&self, theirs: &str) -> Option<Reply> {
        match self {
            Self::Asks(own) if own.as_str() <= theirs => Some(Reply::Wait),
            Self::Asks(_) => Some(Reply::Yield),
            Self::Sends => Some(Reply::Wait),
            Self::Spent => Some(Reply::Spent),
            Self::Waits => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(number: &str) -> Turn {
        Turn::Asks(number.to_owned())
    }

    #[test]
    fn of_two_tabs_that_ask_one_goes_on_and_the_other_waits() {
        for (one, other) in [("a", "b"), ("b", "a"), ("", "a"), ("a", "aa")] {
            let replies = [asks(one).reply(other), asks(other).reply(one)];
            assert!(
                replies == [Some(Reply::Wait), Some(Reply::Yield)]
                    || replies == [Some(Reply::Yield), Some(Reply::Wait)],
                "{one} and {other}: {replies:?}"
            );
        }
    }

    #[test]
    fn a_token_that_is_sent_or_spent_is_sent_by_no_other_tab() {
        assert_eq!(Turn::Sends.reply("0"), Some(Reply::Wait));
        assert_eq!(Turn::Spent.reply("0"), Some(Reply::Spent));
        assert_eq!(Turn::Waits.reply("0"), None, "whoever sends it says so");
    }

    /// Any number of tabs, whose questions reach the others in any order: one sends.
    #[test]
    fn of_many_tabs_one_sends_however_their_words_cross() {
        let numbers = ["k", "c", "x", "a", "q"];
        for first in 0..numbers.len() {
            let mut tabs: Vec<Turn> = numbers.iter().map(|number| asks(number)).collect();
            for step in 0..numbers.len() {
                let speaker = (first + step) % numbers.len();
                if !matches!(tabs[speaker], Turn::Asks(_)) {
                    continue;
                }
                for listener in 0..numbers.len() {
                    if listener == speaker {
                        continue;
                    }
                    match tabs[listener].reply(numbers[speaker]) {
                        Some(Reply::Wait | Reply::Spent) => tabs[speaker] = Turn::Waits,
                        Some(Reply::Yield) => tabs[listener] = Turn::Waits,
                        None => {}
                    }
                }
            }
            let left = tabs.iter().filter(|tab| matches!(tab, Turn::Asks(_)));
            assert_eq!(left.count(), 1, "{tabs:?}");
        }
    }
}
