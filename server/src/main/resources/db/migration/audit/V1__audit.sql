-- Who did what: entries are written with the change they tell of and are never changed. The chain over them is made by
-- a job, seconds later, because a chain made while writing would let every change wait for every other.
CREATE TABLE audit.entry (
  sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  actor      text NOT NULL CHECK (length(actor) <= 200),
  action     text NOT NULL CHECK (length(action) <= 100),
  subject    text NOT NULL CHECK (length(subject) <= 200),
  before     jsonb NOT NULL,
  after      jsonb NOT NULL,
  reason     text CHECK (length(reason) <= 1000),
  request_id text CHECK (length(request_id) <= 64)
);
CREATE INDEX entry_subject ON audit.entry (subject, sequence);
CREATE INDEX entry_actor ON audit.entry (actor, sequence);

-- hash = SHA-256(hash of the link before, all fields of the entry). Links stand in the order in which they were made:
-- sequences are given before commits, so that of the entries is not always theirs.
CREATE TABLE audit.link (
  position bigint PRIMARY KEY CHECK (position > 0),
  entry    bigint NOT NULL UNIQUE REFERENCES audit.entry,
  hash     bytea NOT NULL CHECK (length(hash) = 32)
);

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING HINT = 'What was recorded stays. Record a further entry that corrects it.';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.link
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
