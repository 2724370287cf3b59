-- What an organization's user may be besides a person at work, where a project's data lie, and the
-- keys of a project.
ALTER TABLE openai_users ADD COLUMN is_service_account INTEGER NOT NULL DEFAULT 0
    CHECK (is_service_account IN (0, 1));
ALTER TABLE openai_users ADD COLUMN banned INTEGER NOT NULL DEFAULT 0 CHECK (banned IN (0, 1));
ALTER TABLE openai_users ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));

ALTER TABLE openai_projects ADD COLUMN residency TEXT;
ALTER TABLE openai_projects ADD COLUMN external_key_id TEXT;

CREATE TABLE openai_project_keys (
    id             TEXT PRIMARY KEY,
    project_id     TEXT NOT NULL REFERENCES openai_projects (id),
    name           TEXT NOT NULL,
    redacted_value TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    last_used_at   INTEGER,
    -- A user of the organization, or else a service account of the project by its name.
    user_id        TEXT REFERENCES openai_users (id),
    account        TEXT,
    CHECK ((user_id IS NULL) <> (account IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX openai_project_keys_by_project ON openai_project_keys (project_id, id);
