//! Letters in every form: what the browser says of them, and what people find, confirm and see in order by it.

use steward::browser::intl::Collator;
use steward::browser::letters::{fold, likeness, seen};
use steward_domain::fold::Likeness;
use steward_domain::listing::Language;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill};
use crate::support::look::{is_off, text};
use crate::support::page::Page;
use crate::support::world::{World, workspace};

const FORMS: [&str; 5] = [
    "Mu\u{308}ller Works",
    "M\u{fc}ller Labs",
    "Cafe\u{301} Noir",
    "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
    "\u{d55c}\u{ae00} Office",
];

fn called(names: &[&str]) -> Page {
    let all = names
        .iter()
        .enumerate()
        .map(|(number, name)| workspace(&format!("ws_{number:02}"), name));
    Page::at("/workspaces", World::of(all))
}

#[wasm_bindgen_test]
fn the_browser_says_of_letters_what_the_foldings_rest_on() {
    for (text, folded) in [
        ("MU\u{308}LLER", "muller"),
        ("Straße ŁÓDŹ İstanbul", "strasse lodz istanbul"),
        ("ΟΔΌΣ", "οδοσ"),
        ("Ａｃｍｅ\u{3000}４２ ﬃ ½", "acme 42 ffi 1/2"),
        ("Sof\u{ad}t\u{200b} \u{a0} x", "soft x"),
        ("👩\u{200d}💻 ⭐\u{fe0f}", "👩💻 ⭐"),
        ("ｶﾞ", "カ"),
        ("مُحَـمَّد", "محمد"),
    ] {
        assert_eq!(fold(text), folded, "{text}");
        assert_eq!(fold(folded), folded);
    }
    assert_eq!(fold("\u{d55c}"), "\u{1112}\u{1161}\u{11ab}");
    assert_eq!(seen(" M\u{fc}ller\u{a0} \u{200b}x "), "Mu\u{308}ller x");
    assert_eq!(seen("👩\u{200d}💻 ⭐\u{fe0f}"), "👩\u{200d}💻 ⭐");
    assert_eq!(likeness("muller", "M\u{fc}ller"), Likeness::Form);
}

#[wasm_bindgen_test]
fn names_are_sorted_by_the_browser_each_once_and_numbers_by_value() {
    let names = ["Echo 10", "b", "Ä", "Echo 2", "a", "A", "Z"];
    let sorted = Collator.sorted(&names);
    let sorted: Vec<&str> = sorted.iter().map(|at| names[*at as usize]).collect();
    assert_eq!(sorted, ["a", "A", "Ä", "b", "Echo 2", "Echo 10", "Z"]);
    for (at, one) in sorted.iter().enumerate() {
        for (other, two) in sorted.iter().enumerate() {
            assert_eq!(Collator.compare(one, two), at.cmp(&other), "{one} {two}");
        }
    }
    // Equal ones stay as they came.
    assert_eq!(Collator.sorted(&["e\u{301}", "\u{e9}", "d"]), [2, 0, 1]);
    assert_eq!(Collator.sorted(&["\u{e9}", "e\u{301}"]), [0, 1]);
    assert_eq!(Collator.sorted(&[]), Vec::<u32>::new());
}

#[wasm_bindgen_test]
async fn a_search_finds_every_form_of_a_letter() {
    let page = called(&FORMS);
    page.until("five rows", || page.rows().len() == 5).await;
    let search = page.get("searchbox", "Search workspaces");
    for (typed, found) in [
        ("m\u{fc}ller", vec![FORMS[1], FORMS[0]]),
        ("mu\u{308}ller", vec![FORMS[1], FORMS[0]]),
        ("MULLER", vec![FORMS[1], FORMS[0]]),
        ("caf\u{e9}", vec![FORMS[2]]),
        ("ｃａｆｅ", vec![FORMS[2]]),
        ("\u{d55c}\u{ae00}", vec![FORMS[3], FORMS[4]]),
        (
            "\u{ad}",
            vec![FORMS[2], FORMS[1], FORMS[0], FORMS[3], FORMS[4]],
        ),
    ] {
        fill(&search, typed);
        page.list(&found).await;
    }
}

#[wasm_bindgen_test]
async fn names_stand_in_the_order_of_a_language_with_numbers_by_value() {
    let names = [
        "Zebra",
        "Ärzte Nord",
        "Apfel",
        "école",
        "Echo 10",
        "Echo 2",
        "Echo 1",
        "Øresund",
        "_internal",
        "(old) Alpha",
        "Łódź",
        "Lodge",
    ];
    let page = called(&names);
    let mut sorted = vec![
        "_internal",
        "(old) Alpha",
        "Apfel",
        "Ärzte Nord",
        "Echo 1",
        "Echo 2",
        "Echo 10",
        "école",
        "Lodge",
        "Łódź",
        "Øresund",
        "Zebra",
    ];
    page.list(&sorted).await;
    click(&page.get("button", "Name"));
    sorted.reverse();
    page.list(&sorted).await;
}

#[wasm_bindgen_test]
async fn what_is_seen_and_typed_confirms_a_name() {
    for (name, label, typed) in [
        ("Harbour ", "Archive Harbour", "Harbour"),
        (
            "Quarry\u{a0}West",
            "Archive Quarry\u{a0}West",
            "Quarry West",
        ),
        ("Mu\u{308}ller", "Archive Mu\u{308}ller", "M\u{fc}ller"),
        ("Star ⭐\u{fe0f}", "Archive Star ⭐\u{fe0f}", "Star ⭐"),
        ("Sof\u{200b}t", "Archive Sof[U+200B]t", "Soft"),
        ("\u{200e}Left", "Archive [U+200E]Left", "Left"),
        ("Two  Blanks", "Archive Two  Blanks", "Two Blanks"),
    ] {
        let page = called(&[name]);
        page.roles_known().await;
        let button = page.rows()[0].query_selector("button[id^='archive/']");
        click(&button.unwrap().unwrap());
        let field = page.find("textbox", "Type the name to confirm").await;
        let confirm = || {
            let dialog = page.dialog().unwrap();
            dialog
                .query_selector("button[type=submit]")
                .unwrap()
                .unwrap()
        };
        fill(&field, &typed.to_uppercase());
        page.wait_for_text("upper and lower case, accents and the width of letters count")
            .await;
        assert!(is_off(&confirm()), "{label}");
        fill(&field, typed);
        page.until(label, || !is_off(&confirm())).await;
        assert!(!page.says("letters count"), "{label}");
    }
}

#[wasm_bindgen_test]
async fn what_only_looks_like_a_name_is_refused_with_the_way_out() {
    let page = called(&["Acme \u{440}rod", "Acme prod"]);
    page.roles_known().await;
    click(&page.row_button("Archive", "Acme \u{440}rod"));
    let field = page.find("textbox", "Type the name to confirm").await;
    fill(&field, "Acme prod");
    page.wait_for_text("This looks like the name and is made of other letters.")
        .await;
    assert!(is_off(&page.get("button", "Archive Acme \u{440}rod")));
    assert!(page.has("button", "Copy name"));
}

#[wasm_bindgen_test]
async fn names_in_two_forms_look_the_same_before_one_is_archived() {
    let page = called(&["Mu\u{308}ller", "M\u{fc}ller"]);
    page.roles_known().await;
    let button = page.rows()[0].query_selector("button[id^='archive/']");
    click(&button.unwrap().unwrap());
    page.wait_for_text("The name of another workspace looks the same")
        .await;
    assert!(text(&page.dialog().unwrap()).contains("Compare account, service and id"));
}
