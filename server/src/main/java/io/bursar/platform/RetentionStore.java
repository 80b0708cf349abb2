package io.bursar.platform;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the retention of a table whose rows stand for themselves: nothing else hangs on them. */
@Component
public class RetentionStore {
    private final JdbcClient jdbc;

    RetentionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param table with its schema
     * @param since the column that says from when on a row is old, or an expression; null means that it is not. It
     *     wants an index
     */
    public Retention rows(String table, String what, Duration kept, String since) {
        String batch = """
                DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                  SELECT ctid FROM %1$s WHERE %2$s < :before ORDER BY %2$s LIMIT :rows FOR UPDATE SKIP LOCKED))
                """.formatted(table, since);
        String past =
                "SELECT count(*) AS rows, min(%2$s) AS oldest FROM %1$s WHERE %2$s < :before".formatted(table, since);
        return new Retention(
                List.of(table),
                what,
                kept,
                (before, rowsMax) -> jdbc.sql(batch)
                        .param("before", Sql.time(before))
                        .param("rows", rowsMax)
                        .update(),
                before -> jdbc.sql(past)
                        .param("before", Sql.time(before))
                        .query(Retention.Overdue::of)
                        .single());
    }
}
