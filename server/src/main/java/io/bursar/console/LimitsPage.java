package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.OperatorView;
import io.bursar.identity.Operators;
import io.bursar.identity.Principal;
import io.bursar.identity.RateLimits;
import io.bursar.identity.Refusal;
import io.bursar.identity.Refusals;
import io.bursar.identity.Role;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who asks too often: clients that were refused within a day, and turning them away for longer. */
@ConsolePage
@Access(Principal.Operator.class)
class LimitsPage {
    static final String PATH = "/console/limits";
    private static final String REFUSAL = "rfs";
    private static final Duration DAY = Duration.ofHours(24);
    private static final int REASON_LENGTH_MAX = 500;

    private final RateLimits limits;
    private final Refusals refusals;
    private final Operators operators;
    private final Clock clock;

    LimitsPage(RateLimits limits, Refusals refusals, Operators operators, Clock clock) {
        this.limits = limits;
        this.refusals = refusals;
        this.operators = operators;
        this.clock = clock;
    }

    record Line(String id, Refusal refusal, String by) {}

    @GetMapping(PATH)
    String limits(Principal.Operator reader, Model model) {
        return draw("", "", reader, model);
    }

    @PostMapping(PATH + "/refusals")
    @Access(value = Principal.Operator.class, role = Role.ADMIN)
    Object refuse(
            @RequestParam(defaultValue = "") String client,
            @RequestParam(defaultValue = "") String length,
            @RequestParam(defaultValue = "") String reason,
            Principal.Operator reader,
            HttpServletResponse answer,
            Model model) {
        String given = reason.strip();
        if (given.isEmpty() || given.length() > REASON_LENGTH_MAX) {
            answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            String error = "A reason of 1 to " + REASON_LENGTH_MAX + " characters is needed.";
            return draw(client, error, reader, model);
        }
        Optional<Refusal> refused = length(length).flatMap(chosen -> refusals.refuse(client, chosen, reader, given));
        if (refused.isEmpty()) {
            throw Problem.notFound("client that was counted lately").asException();
        }
        return back();
    }

    @PostMapping(PATH + "/refusals/{id}/end")
    @Access(value = Principal.Operator.class, role = Role.ADMIN)
    ResponseEntity<Void> letInAgain(@PathVariable String id, Principal.Operator reader) {
        UUID refusal = IdText.parse(REFUSAL, id)
                .orElseThrow(() -> Problem.notFound("refusal").asException());
        if (!refusals.end(refusal, reader)) {
            throw Problem.notFound("refusal that holds").asException();
        }
        return back();
    }

    private String draw(String client, String error, Principal.Operator reader, Model model) {
        Map<UUID, String> names =
                operators.list().stream().collect(Collectors.toMap(OperatorView::id, OperatorView::name));
        List<Line> lines = refusals.living().stream()
                .map(each ->
                        new Line(IdText.of(REFUSAL, each.id()), each, names.getOrDefault(each.refusedBy(), "somebody")))
                .toList();
        model.addAttribute("offenders", limits.offenders(clock.instant().minus(DAY)));
        model.addAttribute("refused", lines);
        model.addAttribute("lengths", Refusals.Length.values());
        model.addAttribute("mayRefuse", reader.role().includes(Role.ADMIN));
        model.addAttribute("client", client);
        model.addAttribute("error", error);
        return "console/limits";
    }

    private static Optional<Refusals.Length> length(String text) {
        return Arrays.stream(Refusals.Length.values())
                .filter(length -> length.name().equals(text))
                .findFirst();
    }

    private static ResponseEntity<Void> back() {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", PATH)
                .build();
    }
}
