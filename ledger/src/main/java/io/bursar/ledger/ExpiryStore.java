package io.bursar.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The SQL that finds holds and lots whose time has come and that something is left of. */
final class ExpiryStore {
    private final Connection connection;

    ExpiryStore(Connection connection) {
        this.connection = connection;
    }

    /** A place in the order of book, expiry and id in which what is due is gone through. */
    record Position(UUID book, Instant expiresAt, UUID id) {
        static final Position START = new Position(new UUID(0, 0), Instant.EPOCH, new UUID(0, 0));
    }

    /** What is due: where it was found, and the leg that lets it go. */
    record Due(Position position, String reference, Leg leg) {}

    /** Expired pending legs; each of their rows, so that a leg may come more than once. */
    List<Due> holds(Position after, Instant from, Instant now, int limit) throws SQLException {
        String due = """
                SELECT t.id, t.expires_at, t.reference, t.leg, f.id AS first
                FROM ledger.transfer t
                JOIN ledger.transfer f
                  ON f.book = t.book AND f.reference = t.reference AND f.leg = t.leg AND f.part = 0
                WHERE t.book = b.id AND t.expires_at >= ?::timestamptz AND t.expires_at <= ?::timestamptz
                  AND (b.id > ? OR (t.expires_at, t.id) > (?::timestamptz, ?))
                  AND NOT EXISTS (
                      SELECT 1 FROM ledger.transfer s
                      WHERE s.book = t.book AND s.settles = t.id AND s.remaining = 0)
                ORDER BY t.expires_at, t.id LIMIT ?
                """;
        return due(due, ExpiryStore::hold, after, from, now, limit);
    }

    private static Due hold(ResultSet row) throws SQLException {
        Leg leg = new Leg.Expire(new Reference(row.getString("reference")), row.getInt("leg"));
        return new Due(position(row), "expire/" + Sql.uuid(row, "first"), leg);
    }

    /** Expired lots with something free in them. */
    List<Due> lots(Position after, Instant from, Instant now, int limit) throws SQLException {
        String due = """
                SELECT a.id, a.expires_at, a.path
                FROM ledger.account a
                WHERE a.book = b.id AND a.expires_at >= ?::timestamptz AND a.expires_at <= ?::timestamptz
                  AND (b.id > ? OR (a.expires_at, a.id) > (?::timestamptz, ?))
                  AND a.posted > a.pending_debits
                ORDER BY a.expires_at, a.id LIMIT ?
                """;
        return due(due, ExpiryStore::lot, after, from, now, limit);
    }

    private static Due lot(ResultSet row) throws SQLException {
        Leg leg = new Leg.Lapse(new AccountPath(row.getString("path")));
        return new Due(position(row), "lapse/" + Sql.uuid(row, "id"), leg);
    }

    private List<Due> due(
            String ofBook, Sql.RowReader<Due> reader, Position after, Instant from, Instant now, int limit)
            throws SQLException {
        String sql = """
                SELECT b.id AS book, d.* FROM ledger.book b CROSS JOIN LATERAL (%s) d
                WHERE b.id >= ? ORDER BY b.id, d.expires_at, d.id LIMIT ?
                """.formatted(ofBook);
        return Sql.query(
                connection,
                sql,
                reader,
                from.toString(),
                now.toString(),
                after.book(),
                after.expiresAt().toString(),
                after.id(),
                limit,
                after.book(),
                limit);
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(Sql.uuid(row, "book"), Sql.instant(row, "expires_at"), Sql.uuid(row, "id"));
    }
}
