//! Requests of one account that are under way together: a pause that a service asked one of them for
//! holds for all.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;
use futures::executor::{LocalPool, block_on};
use futures::future::LocalBoxFuture;
use futures::task::LocalSpawnExt;

use super::*;
use crate::transport::Transport;

const ONE: &str = r#"{"id":"ws_1","name":"One"}"#;

fn replied(step: Step) -> Reply {
    match step {
        Step::Reply(reply) => reply,
        _ => unreachable!(),
    }
}

/// A clock whose hands a test moves, and a transport whose replies it gives: both wait meanwhile,
/// so that requests are under way together.
#[derive(Clone, Default)]
struct World(Rc<State>);

#[derive(Default)]
struct State {
    millis: Cell<i64>,
    sleepers: RefCell<Vec<(i64, oneshot::Sender<()>)>>,
    sent: RefCell<Vec<(String, Option<oneshot::Sender<Reply>>)>>,
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        Timestamp::from_whole_millis(self.0.millis.get())
    }
    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()> {
        let (wake, woken) = oneshot::channel();
        let until = self.0.millis.get() + i64::from(millis);
        self.0.sleepers.borrow_mut().push((until, wake));
        Box::pin(async move { woken.await.unwrap() })
    }
    fn chance(&self) -> f64 {
        0.5
    }
}

impl Transport for World {
    fn send(
        &self,
        request: Request,
        _limit_ms: u32,
    ) -> LocalBoxFuture<'static, Result<Reply, Interrupted>> {
        let (answer, answered) = oneshot::channel();
        self.0.sent.borrow_mut().push((request.url, Some(answer)));
        Box::pin(async move { answered.await.map_err(|_| Interrupted::Unreachable) })
    }
}

type Outcome = Rc<RefCell<Option<Result<(), FailureKind>>>>;

/// Requests of one account that run beside each other.
struct Together {
    world: World,
    pool: LocalPool,
    service: Service,
}

impl Together {
    fn new() -> Self {
        let world = World::default();
        Self {
            service: Service {
                transport: Rc::new(world.clone()),
                clock: Rc::new(world.clone()),
                dialect: &Altostrat,
                base: Rc::from(""),
                credential: Credential::Gateway,
                rate_limit: RateLimit::default(),
            },
            world,
            pool: LocalPool::new(),
        }
    }

    fn open(&mut self) -> Outcome {
        let (outcome, service) = (Outcome::default(), self.service.clone());
        let to = Rc::clone(&outcome);
        let task = async move {
            let opened = service.open(&id()).await;
            *to.borrow_mut() = Some(opened.map(|_| ()).map_err(|failure| failure.kind));
        };
        self.pool.spawner().spawn_local(task).unwrap();
        self.pool.run_until_stalled();
        outcome
    }

    /// Counts how often the pace tells of what a service asked for.
    fn told(&self) -> Rc<Cell<usize>> {
        let told = Rc::new(Cell::new(0));
        let counted = Rc::clone(&told);
        let count = move || counted.set(counted.get() + 1);
        self.service.rate_limit.tell(Rc::new(count));
        told
    }

    /// How many requests have left so far.
    fn sent(&self) -> usize {
        self.world.0.sent.borrow().len()
    }

    /// Answers one of them, in the order in which they left.
    fn answer(&mut self, number: usize, step: Step) {
        let answer = self.world.0.sent.borrow_mut()[number].1.take().unwrap();
        answer.send(replied(step)).unwrap();
        self.pool.run_until_stalled();
    }

    fn pass(&mut self, millis: i64) {
        let now = self.world.0.millis.get() + millis;
        self.world.0.millis.set(now);
        let sleepers = self.world.0.sleepers.take();
        for (until, wake) in sleepers {
            if until <= now {
                let _ = wake.send(());
            } else {
                self.world.0.sleepers.borrow_mut().push((until, wake));
            }
        }
        self.pool.run_until_stalled();
    }
}

fn is(outcome: &Outcome, wanted: Option<Result<(), FailureKind>>) -> bool {
    *outcome.borrow() == wanted
}

#[test]
fn one_refusal_holds_back_every_read_of_the_account() {
    let mut together = Together::new();
    let (first, second) = (together.open(), together.open());
    assert_eq!(together.sent(), 2);
    together.answer(0, later(429, "7"));
    let third = together.open();
    assert_eq!(together.sent(), 2, "it does not run into it as well");

    // What is under way is not touched.
    together.answer(1, reply(200, ONE));
    assert!(is(&second, Some(Ok(()))));

    together.pass(6_999);
    assert_eq!(
        (
            together.sent(),
            together.service.rate_limit.left(together.world.now())
        ),
        (2, Some(1))
    );
    together.pass(1);
    assert_eq!(together.sent(), 4);
    together.answer(2, reply(200, ONE));
    together.answer(3, reply(200, ONE));
    assert!(is(&first, Some(Ok(()))) && is(&third, Some(Ok(()))));
    assert_eq!(together.service.rate_limit.left(together.world.now()), None);
}

#[test]
fn a_service_that_is_out_names_a_moment_and_holds_nobody_else_back() {
    let mut together = Together::new();
    let told = together.told();
    let rate_limit = together.service.rate_limit.clone();
    let first = together.open();
    together.answer(0, later(503, "7"));
    let asked_for = |together: &Together| rate_limit.asked_for(together.world.now());
    assert_eq!((asked_for(&together), told.get()), (Some(7), 1));
    assert_eq!(
        rate_limit.left(together.world.now()),
        None,
        "others may ask"
    );

    // The reading waits for its own moment, and says how long still.
    together.pass(6_500);
    assert_eq!((together.sent(), asked_for(&together)), (1, Some(1)));
    together.pass(500);
    assert_eq!((together.sent(), asked_for(&together)), (2, None));
    together.answer(1, later(503, "9"));
    assert_eq!((asked_for(&together), told.get()), (Some(9), 2));

    // Another request that is answered says that the service is there; who waits waits all the same.
    let second = together.open();
    together.answer(2, reply(200, ONE));
    assert!(is(&second, Some(Ok(()))) && is(&first, None));
    assert_eq!(asked_for(&together), Some(9));
    together.pass(9_000);
    together.answer(3, later(503, "99"));
    assert!(is(&first, Some(Err(FailureKind::ServiceFault(Some(99))))));
    assert_eq!(asked_for(&together), Some(99));
    together.open();
    together.answer(4, reply(200, ONE));
    assert_eq!(asked_for(&together), None, "nobody waits any more");
}

#[test]
fn what_a_service_asks_for_is_told_once_as_it_begins() {
    let mut together = Together::new();
    let told = together.told();
    together.open();
    together.open();
    together.answer(0, later(429, "7"));
    together.answer(1, later(429, "7"));
    assert_eq!(told.get(), 1, "the second says nothing new");
    assert_eq!(
        together.service.rate_limit.asked_for(together.world.now()),
        Some(7)
    );
}

#[test]
fn the_longest_pause_counts() {
    for (answers, longest) in [(["7", "5"], 7_000), (["5", "7"], 7_000)] {
        let mut together = Together::new();
        let outcomes = [together.open(), together.open()];
        for (number, seconds) in answers.into_iter().enumerate() {
            together.answer(number, later(429, seconds));
        }
        together.pass(longest - 1);
        assert_eq!(together.sent(), 2);
        together.pass(1);
        assert_eq!(together.sent(), 4, "each once more");
        for number in [2, 3] {
            together.answer(number, reply(200, ONE));
        }
        assert!(outcomes.iter().all(|outcome| is(outcome, Some(Ok(())))));
    }
}

#[test]
fn a_pause_that_grows_meanwhile_is_waited_for_up_to_a_minute_in_all() {
    let mut together = Together::new();
    let mut outcomes = vec![together.open(), together.open()];
    together.answer(1, later(429, "50"));
    outcomes.push(together.open());
    together.pass(45_000);
    together.answer(0, later(429, "12"));
    together.pass(5_000);
    assert_eq!(together.sent(), 2, "seven more seconds");
    together.pass(6_999);
    assert_eq!(together.sent(), 2);
    together.pass(1);
    assert_eq!(together.sent(), 5);

    // Those that have waited for nearly a minute do not wait for another.
    together.answer(2, later(429, "40"));
    outcomes.push(together.open());
    together.pass(39_000);
    together.answer(3, later(429, "60"));
    together.pass(1_000);
    let ended = |outcome: &&Outcome| is(outcome, Some(Err(FailureKind::RateLimited(Some(59)))));
    assert_eq!(outcomes.iter().filter(ended).count(), 2);
    assert!(ended(&&outcomes[3]));
    let pending = outcomes.iter().filter(|outcome| is(outcome, None));
    assert_eq!(
        pending.count(),
        2,
        "one has just begun to wait, one is under way"
    );
}

#[test]
fn other_accounts_and_other_failures_know_no_pause() {
    let scene = scene([later(429, "61"), reply(200, ONE)]);
    assert!(block_on(scene.service.open(&id())).is_err());
    let other = Service {
        rate_limit: RateLimit::default(),
        ..scene.service.clone()
    };
    assert!(block_on(other.open(&id())).is_ok());

    for step in [reply(429, ""), later(429, "0"), later(503, "99")] {
        let mut together = Together::new();
        let _first = together.open();
        together.answer(0, step);
        let _second = together.open();
        assert_eq!(together.sent(), 2);
    }
}
