package io.bursar.books.web;

import io.bursar.audit.Audit;
import io.bursar.books.PostingHandler;
import io.bursar.books.PostingIntent;
import io.bursar.books.Postings;
import io.bursar.identity.Approval;
import io.bursar.identity.ApprovalHandler;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Unit;
import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Corrections of the books by hand: money moves between two accounts because two operators say so. The decision to post
 * commits with the approval, whose id is the posting's reference, so that it is posted once.
 */
@Component
class Adjustments implements ApprovalHandler, PostingHandler {
    static final String KIND = "ledger-adjustment";

    static final Gate GATE = Gate.leadingInward(
            "ledger-adjustments",
            "Money moved by hand",
            "Nobody moves money of the books by hand; what waits for approval goes on waiting.");

    private final Postings postings;
    private final Gatekeeper gates;
    private final Audit audit;
    private final JsonMapper json;

    Adjustments(Postings postings, Gatekeeper gates, Audit audit, JsonMapper json) {
        this.gates = gates;
        this.postings = postings;
        this.audit = audit;
        this.json = json;
    }

    /** What was asked for, as it waits for its approval. */
    record Content(UUID book, String debit, String credit, long amount, String unit, int scale) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Effect carryOut(Approval approval) {
        if (!gates.isOpen(GATE)) {
            return new Effect.Impossible("Moving money by hand is paused: see Gates.");
        }
        Content content = json.readValue(approval.content(), Content.class);
        Leg leg = new Leg.Move(
                new AccountPath(content.debit()),
                new AccountPath(content.credit()),
                content.amount(),
                new Unit(content.unit(), content.scale()));
        String requester = new Actor(Actor.Kind.OPERATOR, approval.requestedBy().toString()).text();
        Posting posting = Posting.of(
                new BookId(content.book()),
                "adjustment/" + approval.id(),
                requester,
                "adjustment " + IdText.of("apr", approval.id()),
                leg);
        UUID intent = postings.decide(KIND, "approval/" + approval.id(), posting);
        return new Effect.Done(() -> postings.settle(intent));
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public void posted(PostingIntent intent, Outcome.Posted outcome) {
        record(intent, "ledger.adjusted", Map.of());
    }

    /** Between asking and approving the account may have been frozen, closed or emptied. */
    @Override
    public void rejected(PostingIntent intent, Outcome.Rejected outcome) {
        record(
                intent,
                "ledger.adjustment_rejected",
                Map.of("rejection", outcome.reason().name()));
    }

    private void record(PostingIntent intent, String action, Map<String, ?> after) {
        audit.record(Actor.system("adjustments"), action, intent.subject(), Map.of(), after, null);
    }
}
