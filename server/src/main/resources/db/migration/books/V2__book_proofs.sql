-- What verifying and sealing each book last came to, for operators to see. It proves nothing itself: the proof is in the
-- ledger's rows and in the manifests, which are kept outside the database.
CREATE TABLE books.book_proof (
  book        uuid PRIMARY KEY,
  verified_at timestamptz,
  transfers   bigint CHECK (transfers >= 0),
  finding     text CHECK (char_length(finding) BETWEEN 1 AND 1000),
  further     integer NOT NULL DEFAULT 0 CHECK (further >= 0),
  against     timestamptz,
  sealed_at   timestamptz,
  CONSTRAINT sound_or_broken CHECK (verified_at IS NULL OR (transfers IS NULL) <> (finding IS NULL))
);
