package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import io.bursar.stablecoin.ChainTransfer.Block;
import io.bursar.stablecoin.ChainTransfer.State;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Erc20.Transfer;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TokenAmount;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Transfers seen on the chains as rows. */
@Component
class TransferStore {
    private static final String SELECT = """
            SELECT t.id, t.chain_id, t.tx_hash, t.ordinal, t.block_hash, t.block_number, t.block_time, t.token,
                   t.sender, t.recipient, t.amount, t.request_id, t.state, t.finding, t.seen_at, t.final_at
            FROM stablecoin.chain_transfer t
            """;

    private final JdbcClient jdbc;

    TransferStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes what was seen in a canonical block. False when the row is there already, or the log is alive in another
     * block.
     */
    boolean insert(ChainTransfer transfer) {
        return jdbc.sql("""
                INSERT INTO stablecoin.chain_transfer (
                  id, chain_id, tx_hash, ordinal, block_hash, block_number, block_time, token, sender, recipient,
                  amount, request_id, state, finding, seen_at)
                VALUES (:id, :chain, :tx, :ordinal, :blockHash, :blockNumber, :blockTime, :token, :sender, :recipient,
                  :amount, :request, :state, :finding, :seenAt)
                ON CONFLICT DO NOTHING
                """)
                        .param("id", transfer.id())
                        .param("chain", transfer.log().chainId())
                        .param("tx", ChainColumns.bytes(transfer.log().tx()))
                        .param("ordinal", transfer.log().ordinal())
                        .param("blockHash", ChainColumns.bytes(transfer.block().hash()))
                        .param("blockNumber", transfer.block().number())
                        .param("blockTime", Sql.time(transfer.block().time()))
                        .param("token", transfer.transfer().token().bytes())
                        .param("sender", transfer.transfer().from().bytes())
                        .param("recipient", transfer.transfer().to().bytes())
                        .param(
                                "amount",
                                new BigDecimal(transfer.transfer().amount().atomic()))
                        .param("request", transfer.request().value())
                        .param("state", transfer.state().word())
                        .param(
                                "finding",
                                transfer.finding() == null
                                        ? null
                                        : transfer.finding().word())
                        .param("seenAt", Sql.time(transfer.seenAt()))
                        .update()
                == 1;
    }

    /** The block came back: what had been taken for gone is there again, with what was credited for it if any was. */
    boolean revive(LogKey log, BlockHash block) {
        return jdbc.sql("""
                UPDATE stablecoin.chain_transfer t SET state = 'seen', final_at = NULL,
                  finding = CASE WHEN NOT bookable THEN finding ELSE (
                    SELECT c.finding FROM stablecoin.credit c WHERE c.transfer_id = t.id AND c.live) END
                WHERE chain_id = :chain AND tx_hash = :tx AND ordinal = :ordinal AND block_hash = :block
                  AND state = 'reorged' AND NOT EXISTS (
                    SELECT FROM stablecoin.chain_transfer o WHERE o.chain_id = t.chain_id AND o.tx_hash = t.tx_hash
                      AND o.ordinal = t.ordinal AND o.state <> 'reorged')
                """)
                        .param("chain", log.chainId())
                        .param("tx", ChainColumns.bytes(log.tx()))
                        .param("ordinal", log.ordinal())
                        .param("block", ChainColumns.bytes(block))
                        .update()
                == 1;
    }

    /** Marks the log's row of any other block gone, since a transaction is in one block at a time. */
    void supersede(LogKey log, BlockHash block) {
        jdbc.sql("""
                UPDATE stablecoin.chain_transfer SET state = 'reorged'
                WHERE chain_id = :chain AND tx_hash = :tx AND ordinal = :ordinal AND block_hash <> :block
                  AND state <> 'reorged'
                """)
                .param("chain", log.chainId())
                .param("tx", ChainColumns.bytes(log.tx()))
                .param("ordinal", log.ordinal())
                .param("block", ChainColumns.bytes(block))
                .update();
    }

    boolean markReorged(UUID id) {
        return jdbc.sql("UPDATE stablecoin.chain_transfer SET state = 'reorged' WHERE id = :id AND state <> 'reorged'")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** True for exactly one caller. */
    boolean markFinal(UUID id, Instant at) {
        return jdbc.sql("""
                UPDATE stablecoin.chain_transfer SET state = 'final', final_at = :at WHERE id = :id AND state = 'seen'
                """).param("id", id).param("at", Sql.time(at)).update() == 1;
    }

    void note(UUID id, Finding finding) {
        jdbc.sql("UPDATE stablecoin.chain_transfer SET finding = :finding WHERE id = :id")
                .param("finding", finding.word())
                .param("id", id)
                .update();
    }

    /** Locks the row until the caller's transaction ends. */
    Optional<ChainTransfer> lock(UUID id) {
        return jdbc.sql(SELECT + " WHERE t.id = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(TransferStore::transfer)
                .optional();
    }

    List<ChainTransfer> ofRequest(PaymentRequestId request) {
        return jdbc.sql(SELECT + " WHERE t.request_id = :request ORDER BY t.seen_at, t.block_number, t.ordinal")
                .param("request", request.value())
                .query(TransferStore::transfer)
                .list();
    }

    /** What was seen in or above a block, final or not. */
    List<ChainTransfer> from(long chainId, long blockNumber, int limit) {
        return jdbc.sql(SELECT + """
                 WHERE t.chain_id = :chain AND t.state <> 'reorged' AND t.block_number >= :from
                ORDER BY t.block_number LIMIT :limit
                """)
                .param("chain", chainId)
                .param("from", blockNumber)
                .param("limit", limit)
                .query(TransferStore::transfer)
                .list();
    }

    /** Seen, fit to be posted, and its log is credited in no block. */
    List<ChainTransfer> uncredited(long chainId, int limit) {
        return jdbc.sql(SELECT + """
                 WHERE t.chain_id = :chain AND t.state = 'seen' AND t.bookable AND NOT EXISTS (
                  SELECT FROM stablecoin.credit c WHERE c.chain_id = t.chain_id AND c.tx_hash = t.tx_hash
                    AND c.ordinal = t.ordinal AND c.live)
                ORDER BY t.block_number, t.ordinal LIMIT :limit
                """)
                .param("chain", chainId)
                .param("limit", limit)
                .query(TransferStore::transfer)
                .list();
    }

    /** Credited in a block that is gone. */
    List<ChainTransfer> creditedThoughGone(long chainId, int limit) {
        return jdbc.sql(SELECT + """
                 WHERE t.chain_id = :chain AND t.state = 'reorged' AND EXISTS (
                  SELECT FROM stablecoin.credit c WHERE c.transfer_id = t.id AND c.state = 'committed')
                ORDER BY t.block_number, t.ordinal LIMIT :limit
                """)
                .param("chain", chainId)
                .param("limit", limit)
                .query(TransferStore::transfer)
                .list();
    }

    /** Seen, for which {@link Step} may have something to do, since nothing of theirs is on its way to the ledger. */
    List<ChainTransfer> ripe(Heads heads, int limit) {
        return jdbc.sql(SELECT + """
                 WHERE t.chain_id = :chain AND t.state = 'seen' AND (
                  t.block_number <= :final AND (NOT t.bookable OR EXISTS (
                    SELECT FROM stablecoin.credit c WHERE c.transfer_id = t.id
                      AND c.state IN ('pending', 'committed', 'refused', 'unreversed')))
                  OR EXISTS (
                    SELECT FROM stablecoin.credit c WHERE c.transfer_id = t.id AND c.state = 'pending'
                      AND t.block_number <= CASE c.tier WHEN 'FAST' THEN greatest(:fast, :safe)
                        WHEN 'SAFE' THEN :safe END))
                ORDER BY t.block_number, t.ordinal LIMIT :limit
                """)
                .param("chain", heads.chain().id())
                .param("fast", height(heads, Finality.FAST))
                .param("safe", height(heads, Finality.SAFE))
                .param("final", height(heads, Finality.FINAL))
                .param("limit", limit)
                .query(TransferStore::transfer)
                .list();
    }

    private static long height(Heads heads, Finality tier) {
        Long height = heads.height(tier);
        return height == null ? -1 : height;
    }

    private static ChainTransfer transfer(ResultSet row, int number) throws SQLException {
        String finding = row.getString("finding");
        return new ChainTransfer(
                row.getObject("id", UUID.class),
                new LogKey(row.getLong("chain_id"), ChainColumns.txHash(row, "tx_hash"), row.getInt("ordinal")),
                new Block(
                        row.getLong("block_number"),
                        ChainColumns.blockHash(row, "block_hash"),
                        Sql.instant(row, "block_time")),
                new Transfer(
                        ChainColumns.address(row, "token"),
                        ChainColumns.address(row, "sender"),
                        ChainColumns.address(row, "recipient"),
                        TokenAmount.of(row.getBigDecimal("amount").toBigIntegerExact())),
                new PaymentRequestId(row.getObject("request_id", UUID.class)),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                finding == null ? null : Finding.ofWord(finding),
                Sql.instant(row, "seen_at"),
                Sql.instantOrNull(row, "final_at"));
    }
}
