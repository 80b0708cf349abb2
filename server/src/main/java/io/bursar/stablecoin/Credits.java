package io.bursar.stablecoin;

import io.bursar.books.PostingHandler;
import io.bursar.books.PostingIntent;
import io.bursar.books.Postings;
import io.bursar.errorlog.ErrorLog;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import io.bursar.stablecoin.Verification.Asked;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Finality;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns Transfers into money in the ledger, exactly once. A credit goes
 *
 * <pre>
 *   reserving → pending → committing → committed        its block reached the credit's tier
 *                       ↘ releasing  → released         its block is gone
 *                            committed → reversing → reversed       its block is gone after all
 * </pre>
 *
 * and each arrow into a word in -ing commits together with the decision to post (the claim on the log is the credit's
 * row, unique while it is neither released nor reversed), each arrow out of one together with the posting's completion.
 * Whoever finds a credit on its way leaves it alone; the sweeper of postings finishes it should its process have died.
 * So every method here may be called again, by anybody, at any time.
 *
 * <p>Locks are taken in one order: posting intent, payment request, transfer, credit.
 */
@Component
class Credits implements PostingHandler {
    static final String HANDLER = "stablecoin-credit";
    private static final String SUBJECT_KIND = "credit/";

    private final CreditStore store;
    private final TransferStore transfers;
    private final PaymentRequestStore requests;
    private final PartnerStore partners;
    private final ProofStore proofs;
    private final VerifiedPayments verified;
    private final ReversedPayments reversals;
    private final Postings postings;
    private final ErrorLog errors;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Credits(
            CreditStore store,
            TransferStore transfers,
            PaymentRequestStore requests,
            PartnerStore partners,
            ProofStore proofs,
            VerifiedPayments verified,
            ReversedPayments reversals,
            Postings postings,
            ErrorLog errors,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.transfers = transfers;
        this.requests = requests;
        this.partners = partners;
        this.proofs = proofs;
        this.verified = verified;
        this.reversals = reversals;
        this.postings = postings;
        this.errors = errors;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Claims a seen Transfer's log and reserves its money. Empty when there is nothing to do or somebody else did. */
    Optional<UUID> reserve(ChainTransfer seen) {
        return decided(() -> transfers
                .lock(locked(seen))
                .filter(transfer -> transfer.state() == ChainTransfer.State.SEEN)
                .flatMap(this::claim));
    }

    private Optional<UUID> claim(ChainTransfer transfer) {
        PaymentRequest request = request(transfer.request());
        Judgement judgement = Verification.judge(
                Asked.by(request), transfer.transfer(), transfer.block().time(), store.isPaid(request.id()));
        return switch (judgement) {
            case Judgement.Unbookable _ -> Optional.empty();
            case Judgement.Bookable(var allocation) -> claim(transfer, request, allocation);
        };
    }

    private Optional<UUID> claim(ChainTransfer transfer, PaymentRequest request, Allocation allocation) {
        var credit = new Credit(
                UuidV7.at(clock.instant()),
                transfer.id(),
                transfer.log(),
                transfer.block().hash(),
                store.rounds(transfer.id()) + 1,
                request.id(),
                allocation,
                partners.find(request.partnerId()).orElseThrow().tier(),
                Credit.State.RESERVING,
                null);
        if (!store.insert(credit, clock.instant())) {
            return Optional.empty();
        }
        noteFinding(transfer, request, credit);
        return Optional.of(decide(credit, postings(request, credit).reserved()));
    }

    private void noteFinding(ChainTransfer transfer, PaymentRequest request, Credit credit) {
        Finding finding = credit.allocation().finding();
        transfers.note(transfer.id(), finding);
        if (finding.pays()) {
            proofs.waitForFinality(request.id(), credit, clock.instant());
        } else if (finding != Finding.DUPLICATE) {
            proofs.fail(request.id(), transfer.log().tx(), finding.reason(), clock.instant());
        }
    }

    /** Takes the next {@link Step} of a Transfer whose block is canonical and has reached this tier. */
    Optional<UUID> finish(ChainTransfer seen, Finality reached) {
        return decided(() -> {
            locked(seen);
            Optional<ChainTransfer> transfer =
                    transfers.lock(seen.id()).filter(each -> each.state() == ChainTransfer.State.SEEN);
            return transfer.flatMap(each -> step(each, reached));
        });
    }

    private Optional<UUID> step(ChainTransfer transfer, Finality reached) {
        Optional<Credit> credit = store.lockOf(transfer.id());
        Finding finding = transfer.finding();
        Step step = Step.next(credit.orElse(null), finding == null || finding.bookable(), reached);
        if (step == Step.COMMIT_FINAL || step == Step.CLOSE) {
            transfers.markFinal(transfer.id(), clock.instant());
        }
        return switch (step) {
            case COMMIT, COMMIT_FINAL -> {
                move(credit.orElseThrow(), Credit.State.COMMITTING);
                yield Optional.of(commit(transfer, credit.orElseThrow()));
            }
            case CLOSE -> {
                // Nothing had to be taken back in the end.
                credit.filter(each -> each.state() == Credit.State.UNREVERSED)
                        .ifPresent(each -> move(each, Credit.State.COMMITTED));
                yield Optional.empty();
            }
            case NONE -> Optional.empty();
        };
    }

    /**
     * A duplicate is judged once more: the payment it came second to may have left the chain meanwhile, and then this
     * one pays.
     */
    private UUID commit(ChainTransfer transfer, Credit credit) {
        PaymentRequest request = request(credit.request());
        CreditPostings posting = postings(request, credit);
        if (credit.allocation().finding() != Finding.DUPLICATE || store.isPaid(request.id())) {
            return decide(credit, posting.committed());
        }
        Judgement judgement = Verification.judge(
                Asked.by(request), transfer.transfer(), transfer.block().time(), false);
        return switch (judgement) {
            case Judgement.Unbookable _ -> throw new IllegalStateException(credit.subject() + " is not bookable");
            case Judgement.Bookable(var allocation) -> {
                store.reallocate(credit.with(allocation));
                noteFinding(transfer, request, credit.with(allocation));
                yield decide(credit, posting.committedAs(allocation));
            }
        };
    }

    /** Gives back what was reserved in a block that is gone. */
    Optional<UUID> release(Credit pending) {
        return decided(() -> {
            store.lockRequest(pending.request());
            // The block may have come back since this was found; then its money stays reserved.
            boolean gone = transfers
                    .lock(pending.transfer())
                    .filter(transfer -> transfer.state() == ChainTransfer.State.REORGED)
                    .isPresent();
            if (!gone || !store.move(pending.id(), Credit.State.PENDING, Credit.State.RELEASING, clock.instant())) {
                return Optional.empty();
            }
            PaymentRequest request = request(pending.request());
            return Optional.of(decide(pending, postings(request, pending).released()));
        });
    }

    /** Takes back what was credited in a block that another one has replaced. */
    Optional<UUID> reverse(ChainTransfer gone, BlockHash replacedBy) {
        return decided(() -> {
            locked(gone);
            Optional<ChainTransfer> transfer =
                    transfers.lock(gone.id()).filter(each -> each.state() == ChainTransfer.State.REORGED);
            Optional<Credit> credit = transfer.flatMap(each -> store.lockOf(each.id()))
                    .filter(each -> store.reverse(each.id(), replacedBy, clock.instant()));
            return credit.map(each -> {
                reportIfFinal(gone, replacedBy);
                return decide(each, postings(request(each.request()), each).reversed());
            });
        });
    }

    /** Finality is a promise of the chain. When it is broken, people have to know. */
    private void reportIfFinal(ChainTransfer gone, BlockHash replacedBy) {
        if (gone.finalAt() != null) {
            errors.record(
                    "finalized_block_reorged",
                    "%s was final in block %s, which block %s has replaced; its credit is taken back"
                            .formatted(gone.log().tx(), gone.block().hash(), replacedBy),
                    gone.request().subject());
        }
    }

    @Override
    public String name() {
        return HANDLER;
    }

    @Override
    public void posted(PostingIntent intent, Outcome.Posted outcome) {
        Credit credit = locked(intent);
        switch (credit.state()) {
            case RESERVING -> move(credit, Credit.State.PENDING);
            case RELEASING -> released(credit);
            case COMMITTING -> committed(credit);
            case REVERSING -> reversed(credit, outcome);
            case PENDING, COMMITTED, RELEASED, REVERSED, UNREVERSED, REFUSED ->
                throw new IllegalStateException(credit.subject() + " is not on its way: " + credit.state());
        }
    }

    @Override
    public void rejected(PostingIntent intent, Outcome.Rejected outcome) {
        Credit credit = locked(intent);
        boolean takingBack = credit.state() == Credit.State.REVERSING;
        move(credit, takingBack ? Credit.State.UNREVERSED : Credit.State.REFUSED);
        errors.record(
                takingBack ? "reversal_rejected" : "posting_rejected",
                "%s: %s (%s)".formatted(intent.posting().reference(), outcome.reason(), outcome.message()),
                credit.request().subject());
    }

    private void released(Credit credit) {
        move(credit, Credit.State.RELEASED);
        proofs.loseSight(credit.request(), credit.log().tx(), clock.instant());
    }

    private void committed(Credit credit) {
        move(credit, Credit.State.COMMITTED);
        if (credit.allocation().finding().pays()) {
            verified.verify(request(credit.request()), credit);
        }
    }

    private void reversed(Credit credit, Outcome.Posted outcome) {
        move(credit, Credit.State.REVERSED);
        PaymentRequest request = request(credit.request());
        CreditPostings posting = postings(request, credit);
        long owed = posting.owed(outcome);
        store.noteOwed(credit.id(), owed);
        if (credit.allocation().finding().pays()) {
            Credit.Reversal reversal = Objects.requireNonNull(credit.reversal(), credit.subject());
            reversals.reverse(request, credit, reversal, posting.owedByMerchant(outcome));
        }
    }

    private void move(Credit credit, Credit.State to) {
        Check.that(
                store.move(credit.id(), credit.state(), to, clock.instant()),
                "%s left state %s unlocked",
                credit.subject(),
                credit.state());
    }

    private Credit locked(PostingIntent intent) {
        UUID id = UUID.fromString(intent.subject().substring(SUBJECT_KIND.length()));
        store.lockRequest(store.find(id).orElseThrow().request());
        return store.find(id).orElseThrow();
    }

    private UUID locked(ChainTransfer transfer) {
        store.lockRequest(transfer.request());
        return transfer.id();
    }

    private PaymentRequest request(PaymentRequestId id) {
        return requests.findOfAnyPartner(id).orElseThrow();
    }

    private CreditPostings postings(PaymentRequest request, Credit credit) {
        BookId book = partners.find(request.partnerId()).orElseThrow().book();
        return new CreditPostings(book, request, credit);
    }

    private UUID decide(Credit credit, Posting posting) {
        return postings.decide(HANDLER, credit.subject(), posting);
    }

    private Optional<UUID> decided(Supplier<Optional<UUID>> decision) {
        Optional<UUID> intent = transaction.execute(_ -> decision.get());
        return intent == null ? Optional.empty() : intent;
    }
}
