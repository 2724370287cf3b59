-- Moments are microseconds since 1970, UTC. Ids are the vendor's, so they are the keys.
CREATE TABLE openai_organizations (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE openai_users (
    id       TEXT PRIMARY KEY,
    org_id   TEXT NOT NULL REFERENCES openai_organizations (id),
    -- The demo person this is (owner, admin, viewer, outsider); null for the rest of the cast.
    persona  TEXT UNIQUE,
    name     TEXT NOT NULL,
    email    TEXT NOT NULL UNIQUE,
    role     TEXT NOT NULL CHECK (role IN ('owner', 'reader')),
    added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX openai_users_by_organization ON openai_users (org_id, id);

-- Kept as SHA-256 only.
CREATE TABLE openai_admin_keys (
    fingerprint TEXT PRIMARY KEY,
    org_id      TEXT NOT NULL REFERENCES openai_organizations (id),
    can_write   INTEGER NOT NULL CHECK (can_write IN (0, 1)),
    created_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE openai_projects (
    id          TEXT PRIMARY KEY,
    org_id      TEXT NOT NULL REFERENCES openai_organizations (id),
    name        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    archived_at INTEGER,
    -- The one that an organization begins with, which can be neither modified nor archived.
    is_default  INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    CHECK (is_default = 0 OR archived_at IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX openai_projects_by_organization ON openai_projects (org_id, created_at DESC, id);

CREATE TABLE openai_project_users (
    project_id TEXT NOT NULL REFERENCES openai_projects (id),
    user_id    TEXT NOT NULL REFERENCES openai_users (id),
    role       TEXT NOT NULL CHECK (role IN ('owner', 'member')),
    added_at   INTEGER NOT NULL,
    PRIMARY KEY (project_id, user_id)
) STRICT, WITHOUT ROWID;
