package io.bursar.bench.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.PGConnection;

/**
 * Years of history in minutes. Every row is one that the ledger could have written: sequences, balances, times and
 * hashes go on from one another on both accounts, so {@code verify} has nothing to say against them. What is skipped is
 * deciding, and indexes are built once at the end.
 */
final class HistoryFill {
    /** One transfer in so many goes to the hot payee, whose history becomes long. */
    private static final int HOT_SHARE = 20;

    /** The history's accounts were opened, and its first row posted, this long ago. */
    static final Duration AGE = Duration.ofDays(365);

    private static final SqlFile SQL = SqlFile.of("measure/fill.sql");

    private final UUID book;
    private final Population population;
    private final Head[] heads;
    private final TimeOrderedIds ids = new TimeOrderedIds();
    private final SplittableRandom random = new SplittableRandom();
    private final ChainBytes bytes = new ChainBytes();
    private final MessageDigest sha256;

    private HistoryFill(UUID book, Population population, Head[] heads) {
        this.book = book;
        this.population = population;
        this.heads = heads;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** An account as its last row left it. */
    private static final class Head {
        private final UUID id;
        private final String path;
        private long balance;
        private long sequence;
        private long lastMicros;
        private byte[] hash;

        private Head(UUID id, String path, long balance, long sequence, byte[] hash) {
            this.id = id;
            this.path = path;
            this.balance = balance;
            this.sequence = sequence;
            this.hash = hash;
        }
    }

    /** Adds this many transfers to the book, from a year ago until now. */
    static void fill(BenchDatabase database, BursarTarget target, Population population, long rows) {
        try (Connection connection = database.connect()) {
            UUID book = target.book().value();
            Head[] heads = heads(connection, book, population);
            HistoryFill fill = new HistoryFill(book, population, heads);
            connection.setAutoCommit(false);
            List<String> back = dropIndexes(connection);
            fill.copy(connection, rows);
            fill.updateAccounts(connection);
            execute(connection, "SET LOCAL maintenance_work_mem = '256MB'");
            for (String index : back) {
                execute(connection, index);
            }
            connection.commit();
            connection.setAutoCommit(true);
            execute(connection, "VACUUM (ANALYZE) ledger.transfer");
            execute(connection, "VACUUM (ANALYZE) ledger.account");
            execute(connection, "CHECKPOINT");
        } catch (SQLException failed) {
            throw new IllegalStateException("the history was not filled: " + failed.getMessage(), failed);
        }
    }

    private void copy(Connection connection, long rows) throws SQLException {
        CopyWriter writer = new CopyWriter(
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(SQL.statement("copy")));
        long begin = micros(Instant.now().minus(AGE));
        long step = Math.max(AGE.toSeconds() * 1_000_000 / Math.max(rows, 1), 1);
        for (long i = 0; i < rows; i++) {
            row(writer, begin + i * step);
        }
        writer.end();
    }

    private void row(CopyWriter writer, long atMicros) throws SQLException {
        Work work = random.nextInt(HOT_SHARE) == 0 ? Work.HOT_PAYEE : Work.UNIFORM;
        Move move = work.next(population, random);
        Head debit = heads[move.from()];
        Head credit = heads[move.to()];
        debit.balance -= move.amount();
        credit.balance += move.amount();
        HistoryRow row = new HistoryRow(
                book,
                ids.at(atMicros / 1_000),
                debit.id,
                credit.id,
                move.amount(),
                ++debit.sequence,
                debit.balance,
                ++credit.sequence,
                credit.balance,
                atMicros,
                move.reference());
        byte[] contentHash = hash(bytes.content(debit.path, credit.path, move.amount()));
        byte[] hash = hash(bytes.transfer(row, contentHash), debit.hash, credit.hash);
        writer.write(row, contentHash, hash);
        debit.hash = hash;
        credit.hash = hash;
        debit.lastMicros = atMicros;
        credit.lastMicros = atMicros;
    }

    private byte[] hash(ChainBytes content, byte[]... previous) {
        sha256.update(content.written());
        for (byte[] hash : previous) {
            sha256.update(hash);
        }
        return sha256.digest();
    }

    private void updateAccounts(Connection connection) throws SQLException {
        List<Head> moved =
                Arrays.stream(heads).filter(head -> head.lastMicros > 0).toList();
        try (PreparedStatement update = connection.prepareStatement(SQL.statement("update accounts"))) {
            array(update, 1, "uuid", moved, head -> head.id);
            array(update, 2, "bigint", moved, head -> head.balance);
            array(update, 3, "bigint", moved, head -> head.sequence);
            array(
                    update,
                    4,
                    "timestamptz",
                    moved,
                    head -> instant(head.lastMicros).toString());
            update.setArray(
                    5,
                    connection.createArrayOf(
                            "bytea", moved.stream().map(head -> head.hash).toArray(byte[][]::new)));
            update.setObject(6, book);
            int updated = update.executeUpdate();
            if (updated != moved.size()) {
                throw new IllegalStateException(updated + " accounts updated of " + moved.size());
            }
        }
    }

    private static void array(
            PreparedStatement statement, int position, String type, List<Head> heads, Function<Head, Object> value)
            throws SQLException {
        Object[] values = heads.stream().map(value).toArray();
        statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }

    private static Head[] heads(Connection connection, UUID book, Population population) throws SQLException {
        Map<String, Head> byPath = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SQL.statement("accounts"))) {
            statement.setObject(1, book);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Head head = new Head(
                            row.getObject("id", UUID.class),
                            row.getString("path"),
                            row.getLong("posted"),
                            row.getLong("sequence"),
                            row.getBytes("last_hash"));
                    byPath.put(head.path, head);
                }
            }
        }
        Head[] heads = new Head[population.withHotOnes()];
        for (int number = 0; number < heads.length; number++) {
            heads[number] =
                    Objects.requireNonNull(byPath.get(BursarTarget.path(number).value()));
        }
        return heads;
    }

    /** Drops the table's keys and indexes, and answers the statements that make them again. */
    private static List<String> dropIndexes(Connection connection) throws SQLException {
        List<String> away = new ArrayList<>();
        List<String> back = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL.statement("indexes"))) {
            while (row.next()) {
                away.add(row.getString("away"));
                back.add(row.getString("back"));
            }
        }
        for (String index : away) {
            execute(connection, index);
        }
        return back;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
