-- The tables that the three published single-node PostgreSQL modes of softwaremill/tb-perf share: narrow accounts, narrow
-- transfers, three indexes beside the key. Written anew for this measurement. Two deviations: accounts have a floor,
-- so that any of them may pay, and a transfer has the caller's reference, unique, as in every ledger measured here.

-- name: install
CREATE SCHEMA IF NOT EXISTS peer;
CREATE TABLE IF NOT EXISTS peer.account (
    id      bigint PRIMARY KEY,
    balance bigint NOT NULL DEFAULT 0,
    floor   bigint NOT NULL,
    CONSTRAINT floor_holds CHECK (balance >= floor)
);
CREATE TABLE IF NOT EXISTS peer.transfer (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source     bigint NOT NULL REFERENCES peer.account (id),
    target     bigint NOT NULL REFERENCES peer.account (id),
    amount     bigint NOT NULL CHECK (amount > 0),
    reference  text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (source <> target)
);
CREATE INDEX IF NOT EXISTS transfer_of_source ON peer.transfer (source);
CREATE INDEX IF NOT EXISTS transfer_of_target ON peer.transfer (target);
CREATE INDEX IF NOT EXISTS transfer_by_time ON peer.transfer (created_at);

-- name: accounts
INSERT INTO peer.account (id, balance, floor)
SELECT n, CASE WHEN n = ? THEN 1000000000000000 ELSE 0 END, CASE WHEN n = ? THEN 0 ELSE -1000000000000000 END
FROM generate_series(0, ? - 1) AS n
ON CONFLICT DO NOTHING;

-- name: mismatches
SELECT count(*)
FROM peer.account a
LEFT JOIN (
    SELECT account, sum(amount) AS moved
    FROM (SELECT source AS account, -amount AS amount FROM peer.transfer
          UNION ALL
          SELECT target, amount FROM peer.transfer) s
    GROUP BY account) m ON m.account = a.id
WHERE a.balance <> coalesce(m.moved, 0) + CASE WHEN a.floor = 0 THEN 1000000000000000 ELSE 0 END;

-- name: rows
SELECT count(*) FROM peer.transfer;
