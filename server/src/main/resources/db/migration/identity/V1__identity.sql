-- Who may do what: operators and their sessions, API keys, and the counters that slow guessing down. Nothing here can be
-- used by whoever reads it: passwords are bcrypt, every token is a digest keyed with ENCRYPTION_KEY.

CREATE TABLE identity.operator (
  id             uuid PRIMARY KEY,
  email          text NOT NULL UNIQUE CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254),
  name           text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 1024),
  role           text NOT NULL CHECK (role IN ('VIEWER', 'SUPPORT', 'ADMIN')),
  password_hash  text NOT NULL CHECK (char_length(password_hash) = 60),
  created_at     timestamptz NOT NULL,
  disabled_at    timestamptz
);

CREATE TABLE identity.session (
  token_digest   bytea PRIMARY KEY CHECK (octet_length(token_digest) = 32),
  operator_id    uuid NOT NULL REFERENCES identity.operator,
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL CHECK (expires_at > created_at),
  last_seen_at   timestamptz NOT NULL
);
CREATE INDEX session_by_expiry ON identity.session (expires_at);
CREATE INDEX session_by_operator ON identity.session (operator_id);

-- Browsers an operator has signed in from. Failures elsewhere never lock these out.
CREATE TABLE identity.known_device (
  operator_id    uuid NOT NULL REFERENCES identity.operator,
  device_digest  bytea NOT NULL CHECK (octet_length(device_digest) = 32),
  last_used_at   timestamptz NOT NULL,
  PRIMARY KEY (operator_id, device_digest)
);

-- Failures per account and client; both are digests, so that neither guessed addresses nor visitors are kept.
CREATE TABLE identity.login_lock (
  account_digest  bytea NOT NULL CHECK (octet_length(account_digest) = 32),
  client_digest   bytea NOT NULL CHECK (octet_length(client_digest) = 32),
  failures        integer NOT NULL CHECK (failures > 0),
  locked_until    timestamptz,
  updated_at      timestamptz NOT NULL,
  PRIMARY KEY (account_digest, client_digest)
);

CREATE TABLE identity.api_key (
  credential_id  uuid PRIMARY KEY,
  partner_id     uuid NOT NULL,
  prefix         text NOT NULL CHECK (char_length(prefix) BETWEEN 8 AND 32),
  key_digest     bytea NOT NULL UNIQUE CHECK (octet_length(key_digest) = 32),
  created_at     timestamptz NOT NULL,
  last_used_at   timestamptz,
  revoked_at     timestamptz
);
CREATE INDEX api_key_by_partner ON identity.api_key (partner_id, credential_id DESC);

-- Counters that may be lost in a crash and must be cheap: no write-ahead log.
CREATE UNLOGGED TABLE identity.rate_limit_bucket (
  route_class    text NOT NULL,
  client_digest  bytea NOT NULL CHECK (octet_length(client_digest) = 32),
  minute         timestamptz NOT NULL,
  taken          integer NOT NULL,
  PRIMARY KEY (route_class, client_digest, minute)
);
CREATE INDEX rate_limit_bucket_by_minute ON identity.rate_limit_bucket (minute);
