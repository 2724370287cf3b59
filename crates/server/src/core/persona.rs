//! The demo people, whom every vendor's demo data knows.
//!
//! Must not know what any vendor lets them do.

use clap::ValueEnum;

/// The demo people, named by what they are to most workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Persona {
    /// Owner of about 60 % of the workspaces, admin of 25 %, viewer of the rest.
    Owner,
    /// Admin of all but a few.
    Admin,
    /// Viewer of all.
    Viewer,
    /// Member of none.
    Outsider,
}

impl Persona {
    /// All of them, in the order of the sign-in page.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Viewer, Self::Outsider];

    /// The name on the command line, in forms and in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
            Self::Outsider => "outsider",
        }
    }

    /// The persona of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|persona| persona.key() == key)
    }
}
