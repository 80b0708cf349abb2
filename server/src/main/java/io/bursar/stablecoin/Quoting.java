package io.bursar.stablecoin;

import io.bursar.fx.Fx;
import io.bursar.fx.FxAnswer;
import io.bursar.platform.Sql;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Prices an amount for a partner at the rate of this moment, and holds it against the partner's minimum. */
@Component
class Quoting {
    private final Fx fx;

    Quoting(Fx fx) {
        this.fx = fx;
    }

    sealed interface Answer {
        record Quoted(Money due, LockedRate rate) implements Answer {}

        record Refused(FieldError error) implements Answer {}

        record Unavailable(String sentence) implements Answer {}
    }

    /** The currency of that code when it is supported. */
    Optional<MoneyUnit> currency(String code) {
        return fx.currency(code);
    }

    Answer quote(Partner partner, Money fiat) {
        return switch (price(partner, fiat)) {
            case Answer.Quoted quoted -> aboveMinimum(partner, fiat, quoted);
            case Answer.Refused refused -> refused;
            case Answer.Unavailable unavailable -> unavailable;
        };
    }

    private Answer price(Partner partner, Money fiat) {
        return switch (fx.rate(fiat.unit(), AssetUnits.peg(partner.asset()))) {
            case FxAnswer.Rate rate ->
                Quotes.due(fiat, rate.rate(), AssetUnits.unit(partner.asset()))
                        .<Answer>map(due -> new Answer.Quoted(due, locked(rate)))
                        .orElseGet(() -> new Answer.Refused(new FieldError(
                                "amount",
                                "amount_not_payable",
                                "At the present rate this amount comes to nothing, or to more than can be counted.")));
            case FxAnswer.Unavailable(String reason) -> new Answer.Unavailable(reason);
        };
    }

    /** As the database keeps it, to the microsecond, so that what is answered now and read later are equal. */
    private static LockedRate locked(FxAnswer.Rate rate) {
        return new LockedRate(
                rate.rate(),
                rate.source(),
                rate.asOf(),
                Sql.time(rate.fetchedAt()).toInstant());
    }

    /** The minimum is in the partner's currency; an amount in another one is compared by what both come to. */
    private Answer aboveMinimum(Partner partner, Money fiat, Answer.Quoted quoted) {
        Money minimum = partner.minFiatPerRequest();
        if (fiat.unit().equals(minimum.unit())) {
            return fiat.minor() < minimum.minor() ? belowMinimum(minimum) : quoted;
        }
        return switch (price(partner, minimum)) {
            case Answer.Quoted(Money least, LockedRate _) ->
                quoted.due().minor() < least.minor() ? belowMinimum(minimum) : quoted;
            case Answer.Refused _ -> quoted;
            case Answer.Unavailable unavailable -> unavailable;
        };
    }

    private static Answer belowMinimum(Money minimum) {
        return new Answer.Refused(new FieldError(
                "amount", "amount_below_minimum", "The least amount of one request is %s.".formatted(minimum)));
    }
}
