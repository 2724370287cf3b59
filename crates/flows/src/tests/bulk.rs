//! Archiving many: each row in one standing, sent no more often than it may be.

use std::cell::{Cell, RefCell};

use futures::executor::block_on;
use steward_domain::failure::FailureKind;
use steward_domain::id::WorkspaceId;

use super::{Scene, later, lost, reply, scene, timed_out};
use crate::bulk::{BulkReport, Decision, End, Standing};
use crate::testing::Step;

const ACTIVE: &str = r#"{"id":"ws_1","name":"A","archived":false}"#;
const BUSY: &str = r#"{"type":"conflict_error","code":"workspace_not_empty","message":"Busy."}"#;

#[derive(Default)]
struct Notes {
    all: RefCell<Vec<(usize, Standing)>>,
    /// Stops once so many rows are settled.
    stop_after: Cell<Option<usize>>,
    /// Holds so many times before it lets go on.
    hold: Cell<u32>,
    skip: Cell<Option<usize>>,
}

impl Notes {
    fn last(&self, rows: usize) -> Vec<Standing> {
        let all = self.all.borrow();
        let last = |row| all.iter().rev().find(|(other, _)| *other == row);
        (0..rows)
            .map(|row| last(row).map_or(Standing::NotTried, |(_, standing)| standing.clone()))
            .collect()
    }

    fn settled(&self) -> usize {
        let all = self.all.borrow();
        let open = |standing: &Standing| {
            matches!(
                standing,
                Standing::UnderWay | Standing::Waiting(_) | Standing::NotTried
            )
        };
        all.iter().filter(|(_, standing)| !open(standing)).count()
    }
}

impl BulkReport for Notes {
    fn decide(&self, row: usize) -> Decision {
        if self.stop_after.get() == Some(self.settled()) {
            return Decision::Stop;
        }
        if self.skip.get() == Some(row) {
            return Decision::Skip;
        }
        if self.hold.get() > 0 {
            self.hold.set(self.hold.get() - 1);
            return Decision::Pause;
        }
        Decision::Send
    }

    fn note(&self, row: usize, standing: Standing) {
        self.all.borrow_mut().push((row, standing));
    }
}

/// A workspace that shows itself archived.
fn archived(row: usize) -> Step {
    let body = [r#"{"id":"ws_"#, &row.to_string(), r#"","archived":true}"#].concat();
    reply(200, &body)
}

fn rows(count: usize) -> Vec<WorkspaceId> {
    (1..=count)
        .filter_map(|number| WorkspaceId::new(["ws_", &number.to_string()].concat()))
        .collect()
}

fn run(steps: Vec<Step>, count: usize, notes: &Notes) -> (End, Scene) {
    let scene = scene(steps);
    let end = block_on(scene.service.archive_each(&rows(count), notes));
    (end, scene)
}

fn word(standing: &Standing) -> &'static str {
    match standing {
        Standing::NotTried => "not tried",
        Standing::Waiting(_) => "waiting",
        Standing::UnderWay => "under way",
        Standing::Done(_) => "done",
        Standing::Blocked(_) => "blocked",
        Standing::Refused(_) => "refused",
        Standing::Accepted(_) => "accepted",
        Standing::Unknown(_) => "unknown",
    }
}

fn words(notes: &Notes, count: usize) -> Vec<&'static str> {
    notes.last(count).iter().map(word).collect()
}

#[test]
fn every_row_ends_in_its_own_standing() {
    let notes = Notes::default();
    let steps = vec![
        reply(204, ""),
        archived(1),
        reply(409, BUSY),
        reply(200, ACTIVE),
        reply(403, ""),
        timed_out(),
        archived(4),
        timed_out(),
        reply(404, ""),
        reply(204, ""),
        archived(6),
    ];
    let (end, scene) = run(steps, 6, &notes);
    assert_eq!(end, End::Finished);
    assert_eq!(
        words(&notes, 6),
        ["done", "blocked", "refused", "done", "unknown", "done"]
    );
    assert_eq!(scene.writes(), 6);
}

#[test]
fn only_the_row_that_was_too_many_is_sent_again_and_not_before_its_time() {
    let notes = Notes::default();
    let steps = vec![
        reply(204, ""),
        archived(1),
        later(429, "7"),
        reply(204, ""),
        archived(2),
        reply(204, ""),
        archived(3),
    ];
    let (end, scene) = run(steps, 3, &notes);
    assert_eq!(end, End::Finished);
    assert_eq!(words(&notes, 3), ["done"; 3]);
    let deletes: Vec<String> = scene
        .sent()
        .into_iter()
        .filter(|line| line.starts_with("DELETE"))
        .collect();
    assert_eq!(
        deletes,
        [
            "DELETE /api/workspaces/ws_1 20000",
            "DELETE /api/workspaces/ws_2 20000",
            "DELETE /api/workspaces/ws_2 20000",
            "DELETE /api/workspaces/ws_3 20000",
        ]
    );
    assert_eq!(scene.clock.waits().iter().sum::<u32>(), 7_000);
    let told: Vec<u32> = notes
        .all
        .borrow()
        .iter()
        .filter_map(|(_, standing)| match standing {
            Standing::Waiting(seconds) => Some(*seconds),
            _ => None,
        })
        .collect();
    assert_eq!((told.first(), told.last()), (Some(&7), Some(&1)));
}

#[test]
fn a_row_that_stays_too_many_is_refused_after_three_sends() {
    let notes = Notes::default();
    let steps = vec![
        later(429, "1"),
        later(429, "1"),
        later(429, "1"),
        reply(204, ""),
        archived(2),
    ];
    let (end, scene) = run(steps, 2, &notes);
    assert_eq!(end, End::Finished);
    assert_eq!(words(&notes, 2), ["refused", "done"]);
    assert_eq!(scene.writes(), 4);
}

#[test]
fn too_many_without_a_time_waits_all_the_same() {
    let notes = Notes::default();
    let steps = vec![reply(429, ""), reply(204, ""), archived(1)];
    let (_, scene) = run(steps, 1, &notes);
    assert_eq!(words(&notes, 1), ["done"]);
    assert_eq!(scene.clock.waits().iter().sum::<u32>(), 8_000);
}

#[test]
fn stopping_leaves_the_rest_untried() {
    let notes = Notes::default();
    notes.stop_after.set(Some(2));
    let steps = vec![reply(204, ""), archived(1), reply(204, ""), archived(2)];
    let (end, scene) = run(steps, 50, &notes);
    assert_eq!(end, End::Stopped);
    let words = words(&notes, 50);
    let count = |wanted| words.iter().filter(|word| **word == wanted).count();
    assert_eq!((count("done"), count("not tried")), (2, 48));
    assert_eq!(scene.writes(), 2);
}

#[test]
fn stopping_ends_a_wait_too() {
    let notes = Notes::default();
    let steps = vec![later(429, "600")];
    let scene = scene(steps);
    // The first look lets it go, the pause is looked at, then it stops.
    struct Impatient<'a>(&'a Notes, Cell<u32>);
    impl BulkReport for Impatient<'_> {
        fn decide(&self, _: usize) -> Decision {
            self.1.set(self.1.get() + 1);
            if self.1.get() > 4 {
                Decision::Stop
            } else {
                Decision::Send
            }
        }
        fn note(&self, row: usize, standing: Standing) {
            self.0.note(row, standing);
        }
    }
    let end = block_on(
        scene
            .service
            .archive_each(&rows(3), &Impatient(&notes, Cell::new(0))),
    );
    assert_eq!(end, End::Stopped);
    assert_eq!(words(&notes, 3), ["not tried"; 3]);
    assert!(scene.clock.waits().iter().sum::<u32>() <= 2_000);
    assert_eq!(scene.writes(), 1);
}

#[test]
fn holding_sends_nothing() {
    let notes = Notes::default();
    notes.hold.set(4);
    let (end, scene) = run(vec![reply(204, ""), archived(1)], 1, &notes);
    assert_eq!((end, scene.clock.waits()), (End::Finished, vec![500; 4]));
    assert_eq!(words(&notes, 1), ["done"]);
}

#[test]
fn a_row_that_is_left_out_is_not_sent() {
    let notes = Notes::default();
    notes.skip.set(Some(0));
    let (end, scene) = run(vec![reply(204, ""), archived(2)], 2, &notes);
    assert_eq!(end, End::Finished);
    assert_eq!(words(&notes, 2), ["not tried", "done"]);
    assert_eq!(scene.writes(), 1);
}

#[test]
fn a_session_that_ended_ends_it() {
    let notes = Notes::default();
    let (end, scene) = run(vec![reply(401, "")], 9, &notes);
    assert_eq!(end, End::SignedOut);
    assert_eq!(words(&notes, 2), ["refused", "not tried"]);
    assert_eq!(scene.writes(), 1);
}

#[test]
fn what_is_accepted_and_not_shown_is_neither_done_nor_a_reason_to_stop() {
    let notes = Notes::default();
    let another = |row: usize| archived(row + 1);
    let steps = (1..=5).flat_map(|row| [reply(202, ""), another(row)]);
    let (end, scene) = run(steps.collect(), 5, &notes);
    assert_eq!(end, End::Finished);
    assert_eq!(words(&notes, 5), ["accepted"; 5]);
    assert_eq!(scene.writes(), 5);
}

#[test]
fn a_service_that_does_not_answer_is_left_alone_after_three() {
    let notes = Notes::default();
    // The script is over at once: nobody is at the other end.
    let (end, scene) = run(vec![lost()], 9, &notes);
    assert_eq!(end, End::NotAnswering);
    assert_eq!(
        words(&notes, 4),
        ["unknown", "unknown", "unknown", "not tried"]
    );
    assert_eq!(scene.writes(), 3);
    let kinds = notes.last(1);
    assert!(
        matches!(&kinds[..], [Standing::Unknown(failure)] if failure.kind == FailureKind::Unreachable)
    );
}
