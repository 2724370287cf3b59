//! Where in the app the person is, and going elsewhere: leptos_router's location as a typed [`Route`].
//!
//! Guarantees that the address bar says where the person is, however they came there, unless the browser refuses to change
//! it. leptos_router 0.8 alone doesn't give that (docs/adr/0035): it decodes the path of a link that is clicked, and
//! forgets, after back and forward, which place the bar shows. It also decodes values of the query twice; [`Route`] reads
//! the query as it came.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider, Url};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::Query;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use crate::browser::events::on_window;
use crate::routes::Route;

/// The place, and the way to others. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Navigation {
    route: Memo<Route>,
    path: Memo<String>,
    /// The query of the address as it is.
    search: Memo<String>,
    moved: StoredValue<bool>,
    navigate: StoredValue<Callback<(String, bool)>>,
}

/// Hears the clicks on links before the router does; what it finds is followed by [`Navigation`] once that is there.
#[derive(Clone, Copy)]
pub struct Links(StoredValue<Option<Navigation>>);

impl Links {
    /// Call it before the `Router` is made: of two listeners the first one that was added is called first.
    #[must_use]
    pub fn listen() -> Self {
        let links = Self(StoredValue::new(None));
        on_window("click", move |event| {
            let navigation = links.0.try_get_value().flatten();
            if let (Some(navigation), Some(route)) = (navigation, followed(&event)) {
                event.prevent_default();
                navigation.go(&route);
            }
        });
        links
    }
}

impl Navigation {
    /// Makes it from the router's context and puts it where pages find it.
    #[must_use]
    pub fn provide(links: Links) -> Self {
        let location = use_location();
        let (path, search) = (location.pathname, location.search);
        let route =
            Memo::new(move |_| search.with(|search| path.with(|path| Route::parse(path, search))));
        let navigate = use_navigate();
        let navigate = Callback::new(move |(address, replace): (String, bool)| {
            let options = NavigateOptions {
                resolve: false,
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&address, options);
        });
        let navigation = Self {
            route,
            path,
            search,
            moved: StoredValue::new(false),
            navigate: StoredValue::new(navigate),
        };
        on_window("popstate", move |_| {
            navigation.moved.set_value(true);
            // The router remembers the last place that it went to, and doesn't push that place again. By going where the
            // browser has just gone it remembers the right one.
            if let Ok(here) = BrowserUrl::current() {
                navigation.change(full_path(&here), true);
            }
        });
        links.0.set_value(Some(navigation));
        provide_context(navigation);
        navigation
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
        self.search.get_untracked()
    }

    /// The workspace that is open.
    #[must_use]
    pub fn open(self) -> Option<WorkspaceKey> {
        self.route.with(|route| route.workspace().cloned())
    }

    /// The workspace that is open, without subscribing.
    #[must_use]
    pub fn open_untracked(self) -> Option<WorkspaceKey> {
        self.route
            .with_untracked(|route| route.workspace().cloned())
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
        let address = route.href();
        let Ok(url) = BrowserUrl::parse(&address) else {
            return;
        };
        let is = |now: Memo<String>, then: &str| now.with_untracked(|now| now == then);
        if is(self.path, url.path()) && is(self.search, url.search()) {
            return;
        }
        self.moved.set_value(true);
        self.change(address, replace);
    }

    fn change(self, address: String, replace: bool) {
        self.navigate
            .with_value(|navigate| navigate.run((address, replace)));
    }
}

/// The address below its origin.
fn full_path(url: &Url) -> String {
    let search = match url.search() {
        "" => String::new(),
        search => format!("?{search}"),
    };
    [url.path(), &search, url.hash()].concat()
}

/// Where a click leads inside the app, if it is a plain click on a link that stays in it.
fn followed(event: &Event) -> Option<Route> {
    let event: &MouseEvent = event.dyn_ref()?;
    let plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if !plain || event.default_prevented() {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target
        .closest("a[href]")
        .ok()??
        .dyn_into::<HtmlAnchorElement>()
        .ok()?;
    let elsewhere = !link.target().is_empty()
        || link.has_attribute("download")
        || link.rel().contains("external")
        || link.origin() != window().location().origin().ok()?;
    if elsewhere {
        return None;
    }
    let search = link.search();
    match Route::parse(&link.pathname(), search.trim_start_matches('?')) {
        Route::Unknown => None,
        route => Some(route),
    }
}
