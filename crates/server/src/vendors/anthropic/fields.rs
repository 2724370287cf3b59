//! A workspace's own fields, as create and update read them.
//!
//! Guarantees: a name, a colour and tags that pass here fit the contract. Tags of an update are merged
//! into those that are there: a key that is not named stays.

use serde_json::Value;

use super::body;
use super::errors::ApiError;
use super::objects::Tags;

/// In Unicode code points.
const NAME_LIMIT: usize = 40;

/// What the vendor keeps for itself.
const RESERVED: &str = "anthropic";

pub(super) fn name(value: Value) -> Result<String, ApiError> {
    body::sized("name", value, NAME_LIMIT)
}

pub(super) fn color(value: Value) -> Result<String, ApiError> {
    let color = body::text("display_color", value)?;
    let digits = color.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(color);
    }
    Err(ApiError::field(
        "display_color",
        "String should match pattern '^#[0-9A-Fa-f]{6}$'",
    ))
}

/// Sets the tags that have a value. One that is null goes away, where there was something before.
pub(super) fn merge_tags(
    tags: &mut Tags,
    given: Option<Value>,
    null_removes: bool,
) -> Result<(), ApiError> {
    let given = match given {
        None => return Ok(()),
        Some(Value::Object(given)) => given,
        Some(_) => return Err(ApiError::field("tags", "Input should be an object")),
    };
    for (key, value) in given {
        let at = format!("tags.{key}");
        if key.starts_with(RESERVED) {
            return Err(ApiError::field(&at, "keys may not begin with anthropic"));
        }
        if value.is_null() && null_removes {
            tags.remove(&key);
        } else {
            tags.insert(key, body::text(&at, value)?);
        }
    }
    Ok(())
}
