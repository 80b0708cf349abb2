-- Flows that operators have paused. A gate without a row, or with an empty one, is open; who closed and opened it when is
-- in the audit log.
CREATE TABLE gates.gate (
  name       text PRIMARY KEY CHECK (name ~ '^[a-z][a-z-]{1,60}$'),
  closed_at  timestamptz,
  closed_by  text CHECK (char_length(closed_by) BETWEEN 1 AND 200),
  reason     text CHECK (char_length(reason) BETWEEN 1 AND 500),
  CONSTRAINT closed_is_whole CHECK (
    (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (reason IS NULL))
);

-- The epochs at whose beginning the outward gates were closed. What a restore forgot may have left already, so nothing
-- leaves again before somebody has looked.
CREATE TABLE gates.epoch (
  number  integer PRIMARY KEY CHECK (number > 1),
  at      timestamptz NOT NULL
);
