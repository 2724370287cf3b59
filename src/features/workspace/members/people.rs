//! The people of a service: who can be added, and what members are called of whom a list of members
//! has only the id.

use leptos::prelude::*;
use std::sync::Arc;

use steward_domain::role::{Member, Person};

use super::state::MembersState;
use crate::browser::letters::fold;
use crate::state::request;

impl MembersState {
    /// Whether the service lists the people who can be added.
    pub fn lists_people(self) -> bool {
        let rules = self.service.members.as_ref();
        rules.is_some_and(|rules| rules.people)
    }

    /// Reads the people unless that has been done.
    pub fn know_people(self) {
        if self.people.is_idle_untracked() {
            self.read_people();
        }
    }

    /// Reads the people.
    pub fn read_people(self) {
        let accounts = self.app.accounts;
        let account = self.key.with_value(|key| accounts.of(key));
        self.people.read(async move {
            let account = account?;
            let people = request::answer(accounts, &account, account.service.people()).await?;
            Some(people.map(Into::into))
        });
    }

    /// The members, with what the list of people says about those of whom only the id is known.
    pub fn called(self, members: &[Member]) -> Arc<[Member]> {
        let mut members = members.to_vec();
        if let Some(Ok(people)) = self.people.outcome() {
            let mut people: Vec<&Person> = people.iter().collect();
            people.sort_by(|a, b| a.id.cmp(&b.id));
            for member in members.iter_mut().filter(|member| is_bare(member)) {
                let found = people.binary_search_by(|one| one.id.cmp(&member.person.id));
                if let Some(found) = found.ok().and_then(|at| people.get(at)) {
                    member.person = (*found).clone();
                }
            }
        }
        members.into()
    }
}

/// Whether nothing but the id of a member is known.
pub fn is_bare(member: &Member) -> bool {
    member.person.name.is_none() && member.person.email.is_none()
}

/// The name, address and id of a person, folded, a line each: what is searched at every key.
pub fn haystack(person: &Person) -> String {
    let texts = [
        person.name.as_deref(),
        person.email.as_deref(),
        Some(person.id.as_str()),
    ];
    let texts: Vec<String> = texts.into_iter().flatten().map(fold).collect();
    texts.join("\n")
}

/// Whether each word of a folded text is in a person's haystack.
pub fn fits(haystack: &str, typed: &str) -> bool {
    typed.split_whitespace().all(|word| haystack.contains(word))
}
