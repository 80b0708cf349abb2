package io.bursar.fx;

import io.bursar.audit.Audit;
import io.bursar.errorlog.ErrorLog;
import io.bursar.fx.Acceptance.Verdict;
import io.bursar.fx.RateSource.Feed;
import io.bursar.platform.WorldFailedException;
import io.bursar.shared.Actor;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the source and keeps what is good of it. An outage is told once, when it begins, not once a minute. */
@Component
class RateUpdates {
    private static final String UNAVAILABLE = "fx_unavailable";

    private final RateSource source;
    private final FxStore store;
    private final FxSettings settings;
    private final TransactionTemplate transactions;
    private final Audit audit;
    private final ErrorLog errors;
    private final Clock clock;

    RateUpdates(
            RateSource source,
            FxStore store,
            FxSettings settings,
            TransactionTemplate transactions,
            Audit audit,
            ErrorLog errors,
            Clock clock) {
        this.source = source;
        this.store = store;
        this.settings = settings;
        this.transactions = transactions;
        this.audit = audit;
        this.errors = errors;
        this.clock = clock;
    }

    sealed interface Outcome {
        /** Read; {@code refused} tells by currency what of it was not a rate. */
        record Fetched(LocalDate asOf, List<String> good, Map<String, String> refused) implements Outcome {}

        /** Nothing of it is used. */
        record Failed(String reason) implements Outcome {}
    }

    /** By the job. Not audited: it changes nothing an operator decided. */
    Outcome fetch() {
        return fetch(null);
    }

    Outcome fetchFor(Actor actor) {
        return fetch(actor);
    }

    private Outcome fetch(@Nullable Actor actor) {
        Optional<Feed> feed = Optional.empty();
        String failure = "";
        try {
            feed = Optional.of(source.fetch());
        } catch (WorldFailedException failed) {
            failure = Objects.requireNonNullElse(failed.getMessage(), failed.code());
        }
        Instant now = clock.instant();
        List<News> news = new ArrayList<>();
        Optional<Feed> read = feed;
        String unread = failure;
        Outcome outcome = Objects.requireNonNull(transactions.execute(status -> {
            boolean failingBefore = store.lockFetches().failingSince() != null;
            Outcome decided = read.map(found -> keep(found, now, news)).orElseGet(() -> new Outcome.Failed(unread));
            if (decided instanceof Outcome.Failed(String reason)) {
                store.fetchFailed(now, reason);
                if (!failingBefore) {
                    news.add(new News("fx/" + source.name(), reason));
                }
            }
            if (actor != null) {
                audit.record(actor, "fx.fetched", "fx/" + source.name(), Map.of(), told(decided), null);
            }
            return decided;
        }));
        news.forEach(item -> errors.record(UNAVAILABLE, item.sentence(), item.subject()));
        return outcome;
    }

    /** What the error log is told after the commit. */
    private record News(String subject, String sentence) {}

    private Outcome keep(Feed feed, Instant now, List<News> news) {
        Map<String, Quote> last = store.quotes();
        LocalDate newest = last.values().stream()
                .map(Quote::asOf)
                .max(LocalDate::compareTo)
                .orElse(null);
        Optional<String> refusal =
                Acceptance.dayRefusal(feed.asOf(), newest, LocalDate.ofInstant(now, TargetCalendar.ZONE));
        if (refusal.isPresent()) {
            return new Outcome.Failed(refusal.get());
        }
        var refusedBefore = store.refusals().keySet();
        List<String> good = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (String currency : Currencies.quoted()) {
            Quote before = last.get(currency);
            BigDecimal lastGood = before == null ? null : before.rate();
            switch (Acceptance.decide(feed.rates().get(currency), lastGood, settings.jumpPercentMax())) {
                case Verdict.Good(BigDecimal rate) -> {
                    store.keep(new Quote(currency, rate, feed.asOf(), source.name(), now));
                    good.add(currency);
                }
                case Verdict.Refused(String reason) -> {
                    store.refuse(currency, reason, now);
                    refused.put(currency, reason);
                    if (!refusedBefore.contains(currency)) {
                        news.add(new News("fx/" + currency, reason));
                    }
                }
            }
        }
        store.fetched(now);
        return new Outcome.Fetched(feed.asOf(), good, refused);
    }

    private static Map<String, Object> told(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Fetched fetched ->
                Map.of(
                        "asOf", fetched.asOf().toString(),
                        "good", fetched.good().size(),
                        "refused", String.join(" ", fetched.refused().keySet()));
            case Outcome.Failed failed -> Map.of("failure", failed.reason());
        };
    }
}
