//! Which shortcut a key press means on the keyboard that a person has, and what a press is not: typing, composing, or a
//! shortcut of the browser or the system. It must not know what any shortcut does.
//!
//! Guarantees: a Latin letter counts wherever it lies (AZERTY, QWERTZ, Dvorak); Caps Lock makes no difference; on a
//! keyboard that writes no Latin letter there, the place of the key counts.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

/// What software for writing composes with sends in place of a key's own number.
const COMPOSING: u32 = 229;

/// The shortcut that a press means: a small letter, `/`, `?`, or a key's own name ("ArrowDown"). None for a press that is
/// somebody else's: one that composes a text, or with a modifier that no shortcut has.
#[must_use]
pub fn meant(event: &KeyboardEvent) -> Option<String> {
    // Linux says of AltGr neither that Alt nor that Ctrl is held.
    let held = event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.get_modifier_state("AltGraph");
    if composes(event) || held {
        return None;
    }
    shortcut(&event.key(), &event.code(), event.shift_key())
}

/// Whether a press belongs to a text that is being composed: an Escape there takes back a letter and nothing else.
#[must_use]
pub fn composes(event: &KeyboardEvent) -> bool {
    // Safari sends the press that ends a composition after it is over, with this number alone.
    event.is_composing() || event.key_code() == COMPOSING
}

/// What a press means, by what the key gives and where it lies, in the words of the standard (`KeyboardEvent.key` and `.code`).
#[must_use]
fn shortcut(key: &str, code: &str, shift: bool) -> Option<String> {
    let first = key.chars().next()?;
    let own = |text: &str| Some(text.to_owned());
    match first {
        // What a layout needs Shift for is its own affair: the sign is what counts.
        '/' | '?' if key.len() == 1 => own(key),
        'A'..='Z' | 'a'..='z' if key.len() == 1 => match shift {
            true => None,
            false => Some(key.to_ascii_lowercase()),
        },
        // Keys without a sign have names of several letters. One that composes has one as well.
        _ if first.is_ascii() => match key {
            "Process" | "Dead" | "Unidentified" => None,
            _ if key.len() > 1 && !shift => own(key),
            _ => None,
        },
        _ if is_latin_or_sign(first) => None,
        _ => match (code.strip_prefix("Key"), code, shift) {
            (Some(letter), _, false) if letter.len() == 1 => Some(letter.to_ascii_lowercase()),
            (None, "Slash", false) => own("/"),
            (None, "Slash", true) => own("?"),
            _ => None,
        },
    }
}

/// Whether what lies beyond ASCII is a Latin letter (with a mark, of another form, of full width) or a sign like `§` or `€`.
/// A keyboard with Latin letters has the plain ones somewhere.
fn is_latin_or_sign(letter: char) -> bool {
    matches!(letter, '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{2bff}' | '\u{ff00}'..='\u{ff5e}')
}

/// Whether the press goes into a text: a field or an editable element. An arrow among choices goes there too.
#[must_use]
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target() else {
        return false;
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        // These take no letters, so a letter pressed on them is free.
        return match input.type_().as_str() {
            "radio" => event.key().starts_with("Arrow"),
            "checkbox" | "button" | "submit" | "reset" => false,
            _ => true,
        };
    }
    target
        .dyn_ref::<HtmlElement>()
        .is_some_and(HtmlElement::is_content_editable)
        || target
            .dyn_ref::<Element>()
            .is_some_and(|element| matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT"))
}

#[cfg(test)]
mod tests {
    use super::shortcut;

    fn plain(key: &str, code: &str) -> Option<String> {
        shortcut(key, code, false)
    }

    #[test]
    fn a_latin_letter_counts_wherever_it_lies() {
        // QWERTY, Dvorak ("e" lies at D), AZERTY ("k" is the same), Turkish F.
        for (key, code) in [("e", "KeyE"), ("e", "KeyD"), ("e", "KeyY"), ("e", "")] {
            assert_eq!(plain(key, code).as_deref(), Some("e"), "{code}");
        }
        // What lies at E on Dvorak, QWERTZ's Z at Y, AZERTY's Q at A.
        for (key, code) in [(".", "KeyE"), ("z", "KeyY"), ("q", "KeyA"), (";", "KeyZ")] {
            assert_ne!(plain(key, code).as_deref(), Some("e"), "{key}");
        }
        assert_eq!(plain(".", "KeyE"), None);
        assert_eq!(plain("q", "KeyA").as_deref(), Some("q"));
    }

    #[test]
    fn caps_lock_makes_no_difference_and_shift_does() {
        assert_eq!(plain("J", "KeyJ").as_deref(), Some("j"));
        assert_eq!(shortcut("J", "KeyJ", true), None);
        // Both at once give a small letter.
        assert_eq!(shortcut("j", "KeyJ", true), None);
        assert_eq!(plain("О", "KeyJ").as_deref(), Some("j"));
    }

    #[test]
    fn where_there_is_no_latin_letter_the_place_of_the_key_counts() {
        let keys = [
            ("о", "KeyJ"),  // Russian
            ("ξ", "KeyJ"),  // Greek
            ("ח", "KeyJ"),  // Hebrew
            ("ت", "KeyJ"),  // Arabic
            ("่", "KeyJ"),   // Thai: a mark, no letter
            ("ㅓ", "KeyJ"), // Korean
            ("ま", "KeyJ"), // Japanese, by kana
            ("र", "KeyJ"),  // Hindi
            ("ჯ", "KeyJ"),  // Georgian
            ("ճ", "KeyJ"),  // Armenian
            ("ক্ষ", "KeyJ"), // several signs for one key
        ];
        for (key, code) in keys {
            assert_eq!(plain(key, code).as_deref(), Some("j"), "{key}");
            assert_eq!(shortcut(key, code, true), None, "{key} with Shift");
        }
        assert_eq!(plain("ظ", "Slash").as_deref(), Some("/"));
        assert_eq!(shortcut("؟", "Slash", true).as_deref(), Some("?"));
    }

    #[test]
    fn a_latin_letter_with_a_mark_and_a_sign_are_no_shortcuts() {
        let keys = [
            ("é", "Digit2"),
            ("ğ", "KeyE"),
            ("ı", "KeyI"),
            ("ø", "KeyJ"),
            ("ệ", "KeyE"),
            ("ｊ", "KeyJ"),
            ("§", "KeyJ"),
            ("€", "KeyE"),
            ("'", "KeyW"),
            ("1", "Digit1"),
            ("о", "Semicolon"),
            ("ש", "Digit1"),
        ];
        for (key, code) in keys {
            assert_eq!(plain(key, code), None, "{key}");
        }
    }

    #[test]
    fn the_signs_count_however_they_are_written() {
        // German: Shift with 7; French: Shift with the key beside M; the keypad's.
        assert_eq!(shortcut("/", "Digit7", true).as_deref(), Some("/"));
        assert_eq!(shortcut("/", "Period", true).as_deref(), Some("/"));
        assert_eq!(plain("/", "NumpadDivide").as_deref(), Some("/"));
        assert_eq!(shortcut("?", "Minus", true).as_deref(), Some("?"));
        // What a German keyboard has there.
        assert_eq!(plain("-", "Slash"), None);
    }

    #[test]
    fn keys_that_compose_and_names_of_keys() {
        for key in ["Process", "Dead", "Unidentified", ""] {
            assert_eq!(plain(key, "KeyJ"), None, "{key}");
        }
        assert_eq!(
            plain("ArrowDown", "ArrowDown").as_deref(),
            Some("ArrowDown")
        );
        assert_eq!(shortcut("ArrowDown", "ArrowDown", true), None);
        assert_eq!(plain("Escape", "Escape").as_deref(), Some("Escape"));
    }
}
