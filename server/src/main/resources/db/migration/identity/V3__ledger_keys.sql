-- A key opens what is one partner's, or one book of the ledger within its scopes. Both are found by the same digest, so
-- they are one table.
ALTER TABLE identity.api_key
  ALTER COLUMN partner_id DROP NOT NULL,
  ADD COLUMN book_id uuid,
  ADD COLUMN scopes text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT opens_one_thing CHECK ((partner_id IS NULL) <> (book_id IS NULL)),
  ADD CONSTRAINT scopes_of_a_book CHECK (
    CASE WHEN book_id IS NULL THEN cardinality(scopes) = 0
         ELSE cardinality(scopes) > 0 AND scopes <@ ARRAY['ledger:post', 'ledger:read'] END);
CREATE INDEX api_key_by_book ON identity.api_key (book_id, credential_id DESC) WHERE book_id IS NOT NULL;
