//! OpenAI projects one by one: their form, their names, archiving, the Default project.

use serde_json::json;

use crate::openai_kit::{
    PROJECTS, archived, call, default_project, fresh, get, refused, said, text, with, wrong,
};
use crate::support;

#[test]
fn a_project_has_every_field_in_its_exact_form() {
    let server = support::start();
    let now = server.clock.now().seconds();
    let made = call(
        &server,
        "owner",
        "POST",
        PROJECTS,
        Some(&json!({"name": "Plain"})),
    )
    .json();
    let created = made["created_at"].as_i64().unwrap();
    assert!((now..now + 5).contains(&created));
    assert_eq!(
        made,
        json!({
            "id": made["id"],
            "object": "organization.project",
            "name": "Plain",
            "created_at": created,
            "archived_at": null,
            "status": "active",
            "residency": null,
            "external_key_id": null
        })
    );
    assert!(text(&made["id"]).starts_with("proj_"));
    let path = format!("{PROJECTS}/{}", text(&made["id"]));
    assert_eq!(get(&server, &path), made);
    let renamed = call(
        &server,
        "admin",
        "POST",
        &path,
        Some(&json!({"name": "Renamed"})),
    )
    .json();
    assert_eq!(
        (&renamed["name"], &renamed["created_at"]),
        (&json!("Renamed"), &made["created_at"])
    );
    assert_eq!(get(&server, &path), renamed);
}

#[test]
fn archiving_answers_with_the_new_state_and_keeps_the_first_moment() {
    let server = support::start();
    let path = fresh(&server);
    let archive = format!("{path}/archive");
    server.clock.advance(60);
    let now = server.clock.now().seconds();
    let done = call(&server, "owner", "POST", &archive, None).json();
    assert_eq!(done["status"], "archived");
    assert!((now..now + 5).contains(&done["archived_at"].as_i64().unwrap()));
    assert_eq!(get(&server, &path), done);
    server.clock.advance(60);
    let again = call(&server, "owner", "POST", &archive, None);
    assert_eq!(said(&again), (200, done));
}

#[test]
fn a_second_archiving_can_be_400() {
    let server = with("openai_archive_again=400");
    let archive = format!("{}/archive", archived(&server));
    let again = call(&server, "owner", "POST", &archive, None);
    assert_eq!(said(&again), refused(400, "The project Fresh is archived"));
}

#[test]
fn the_default_project_stays_as_it_is() {
    let server = support::start();
    let path = default_project(&server, "owner");
    let before = get(&server, &path);
    let archive = call(&server, "owner", "POST", &format!("{path}/archive"), None);
    assert_eq!(
        said(&archive),
        refused(400, "The Default project cannot be archived.")
    );
    let rename = call(&server, "owner", "POST", &path, Some(&json!({"name": "x"})));
    assert_eq!(
        said(&rename),
        refused(400, "The Default project cannot be modified.")
    );
    assert_eq!(get(&server, &path), before);
}

#[test]
fn a_name_has_to_be_there_and_a_text() {
    let server = support::start();
    for path in [PROJECTS.to_owned(), fresh(&server)] {
        for (body, code, message) in [
            (
                json!({}),
                "missing_required_parameter",
                "Missing required parameter: 'name'.",
            ),
            (
                json!({"name": ""}),
                "empty_string",
                "Invalid 'name': expected a string that is not empty.",
            ),
            (
                json!({"name": null}),
                "invalid_type",
                "Invalid type for 'name': expected a string.",
            ),
            (
                json!({"name": 7}),
                "invalid_type",
                "Invalid type for 'name': expected a string.",
            ),
        ] {
            let reply = call(&server, "owner", "POST", &path, Some(&body));
            assert_eq!(said(&reply), wrong("name", code, message));
        }
        let reply = call(&server, "owner", "POST", &path, Some(&json!([])));
        assert_eq!(
            said(&reply),
            refused(400, "The request body must be a JSON object.")
        );
    }
}

#[test]
fn an_id_that_is_none_is_not_found() {
    let server = support::start();
    for id in ["nope", "%00", "%FF%FE", "a%2Fb", "'--"] {
        for (verb, path) in [
            ("GET", format!("{PROJECTS}/{id}")),
            ("POST", format!("{PROJECTS}/{id}/archive")),
        ] {
            let reply = call(&server, "owner", verb, &path, None);
            assert_eq!(reply.status, 404, "{verb} {path}");
        }
    }
}

#[test]
fn an_outsider_can_be_told_that_there_is_something() {
    let server = with("openai_outsider=403");
    let path = fresh(&server);
    let reply = call(&server, "outsider", "GET", &path, None);
    assert_eq!(
        said(&reply),
        refused(403, "The project belongs to another organization.")
    );
    let none = call(
        &server,
        "outsider",
        "GET",
        &format!("{PROJECTS}/proj_none"),
        None,
    );
    assert_eq!(none.status, 404);
}
