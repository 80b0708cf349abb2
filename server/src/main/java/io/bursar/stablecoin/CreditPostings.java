package io.bursar.stablecoin;

import io.bursar.ledger.AccountPath;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import io.bursar.shared.Actor;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The postings of a credit: reserved when its Transfer is seen, committed when the block has reached the credit's tier,
 * released when it is gone before that, and reversed when it is gone after. The reference names the log and its block,
 * so a payment that is mined again elsewhere is another fact.
 */
record CreditPostings(BookId book, PaymentRequest request, Credit credit) {
    private static final String ACTOR = Actor.system("chain-watcher").text();

    Posting reserved() {
        return posting("seen", legs(Leg.Pend::new), memo("seen, not " + confirmed() + " yet"));
    }

    Posting committed() {
        return posting(credit.tier().word(), settled(Leg.Commit::new), memo(confirmed()));
    }

    /** The money goes elsewhere than was thought when it was seen: the reservation ends and it is posted anew. */
    Posting committedAs(Allocation changed) {
        var legs = new ArrayList<>(settled(Leg.Release::new));
        legs.addAll(new CreditPostings(book, request, credit.with(changed)).legs(Leg.Move::new));
        return posting(
                credit.tier().word(),
                legs,
                memo(confirmed() + ", " + changed.finding().word()));
    }

    Posting released() {
        return posting("reorged", settled(Leg.Release::new), memo("left the chain"));
    }

    /** The chain took the money back, so the books follow, whoever has spent it meanwhile. */
    Posting reversed() {
        var legs = new ArrayList<Leg>();
        if (credit.allocation().wallet() > 0) {
            legs.add(forced(wallet(), credit.allocation().wallet()));
        }
        if (credit.allocation().unclaimed() > 0) {
            legs.add(forced(unclaimed(), credit.allocation().unclaimed()));
        }
        return posting("reversed", legs, memo("left the chain after it was " + confirmed()));
    }

    private Leg forced(AccountPath from, long amount) {
        return new Leg.Force(from, chainAccount(), amount, unit());
    }

    /** What of a reversal was no longer there and is owed since. */
    long owed(Outcome.Posted reversal) {
        return Math.addExact(owedByMerchant(reversal), debited(reversal, account(this::unclaimedOwed)));
    }

    long owedByMerchant(Outcome.Posted reversal) {
        return debited(reversal, account(this::merchantOwed));
    }

    private static long debited(Outcome.Posted posting, AccountPath account) {
        return posting.legs().stream()
                .filter(leg -> leg.debit().account().equals(account))
                .mapToLong(Outcome.PostedLeg::amount)
                .reduce(0, Math::addExact);
    }

    private String merchantOwed(ChainSpec chain) {
        return BookAccounts.owed(request.merchantId(), chain, request.asset());
    }

    private String unclaimedOwed(ChainSpec chain) {
        return BookAccounts.unclaimedOwed(chain, request.asset());
    }

    private String memo(String event) {
        return "payment of " + request.id().text() + " " + event;
    }

    private String confirmed() {
        return switch (credit.tier()) {
            case FAST -> "confirmed by " + chain().blocksOnTop(credit.tier()) + " on top";
            case SAFE, FINAL -> credit.tier().word();
        };
    }

    private interface Movement {
        Leg of(AccountPath debit, AccountPath credit, long amount, Unit unit);
    }

    private interface Settling {
        Leg of(Reference pending, int leg);
    }

    private List<Leg> legs(Movement movement) {
        var legs = new ArrayList<Leg>();
        if (credit.allocation().wallet() > 0) {
            legs.add(movement.of(chainAccount(), wallet(), credit.allocation().wallet(), unit()));
        }
        if (credit.allocation().unclaimed() > 0) {
            legs.add(
                    movement.of(chainAccount(), unclaimed(), credit.allocation().unclaimed(), unit()));
        }
        return legs;
    }

    private List<Leg> settled(Settling settling) {
        var seen = new Reference(reference("seen"));
        return IntStream.range(0, legs(Leg.Pend::new).size())
                .mapToObj(leg -> settling.of(seen, leg))
                .toList();
    }

    private Posting posting(String step, List<Leg> legs, String memo) {
        return new Posting(book, new Reference(reference(step)), legs, null, memo, ACTOR);
    }

    private String reference(String step) {
        var log = credit.log();
        var block = credit.block().hex() + (credit.round() == 1 ? "" : "/" + credit.round());
        return "chain/%d/%s/%d/%s/%s".formatted(log.chainId(), log.tx().hex(), log.ordinal(), block, step);
    }

    private AccountPath chainAccount() {
        return account(chain -> BookAccounts.chain(chain, request.asset()));
    }

    private AccountPath wallet() {
        return account(chain -> BookAccounts.wallet(request.merchantId(), chain, request.asset()));
    }

    private AccountPath unclaimed() {
        return account(chain -> BookAccounts.unclaimed(chain, request.asset()));
    }

    private AccountPath account(Function<ChainSpec, String> path) {
        return new AccountPath(path.apply(chain()));
    }

    private ChainSpec chain() {
        return ChainRegistry.chain(request.chainId()).orElseThrow();
    }

    private Unit unit() {
        return new Unit(request.due().unit().code(), request.due().unit().scale());
    }
}
