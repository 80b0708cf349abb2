package io.bursar.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sealed values of every module, by the key they are sealed under. Names come from {@link SealedColumn} beans. */
@Component
class SealedStore {
    private final JdbcClient jdbc;

    SealedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(Object key, String order, byte[] sealed) {}

    /** How many values there are by the id of their key, in hex. */
    Map<String, Long> counts(SealedColumn place) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql("""
                SELECT encode(substr({column}, 2, 4), 'hex') AS key_id, count(*) AS count
                FROM {table} WHERE {column} IS NOT NULL GROUP BY 1
                """.replace("{table}", place.table()).replace("{column}", place.column()))
                .query(row -> {
                    counts.put(row.getString("key_id"), row.getLong("count"));
                });
        return counts;
    }

    /** Some rows sealed under that key, held until the transaction ends; those that somebody changes now are left. */
    List<Row> lock(SealedColumn place, byte[] keyId, String after, int limit) {
        return jdbc.sql("""
                SELECT {key} AS key, {key}::text AS position, {column} AS sealed FROM {table}
                WHERE substr({column}, 2, 4) = :keyId AND {key}::text > :after
                ORDER BY {key}::text LIMIT :limit FOR UPDATE SKIP LOCKED
                """.replace("{table}", place.table())
                        .replace("{column}", place.column())
                        .replace("{key}", place.key()))
                .param("keyId", keyId)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) ->
                        new Row(row.getObject("key"), row.getString("position"), row.getBytes("sealed")))
                .list();
    }

    void replace(SealedColumn place, Row row, byte[] sealed) {
        jdbc.sql("UPDATE {table} SET {column} = :sealed WHERE {key} = :key"
                        .replace("{table}", place.table())
                        .replace("{column}", place.column())
                        .replace("{key}", place.key()))
                .param("sealed", sealed)
                .param("key", row.key())
                .update();
    }
}
