package io.bursar.books.web;

import io.bursar.audit.Audit;
import io.bursar.books.Books;
import io.bursar.books.PostingHandler;
import io.bursar.books.PostingIntent;
import io.bursar.books.Postings;
import io.bursar.identity.Approval;
import io.bursar.identity.ApprovalHandler;
import io.bursar.identity.Approvals;
import io.bursar.identity.Principal;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Unit;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Corrections of the books by hand: money moves between two accounts because two operators say so. The decision to post
 * commits with the approval, whose id is the posting's reference, so that it is posted once.
 */
@Component
class Adjustments implements ApprovalHandler, PostingHandler {
    private static final String KIND = "ledger-adjustment";

    private final Ledger ledger;
    private final Postings postings;
    private final Approvals approvals;
    private final Audit audit;
    private final JsonMapper json;

    Adjustments(Books books, Postings postings, Approvals approvals, Audit audit, JsonMapper json) {
        this.ledger = books.ledger();
        this.postings = postings;
        this.approvals = approvals;
        this.audit = audit;
        this.json = json;
    }

    /** What was asked for, as it waits for its approval. */
    record Content(UUID book, String debit, String credit, long amount, String unit, int scale) {}

    /** Asks a second operator. The sentence that says what is wrong with it, if anything is. */
    Optional<String> request(
            Book book, Account debit, String credit, String amount, String reason, Principal.Operator operator) {
        Optional<Account> other = other(book.id(), credit);
        if (other.isEmpty() || other.get().path().equals(debit.path())) {
            return Optional.of("There is no such other account in this book.");
        }
        if (!other.get().unit().equals(debit.unit())) {
            return Optional.of(
                    "That account counts another unit: " + other.get().unit() + ".");
        }
        Optional<Money> money = money(amount, debit.unit());
        if (money.isEmpty()) {
            return Optional.of("The amount is a number above zero such as 12.50, with at most "
                    + debit.unit().scale() + " decimals.");
        }
        Content content = new Content(
                book.id().value(),
                debit.path().value(),
                other.get().path().value(),
                money.get().minor(),
                debit.unit().code(),
                debit.unit().scale());
        String summary = "Moves %s %s from %s to %s in the book %s."
                .formatted(money.get().text(), debit.unit().code(), content.debit(), content.credit(), book.name());
        approvals.request(KIND, "book/" + book.id().value(), summary, content, reason, operator);
        return Optional.empty();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Effect carryOut(Approval approval) {
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

    private Optional<Account> other(BookId book, String path) {
        try {
            return ledger.account(book, new AccountPath(path.strip()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Money> money(String amount, Unit unit) {
        try {
            return Optional.of(Money.parse(amount.strip(), new MoneyUnit(unit.code(), unit.scale())))
                    .filter(Money::positive);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
