//! A name from a service, shown so that it hides nothing.
//!
//! Guarantees: what turns the direction of the text around never gets into the page; what cannot be
//! seen is written out; letters that only look like Latin ones are underlined, and said.

use leptos::prelude::*;
use steward_domain::confusables::{Confusable, Piece, reveal};

use crate::text;

/// The name, apart from its surroundings in direction, never translated.
#[component]
pub(crate) fn DisplayName(#[prop(into)] name: String) -> impl IntoView {
    let pieces = reveal(&name)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.to_owned().into_any(),
            Piece::Marked(piece, kind) => {
                let said = format!("{}, ", text::oddity(piece, kind));
                let code = text::code_points(piece);
                match kind {
                    Confusable::LookAlike => view! {
                        <span class="alike">
                            {piece.to_owned()}
                            <span class="sr">{format!(" ({said}{code})")}</span>
                        </span>
                    }
                    .into_any(),
                    Confusable::Direction | Confusable::Invisible => view! {
                        <span class="hidden-char">
                            <span class="sr">{said}</span>
                            {code}
                        </span>
                    }
                    .into_any(),
                }
            }
        })
        .collect_view();
    view! { <bdi class="named" translate="no">{pieces}</bdi> }
}
