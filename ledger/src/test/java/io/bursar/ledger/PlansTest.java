package io.bursar.ledger;

import static io.bursar.ledger.Proxies.call;
import static io.bursar.ledger.Proxies.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.bursar.ledger.Outcome.Posted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of a book with a history the database looks at for one posting, as it counts it itself. */
final class PlansTest {
    private static final int ACCOUNTS = 500;
    private static final int HISTORY = 10_000;

    /** The server plans the first executions of a statement anew, and then keeps the plan. */
    private static final int POSTINGS = 15;

    private static final int ROWS_MAX = 12;
    private static final String COMMIT = ";\nCOMMIT";

    private final LedgerFixture books = new LedgerFixture();
    private final List<AccountPath> wallets = new ArrayList<>();
    private final HikariDataSource one = TestPostgres.pool(TestPostgres.sharedPort(), 1);
    private final Map<String, Looked> before = new HashMap<>();
    private final List<Looked> looked = new ArrayList<>();

    /** What a connection has looked at in a table since it last told, which it does now and then. */
    private record Looked(String table, long sequentialScans, long rows) {
        Looked since(Looked before) {
            boolean told = rows < before.rows;
            return told ? this : new Looked(table, sequentialScans - before.sequentialScans, rows - before.rows);
        }
    }

    @AfterEach
    void close() {
        one.close();
    }

    @BeforeEach
    void makeHistory() {
        List<AccountSpec> specs = IntStream.range(0, ACCOUNTS)
                .mapToObj(number -> AccountSpec.of("wallet/" + number, LedgerFixture.USD))
                .toList();
        books.ledger.openAccounts(books.book, specs, "test", "many");
        specs.forEach(spec -> wallets.add(spec.path()));
        List<Posting> history = IntStream.range(0, HISTORY)
                .mapToObj(number ->
                        books.posting("history/" + number, books.deposit(wallets.get(number % ACCOUNTS), 100)))
                .toList();
        assertThat(books.ledger.submitAll(history)).allMatch(Posted.class::isInstance);
    }

    @Test
    void a_foreseen_posting_looks_at_no_more_than_its_own_rows() {
        try (Ledger watched = Ledger.open(watched(one), books.clock)) {
            for (int number = 0; number < POSTINGS; number++) {
                assertThat(watched.submit(movement(number))).isInstanceOf(Posted.class);
            }
        }
        assertThat(looked).hasSizeGreaterThanOrEqualTo(POSTINGS).allSatisfy(PlansTest::isLittle);
    }

    @Test
    void a_posting_the_long_way_looks_at_no_more_than_its_own_rows() throws SQLException {
        for (int number = 0; number < POSTINGS; number++) {
            try (Connection connection = one.getConnection()) {
                connection.setAutoCommit(false);
                assertThat(books.ledger.post(connection, movement(number))).isInstanceOf(Posted.class);
                look(connection);
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
        assertThat(looked).hasSizeGreaterThanOrEqualTo(2 * POSTINGS).allSatisfy(PlansTest::isLittle);
    }

    @Test
    void settling_a_hold_looks_at_no_more_than_its_own_rows() {
        try (Ledger watched = Ledger.open(watched(one), books.clock)) {
            for (int number = 0; number < POSTINGS; number++) {
                Leg hold = LedgerFixture.pend(wallets.get(number), wallets.get(number + 1), 1);
                assertThat(watched.submit(books.posting("hold/" + number, hold)))
                        .isInstanceOf(Posted.class);
                Leg capture = LedgerFixture.commit("hold/" + number);
                assertThat(watched.submit(books.posting("capture/" + number, capture)))
                        .isInstanceOf(Posted.class);
            }
        }
        assertThat(looked).hasSizeGreaterThanOrEqualTo(3 * POSTINGS).allSatisfy(PlansTest::isLittle);
    }

    private Posting movement(int number) {
        return books.posting("move/" + number, LedgerFixture.move(wallets.get(number), wallets.get(number + 1), 1));
    }

    private static void isLittle(Looked one) {
        assertThat(one.sequentialScans()).as("%s", one).isZero();
        assertThat(one.rows()).as("%s", one).isLessThanOrEqualTo(ROWS_MAX);
    }

    private void look(Connection connection) throws SQLException {
        String sql = "SELECT relname, seq_scan, seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_xact_user_tables"
                + " WHERE schemaname = 'ledger' AND relname IN ('transfer', 'account') AND seq_scan + idx_scan > 0";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                String table = row.getString("relname");
                Looked now = new Looked(table, row.getLong("seq_scan"), row.getLong("rows"));
                looked.add(now.since(before.getOrDefault(table, new Looked(table, 0, 0))));
                before.put(table, now);
            }
        }
    }

    /** Looks after the last statement of each transaction, and commits then. */
    private DataSource watched(DataSource target) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = call(target, method, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            boolean commits = method.getName().equals("prepareStatement") && ((String) arguments[0]).endsWith(COMMIT);
            if (!commits) {
                return call(connection, method, arguments);
            }
            String sql = (String) arguments[0];
            return watched(connection, connection.prepareStatement(sql.substring(0, sql.length() - COMMIT.length())));
        });
    }

    private PreparedStatement watched(Connection connection, PreparedStatement statement) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                look(connection);
                connection.commit();
            }
            return call(statement, method, arguments);
        });
    }
}
