//! Attempts as this tab keeps them over a reload: an item of the session's storage for each.
//!
//! Guarantees: what cannot be read is left out, not guessed; the person's words and the service's are
//! kept as they are; nothing of it is a credential.

use serde::{Deserialize, Serialize};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation, ServiceWords, Unreadable};
use steward_domain::field::Field;
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_flows::Evidence;

use super::{ActionRecord, Attempt, FieldChange, Outcome, Subject};
use crate::browser::storage;
use crate::state::json;

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

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject_text(&subject)
    }
}

impl TryFrom<String> for Subject {
    /// The text that names none.
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (kind, rest) = text.split_once('/').unwrap_or((&text, ""));
        let field = || Field::ALL.into_iter().find(|field| field.key() == rest);
        let subject = match kind {
            "state" => Some(Self::State),
            "field" => field().map(Self::Field),
            "member" => Some(Self::Member(rest.to_owned())),
            "thing" => Some(Self::Thing(rest.to_owned())),
            _ => None,
        };
        subject.ok_or(text)
    }
}

/// An attempt as stored: all that its name does not say. What has no `outcome` was stored by an earlier version and is
/// not read.
#[derive(Serialize, Deserialize)]
struct Stored {
    operation: String,
    name: String,
    /// The workspace.
    id: Option<String>,
    request_id: Option<String>,
    who: Option<String>,
    exact: bool,
    undoes: Option<i64>,
    outcome: StoredOutcome,
    changes: Vec<FieldChange>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StoredOutcome {
    UnderWay,
    Lost,
    Done {
        evidence: String,
        left: Option<String>,
    },
    Failed {
        kind: String,
        changed: String,
        message: Option<String>,
        code: Option<String>,
    },
}

fn print(attempt: &Attempt) -> String {
    let action = &attempt.action;
    json::print(&Stored {
        operation: operation_word(action.operation).to_owned(),
        name: action.name.clone(),
        id: action.key.as_ref().map(|key| key.id.as_str().to_owned()),
        request_id: attempt.request_id.clone(),
        who: action.who.clone(),
        exact: attempt.exact,
        undoes: action.undoes,
        outcome: match &attempt.outcome {
            Outcome::UnderWay => StoredOutcome::UnderWay,
            Outcome::Lost => StoredOutcome::Lost,
            Outcome::Done(evidence) => StoredOutcome::Done {
                evidence: evidence_word(*evidence).to_owned(),
                left: attempt.left.clone(),
            },
            Outcome::Failed(failure) => StoredOutcome::Failed {
                kind: kind_word(&failure.kind).to_owned(),
                changed: word(&CHANGES, &failure.changed)
                    .unwrap_or_default()
                    .to_owned(),
                message: failure.service.message.clone(),
                code: failure.service.code.clone(),
            },
        },
        changes: action.changes.clone(),
    })
}

fn parse(text: &str, account: &AccountId, me: &str, at: i64, number: u32) -> Option<Attempt> {
    let stored: Stored = json::parse(text)?;
    let operation = value(&OPERATIONS, &stored.operation)?;
    let mut left = None;
    let outcome = match stored.outcome {
        StoredOutcome::UnderWay => Outcome::UnderWay,
        StoredOutcome::Lost => Outcome::Lost,
        StoredOutcome::Done {
            evidence,
            left: words,
        } => {
            left = words;
            Outcome::Done(value(&EVIDENCE, &evidence)?)
        }
        StoredOutcome::Failed {
            kind,
            changed,
            message,
            code,
        } => {
            let mut failure = Failure::new(operation, value(&KINDS, &kind)?);
            failure.changed = value(&CHANGES, &changed)?;
            failure.service = ServiceWords {
                message,
                code,
                doc_url: None,
                request_id: stored.request_id.clone(),
            };
            Outcome::Failed(failure)
        }
    };
    let key = stored.id.and_then(WorkspaceId::new).map(|id| WorkspaceKey {
        account: account.clone(),
        id,
    });
    Some(Attempt {
        at,
        action: ActionRecord {
            account: account.clone(),
            key,
            name: stored.name,
            operation,
            changes: stored.changes,
            who: stored.who,
            undoes: stored.undoes,
        },
        outcome,
        request_id: stored.request_id,
        left,
        exact: stored.exact,
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
        for junk in [
            "",
            "{}",
            "[]",
            r#"{"operation":"fly"}"#,
            r#"{"operation":"save","turns":""}"#,
        ] {
            assert_eq!(parse(junk, &account, "", 0, 0), None, "{junk}");
        }
    }
}
