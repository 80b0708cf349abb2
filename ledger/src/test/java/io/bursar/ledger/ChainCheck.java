package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Derives every hash of a book again from the rows alone, sharing no code with posting but the documented layout. */
final class ChainCheck {
    /** The last row of an account that was found right. */
    private record Head(long sequence, String hash) {}

    private record Row(
            UUID debit, long debitSequence, UUID credit, long creditSequence, LayoutBytes content, String hash) {}

    private static final Head BEFORE_OPENING = new Head(-1, "00".repeat(32));

    private final Map<UUID, Head> heads = new HashMap<>();

    private ChainCheck() {}

    /** Answers how many transfers were found right. */
    static int rederive(DataSource dataSource, BookId book) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            ChainCheck check = new ChainCheck();
            Sql.query(
                    connection,
                    "SELECT * FROM ledger.account_event WHERE book = ? ORDER BY account, sequence",
                    check::event,
                    book.value());
            List<Row> rows = Sql.query(
                    connection,
                    "SELECT * FROM ledger.transfer WHERE book = ? ORDER BY posted_at, id",
                    ChainCheck::transfer,
                    book.value());
            check.follow(rows);
            Sql.query(connection, "SELECT * FROM ledger.account WHERE book = ?", check::account, book.value());
            return rows.size();
        }
    }

    private boolean event(ResultSet row) throws SQLException {
        LayoutBytes bytes = new LayoutBytes("bursar account event 1")
                .id(Sql.uuid(row, "book"))
                .id(Sql.uuid(row, "account"))
                .number(row.getLong("sequence"))
                .text(row.getString("kind"))
                .text(row.getString("path"))
                .text(row.getString("unit_code"))
                .number(row.getInt("unit_scale"))
                .optionalText(row.getString("parent"))
                .optionalText(row.getString("source"))
                .optionalInstant(Sql.instantOrNull(row, "expires_at"))
                .optionalText(row.getString("owed"))
                .optionalText(row.getString("lapses_to"))
                .optional(Sql.longOrNull(row, "floor"))
                .optional(Sql.longOrNull(row, "ceiling"))
                .number(0)
                .number(0)
                .flag(row.getBoolean("closed"));
        Instant at = Sql.instant(row, "at");
        bytes.number(at.getEpochSecond()).number(at.getNano() / 1_000);
        bytes.text(row.getString("actor")).text(row.getString("reason"));
        UUID account = Sql.uuid(row, "account");
        Head before = heads.getOrDefault(account, BEFORE_OPENING);
        assertThat(row.getLong("sequence")).isEqualTo(before.sequence() + 1);
        String hash = bytes.hashed(before.hash());
        assertThat(hash).as("event of %s", row.getString("path")).isEqualTo(hex(row.getBytes("hash")));
        heads.put(account, new Head(row.getLong("sequence"), hash));
        return true;
    }

    private static Row transfer(ResultSet row) throws SQLException {
        Instant postedAt = Sql.instant(row, "posted_at");
        LayoutBytes bytes = new LayoutBytes("bursar transfer 1")
                .id(Sql.uuid(row, "book"))
                .id(Sql.uuid(row, "id"))
                .id(Sql.uuid(row, "debit_account"))
                .id(Sql.uuid(row, "credit_account"))
                .number(row.getLong("amount"))
                .number(row.getLong("debit_sequence"))
                .number(row.getLong("debit_balance"))
                .number(row.getLong("credit_sequence"))
                .number(row.getLong("credit_balance"))
                .number(postedAt.getEpochSecond())
                .number(postedAt.getNano() / 1_000)
                .number(row.getObject("effective_date", LocalDate.class).toEpochDay())
                .optionalDate(row.getObject("asked_date", LocalDate.class))
                .number(row.getInt("leg"))
                .number(row.getInt("part"))
                .number(row.getInt("legs"))
                .text(row.getString("kind"))
                .text(row.getString("reference"))
                .raw(row.getBytes("content_hash"));
        UUID settles = row.getObject("settles", UUID.class);
        bytes.flag(settles != null);
        if (settles != null) {
            bytes.id(settles);
        }
        bytes.optional(Sql.longOrNull(row, "settle_ordinal")).optional(Sql.longOrNull(row, "remaining"));
        bytes.optionalInstant(Sql.instantOrNull(row, "expires_at"))
                .text(row.getString("memo"))
                .text(row.getString("actor"));
        return new Row(
                Sql.uuid(row, "debit_account"),
                row.getLong("debit_sequence"),
                Sql.uuid(row, "credit_account"),
                row.getLong("credit_sequence"),
                bytes,
                hex(row.getBytes("hash")));
    }

    /** Takes each row when it is the next one of both its accounts; a row whose turn never comes breaks a chain. */
    private void follow(List<Row> rows) {
        Deque<Row> waiting = new ArrayDeque<>(rows);
        int passedOver = 0;
        while (!waiting.isEmpty() && passedOver <= waiting.size()) {
            Row row = waiting.removeFirst();
            Head debit = heads.getOrDefault(row.debit(), BEFORE_OPENING);
            Head credit = heads.getOrDefault(row.credit(), BEFORE_OPENING);
            if (debit.sequence() + 1 == row.debitSequence() && credit.sequence() + 1 == row.creditSequence()) {
                String hash = row.content().hashed(debit.hash(), credit.hash());
                assertThat(hash).isEqualTo(row.hash());
                heads.put(row.debit(), new Head(row.debitSequence(), hash));
                heads.put(row.credit(), new Head(row.creditSequence(), hash));
                passedOver = 0;
            } else {
                waiting.addLast(row);
                passedOver++;
            }
        }
        assertThat(waiting).as("rows that follow nothing").isEmpty();
    }

    private boolean account(ResultSet row) throws SQLException {
        Head head = heads.getOrDefault(Sql.uuid(row, "id"), BEFORE_OPENING);
        assertThat(row.getLong("sequence")).isEqualTo(head.sequence());
        assertThat(hex(row.getBytes("last_hash")))
                .as("last hash of %s", row.getString("path"))
                .isEqualTo(head.hash());
        return true;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
