package io.bursar.ledger;

import static io.bursar.ledger.Proxies.call;
import static io.bursar.ledger.Proxies.proxy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Posted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A network that breaks when a batch is written and committed, before or after the server got it. */
final class LostCommitTest {
    private enum Break {
        BEFORE_THE_SERVER_COMMITS,
        AFTER_THE_SERVER_COMMITTED
    }

    private static final LedgerOptions IMPATIENT = new LedgerOptions(1, 1_000, 65_536, Duration.ofMillis(200));

    private final LedgerFixture books = new LedgerFixture();
    private final AccountPath wallet = books.wallet("wallet");
    private final AtomicInteger commits = new AtomicInteger();

    @Test
    void a_commit_whose_answer_was_lost_is_found_and_answered_as_posted() throws SQLException {
        Outcome outcome = ledger(Break.AFTER_THE_SERVER_COMMITTED, 1, 0).submit(deposit());
        assertThat(((Posted) outcome).legs().getFirst().credit().balance()).isEqualTo(5);
        assertThat(books.balance(wallet)).isEqualTo(5);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void everybody_in_a_batch_whose_commit_was_lost_is_answered_as_posted() throws Exception {
        Ledger broken = ledger(Break.AFTER_THE_SERVER_COMMITTED, 3, 0);
        List<CompletableFuture<Outcome>> answers = IntStream.range(0, 200)
                .mapToObj(number -> broken.submitAsync(books.posting("deposit/" + number, books.deposit(wallet, 1))))
                .toList();
        for (CompletableFuture<Outcome> answer : answers) {
            assertThat(answer.get()).isInstanceOf(Posted.class);
        }
        assertThat(books.balance(wallet)).isEqualTo(200);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void a_commit_that_never_arrived_is_made_again() throws SQLException {
        Outcome outcome = ledger(Break.BEFORE_THE_SERVER_COMMITS, 2, 0).submit(deposit());
        assertThat(outcome).isInstanceOf(Posted.class);
        assertThat(commits).hasValue(3);
        assertThat(books.balance(wallet)).isEqualTo(5);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void a_lost_commit_that_cannot_be_looked_up_is_unknown_and_safe_to_repeat() {
        Ledger broken = ledger(Break.AFTER_THE_SERVER_COMMITTED, 1, Integer.MAX_VALUE);
        assertThat(broken.submit(deposit())).isInstanceOf(OutcomeUnknown.class);
        assertThat(books.ledger.submit(deposit())).isInstanceOf(Outcome.Duplicate.class);
        assertThat(books.balance(wallet)).isEqualTo(5);
    }

    @Test
    void a_database_that_was_never_reached_posted_nothing() {
        Ledger unreachable = Ledger.open(
                new Breaking(books.dataSource, Break.BEFORE_THE_SERVER_COMMITS, 0, 0, 99).source(),
                books.clock,
                IMPATIENT);
        assertThatThrownBy(() -> unreachable.submit(deposit())).isInstanceOf(LedgerUnavailableException.class);
        assertThat(books.balance(wallet)).isZero();
    }

    @Test
    void a_full_queue_hears_soon_that_the_database_is_away_and_what_comes_after_it_is_posted() {
        AtomicBoolean away = new AtomicBoolean(true);
        LedgerOptions small = new LedgerOptions(1, 10, 65_536, Duration.ofSeconds(1));
        Ledger ledger = Ledger.open(
                proxy(DataSource.class, (method, arguments) -> {
                    if (away.get()) {
                        throw new SQLException("connection refused", "08001");
                    }
                    return call(books.dataSource, method, arguments);
                }),
                books.clock,
                small);
        long begin = System.nanoTime();
        List<CompletableFuture<Outcome>> answers = IntStream.range(0, 300)
                .mapToObj(number -> ledger.submitAsync(books.posting("early/" + number, books.deposit(wallet, 1))))
                .toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer)
                        .failsWithin(Duration.ofSeconds(20))
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(LedgerUnavailableException.class));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("one patience for all thirty batches, not thirty")
                .isLessThan(Duration.ofSeconds(10));

        away.set(false);
        assertThat(ledger.submit(deposit())).isInstanceOf(Posted.class);
        assertThat(books.balance(wallet)).isEqualTo(5);
    }

    @Test
    void a_pool_that_has_no_connection_left_is_told_at_once_and_posted_nothing() {
        AtomicInteger asked = new AtomicInteger();
        Ledger ledger = Ledger.open(
                proxy(DataSource.class, (_, _) -> {
                    asked.incrementAndGet();
                    throw new SQLTransientConnectionException("no connection within 2 s");
                }),
                books.clock,
                new LedgerOptions(1, 1_000, 65_536, Duration.ofMinutes(10)));
        assertThatThrownBy(() -> ledger.submit(deposit())).isInstanceOf(LedgerUnavailableException.class);
        assertThat(asked).hasValue(1);
        assertThat(books.balance(wallet)).isZero();
    }

    private Posting deposit() {
        return books.posting("deposit", books.deposit(wallet, 5));
    }

    private Ledger ledger(Break kind, int breaks, int unreachableAfterwards) {
        return Ledger.open(
                new Breaking(books.dataSource, kind, breaks, unreachableAfterwards, 0).source(),
                books.clock,
                unreachableAfterwards > 0 ? IMPATIENT : LedgerOptions.DEFAULT);
    }

    private final class Breaking {
        private final DataSource target;
        private final Break kind;
        private final int breaks;
        private final int unreachableAfterwards;
        private final AtomicInteger unreachable;

        Breaking(DataSource target, Break kind, int breaks, int unreachableAfterwards, int unreachableNow) {
            this.target = target;
            this.kind = kind;
            this.breaks = breaks;
            this.unreachableAfterwards = unreachableAfterwards;
            unreachable = new AtomicInteger(unreachableNow);
        }

        DataSource source() {
            return proxy(DataSource.class, (method, arguments) -> {
                if (method.getName().equals("getConnection")
                        && unreachable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new SQLException("connection refused", "08001");
                }
                Object result = call(target, method, arguments);
                return result instanceof Connection connection ? connection(connection) : result;
            });
        }

        private Connection connection(Connection connection) {
            return proxy(Connection.class, (method, arguments) -> {
                Object result = call(connection, method, arguments);
                return result instanceof PreparedStatement statement && ((String) arguments[0]).endsWith("COMMIT")
                        ? committing(connection, statement)
                        : result;
            });
        }

        private PreparedStatement committing(Connection connection, PreparedStatement statement) {
            return proxy(PreparedStatement.class, (method, arguments) -> {
                if (!method.getName().equals("execute") || commits.incrementAndGet() > breaks) {
                    return call(statement, method, arguments);
                }
                unreachable.set(unreachableAfterwards);
                if (kind == Break.AFTER_THE_SERVER_COMMITTED) {
                    statement.execute();
                } else {
                    connection.rollback();
                }
                throw new SQLException("connection reset", "08006");
            });
        }
    }
}
