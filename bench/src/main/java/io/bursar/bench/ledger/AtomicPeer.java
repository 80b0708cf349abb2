package io.bursar.bench.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Updates that judge the floor themselves, in one call of a function. */
final class AtomicPeer extends TablesPeer {
    private static final SqlFile SQL = SqlFile.of("peers/atomic.sql");

    AtomicPeer(BenchDatabase database, Population accounts, int clients) {
        super(database, accounts, clients, SQL.statement("install"));
    }

    @Override
    public String name() {
        return "atomic UPDATE";
    }

    @Override
    public void transfer(Move move) throws SQLException {
        try (Connection connection = pool().getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL.statement("transfer"))) {
            statement.setLong(1, move.from());
            statement.setLong(2, move.to());
            statement.setLong(3, move.amount());
            statement.setString(4, move.reference());
            statement.execute();
        }
    }
}
