package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class WalletSeedStore {
    private final JdbcClient jdbc;

    WalletSeedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<byte[]> sealed() {
        return jdbc.sql("SELECT sealed FROM stablecoin.wallet_seed WHERE id = 1")
                .query((row, number) -> row.getBytes("sealed"))
                .optional();
    }

    /** Keeps the seed that is there: of two nodes that start at once, one makes it and both use it. */
    void insertIfAbsent(byte[] sealed, Instant at) {
        jdbc.sql("""
                INSERT INTO stablecoin.wallet_seed (id, sealed, created_at) VALUES (1, :sealed, :at)
                ON CONFLICT (id) DO NOTHING
                """).param("sealed", sealed).param("at", Sql.time(at)).update();
    }

    int nextAccount() {
        return jdbc.sql("SELECT nextval('stablecoin.wallet_account')")
                .query(Integer.class)
                .single();
    }
}
