//! Three states of a workspace made into one: what it was when the form opened, what I want, and
//! what somebody else has made of it meanwhile.
//!
//! Guarantees: a part that only one side changed is taken from that side; where both changed it
//! differently nothing is decided here, a person is asked; what is to be sent differs from what the
//! service has now and never repeats it. Must not know how it is asked or sent.
//!
//! A part is a field, with two exceptions. Each key of the tags is a part of its own. And the
//! default and the allowed places of inference constrain each other, so that if both sides changed
//! something about them they are one part: put together from both sides they could be a pair that
//! neither person chose and no service takes.

use crate::draft::{Change, Draft, RawDraft};
use crate::field::{Field, parse_tags, print_tags};
use crate::workspace::Workspace;

/// What is merged as one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// A field.
    Field(Field),
    /// The tag of this key.
    Tag(String),
    /// [`PLACES`], together.
    Places,
}

/// The fields of [`Part::Places`]: where requests are worked on by default, and where they may be.
pub const PLACES: [Field; 2] = [Field::InferenceGeo, Field::AllowedGeos];

/// Who changed a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Only I did.
    Mine,
    /// Only somebody else did.
    Theirs,
    /// Both did, to the same.
    Same,
    /// Both did, each to something else.
    Overlap,
}

/// A part that somebody changed. A tag that is not there is `None`; a field is always `Some`, and
/// the texts of [`Part::Places`] stand in the order of [`PLACES`] with a line break between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Which.
    pub part: Part,
    /// What it was.
    pub base: Option<String>,
    /// What I want it to be.
    pub mine: Option<String>,
    /// What the service has now.
    pub theirs: Option<String>,
    /// Who changed it.
    pub verdict: Verdict,
}

/// Which side is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pick {
    /// What I typed.
    Mine,
    /// What the service has now.
    Theirs,
}

/// What a person said about an overlap. It says nothing about any other two texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    part: Part,
    mine: Option<String>,
    theirs: Option<String>,
    pick: Pick,
}

impl Answer {
    /// An answer to what was asked about this overlap.
    #[must_use]
    pub fn to(asked: &Difference, pick: Pick) -> Self {
        Self {
            part: asked.part.clone(),
            mine: asked.mine.clone(),
            theirs: asked.theirs.clone(),
            pick,
        }
    }

    /// Whether this is what was asked: the same part with the same two texts.
    #[must_use]
    pub fn is_to(&self, asked: &Difference) -> bool {
        self.part == asked.part && self.mine == asked.mine && self.theirs == asked.theirs
    }
}

/// What was picked for an overlap, if an answer applies to it; the newest one does.
#[must_use]
pub fn picked(asked: &Difference, answers: &[Answer]) -> Option<Pick> {
    let mut own = answers.iter().rev();
    own.find(|answer| answer.is_to(asked))
        .map(|answer| answer.pick)
}

/// Every part that differs from the base on at least one side, in the order of the form. Only the
/// fields of the draft are looked at.
#[must_use]
pub fn compare(base: &Workspace, mine: &Draft, theirs: &Workspace) -> Vec<Difference> {
    let text = |text: &str| Some(text.to_owned());
    let joined = places_clash(base, mine, theirs);
    let mut found = Vec::new();
    for (field, wanted) in mine.fields() {
        let (before, now) = (base.text(field), theirs.text(field));
        if field == Field::Tags
            && let Some(sides) = Tags::of([before, wanted, now])
        {
            found.extend(sides.compare());
        } else if joined && PLACES.contains(&field) {
            if found.iter().all(|other| other.part != Part::Places) {
                let pair = |of: &dyn Fn(Field) -> String| Some(PLACES.map(of).join("\n"));
                found.extend(difference(
                    Part::Places,
                    pair(&|field| base.text(field).to_owned()),
                    pair(&|field| mine.get(field).to_owned()),
                    pair(&|field| theirs.text(field).to_owned()),
                ));
            }
        } else {
            let part = Part::Field(field);
            found.extend(difference(part, text(before), text(wanted), text(now)));
        }
    }
    found
}

fn difference(
    part: Part,
    base: Option<String>,
    mine: Option<String>,
    theirs: Option<String>,
) -> Option<Difference> {
    let verdict = match (mine == base, theirs == base) {
        (true, true) => return None,
        (false, true) => Verdict::Mine,
        (true, false) => Verdict::Theirs,
        (false, false) if mine == theirs => Verdict::Same,
        (false, false) => Verdict::Overlap,
    };
    Some(Difference {
        part,
        base,
        mine,
        theirs,
        verdict,
    })
}

/// Whether both sides changed something about the places, and not to the same.
fn places_clash(base: &Workspace, mine: &Draft, theirs: &Workspace) -> bool {
    let has = |field| mine.fields().any(|(other, _)| other == field);
    let any = |differ: &dyn Fn(Field) -> bool| PLACES.into_iter().any(differ);
    PLACES.into_iter().all(has)
        && any(&|field| mine.get(field) != base.text(field))
        && any(&|field| theirs.text(field) != base.text(field))
        && any(&|field| mine.get(field) != theirs.text(field))
}

/// The tags of base, mine and theirs.
struct Tags([Vec<(String, String)>; 3]);

impl Tags {
    /// Takes the texts apart; `None` if one of them is not what [`print_tags`] makes of its tags.
    /// A service may have keys that nobody could type, such as one of blanks only. Then the tags
    /// are merged whole, because putting them together again would change them.
    fn of(texts: [&str; 3]) -> Option<Self> {
        let parsed = |text: &str| {
            let tags = parse_tags(text).ok()?;
            (print_tags(tags.clone()) == text).then_some(tags)
        };
        let [base, mine, theirs] = texts.map(parsed);
        Some(Self([base?, mine?, theirs?]))
    }

    fn compare(&self) -> Vec<Difference> {
        let mut keys: Vec<&String> = Vec::new();
        for (key, _) in self.0.iter().flatten() {
            if let Err(at) = keys.binary_search(&key) {
                keys.insert(at, key);
            }
        }
        let compared = keys.into_iter().filter_map(|key| {
            let [base, mine, theirs] = self.0.each_ref().map(|tags| value(tags, key).cloned());
            difference(Part::Tag(key.clone()), base, mine, theirs)
        });
        compared.collect()
    }
}

fn value<'a>(tags: &'a [(String, String)], key: &str) -> Option<&'a String> {
    let found = tags.iter().find(|(other, _)| other == key);
    found.map(|(_, value)| value)
}

/// What merging came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merge {
    /// Every part that somebody changed.
    pub parts: Vec<Difference>,
    /// What all of it is to be; `None` while an overlap has no answer.
    pub wanted: Option<Draft>,
}

/// Merges. Put together is what the service has now, with my parts and those picked as mine.
#[must_use]
pub fn merge(base: &Workspace, mine: &Draft, theirs: &Workspace, answers: &[Answer]) -> Merge {
    let parts = compare(base, mine, theirs);
    let mut wanted = mine.at(theirs);
    let (mut tags, mut asks) = (None, false);
    for found in &parts {
        let pick = match found.verdict {
            Verdict::Mine => Some(Pick::Mine),
            Verdict::Theirs | Verdict::Same => Some(Pick::Theirs),
            Verdict::Overlap => picked(found, answers),
        };
        match (pick, &found.part) {
            (None, _) => asks = true,
            (Some(Pick::Theirs), _) => {}
            (Some(Pick::Mine), Part::Field(field)) => wanted.take(*field, mine),
            (Some(Pick::Mine), Part::Places) => {
                for field in PLACES {
                    wanted.take(field, mine);
                }
            }
            (Some(Pick::Mine), Part::Tag(key)) => {
                let tags = tags.get_or_insert_with(|| {
                    parse_tags(theirs.text(Field::Tags)).unwrap_or_default()
                });
                tags.retain(|(other, _)| other != key);
                tags.extend(found.mine.clone().map(|value| (key.clone(), value)));
            }
        }
    }
    if let Some(tags) = tags {
        wanted.set(Field::Tags, print_tags(tags));
    }
    Merge {
        parts,
        wanted: (!asks).then_some(wanted),
    }
}

impl Merge {
    /// What has to be sent so that the service has what is wanted; `None` while an overlap has no
    /// answer.
    #[must_use]
    pub fn change(&self, theirs: &Workspace) -> Option<Change> {
        self.wanted
            .as_ref()
            .map(|wanted| wanted.change_from(theirs))
    }
}

/// How much of a change a workspace shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trace {
    /// All of it.
    Whole,
    /// Nothing: every part of it is as it was before.
    Nothing,
    /// Some of it, or what is neither of the two.
    Blurred,
}

/// How much of the change from `before` to `wanted` is in what was found.
#[must_use]
pub fn trace(before: &Workspace, wanted: &Draft, found: &Workspace) -> Trace {
    let (mut there, mut missing) = (true, true);
    for part in compare(before, wanted, found) {
        match part.verdict {
            Verdict::Theirs => {}
            Verdict::Same => missing = false,
            Verdict::Mine => there = false,
            Verdict::Overlap => (there, missing) = (false, false),
        }
    }
    match (there, missing) {
        (true, _) => Trace::Whole,
        (false, true) => Trace::Nothing,
        (false, false) => Trace::Blurred,
    }
}

/// A form that is open, carried over to what the service has now.
#[derive(Clone, PartialEq, Debug)]
pub struct Carried {
    /// What changes are told from now on.
    pub base: Workspace,
    /// What stands in the form.
    pub raw: RawDraft,
    /// The fields that nobody had typed in and that show something new.
    pub followed: Vec<Field>,
}

/// Carries an open form over. A field that nobody typed in follows the service; what was typed
/// stays to the letter, and is compared with what it was typed over, unless it is there already.
#[must_use]
pub fn carry(base: &Workspace, raw: &RawDraft, now: &Workspace) -> Carried {
    let mut carried = Carried {
        base: now.clone(),
        raw: raw.clone(),
        followed: Vec::new(),
    };
    for (field, typed) in raw.fields() {
        let (before, now) = (base.text(field), now.text(field));
        if typed != before {
            if typed != now {
                carried.base.set(field, before.to_owned());
            }
        } else if now != before {
            carried.raw.set(field, now.to_owned());
            carried.followed.push(field);
        }
    }
    carried
}

/// The fields of a form in which a workspace is not what it was.
#[must_use]
pub fn moved(base: &Workspace, raw: &RawDraft, now: &Workspace) -> Vec<Field> {
    let fields = raw.fields().map(|(field, _)| field);
    fields
        .filter(|field| base.text(*field) != now.text(*field))
        .collect()
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
