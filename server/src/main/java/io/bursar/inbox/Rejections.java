package io.bursar.inbox;

import io.bursar.errorlog.ErrorLog;
import io.bursar.inbox.RejectionStore.Group;
import io.bursar.inbox.RejectionStore.Sample;
import io.bursar.inbox.Verdict.Reason;
import io.bursar.inbox.Verdict.Rejected;
import io.bursar.ledger.GroupCommit;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts what is turned away and keeps the first of a kind in an hour. Anybody can send such a thing, so it is written
 * in a line of its own beside that of the events, in batches, and what finds that line full is turned away uncounted.
 */
@Component
class Rejections implements AutoCloseable {
    /** Of one account and reason in one hour. */
    static final int SAMPLES_PER_HOUR_MAX = 20;

    static final int SAMPLE_BYTES_MAX = 4_096;
    private static final int HEADERS_LENGTH_MAX = 16_384;
    private static final int CLAIMED_LENGTH_MAX = 200;
    private static final int BATCH_MAX = 64;
    private static final int WAITING_MAX = 256;
    private static final int WAIT_SECONDS_MAX = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

    private final RejectionStore store;
    private final ErrorLog errors;
    private final KeptHeaders headers;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final GroupCommit<Sample, Boolean> commits;

    Rejections(
            RejectionStore store, ErrorLog errors, KeptHeaders headers, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.errors = errors;
        this.headers = headers;
        this.transactions = transactions;
        this.clock = clock;
        this.commits = new GroupCommit<>(
                new GroupCommit.Settings<>("inbox rejections", BATCH_MAX, WAITING_MAX, sample -> 1, failure -> false),
                GroupCommit.Work.whole(this::write));
    }

    /** Never fails its caller, who has an answer to give either way. */
    void record(Provider provider, Delivery delivery, Rejected rejected) {
        Instant now = clock.instant();
        Group group =
                new Group(provider.name(), delivery.account(), rejected.reason(), now.truncatedTo(ChronoUnit.HOURS));
        byte[] body = delivery.body();
        Sample sample = new Sample(
                UuidV7.at(now),
                group,
                claimed(rejected.claimedId()),
                bounded(headers.write(delivery.headers(), provider.secretHeaders()), HEADERS_LENGTH_MAX),
                Arrays.copyOf(body, Math.min(body.length, SAMPLE_BYTES_MAX)),
                body.length,
                now);
        try {
            if (commits.submit(group, sample).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                tell(sample);
            }
        } catch (GroupCommit.RefusedException | TimeoutException flood) {
            LOG.debug("a rejected event of {} was not counted: {}", group, flood.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException notWritten) {
            LOG.warn("a rejected event of {} was not counted", group, notWritten.getCause());
        }
    }

    @Override
    public void close() {
        commits.close();
    }

    /** Answers for each whether it was kept. */
    private List<Boolean> write(List<Sample> batch) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Map<Group, Long> left = rooms(batch);
            List<Boolean> kept = new ArrayList<>();
            for (Sample sample : batch) {
                long room = left.merge(sample.group(), -1L, Long::sum);
                if (room >= 0) {
                    store.insert(sample);
                }
                kept.add(room >= 0);
            }
            return kept;
        }));
    }

    /** How many more of each group may be kept. Counted in one order, so that two nodes never wait in a ring. */
    private Map<Group, Long> rooms(List<Sample> batch) {
        Map<Group, Long> counts = batch.stream().collect(Collectors.groupingBy(Sample::group, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Group::toString)))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        group -> SAMPLES_PER_HOUR_MAX
                                - (store.count(group.getKey(), group.getValue()) - group.getValue())));
    }

    private void tell(Sample sample) {
        Group group = sample.group();
        errors.record(
                group.reason() == Reason.UNREADABLE ? "webhook_unreadable" : "webhook_signature_invalid",
                "%s/%s: %s, event %s as claimed. If all of them fail, the signing key was changed."
                        .formatted(
                                group.provider(),
                                group.account(),
                                group.reason().label(),
                                Objects.requireNonNullElse(sample.claimedId(), "unknown")),
                "webhook/" + group.provider());
    }

    private static @Nullable String claimed(@Nullable String text) {
        return text == null ? null : bounded(text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?"), CLAIMED_LENGTH_MAX);
    }

    private static String bounded(String text, int lengthMax) {
        return text.substring(0, Math.min(text.length(), lengthMax));
    }
}
