package io.bursar.ledger;

import static java.util.Comparator.comparing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Posts a book's history to the model again, in an order that its accounts agree with: what was decided at once must
 * have been possible one after the other.
 */
final class HistoryReplay {
    private record Row(
            Reference reference,
            Hash content,
            Instant postedAt,
            UUID debit,
            long debitSequence,
            UUID credit,
            long creditSequence) {}

    /** One posting as it was recorded, with the first and the last place it takes on each of its accounts. */
    private static final class Recording {
        final Hash content;
        final Instant postedAt;
        final Map<UUID, Long> first = new HashMap<>();
        final Map<UUID, Long> last = new HashMap<>();

        Recording(Row row) {
            content = row.content();
            postedAt = row.postedAt();
        }

        Recording with(Row row) {
            take(row.debit(), row.debitSequence());
            take(row.credit(), row.creditSequence());
            return this;
        }

        private void take(UUID account, long sequence) {
            first.merge(account, sequence, Math::min);
            last.merge(account, sequence, Math::max);
        }

        boolean follows(Map<UUID, Long> heads) {
            return first.entrySet().stream()
                    .allMatch(entry -> entry.getValue() == heads.getOrDefault(entry.getKey(), 0L) + 1);
        }
    }

    private HistoryReplay() {}

    /** What the model answers to each posting of the history, and the model as it is then. */
    static Map<Reference, String> answers(DataSource dataSource, BookId book, List<Posting> program, Model model) {
        Map<Hash, Posting> byContent = new HashMap<>();
        program.forEach(posting -> byContent.put(key(posting.reference(), Content.of(posting)), posting));
        Map<Reference, String> answers = new LinkedHashMap<>();
        Map<UUID, Long> heads = new HashMap<>();
        Map<Reference, Recording> waiting = recordings(dataSource, book);
        while (!waiting.isEmpty()) {
            Map.Entry<Reference, Recording> next = waiting.entrySet().stream()
                    .filter(entry -> entry.getValue().follows(heads))
                    .min(comparing(entry -> entry.getValue().postedAt))
                    .orElseThrow(() -> new AssertionError("what follows nothing: " + waiting.keySet()));
            Recording recording = next.getValue();
            Posting posting = Objects.requireNonNull(
                    byContent.get(key(next.getKey(), recording.content)), "posted, and never asked for");
            answers.put(next.getKey(), model.post(posting, recording.postedAt));
            heads.putAll(recording.last);
            waiting.remove(next.getKey());
        }
        return answers;
    }

    private static Hash key(Reference reference, Hash content) {
        return new Canonical("replay").text(reference.value()).hash(content).digest();
    }

    private static Map<Reference, Recording> recordings(DataSource dataSource, BookId book) {
        String sql = "SELECT * FROM ledger.transfer WHERE book = ? ORDER BY posted_at, id";
        List<Row> rows = Sql.read(
                dataSource,
                connection -> new ArrayList<>(Sql.query(connection, sql, HistoryReplay::row, book.value())));
        Map<Reference, Recording> recordings = new LinkedHashMap<>();
        rows.forEach(row -> recordings
                .computeIfAbsent(row.reference(), _ -> new Recording(row))
                .with(row));
        return recordings;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new Reference(row.getString("reference")),
                Hash.stored(row.getBytes("content_hash")),
                Sql.instant(row, "posted_at"),
                Sql.uuid(row, "debit_account"),
                row.getLong("debit_sequence"),
                Sql.uuid(row, "credit_account"),
                row.getLong("credit_sequence"));
    }
}
