-- Buckets and repositories as the API shows them, and a second factor at sign-in.
ALTER TABLE flashback_buckets ADD COLUMN storage_type TEXT NOT NULL DEFAULT 'S3'
    CHECK (storage_type IN ('S3', 'GCS', 'BLOB'));
ALTER TABLE flashback_buckets ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
-- Deleting marks; nothing takes the mark away again.
ALTER TABLE flashback_buckets ADD COLUMN deleted_at INTEGER;

ALTER TABLE flashback_repos ADD COLUMN storage_type TEXT NOT NULL DEFAULT 'S3'
    CHECK (storage_type IN ('S3', 'GCS', 'BLOB'));
ALTER TABLE flashback_repos ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE flashback_repos ADD COLUMN deleted_at INTEGER;

UPDATE flashback_buckets SET created_at =
    (SELECT w.created_at FROM flashback_workspaces w WHERE w.id = workspace_id);
UPDATE flashback_repos SET created_at =
    (SELECT w.created_at FROM flashback_workspaces w WHERE w.id = workspace_id);

CREATE TABLE flashback_repo_buckets (
    repo_id   TEXT NOT NULL REFERENCES flashback_repos (id),
    bucket_id TEXT NOT NULL REFERENCES flashback_buckets (id),
    PRIMARY KEY (repo_id, bucket_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX flashback_repo_buckets_by_bucket ON flashback_repo_buckets (bucket_id);

-- What the person's authenticator shows. It never changes: this server is for demonstration. Null
-- for someone who signs in with a password alone.
ALTER TABLE flashback_users ADD COLUMN mfa_code TEXT;
