package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.AccountPath;
import io.bursar.ledger.StatementLine;
import io.bursar.ledger.TrialBalance;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A filled history is one that the ledger could have written: the engine goes on from it, and every hash follows. */
class HistoryFillTest {
    private static final int ROWS = 500;
    private static final Population ACCOUNTS = new Population(10);

    private final BenchDatabase database = TestServer.SHARED.create("fill");
    private final BursarTarget bursar = BursarTarget.open(
            database,
            "ours",
            ACCOUNTS,
            Clock.fixed(Instant.now().minus(HistoryFill.AGE).minusSeconds(60), ZoneOffset.UTC));

    @AfterEach
    void close() {
        bursar.close();
    }

    @Test
    void every_hash_follows_from_the_rows_before_it_whether_filled_or_posted() throws Exception {
        Map<UUID, byte[]> heads = heads();
        HistoryFill.fill(database, bursar, ACCOUNTS, ROWS);
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 20; i++) {
            bursar.transfer(Work.UNIFORM.next(ACCOUNTS, random));
        }
        assertThat(chained(heads)).as("rows whose hash follows").isEqualTo(ROWS + 20);
    }

    @Test
    void balances_are_the_sums_of_the_rows_and_statements_run() {
        HistoryFill.fill(database, bursar, ACCOUNTS, ROWS);
        List<TrialBalance> trial = bursar.ledger().trialBalance(bursar.book());
        assertThat(trial.getFirst().debitBalances()).isEqualTo(trial.getFirst().creditBalances());
        AccountPath payee = BursarTarget.path(ACCOUNTS.payee());
        List<StatementLine> lines =
                bursar.ledger().statement(bursar.book(), payee, null, 1_000).items();
        assertThat(lines).isNotEmpty();
        long balance = 0;
        for (StatementLine line : lines.reversed()) {
            balance += line.change();
            assertThat(line.balance()).isEqualTo(balance);
        }
        assertThat(bursar.ledger().account(bursar.book(), payee).orElseThrow().balance())
                .isEqualTo(balance);
        assertThat(bursar.ledger().balanceAt(bursar.book(), payee, Instant.now()))
                .hasValue(balance);
    }

    @Test
    void keys_and_indexes_are_as_before() {
        String indexes =
                "SELECT string_agg(indexdef, ';' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'ledger'";
        String before = database.text(indexes);
        HistoryFill.fill(database, bursar, ACCOUNTS, ROWS);
        assertThat(database.text(indexes)).isEqualTo(before);
    }

    private Map<UUID, byte[]> heads() throws SQLException {
        Map<UUID, byte[]> heads = new HashMap<>();
        try (Connection connection = database.connect();
                PreparedStatement accounts = connection.prepareStatement("SELECT id, last_hash FROM ledger.account");
                ResultSet row = accounts.executeQuery()) {
            while (row.next()) {
                heads.put(row.getObject("id", UUID.class), row.getBytes("last_hash"));
            }
        }
        return heads;
    }

    private int chained(Map<UUID, byte[]> heads) throws Exception {
        int followed = 0;
        try (Connection connection = database.connect();
                PreparedStatement rows = connection.prepareStatement("""
                        SELECT t.*, d.path AS debit_path, c.path AS credit_path FROM ledger.transfer t
                        JOIN ledger.account d ON d.id = t.debit_account JOIN ledger.account c ON c.id = t.credit_account
                        WHERE t.reference <> 'funds' ORDER BY t.posted_at, t.id
                        """);
                ResultSet row = rows.executeQuery()) {
            while (row.next()) {
                byte[] content = sha256(new ChainBytes()
                        .content(row.getString("debit_path"), row.getString("credit_path"), row.getLong("amount")));
                assertThat(row.getBytes("content_hash")).isEqualTo(content);
                HistoryRow history = row(row);
                byte[] hash = sha256(
                        new ChainBytes().transfer(history, content),
                        Objects.requireNonNull(heads.get(history.debit())),
                        Objects.requireNonNull(heads.get(history.credit())));
                assertThat(row.getBytes("hash")).isEqualTo(hash);
                heads.put(history.debit(), hash);
                heads.put(history.credit(), hash);
                followed++;
            }
        }
        return followed;
    }

    private static HistoryRow row(ResultSet row) throws SQLException {
        return new HistoryRow(
                row.getObject("book", UUID.class),
                row.getObject("id", UUID.class),
                row.getObject("debit_account", UUID.class),
                row.getObject("credit_account", UUID.class),
                row.getLong("amount"),
                row.getLong("debit_sequence"),
                row.getLong("debit_balance"),
                row.getLong("credit_sequence"),
                row.getLong("credit_balance"),
                ChronoUnit.MICROS.between(
                        Instant.EPOCH,
                        row.getObject("posted_at", OffsetDateTime.class).toInstant()),
                row.getString("reference"));
    }

    private static byte[] sha256(ChainBytes content, byte[]... previous) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(content.written());
        for (byte[] hash : previous) {
            digest.update(hash);
        }
        return digest.digest();
    }
}
