//! Where in the app the person is, and going elsewhere.

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::Query;

use crate::reactive::{Memo, Store, follow, memo};
use crate::route::Route;

/// The place, and the way to others. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Place {
    route: Memo<Route>,
    browser: Store<Option<BrowserUrl>>,
    moved: Store<bool>,
}

impl Place {
    /// Takes the router's half that knows the browser: address, history and clicks on links. Its
    /// other half, which matches paths and draws outlets, is not linked (40 kB of the download):
    /// our own [`Route`] is the route table.
    #[must_use]
    pub fn provide() -> Self {
        // Without a location there is no browser, and nobody to see anything.
        let browser = BrowserUrl::new().ok();
        let url = browser.as_ref().map(|browser| browser.as_url().clone());
        if let Some(browser) = &browser {
            browser.init(None);
        }
        let moved = Store::new(false);
        let here = url.clone();
        let route = memo(move || match &here {
            Some(url) => url.with(|url| Route::parse(url.path(), url.search())),
            None => Route::Unknown,
        });
        let place = Self { route, browser: Store::new(browser), moved };
        // The address bar follows a link only once the router is told that the place is drawn.
        let mut first = true;
        follow(move || {
            if let Some(url) = &url {
                url.track();
            }
            if !first {
                moved.set_value(true);
            }
            first = false;
            place.with_browser(LocationProvider::ready_to_complete);
        });
        provide_context(place);
        place
    }

    fn with_browser(self, act: impl FnOnce(&BrowserUrl)) {
        self.browser.try_with_value(|browser| browser.as_ref().map(act));
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

    /// The query of the address as it is, for the one reader of a sign-in's return.
    #[must_use]
    pub fn search_untracked(self) -> String {
        let mut search = String::new();
        self.with_browser(|browser| {
            browser.as_url().with_untracked(|url| search.push_str(url.search()));
        });
        search
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
        let value = route.href();
        let Ok(url) = BrowserUrl::parse(&value) else { return };
        self.with_browser(|browser| {
            if browser.as_url().with_untracked(|here| *here != url) {
                browser.as_url().set(url);
            }
            let change = LocationChange { value, replace, scroll: false, state: State::default() };
            browser.complete_navigation(&change);
        });
    }
}
