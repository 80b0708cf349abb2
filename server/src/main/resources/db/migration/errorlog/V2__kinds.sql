-- Thousands of lines are a few kinds of error. A kind is a code and a message without its numbers, ids and addresses,
-- and knows since when it happens and how often did. There are at most a hundred of a code.
CREATE TABLE errorlog.kind (
  fingerprint text PRIMARY KEY CHECK (fingerprint ~ '^[0-9a-f]{12}$'),
  code        text NOT NULL CHECK (length(code) <= 64),
  shape       text NOT NULL CHECK (length(shape) <= 300),
  first_at    timestamptz NOT NULL,
  last_at     timestamptz NOT NULL,
  count       bigint NOT NULL CHECK (count > 0)
);
CREATE INDEX kind_code ON errorlog.kind (code, last_at);

ALTER TABLE errorlog.entry
  ADD COLUMN fingerprint text CHECK (fingerprint ~ '^[0-9a-f]{12}$'),
  ADD COLUMN route       text CHECK (length(route) <= 200);
CREATE INDEX entry_fingerprint ON errorlog.entry (fingerprint, sequence) WHERE fingerprint IS NOT NULL;
CREATE INDEX entry_request ON errorlog.entry (request_id, sequence) WHERE request_id IS NOT NULL;
