//! Values that the tests of this crate share.

use crate::field::{Field, FieldFacts, Form, When};
use crate::id::{UserId, WorkspaceId};
use crate::listing::Column;
use crate::odd::Odd;
use crate::provider::{
    AccessSource, Archive, CredentialKind, Description, Effect, InUse, MemberRules, Power,
    Reversibility, RoleFacts,
};
use crate::role::{Member, Person, Role};
use crate::workspace::{Kind, State, Workspace};

pub const OWNER: Role = Role::known("owner", 0);
pub const ADMIN: Role = Role::known("admin", 1);
pub const VIEWER: Role = Role::known("viewer", 2);

const fn field(field: Field, form: Form) -> FieldFacts {
    FieldFacts {
        field,
        form,
        required: false,
        clears: true,
        limit: None,
        when: When::Always,
    }
}

pub static SERVICE: Description = Description {
    key: "test",
    name: "Test",
    mark: "T",
    roles: &[
        RoleFacts {
            role: OWNER,
            powers: &[
                Power::Read,
                Power::Edit,
                Power::Manage,
                Power::Cancel,
                Power::Archive,
            ],
            given: true,
        },
        RoleFacts {
            role: ADMIN,
            powers: &[Power::Read, Power::Edit, Power::Manage, Power::Cancel],
            given: true,
        },
        RoleFacts {
            role: VIEWER,
            powers: &[Power::Read],
            given: true,
        },
    ],
    access: AccessSource::Members,
    credential: CredentialKind::Token,
    fields: &[
        FieldFacts {
            required: true,
            limit: Some(50),
            ..field(Field::Name, Form::Line)
        },
        FieldFacts {
            limit: Some(200),
            ..field(Field::Description, Form::Text)
        },
        FieldFacts {
            required: true,
            when: When::AtCreation,
            ..field(Field::Billing, Form::Choice(&["single", "pooled"]))
        },
        FieldFacts {
            clears: false,
            ..field(Field::Color, Form::Color)
        },
        field(Field::Tags, Form::Tags("own")),
        field(Field::InferenceGeo, Form::Choice(&["global", "us"])),
        field(
            Field::AllowedGeos,
            Form::Choice(&["unrestricted", "global", "us", "global, us"]),
        ),
    ],
    columns: &[Column::Billing, Column::Updated],
    archive: Archive {
        reversibility: Reversibility::NoWayDocumented,
        effects: &[Effect::Frozen],
        refused_while: Some(InUse::Subscriptions),
    },
    members: Some(MemberRules {
        limit: Some(3),
        last: Some(OWNER),
        ranked: true,
        leave: true,
        people: false,
    }),
};

pub fn workspace(id: &str, name: &str) -> Workspace {
    Workspace {
        id: WorkspaceId::new(id).unwrap(),
        name: name.to_owned(),
        description: None,
        billing: None,
        seat_limit: None,
        state: State::Active,
        kind: Kind::Ordinary,
        created: None,
        updated: None,
        more: Vec::new(),
        odd: Odd::default(),
    }
}

pub fn person(id: &str) -> Person {
    Person {
        id: UserId::new(id).unwrap(),
        name: None,
        email: None,
    }
}

pub fn member(id: &str, role: Role) -> Member {
    Member {
        person: person(id),
        role,
        inherited: false,
        since: None,
        changed: None,
        odd: Odd::default(),
    }
}
