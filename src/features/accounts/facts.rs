//! What is known of an account: its service, whose session it is, and until when.

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::id::UserId;
use steward_domain::provider::CredentialKind;
use steward_domain::time::Timestamp;

use crate::state::accounts::{Account, Accounts};
use crate::text;
use crate::ui::layout::{Copyable, Fact};
use crate::ui::time::ExactTime;

/// What the rows say.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Facts {
    service: &'static str,
    address: String,
    /// Whether its credential is an organization's, not a person's.
    of_organization: bool,
    name: Option<String>,
    id: Option<UserId>,
    session: &'static str,
    ends: Option<Timestamp>,
}

impl Facts {
    /// Those of an account.
    pub(super) fn of(account: &Account, accounts: Accounts) -> Self {
        let service = account.description();
        let behind_gateway = accounts
            .offer_of(account)
            .is_some_and(|offer| offer.gateway);
        Self {
            service: service.name,
            address: account.service.base.to_string(),
            of_organization: service.credential == CredentialKind::AdminKey,
            name: account.name.clone(),
            id: account.me.clone(),
            session: match (behind_gateway, account.kept) {
                (true, _) => text::SESSION_GATEWAY,
                (false, true) => text::SESSION_KEPT,
                (false, false) => text::SESSION_MEMORY,
            },
            ends: account.session.expires,
        }
    }
}

/// The rows, inside a `dl`.
#[component]
pub(super) fn AccountFacts(facts: Facts) -> impl IntoView {
    let (who, which) = if facts.of_organization {
        (text::ORGANIZATION, text::ORGANIZATION_ID)
    } else {
        (text::SIGNED_IN_AS, text::USER)
    };
    let name = facts.name.unwrap_or_else(|| text::NOT_STATED.to_owned());
    let id = match facts.id {
        Some(id) => Either::Left(view! { <Copyable what=text::COPY_ID text=id.as_str()/> }),
        None => Either::Right(text::NOT_STATED),
    };
    let ends = match facts.ends {
        Some(at) => Either::Left(view! { <ExactTime at_ms=at.as_millis()/> }),
        None => Either::Right(text::NOT_STATED),
    };
    view! {
        <Fact term=text::SERVICE>{facts.service}</Fact>
        <Fact term=text::ADDRESS>
            <span class="id" translate="no">{facts.address}</span>
        </Fact>
        <Fact term=who>
            <bdi translate="no">{name}</bdi>
        </Fact>
        <Fact term=which>
            <span class="id" translate="no">{id}</span>
        </Fact>
        <Fact term=text::SESSION>{facts.session}</Fact>
        <Fact term=text::SESSION_ENDS>{ends}</Fact>
    }
}
