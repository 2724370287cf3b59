//! Which services exist and where, and which of them one can sign in to: read at run time from `/config.json`, so that one build serves
//! the reference server, the vendors' own addresses and a gateway.

use std::rc::Rc;

use js_sys::{Promise, Reflect};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use steward_domain::id::AccountId;
use steward_domain::provider::Description;
use steward_flows::{Dialect, Endpoints, SignIn};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::state::json::{self, lenient};
use crate::transport::{BrowserClock, BrowserTransport};

/// One service that accounts can be on.
pub struct ServiceConfig {
    /// The account that a sign-in at this service makes.
    pub account: AccountId,
    /// What people call it.
    pub label: String,
    /// Its dialect.
    pub dialect: &'static dyn Dialect,
    /// Where it is, without a slash at the end.
    pub base: Rc<str>,
    /// Where to sign in; without it only a token can be pasted.
    pub sign_in: Option<Rc<Endpoints>>,
    /// Whether a gateway in front of the service holds the credential.
    pub gateway: bool,
}

impl ServiceConfig {
    /// How one signs in to it.
    pub(super) fn sign_in(&self) -> Rc<SignIn> {
        Rc::new(SignIn {
            transport: Rc::new(BrowserTransport::default()),
            clock: Rc::new(BrowserClock),
            dialect: self.dialect,
            base: Rc::clone(&self.base),
            endpoints: self.sign_in.clone(),
        })
    }

    fn offer(&self) -> Offer {
        Offer {
            entry: self.account.clone(),
            label: self.label.clone(),
            service: self.dialect.description(),
            redirect: self.sign_in.is_some() && !self.gateway,
            gateway: self.gateway,
        }
    }
}

/// A service that one can sign in to.
#[derive(Clone, PartialEq)]
pub struct Offer {
    /// The entry of the configuration.
    pub entry: AccountId,
    /// What people call it.
    pub label: String,
    /// The facts about the service.
    pub service: &'static Description,
    /// Whether one is sent to the service's own page.
    pub redirect: bool,
    /// Whether a gateway holds the credential: then nothing is typed here.
    pub gateway: bool,
}

/// The services of the configuration. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Services(StoredValue<Vec<ServiceConfig>, LocalStorage>);

impl Services {
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(Vec::new()))
    }

    pub(super) fn set(self, services: Vec<ServiceConfig>) {
        self.0.set_value(services);
    }

    /// Looks at the service of an entry.
    pub(in crate::state) fn with<T>(
        self,
        entry: &AccountId,
        look: impl FnOnce(&ServiceConfig) -> T,
    ) -> Option<T> {
        self.0.with_value(|all| {
            let service = all.iter().find(|service| service.account == *entry)?;
            Some(look(service))
        })
    }

    pub(super) fn offered(self) -> Vec<Offer> {
        self.0
            .with_value(|all| all.iter().map(ServiceConfig::offer).collect())
    }

    pub(super) fn sign_in_of(self, entry: &AccountId) -> Option<Rc<SignIn>> {
        self.with(entry, ServiceConfig::sign_in)
    }

    /// Where an entry stands in the configuration.
    pub(super) fn position(self, entry: &AccountId) -> Option<usize> {
        self.0
            .with_value(|all| all.iter().position(|service| service.account == *entry))
    }
}

/// The whole file. An entry that cannot be read leaves the others as they are.
#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    services: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Entry {
    service: String,
    account: String,
    label: String,
    base: String,
    #[serde(default, deserialize_with = "lenient")]
    gateway: bool,
    #[serde(default, deserialize_with = "lenient")]
    sign_in: SignInEntry,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignInEntry {
    #[serde(deserialize_with = "lenient")]
    authorize: Option<String>,
    #[serde(deserialize_with = "lenient")]
    token: Option<String>,
    #[serde(deserialize_with = "lenient")]
    userinfo: Option<String>,
    #[serde(deserialize_with = "lenient")]
    revoke: Option<String>,
    #[serde(deserialize_with = "lenient")]
    client_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    scope: Option<String>,
}

/// Reads the configuration that boot.js has asked for. `None` when it is not there or names no
/// service that this build knows: without it there is nothing to sign in to.
pub async fn load() -> Option<Vec<ServiceConfig>> {
    let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("steward")).ok()?;
    let promise = Reflect::get(&boot, &JsValue::from_str("config")).ok()?;
    let response = JsFuture::from(promise.dyn_into::<Promise>().ok()?)
        .await
        .ok()?;
    let response = response
        .dyn_into::<web_sys::Response>()
        .ok()
        .filter(web_sys::Response::ok)?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    parse(&text.as_string()?)
}

fn parse(text: &str) -> Option<Vec<ServiceConfig>> {
    let file: File = json::parse(text)?;
    let entries = file.services.iter();
    let services: Vec<ServiceConfig> = entries
        .filter_map(|entry| read(json::parse(entry.get())?))
        .collect();
    (!services.is_empty()).then_some(services)
}

/// One entry; `None` if it names no service of this build or lacks what it cannot do without.
fn read(entry: Entry) -> Option<ServiceConfig> {
    Some(ServiceConfig {
        account: account(entry.account)?,
        label: entry.label,
        dialect: steward_flows::named(&entry.service)?,
        base: entry.base.trim_end_matches('/').into(),
        sign_in: endpoints(entry.sign_in, entry.gateway)?.map(Rc::new),
        gateway: entry.gateway,
    })
}

/// An account's name is part of addresses, so it is of letters that look the same everywhere.
fn account(name: String) -> Option<AccountId> {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    AccountId::new(name).filter(|account| account.as_str().bytes().all(plain))
}

/// Where to sign in: `Some(None)` if nothing is said about it, `None` if it is said by halves. A
/// gateway does the signing in itself, so only who is signed in is asked of it.
fn endpoints(entry: SignInEntry, gateway: bool) -> Option<Option<Endpoints>> {
    let words = |text: Option<String>| text.filter(|text| !text.is_empty());
    let userinfo = words(entry.userinfo);
    let [authorize, token, client_id] = match [entry.authorize, entry.token, entry.client_id] {
        [Some(authorize), Some(token), Some(client_id)] => [authorize, token, client_id],
        _ if gateway && userinfo.is_some() => Default::default(),
        [None, None, None] => return Some(None),
        _ => return None,
    };
    Some(Some(Endpoints {
        authorize,
        token,
        userinfo,
        revoke: words(entry.revoke),
        client_id,
        scope: entry.scope.unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_names_a_service_this_build_knows() {
        let services = parse(include_str!("../../../public/config.json")).unwrap();
        assert_eq!(services[0].dialect.description().key, "altostrat");
        assert!(services[0].sign_in.is_some());
    }

    #[test]
    fn an_unknown_service_is_left_out_and_none_at_all_is_no_configuration() {
        let entry = |service: &str| {
            format!(r#"{{"service":"{service}","account":"a","label":"L","base":"/x/"}}"#)
        };
        let (known, unknown) = (entry("altostrat"), entry("other"));
        let services = |entries: &str| parse(&format!(r#"{{"services":[{entries}]}}"#));
        let found = services(&format!("{known},{unknown},7,[]")).unwrap();
        assert_eq!((found.len(), &*found[0].base), (1, "/x"));
        assert!(services(&unknown).is_none());
        assert!(parse("<html>").is_none());
    }

    fn one(entry: &str) -> Option<ServiceConfig> {
        let start = r#"{"services":[{"service":"altostrat","label":"L","base":"/x","#;
        parse(&format!("{start}{entry}}}]}}"))?.pop()
    }

    #[test]
    fn an_account_is_of_lowercase_letters_digits_and_hyphens() {
        for (name, fits) in [
            ("altostrat-2", true),
            ("", false),
            ("Altostrat", false),
            ("a/b", false),
            ("a b", false),
            ("..", false),
            ("a_b", false),
            ("ä", false),
        ] {
            let entry = [r#""account":""#, name, "\""].concat();
            assert_eq!(one(&entry).is_some(), fits, "{name}");
        }
    }

    #[test]
    fn a_gateway_needs_no_more_than_where_to_ask_who_is_signed_in() {
        let gateway = one(r#""account":"a","gateway":true,"sign_in":{"userinfo":"/me"}"#).unwrap();
        let endpoints = gateway.sign_in.unwrap();
        assert_eq!(endpoints.userinfo.as_deref(), Some("/me"));
        assert!(gateway.gateway && endpoints.authorize.is_empty());
        let bare = one(r#""account":"a","gateway":true"#).unwrap();
        assert!(bare.gateway && bare.sign_in.is_none());
    }

    #[test]
    fn a_sign_in_said_by_halves_leaves_the_service_out() {
        let whole = r#""account":"a","sign_in":{"authorize":"/a","token":"/t","client_id":"c"}"#;
        assert!(one(whole).unwrap().sign_in.is_some());
        assert!(
            one(r#""account":"a","sign_in":null"#)
                .unwrap()
                .sign_in
                .is_none()
        );
        assert!(one(r#""account":"a","sign_in":{"authorize":"/a"}"#).is_none());
    }
}
