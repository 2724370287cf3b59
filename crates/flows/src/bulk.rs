//! Archiving many workspaces of one account, one after the other.
//!
//! Guarantees: every row ends in exactly one named standing, and a row that was not reached stays
//! "not tried"; a row is sent again only if the service refused it unread, for too many requests; a
//! pause that the service asked for is kept; whoever watches can hold and stop it between two rows
//! and while it waits. Must not know who may archive, nor how a report is shown.

use steward_domain::failure::{Changed, Failure, FailureKind};
use steward_domain::id::WorkspaceId;

use crate::archive::Archived;
use crate::service::Service;

/// How often one row is sent while the service says that there are too many requests.
const SENDS: u32 = 3;
/// How often whoever watches is asked again while there is something to wait for.
const LOOK_MS: u32 = 500;
/// How long to wait after "too many requests" without a time.
const UNTIMED_WAIT_MS: u32 = 8_000;
/// After so many answers in a row that got lost, the service counts as not answering.
const LOST_IN_A_ROW: u32 = 3;

/// What came of one row.
#[derive(Clone, PartialEq, Debug)]
pub enum Standing {
    /// Nothing was sent for it, or what was sent was refused unread.
    NotTried,
    /// The service asked for a pause; so many seconds are left.
    Waiting(u32),
    /// The request is out.
    UnderWay,
    /// It is archived.
    Done(Archived),
    /// Something in the workspace, or another state than expected, stands in the way.
    Blocked(Failure),
    /// The service refused, and nothing changed.
    Refused(Failure),
    /// The service accepted it and does not show its effect yet.
    Accepted(Failure),
    /// Nobody knows.
    Unknown(Failure),
}

impl Standing {
    /// Whether there is nothing left to do for it.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }
}

/// What whoever watches wants for the next row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Send it.
    Send,
    /// Leave it out.
    Skip,
    /// Wait.
    Pause,
    /// End here.
    Stop,
}

/// Whoever watches.
pub trait BulkReport {
    /// Asked before each row, and again and again while there is something to wait for.
    fn decide(&self, row: usize) -> Decision;
    /// Told of everything that happens to a row.
    fn note(&self, row: usize, standing: Standing);
}

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Every row has been gone through.
    Finished,
    /// Whoever watches wanted it to end.
    Stopped,
    /// The service no longer accepts the credential.
    SignedOut,
    /// The service does not answer any more.
    NotAnswering,
}

impl Service {
    /// Archives these workspaces, one after the other, and reports each.
    pub async fn archive_each(&self, rows: &[WorkspaceId], report: &dyn BulkReport) -> End {
        let mut lost = 0;
        for (row, id) in rows.iter().enumerate() {
            match self.archive_row(row, id, report).await {
                Row::Next => lost = 0,
                Row::Lost => lost += 1,
                Row::End(end) => return end,
            }
            if lost == LOST_IN_A_ROW && row + 1 < rows.len() {
                return End::NotAnswering;
            }
        }
        End::Finished
    }

    async fn archive_row(&self, row: usize, id: &WorkspaceId, report: &dyn BulkReport) -> Row {
        for send in 1..=SENDS {
            match self.until_due(row, report).await {
                Decision::Skip => return Row::Next,
                Decision::Stop => return Row::End(End::Stopped),
                Decision::Send | Decision::Pause => {}
            }
            report.note(row, Standing::UnderWay);
            let failure = match self.archive(id).await {
                Ok(archived) => {
                    report.note(row, Standing::Done(archived));
                    return Row::Next;
                }
                Err(failure) => failure,
            };
            let kind = failure.kind.clone();
            let (standing, row_end) = match (&kind, failure.changed) {
                (FailureKind::RateLimited(_), Changed::No) if send < SENDS => {
                    report.note(row, Standing::NotTried);
                    if self.rate_limit.left(self.clock.now()).is_none() {
                        self.wait(row, UNTIMED_WAIT_MS, report).await;
                    }
                    continue;
                }
                (FailureKind::SignedOut, Changed::No) => {
                    (Standing::Refused(failure), Row::End(End::SignedOut))
                }
                (FailureKind::NotShown, _) => (Standing::Accepted(failure), Row::Next),
                (_, Changed::Perhaps) => (Standing::Unknown(failure), Row::Lost),
                (FailureKind::Conflict | FailureKind::InUse, Changed::No) => {
                    (Standing::Blocked(failure), Row::Next)
                }
                (
                    FailureKind::Unreachable
                    | FailureKind::TimedOut
                    | FailureKind::ServiceFault(_)
                    | FailureKind::Unreadable(_),
                    Changed::No,
                ) => (Standing::Refused(failure), Row::Lost),
                (_, Changed::No) => (Standing::Refused(failure), Row::Next),
            };
            report.note(row, standing);
            return row_end;
        }
        Row::Next
    }

    /// Waits until the row may be sent, or need not be.
    async fn until_due(&self, row: usize, report: &dyn BulkReport) -> Decision {
        loop {
            match (
                report.decide(row),
                self.rate_limit.left_ms(self.clock.now()),
            ) {
                (wish @ (Decision::Stop | Decision::Skip), _) => {
                    report.note(row, Standing::NotTried);
                    return wish;
                }
                (Decision::Pause, _) => self.clock.sleep(LOOK_MS).await,
                (Decision::Send, Some(left)) => {
                    report.note(row, Standing::Waiting(left.div_ceil(1000)));
                    self.clock.sleep(left.min(LOOK_MS)).await;
                }
                (Decision::Send, None) => return Decision::Send,
            }
        }
    }

    /// Waits so long, unless whoever watches has had enough.
    async fn wait(&self, row: usize, mut millis: u32, report: &dyn BulkReport) {
        while millis > 0 && report.decide(row) != Decision::Stop {
            report.note(row, Standing::Waiting(millis.div_ceil(1000)));
            let step = millis.min(LOOK_MS);
            self.clock.sleep(step).await;
            millis -= step;
        }
    }
}

/// What follows a row.
enum Row {
    Next,
    /// The next one; the answer to this one got lost.
    Lost,
    End(End),
}
