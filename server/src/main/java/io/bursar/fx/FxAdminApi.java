package io.bursar.fx;

import io.bursar.fx.RateUpdates.Outcome;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FxAdminApi {
    private static final int RETRY_AFTER_SECONDS = 60;

    private final RateUpdates updates;
    private final Gatekeeper gates;

    FxAdminApi(RateUpdates updates, Gatekeeper gates) {
        this.gates = gates;
        this.updates = updates;
    }

    /** What a refresh brought: the currencies with a good rate, and those without and why. */
    record Refreshed(LocalDate asOf, List<String> currencies, Map<String, String> refused) {}

    @PostMapping("/api/admin/fx-refresh")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    Refreshed refresh(Principal.Operator operator) {
        gates.pass(FetchRates.GATE);
        return switch (updates.fetchFor(operator.actor())) {
            case Outcome.Fetched fetched -> new Refreshed(fetched.asOf(), fetched.good(), fetched.refused());
            case Outcome.Failed failed ->
                throw Problem.unavailable("fx_unavailable", failed.reason(), RETRY_AFTER_SECONDS)
                        .asException();
        };
    }
}
