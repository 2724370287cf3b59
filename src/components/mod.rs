//! What several features share and what knows the app: buttons that the domain's rules enable, failures with the way on,
//! names that hide nothing, the rail, a workspace's fields. Must not know a feature.

pub mod availability;
pub mod display_name;
pub mod failure_notice;
pub mod lazy_part;
pub mod likely_causes;
pub mod notices;
pub mod page;
pub mod rail;
pub mod shortcuts;
pub mod workspace_fields;
