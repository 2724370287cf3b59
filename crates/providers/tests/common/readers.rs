//! Every reader of every dialect, by one name.

use super::fixture;
use steward_domain::blocker::{Check, Payer};
use steward_domain::failure::{Failure, FailureKind, Operation, Unreadable};
use steward_providers::http::Reply;
use steward_providers::{desk, named, oauth};

/// A reader of a service, with a body that it reads with success.
pub(crate) type Reader = (&'static str, Operation, &'static [u8]);

pub(crate) const DONE: &[u8] = b"{\"success\":true}";

pub(crate) const READERS: [Reader; 48] = {
    use Operation::*;
    [
        ("altostrat", List, fixture!("altostrat/list-full.json")),
        ("altostrat", Open, fixture!("altostrat/workspace.json")),
        ("altostrat", Members, fixture!("altostrat/members.json")),
        ("altostrat", Save, fixture!("altostrat/workspace.json")),
        ("altostrat", Create, fixture!("altostrat/workspace.json")),
        ("altostrat", Archive, b""),
        ("altostrat", Manage, b""),
        (
            "altostrat",
            Blockers,
            fixture!("altostrat/subscriptions.json"),
        ),
        (
            "altostrat",
            Blockers,
            fixture!("altostrat/organizations.json"),
        ),
        ("altostrat", Cancel, b""),
        ("altostrat", SignIn, fixture!("altostrat/tokens.json")),
        ("altostrat", Refresh, fixture!("altostrat/tokens.json")),
        ("altostrat", WhoAmI, fixture!("altostrat/userinfo.json")),
        ("anthropic", List, fixture!("anthropic/list.json")),
        ("anthropic", List, fixture!("anthropic/list-odd.json")),
        ("anthropic", Open, fixture!("anthropic/workspace.json")),
        ("anthropic", Members, fixture!("anthropic/members.json")),
        ("anthropic", Save, fixture!("anthropic/workspace.json")),
        ("anthropic", Create, fixture!("anthropic/workspace.json")),
        ("anthropic", Archive, fixture!("anthropic/archived.json")),
        ("anthropic", Manage, b""),
        ("anthropic", People, fixture!("anthropic/users.json")),
        ("anthropic", Keys, fixture!("anthropic/keys.json")),
        ("anthropic", WhoAmI, fixture!("anthropic/me.json")),
        ("flashback", List, fixture!("flashback/list.json")),
        ("flashback", Open, fixture!("flashback/workspace.json")),
        ("flashback", Members, fixture!("flashback/workspace.json")),
        ("flashback", Save, fixture!("flashback/saved.json")),
        ("flashback", Create, fixture!("flashback/saved.json")),
        ("flashback", Archive, DONE),
        ("flashback", Manage, DONE),
        ("flashback", Delete, DONE),
        ("flashback", Blockers, fixture!("flashback/buckets.json")),
        ("flashback", Blockers, fixture!("flashback/repos.json")),
        ("flashback", People, fixture!("flashback/users.json")),
        ("flashback", WhoAmI, fixture!("flashback/profile.json")),
        ("flashback", SignIn, fixture!("flashback/login.json")),
        ("flashback", Refresh, fixture!("flashback/login.json")),
        ("openai", List, fixture!("openai/list.json")),
        ("openai", Open, fixture!("openai/project.json")),
        ("openai", Members, fixture!("openai/users.json")),
        ("openai", Save, fixture!("openai/project.json")),
        ("openai", Create, fixture!("openai/project.json")),
        ("openai", Archive, fixture!("openai/archived.json")),
        ("openai", Manage, b""),
        ("openai", People, fixture!("openai/users.json")),
        ("openai", People, fixture!("openai/organization-users.json")),
        ("openai", Keys, fixture!("openai/keys.json")),
    ]
};

pub(crate) fn read(key: &str, operation: Operation, reply: Reply) -> Option<Failure> {
    let dialect = desk(named(key).unwrap());
    match operation {
        Operation::List => dialect.read_list(&reply).err(),
        Operation::Open => dialect.read_open(reply).err(),
        Operation::Members => dialect.read_members(reply).err(),
        Operation::Save => dialect.read_save(reply).err(),
        Operation::Archive => dialect.read_archive(reply).err(),
        Operation::Create => dialect.read_create(reply).err(),
        Operation::Manage => dialect.read_manage(reply).err(),
        Operation::People => dialect.read_people(reply).err(),
        Operation::Keys => dialect.read_keys(reply).err(),
        Operation::Blockers if key == "flashback" => {
            let id = steward_domain::id::WorkspaceId::new("w-1").unwrap();
            // Each of the two lists has rows under a name of its own; one of them is read.
            let read = |kind| dialect.read_stored(reply.clone(), &id, kind).err();
            let (repos, buckets) = (read(Check::Repositories), read(Check::Buckets));
            repos.and(buckets)
        }
        Operation::Blockers => {
            let payer = Payer {
                id: "cus_1".to_owned(),
                name: String::new(),
            };
            // Each of the three lists takes the shape of the others.
            let payers = dialect.read_payers(reply.clone()).err();
            let usage = dialect.read_usage(reply.clone()).err();
            let subscriptions = dialect.read_subscriptions(reply, &payer).err();
            assert_eq!((&payers, &payers), (&usage, &subscriptions));
            payers
        }
        Operation::Cancel => dialect.read_cancel(reply, "sub_1").err(),
        Operation::Delete => dialect.read_delete(reply).err(),
        Operation::SignIn | Operation::Refresh if key == "flashback" => {
            dialect.read_session(reply, operation).err()
        }
        Operation::SignIn | Operation::Refresh => oauth::read_tokens(reply, operation).err(),
        Operation::WhoAmI if matches!(key, "anthropic" | "flashback") => {
            dialect.read_who(reply).err()
        }
        Operation::WhoAmI => oauth::read_userinfo(reply).err(),
    }
}

/// Whether the status alone counts, or a flag that takes it back.
pub(crate) fn is_blind(key: &str, operation: Operation) -> bool {
    matches!(
        operation,
        Operation::Manage | Operation::Cancel | Operation::Delete
    ) || operation == Operation::Archive && matches!(key, "altostrat" | "flashback")
}

pub(crate) fn unreadable(key: &str, operation: Operation, reply: Reply) -> Option<Unreadable> {
    match read(key, operation, reply)?.kind {
        FailureKind::Unreadable(why) => Some(why),
        kind => unreachable!("{key} {operation:?}: {kind:?}"),
    }
}
