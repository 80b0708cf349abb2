-- Batches by savepoints: one connection takes whatever waits, up to 8,190 transfers, and a function makes them one after
-- the other, each in a subtransaction of its own, so that one that fails leaves the others alone.

-- name: install
CREATE OR REPLACE FUNCTION peer.transfer_batch(
    sources bigint[], targets bigint[], amounts bigint[], reference_list text[])
RETURNS boolean[] LANGUAGE plpgsql AS $$
DECLARE
    results boolean[] := '{}';
BEGIN
    FOR i IN 1 .. array_length(sources, 1) LOOP
        BEGIN
            IF sources[i] < targets[i] THEN
                UPDATE peer.account SET balance = balance - amounts[i] WHERE id = sources[i];
                UPDATE peer.account SET balance = balance + amounts[i] WHERE id = targets[i];
            ELSE
                UPDATE peer.account SET balance = balance + amounts[i] WHERE id = targets[i];
                UPDATE peer.account SET balance = balance - amounts[i] WHERE id = sources[i];
            END IF;
            INSERT INTO peer.transfer (source, target, amount, reference)
            VALUES (sources[i], targets[i], amounts[i], reference_list[i]);
            results := array_append(results, true);
        EXCEPTION WHEN check_violation OR unique_violation OR foreign_key_violation THEN
            results := array_append(results, false);
        END;
    END LOOP;
    RETURN results;
END
$$;

-- name: transfer
SELECT peer.transfer_batch(?, ?, ?, ?);
