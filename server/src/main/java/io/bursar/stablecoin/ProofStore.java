package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import io.bursar.stablecoin.evm.TxHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The proof's columns of payment requests, and which hashes are still looked up. Each change says from which state. */
@Component
class ProofStore {
    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    private final JdbcClient jdbc;

    ProofStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes a hint, unless the request is paid or a payment waits for finality: a hint never overrides money. */
    boolean attach(PaymentRequestId request, TxHash tx, Instant at) {
        boolean taken = jdbc.sql("""
                UPDATE stablecoin.payment_request
                SET proof_status = 'attached', proof_tx = :tx, proof_finding = NULL, proof_updated_at = :at
                WHERE id = :id AND (proof_status IN ('none', 'failed')
                  OR proof_status = 'attached' AND proof_finding IS DISTINCT FROM 'waiting_finality'
                    AND proof_tx <> :tx)
                """)
                        .param("id", request.value())
                        .param("tx", ChainColumns.bytes(tx))
                        .param("at", Sql.time(at))
                        .update()
                == 1;
        if (taken) {
            lookUp(request);
        }
        return taken;
    }

    /** A Transfer that pays was seen: it becomes the proof, whatever had been pasted. */
    void waitForFinality(PaymentRequestId request, Credit credit, Instant at) {
        jdbc.sql("""
                UPDATE stablecoin.payment_request SET proof_status = 'attached', proof_tx = :tx, proof_tier = :tier,
                  proof_finding = 'waiting_finality', proof_updated_at = :at
                WHERE id = :id AND proof_status <> 'verified'
                """)
                .param("id", request.value())
                .param("tx", ChainColumns.bytes(credit.log().tx()))
                .param("tier", credit.tier().name())
                .param("at", Sql.time(at))
                .update();
        forget(request);
    }

    /** The block of the Transfer that paid is gone, so its hash is a hint again. */
    void loseSight(PaymentRequestId request, TxHash tx, Instant at) {
        int lost = jdbc.sql("""
                UPDATE stablecoin.payment_request SET proof_finding = NULL, proof_tier = NULL, proof_updated_at = :at
                WHERE id = :id AND proof_status = 'attached' AND proof_tx = :tx AND proof_finding = 'waiting_finality'
                """)
                .param("id", request.value())
                .param("tx", ChainColumns.bytes(tx))
                .param("at", Sql.time(at))
                .update();
        if (lost == 1) {
            lookUp(request);
        }
    }

    /**
     * The payment that verified the request is undone. Its hash is a hint again, for most are mined anew; until
     * something is heard of it, the finding says what happened.
     */
    boolean reverse(PaymentRequestId request, TxHash tx, Instant at) {
        boolean reversed = jdbc.sql("""
                UPDATE stablecoin.payment_request SET proof_status = 'attached', proof_finding = 'reversed',
                  proof_tier = NULL, proof_updated_at = :at, verified_at = NULL, overpaid_minor = 0
                WHERE id = :id AND proof_status = 'verified' AND proof_tx = :tx
                """)
                        .param("id", request.value())
                        .param("tx", ChainColumns.bytes(tx))
                        .param("at", Sql.time(at))
                        .update()
                == 1;
        if (reversed) {
            lookUp(request);
        }
        return reversed;
    }

    /** That nobody knows the hash is no news of a payment that was undone. */
    void wait(PaymentRequestId request, TxHash tx, ProofReason reason, Instant at) {
        jdbc.sql("""
                UPDATE stablecoin.payment_request SET proof_finding = :finding, proof_updated_at = :at
                WHERE id = :id AND proof_status = 'attached' AND proof_tx = :tx
                  AND proof_finding IS DISTINCT FROM :finding AND proof_finding IS DISTINCT FROM 'waiting_finality'
                  AND (proof_finding IS DISTINCT FROM 'reversed' OR :finding <> 'not_found')
                """)
                .param("id", request.value())
                .param("tx", ChainColumns.bytes(tx))
                .param("finding", reason.word())
                .param("at", Sql.time(at))
                .update();
    }

    /**
     * Judges this transaction's proof, and no other: a stranger's dust must not fail what the customer pasted. A
     * request without a proof takes the transaction for one.
     */
    boolean fail(PaymentRequestId request, TxHash tx, ProofReason reason, Instant at) {
        boolean failed = jdbc.sql("""
                UPDATE stablecoin.payment_request
                SET proof_status = 'failed', proof_tx = :tx, proof_updated_at = :at, proof_finding =
                  CASE WHEN proof_finding = 'reversed' AND :finding = 'not_found' THEN 'reversed' ELSE :finding END
                WHERE id = :id AND (proof_status = 'none' OR proof_status = 'attached' AND proof_tx = :tx
                  AND proof_finding IS DISTINCT FROM 'waiting_finality')
                """)
                        .param("id", request.value())
                        .param("tx", ChainColumns.bytes(tx))
                        .param("finding", reason.word())
                        .param("at", Sql.time(at))
                        .update()
                == 1;
        if (failed) {
            forget(request);
        }
        return failed;
    }

    boolean verify(PaymentRequestId request, Credit credit, Instant at) {
        forget(request);
        long overpaid = credit.allocation().unclaimed();
        return jdbc.sql("""
                UPDATE stablecoin.payment_request
                SET proof_status = 'verified', proof_tx = :tx, proof_finding = :finding, proof_updated_at = :at,
                  verified_at = :at, overpaid_minor = :overpaid, proof_tier = :tier
                WHERE id = :id AND proof_status <> 'verified'
                """)
                        .param("id", request.value())
                        .param("tx", ChainColumns.bytes(credit.log().tx()))
                        .param("tier", credit.tier().name())
                        .param("finding", overpaid > 0 ? Finding.OVERPAID.word() : null)
                        .param("at", Sql.time(at))
                        .param("overpaid", overpaid)
                        .update()
                == 1;
    }

    /** Takes what is due and lets it rest for a while that grows with each look. */
    List<Due> due(long chainId, int limit) {
        return jdbc.sql("""
                WITH due AS (
                  UPDATE stablecoin.proof_check SET attempts = attempts + 1,
                    next_at = clock_timestamp() + make_interval(secs => least(:max, :min * 1.2 ^ least(attempts, 40)))
                  WHERE request_id IN (
                    SELECT request_id FROM stablecoin.proof_check WHERE chain_id = :chain
                      AND next_at <= clock_timestamp()
                    ORDER BY next_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                  RETURNING request_id)
                SELECT p.id, p.proof_tx FROM stablecoin.payment_request p JOIN due ON due.request_id = p.id
                WHERE p.proof_status = 'attached'
                """)
                .param("max", PAUSE_MAX.toSeconds())
                .param("min", PAUSE_MIN.toSeconds())
                .param("chain", chainId)
                .param("limit", limit)
                .query((row, _) -> new Due(
                        new PaymentRequestId(row.getObject("id", UUID.class)), ChainColumns.txHash(row, "proof_tx")))
                .list();
    }

    record Due(PaymentRequestId request, TxHash tx) {}

    private void lookUp(PaymentRequestId request) {
        jdbc.sql("""
                INSERT INTO stablecoin.proof_check (request_id, chain_id, next_at)
                SELECT id, chain_id, clock_timestamp() FROM stablecoin.payment_request WHERE id = :id
                ON CONFLICT (request_id) DO UPDATE SET attempts = 0, next_at = clock_timestamp()
                """).param("id", request.value()).update();
    }

    private void forget(PaymentRequestId request) {
        jdbc.sql("DELETE FROM stablecoin.proof_check WHERE request_id = :id")
                .param("id", request.value())
                .update();
    }
}
