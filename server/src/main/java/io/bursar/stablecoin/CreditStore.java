package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TxHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Credits as rows. */
@Component
class CreditStore {
    private static final String SELECT = """
            SELECT id, transfer_id, chain_id, tx_hash, ordinal, block_hash, round, request_id, finding, wallet_minor,
                   unclaimed_minor, tier, state, replaced_by, reversal_at, owed_minor
            FROM stablecoin.credit
            """;

    private final JdbcClient jdbc;

    CreditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One payment at a time is decided for a request. Whoever decides or completes takes this lock first of all, and
     * only then touches transfers and credits.
     */
    void lockRequest(PaymentRequestId request) {
        jdbc.sql("SELECT id FROM stablecoin.payment_request WHERE id = :id FOR NO KEY UPDATE")
                .param("id", request.value())
                .query()
                .singleRow();
    }

    /** False when the log is credited already, in whatever block. */
    boolean insert(Credit credit, Instant at) {
        return jdbc.sql("""
                INSERT INTO stablecoin.credit (
                  id, transfer_id, chain_id, tx_hash, ordinal, block_hash, round, request_id, finding, wallet_minor,
                  unclaimed_minor, tier, state, changed_at)
                VALUES (:id, :transfer, :chain, :tx, :ordinal, :block, :round, :request, :finding, :wallet, :unclaimed,
                  :tier, :state, :at)
                ON CONFLICT DO NOTHING
                """)
                        .param("id", credit.id())
                        .param("transfer", credit.transfer())
                        .param("chain", credit.log().chainId())
                        .param("tx", ChainColumns.bytes(credit.log().tx()))
                        .param("ordinal", credit.log().ordinal())
                        .param("block", ChainColumns.bytes(credit.block()))
                        .param("round", credit.round())
                        .param("request", credit.request().value())
                        .param("finding", credit.allocation().finding().word())
                        .param("wallet", credit.allocation().wallet())
                        .param("unclaimed", credit.allocation().unclaimed())
                        .param("tier", credit.tier().name())
                        .param("state", credit.state().word())
                        .param("at", Sql.time(at))
                        .update()
                == 1;
    }

    /** Whether a Transfer pays the request, or is about to. */
    boolean isPaid(PaymentRequestId request) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM stablecoin.credit WHERE request_id = :request AND live
                  AND finding IN ('exact', 'overpaid'))
                """)
                .param("request", request.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether a Transfer of another transaction pays the request. */
    boolean isPaidByAnother(PaymentRequestId request, TxHash tx) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM stablecoin.credit WHERE request_id = :request AND live
                  AND finding IN ('exact', 'overpaid') AND tx_hash <> :tx)
                """)
                .param("request", request.value())
                .param("tx", ChainColumns.bytes(tx))
                .query(Boolean.class)
                .single();
    }

    /** Ordinals of a transaction's logs that credit other requests. */
    Set<Integer> usedElsewhere(long chainId, TxHash tx, PaymentRequestId request) {
        return Set.copyOf(jdbc.sql("""
                SELECT ordinal FROM stablecoin.credit WHERE chain_id = :chain AND tx_hash = :tx AND live
                  AND request_id <> :request
                """)
                .param("chain", chainId)
                .param("tx", ChainColumns.bytes(tx))
                .param("request", request.value())
                .query((row, _) -> row.getInt("ordinal"))
                .list());
    }

    int rounds(UUID transfer) {
        return jdbc.sql("SELECT coalesce(max(round), 0) FROM stablecoin.credit WHERE transfer_id = :transfer")
                .param("transfer", transfer)
                .query((row, _) -> row.getInt(1))
                .single();
    }

    Optional<Credit> find(UUID id) {
        return jdbc.sql(SELECT + " WHERE id = :id")
                .param("id", id)
                .query(CreditStore::credit)
                .optional();
    }

    /** The live credit of a transfer, locked until the caller's transaction ends. */
    Optional<Credit> lockOf(UUID transfer) {
        return jdbc.sql(SELECT + " WHERE transfer_id = :transfer AND live FOR NO KEY UPDATE")
                .param("transfer", transfer)
                .query(CreditStore::credit)
                .optional();
    }

    /** True for exactly one caller. */
    boolean move(UUID id, Credit.State from, Credit.State to, Instant at) {
        return jdbc.sql("""
                UPDATE stablecoin.credit SET state = :to, changed_at = :at WHERE id = :id AND state = :from
                """)
                        .param("id", id)
                        .param("from", from.word())
                        .param("to", to.word())
                        .param("at", Sql.time(at))
                        .update()
                == 1;
    }

    /** Notes the evidence with the decision. True for exactly one caller. */
    boolean reverse(UUID id, BlockHash replacedBy, Instant at) {
        return jdbc.sql("""
                UPDATE stablecoin.credit SET state = 'reversing', replaced_by = :block, reversal_at = :at,
                  changed_at = :at
                WHERE id = :id AND state = 'committed'
                """)
                        .param("id", id)
                        .param("block", ChainColumns.bytes(replacedBy))
                        .param("at", Sql.time(at))
                        .update()
                == 1;
    }

    void noteOwed(UUID id, long owed) {
        jdbc.sql("UPDATE stablecoin.credit SET owed_minor = :owed WHERE id = :id")
                .param("owed", owed)
                .param("id", id)
                .update();
    }

    /** Of each Transfer of the request the credit made last. */
    List<Credit> latestOf(PaymentRequestId request) {
        return jdbc.sql(SELECT + """
                 c WHERE request_id = :request AND NOT EXISTS (
                  SELECT FROM stablecoin.credit o WHERE o.transfer_id = c.transfer_id AND o.round > c.round)
                """)
                .param("request", request.value())
                .query(CreditStore::credit)
                .list();
    }

    /** The tiers at which something of the chain waits to count, or will. */
    Set<Finality> tiersNeeded(long chainId) {
        return Set.copyOf(jdbc.sql("""
                SELECT tier FROM stablecoin.partner WHERE chain_id = :chain
                UNION
                SELECT tier FROM stablecoin.credit
                WHERE chain_id = :chain AND tier = 'SAFE' AND state IN ('reserving', 'pending')
                """)
                .param("chain", chainId)
                .query((row, _) -> Finality.valueOf(row.getString("tier")))
                .list());
    }

    void reallocate(Credit credit) {
        jdbc.sql("""
                UPDATE stablecoin.credit SET finding = :finding, wallet_minor = :wallet, unclaimed_minor = :unclaimed
                WHERE id = :id
                """)
                .param("id", credit.id())
                .param("finding", credit.allocation().finding().word())
                .param("wallet", credit.allocation().wallet())
                .param("unclaimed", credit.allocation().unclaimed())
                .update();
    }

    /** Reserved for blocks that are gone. */
    List<Credit> releasable(long chainId, int limit) {
        return jdbc.sql(SELECT + """
                 WHERE chain_id = :chain AND state = 'pending' AND EXISTS (
                  SELECT FROM stablecoin.chain_transfer t WHERE t.id = transfer_id AND t.state = 'reorged')
                LIMIT :limit
                """)
                .param("chain", chainId)
                .param("limit", limit)
                .query(CreditStore::credit)
                .list();
    }

    private static Credit credit(ResultSet row, int number) throws SQLException {
        return new Credit(
                row.getObject("id", UUID.class),
                row.getObject("transfer_id", UUID.class),
                new LogKey(row.getLong("chain_id"), ChainColumns.txHash(row, "tx_hash"), row.getInt("ordinal")),
                ChainColumns.blockHash(row, "block_hash"),
                row.getInt("round"),
                new PaymentRequestId(row.getObject("request_id", UUID.class)),
                new Allocation(
                        Finding.ofWord(row.getString("finding")),
                        row.getLong("wallet_minor"),
                        row.getLong("unclaimed_minor")),
                Finality.valueOf(row.getString("tier")),
                Credit.State.ofWord(row.getString("state")),
                reversal(row));
    }

    private static Credit.@Nullable Reversal reversal(ResultSet row) throws SQLException {
        Instant at = Sql.instantOrNull(row, "reversal_at");
        return at == null
                ? null
                : new Credit.Reversal(ChainColumns.blockHash(row, "replaced_by"), at, row.getLong("owed_minor"));
    }
}
