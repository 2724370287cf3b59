//! What is asked when somebody else has changed the same: part by part the original, theirs and
//! mine, and beside that what is merged already.
//!
//! Nothing is chosen beforehand. What was chosen before and still applies is.

use leptos::prelude::*;
use steward_domain::merge::{Answer, Difference, Pick, Verdict, picked};
use wasm_bindgen::JsValue;
use web_sys::Node;

use super::form::Form;
use crate::text;
use crate::ui::el::{el, group};
use crate::ui::layout::button;

/// The id of the heading.
pub const HEADING_ID: &str = "merge-heading";

/// What is asked.
#[derive(Clone, PartialEq)]
pub struct Asked {
    /// Every part that somebody changed.
    pub parts: Vec<Difference>,
    /// Whether something had been answered before.
    pub again: bool,
    /// The moment of the save that is to be taken back, where it is asked for that.
    pub undoes: Option<i64>,
}

impl Asked {
    /// The parts that a person has to decide.
    pub fn overlaps(&self) -> impl Iterator<Item = &Difference> {
        let overlaps = |one: &&Difference| one.verdict == Verdict::Overlap;
        self.parts.iter().filter(overlaps)
    }

    /// The number of the first that has no answer.
    pub fn first_open(&self, answers: &[Answer]) -> Option<usize> {
        self.overlaps()
            .position(|asked| picked(asked, answers).is_none())
    }

    /// The moment of the save that is taken back when this is saved as it was answered. Where
    /// something of theirs is to stay, it is not.
    pub fn takes_back(&self, answers: &[Answer]) -> Option<i64> {
        let keeps_mine = |one: &Difference| picked(one, answers) == Some(Pick::Mine);
        self.undoes.filter(|_| self.overlaps().all(keeps_mine))
    }
}

/// The id of the first choice of an overlap.
pub fn choice_id(number: usize) -> String {
    ["merge-", &number.to_string(), "-mine"].concat()
}

/// The questions, in place of the fields.
pub fn panel(form: Form, asked: &Asked) -> Node {
    let answers = form.answers.get_untracked();
    let open = asked
        .overlaps()
        .filter(|one| picked(one, &answers).is_none());
    let open: Vec<_> = open.map(|one| &one.part).collect();
    let some_stand = asked.again && open.len() < asked.overlaps().count();
    let words = match asked.undoes {
        _ if some_stand => text::asked_again(&open),
        Some(_) => text::UNDO_ASKS.to_owned(),
        None => text::MERGE_TEXT.to_owned(),
    };
    let title = match asked.undoes {
        // It may have been oneself.
        Some(_) => text::UNDO_ASKS_TITLE,
        None => text::MERGE_TITLE,
    };
    let questions: Vec<Node> = asked
        .overlaps()
        .enumerate()
        .map(|(number, overlap)| question(form, number, overlap))
        .collect();
    let back = Callback::new(move |()| form.back_to_fields());
    el("section")
        .class("merge")
        .attr("aria-labelledby", HEADING_ID)
        .add(
            el("h3")
                .attr("id", HEADING_ID)
                // Right below the pane's, which is of the first level where the pane is the page.
                .attr("aria-level", "2")
                .attr("tabindex", "-1")
                .attr("aria-describedby", "merge-text")
                .text(title),
        )
        .add(el("p").attr("id", "merge-text").text(&words))
        .add(group(&questions))
        .add_some(merged(asked))
        .add(button("btn quiet", text::BACK_TO_FIELDS, back))
        .node()
}

fn question(form: Form, number: usize, asked: &Difference) -> Node {
    let original = text::side(&asked.part, asked.base.as_deref());
    let original = el("p")
        .class("was")
        .add(el("span").text(text::ORIGINAL))
        .add(el("bdi").class("long").text(&original));
    el("fieldset")
        .class("clash")
        .add(el("legend").text(&text::part(&asked.part)))
        .add(original)
        .add(
            el("div")
                .class("choices")
                .add(choice(form, number, asked, Pick::Mine))
                .add(choice(form, number, asked, Pick::Theirs)),
        )
        .node()
}

fn choice(form: Form, number: usize, asked: &Difference, pick: Pick) -> Node {
    let (what, text, id) = match pick {
        Pick::Mine => (text::KEEP_MINE, &asked.mine, choice_id(number)),
        Pick::Theirs => {
            let id = ["merge-", &number.to_string(), "-theirs"].concat();
            (text::TAKE_THEIRS, &asked.theirs, id)
        }
    };
    let text_id = [&id, "-text"].concat();
    let (shown, answered) = (asked.clone(), asked.clone());
    let is_on = move || {
        let picked = form.answers.with(|answers| picked(&shown, answers));
        JsValue::from_bool(picked == Some(pick))
    };
    let radio = el("input")
        .attr("type", "radio")
        .attr("id", &id)
        .attr("name", &["merge-", &number.to_string()].concat())
        .attr("aria-label", &text::choose(what, &asked.part))
        .attr("aria-describedby", &text_id)
        .property("checked", is_on)
        .on("change", move |_| form.answer(&answered, pick));
    let words = el("span").add(el("strong").text(what)).add(
        el("bdi")
            .class("long")
            .attr("id", &text_id)
            .text(&text::side(&asked.part, text.as_deref())),
    );
    el("label").class("check").add(radio).add(words).node()
}

/// What nobody has to decide.
fn merged(asked: &Asked) -> Option<Node> {
    let mut list = el("ul");
    let mut any = false;
    for one in &asked.parts {
        let now = match one.verdict {
            Verdict::Overlap => continue,
            Verdict::Mine | Verdict::Same => &one.mine,
            Verdict::Theirs => &one.theirs,
        };
        any = true;
        list = list.add(
            el("li")
                .add(el("strong").text(&text::part(&one.part)))
                .add(el("span").class("m").text(text::changed_by(one.verdict)))
                .add(
                    el("bdi")
                        .class("long")
                        .text(&text::side(&one.part, now.as_deref())),
                ),
        );
    }
    let title = || {
        let title = el("h4").attr("aria-level", "3");
        title.text(text::MERGED_TITLE)
    };
    any.then(|| el("div").class("merged").add(title()).add(list).node())
}
