//! What one kind of service offers: the single description from which forms, gates and sentences
//! derive. Facts only, each from the service's contract.

use crate::role::Role;

/// A kind of service. Its constants live beside its dialect in `providers`.
#[derive(PartialEq, Debug)]
pub struct Description {
    /// The key under which `config.json` names the service.
    pub key: &'static str,
    /// The service's own name.
    pub name: &'static str,
    /// One letter for the mark before account names.
    pub mark: &'static str,
    /// Roles that may change a workspace's fields.
    pub may_edit: &'static [Role],
    /// Roles that may archive.
    pub may_archive: &'static [Role],
    /// Most Unicode code points in a name.
    pub name_limit: usize,
    /// Most Unicode code points in a description; `None` where there is no description.
    pub description_limit: Option<usize>,
    /// What is known about undoing an archive.
    pub archive: Reversibility,
}

/// Whether an archived workspace can come back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reversibility {
    /// The service documents no way back.
    NoWayDocumented,
}
