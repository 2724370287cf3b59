//! What is asked when somebody else has changed the same: part by part the original, theirs and
//! mine, and beside that what is merged already.
//!
//! Nothing is chosen beforehand. What was chosen before and still applies is.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use steward_domain::merge::{Answer, Difference, Pick, Verdict, picked};

use super::form::Form;
use crate::text;

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
    format!("merge-{number}-mine")
}

/// The questions, in place of the fields.
#[component]
pub(super) fn MergePanel(form: Form, asked: Asked) -> impl IntoView {
    let title = match asked.undoes {
        // It may have been oneself.
        Some(_) => text::UNDO_ASKS_TITLE,
        None => text::MERGE_TITLE,
    };
    let explanation = explanation(&asked, &form.answers.get_untracked());
    let questions = asked
        .overlaps()
        .enumerate()
        .map(|(number, overlap)| {
            view! { <OverlapQuestion form=form number=number overlap=overlap.clone()/> }
        })
        .collect_view();
    // What can change where the panel stands is set as a property: that shows on a translated page too.
    view! {
        <section class="merge" aria-labelledby=HEADING_ID>
            // Right below the pane's, which is of the first level where the pane is the page.
            <h3
                id={HEADING_ID}
                {..custom_attribute("aria-level", "2")}
                tabindex="-1"
                aria-describedby="merge-text"
                prop:textContent=title
            ></h3>
            <p id="merge-text" prop:textContent=explanation></p>
            {questions}
            <MergedParts parts=asked.parts/>
            <button type="button" class="btn quiet" on:click=move |_| form.back_to_fields()>
                {text::BACK_TO_FIELDS}
            </button>
        </section>
    }
}

/// Why it is asked, and what is new where something had been answered before.
fn explanation(asked: &Asked, answers: &[Answer]) -> String {
    let open = asked
        .overlaps()
        .filter(|one| picked(one, answers).is_none());
    let open: Vec<_> = open.map(|one| &one.part).collect();
    let some_stand = asked.again && open.len() < asked.overlaps().count();
    match asked.undoes {
        _ if some_stand => text::asked_again(&open),
        Some(_) => text::UNDO_ASKS.to_owned(),
        None => text::MERGE_TEXT.to_owned(),
    }
}

/// One part that both changed: the original and the two sides.
#[component]
fn OverlapQuestion(form: Form, number: usize, overlap: Difference) -> impl IntoView {
    let original = text::side(&overlap.part, overlap.base.as_deref());
    view! {
        <fieldset class="clash">
            <legend prop:textContent=text::part(&overlap.part)></legend>
            <p class="was">
                <span>{text::ORIGINAL}</span>
                <bdi class="long" translate="no">
                    {original}
                </bdi>
            </p>
            <div class="choices">
                <SideChoice form=form number=number overlap=overlap.clone() pick=Pick::Mine/>
                <SideChoice form=form number=number overlap=overlap pick=Pick::Theirs/>
            </div>
        </fieldset>
    }
}

/// One side to choose.
#[component]
fn SideChoice(form: Form, number: usize, overlap: Difference, pick: Pick) -> impl IntoView {
    let (what, id) = match pick {
        Pick::Mine => (text::KEEP_MINE, choice_id(number)),
        Pick::Theirs => (text::TAKE_THEIRS, format!("merge-{number}-theirs")),
    };
    let side = match pick {
        Pick::Mine => overlap.mine.as_deref(),
        Pick::Theirs => overlap.theirs.as_deref(),
    };
    let side = text::side(&overlap.part, side);
    let label = text::choose(what, &overlap.part);
    let side_id = format!("{id}-text");
    let answered = overlap.clone();
    let checked = move || {
        let picked = form.answers.with(|answers| picked(&overlap, answers));
        picked == Some(pick)
    };
    view! {
        <label class="check">
            <input
                type="radio"
                id=id
                name=format!("merge-{number}")
                aria-label=label
                aria-describedby=side_id.clone()
                prop:checked=checked
                on:change=move |_| form.answer(&answered, pick)
            />
            <span>
                <strong>{what}</strong>
                <bdi class="long" id=side_id translate="no">
                    {side}
                </bdi>
            </span>
        </label>
    }
}

/// What nobody has to decide; nothing where all has to be.
#[component]
fn MergedParts(parts: Vec<Difference>) -> impl IntoView {
    let merged: Vec<_> = parts
        .into_iter()
        .filter(|one| one.verdict != Verdict::Overlap)
        .map(|one| view! { <MergedPart merged=one/> })
        .collect();
    (!merged.is_empty()).then(|| {
        view! {
            <div class="merged">
                <h4 {..custom_attribute("aria-level", "3")}>{text::MERGED_TITLE}</h4>
                <ul>{merged}</ul>
            </div>
        }
    })
}

/// One part that is merged: what it is now, and who changed it.
#[component]
fn MergedPart(merged: Difference) -> impl IntoView {
    let now = match merged.verdict {
        Verdict::Theirs => merged.theirs.as_deref(),
        Verdict::Mine | Verdict::Same | Verdict::Overlap => merged.mine.as_deref(),
    };
    let now = text::side(&merged.part, now);
    view! {
        <li>
            <strong prop:textContent=text::part(&merged.part)></strong>
            <span class="m" prop:textContent=text::changed_by(merged.verdict)></span>
            <bdi class="long" translate="no">
                {now}
            </bdi>
        </li>
    }
}
