package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.pend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database refuses by itself, even its superuser, what the engine would never send. */
final class AppendOnlyTest {
    private final LedgerFixture books = new LedgerFixture();

    @BeforeEach
    void post() {
        AccountPath wallet = books.wallet("wallet");
        books.submit("seen", pend(BANK, wallet, 5));
        books.submit("final", commit("seen"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.book", "ledger.account_event", "ledger.transfer"})
    void history_cannot_be_updated_deleted_or_truncated(String table) {
        refused("UPDATE " + table + " SET book = book".replace("book = book", column(table)), "append-only");
        refused("UPDATE " + table + " SET " + column(table) + " WHERE false", "append-only");
        refused("DELETE FROM " + table, "append-only");
        refused("TRUNCATE " + table + " CASCADE", "refused");
        refused("SET LOCAL session_replication_role = replica; DELETE FROM " + table, "append-only");
    }

    @Test
    void an_account_keeps_its_identity_and_never_goes() {
        refused("UPDATE ledger.account SET path = 'other'", "never changes");
        refused("UPDATE ledger.account SET unit_code = 'EUR'", "never changes");
        refused("UPDATE ledger.account SET opened_at = now()", "never changes");
        refused("DELETE FROM ledger.account", "never goes");
        refused("TRUNCATE ledger.account CASCADE", "refused");
    }

    @Test
    void limits_hold_in_the_database_as_well() {
        String wallet = " WHERE path = 'wallet' AND book = '" + books.book + "'";
        refused("UPDATE ledger.account SET posted = -1" + wallet, "floor_holds");
        refused("UPDATE ledger.account SET pending_debits = 6" + wallet, "floor_holds");
        refused("UPDATE ledger.account SET ceiling = 4" + wallet, "ceiling_holds");
        refused("UPDATE ledger.account SET closed = true" + wallet, "closed_is_empty");
        refused("UPDATE ledger.account SET posted = 9223372036854775807, pending_credits = 1" + wallet, "out of range");
    }

    @Test
    void a_reference_posts_once_by_constraint() {
        refused(
                copyOf("final", "kind", "'MOVE'", "settles", "NULL", "settle_ordinal", "NULL", "remaining", "NULL"),
                "reference_posts_once");
    }

    @Test
    void a_pending_is_settled_once_by_constraint() {
        refused(copyOf("final", "reference", "'again'"), "settlement_in_order");
        refused(copyOf("final", "reference", "'again'", "settle_ordinal", "2"), "settled_once");
        refused(copyOf("final", "reference", "'again'", "settles", "NULL"), "settlement_names_what_it_settles");
    }

    @Test
    void the_engine_is_told_apart_from_a_rewriter_by_the_trigger_of_one_name() throws SQLException {
        try (Connection connection = books.dataSource.getConnection()) {
            assertThat(Sql.query(connection, """
                            SELECT c.relname FROM pg_trigger t
                            JOIN pg_class c ON c.oid = t.tgrelid
                            WHERE t.tgname = 'append_only' AND c.relnamespace = 'ledger'::regnamespace
                            ORDER BY 1
                            """, row -> row.getString(1)))
                    .containsExactly("account_event", "book", "period_close", "transfer");
        }
    }

    private static String column(String table) {
        return table.equals("ledger.book") ? "name = 'x'" : "actor = 'x'";
    }

    /** An insert of the posting's row with a new id and the given columns replaced. */
    private String copyOf(String reference, String... replacements) {
        StringBuilder columns = new StringBuilder("jsonb_build_object('id', gen_random_uuid()");
        for (int index = 0; index < replacements.length; index += 2) {
            columns.append(", '%s', %s".formatted(replacements[index], replacements[index + 1]));
        }
        return """
                INSERT INTO ledger.transfer
                SELECT (jsonb_populate_record(t, %s)).* FROM ledger.transfer t WHERE reference = '%s' AND book = '%s'
                """.formatted(columns.append(")"), reference, books.book);
    }

    private void refused(String sql, String message) {
        assertThatThrownBy(() -> {
                    try (Connection connection = books.dataSource.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(message);
    }
}
