-- Moments are microseconds since 1970, UTC. Ids are the vendor's, so they are the keys.
CREATE TABLE anthropic_organizations (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE anthropic_users (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES anthropic_organizations (id),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    role            TEXT NOT NULL,
    added_at        INTEGER NOT NULL,
    UNIQUE (organization_id, email)
) STRICT, WITHOUT ROWID;

CREATE INDEX anthropic_users_in_order ON anthropic_users (organization_id, added_at, id);

CREATE TABLE anthropic_user_profiles (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES anthropic_organizations (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE anthropic_external_keys (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES anthropic_organizations (id),
    user_profile_id TEXT REFERENCES anthropic_user_profiles (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE anthropic_workspaces (
    id                     TEXT PRIMARY KEY,
    organization_id        TEXT NOT NULL REFERENCES anthropic_organizations (id),
    kind                   TEXT NOT NULL CHECK (kind IN ('ordinary', 'default', 'claude_code')),
    name                   TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    display_color          TEXT NOT NULL,
    -- A JSON array, or null for the word `unrestricted`.
    allowed_inference_geos TEXT,
    default_inference_geo  TEXT NOT NULL CHECK (default_inference_geo IN ('global', 'us')),
    -- A JSON object of texts.
    tags                   TEXT NOT NULL,
    compartment_id         TEXT NOT NULL,
    external_key_id        TEXT REFERENCES anthropic_external_keys (id),
    user_profile_id        TEXT REFERENCES anthropic_user_profiles (id),
    created_at             INTEGER NOT NULL,
    archived_at            INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX anthropic_workspaces_in_order ON anthropic_workspaces (organization_id, created_at, id);
CREATE UNIQUE INDEX anthropic_default_workspaces ON anthropic_workspaces (organization_id) WHERE kind = 'default';

CREATE TABLE anthropic_members (
    workspace_id   TEXT NOT NULL REFERENCES anthropic_workspaces (id),
    user_id        TEXT NOT NULL REFERENCES anthropic_users (id),
    workspace_role TEXT NOT NULL,
    added_at       INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX anthropic_members_by_user ON anthropic_members (user_id);

CREATE TABLE anthropic_api_keys (
    id                 TEXT PRIMARY KEY,
    organization_id    TEXT NOT NULL REFERENCES anthropic_organizations (id),
    -- Null for a key of the whole organization.
    workspace_id       TEXT REFERENCES anthropic_workspaces (id),
    name               TEXT NOT NULL,
    -- "expired" is not kept: it follows from the time.
    status             TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'archived')),
    partial_key_hint   TEXT,
    created_by_user_id TEXT,
    service_account_id TEXT,
    created_at         INTEGER NOT NULL,
    expires_at         INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX anthropic_api_keys_in_order ON anthropic_api_keys (organization_id, created_at, id);
CREATE INDEX anthropic_api_keys_by_workspace ON anthropic_api_keys (workspace_id, created_at, id);
CREATE INDEX anthropic_api_keys_by_maker ON anthropic_api_keys (organization_id, created_by_user_id, created_at, id);

-- What callers show, as SHA-256 only.
CREATE TABLE anthropic_credentials (
    fingerprint     TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES anthropic_organizations (id),
    kind            TEXT NOT NULL CHECK (kind IN ('admin_key', 'bearer', 'api_key'))
) STRICT, WITHOUT ROWID;

CREATE TABLE anthropic_rate_limits (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES anthropic_organizations (id),
    position        INTEGER NOT NULL,
    group_id        TEXT NOT NULL,
    group_type      TEXT NOT NULL,
    -- Of a model group alone; the models are a JSON array.
    display_name    TEXT,
    models          TEXT,
    -- A JSON object from limiter type to value.
    limits          TEXT NOT NULL,
    UNIQUE (organization_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE anthropic_rate_limit_overrides (
    workspace_id  TEXT NOT NULL REFERENCES anthropic_workspaces (id),
    rate_limit_id TEXT NOT NULL REFERENCES anthropic_rate_limits (id),
    type          TEXT NOT NULL,
    value         INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, rate_limit_id, type)
) STRICT, WITHOUT ROWID;
