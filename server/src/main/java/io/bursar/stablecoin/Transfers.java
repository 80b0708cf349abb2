package io.bursar.stablecoin;

import io.bursar.shared.UuidV7;
import io.bursar.stablecoin.ChainTransfer.Block;
import io.bursar.stablecoin.ChainTransfer.State;
import io.bursar.stablecoin.Verification.Asked;
import io.bursar.stablecoin.evm.Erc20.OrdinalTransfer;
import io.bursar.stablecoin.evm.TxHash;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Records what was seen in canonical blocks. Recording moves no money; {@link Credits} does, from what stands here. */
@Component
class Transfers {
    private final TransferStore store;
    private final CreditStore credits;
    private final ProofStore proofs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Transfers(
            TransferStore store, CreditStore credits, ProofStore proofs, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.credits = credits;
        this.proofs = proofs;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Records a Transfer to a request's address. A transaction is in one canonical block, so wherever else this log had
     * been seen, it is gone from there. True for exactly one of many callers.
     */
    boolean record(PaymentRequest request, TxHash tx, OrdinalTransfer log, Block block) {
        // A transfer of nothing moves no money. Anybody can send one from anybody's address, and some do.
        if (log.transfer().amount().atomic().signum() == 0) {
            return false;
        }
        var key = new LogKey(request.chainId(), tx, log.ordinal());
        var judgement = Verification.judge(Asked.by(request), log.transfer(), block.time(), false);
        var transfer = new ChainTransfer(
                UuidV7.at(clock.instant()),
                key,
                block,
                log.transfer(),
                request.id(),
                State.SEEN,
                unbookable(judgement),
                clock.instant(),
                null);
        return Boolean.TRUE.equals(transaction.execute(_ -> write(transfer)));
    }

    private boolean write(ChainTransfer transfer) {
        credits.lockRequest(transfer.request());
        store.supersede(transfer.log(), transfer.block().hash());
        boolean written = store.revive(transfer.log(), transfer.block().hash()) || store.insert(transfer);
        if (written && transfer.finding() != null) {
            proofs.fail(
                    transfer.request(), transfer.log().tx(), transfer.finding().reason(), clock.instant());
        }
        return written;
    }

    private static @Nullable Finding unbookable(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Bookable _ -> null;
            case Judgement.Unbookable(var finding) -> finding;
        };
    }
}
