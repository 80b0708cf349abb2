package io.bursar.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The SQL of pairs of postings in two books. */
final class PairStore {
    private final Connection connection;

    PairStore(Connection connection) {
        this.connection = connection;
    }

    /** One transaction at a time completes a pair, on whatever node. */
    void lock(PairedPosting pair) throws SQLException {
        String key = pair.from().book().value() + "/" + pair.reversalReference();
        Sql.query(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> 0, key);
    }

    /** Why the first half was taken back; empty when it was not. */
    Optional<String> reversed(PairedPosting pair) throws SQLException {
        return new HistoryStore(connection)
                .posting(pair.from().book(), pair.reversalReference()).stream()
                        .map(Transfer::memo)
                        .findFirst();
    }

    /** Both books' halves and reversals side by side, by pair. */
    List<UnpairedPair> unpaired(BookId first, BookId second, String after, int limit) throws SQLException {
        String sql = """
                SELECT h.pair, sum(h.amount) FILTER (WHERE h.in_first) AS in_first,
                       sum(h.amount) FILTER (WHERE NOT h.in_first) AS in_second, min(h.posted_at) AS begun_at
                FROM (
                    SELECT substr(t.reference, length(k.beginning) + 1) AS pair, k.in_first,
                           k.sign * t.amount AS amount, t.posted_at
                    FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::integer[])
                        AS k (book, beginning, after, before, in_first, sign)
                    JOIN ledger.transfer t ON t.book = k.book AND t.reference > k.after AND t.reference < k.before
                        AND t.kind IN ('MOVE', 'REVERSE')) h
                GROUP BY h.pair
                HAVING coalesce(sum(h.amount) FILTER (WHERE h.in_first), 0)
                    <> coalesce(sum(h.amount) FILTER (WHERE NOT h.in_first), 0)
                ORDER BY h.pair COLLATE "C" LIMIT ?
                """;
        Columns<Range> ranges = new Columns<>(
                connection,
                List.of(
                        new Range(first, PairReference.halves(second), true, 1),
                        new Range(first, PairReference.reversals(second), true, -1),
                        new Range(second, PairReference.halves(first), false, 1),
                        new Range(second, PairReference.reversals(first), false, -1)));
        return Sql.query(
                connection,
                sql,
                PairStore::unpaired,
                ranges.of("uuid", range -> range.book().value()),
                ranges.of("text", Range::beginning),
                ranges.of("text", range -> range.beginning() + after),
                ranges.of("text", Range::end),
                ranges.of("boolean", Range::inFirst),
                ranges.of("integer", Range::sign),
                limit);
    }

    /** The references of one book that begin alike, and how their amounts count. */
    private record Range(BookId book, String beginning, boolean inFirst, int sign) {
        /** The text after all that begin like this: its last character, a slash, is followed by a zero. */
        String end() {
            return beginning.substring(0, beginning.length() - 1) + '0';
        }
    }

    private static UnpairedPair unpaired(ResultSet row) throws SQLException {
        return new UnpairedPair(
                new Reference(row.getString("pair")),
                amount(row, "in_first"),
                amount(row, "in_second"),
                Sql.instant(row, "begun_at"));
    }

    private static long amount(ResultSet row, String column) throws SQLException {
        BigDecimal sum = row.getBigDecimal(column);
        return sum == null ? 0 : sum.longValueExact();
    }
}
