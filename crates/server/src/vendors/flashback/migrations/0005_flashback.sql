-- Moments are microseconds since 1970, UTC. Ids are UUIDs, the vendor's.
CREATE TABLE flashback_organizations (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE flashback_users (
    id         TEXT PRIMARY KEY,
    -- The demo person this is (owner, admin, viewer, outsider); null for the rest of the cast.
    persona    TEXT UNIQUE,
    org_id     TEXT NOT NULL REFERENCES flashback_organizations (id),
    name       TEXT NOT NULL,
    last_name  TEXT NOT NULL,
    email      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    -- Null counts as 0, a plain user.
    org_role   INTEGER CHECK (org_role IN (0, 1, 2, 254, 255)),
    validated  INTEGER NOT NULL CHECK (validated IN (0, 1)),
    -- Null for someone who only signs in through another service.
    password   TEXT,
    deleted_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX flashback_users_by_organization ON flashback_users (org_id);

CREATE TABLE flashback_workspaces (
    id         TEXT PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES flashback_organizations (id),
    name       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- Deleting marks; nothing takes the mark away again.
    deleted_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX flashback_workspaces_by_organization ON flashback_workspaces (org_id, created_at);

CREATE TABLE flashback_workspace_users (
    workspace_id TEXT NOT NULL REFERENCES flashback_workspaces (id),
    user_id      TEXT NOT NULL REFERENCES flashback_users (id),
    role         TEXT NOT NULL CHECK (role IN ('READ', 'WRITE', 'ADMIN')),
    PRIMARY KEY (workspace_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX flashback_workspace_users_by_user ON flashback_workspace_users (user_id, workspace_id);

-- What stands against deleting a workspace.
CREATE TABLE flashback_buckets (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES flashback_workspaces (id),
    name         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX flashback_buckets_by_workspace ON flashback_buckets (workspace_id);

CREATE TABLE flashback_repos (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES flashback_workspaces (id),
    name         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX flashback_repos_by_workspace ON flashback_repos (workspace_id);

-- A session is one sign-in; its id is what the vendor calls tokenId.
CREATE TABLE flashback_sessions (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES flashback_users (id),
    created_at INTEGER NOT NULL,
    -- No refresh reaches past this moment, however often it is repeated.
    ends_at    INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Kept as SHA-256 only.
CREATE TABLE flashback_refresh_tokens (
    fingerprint TEXT PRIMARY KEY,
    session_id  TEXT NOT NULL REFERENCES flashback_sessions (id),
    -- Set when it was exchanged for the next one; seen again after that, it is stolen.
    used_at     INTEGER
) STRICT, WITHOUT ROWID;
