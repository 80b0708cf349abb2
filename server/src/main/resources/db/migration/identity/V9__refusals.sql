-- A client that keeps knocking is turned away for a time by an operator. Known by the keyed digest it is counted under,
-- which leads back to nobody. Rows end by themselves; why somebody was refused stands in the audit log.
CREATE TABLE identity.refusal (
  id             uuid PRIMARY KEY,
  client_digest  bytea NOT NULL CHECK (octet_length(client_digest) = 32),
  credential_id  uuid,
  refused_by     uuid NOT NULL REFERENCES identity.operator,
  refused_at     timestamptz NOT NULL,
  until          timestamptz NOT NULL CHECK (until >= refused_at)
);
CREATE INDEX refusal_by_end ON identity.refusal (until);
