package io.bursar.stablecoin.web;

import io.bursar.consolespi.SearchProvider;
import io.bursar.stablecoin.Finds;
import io.bursar.stablecoin.Merchant;
import io.bursar.stablecoin.Partner;
import io.bursar.stablecoin.PaymentFilter;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.Payments;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds payment requests, merchants and partners for the console's search box. */
@Component
class PaymentSearch implements SearchProvider {
    private final Payments payments;
    private final Finds finds;

    PaymentSearch(Payments payments, Finds finds) {
        this.payments = payments;
        this.finds = finds;
    }

    @Override
    public List<Hit> search(String query) {
        String words = query.strip();
        if (words.isEmpty() || words.chars().anyMatch(Character::isISOControl)) {
            return List.of();
        }
        PaymentFilter filter = new PaymentFilter(null, null, null, words);
        return Stream.of(
                        payments.list(filter, null, HITS_MAX).items().stream().map(line -> hit(line.request())),
                        finds.merchants(words, HITS_MAX).stream().map(PaymentSearch::hit),
                        finds.partners(words, HITS_MAX).stream().map(PaymentSearch::hit))
                .flatMap(hits -> hits)
                .limit(HITS_MAX)
                .toList();
    }

    private static Hit hit(PaymentRequest request) {
        return new Hit(
                "Payment request",
                request.id().text() + " · " + request.due(),
                PaymentPages.PATH + "/" + request.id().text());
    }

    private static Hit hit(Merchant merchant) {
        return new Hit(
                "Merchant",
                merchant.title(),
                "/console/stablecoin/merchants/" + merchant.id().text());
    }

    private static Hit hit(Partner partner) {
        return new Hit(
                "Partner",
                partner.name(),
                "/console/stablecoin/partners/" + partner.id().text());
    }
}
