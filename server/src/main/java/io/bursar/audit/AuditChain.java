package io.bursar.audit;

import io.bursar.platform.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Chains entries soon after they are committed. A sequence number is taken before its transaction commits, so an entry
 * may appear below others that are chained already; it is found again as long as fewer than {@link #WINDOW_ENTRIES}
 * newer ones were chained meanwhile. Transactions live for seconds, and verification names what ever slipped through.
 */
@Component
class AuditChain implements Job {
    private static final int BATCH_ENTRIES_MAX = 1_000;
    private static final long WINDOW_ENTRIES = 10_000;
    private static final int BATCHES_MAX = 20;
    private static final Duration UNCHAINED_AGE_MAX = Duration.ofMinutes(10);

    private final AuditStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AuditChain(AuditStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "chain-audit";
    }

    @Override
    public String purpose() {
        return "Chains new audit entries, so that a later change to one can be shown.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run() {
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            Boolean more = transaction.execute(status -> chainBatch());
            if (!Boolean.TRUE.equals(more)) {
                return;
            }
        }
    }

    AuditVerification verify() {
        @Nullable AuditLink last = null;
        while (true) {
            long position = last == null ? 0 : last.position();
            List<AuditLink> links = store.links(position, BATCH_ENTRIES_MAX);
            if (links.isEmpty()) {
                return verifiedUpTo(last);
            }
            List<Recorded> entries = store.entriesLinked(position, BATCH_ENTRIES_MAX);
            for (int place = 0; place < links.size(); place++) {
                AuditLink link = links.get(place);
                if (place >= entries.size() || entries.get(place).entry().sequence() != link.entry()) {
                    return new AuditVerification.Broken(link.entry(), "The entry of this link is missing.");
                }
                if (!AuditLink.after(last, entries.get(place)).fits(link)) {
                    return new AuditVerification.Broken(
                            link.entry(), "The entry or its link was changed after it was chained.");
                }
                if (wordsWereChanged(entries.get(place))) {
                    return new AuditVerification.Broken(
                            link.entry(), "Its reason was changed, or removed without being forgotten.");
                }
                last = link;
            }
        }
    }

    private static boolean wordsWereChanged(Recorded recorded) {
        Reason reason = recorded.reason();
        return reason != null && (recorded.reasonLost() || !reason.fits());
    }

    private boolean chainBatch() {
        if (!store.lockChain()) {
            return false;
        }
        @Nullable AuditLink last = store.lastLink().orElse(null);
        List<Recorded> entries = store.unlinked(WINDOW_ENTRIES, BATCH_ENTRIES_MAX);
        for (Recorded entry : entries) {
            last = AuditLink.after(last, entry);
            store.insertLink(last);
        }
        return entries.size() == BATCH_ENTRIES_MAX;
    }

    private AuditVerification verifiedUpTo(@Nullable AuditLink last) {
        Optional<AuditEntry> stray = store.firstUnlinkedBefore(clock.instant().minus(UNCHAINED_AGE_MAX));
        if (stray.isPresent()) {
            return new AuditVerification.Broken(stray.get().sequence(), "The entry is old and was never chained.");
        }
        return last == null
                ? new AuditVerification.Intact(0, "")
                : new AuditVerification.Intact(last.position(), HexFormat.of().formatHex(last.hash()));
    }
}
