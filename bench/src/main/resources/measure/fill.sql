-- Fills a book with history: indexes away, rows in by COPY, indexes back as they were, accounts brought up to date.

-- name: accounts
SELECT id, path, posted, sequence, last_hash FROM ledger.account WHERE book = ?;

-- name: indexes
SELECT 'ALTER TABLE ledger.transfer DROP CONSTRAINT ' || quote_ident(conname) AS away,
       'ALTER TABLE ledger.transfer ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) AS back
FROM pg_constraint WHERE conrelid = 'ledger.transfer'::regclass AND contype IN ('p', 'u')
UNION ALL
SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid = 'ledger.transfer'::regclass
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid);

-- name: copy
COPY ledger.transfer (
    book, id, debit_account, credit_account, amount, debit_sequence, debit_balance, credit_sequence, credit_balance,
    posted_at, effective_date, leg, part, legs, kind, reference, content_hash, memo, actor, hash)
FROM STDIN (FORMAT binary);

-- name: update accounts
UPDATE ledger.account a
SET posted = n.posted, sequence = n.sequence, last_at = n.last_at, last_hash = n.last_hash
FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::bytea[])
    AS n (id, posted, sequence, last_at, last_hash)
WHERE a.book = ? AND a.id = n.id;
