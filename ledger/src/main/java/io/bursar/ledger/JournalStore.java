package io.bursar.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.Consumer;

/** The SQL that reads a book's transfers one after the other, a block of them in memory at a time. */
final class JournalStore {
    private static final int BLOCK_ROWS = 1_000;

    private final Connection connection;

    JournalStore(Connection connection) {
        this.connection = connection;
    }

    /** In the order in which they took effect and were posted. */
    long read(BookId book, LocalDate from, LocalDate through, Consumer<Transfer> reader) throws SQLException {
        String sql = HistoryStore.FROM_TRANSFER
                + " WHERE t.book = ? AND t.effective_date BETWEEN ? AND ? ORDER BY t.effective_date, t.posted_at, t.id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(BLOCK_ROWS);
            statement.setObject(1, book.value());
            statement.setObject(2, from);
            statement.setObject(3, through);
            long count = 0;
            try (ResultSet row = statement.executeQuery()) {
                for (; row.next(); count++) {
                    reader.accept(HistoryStore.transfer(row));
                }
            }
            return count;
        }
    }
}
