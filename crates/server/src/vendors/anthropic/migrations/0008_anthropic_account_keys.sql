-- Personal and service account keys, which may do what whom they act as may do.
ALTER TABLE anthropic_credentials RENAME TO anthropic_credentials_1;

CREATE TABLE anthropic_credentials (
    fingerprint     TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES anthropic_organizations (id),
    kind            TEXT NOT NULL CHECK (kind IN ('admin_key', 'bearer', 'api_key', 'account_key')),
    -- Whether whom an account key acts as may administer the organization.
    administers     INTEGER NOT NULL DEFAULT 1 CHECK (administers IN (0, 1))
) STRICT, WITHOUT ROWID;

INSERT INTO anthropic_credentials (fingerprint, organization_id, kind)
SELECT fingerprint, organization_id, kind FROM anthropic_credentials_1;

DROP TABLE anthropic_credentials_1;
