-- Answers to requests that came with an Idempotency-Key. A caller who lost an answer asks again and gets the same one,
-- however much later: the row is written with the change it answers for, and kept as long as that change.
CREATE TABLE identity.idempotent_request (
  credential_id   uuid NOT NULL,
  key             text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
  content_digest  bytea NOT NULL CHECK (octet_length(content_digest) = 32),
  status          integer NOT NULL CHECK (status BETWEEN 200 AND 299),
  location        text CHECK (char_length(location) <= 1000),
  body            text NOT NULL,
  answered_at     timestamptz NOT NULL,
  PRIMARY KEY (credential_id, key)
);
