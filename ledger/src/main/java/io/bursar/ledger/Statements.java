package io.bursar.ledger;

import io.bursar.ledger.AccountStore.Place;
import io.bursar.ledger.LotStore.Found;
import io.bursar.ledger.LotStore.LotLine;
import io.bursar.ledger.LotStore.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What happened on an account, be it a single one, a lot, or an account of lots that is told through its lots. */
final class Statements {
    private final DataSource dataSource;

    Statements(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Page<StatementLine> page(BookId book, AccountPath path, @Nullable String cursor, int limit) {
        return Sql.read(dataSource, connection -> {
            Optional<Place> place = new AccountStore(connection).place(book, path);
            if (place.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            return place.get().ofLots()
                    ? ofLots(connection, book, path, cursor, limit)
                    : ofOne(connection, book, place.get().id(), cursor, limit);
        });
    }

    private static Page<StatementLine> ofOne(
            Connection connection, BookId book, UUID account, @Nullable String cursor, int limit) throws SQLException {
        StatementCursor before = cursor == null ? null : StatementCursor.parse(cursor);
        List<StatementLine> found = new HistoryStore(connection).statement(book, account, before, limit + 1);
        return Page.cut(found, limit, line -> StatementCursor.of(line).toString());
    }

    private static Page<StatementLine> ofLots(
            Connection connection, BookId book, AccountPath path, @Nullable String cursor, int limit)
            throws SQLException {
        LotCursor before = cursor == null ? null : LotCursor.parse(cursor);
        List<LotLine> found = new LotStore(connection).statement(book, path, before, limit + 1);
        Page<LotLine> page = Page.cut(found, limit, line -> line.cursor().toString());
        return new Page<>(page.items().stream().map(LotLine::line).toList(), page.next());
    }

    Optional<Long> balanceAt(BookId book, AccountPath path, Instant instant) {
        return Sql.read(dataSource, connection -> {
            Optional<Place> place = new AccountStore(connection).place(book, path);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    place.get().ofLots()
                            ? new LotStore(connection).balanceAt(book, path, instant)
                            : new HistoryStore(connection)
                                    .balanceAt(book, place.get().id(), instant));
        });
    }

    Page<OpenLot> lots(BookId book, AccountPath path, @Nullable String cursor, int limit) {
        Position after = cursor == null ? Position.START : Position.parse(cursor);
        List<Found> found =
                Sql.read(dataSource, connection -> new LotStore(connection).open(book, path, after, limit + 1));
        Page<Found> page = Page.cut(found, limit, lot -> lot.position().toString());
        return new Page<>(page.items().stream().map(Found::lot).toList(), page.next());
    }
}
