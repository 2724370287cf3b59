//! Making: one request, and reading the list when its outcome is unknown.

use futures::executor::block_on;
use steward_domain::failure::{Changed, Failure, Operation, Unreadable};

use super::dialect::FANCY;
use super::*;
use crate::{Confirmed, Created, Evidence};

const MADE: &str = r#"{"id":"ws_2","name":"New","billing_mode":"single"}"#;
const BEFORE: &str = r#"{"id":"ws_1","name":"New","billing_mode":"single"}"#;

fn draft() -> Draft {
    let mut raw = RawDraft::new(&DESCRIPTION);
    raw.set(Field::Name, "New".to_owned());
    raw.check(&DESCRIPTION, None).unwrap()
}

/// Makes one in an account that had the first workspace before.
fn made(scene: &Scene) -> Result<Confirmed<Workspace>, Failure> {
    created(scene).map(|created| created.done)
}

fn created(scene: &Scene) -> Result<Created, Failure> {
    block_on(
        scene
            .service
            .create(&draft(), Some(&[id()]), &mut Vec::new()),
    )
}

fn listed(rows: &[&str]) -> Step {
    called("req_2", reply(200, &list(rows)))
}

fn list(rows: &[&str]) -> String {
    [r#"{"data":["#, &rows.join(","), "]}"].concat()
}

#[test]
fn a_workspace_is_made_by_one_request() {
    let scene = scene([called("req_1", reply(201, MADE))]);
    let made = made(&scene).unwrap();
    assert_eq!(made.value.id.as_str(), "ws_2");
    assert_eq!(
        (made.evidence, made.request_id.as_deref()),
        (Evidence::Answered, Some("req_1"))
    );
    assert_eq!(scene.sent(), ["POST /api/workspaces 20000"]);
}

#[test]
fn what_is_not_as_it_was_asked_for_is_told_field_by_field() {
    let run = |body: &str| {
        let created = created(&scene([reply(201, body)])).unwrap();
        let kept = created.kept.fields();
        kept.map(|one| (one.field, one.before.clone(), one.after.clone()))
            .collect::<Vec<_>>()
    };
    let text = str::to_owned;
    assert_eq!(run(MADE), []);
    // A service may not tell how it bills: that is no other word than was asked for.
    assert_eq!(run(r#"{"id":"ws_2","name":"New"}"#), []);
    assert_eq!(
        run(r#"{"id":"ws_2","name":"new","billing_mode":"pooled","description":"x"}"#),
        [
            (Field::Name, text("New"), text("new")),
            (Field::Description, text(""), text("x")),
            (Field::Billing, text("single"), text("pooled")),
        ]
    );
}

#[test]
fn without_knowing_what_was_there_before_the_name_says_what_an_answer_is_about() {
    let run = |asked: &str, name: &str| {
        let mut raw = RawDraft::new(&DESCRIPTION);
        raw.set(Field::Name, asked.to_owned());
        let draft = raw.check(&DESCRIPTION, None).unwrap();
        let body = [
            r#"{"id":"ws_2","name":""#,
            name,
            r#"","billing_mode":"single"}"#,
        ]
        .concat();
        let scene = scene([reply(201, &body), listed(&[])]);
        let created = block_on(scene.service.create(&draft, None, &mut Vec::new()));
        assert_eq!(scene.writes(), 1);
        created.map(|created| (created.done.evidence, created.done.value.name, created.kept))
    };
    // As it is, tidied, in other letters, and cut.
    for (asked, name) in [
        ("New", "New"),
        (" New ", "New"),
        ("New", "new "),
        ("New and long", "New and"),
        ("New and long", "NEW"),
        ("Café", "Caf"),
    ] {
        let (how, made, kept) = run(asked, name).unwrap();
        assert_eq!((how, made.as_str()), (Evidence::Answered, name), "{asked}");
        let is_kept = kept.get(Field::Name).is_some();
        assert_eq!(is_kept, asked != name, "{asked} {name}");
    }
    // Any other name, none at all, and one that differs in or behind a letter.
    for (asked, name) in [
        ("New", "Old"),
        ("New", ""),
        ("New", " "),
        ("New", "A New"),
        ("Café", "Cafe"),
        ("Café", "Cafè"),
        ("é", "a🦀"),
        ("New and long", "New or"),
    ] {
        let failure = run(asked, name).unwrap_err();
        assert_eq!(
            (failure.kind, failure.changed),
            (
                FailureKind::Unreadable(Unreadable::AnotherObject),
                Changed::Perhaps
            ),
            "{asked} {name}"
        );
    }
}

#[test]
fn a_refusal_is_given_back_at_once() {
    let mut refusals = final_refusals();
    refusals.push((409, FailureKind::Conflict));
    refusals.push((429, FailureKind::RateLimited(None)));
    for (status, kind) in refusals {
        let scene = scene([reply(status, ""), reply(201, MADE)]);
        let failure = made(&scene).unwrap_err();
        assert_eq!(
            (failure.operation, failure.kind, failure.changed),
            (Operation::Create, kind, Changed::No)
        );
        assert_eq!((scene.sent().len(), scene.clock.waits().len()), (1, 0));
    }
}

#[test]
fn a_refusal_names_the_field() {
    let body = r#"{"code":"parameter_invalid","message":"The 'name' parameter is bad."}"#;
    let failure = made(&scene([reply(400, body)])).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid(Some(Field::Name)));
}

/// Every way not to learn the outcome, with whether the service said yes.
fn unknown() -> Vec<(Step, FailureKind, bool)> {
    let mut all = Vec::new();
    for (step, kind) in unknown_outcomes() {
        all.push((step, kind, false));
    }
    let unreadable = FailureKind::Unreadable;
    for (status, body, kind) in [
        (201, "", FailureKind::NotShown),
        (202, "", FailureKind::NotShown),
        (202, MADE, FailureKind::NotShown),
        (202, r#"{"job":"j1"}"#, FailureKind::NotShown),
        (201, "{}", unreadable(Unreadable::OtherShape)),
        (201, "{\"id\":", unreadable(Unreadable::Truncated)),
        (201, BEFORE, unreadable(Unreadable::AnotherObject)),
    ] {
        all.push((reply(status, body), kind, true));
    }
    all
}

#[test]
fn one_new_workspace_of_that_name_shows_that_it_was_made() {
    for (step, kind, _) in unknown() {
        // An answer without a word is an answer, whose effect the list shows.
        let expected = match kind {
            FailureKind::NotShown => (Evidence::Answered, None),
            _ => (Evidence::ConfirmedByReading, Some("req_2")),
        };
        for rows in [vec![BEFORE, MADE], vec![MADE], vec![MADE, MADE]] {
            let scene = scene([step.clone(), listed(&rows)]);
            let made = made(&scene).unwrap();
            assert_eq!(made.value.id.as_str(), "ws_2");
            assert_eq!((made.evidence, made.request_id.as_deref()), expected);
            assert_eq!(
                scene.sent(),
                ["POST /api/workspaces 20000", "GET /api/workspaces 10000"]
            );
        }
    }
}

#[test]
fn none_of_that_name_shows_that_it_was_not_made() {
    const OTHER: &str = r#"{"id":"ws_3","name":"Newer"}"#;
    for (step, kind, is_yes) in unknown() {
        // Who said yes and does not show it yet has not said no.
        for rows in [vec![], vec![BEFORE], vec![BEFORE, OTHER]] {
            let scene = scene([step.clone(), listed(&rows)]);
            let failure = made(&scene).unwrap_err();
            assert_eq!(
                (failure.operation, &failure.kind, failure.changed),
                (
                    Operation::Create,
                    &kind,
                    if is_yes {
                        Changed::Perhaps
                    } else {
                        Changed::No
                    }
                )
            );
            assert_eq!(scene.writes(), 1);
        }
    }
}

#[test]
fn what_the_list_leaves_open_is_left_open() {
    const ANOTHER: &str = r#"{"id":"ws_3","name":"New","billing_mode":"single"}"#;
    const POOLED: &str = r#"{"id":"ws_2","name":"New","billing_mode":"pooled"}"#;
    const TEXT: &str = r#"{"id":"ws_2","name":"New","description":"x","billing_mode":"single"}"#;
    const TIDIED: &str = r#"{"id":"ws_2","name":"New ","billing_mode":"single"}"#;
    const ARCHIVED: &str = r#"{"id":"ws_2","name":"New","billing_mode":"single","archived":true}"#;
    let cut = r#"{"data":[],"has_more":true}"#;
    let cut_with_it = [r#"{"data":["#, MADE, r#"],"has_more":true}"#].concat();
    let nameless = list(&[r#"{"name":"New"}"#]);
    for (step, kind, _) in unknown() {
        for body in [
            list(&[MADE, ANOTHER]),
            list(&[POOLED]),
            list(&[TIDIED]),
            list(&[TEXT]),
            list(&[ARCHIVED]),
            cut.to_owned(),
            cut_with_it.clone(),
            nameless.clone(),
        ] {
            let scene = scene([step.clone(), reply(200, &body)]);
            let failure = made(&scene).unwrap_err();
            assert_eq!(
                (&failure.kind, failure.changed),
                (&kind, Changed::Perhaps),
                "{body}"
            );
            assert_eq!(scene.writes(), 1);
        }
    }
}

#[test]
fn what_may_be_it_is_handed_over_so_that_the_list_is_read_once() {
    const ANOTHER: &str = r#"{"id":"ws_3","name":"New","billing_mode":"single"}"#;
    let run = |step: Step, list: Step| {
        let scene = scene([step, list]);
        let mut found = Vec::new();
        let made = block_on(scene.service.create(&draft(), Some(&[id()]), &mut found));
        let mut found: Vec<_> = found.iter().map(|one| one.id.as_str().to_owned()).collect();
        found.sort();
        (made.is_ok(), found, scene.sent().len())
    };
    let both = vec!["ws_2".to_owned(), "ws_3".to_owned()];
    assert_eq!(
        run(lost(), listed(&[BEFORE, MADE, ANOTHER])),
        (false, both, 2)
    );
    // What is known to be it, or not to be there, is told otherwise.
    assert_eq!(run(lost(), listed(&[BEFORE, MADE])), (true, vec![], 2));
    assert_eq!(run(lost(), listed(&[BEFORE])), (false, vec![], 2));
}

#[test]
fn without_knowing_what_was_there_before_a_find_shows_nothing_and_none_shows_no() {
    let run = |rows: &[&str]| {
        let scene = scene([timed_out(), listed(rows)]);
        let failure = block_on(scene.service.create(&draft(), None, &mut Vec::new())).unwrap_err();
        failure.changed
    };
    assert_eq!(run(&[MADE]), Changed::Perhaps);
    assert_eq!(run(&[]), Changed::No);
}

#[test]
fn a_list_that_cannot_be_read_leaves_it_as_it_was() {
    for (step, kind, _) in unknown() {
        for after in [vec![], vec![reply(403, "")], vec![reply(200, "<html>")]] {
            let scene = scene([step.clone()].into_iter().chain(after));
            let failure = made(&scene).unwrap_err();
            assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));
            assert_eq!(scene.writes(), 1);
        }
    }
}

#[test]
fn all_pages_are_looked_through() {
    let pages = [timed_out(), reply(200, "a > 2"), reply(200, "b")];
    let scene = scene_in(&FANCY, pages);
    assert_eq!(made(&scene).unwrap_err().changed, Changed::No);
    assert_eq!(scene.sent().len(), 3);
    // A list that breaks off in the middle has not been looked through.
    let scene = scene_in(&FANCY, [timed_out(), reply(200, "a > 2"), reply(403, "")]);
    assert_eq!(made(&scene).unwrap_err().changed, Changed::Perhaps);
}

#[test]
fn what_the_service_says_it_made_is_opened_and_nothing_is_sent_again() {
    use steward_providers::anthropic::{Anthropic, DESCRIPTION};
    let mut raw = RawDraft::new(&DESCRIPTION);
    raw.set(Field::Name, "New".to_owned());
    raw.set(Field::Tags, "team=a".to_owned());
    let draft = raw.check(&DESCRIPTION, None).unwrap();
    let words = r#"{"error":{"type":"api_error","message":"Set the tags.","details":{"error_code":"workspace_created_incomplete","workspace_id":"wrkspc_2"}}}"#;
    let run = |after: Step| {
        let scene = scene_in(&Anthropic, [reply(503, words), after]);
        let known = [id()];
        let mut found = Vec::new();
        let created = scene.service.create(&draft, Some(&known), &mut found);
        let created = block_on(created);
        assert_eq!((scene.writes(), scene.sent().len()), (1, 2));
        created
    };
    let made = run(reply(200, r#"{"id":"wrkspc_2","name":"New"}"#)).unwrap();
    assert_eq!(made.done.value.id.as_str(), "wrkspc_2");
    assert_eq!(
        (made.done.evidence, made.done.left.as_deref()),
        (Evidence::InPart, Some("Set the tags."))
    );
    let mut kept = made.kept.fields();
    assert!(
        kept.any(|one| one.field == Field::Tags),
        "what is missing is told"
    );
    let failure = run(reply(404, "")).unwrap_err();
    assert_eq!(failure.changed, Changed::Perhaps);
    assert_eq!(failure.service.message.as_deref(), Some("Set the tags."));
}
