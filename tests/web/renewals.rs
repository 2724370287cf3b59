//! Tabs that hold the same refresh token, as copies of a tab do: one sends it, the others get what it brought, and a
//! renewal that fails or comes back already over ends and repeats nothing.

use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::js;
use crate::support::net::Reply;
use crate::support::page::{Page, all_of, session, token_of};
use crate::support::world::{LIST, ME, World};
use crate::tabs::{close, heard, other_tab, say};
use steward::browser::{clock, crypto};

const TOKEN: &str = "/api/altostrat-signin/oauth/token";
const WARNING: &str = "Your session at Altostrat ends within two minutes.";

/// A tab whose session is to be renewed in a second, and the other tab.
fn copied() -> (Page, JsValue) {
    let page = Page::new(World::small());
    page.keep(&json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": token_of(ME), "refresh": "r1", "expires": clock::now() + 45_000.0,
    }));
    let grant = json!({"access_token": token_of(ME), "refresh_token": "r2", "token_type": "Bearer", "expires_in": 900});
    page.net.on("POST", TOKEN, Reply::json(200, &grant));
    (page, other_tab())
}

/// Has the other tab answer with this as soon as it hears somebody ask.
fn answers(tab: &JsValue, words: &str) {
    let answer = "const { onmessage } = tab; tab.onmessage = (event) => { onmessage(event); \
        if (event.data.includes('\"asks\"')) tab.postMessage(words) }";
    js("tab, words", answer, &[tab, &words.into()]);
}

async fn name_of(token: &str) -> String {
    let name = ["steward.name/", token].concat();
    crypto::sha256_base64url(&name).await.unwrap()
}

async fn sealed(by: &str, session: &Value) -> String {
    let key = ["steward.key/", by].concat();
    crypto::seal(&key, &session.to_string()).await.unwrap()
}

async fn unsealed(by: &str, text: &str) -> Option<String> {
    let key = ["steward.key/", by].concat();
    crypto::unseal(&key, &steward_flows::base64url(text)?).await
}

/// What a renewal of another tab has brought.
fn brought(token: &str) -> Value {
    json!({
        "account": "altostrat", "place": "altostrat", "label": "Another", "kept": true,
        "token": token, "refresh": "r2", "expires": clock::now() + 900_000.0,
    })
}

fn spent(name: &str, sealed: Option<&str>) -> String {
    json!({"kind": "spent", "name": name, "sealed": sealed}).to_string()
}

#[wasm_bindgen_test]
async fn a_token_that_another_tab_has_sent_is_not_sent_and_its_session_is_taken() {
    let (page, tab) = copied();
    let renewed = [&token_of(ME), "by-another"].concat();
    let (name, sealed) = (name_of("r1").await, sealed("r1", &brought(&renewed)).await);
    answers(&tab, &spent(&name, Some(&sealed)));
    page.open("/workspaces");
    page.until("the session", || all_of(&session()).contains(&renewed))
        .await;
    assert!(heard(&tab).contains(&name) && !heard(&tab).contains("r1\""));
    page.net.forget();
    page.load_again();
    page.until("the list", || page.net.count("GET", LIST) == 1)
        .await;
    let asked = page.net.requests().pop().unwrap();
    assert_eq!(asked.headers["authorization"], format!("Bearer {renewed}"));
    assert_eq!(page.net.count("POST", TOKEN), 0);
    assert!(page.has("heading", "Workspaces") && !page.says("Another"));
    close(&tab);
}

#[wasm_bindgen_test]
async fn what_a_renewal_brought_is_said_to_no_tab_that_has_not_had_the_token_before() {
    let (page, tab) = copied();
    page.open("/workspaces");
    page.until("the word", || heard(&tab).contains("spent"))
        .await;
    let said = heard(&tab);
    for secret in [token_of(ME).as_str(), "\"r1\"", "\"r2\"", "r2\\\""] {
        assert!(!said.contains(secret), "{said}");
    }
    let last: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    let text = last["sealed"].as_str().unwrap();
    assert_eq!(last["name"], name_of("r1").await);
    assert_eq!(unsealed("r2", text).await, None);
    assert_eq!(unsealed("r1", &text[1..]).await, None);
    let told = unsealed("r1", text).await.unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told["refresh"], &told["token"]),
        (&json!("r2"), &json!(token_of(ME)))
    );
    // Whoever asks later is told the same.
    let asks = json!({"kind": "asks", "name": last["name"], "number": "0"}).to_string();
    let before = heard(&tab).lines().count();
    say(&tab, &asks);
    page.until("the answer", || heard(&tab).lines().count() > before)
        .await;
    assert!(heard(&tab).ends_with(said.lines().last().unwrap()));
    assert_eq!(page.net.count("POST", TOKEN), 1);
    close(&tab);
}

#[wasm_bindgen_test]
async fn a_tab_that_is_idle_takes_what_another_has_renewed() {
    let page = Page::new(World::small());
    page.keep(&json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": token_of(ME), "refresh": "r1", "expires": clock::now() + 3_600_000.0,
    }));
    let tab = other_tab();
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    let (name, renewed) = (name_of("r1").await, [&token_of(ME), "2"].concat());
    let wrong = sealed("r0", &brought("wrong")).await;
    let right = sealed("r1", &brought(&renewed)).await;
    say(&tab, &spent(&name_of("r0").await, Some(&wrong)));
    say(&tab, &spent("", None));
    page.until("the session", || {
        say(&tab, &spent(&name, Some(&right)));
        all_of(&session()).contains(&renewed)
    })
    .await;
    assert!(!all_of(&session()).contains("wrong"));
    page.idle().await;
    assert_eq!(page.net.count("POST", TOKEN), 0);
    close(&tab);
}

#[wasm_bindgen_test]
async fn a_tab_waits_for_the_one_that_sends_and_sends_nothing_where_that_brings_nothing() {
    for locks in [true, false] {
        let navigator = js("", "return navigator", &[]);
        let hide =
            "Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })";
        if !locks {
            js("", hide, &[]);
        }
        let (page, tab) = copied();
        let name = name_of("r1").await;
        answers(&tab, &json!({"kind": "sends", "name": name}).to_string());
        page.open("/workspaces");
        page.until("the question", || heard(&tab).contains("asks"))
            .await;
        clock::sleep(400).await;
        assert_eq!(page.net.count("POST", TOKEN), 0, "it is the other's turn");
        say(&tab, &spent(&name, None));
        page.wait_for_text(WARNING).await;
        page.idle().await;
        assert_eq!(page.net.count("POST", TOKEN), 0);
        assert!(page.listed().contains(&"Acme prod".to_owned()));
        assert!(!all_of(&session()).contains("r1"), "nor after a reload");
        assert!(!page.says("no longer accepts"));
        close(&tab);
        if !locks {
            js("navigator", "delete navigator.locks", &[&navigator]);
        }
    }
}

#[wasm_bindgen_test]
async fn of_two_tabs_that_ask_at_once_the_smaller_number_goes_on() {
    let asks = |name: &str, number: &str| {
        json!({"kind": "asks", "name": name, "number": number}).to_string()
    };
    let name = name_of("r1").await;
    let (page, tab) = copied();
    let held = page.net.hold("POST", TOKEN);
    answers(&tab, &asks(&name, "~"));
    page.open("/workspaces");
    page.until("the answer", || heard(&tab).contains("sends"))
        .await;
    page.until("the renewal", || held.waiting() == 1).await;
    let grant = json!({"access_token": token_of(ME), "refresh_token": "r2", "expires_in": 900});
    held.reply(Reply::json(200, &grant));
    page.until("what it brought", || heard(&tab).contains("spent"))
        .await;
    close(&tab);
    drop(page);
    let (page, tab) = copied();
    answers(&tab, &asks(&name, ""));
    page.open("/workspaces");
    page.until("the question", || heard(&tab).contains("asks"))
        .await;
    clock::sleep(400).await;
    assert_eq!(page.net.count("POST", TOKEN), 0, "the other goes on");
    say(&tab, &spent(&name, None));
    page.wait_for_text(WARNING).await;
    close(&tab);
}

#[wasm_bindgen_test]
async fn a_lock_of_another_tab_is_waited_for() {
    let (page, tab) = copied();
    let name = ["steward.renewal/", &name_of("r1").await].concat();
    let hold = "return new Promise((got) => navigator.locks.request(name, () => { \
        got(); return new Promise((done) => { globalThis.letGo = done }) }))";
    crate::support::page::resolved(js("name", hold, &[&name.into()])).await;
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    clock::sleep(1_500).await;
    assert!(!heard(&tab).contains("asks"));
    assert_eq!(page.net.count("POST", TOKEN), 0);
    js("", "letGo()", &[]);
    page.until("the renewal", || page.net.count("POST", TOKEN) == 1)
        .await;
    page.until("the session", || all_of(&session()).contains("r2"))
        .await;
    close(&tab);
}

#[wasm_bindgen_test]
async fn a_renewal_that_fails_ends_no_session_that_is_still_good() {
    for reply in [
        Reply::empty(503),
        Reply::lost(),
        Reply::json(400, &json!({"error": "invalid_grant"})),
        Reply::empty(401),
        Reply::text(200, "text/html", "<html>"),
    ] {
        let (page, tab) = copied();
        page.net.on("POST", TOKEN, reply);
        page.open("/workspaces");
        page.find("link", "Acme prod").await;
        page.wait_for_text(WARNING).await;
        page.load_again();
        page.until("the list", || page.net.count("GET", LIST) == 2)
            .await;
        page.idle().await;
        assert!(!page.says("no longer accepts") && page.all("dialog").is_empty());
        assert_eq!(page.net.count("POST", TOKEN), 1);
        assert!(!all_of(&session()).contains("r1"));
        close(&tab);
    }
}

#[wasm_bindgen_test]
async fn a_session_that_comes_back_already_over_is_not_renewed_on_and_on() {
    for grant in [
        json!({"access_token": "opaque", "refresh_token": "r2", "expires_in": 0}),
        json!({"access_token": "opaque", "refresh_token": "r2", "expires_in": -1}),
        json!({"access_token": "e30.eyJleHAiOjF9.c2ln", "refresh_token": "r2"}),
        json!({"access_token": "opaque", "refresh_token": "r2", "expires_in": 1}),
    ] {
        let (page, tab) = copied();
        page.net.on("POST", TOKEN, Reply::json(200, &grant));
        page.open("/workspaces");
        page.find("link", "Acme prod").await;
        page.until("the session", || all_of(&session()).contains("r2"))
            .await;
        clock::sleep(1_500).await;
        assert_eq!(page.net.count("POST", TOKEN), 1, "{grant}");
        assert!(!page.says("no longer accepts"));
        // Where the service does not accept it either, that is told, once.
        page.net.on("GET", LIST, Reply::empty(401));
        page.load_again();
        page.wait_for_text("no longer accepts").await;
        page.idle().await;
        assert_eq!(page.net.count("POST", TOKEN), 1, "{grant}");
        close(&tab);
    }
}

#[wasm_bindgen_test]
async fn a_session_is_not_renewed_while_the_browser_knows_of_no_network_and_there_is_time() {
    let (page, tab) = copied();
    let offline =
        "Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })";
    js("", offline, &[]);
    page.open("/workspaces");
    clock::sleep(1_500).await;
    js("", "delete navigator.onLine", &[]);
    assert_eq!(page.net.count("POST", TOKEN), 0);
    assert!(all_of(&session()).contains("r1"), "nothing is spent");
    close(&tab);
}

#[wasm_bindgen_test]
async fn a_name_given_while_a_token_is_on_its_way_does_not_bring_it_back() {
    let (page, tab) = copied();
    let held = page.net.hold("POST", TOKEN);
    page.open("/accounts");
    page.until("the renewal", || held.waiting() == 1).await;
    assert!(!all_of(&session()).contains("r1"));
    page.press("button", "Rename").await;
    page.find("textbox", "Account name").await;
    page.enter("Account name", "Mine");
    page.press("button", "Save name").await;
    page.until("the name", || all_of(&session()).contains("Mine"))
        .await;
    assert!(!all_of(&session()).contains("r1"), "it is spent");
    let grant = json!({"access_token": token_of(ME), "refresh_token": "r2", "token_type": "Bearer", "expires_in": 900});
    held.reply(Reply::json(200, &grant));
    page.until("the session", || all_of(&session()).contains("r2"))
        .await;
    assert!(all_of(&session()).contains("Mine"));
    close(&tab);
}
