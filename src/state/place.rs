//! Where in the app the person is, and going elsewhere.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::Query;

use crate::route::Route;

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// The place, and the way to others. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Place {
    route: Memo<Route>,
    /// The query of the address as it is, for the one reader of a sign-in's return.
    search: Memo<String>,
    navigate: StoredValue<Navigate, LocalStorage>,
    moved: StoredValue<bool>,
}

impl Place {
    /// Follows the router that stands above. Our own [`Route`] is the route table, so the
    /// router's matching (40 kB of the download) is not linked; it gives the address, the history
    /// and the handling of links.
    #[must_use]
    pub fn provide() -> Self {
        let location = use_location();
        let (path, search) = (location.pathname, location.search);
        let moved = StoredValue::new(false);
        let route = Memo::new(move |before: Option<&Route>| {
            let route = path.with(|path| search.with(|search| Route::parse(path, search)));
            if before.is_some_and(|before| *before != route) {
                moved.set_value(true);
            }
            route
        });
        let navigate = use_navigate();
        let place = Self {
            route,
            search,
            navigate: StoredValue::new_local(Box::new(move |to, how| navigate(to, how))),
            moved,
        };
        // The router changes the address bar only once it is told that the new place is drawn.
        let browser = use_context::<BrowserUrl>();
        Effect::new(move |_| {
            path.track();
            if let Some(browser) = &browser {
                browser.ready_to_complete();
            }
        });
        provide_context(place);
        place
    }

    /// The place, from anywhere below the root.
    #[must_use]
    pub fn get() -> Self {
        expect_context::<Self>()
    }

    /// Where the person is.
    #[must_use]
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// The same, without subscribing.
    #[must_use]
    pub fn route_untracked(self) -> Route {
        self.route.get_untracked()
    }

    /// Looks at where the person is.
    pub fn with<T>(self, look: impl FnOnce(&Route) -> T) -> T {
        self.route.with(look)
    }

    /// The query of the address as it is.
    #[must_use]
    pub fn search_untracked(self) -> String {
        self.search.get_untracked()
    }

    /// The workspace that is open.
    #[must_use]
    pub fn open(self) -> Option<WorkspaceKey> {
        self.route.with(|route| route.workspace().cloned())
    }

    /// Whether the person has been elsewhere in the app since the page was loaded.
    #[must_use]
    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    /// Goes somewhere; back leads here again.
    pub fn go(self, route: &Route) {
        self.leave(route, false);
    }

    /// Goes somewhere in place of here.
    pub fn replace(self, route: &Route) {
        self.leave(route, true);
    }

    /// Changes the view on the list, whatever is open beside it.
    pub fn view(self, query: Query, replace: bool) {
        self.leave(&self.route_untracked().with_query(query), replace);
    }

    fn leave(self, route: &Route, replace: bool) {
        let how = NavigateOptions {
            replace,
            scroll: false,
            resolve: false,
            ..Default::default()
        };
        self.navigate
            .try_with_value(|navigate| navigate(&route.href(), how));
    }
}
