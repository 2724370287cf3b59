//! Archiving: what stands against it, and how that goes away.

use crate::support::{self, Server};

/// Account id, account name and active subscription ids of a workspace.
fn billing(server: &Server, id: &str) -> (String, String, Vec<String>) {
    let accounts = server.get("owner", &format!("/workspaces/{id}/billing-accounts"));
    let account = accounts["data"][0]["id"].as_str().unwrap().to_owned();
    let name = accounts["data"][0]["name"].as_str().unwrap().to_owned();
    let path = format!("/workspaces/{id}/billing-accounts/{account}/subscriptions");
    let subscriptions = server.get("owner", &path);
    let active = subscriptions["data"].as_array().unwrap().iter();
    let active = active.filter(|each| each["status"] == "active");
    let ids = active
        .map(|each| each["id"].as_str().unwrap().to_owned())
        .collect();
    (account, name, ids)
}

#[test]
fn active_subscriptions_block_until_all_are_cancelled() {
    let server = support::start();
    for (name, count) in [
        ("Ridgeway Clinics", 1),
        ("Ostrich & Sons Freight", 2),
        ("Lantern Hotels Group", 3),
    ] {
        let id = server.id_of(name);
        let path = format!("/workspaces/{id}");
        let before = server.get("owner", &path);
        let (account, account_name, mut active) = billing(&server, &id);
        assert_eq!(active.len(), count);
        while !active.is_empty() {
            let refused = server.call("owner", "DELETE", &path, None);
            assert_eq!(refused.outcome(), (409, "workspace_not_empty".to_owned()));
            let json = refused.json();
            assert_eq!(json["type"], "conflict_error");
            assert_eq!(
                json["doc_url"],
                "https://docs.altostrat.io/errors/workspace_not_empty"
            );
            let expected = format!(
                "Cannot archive workspace because billing account '{account_name}' has active \
                 subscriptions: {}. Please cancel or transfer these subscriptions before archiving.",
                active.join(", ")
            );
            assert_eq!(json["message"], expected.as_str());
            assert_eq!(server.get("owner", &path), before);
            let last = active.pop().unwrap();
            let subscription = format!("{path}/billing-accounts/{account}/subscriptions/{last}");
            let cancelled = server.call("owner", "DELETE", &subscription, None);
            assert_eq!(
                (cancelled.status, &cancelled.json()["status"]),
                (200, &"canceled".into())
            );
            let again = server.call("owner", "DELETE", &subscription, None);
            assert_eq!(again.json(), cancelled.json());
        }
        assert_eq!(server.call("owner", "DELETE", &path, None).status, 204);
        let after = server.get("owner", &path);
        assert_eq!(after["archived"], true);
        assert_eq!(after["archived_at"], after["updated_at"]);
    }
}

#[test]
fn active_usage_blocks_and_names_the_organizations() {
    let server = support::start();
    let id = server.id_of("Saltmarsh Schools");
    let organizations = server.get("owner", &format!("/workspaces/{id}/organizations"));
    let all = organizations["data"].as_array().unwrap();
    let used = all
        .iter()
        .find(|each| each["usage"]["usage"]["users"] == 24)
        .unwrap();
    assert_eq!(used["depth"], 1);
    assert_eq!(all[0]["usage"]["subtree_usage"]["users"], 24);
    let refused = server.call("owner", "DELETE", &format!("/workspaces/{id}"), None);
    assert_eq!(refused.outcome(), (409, "workspace_not_empty".to_owned()));
    let expected = format!(
        "Cannot archive workspace because organizations have active resource usage: {}. Please \
         remove this usage before archiving.",
        used["id"].as_str().unwrap()
    );
    assert_eq!(refused.json()["message"], expected.as_str());
}

#[test]
fn an_admin_may_cancel_and_a_viewer_may_not() {
    let server = support::start();
    let id = server.id_of("Lantern Hotels Group");
    let (account, _, active) = billing(&server, &id);
    let path = format!("/workspaces/{id}/billing-accounts/{account}/subscriptions");
    let subscription = format!("{path}/{}", active[0]);
    assert_eq!(
        server.call("viewer", "DELETE", &subscription, None).status,
        403
    );
    assert_eq!(
        server
            .call("outsider", "DELETE", &subscription, None)
            .status,
        404
    );
    assert_eq!(
        server.call("admin", "DELETE", &subscription, None).status,
        200
    );
}

#[test]
fn a_subscription_is_found_only_below_its_own_account_and_workspace() {
    let server = support::start();
    let (one, other) = (
        server.id_of("Ridgeway Clinics"),
        server.id_of("Lantern Hotels Group"),
    );
    let (account, _, active) = billing(&server, &one);
    let (other_account, _, _) = billing(&server, &other);
    for (workspace, account) in [
        (&other, &account),
        (&one, &other_account),
        (&other, &other_account),
    ] {
        let path = format!(
            "/workspaces/{workspace}/billing-accounts/{account}/subscriptions/{}",
            active[0]
        );
        assert_eq!(
            server.call("owner", "DELETE", &path, None).status,
            404,
            "{path}"
        );
    }
    assert_eq!(billing(&server, &one).2, active);
}

#[test]
fn of_two_archivings_at_once_one_wins() {
    let server = support::start();
    let id = server.fresh();
    let path = format!("/workspaces/{id}");
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let ask = || server.call("owner", "DELETE", &path, None).status;
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409, 409, 409]);
}
