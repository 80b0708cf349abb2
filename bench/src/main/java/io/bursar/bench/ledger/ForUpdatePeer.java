package io.bursar.bench.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The client locks both accounts, decides, writes and commits: what most applications do. */
final class ForUpdatePeer extends TablesPeer {
    private static final SqlFile SQL = SqlFile.of("peers/for-update.sql");

    ForUpdatePeer(BenchDatabase database, Population accounts, int clients) {
        super(database, accounts, clients, "SELECT 1");
    }

    @Override
    public String name() {
        return "SELECT FOR UPDATE";
    }

    @Override
    public void transfer(Move move) throws SQLException {
        try (Connection connection = pool().getConnection()) {
            connection.setAutoCommit(false);
            try {
                decide(connection, move);
                add(connection, move.from(), -move.amount());
                add(connection, move.to(), move.amount());
                record(connection, move);
                connection.commit();
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            }
        }
    }

    private static void decide(Connection connection, Move move) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(SQL.statement("lock"))) {
            lock.setLong(1, move.from());
            lock.setLong(2, move.to());
            try (ResultSet accounts = lock.executeQuery()) {
                while (accounts.next()) {
                    boolean payer = accounts.getLong("id") == move.from();
                    if (payer && accounts.getLong("balance") - move.amount() < accounts.getLong("floor")) {
                        throw new IllegalStateException("account " + move.from() + " cannot pay " + move.amount());
                    }
                }
            }
        }
    }

    private static void add(Connection connection, int account, long amount) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(SQL.statement("add"))) {
            add.setLong(1, amount);
            add.setLong(2, account);
            add.executeUpdate();
        }
    }

    private static void record(Connection connection, Move move) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(SQL.statement("record"))) {
            insert.setLong(1, move.from());
            insert.setLong(2, move.to());
            insert.setLong(3, move.amount());
            insert.setString(4, move.reference());
            insert.executeUpdate();
        }
    }
}
