-- Operators prove twice who they are: by what they know and by what they hold. A secret is sealed, a recovery code is a
-- keyed digest, and a code counts once: the time step it was made for must be later than any used before.

CREATE TABLE identity.totp (
  operator_id    uuid PRIMARY KEY REFERENCES identity.operator,
  secret_sealed  bytea NOT NULL,
  begun_at       timestamptz NOT NULL,
  confirmed_at   timestamptz,
  last_step      bigint NOT NULL DEFAULT 0
);

CREATE TABLE identity.recovery_code (
  operator_id  uuid NOT NULL REFERENCES identity.totp ON DELETE CASCADE,
  code_digest  bytea NOT NULL CHECK (octet_length(code_digest) = 32),
  used_at      timestamptz,
  PRIMARY KEY (operator_id, code_digest)
);

-- When whoever holds the session last proved who they are: risky acts ask again when that is long ago.
ALTER TABLE identity.session ADD COLUMN proven_at timestamptz;
UPDATE identity.session SET proven_at = created_at;
ALTER TABLE identity.session ALTER COLUMN proven_at SET NOT NULL;
