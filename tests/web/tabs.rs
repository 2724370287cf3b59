//! Windows and other tabs: a sign-in in a window of its own, and a sign-out that reaches every tab.

use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::sign_in_again::{AGAIN, TOKEN, in_dialog, interrupted, patches};
use crate::support::act::click;
use crate::support::net::Reply;
use crate::support::page::{Page, all_of, session, token_of};
use crate::support::world::{ME, OWNER, World, edit};
use crate::support::{js, swap};

/// What a test hears as another tab of the console would, until it is over.
pub fn other_tab() -> JsValue {
    let listen = "const tab = new BroadcastChannel('steward'); tab.heard = []; \
        tab.onmessage = ({ data }) => tab.heard.push(data); return tab";
    js("", listen, &[])
}

pub fn say(tab: &JsValue, words: &str) {
    js(
        "tab, words",
        "tab.postMessage(words)",
        &[tab, &words.into()],
    );
}

pub fn heard(tab: &JsValue) -> String {
    js("tab", "return tab.heard.join('\\n')", &[tab])
        .as_string()
        .unwrap()
}

pub fn close(tab: &JsValue) {
    js("tab", "tab.close()", &[tab]);
}

/// Notes the windows that the page opens, and opens none; `let_it` as a browser would.
fn windows(let_it: bool) -> JsValue {
    let make = "globalThis.opened = []; return () => { \
        if (!letIt) return null; \
        const one = { opener: globalThis, location: {} }; opened.push(one); return one }";
    let open = js("letIt", make, &[&let_it.into()]);
    swap(&js_sys::global(), "open", &open)
}

fn opened() -> Vec<String> {
    let read = "return opened.map(({ location, opener }) => location.href + ' ' + opener)";
    let all: js_sys::Array = js("", read, &[]).into();
    all.iter().filter_map(|one| one.as_string()).collect()
}

#[wasm_bindgen_test]
async fn a_service_with_a_page_of_its_own_is_gone_through_in_a_window() {
    let page = interrupted().await;
    let former = windows(true);
    let tab = other_tab();
    let press = "Continue with Altostrat";
    page.until("the secrets", || {
        click(&in_dialog(&page, "button", press));
        !opened().is_empty()
    })
    .await;
    page.wait_for_text("Go on in the other window").await;
    let url = opened()[0].clone();
    assert!(url.contains("/api/altostrat-signin/authorize?"), "{url}");
    assert!(
        url.ends_with(" null"),
        "the window knows nothing of this page: {url}"
    );
    assert!(page.left_for().is_empty());
    assert!(
        !all_of(&session()).contains("steward.sign-in"),
        "the secrets stay in memory"
    );
    let read = "return new URL(url.split(' ')[0], location.origin).searchParams.get('state')";
    let state = js("url", read, &[&url.into()]).as_string().unwrap();
    assert!(state.starts_with("w.") && state.len() > 40);
    let grant = json!({"access_token": token_of(ME), "token_type": "Bearer", "expires_in": 900});
    page.net.on("POST", TOKEN, Reply::json(200, &grant));

    let back = |state: &str| {
        let query = format!("code=c0de&state={state}");
        json!({"kind": "back", "state": state, "query": query}).to_string()
    };
    for junk in [
        back("w.forged"),
        "{\"kind\":\"back\"}".into(),
        "no json".into(),
    ] {
        say(&tab, &junk);
    }
    page.idle().await;
    assert_eq!(page.net.count("POST", TOKEN), 0, "it is not the answer");
    say(&tab, &back(&state));
    say(&tab, &back(&state));
    page.wait_for_text("are saved.").await;
    page.wait_removed("dialog", AGAIN).await;
    assert_eq!((page.net.count("POST", TOKEN), patches(&page)), (1, 2));
    let said = heard(&tab);
    assert!(
        said.contains("\"taken\"") && said.contains(&state),
        "{said}"
    );
    assert!(
        !said.contains(&token_of(ME)),
        "no credential leaves the tab"
    );
    close(&tab);
    swap(&js_sys::global(), "open", &former);
}

#[wasm_bindgen_test]
async fn a_window_that_is_blocked_leaves_the_way_through_this_tab() {
    let page = interrupted().await;
    let former = windows(false);
    let press = "Continue with Altostrat";
    page.until("the words", || {
        if !page.says("The browser blocked the window") {
            click(&in_dialog(&page, "button", press));
        }
        page.says("The browser blocked the window")
    })
    .await;
    assert!(page.left_for().is_empty() && page.says("your text is kept"));
    click(&in_dialog(&page, "button", "Continue in this tab"));
    page.until("leaving", || !page.left_for().is_empty()).await;
    assert!(
        all_of(&session()).contains("\u{1F98A}"),
        "the draft is there afterwards"
    );
    swap(&js_sys::global(), "open", &former);
}

#[wasm_bindgen_test]
async fn signing_out_elsewhere_signs_out_here_at_once_and_is_not_told_to_the_service_again() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Half a thought");
    let tab = other_tab();
    let out = |person: &str, place: &str| {
        json!({"kind": "signed-out", "place": place, "account": "altostrat", "subject": person})
            .to_string()
    };
    for other in [out(OWNER, "altostrat"), out(ME, "anthropic"), "{".into()] {
        say(&tab, &other);
    }
    page.idle().await;
    assert!(page.has("textbox", "Name"), "nobody who is here");
    page.net.forget();
    say(&tab, &out(ME, "altostrat"));
    page.find("heading", "Sign in to Steward").await;
    assert_eq!(all_of(&session()), "{}", "session and draft are gone");
    assert!(page.net.requests().is_empty());
    assert_eq!(heard(&tab), "", "tabs do not answer each other");
    close(&tab);
}

#[wasm_bindgen_test]
async fn signing_out_here_is_said_to_the_other_tabs_without_a_credential() {
    let page = Page::at("/accounts", World::small());
    let tab = other_tab();
    page.press("button", "Sign out").await;
    page.find("heading", "Sign in to Steward").await;
    page.until("the word", || heard(&tab).contains("signed-out"))
        .await;
    let said = heard(&tab);
    assert!(said.contains(ME) && !said.contains(&token_of(ME)), "{said}");
    close(&tab);
}
