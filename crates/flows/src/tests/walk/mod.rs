//! A random walk: a person with a form does whatever a person can, another person changes the same
//! workspaces, and the network fails in every way it can. After every intent what is claimed is held
//! against what is true.

mod dice;
mod ending;
mod form;
mod truth;
mod world;

use futures::executor::block_on;
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::{UserId, WorkspaceId};
use steward_domain::membership::MemberChange;
use steward_domain::merge::{Answer, Difference, Part, Pick, Verdict, carry, picked};
use steward_providers::flashback::Flashback;
use steward_providers::oauth::{Endpoints, RefreshToken};

use self::dice::Dice;
use self::truth::{MODES, NAMES, ROLES, TEXTS, Truth, USERS};
use self::world::{Trail, World};
use super::*;
use crate::reconcile::{Edited, Intent};
use crate::{Created, Evidence, Saved, SignIn};

/// The longest that any intent may take, with all its waits: a pause, three tries, a writing, and both again; and for a
/// write that was accepted a minute of looking, each look with a pause and three tries.
const LONGEST_S: i64 = 1_200;

struct Form {
    base: Workspace,
    raw: RawDraft,
    answers: Vec<Answer>,
    asked: Vec<Difference>,
}

struct Walk {
    world: World,
    clock: SimulatedClock,
    service: Service,
    /// The same world as the service sees it that has buckets.
    store: Service,
    sign_in: SignIn,
    dice: Dice,
    form: Option<Form>,
    /// What the list showed last, if it was whole.
    known: Option<Vec<WorkspaceId>>,
    token: usize,
    seed: u64,
    /// Known not to be done, of unknown outcome, saved otherwise, saved.
    done: [usize; 4],
    /// Accepted writes that never showed, and those that did.
    watched: [usize; 2],
    /// What was to be ended: known not to be, perhaps, accepted, seen to be over. Of subscriptions, and of buckets.
    ended: [[usize; 4]; 2],
}

impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}", self.seed);
        }
    }
}

fn id_of(text: &str) -> WorkspaceId {
    WorkspaceId::new(text).unwrap()
}

impl Truth {
    fn text(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Description => &self.description,
            _ => &self.billing,
        }
    }

    /// Whether this is what a workspace was read as.
    fn is(&self, read: &Workspace) -> bool {
        let fields = [Field::Name, Field::Description, Field::Billing];
        read.id.as_str() == self.id
            && read.state.is_archived() == self.archived
            && fields.iter().all(|of| read.text(*of) == self.text(*of))
    }
}

impl Walk {
    fn new(seed: u64) -> Self {
        let (dice, clock) = (Dice::new(seed), SimulatedClock::at(Timestamp(0)));
        clock.set_chance(0.5);
        let world = World::new(&dice, &clock);
        // From no fault at all to one at every second request.
        world.state.borrow_mut().one_in = [2, 3, 5, 12, usize::MAX][seed as usize % 5];
        let service = Service {
            transport: Rc::new(world.clone()),
            clock: Rc::new(clock.clone()),
            dialect: &Altostrat,
            base: Rc::from("/api"),
            credential: Credential::Gateway,
            rate_limit: RateLimit::default(),
        };
        let store = Service {
            dialect: &Flashback,
            base: Rc::from("/flash"),
            rate_limit: RateLimit::default(),
            transport: Rc::new(world.clone()),
            clock: Rc::new(clock.clone()),
            credential: Credential::Gateway,
        };
        let endpoints = Endpoints {
            authorize: "/authorize".into(),
            token: "/token".into(),
            userinfo: None,
            revoke: None,
            client_id: "steward".into(),
            scope: String::new(),
        };
        let sign_in = SignIn {
            transport: Rc::new(world.clone()),
            clock: Rc::new(clock.clone()),
            dialect: &Altostrat,
            base: Rc::from("/api"),
            endpoints: Some(Rc::new(endpoints)),
        };
        Self {
            world,
            clock,
            service,
            store,
            sign_in,
            dice,
            form: None,
            known: None,
            token: 0,
            seed,
            done: [0; 4],
            watched: [0; 2],
            ended: [[0; 4]; 2],
        }
    }

    fn steps(&self) -> usize {
        self.world.state.borrow().steps
    }

    /// One intent, and what has to hold after any.
    fn intend(&mut self) {
        {
            let mut state = self.world.state.borrow_mut();
            state.trail = Trail::default();
            state.steps += 1;
        }
        let since = self.clock.now();
        match self.dice.below(22) {
            20 => self.cancel(),
            21 => self.delete(),
            0 => self.list(),
            1 => self.open(),
            2 => self.members(),
            3 => self.archive(),
            4 => self.create(),
            5 | 6 => self.manage(),
            7 => self.refresh(),
            8 => self.clock.advance(30_000),
            9 => self.world.somebody_else(),
            10 => self.come_back(),
            11..=13 => self.type_in(),
            14 => self.answer(),
            _ => self.save(),
        }
        let trail = self.trail();
        assert!(trail.writes <= 1, "one intent, one writing");
        let took = self.clock.now().seconds_since(since);
        assert!(took <= LONGEST_S, "{took} s");
    }

    /// What the intent left at the service.
    fn trail(&self) -> std::cell::Ref<'_, Trail> {
        std::cell::Ref::map(self.world.state.borrow(), |state| &state.trail)
    }

    fn any_id(&self) -> WorkspaceId {
        let state = self.world.state.borrow();
        let all: Vec<&str> = state.truths.iter().map(|one| one.id.as_str()).collect();
        // Now and then one that is not there.
        match all.is_empty() || self.dice.is(12) {
            true => id_of("ws_0"),
            false => id_of(self.dice.one(&all)),
        }
    }

    fn is_read(&self, failure: &Failure) {
        assert_eq!(failure.changed, Changed::No, "a reading changes nothing");
        assert_eq!(self.trail().writes, 0);
    }

    /// Nothing was sent but to this address: no other object was touched.
    fn only(&self, address: &str) {
        let trail = self.trail();
        let mut sent = trail.addresses.iter();
        assert!(
            sent.all(|sent| sent == address),
            "{:?}, not {address}",
            trail.addresses
        );
    }

    /// What is known about a failure is not more than what is true. `shows` is whether the service,
    /// as it was seen last, shows anything of the intent.
    fn may_fail(&mut self, operation: Operation, failure: &Failure, shows: bool) {
        assert_eq!(failure.operation, operation);
        let trail = self.trail();
        match failure.changed {
            Changed::No => assert!(!trail.applied || !shows, "it was done: {failure:?}"),
            Changed::Perhaps => assert_eq!(trail.writes, 1, "not sent, so not done"),
        }
        drop(trail);
        self.done[failure.changed as usize] += 1;
    }

    fn list(&mut self) {
        let mut rows = Vec::new();
        let listing = block_on(
            self.service
                .list(None, &mut |page, _| rows.extend(page.rows)),
        );
        match listing {
            Ok(_) => {
                let trail = self.trail();
                let truths = trail.listed.as_ref().unwrap();
                assert_eq!(rows.len(), truths.len());
                let same = |(row, truth): (&_, &Truth)| truth.is(&row_of(row));
                assert!(rows.iter().zip(truths).all(same));
                drop(trail);
                self.known = Some(rows.into_iter().map(|row| row.workspace.id).collect());
            }
            Err(failure) => self.is_read(&failure),
        }
    }

    fn open(&mut self) {
        match block_on(self.service.open(&self.any_id())) {
            Ok(base) => {
                assert!(self.trail().shown.as_ref().unwrap().is(&base));
                if !base.state.is_archived() {
                    self.form = Some(Form {
                        raw: RawDraft::of(&base, &DESCRIPTION),
                        base,
                        answers: Vec::new(),
                        asked: Vec::new(),
                    });
                }
            }
            Err(failure) => self.is_read(&failure),
        }
    }

    fn members(&mut self) {
        match block_on(self.service.members(&self.any_id())) {
            Ok(members) => {
                let trail = self.trail();
                assert!(are(&members.rows, trail.shown.as_ref().unwrap()));
            }
            Err(failure) => self.is_read(&failure),
        }
    }

    fn archive(&mut self) {
        let id = self.any_id();
        let archived = block_on(self.service.archive(&id));
        self.only(&["/api/workspaces/", id.as_str()].concat());
        match archived {
            Ok(done) => {
                let trail = self.trail();
                let shown = trail.shown.as_ref().unwrap();
                assert!(shown.archived && shown.id == id.as_str());
                assert!(done.evidence != Evidence::Answered || trail.applied || trail.writes == 1);
            }
            Err(failure) => {
                let shows = self.trail().shown.as_ref().is_none_or(|one| one.archived);
                self.may_fail(Operation::Archive, &failure, shows);
                self.watch(&failure, &id, &Intent::Archive);
            }
        }
    }

    /// Looks after a write that was accepted: nothing is said to be done that the service does not show.
    fn watch(&mut self, failure: &Failure, id: &WorkspaceId, intent: &Intent) {
        if failure.kind != FailureKind::NotShown {
            return;
        }
        let writes = self.trail().writes;
        let seen = block_on(self.service.watch(id, intent));
        let trail = self.trail();
        assert_eq!(trail.writes, writes, "looking sends nothing");
        let shown = trail.shown.as_ref();
        match (&seen, intent) {
            (Err(failure), _) => assert_eq!(failure.kind, FailureKind::NotShown),
            (Ok(_), Intent::Archive) => assert!(shown.unwrap().archived),
            (Ok(_), Intent::Save(texts)) => {
                let there = |one: &Edited| shown.unwrap().text(one.field) == one.after;
                assert!(texts.iter().all(there));
            }
            (Ok(_), Intent::Member(user, role)) => {
                let mut members = shown.unwrap().members.iter();
                let found = members.find(|(other, _)| other == user.as_str());
                assert_eq!(found.map(|(_, role)| role), role.as_ref());
            }
        }
        drop(trail);
        self.watched[usize::from(seen.is_ok())] += 1;
    }

    fn create(&mut self) {
        let mut raw = RawDraft::new(&DESCRIPTION);
        raw.set(Field::Name, self.dice.one(&NAMES).to_owned());
        raw.set(Field::Description, self.dice.one(&TEXTS).to_owned());
        raw.set(Field::Billing, self.dice.one(&MODES).to_owned());
        let draft = raw.check(&DESCRIPTION, None).unwrap();
        let known = self.known.clone();
        match block_on(
            self.service
                .create(&draft, known.as_deref(), &mut Vec::new()),
        ) {
            Ok(Created { done, .. }) => {
                let trail = self.trail();
                for (field, text) in draft.fields() {
                    assert_eq!(done.value.text(field), text);
                }
                // What was accepted without a word may have been made later, which the list shows.
                if let Some(made) = trail.made.as_deref()
                    && done.evidence == Evidence::Answered
                {
                    assert_eq!(made, done.value.id.as_str());
                } else {
                    let new = |one: &&Truth| one.id == done.value.id.as_str();
                    assert!(trail.listed.iter().flatten().any(|one| new(&one)));
                    assert!(!known.unwrap().contains(&done.value.id));
                }
            }
            Err(failure) => {
                assert!(self.trail().writes <= 1);
                // A list that lags does not show what was made: no more can be known than what it shows.
                let trail = self.trail();
                let made = |one: &Truth| Some(&one.id) == trail.made.as_ref();
                let shows = trail.listed.iter().flatten().any(made);
                drop(trail);
                self.may_fail(Operation::Create, &failure, shows);
            }
        }
    }

    fn manage(&mut self) {
        let (id, user) = (self.any_id(), UserId::new(self.dice.one(&USERS)).unwrap());
        let role = DESCRIPTION.role(self.dice.one(&ROLES).to_owned());
        let change = match self.dice.below(3) {
            0 => MemberChange::Add(user, role),
            1 => MemberChange::Change(user, role),
            _ => MemberChange::Remove(user),
        };
        let shows = |truth: &Truth| {
            let user = change.user().as_str();
            let found = truth.members.iter().find(|(other, _)| other == user);
            let found = found.map(|(_, role)| role.as_str());
            match &change {
                MemberChange::Add(_, role) | MemberChange::Change(_, role) => {
                    found == Some(role.as_str())
                }
                MemberChange::Remove(_) => found.is_none(),
            }
        };
        let result = block_on(self.service.manage(&id, &change, None));
        let shown = self.trail().shown.as_ref().map(shows);
        match result {
            Ok(done) => {
                assert_eq!(shown, Some(true), "nothing is done that is not shown");
                if let Some(members) = done.value {
                    assert!(are(&members.rows, self.trail().shown.as_ref().unwrap()));
                }
            }
            Err(failure) => {
                self.may_fail(Operation::Manage, &failure, shown == Some(true));
                let role = match &change {
                    MemberChange::Add(_, role) | MemberChange::Change(_, role) => {
                        Some(role.as_str().to_owned())
                    }
                    MemberChange::Remove(_) => None,
                };
                let intent = Intent::Member(change.user().clone(), role);
                self.watch(&failure, &id, &intent);
            }
        }
    }

    fn refresh(&mut self) {
        let token = ["r", &self.token.to_string()].concat();
        let token = RefreshToken::new(token).unwrap();
        match block_on(self.sign_in.refresh(&token)) {
            Ok(session) => {
                assert!(self.trail().applied);
                self.token = self.world.state.borrow().token;
                let next = ["r", &self.token.to_string()].concat();
                let next = RefreshToken::new(next);
                let shown = |token: &RefreshToken| token.expose_for_storage().to_owned();
                assert_eq!(
                    session.refresh.as_ref().map(shown),
                    next.as_ref().map(shown)
                );
            }
            // Signed in again.
            Err(_) => self.token = self.world.state.borrow().token,
        }
        assert_eq!(self.trail().writes, 1, "a token leaves once");
    }
}

fn row_of(row: &crate::Listed) -> Workspace {
    row.workspace.clone()
}

fn are(members: &[steward_domain::role::Member], truth: &Truth) -> bool {
    let read = members
        .iter()
        .map(|one| (one.person.id.as_str(), one.role.as_str()));
    let there = truth
        .members
        .iter()
        .map(|(user, role)| (user.as_str(), role.as_str()));
    read.eq(there)
}

#[test]
fn in_a_million_steps_nothing_is_lost_and_nothing_is_claimed_that_is_not_so() {
    let (mut steps, mut seed, mut done, mut watched) = (0, 0, [0; 4], [0; 2]);
    let mut ended = [[0; 4]; 2];
    while steps < 1_000_000 {
        let mut walk = Walk::new(seed);
        while walk.steps() < 5_000 {
            walk.intend();
        }
        steps += walk.steps();
        for (all, own) in done.iter_mut().zip(walk.done) {
            *all += own;
        }
        let own = walk.ended.iter().flatten();
        for (all, own) in ended.iter_mut().flatten().zip(own) {
            *all += own;
        }
        for (all, own) in watched.iter_mut().zip(walk.watched) {
            *all += own;
        }
        seed += 1;
    }
    let [no, perhaps, otherwise, saved] = done;
    let [unseen, seen] = watched;
    println!(
        "{steps} steps, {seed} walks: {saved} saved, {otherwise} of them otherwise; {no} known not to be, {perhaps} \
         perhaps; accepted: {seen} seen later, {unseen} not"
    );
    for (what, [no, perhaps, accepted, over]) in ["subscriptions", "buckets"].iter().zip(ended) {
        println!(
            "{what}: {over} seen to be over, {accepted} accepted, {perhaps} perhaps, {no} not"
        );
    }
    assert!(
        done.iter()
            .chain(&watched)
            .chain(ended.iter().flatten())
            .all(|count| *count > 100),
        "the walk went nowhere"
    );
}
