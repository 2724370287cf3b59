//! Which services exist and where, read at run time from `/config.json`, so that one build serves
//! the reference server, the vendors' own addresses and a gateway.

use std::rc::Rc;

use js_sys::{Promise, Reflect, Uint8Array};
use serde::Deserialize;
use steward_domain::id::AccountId;
use steward_flows::json::{self, Nested, Rows, Scalar};
use steward_flows::{Dialect, Endpoints};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

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

/// The whole file.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    services: Rows<Entry>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    service: Scalar,
    account: Scalar,
    label: Scalar,
    base: Scalar,
    gateway: Scalar,
    sign_in: Nested<SignInEntry>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignInEntry {
    authorize: Scalar,
    token: Scalar,
    userinfo: Scalar,
    revoke: Scalar,
    client_id: Scalar,
    scope: Scalar,
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
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    parse(&Uint8Array::new(&bytes).to_vec())
}

fn parse(bytes: &[u8]) -> Option<Vec<ServiceConfig>> {
    let file: File = json::read(bytes).ok()?;
    let entries = file.services.rows.into_iter().flatten();
    let services: Vec<ServiceConfig> = entries.filter_map(read).collect();
    (!services.is_empty()).then_some(services)
}

/// One entry; `None` if it names no service of this build or lacks what it cannot do without.
fn read(entry: Entry) -> Option<ServiceConfig> {
    let gateway = entry.gateway.is_true();
    Some(ServiceConfig {
        account: account(entry.account.text()?)?,
        label: entry.label.text()?,
        dialect: steward_flows::named(&entry.service.text()?)?,
        base: entry.base.text()?.trim_end_matches('/').into(),
        sign_in: endpoints(entry.sign_in.record, gateway)?.map(Rc::new),
        gateway,
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
    let userinfo = entry.userinfo.words();
    let [authorize, token, client_id] = match [
        entry.authorize.text(),
        entry.token.text(),
        entry.client_id.text(),
    ] {
        [Some(authorize), Some(token), Some(client_id)] => [authorize, token, client_id],
        _ if gateway && userinfo.is_some() => Default::default(),
        [None, None, None] => return Some(None),
        _ => return None,
    };
    Some(Some(Endpoints {
        authorize,
        token,
        userinfo,
        revoke: entry.revoke.words(),
        client_id,
        scope: entry.scope.text().unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_names_a_service_this_build_knows() {
        let services = parse(include_bytes!("../../public/config.json")).unwrap();
        assert_eq!(services[0].dialect.description().key, "altostrat");
        assert!(services[0].sign_in.is_some());
    }

    #[test]
    fn an_unknown_service_is_left_out_and_none_at_all_is_no_configuration() {
        let entry = |service: &str| {
            [
                r#"{"service":""#,
                service,
                r#"","account":"a","label":"L","base":"/x/"}"#,
            ]
            .concat()
        };
        let both = [
            r#"{"services":["#,
            &entry("altostrat"),
            ",",
            &entry("other"),
            "]}",
        ]
        .concat();
        let services = parse(both.as_bytes()).unwrap();
        assert_eq!((services.len(), &*services[0].base), (1, "/x"));
        assert!(
            parse(
                [r#"{"services":["#, &entry("other"), "]}"]
                    .concat()
                    .as_bytes()
            )
            .is_none()
        );
        assert!(parse(b"<html>").is_none());
    }
    fn one(entry: &str) -> Option<ServiceConfig> {
        let text = [
            r#"{"services":[{"service":"altostrat","label":"L","base":"/x","#,
            entry,
            "}]}",
        ]
        .concat();
        parse(text.as_bytes())?.pop()
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
