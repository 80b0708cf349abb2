package io.bursar.ledger;

import io.bursar.ledger.TransferRow.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes what was decided: one insert for all rows of a batch, one update for all accounts it touched. */
final class PostingStore {
    private final Connection connection;

    PostingStore(Connection connection) {
        this.connection = connection;
    }

    void write(Decision decision, Snapshot snapshot) throws SQLException {
        if (!decision.rows().isEmpty()) {
            new AccountStore(connection).openLots(decision.opened());
            insert(decision.rows());
            update(decision.touched(), snapshot.accounts());
        }
    }

    private void insert(List<TransferRow> rows) throws SQLException {
        Columns<TransferRow> columns = new Columns<>(connection, rows);
        String sql = """
                INSERT INTO ledger.transfer (
                    book, id, debit_account, credit_account, amount,
                    debit_sequence, debit_balance, credit_sequence, credit_balance, posted_at, effective_date,
                    asked_date, leg, part, legs, kind, reference, content_hash, settles, settle_ordinal, remaining,
                    expires_at, memo, actor, hash)
                SELECT * FROM unnest(
                    ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[],
                    ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::date[],
                    ?::date[], ?::integer[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::bytea[],
                    ?::uuid[], ?::integer[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::bytea[])
                """;
        int inserted = Sql.update(
                connection,
                sql,
                columns.of("uuid", row -> posting(row).book().value()),
                columns.of("uuid", TransferRow::id),
                columns.of("uuid", row -> row.debit().id()),
                columns.of("uuid", row -> row.credit().id()),
                columns.of("bigint", TransferRow::amount),
                columns.of("bigint", row -> row.debit().sequence()),
                columns.of("bigint", row -> row.debit().sums().posted()),
                columns.of("bigint", row -> row.credit().sequence()),
                columns.of("bigint", row -> row.credit().sums().posted()),
                columns.of("timestamptz", row -> row.dating().postedAt().toString()),
                columns.of("date", row -> row.dating().effectiveDate().toString()),
                columns.of("date", row -> textOrNone(row.dating().askedDate())),
                columns.of("integer", TransferRow::leg),
                columns.of("integer", TransferRow::part),
                columns.of("integer", row -> posting(row).legs().size()),
                columns.of("text", row -> row.kind().name()),
                columns.of("text", row -> posting(row).reference().value()),
                columns.bytes(row -> row.submission().content()),
                columns.of("uuid", row -> settlement(row, Settlement::settles)),
                columns.of("integer", row -> settlement(row, Settlement::ordinal)),
                columns.of("bigint", row -> settlement(row, Settlement::remaining)),
                columns.of("timestamptz", row -> textOrNone(row.expiresAt())),
                columns.of("text", row -> posting(row).memo()),
                columns.of("text", row -> posting(row).actor()),
                columns.bytes(TransferRow::hash));
        Check.invariant(inserted == rows.size(), inserted + " transfers written of " + rows.size());
    }

    /** One update for each touched account, and only if it is still where the decision started from. */
    private void update(List<AccountState> accounts, Map<AccountKey, AccountState> before) throws SQLException {
        Columns<AccountState> columns = new Columns<>(connection, accounts);
        String sql = """
                UPDATE ledger.account a
                SET posted = n.posted, pending_debits = n.pending_debits, pending_credits = n.pending_credits,
                    sequence = n.sequence, last_at = n.last_at, last_hash = n.last_hash
                FROM unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                            ?::timestamptz[], ?::bytea[])
                    AS n (book, id, sequence_before, posted, pending_debits, pending_credits, sequence,
                          last_at, last_hash)
                WHERE a.book = ANY (?) AND a.id = ANY (?) AND a.book = n.book AND a.id = n.id
                  AND a.sequence = n.sequence_before
                """;
        int updated = Sql.update(
                connection,
                sql,
                columns.of("uuid", account -> account.key().book().value()),
                columns.of("uuid", AccountState::id),
                columns.of("bigint", account -> sequence(before, account)),
                columns.of("bigint", account -> account.sums().posted()),
                columns.of("bigint", account -> account.sums().pendingDebits()),
                columns.of("bigint", account -> account.sums().pendingCredits()),
                columns.of("bigint", AccountState::sequence),
                columns.of("timestamptz", account -> account.lastAt().toString()),
                columns.bytes(AccountState::lastHash),
                columns.books(account -> account.key().book()),
                columns.of("uuid", AccountState::id));
        Check.invariant(updated == accounts.size(), updated + " accounts updated of " + accounts.size());
    }

    /** A lot that this batch opened starts from its opening. */
    private static long sequence(Map<AccountKey, AccountState> before, AccountState account) {
        AccountState found = before.get(account.key());
        return found == null ? 0 : found.sequence();
    }

    private static Posting posting(TransferRow row) {
        return row.submission().posting();
    }

    private static @Nullable Object settlement(TransferRow row, Function<Settlement, Object> column) {
        Settlement settlement = row.settlement();
        return settlement == null ? null : column.apply(settlement);
    }

    private static @Nullable String textOrNone(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
