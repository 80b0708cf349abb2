package io.bursar.ledger;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.AccountRules.Names;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of changing what an account is, and of reading its changes. */
final class AccountChangeStore {
    private static final int LOCK_WAIT_MS_MAX = 2_000;

    private final Connection connection;

    AccountChangeStore(Connection connection) {
        this.connection = connection;
    }

    /** An account that nobody else can post to, change or name until the transaction ends. */
    record Locked(UUID id, Account account, Hash lastHash) {}

    /** Also against accounts being opened that name this one: they share its key, which only this lock excludes. */
    Optional<Locked> lock(BookId book, AccountPath path) throws SQLException {
        Sql.query(connection, "SELECT set_config('lock_timeout', ?, true)", row -> 0, LOCK_WAIT_MS_MAX + "ms");
        String sql = AccountStore.ACCOUNT + " WHERE a.book = ? AND a.path = ? FOR UPDATE OF a";
        return Sql.query(connection, sql, AccountChangeStore::locked, book.value(), path.value()).stream()
                .findFirst();
    }

    private static Locked locked(ResultSet row) throws SQLException {
        Hash lastHash = Hash.stored(row.getBytes("last_hash"));
        return new Locked(Sql.uuid(row, "id"), AccountStore.account(row), lastHash);
    }

    Names names(BookId book, AccountPath path) throws SQLException {
        return new Names(naming("owed", book, path), naming("lapses_to", book, path));
    }

    private List<AccountPath> naming(String column, BookId book, AccountPath path) throws SQLException {
        String sql = "SELECT a.path FROM ledger.account a WHERE a.book = ? AND a." + column
                + " = ? AND NOT a.closed ORDER BY a.path LIMIT 1";
        return Sql.query(connection, sql, row -> new AccountPath(row.getString("path")), book.value(), path.value());
    }

    void write(AccountEvent event) throws SQLException {
        AccountStore accounts = new AccountStore(connection);
        accounts.append(event);
        String sql = """
                UPDATE ledger.account
                SET floor = ?::bigint, ceiling = ?::bigint, debit_freezes = ?, credit_freezes = ?, closed = ?,
                    sequence = ?, last_at = ?::timestamptz, last_hash = ?
                WHERE book = ? AND id = ? AND sequence = ?
                """;
        int updated = Sql.update(
                connection,
                sql,
                event.policy().floor(),
                event.policy().ceiling(),
                accounts.pairs(event, Direction.DEBITS),
                accounts.pairs(event, Direction.CREDITS),
                event.closed(),
                event.sequence(),
                event.at().toString(),
                event.hash().bytes(),
                event.key().book().value(),
                event.account(),
                event.sequence() - 1);
        Check.invariant(updated == 1, updated + " accounts changed of 1");
    }

    List<ChangeLine> changes(BookId book, AccountPath path, long before, int limit) throws SQLException {
        String sql = """
                SELECT e.sequence, e.kind, e.floor, e.ceiling, e.debit_freezes, e.credit_freezes, e.closed, e.at,
                       e.actor, e.reason
                FROM ledger.account a
                JOIN ledger.account_event e ON e.book = a.book AND e.account = a.id
                WHERE a.book = ? AND a.path = ? AND e.sequence < ?
                ORDER BY e.sequence DESC LIMIT ?
                """;
        return Sql.query(connection, sql, AccountChangeStore::change, book.value(), path.value(), before, limit);
    }

    private static ChangeLine change(ResultSet row) throws SQLException {
        return new ChangeLine(
                row.getLong("sequence"),
                ChangeLine.Kind.valueOf(row.getString("kind")),
                Sql.policy(row),
                AccountStore.freezes(row),
                row.getBoolean("closed"),
                Sql.instant(row, "at"),
                row.getString("actor"),
                row.getString("reason"));
    }
}
