-- Errors as operators look for them. Counts are exact and cheap to keep; the lines behind them are bounded, so that a
-- storm of one error neither fills the disk nor hides the others.
CREATE TABLE errorlog.hour (
  code  text NOT NULL CHECK (length(code) <= 64),
  hour  timestamptz NOT NULL,
  count bigint NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, code)
);
CREATE TABLE errorlog.entry (
  sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  code       text NOT NULL CHECK (length(code) <= 64),
  message    text NOT NULL CHECK (length(message) <= 1000),
  subject    text CHECK (length(subject) <= 200),
  request_id text CHECK (length(request_id) <= 64)
);
CREATE INDEX entry_code ON errorlog.entry (code, sequence);
CREATE INDEX entry_subject ON errorlog.entry (subject, sequence) WHERE subject IS NOT NULL;
CREATE INDEX entry_at ON errorlog.entry (at);
