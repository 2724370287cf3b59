//! What one kind of service offers: the single description from which forms, gates and sentences
//! derive. Facts only, each from the service's contract.

use crate::field::{Field, FieldFacts, When};
use crate::listing::Column;
use crate::role::Role;
use crate::workspace::{Kind, Workspace};

/// A kind of service. Its constants live beside its dialect in `providers`.
#[derive(PartialEq, Debug)]
pub struct Description {
    /// The key under which `config.json` names the service.
    pub key: &'static str,
    /// The service's own name.
    pub name: &'static str,
    /// One letter for the mark before account names.
    pub mark: &'static str,
    /// Its roles in a workspace, strongest first.
    pub roles: &'static [RoleFacts],
    /// Where the role of the person at the screen comes from.
    pub access: AccessSource,
    /// What a person signs in with, besides a redirect where `config.json` offers one.
    pub credential: CredentialKind,
    /// The fields of a workspace that can be set, in the order of the form.
    pub fields: &'static [FieldFacts],
    /// The columns of the list that it has an answer for, besides name, account, role and state.
    pub columns: &'static [Column],
    /// What archiving does there.
    pub archive: Archive,
    /// What holds for members there; `None` where members cannot be managed.
    pub members: Option<MemberRules>,
}

/// A role, what it allows and whether it can be given.
#[derive(PartialEq, Debug)]
pub struct RoleFacts {
    /// The role.
    pub role: Role,
    /// What it allows.
    pub powers: &'static [Power],
    /// Whether a member can be given it. Some roles only come from the organization.
    pub given: bool,
}

/// Something that a role allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Power {
    /// Look at the workspace.
    Read,
    /// Use what is in it: call its API, store in it.
    Use,
    /// Make and change what is in it: API keys, files.
    Develop,
    /// Change the workspace's own fields.
    Edit,
    /// Add, change and remove members.
    Manage,
    /// See and pay its bills.
    Bill,
    /// Cancel what runs in it and is paid for.
    Cancel,
    /// Delete what is stored in it.
    Delete,
    /// Archive it.
    Archive,
}

/// Where my role in a workspace comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccessSource {
    /// From the workspace's list of members.
    Members,
    /// There is none: the account's credential administers the whole organization.
    Organization,
}

/// What a person signs in with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CredentialKind {
    /// An access token.
    Token,
    /// A key that administers the whole organization.
    AdminKey,
    /// E-mail and password, or an access token.
    Password,
}

/// What archiving does at a service.
#[derive(PartialEq, Debug)]
pub struct Archive {
    /// What is known about undoing it.
    pub reversibility: Reversibility,
    /// What else happens.
    pub effects: &'static [Effect],
    /// What makes the service refuse.
    pub refused_while: Option<InUse>,
}

/// Whether an archived workspace can come back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reversibility {
    /// The service documents no way back.
    NoWayDocumented,
    /// The service documents that there is none.
    Never,
    /// The service says that its own staff could bring it back, and offers no way to ask.
    ByStaff,
}

/// What happens when a workspace is archived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Nobody can change it any more.
    Frozen,
    /// Its API keys stop working within seconds.
    KeysStop,
    /// Its API keys cannot be used any more; how soon is not said.
    KeysUnusable,
    /// All its users are taken out.
    UsersRemoved,
}

/// What keeps a workspace from being archived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InUse {
    /// Active subscriptions, or organizations with usage.
    Subscriptions,
    /// Buckets or repositories.
    BucketsOrRepos,
}

/// What holds for the members of a workspace.
#[derive(PartialEq, Debug)]
pub struct MemberRules {
    /// Most members of a workspace, where the service says so.
    pub limit: Option<usize>,
    /// The role of which one member must remain, where the service says so.
    pub last: Option<Role>,
    /// Whether nobody can give, change or take a role stronger than their own.
    pub ranked: bool,
    /// Whether everybody may take themselves out.
    pub leave: bool,
    /// Whether the service lists the people who can be added.
    pub people: bool,
}

impl Description {
    /// The role of that word, with what this service says about it.
    #[must_use]
    pub fn role(&self, word: String) -> Role {
        self.roles
            .iter()
            .find(|facts| facts.role.as_str() == word)
            .map_or_else(|| Role::from_word(word), |facts| facts.role.clone())
    }

    /// Whether a role allows something. Unknown roles allow nothing.
    #[must_use]
    pub fn grants(&self, role: &Role, power: Power) -> bool {
        self.powers(role).contains(&power)
    }

    /// What a role allows.
    #[must_use]
    pub fn powers(&self, role: &Role) -> &'static [Power] {
        self.roles
            .iter()
            .find(|facts| facts.role == *role)
            .map_or(&[], |facts| facts.powers)
    }

    /// The roles that allow something, strongest first.
    #[must_use]
    pub fn with_power(&self, power: Power) -> Vec<Role> {
        self.roles
            .iter()
            .filter(|facts| facts.powers.contains(&power))
            .map(|facts| facts.role.clone())
            .collect()
    }

    /// The roles that a member can be given, strongest first.
    #[must_use]
    pub fn given_roles(&self) -> Vec<Role> {
        self.roles
            .iter()
            .filter(|facts| facts.given)
            .map(|facts| facts.role.clone())
            .collect()
    }

    /// Whether it has an answer for this column of the list.
    #[must_use]
    pub fn has_column(&self, column: Column) -> bool {
        !matches!(column, Column::Billing | Column::Updated) || self.columns.contains(&column)
    }

    /// The facts about a field; `None` where the service does not have it.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&'static FieldFacts> {
        self.fields.iter().find(|facts| facts.field == field)
    }

    /// The fields to be filled in for a new workspace.
    pub fn for_new(&self) -> impl Iterator<Item = &'static FieldFacts> {
        self.fields.iter()
    }

    /// The fields of this workspace that can be changed. One that came in another form than a text
    /// is left as it is: what a text in its place would do is not known.
    pub fn editable(&self, workspace: &Workspace) -> impl Iterator<Item = &'static FieldFacts> {
        let protected = workspace.kind == Kind::Default;
        self.fields.iter().filter(move |facts| {
            facts.when == When::Always
                && !(protected && facts.field == Field::Name)
                && !workspace.is_odd(facts.field)
        })
    }
}
