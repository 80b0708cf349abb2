package io.bursar.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The model of pgledger: numeric balances, text ids, a transfer and two entries for each move. */
final class PgledgerPeer implements Peer {
    private static final SqlFile SQL = SqlFile.of("peers/pgledger.sql");

    private final BenchDatabase database;
    private final HikariDataSource pool;

    PgledgerPeer(BenchDatabase database, Population accounts, int clients) {
        this.database = database;
        database.execute(SQL.statement("install"));
        database.update(SQL.statement("accounts"), accounts.payer(), accounts.payer(), accounts.withHotOnes());
        pool = database.pool(clients);
    }

    @Override
    public String name() {
        return "pgledger";
    }

    @Override
    public void transfer(Move move) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL.statement("transfer"))) {
            statement.setString(1, account(move.from()));
            statement.setString(2, account(move.to()));
            statement.setBigDecimal(3, BigDecimal.valueOf(move.amount()));
            statement.execute();
        }
    }

    @Override
    public long mismatches() {
        return (long) database.number(SQL.statement("mismatches"));
    }

    @Override
    public long rows() {
        return (long) database.number(SQL.statement("rows"));
    }

    @Override
    public void close() {
        pool.close();
    }

    private static String account(int number) {
        String digits = Integer.toString(number);
        return "pgla_" + "0".repeat(26 - digits.length()) + digits;
    }
}
