package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Approval;
import io.bursar.identity.ApprovalOutcome;
import io.bursar.identity.Approvals;
import io.bursar.identity.OperatorView;
import io.bursar.identity.Operators;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Page;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for a second operator, and what became of what did. */
@ConsolePage
@Access(Principal.Operator.class)
class ApprovalsPage {
    static final String PATH = "/console/approvals";

    private final Approvals approvals;
    private final Operators operators;

    ApprovalsPage(Approvals approvals, Operators operators) {
        this.approvals = approvals;
        this.operators = operators;
    }

    record Row(String id, Approval approval, String requester, String decider, boolean own) {}

    @GetMapping(PATH)
    String approvals(@RequestParam(required = false) @Nullable String cursor, Principal.Operator reader, Model model) {
        Map<UUID, String> names =
                operators.list().stream().collect(Collectors.toMap(OperatorView::id, OperatorView::name));
        Page<Approval> ended = approvals.ended(cursor, Page.LIMIT_DEFAULT);
        model.addAttribute("open", rows(approvals.open(), names, reader));
        model.addAttribute("ended", rows(ended.items(), names, reader));
        model.addAttribute("next", ListLink.of(PATH).next(ended.next()));
        model.addAttribute("mayDecide", reader.role().includes(Role.ADMIN));
        return "console/approvals";
    }

    @PostMapping(PATH + "/{id}/approval")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    ResponseEntity<Void> approve(@PathVariable String id, Principal.Operator operator) {
        return answer(approvals.approve(parsed(id), operator));
    }

    @PostMapping(PATH + "/{id}/refusal")
    @Access(value = Principal.Operator.class, role = Role.ADMIN)
    ResponseEntity<Void> decline(
            @PathVariable String id, @RequestParam(defaultValue = "") String reason, Principal.Operator operator) {
        String given = reason.strip();
        if (given.isEmpty() || given.length() > Approvals.REASON_LENGTH_MAX) {
            String sentence = "A reason of 1 to " + Approvals.REASON_LENGTH_MAX + " characters is needed.";
            throw Problem.field("reason", "reason_invalid", sentence).asException();
        }
        return answer(approvals.decline(parsed(id), operator, given));
    }

    private static ResponseEntity<Void> answer(ApprovalOutcome outcome) {
        return switch (outcome) {
            case ApprovalOutcome.Decided _ ->
                ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .header("Location", PATH)
                        .build();
            case ApprovalOutcome.Unknown _ -> throw Problem.notFound("request").asException();
            case ApprovalOutcome.OwnRequest _ ->
                throw Problem.of(409, "approval_own", "You asked for it, so somebody else has to approve it.")
                        .asException();
            case ApprovalOutcome.NotOpen(var state) ->
                throw Problem.of(409, "approval_not_open", "This request is " + word(state) + " already.")
                        .asException();
            case ApprovalOutcome.Impossible(String sentence) ->
                throw Problem.of(409, "approval_impossible", sentence).asException();
        };
    }

    private static String word(Approval.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static List<Row> rows(List<Approval> approvals, Map<UUID, String> names, Principal.Operator reader) {
        return approvals.stream()
                .map(approval -> new Row(
                        IdText.of("apr", approval.id()),
                        approval,
                        names.getOrDefault(approval.requestedBy(), "somebody"),
                        approval.decidedBy() == null ? "" : names.getOrDefault(approval.decidedBy(), "somebody"),
                        approval.requestedBy().equals(reader.operatorId())))
                .toList();
    }

    private static UUID parsed(String id) {
        return IdText.parse("apr", id)
                .orElseThrow(() -> Problem.notFound("request").asException());
    }
}
