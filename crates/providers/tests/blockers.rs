//! What stands in the way of archiving: requests of the contract, and replies read for all they say.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{at, bearer, endpoint, fixture, id, line, reply, wire};
use steward_domain::blocker::{Blocker, BlockerState, Check, Payer, Product};
use steward_domain::failure::{Changed, FailureKind, Operation, Unreadable};
use steward_domain::invoice::Money;
use steward_domain::provider::InUse;
use steward_providers::altostrat::Altostrat;
use steward_providers::dialect::Next;
use steward_providers::{Credential, Desk, desk, named};

fn payer() -> Payer {
    Payer {
        id: "cus_91".into(),
        name: "Main Billing".into(),
    }
}

fn bare(check: Check, id: &str, state: BlockerState) -> Blocker {
    Blocker {
        check,
        id: id.into(),
        name: None,
        state,
        quantity: None,
        products: vec![],
        currency: None,
        until: None,
        payer: (check == Check::Subscriptions).then(payer),
        stored: None,
    }
}

#[test]
fn each_list_and_the_cancelling_are_requests_of_the_contract() {
    let (bearer, id) = (bearer(), id("ws_1"));
    let endpoint = endpoint("", &bearer);
    let under = "/workspaces/ws_1/billing-accounts";
    for (request, expected) in [
        (
            Altostrat.payers(endpoint, &id, None),
            format!("GET {under}"),
        ),
        (
            Altostrat.subscriptions(endpoint, &id, &payer(), None),
            format!("GET {under}/cus_91/subscriptions"),
        ),
        (
            Altostrat.usage(endpoint, &id, None),
            "GET /workspaces/ws_1/organizations".into(),
        ),
        (
            Altostrat.cancel(endpoint, &id, &payer(), "sub_1"),
            format!("DELETE {under}/cus_91/subscriptions/sub_1"),
        ),
    ] {
        let request = request.unwrap();
        assert_eq!(line(&request), expected);
        assert_eq!(
            wire(&request),
            format!("{expected}\naccept: application/json\nauthorization: Bearer t0ken")
        );
    }
}

#[test]
fn ids_from_a_reply_stay_segments_of_the_path() {
    let odd = Payer {
        id: "../../x".into(),
        name: String::new(),
    };
    let bearer = bearer();
    let request = Altostrat.cancel(endpoint("", &bearer), &id("a/b"), &odd, "s?#");
    assert_eq!(
        line(&request.unwrap()),
        "DELETE /workspaces/a%2Fb/billing-accounts/..%2F..%2Fx/subscriptions/s%3F%23"
    );
}

#[test]
fn reads_who_pays_and_counts_those_without_an_id() {
    let body = fixture!("altostrat/billing-accounts.json");
    let page = Altostrat.read_payers(reply(200, body)).unwrap();
    let unnamed = Payer {
        id: "cus_92".into(),
        name: "cus_92".into(),
    };
    assert_eq!(page.rows, [payer(), unnamed]);
    assert_eq!((page.skipped, page.next), (2, Next::End));
}

fn product(kind: &str, quantity: Option<i64>, interval: Option<&str>) -> Product {
    Product {
        kind: kind.into(),
        quantity,
        interval: interval.map(str::to_owned),
    }
}

#[test]
fn reads_subscriptions_in_all_states_and_counts_unknown_ones_as_standing() {
    let body = fixture!("altostrat/subscriptions.json");
    let page = Altostrat
        .read_subscriptions(reply(200, body), &payer())
        .unwrap();
    let sub = |id, state| bare(Check::Subscriptions, id, state);
    let unknown = |word: &str| BlockerState::Unknown(word.into());
    assert_eq!(
        page.rows,
        [
            Blocker {
                products: vec![
                    product("locations", Some(40), Some("month")),
                    product("users", Some(7), Some("month")),
                ],
                currency: Some("usd".into()),
                until: at("2026-12-01T00:00:00Z"),
                ..sub("sub_1", BlockerState::Active)
            },
            sub("sub_2", BlockerState::Ended),
            Blocker {
                // Odd ones cost their own cell. By name: the order of an object's members says nothing.
                products: vec![
                    product("odd", None, None),
                    product("seats", None, Some("7")),
                    product("sso", Some(3), None),
                ],
                until: at("2026-12-01T00:00:00Z"),
                ..sub("sub_3", BlockerState::Trialing)
            },
            sub("sub_4", BlockerState::PastDue),
            sub("sub_5", unknown("")),
            sub("sub_6", BlockerState::Unpaid),
            sub("sub_7", BlockerState::Incomplete),
            sub("sub_8", BlockerState::Ended),
            sub("sub_9", BlockerState::Paused),
            sub("sub_10", unknown("on_ice")),
            sub("sub_11", unknown("7")),
        ]
    );
    assert_eq!(page.skipped, 2);
    let standing = page.rows.iter().filter(|row| row.state.stands());
    assert_eq!(standing.count(), 9);
}

#[test]
fn a_list_of_what_somebody_else_pays_for_is_not_the_one_that_was_asked_for() {
    let list = br#"{"data":[{"id":"sub_1","billing_account_id":"cus_90","status":"active"},
        {"id":"sub_2","billing_account_id":"cus_91","status":"active"},{"id":"sub_3","billing_account_id":null}]}"#;
    let page = Altostrat.read_subscriptions(reply(200, list), &payer());
    let page = page.unwrap();
    let ids: Vec<&str> = page.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!((ids, page.skipped), (vec!["sub_2", "sub_3"], 1));
}

#[test]
fn what_a_cancelling_costs_is_asked_without_changing_anything() {
    let (bearer, id) = (bearer(), id("ws_1"));
    for (cancelled, body) in [
        (false, r#"{"subscription_id":"sub_1"}"#),
        (
            true,
            r#"{"subscription_id":"sub_1","cancel_subscription":true}"#,
        ),
    ] {
        let request = Altostrat.preview(endpoint("", &bearer), &id, &payer(), "sub_1", cancelled);
        let request = request.unwrap();
        let path = "POST /workspaces/ws_1/billing-accounts/cus_91/invoices/preview";
        assert_eq!(line(&request), format!("{path} {body}"));
    }
    let body = fixture!("altostrat/invoice-preview.json");
    let total = Money {
        cents: 33_600,
        currency: "usd".into(),
    };
    assert_eq!(Altostrat.read_preview(reply(200, body)), Ok(total));
    for body in [
        &b"{}"[..],
        br#"{"total":5}"#,
        br#"{"currency":"usd"}"#,
        br#"{"total":"5","currency":"usd"}"#,
        br#"[{"total":5,"currency":"usd"}]"#,
        b"",
        b"<html>",
    ] {
        let failure = Altostrat.read_preview(reply(200, body)).unwrap_err();
        assert!(matches!(failure.kind, FailureKind::Unreadable(_)));
    }
    let refused = Altostrat.read_preview(reply(403, b"")).unwrap_err();
    assert_eq!(refused.kind, FailureKind::Forbidden);
}

#[test]
fn an_organization_counts_by_its_own_use_and_where_it_says_nothing() {
    let body = fixture!("altostrat/organizations.json");
    let page = Altostrat.read_usage(reply(200, body)).unwrap();
    let org = |id, state| bare(Check::Usage, id, state);
    let named = |row: Blocker, name: &str| Blocker {
        name: Some(name.into()),
        ..row
    };
    let used = |row: Blocker, count| Blocker {
        quantity: Some(count),
        ..row
    };
    let unknown = || BlockerState::Unknown(String::new());
    assert_eq!(
        page.rows,
        [
            named(org("org_1", BlockerState::Ended), "Head office"),
            used(
                named(org("org_2", BlockerState::Active), "Branch network"),
                28
            ),
            used(org("org_3", BlockerState::Active), 2),
            named(org("org_4", unknown()), "Says nothing"),
            org("org_5", unknown()),
        ]
    );
    assert_eq!(page.skipped, 1);
}

#[test]
fn a_list_that_goes_on_is_a_cut_one() {
    let body = br#"{"data":[{"id":"sub_1","status":"active"}],"has_more":true}"#;
    let page = Altostrat.read_subscriptions(reply(200, body), &payer());
    assert_eq!(page.unwrap().next, Next::Cut);
}

#[test]
fn a_cancelling_that_is_refused_keeps_the_services_words() {
    let body = br#"{"type":"conflict_error","code":"cancellation_would_underprovision","message":"Too few seats would be left."}"#;
    let failure = Altostrat
        .read_cancel(reply(409, body), "sub_1")
        .unwrap_err();
    assert_eq!(
        (failure.operation, &failure.kind, failure.changed),
        (Operation::Cancel, &FailureKind::Conflict, Changed::No)
    );
    assert_eq!(
        failure.service.message.as_deref(),
        Some("Too few seats would be left.")
    );
    assert_eq!(failure.service.request_id.as_deref(), Some("req_1"));
    for (status, body) in [
        (200, &b"{\"id\":\"sub_1\"}"[..]),
        (200, b"{\"message\":\"At the end of the period.\"}"),
        (204, b""),
        (202, b"?"),
    ] {
        assert_eq!(Altostrat.read_cancel(reply(status, body), "sub_1"), Ok(()));
    }
    for (body, why) in [
        (&b"<html>"[..], Unreadable::WebPage),
        (br#"{"id":"sub_2"}"#, Unreadable::AnotherObject),
    ] {
        let failure = Altostrat.read_cancel(reply(200, body), "sub_1");
        let failure = failure.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unreadable(why));
        assert_eq!(failure.changed, Changed::Perhaps);
    }
}

#[test]
fn a_service_that_refuses_for_other_things_has_none_of_these_lists() {
    let id = id("w");
    for key in ["altostrat", "anthropic", "flashback", "openai"] {
        let dialect = named(key).unwrap();
        let (desk, endpoint) = (desk(dialect), endpoint("", &Credential::Gateway));
        let has = dialect.description().archive.refused_while == Some(InUse::Subscriptions);
        assert_eq!(desk.payers(endpoint, &id, None).is_some(), has, "{key}");
        assert_eq!(desk.usage(endpoint, &id, None).is_some(), has, "{key}");
        let subscriptions = desk.subscriptions(endpoint, &id, &payer(), None);
        assert_eq!(subscriptions.is_some(), has, "{key}");
        let cancel = desk.cancel(endpoint, &id, &payer(), "s");
        assert_eq!(cancel.is_some(), has, "{key}");
        let preview = desk.preview(endpoint, &id, &payer(), "s", true);
        assert_eq!(preview.is_some(), has, "{key}");
        if !has {
            let answer = || reply(200, br#"{"data":[]}"#);
            let refused = Some(FailureKind::Refused);
            let kind = |failure: Option<steward_domain::failure::Failure>| {
                failure.map(|failure| failure.kind)
            };
            assert_eq!(kind(desk.read_payers(answer()).err()), refused);
            assert_eq!(kind(desk.read_usage(answer()).err()), refused);
            assert_eq!(kind(desk.read_preview(answer()).err()), refused);
            assert_eq!(kind(desk.read_cancel(answer(), "s").err()), refused);
            let read = desk.read_subscriptions(answer(), &payer());
            assert_eq!(kind(read.err()), refused);
        }
    }
}
