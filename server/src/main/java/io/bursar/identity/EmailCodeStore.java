package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class EmailCodeStore {
    private final JdbcClient jdbc;

    EmailCodeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Letter(UUID id, byte[] account, byte[] device, byte[] letterSealed) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Attempt(UUID id, byte[] codeDigest) {}

    void insert(UUID id, LoginLocks.Lock whose, byte[] codeDigest, byte[] letterSealed, Instant now, Instant expires) {
        jdbc.sql("""
                INSERT INTO identity.email_code
                  (id, account_digest, device_digest, code_digest, created_at, expires_at, letter_sealed)
                VALUES (:id, :account, :device, :code, :now, :expires, :letter)
                """)
                .param("id", id)
                .param("account", whose.account())
                .param("device", whose.client())
                .param("code", codeDigest)
                .param("now", Sql.time(now))
                .param("expires", Sql.time(expires))
                .param("letter", letterSealed)
                .update();
    }

    /** One node mails at a time, so that what was mailed is counted; false when another is at it. */
    boolean lockMailing() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtext('identity.email_code'))")
                .query(Boolean.class)
                .single();
    }

    /** Those that wait to be mailed. */
    List<Letter> waiting(int limit) {
        return jdbc.sql("""
                SELECT id, account_digest, device_digest, letter_sealed FROM identity.email_code
                WHERE letter_sealed IS NOT NULL ORDER BY id LIMIT :limit
                """)
                .param("limit", limit)
                .query((row, number) -> new Letter(
                        row.getObject("id", UUID.class),
                        row.getBytes("account_digest"),
                        row.getBytes("device_digest"),
                        row.getBytes("letter_sealed")))
                .list();
    }

    void handled(UUID id, boolean mailed) {
        jdbc.sql("UPDATE identity.email_code SET letter_sealed = NULL, mailed = :mailed WHERE id = :id")
                .param("id", id)
                .param("mailed", mailed)
                .update();
    }

    /** How many were mailed to this account lately: to this one browser when it is known, to all unknown ones else. */
    int mailedSince(byte[] account, byte[] device, boolean known, Instant since) {
        return jdbc.sql("""
                SELECT count(*) FROM identity.email_code c
                WHERE account_digest = :account AND mailed AND created_at > :since
                  AND CASE WHEN :known THEN device_digest = :device
                      ELSE NOT EXISTS (SELECT FROM identity.portal_device d
                                       WHERE d.account_digest = c.account_digest
                                         AND d.device_digest = c.device_digest) END
                """)
                .param("account", account)
                .param("device", device)
                .param("known", known)
                .param("since", Sql.time(since))
                .query(Integer.class)
                .single();
    }

    /** Counts an attempt at the newest code of this browser, before it is judged. */
    Optional<Attempt> attempt(LoginLocks.Lock whose, int attemptsMax, Instant now) {
        return jdbc.sql("""
                UPDATE identity.email_code SET attempts = attempts + 1
                WHERE id = (SELECT id FROM identity.email_code
                            WHERE account_digest = :account AND device_digest = :device
                            ORDER BY id DESC LIMIT 1)
                  AND attempts < :max AND expires_at > :now
                RETURNING id, code_digest
                """)
                .param("account", whose.account())
                .param("device", whose.client())
                .param("max", attemptsMax)
                .param("now", Sql.time(now))
                .query((row, number) -> new Attempt(row.getObject("id", UUID.class), row.getBytes("code_digest")))
                .optional();
    }

    /** True once: with a code that was used, all of its browser are gone. */
    boolean use(UUID id, LoginLocks.Lock whose) {
        return jdbc.sql("""
                        DELETE FROM identity.email_code WHERE account_digest = :account AND device_digest = :device
                        RETURNING id
                        """)
                .param("account", whose.account())
                .param("device", whose.client())
                .query((row, number) -> row.getObject("id", UUID.class))
                .list()
                .contains(id);
    }
}
