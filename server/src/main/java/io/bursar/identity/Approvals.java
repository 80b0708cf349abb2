package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.platform.Page;
import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What takes two operators: one asks, another agrees, and agreeing does it. A request nobody decides on runs out. */
@Component
public class Approvals {
    public static final Duration LIFE = Duration.ofDays(3);
    public static final int REASON_LENGTH_MAX = 500;

    private final ApprovalStore store;
    private final ObjectProvider<ApprovalHandler> handlers;
    private final Audit audit;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Approvals(
            ApprovalStore store,
            ObjectProvider<ApprovalHandler> handlers,
            Audit audit,
            JsonMapper json,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.handlers = handlers;
        this.audit = audit;
        this.json = json;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param content what the handler of this kind needs to do it, and nothing secret */
    public Approval request(
            String kind, String subject, String summary, Object content, String reason, Principal.Operator by) {
        handler(kind);
        Instant now = clock.instant();
        Approval approval = new Approval(
                UuidV7.at(now),
                kind,
                subject,
                summary,
                json.writeValueAsString(content),
                reason,
                by.operatorId(),
                now,
                now.plus(LIFE),
                Approval.State.OPEN,
                null,
                null,
                null);
        transaction.executeWithoutResult(status -> {
            store.insert(approval);
            record(by, "approval.requested", approval, Map.of("kind", kind, "about", subject), reason);
        });
        return approval;
    }

    /** Approves and does it. */
    public ApprovalOutcome approve(UUID id, Principal.Operator by) {
        List<Runnable> afterwards = new ArrayList<>();
        ApprovalOutcome outcome = transaction.execute(status -> {
            ApprovalOutcome judged = decide(id, Approval.State.APPROVED, by, null);
            if (!(judged instanceof ApprovalOutcome.Decided(Approval approval))) {
                return judged;
            }
            return switch (handler(approval.kind()).carryOut(approval)) {
                case ApprovalHandler.Effect.Done(Runnable after) -> {
                    afterwards.add(after);
                    yield judged;
                }
                case ApprovalHandler.Effect.Impossible(String sentence) -> {
                    status.setRollbackOnly();
                    yield new ApprovalOutcome.Impossible(sentence);
                }
            };
        });
        afterwards.forEach(Runnable::run);
        return outcome;
    }

    /** Turns it down; whoever asked takes it back. */
    public ApprovalOutcome decline(UUID id, Principal.Operator by, String reason) {
        return transaction.execute(status -> decide(id, Approval.State.DECLINED, by, reason));
    }

    /** Those that wait for somebody, oldest first. */
    public List<Approval> open() {
        return store.open(clock.instant());
    }

    /** Those that were decided or ran out, newest first. */
    public Page<Approval> ended(@Nullable String cursor, int limit) {
        return Page.of(
                store.ended(before(cursor), limit + 1, clock.instant()),
                limit,
                approval -> approval.id().toString());
    }

    private ApprovalOutcome decide(UUID id, Approval.State wanted, Principal.Operator by, @Nullable String reason) {
        Instant now = clock.instant();
        Optional<Approval> found = store.lock(id, now);
        if (found.isEmpty()) {
            return new ApprovalOutcome.Unknown();
        }
        Approval approval = found.get();
        if (approval.state() != Approval.State.OPEN) {
            return new ApprovalOutcome.NotOpen(approval.state());
        }
        boolean own = approval.requestedBy().equals(by.operatorId());
        if (own && wanted == Approval.State.APPROVED) {
            return new ApprovalOutcome.OwnRequest();
        }
        Approval.State state = own ? Approval.State.WITHDRAWN : wanted;
        store.decide(id, state, by.operatorId(), now, reason);
        String action = "approval." + state.name().toLowerCase(Locale.ROOT);
        record(by, action, approval, Map.of("state", state.name()), reason);
        return new ApprovalOutcome.Decided(store.lock(id, now).orElseThrow());
    }

    private void record(
            Principal.Operator by, String action, Approval approval, Map<String, ?> after, @Nullable String reason) {
        audit.record(by.actor(), action, "approval/" + approval.id(), Map.of(), after, reason);
    }

    private ApprovalHandler handler(String kind) {
        List<ApprovalHandler> found =
                handlers.stream().filter(each -> each.kind().equals(kind)).toList();
        Check.that(found.size() == 1, "approval handlers of %s: %s (expected: 1)", kind, found.size());
        return found.getFirst();
    }

    /** Ids are ordered by time. A cursor nobody gave out shows the first page. */
    private static UUID before(@Nullable String cursor) {
        UUID last = new UUID(-1, -1);
        try {
            return cursor == null ? last : UUID.fromString(cursor);
        } catch (IllegalArgumentException foreign) {
            return last;
        }
    }
}
