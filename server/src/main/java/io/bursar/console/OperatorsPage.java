package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.OperatorCreation;
import io.bursar.identity.OperatorView;
import io.bursar.identity.Operators;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.identity.SecondFactors;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The people who use this console. */
@ConsolePage
@Access(value = Principal.Operator.class, role = Role.ADMIN)
class OperatorsPage {
    static final String PATH = "/console/operators";

    private static final int REASON_LENGTH_MAX = 500;

    private final Operators operators;
    private final SecondFactors secondFactors;

    OperatorsPage(Operators operators, SecondFactors secondFactors) {
        this.operators = operators;
        this.secondFactors = secondFactors;
    }

    /** What was typed, except the password, which is typed again. */
    record Form(String email, String name, String role) {
        static final Form EMPTY = new Form("", "", Role.VIEWER.name());
    }

    @GetMapping(PATH)
    String operators(Principal.Operator reader, Model model) {
        return draw(Form.EMPTY, null, reader, model);
    }

    @PostMapping(PATH)
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    Object add(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String password,
            Principal.Operator reader,
            HttpServletResponse response,
            Model model) {
        OperatorCreation outcome = role(role)
                .map(known -> operators.add(email, name, known, password, reader.actor()))
                .orElseGet(() -> new OperatorCreation.Refused("role", "The role is viewer, support or admin."));
        return switch (outcome) {
            case OperatorCreation.Created created -> back();
            case OperatorCreation.Refused refused -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield draw(new Form(email, name, role), refused, reader, model);
            }
        };
    }

    @PostMapping(PATH + "/second-factor-reset")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    Object resetSecondFactor(
            @RequestParam(defaultValue = "") String operator,
            @RequestParam(defaultValue = "") String reason,
            Principal.Operator reader,
            HttpServletResponse response,
            Model model) {
        String given = reason.strip();
        if (given.isEmpty() || given.length() > REASON_LENGTH_MAX) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("reset", "A reason of 1 to " + REASON_LENGTH_MAX + " characters is needed.");
            return draw(Form.EMPTY, null, reader, model);
        }
        UUID id = IdText.parse("opr", operator)
                .orElseThrow(() -> Problem.notFound("operator").asException());
        return switch (secondFactors.reset(id, reader.actor(), given)) {
            case DONE -> back();
            case ONESELF ->
                throw Problem.of(409, "operator_is_yourself", "Ask another admin to take your second factor away.")
                        .asException();
            case NONE -> throw Problem.notFound("operator with a second factor").asException();
        };
    }

    @PostMapping(PATH + "/{id}/disabling")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    ResponseEntity<Void> disable(@PathVariable String id, Principal.Operator reader) {
        UUID operator = IdText.parse("opr", id)
                .orElseThrow(() -> Problem.notFound("operator").asException());
        return switch (operators.disable(operator, reader)) {
            case DISABLED -> back();
            case ONESELF ->
                throw Problem.of(409, "operator_is_yourself", "You cannot end your own access. Ask another admin.")
                        .asException();
            case LAST_ADMIN ->
                throw Problem.of(409, "operator_is_last_admin", "Nobody could let others in any more.")
                        .asException();
            case NOT_ENABLED -> throw Problem.notFound("operator with access").asException();
        };
    }

    private String draw(Form form, OperatorCreation.@Nullable Refused refused, Principal.Operator reader, Model model) {
        Set<UUID> holders = secondFactors.holders();
        List<Row> rows = operators.list().stream()
                .map(operator -> new Row(
                        IdText.of("opr", operator.id()),
                        operator,
                        operator.id().equals(reader.operatorId()),
                        holders.contains(operator.id())))
                .toList();
        model.addAttribute("rows", rows);
        model.addAttribute(
                "losers",
                rows.stream()
                        .filter(row -> row.secondFactor() && !row.yourself())
                        .toList());
        model.addAttribute("form", form);
        model.addAttribute("refused", refused);
        model.addAttribute("roles", Role.values());
        return "console/operators";
    }

    record Row(String id, OperatorView operator, boolean yourself, boolean secondFactor) {}

    private static Optional<Role> role(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equalsIgnoreCase(text.strip()))
                .findFirst();
    }

    private static ResponseEntity<Void> back() {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", PATH)
                .build();
    }
}
