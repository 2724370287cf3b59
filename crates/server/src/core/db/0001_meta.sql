-- Single values that belong to the database as a whole: the signing key, the seed that was sown.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
