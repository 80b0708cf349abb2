package io.bursar.books;

import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Job;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finishes postings whose process died between the decision and its completion. */
@Component
class PostingSweeper implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(PostingSweeper.class);
    private static final int BATCH_MAX = 100;

    private final PostingIntentStore store;
    private final Postings postings;
    private final ErrorLog errors;

    PostingSweeper(PostingIntentStore store, Postings postings, ErrorLog errors) {
        this.store = store;
        this.postings = postings;
        this.errors = errors;
    }

    @Override
    public String name() {
        return "sweep-postings";
    }

    @Override
    public String purpose() {
        return "Submits again what was decided to be posted and never completed.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run() {
        store.due(BATCH_MAX).forEach(this::settle);
    }

    /** One intent that cannot be completed does not keep the others waiting. */
    private void settle(UUID intent) {
        try {
            postings.settle(intent);
        } catch (RuntimeException failed) {
            LOG.error("posting intent {} was not completed", intent, failed);
            errors.record(
                    "posting_incomplete",
                    "posting intent " + intent + " was not completed: "
                            + failed.getClass().getSimpleName(),
                    "posting-intent/" + intent);
        }
    }
}
