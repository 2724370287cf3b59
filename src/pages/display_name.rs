//! A name from a service, shown so that it hides nothing.
//!
//! Guarantees: what turns the direction of the text around never gets into the page; what cannot be
//! seen is written out; letters that only look like Latin ones are underlined, and said.

use steward_domain::confusables::{Confusable, Piece, reveal};
use web_sys::Node;

use crate::text;
use crate::ui::el::el;

/// The name, apart from its surroundings in direction.
#[must_use]
#[inline(never)]
pub fn display_name(name: &str) -> Node {
    let mut whole = el("bdi").class("named");
    for piece in reveal(name) {
        let (piece, odd) = match piece {
            Piece::Plain(text) => {
                whole = whole.text(text);
                continue;
            }
            Piece::Marked(piece, odd) => (piece, odd),
        };
        let said = [text::oddity(piece, odd), ", "].concat();
        let code = text::code_points(piece);
        whole = whole.add(match odd {
            Confusable::LookAlike => el("span").class("alike").text(piece).add(
                el("span")
                    .class("sr")
                    .text(&[" (", &said, &code, ") "].concat()),
            ),
            Confusable::Direction | Confusable::Invisible => el("span")
                .class("hidden-char")
                .add(el("span").class("sr").text(&said))
                .text(&code),
        });
    }
    whole.node()
}
