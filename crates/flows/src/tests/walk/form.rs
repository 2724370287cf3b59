//! The walk's intents at an open form: typing, answering, coming back, saving. What was typed is
//! held against what is sent and what is left of it.

use super::*;

impl Walk {
    pub(super) fn type_in(&mut self) {
        let (dice, Some(form)) = (self.dice.clone(), &mut self.form) else {
            return;
        };
        match dice.below(3) {
            0 => form.raw.set(Field::Name, dice.one(&NAMES).to_owned()),
            1 => form
                .raw
                .set(Field::Description, dice.one(&TEXTS).to_owned()),
            _ => form.raw.set(Field::Name, String::from("  mine ")),
        }
    }

    pub(super) fn answer(&mut self) {
        let (dice, Some(form)) = (self.dice.clone(), &mut self.form) else {
            return;
        };
        for asked in &form.asked {
            if asked.verdict == Verdict::Overlap && dice.is(2) {
                let pick = dice.one(&[Pick::Mine, Pick::Theirs]);
                form.answers.push(Answer::to(asked, pick));
            }
        }
    }

    /// Comes back to the tab: the form follows where nobody typed.
    pub(super) fn come_back(&mut self) {
        let Some(mut form) = self.form.take() else {
            return;
        };
        let typed: Vec<(Field, String)> = typed_in(&form);
        match block_on(self.service.open(&form.base.id)) {
            Ok(now) => {
                let carried = carry(&form.base, &form.raw, &now);
                (form.base, form.raw) = (carried.base, carried.raw);
            }
            Err(failure) => self.is_read(&failure),
        }
        for (field, text) in typed {
            assert_eq!(form.raw.get(field), text, "typed text was lost");
        }
        self.form = Some(form);
    }

    pub(super) fn save(&mut self) {
        let Some(mut form) = self.form.take() else {
            return;
        };
        let mine = form.raw.check(&DESCRIPTION, Some(&form.base)).unwrap();
        if mine.change_from(&form.base).is_empty() {
            self.form = Some(form);
            return;
        }
        let edit = Edit {
            base: &form.base,
            mine: &mine,
            answers: &form.answers,
        };
        let (result, raw) = (
            block_on(self.service.save(&form.base.id, edit)),
            form.raw.clone(),
        );
        self.is_fair(&form);
        self.only(&["/api/workspaces/", form.base.id.as_str()].concat());
        let (applied, shown, bodies) = {
            let trail = self.trail();
            (trail.applied, trail.shown.clone(), trail.bodies.clone())
        };
        match result {
            Ok(Saved::Done { done, sent, parts }) => {
                for one in sent.fields() {
                    assert_eq!(shown.as_ref().unwrap().text(one.field), one.after);
                }
                match done.evidence {
                    Evidence::Answered | Evidence::ConfirmedByReading => {}
                    _ => {
                        assert!(!applied && sent.is_empty());
                        assert!(shown.as_ref().unwrap().is(&done.value));
                    }
                }
                let open = |one: &Difference| {
                    one.verdict == Verdict::Overlap && picked(one, &form.answers).is_none()
                };
                assert!(!parts.iter().any(open), "decided without asking");
                self.done[3] += 1;
                return;
            }
            Ok(Saved::Differently {
                done,
                made,
                kept,
                now,
            }) => {
                let shown = shown.unwrap();
                assert!(shown.is(&now) && !kept.is_empty());
                assert_eq!(done.is_some(), !made.is_empty());
                for one in kept.fields().chain(made.fields()) {
                    assert_eq!(shown.text(one.field), one.after);
                    assert_ne!(one.before, one.after);
                }
                self.done[2] += 1;
            }
            Ok(Saved::Answered { now, said }) => {
                // Its answer is about something else than was sent, and nothing of it shows.
                assert!(!said.is_empty());
                let shown = shown.as_ref().unwrap();
                let is_shown = |field| now.text(field) == shown.text(field);
                assert!(is_shown(Field::Name) && is_shown(Field::Description));
            }
            Ok(Saved::Asks { theirs, parts }) => {
                assert!(!applied && shown.unwrap().is(&theirs));
                let open = |one: &Difference| {
                    one.verdict == Verdict::Overlap && picked(one, &form.answers).is_none()
                };
                assert!(parts.iter().any(open), "asked without a question");
                form.asked = parts;
            }
            Ok(Saved::Archived(now)) => {
                assert!(!applied && shown.unwrap().is(&now));
            }
            Ok(Saved::Gone) => assert!(!applied),
            Err(failure) => {
                // What was sent and is there.
                let there = |(name, text): &(String, Option<String>)| {
                    let field = match name.as_str() {
                        "name" => Field::Name,
                        _ => Field::Description,
                    };
                    let shown = shown.as_ref().map(|shown| shown.text(field));
                    shown.is_none_or(|shown| shown == text.as_deref().unwrap_or_default())
                };
                let shows = bodies.iter().flatten().any(there);
                self.may_fail(Operation::Save, &failure, shows);
                let field = |name: &str| match name {
                    "name" => Field::Name,
                    _ => Field::Description,
                };
                let texts = bodies.iter().flatten();
                let texts = texts.map(|(name, text)| Edited {
                    field: field(name),
                    before: form.base.text(field(name)).to_owned(),
                    after: text.clone().unwrap_or_default(),
                });
                self.watch(&failure, &form.base.id, &Intent::Save(texts.collect()));
                if failure.kind == FailureKind::SignedOut {
                    self.clock.advance(1_000);
                }
            }
        }
        assert_eq!(
            form.raw, raw,
            "a save that did not happen keeps every letter"
        );
        self.form = Some(form);
    }

    /// What was sent is only what differs, and takes nothing from anybody without being told to.
    fn is_fair(&self, form: &Form) {
        let trail = self.trail();
        for (name, text) in trail.bodies.iter().flatten() {
            let field = match name.as_str() {
                "name" => Field::Name,
                "description" => Field::Description,
                _ => panic!("{name} cannot be changed"),
            };
            let text = text.as_deref().unwrap_or_default();
            let seen = trail.before.as_ref().unwrap().text(field);
            assert_ne!(seen, text, "an unchanged field was sent");
            assert_eq!(form.raw.get(field), text, "not what was typed");
            if seen != form.base.text(field) {
                let asked = Difference {
                    part: Part::Field(field),
                    base: None,
                    mine: Some(text.to_owned()),
                    theirs: Some(seen.to_owned()),
                    verdict: Verdict::Overlap,
                };
                let answered = picked(&asked, &form.answers) == Some(Pick::Mine);
                assert!(answered, "somebody else's change was written over");
            }
        }
    }
}

fn typed_in(form: &Form) -> Vec<(Field, String)> {
    let typed = |(field, text): &(Field, &str)| form.base.text(*field) != *text;
    let fields = form.raw.fields().filter(typed);
    fields
        .map(|(field, text)| (field, text.to_owned()))
        .collect()
}
