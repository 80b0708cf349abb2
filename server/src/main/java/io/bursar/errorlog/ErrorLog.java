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
import org.springframework.beans.factory.ObjectProvider;
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

    /** Beyond, what looks new is counted together: a shape that misses something must not fill the table. */
    static final int KINDS_OF_CODE_MAX = 100;

    private final ErrorStore store;
    private final ObjectProvider<ErrorListener> listeners;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    ErrorLog(
            ErrorStore store,
            ObjectProvider<ErrorListener> listeners,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.listeners = listeners;
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
        record(code, message, subject, null);
    }

    @Override
    public void bug(String code, Throwable bug, @Nullable String subject) {
        record(code, Failures.described(bug), subject, bug);
    }

    private void record(String code, String message, @Nullable String subject, @Nullable Throwable bug) {
        String bounded = message.length() > MESSAGE_CHARACTERS_MAX
                ? message.substring(0, MESSAGE_CHARACTERS_MAX - 1) + "…"
                : message;
        LOG.warn("{}: {} ({})", code, bounded, subject);
        Shape shape = Shape.of(bounded);
        var entry = new ErrorEntry(
                0,
                clock.instant(),
                code,
                bounded,
                subject,
                RequestIds.current().orElse(null),
                shape.fingerprint(code),
                RequestIds.route().orElse(null));
        if (isWorthALine(entry, shape)) {
            listeners.forEach(listener -> listener.recorded(entry, shape, bug));
        }
    }

    /** False for those of a storm that are only counted. What cannot be written down is worth telling all the more. */
    private boolean isWorthALine(ErrorEntry entry, Shape shape) {
        try {
            return ownTransaction.execute(status -> write(entry, shape));
        } catch (RuntimeException notRecorded) {
            LOG.error("{} could not be recorded in the error log", entry.code(), notRecorded);
            return true;
        }
    }

    private boolean write(ErrorEntry entry, Shape shape) {
        long ofThisHour = store.count(entry.code(), entry.at().truncatedTo(ChronoUnit.HOURS));
        Shape kind = shape;
        if (!store.countKnown(entry, shape)) {
            kind = store.kinds(entry.code()) < KINDS_OF_CODE_MAX ? shape : Shape.OTHERS;
            store.countNew(entry, kind);
        }
        boolean line = ofThisHour <= LINES_PER_HOUR_MAX;
        if (line) {
            store.insert(entry, kind);
        }
        return line;
    }

    /** How often each code happened in each hour since, newest hour first. */
    public List<ErrorCount> counts(Instant since) {
        return store.counts(since.truncatedTo(ChronoUnit.HOURS));
    }

    /** The kinds of one code that happened since, the latest first. */
    public List<ErrorKind> kinds(String code, Instant since) {
        return store.kinds(code, since, KINDS_OF_CODE_MAX);
    }

    /** Lines newest first. */
    public Page<ErrorEntry> entries(ErrorFilter filter, @Nullable String cursor, int limit) {
        Check.argument(limit > 0 && limit <= Page.LIMIT_MAX, "limit: %s (expected: 1..%s)", limit, Page.LIMIT_MAX);
        return Page.of(store.newest(filter, below(cursor), limit + 1), limit, entry -> Long.toString(entry.sequence()));
    }

    public Page<ErrorEntry> entries(
            @Nullable String code, @Nullable String subject, @Nullable String cursor, int limit) {
        return entries(new ErrorFilter(code, subject, null, null), cursor, limit);
    }

    public long count(@Nullable String code, @Nullable String subject) {
        return count(new ErrorFilter(code, subject, null, null));
    }

    public long count(ErrorFilter filter) {
        return store.count(filter);
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
