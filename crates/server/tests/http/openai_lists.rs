//! Pages of OpenAI projects: limits, cursors, archived ones, and what the seed put there.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::openai_kit::{PROJECTS, all, archived, call, fresh, get, said, text, with, wrong};
use crate::support;

fn ids(projects: &[Value]) -> Vec<String> {
    projects.iter().map(|each| text(&each["id"])).collect()
}

#[test]
fn pages_join_to_the_whole_list_whatever_their_size() {
    let server = support::start();
    let whole = all(&server, "owner", "include_archived=true&limit=100");
    assert_eq!(whole.len(), 41);
    for limit in [1, 7, 20, 41] {
        let query = format!("include_archived=true&limit={limit}");
        assert_eq!(all(&server, "owner", &query), whole, "{limit}");
    }
    let distinct: HashSet<String> = ids(&whole).into_iter().collect();
    assert_eq!(distinct.len(), 41);
    let made: Vec<i64> = whole
        .iter()
        .map(|each| each["created_at"].as_i64().unwrap())
        .collect();
    assert!(made.windows(2).all(|pair| pair[0] >= pair[1]));
}

#[test]
fn a_page_says_where_it_begins_and_ends() {
    let server = support::start();
    let page = get(&server, PROJECTS);
    let data = page["data"].as_array().unwrap();
    assert_eq!(
        (data.len(), &page["object"], &page["has_more"]),
        (20, &json!("list"), &json!(true))
    );
    assert_eq!(
        (&page["first_id"], &page["last_id"]),
        (&data[0]["id"], &data[19]["id"])
    );
    assert_eq!(page.as_object().unwrap().len(), 5);
    let whole = all(&server, "owner", "");
    let last = text(&whole.last().unwrap()["id"]);
    let end = get(&server, &format!("{PROJECTS}?after={last}"));
    let empty =
        json!({"object": "list", "data": [], "first_id": null, "last_id": null, "has_more": false});
    assert_eq!(end, empty);
}

#[test]
fn archived_ones_are_left_out_unless_asked_for() {
    let server = support::start();
    let path = archived(&server);
    for (query, includes) in [
        ("", false),
        ("include_archived=false&", false),
        ("include_archived=true&", true),
    ] {
        let listed = all(&server, "owner", &format!("{query}limit=100"));
        let found = listed.iter().any(|each| path.ends_with(&text(&each["id"])));
        assert_eq!(found, includes, "{query}");
        assert_eq!(
            listed.iter().any(|each| each["status"] == "archived"),
            includes
        );
    }
}

#[test]
fn a_cursor_holds_while_projects_come_and_go() {
    let server = support::start();
    let first = get(&server, &format!("{PROJECTS}?limit=10"));
    let rest = format!("{PROJECTS}?limit=100&after={}", text(&first["last_id"]));
    let before = get(&server, &rest);
    fresh(&server);
    let archive = format!("{PROJECTS}/{}/archive", text(&first["last_id"]));
    assert_eq!(call(&server, "owner", "POST", &archive, None).status, 200);
    assert_eq!(get(&server, &rest), before);
}

#[test]
fn parameters_out_of_bounds_are_named() {
    let server = support::start();
    for (query, param, code, message) in [
        (
            "limit=0",
            "limit",
            "integer_below_min_value",
            "Invalid 'limit': expected 1 to 100, but got 0.",
        ),
        (
            "limit=-3",
            "limit",
            "integer_below_min_value",
            "Invalid 'limit': expected 1 to 100, but got -3.",
        ),
        (
            "limit=101",
            "limit",
            "integer_above_max_value",
            "Invalid 'limit': expected 1 to 100, but got 101.",
        ),
        (
            "limit=ten",
            "limit",
            "invalid_type",
            "Invalid 'limit': expected an integer.",
        ),
        (
            "include_archived=1",
            "include_archived",
            "invalid_type",
            "Invalid 'include_archived': expected true or false.",
        ),
        (
            "after=proj_none",
            "after",
            "invalid_value",
            "Invalid 'after': no such project: proj_none",
        ),
    ] {
        let reply = call(
            &server,
            "owner",
            "GET",
            &format!("{PROJECTS}?{query}"),
            None,
        );
        assert_eq!(said(&reply), wrong(param, code, message));
    }
    let elsewhere = text(&all(&server, "outsider", "")[0]["id"]);
    let reply = call(
        &server,
        "owner",
        "GET",
        &format!("{PROJECTS}?after={elsewhere}"),
        None,
    );
    assert_eq!(reply.status, 400);
}

#[test]
fn a_cursor_that_is_none_can_give_an_empty_page() {
    let server = with("openai_unknown_after=empty");
    let page = get(&server, &format!("{PROJECTS}?after=proj_none"));
    assert_eq!(
        (&page["data"], &page["has_more"]),
        (&json!([]), &json!(false))
    );
}

#[test]
fn the_seed_is_the_same_each_time_and_the_outsiders_is_another() {
    let (one, other) = (support::start(), support::start());
    let whole = |server: &support::Server| all(server, "owner", "limit=100&include_archived=true");
    assert_eq!(whole(&one), whole(&other));
    let names: Vec<String> = whole(&one).iter().map(|each| text(&each["name"])).collect();
    for name in [
        "Default project",
        "<img src=x onerror=alert(1)>",
        "Ridgeway Clinics",
    ] {
        assert!(names.iter().any(|each| each == name), "{name}");
    }
    let theirs = all(&one, "outsider", "");
    assert_eq!(
        (theirs.len(), &theirs[0]["name"]),
        (1, &json!("Default project"))
    );
    assert!(!ids(&whole(&one)).contains(&text(&theirs[0]["id"])));
}
