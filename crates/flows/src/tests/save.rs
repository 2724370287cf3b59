//! Saving: read, compare, write; and reading again when the outcome is unknown.

use futures::executor::block_on;
use steward_domain::draft::Change;
use steward_domain::failure::{Changed, Failure, FailureKind, Operation, Unreadable};
use steward_domain::merge::{Answer, Part, Pick, Verdict};

use super::dialect::workspace;
use super::*;
use crate::{Evidence, Saved};

const OLD: &str = r#"{"id":"ws_1","name":"Old","description":"Text"}"#;
const NEW: &str = r#"{"id":"ws_1","name":"New","description":"Text"}"#;
/// Somebody else has changed the description meanwhile.
const BESIDE: &str = r#"{"id":"ws_1","name":"Old","description":"Theirs"}"#;
/// And the name.
const THEIRS: &str = r#"{"id":"ws_1","name":"Theirs","description":"Text"}"#;
const ARCHIVED: &str = r#"{"id":"ws_1","name":"Old","archived":true}"#;

const READ: &str = "GET /api/workspaces/ws_1 10000";
const WRITTEN: &str = "PATCH /api/workspaces/ws_1 20000";

fn old() -> Workspace {
    let mut old = workspace("ws_1".to_owned());
    old.name = "Old".to_owned();
    old.description = Some("Text".to_owned());
    old
}

/// Saves these texts, typed over what the workspace was.
fn save(scene: &Scene, texts: &[(Field, &str)], answers: &[Answer]) -> Result<Saved, Failure> {
    let base = old();
    let mine = typed(&base, texts);
    let edit = Edit {
        base: &base,
        mine: &mine,
        answers,
    };
    block_on(scene.service.save(&id(), edit))
}

fn rename(scene: &Scene) -> Result<Saved, Failure> {
    save(scene, &[(Field::Name, "New")], &[])
}

/// How it is known, under which id, the name there then is, and what was sent.
fn known(saved: Saved) -> (Evidence, Option<String>, String, Vec<Field>) {
    let Saved::Done { done, sent, .. } = saved else {
        panic!("{saved:?}");
    };
    let sent = sent.fields().map(|changed| changed.field).collect();
    (done.evidence, done.request_id, done.value.name, sent)
}

fn bodies(scene: &Scene) -> Vec<String> {
    let sent = scene.script.sent();
    sent.into_iter()
        .filter_map(|(request, _)| request.body)
        .collect()
}

#[test]
fn a_save_without_a_conflict_is_one_reading_and_one_writing() {
    let scene = scene([
        called("req_1", reply(200, OLD)),
        called("req_2", reply(200, NEW)),
    ]);
    assert_eq!(
        known(rename(&scene).unwrap()),
        (
            Evidence::Answered,
            Some("req_2".to_owned()),
            "New".to_owned(),
            vec![Field::Name]
        )
    );
    assert_eq!(scene.sent(), [READ, WRITTEN]);
    assert_eq!(bodies(&scene), [r#"{"name":"New"}"#]);
}

#[test]
fn what_somebody_else_changed_beside_it_stays_and_is_told() {
    let scene = scene([reply(200, BESIDE), reply(200, NEW)]);
    let Ok(Saved::Done { parts, .. }) = rename(&scene) else {
        panic!("not done");
    };
    let told: Vec<_> = parts.iter().map(|one| (&one.part, one.verdict)).collect();
    assert_eq!(
        told,
        [
            (&Part::Field(Field::Name), Verdict::Mine),
            (&Part::Field(Field::Description), Verdict::Theirs)
        ]
    );
    assert_eq!(bodies(&scene), [r#"{"name":"New"}"#]);
}

#[test]
fn an_overlap_sends_nothing_and_asks() {
    let scene = scene([reply(200, THEIRS)]);
    let Ok(Saved::Asks { theirs, parts }) = rename(&scene) else {
        panic!("not asked");
    };
    assert_eq!((theirs.name.as_str(), parts.len()), ("Theirs", 1));
    assert_eq!(parts[0].verdict, Verdict::Overlap);
    assert_eq!(scene.sent(), [READ]);
}

/// What is asked when somebody else has taken another name.
fn asked() -> steward_domain::merge::Difference {
    match rename(&scene([reply(200, THEIRS)])) {
        Ok(Saved::Asks { mut parts, .. }) => parts.remove(0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_is_carried_out_against_what_is_there_then() {
    let mine = [Answer::to(&asked(), Pick::Mine)];
    let kept = scene([reply(200, THEIRS), reply(200, NEW)]);
    let saved = save(&kept, &[(Field::Name, "New")], &mine).unwrap();
    assert_eq!(known(saved).0, Evidence::Answered);
    assert_eq!(bodies(&kept), [r#"{"name":"New"}"#]);

    // Theirs is there already: there is nothing to send but what does not overlap.
    let theirs = [Answer::to(&asked(), Pick::Theirs)];
    let taken = scene([called("req_1", reply(200, THEIRS))]);
    let saved = save(&taken, &[(Field::Name, "New")], &theirs).unwrap();
    assert_eq!(
        known(saved),
        (
            Evidence::AlreadyThere,
            Some("req_1".to_owned()),
            "Theirs".to_owned(),
            vec![]
        )
    );
    assert_eq!(taken.sent(), [READ]);

    let beside = scene([
        reply(200, THEIRS),
        reply(200, r#"{"id":"ws_1","name":"Theirs","description":"Mine"}"#),
    ]);
    let texts = [(Field::Name, "New"), (Field::Description, "Mine")];
    save(&beside, &texts, &theirs).unwrap();
    assert_eq!(bodies(&beside), [r#"{"description":"Mine"}"#]);
}

#[test]
fn a_second_conflict_keeps_the_answers_that_still_apply() {
    const BOTH: &str = r#"{"id":"ws_1","name":"Theirs","description":"Theirs"}"#;
    const AGAIN: &str = r#"{"id":"ws_1","name":"Theirs again","description":"Theirs"}"#;
    let texts = [(Field::Name, "New"), (Field::Description, "Mine")];
    let open = |body: &str, answers: &[Answer]| {
        let scene = scene([reply(200, body)]);
        let Ok(Saved::Asks { parts, .. }) = save(&scene, &texts, answers) else {
            panic!("not asked");
        };
        assert_eq!(scene.writes(), 0);
        parts
    };
    let first = open(BOTH, &[]);
    let answers: Vec<_> = first
        .iter()
        .map(|asked| Answer::to(asked, Pick::Mine))
        .collect();
    let second = open(AGAIN, &answers);
    let applies = |at: usize| answers.iter().any(|answer| answer.is_to(&second[at]));
    assert_eq!((applies(0), applies(1)), (false, true));

    let mut answers = answers;
    answers.push(Answer::to(&second[0], Pick::Theirs));
    let done = r#"{"id":"ws_1","name":"Theirs again","description":"Mine"}"#;
    let scene = scene([reply(200, AGAIN), reply(200, done)]);
    assert!(save(&scene, &texts, &answers).is_ok());
    assert_eq!(bodies(&scene), [r#"{"description":"Mine"}"#]);
}

#[test]
fn what_both_changed_to_the_same_is_there_already_and_not_sent_again() {
    let scene = scene([called("req_1", reply(200, NEW))]);
    let saved = rename(&scene).unwrap();
    assert_eq!(
        known(saved),
        (
            Evidence::AlreadyThere,
            Some("req_1".to_owned()),
            "New".to_owned(),
            vec![]
        )
    );
    assert_eq!(scene.sent(), [READ]);
}

#[test]
fn archived_or_gone_meanwhile_sends_nothing() {
    let archived = scene([reply(200, ARCHIVED)]);
    let Ok(Saved::Archived(found)) = rename(&archived) else {
        panic!("not archived");
    };
    assert!(found.state.is_archived());
    let gone = scene([reply(404, "")]);
    assert_eq!(rename(&gone), Ok(Saved::Gone));
    assert_eq!([archived.sent(), gone.sent()], [[READ], [READ]]);
}

#[test]
fn a_state_that_is_not_known_meanwhile_sends_nothing() {
    let odd = r#"{"id":"ws_1","name":"Old","archived":"suspended"}"#;
    let scene = scene([reply(200, odd)]);
    let Ok(Saved::Archived(found)) = rename(&scene) else {
        panic!("saved over a state that is not known");
    };
    assert!(!found.state.is_archived() && !found.state.is_active());
    assert_eq!(scene.sent(), [READ]);
}

#[test]
fn a_reading_that_failed_sends_nothing() {
    for (step, kind) in [
        (reply(401, ""), FailureKind::SignedOut),
        (reply(403, ""), FailureKind::Forbidden),
        (reply(200, ""), FailureKind::Unreadable(Unreadable::Empty)),
        (
            reply(200, "{\"id\":"),
            FailureKind::Unreadable(Unreadable::Truncated),
        ),
        (
            reply(200, "<html>"),
            FailureKind::Unreadable(Unreadable::WebPage),
        ),
        (lost(), FailureKind::Unreachable),
        (timed_out(), FailureKind::TimedOut),
        (reply(500, ""), FailureKind::ServiceFault(None)),
    ] {
        let scene = scene(vec![step; 3]);
        let failure = rename(&scene).unwrap_err();
        assert_eq!(
            (failure.operation, failure.kind, failure.changed),
            (Operation::Save, kind, Changed::No)
        );
        assert_eq!(scene.writes(), 0);
    }
}

#[test]
fn the_reading_before_it_tries_again_but_waits_for_no_moment_that_is_asked_for() {
    let again = scene([lost(), reply(500, ""), reply(200, OLD), reply(200, NEW)]);
    assert!(rename(&again).is_ok());
    assert_eq!(again.writes(), 1);
    for (step, kind) in [
        (later(429, "9"), FailureKind::RateLimited(Some(9))),
        (reply(429, ""), FailureKind::RateLimited(None)),
        (later(503, "9"), FailureKind::ServiceFault(Some(9))),
    ] {
        let scene = scene([step, reply(200, OLD)]);
        let failure = rename(&scene).unwrap_err();
        assert_eq!(
            (failure.operation, failure.kind, failure.changed),
            (Operation::Save, kind, Changed::No)
        );
        assert_eq!((scene.sent().len(), scene.clock.waits().len()), (1, 0));
    }
}

#[test]
fn a_refusal_is_given_back_whole() {
    let mut refusals = final_refusals();
    refusals.retain(|(status, _)| *status != 404);
    refusals.push((409, FailureKind::Conflict));
    refusals.push((429, FailureKind::RateLimited(None)));
    for (status, kind) in refusals {
        for after in [vec![], vec![reply(200, OLD)]] {
            let scene = scene(
                [reply(200, OLD), reply(status, "")]
                    .into_iter()
                    .chain(after),
            );
            let failure = rename(&scene).unwrap_err();
            assert_eq!(
                (failure.operation, &failure.kind, failure.changed),
                (Operation::Save, &kind, Changed::No)
            );
            assert_eq!(scene.writes(), 1, "{status}");
        }
    }
    let body = r#"{"code":"parameter_invalid","message":"The 'name' parameter is bad."}"#;
    let scene = scene([reply(200, OLD), reply(400, body)]);
    let failure = rename(&scene).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid(Some(Field::Name)));
    assert_eq!(scene.sent().len(), 2, "what it is about is known");
}

#[test]
fn a_refusal_that_somebody_else_caused_is_told_as_what_it_is() {
    for status in [409, 412, 404] {
        let run = |after: Step| {
            let scene = scene([reply(200, OLD), reply(status, ""), after]);
            let saved = rename(&scene);
            assert_eq!((scene.writes(), scene.sent().len()), (1, 3));
            saved
        };
        assert!(matches!(run(reply(200, THEIRS)), Ok(Saved::Asks { .. })));
        assert!(matches!(run(reply(200, ARCHIVED)), Ok(Saved::Archived(_))));
        assert_eq!(run(reply(404, "")), Ok(Saved::Gone));
        let there = run(called("req_3", reply(200, NEW))).unwrap();
        assert_eq!(
            known(there),
            (
                Evidence::AlreadyThere,
                Some("req_3".to_owned()),
                "New".to_owned(),
                vec![]
            )
        );
    }
}

#[test]
fn an_unknown_outcome_is_settled_by_reading_and_never_by_sending_again() {
    for (step, kind) in unknown_outcomes() {
        let found = called("req_3", reply(200, NEW));
        let done = scene([reply(200, OLD), step.clone(), found]);
        let (how, request_id, name, _) = known(rename(&done).unwrap());
        assert_eq!(
            (how, request_id.as_deref(), name.as_str()),
            (Evidence::ConfirmedByReading, Some("req_3"), "New")
        );

        let not_done = scene([reply(200, OLD), step.clone(), reply(200, OLD)]);
        let failure = rename(&not_done).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::No));

        let dark = scene([reply(200, OLD), step]);
        let failure = rename(&dark).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));

        for scene in [done, not_done, dark] {
            assert_eq!(scene.writes(), 1);
            assert_eq!(scene.sent()[2], READ);
        }
    }
}

#[test]
fn a_success_without_a_readable_answer_is_read_again() {
    let unreadable = FailureKind::Unreadable;
    for (status, body, kind) in [
        (200, "", FailureKind::NotShown),
        (202, "", FailureKind::NotShown),
        (202, OLD, FailureKind::NotShown),
        (
            202,
            r#"{"job":"j1","state":"queued"}"#,
            FailureKind::NotShown,
        ),
        (200, "{\"id\":", unreadable(Unreadable::Truncated)),
        (200, "{}", unreadable(Unreadable::OtherShape)),
        (
            200,
            r#"{"id":"ws_2","name":"New","description":"Text"}"#,
            unreadable(Unreadable::AnotherObject),
        ),
    ] {
        let run = |after: Step| {
            let scene = scene([reply(200, OLD), reply(status, body), after]);
            let saved = rename(&scene);
            assert_eq!(scene.writes(), 1);
            saved.map_err(|failure| (failure.kind, failure.changed))
        };
        assert!(
            matches!(run(reply(200, NEW)), Ok(Saved::Done { .. })),
            "{body}"
        );
        // It said yes and shows something else: neither yes nor no can be claimed.
        for after in [
            reply(200, OLD),
            reply(404, ""),
            reply(200, r#"{"id":"ws_2","name":"New","description":"Text"}"#),
        ] {
            assert_eq!(run(after), Err((kind.clone(), Changed::Perhaps)), "{body}");
        }
    }
}

/// What was made of a save, and what is kept in place of what was sent.
type Otherwise = (
    Option<Evidence>,
    Vec<(Field, String, String)>,
    Vec<(Field, String, String)>,
);

fn otherwise(saved: Saved) -> Otherwise {
    let Saved::Differently {
        done, made, kept, ..
    } = saved
    else {
        panic!("{saved:?}");
    };
    let told = |change: Change| {
        let fields = change.fields();
        fields
            .map(|one| (one.field, one.before.clone(), one.after.clone()))
            .collect()
    };
    (done.map(|done| done.evidence), told(made), told(kept))
}

#[test]
fn values_that_are_kept_otherwise_are_told_field_by_field() {
    let text = str::to_owned;
    let both = [(Field::Name, "New and long"), (Field::Description, "Other")];
    // Ignored: nothing was made of it.
    let ignored = scene([reply(200, OLD), reply(200, OLD), reply(200, OLD)]);
    assert_eq!(
        otherwise(rename(&ignored).unwrap()),
        (None, vec![], vec![(Field::Name, text("New"), text("Old"))])
    );
    // Cut, dropped, in other letters.
    for now in [
        r#"{"id":"ws_1","name":"New and","description":"Other"}"#,
        r#"{"id":"ws_1","name":"new and long","description":null}"#,
    ] {
        let scene = scene([reply(200, OLD), reply(200, now), reply(200, now)]);
        let (how, made, kept) = otherwise(save(&scene, &both, &[]).unwrap());
        assert_eq!(how, Some(Evidence::Differently));
        assert_eq!((made.len(), kept.is_empty()), (2, false));
        assert_eq!(
            (&made[0].1, &kept[0].1),
            (&text("Old"), &text("New and long"))
        );
        assert_eq!(made[0].2, kept[0].2);
        assert_eq!(scene.writes(), 1);
    }
}

#[test]
fn an_answer_with_other_values_that_no_reading_shows_is_told_as_the_answer_it_is() {
    for answered in ["Ne", "new", "New ", ""] {
        let answer = format!(r#"{{"id":"ws_1","name":"{answered}","description":"Text"}}"#);
        let scene = scene([reply(200, OLD), reply(200, &answer), reply(200, OLD)]);
        let Ok(Saved::Answered { now, said }) = rename(&scene) else {
            panic!("{answered}");
        };
        let told: Vec<_> = said.fields().collect();
        assert_eq!((now.name.as_str(), told.len()), ("Old", 1));
        assert_eq!(
            (told[0].before.as_str(), told[0].after.as_str()),
            ("New", answered)
        );
        assert_eq!(scene.writes(), 1);
    }
    // What a reading shows is what the service made of it, whatever its answer was.
    let other = r#"{"id":"ws_1","name":"Ne","description":"Text"}"#;
    for answer in [OLD, r#"{"id":"ws_1","name":"N","description":"Text"}"#] {
        let scene = scene([reply(200, OLD), reply(200, answer), reply(200, other)]);
        let Ok(Saved::Differently { kept, .. }) = rename(&scene) else {
            panic!("{answer}");
        };
        assert_eq!(
            kept.fields()
                .map(|one| one.after.as_str())
                .collect::<Vec<_>>(),
            ["Ne"]
        );
    }
    // The reading alone shows it as it was sent: that is evidence enough.
    let late = scene([reply(200, OLD), reply(200, OLD), reply(200, NEW)]);
    assert!(matches!(rename(&late), Ok(Saved::Done { .. })));
}

#[test]
fn a_reading_about_another_workspace_sends_nothing() {
    let another = r#"{"id":"ws_2","name":"Old","description":"Text"}"#;
    let scene = scene([reply(200, another)]);
    let failure = rename(&scene).unwrap_err();
    assert_eq!(
        (failure.kind, failure.changed),
        (
            FailureKind::Unreadable(Unreadable::AnotherObject),
            Changed::No
        )
    );
    assert_eq!(scene.writes(), 0);
}

#[test]
fn only_every_wanted_part_shows_it_done_and_only_none_of_them_shows_it_not_done() {
    const NONE: &str = r#"{"id":"ws_1","name":"Old","description":null}"#;
    const EMPTY: &str = r#"{"id":"ws_1","name":"Old","description":""}"#;
    let (name, text) = (Field::Name, Field::Description);
    for (texts, found, changed) in [
        (vec![(name, "New")], NEW, None),
        (vec![(text, "Other")], NEW, Some(Changed::No)),
        (
            vec![(name, "New"), (text, "Other")],
            NEW,
            Some(Changed::Perhaps),
        ),
        (vec![(name, "Other")], NEW, Some(Changed::Perhaps)),
        (vec![(name, "New")], BESIDE, Some(Changed::No)),
        (vec![(text, "")], OLD, Some(Changed::No)),
        (vec![(text, "")], NONE, None),
        (vec![(text, "")], EMPTY, None),
    ] {
        let scene = scene([reply(200, OLD), timed_out(), reply(200, found)]);
        let saved = save(&scene, &texts, &[]);
        assert_eq!(
            saved.err().map(|failure| failure.changed),
            changed,
            "{texts:?}"
        );
    }
}

#[test]
fn the_reading_after_it_tries_again_as_every_reading_does() {
    let scene = scene([reply(200, OLD), timed_out(), lost(), reply(200, NEW)]);
    assert!(rename(&scene).is_ok());
    assert_eq!(scene.writes(), 1);
    assert_eq!(scene.clock.now(), Timestamp((20_000 + 125) * 1000));
}
