-- Merchants and the owners of other portals sign in with a code that is mailed to them. A request for one never looks
-- the address up: it leaves a row, whoever it is about, and a job mails those that somebody has. So nobody learns from
-- an answer, nor from how long it takes, which addresses are known. A code belongs to the browser that asked for it;
-- strangers can neither use it nor use it up.

CREATE TABLE identity.email_code (
  id              uuid PRIMARY KEY,
  account_digest  bytea NOT NULL CHECK (octet_length(account_digest) = 32),
  device_digest   bytea NOT NULL CHECK (octet_length(device_digest) = 32),
  code_digest     bytea NOT NULL CHECK (octet_length(code_digest) = 32),
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL CHECK (expires_at > created_at),
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- Address and code until they are mailed, and no longer.
  letter_sealed   bytea,
  mailed          boolean NOT NULL DEFAULT false
);
CREATE INDEX email_code_by_account ON identity.email_code (account_digest, created_at);
CREATE INDEX email_code_to_mail ON identity.email_code (id) WHERE letter_sealed IS NOT NULL;
CREATE INDEX email_code_by_expiry ON identity.email_code (expires_at);

-- Browsers somebody has signed in from by code: known by the address's digest, so that nobody has to be looked up.
CREATE TABLE identity.portal_device (
  account_digest  bytea NOT NULL CHECK (octet_length(account_digest) = 32),
  device_digest   bytea NOT NULL CHECK (octet_length(device_digest) = 32),
  last_used_at    timestamptz NOT NULL,
  PRIMARY KEY (account_digest, device_digest)
);

-- A session is an operator's, or that of somebody a portal knows.
ALTER TABLE identity.session ALTER COLUMN operator_id DROP NOT NULL;
ALTER TABLE identity.session ADD COLUMN portal text CHECK (char_length(portal) BETWEEN 1 AND 32);
ALTER TABLE identity.session ADD COLUMN holder_id uuid;
ALTER TABLE identity.session ADD CONSTRAINT one_holder CHECK (
  (operator_id IS NULL) = (holder_id IS NOT NULL) AND (portal IS NULL) = (holder_id IS NULL));
CREATE INDEX session_by_holder ON identity.session (portal, holder_id) WHERE holder_id IS NOT NULL;
