package io.bursar.books;

import io.bursar.ledger.BookId;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Posting intents as rows. */
@Component
class PostingIntentStore {
    /** How long whoever decided has to settle by himself before the sweeper does. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Longer than a submission can take, with all its own waits and retries. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    private final JdbcClient jdbc;

    PostingIntentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(PostingIntent intent) {
        Posting posting = intent.posting();
        jdbc.sql("""
                INSERT INTO books.posting_intent (
                  id, handler, subject, book, reference, legs, effective_date, memo, actor, decided_at, not_before)
                VALUES (
                  :id, :handler, :subject, :book, :reference, :legs::jsonb, :effectiveDate, :memo, :actor, :decidedAt,
                  clock_timestamp() + make_interval(secs => :grace))
                """)
                .param("id", intent.id())
                .param("handler", intent.handler())
                .param("subject", intent.subject())
                .param("book", posting.book().value())
                .param("reference", posting.reference().value())
                .param("legs", LegsJson.write(posting.legs()))
                .param("effectiveDate", posting.effectiveDate())
                .param("memo", posting.memo())
                .param("actor", posting.actor())
                .param("decidedAt", Sql.time(intent.decidedAt()))
                .param("grace", GRACE.toSeconds())
                .update();
    }

    long countOpen() {
        return jdbc.sql("SELECT count(*) FROM books.posting_intent WHERE state = 'POSTING'")
                .query(Long.class)
                .single();
    }

    /** Takes one open intent for the caller alone; empty when it is settled, or somebody else is settling it. */
    Optional<PostingIntent> lease(UUID id) {
        return jdbc.sql("""
                UPDATE books.posting_intent
                SET attempts = attempts + 1, leased_until = clock_timestamp() + make_interval(secs => :lease)
                WHERE id = :id AND state = 'POSTING' AND (leased_until IS NULL OR leased_until <= clock_timestamp())
                RETURNING id, handler, subject, book, reference, legs, effective_date, memo, actor, decided_at
                """)
                .param("id", id)
                .param("lease", LEASE.toSeconds())
                .query(PostingIntentStore::intent)
                .optional();
    }

    /** Gives an intent that is still open back to the sweeper, after a pause that grows with each attempt. */
    void release(UUID id) {
        jdbc.sql("""
                UPDATE books.posting_intent
                SET leased_until = NULL,
                    not_before = clock_timestamp()
                      + make_interval(secs => least(:max, :grace * 2 ^ least(attempts - 1, 10)))
                WHERE id = :id AND state = 'POSTING'
                """)
                .param("id", id)
                .param("max", PAUSE_MAX.toSeconds())
                .param("grace", GRACE.toSeconds())
                .update();
    }

    Settlement settlement(UUID id) {
        return jdbc.sql("SELECT CASE state WHEN 'POSTING' THEN 'OPEN' ELSE state END "
                        + "FROM books.posting_intent WHERE id = :id")
                .param("id", id)
                .query((row, _) -> Settlement.valueOf(row.getString(1)))
                .single();
    }

    /** True for exactly one caller, whose transaction then holds the row until it ends. */
    boolean markPosted(UUID id, Instant at) {
        return jdbc.sql("""
                UPDATE books.posting_intent SET state = 'POSTED', settled_at = :at WHERE id = :id AND state = 'POSTING'
                """).param("id", id).param("at", Sql.time(at)).update() == 1;
    }

    boolean markRejected(UUID id, String rejection, Instant at) {
        return jdbc.sql("""
                UPDATE books.posting_intent SET state = 'REJECTED', rejection = :rejection, settled_at = :at
                WHERE id = :id AND state = 'POSTING'
                """)
                        .param("id", id)
                        .param("rejection", rejection)
                        .param("at", Sql.time(at))
                        .update()
                == 1;
    }

    /** What nobody settled in time, longest waiting first. */
    List<UUID> due(int limit) {
        return jdbc.sql("""
                SELECT id FROM books.posting_intent
                WHERE state = 'POSTING' AND not_before <= clock_timestamp()
                  AND (leased_until IS NULL OR leased_until <= clock_timestamp())
                ORDER BY not_before LIMIT :limit
                """)
                .param("limit", limit)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    private static PostingIntent intent(ResultSet row, int number) throws SQLException {
        var posting = new Posting(
                new BookId(row.getObject("book", UUID.class)),
                new Reference(row.getString("reference")),
                LegsJson.read(row.getString("legs")),
                row.getObject("effective_date", LocalDate.class),
                row.getString("memo"),
                row.getString("actor"));
        return new PostingIntent(
                row.getObject("id", UUID.class),
                row.getString("handler"),
                row.getString("subject"),
                posting,
                Sql.instant(row, "decided_at"));
    }
}
