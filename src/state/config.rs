//! Which services exist and where, read at run time from `/config.json`, so that one build serves
//! the reference server, the vendors' own addresses and a gateway.

use std::rc::Rc;

use js_sys::{Promise, Reflect, Uint8Array};
use serde::Deserialize;
use steward_domain::id::AccountId;
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

#[derive(Deserialize)]
struct File {
    services: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    service: String,
    account: String,
    label: String,
    base: String,
    sign_in: Option<SignInEntry>,
    #[serde(default)]
    gateway: bool,
}

#[derive(Deserialize)]
struct SignInEntry {
    authorize: String,
    token: String,
    userinfo: Option<String>,
    revoke: Option<String>,
    client_id: String,
    scope: String,
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
    let file: File = serde_json::from_slice(bytes).ok()?;
    let services: Vec<ServiceConfig> = file.services.into_iter().filter_map(read).collect();
    (!services.is_empty()).then_some(services)
}

fn read(entry: Entry) -> Option<ServiceConfig> {
    Some(ServiceConfig {
        account: AccountId::new(entry.account)?,
        label: entry.label,
        dialect: steward_flows::named(&entry.service)?,
        base: entry.base.trim_end_matches('/').into(),
        sign_in: entry.sign_in.map(|sign_in| {
            Rc::new(Endpoints {
                authorize: sign_in.authorize,
                token: sign_in.token,
                userinfo: sign_in.userinfo,
                revoke: sign_in.revoke,
                client_id: sign_in.client_id,
                scope: sign_in.scope,
            })
        }),
        gateway: entry.gateway,
    })
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
}
