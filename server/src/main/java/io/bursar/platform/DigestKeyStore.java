package io.bursar.platform;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

final class DigestKeyStore {
    static final SealedColumn PLACE = new SealedColumn("platform.digest_key", "id", "key_sealed");
    static final int ROW = 1;

    private final JdbcClient jdbc;

    DigestKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<byte[]> sealed() {
        return jdbc.sql("SELECT key_sealed FROM platform.digest_key WHERE id = 1")
                .query((row, number) -> row.getBytes("key_sealed"))
                .optional();
    }

    /** Keeps the one that is there: of two nodes that start at once, one makes it and both use it. */
    void insertIfAbsent(byte[] sealed) {
        jdbc.sql("INSERT INTO platform.digest_key (id, key_sealed) VALUES (1, :sealed) ON CONFLICT (id) DO NOTHING")
                .param("sealed", sealed)
                .update();
    }
}
