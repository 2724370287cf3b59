//! Attempts as this tab keeps them over a reload: an item of the session's storage for each.
//!
//! Guarantees: what cannot be read is left out, not guessed; the person's words and the service's are
//! kept as they are; nothing of it is a credential.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation, ServiceWords, Unreadable};
use steward_domain::field::Field;
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_flows::Evidence;
use steward_flows::json::{Object, members};

use super::{ActionRecord, Attempt, FieldChange, Outcome, Subject};
use crate::browser::storage;

/// Where an account's attempts are kept.
pub fn prefix(account: &AccountId) -> String {
    ["steward.activity/", account.as_str(), "/"].concat()
}

fn name_of(attempt: &Attempt) -> String {
    let (prefix, at) = (prefix(&attempt.action.account), attempt.at.to_string());
    [
        &prefix,
        &attempt.me,
        "/",
        &at,
        "/",
        &attempt.number.to_string(),
    ]
    .concat()
}

/// Keeps one, in place of what was kept of it before.
pub fn keep(attempt: &Attempt) {
    storage::session_set(&name_of(attempt), &print(attempt));
}

/// Forgets one.
pub fn forget(attempt: &Attempt) {
    storage::session_remove(&name_of(attempt));
}

/// What is kept of an account's, for this person.
pub fn kept(account: &AccountId, me: &str) -> Vec<Attempt> {
    let prefix = [prefix(account).as_str(), me, "/"].concat();
    let mut found = Vec::new();
    for name in storage::session_keys(&prefix) {
        let parsed = name
            .strip_prefix(&prefix)
            .and_then(|rest| rest.split_once('/'))
            .and_then(|(at, number)| Some((at.parse().ok()?, number.parse().ok()?)));
        let text = storage::session_get(&name);
        if let (Some((at, number)), Some(text)) = (parsed, text)
            && let Some(attempt) = parse(&text, account, me, at, number)
        {
            found.push(attempt);
        }
    }
    found
}

const OPERATIONS: [(Operation, &str); 6] = [
    (Operation::Save, "save"),
    (Operation::Archive, "archive"),
    (Operation::Create, "create"),
    (Operation::Manage, "members"),
    (Operation::Cancel, "cancel subscription"),
    (Operation::Delete, "delete"),
];

const EVIDENCE: [(Evidence, &str); 6] = [
    (Evidence::Answered, "answered"),
    (Evidence::ConfirmedByReading, "confirmed"),
    (Evidence::AlreadyThere, "already"),
    (Evidence::Gone, "gone"),
    (Evidence::Differently, "otherwise"),
    (Evidence::InPart, "in part"),
];

const CHANGES: [(Changed, &str); 2] = [(Changed::No, "no"), (Changed::Perhaps, "perhaps")];

const KINDS: [(FailureKind, &str); 21] = [
    (FailureKind::SignedOut, "signed out"),
    (FailureKind::Forbidden, "forbidden"),
    (FailureKind::NotFound, "not found"),
    (FailureKind::Conflict, "conflict"),
    (FailureKind::InUse, "in use"),
    (FailureKind::Invalid(None), "invalid"),
    (FailureKind::RateLimited(None), "rate limited"),
    (FailureKind::ServiceFault(None), "service fault"),
    (FailureKind::PaymentRequired, "payment required"),
    (FailureKind::Refused, "refused"),
    (FailureKind::Unreachable, "unreachable"),
    (FailureKind::TimedOut, "timed out"),
    (FailureKind::Redirected, "redirected"),
    (FailureKind::NotShown, "not shown"),
    (FailureKind::NeverShown, "never shown"),
    (FailureKind::NotAsSent, "not as sent"),
    (FailureKind::Unreadable(Unreadable::Empty), "empty"),
    (FailureKind::Unreadable(Unreadable::WebPage), "web page"),
    (FailureKind::Unreadable(Unreadable::Truncated), "truncated"),
    (
        FailureKind::Unreadable(Unreadable::OtherShape),
        "other shape",
    ),
    (
        FailureKind::Unreadable(Unreadable::AnotherObject),
        "another object",
    ),
];

fn word<T: PartialEq>(table: &[(T, &'static str)], wanted: &T) -> Option<&'static str> {
    let found = table.iter().find(|(value, _)| value == wanted);
    found.map(|(_, word)| *word)
}

fn value<T: Clone>(table: &[(T, &'static str)], wanted: &str) -> Option<T> {
    let found = table.iter().find(|(_, word)| *word == wanted);
    found.map(|(value, _)| value.clone())
}

/// The word of what was attempted.
pub fn operation_word(operation: Operation) -> &'static str {
    word(&OPERATIONS, &operation).unwrap_or("other")
}

/// The word of how it is known.
pub fn evidence_word(evidence: Evidence) -> &'static str {
    word(&EVIDENCE, &evidence).unwrap_or_default()
}

/// The word of the kind of failure, without its particulars.
pub fn kind_word(kind: &FailureKind) -> &'static str {
    let plain = match kind {
        FailureKind::Invalid(_) => FailureKind::Invalid(None),
        FailureKind::RateLimited(_) => FailureKind::RateLimited(None),
        FailureKind::ServiceFault(_) => FailureKind::ServiceFault(None),
        kind => kind.clone(),
    };
    word(&KINDS, &plain).unwrap_or_default()
}

/// What a change is about, as one text.
pub fn subject_text(subject: &Subject) -> String {
    match subject {
        Subject::Field(field) => ["field/", field.key()].concat(),
        Subject::State => "state".to_owned(),
        Subject::Member(id) => ["member/", id].concat(),
        Subject::Thing(id) => ["thing/", id].concat(),
    }
}

fn subject(text: &str) -> Option<Subject> {
    if text == "state" {
        return Some(Subject::State);
    }
    let (kind, rest) = text.split_once('/')?;
    match kind {
        "field" => Field::ALL
            .into_iter()
            .find(|field| field.key() == rest)
            .map(Subject::Field),
        "member" => Some(Subject::Member(rest.to_owned())),
        "thing" => Some(Subject::Thing(rest.to_owned())),
        _ => None,
    }
}

fn print(attempt: &Attempt) -> String {
    let mut text = Object::default();
    let action = &attempt.action;
    text.text("operation", operation_word(action.operation));
    text.text("name", &action.name);
    text.text_if("id", action.key.as_ref().map(|key| key.id.as_str()));
    text.text_if("request", attempt.request_id.as_deref());
    text.text_if("who", action.who.as_deref());
    text.text_if("exact", attempt.exact.then_some("yes"));
    text.text_if("undoes", action.undoes.map(|at| at.to_string()).as_deref());
    match &attempt.outcome {
        Outcome::UnderWay => {}
        Outcome::Lost => text.text("lost", "yes"),
        Outcome::Done(how) => {
            text.text("how", evidence_word(*how));
            text.text_if("message", attempt.left.as_deref());
        }
        Outcome::Failed(failure) => {
            text.text("kind", kind_word(&failure.kind));
            text.text_if("changed", word(&CHANGES, &failure.changed));
            text.text_if("message", failure.service.message.as_deref());
            text.text_if("code", failure.service.code.as_deref());
        }
    }
    // Three texts a change: shapes within shapes would need a reader of their own.
    let changes = action.changes.iter();
    let changes: Vec<String> = changes
        .flat_map(|change| {
            [
                subject_text(&change.subject),
                change.before.clone(),
                change.after.clone(),
            ]
        })
        .collect();
    text.text("turns", &changes.join("\u{1f}"));
    text.finish()
}

fn parse(text: &str, account: &AccountId, me: &str, at: i64, number: u32) -> Option<Attempt> {
    let [
        operation,
        name,
        id,
        request,
        lost,
        how,
        kind,
        changed,
        message,
        code,
        changes,
        who,
        exact,
        undoes,
    ] = members(
        text.as_bytes(),
        [
            "operation",
            "name",
            "id",
            "request",
            "lost",
            "how",
            "kind",
            "changed",
            "message",
            "code",
            "turns",
            "who",
            "exact",
            "undoes",
        ],
    )?;
    let operation = value(&OPERATIONS, &operation.text()?)?;
    let request_id = request.text();
    let message = message.text();
    let how = how.text();
    let left = how.as_ref().and(message.clone());
    let outcome = match (how, kind.text()) {
        (Some(how), _) => Outcome::Done(value(&EVIDENCE, &how)?),
        (None, Some(kind)) => {
            let mut failure = Failure::new(operation, value(&KINDS, &kind)?);
            failure.changed = value(&CHANGES, &changed.text()?)?;
            failure.service = ServiceWords {
                message,
                code: code.text(),
                doc_url: None,
                request_id: request_id.clone(),
            };
            Outcome::Failed(failure)
        }
        (None, None) if lost.text().is_some() => Outcome::Lost,
        (None, None) => Outcome::UnderWay,
    };
    let changes = changes.text().unwrap_or_default();
    let mut parts = changes.split('\u{1f}');
    let mut read = Vec::new();
    while let (Some(about), Some(before), Some(after)) = (parts.next(), parts.next(), parts.next())
    {
        read.push(FieldChange {
            subject: subject(about)?,
            before: before.to_owned(),
            after: after.to_owned(),
        });
    }
    let key = id.text().and_then(WorkspaceId::new).map(|id| WorkspaceKey {
        account: account.clone(),
        id,
    });
    Some(Attempt {
        at,
        action: ActionRecord {
            account: account.clone(),
            key,
            name: name.text().unwrap_or_default(),
            operation,
            changes: read,
            who: who.text(),
            undoes: undoes.text().and_then(|at| at.parse().ok()),
        },
        outcome,
        request_id,
        left,
        exact: exact.text().is_some(),
        me: me.to_owned(),
        number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(outcome: Outcome, changes: Vec<FieldChange>) -> Option<Attempt> {
        let account = AccountId::new("altostrat")?;
        let id = WorkspaceId::new("ws_1")?;
        Some(Attempt {
            at: 1_761_698_406_123,
            action: ActionRecord {
                key: Some(WorkspaceKey {
                    account: account.clone(),
                    id,
                }),
                account,
                name: "A\"b\n\u{202e}".into(),
                operation: Operation::Save,
                changes,
                who: Some("Ada \u{1f}".into()),
                undoes: Some(1_761_698_400_000),
            },
            outcome,
            request_id: Some("req_1".into()),
            left: None,
            exact: true,
            me: "auth0|1".into(),
            number: 7,
        })
    }

    #[test]
    fn an_attempt_is_read_as_it_was_written() {
        let change = |subject, before: &str, after: &str| FieldChange {
            subject,
            before: before.into(),
            after: after.into(),
        };
        let changes = vec![
            change(Subject::Field(Field::Name), "Old", "New, \"better\""),
            change(Subject::Field(Field::Tags), "a=1\nb=2", ""),
            change(Subject::State, "active", "archived"),
            change(Subject::Member("auth0|2/x".into()), "viewer", "admin"),
            change(Subject::Thing("sub_1".into()), "active", ""),
        ];
        let mut refused = Failure::new(Operation::Save, FailureKind::Conflict);
        refused.service.message = Some("No.".into());
        refused.service.code = Some("busy".into());
        refused.service.request_id = Some("req_1".into());
        let mut lost = Failure::new(Operation::Save, FailureKind::TimedOut);
        lost.service.request_id = Some("req_1".into());
        for outcome in [
            Outcome::UnderWay,
            Outcome::Lost,
            Outcome::Done(Evidence::ConfirmedByReading),
            Outcome::Done(Evidence::InPart),
            Outcome::Failed(refused),
            Outcome::Failed(lost),
        ] {
            let mut written = attempt(outcome, changes.clone()).unwrap();
            if written.outcome == Outcome::Done(Evidence::InPart) {
                written.left = Some("Storage is attached.".into());
            }
            let read = parse(
                &print(&written),
                &written.action.account,
                &written.me,
                written.at,
                written.number,
            );
            assert_eq!(read, Some(written));
        }
    }

    #[test]
    fn what_is_no_attempt_is_none() {
        let account = AccountId::new("a").unwrap();
        for junk in ["", "{}", "[]", r#"{"operation":"fly"}"#] {
            assert_eq!(parse(junk, &account, "", 0, 0), None, "{junk}");
        }
    }
}
