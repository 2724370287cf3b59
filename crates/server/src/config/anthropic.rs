//! How this server reads what the Anthropic Admin contract does not state.
//!
//! Guarantees: each question has one field with the proposed answer as its default, and each answer one
//! `--setting`. Must not know how an answer is carried out.

use std::str::FromStr;

/// Every answer, for the sentence that follows a wrong one.
pub(super) const CHOICES: &str = "anthropic_archive_again=200|400, anthropic_archived_update=400|200, \
     anthropic_default_workspace=400|403, anthropic_workspace_limit=400|409, \
     anthropic_order=newest|oldest, anthropic_ordinary_key=403|401, anthropic_cors=allow|refuse|unanswered, \
     anthropic_member_twice=coded|bare, anthropic_policy=none|external_key, anthropic_rate=N, \
     anthropic_member_limit=N, anthropic_key_limit=N, anthropic_archive=done|storage, \
     anthropic_create=done|incomplete, anthropic_update=done|unknown";

/// What a page of another origin is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cors {
    /// What it asked for, if it sends the vendor's header for browsers.
    Allow,
    /// Its preflight is answered and its request is refused, as for organizations with certain data settings.
    Refuse,
    /// Nothing: the browser stops at the preflight.
    Unanswered,
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Archiving an archived workspace: 200 with the first `archived_at` (proposed) or 400.
    pub archive_again: u16,
    /// A change of an archived workspace, its members or its limits: 400 (proposed), or 200 and carried out.
    pub archived_update: u16,
    /// What the default workspace does not take (a new name, archiving, members): 400 (proposed) or 403.
    pub default_workspace: u16,
    /// The 101st active workspace: 400 (proposed) or 409.
    pub workspace_limit: u16,
    /// Lists without a documented order: newest first (proposed) or oldest first.
    pub newest_first: bool,
    /// An ordinary API key: 403 (proposed), or 401 as for no key at all.
    pub ordinary_key: u16,
    /// Pages of other origins.
    pub cors: Cors,
    /// Whether adding a member twice carries the code `already_member` (proposed), which the contract
    /// states for invitations, or none.
    pub member_twice_coded: bool,
    /// Whether the organization's policy asks for an external key on every new workspace: no (proposed) or yes.
    pub policy_needs_external_key: bool,
    /// Requests a minute for each organization, 100 by the contract; 0 for any number.
    pub rate: u32,
    /// Most explicit members of one workspace.
    pub member_limit: u32,
    /// Most active API keys of one workspace.
    pub key_limit: u32,
    /// Whether an archive is done (proposed), or done with storage that is still attached and a 409.
    pub storage_attached: bool,
    /// Whether a creation is done (proposed), or done without its tags and a 503 that names it.
    pub create_incomplete: bool,
    /// Whether an update is done (proposed), or done and answered with a 503 that does not say so.
    pub update_unknown: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            archive_again: 200,
            archived_update: 400,
            default_workspace: 400,
            workspace_limit: 400,
            newest_first: true,
            ordinary_key: 403,
            cors: Cors::Allow,
            member_twice_coded: true,
            policy_needs_external_key: false,
            rate: 100,
            member_limit: 100,
            key_limit: 100,
            storage_attached: false,
            create_incomplete: false,
            update_unknown: false,
        }
    }
}

impl Settings {
    pub(super) fn change(&mut self, setting: Setting) {
        match setting {
            Setting::ArchiveAgain(status) => self.archive_again = status,
            Setting::ArchivedUpdate(status) => self.archived_update = status,
            Setting::DefaultWorkspace(status) => self.default_workspace = status,
            Setting::WorkspaceLimit(status) => self.workspace_limit = status,
            Setting::NewestFirst(newest) => self.newest_first = newest,
            Setting::OrdinaryKey(status) => self.ordinary_key = status,
            Setting::Cors(cors) => self.cors = cors,
            Setting::MemberTwiceCoded(coded) => self.member_twice_coded = coded,
            Setting::PolicyNeedsExternalKey(needs) => self.policy_needs_external_key = needs,
            Setting::Rate(rate) => self.rate = rate,
            Setting::MemberLimit(limit) => self.member_limit = limit,
            Setting::KeyLimit(limit) => self.key_limit = limit,
            Setting::StorageAttached(attached) => self.storage_attached = attached,
            Setting::CreateIncomplete(incomplete) => self.create_incomplete = incomplete,
            Setting::UpdateUnknown(unknown) => self.update_unknown = unknown,
        }
    }
}

/// One `--setting`, named as its field.
#[derive(Clone, Copy, Debug)]
#[allow(
    missing_docs,
    reason = "each stands for the field of its name, which is documented"
)]
pub enum Setting {
    ArchiveAgain(u16),
    ArchivedUpdate(u16),
    DefaultWorkspace(u16),
    WorkspaceLimit(u16),
    NewestFirst(bool),
    OrdinaryKey(u16),
    Cors(Cors),
    MemberTwiceCoded(bool),
    PolicyNeedsExternalKey(bool),
    Rate(u32),
    MemberLimit(u32),
    KeyLimit(u32),
    StorageAttached(bool),
    CreateIncomplete(bool),
    UpdateUnknown(bool),
}

impl FromStr for Setting {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (name, value) = text.split_once('=').ok_or(())?;
        Ok(match (name, value) {
            ("anthropic_archive_again", "200") => Self::ArchiveAgain(200),
            ("anthropic_archive_again", "400") => Self::ArchiveAgain(400),
            ("anthropic_archived_update", "400") => Self::ArchivedUpdate(400),
            ("anthropic_archived_update", "200") => Self::ArchivedUpdate(200),
            ("anthropic_default_workspace", "400") => Self::DefaultWorkspace(400),
            ("anthropic_default_workspace", "403") => Self::DefaultWorkspace(403),
            ("anthropic_workspace_limit", "400") => Self::WorkspaceLimit(400),
            ("anthropic_workspace_limit", "409") => Self::WorkspaceLimit(409),
            ("anthropic_order", "newest") => Self::NewestFirst(true),
            ("anthropic_order", "oldest") => Self::NewestFirst(false),
            ("anthropic_ordinary_key", "403") => Self::OrdinaryKey(403),
            ("anthropic_ordinary_key", "401") => Self::OrdinaryKey(401),
            ("anthropic_cors", "allow") => Self::Cors(Cors::Allow),
            ("anthropic_cors", "refuse") => Self::Cors(Cors::Refuse),
            ("anthropic_cors", "unanswered") => Self::Cors(Cors::Unanswered),
            ("anthropic_member_twice", "coded") => Self::MemberTwiceCoded(true),
            ("anthropic_member_twice", "bare") => Self::MemberTwiceCoded(false),
            ("anthropic_policy", "none") => Self::PolicyNeedsExternalKey(false),
            ("anthropic_policy", "external_key") => Self::PolicyNeedsExternalKey(true),
            ("anthropic_archive", "done") => Self::StorageAttached(false),
            ("anthropic_archive", "storage") => Self::StorageAttached(true),
            ("anthropic_create", "done") => Self::CreateIncomplete(false),
            ("anthropic_create", "incomplete") => Self::CreateIncomplete(true),
            ("anthropic_update", "done") => Self::UpdateUnknown(false),
            ("anthropic_update", "unknown") => Self::UpdateUnknown(true),
            ("anthropic_rate", number) => Self::Rate(number.parse().map_err(|_| ())?),
            ("anthropic_member_limit", number) => {
                Self::MemberLimit(number.parse().map_err(|_| ())?)
            }
            ("anthropic_key_limit", number) => Self::KeyLimit(number.parse().map_err(|_| ())?),
            _ => return Err(()),
        })
    }
}
