package io.bursar.gates;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Gate;
import io.bursar.platform.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pausing is urgent and undone easily, so support may; letting money move again is an admin's decision. */
@ConsolePage
@Access(Principal.Operator.class)
class GatesPage {
    static final String PATH = "/console/gates";

    private final Gates gates;

    GatesPage(Gates gates) {
        this.gates = gates;
    }

    /** What was typed about one gate, and what is wrong with it. */
    record Refused(String gate, String reason, String sentence) {}

    @GetMapping(PATH)
    String gates(Principal.Operator operator, Model model) {
        return draw(null, operator, model);
    }

    @PostMapping(PATH + "/{name}/closing")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    Object close(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String reason,
            Principal.Operator operator,
            HttpServletResponse response,
            Model model) {
        Gate gate = found(name);
        return answer(gate, reason, gates.close(gate, reason, operator.actor()), operator, response, model);
    }

    @PostMapping(PATH + "/{name}/opening")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    Object open(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String reason,
            Principal.Operator operator,
            HttpServletResponse response,
            Model model) {
        Gate gate = found(name);
        return answer(gate, reason, gates.open(gate, reason, operator.actor()), operator, response, model);
    }

    private Object answer(
            Gate gate,
            String reason,
            GateChange change,
            Principal.Operator operator,
            HttpServletResponse response,
            Model model) {
        return switch (change) {
            case GateChange.Closed _, GateChange.Opened _ ->
                ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .header("Location", PATH)
                        .build();
            case GateChange.AlreadyClosed _ -> throw was("closed", gate).asException();
            case GateChange.AlreadyOpen _ -> throw was("open", gate).asException();
            case GateChange.ReasonUnusable(String sentence) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield draw(new Refused(gate.name(), reason, sentence), operator, model);
            }
        };
    }

    private static Problem was(String state, Gate gate) {
        return Problem.of(
                409, "gate_already_" + state, "%s: somebody was first, it is %s.".formatted(gate.label(), state));
    }

    private String draw(@Nullable Refused refused, Principal.Operator operator, Model model) {
        List<GateView> all = gates.list();
        model.addAttribute("gates", all);
        model.addAttribute(
                "closedCount",
                all.stream().filter(view -> view.closure() != null).count());
        model.addAttribute("refused", refused);
        model.addAttribute("mayClose", operator.role().includes(Role.SUPPORT));
        model.addAttribute("mayOpen", operator.role().includes(Role.ADMIN));
        return "gates/gates";
    }

    private Gate found(String name) {
        return gates.find(name).orElseThrow(() -> Problem.notFound("gate").asException());
    }
}
