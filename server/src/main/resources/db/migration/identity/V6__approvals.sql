-- What no operator may do alone waits here for a second one. What is asked for is kept word for word, so that what is
-- approved is what is done; rows stay, as the record of who asked and who agreed.

CREATE TABLE identity.approval (
  id               uuid PRIMARY KEY,
  kind             text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 64),
  subject          text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 200),
  summary          text NOT NULL CHECK (char_length(summary) BETWEEN 1 AND 1000),
  content          jsonb NOT NULL,
  reason           text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  requested_by     uuid NOT NULL REFERENCES identity.operator,
  requested_at     timestamptz NOT NULL,
  expires_at       timestamptz NOT NULL CHECK (expires_at > requested_at),
  state            text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'APPROVED', 'DECLINED', 'WITHDRAWN')),
  decided_by       uuid REFERENCES identity.operator,
  decided_at       timestamptz,
  decision_reason  text CHECK (char_length(decision_reason) BETWEEN 1 AND 500),
  CONSTRAINT decided_is_whole CHECK (
    (state = 'OPEN') = (decided_at IS NULL) AND (state = 'OPEN') = (decided_by IS NULL)),
  CONSTRAINT two_people CHECK (
    state = 'OPEN' OR (state = 'WITHDRAWN') = (decided_by = requested_by)),
  CONSTRAINT decided_in_time CHECK (state <> 'APPROVED' OR decided_at < expires_at)
);
CREATE INDEX approval_open ON identity.approval (id) WHERE state = 'OPEN';
