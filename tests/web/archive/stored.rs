//! Buckets and repositories that stand in the way: deleted one by one, in an order that the service
//! takes, each asked about first; and nothing of their secrets anywhere.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill};
use crate::support::js;
use crate::support::look::{all_in, below, description, is_off, name, text};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED, all_of, local, session};
use crate::support::world::World;

const FLASHBACK: &str = "/api/flashback/workspace";
const REPOS: &str = "/api/flashback/repo";
const BUCKETS: &str = "/api/flashback/bucket";
const MEMBER: &str = "7a1f0000-0000-4000-8000-000000000001";
const TITLE: &str = "Archive Research";
const REPO: &str = "Delete repository: media, r1";
const BUCKET: &str = "Delete bucket: cold, b1";

fn repo(id: &str) -> Value {
    json!({"id": id, "name": "media", "workspaceId": "f1", "buckets": [{"bucketId": "b1"}],
        "apiKeys": [{"key": "planted-key", "secret": {"message": "planted-secret"}}]})
}

fn bucket(id: &str) -> Value {
    json!({"id": id, "name": "cold", "workspaceId": "f1", "key": "planted-key",
        "secret": {"key": "planted-secret", "message": "planted-secret"}})
}

fn holds(page: &Page, repos: &[Value], buckets: &[Value]) {
    let all = json!({"success": true, "repos": repos});
    page.net.on("GET", REPOS, Reply::json(200, &all));
    let all = json!({"success": true, "buckets": buckets});
    page.net.on("GET", BUCKETS, Reply::json(200, &all));
}

fn done() -> Reply {
    Reply::json(200, &json!({"success": true}))
}

/// The dialog of a workspace with these.
async fn dialog(repos: &[Value], buckets: &[Value]) -> Page {
    let page = Page::new(World::default());
    page.configure(SHIPPED);
    page.keep(&json!({
        "account": "flashback", "place": "flashback", "label": "Media", "kept": true,
        "token": "fl4sh", "subject": MEMBER,
    }));
    let users = json!([{"userId": MEMBER, "role": "ADMIN", "user": {"id": MEMBER, "name": "Fay"}}]);
    let row = json!({"id": "f1", "name": "Research", "orgId": "o1", "users": users});
    let one = json!({"success": true, "workspace": row});
    let all = json!({"success": true, "workspaces": [row]});
    page.net.on("GET", FLASHBACK, Reply::json(200, &all));
    page.net
        .on("GET", &format!("{FLASHBACK}/f1"), Reply::json(200, &one));
    holds(&page, repos, buckets);
    page.open("/workspaces");
    page.find("link", "Research").await;
    page.roles_known().await;
    click(&page.row_button("Archive", "Research"));
    page.find("dialog", TITLE).await;
    page
}

fn says(page: &Page) -> String {
    text(&page.dialog().expect("the dialog stays"))
}

/// The last button of this name: the one that sends.
fn last(page: &Page, named: &str) -> Element {
    let dialog = page.dialog().unwrap();
    let mut all = all_in(&dialog, "button").into_iter();
    all.rfind(|button| name(button) == named).unwrap()
}

async fn asks(page: &Page, named: &str, words: &str) {
    click(&last(page, named));
    page.wait_for_text(words).await;
}

#[wasm_bindgen_test]
async fn repositories_come_first_then_buckets_then_the_workspace_and_no_secret_is_anywhere() {
    let page = dialog(&[repo("r1")], &[bucket("b1")]).await;
    page.wait_for_text("1 repository and 1 bucket must be deleted first")
        .await;
    let lines: Vec<String> = below(&page.dialog().unwrap(), ".work li")
        .iter()
        .map(text)
        .collect();
    assert!(
        lines[0].starts_with("media") && lines[1].starts_with("cold"),
        "{lines:?}"
    );
    let waits = page.get("button", BUCKET);
    assert!(is_off(&waits));
    assert_eq!(
        description(&waits),
        "First delete the repository that uses it: media"
    );
    click(&waits);
    page.idle().await;
    assert!(!page.has("button", "Keep it"), "nothing is asked");

    page.net.once("DELETE", &format!("{REPOS}/r1"), done());
    asks(&page, REPO, "marks the repository “media” as deleted").await;
    assert_eq!(page.net.count("DELETE", &format!("{REPOS}/r1")), 0);
    holds(&page, &[], &[bucket("b1")]);
    click(&last(&page, REPO));
    page.wait_for_text("1 bucket must be deleted first").await;
    page.until("the bucket's turn", || !is_off(&page.get("button", BUCKET)))
        .await;

    page.net.once("DELETE", &format!("{BUCKETS}/b1"), done());
    asks(&page, BUCKET, "takes the bucket “cold” out of its system").await;
    holds(&page, &[], &[]);
    click(&last(&page, BUCKET));
    page.wait_for_text("Ready: Research can be archived").await;
    let sent: Vec<String> = page
        .net
        .requests()
        .into_iter()
        .filter(|request| request.method == "DELETE")
        .map(|request| request.path)
        .collect();
    assert_eq!(sent, [format!("{REPOS}/r1"), format!("{BUCKETS}/b1")]);

    page.net.once("DELETE", &format!("{FLASHBACK}/f1"), done());
    page.net
        .on("GET", &format!("{FLASHBACK}/f1"), Reply::empty(404));
    fill(&page.get("textbox", "Type the name to confirm"), "Research");
    click(&page.get("button", TITLE));
    page.wait_removed("dialog", TITLE).await;

    let markup = js("root", "return root.outerHTML", &[&page.root]);
    for text in [
        markup.as_string().unwrap(),
        all_of(&session()),
        all_of(&local()),
    ] {
        assert!(!text.contains("planted"), "{text}");
    }
    assert!(
        all_of(&session()).contains("thing/r1"),
        "each is written down"
    );
}

#[wasm_bindgen_test]
async fn what_was_accepted_and_is_still_listed_is_not_done() {
    let page = dialog(&[], &[bucket("b1")]).await;
    page.hurry(20);
    page.wait_for_text("1 bucket must be deleted first").await;
    page.net.once("DELETE", &format!("{BUCKETS}/b1"), done());
    asks(&page, BUCKET, "calls that irreversible").await;
    click(&last(&page, BUCKET));
    page.wait_for_text("It is not known whether it was deleted")
        .await;
    let said = says(&page);
    assert!(
        said.contains("The service accepted the request and does not show its effect yet."),
        "{said}"
    );
    let again = page.get("button", BUCKET);
    assert!(is_off(&again) && description(&again).contains("Check again first"));
    assert!(said.contains("1 bucket must be deleted first"));
    assert_eq!(page.net.count("DELETE", &format!("{BUCKETS}/b1")), 1);
    // A reading settles it.
    holds(&page, &[], &[]);
    page.press("button", "Check again").await;
    page.wait_for_text("Ready: Research can be archived").await;
}

#[wasm_bindgen_test]
async fn a_refusal_is_told_in_the_services_words_and_the_line_stays() {
    let page = dialog(&[], &[bucket("b1")]).await;
    page.wait_for_text("1 bucket must be deleted first").await;
    let words = "Bucket is attached to a repository of another workspace";
    let refusal = Reply::json(403, &json!({"success": false, "message": words}));
    page.net.once("DELETE", &format!("{BUCKETS}/b1"), refusal);
    asks(&page, BUCKET, "calls that irreversible").await;
    click(&last(&page, BUCKET));
    page.wait_for_text(words).await;
    let said = says(&page);
    assert!(said.contains("It was not deleted") && said.contains("Nothing has changed."));
    assert!(said.contains("something still uses it, or your role does not reach"));
    assert_eq!(page.net.count("DELETE", &format!("{BUCKETS}/b1")), 1);
}

#[wasm_bindgen_test]
async fn what_is_not_said_to_be_here_is_no_pass_and_cannot_be_deleted() {
    let unsaid = json!({"id": "b1", "name": "cold", "workspaceId": null});
    let page = dialog(&[], &[unsaid, json!({"id": "b2", "workspaceId": "other"})]).await;
    page.wait_for_text("1 bucket must be deleted first").await;
    let button = page.get("button", BUCKET);
    assert!(is_off(&button));
    assert!(description(&button).contains("does not say that it is in this workspace"));
    assert!(!says(&page).contains("b2"));
}

#[wasm_bindgen_test]
async fn a_list_that_is_null_is_not_known_and_never_a_pass() {
    let page = dialog(&[], &[]).await;
    page.wait_for_text("Nothing stands in the way").await;
    let page = {
        drop(page);
        dialog(&[repo("r1")], &[]).await
    };
    page.wait_for_text("1 repository must be deleted first")
        .await;
    let null = Reply::json(200, &json!({"success": true, "repos": null}));
    page.net.on("GET", REPOS, null);
    page.press("button", "Check again").await;
    page.wait_for_text("Could not check").await;
    page.wait_for_text("1 repository must be deleted first")
        .await;
}
