-- Moments are microseconds since 1970, UTC. Ids are the vendor's, so they are the keys.
CREATE TABLE altostrat_people (
    user_id     TEXT PRIMARY KEY,
    -- The demo person this is (owner, admin, viewer, outsider); null for the rest of the cast.
    persona     TEXT UNIQUE,
    given_name  TEXT NOT NULL,
    family_name TEXT NOT NULL,
    email       TEXT NOT NULL UNIQUE,
    timezone    TEXT NOT NULL,
    language    TEXT NOT NULL,
    date_format TEXT NOT NULL,
    time_format TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE altostrat_workspaces (
    id                TEXT PRIMARY KEY,
    name              TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
    description       TEXT CHECK (length(description) BETWEEN 1 AND 200),
    billing_mode      TEXT NOT NULL CHECK (billing_mode IN ('single', 'assigned', 'pooled')),
    pooled_seat_limit INTEGER,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    archived_at       INTEGER,
    CHECK ((billing_mode = 'pooled') = (pooled_seat_limit IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE altostrat_members (
    workspace_id TEXT NOT NULL REFERENCES altostrat_workspaces (id),
    user_id      TEXT NOT NULL REFERENCES altostrat_people (user_id),
    role         TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'viewer')),
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX altostrat_members_by_user ON altostrat_members (user_id, workspace_id);

CREATE TABLE altostrat_billing_accounts (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES altostrat_workspaces (id),
    name         TEXT NOT NULL,
    email        TEXT NOT NULL,
    phone        TEXT,
    description  TEXT,
    currency     TEXT NOT NULL CHECK (currency IN ('usd', 'zar', 'eur', 'gbp', 'aud')),
    country      TEXT NOT NULL,
    line1        TEXT NOT NULL,
    city         TEXT NOT NULL,
    postal_code  TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX altostrat_billing_accounts_by_workspace ON altostrat_billing_accounts (workspace_id);

CREATE TABLE altostrat_subscriptions (
    id                   TEXT PRIMARY KEY,
    billing_account_id   TEXT NOT NULL REFERENCES altostrat_billing_accounts (id),
    status               TEXT NOT NULL CHECK (status IN ('active', 'canceled')),
    product              TEXT NOT NULL,
    quantity             INTEGER NOT NULL CHECK (quantity > 0),
    current_period_start INTEGER NOT NULL,
    current_period_end   INTEGER NOT NULL,
    canceled_at          INTEGER,
    created_at           INTEGER NOT NULL,
    CHECK ((status = 'canceled') = (canceled_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX altostrat_subscriptions_by_account ON altostrat_subscriptions (billing_account_id);

CREATE TABLE altostrat_organizations (
    id                 TEXT PRIMARY KEY,
    workspace_id       TEXT NOT NULL REFERENCES altostrat_workspaces (id),
    external_id        TEXT NOT NULL UNIQUE,
    name               TEXT NOT NULL,
    parent_org_id      TEXT REFERENCES altostrat_organizations (id),
    -- The ids from the root down to this one, joined by '#'.
    path               TEXT NOT NULL,
    depth              INTEGER NOT NULL CHECK (depth BETWEEN 0 AND 9),
    billing_account_id TEXT REFERENCES altostrat_billing_accounts (id),
    locations          INTEGER NOT NULL DEFAULT 0,
    users              INTEGER NOT NULL DEFAULT 0,
    sso                INTEGER NOT NULL DEFAULT 0,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX altostrat_organizations_by_workspace ON altostrat_organizations (workspace_id);
