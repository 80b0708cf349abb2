package io.bursar.mail;

import io.bursar.platform.Page;
import io.bursar.platform.Secrets;
import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Mail, queued in the caller's transaction and sent by a job with retries. */
@Component
public class Mail {
    private static final int BODY_CHARACTERS_MAX = 20_000;

    private final MailStore store;
    private final Secrets secrets;
    private final SmtpSender sender;
    private final Clock clock;

    Mail(MailStore store, Secrets secrets, SmtpSender sender, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Queues one plain-text mail. {@code kind} names it for operators ({@code merchant-invite}); bodies are not logged.
     */
    public void queue(String kind, String to, String subject, String text) {
        // A line break in a header would let its author write headers of his own.
        Check.argument(
                (to + subject).chars().noneMatch(Character::isISOControl), "mail: a control character in its headers");
        Check.argument(text.length() <= BODY_CHARACTERS_MAX, "mail: %s characters", text.length());
        Instant now = clock.instant();
        UUID id = UuidV7.at(now);
        store.insert(id, kind, to, subject, secrets.seal(context(id), text.getBytes(StandardCharsets.UTF_8)), now);
    }

    /** What was queued, newest first. */
    public Page<MailView> list(@Nullable String cursor, int limit) {
        Check.argument(limit > 0 && limit <= Page.LIMIT_MAX, "limit: %s (expected: 1..%s)", limit, Page.LIMIT_MAX);
        return Page.of(
                store.newest(before(cursor), limit + 1),
                limit,
                mail -> mail.id().toString());
    }

    public long count() {
        return store.count();
    }

    /** How many are in each state that any is in. */
    public Map<String, Long> counts() {
        return store.counts();
    }

    /** Whether a mail server is configured at all; without one everything stays queued. */
    public boolean canSend() {
        return sender.configured();
    }

    static String context(UUID id) {
        return MailConfiguration.BODY.context(id);
    }

    /** Ids are ordered by time. A cursor nobody gave out shows the first page. */
    private static UUID before(@Nullable String cursor) {
        UUID last = new UUID(-1, -1);
        try {
            return cursor == null ? last : UUID.fromString(cursor);
        } catch (IllegalArgumentException foreign) {
            return last;
        }
    }
}
