//! Changing the members of a workspace.
//!
//! Guarantees: the rules are asked right before sending; one change of a workspace's members is under
//! way at a time; what is shown afterwards is what the service says.

use super::watching;
use leptos::prelude::untrack;
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::WorkspaceKey;
use steward_domain::membership::{MemberChange, Obstacle, may_change as may_change_by_rules};

use super::activity::{ActionRecord, AttemptId, FieldChange, Subject};
use super::{AppState, request};

/// Why a change of members did not happen.
#[derive(Clone, PartialEq, Debug)]
pub enum NotDone {
    /// A rule of the service is in the way; nothing was sent.
    Rule(Obstacle),
    /// The service refused, or nobody knows.
    Failed(Failure),
}

/// Whether the service's rules, as far as they are known here, allow a change of members.
///
/// # Errors
/// The rule that is in the way.
pub fn may_change(
    app: AppState,
    key: &WorkspaceKey,
    change: &MemberChange,
) -> Result<(), Obstacle> {
    let Some(account) = app.accounts.get(&key.account) else {
        return Err(Obstacle::NotAllowed);
    };
    let found = app.workspaces.found(key);
    let members = found.as_ref().and_then(|found| found.members.as_ref().ok());
    may_change_by_rules(
        change,
        account.me.as_ref(),
        &app.workspaces.access(key),
        members.map_or(&[], |members| members),
        account.description(),
    )
}

/// Makes a change of members and says what it came to, with its place in the record. `name` is the workspace's;
/// `undoes`: the moment of the attempt that it takes back. `None`: whoever made it has signed out.
///
/// # Errors
/// When a rule is in the way, or the service refused, or its answer was lost and reading the members again did not
/// show the change.
pub async fn manage(
    app: AppState,
    key: &WorkspaceKey,
    name: String,
    change: MemberChange,
    undoes: Option<i64>,
) -> Option<Result<AttemptId, NotDone>> {
    let Some(account) = app.accounts.of(key) else {
        return Some(Err(NotDone::Rule(Obstacle::NotAllowed)));
    };
    if let Err(obstacle) = untrack(|| may_change(app, key, &change)) {
        return Some(Err(NotDone::Rule(obstacle)));
    }
    let before = untrack(|| app.workspaces.found(key)).and_then(|found| {
        let members = found.members.ok()?;
        let mut members = members.iter();
        let member = members.find(|member| member.person.id == *change.user())?;
        Some((
            member.role.as_str().to_owned(),
            member.person.called().to_owned(),
        ))
    });
    let (before, who) = before.unzip();
    // Who is not known to have been there before has been added, or nobody knows over what.
    let exact = before.is_none() == matches!(change, MemberChange::Add(..));
    let after = match &change {
        MemberChange::Add(_, role) | MemberChange::Change(_, role) => role.as_str(),
        MemberChange::Remove(_) => "",
    };
    let changes = vec![FieldChange {
        subject: Subject::Member(change.user().as_str().to_owned()),
        before: before.unwrap_or_default(),
        after: after.to_owned(),
    }];
    let attempt = app.activity.begin(ActionRecord {
        account: key.account.clone(),
        key: Some(key.clone()),
        name,
        operation: Operation::Manage,
        changes: changes.clone(),
        who,
        undoes,
    });
    let managing = account
        .service
        .manage(&key.id, &change, account.me.as_ref());
    let result = request::change(app, &account, key, managing).await?;
    if exact && result.is_ok() {
        app.activity.changed(attempt, changes);
    }
    app.activity.end(attempt, &result);
    match result.map(|done| done.value) {
        Ok(Some(members)) => app.workspaces.learn_members(&account, key, members),
        Ok(None) => app.workspaces.recheck_access(key),
        Err(failure) => {
            watching::watch(app, &account, attempt, &failure);
            return Some(Err(NotDone::Failed(failure)));
        }
    }
    Some(Ok(attempt))
}
