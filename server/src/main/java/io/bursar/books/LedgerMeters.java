package io.bursar.books;

import io.bursar.ledger.Ledger;
import io.bursar.platform.Measurement;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How busy the ledger of this node is, and how many postings of all nodes are not completed. */
@Configuration(proxyBeanMethods = false)
class LedgerMeters {
    @Bean
    MeterBinder ledgerActivity(Books books) {
        Ledger ledger = books.ledger();
        return metrics -> {
            FunctionCounter.builder(
                            "bursar.ledger.batches",
                            ledger,
                            each -> each.activity().batches())
                    .description("Batches of postings")
                    .register(metrics);
            FunctionCounter.builder(
                            "bursar.ledger.postings",
                            ledger,
                            each -> each.activity().postings())
                    .description("Postings in these batches")
                    .register(metrics);
            Gauge.builder("bursar.ledger.waiting.legs", () -> ledger.activity().waitingLegs())
                    .description("Legs that wait for their batch")
                    .register(metrics);
        };
    }

    @Bean
    Measurement openPostingIntents(PostingIntentStore intents) {
        return new Measurement(
                "bursar.posting.intents.open", "Decided postings that are not completed yet", intents::countOpen);
    }
}
