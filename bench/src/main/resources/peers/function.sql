-- One transaction per transfer, as a stored function on the ledger's own tables: the shortest correct way that is not a
-- batch. It updates both accounts in the order of their ids, so that no two transfers wait in a circle, and leaves
-- floors, ceilings and references to the tables' constraints. It computes no hash: the same 32 bytes are stored in
-- every row.

-- name: install
CREATE SCHEMA IF NOT EXISTS peer;
CREATE OR REPLACE FUNCTION peer.transfer(
    in_book uuid, id uuid, debit uuid, credit uuid, amount bigint, reference text, constant_hash bytea)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    at timestamptz := clock_timestamp();
    d record;
    c record;
BEGIN
    IF debit < credit THEN
        UPDATE ledger.account a
        SET posted = a.posted - transfer.amount, sequence = a.sequence + 1, last_at = greatest(a.last_at, at)
        WHERE a.book = in_book AND a.id = debit RETURNING a.posted, a.sequence, a.last_at INTO STRICT d;
        UPDATE ledger.account a
        SET posted = a.posted + transfer.amount, sequence = a.sequence + 1, last_at = greatest(a.last_at, at)
        WHERE a.book = in_book AND a.id = credit RETURNING a.posted, a.sequence, a.last_at INTO STRICT c;
    ELSE
        UPDATE ledger.account a
        SET posted = a.posted + transfer.amount, sequence = a.sequence + 1, last_at = greatest(a.last_at, at)
        WHERE a.book = in_book AND a.id = credit RETURNING a.posted, a.sequence, a.last_at INTO STRICT c;
        UPDATE ledger.account a
        SET posted = a.posted - transfer.amount, sequence = a.sequence + 1, last_at = greatest(a.last_at, at)
        WHERE a.book = in_book AND a.id = debit RETURNING a.posted, a.sequence, a.last_at INTO STRICT d;
    END IF;
    INSERT INTO ledger.transfer (
        book, id, debit_account, credit_account, amount, debit_sequence, debit_balance, credit_sequence,
        credit_balance, posted_at, effective_date, leg, part, legs, kind, reference, content_hash, memo, actor, hash)
    VALUES (
        in_book, transfer.id, debit, credit, transfer.amount, d.sequence, d.posted, c.sequence,
        c.posted, greatest(d.last_at, c.last_at), at::date, 0, 0, 1, 'MOVE', transfer.reference, constant_hash, '',
        'bench', constant_hash);
END
$$;

-- name: book
INSERT INTO ledger.book (id, name, opened_at) VALUES (?, ?, now());

-- name: accounts
INSERT INTO ledger.account (book, id, path, unit_code, unit_scale, opened_at, floor, posted, last_at, last_hash)
SELECT ?, n.id, n.path, 'USD', 2, now(), n.floor, n.posted, now(), sha256('')
FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[]) AS n (id, path, floor, posted);

-- name: transfer
SELECT peer.transfer(?, ?, ?, ?, ?, ?, ?);

-- name: mismatches
SELECT count(*)
FROM ledger.account a
LEFT JOIN (
    SELECT account, sum(amount) AS moved
    FROM (SELECT debit_account AS account, -amount AS amount FROM ledger.transfer WHERE book = ?
          UNION ALL
          SELECT credit_account, amount FROM ledger.transfer WHERE book = ?) s
    GROUP BY account) m ON m.account = a.id
WHERE a.book = ? AND a.posted <> coalesce(m.moved, 0) + CASE WHEN a.floor = 0 THEN 1000000000000000 ELSE 0 END;

-- name: rows
SELECT count(*) FROM ledger.transfer WHERE book = ?;
