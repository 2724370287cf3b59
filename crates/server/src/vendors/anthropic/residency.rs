//! Data residency: what may be asked for, and what it becomes together with what is there.
//!
//! Guarantees: the place for requests that name none is always one that is allowed; where a workspace is
//! kept never changes.

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::body::{self, Given};
use super::errors::ApiError;
use super::objects::{AllowedGeos, DataResidency, WorkspaceGeo};
use super::words::{Geo, Word};

const ALLOWED: &str = "data_residency.allowed_inference_geos";
const DEFAULT: &str = "data_residency.default_inference_geo";
const KEPT: &str = "data_residency.workspace_geo";

/// Where data is to be kept and computed. Null is the same as absent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResidencyRequest {
    /// An array of places, or the word `unrestricted`.
    #[serde(default)]
    #[schema(value_type = Option<AllowedGeos>, required = false)]
    allowed_inference_geos: Given,
    /// Has to be among the allowed ones.
    #[serde(default)]
    #[schema(value_type = Option<Geo>, required = false)]
    default_inference_geo: Given,
    /// At creation alone.
    #[serde(default)]
    #[schema(value_type = Option<WorkspaceGeo>, required = false)]
    workspace_geo: Given,
}

/// Of a new workspace.
pub(super) fn chosen(given: Option<Value>) -> Result<DataResidency, ApiError> {
    let mut residency = DataResidency {
        allowed_inference_geos: AllowedGeos::unrestricted(),
        default_inference_geo: Geo::Global,
        workspace_geo: WorkspaceGeo::Us,
    };
    let request = read(given)?;
    if let Given::Value(value) = &request.workspace_geo
        && value != "us"
    {
        return Err(ApiError::field(KEPT, "Input should be us"));
    }
    apply(&mut residency, request)?;
    Ok(residency)
}

/// Of a workspace that is there.
pub(super) fn changed(
    mut residency: DataResidency,
    given: Option<Value>,
) -> Result<DataResidency, ApiError> {
    let request = read(given)?;
    if !matches!(request.workspace_geo, Given::Absent) {
        return Err(ApiError::field(KEPT, "cannot be changed after creation"));
    }
    apply(&mut residency, request)?;
    Ok(residency)
}

fn read(given: Option<Value>) -> Result<ResidencyRequest, ApiError> {
    match given {
        None => Ok(ResidencyRequest::default()),
        Some(value @ Value::Object(_)) => {
            serde_json::from_value(value).map_err(|error| ApiError::field("data_residency", error))
        }
        Some(_) => Err(ApiError::field(
            "data_residency",
            "Input should be an object",
        )),
    }
}

fn apply(residency: &mut DataResidency, request: ResidencyRequest) -> Result<(), ApiError> {
    if let Some(value) = request.allowed_inference_geos.or_null() {
        residency.allowed_inference_geos = allowed(value)?;
    }
    if let Some(value) = request.default_inference_geo.or_null() {
        residency.default_inference_geo = body::word(DEFAULT, value)?;
    }
    let default = residency.default_inference_geo;
    if residency.allowed_inference_geos.allow(default) {
        return Ok(());
    }
    let problem = format!("{} is not among the allowed_inference_geos", default.name());
    Err(ApiError::field(DEFAULT, problem))
}

fn allowed(value: Value) -> Result<AllowedGeos, ApiError> {
    match value {
        Value::String(word) if word == "unrestricted" => Ok(AllowedGeos::unrestricted()),
        Value::Array(places) if !places.is_empty() => {
            let mut geos: Vec<Geo> = Vec::new();
            for place in places {
                let geo = body::word(ALLOWED, place)?;
                if !geos.contains(&geo) {
                    geos.push(geo);
                }
            }
            Ok(AllowedGeos::Only(geos))
        }
        _ => Err(ApiError::field(
            ALLOWED,
            "Input should be a list of geos that is not empty, or unrestricted",
        )),
    }
}

/// As the database keeps them: a JSON array, or nothing for everywhere.
pub(super) fn column(geos: &AllowedGeos) -> Result<Option<String>, serde_json::Error> {
    match geos {
        AllowedGeos::Unrestricted(_) => Ok(None),
        AllowedGeos::Only(geos) => serde_json::to_string(geos).map(Some),
    }
}

/// The places in such an array.
pub(super) fn geos_of(json: &str) -> Vec<Geo> {
    let names: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    let known = |name: &String| Geo::ALL.iter().copied().find(|geo| geo.name() == name);
    names.iter().filter_map(known).collect()
}
