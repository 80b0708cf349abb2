-- What the daily purge did. Each batch is counted in the transaction that deletes it, so the numbers are true however a
-- run ended, and what one did not get to is what the next begins with. A run that was only asked for has not started.
CREATE TABLE upkeep.purge (
  id           uuid PRIMARY KEY,
  requested_by text CHECK (length(requested_by) <= 200),
  batch_rows   int NOT NULL CHECK (batch_rows BETWEEN 1 AND 100000),
  requested_at timestamptz NOT NULL,
  started_at   timestamptz,
  ended_at     timestamptz,
  outcome      text CHECK (outcome IN ('finished', 'out_of_time', 'stopped', 'hindered')),
  CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  CHECK (ended_at IS NULL OR started_at IS NOT NULL)
);
CREATE INDEX purge_by_request ON upkeep.purge (requested_at);

CREATE TABLE upkeep.purged_rows (
  purge_id        uuid NOT NULL REFERENCES upkeep.purge ON DELETE CASCADE,
  name            text NOT NULL CHECK (length(name) <= 100),
  deleted         bigint NOT NULL DEFAULT 0,
  batches         bigint NOT NULL DEFAULT 0,
  longest_millis  bigint NOT NULL DEFAULT 0,
  last_at         timestamptz NOT NULL,
  hindrance       text CHECK (length(hindrance) <= 300),
  PRIMARY KEY (purge_id, name)
);
