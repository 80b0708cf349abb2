package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import io.bursar.stablecoin.evm.BlockHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each chain was read, and the blocks read lately. */
@Component
class CursorStore {
    /** How many of the latest heights are remembered, to walk back along. */
    static final int REMEMBERED_BLOCKS = 1_024;

    private final JdbcClient jdbc;

    CursorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A block that was read, with all below it. */
    record Point(long height, BlockHash hash) {}

    Optional<Point> cursor(long chainId) {
        return jdbc.sql("SELECT height, block_hash FROM stablecoin.chain_cursor WHERE chain_id = :chain")
                .param("chain", chainId)
                .query((row, _) -> new Point(row.getLong("height"), ChainColumns.blockHash(row, "block_hash")))
                .optional();
    }

    Optional<BlockHash> genesis(long chainId) {
        return jdbc.sql("SELECT genesis FROM stablecoin.chain_cursor WHERE chain_id = :chain")
                .param("chain", chainId)
                .query((row, _) -> ChainColumns.blockHash(row, "genesis"))
                .optional();
    }

    /** When the first request of the chain was made, if any was. */
    Optional<Instant> firstRequestAt(long chainId) {
        return jdbc.sql("""
                SELECT created_at FROM stablecoin.payment_request WHERE chain_id = :chain
                ORDER BY created_at LIMIT 1
                """)
                .param("chain", chainId)
                .query((row, _) -> Sql.instant(row, "created_at"))
                .optional();
    }

    void start(long chainId, BlockHash genesis, Point at, Instant now) {
        jdbc.sql("""
                INSERT INTO stablecoin.chain_cursor (chain_id, genesis, height, block_hash, moved_at)
                VALUES (:chain, :genesis, :height, :hash, :now) ON CONFLICT DO NOTHING
                """)
                .param("chain", chainId)
                .param("genesis", ChainColumns.bytes(genesis))
                .param("height", at.height())
                .param("hash", ChainColumns.bytes(at.hash()))
                .param("now", Sql.time(now))
                .update();
    }

    /** Moves on, or back; false when another watcher has moved meanwhile. */
    boolean move(long chainId, Point from, Point to, Instant now) {
        return jdbc.sql("""
                UPDATE stablecoin.chain_cursor SET height = :height, block_hash = :hash, moved_at = :now
                WHERE chain_id = :chain AND height = :fromHeight AND block_hash = :fromHash
                """)
                        .param("chain", chainId)
                        .param("height", to.height())
                        .param("hash", ChainColumns.bytes(to.hash()))
                        .param("fromHeight", from.height())
                        .param("fromHash", ChainColumns.bytes(from.hash()))
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    void remember(long chainId, Point point) {
        jdbc.sql("""
                INSERT INTO stablecoin.chain_block (chain_id, height, block_hash) VALUES (:chain, :height, :hash)
                ON CONFLICT (chain_id, height) DO UPDATE SET block_hash = excluded.block_hash
                """)
                .param("chain", chainId)
                .param("height", point.height())
                .param("hash", ChainColumns.bytes(point.hash()))
                .update();
        forgetBelow(chainId, point.height() - REMEMBERED_BLOCKS);
    }

    void forgetAbove(long chainId, long height) {
        jdbc.sql("DELETE FROM stablecoin.chain_block WHERE chain_id = :chain AND height > :height")
                .param("chain", chainId)
                .param("height", height)
                .update();
    }

    /** Highest first. */
    List<Point> remembered(long chainId, long below) {
        return jdbc.sql("""
                SELECT height, block_hash FROM stablecoin.chain_block
                WHERE chain_id = :chain AND height < :below ORDER BY height DESC LIMIT :limit
                """)
                .param("chain", chainId)
                .param("below", below)
                .param("limit", REMEMBERED_BLOCKS)
                .query((row, _) -> new Point(row.getLong("height"), ChainColumns.blockHash(row, "block_hash")))
                .list();
    }

    private void forgetBelow(long chainId, long height) {
        jdbc.sql("DELETE FROM stablecoin.chain_block WHERE chain_id = :chain AND height < :height")
                .param("chain", chainId)
                .param("height", height)
                .update();
    }
}
