-- Provider events in. The row that acknowledges an event holds exactly what came and never changes, so that it can be
-- judged and replayed years later; its way through our hands lies beside it, because a queue that rewrites the body
-- with every lease bloats. One event is kept once, however often its provider sends it.
CREATE TABLE inbox.event (
  id          uuid PRIMARY KEY,
  provider    text NOT NULL CHECK (length(provider) BETWEEN 1 AND 40),
  account     text NOT NULL CHECK (length(account) BETWEEN 1 AND 100),
  external_id text NOT NULL CHECK (length(external_id) BETWEEN 1 AND 200),
  kind        text NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
  subject     text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  verdict     text NOT NULL CHECK (verdict IN ('signed', 'listed')),
  headers     text NOT NULL,
  body        bytea NOT NULL CHECK (octet_length(body) <= 262144),
  received_at timestamptz NOT NULL,
  UNIQUE (provider, account, external_id)
);

-- step counts the attempts of the present round; a replay begins a new round. A lease that ran out by the database's
-- clock belongs to a node that died. settled_at is what retention goes by: nothing that waits or is parked has one.
CREATE TABLE inbox.work (
  event_id        uuid PRIMARY KEY REFERENCES inbox.event (id),
  provider        text NOT NULL,
  account         text NOT NULL,
  subject         text NOT NULL,
  state           text NOT NULL CHECK (state IN ('waiting', 'applied', 'ignored', 'parked')),
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  step            integer NOT NULL DEFAULT 0 CHECK (step >= 0),
  next_attempt_at timestamptz,
  lease           uuid,
  leased_until    timestamptz,
  result          text,
  detail          text CHECK (length(detail) <= 500),
  last_attempt_at timestamptz,
  settled_at      timestamptz,
  CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL)),
  CHECK ((lease IS NULL) = (leased_until IS NULL)),
  CHECK (lease IS NULL OR state = 'waiting'),
  CHECK ((state IN ('applied', 'ignored')) = (settled_at IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX work_due ON inbox.work (next_attempt_at, event_id) WHERE state = 'waiting';
-- Two events about one subject never run at the same time, whatever the claim overlooks.
CREATE UNIQUE INDEX work_busy ON inbox.work (provider, account, subject) WHERE lease IS NOT NULL;
CREATE INDEX work_state ON inbox.work (state, event_id);
CREATE INDEX work_subject ON inbox.work (subject, event_id);
CREATE INDEX work_settled ON inbox.work (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE inbox.attempt (
  event_id    uuid NOT NULL REFERENCES inbox.event (id),
  number      integer NOT NULL CHECK (number > 0),
  at          timestamptz NOT NULL,
  duration_ms integer NOT NULL CHECK (duration_ms >= 0),
  result      text NOT NULL,
  detail      text NOT NULL CHECK (length(detail) <= 500),
  PRIMARY KEY (event_id, number)
);

-- What did not prove where it comes from: all of it counted by the hour, the first of a kind in an hour kept to look at.
CREATE TABLE inbox.rejection_count (
  provider text NOT NULL,
  account  text NOT NULL,
  reason   text NOT NULL,
  hour     timestamptz NOT NULL,
  count    bigint NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, provider, account, reason)
);

CREATE TABLE inbox.rejection (
  id         uuid PRIMARY KEY,
  provider   text NOT NULL,
  account    text NOT NULL,
  reason     text NOT NULL,
  claimed_id text CHECK (length(claimed_id) <= 200),
  headers    text NOT NULL,
  body       bytea NOT NULL CHECK (octet_length(body) <= 4096),
  body_bytes integer NOT NULL CHECK (body_bytes >= 0),
  at         timestamptz NOT NULL
);

-- How far a provider's own list of events was read. since is where the present walk through it began.
CREATE TABLE inbox.backfill (
  provider    text NOT NULL,
  account     text NOT NULL,
  read_until  timestamptz NOT NULL,
  walk_from   timestamptz,
  walk_until  timestamptz,
  walk_cursor text,
  read_at     timestamptz,
  found       bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (provider, account),
  CHECK ((walk_from IS NULL) = (walk_until IS NULL)),
  CHECK (walk_cursor IS NULL OR walk_from IS NOT NULL)
);

CREATE FUNCTION inbox.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is what came in: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
-- Not named append_only: retention deletes what is settled and old.
CREATE TRIGGER unchanged BEFORE UPDATE OR TRUNCATE ON inbox.event
  FOR EACH STATEMENT EXECUTE FUNCTION inbox.refuse_change();
CREATE TRIGGER unchanged BEFORE UPDATE OR TRUNCATE ON inbox.attempt
  FOR EACH STATEMENT EXECUTE FUNCTION inbox.refuse_change();
