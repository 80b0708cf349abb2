package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.RateLimits;
import java.time.Clock;
import java.time.Duration;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who asks too often: clients that were refused within a day. */
@ConsolePage
@Access(Principal.Operator.class)
class LimitsPage {
    static final String PATH = "/console/limits";
    private static final Duration DAY = Duration.ofHours(24);

    private final RateLimits limits;
    private final Clock clock;

    LimitsPage(RateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @GetMapping(PATH)
    String limits(Model model) {
        model.addAttribute("offenders", limits.offenders(clock.instant().minus(DAY)));
        return "console/limits";
    }
}
