package io.bursar.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own with a ledger, in which its superuser can do what he likes: guards and constraints can be taken
 * away, and everything can be put back to how it was.
 */
final class Scratch {
    private static final List<String> PARENTS_FIRST = List.of(
            "ledger.book",
            "ledger.period",
            "ledger.period_close",
            "ledger.account",
            "ledger.account_event",
            "ledger.transfer");

    private static final int CONNECTIONS_MAX = 4;

    final DataSource dataSource;

    private Scratch(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    static Scratch create() throws SQLException {
        String name = "scratch_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = TestPostgres.shared().getConnection()) {
            Sql.update(connection, "CREATE DATABASE " + name);
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(connection.getMetaData().getURL().replaceFirst("/postgres(\\?|$)", "/" + name + "$1"));
            dataSource.setUser("postgres");
            HikariConfig pool = new HikariConfig();
            pool.setDataSource(dataSource);
            pool.setMaximumPoolSize(CONNECTIONS_MAX);
            pool.setMinimumIdle(0);
            Scratch scratch = new Scratch(new HikariDataSource(pool));
            LedgerSchema.install(scratch.dataSource);
            return scratch;
        }
    }

    /** Takes every trigger and every constraint away, and keeps the rows as they are now. */
    void unguard() throws SQLException {
        List<String> statements = new ArrayList<>(query("""
                SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname)
                FROM pg_constraint WHERE connamespace = 'ledger'::regnamespace AND contype IN ('f', 'c', 'u')
                ORDER BY contype = 'u'
                """));
        statements.addAll(query("""
                SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname)
                FROM pg_constraint WHERE connamespace = 'ledger'::regnamespace AND contype = 'p'
                """));
        statements.addAll(query("""
                SELECT format('DROP INDEX %s', indexrelid::regclass) FROM pg_index
                JOIN pg_class c ON c.oid = indexrelid
                WHERE c.relnamespace = 'ledger'::regnamespace AND indisunique AND NOT indisprimary
                  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
                """));
        for (String table : PARENTS_FIRST) {
            statements.add("ALTER TABLE " + table + " DISABLE TRIGGER ALL");
            statements.add("CREATE TABLE " + kept(table) + " AS TABLE " + table);
        }
        statements.addAll(query("""
                SELECT format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', attrelid::regclass, attname)
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind = 'r' AND attnum > 0 AND attnotnull
                """));
        execute(statements);
    }

    /** Puts the rows of a table back that were kept. */
    void restore(String table) throws SQLException {
        execute(List.of("DELETE FROM " + table, "INSERT INTO " + table + " TABLE " + kept(table)));
    }

    /** Puts all rows back that were kept. */
    void restore() throws SQLException {
        for (String table : PARENTS_FIRST) {
            restore(table);
        }
    }

    private static String kept(String table) {
        return table.replace("ledger.", "public.");
    }

    List<String> query(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.query(connection, sql, row -> row.getString(1));
        }
    }

    int execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.update(connection, sql);
        }
    }

    private void execute(List<String> statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute(String.join(";\n", statements));
        }
    }
}
