//! Identifiers. An id is opaque text that a service gave us: it is compared and shown, never taken
//! apart, and only `providers` may put it into an address.

use std::fmt;

macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(String);

        impl $name {
            /// Takes the id as the service wrote it. An empty text is no id.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Option<Self> {
                let text = text.into();
                (!text.is_empty()).then_some(Self(text))
            }

            /// The id as the service wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

opaque_id! {
    /// A workspace's id at its service, for example `ws_…` at Altostrat.
    WorkspaceId
}
opaque_id! {
    /// A person's id at a service, for example `auth0|…` at Altostrat.
    UserId
}
opaque_id! {
    /// The name by which this console knows one account. Made by the console, stable across
    /// reloads, part of addresses: lowercase letters, digits and hyphens.
    AccountId
}

/// A workspace among all accounts: ids of two accounts may be equal, keys never are.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct WorkspaceKey {
    /// The account through which the workspace is seen.
    pub account: AccountId,
    /// Its id at the account's service.
    pub id: WorkspaceId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_is_no_id() {
        assert_eq!(WorkspaceId::new(""), None);
    }

    #[test]
    fn the_same_id_in_two_accounts_makes_two_keys() {
        let key = |account: &str| WorkspaceKey {
            account: AccountId::new(account).unwrap(),
            id: WorkspaceId::new("ws_1").unwrap(),
        };
        assert_ne!(key("one"), key("two"));
    }
}
