package io.bursar.stablecoin;

import io.bursar.books.Books;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Transfer;
import io.bursar.platform.Page;
import io.bursar.shared.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Payment requests as people look at them: lists, figures, and the evidence around one. Changes nothing. */
@Component
public class Payments {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int ROUNDS_SHOWN_MAX = 5;
    private static final String[] STEPS = {"seen", "fast", "safe", "final", "reorged", "reversed"};

    private final PaymentListStore store;
    private final PartnerStore partners;
    private final ChainTransfersView transfers;
    private final Books books;
    private final Clock clock;

    Payments(PaymentListStore store, PartnerStore partners, ChainTransfersView transfers, Books books, Clock clock) {
        this.store = store;
        this.partners = partners;
        this.transfers = transfers;
        this.books = books;
        this.clock = clock;
    }

    /** What the figures of the last 24 hours come to. */
    public record Figures(List<Money> received, long verified, long waiting, long seen) {}

    /** Newest first; {@code after} is the last id of the page before. */
    public Page<PaymentLine> list(PaymentFilter filter, @Nullable PaymentRequestId after, int limit) {
        return Page.of(
                store.list(filter, after == null ? null : after.value(), limit + 1, clock.instant()),
                limit,
                line -> line.request().id().text());
    }

    public long count(PaymentFilter filter) {
        return store.count(filter, clock.instant());
    }

    public PaymentStatus status(PaymentRequest request) {
        return PaymentStatus.of(request, clock.instant());
    }

    public List<ChainTransfersView.Seen> chainTransfers(PaymentRequestId id) {
        return transfers.of(id);
    }

    public Figures figures() {
        Instant since = clock.instant().minus(DAY);
        return new Figures(
                store.received(since), store.verified(since), count(PaymentStatus.WAITING), count(PaymentStatus.SEEN));
    }

    /** What the ledger holds for a request's chain transfers, in the order it was posted. */
    public List<Transfer> postings(PaymentRequest request) {
        Partner partner = partners.find(request.partnerId()).orElseThrow();
        return transfers.of(request.id()).stream()
                .flatMap(seen -> postings(partner, request, seen).stream())
                .toList();
    }

    /** A block that was gone and came back is credited again, in a further round. */
    private List<Transfer> postings(Partner partner, PaymentRequest request, ChainTransfersView.Seen seen) {
        List<Transfer> found = new ArrayList<>();
        for (int round = 1; round <= ROUNDS_SHOWN_MAX; round++) {
            String fact = "chain/%d/%s/%d/%s%s/"
                    .formatted(
                            request.chainId(),
                            seen.tx().hex(),
                            seen.ordinal(),
                            seen.blockHash(),
                            round == 1 ? "" : "/" + round);
            List<Transfer> posted = Stream.of(STEPS)
                    .flatMap(step -> books.ledger().posting(partner.book(), Reference.of(fact + step)).stream())
                    .toList();
            if (posted.isEmpty()) {
                break;
            }
            found.addAll(posted);
        }
        return found;
    }

    private long count(PaymentStatus status) {
        return count(new PaymentFilter(null, null, status, null));
    }
}
