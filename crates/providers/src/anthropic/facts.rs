//! What Anthropic's Admin API offers: the one description from which forms, gates and sentences
//! derive. Facts only, from the types of the newest SDK (Python package `anthropic` 2.14.0,
//! `client.organization`) and the pages of the documentation on workspaces.

use steward_domain::field::{Field, FieldFacts, Form, When};
use steward_domain::provider::{
    AccessSource, Archive, CredentialKind, Description, Effect, MemberRules, Power, Reversibility,
    RoleFacts,
};
use steward_domain::role::Role;

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

/// The types allow `null` in a change, and what it does is written nowhere: none is sent.
const fn residency(of: Field, form: Form) -> FieldFacts {
    FieldFacts {
        clears: false,
        ..field(of, form)
    }
}

/// The facts about Anthropic's Admin API.
pub static DESCRIPTION: Description = Description {
    key: "anthropic",
    name: "Anthropic",
    mark: "C",
    roles: &[
        RoleFacts {
            role: Role::known("workspace_admin", 0),
            // Changing and archiving a workspace takes the organization's own credential, so that
            // no role grants it.
            powers: &[Power::Read, Power::Use, Power::Develop, Power::Manage],
            given: true,
        },
        RoleFacts {
            role: Role::known("workspace_developer", 1),
            powers: &[Power::Read, Power::Use, Power::Develop],
            given: true,
        },
        RoleFacts {
            role: Role::known("workspace_restricted_developer", 2),
            powers: &[Power::Read, Power::Use, Power::Develop],
            given: true,
        },
        RoleFacts {
            role: Role::known("workspace_user", 3),
            powers: &[Power::Read, Power::Use],
            given: true,
        },
        RoleFacts {
            role: Role::known("workspace_billing", 4),
            powers: &[Power::Read, Power::Bill],
            // "Role of the new Workspace Member. Cannot be `workspace_billing`." (Create Workspace
            // Member). Those who do the organization's billing have it everywhere.
            given: false,
        },
    ],
    access: AccessSource::Organization,
    credential: CredentialKind::AdminKey,
    fields: &[
        FieldFacts {
            required: true,
            clears: false,
            // 1 to 40 by older pages, and no word of it in the newest types; the unit is not said; code
            // points.
            limit: Some(40),
            ..field(Field::Name, Form::Line)
        },
        FieldFacts {
            // Nullable when a workspace is made, and not afterwards.
            clears: false,
            ..field(Field::Color, Form::Color)
        },
        // "Keys may not begin with `anthropic`."
        field(Field::Tags, Form::Tags("anthropic")),
        // What is taken when nothing is sent comes first: "defaults to `workspace_geo: "us"`,
        // `allowed_inference_geos: "unrestricted"`, and `default_inference_geo: "global"`."
        residency(Field::InferenceGeo, Form::Choice(&["global", "us"])),
        residency(
            Field::AllowedGeos,
            Form::Choice(&["unrestricted", "global", "us", "global, us"]),
        ),
        FieldFacts {
            // "Immutable after creation."
            when: When::AtCreation,
            ..residency(Field::WorkspaceGeo, Form::Choice(&["us"]))
        },
    ],
    columns: &[],
    archive: Archive {
        // The documentation calls it irreversible, and there is no operation that undoes it.
        reversibility: Reversibility::Never,
        effects: &[Effect::Frozen, Effect::KeysStop],
        refused_while: None,
    },
    members: Some(MemberRules {
        // There is a limit (`workspace_member_limit_exceeded`), and its size is not said.
        limit: None,
        last: None,
        ranked: false,
        leave: false,
        people: true,
    }),
};
