package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

    /** Which row of which account something is. */
    private record Place(UUID account, long sequence) {}

    /** An account event with its one place, or a transfer with its two. */
    private record Row(List<Place> places, LayoutBytes content, String hash) {}

    private static final Head BEFORE_OPENING = new Head(-1, "00".repeat(32));

    private final Map<UUID, Head> heads = new HashMap<>();

    private ChainCheck() {}

    /** Answers how many transfers were found right. */
    static int rederive(DataSource dataSource, BookId book) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            List<Row> rows = new ArrayList<>(Sql.query(
                    connection,
                    "SELECT * FROM ledger.account_event WHERE book = ? ORDER BY account, sequence",
                    ChainCheck::event,
                    book.value()));
            List<Row> transfers = Sql.query(
                    connection,
                    "SELECT * FROM ledger.transfer WHERE book = ? ORDER BY posted_at, id",
                    ChainCheck::transfer,
                    book.value());
            rows.addAll(transfers);
            ChainCheck check = new ChainCheck();
            check.follow(rows);
            Sql.query(connection, "SELECT * FROM ledger.account WHERE book = ?", check::account, book.value());
            return transfers.size();
        }
    }

    private static Row event(ResultSet row) throws SQLException {
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
                .optional(Sql.longOrNull(row, "ceiling"));
        freezes(bytes, row.getArray("debit_freezes"));
        freezes(bytes, row.getArray("credit_freezes"));
        bytes.flag(row.getBoolean("closed"));
        Instant at = Sql.instant(row, "at");
        bytes.number(at.getEpochSecond()).number(at.getNano() / 1_000);
        bytes.text(row.getString("actor")).text(row.getString("reason"));
        Place place = new Place(Sql.uuid(row, "account"), row.getLong("sequence"));
        return new Row(List.of(place), bytes, hex(row.getBytes("hash")));
    }

    private static void freezes(LayoutBytes bytes, Array pairs) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object pair : (Object[]) pairs.getArray()) {
            texts.addAll(List.of((String[]) pair));
        }
        bytes.number(texts.size());
        texts.forEach(bytes::text);
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
        List<Place> places = List.of(
                new Place(Sql.uuid(row, "debit_account"), row.getLong("debit_sequence")),
                new Place(Sql.uuid(row, "credit_account"), row.getLong("credit_sequence")));
        return new Row(places, bytes, hex(row.getBytes("hash")));
    }

    private Head head(Place place) {
        return heads.getOrDefault(place.account(), BEFORE_OPENING);
    }

    /** Takes each row when it is the next one of all its accounts; a row whose turn never comes breaks a chain. */
    private void follow(List<Row> rows) {
        Deque<Row> waiting = new ArrayDeque<>(rows);
        int passedOver = 0;
        while (!waiting.isEmpty() && passedOver <= waiting.size()) {
            Row row = waiting.removeFirst();
            if (row.places().stream().allMatch(place -> head(place).sequence() + 1 == place.sequence())) {
                String[] before =
                        row.places().stream().map(place -> head(place).hash()).toArray(String[]::new);
                String hash = row.content().hashed(before);
                assertThat(hash).as("row at %s", row.places()).isEqualTo(row.hash());
                row.places().forEach(place -> heads.put(place.account(), new Head(place.sequence(), hash)));
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
