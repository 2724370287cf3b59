-- A session is one sign-in; every token made from it names it, so that ending it ends them all.
CREATE TABLE altostrat_sessions (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES altostrat_people (user_id),
    client_id  TEXT NOT NULL,
    scope      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- No refresh reaches past this moment, however often it is repeated.
    ends_at    INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Codes and refresh tokens are kept as SHA-256 only.
CREATE TABLE altostrat_codes (
    fingerprint  TEXT PRIMARY KEY,
    session_id   TEXT NOT NULL REFERENCES altostrat_sessions (id),
    redirect_uri TEXT NOT NULL,
    challenge    TEXT NOT NULL,
    nonce        TEXT,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE altostrat_refresh_tokens (
    fingerprint TEXT PRIMARY KEY,
    session_id  TEXT NOT NULL REFERENCES altostrat_sessions (id),
    created_at  INTEGER NOT NULL,
    -- Set when it was exchanged for the next one; seen again after that, it is stolen.
    used_at     INTEGER
) STRICT, WITHOUT ROWID;
