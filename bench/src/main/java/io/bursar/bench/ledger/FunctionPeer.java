package io.bursar.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The baseline of P-1 and P-2: a stored function on the ledger's own tables, one transaction for each transfer. */
final class FunctionPeer implements Peer {
    private static final SqlFile SQL = SqlFile.of("peers/function.sql");
    private static final long FLOOR = -1_000_000_000_000_000L;
    private static final long FUNDS = 1_000_000_000_000_000L;
    private static final byte[] CONSTANT_HASH = new byte[32];

    private final BenchDatabase database;
    private final HikariDataSource pool;
    private final UUID book = UUID.randomUUID();
    private final UUID[] accounts;
    private final TimeOrderedIds ids = new TimeOrderedIds();

    FunctionPeer(BenchDatabase database, Population population, int clients) {
        this.database = database;
        database.execute(SQL.statement("install"));
        pool = database.pool(clients);
        accounts = Stream.generate(UUID::randomUUID)
                .limit(population.withHotOnes())
                .toArray(UUID[]::new);
        openAccounts(population);
    }

    @Override
    public String name() {
        return "stored function";
    }

    @Override
    public void transfer(Move move) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL.statement("transfer"))) {
            statement.setObject(1, book);
            statement.setObject(2, ids.next());
            statement.setObject(3, accounts[move.from()]);
            statement.setObject(4, accounts[move.to()]);
            statement.setLong(5, move.amount());
            statement.setString(6, move.reference());
            statement.setBytes(7, CONSTANT_HASH);
            statement.execute();
        }
    }

    @Override
    public long mismatches() {
        return (long) database.number(SQL.statement("mismatches"), book, book, book);
    }

    @Override
    public long rows() {
        return (long) database.number(SQL.statement("rows"), book);
    }

    @Override
    public void close() {
        pool.close();
    }

    private void openAccounts(Population population) {
        int payer = population.payer();
        try (Connection connection = pool.getConnection();
                PreparedStatement newBook = connection.prepareStatement(SQL.statement("book"));
                PreparedStatement newAccounts = connection.prepareStatement(SQL.statement("accounts"))) {
            newBook.setObject(1, book);
            newBook.setString(2, "function/" + book);
            newBook.execute();
            int size = accounts.length;
            newAccounts.setObject(1, book);
            newAccounts.setArray(2, connection.createArrayOf("uuid", accounts));
            newAccounts.setArray(3, connection.createArrayOf("text", paths(size)));
            newAccounts.setArray(4, connection.createArrayOf("bigint", numbers(size, payer, 0, FLOOR)));
            newAccounts.setArray(5, connection.createArrayOf("bigint", numbers(size, payer, FUNDS, 0)));
            newAccounts.execute();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Object[] paths(int size) {
        return IntStream.range(0, size)
                .mapToObj(number -> BursarTarget.path(number).value())
                .toArray();
    }

    private static Object[] numbers(int size, int payer, long ofPayer, long ofOthers) {
        return IntStream.range(0, size)
                .mapToObj(number -> number == payer ? ofPayer : ofOthers)
                .toArray();
    }
}
