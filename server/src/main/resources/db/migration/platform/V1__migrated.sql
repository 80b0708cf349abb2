-- Which set of migration scripts this database has seen last: a start that finds its own digest here asks nothing more.
CREATE TABLE platform.migrated (
  sequence    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest      text NOT NULL CHECK (length(digest) = 64),
  migrated_at timestamptz NOT NULL DEFAULT now()
);
