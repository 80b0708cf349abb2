package io.bursar.stablecoin;

import io.bursar.stablecoin.Verdict.Judged;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Erc20;
import io.bursar.stablecoin.evm.Erc20.OrdinalTransfer;
import io.bursar.stablecoin.evm.Erc20.Transfer;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request is paid, decided from facts alone: no database, no network, no clock. Money is recognised by the
 * Transfer logs of the receipt and by nothing else. Who sent the transaction and to which contract says nothing, since
 * smart wallets, relayers and batch contracts pay too.
 */
final class Verification {
    /** A hash that nobody has heard of is given up this long after its request expired. */
    static final Duration PATIENCE_AFTER_EXPIRY = Duration.ofHours(24);

    /** How far the clocks of a chain and of this machine may be apart before a payment counts as early. */
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(1);

    private Verification() {}

    /** The part of a payment request that a payment is measured against. */
    record Asked(Address token, Address recipient, long units, Instant createdAt, Instant expiresAt) {
        static Asked by(PaymentRequest request) {
            return new Asked(
                    request.token(),
                    request.depositAddress(),
                    request.due().minor(),
                    request.createdAt(),
                    request.expiresAt());
        }
    }

    /**
     * What is known already.
     *
     * @param paidByAnother the request is paid by a Transfer of another transaction
     * @param usedElsewhere ordinals of this transaction's logs that credit other requests
     */
    record Known(boolean paidByAnother, Set<Integer> usedElsewhere) {
        static final Known NOTHING = new Known(false, Set.of());
    }

    /** Judges a pasted or found transaction hash for one request. */
    static Verdict decide(Asked asked, Evidence evidence, Known known, Instant now) {
        return switch (evidence) {
            case Evidence.Unknown() ->
                now.isAfter(asked.expiresAt().plus(PATIENCE_AFTER_EXPIRY))
                        ? Verdict.failed(ProofReason.NOT_FOUND)
                        : Verdict.waiting(ProofReason.NOT_FOUND);
            case Evidence.InMempool() -> Verdict.waiting(ProofReason.IN_MEMPOOL);
            case Evidence.Mined mined -> decide(asked, mined, known);
        };
    }

    private static Verdict decide(Asked asked, Evidence.Mined mined, Known known) {
        if (!mined.receipt().succeeded()) {
            return Verdict.failed(ProofReason.REVERTED);
        }
        List<OrdinalTransfer> received = received(asked.recipient(), mined.receipt());
        if (received.isEmpty()) {
            return Verdict.failed(ProofReason.WRONG_RECIPIENT);
        }
        if (received.stream().allMatch(log -> known.usedElsewhere().contains(log.ordinal()))) {
            return Verdict.failed(ProofReason.TX_ALREADY_USED);
        }
        return conclude(judgeAll(asked, mined, received, known), mined.counts());
    }

    /** Every log of the receipt is looked at; ArbOS' own transactions move nothing that is paid with. */
    private static List<OrdinalTransfer> received(Address recipient, Receipt receipt) {
        if (receipt.isArbitrumInternal()) {
            return List.of();
        }
        return Erc20.transfers(receipt).stream()
                .filter(log -> log.transfer().to().equals(recipient))
                .filter(log -> log.transfer().amount().atomic().signum() > 0)
                .toList();
    }

    /** Only the first Transfer that pays does so; a second one in the same transaction is a duplicate of it. */
    private static List<Judged> judgeAll(
            Asked asked, Evidence.Mined mined, List<OrdinalTransfer> received, Known known) {
        var judged = new ArrayList<Judged>();
        var paid = known.paidByAnother();
        for (OrdinalTransfer log : received) {
            if (known.usedElsewhere().contains(log.ordinal())) {
                continue;
            }
            Judgement judgement = judge(asked, log.transfer(), mined.blockTime(), paid);
            judged.add(new Judged(log, judgement));
            paid |= judgement.finding().pays();
        }
        return List.copyOf(judged);
    }

    private static Verdict conclude(List<Judged> transfers, boolean counts) {
        Optional<Judged> payment = transfers.stream()
                .filter(each -> each.judgement().finding().pays())
                .findFirst();
        if (payment.isEmpty()) {
            return new Verdict.Failed(foremost(transfers).reason(), transfers);
        }
        return counts
                ? new Verdict.Verified(payment.get(), transfers)
                : new Verdict.Waiting(ProofReason.WAITING_FINALITY, transfers);
    }

    /** Money that came is worth telling before a token that was not asked for. */
    private static Finding foremost(List<Judged> transfers) {
        return transfers.stream()
                .map(each -> each.judgement().finding())
                .filter(finding -> finding != Finding.WRONG_TOKEN)
                .findFirst()
                .orElse(Finding.WRONG_TOKEN);
    }

    /**
     * Judges one Transfer to the request's address. Nothing is forgiven: one unit less is underpaid, one unit more is
     * overpaid.
     *
     * @param paid whether another Transfer pays the request
     */
    static Judgement judge(Asked asked, Transfer transfer, Instant blockTime, boolean paid) {
        if (!transfer.token().equals(asked.token())) {
            return new Judgement.Unbookable(Finding.WRONG_TOKEN);
        }
        return switch (transfer.amount()) {
            case TokenAmount.AboveLong _ -> new Judgement.Unbookable(Finding.AMOUNT_OUT_OF_RANGE);
            case TokenAmount.Bookable(var units) -> new Judgement.Bookable(allocate(asked, units, blockTime, paid));
        };
    }

    private static Allocation allocate(Asked asked, long units, Instant blockTime, boolean paid) {
        if (paid) {
            return new Allocation(Finding.DUPLICATE, 0, units);
        }
        if (blockTime.isAfter(asked.expiresAt())) {
            return new Allocation(Finding.LATE, 0, units);
        }
        if (blockTime.isBefore(asked.createdAt().minus(CLOCK_SKEW_MAX))) {
            return new Allocation(Finding.EARLY, 0, units);
        }
        if (units < asked.units()) {
            return new Allocation(Finding.UNDERPAID, 0, units);
        }
        return units == asked.units()
                ? new Allocation(Finding.EXACT, units, 0)
                : new Allocation(Finding.OVERPAID, asked.units(), Math.subtractExact(units, asked.units()));
    }
}
