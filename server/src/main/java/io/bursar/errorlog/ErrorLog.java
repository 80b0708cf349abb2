package io.bursar.errorlog;

import io.bursar.platform.Failures;
import io.bursar.platform.Page;
import io.bursar.platform.RequestIds;
import io.bursar.shared.Check;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Coded errors as operators look for them. Recording never fails its caller and joins no transaction of theirs. */
@Component
public class ErrorLog implements Failures {
    /** Of one code in one hour; beyond, only the count grows. */
    static final int LINES_PER_HOUR_MAX = 200;

    static final int MESSAGE_CHARACTERS_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(ErrorLog.class);

    private final ErrorStore store;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    ErrorLog(ErrorStore store, PlatformTransactionManager transactions, Clock clock) {
        this.store = store;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * Records one error.
     *
     * @param code a stable word such as {@code rpc_unavailable}
     * @param subject kind and id of what it happened to, {@code chain/8453}; null when nothing in particular
     */
    @Override
    public void record(String code, String message, @Nullable String subject) {
        String bounded = message.length() > MESSAGE_CHARACTERS_MAX
                ? message.substring(0, MESSAGE_CHARACTERS_MAX - 1) + "…"
                : message;
        LOG.warn("{}: {} ({})", code, bounded, subject);
        Instant now = clock.instant();
        var entry = new ErrorEntry(
                0, now, code, bounded, subject, RequestIds.current().orElse(null));
        try {
            ownTransaction.executeWithoutResult(status -> {
                if (store.count(code, now.truncatedTo(ChronoUnit.HOURS)) <= LINES_PER_HOUR_MAX) {
                    store.insert(entry);
                }
            });
        } catch (RuntimeException notRecorded) {
            LOG.error("{} could not be recorded in the error log", code, notRecorded);
        }
    }

    /** How often each code happened in each hour since, newest hour first. */
    public List<ErrorCount> counts(Instant since) {
        return store.counts(since.truncatedTo(ChronoUnit.HOURS));
    }

    /** Lines newest first, of one code, one subject, or all. */
    public Page<ErrorEntry> entries(
            @Nullable String code, @Nullable String subject, @Nullable String cursor, int limit) {
        Check.argument(limit > 0 && limit <= Page.LIMIT_MAX, "limit: %s (expected: 1..%s)", limit, Page.LIMIT_MAX);
        return Page.of(
                store.newest(code, subject, below(cursor), limit + 1), limit, entry -> Long.toString(entry.sequence()));
    }

    public long count(@Nullable String code, @Nullable String subject) {
        return store.count(code, subject);
    }

    /** A cursor nobody gave out shows the first page. */
    private static long below(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException foreign) {
            return Long.MAX_VALUE;
        }
    }
}
