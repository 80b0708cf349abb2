package io.bursar.fx;

import io.bursar.consolespi.ConsolePage;
import io.bursar.fx.FxStore.Fetches;
import io.bursar.fx.FxStore.Refusal;
import io.bursar.fx.RateLine.State;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Gatekeeper;
import io.bursar.shared.MoneyUnit;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

@ConsolePage
@RequestMapping("/console/fx")
class FxPage {
    private final FxStore store;
    private final FxSettings settings;
    private final RateUpdates updates;
    private final Gatekeeper gates;
    private final Clock clock;

    FxPage(FxStore store, FxSettings settings, RateUpdates updates, Gatekeeper gates, Clock clock) {
        this.gates = gates;
        this.store = store;
        this.settings = settings;
        this.updates = updates;
        this.clock = clock;
    }

    @GetMapping
    @Access(Principal.Operator.class)
    String rates(Model model) {
        Fetches fetches = store.fetches();
        Map<String, Quote> quotes = store.quotes();
        Map<String, Refusal> refusals = store.refusals();
        Instant now = clock.instant();
        model.addAttribute("fetches", fetches);
        model.addAttribute("sourceHost", settings.url().getHost());
        model.addAttribute("staleAfterSeconds", settings.staleAfter().toSeconds());
        model.addAttribute("jumpPercentMax", settings.jumpPercentMax());
        model.addAttribute(
                "lines",
                Currencies.ALL.stream()
                        .map(unit -> line(unit, quotes, refusals.get(unit.code()), fetches, now))
                        .toList());
        return "fx/rates";
    }

    @PostMapping("/fetch")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String fetch(Principal.Operator operator) {
        gates.pass(FetchRates.GATE);
        updates.fetchFor(operator.actor());
        return "redirect:/console/fx";
    }

    private RateLine line(
            MoneyUnit unit, Map<String, Quote> quotes, @Nullable Refusal refusal, Fetches fetches, Instant now) {
        if (unit.code().equals(Currencies.BASE)) {
            return new RateLine(unit.code(), unit.scale(), "1", null, null, State.BASE, "Rates are per euro.");
        }
        FxAnswer answer = CrossRate.decide(unit.code(), Currencies.BASE, quotes, now, settings.staleAfter());
        Quote quote = quotes.get(unit.code());
        String note = refusal == null ? null : refusal.reason();
        State state = switch (answer) {
            case FxAnswer.Unavailable unavailable -> {
                note = note == null ? unavailable.reason() : note;
                yield State.UNAVAILABLE;
            }
            case FxAnswer.Rate rate -> refusal != null || fetches.failingSince() != null ? State.CACHED : State.FRESH;
        };
        return quote == null
                ? new RateLine(unit.code(), unit.scale(), null, null, null, state, note)
                : new RateLine(
                        unit.code(),
                        unit.scale(),
                        quote.rate().stripTrailingZeros().toPlainString(),
                        quote.asOf(),
                        quote.fetchedAt(),
                        state,
                        note);
    }
}
