package io.bursar.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;

/** What the peers on narrow tables of their own have in common. */
abstract class TablesPeer implements Peer {
    private static final SqlFile TABLES = SqlFile.of("peers/tables.sql");

    private final BenchDatabase database;
    private final HikariDataSource pool;

    TablesPeer(BenchDatabase database, Population accounts, int clients, String install) {
        this.database = database;
        database.execute(TABLES.statement("install"));
        database.execute(install);
        database.update(TABLES.statement("accounts"), accounts.payer(), accounts.payer(), accounts.withHotOnes());
        pool = database.pool(clients);
    }

    final HikariDataSource pool() {
        return pool;
    }

    @Override
    public final long mismatches() {
        return (long) database.number(TABLES.statement("mismatches"));
    }

    @Override
    public final long rows() {
        return (long) database.number(TABLES.statement("rows"));
    }

    @Override
    public void close() {
        pool.close();
    }
}
