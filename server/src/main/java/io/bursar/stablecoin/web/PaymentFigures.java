package io.bursar.stablecoin.web;

import io.bursar.consolespi.OverviewPart;
import io.bursar.stablecoin.Payments;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The figures of the last day on the Today page. */
@Component
class PaymentFigures implements OverviewPart {
    private final Payments payments;

    PaymentFigures(Payments payments) {
        this.payments = payments;
    }

    @Override
    public Slot slot() {
        return Slot.STATS;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String fragment() {
        return "stablecoin/overview :: figures";
    }

    @Override
    public Map<String, Object> model() {
        return Map.of("figures", payments.figures());
    }
}
