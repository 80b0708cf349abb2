package io.bursar.stablecoin.web;

import io.bursar.consolespi.OverviewPart;
import io.bursar.stablecoin.PaymentFilter;
import io.bursar.stablecoin.Payments;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The newest payment requests on the Today page. */
@Component
class LatestPayments implements OverviewPart {
    private static final int SHOWN = 8;

    private final Payments payments;

    LatestPayments(Payments payments) {
        this.payments = payments;
    }

    @Override
    public Slot slot() {
        return Slot.MAIN;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public String fragment() {
        return "stablecoin/overview :: latest";
    }

    @Override
    public Map<String, Object> model() {
        return Map.of(
                "rows",
                payments.list(PaymentFilter.ALL, null, SHOWN).items().stream()
                        .map(PaymentRow::of)
                        .toList());
    }
}
