//! The kit for settings: which open questions a vendor's contract has, by which name the command line answers each, and where the
//! answer is kept.
//!
//! Guarantees: a name or a value that is not in the table changes nothing. Must not know any question.

/// One question: its name, and the answers that it takes.
pub struct Question<S: 'static> {
    name: &'static str,
    answer: Answer<S>,
}

/// Words, and how each is kept.
type Words<S> = &'static [(&'static str, fn(&mut S))];

enum Answer<S: 'static> {
    Flag([(&'static str, bool); 2], fn(&mut S) -> &mut bool),
    Status([u16; 2], fn(&mut S) -> &mut u16),
    Number(fn(&mut S) -> &mut u32),
    Word(Words<S>),
}

/// A yes or no under two names, the proposed one first.
pub const fn flag<S>(
    name: &'static str,
    values: [(&'static str, bool); 2],
    field: fn(&mut S) -> &mut bool,
) -> Question<S> {
    let answer = Answer::Flag(values, field);
    Question { name, answer }
}

/// One of two statuses, the proposed one first.
pub const fn status<S>(
    name: &'static str,
    values: [u16; 2],
    field: fn(&mut S) -> &mut u16,
) -> Question<S> {
    let answer = Answer::Status(values, field);
    Question { name, answer }
}

/// Any number.
pub const fn number<S>(name: &'static str, field: fn(&mut S) -> &mut u32) -> Question<S> {
    let answer = Answer::Number(field);
    Question { name, answer }
}

/// One of several words, the proposed one first.
pub const fn word<S>(name: &'static str, values: Words<S>) -> Question<S> {
    let answer = Answer::Word(values);
    Question { name, answer }
}

impl<S> Question<S> {
    /// Keeps the answer `value`; false if it is none.
    fn set(&self, settings: &mut S, value: &str) -> bool {
        match &self.answer {
            Answer::Flag(values, field) => {
                let found = values.iter().find(|(name, _)| *name == value);
                found.map(|(_, flag)| *field(settings) = *flag)
            }
            Answer::Status(values, field) => {
                let found = values.iter().find(|status| status.to_string() == value);
                found.map(|status| *field(settings) = *status)
            }
            Answer::Number(field) => value.parse().ok().map(|number| *field(settings) = number),
            Answer::Word(values) => {
                let found = values.iter().find(|(name, _)| *name == value);
                found.map(|(_, keep)| keep(settings))
            }
        }
        .is_some()
    }

    fn values(&self) -> Vec<String> {
        match &self.answer {
            Answer::Flag(values, _) => values.map(|(name, _)| name.to_owned()).to_vec(),
            Answer::Status(values, _) => values.map(|status| status.to_string()).to_vec(),
            Answer::Number(_) => vec!["N".to_owned()],
            Answer::Word(values) => values.iter().map(|(name, _)| (*name).to_owned()).collect(),
        }
    }
}

/// Keeps the answer that `text`, a `name=value`, gives; false if it is no answer to one of these questions.
pub fn set<S>(questions: &[Question<S>], settings: &mut S, text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, value)| {
        let found = questions.iter().find(|question| question.name == name);
        found.is_some_and(|question| question.set(settings, value))
    })
}

/// Every question with its answers: `outsider=404|403, …`.
pub fn by_question<S>(questions: &[Question<S>]) -> String {
    let each = questions
        .iter()
        .map(|question| format!("{}={}", question.name, question.values().join("|")));
    each.collect::<Vec<_>>().join(", ")
}

/// Every answer by itself: `openai_outsider=404, openai_outsider=403, …`.
pub fn by_answer<S>(questions: &[Question<S>]) -> String {
    let each = questions.iter().flat_map(|question| {
        let values = question.values().into_iter();
        values.map(|value| format!("{}={value}", question.name))
    });
    each.collect::<Vec<_>>().join(", ")
}
