-- Webhooks out. An event is written with the change it tells of and never changes; a delivery is that event on its way
-- to one endpoint, so that one receiver's trouble is nobody else's; every attempt stays as evidence of whose fault it was.
CREATE TABLE outbox.event (
  id         uuid PRIMARY KEY,
  owner      text NOT NULL CHECK (length(owner) <= 100),
  type       text NOT NULL CHECK (type ~ '^[A-Za-z0-9_]+([.][A-Za-z0-9_]+)*$' AND length(type) <= 100),
  subject    text NOT NULL CHECK (length(subject) <= 200),
  payload    text NOT NULL CHECK (octet_length(payload) <= 20480),
  created_at timestamptz NOT NULL
);

-- The secret is sealed under ENCRYPTION_KEY and bound to this row. The one before it signs too until its time is over.
CREATE TABLE outbox.endpoint (
  id                          uuid PRIMARY KEY,
  owner                       text NOT NULL CHECK (length(owner) <= 100),
  url                         text NOT NULL CHECK (length(url) <= 2000),
  secret_sealed               bytea NOT NULL,
  secret_fingerprint          text NOT NULL CHECK (secret_fingerprint ~ '^[0-9a-f]{8}$'),
  secret_made_at              timestamptz NOT NULL,
  previous_secret_sealed      bytea,
  previous_secret_fingerprint text CHECK (previous_secret_fingerprint ~ '^[0-9a-f]{8}$'),
  previous_secret_until       timestamptz,
  created_at                  timestamptz NOT NULL,
  failing_since               timestamptz,
  disabled_at                 timestamptz,
  disabled_reason             text CHECK (disabled_reason IN ('operator', 'gone', 'failing')),
  CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL)),
  CHECK ((previous_secret_sealed IS NULL) = (previous_secret_until IS NULL))
);
CREATE INDEX endpoint_owner ON outbox.endpoint (owner);

-- step counts the attempts of the present round; a replay begins a new round. A lease that ran out by the database's
-- clock belongs to a node that died.
CREATE TABLE outbox.delivery (
  id              uuid PRIMARY KEY,
  event_id        uuid NOT NULL REFERENCES outbox.event (id),
  endpoint_id     uuid NOT NULL REFERENCES outbox.endpoint (id),
  owner           text NOT NULL,
  subject         text NOT NULL,
  status          text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  step            integer NOT NULL DEFAULT 0 CHECK (step >= 0),
  round_began_at  timestamptz,
  next_attempt_at timestamptz,
  lease           uuid,
  leased_until    timestamptz,
  finding         text,
  response_status integer,
  created_at      timestamptz NOT NULL,
  last_attempt_at timestamptz,
  UNIQUE (event_id, endpoint_id),
  CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
  CHECK ((lease IS NULL) = (leased_until IS NULL)),
  CHECK (lease IS NULL OR status = 'pending')
);
CREATE INDEX delivery_due ON outbox.delivery (endpoint_id, next_attempt_at, id) WHERE status = 'pending';
CREATE INDEX delivery_owner ON outbox.delivery (owner, id);
CREATE INDEX delivery_subject ON outbox.delivery (subject, id);
CREATE INDEX delivery_status ON outbox.delivery (status, id);

CREATE TABLE outbox.attempt (
  delivery_id     uuid NOT NULL REFERENCES outbox.delivery (id),
  number          integer NOT NULL CHECK (number > 0),
  at              timestamptz NOT NULL,
  duration_ms     integer NOT NULL CHECK (duration_ms >= 0),
  url             text NOT NULL,
  signature       text NOT NULL,
  finding         text NOT NULL,
  response_status integer,
  excerpt         text NOT NULL CHECK (length(excerpt) <= 300),
  PRIMARY KEY (delivery_id, number)
);

CREATE FUNCTION outbox.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is history: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox.event
  FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox.attempt
  FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse_change();
