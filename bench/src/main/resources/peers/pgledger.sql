-- The model of pgledger, written anew: accounts with numeric balance and version, text ids with a prefix, a transfer row
-- and two entry rows that carry the balance before and after, all in one function per transfer that locks in the order
-- of ids. Its text ids are ULIDs made by a function in SQL; here they are uuidv7() without dashes, which costs less. It
-- has no reference of the caller's (its issue 38), so none is stored.

-- name: install
CREATE SCHEMA IF NOT EXISTS pgledger;
CREATE TABLE IF NOT EXISTS pgledger.accounts (
    id                     text PRIMARY KEY,
    name                   text NOT NULL,
    currency               text NOT NULL,
    balance                numeric NOT NULL DEFAULT 0,
    version                bigint NOT NULL DEFAULT 0,
    allow_negative_balance boolean NOT NULL,
    allow_positive_balance boolean NOT NULL,
    metadata               jsonb,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS pgledger.transfers (
    id              text PRIMARY KEY,
    from_account_id text NOT NULL REFERENCES pgledger.accounts (id),
    to_account_id   text NOT NULL REFERENCES pgledger.accounts (id),
    amount          numeric NOT NULL,
    created_at      timestamptz NOT NULL,
    event_at        timestamptz NOT NULL,
    metadata        jsonb,
    CHECK (amount > 0 AND from_account_id <> to_account_id)
);
CREATE INDEX IF NOT EXISTS transfers_from ON pgledger.transfers (from_account_id);
CREATE INDEX IF NOT EXISTS transfers_to ON pgledger.transfers (to_account_id);
CREATE INDEX IF NOT EXISTS transfers_event_at ON pgledger.transfers (event_at);
CREATE TABLE IF NOT EXISTS pgledger.entries (
    id                       text PRIMARY KEY,
    account_id               text NOT NULL REFERENCES pgledger.accounts (id),
    transfer_id              text NOT NULL REFERENCES pgledger.transfers (id),
    amount                   numeric NOT NULL,
    account_previous_balance numeric NOT NULL,
    account_current_balance  numeric NOT NULL,
    account_version          bigint NOT NULL,
    created_at               timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_account ON pgledger.entries (account_id);
CREATE INDEX IF NOT EXISTS entries_transfer ON pgledger.entries (transfer_id);

CREATE OR REPLACE FUNCTION pgledger.new_id(prefix text) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT prefix || replace(uuidv7()::text, '-', '')
$$;

CREATE OR REPLACE FUNCTION pgledger.create_transfer(from_id text, to_id text, amount numeric) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    payer pgledger.accounts;
    payee pgledger.accounts;
    transfer_id text := pgledger.new_id('pglt_');
BEGIN
    PERFORM 1 FROM pgledger.accounts a WHERE a.id = least(from_id, to_id) FOR UPDATE;
    PERFORM 1 FROM pgledger.accounts a WHERE a.id = greatest(from_id, to_id) FOR UPDATE;
    UPDATE pgledger.accounts a
    SET balance = a.balance - create_transfer.amount, version = a.version + 1, updated_at = now()
    WHERE a.id = from_id RETURNING * INTO STRICT payer;
    IF payer.balance < 0 AND NOT payer.allow_negative_balance THEN
        RAISE EXCEPTION 'account % does not allow a negative balance', from_id;
    END IF;
    UPDATE pgledger.accounts a
    SET balance = a.balance + create_transfer.amount, version = a.version + 1, updated_at = now()
    WHERE a.id = to_id RETURNING * INTO STRICT payee;
    IF payee.balance > 0 AND NOT payee.allow_positive_balance THEN
        RAISE EXCEPTION 'account % does not allow a positive balance', to_id;
    END IF;
    IF payer.currency <> payee.currency THEN
        RAISE EXCEPTION 'accounts % and % differ in currency', from_id, to_id;
    END IF;
    INSERT INTO pgledger.transfers (id, from_account_id, to_account_id, amount, created_at, event_at)
    VALUES (transfer_id, from_id, to_id, create_transfer.amount, now(), now());
    INSERT INTO pgledger.entries (
        id, account_id, transfer_id, amount, account_previous_balance, account_current_balance, account_version,
        created_at)
    VALUES (pgledger.new_id('pgle_'), from_id, transfer_id, -create_transfer.amount,
            payer.balance + create_transfer.amount, payer.balance, payer.version, now());
    INSERT INTO pgledger.entries (
        id, account_id, transfer_id, amount, account_previous_balance, account_current_balance, account_version,
        created_at)
    VALUES (pgledger.new_id('pgle_'), to_id, transfer_id, create_transfer.amount,
            payee.balance - create_transfer.amount, payee.balance, payee.version, now());
    RETURN transfer_id;
END
$$;

-- name: accounts
INSERT INTO pgledger.accounts (
    id, name, currency, balance, allow_negative_balance, allow_positive_balance, created_at, updated_at)
SELECT 'pgla_' || lpad(n::text, 26, '0'), 'account ' || n, 'USD',
       CASE WHEN n = ? THEN 1000000000000000 ELSE 0 END, n <> ?, true, now(), now()
FROM generate_series(0, ? - 1) AS n
ON CONFLICT DO NOTHING;

-- name: transfer
SELECT pgledger.create_transfer(?, ?, ?);

-- name: mismatches
SELECT count(*)
FROM pgledger.accounts a
LEFT JOIN (SELECT account_id, sum(amount) AS moved FROM pgledger.entries GROUP BY account_id) e ON e.account_id = a.id
WHERE a.balance <> coalesce(e.moved, 0) + CASE WHEN a.allow_negative_balance THEN 0 ELSE 1000000000000000 END;

-- name: rows
SELECT count(*) FROM pgledger.transfers;
