package io.bursar.mail;

import io.bursar.platform.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class MailStore {
    private final JdbcClient jdbc;

    MailStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UUID id, String kind, String to, String subject, byte[] bodySealed, Instant now) {
        jdbc.sql("""
                INSERT INTO mail.message (id, kind, recipient, subject, body_sealed, state, queued_at, next_try_at)
                VALUES (:id, :kind, :to, :subject, :body, 'queued', :now, :now)
                """)
                .param("id", id)
                .param("kind", kind)
                .param("to", to)
                .param("subject", subject)
                .param("body", bodySealed)
                .param("now", Sql.time(now))
                .update();
    }

    /** Takes due mails for this node. The claim ends by the database's clock, which all nodes share. */
    List<QueuedMail> claim(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                UPDATE mail.message
                   SET attempts = attempts + 1, claimed_until = clock_timestamp() + make_interval(secs => :seconds)
                 WHERE id IN (
                   SELECT id FROM mail.message
                    WHERE state = 'queued' AND next_try_at <= :now
                      AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
                    ORDER BY next_try_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING id, kind, recipient, subject, body_sealed, attempts
                """)
                .param("now", Sql.time(now))
                .param("seconds", lease.toSeconds())
                .param("limit", limit)
                .query((row, number) -> new QueuedMail(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getBytes("body_sealed"),
                        row.getInt("attempts")))
                .list();
    }

    long countTo(String recipient) {
        return jdbc.sql("SELECT count(*) FROM mail.message WHERE recipient = :recipient")
                .param("recipient", recipient)
                .query(Long.class)
                .single();
    }

    /** What was not sent yet never will be. */
    void forget(String recipient, Instant now) {
        jdbc.sql("""
                UPDATE mail.message
                   SET recipient = 'forgotten', body_sealed = NULL, claimed_until = NULL,
                       finished_at = coalesce(finished_at, :now),
                       last_error = CASE state WHEN 'queued' THEN 'the recipient was forgotten' ELSE last_error END,
                       state = CASE state WHEN 'queued' THEN 'failed' ELSE state END
                 WHERE recipient = :recipient
                """).param("recipient", recipient).param("now", Sql.time(now)).update();
    }

    void sent(UUID id, Instant now) {
        jdbc.sql("""
                UPDATE mail.message
                   SET state = 'sent', finished_at = :now, body_sealed = NULL, claimed_until = NULL, last_error = NULL
                 WHERE id = :id AND state = 'queued'
                """).param("id", id).param("now", Sql.time(now)).update();
    }

    void retryAt(UUID id, Instant nextTry, String error) {
        jdbc.sql("""
                UPDATE mail.message SET next_try_at = :next, claimed_until = NULL, last_error = :error
                 WHERE id = :id AND state = 'queued'
                """)
                .param("id", id)
                .param("next", Sql.time(nextTry))
                .param("error", error)
                .update();
    }

    void gaveUp(UUID id, Instant now, String error) {
        jdbc.sql("""
                UPDATE mail.message
                   SET state = 'failed', finished_at = :now, body_sealed = NULL, claimed_until = NULL,
                       last_error = :error
                 WHERE id = :id AND state = 'queued'
                """)
                .param("id", id)
                .param("now", Sql.time(now))
                .param("error", error)
                .update();
    }

    List<MailView> newest(UUID below, int limit) {
        return jdbc.sql("""
                SELECT id, kind, recipient, subject, state, attempts, queued_at, next_try_at, finished_at, last_error
                  FROM mail.message WHERE id < :below ORDER BY id DESC LIMIT :limit
                """)
                .param("below", below)
                .param("limit", limit)
                .query((row, number) -> new MailView(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("state"),
                        row.getInt("attempts"),
                        Sql.instant(row, "queued_at"),
                        Sql.instant(row, "next_try_at"),
                        Sql.instantOrNull(row, "finished_at"),
                        row.getString("last_error")))
                .list();
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM mail.message").query(Long.class).single();
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql("SELECT state, count(*) AS count FROM mail.message GROUP BY state")
                .query(row -> {
                    counts.put(row.getString("state"), row.getLong("count"));
                });
        return counts;
    }
}
