-- Who is told when an owner's endpoint is disabled, and may sign in to look after it. Addresses can be erased, so they
-- stand here and nowhere else.
CREATE TABLE outbox.contact (
  id         uuid PRIMARY KEY,
  owner      text NOT NULL CHECK (length(owner) <= 100),
  email      text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
  created_at timestamptz NOT NULL,
  UNIQUE (owner, email)
);
CREATE INDEX contact_email ON outbox.contact (email);
