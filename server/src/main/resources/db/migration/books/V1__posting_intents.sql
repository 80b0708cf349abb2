-- A decision to post is written in the transaction of the domain change it belongs to, before the ledger is asked. A
-- process that dies in between leaves a row in state POSTING, which the sweeper submits again: the posting is kept
-- whole, and its reference makes the second submission harmless.
CREATE TABLE books.posting_intent (
  id              uuid PRIMARY KEY,
  handler         text NOT NULL CHECK (handler ~ '^[a-z][a-z-]{1,60}$'),
  subject         text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 200),
  book            uuid NOT NULL,
  reference       text COLLATE "C" NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 300),
  legs            jsonb NOT NULL CHECK (jsonb_typeof(legs) = 'array' AND jsonb_array_length(legs) > 0),
  effective_date  date,
  memo            text NOT NULL,
  actor           text NOT NULL,
  state           text NOT NULL DEFAULT 'POSTING' CHECK (state IN ('POSTING', 'POSTED', 'REJECTED')),
  rejection       text,
  decided_at      timestamptz NOT NULL,
  settled_at      timestamptz,
  -- The queue's own clock is the database's, so that nodes whose clocks differ agree on who may take a row when.
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  not_before      timestamptz NOT NULL,
  -- Whoever settles owns the row this long, so that no two ask the ledger at once: a refusal one was told is never
  -- followed by a posting of the other.
  leased_until    timestamptz,
  CONSTRAINT settled_has_its_time CHECK ((state = 'POSTING') = (settled_at IS NULL)),
  CONSTRAINT only_rejected_says_why CHECK ((state = 'REJECTED') = (rejection IS NOT NULL))
);
-- One open decision per business fact: deciding it a second time while it is on its way is a bug, not a retry.
CREATE UNIQUE INDEX posting_intent_open ON books.posting_intent (book, reference) WHERE state = 'POSTING';
CREATE INDEX posting_intent_due ON books.posting_intent (not_before) WHERE state = 'POSTING';
CREATE INDEX posting_intent_by_subject ON books.posting_intent (subject, decided_at);
