//! What every form for a workspace is made of: its fields as the service describes them, what is
//! wrong with them, the buttons at its foot and the question before anything is thrown away.
//!
//! Guarantees: a field is drawn once and keeps focus and caret; nothing can be typed while a
//! request is under way; a refusal goes to the field it concerns. Must not know what is sent.

mod foot;
mod frame;

use leptos::prelude::*;
use steward_domain::draft::{Problem, RawDraft, length};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::field::{Field, FieldFacts, Form};

pub use self::foot::FormLabels;
pub(crate) use self::foot::{FormFoot, LeaveQuestion};
pub(crate) use self::frame::{FormFrame, OfflineNote, RestoredNote};
use crate::text;
use crate::ui::field::{Control, FormField, focus_field};

/// Where a form stands.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// It is being filled in.
    Typing,
    /// It is under way.
    Sending,
    /// It was refused, or its outcome is not known.
    Failed(Failure),
}

/// The fields of a form. Copies are handles to the same ones.
#[derive(Clone, Copy)]
pub struct Fields {
    /// What stands in them.
    pub raw: RwSignal<RawDraft>,
    /// What is wrong with them.
    pub problems: RwSignal<Vec<(Field, Problem)>>,
    /// Where the form stands.
    pub phase: RwSignal<Phase>,
    /// Whether its person is asked whether to throw away what was typed.
    asking: RwSignal<bool>,
}

/// What a screen does when its form is used, and what it knows about it.
#[derive(Clone, Copy)]
pub struct FormHandlers {
    /// Called after every input.
    pub typed: Callback<()>,
    /// Checks and sends.
    pub submit: Callback<()>,
    /// Goes elsewhere.
    pub leave: Callback<()>,
    /// Forgets what was typed and goes elsewhere.
    pub discard: Callback<()>,
    /// Whether something would be lost by leaving.
    pub dirty: Signal<bool>,
    /// Whether it can be sent.
    pub ready: Signal<bool>,
    /// The status that belongs to the button that sends.
    pub status: Signal<&'static str>,
}

impl Fields {
    /// Fields with these texts in them.
    #[must_use]
    pub fn new(raw: RawDraft) -> Self {
        Self {
            raw: RwSignal::new(raw),
            problems: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Typing),
            asking: RwSignal::new(false),
        }
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn is_sending(self) -> bool {
        self.phase.with(|phase| *phase == Phase::Sending)
    }

    /// Begins to send.
    pub fn begin(self) {
        self.problems.set(Vec::new());
        self.phase.set(Phase::Sending);
    }

    /// Shows problems, and leads to the first.
    pub fn show(self, problems: Vec<(Field, Problem)>) {
        let first = problems.first().map(|(field, _)| id_of(*field));
        // The form may be gone, and another in its place.
        let shown = self.problems.try_set(problems).is_none();
        if let Some(id) = first.filter(|_| shown) {
            focus_field(&id);
        }
    }

    /// Takes a refusal: to the field it concerns, if the service named one of these.
    pub fn refuse(self, failure: Failure) {
        if let FailureKind::Invalid(Some(field)) = failure.kind
            && let Some(words) = &failure.service.message
            && self.has(field)
        {
            self.phase.try_set(Phase::Typing);
            self.show(vec![(field, Problem::Service(words.clone()))]);
        } else {
            self.phase.try_set(Phase::Failed(failure));
        }
    }

    /// Leads to the first field.
    pub fn focus_first(self) {
        let first = |raw: &RawDraft| raw.fields().next().map(|(field, _)| id_of(field));
        if let Some(id) = self.raw.with_untracked(first) {
            focus_field(&id);
        }
    }

    /// Whether the form is still here and has this field.
    fn has(self, field: Field) -> bool {
        let has = |raw: &RawDraft| raw.fields().any(|(other, _)| other == field);
        self.raw.try_with_untracked(has) == Some(true)
    }

    /// Whether what was sent last was refused because the service wants to be left alone.
    #[must_use]
    pub fn is_held_back(self) -> bool {
        self.phase
            .with(|phase| matches!(phase, Phase::Failed(failure) if failure.asks_for_pause()))
    }

    /// Leaves the form; asks first if something would be lost.
    fn leave(self, handlers: FormHandlers) {
        if untrack(|| self.is_sending()) {
            return;
        }
        if handlers.dirty.get_untracked() {
            self.asking.set(true);
        } else {
            handlers.leave.run(());
        }
    }

    /// Takes what was typed into a field, unless a request is under way.
    fn put(self, field: Field, text: String, handlers: FormHandlers) {
        if untrack(|| self.is_sending()) {
            return;
        }
        self.raw.update(|raw| raw.set(field, text));
        handlers.typed.run(());
    }
}

/// A field of a workspace, as its service describes it. `saved` is what the service has in it; none where there is no
/// workspace yet.
#[component]
pub(crate) fn WorkspaceField(
    facts: &'static FieldFacts,
    #[prop(optional)] saved: Option<String>,
    fields: Fields,
    handlers: FormHandlers,
) -> impl IntoView {
    let which = facts.field;
    let error = move || {
        fields.problems.with(|problems| {
            let (_, problem) = problems.iter().find(|(field, _)| *field == which)?;
            Some(text::problem(which, problem))
        })
    };
    // The counter appears at 80 % of the limit.
    let count = move || {
        let limit = facts.limit?;
        let length = fields.raw.with(|raw| length(raw.get(which)));
        (length * 5 >= limit * 4).then(|| text::count(length, limit))
    };
    let control = match facts.form {
        Form::Line => Control::Line,
        Form::Text | Form::Tags(_) => Control::Long,
        Form::Color => Control::Color,
        Form::Choice(words) => Control::Choice(choices(which, words, saved.as_deref())),
    };
    view! {
        <FormField
            id=id_of(which)
            label=text::field(which)
            help=text::field_help(facts, saved.is_none())
            control=control
            required=facts.required
            text=move || fields.raw.with(|raw| raw.get(which).to_owned())
            error=error
            count=count
            read_only=move || fields.is_sending()
            on_input=Callback::new(move |text| fields.put(which, text, handlers))
        />
    }
}

/// The id of a field's input.
fn id_of(field: Field) -> String {
    format!("field-{}", field.key())
}

/// The options of a list to choose from. What the service has is among them, even where its contract does not name it.
fn choices(field: Field, words: &[&str], saved: Option<&str>) -> Vec<(String, String)> {
    let unknown = saved.filter(|saved| !words.contains(saved));
    let all = unknown.iter().chain(words);
    all.map(|word| ((*word).to_owned(), text::choice(field, word)))
        .collect()
}
