//! What outlives a reload. Two places and no third: this tab's session, and the person's settings.
//! Storage may be forbidden or full: then reading finds nothing and writing does nothing. This is the only
//! file that may name localStorage, and it keeps settings there and nothing else, so that no credential can
//! ever outlive its tab. It must not know what it keeps.

use web_sys::Storage;

/// boot.js reads the same key before the first paint.
const SETTINGS: &str = "steward.settings";

/// What this tab keeps under `key`.
#[must_use]
pub fn session_get(key: &str) -> Option<String> {
    session()?.get_item(key).ok()?
}

/// Keeps `value` until the tab is closed.
pub fn session_set(key: &str, value: &str) {
    if let Some(session) = session() {
        let _ = session.set_item(key, value);
    }
}

/// Keeps values under their keys until the tab is closed, all of them or none, if that leaves `room` for
/// so many characters more.
pub fn session_set_within(entries: &[(String, &str)], room: usize) {
    let (Some(session), Some((first, _))) = (session(), entries.first()) else {
        return;
    };
    // Nothing says how much is left, and no two browsers count alike: so the room is taken first.
    let reserve = [first, "-room"].concat();
    let mut fits = session.set_item(&reserve, &" ".repeat(room)).is_ok();
    for (key, value) in entries {
        fits = fits && session.set_item(key, value).is_ok();
    }
    if !fits {
        for (key, _) in entries {
            let _ = session.remove_item(key);
        }
    }
    let _ = session.remove_item(&reserve);
}

/// Forgets `key`.
pub fn session_remove(key: &str) {
    if let Some(session) = session() {
        let _ = session.remove_item(key);
    }
}

/// Every key that begins with `prefix`, in their order.
#[must_use]
pub fn session_keys(prefix: &str) -> Vec<String> {
    let Some(session) = session() else {
        return Vec::new();
    };
    let mut keys: Vec<String> = Vec::new();
    for index in 0..session.length().unwrap_or_default() {
        if let Ok(Some(key)) = session.key(index)
            && key.starts_with(prefix)
        {
            // In order, without the download of a sort for a handful.
            let at = keys.partition_point(|other| *other < key);
            keys.insert(at, key);
        }
    }
    keys
}

/// Forgets every key that begins with `prefix`: one call for a whole sign-out.
pub fn session_clear_prefix(prefix: &str) {
    for key in session_keys(prefix) {
        session_remove(&key);
    }
}

/// The person's settings, as they were written.
#[must_use]
pub fn settings_get() -> Option<String> {
    local()?.get_item(SETTINGS).ok()?
}

/// Keeps the person's settings in this browser: a JSON object of which boot.js reads `theme` ("light" or
/// "dark") and `density` ("compact").
pub fn settings_set(value: &str) {
    if let Some(local) = local() {
        let _ = local.set_item(SETTINGS, value);
    }
}

fn session() -> Option<Storage> {
    super::window()?.session_storage().ok()?
}

fn local() -> Option<Storage> {
    super::window()?.local_storage().ok()?
}
