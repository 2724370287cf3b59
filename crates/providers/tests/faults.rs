//! What a network, a proxy or a broken service may send in place of an answer, to every reader of
//! every dialect.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::readers::{READERS, is_blind, read, unreadable};
use common::reply;
use proptest::prelude::*;
use steward_domain::failure::{Changed, Unreadable};
use steward_providers::http::Reply;

#[test]
fn every_reader_reads_its_own() {
    for (key, operation, body) in READERS {
        let failure = read(key, operation, reply(200, body));
        assert_eq!(failure, None, "{key} {operation:?}");
    }
}

#[test]
fn a_body_cut_at_any_byte_is_never_taken_for_a_whole_one() {
    for (key, operation, body) in READERS {
        if is_blind(key, operation) {
            continue;
        }
        for end in 0..body.len() {
            let expected = if end == 0 {
                Unreadable::Empty
            } else {
                Unreadable::Truncated
            };
            let cut = reply(200, &body[..end]);
            assert_eq!(
                unreadable(key, operation, cut),
                Some(expected),
                "{key} {operation:?} cut at {end}"
            );
        }
    }
}

#[test]
fn a_web_page_or_nothing_is_told_apart_from_data() {
    let pages: [(&[u8], &str); 5] = [
        (b"<html>", "application/json"),
        (b"  \n<!DOCTYPE html>", ""),
        (b"\xef\xbb\xbf<html>", "text/html"),
        (b"Please sign in", "text/html; charset=utf-8"),
        (b"{}", "TEXT/HTML"),
    ];
    for (key, operation, _) in READERS {
        for (body, label) in pages {
            let page = Reply {
                content_type: Some(label.into()),
                ..reply(200, body)
            };
            let why = unreadable(key, operation, page);
            assert_eq!(
                why,
                Some(Unreadable::WebPage),
                "{key} {operation:?} {label}"
            );
        }
        if is_blind(key, operation) {
            continue;
        }
        for (status, body, label) in [(204, "", ""), (200, " \r\n", ""), (200, "", "text/html")] {
            let empty = Reply {
                content_type: Some(label.into()),
                ..reply(status, body.as_bytes())
            };
            let why = unreadable(key, operation, empty);
            assert_eq!(why, Some(Unreadable::Empty), "{key} {operation:?} {status}");
        }
    }
}

#[test]
fn data_of_another_shape_is_no_data() {
    for (key, operation, _) in READERS {
        if is_blind(key, operation) {
            continue;
        }
        for body in [
            "{}",
            "[]",
            "null",
            "\"data\"",
            "{\"data\":null}",
            "{\"data\":{}}",
            "{\"data\":\"\"}",
            "{\"workspace\":{\"name\":\"No id\"}}",
            "{\"workspace\":[]}",
            "{\"workspaces\":null}",
            "[{\"id\":\"ws_1\"}]",
            "[[{\"id\":\"ws_1\"}],false]",
            "{\"data\":[]} x",
            "{data:[]}",
        ] {
            let why = unreadable(key, operation, reply(200, body.as_bytes()));
            assert_eq!(
                why,
                Some(Unreadable::OtherShape),
                "{key} {operation:?} {body}"
            );
        }
    }
}

#[test]
fn a_write_whose_answer_cannot_be_read_is_of_unknown_outcome() {
    for (key, operation, _) in READERS {
        let changed = |body: &[u8]| Some(read(key, operation, reply(200, body))?.changed);
        let unknown = if operation.writes() {
            Changed::Perhaps
        } else {
            Changed::No
        };
        for body in [&b""[..], b"{", b"{}", b"[]"] {
            let expected = (!is_blind(key, operation)).then_some(unknown);
            assert_eq!(changed(body), expected, "{key} {operation:?}");
        }
        assert_eq!(changed(b"<html>"), Some(unknown), "{key} {operation:?}");
    }
}

#[test]
fn depth_is_no_way_to_break_the_reader() {
    for unit in [
        "[",
        "{\"a\":",
        "{\"data\":[",
        "{\"message\":[",
        "{\"error\":",
        "{\"details\":{\"error\":",
        "{\"workspace\":{\"users\":[",
        "{\"user\":",
        "{\"data_residency\":{\"allowed_inference_geos\":[",
    ] {
        let body = unit.repeat(10_000);
        for (key, operation, _) in READERS {
            let read = |status| read(key, operation, reply(status, body.as_bytes())).is_some();
            assert_eq!(read(200), !is_blind(key, operation), "{key} {operation:?}");
            assert!(read(500));
        }
    }
}

#[test]
fn a_body_is_never_printed() {
    let reply = reply(200, b"{\"access_token\":\"s3cret\"}");
    assert_eq!(format!("{reply:?}").matches("body_bytes: 25").count(), 1);
}

proptest! {
    #[test]
    fn junk_never_panics_and_is_never_data(status: u16, label in ".{0,12}", body: Vec<u8>, wait in ".{0,8}") {
        for (key, operation, _) in READERS {
            let junk = Reply {
                status,
                content_type: Some(label.clone()),
                request_id: None,
                retry_after: Some(wait.clone()),
                body: body.clone(),
                ..Reply::default()
            };
            let failed = read(key, operation, junk).is_some();
            prop_assert!(failed || is_blind(key, operation) && (200..300).contains(&status));
        }
    }

    #[test]
    fn one_wrong_byte_never_panics(at: prop::sample::Index, byte: u8, status in prop::sample::select(vec![200_u16, 400, 409, 500])) {
        for (key, operation, body) in READERS {
            let mut body = body.to_vec();
            if !body.is_empty() {
                *at.get_mut(&mut body) = byte;
            }
            let _ = read(key, operation, reply(status, &body));
        }
    }

    #[test]
    fn anything_json_never_panics(body in "[\\[\\]{}:,\"a-z0-9.\\\\ -]{0,60}") {
        for (key, operation, _) in READERS {
            let _ = read(key, operation, reply(200, body.as_bytes()));
        }
    }
}
