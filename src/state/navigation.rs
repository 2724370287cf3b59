//! Where in the app the person is, and going elsewhere.

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationProvider, Url};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::Query;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use crate::browser::events::on_window;
use crate::route::Route;

/// The place, and the way to others. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Navigation {
    url: RwSignal<Option<Url>>,
    route: Memo<Route>,
    moved: StoredValue<bool>,
}

impl Navigation {
    /// Takes from the router how addresses are read. Matching paths and drawing outlets is not
    /// linked (40 kB of the download): our own [`Route`] is the route table. Nor is its history:
    /// it leaves the address standing after back, forward and a link, and ends the page where a
    /// browser refuses to change the address (Safari, after 100 changes in 30 seconds).
    #[must_use]
    pub fn provide() -> Self {
        let url = RwSignal::new(BrowserUrl::current().ok());
        let route = Memo::new(move |_| {
            url.with(|url| match url {
                Some(url) => Route::parse(url.path(), url.search()),
                None => Route::Unknown,
            })
        });
        let navigation = Self {
            url,
            route,
            moved: StoredValue::new(false),
        };
        on_window("popstate", move |_| {
            navigation.moved.set_value(true);
            url.set(BrowserUrl::current().ok());
        });
        on_window("click", move |event| {
            if let Some(route) = followed(&event) {
                event.prevent_default();
                navigation.go(&route);
            }
        });
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
        self.url.with_untracked(|url| {
            url.as_ref()
                .map(|url| url.search().to_owned())
                .unwrap_or_default()
        })
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
        if self.url.with_untracked(|here| here.as_ref() == Some(&url)) {
            return;
        }
        // A browser that refuses leaves the old address in its bar; the app goes on all the same.
        if let Ok(history) = window().history() {
            let (state, address) = (JsValue::NULL, Some(address.as_str()));
            let _ = match replace {
                true => history.replace_state_with_url(&state, "", address),
                false => history.push_state_with_url(&state, "", address),
            };
        }
        self.moved.set_value(true);
        self.url.set(Some(url));
    }
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
