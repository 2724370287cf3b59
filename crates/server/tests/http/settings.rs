//! The other reading of each open question.

use crate::support::{Options, Server};

fn with(setting: &'static str) -> Server {
    Server::start(Options {
        settings: vec![setting],
        ..Options::default()
    })
}

#[test]
fn a_patch_of_an_archived_workspace_can_be_a_conflict() {
    let server = with("archived_patch=409");
    let path = format!("/workspaces/{}", server.archived());
    let reply = server.call("owner", "PATCH", &path, Some(r#"{"name":"x"}"#));
    assert_eq!(reply.outcome(), (409, "workspace_archived".to_owned()));
    assert_eq!(reply.json()["type"], "conflict_error");
}

#[test]
fn a_second_archiving_can_be_quiet() {
    let server = with("archived_delete=204");
    let path = format!("/workspaces/{}", server.archived());
    let before = server.get("owner", &path);
    assert_eq!(server.call("owner", "DELETE", &path, None).status, 204);
    assert_eq!(server.get("owner", &path), before);
}

#[test]
fn an_outsider_can_be_told_that_there_is_something() {
    let server = with("outsider=403");
    let path = format!("/workspaces/{}", server.fresh());
    let reply = server.call("outsider", "GET", &path, None);
    assert_eq!((reply.status, reply.body.len()), (403, 0));
    assert_eq!(
        server
            .call("outsider", "GET", "/workspaces/ws_none", None)
            .status,
        404
    );
}

#[test]
fn the_list_can_leave_archived_ones_out() {
    let server = with("list_archived=exclude");
    let listed = server.workspaces("owner");
    assert!(!listed.is_empty() && listed.iter().all(|each| each["archived"] == false));
}

#[test]
fn the_list_can_say_that_it_was_cut() {
    let server = with("list_has_more=true");
    assert_eq!(server.get("owner", "/workspaces")["has_more"], true);
}
