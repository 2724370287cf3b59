//! Looking at the page as assistive technology does: by role, accessible name and description. What
//! is not displayed, hidden from everybody or behind a modal dialog is not there.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::page::Page;
use super::{get, js};

/// The role that an element has, given or by its kind.
pub fn role(element: &Element) -> String {
    if let Some(role) = element.get_attribute("role") {
        return role;
    }
    let kind = || element.get_attribute("type").unwrap_or_default();
    match element.tag_name().as_str() {
        "A" if element.has_attribute("href") => "link",
        "BUTTON" => "button",
        "H1" | "H2" | "H3" => "heading",
        "TABLE" => "table",
        "TR" => "row",
        "TD" => "cell",
        "TH" if element.get_attribute("scope").as_deref() == Some("row") => "rowheader",
        "TH" => "columnheader",
        "INPUT" => match kind().as_str() {
            "search" => "searchbox",
            "checkbox" => "checkbox",
            "radio" => "radio",
            _ => "textbox",
        },
        "TEXTAREA" => "textbox",
        "SELECT" => "combobox",
        "DIALOG" => "dialog",
        "NAV" => "navigation",
        "MAIN" => "main",
        "ASIDE" => "complementary",
        "FIELDSET" => "group",
        "FORM" => "form",
        "SECTION" => "region",
        _ => "",
    }
    .to_owned()
}

/// The accessible name (a part of the W3C's computation: what this app uses of it).
pub fn name(element: &Element) -> String {
    if let Some(text) = by_ids(element, "aria-labelledby") {
        return text;
    }
    if let Some(label) = element.get_attribute("aria-label") {
        return label;
    }
    let label = match element.tag_name().as_str() {
        "INPUT" | "TEXTAREA" | "SELECT" => {
            let selector = format!("label[for=\"{}\"]", element.id());
            let by_id = document().query_selector(&selector).unwrap();
            by_id.or_else(|| element.closest("label").unwrap())
        }
        "FIELDSET" => element.query_selector("legend").unwrap(),
        _ => None,
    };
    if let Some(label) = label {
        return text(&label);
    }
    const FROM_CONTENT: [&str; 8] = [
        "button",
        "link",
        "heading",
        "row",
        "cell",
        "columnheader",
        "rowheader",
        "alert",
    ];
    if FROM_CONTENT.contains(&role(element).as_str()) {
        text(element)
    } else {
        String::new()
    }
}

/// The accessible description.
pub fn description(element: &Element) -> String {
    by_ids(element, "aria-describedby")
        .or_else(|| element.get_attribute("aria-description"))
        .unwrap_or_default()
}

fn by_ids(element: &Element, attribute: &str) -> Option<String> {
    let ids = element.get_attribute(attribute)?;
    let texts: Vec<String> = ids
        .split_whitespace()
        .map(|id| {
            document()
                .get_element_by_id(id)
                .unwrap_or_else(|| panic!("nothing has the id {id}"))
        })
        .map(|element| text(&element))
        .collect();
    Some(texts.join(" ").trim().to_owned())
}

/// The text of an element as it is read out: what is hidden left out, blocks apart.
pub fn text(element: &Element) -> String {
    let read = "const read = (node) => { \
            if (node.nodeType === 3) return node.data; \
            if (node.nodeType !== 1 || node.ariaHidden === 'true') return ''; \
            const style = getComputedStyle(node); \
            if (style.display === 'none') return ''; \
            const inner = [...node.childNodes].map(read).join(''); \
            return /^(inline|contents)$/.test(style.display) ? inner : ` ${inner} `; \
        }; \
        return [...element.childNodes].map(read).join('')";
    let text = js("element", read, &[element]).as_string().unwrap();
    // A no-break space is a space to a listener.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether assistive technology gets to it.
fn is_exposed(element: &Element) -> bool {
    let test = "if (element.closest('[aria-hidden=true], [inert]')) return false; \
        const modal = [...document.querySelectorAll('dialog:modal')].pop(); \
        if (modal && !modal.contains(element)) return false; \
        return element.checkVisibility({ visibilityProperty: true })";
    js("element", test, &[element]).is_truthy()
}

/// Elements below another, in the order of the page.
pub fn below(element: &Element, selector: &str) -> Vec<Element> {
    let found = element.query_selector_all(selector).unwrap();
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .collect()
}

/// All of a role below an element.
pub fn all_in(element: &Element, wanted: &str) -> Vec<Element> {
    below(element, "*")
        .into_iter()
        .filter(|found| role(found) == wanted && is_exposed(found))
        .collect()
}

/// The one of a role and a name below an element. Two of the same are a defect of the page.
pub fn find_in(element: &Element, wanted: &str, named: &str) -> Option<Element> {
    let mut found: Vec<Element> = all_in(element, wanted)
        .into_iter()
        .filter(|found| name(found) == named)
        .collect();
    assert!(
        found.len() < 2,
        "there are {} of {wanted} \"{named}\"",
        found.len()
    );
    found.pop()
}

impl Page {
    /// All of a role.
    pub fn all(&self, role: &str) -> Vec<Element> {
        all_in(&self.root, role)
    }

    /// The names of all of a role.
    pub fn names(&self, role: &str) -> Vec<String> {
        self.all(role).iter().map(name).collect()
    }

    /// The one of a role and a name, if it is there.
    pub fn query(&self, role: &str, name: &str) -> Option<Element> {
        find_in(&self.root, role, name)
    }

    /// Whether it is there.
    pub fn has(&self, role: &str, name: &str) -> bool {
        self.query(role, name).is_some()
    }

    /// The one of a role and a name, at once.
    pub fn get(&self, role: &str, name: &str) -> Element {
        let found = self.query(role, name);
        let there = || self.names(role).join("\", \"");
        found.unwrap_or_else(|| panic!("no {role} \"{name}\"; there are \"{}\"", there()))
    }

    /// The one of a role and a name, as soon as it is there.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        self.until(&format!("{role} \"{name}\""), || self.has(role, name))
            .await;
        self.get(role, name)
    }

    /// Waits until it is there no more.
    pub async fn wait_removed(&self, role: &str, name: &str) {
        self.until(&format!("no {role} \"{name}\""), || !self.has(role, name))
            .await;
    }

    /// Whether a text stands on the page, seen or read out.
    pub fn says(&self, words: &str) -> bool {
        text(&self.root).contains(words)
    }

    /// Waits until a text stands on the page.
    pub async fn wait_for_text(&self, words: &str) {
        self.until(&format!("the words \"{words}\""), || self.says(words))
            .await;
    }

    /// What the page's own status line announces at the moment.
    pub fn announced(&self) -> String {
        let lines = below(&self.root, ":scope > .sr[role=status]");
        lines.iter().map(text).collect::<Vec<_>>().join("|")
    }

    /// The rows of the list of workspaces, without its head. Also behind a dialog.
    pub fn rows(&self) -> Vec<Element> {
        below(
            &self.root,
            "table[aria-label=Workspaces] tbody tr[role=row]:not([hidden])",
        )
    }

    /// The names in the list, from top to bottom.
    pub fn listed(&self) -> Vec<String> {
        self.rows()
            .iter()
            .map(|row| {
                row.query_selector("a")
                    .unwrap()
                    .unwrap()
                    .text_content()
                    .unwrap()
            })
            .collect()
    }

    /// The row of a workspace. Also behind a dialog.
    pub fn row(&self, name: &str) -> Element {
        let mut rows = self.rows().into_iter();
        let found = rows.find(|row| {
            row.query_selector("a")
                .unwrap()
                .unwrap()
                .text_content()
                .unwrap()
                == name
        });
        found.unwrap_or_else(|| panic!("no row \"{name}\"; there are {:?}", self.listed()))
    }

    /// A button of a workspace's row, "Edit" or "Archive". Also behind a dialog.
    pub fn row_button(&self, verb: &str, workspace: &str) -> Element {
        let wanted = format!("{verb} {workspace}");
        let mut buttons = below(&self.row(workspace), "button").into_iter();
        buttons
            .find(|button| name(button) == wanted)
            .expect("a button in the row")
    }

    /// The open workspace.
    pub fn pane(&self) -> Element {
        self.all("complementary").pop().expect("an open workspace")
    }

    /// The one of a role and a name in the open workspace.
    pub fn in_pane(&self, role: &str, name: &str) -> Element {
        find_in(&self.pane(), role, name).unwrap_or_else(|| panic!("no {role} \"{name}\""))
    }

    /// The one of a role and a name in the open workspace, as soon as it is there.
    pub async fn find_in_pane(&self, role: &str, name: &str) -> Element {
        let there = || {
            self.all("complementary")
                .pop()
                .is_some_and(|pane| find_in(&pane, role, name).is_some())
        };
        self.until(&format!("{role} \"{name}\" in the open workspace"), there)
            .await;
        self.in_pane(role, name)
    }

    /// The dialog that is open.
    pub fn dialog(&self) -> Option<Element> {
        self.all("dialog").pop()
    }

    /// A cell of a workspace's row, by the head of its column.
    pub fn cell(&self, name: &str, column: &str) -> String {
        let table = self.row(name).closest("table").unwrap().unwrap();
        let heads = below(&table, "th");
        let at = heads
            .iter()
            .position(|head| text(head) == column)
            .expect("a column of this name");
        text(&below(&self.row(name), "td")[at])
    }

    /// Waits until the list shows exactly these, in this order.
    pub async fn list(&self, names: &[&str]) {
        self.until(&format!("the list {names:?}"), || self.listed() == names)
            .await;
    }

    /// Waits until the roles of all rows in view are known.
    pub async fn roles_known(&self) {
        let waiting = || below(&self.root, "[data-pending]").is_empty();
        self.until("the roles", || !self.rows().is_empty() && waiting())
            .await;
    }
}

/// Whether a control says that it cannot be used.
pub fn is_off(element: &Element) -> bool {
    element.get_attribute("aria-disabled").as_deref() == Some("true")
}

/// What stands in a field.
pub fn value(element: &Element) -> String {
    get(element, "value").as_string().unwrap()
}

/// An attribute, or nothing.
pub fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}
