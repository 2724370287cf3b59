//! The walk's intents at what stands in the way of an archive: cancelling a subscription, deleting a bucket. Nothing is
//! over that the service does not show to be over, nothing else is touched, and a check passes only by a list that shows
//! nothing in the way.

use steward_domain::blocker::{Blocker, BlockerState, Check, Payer, Standing, Stored};

use super::truth::Ending;
use super::*;
use crate::Cancelled;

/// What an intent to end something came to, as [`Walk::ended`] counts it.
#[derive(Clone, Copy)]
enum Came {
    Undone,
    Perhaps,
    Accepted,
    Over,
}

fn stands(rows: &[Ending], id: &str) -> bool {
    rows.iter().any(|row| row.id == id && !row.is_over)
}

fn standing(rows: &[Ending]) -> Vec<&str> {
    let rows = rows.iter().filter(|row| !row.is_over);
    rows.map(|row| row.id.as_str()).collect()
}

fn buckets<'a>(truths: &'a [Truth], id: &str) -> &'a [Ending] {
    let mut all = truths.iter();
    all.find(|one| one.id == id).map_or(&[], |one| &one.buckets)
}

impl Walk {
    /// One of a workspace as it truly is; now and then one that is not there.
    fn any_of(&self, id: &WorkspaceId, rows: fn(&Truth) -> &Vec<Ending>) -> String {
        if self.dice.is(2) {
            self.world.state.borrow_mut().stand(id.as_str());
        }
        let state = self.world.state.borrow();
        let found = state.truths.iter().find(|one| one.id == id.as_str());
        match found.map(rows) {
            Some(rows) if !rows.is_empty() && !self.dice.is(12) => self.dice.one(rows).id,
            _ => "none".to_owned(),
        }
    }

    pub(super) fn cancel(&mut self) {
        let id = self.any_id();
        let row = Blocker {
            check: Check::Subscriptions,
            id: self.any_of(&id, |truth| &truth.subscriptions),
            payer: Some(Payer {
                id: ["cus_", id.as_str()].concat(),
                name: String::new(),
            }),
            ..blocker()
        };
        let came = block_on(self.service.cancel_subscription(&id, &row));
        let payers = ["/api/workspaces/", id.as_str(), "/billing-accounts/cus_"].concat();
        self.only(&[&payers, id.as_str(), "/subscriptions/", &row.id].concat());
        let came = match came {
            Ok(Cancelled::Ended(_)) => {
                let trail = self.trail();
                let shown = trail
                    .shown
                    .as_ref()
                    .expect("nothing is over that is not shown");
                assert_eq!(shown.id, id.as_str());
                assert!(!stands(&shown.subscriptions, &row.id), "it goes on");
                Came::Over
            }
            Ok(Cancelled::Scheduled(_)) => {
                assert_eq!(self.trail().writes, 1, "not sent, so not accepted");
                Came::Accepted
            }
            Err(failure) => self.may_not_end(Operation::Cancel, &failure),
        };
        self.ended[0][came as usize] += 1;
        if self.dice.is(3) {
            self.check_again(&id);
        }
    }

    pub(super) fn delete(&mut self) {
        let id = self.any_id();
        // Now and then one of which nobody says that it is here: that is not sent.
        let is_here = !self.dice.is(12);
        let row = Blocker {
            check: Check::Buckets,
            id: self.any_of(&id, |truth| &truth.buckets),
            stored: Some(Stored {
                is_here,
                ..Stored::default()
            }),
            ..blocker()
        };
        let came = block_on(self.store.delete_stored(&id, &row));
        self.only(&["/flash/bucket/", &row.id].concat());
        assert!(is_here || self.trail().writes == 0, "it may be elsewhere");
        let came = match came {
            Ok(_) => {
                let trail = self.trail();
                let shown = trail
                    .stored
                    .as_ref()
                    .expect("nothing is over that is not shown");
                assert!(!stands(buckets(shown, id.as_str()), &row.id), "it goes on");
                Came::Over
            }
            Err(failure) if failure.kind == FailureKind::NotShown => {
                assert_eq!(failure.changed, Changed::Perhaps);
                assert_eq!(self.trail().writes, 1, "not sent, so not accepted");
                Came::Accepted
            }
            Err(failure) => self.may_not_end(Operation::Delete, &failure),
        };
        self.ended[1][came as usize] += 1;
        if self.dice.is(3) {
            self.check_stored(&id);
        }
    }

    /// What is known about one that may stand still is not more than what is true, or than what was shown.
    fn may_not_end(&self, operation: Operation, failure: &Failure) -> Came {
        assert_eq!(failure.operation, operation);
        let trail = self.trail();
        match failure.changed {
            // Of a subscription that still runs nobody can tell; of a bucket the list tells as much as it shows.
            Changed::No => {
                assert!(!trail.applied || operation == Operation::Delete && trail.stored.is_some());
                Came::Undone
            }
            Changed::Perhaps => {
                assert_eq!(trail.writes, 1, "not sent, so not done");
                Came::Perhaps
            }
        }
    }

    /// The checks of the dialog, made again after what was sent.
    fn check_again(&self, id: &WorkspaceId) {
        let writes = self.trail().writes;
        self.world.state.borrow_mut().trail.shown = None;
        for finding in block_on(self.service.blockers(id)) {
            let trail = self.trail();
            let shown = trail
                .shown
                .as_ref()
                .map(|shown| shown.subscriptions.as_slice());
            if finding.check == Check::Subscriptions {
                self.is_so(&finding.standing, shown);
            }
        }
        assert_eq!(self.trail().writes, writes, "looking sends nothing");
    }

    fn check_stored(&self, id: &WorkspaceId) {
        let writes = self.trail().writes;
        self.world.state.borrow_mut().trail.stored = None;
        for finding in block_on(self.store.blockers(id)) {
            let trail = self.trail();
            let shown = trail.stored.as_deref();
            let shown = shown.map(|truths| buckets(truths, id.as_str()));
            if finding.check == Check::Buckets {
                self.is_so(&finding.standing, shown);
            }
        }
        assert_eq!(self.trail().writes, writes, "looking sends nothing");
    }

    /// What a check came to is what was shown, where all of it was.
    fn is_so(&self, check: &Standing, shown: Option<&[Ending]>) {
        match check {
            Standing::Pass => assert_eq!(standing(shown.unwrap()), [""; 0], "no pass"),
            Standing::Blocked(rows, None) => {
                let rows: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
                assert_eq!(rows, standing(shown.unwrap()));
            }
            _ => {}
        }
    }
}

fn blocker() -> Blocker {
    Blocker {
        check: Check::Subscriptions,
        id: String::new(),
        name: None,
        state: BlockerState::Active,
        quantity: None,
        products: Vec::new(),
        currency: None,
        until: None,
        payer: None,
        stored: None,
    }
}
