package io.bursar.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Who owns the database and knows how hashes are made: changes the amount of a transfer and then everything that
 * follows from it, so that the rows fit each other again. It forges books of plain moves.
 */
final class Forger {
    private final Connection connection;
    private final BookId book;
    private final Map<UUID, Hash> ends = new HashMap<>();
    private final Map<UUID, Long> balances = new HashMap<>();

    private Forger(Connection connection, BookId book) {
        this.connection = connection;
        this.book = book;
    }

    static void forge(DataSource dataSource, BookId book, TransferId transfer, long amount) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Forger forger = new Forger(connection, book);
            forger.openings();
            String update = "UPDATE ledger.transfer SET amount = ? WHERE id = ?";
            Sql.update(connection, update, amount, transfer.value());
            List<Boolean> done = Sql.query(
                    connection,
                    "SELECT * FROM ledger.transfer WHERE book = ? ORDER BY posted_at, id",
                    forger::transfer,
                    book.value());
            Check.invariant(!done.isEmpty(), "nothing to forge");
            forger.accounts();
        }
    }

    private void openings() throws SQLException {
        Sql.query(
                connection,
                "SELECT account, hash FROM ledger.account_event WHERE book = ?",
                row -> ends.put(Sql.uuid(row, "account"), Hash.stored(row.getBytes("hash"))),
                book.value());
    }

    private boolean transfer(ResultSet row) throws SQLException {
        UUID debit = Sql.uuid(row, "debit_account");
        UUID credit = Sql.uuid(row, "credit_account");
        long amount = row.getLong("amount");
        long debitBalance = balances.merge(debit, -amount, Long::sum);
        long creditBalance = balances.merge(credit, amount, Long::sum);
        Hash content = content(row, debit, credit, amount);
        Canonical canonical = new Canonical("bursar transfer 1")
                .id(Sql.uuid(row, "book"))
                .id(Sql.uuid(row, "id"))
                .id(debit)
                .id(credit)
                .number(amount)
                .number(row.getLong("debit_sequence"))
                .number(debitBalance)
                .number(row.getLong("credit_sequence"))
                .number(creditBalance)
                .instant(Sql.instant(row, "posted_at"))
                .number(row.getObject("effective_date", LocalDate.class).toEpochDay())
                .flag(false)
                .number(0)
                .number(0)
                .number(1)
                .text("MOVE")
                .text(row.getString("reference"))
                .hash(content)
                .flag(false)
                .flag(false)
                .flag(false)
                .flag(false)
                .text(row.getString("memo"))
                .text(row.getString("actor"));
        Hash hash = canonical.digest(end(debit), end(credit));
        ends.put(debit, hash);
        ends.put(credit, hash);
        String sql = """
                UPDATE ledger.transfer SET debit_balance = ?, credit_balance = ?, content_hash = ?, hash = ?
                WHERE id = ?
                """;
        byte[] bytes = content.bytes();
        Sql.update(connection, sql, debitBalance, creditBalance, bytes, hash.bytes(), Sql.uuid(row, "id"));
        return true;
    }

    private Hash content(ResultSet row, UUID debit, UUID credit, long amount) throws SQLException {
        Leg move = new Leg.Move(path(debit), path(credit), amount, LedgerFixture.USD);
        return Content.of(Posting.of(book, row.getString("reference"), "forger", "", move));
    }

    private AccountPath path(UUID account) throws SQLException {
        String sql = "SELECT path FROM ledger.account WHERE id = ?";
        return new AccountPath(Sql.query(connection, sql, row -> row.getString("path"), account)
                .getFirst());
    }

    private Hash end(UUID account) {
        return ends.getOrDefault(account, Hash.ZERO);
    }

    private void accounts() throws SQLException {
        for (Map.Entry<UUID, Long> balance : balances.entrySet()) {
            Sql.update(
                    connection,
                    "UPDATE ledger.account SET posted = ?, last_hash = ? WHERE id = ?",
                    balance.getValue(),
                    end(balance.getKey()).bytes(),
                    balance.getKey());
        }
    }
}
