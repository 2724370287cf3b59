//! Archiving: what stands against it, and how that goes away.

use serde_json::Value;
use steward_server::core::db::StartError;

use crate::support::{self, Options, Reply, Server};

/// A workspace's billing account, and what it pays for.
struct Billing<'s> {
    server: &'s Server,
    path: String,
    account: String,
    name: String,
}

impl<'s> Billing<'s> {
    fn of(server: &'s Server, id: &str) -> Self {
        let path = format!("/workspaces/{id}");
        let accounts = server.get("owner", &format!("{path}/billing-accounts"));
        let one = &accounts["data"][0];
        let account = one["id"].as_str().unwrap().to_owned();
        let name = one["name"].as_str().unwrap().to_owned();
        Self {
            server,
            path,
            account,
            name,
        }
    }

    fn subscriptions(&self) -> String {
        let (path, account) = (&self.path, &self.account);
        format!("{path}/billing-accounts/{account}/subscriptions")
    }

    fn all(&self) -> Vec<Value> {
        let list = self.server.get("owner", &self.subscriptions());
        list["data"].as_array().unwrap().clone()
    }

    fn active(&self) -> Vec<String> {
        let all = self.all().into_iter();
        let active = all.filter(|each| each["status"] == "active");
        active
            .map(|each| each["id"].as_str().unwrap().to_owned())
            .collect()
    }

    fn cancel(&self, person: &str, id: &str) -> Reply {
        let path = format!("{}/{id}", self.subscriptions());
        self.server.call(person, "DELETE", &path, None)
    }

    fn archive(&self) -> Reply {
        self.server.call("owner", "DELETE", &self.path, None)
    }

    fn preview(&self, body: &str) -> Reply {
        let (path, account) = (&self.path, &self.account);
        let path = format!("{path}/billing-accounts/{account}/invoices/preview");
        self.server.call("viewer", "POST", &path, Some(body))
    }
}

/// Lets all periods end in a minute: a token does not live for a month.
fn end_periods_soon(server: &Server) {
    let soon = server.clock.now().plus_seconds(60).0;
    server
        .database
        .write_blocking(move |tx| -> Result<(), StartError> {
            tx.execute(
                "UPDATE altostrat_subscriptions SET current_period_end = ?1",
                [soon],
            )?;
            Ok(())
        })
        .unwrap();
}

#[test]
fn cancelled_subscriptions_block_unmarked_until_their_period_ends() {
    let server = support::start();
    end_periods_soon(&server);
    let (last, all) = ("Lantern Hotels Group", 3);
    for (name, count) in [
        ("Ridgeway Clinics", 1),
        ("Ostrich & Sons Freight", 2),
        (last, all),
    ] {
        let billing = Billing::of(&server, &server.id_of(name));
        let before = server.get("owner", &billing.path);
        let shown = billing.all();
        let active = billing.active();
        assert_eq!(active.len(), count);
        let refused = || {
            let refused = billing.archive();
            assert_eq!(refused.outcome(), (409, "workspace_not_empty".to_owned()));
            let json = refused.json();
            assert_eq!(json["type"], "conflict_error");
            assert_eq!(
                json["doc_url"],
                "https://docs.altostrat.io/errors/workspace_not_empty"
            );
            let expected = format!(
                "Cannot archive workspace because billing account '{}' has active \
                 subscriptions: {}. Please cancel or transfer these subscriptions before archiving.",
                billing.name,
                active.join(", ")
            );
            assert_eq!(json["message"], expected.as_str());
            assert_eq!(server.get("owner", &billing.path), before);
        };
        refused();
        for id in &active {
            for _ in 0..2 {
                let cancelled = billing.cancel("owner", id);
                assert_eq!((cancelled.status, cancelled.text()), (204, String::new()));
            }
            assert_eq!(billing.all(), shown, "nothing shows it");
        }
        refused();
    }
    server.clock.advance(61);
    for name in ["Ridgeway Clinics", "Ostrich & Sons Freight", last] {
        let billing = Billing::of(&server, &server.id_of(name));
        for each in billing.all() {
            assert_eq!(each["status"], "canceled");
            assert_eq!(each["updated_at"], each["current_period_end"]);
        }
        assert_eq!(billing.archive().status, 204);
        let after = server.get("owner", &billing.path);
        assert_eq!(after["archived"], true);
        assert_eq!(after["archived_at"], after["updated_at"]);
    }
}

#[test]
fn what_nobody_cancels_renews() {
    let server = support::start();
    end_periods_soon(&server);
    let billing = Billing::of(&server, &server.id_of("Ridgeway Clinics"));
    let before = &billing.all()[0];
    server.clock.advance(61);
    let after = &billing.all()[0];
    assert_eq!(after["status"], "active");
    assert_eq!(after["current_period_start"], before["current_period_end"]);
    let end = |of: &Value| of["current_period_end"].as_str().unwrap().to_owned();
    assert!(end(after) > end(before));
}

#[test]
fn a_subscription_has_what_the_contract_lists_and_nothing_else() {
    let server = support::start();
    let billing = Billing::of(&server, &server.id_of("Ostrich & Sons Freight"));
    let all = billing.all();
    for each in &all {
        let fields: Vec<&String> = each.as_object().unwrap().keys().collect();
        assert_eq!(
            fields,
            [
                "billing_account_id",
                "created_at",
                "currency",
                "current_period_end",
                "current_period_start",
                "id",
                "metadata",
                "product_quantities",
                "status",
                "updated_at"
            ]
        );
        // Read as "renews on": it lies ahead.
        let end = each["current_period_end"].as_str().unwrap();
        assert!(end > server.clock.now().to_string().as_str());
    }
    let products = all.iter().map(|each| &each["product_quantities"]);
    let two = products.filter(|of| of.get("users").is_some() && of.get("sso").is_some());
    let two: Vec<&Value> = two.collect();
    assert_eq!(two[0]["sso"]["quantity"], 1);
    assert_eq!(two[0]["sso"]["price_id"], "price_sso_month");
    assert_eq!(two[0]["sso"]["interval"], "month");
}

#[test]
fn by_settings_it_ends_at_once_or_is_answered_with_a_message() {
    let server = Server::start(Options {
        settings: vec!["cancel_ends=now", "cancel_answer=message"],
        ..Options::default()
    });
    let billing = Billing::of(&server, &server.id_of("Ridgeway Clinics"));
    let [one] = &billing.active()[..] else {
        panic!("one runs")
    };
    let cancelled = billing.cancel("owner", one);
    assert_eq!(cancelled.status, 200);
    assert!(cancelled.json()["message"].is_string());
    assert_eq!(billing.all()[0]["status"], "canceled");
    assert_eq!(billing.archive().status, 204);
}

#[test]
fn what_is_in_use_cannot_be_cancelled() {
    let server = support::start();
    let billing = Billing::of(&server, &server.id_of("Eastgate Schools"));
    let of = |status: &str| {
        let all = billing.all().into_iter();
        let mut found = all.filter(|each| each["status"] == status);
        found.next().unwrap()["id"].as_str().unwrap().to_owned()
    };
    let refused = billing.cancel("owner", &of("active"));
    assert_eq!(
        refused.outcome(),
        (409, "cancellation_would_underprovision".to_owned())
    );
    assert_eq!(
        refused.json()["message"],
        "Cancelling this subscription would leave 10 users while 24 are in use."
    );
    assert_eq!(billing.active().len(), 1);
    // What is enough without it can go, and what is over is left as it is.
    for status in [
        "trialing",
        "paused",
        "incomplete",
        "incomplete_expired",
        "canceled",
    ] {
        assert_eq!(billing.cancel("owner", &of(status)).status, 204, "{status}");
    }
    assert_eq!(billing.cancel("owner", &of("past_due")).status, 409);
}

#[test]
fn a_preview_says_what_comes_next_and_changes_nothing() {
    let server = support::start();
    let billing = Billing::of(&server, &server.id_of("Ostrich & Sons Freight"));
    let before = billing.all();
    for each in &before {
        let id = each["id"].as_str().unwrap();
        let as_it_is = billing.preview(&format!(r#"{{"subscription_id":"{id}"}}"#));
        let as_it_is = as_it_is.json();
        let lines = as_it_is["lines"].as_array().unwrap();
        assert_eq!(
            lines.len(),
            each["product_quantities"].as_object().unwrap().len()
        );
        let sum: i64 = lines
            .iter()
            .map(|line| line["amount"].as_i64().unwrap())
            .sum();
        assert!(sum > 0 && as_it_is["total"] == sum && as_it_is["currency"] == each["currency"]);
        let body = format!(r#"{{"subscription_id":"{id}","cancel_subscription":true}}"#);
        let without = billing.preview(&body).json();
        assert_eq!(
            (&without["total"], &without["status"]),
            (&0.into(), &"draft".into())
        );
    }
    assert_eq!(billing.all(), before);
    let items = r#"{"items":[{"product_type":"users","quantity":2,"interval":"year"}]}"#;
    assert_eq!(billing.preview(items).json()["total"], 7_000);
    for (body, outcome) in [
        ("{}", (400, "parameter_missing")),
        (
            r#"{"cancel_subscription":true}"#,
            (400, "parameter_missing"),
        ),
        (r#"{"subscription_id":7}"#, (400, "parameter_invalid")),
        (
            r#"{"items":[{"product_type":"cars"}]}"#,
            (400, "parameter_invalid"),
        ),
        (r#"{"subscription_id":"sub_none"}"#, (404, "")),
    ] {
        let (status, code) = outcome;
        assert_eq!(
            billing.preview(body).outcome(),
            (status, code.to_owned()),
            "{body}"
        );
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
    let billing = Billing::of(&server, &server.id_of("Lantern Hotels Group"));
    let one = &billing.active()[0];
    for (person, status) in [("viewer", 403), ("outsider", 404), ("admin", 204)] {
        assert_eq!(billing.cancel(person, one).status, status, "{person}");
    }
}

#[test]
fn a_subscription_is_found_only_below_its_own_account_and_workspace() {
    let server = support::start();
    let of = |name| Billing::of(&server, &server.id_of(name));
    let (one, other) = (of("Ridgeway Clinics"), of("Lantern Hotels Group"));
    let active = one.active();
    for (path, account) in [
        (&other.path, &one.account),
        (&one.path, &other.account),
        (&other.path, &other.account),
    ] {
        let billing = Billing {
            server: &server,
            path: path.clone(),
            account: account.clone(),
            name: String::new(),
        };
        assert_eq!(billing.cancel("owner", &active[0]).status, 404);
        let body = format!(r#"{{"subscription_id":"{}"}}"#, active[0]);
        assert_eq!(billing.preview(&body).status, 404);
    }
    assert_eq!(one.active(), active);
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
