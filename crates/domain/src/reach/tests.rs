//! What is named as a likely cause, over everything that can be seen. Guarantees: nothing is named that what was
//! seen speaks against. Must not know a sentence.

use super::*;
use crate::failure::Operation;

const SEEN: Sight = Sight {
    writes: false,
    gateway: false,
    own: false,
    insecure: false,
    blocked: false,
    console: true,
    service: true,
    heard: Heard::Never,
};

fn every() -> Vec<Sight> {
    let mut all = Vec::new();
    for bits in 0_u8..128 {
        for heard in [Heard::Never, Heard::Before, Heard::Since] {
            let bit = |at: u8| bits & (1 << at) != 0;
            all.push(Sight {
                writes: bit(0),
                gateway: bit(1),
                own: bit(2),
                insecure: bit(3),
                blocked: bit(4),
                console: bit(5),
                service: bit(6),
                heard,
            });
        }
    }
    all
}

#[test]
fn there_is_always_a_cause_and_none_is_named_twice() {
    for seen in every() {
        let found = causes(seen);
        assert!(!found.is_empty() && found.len() <= 3, "{seen:?}");
        for (at, cause) in found.iter().enumerate() {
            assert!(!found[..at].contains(cause), "{seen:?}: {found:?}");
        }
    }
}

#[test]
fn nothing_is_named_that_what_was_seen_speaks_against() {
    for seen in every() {
        let found = causes(seen);
        let names = |cause| found.contains(&cause);
        let answers = seen.console || seen.service || seen.blocked;
        assert!(!(names(Cause::Nothing) && answers), "{seen:?}");
        // A sign-in is named for the way in that there is.
        assert!(!(names(Cause::Session) && seen.gateway), "{seen:?}");
        assert!(!names(Cause::Gateway) || seen.gateway, "{seen:?}");
        // Within the own origin every answer can be read.
        let hidden = [Cause::Session, Cause::Reading, Cause::Changing];
        assert!(!(seen.own && hidden.into_iter().any(names)), "{seen:?}");
        assert!(!names(Cause::Changing) || seen.writes, "{seen:?}");
        // An address that has answered is not wrong.
        let heard = seen.heard != Heard::Never;
        assert!(!(names(Cause::Address) && heard), "{seen:?}");
        assert!(!(names(Cause::Insecure) && heard), "{seen:?}");
        // Who was answered since is signed in.
        let over = names(Cause::Session) || names(Cause::Gateway);
        assert!(!(over && seen.heard == Heard::Since), "{seen:?}");
    }
}

#[test]
fn each_kind_of_silence_has_its_likeliest_cause() {
    use Cause::{
        Address, Broken, Changing, Down, Gateway, Insecure, Nothing, Policy, Reading, Session,
    };
    let cases = [
        ("never read", SEEN, vec![Reading, Session, Address]),
        (
            "read before",
            Sight {
                heard: Heard::Before,
                ..SEEN
            },
            vec![Session, Reading, Broken],
        ),
        (
            "a change, while reading goes on",
            Sight {
                writes: true,
                heard: Heard::Since,
                ..SEEN
            },
            vec![Changing, Broken],
        ),
        (
            "one reading, while others go on",
            Sight {
                heard: Heard::Since,
                ..SEEN
            },
            vec![Reading, Broken],
        ),
        (
            "a change, and nothing was read since",
            Sight {
                writes: true,
                heard: Heard::Before,
                ..SEEN
            },
            vec![Session, Changing],
        ),
        (
            "a gateway elsewhere",
            Sight {
                gateway: true,
                heard: Heard::Before,
                ..SEEN
            },
            vec![Gateway, Reading, Broken],
        ),
        (
            "a gateway in front of both",
            Sight {
                gateway: true,
                own: true,
                ..SEEN
            },
            vec![Gateway, Broken],
        ),
        (
            "behind the console's own server",
            Sight { own: true, ..SEEN },
            vec![Broken],
        ),
        (
            "nothing there",
            Sight {
                service: false,
                ..SEEN
            },
            vec![Address, Down, Reading],
        ),
        (
            "nothing there any more",
            Sight {
                service: false,
                heard: Heard::Before,
                ..SEEN
            },
            vec![Down, Session],
        ),
        (
            "no network",
            Sight {
                service: false,
                console: false,
                ..SEEN
            },
            vec![Nothing],
        ),
        (
            "an address without encryption",
            Sight {
                insecure: true,
                service: false,
                ..SEEN
            },
            vec![Insecure],
        ),
        (
            "an address outside the policy",
            Sight {
                blocked: true,
                service: false,
                ..SEEN
            },
            vec![Policy],
        ),
        (
            "one that led outside the policy, and was allowed before",
            Sight {
                blocked: true,
                service: false,
                heard: Heard::Before,
                ..SEEN
            },
            vec![Session, Reading, Broken],
        ),
    ];
    for (what, seen, expected) in cases {
        assert_eq!(causes(seen), expected, "{what}");
    }
}

#[test]
fn only_an_unencrypted_address_elsewhere_is_insecure() {
    let page = "https://console.example";
    for (origin, address, insecure) in [
        (page, "http://api.example", true),
        (page, "HTTP://api.example/x", true),
        (page, "http://localhost.example:80/", true),
        (page, "http://api.example:8080/v1?a=:1", true),
        (page, "https://api.example", false),
        (page, "/api/altostrat", false),
        (page, "http://localhost:8080/api", false),
        (page, "http://LOCALHOST", false),
        (page, "http://one.localhost/", false),
        (page, "http://127.0.0.1:1/x", false),
        (page, "http://[::1]:8080/x", false),
        (page, "http://[::1]/x", false),
        (page, "", false),
        (page, "http:", false),
        (page, "é", false),
        ("http://console.example", "http://api.example", false),
    ] {
        assert_eq!(is_insecure(origin, address), insecure, "{address}");
    }
}

#[test]
fn an_origin_ends_before_the_path() {
    for (address, origin) in [
        ("https://api.example/v1/x", Some("https://api.example")),
        (
            "https://api.example:8443?x=/",
            Some("https://api.example:8443"),
        ),
        ("https://api.example", Some("https://api.example")),
        ("/api/altostrat", None),
        ("", None),
    ] {
        assert_eq!(origin_of(address), origin, "{address}");
    }
}

#[test]
fn a_refusal_that_can_be_read_asks_nobody_why() {
    let of = |kind| Failure::new(Operation::List, kind);
    assert!(asks_why(&of(FailureKind::Unreachable)));
    assert!(is_of_another(&of(FailureKind::Redirected)));
    assert!(is_of_another(&of(FailureKind::Unreadable(
        Unreadable::WebPage
    ))));
    for kind in [
        FailureKind::SignedOut,
        FailureKind::TimedOut,
        FailureKind::Unreadable(Unreadable::Empty),
    ] {
        assert!(!asks_why(&of(kind.clone())) && !is_of_another(&of(kind)));
    }
}
