//! What a route guarantees: printed and read again it is the same, and nothing read is refused with a panic.

use super::*;
use proptest::prelude::*;

fn key(account: &str, id: &str) -> WorkspaceKey {
    WorkspaceKey {
        account: AccountId::new(account).unwrap(),
        id: WorkspaceId::new(id).unwrap(),
    }
}

fn role(word: &str) -> Role {
    Role::from_word(word.to_owned())
}

/// Every address there is, so that a changed one is seen in review.
#[test]
fn the_addresses() {
    let query = Query {
        text: "acme & co".into(),
        state: StateFilter::All,
        roles: vec![role("owner"), role("admin")],
        billing: vec![BillingMode::Pooled],
        accounts: vec![AccountId::new("altostrat-2").unwrap()],
        services: vec!["altostrat".into(), "anthropic".into()],
        column: Column::Updated,
        descending: true,
    };
    let workspace = |tab| Route::Workspace {
        key: key("altostrat", "ws_1/x"),
        tab,
        query: Query::default(),
    };
    for (route, address) in [
        (Route::List(Query::default()), "/workspaces"),
        (
            Route::List(query),
            "/workspaces?q=acme%20%26%20co&state=all&role=owner%2Cadmin&billing=pooled&account=altostrat-2&service=altostrat%2Canthropic&sort=-updated",
        ),
        (workspace(Tab::Overview), "/workspaces/altostrat/ws_1%2Fx"),
        (
            workspace(Tab::Members),
            "/workspaces/altostrat/ws_1%2Fx/members",
        ),
        (workspace(Tab::Edit), "/workspaces/altostrat/ws_1%2Fx/edit"),
        (Route::New(None), "/workspaces/new"),
        (
            Route::New(AccountId::new("altostrat-2")),
            "/workspaces/new?account=altostrat-2",
        ),
        (Route::Activity, "/activity"),
        (Route::Accounts, "/accounts"),
        (Route::AddAccount(None), "/accounts/add"),
        (
            Route::AddAccount(Some(Box::new(Route::Accounts))),
            "/accounts/add?next=%2Faccounts",
        ),
        (Route::Settings, "/settings"),
        (Route::SignIn(None), "/sign-in"),
        (
            Route::SignIn(Some(Box::new(Route::Settings))),
            "/sign-in?next=%2Fsettings",
        ),
        (Route::SignInReturn, "/sign-in/callback"),
    ] {
        assert_eq!(route.href(), address);
        assert_eq!(Route::parse_address(address), route);
    }
}

#[test]
fn an_id_that_looks_like_a_step_in_the_path_stays_an_id() {
    for (id, address) in [
        (".", "/workspaces/altostrat/%252E/edit"),
        ("..", "/workspaces/altostrat/%252E%252E/edit"),
        ("...", "/workspaces/altostrat/.../edit"),
        ("a/../b", "/workspaces/altostrat/a%2F..%2Fb/edit"),
        ("%252", "/workspaces/altostrat/%25252/edit"),
    ] {
        let route = Route::Workspace {
            key: key("altostrat", id),
            tab: Tab::Edit,
            query: Query::default(),
        };
        assert_eq!(route.href(), address);
        assert_eq!(Route::parse_address(address), route);
    }
}

#[test]
fn only_addresses_of_this_app_survive_sign_in() {
    for next in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/sign-in",
        "/sign-in?next=/settings",
        "/sign-in/callback?code=1",
        "/accounts/add?next=/settings",
        "/nowhere",
        "workspaces",
    ] {
        let address = ["/sign-in?next=", &encode(next)].concat();
        assert_eq!(
            Route::parse_address(&address),
            Route::SignIn(None),
            "{next}"
        );
    }
}

#[test]
fn unknown_words_in_a_query_are_ignored() {
    let Route::List(query) = Route::parse("/workspaces", "state=odd&sort=odd&x=y&q") else {
        panic!("not the list");
    };
    assert_eq!(query, Query::default());
}

fn a_query() -> impl Strategy<Value = Query> {
    (
        "\\PC{0,20}",
        prop_oneof![
            Just(StateFilter::Active),
            Just(StateFilter::Archived),
            Just(StateFilter::Other),
            Just(StateFilter::All)
        ],
        proptest::sample::subsequence(vec![role("owner"), role("WRITE"), role("a_b")], 0..=3),
        proptest::sample::subsequence(BillingMode::KNOWN.to_vec(), 0..=3),
        proptest::sample::subsequence(vec!["altostrat", "anthropic-2"], 0..=2),
        proptest::sample::select(Column::ALL.to_vec()),
        any::<bool>(),
    )
        .prop_map(
            |(text, state, roles, billing, places, column, descending)| Query {
                text,
                state,
                roles,
                billing,
                accounts: places.iter().copied().filter_map(AccountId::new).collect(),
                services: places.into_iter().map(str::to_owned).collect(),
                column,
                descending,
            },
        )
}

fn a_route() -> impl Strategy<Value = Route> {
    let tab = prop_oneof![Just(Tab::Overview), Just(Tab::Members), Just(Tab::Edit)];
    prop_oneof![
        a_query().prop_map(Route::List),
        ("[a-z0-9-]{1,12}", "\\PC{1,24}|[.]{1,3}", tab, a_query()).prop_map(
            |(account, id, tab, query)| {
                Route::Workspace {
                    key: key(&account, &id),
                    tab,
                    query,
                }
            }
        ),
        Just(Route::Activity),
        Just(Route::Accounts),
        "[a-z0-9-]{0,12}".prop_map(|account| Route::New(AccountId::new(account))),
        Just(Route::Settings),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_is_parsed_back(route in a_route()) {
        prop_assert_eq!(Route::parse_address(&route.href()), route.clone());
        for sign_in in [Route::SignIn, Route::AddAccount].map(|wrap| wrap(Some(Box::new(route.clone())))) {
            prop_assert_eq!(Route::parse_address(&sign_in.href()), sign_in);
        }
    }

    #[test]
    fn junk_never_panics(path in "\\PC{0,60}", search in "\\PC{0,60}") {
        let _ = Route::parse(&path, &search).href();
    }
}
