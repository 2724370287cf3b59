//! Lists: pages in both directions, filters, and what a query may hold.

use serde_json::{Value, json};

use crate::anthropic_support::{data, id, ids, invalid, start};
use crate::support::Server;

/// Everything from one end to the other. Each page is checked for what every page promises.
fn walk(server: &Server, path: &str, limit: usize, way: &str) -> Vec<Value> {
    let key = if path.contains("/members") {
        "user_id"
    } else {
        "id"
    };
    let mut all: Vec<Value> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut query = format!("{path}{joint}limit={limit}");
        if let Some(cursor) = &cursor {
            query.push_str(&format!("&{way}={cursor}"));
        }
        let page = server.read(&query);
        let items = data(&page);
        assert!(items.len() <= limit);
        assert_eq!(
            page["first_id"],
            items.first().map_or(Value::Null, |item| item[key].clone())
        );
        assert_eq!(
            page["last_id"],
            items.last().map_or(Value::Null, |item| item[key].clone())
        );
        let side = if way == "after_id" {
            "last_id"
        } else {
            "first_id"
        };
        cursor = page[side].as_str().map(str::to_owned);
        if way == "after_id" {
            all.extend(items.iter().cloned());
        } else {
            all.splice(0..0, items.iter().cloned());
        }
        if page["has_more"] == false {
            return all;
        }
        assert_eq!(items.len(), limit, "a page that is not the last is full");
    }
}

#[test]
fn walking_forward_and_back_gives_the_same_list_for_every_limit() {
    let server = start(&[]);
    let workspace = server.named("Claims Triage");
    let workspaces = "/workspaces?include_archived=true&include_default=true";
    let lists = [
        workspaces.to_owned(),
        "/workspaces".to_owned(),
        "/users".to_owned(),
        "/users?roles=billing&roles=admin".to_owned(),
        "/api_keys".to_owned(),
        "/api_keys?status=active".to_owned(),
        format!("/workspaces/{workspace}/members"),
    ];
    for path in lists {
        let joint = if path.contains('?') { '&' } else { '?' };
        let whole = server.read(&format!("{path}{joint}limit=1000"));
        let whole = data(&whole);
        for limit in [1, 2, 3, 7, 20, 1000] {
            if limit < 3 && whole.len() > 60 {
                continue;
            }
            let forward = walk(&server, &path, limit, "after_id");
            assert_eq!(&forward, whole, "{path} by {limit}");
            // Backwards from the last one, which a page before it never holds.
            let Some(last) = whole.last() else { continue };
            let key = if path.contains("/members") {
                "user_id"
            } else {
                "id"
            };
            let mut back = Vec::new();
            let mut cursor = last[key].as_str().unwrap().to_owned();
            loop {
                let query = format!("{path}{joint}limit={limit}&before_id={cursor}");
                let page = server.read(&query);
                back.splice(0..0, data(&page).iter().cloned());
                if page["has_more"] == false {
                    break;
                }
                cursor = page["first_id"].as_str().unwrap().to_owned();
            }
            back.push(last.clone());
            assert_eq!(&back, whole, "{path} back by {limit}");
        }
    }
}

#[test]
fn the_page_size_is_twenty_and_from_one_to_a_thousand() {
    let server = start(&[]);
    assert_eq!(data(&server.read("/workspaces")).len(), 20);
    assert_eq!(data(&server.read("/workspaces?limit=1")).len(), 1);
    for limit in ["0", "1001", "-1", "x", "", "1.5"] {
        let reply = server.anthropic("owner", "GET", &format!("/workspaces?limit={limit}"), None);
        assert_eq!(reply.refusal(), invalid(""), "{limit}");
    }
}

#[test]
fn unknown_keys_are_ignored_and_wrong_values_are_not() {
    let server = start(&[]);
    let plain = server.read("/workspaces");
    assert_eq!(server.read("/workspaces?beta=true&foo[]=1&limi=3"), plain);
    for query in [
        "include_archived=yes",
        "include_default=1",
        "after_id=wrkspc_none",
        "before_id=wrkspc_none",
        "after_id=a&before_id=b",
    ] {
        let reply = server.anthropic("owner", "GET", &format!("/workspaces?{query}"), None);
        assert_eq!(reply.refusal(), invalid(""), "{query}");
    }
    let reply = server.anthropic("owner", "GET", "/users?roles=king", None);
    assert_eq!(reply.refusal(), invalid(""));
    let reply = server.anthropic("owner", "GET", "/api_keys?status=lost", None);
    assert_eq!(reply.refusal(), invalid(""));
}

#[test]
fn archived_ones_and_the_default_are_listed_when_asked_for() {
    let server = start(&[]);
    let names = |query: &str| -> Vec<(String, bool)> {
        let page = server.read(&format!("/workspaces?limit=1000{query}"));
        let items = data(&page).iter();
        let named = |item: &Value| item["name"].as_str().unwrap().to_owned();
        items
            .map(|item| (named(item), !item["archived_at"].is_null()))
            .collect()
    };
    let usual = names("");
    assert!(
        usual
            .iter()
            .all(|(name, archived)| name != "Default" && !archived)
    );
    assert!(usual.iter().any(|(name, _)| name == "Claude Code"));
    let more = names("&include_archived=true");
    assert!(more.len() > usual.len() && more.iter().all(|(name, _)| name != "Default"));
    assert_eq!(names("&include_default=true").len(), usual.len() + 1);
    assert_eq!(
        names("&include_archived=true&include_default=true").len(),
        42
    );
}

#[test]
fn a_list_of_ids_narrows_in_both_spellings_and_keeps_the_other_filters() {
    let server = start(&[]);
    let [active, archived, default] =
        ["Production", "Old Prototype", "Default"].map(|name| server.named(name));
    for form in ["ids", "ids[]"] {
        let query = format!(
            "/workspaces?{form}={active}&{form}={archived}&{form}={default}&{form}=wrkspc_none"
        );
        assert_eq!(ids(&server.read(&query)), [active.as_str()]);
        let all = server.read(&format!(
            "{query}&include_archived=true&include_default=true"
        ));
        assert_eq!(data(&all).len(), 3);
    }
    let many = |count: usize| format!("/workspaces?{}", vec!["ids=x"; count].join("&"));
    assert_eq!(data(&server.read(&many(100))).len(), 0);
    let empty = server.read(&many(100));
    assert_eq!(
        (&empty["first_id"], &empty["last_id"], &empty["has_more"]),
        (&Value::Null, &Value::Null, &json!(false))
    );
    let reply = server.anthropic("owner", "GET", &many(101), None);
    assert_eq!(reply.refusal(), invalid(""));
}

#[test]
fn a_cursor_stays_good_when_its_object_is_archived() {
    let server = start(&[]);
    let all = ids(&server.read("/workspaces?limit=5"));
    server.post(&format!("/workspaces/{}/archive", all[1]), &json!({}));
    let rest = server.read(&format!("/workspaces?limit=3&after_id={}", all[1]));
    assert_eq!(ids(&rest), all[2..5]);
}

#[test]
fn the_order_is_newest_first_or_oldest_first_by_setting() {
    let times = |server: &Server, path: &str, key: &str| -> Vec<String> {
        let page = server.read(path);
        let items = data(&page).iter();
        items
            .map(|item| item[key].as_str().unwrap().to_owned())
            .collect()
    };
    let (newest, oldest) = (start(&[]), start(&["anthropic_order=oldest"]));
    let path = "/workspaces?limit=1000";
    let mut forward = times(&newest, path, "created_at");
    assert!(forward.is_sorted_by(|a, b| a >= b));
    forward.reverse();
    assert_eq!(times(&oldest, path, "created_at"), forward);
    // The one list whose order the contract states.
    for server in [&newest, &oldest] {
        assert!(times(server, "/users?limit=1000", "added_at").is_sorted_by(|a, b| a >= b));
    }
    let made = newest.made("The newest");
    assert_eq!(id(&newest.read("/workspaces?limit=1")["data"][0]), made);
}
