package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.proof.Finding;
import io.bursar.ledger.proof.ManifestDirectory;
import io.bursar.ledger.proof.Seal;
import io.bursar.ledger.proof.Sealer;
import io.bursar.ledger.proof.SigningKey;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed behind the ledger's back is found. The cases are made from the schema and the rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TamperTest {
    /** What no chain covers, and why; a seal covers it. */
    private static final Map<String, String> ONLY_SEALED = Map.of(
            "ledger.book name", "nothing is posted when a book is opened, so there is no row to chain it to",
            "ledger.book opened_at", "likewise");

    private static final Map<String, String> CHANGES = Map.of(
            "uuid", "gen_random_uuid()",
            "bigint", "coalesce(%1$s, 0) + 1",
            "integer", "coalesce(%1$s, 0) + 1",
            "text", "coalesce(%1$s, '') || 'x'",
            "timestamp with time zone", "coalesce(%1$s, now()) + interval '1 microsecond'",
            "date", "coalesce(%1$s, current_date) + 1",
            "bytea", "sha256(coalesce(%1$s, ''))",
            "boolean", "NOT %1$s",
            "ARRAY", "%1$s || ARRAY[ARRAY['mallory', 'a reason']]");

    private Scratch scratch;
    private BookId book;
    private Verifier verifier;
    private Seal seal;

    @BeforeAll
    void make(@TempDir Path manifests) throws SQLException {
        scratch = Scratch.create();
        LedgerFixture books = new LedgerFixture(scratch.dataSource);
        EveryKindOfRow.in(books);
        book = books.book;
        verifier = new Verifier(scratch.dataSource);
        seal = new Sealer(scratch.dataSource, books.clock, SigningKey.generate(), new ManifestDirectory(manifests))
                .seal(book);
        scratch.unguard();
        assertThat(verifier.verify(book, seal)).isInstanceOf(Verification.Sound.class);
        assertThat(scratch.query("SELECT DISTINCT kind FROM ledger.transfer ORDER BY 1"))
                .containsExactly("COMMIT", "EXPIRE", "FORCE", "LAPSE", "MOVE", "PEND", "RELEASE", "REPAY", "REVERSE");
    }

    @Test
    void every_changed_column_of_every_row_is_found() throws SQLException {
        List<String> missed = new ArrayList<>();
        int cases = 0;
        for (String column : columns()) {
            String[] parts = column.split(" ", 3);
            for (String row : rows(parts[0])) {
                String value =
                        Objects.requireNonNull(CHANGES.get(parts[2]), column).formatted(parts[1]);
                boolean sealedOnly = ONLY_SEALED.containsKey(parts[0] + " " + parts[1]);
                String sql = "UPDATE %s SET %s = %s WHERE %s".formatted(parts[0], parts[1], value, row);
                @Nullable Finding finding = finding(parts[0], sql, sealedOnly ? seal : null);
                if (finding == null || !names(finding, parts[0], parts[1])) {
                    missed.add(column + " of " + row + ": " + finding);
                }
                cases++;
            }
        }
        assertThat(missed).isEmpty();
        assertThat(cases).isGreaterThan(1_000);
    }

    /** A row whose key or account is another now is one too many or one too few, wherever that is seen first. */
    private static boolean names(Finding finding, String table, String column) {
        boolean moved = List.of("book", "id", "account", "path", "debit_account", "credit_account")
                        .contains(column)
                || column.endsWith("sequence");
        return moved || finding.table().equals(table);
    }

    @Test
    void every_deleted_row_is_found() throws SQLException {
        eachRow("DELETE FROM %1$s WHERE %2$s");
    }

    @Test
    void every_duplicated_row_is_found() throws SQLException {
        eachRow("INSERT INTO %1$s SELECT * FROM %1$s WHERE %2$s");
    }

    private void eachRow(String change) throws SQLException {
        List<String> missed = new ArrayList<>();
        for (String table : tables()) {
            for (String row : rows(table)) {
                if (finding(table, change.formatted(table, row), null) == null) {
                    missed.add(table + " " + row);
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void rows_that_changed_places_are_found() throws SQLException {
        List<String> ids = scratch.query("SELECT id FROM ledger.transfer ORDER BY id");
        for (int place = 1; place < ids.size(); place++) {
            String one = ids.get(place - 1);
            String other = ids.get(place);
            String sql = """
                    UPDATE ledger.transfer SET id = CASE id WHEN '%1$s' THEN '%2$s'::uuid ELSE '%1$s' END
                    WHERE id IN ('%1$s', '%2$s')
                    """.formatted(one, other);
            assertThat(finding("ledger.transfer", sql, null)).isNotNull();
        }
    }

    @Test
    void an_edited_balance_is_found_and_told_with_what_it_should_be() throws SQLException {
        Finding finding = Objects.requireNonNull(
                finding("ledger.account", "UPDATE ledger.account SET posted = posted + 1000 WHERE path = 'bob'", null));
        assertThat(finding.table()).isEqualTo("ledger.account");
        assertThat(finding.what()).isEqualTo("posted");
        assertThat(Long.parseLong(finding.found()) - Long.parseLong(finding.expected()))
                .isEqualTo(1_000);
    }

    @Test
    void an_edited_policy_is_found() throws SQLException {
        assertThat(finding("ledger.account", "UPDATE ledger.account SET floor = -99 WHERE path = 'ann'", null))
                .extracting(Finding::what)
                .isEqualTo("floor");
        assertThat(finding(
                        "ledger.account_event",
                        "UPDATE ledger.account_event SET ceiling = NULL WHERE path = 'bob'",
                        null))
                .extracting(Finding::table)
                .isEqualTo("ledger.account_event");
    }

    @Test
    void an_emptied_book_is_found() throws SQLException {
        assertThat(finding("ledger.transfer", "TRUNCATE ledger.transfer", null)).isNotNull();
        scratch.execute("TRUNCATE ledger.transfer, ledger.account, ledger.account_event");
        assertThat(verifier.verify(book))
                .as("nothing is left that could contradict")
                .isInstanceOf(Verification.Sound.class);
        assertThat(verifier.verify(book, seal)).isInstanceOf(Verification.Broken.class);
        scratch.restore();
    }

    private @Nullable Finding finding(String table, String change, @Nullable Seal against) throws SQLException {
        try {
            assertThat(scratch.execute(change)).as(change).isNotNegative();
            return switch (verifier.verify(book, against)) {
                case Verification.Sound _ -> null;
                case Verification.Broken broken -> broken.first();
            };
        } finally {
            scratch.restore(table);
        }
    }

    /** Conditions that hold for one row each. */
    private List<String> rows(String table) throws SQLException {
        String name = table.replace("ledger.", "");
        return scratch.query("SELECT format('%1$s::text = %%L', %1$s::text) FROM %2$s".formatted(name, table));
    }

    private List<String> tables() throws SQLException {
        return scratch.query("""
                SELECT 'ledger.' || table_name FROM information_schema.tables
                WHERE table_schema = 'ledger' AND table_type = 'BASE TABLE' ORDER BY 1
                """);
    }

    private List<String> columns() throws SQLException {
        return scratch.query("""
                SELECT 'ledger.' || table_name || ' ' || column_name || ' ' || data_type
                FROM information_schema.columns WHERE table_schema = 'ledger' ORDER BY table_name, ordinal_position
                """);
    }
}
