-- Atomic updates without an explicit lock: the floor is judged in the WHERE clause, the accounts are updated in the order
-- of their ids, all in one call of a function.

-- name: install
CREATE OR REPLACE FUNCTION peer.transfer_atomic(source bigint, target bigint, amount bigint, reference text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF source < target THEN
        PERFORM peer.debit(source, amount);
        UPDATE peer.account a SET balance = a.balance + transfer_atomic.amount WHERE a.id = target;
    ELSE
        UPDATE peer.account a SET balance = a.balance + transfer_atomic.amount WHERE a.id = target;
        PERFORM peer.debit(source, amount);
    END IF;
    INSERT INTO peer.transfer (source, target, amount, reference)
    VALUES (transfer_atomic.source, transfer_atomic.target, transfer_atomic.amount, transfer_atomic.reference);
END
$$;
CREATE OR REPLACE FUNCTION peer.debit(source bigint, amount bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE peer.account a SET balance = a.balance - debit.amount
    WHERE a.id = source AND a.balance - debit.amount >= a.floor;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'account % is unknown or cannot pay %', source, amount;
    END IF;
END
$$;

-- name: transfer
SELECT peer.transfer_atomic(?, ?, ?, ?);
