-- Locks held by the client: read both accounts FOR UPDATE in the order of their ids, decide in the client, write, commit.

-- name: lock
SELECT id, balance, floor FROM peer.account WHERE id IN (?, ?) ORDER BY id FOR UPDATE;

-- name: add
UPDATE peer.account SET balance = balance + ? WHERE id = ?;

-- name: record
INSERT INTO peer.transfer (source, target, amount, reference) VALUES (?, ?, ?, ?);
