-- Mail waits here until it is sent: it is queued with the change it tells of, and a mail server that is away stops
-- nobody. A body may hold a token somebody signs in with, so it is sealed, and erased once it is not needed any more.
CREATE TABLE mail.message (
  id            uuid PRIMARY KEY,
  kind          text NOT NULL CHECK (length(kind) <= 64),
  recipient     text NOT NULL CHECK (length(recipient) <= 320),
  subject       text NOT NULL CHECK (length(subject) <= 200),
  body_sealed   bytea,
  state         text NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
  attempts      int NOT NULL DEFAULT 0,
  queued_at     timestamptz NOT NULL,
  next_try_at   timestamptz NOT NULL,
  claimed_until timestamptz,
  finished_at   timestamptz,
  last_error    text CHECK (length(last_error) <= 500),
  CHECK ((state = 'queued') = (finished_at IS NULL)),
  CHECK ((state = 'queued') = (body_sealed IS NOT NULL))
);
CREATE INDEX message_due ON mail.message (next_try_at) WHERE state = 'queued';
